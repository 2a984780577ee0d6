"""The docket: where every case stands against its terms at an instant."""

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

import attrs

from openakimat.calendar.times import instant
from openakimat.case.acts import Register
from openakimat.case.record import Case
from openakimat.chart.clock import Clock
from openakimat.chart.table import Table
from openakimat.errors import AkimatError, BeyondCalendar
from openakimat.judgement.deadlines import deadlines, not_judged, reopened, rounds
from openakimat.judgement.past import known_by
from openakimat.judgement.running import Running, follow
from openakimat.law.office import Office
from openakimat.limits.deadline import Deadline, due


class Standing(Enum):
    """How a case stands by its principal term."""

    IN_TIME = "in time"
    LATE = "late"
    OPEN = "open"
    DUE_SOON = "due soon"
    OVERDUE = "overdue"
    NOT_JUDGED = "not judged"
    """No law of today, or no calendar, counts its principal term."""
    BROKEN = "broken"
    """Its records cannot be true, so nothing is known of it."""


LATE = frozenset({Standing.LATE, Standing.OVERDUE})
OVER = frozenset({Standing.LATE, Standing.IN_TIME})
UNJUDGED = frozenset({Standing.NOT_JUDGED, Standing.BROKEN})


@attrs.frozen
class Line:
    """One case of the docket.

    Attributes:
        deadline: Of the principal term; None where it never started.
        days_late: Working days past it; of a case taken up again, in the worst of its rounds.
        days_left: Those to it, negative once past, of a case not answered yet; None while it stands still.
        breaches: The other limits missed, in whatever round.
        why: Why it is broken, or what of it is not judged.
        entered_late: Whether something done in time was entered only after the law had acted.
        standard_at: The first instant too late by the office's own standard, if it has one.
    """

    case: str
    number: str
    procedure: str
    stage: str
    standing: Standing
    deadline: Deadline | None
    days_late: int = 0
    days_left: int | None = None
    breaches: tuple[str, ...] = ()
    why: str = ""
    entered_late: bool = False
    standard_at: datetime | None = None


class Docket(tuple[Line, ...]):
    """The lines of a docket, the most pressing first."""

    __slots__ = ()


def broken_line(case: str, wrong: AkimatError, /) -> Line:
    """The line of a case that cannot be loaded."""
    return Line(case, "", "", "", Standing.BROKEN, None, why=str(wrong))


def line(case: Case | Running, /, *, at: datetime, office: Office, soon: int = 3) -> Line:
    """Where a case stands at an instant.

    It is due `soon`, so many working days before its last day.
    """
    at = instant(at)
    of = follow(case, office=office)
    # As of a past instant: what came later was not known, and counts for nothing.
    if (then := known_by(of.case, at)) is not None and then is not of.case:
        of = follow(then, office=office)
    try:
        return _line(of, at, office, soon)
    except AkimatError as wrong:
        # Of a term that nothing counts nothing is known; the others are listed all the same.
        return _untold(of.case, str(wrong))


def _untold(case: Case, why: str) -> Line:
    number = number_of(case)
    return Line(case.id, number, case.procedure, case.stage, Standing.NOT_JUDGED, None, why=why)


def number_of(case: Case) -> str:
    """Its number in the register, if it has one."""
    registered = case.last(Register)
    return registered.act.number if registered and isinstance(registered.act, Register) else ""


class Terms(NamedTuple):
    """All that the line of a case is told from, whatever the instant.

    Attributes:
        principal: The term that it is judged by now.
        judged: Those that it is judged by, of whatever round.
        others: The other terms of the body, of whatever round.
        closed: Whether it is over; `answered`, whether no answer is waited for.
        uncounted: Why terms are not judged; `unjudged`, whether the principal one is among them.
    """

    principal: Deadline | None
    judged: tuple[Deadline, ...]
    others: tuple[Deadline, ...]
    closed: bool
    answered: bool
    uncounted: tuple[str, ...] = ()
    unjudged: bool = False


def terms_of(of: Running, office: Office, /) -> Terms:
    """The terms of a case. Raises `AkimatError` if nothing counts one of them."""
    case, table = of.case, office.revision_of(of.case.under)
    names, rights = _named(table)
    # Only of a clock that its chart has no more is anything to be found out for this case alone.
    if not of.runs.keys() <= table.clocks.keys():
        gone = [clock for clock in map(of.clock, of.runs) if clock]
        names = names | _limits(clock for clock in gone if clock.principal)
        rights = rights | _limits(clock for clock in gone if clock.window)
    # The end of a right of the participant is nobody's breach.
    now = deadlines(of, office=office, but=rights - names)
    principal = next((d for d in now if d.limit in names), None)
    # What was late in one round of a case stays late, however the next one goes.
    past = rounds(of, office=office)
    judged = [d for d in past if d.limit in names]
    others = [d for d in past if d.limit not in names | rights]
    others += [d for d in now if d is not principal]
    if principal is not None:
        judged.append(principal)
    stopped = principal is not None and principal.stopped_at is not None
    answered = stopped and not reopened(case, table)
    uncounted = {each.limit: each.why for each in not_judged(of, office=office)}
    unjudged = not names.isdisjoint(uncounted)
    whys = tuple(uncounted.values())
    return Terms(principal, tuple(judged), tuple(others), of.closed, answered, whys, unjudged)


