"""A row played through its procedure: what comes of it, and whether that can be said at all.

Rules. (1) Nobody is told late by what the register does not tell: a row of which the law refuses an
act, or that is late by one hour or one reading of the law and in time by another, is not judged.
(2) A row is played first with its acts at noon; only where an hour could turn the verdict is it
played again. (3) An answer stands whatever its outcome is called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import islice
from secrets import token_bytes
from typing import TypeVar

import attrs

from openakimat.errors import AkimatError, Fault, Malformed, Refusal, make_fault
from openakimat.judgement import docket
from openakimat.judgement.bounds import excusing
from openakimat.judgement.docket import Line, Standing
from openakimat.judgement.judge import judge, open_case
from openakimat.judgement.lapse import settle
from openakimat.judgement.notices import Decision
from openakimat.judgement.running import Running, after, follow
from openakimat.law.office import Office
from openakimat.register.cells import RawRow, read_time
from openakimat.register.columns import EXTENDED, read_entry
from openakimat.register.entry import Entry, Listed, columns_of
from openakimat.register.result import LATE, Checked, NotJudged, Refused, RowFault, put_outside
from openakimat.register.timing import (
    FORGIVING,
    NOON,
    STRICT,
    Hours,
    Timed,
    is_later,
    time_acts,
    time_receipt,
)
from openakimat.trail.commitments import Salt
from openakimat.trail.seal import seal_all

T = TypeVar("T")

BATCH = 50
"""Rows with all of which a step is taken before the next step is, with any.

