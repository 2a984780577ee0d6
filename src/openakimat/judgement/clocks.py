"""The running of time: started, paused, resumed, extended, stopped. A fold over records.

Rules. (1) Nothing about time is stored but the acts themselves. (2) A clock that is
started again runs afresh, unless the law has acted on its lapse; its former run stays
in the records. A case reopened says of its clocks: continue, as if the time since had
been a pause; fresh; or none. (3) A pause counts only on a ground that the limit allows, so a
forbidden pause moves nothing. (4) A clock that stands still cannot lapse; a lapse
already recorded is not undone by a pause, an extension or a late act. (5) A clock may be
ahead of another: its last day is counted back from the other's, and moves with it.
It does not know days: `limits` counts them.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

import attrs

from openakimat.case import Act, Lapse, Record
from openakimat.case.forgotten import Forgotten, field_of
from openakimat.chart.clock import Clock

CLOSED = "closed"
"""The ground of the time between a case's closing and its reopening, where its clock continues."""


class Run(NamedTuple):
    """One run of a clock.

    Attributes:
        limit: The key of the limit that counts now.
        pauses: Ground, start and end of each pause; the end is None while it lasts.
        extensions: The last day that each extension names, and when it did.
        became: The record by which another limit came to count, or None.
        struck_out: Whether it was stopped because its chart has the clock no more.
    """

    limit: str
    started: Record
    stopped: Record | None = None
    pauses: tuple[tuple[str, datetime, datetime | None], ...] = ()
    extensions: tuple[tuple[date, datetime], ...] = ()
    lapsed: Record | None = None
    became: Record | None = None
    struck_out: bool = False

    @property
    def until(self) -> date | None:
        """The latest last day that an extension names."""
        return max((day for day, _ in self.extensions), default=None)

    def counted(self, grounds: frozenset[str]) -> tuple[tuple[datetime, datetime], ...]:
        """The closed pauses on grounds that the limit allows, joined where they overlap."""
        joined: list[tuple[datetime, datetime]] = []
        for ground, start, end in self.pauses:
            # What a closed case stood still is no pause of the limit: the reopening allowed it. What
            # lasts still is not counted, so that a deadline told meanwhile is the least it will be.
            if (ground not in grounds and ground != CLOSED) or end is None:
                continue
            # Two grounds at the same time stop a clock once.
            if joined and start < joined[-1][1]:
                began, ended = joined.pop()
                joined.append((began, max(ended, end)))
            else:
                joined.append((start, end))
        return tuple(joined)

    def stands(self, grounds: frozenset[str]) -> bool:
        """Whether it stands still on a ground that the limit allows."""
        return any(end is None and ground in grounds for ground, _, end in self.pauses)


def ground_of(act: Act, /) -> str:
    """The ground of a pause: the one the act names, or the act itself."""
    ground: str = field_of(act, "ground", act.tag)
    return ground


VALUES = ("ground", "outcome", "of", "kind")
"""The fields whose value a clock may name an act by, the first that it has."""


@cache
def _named_by(kind: type[attrs.AttrsInstance]) -> tuple[str, ...]:
    """Those of them that an act of a class may have: most have none."""
    return VALUES if kind is Forgotten else tuple(one for one in VALUES if hasattr(kind, one))


def names_of(act: Act, /) -> tuple[str, ...]:
    """What a clock may name an act by: its tag, and its tag with a value of it.

    >>> from openakimat.kz.acts import Notify
    >>> names_of(Notify("return"))
    ('notify', 'notify=return')
    """
    kind: type[attrs.AttrsInstance] = type(act)
    for field in _named_by(kind):
        if isinstance(value := field_of(act, field), str):
            return act.tag, f"{act.tag}={value}"
    return (act.tag,)


def _became(clock: Clock, names: tuple[str, ...]) -> str | None:
    """The limit that counts after an act of these names: that of its value before that of its tag."""
    return clock.becomes.get(names[-1]) or clock.becomes.get(names[0])


def running(clock: Clock, records: Iterable[Record], /) -> Run | None:
    """The last run of a clock by one chart alone, or None when it never started."""
    run: Run | None = None
    for record in records:
        run = advance(clock, run, record, names_of(record.act))
    return run


def lapsed_clock(act: Act, /) -> str:
    """The limit of the clock that an act is the lapse of; nothing, where it is no lapse."""
    if isinstance(act, Forgotten):
        limit: str = field_of(act, "clock") if act.traits.lapses else ""
        return limit
    return act.clock if isinstance(act, Lapse) else ""


