"""What the charts and the limits of a law say against each other."""

from openakimat.case import VOCABULARY, Lapse
from openakimat.chart.clock import bare
from openakimat.chart.table import Table
from openakimat.dated import Edition
from openakimat.law.law import Law
from openakimat.limits.limit import TimeLimit


def contradictions(law: Law, /) -> list[str]:
    """What the charts and the limits of a law say against each other, key and edition named.

    A clock whose limit has no edition in its wording, or that starts with an act
    which marks another moment than the limit's base; a step that must be told
    within a limit there is none of.
    """
    ways = (_missing_limits, _other_base)
    return [fault for table in law.tables for way in ways for fault in way(law, table, table.law)]


def _missing_limits(law: Law, table: Table, wording: str) -> list[str]:
    wanted = table.limits | {row.tells for row in table.every_row}
    return [
        f"{table.under}: no edition of {key} under {wording}"
        for key in sorted(wanted - {""})
        if not _has(law, key, wording)
    ]


def _other_base(law: Law, table: Table, wording: str) -> list[str]:
    """The clocks that start with an act which marks another moment than their limit's base."""
    faults = []
    for clock in table.clocks.values():
        if not _has(law, clock.limit, wording):
            continue
        base = _edition(law, clock.limit, wording).value.base.value
        for tag in sorted(bare(clock.starts)):
            # A clock ahead counts back from the end of another's term, whatever act starts it.
            # Any act may start what is counted from "start", whatever moment it marks.
            marks = VOCABULARY[tag].marks
            # Every case was received, and what is decided is told: these moments are in the records.
            told = {"knowledge"} if marks == "decision" else set()
            bases = {"term"} if clock.ahead else {marks or "start", "start", "receipt", *told}
            if base == "lapse" and issubclass(VOCABULARY[tag], Lapse):
                continue
            if base not in bases:
                faults.append(
                    f"{table.under}: {clock.limit} under {wording} is counted from {base!r}, "
                    f"but {tag!r} starts the clock"
                )
    return faults


def _has(law: Law, key: str, wording: str) -> bool:
    return key in law.limits and any(edition.law == wording for edition in law.limits[key])


def _edition(law: Law, key: str, wording: str) -> Edition[TimeLimit]:
    return next(edition for edition in law.limits[key] if edition.law == wording)
