"""A row played through its procedure: what comes of it, and whether that can be said at all.

Rules. (1) Nobody is told late by what the register does not tell: a row of which the law refuses an
act, or that is late by one hour or one reading of the law and in time by another, is not judged.
(2) A row is played first with its acts at noon; only where an hour could turn the verdict is it
played again. (3) An answer stands whatever its outcome is called.
"""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import islice
from secrets import token_bytes
from typing import TypeVar

import attrs

from openakimat.errors import AkimatError, Fault, Malformed, Refusal, make_fault
from openakimat.judgement import docket
from openakimat.judgement.bounds import excusing
from openakimat.judgement.docket import LATE, OVER, Line, Standing
from openakimat.judgement.judge import judge, open_case
from openakimat.judgement.lapse import settle
from openakimat.judgement.notices import Decision
from openakimat.judgement.running import Running, after, follow
from openakimat.law.office import Office
from openakimat.register.entries import timing
from openakimat.register.entries.cells import RawRow, read_time
from openakimat.register.entries.columns import ENDINGS, EXTENDED, read_entry
from openakimat.register.entries.entry import Entry, Listed, columns_of
from openakimat.register.result import Checked, NotJudged, Refused, RowFault, put_outside
from openakimat.trail.commitments import Salt
from openakimat.trail.seal import seal_all

T = TypeVar("T")

BATCH = 50
"""Rows that go through their procedures side by side.

What does one thing to many stays in the cache of the processor: a third of the time.
"""

Steps = Generator[None, None, T]
"""What comes to something step by step, so that others may take theirs in between."""

OPEN_STATES = frozenset({"open", "received", "registered", "considered"})
"""States in which nothing has ended; of any other it must be told since when."""

UNDATED = "closed-undated"
"""The code of what ended by its state, and no day of that is told."""


@attrs.frozen
class Task:
    """What is the same for all rows of a check; `keeps`, whether records are given on, once sealed.

    Its `salt` gives the bytes that hide what is personal; that of a journal, where one keeps it.
    """

    kinds: Mapping[str, str]
    office: Office
    at: datetime
    salt: Salt = token_bytes
    keeps: bool = True


@attrs.frozen
class Played:
    """A row played: its case with its clocks, its line, and what the law refused."""

    of: Running
    line: Line
    refused: tuple[Refused, ...]
    warnings: tuple[Fault, ...]


def check_rows(
    rows: Iterable[RawRow], task: Task, /
) -> Iterator[tuple[int, Checked | list[RowFault]]]:
    """The line of each row, and it judged, or everything wrong with it."""
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        lines = [row.line for row in batch]
        yield from zip(lines, _side_by_side(_check(row, task) for row in batch), strict=True)


def _side_by_side(walks: Iterable[Steps[T]]) -> list[T]:
    """What each comes to, when none takes a step before all have taken the one before."""
    going = dict(enumerate(walks))
    ends: dict[int, T] = {}
    while going:
        for n, walk in [*going.items()]:
            try:
                next(walk)
            except StopIteration as end:
                ends[n] = end.value
                del going[n]
    return [ends[n] for n in range(len(ends))]


def _check(row: RawRow, task: Task) -> Steps[Checked | list[RowFault]]:
    warnings = [*row.doubts]
    try:
        entry = read_entry(row, task.kinds, task.office, warnings, at=task.at)
        yield
        return (yield from _judge(entry, task, warnings))
    except Malformed as wrong:
        return [RowFault(row.line, fault) for fault in wrong.faults]
    except AkimatError as wrong:
        return [RowFault(row.line, Fault("", str(wrong)))]


def _judge(entry: Entry, task: Task, warnings: Sequence[Fault]) -> Steps[Checked]:
    """An entry played through its procedure up to an instant, and its records sealed.

    An act that the law does not allow is left out and reported, and the row is not judged.
    """
    office, at = task.office, task.at
    if timing.is_later(entry.received_at, at, office.calendar.place):
        return _not_known(entry, office, warnings)
    by_day = _tells_days(entry)
    played = yield from _play(entry, office, at, timing.NOON)
    if played.refused and by_day:
        for hours in (timing.FORGIVING, timing.STRICT):
            other = yield from _play(entry, office, at, hours)
            if not other.refused:
                played = other
                break
    line, doubt = played.line, _doubt(entry, played)
    hangs_on: tuple[str, ...] = ()
    if doubt is None and by_day:
        line, doubt = yield from _at_other_hours(entry, office, at, played)
    if doubt is None and line.standing in LATE:
        doubt, hangs_on = _by_other_readings(entry, played.of, line, office, at)
    if doubt is not None:
        line = put_outside(line, doubt.why)
    yield
    case = played.of.case
    sealed = seal_all(case.id, case.records, salt=task.salt)
    under = tuple({record.under: None for record in case.records})
    told_of = (*warnings, *played.warnings)
    goes_on = not (played.of.closed or played.line.standing in OVER)
    ended = played.refused and any(getattr(entry, name, None) for name in ENDINGS)
    lost = goes_on and doubt is not None and (doubt.why.code == UNDATED or ended)
    return Checked(
        entry, line, tuple(sealed) if task.keeps else (), played.refused, doubt, hangs_on, told_of,
        under, len(sealed), tuple(r.act.tag for r in case.records if r.basis == "assumed"), goes_on,
        bool(lost),
    )  # fmt: skip


