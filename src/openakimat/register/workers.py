"""Rows judged in several processes: in the order of the register, and as one would judge them.

Rules. (1) Processes are forked, so that the law need not be sent: where that cannot be done, one
judges all. (2) So many rows are on their way at a time that none waits, and no more: a register of
any length goes through. (3) What every verdict has in common is sent as its name.
"""

import gc
import io
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from copyreg import dispatch_table
from itertools import chain, islice
from multiprocessing import cpu_count, get_all_start_methods, get_context
from typing import Any

from openakimat.calendar.worktime import WorkCalendar
from openakimat.dated import Edition
from openakimat.judgement.docket import Line
from openakimat.law.office import Office
from openakimat.limits.deadline import Deadline
from openakimat.limits.language import Language
from openakimat.register.entries.cells import RawRow, When
from openakimat.register.entries.columns import ENTRIES
from openakimat.register.judging import Task, check_rows
from openakimat.register.result import Checked, RowFault

LARGE = 20_000
"""Up to so many rows one process is as fast as several."""

CHUNK = 500
"""Rows sent at a time."""

Judged = tuple[int, Checked | list[RowFault]]
"""The line of a row, and what came of it."""


@contextmanager
def judging(
    rows: Iterable[RawRow], task: Task, workers: int | None, /
) -> Iterator[Iterator[Judged]]:
    """Rows judged, in their order; the processes are there before the first is asked for."""
    remaining, threshold = iter(rows), gc.get_threshold()
    # Nothing that a row leaves refers to itself: to look for such is a tenth of the time.
    gc.set_threshold(_RARELY, *threshold[1:])
    try:
        yield from _in_processes(remaining, task, workers)
    finally:
        gc.set_threshold(*threshold)


_RARELY = 100_000


def _in_processes(
    remaining: Iterator[RawRow], task: Task, workers: int | None
) -> Iterator[Iterator[Judged]]:
    if workers is None:
        first = list(islice(remaining, LARGE))
        workers = cpu_count() if len(first) == LARGE else 1
        remaining = chain(first, remaining)
    if workers <= 1 or "fork" not in get_all_start_methods():
        yield check_rows(remaining, task)
        return
    _TASK.append(task)
    try:
        with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
            # Forked now, while no transaction is open and no row is read.
            pool.submit(int).result()
            yield _gather(pool, remaining, workers)
    finally:
        _TASK.pop()


_TASK: list[Task] = []
"""What a forked process finds: the task that it was forked for is the last."""


def _gather(pool: ProcessPoolExecutor, rows: Iterator[RawRow], workers: int) -> Iterator[Judged]:
    waiting: deque[Future[bytes]] = deque()
    while True:
        while len(waiting) < 2 * workers and (sent := list(islice(rows, CHUNK))):
            plain = [(row.line, row.cells, row.wrong, row.doubts) for row in sent]
            waiting.append(pool.submit(_judge_chunk, plain))
        if not waiting:
            return
        yield from pickle.loads(waiting.popleft().result())  # noqa: S301 - of our own process


def _judge_chunk(rows: list[tuple[Any, ...]]) -> bytes:
    task = _TASK[-1]
    judged = [*check_rows((RawRow(*row) for row in rows), task)]
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _table(task.office)
    pickler.dump(judged)
    return stream.getvalue()


def _table(office: Office) -> dict[type, Callable[[Any], Any]]:
    """How values are sent: those of the office by their names, others by their fields alone."""
    editions = {
        id(edition): (key, n)
        for key, dated in office.law.limits.items()
        for n, edition in enumerate(dated)
    }

    def edition_of(edition: Edition[Any]) -> Any:
        if (name := editions.get(id(edition))) is not None:
            return _edition, name
        return edition.__reduce_ex__(2)

    def calendar_of(calendar: WorkCalendar) -> Any:
        return (_calendar, ()) if calendar is office.calendar else calendar.__reduce_ex__(2)

    plain = dict.fromkeys((*ENTRIES.values(), When, Line, Deadline, Checked), _fields)
    return {
        **dispatch_table,
        **plain,
        Edition: edition_of,
        WorkCalendar: calendar_of,
        Language: lambda language: (_language, (language.code,)),
    }


def _fields(value: Any) -> Any:
    kind = type(value)
    return kind, tuple([getattr(value, name) for name in kind.__match_args__])


def _edition(key: str, n: int) -> Edition[Any]:
    return _TASK[-1].office.law.limits[key].editions[n]


def _calendar() -> WorkCalendar:
    return _TASK[-1].office.calendar


def _language(code: str) -> Language:
    return _TASK[-1].office.law.languages[code]
