"""The table that figures are made of: a row a case, closed or open, from its records in one pass.

Rules. (1) A row is derived and never kept. (2) What time alone did answers nobody: such a case is
open until it is closed. (3) A row names no applicant, but by a hash under a secret.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import attrs

from openakimat.case.forgotten import field_of
from openakimat.case.people import OF_MANY
from openakimat.case.record import Case, applicant_of, is_lapse
from openakimat.judgement import docket
from openakimat.judgement.card import hash_word
from openakimat.judgement.docket import LATE, UNJUDGED, Standing
from openakimat.judgement.running import Running, follow
from openakimat.law.office import Office
from openakimat.limits.deadline import Deadline, due as count_due
from openakimat.report.figures.delay import Customs, Pauses, split_time


@attrs.frozen
class Counted:
    """One case as figures see it at an instant.

    Attributes:
        due, due_gross: The first instant too late, and what it would be without pauses.
        done: When it was answered or else closed; None while it is open.
        standing: How it stands by its principal term.
        paused: How long it stood still so far, as the law lets it.
        spent: Whose the elapsed time was, calendar time apart.
        moves: By which acts the applicant was sent where; empty where no place is told.
    """

    case: str
    procedure: str
    office: str
    received: datetime
    standing: Standing
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
    moves: tuple[tuple[str, str], ...] = attrs.field(default=(), repr=False)
    stage: str = ""

    @property
    def judged(self) -> bool:
        """Whether it has a principal term, and anything is known of how it stands by it."""
        return self.due is not None and self.standing not in UNJUDGED

    @property
    def missed(self) -> bool:
        """Whether it is late or overdue."""
        return self.standing in LATE


def count_case(
    case: Case | Running,
    /,
    *,
    at: datetime,
    office: Office,
    customs: Customs,
    secret: bytes = b"",
) -> Counted:
    """The row of a case as it was known at an instant.

    Without a secret under which applicants are hashed no two cases are joined.
    """
    of = follow(case, office=office)
    case, line = of.case, docket.line(of, at=at, office=office)
    term, acts = line.deadline, [record.act for record in case.records]
    done = _done(of, term)
    pauses = _pauses(of, term)
    paused = sum((one.end - one.start for one in (term.pauses if term else ())), timedelta())
    # Whoever went away while it stood still has ended that too.
    if term and term.paused:
        paused += (done or at) - max(start for _, start, end in pauses if end is None)
    receipt, who = case.received, applicant_of(case)
    executors = [str(field_of(act, act.assigns)) for act in acts if act.assigns]
    outcomes = [
        str(field_of(a, "outcome") or field_of(a, "result") or a.tag) for a in acts if a.answers
    ]
    sent, electronic = customs["sent"], customs["electronic"]
    return Counted(
        case=case.id,
        procedure=case.procedure,
        office=case.records[0].office or office.body.id,
        received=office.calendar.place.local(case.opened_at),
        standing=line.standing,
        kind=receipt.kind,
        topic=receipt.topic,
        channel=receipt.channel,
        sector=str(field_of(acts[0], "sector", "")),
        executor=executors[-1] if executors else "",
        outcome=outcomes[-1] if outcomes else case.stage if of.closed else "",
        applicant="" if who in OF_MANY else hash_word(who, secret),
        due=term.at if term else None,
        due_gross=_gross_due(term) if term else None,
        done=done,
        paused=paused,
        extended=term is not None and term.extended_at is not None,
        electronic=receipt.channel in electronic["channels"] or any(a.tag in electronic["acts"] for a in acts),
        spent=split_time(of, done or at, pauses, customs),
        moves=tuple((a.tag, str(field_of(a, sent[a.tag], "")) if sent[a.tag] else "") for a in acts if a.tag in sent),
        stage=case.stage,
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


def _gross_due(term: Deadline) -> datetime:
    """Its deadline as it would be had nothing stood still."""
    until, extended_at = term.until, term.extended_at
    return count_due(
        term.edition, term.base_at, term.calendar, until=until, extended_at=extended_at
    ).at
