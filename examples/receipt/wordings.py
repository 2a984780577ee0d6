"""One register under three wordings of the law: how many answers would have been late.

uv run python examples/receipt/wordings.py receipt.csv
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from openakimat import Standing, kz, register
from openakimat.docket import summary

MAPPING = Path(__file__).with_name("mapping.toml")
AT = datetime.fromisoformat("2012-01-31T18:30+06:00")


def late(log: Path, wording: str) -> dict[str, int]:
    """How many cases stand where, under one wording."""
    office = kz.office("astana", wording=wording)
    rows = register.rows(log, register.read_mapping(MAPPING))
    return summary(register.check(rows, kz.KINDS, office, at=AT).lines)


def main() -> None:
    """Print a line for each wording."""
    log = Path(sys.argv[1])
    print(f"{'wording':<12}" + "".join(f"{s.value:>10}" for s in Standing) + f"{'late in all':>13}")
    for edition in kz.law().wordings:
        found = late(log, edition.law)
        total = found["late"] + found["overdue"]
        print(
            f"{edition.law:<12}"
            + "".join(f"{found[s.value]:>10,}" for s in Standing)
            + f"{total:>13,}"
        )


if __name__ == "__main__":
    main()
