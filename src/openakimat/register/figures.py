"""The rows that figures are made of, from a register or a journal of whatever offices."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from math import inf
from pathlib import Path
from secrets import token_bytes
from typing import Any, NamedTuple

import attrs

from openakimat.case.record import Case
from openakimat.desk import Desk
from openakimat.desk.files import Files
from openakimat.errors import AkimatError, BeyondCalendar, Malformed, Undated
from openakimat.judgement.docket import Standing
from openakimat.judgement.lapse import settle
from openakimat.judgement.past import known_by
from openakimat.judgement.replay import case_of
from openakimat.judgement.running import follow
from openakimat.kz.data import read
from openakimat.kz.visit.audit import Span, passed_over, spans_of
from openakimat.kz.visit.queue import calls_of, place, ticket_of, visits_in
from openakimat.law.office import Office
from openakimat.register.check import check_file
from openakimat.register.mapping import ColumnMapping
from openakimat.register.result import Result
from openakimat.report.figures.cases import Counted, count_case
from openakimat.report.figures.queue import Called
from openakimat.report.figures.shares import group
from openakimat.report.figures.silence import list_silences
from openakimat.report.figures.waits import Line, Ticket
from openakimat.trail.seal import Sealed, unseal

CUSTOMS: Mapping[str, Mapping[str, Any]] = read("figures.toml")

MINUTE, AT_WORK = timedelta(minutes=1), timedelta(hours=1)
"""Whoever called somebody within it is at work at a window."""

Kept = Iterable[tuple[str, Sequence[Sealed]]]


class _Rows:
    """Keeps of the cases of a check their rows alone; a journal as far as a check needs it."""

    salt = staticmethod(token_bytes)

    def __init__(self, office: Office, at: datetime) -> None:
        self.office, self.at, self.rows = office, at, dict[str, Counted]()
        # Applicants are joined within one report, and by nobody afterwards.
        self.secret = token_bytes(32)

    def keep(self, cases: Kept, /, *, forms: object, goes_on: object) -> None:  # noqa: ARG002 - as `Keeps` has it
        told: dict[str, Any] = {"at": self.at, "office": self.office, "customs": CUSTOMS}
        for name, sealed in cases:
            self.rows[name] = count_case(
                case_of(name, [*map(unseal, sealed)]), secret=self.secret, **told
            )


def count_register(
    path: Path, office: Office, /, *, at: datetime, **how: Any
) -> tuple[list[Counted], Result]:
    """The rows of a register, each judged as a check judges it; and what the check found. `how` is as for `check_file`."""
    kept, rows = _Rows(office, at), list[Counted]()
    try:
        result = check_file(path, office, at=at, journal=kept, **how)
    except Malformed as wrong:
        # That nothing was kept tells whoever asked for a journal: here nobody did.
        told = [fault for fault in wrong.faults if fault.code != "nothing-kept"]
        raise Malformed(str(wrong).partition(":")[0], told) from wrong
    for entry, line in zip(result.entries, result.lines, strict=True):
        if (row := kept.rows.get(entry.number)) is not None:
            who = getattr(entry, "executor", "") or entry.official or row.executor
            rows.append(attrs.evolve(row, standing=line.standing, executor=who, kind=entry.kind))
    return rows, result


def count_journal(
    desks: Iterable[Desk], /, *, at: datetime
) -> tuple[list[Counted], list[Called], list[Line]]:
    """The rows of the cases of offices, and the calls and lines of their visits; of a case broken only that it is.

    Read from the records alone: a journal may have no cards.
    """
    secret, rows, calls, lines = token_bytes(32), list[Counted](), list[Called](), list[Line]()
    told: dict[str, Any] = {"at": at, "customs": CUSTOMS, "secret": secret}
    for desk in desks:
        files, visits = Files(desk.office, desk.journal, None), list[Case]()
        for name, of in files.every():
            if isinstance(of, AkimatError):
                rows.append(Counted(name, "", desk.office.body.id, at, Standing.BROKEN))
            elif (known := known_by(of.case, at)) is not None:
                then = of if known is of.case else follow(known, office=files.office)
                with suppress(BeyondCalendar, Undated):  # the row says that it is not judged
                    then, _ = settle(then, at=at, office=files.office)
                visits += visits_in([then.case])
                rows.append(count_case(then, office=files.office, **told))
        calls += list_calls(visits, desk.office)
        lines += list_lines(visits, desk.office, at)
    return rows, calls, lines


class Source(NamedTuple):
    """What a report is made of, and what of its source is in no figure."""

    rows: Sequence[Counted]
    calls: Sequence[Called]
    silent: Sequence[Mapping[str, Any]]
    offices: Sequence[Office]
    unknown: Sequence[str] = ()
    n_faulty: int = 0
    lines: Sequence[Line] = ()


def source_of(desks: Sequence[Desk], at: datetime, unknown: Sequence[str] = ()) -> Source:
    """What a journal has for a report; `unknown` are its offices of which nothing is known here."""
    rows, calls, lines = count_journal(desks, at=at)
    calendars = {desk.office.body.id: desk.office.calendar for desk in desks}
    silent = [*list_silences(rows, calendars, at)]
    return Source(rows, calls, silent, [desk.office for desk in desks], unknown, 0, lines)


def source_in(path: Path, office: Office, at: datetime, mapping: ColumnMapping | None) -> Source:
    """What a register has for a report."""
    rows, result = count_register(path, office, at=at, mapping=mapping)
    silent = [*list_silences(rows, {office.body.id: office.calendar})]
    return Source(rows, [], silent, [office], n_faulty=result.n_faulty)


def list_lines(visits: Iterable[Case], office: Office, at: datetime, /) -> list[Line]:
    """The queues of an office, each with the tickets of its visits and that of whoever comes at an instant.

    Who booked a time is before others in its line, and is compared with nobody.
    """
    sectors = group(visits_in(visits), lambda visit: ticket_of(visit).sector)
    return [_line_of(sector, of, office, at) for sector, of in sorted(sectors.items())]


def _line_of(sector: str, visits: Sequence[Case], office: Office, at: datetime) -> Line:
    calls = sorted((record.at, record.by) for visit in visits for _, record in calls_of(visit))
    spans = sorted((s for visit in visits for s in spans_of(visit)), key=lambda span: span.start)
    waiting, past = list[Span](), list[Ticket]()

    def ticket(at: datetime, before: int, *ended: Any) -> Ticket:
        since, until = (bisect_left(calls, (one, "")) for one in (at - AT_WORK, at))
        n_windows = len({by for _, by in calls[since:until]})
        return Ticket(office.calendar.place.local(at), before, n_windows, *ended)

    for span in spans:
        visit, start, end = span.visit, span.start, span.end
        waiting = [one for one in waiting if one.waits_at(start)]
        # Whoever is recalled has waited before.
        if start == visit.opened_at and not ticket_of(visit).booked_at:
            before = sum(place(one.visit, start) < place(visit, start) for one in waiting)
            called = any(record.at == end for _, record in calls_of(visit))
            past.append(ticket(start, before, (end - start) / MINUTE if end else inf, called))
        waiting.append(span)
    now = ticket(at, sum(one.waits_at(at) for one in waiting))
    return Line(office.body.id, sector, past, now)


def list_calls(visits: Sequence[Case], office: Office, /) -> list[Called]:
    """The calls of visits to an office as an audit compares them: what is owned, or on a ground named, is lawful."""
    passed, place = {(one.case, one.at): one for one in passed_over(visits)}, office.calendar.place
    calls = [(visit, record) for of in visits for visit, record in calls_of(of)]
    return [
        Called(
            record.by,
            (str(place.day_of(record.at)), office.body.id, ticket_of(visit).sector),
            (one := passed.get((visit.id, record.at))) is not None,
            one is not None and bool(one.override or one.reason or one.claimed),
        )
        for visit, record in calls
    ]
