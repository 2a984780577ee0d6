"""What would have come of recorded cases, had the law, the calendar or other bodies been otherwise.

Rules. (1) Under no supposition every record is what it was. (2) A case is late by its principal term,
as the docket has it; what is not judged is counted apart, and never as late. (3) People do what they
did when they did it: who would have hurried is not known, and that is said.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from itertools import zip_longest
from typing import NamedTuple, Protocol, runtime_checkable

from openakimat.calendar.terms import Term
from openakimat.calendar.times import instant
from openakimat.case.record import Case
from openakimat.errors import BeyondCalendar, Fault, Malformed
from openakimat.judgement.clocks import lapsed_clock
from openakimat.judgement.docket import LATE, UNJUDGED, Line, Standing, line
from openakimat.law.office import Office
from openakimat.simulate import rule
from openakimat.simulate.comparison import BY, Comparison, Count, Flip, compare
from openakimat.simulate.relive import Kept, Life, Lives
from openakimat.simulate.rule import Supposition, suppose

__all__ = ["Comparable", "Comparison", "Stood", "compare", "count", "rule", "whatif"]
"""What an analyst needs at hand, from wherever it is."""


@runtime_checkable
class Comparable(Protocol):
    """What compares its own cases at two offices: a register checked, or cases in arrays."""

    def compared(
        self, rules: tuple[Supposition, ...], office: Office, other: Office, at: datetime | None, /
    ) -> Comparison:
        """What comes of its cases at both."""
        ...


class Stood(NamedTuple):
    """Where a case stands, what it is of, how its records are come by, what of them is not let through."""

    case: str
    of: tuple[str, str, str]
    line: Line
    load: Callable[[], Case | None]
    kept: tuple[Kept, ...] = ()
    shifted: bool = False

    @property
    def late(self) -> bool:
        """Whether it is late."""
        return self.line.standing in LATE


def whatif(
    cases: Iterable[Case] | Comparable, office: Office, /, *rules: Supposition,
    at: datetime | None = None,
) -> Comparison:  # fmt: skip
    """What would have come of cases, had something been otherwise.

    The cases are as recorded, with those that they wait for; or what the check of a register found, whose
    rows are checked again; or in arrays, see `simulate.columns.cases`. Both laws judge at one instant, that of
    the newest record if none is told. What may be supposed has `simulate.rule`.
    Raises `Malformed` if what is supposed cannot be, all at once; or there are no cases.

    >>> from openakimat import Desk, kz
    >>> from openakimat.adapters import memory
    >>> from openakimat.simulate import rule
    >>> desk = Desk(kz.office(), memory.Store())
    >>> opened = datetime.fromisoformat("2026-03-17T10:00+05:00")
    >>> case = desk.open(kz.Appeal, by=kz.Applicant("A"), topic="land", at=opened)
    >>> ten = rule.limit("appeal.registration", working_days=10)
    >>> whatif(desk.files(), desk.office, ten, at=opened).total
    Count(n=1, before=0, after=0)
    """
    other = suppose(office, rules)
    if isinstance(cases, Comparable):
        return cases.compared(rules, office, other, at)
    known = {case.id: case for case in cases}
    if not known:
        raise Malformed("whatif", [Fault("cases", "there are none")])
    newest = (case.sealed[-1] for case in known.values())
    until = instant(at) if at else max(record.entered or record.at for record in newest)
    answers = {
        of.of: of.value for of in rules if of.kind == "answer" and isinstance(of.value, Term)
    }
    again, as_is = Lives(known, other, until, answers), Lives(known, office, until)
    # Those that wait come first: what they wait for is lived again as they come to it.
    awaited = {child for case in known.values() for child in case.children}
    ordered = sorted(known.values(), key=lambda case: case.id in awaited)
    stood = ((_stood(case, as_is.settled(case), office, until), case) for case in ordered)
    pairs = ((was, _stood(case, again.life(case.id), other, until)) for was, case in stood)
    return count(pairs, rules, office, other, until)


def _stood(case: Case, life: Life, office: Office, until: datetime) -> Stood:
    """Where a case stands by its life; not judged, where the law of the office does not reach it."""
    received, of = case.received, life.of
    about = (received.kind, received.topic, received.channel)
    if of is None:
        why, standing = life.wrong, Standing.NOT_JUDGED
        told = Line(case.id, "", case.procedure, case.stage, standing, None, why=why)
        return Stood(case.id, about, told, lambda: None)
    stands = line(of, at=until, office=office)
    return Stood(case.id, about, stands, lambda: of.case, life.kept, life.shifted)


def count(
    pairs: Iterable[tuple[Stood, Stood]], rules: tuple[Supposition, ...], office: Office,
    other: Office, at: datetime, /,
) -> Comparison:  # fmt: skip
    """What comes of cases, each as it stands at one office and at the other."""
    by: dict[str, dict[str, Count]] = {name: {} for name in BY}
    total, unjudged, promised, moved, shifted = Count(), Count(), Count(), 0, 0
    flips, kept = list[Flip](), list[Kept]()
    for was, now in pairs:
        one = Count(1, was.late, now.late)
        total += one
        for of, value in zip(by.values(), was.of, strict=True):
            of[value] = of.get(value, Count()) + one
        outside = [side.line.standing in UNJUDGED for side in (was, now)]
        unjudged += Count(1, *outside)
        lines = (was.line, now.line)
        stops = [(one.deadline and one.deadline.stopped_at) or at for one in lines]
        ends = ((one.standard_at, end) for one, end in zip(lines, stops, strict=True))
        past = [bool(standard and standard <= end) for standard, end in ends]
        promised += Count(1, *past) if any(one.standard_at for one in lines) else Count()
        first, then = (one.deadline and one.deadline.at for one in lines)
        moved, shifted = moved + (first != then), shifted + now.shifted
        kept += [step for step in now.kept if step not in was.kept]
        # What is not judged by one law has not become late, nor ceased to be.
        if was.late != now.late and not any(outside):
            flips.append(_flip(was, now, office, other))
    return Comparison(
        rules, at, office.pack, total, by, tuple(flips), moved, unjudged, promised, tuple(kept),
        shifted,
    )  # fmt: skip


def _flip(was: Stood, now: Stood, office: Office, other: Office) -> Flip:
    """A case that flips: where its two lives part, and how far its last days are apart."""
    limit, article, days = "", "", None
    old, new = was.line.deadline, now.line.deadline
    if (due := old or new) is not None:
        limit, article = due.limit, due.edition.source
    if old is not None and new is not None:
        first, last = (due.last_day or office.day_of(due.at) for due in (old, new))
        with suppress(BeyondCalendar):
            days = other.calendar.between(first, last)
    lives = was.load(), now.load()
    act, at, source = _parting(*lives, office, other)
    return Flip(was.case, *was.of, now.late, limit, days, act, at, source or article)


def _parting(
    was: Case | None, now: Case | None, office: Office, other: Office
) -> tuple[str, datetime | None, str]:
    """The first step that one life has and the other has not, when, and where the law has it."""
    if was is None or now is None:
        return "", None, ""
    for n, (old, new) in enumerate(zip_longest(was.records, now.records)):
        told = [one and (one.act.tag, one.stage, one.at) for one in (old, new)]
        if told[0] == told[1]:
            continue
        # The earlier of the two is what the other life has not; at one instant, the new one.
        ends = [
            (one.at, case, of) for one, case, of in ((new, now, other), (old, was, office)) if one
        ]
        _, case, of = min(ends, key=lambda end: end[0])
        record, leaves = case.records[n], case.records[n - 1].stage if n else ""
        table, limit = of.revision_of(record.under), lapsed_clock(record.act)
        ways = table.ways(leaves, record.act.tag)
        # Its row; or the limit that ran out, as the law is.
        sources = [row.source for row in ways if row.enters == record.stage]
        dated = office.law.limits.get(limit, ())
        sources += [edition.source for edition in dated if edition.law == table.law]
        return record.act.tag, record.at, next(iter(sources), "")
    return "", None, ""