def _line(of: Running, at: datetime, office: Office, soon: int) -> Line:
    case = of.case
    line = Line(
        case.id, number_of(case), case.procedure, case.stage, Standing.OPEN, None,
        entered_late=bool(case.overtaken),
    )  # fmt: skip
    return stand(line, terms_of(of, office), at=at, soon=soon, office=office)


def stand(line: Line, terms: Terms, /, *, at: datetime, soon: int, office: Office) -> Line:
    """The line of a case with where its terms have it stand at an instant."""
    principal, closed = terms.principal, terms.closed or terms.answered
    missed = dict.fromkeys(d.limit for d in terms.others if d.missed(at))
    stopped = principal is None or principal.stopped_at is not None
    # What stands still does not count down: its day moves on with every day that it does.
    counts_down = principal is not None and not (closed or stopped or principal.paused)
    late, left, why = _count_days(terms.judged, principal if counts_down else None, at)
    standing = _standing(principal, at, closed=closed, late=late > 0, left=left, soon=soon)
    # Overdue is what is past its instant, whoever can tell by how many days.
    if standing is not Standing.OVERDUE and (why or terms.unjudged):
        standing = Standing.NOT_JUDGED
    whys = "; ".join(filter(None, (*terms.uncounted, why)))
    return Line(
        line.case, line.number, line.procedure, line.stage, standing, principal, late, left,
        tuple(missed), whys, line.entered_late, standard_at(principal, line.procedure, office),
    )  # fmt: skip


def standard_at(principal: Deadline | None, procedure: str, office: Office, /) -> datetime | None:
    """The first instant too late by the office's own standard, where it has one for a case.

    Counted as the principal term is, but by no extension: it is the law's day that moves then.
    """
    if principal is None or not office.standards:
        return None
    standards = office.standards
    if (term := standards.get(principal.limit) or standards.get(procedure)) is None:
        return None
    promised = attrs.evolve(
        principal.edition, value=attrs.evolve(principal.edition.value, term=term)
    )
    pauses = [(pause.start, pause.end) for pause in principal.pauses]
    # A promise that no calendar tells the day of makes nothing of the case unknown.
    with suppress(BeyondCalendar):
        return due(promised, principal.base_at, principal.calendar, pauses=pauses).at
    return None


def _count_days(
    terms: Iterable[Deadline], running: Deadline | None, at: datetime
) -> tuple[int, int | None, str]:
    """Working days past terms, and to the one that runs; and why no calendar tells them, if so."""
    late, left = 0, None
    try:
        late = max((deadline.days_late(at) for deadline in terms), default=0)
        left = _days_left(running, at) if running else None
    except BeyondCalendar as wrong:
        return late, left, str(wrong)
    return late, left, ""


@lru_cache(maxsize=256)
def _named(table: Table) -> tuple[set[str], set[str]]:
    """The limits that a case is judged by, and those that are rights: the same of every case."""
    clocks = table.clocks.values()
    principal = _limits(clock for clock in clocks if clock.principal)
    return principal, _limits(clock for clock in clocks if clock.window)


def _limits(clocks: Iterable[Clock]) -> set[str]:
    return {name for clock in clocks for name in clock.limits}


def _days_left(deadline: Deadline, at: datetime) -> int:
    # By as many days past it as it is late: on the weekend after its last day too.
    if late := deadline.days_late(at):
        return -late
    calendar = deadline.calendar
    last = deadline.last_day or calendar.place.day_of(deadline.at)
    return calendar.between(calendar.place.day_of(at), last)


def _standing(
    term: Deadline | None, at: datetime, *, closed: bool, late: bool, left: int | None, soon: int
) -> Standing:
    if closed:
        return Standing.LATE if late else Standing.IN_TIME
    # Only a term that runs makes an open case overdue: one answered late is not waited for.
    if term is not None and term.stopped_at is None and term.missed(at):
        return Standing.OVERDUE
    if left is not None and left <= soon:
        return Standing.DUE_SOON
    return Standing.OPEN


_PRESSING = (
    Standing.BROKEN, Standing.OVERDUE, Standing.DUE_SOON, Standing.NOT_JUDGED, Standing.OPEN,
    Standing.LATE, Standing.IN_TIME,
)  # fmt: skip


def urgency(line: Line, /) -> tuple[int, float, str]:
    """The order of a docket: broken, overdue, due soon, not judged, open, late, in time; by deadline."""
    due = line.deadline.at.timestamp() if line.deadline else float("inf")
    # By id at last, so that two dockets of one instant have one order.
    return _PRESSING.index(line.standing), due, line.case


def summary(lines: Iterable[Line], /) -> dict[str, int]:
    """How many cases stand where."""
    counted = Counter(line.standing for line in lines)
    return {standing.value: counted[standing] for standing in Standing}
