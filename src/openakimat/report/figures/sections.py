"""The sections of a report beside its break-downs: each a list of plain rows, told by ``key``."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import itemgetter

from openakimat.report.figures.cases import Counted
from openakimat.report.figures.few import LEAST
from openakimat.report.figures.forecast import calibrate, forecast
from openakimat.report.figures.plan import Plan, compare, count_electronic, plan_against_fact
from openakimat.report.figures.runaround import propose_joins
from openakimat.report.figures.shares import Figures, ends_of, group, share

INTERNAL = frozenset({"audit", "findings", "joins", "forecast", "warnings", "calibration", "waits"})
"""Those that name cases, or count few: whoever publishes a report leaves them out."""

WARNED = 3  # days before the law makes something of silence


def tell_sections(
    rows: Sequence[Counted], history: Sequence[Counted], at: datetime, plan: Plan,
    least: int = LEAST,
) -> dict[str, list[Figures]]:  # fmt: skip
    """The rows of each section: of the cases reported, and beside them of all that the source holds."""
    open_cases, held = forecast(rows, history, at=at), calibrate(history, at=at)
    return {
        "electronic": count_electronic(rows, plan.portal, least=least),
        "change": compare(rows, history, at=at, least=least),
        "plan": plan_against_fact(rows, plan),
        "ends": ends_of(rows, at=at, least=least),
        **tell_audit(rows),
        "joins": propose_joins(rows),
        "forecast": open_cases,
        "warnings": [r for r in open_cases if r["becomes"] and r["days_left"] <= WARNED],
        "calibration": held.pop("tenths"),
        "score": [{"key": "score", **held}] if held["n"] else [],
    }


def tell_audit(rows: Iterable[Counted], /) -> dict[str, list[Figures]]:
    """How many records were looked at for what, and found; and each record that was.

    >>> tell_audit([])
    {'audit': [], 'findings': []}
    """
    seen, audit = [{"key": row.case, **one} for row in rows for one in row.seen], list[Figures]()
    for what, of in sorted(group(seen, itemgetter("what")).items()):
        judged = [one["found"] for one in of if one["found"] is not None]
        told = {"n": len(of), "not_judged": len(of) - len(judged)}
        audit.append({"key": what, **told, "found": share(sum(judged), len(judged))})
    return {"audit": audit, "findings": [one for one in seen if one.pop("found")]}
