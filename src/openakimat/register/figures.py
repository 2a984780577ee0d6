"""The rows that figures are made of, from a register or a journal of whatever offices."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_bytes
from typing import Any, NamedTuple

import attrs

from openakimat.case import Case
from openakimat.desk import Desk
from openakimat.desk.files import Files
from openakimat.errors import AkimatError, BeyondCalendar, Malformed, Undated
from openakimat.judgement.docket import Standing
from openakimat.judgement.lapse import settle
from openakimat.judgement.past import known_by
from openakimat.judgement.replay import case_of
from openakimat.judgement.running import follow
from openakimat.kz.data import read
from openakimat.kz.visit.audit import passed_over, waiting_at
from openakimat.kz.visit.queue import calls_of, first_call, place, ticket_of, visits_in, waited
from openakimat.law.office import Office
from openakimat.register.check import check_file
from openakimat.register.files.mapping import ColumnMapping
from openakimat.register.result import Result
from openakimat.report.figures.cases import Counted, count_case
from openakimat.report.figures.queue import Called
from openakimat.report.figures.shares import group
from openakimat.report.figures.silence import list_silences
from openakimat.report.figures.waits import Lines, Ticket
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


class Source(NamedTuple):
    """What a report is made of, and what of its source is in no figure."""

    rows: list[Counted]
    calls: Sequence[Called]
    lines: Lines
    silent: Sequence[Mapping[str, Any]]
    offices: Sequence[Office]
    unknown: Sequence[str] = ()
    n_faulty: int = 0


def count_journal(desks: Sequence[Desk], /, *, at: datetime, unknown: Sequence[str] = ()) -> Source:
    """What a journal has for a report; of a case broken only that it is. Of its offices `unknown` nothing is known here.

    Read from the records alone: a journal may have no cards.
    """
    secret, rows, calls, lines = token_bytes(32), list[Counted](), list[Called](), dict[Any, Any]()
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
        lines |= list_lines(visits, desk.office, at)
    offices = [desk.office for desk in desks]
    silent = [*list_silences(rows, {one.body.id: one.calendar for one in offices}, at)]
    return Source(rows, calls, lines, silent, offices, unknown)


def source_in(path: Path, office: Office, at: datetime, mapping: ColumnMapping | None) -> Source:
    """What a register has for a report."""
    rows, result = count_register(path, office, at=at, mapping=mapping)
    silent = [*list_silences(rows, {office.body.id: office.calendar})]
    return Source(rows, [], {}, silent, [office], n_faulty=result.n_faulty)


def list_lines(visits: Iterable[Case], office: Office, at: datetime, /) -> Lines:
    """The queues of an office, each with the tickets of its visits and that of whoever comes at an instant.

    Who booked a time is before others in its line, and is compared with nobody.
    """
    sectors = group(visits_in(visits), lambda visit: ticket_of(visit).sector)
    return {(office.body.id, one): _line_of(of, office, at) for one, of in sorted(sectors.items())}


def _line_of(visits: Sequence[Case], office: Office, at: datetime) -> list[Ticket]:
    calls = sorted((record.at, record.by) for visit in visits for _, record in calls_of(visit))
    came = sorted((one for one in visits if not ticket_of(one).booked_at), key=lambda one: one.opened_at)  # fmt: skip
    moments, tickets = [*(one.opened_at for one in came), at], list[Ticket]()
    for mine, moment, line in zip((*came, None), moments, waiting_at(visits, moments), strict=True):
        since, until = (bisect_left(calls, (one, "")) for one in (moment - AT_WORK, moment))
        before = sum(not mine or place(one, moment) < place(mine, moment) for one in line)
        ended: Any = (waited(mine, at) / MINUTE, first_call(mine) is not None) if mine else ()
        n_windows = len({by for _, by in calls[since:until]})
        tickets.append(Ticket(office.calendar.place.local(moment), before, n_windows, *ended))
    return tickets


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
