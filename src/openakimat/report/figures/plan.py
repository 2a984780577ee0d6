"""What was planned against what is given, and what is had on paper that could be had without."""

import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

import attrs

from openakimat.errors import Fault, Malformed
from openakimat.report.figures.cases import Counted
from openakimat.report.figures.few import LEAST, suppress
from openakimat.report.figures.shares import BY, Figures, change, figures_of, group, share
from openakimat.trail import codec


@attrs.frozen
class Plan:
    """Services planned; services and procedures to be had on the portal; the offices of each kind of centres."""

    services: tuple[str, ...] = ()
    portal: tuple[str, ...] = ()
    centres: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)


def read_plan(file: bytes, /) -> Plan:
    """A plan as its file of TOML tells it.

    Raises `Malformed` if it cannot be read, or holds something else: what, and where.

    >>> read_plan(b'services = ["S-01"]').services
    ('S-01',)
    """
    try:
        told = tomllib.loads(file.decode("utf-8-sig"))
    except ValueError as wrong:
        raise Malformed("plan", [Fault("", str(wrong))]) from wrong
    return codec.read(told, Plan)


def plan_against_fact(rows: Sequence[Counted], plan: Plan, /) -> list[Figures]:
    """Of the services and of each kind of centres planned, how many there are and which are not.

    A service is given once a case about it was answered, a centre works once its staff did anything.

    >>> plan_against_fact([], Plan(centres={"rural": ("r-1",)}))
    [{'key': 'rural', 'planned': 1, 'given': 0, 'missing': ['r-1']}]
    """
    given = {one for row in rows if row.ended_by == "answered" for one in row.services}
    works, told = {row.office for row in rows if row.worked}, list[Figures]()
    for key, of in {"services": plan.services, **plan.centres}.items():
        planned = [*dict.fromkeys(of)]
        missing = [one for one in planned if one not in (given if key == "services" else works)]
        told.append({"key": key, "planned": len(planned), "given": len(planned) - len(missing), "missing": missing})  # fmt: skip
    return [one for one in told if one["planned"]]


def count_electronic(
    rows: Sequence[Counted], portal: Collection[str] = (), /, least: int = LEAST
) -> list[Figures]:
    """How what people asked for was had, at first of all and then of each procedure.

    A ticket counts its services; whoever went or was sent away had none. Of what was had on ``paper``,
    ``could`` is the share to be had on the portal.
    """
    groups = group(rows, BY["procedure"])
    told = [{"key": key} | _had(of, portal) for key, of in (("", rows), *sorted(groups.items()))]
    return suppress(told[:1], least) + suppress([one for one in told[1:] if one["n"]], least)


def _had(rows: Iterable[Counted], portal: Collection[str]) -> Figures:
    rows = [row for row in rows if row.asked and (row.done is None or row.ended_by == "answered")]
    paper = [row for row in rows if not row.electronic]
    could = [row for row in paper if {*(row.services or (row.procedure,))} <= {*portal}]
    n, n_paper, n_could = (sum(len(r.services) or 1 for r in of) for of in (rows, paper, could))
    could_be, helped = share(n_could, n_paper * bool(portal)), sum(row.assisted for row in rows)
    return {"n": n, "electronic": share(n - n_paper, n), "paper": n_paper, "could": could_be, "helped": helped}  # fmt: skip


def rows_before(rows: Sequence[Counted], history: Iterable[Counted], /) -> list[Counted]:
    """Of a history that of the same month a year before one whole month, or else of the month before."""
    if len(months := {BY["month"](row) for row in rows}) != 1:
        return []
    known = group(history, BY["month"])
    if len(rows) < len(known.get(now := months.pop(), ())):
        return []
    year, month = int(now[:4]), int(now[5:])
    last = f"{year - (month == 1)}-{(month - 2) % 12 + 1:02}"
    return known.get(f"{year - 1}-{month:02}") or known.get(last, [])


def compare(
    rows: Sequence[Counted], history: Iterable[Counted], /, *, at: datetime, least: int = LEAST
) -> list[Figures]:
    """By how much shares changed since the `rows_before`; once the month is over, how many times paper fell."""
    before = rows_before(rows, history)
    if min(len(before), len(rows)) < least:
        return []
    was, now = (figures_of(of, at=at) | _had(of, ()) for of in (before, rows))
    told = [
        {"key": name, "before": was[name], "after": now[name], "change": change(was[name], now[name])}
        for name in ("in_time", "naive", "survival", "electronic")
    ]  # fmt: skip
    is_known = now["paper"] and f"{at:%Y-%m}" > BY["month"](rows[0])
    times = round(was["paper"] / now["paper"], 2) if is_known else None
    return [*told, {"key": "paper", "before": was["paper"], "after": now["paper"], "times": times}]
