"""One register under three wordings of the law: how many answers would have been late.

uv run python examples/receipt/wordings.py receipt.csv
"""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path

from openakimat import AkimatError, kz, register
from openakimat.report.output import ending_with_reader
from openakimat.simulate.whatif import compare, rule, whatif

MAPPING = Path(__file__).with_name("mapping.toml")
AT = datetime.fromisoformat("2012-01-31T18:30+06:00")


@ending_with_reader()
def main() -> None:
    """Print a line for each wording, and what changes most."""
    parser = ArgumentParser(description="One register under three wordings of the law.")
    parser.add_argument("log", type=Path, help="the event log, receipt.csv")
    log = parser.parse_args().log
    try:
        office, mapping = kz.office("astana"), register.read_mapping(MAPPING)
        checked = register.check_file(log, office, at=AT, mapping=mapping)
        laws = (rule.law(edition.law) for edition in kz.law().wordings)
        print(compare(*(whatif(checked, office, law) for law in laws)))
    except AkimatError as wrong:
        parser.error(str(wrong))


if __name__ == "__main__":
    main()
