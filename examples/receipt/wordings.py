"""One register under three wordings of the law: how many answers would have been late.

uv run python examples/receipt/wordings.py receipt.csv
"""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path

from openakimat import AkimatError, Standing, kz, register
from openakimat.judgement.docket import summary
from openakimat.report.output import ending_with_reader

MAPPING = Path(__file__).with_name("mapping.toml")
AT = datetime.fromisoformat("2012-01-31T18:30+06:00")


def late(log: Path, wording: str) -> dict[str, int]:
    """How many cases stand where, under one wording."""
    office = kz.office("astana", wording=wording)
    rows = register.rows(log, register.read_mapping(MAPPING))
    return summary(register.check(rows, kz.KINDS, office, at=AT).lines)


def line(log: Path, wording: str) -> str:
    """The counts under one wording, and how many are late in all."""
    found = late(log, wording)
    total = found["late"] + found["overdue"]
    return f"{wording:<12}" + "".join(f"{found[s.value]:>10,}" for s in Standing) + f"{total:>13,}"


@ending_with_reader()
def main() -> None:
    """Print a line for each wording."""
    parser = ArgumentParser(description="One register under three wordings of the law.")
    parser.add_argument("log", type=Path, help="the event log, receipt.csv")
    log = parser.parse_args().log
    try:
        lines = [line(log, edition.law) for edition in kz.law().wordings]
    except AkimatError as wrong:
        parser.error(str(wrong))
    head = "".join(f"{s.value:>10}" for s in Standing)
    print(f"{'wording':<12}{head}{'late in all':>13}", *lines, sep="\n")


if __name__ == "__main__":
    main()