What does one thing to many stays in the cache of the processor: a quarter of the time.
"""

OPEN_STATES = frozenset({"open", "received", "registered", "considered"})
"""States in which nothing has ended; of any other it must be told since when."""


@attrs.frozen
class Task:
    """What is the same for all rows of a check.

    Attributes:
        kinds: The procedure of each kind.
        office: Whose register it is.
        at: Up to when rows are judged.
        salt: Gives the bytes that hide what is personal; that of a journal, where one keeps it.
        keeps: Whether the records are given on, once sealed.
    """

    kinds: Mapping[str, str]
    office: Office
    at: datetime
    salt: Salt = token_bytes
    keeps: bool = True


@attrs.define(eq=False)
class _Play:
    """A row on its way: each step goes on with what those before have left.

    Attributes:
        row: As it stands.
        hours: The hours of its acts of which only the day is told.
        faults: What is wrong with its cells and changes no term.
        unusual: Likewise of its acts.
        refused: What the law refused.
        doubt: Why it is not judged, if it is not.
        hangs_on: The readings, by other answers to which it would not be late.
        entry, dated: What is read from it, and the same with the hour of its receipt.
        timed: What was done after that.
        of: Its case with its clocks.
        line: Its line in the docket.
    """

    row: RawRow
    hours: Hours = NOON
    faults: list[Fault] = attrs.field(factory=list)
    unusual: list[Fault] = attrs.field(factory=list)
    refused: list[Refused] = attrs.field(factory=list)
    doubt: NotJudged | None = None
    hangs_on: tuple[str, ...] = ()
    entry: Entry = attrs.field(init=False)
    dated: Entry = attrs.field(init=False)
    timed: Sequence[Timed] = attrs.field(init=False)
    of: Running = attrs.field(init=False)
    line: Line = attrs.field(init=False)


def check_rows(
    rows: Iterable[RawRow], task: Task, /
) -> Iterator[tuple[int, Checked | list[RowFault]]]:
    """The line of each row, and it judged; or all that is wrong with it.

    An act that the law does not allow is left out and reported, and the row is not judged.
    """
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        done: list[_Play | Checked | list[RowFault]] = [_Play(row) for row in batch]
        for step in (_read, *_PLAYING, _weigh):
            done = [_take(step, one, task) for one in done]
        sealed = [_take(_seal, one, task) for one in done]
        yield from zip((row.line for row in batch), sealed, strict=True)


def _take(
    step: Callable[[_Play, Task], T], one: _Play | Checked | list[RowFault], task: Task
) -> T | Checked | list[RowFault]:
    """What comes of a step with a row; of one that is done with or faulty, nothing more."""
    if not isinstance(one, _Play):
        return one
    try:
        return step(one, task)
    except Malformed as wrong:
        return [RowFault(one.row.line, fault) for fault in wrong.faults]
    except AkimatError as wrong:
        return [RowFault(one.row.line, Fault("", str(wrong)))]


def _read(play: _Play, task: Task) -> _Play | Checked:
    """The row read; done with, if it tells of what was received after the check."""
    play.faults += play.row.doubts
    play.entry = entry = read_entry(play.row, task.kinds, task.office, play.faults, at=task.at)
    if not is_later(entry.received_at, task.at, task.office.calendar.place):
        return play
    # As of then nobody knew of it.
    why = make_fault("received_at", "received-later", task.office.day_of(entry.received_at.at))
    doubt = NotJudged(entry.line, entry.number, why)
    line = Line(entry.number, "", entry.procedure, "", Standing.NOT_JUDGED, None, why=why.why)
    return Checked(entry, line, not_judged=doubt, warnings=tuple(play.faults))


def _weigh(play: _Play, task: Task) -> _Play:
    """Whether what comes of a row can be said at all."""
    by_day = _tells_days(play.entry)
    if play.refused and by_day:
        others = (_play_again(play, task, hours) for hours in (FORGIVING, STRICT))
        play = next((other for other in others if not other.refused), play)
    play.doubt = _doubt(play)
    if play.doubt is None and by_day:
        play.line, play.doubt = _at_other_hours(play, task)
    if play.doubt is None and play.line.standing in LATE:
        play.doubt, play.hangs_on = _by_other_readings(play, task)
    if play.doubt is not None:
        play.line = put_outside(play.line, play.doubt.why)
    return play


def _seal(play: _Play, task: Task) -> Checked:
    """The row judged, its records sealed."""
    case = play.of.case
    sealed = seal_all(case.id, case.records, salt=task.salt)
    under = tuple({record.under: None for record in case.records})
    return Checked(
        play.entry, play.line, tuple(sealed) if task.keeps else (), tuple(play.refused), play.doubt,
        play.hangs_on, (*play.faults, *play.unusual), under, len(sealed),
    )  # fmt: skip


# -- playing --------------------------------------------------------------------------


def _tells_days(entry: Entry) -> bool:
    """Whether of anything only the day is told."""
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


def _time(play: _Play, task: Task) -> _Play:
    """When what a row tells of was done."""
    entry, office = play.entry, task.office
    place, listed = office.calendar.place, _list(entry, office)
    if not entry.received_at.exact:
        # What is assumed of its registration hangs on the hour.
        entry = time_receipt(entry, listed, place, task.at, play.hours)
        listed = _list(entry, office)
    play.dated, play.timed = entry, time_acts(entry, listed, place, task.at, play.hours)
    return play


def _open(play: _Play, task: Task) -> _Play:
    """Its case opened."""
    entry, office = play.dated, task.office
    receipt, by = entry.make_receipt()
    case = open_case(
        entry.procedure, receipt, id=entry.number, at=entry.received_at.at, by=by, office=office,
        basis="told",
    )  # fmt: skip
    play.of = follow(case, office=office)
    return play


def _act(play: _Play, task: Task) -> _Play:
    """Each act put to the case, and what time has done to it by the check."""
    of, office, entry = play.of, task.office, play.entry
    for moment, one in play.timed:
        # At one instant nothing runs out between two acts that had not before.
        if moment != of.case.records[-1].at:
            of, _ = settle(of, at=moment, office=office)
        act = one.make()
        answer = judge(of, act, at=moment, by=one.by, office=office, basis=one.basis)
        if one.usual and isinstance(answer, Refusal) and answer.code == "outcome.unknown":
            usual = judge(of, one.usual(), at=moment, by=one.by, office=office, basis=one.basis)
            if isinstance(usual, Decision):
                answer, told = usual, getattr(act, "outcome", "")
                play.unusual.append(make_fault("outcome", "outcome-unknown", told))
        if isinstance(answer, Decision):
            of = after(of, answer.record)
        else:
            assumed = entry.registered_at is None
            play.refused.append(Refused(entry.line, act.tag, answer, moment, one.basis, assumed))
    play.of, _ = settle(of, at=task.at, office=office)
    return play


def _tell(play: _Play, task: Task) -> _Play:
    """Where its case stands at the check."""
    play.line = docket.line(play.of, at=task.at, office=task.office)
    return play


_PLAYING = (_time, _open, _act, _tell)


def _play_again(play: _Play, task: Task, hours: Hours) -> _Play:
    """The same row played with its acts at other hours."""
    other = _Play(play.row, hours, play.faults)
    other.entry = play.entry
    for step in _PLAYING:
        step(other, task)
    return other


# -- doubts ---------------------------------------------------------------------------


def _doubt(play: _Play) -> NotJudged | None:
    """Why a row cannot be judged as it is told, if it cannot."""
    entry, refused = play.entry, play.refused
    line = entry.line
    if refused:
        # What the register tells of, before what was only assumed of it.
        first = next((one for one in refused if one.basis == "told"), refused[0])
        why = make_fault("", "refused-told", first.refusal)
        return NotJudged(line, entry.number, why, first)
    late = play.line.standing in LATE
    if entry.state and entry.state not in OPEN_STATES and (late or entry.state != EXTENDED):
        why = make_fault("state", "closed-undated", entry.state)
        return NotJudged(line, entry.number, why)
    if play.line.standing is Standing.NOT_JUDGED:
        return NotJudged(line, entry.number, make_fault("", "uncounted", play.line.why))
    return None


def _at_other_hours(play: _Play, task: Task) -> tuple[Line, NotJudged | None]:
    """The line of a row whose hours are not told; and whether its verdict hangs on them."""
    entry, line = play.entry, play.line
    late = line.standing in LATE
    if late or line.breaches:
        hours = FORGIVING
    # The hour of an answer turns a verdict only where the term itself is in hours.
    elif line.deadline is not None and line.deadline.last_day is None:
        hours = STRICT
    else:
        return line, None
    other = _play_again(play, task, hours)
    if other.refused:
        return line, None
    if (other.line.standing in LATE) != late:
        verdicts = (line.standing, other.line.standing)
        why = make_fault("received_at", "hangs-on-hour", *(one.value for one in verdicts))
        return line, NotJudged(entry.line, entry.number, why, verdicts=verdicts)
    # What is told of it is what holds at whatever hour.
    days = min(line.days_late, other.line.days_late)
    missed = tuple(limit for limit in line.breaches if limit in other.line.breaches)
    return attrs.evolve(line, days_late=days, breaches=missed), None


def _by_other_readings(play: _Play, task: Task) -> tuple[NotJudged | None, tuple[str, ...]]:
    """Whether a row is late only as the office reads the law by default; and by which readings."""
    entry, line = play.entry, play.line
    if line.deadline is None:
        return None, ()
    answers = excusing(play.of, line.deadline.limit, office=task.office, at=task.at)
    if not answers:
        return None, ()
    other = Standing.IN_TIME if line.standing is Standing.LATE else Standing.OPEN
    verdicts = (line.standing, other)
    names = ", ".join(f"{name}={answer}" for name, answer in answers.items())
    why = make_fault("", "hangs-on-reading", names, *(one.value for one in verdicts))
    return NotJudged(entry.line, entry.number, why, verdicts=verdicts), tuple(answers)