def _not_known(entry: Entry, office: Office, warnings: Sequence[Fault]) -> Checked:
    """A row of what was received after the check: as of then nobody knew of it."""
    why = make_fault("received_at", "received-later", office.day_of(entry.received_at.at))
    doubt = NotJudged(entry.line, entry.number, why)
    line = Line(entry.number, "", entry.procedure, "", Standing.NOT_JUDGED, None, why=why.why)
    return Checked(entry, line, not_judged=doubt, warnings=tuple(warnings))


def _tells_days(entry: Entry) -> bool:
    return not all(
        getattr(entry, name).exact for name in _times(type(entry)) if getattr(entry, name)
    )


@cache
def _times(kind: type[Entry]) -> tuple[str, ...]:
    """The fields of a row that hold times, but for their deadline, which is no act."""
    return tuple(
        name
        for name, column in columns_of(kind).items()
        if column.read is read_time and name != "their_due"
    )


def _list(entry: Entry, office: Office) -> list[Listed]:
    """What a row tells of, in the order of the law."""
    listed = [*entry.list_acts(office)]
    if entry.paused_at or entry.resumed_at or entry.reopened_at:
        listed += entry.list_standstills(office)
    return listed


def _play(entry: Entry, office: Office, at: datetime, hours: timing.Hours) -> Steps[Played]:
    """A row played with acts of which only the day is told at some hours."""
    place, listed = office.calendar.place, _list(entry, office)
    if not entry.received_at.exact:
        # What is assumed of its registration hangs on the hour.
        entry = timing.time_receipt(entry, listed, place, at, hours)
        listed = _list(entry, office)
    timed = timing.time_acts(entry, listed, place, at, hours)
    yield
    received = entry.received_at.at
    receipt, by = entry.make_receipt()
    case = open_case(
        entry.procedure, receipt, id=entry.number, at=received, by=by, office=office, basis="told"
    )
    of = follow(case, office=office)
    refused: list[Refused] = []
    warnings: list[Fault] = []
    for moment, one in timed:
        yield
        # At one instant nothing runs out between two acts that had not before.
        if moment != of.case.records[-1].at:
            of, _ = settle(of, at=moment, office=office)
        yield
        act = one.make()
        answer = judge(of, act, at=moment, by=one.by, office=office, basis=one.basis)
        if one.usual and isinstance(answer, Refusal) and answer.code == "outcome.unknown":
            usual = judge(of, one.usual(), at=moment, by=one.by, office=office, basis=one.basis)
            if isinstance(usual, Decision):
                answer, told = usual, getattr(act, "outcome", "")
                warnings.append(make_fault("outcome", "outcome-unknown", told))
        yield
        if isinstance(answer, Decision):
            of = after(of, answer.record)
        else:
            assumed = entry.registered_at is None
            refused.append(Refused(entry.line, act.tag, answer, moment, one.basis, assumed))
    yield
    of, _ = settle(of, at=at, office=office)
    yield
    line = docket.line(of, at=at, office=office)
    yield
    return Played(of, line, tuple(refused), tuple(warnings))


def _doubt(entry: Entry, played: Played) -> NotJudged | None:
    line, refused = entry.line, played.refused
    if refused:
        # What the register tells of, before what was only assumed of it.
        first = next((one for one in refused if one.basis == "told"), refused[0])
        why = make_fault("", "refused-told", first.refusal)
        return NotJudged(line, entry.number, why, first)
    late = played.line.standing in LATE
    if entry.state and entry.state not in OPEN_STATES and (late or entry.state != EXTENDED):
        why = make_fault("state", UNDATED, entry.state)
        return NotJudged(line, entry.number, why)
    if played.line.standing is Standing.NOT_JUDGED:
        return NotJudged(line, entry.number, make_fault("", "uncounted", played.line.why))
    return None


def _at_other_hours(
    entry: Entry, office: Office, at: datetime, played: Played
) -> Steps[tuple[Line, NotJudged | None]]:
    """The line of a row whose hours are not told; and whether its verdict hangs on them."""
    line = played.line
    late = line.standing in LATE
    if late or line.breaches:
        hours = timing.FORGIVING
    # The hour of an answer turns a verdict only where the term itself is in hours.
    elif line.deadline is not None and line.deadline.last_day is None:
        hours = timing.STRICT
    else:
        return line, None
    other = yield from _play(entry, office, at, hours)
    if other.refused:
        return line, None
    if (other.line.standing in LATE) != late:
        verdicts = (line.standing, other.line.standing)
        why = make_fault("received_at", "hangs-on-hour", *(one.value for one in verdicts))
        return line, NotJudged(entry.line, entry.number, why, verdicts=verdicts)
    # What is told of it is what holds at whatever hour, and its days are all of one play.
    mildest = min(line, other.line, key=lambda one: one.days_late)
    missed = tuple(limit for limit in line.breaches if limit in other.line.breaches)
    return attrs.evolve(mildest, breaches=missed), None


def _by_other_readings(
    entry: Entry, of: Running, line: Line, office: Office, at: datetime
) -> tuple[NotJudged | None, tuple[str, ...]]:
    """Whether a row is late only as the office reads the law by default; and by which readings."""
    if line.deadline is None:
        return None, ()
    answers = excusing(of, line.deadline.limit, office=office, at=at)
    if not answers:
        return None, ()
    other = Standing.IN_TIME if line.standing is Standing.LATE else Standing.OPEN
    verdicts = (line.standing, other)
    names = ", ".join(f"{name}={answer}" for name, answer in answers.items())
    why = make_fault("", "hangs-on-reading", names, *(one.value for one in verdicts))
    return NotJudged(entry.line, entry.number, why, verdicts=verdicts), tuple(answers)