def strike_out(run: Run, record: Record, /) -> Run:
    """A run stopped by a record whose chart has its clock no more."""
    return _stop(run, record, struck_out=True)


def _stop(run: Run, by: Record, *, struck_out: bool = False) -> Run:
    """A run stopped by a record; a pause that lasts ends with it."""
    # Nearly every run ends so: `_replace` would take longer than all else that is done to it.
    return Run(
        run.limit, run.started, by, _closed(run, by.at), run.extensions, run.lapsed, run.became,
        struck_out or run.struck_out,
    )  # fmt: skip


def advance(clock: Clock, run: Run | None, record: Record, names: tuple[str, ...]) -> Run | None:
    """A run after one more record, whose act has these names."""
    # Not after the law has acted on the lapse: a fresh run would take back its refusal by silence.
    tag, named = names[0], names[-1]
    starts, stops = clock.starts, clock.stops
    if (tag in starts or named in starts) and not _acted_on(clock, run):
        stopped = record if tag in stops or named in stops else None
        limit = (_became(clock, names) if clock.becomes else None) or clock.limit
        return Run(limit, record, stopped)
    if run is None:
        return None
    if tag in clock.reopens and run.stopped is not None:
        return _reopened(clock, run, run.stopped, record)
    # Before the stop is looked at: an act of the law, such as a deemed refusal, is both. The first
    # lapse stands, for a term runs out once; it names its clock, whatever limit counts by then.
    if run.lapsed is None and lapsed_clock(record.act) == clock.limit:
        run = run._replace(lapsed=record)
    if run.stopped is not None:
        return run
    # What comes after a lapse moves no day any more: a late extension would undo the silence.
    if run.lapsed is None:
        run = _shifted(clock, run, record, names)
    # A late answer stops the clock all the same: by how much it was late is counted up to it.
    if tag in stops or named in stops:
        run = _stop(run, record)
    return run


def ended_by(run: Run, after: Run | None, record: Record) -> Run | None:
    """A run that came to its end with a record: another took its place, or it was taken up again."""
    if after is None or after is run:
        return None
    # A run that was stopped is over once it is reopened or started again; a lapse kept afterwards
    # leaves it stopped by the same record.
    if run.stopped is not None:
        return None if after.stopped is run.stopped else run
    if after.started is run.started:
        return None
    # Started again while it ran: it was not stopped by anything but that.
    return _stop(run, record)


def _reopened(clock: Clock, run: Run, stopped: Record, record: Record) -> Run:
    policy = field_of(record.act, "clock")
    if policy == "fresh":
        return Run(clock.limit, record)
    if policy == "continue":
        # Its lapse stands: a term that had run out has no time left, and runs out only once.
        away = (CLOSED, stopped.at, record.at)
        return run._replace(stopped=None, pauses=(*run.pauses, away))
    return run


def _shifted(clock: Clock, run: Run, record: Record, names: tuple[str, ...]) -> Run:
    """A run whose deadline an act moves; after a lapse none does."""
    act, tag = record.act, record.act.tag
    # Resumed before paused: an act may end one standstill and begin another.
    if tag in clock.resumes:
        run = run._replace(pauses=_closed(run, record.at))
    # Begun again on the same ground, a pause goes on from its first day.
    if tag in clock.pauses and not _standing(run, ground_of(act)):
        run = run._replace(pauses=(*run.pauses, (ground_of(act), record.at, None)))
    if clock.becomes and (limit := _became(clock, names)):
        run = run._replace(limit=limit, became=record)
    named = field_of(act, "until") if tag in clock.extends else None
    # Of a class that is gone it may be an instant, which names no day by itself.
    if isinstance(named, date) and not isinstance(named, datetime):
        run = run._replace(extensions=(*run.extensions, (named, record.at)))
    return run


def _standing(run: Run, ground: str) -> bool:
    return any(end is None and ground == of for of, _, end in run.pauses)


def _acted_on(clock: Clock, run: Run | None) -> bool:
    """Whether the clock ran out and the law did more than record it."""
    return run is not None and run.lapsed is not None and clock.on_lapse != Lapse.tag


def _closed(run: Run, at: datetime) -> tuple[tuple[str, datetime, datetime | None], ...]:
    pauses = run.pauses
    return pauses and tuple((why, start, at if end is None else end) for why, start, end in pauses)
