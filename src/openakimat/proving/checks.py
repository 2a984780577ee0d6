"""What is asked of each case that a search comes to: findings are codes and sentences."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import combinations

from openakimat.case import APPLICANT, LAW, Act, Actor, Case, Lapse, Record, Reopen, TheLaw
from openakimat.chart.clock import Clock
from openakimat.chart.table import Row, Table
from openakimat.judgement.deadlines import next_wakeup, pending
from openakimat.judgement.lapse import lapse_of
from openakimat.judgement.running import Running, after
from openakimat.law.office import Office
from openakimat.lives.examples import CLOSING

Put = Callable[[Running, Act, datetime, Actor], Running | None]
"""The case after an act, or None when it is refused."""


def accounted(table: Table, case: Case, /) -> bool:
    """Whether the participant was answered, or told a ground, since the case was last reopened.

    What the participant did themself tells them nothing.
    """
    reopening = {Reopen.tag, *(tag for clock in table.clocks.values() for tag in clock.reopens)}
    found, before = False, ""
    for record in case.records:
        act, way = record.act, table.rows.get((before, record.act.tag), ())
        grounded = act.marks == "decision" and not any(_groundless(act))
        tells = any(r.tells for r in way if r.enters == record.stage and record.role in r.by)
        found |= record.role != APPLICANT and (act.answers or (grounded and tells))
        found &= act.tag not in reopening
        before = record.stage
    return found


def closing(table: Table, office: Office, of: Running, row: Row, /) -> Iterator[tuple[str, str]]:
    """What is wrong with how a case has been closed."""
    closed, last = of.case, of.case.records[-1]
    if pending(of, office) or next_wakeup(of, office=office):
        yield "clock.outlives", f"a clock runs on in {closed.stage!r}, which is final"
    for limit, clock in table.clocks.items():
        run = of.runs.get(limit) if clock.principal else None
        if run is not None and run.stopped is None:
            sentence = (
                f"{last.act.tag!r} closes the case at {row.leaves!r} and does not stop {limit!r}"
            )
            yield "clock.unstopped", sentence
    own = last.role == APPLICANT and not (last.act.answers or last.act.marks == "decision")
    if own or accounted(table, closed):
        return
    if not row.tells:
        why = "and no limit is named within which to tell the participant"
        yield "closing.untold", f"{last.act.tag!r} closes the case, {why}"
    for said in _groundless(last.act) if last.role != LAW else ():
        yield "closing.no-ground", f"{last.act.tag!r} closes the case {said}"


def _groundless(act: Act) -> Iterator[str]:
    fields = [name for name in CLOSING if hasattr(act, name)]
    if not fields:
        yield "and has no field for its ground"
    yield from (f"with {name!r} empty" for name in fields if not str(getattr(act, name)).strip())


def duties(case: Case, row: Row, /) -> Iterator[tuple[str, str]]:
    """The acts that whoever performed the last one may not have performed in this round, and did."""
    *before, last = case.this_round or case.records[-1:]
    for tag in sorted(row.apart):
        if any(r.by == last.by and r.act.tag == tag for r in before):
            sentence = f"the same person performs {tag!r} and {row.act!r}, which are to be apart"
            yield "duty.same-person", sentence


def lapses(office: Office, of: Running, put: Put) -> Iterator[tuple[str, str]]:
    """The clocks that may run out where the law cannot do what it is to do then."""
    for _, _, clock, deadline in pending(of, office):
        if clock.on_lapse == Lapse.tag:
            continue
        at = max(deadline.at, of.case.records[-1].at)
        act = lapse_of(clock, deadline.at)
        if put(of, act, at, TheLaw()) is None:
            sentence = (
                f"the clock {clock.limit!r} may run out at {of.case.stage!r}, "
                f"where the law cannot perform {clock.on_lapse!r}"
            )
            yield "lapse.no-step", sentence


def orders(
    office: Office, seen: Iterable[tuple[object, tuple[str, ...], Running]], put: Put
) -> Iterator[tuple[str, str, Case]]:
    """Two clocks that may run out at one instant, and it matters which is taken first.

    `seen` are cases, each with what it has in common with others and the order of its clocks.
    """
    first: dict[tuple[object, frozenset[str]], tuple[str, ...]] = {}
    for like, order, of in seen:
        due = {clock.limit: (clock, at) for at, _, clock, _ in pending(of, office)}
        acting = [limit for limit in order if due[limit][0].on_lapse != Lapse.tag]
        for pair in combinations(acting, 2):
            known = first.setdefault((like, frozenset(pair)), pair)
            (one, its_due), (other, others_due) = due[pair[0]], due[pair[1]]
            if known != pair or its_due == others_due:
                yield from _ordered(of, one, other, max(its_due, others_due), put)


def _ordered(
    of: Running, one: Clock, other: Clock, at: datetime, put: Put
) -> Iterator[tuple[str, str, Case]]:
    """Whether two clocks that run out at an instant lead to two stages."""
    ends = {_run_out(of, pair, at, put).stage for pair in ((one, other), (other, one))}
    if len(ends) > 1:
        sentence = (
            f"if {one.limit!r} and {other.limit!r} run out at one instant at {of.case.stage!r}, "
            f"the case ends {' or '.join(sorted(map(repr, ends)))}: it depends on which is taken first"
        )
        yield "lapse.order", sentence, of.case


def _run_out(of: Running, clocks: Iterable[Clock], at: datetime, put: Put) -> Case:
    """The case when clocks have run out one after another at an instant."""
    for clock in clocks:
        run = of.runs.get(clock.limit)
        if of.closed or run is None or run.stopped or run.lapsed:
            continue
        case, law, last = of.case, TheLaw(), of.case.records[-1]
        bare = Lapse(clock=clock.limit, due=at)
        noted = Record(last.no + 1, at, law.id, LAW, bare, case.stage, case.under)
        of = put(of, lapse_of(clock, at), at, law) or after(of, noted)
    return of.case
