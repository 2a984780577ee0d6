"""The table that figures are made of: a row a case, closed or open, from its records in one pass.

Rules. (1) A row is derived and never kept. (2) What time alone did answers nobody: such a case is
open until it is closed. (3) A row names no applicant, but by a hash under a secret.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

import attrs

from openakimat.case.forgotten import field_of
from openakimat.case.people import OF_MANY
from openakimat.case.record import Case, applicant_of, is_lapse
from openakimat.errors import BeyondCalendar
from openakimat.judgement import docket
from openakimat.judgement.card import hash_word
from openakimat.judgement.docket import Line, Standing
from openakimat.judgement.running import Running, follow
from openakimat.law.office import Office
from openakimat.limits.deadline import Deadline, due as count_due
from openakimat.report.figures.delay import Customs, Pauses, split_time

UNJUDGED = frozenset({Standing.NOT_JUDGED, Standing.BROKEN})
MISSED = frozenset({Standing.LATE, Standing.OVERDUE})


class Stop(NamedTuple):
    """A pause: how much of the term was left and gone when it began, when its ground ended, if told."""

    ground: str
    start: datetime
    end: datetime | None
    left: timedelta
    gone: timedelta
    ended: datetime | None


@attrs.frozen
class Counted:
    """One case as figures see it at an instant.

    Attributes:
        due, due_gross: The first instant too late, and what it would be without pauses.
        done: When it was answered or else closed; None while it is open.
        standing: How it stands by its principal term.
        paused: How long it stood still so far.
        spent: Whose the elapsed time was, calendar time apart.
        moves: By which acts the applicant was sent where; empty where no place is told.
    """

    case: str
    procedure: str
    office: str
    received: datetime
    standing: Standing
    number: str = ""
    kind: str = ""
    topic: str = attrs.field(default="", repr=False)
    channel: str = ""
    sector: str = ""
    executor: str = attrs.field(default="", repr=False)
    outcome: str = ""
    applicant: str = attrs.field(default="", repr=False)
    due: datetime | None = None
    due_gross: datetime | None = None
    done: datetime | None = None
    paused: timedelta = timedelta()
    extended: bool = False
    electronic: bool = False
    spent: Mapping[str, timedelta] = attrs.field(factory=dict, repr=False)
    stops: tuple[Stop, ...] = attrs.field(default=(), repr=False)
    moves: tuple[tuple[str, str], ...] = attrs.field(default=(), repr=False)

    @property
    def judged(self) -> bool:
        """Whether it has a principal term, and anything is known of how it stands by it."""
        return self.due is not None and self.standing not in UNJUDGED

    @property
    def missed(self) -> bool:
        """Whether it is late or overdue."""
        return self.standing in MISSED


def count_case(
    case: Case,
    /,
    *,
    at: datetime,
    office: Office,
    customs: Customs,
    secret: bytes = b"",
    line: Line | None = None,
) -> Counted:
    """The row of a case.

    Args:
        case: The case, as it was known at the instant.
        at: The instant.
        office: Whose case it is.
        customs: What its country tells of roles, stages, pauses, channels.
        secret: What the applicant is hashed under; without one no two cases are joined.
        line: Where it stands, if that is known.
    """
    of = follow(case, office=office)
    line = line or docket.line(of, at=at, office=office)
    term, acts = line.deadline, [record.act for record in case.records]
    done = _done(of, term)
    pauses = _pauses(of, term)
    spent, paused = split_time(of, done or at, pauses, customs)
    receipt, who = case.received, applicant_of(case)
    executors = [str(field_of(act, act.assigns)) for act in acts if act.assigns]
    outcomes = [
        str(field_of(a, "outcome") or field_of(a, "result") or a.tag) for a in acts if a.answers
    ]
    sent, electronic = customs["sent"], customs["electronic"]
    return Counted(
        case.id,
        case.procedure,
        case.records[0].office or office.body.id,
        case.opened_at,
        line.standing,
        line.number,
        receipt.kind,
        receipt.topic,
        receipt.channel,
        str(field_of(acts[0], "sector", "")),
        executors[-1] if executors else "",
        outcomes[-1] if outcomes else case.stage if of.closed else "",
        "" if who in OF_MANY else hash_word(who, secret),
        term and term.at,
        term and _gross(term, ()).at,
        done,
        paused,
        term is not None and term.extended_at is not None,
        receipt.channel in electronic["channels"] or any(a.tag in electronic["acts"] for a in acts),
        spent,
        _stops(of, term, pauses, customs),
        tuple((a.tag, str(field_of(a, sent[a.tag], "")) if sent[a.tag] else "") for a in acts if a.tag in sent),
    )  # fmt: skip


def _done(of: Running, term: Deadline | None) -> datetime | None:
    records, stopped = of.case.records, term and term.stopped_at
    if stopped and not any(record.at == stopped and is_lapse(record) for record in records):
        return stopped
    return records[-1].at if of.closed else None


def _pauses(of: Running, term: Deadline | None) -> Pauses:
    """The pauses of the principal term, those of its former rounds too."""
    runs = [*(run for _, run in of.over), *of.runs.values()]
    return [pause for run in runs if term and run.limit == term.limit for pause in run.pauses]


def _gross(term: Deadline, pauses: Pauses) -> Deadline:
    """The deadline as it would be with these pauses alone."""
    closed = [(start, end) for _, start, end in pauses if end is not None]
    until, extended_at = term.until, term.extended_at
    return count_due(
        term.edition, term.base_at, term.calendar, pauses=closed, until=until, extended_at=extended_at
    )  # fmt: skip


def _stops(
    of: Running, term: Deadline | None, pauses: Pauses, customs: Customs
) -> tuple[Stop, ...]:
    """The pauses of the last round, each with what of the term was left when it began."""
    if term is None:
        return ()
    stops, parties = [], customs["parties"]
    pauses = [pause for pause in pauses if pause[1] >= term.base_at]
    for n, (ground, start, end) in enumerate(pauses):
        try:
            left = _gross(term, pauses[:n]).at - start
        except BeyondCalendar:
            continue
        awaited = customs["waits"].get(ground)
        came = (
            record.at
            for record in of.case.records
            # An applicant who only writes in between has not brought what is awaited.
            if record.at > start
            and not record.act.tag.startswith("attach")
            and parties.get(record.role) == awaited is not None
            and (end is None or record.at < end)
        )
        stops.append(Stop(ground, start, end, left, start - term.base_at, next(came, None)))
    return tuple(stops)
