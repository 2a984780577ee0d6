"""The table that figures are made of: a row a case, closed or open, from its records in one pass.

Rules. (1) A row is derived and never kept. (2) What time alone did answers nobody: such a case is
open until it is closed. (3) A row names no applicant, but by a hash under a secret. (4) What records
are looked at for, answers entered late and pauses that may have dodged the clock, is a reason to
look and no proof; what a record does not tell is not judged; a pause that moves no term dodged none.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import attrs

from openakimat.case.acts import Lapse
from openakimat.case.forgotten import field_of
from openakimat.case.people import OF_MANY
from openakimat.case.record import Case, Record, applicant_of, is_lapse
from openakimat.judgement import docket
from openakimat.judgement.card import hash_word
from openakimat.judgement.clocks import Run, ground_of
from openakimat.judgement.deadlines import deadline_of
from openakimat.judgement.docket import LATE, UNJUDGED, Standing
from openakimat.judgement.past import known_by
from openakimat.judgement.running import Running, follow
from openakimat.law.office import Office
from openakimat.limits.deadline import Deadline, due as count_due
from openakimat.report.figures.delay import Customs, Pauses, split_time

Dues = tuple[tuple[datetime, datetime], ...]
"""Since when it was known, and the first instant too late as it was known then."""

BRINK, GRACE = timedelta(hours=24), timedelta(days=8)
"""What is left of a term at its very end, a fifth at most; by when after its day a pause is to have ended."""

FEW_WORDS = 8
_WORD = re.compile(r"[^\W\d_]+")


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
        dues: The first instant too late as it was known, each with since when.
        ended_by: The act by which it was done, if any; ``answered`` for any answer.
        still, becomes: Whether its term stands still; what the law makes of silence once it is over.
        asked, worked, assisted: Whether somebody asked for it, staff has done anything, somebody was
            helped to do it alone.
        matter: A hash of its text under a secret; of a short one none.
        seen: What its records were looked at for; see rule 4.
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
    dues: Dues = attrs.field(default=(), repr=False)
    ended_by: str = ""
    still: bool = False
    becomes: str = ""
    services: tuple[str, ...] = ()
    asked: bool = True
    worked: bool = True
    assisted: bool = False
    matter: str = attrs.field(default="", repr=False)
    seen: tuple[dict[str, Any], ...] = attrs.field(default=(), repr=False)

    @property
    def judged(self) -> bool:
        """Whether it has a principal term, and anything is known of how it stands by it."""
        return self.due is not None and self.standing not in UNJUDGED

    def due_known(self, at: datetime, /) -> datetime:
        """The first instant too late, as it was known at an instant; of a case that is judged."""
        assert self.due is not None  # noqa: S101 - of no other
        return due_known(self.dues, at) if self.dues else self.due

    @property
    def missed(self) -> bool:
        """Whether it is late or overdue."""
        return self.standing in LATE


def count_case(
    case: Case | Running, /, *, at: datetime, office: Office, customs: Customs, secret: bytes = b""
) -> Counted:
    """The row of a case as it was known at an instant.

    Without a secret under which applicants are hashed no two cases are joined.
    """
    of = follow(case, office=office)
    line = docket.line(of, at=at, office=office)
    term = line.deadline
    done, pauses = _done(of, term), _pauses(of, term)
    paused = sum((one.end - one.start for one in (term.pauses if term else ())), timedelta())
    # Whoever went away while it stood still has ended that too.
    if term and term.paused:
        paused += (done or at) - max(start for _, start, end in pauses if end is None)
    return Counted(
        case=of.case.id, procedure=of.case.procedure, standing=line.standing, stage=of.case.stage,
        due=term.at if term else None, due_gross=_gross_due(term) if term else None, done=done,
        paused=paused, extended=term is not None and term.extended_at is not None,
        spent=split_time(of, done or at, pauses, customs),
        **_of_records(of, office, secret, customs) | (_of_term(of, term, done, at) if term else {}),
    )  # fmt: skip


def _of_records(of: Running, office: Office, secret: bytes, customs: Customs) -> dict[str, Any]:
    case, receipt, first = of.case, of.case.received, of.case.records[0]
    acts, who = [record.act for record in case.records], applicant_of(case)
    sent, electronic, tags = customs["sent"], customs["electronic"], {act.tag for act in acts}
    executors = [str(field_of(act, act.assigns)) for act in acts if act.assigns]
    outcomes = [str(field_of(a, "outcome") or field_of(a, "result") or a.tag) for a in acts if a.answers]  # fmt: skip
    services = field_of(acts[0], "services", ()) or (field_of(acts[0], "service", ""),)
    text = _WORD.findall(str(receipt.summary).casefold())
    parties, staff = customs["parties"], {"front-office", "department"}
    return {
        "office": first.office or office.body.id,
        "received": office.calendar.place.local(case.opened_at),
        "kind": receipt.kind,
        "topic": receipt.topic,
        "channel": receipt.channel,
        "sector": str(field_of(acts[0], "sector", "")),
        "services": tuple(filter(None, services)),
        "asked": bool(who),
        "applicant": "" if who in OF_MANY or who in customs["nobody"]["ids"] else hash_word(who, secret),
        # Of few words anybody may have written the same.
        "matter": hash_word(" ".join(text), secret) if len(text) >= FEW_WORDS else "",
        "executor": executors[-1] if executors else "",
        "outcome": outcomes[-1] if outcomes else case.stage if of.closed else "",
        "electronic": receipt.channel in electronic["channels"] or not tags.isdisjoint(electronic["acts"]),
        "assisted": not tags.isdisjoint(electronic["help"]),
        "worked": any(parties.get(r.role) in staff and r.basis != "assumed" for r in case.records),
        "ended_by": "answered" if outcomes else acts[-1].tag if of.closed else "",
        "moves": tuple((a.tag, str(field_of(a, sent[a.tag], "")) if sent[a.tag] else "") for a in acts if a.tag in sent),
    }  # fmt: skip


def _of_term(of: Running, term: Deadline, done: datetime | None, at: datetime) -> dict[str, Any]:
    """What a row has of the term that its case is judged by; nothing, if it runs another limit since."""
    runs = [(name, run) for name, run in of.runs.items() if run.limit == term.limit]
    if not runs:
        return {}
    limit, run = runs[0]
    dues, clock = _list_dues(of, limit, run, term), of.clock(limit)
    told: dict[str, Any] = {
        "dues": dues,
        "still": term.paused and done is None,
        "becomes": clock.on_lapse if clock and clock.on_lapse != Lapse.tag else "",
        "seen": tuple(_audit(of, run, term, dues, at)),
    }
    since = [r.act for r in of.case.records if r.at >= done] if done else []
    if since and run.stopped and not any(act.answers for act in since):
        told["ended_by"] = run.stopped.act.tag
    return told


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
    if not (term.pauses or term.paused):
        return term.at
    until, extended_at = term.until, term.extended_at
    return count_due(
        term.edition, term.base_at, term.calendar, until=until, extended_at=extended_at
    ).at


def _list_dues(of: Running, limit: str, run: Run, term: Deadline) -> Dues:
    """The deadline of a run as it was known from each instant on at which something was entered."""
    if not (run.pauses or run.extensions or run.became):
        return ((run.started.at, term.at),)
    entered = {record.entered or record.at for record in of.case.sealed}
    known = ((at, known_by(of.case, at)) for at in sorted(entered) if at >= run.started.at)
    days = ((at, deadline_of(then, limit, office=of.office)) for at, then in known if then)
    return tuple((at, day.at) for at, day in days if day) or ((run.started.at, term.at),)


def due_known(dues: Dues, at: datetime, /) -> datetime:
    """The first instant too late as it was known at an instant."""
    return next((due for since, due in reversed(dues) if since <= at), dues[0][1])


def _audit(of: Running, run: Run, term: Deadline, dues: Dues, at: datetime) -> Iterator[Any]:
    """What the answers and pauses of a term are looked at for, and what is found; None is not judged."""

    def seen(what: str, record: Record, *, found: bool | None) -> dict[str, Any]:
        return {"what": what, "record": record.no, "article": term.edition.source, "found": found}

    for record in of.case.this_round:
        if record.act.answers:
            told = record.basis == "done" or record.entered is not None
            late = record.at < due_known(dues, record.at) <= (record.entered or record.at)
            yield seen("entered-late", record, found=late if told else None)
    begun, records = set[str](), of.case.records if run.pauses else ()
    by_start = {(record.at, ground_of(record.act)): record for record in records}
    for ground, start, end in run.pauses:
        if ground not in term.edition.value.pauses or (start, ground) not in by_start:
            continue
        record, due = by_start[start, ground], due_known(dues, start)
        brink = min(BRINK, (due - run.started.at) / 5)
        known, until = record.basis != "assumed", field_of(record.act, "until")
        yield seen("pause-brink", record, found=start < due <= start + brink if known else None)
        yield seen("pause-repeated", record, found=ground in begun if known else None)
        over = type(until) is date and of.office.calendar.place.start_of(until + GRACE)
        lasted = over and (end or term.stopped_at or at) > over
        yield seen("pause-outlasted", record, found=bool(lasted) if over and known else None)
        begun.add(ground)
