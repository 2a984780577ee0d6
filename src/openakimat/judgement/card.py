"""The card of a case: where it stands, for lists, searches and wake-ups.

Rules. (1) A card holds nothing that the records of its case do not tell: it is made anew from them
at any time. (2) What depends on the instant asked about, such as its standing, is no part of it.
(3) It names no person: whoever is to be found by it stands there as a hash under a secret of the host's.
(4) It says by which law and calendar its days were counted.
"""

import hashlib
import hmac
import json
from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import attrs

from openakimat.case import Record, Rectify, Register, applicant_of
from openakimat.case.forgotten import receipt_in
from openakimat.dated import Edition
from openakimat.errors import AkimatError
from openakimat.judgement import docket
from openakimat.judgement.deadlines import next_wakeup
from openakimat.judgement.running import Running
from openakimat.law.form import law_form
from openakimat.law.office import Office
from openakimat.limits.deadline import Deadline, Standstill
from openakimat.limits.limit import TimeLimit


@attrs.frozen
class Card:
    """Where a case stands, as its records tell it.

    Attributes:
        case, office: Whose it is.
        version: How many records are kept of it.
        counted_by: The name of the law that counted its days.
        topic, applicant, assignee: Hashes under the host's secret; empty where it has none.
        received_at, registered_at, answered_at: When it was, for the last time.
        changed_at: When the last of it became known.
        due_at, standard_at: The first instant too late by its principal term, and by the office's standard.
        wake_at: When the law acts on it next.
        is_open: Whether an answer is waited for.
        entered_late: Whether something in it was entered only after the law had acted.
        terms: Its terms as JSON; empty where they are told by its records alone.
        broken, why: Why it cannot be loaded or counted, if so: by its code, and in words.
    """

    case: str
    office: str
    version: int = 0
    counted_by: str = attrs.field(default="", repr=False)
    procedure: str = ""
    stage: str = ""
    number: str = ""
    channel: str = ""
    topic: str = attrs.field(default="", repr=False)
    applicant: str = attrs.field(default="", repr=False)
    assignee: str = attrs.field(default="", repr=False)
    received_at: datetime | None = None
    registered_at: datetime | None = None
    answered_at: datetime | None = None
    changed_at: datetime | None = None
    due_at: datetime | None = None
    standard_at: datetime | None = None
    wake_at: datetime | None = None
    is_open: bool = True
    entered_late: bool = False
    terms: str = attrs.field(default="", repr=False)
    broken: str = ""
    why: str = attrs.field(default="", repr=False)


@attrs.frozen
class Broken:
    """A case that cannot be loaded, with the code of what is wrong with it."""

    case: str
    code: str
    why: str


@attrs.frozen
class Wakeup:
    """When a case wants `lapse` the soonest, which it is, and those that cannot be asked."""

    at: datetime
    case: str
    broken: tuple[Broken, ...] = ()


def hash_word(word: str, secret: bytes, /) -> str:
    """What stands on a card for a word that may name a person: nothing where the host has no secret.

    >>> hash_word("g.omarova", b""), len(hash_word("g.omarova", b"a secret of the host's"))
    ('', 32)
    """
    # Without a secret whoever has the table could try every identity number there is.
    if not secret or not word:
        return ""
    return hmac.new(secret, word.encode(), hashlib.sha256).hexdigest()[:32]


def card_of(
    of: Running, office: Office, /, *, law: str = "", secret: bytes = b"",
    before: Card | None = None,
) -> Card:  # fmt: skip
    """The card of a case, by the law of an office whose name is `law`; see `law_name`.

    Words that may name a person are hashed under `secret`; from `before`, its card some records ago,
    it goes on, else it is read from the first.
    """
    case = of.case
    fields: dict[str, Any]
    new = case.records[before.version :] if before and not case.overtaken else case.records
    # What was corrected, or overtaken, may have said anything of all this.
    if before is None or case.overtaken or any(isinstance(r.act, Rectify) for r in new):
        new, fields = case.records, {"applicant": hash_word(applicant_of(case), secret)}
    else:
        fields = {name: getattr(before, name) for name in _FOLDED}
        fields["changed_at"] = before.changed_at
    for record in new:
        fields |= _told_by(record, secret)
        known = record.entered or record.at
        fields["changed_at"] = max(known, fields.get("changed_at") or known)
    return Card(
        case.id, case.records[-1].office or office.body.id, case.n_sealed, law, case.procedure,
        case.stage, received_at=case.opened_at, entered_late=bool(case.overtaken), **fields,
        **_counted(of, office),
    )  # fmt: skip


_FOLDED = (
    "number", "channel", "topic", "applicant", "assignee", "registered_at", "answered_at",
)  # fmt: skip
"""What a card has of single records, the last that tells it."""


def _told_by(record: Record, secret: bytes) -> dict[str, Any]:
    act = record.act
    told: dict[str, Any] = {}
    if isinstance(act, Register):
        told |= {"number": act.number, "registered_at": record.at}
    if act.answers:
        told["answered_at"] = record.at
    if act.assigns:
        told["assignee"] = hash_word(str(getattr(act, act.assigns)), secret)
    if record.no == 1:
        received = receipt_in(act)
        told |= {"channel": received.channel, "topic": hash_word(received.topic, secret)}
    return told


def _counted(of: Running, office: Office) -> dict[str, Any]:
    try:
        terms, wake_at = docket.terms_of(of, office), next_wakeup(of, office=office)
    except AkimatError as wrong:
        return {"is_open": not of.closed, "broken": wrong.code, "why": str(wrong)}
    return {
        "due_at": terms.principal.at if terms.principal else None,
        "standard_at": docket.standard_at(terms.principal, of.case.procedure, office),
        "wake_at": wake_at,
        "is_open": not (terms.closed or terms.answered),
        "terms": _write_terms(terms, office),
    }


def law_name(office: Office, /) -> str:
    """The name of the law by which an office counts: its limits, its answers, its calendar."""
    # Its own standards are no law, and a journal keeps none; but its cards tell their days.
    own = (f"+{key}: {term}" for key, term in sorted(office.standards.items()))
    return "".join((law_form(office)[0], *own))


def line_of(card: Card, /, *, at: datetime, office: Office, soon: int = 3) -> docket.Line | None:
    """The line of a case from its card, counted by the law of its office; None where its records alone tell it.

    `soon` is how many working days before its last day it is due soon.
    """
    if card.broken or not card.terms or card.changed_at is None or card.changed_at > at:
        return None
    line = docket.Line(
        card.case, card.number, card.procedure, card.stage, docket.Standing.OPEN, None,
        entered_late=card.entered_late,
    )  # fmt: skip
    # Its terms may be of another edition of this library, or of somebody's hand.
    with suppress(
        ArithmeticError, AttributeError, LookupError, StopIteration, TypeError, ValueError
    ):
        terms = _read_terms(card.terms, office)
        return docket.stand(line, terms, at=at, soon=soon, office=office)
    return None


def _write_terms(terms: docket.Terms, office: Office) -> str:
    """Terms as JSON; nothing where an act has told one that no edition of the law has."""
    # What stopped in time is nothing that could ever be missed.
    others = [term for term in terms.others if term.stopped_at is None or term.missed(term.at)]
    limits = office.law.limits
    for term in (*terms.judged, *others):
        if not any(edition is term.edition for edition in limits[term.limit]):
            return ""
    plain = {
        **terms._asdict(),
        "principal": terms.principal is not None,
        "judged": [*map(_write_term, terms.judged)],
        "others": [*map(_write_term, others)],
    }
    return _ENCODE(plain)


_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _read_terms(text: str, office: Office) -> docket.Terms:
    plain = json.loads(text)
    for name in ("judged", "others"):
        plain[name] = tuple([_read_term(term, office) for term in plain[name]])
    # Of the terms that a case is judged by, the one of now stands last.
    principal = plain["judged"][-1] if plain["principal"] else None
    return docket.Terms(**{**plain, "principal": principal, "uncounted": tuple(plain["uncounted"])})


_RARE = ("stopped_at", "paused", "until", "extended_at", "rolled_from", "struck_out")
"""What most deadlines have nothing of."""

_WHEN = {"stopped_at": datetime, "extended_at": datetime, "until": date, "rolled_from": date}


def _write_term(term: Deadline) -> list[Any]:
    """A deadline without its calendar and its edition, which the law has by wording and day."""
    rare: dict[str, Any] = {name: of for name in _RARE if (of := getattr(term, name))}
    plain = {name: of if of is True else of.isoformat() for name, of in rare.items()}
    if term.pauses:
        plain["pauses"] = [
            (pause.start.isoformat(), pause.end.isoformat(), pause.worth, pause.unit)
            for pause in term.pauses
        ]
    last = term.last_day and term.last_day.isoformat()
    edition, days = term.edition, (term.base_day.isoformat(), last)
    instants = term.base_at.isoformat(), term.at.isoformat()
    return [term.limit, edition.law, edition.since.isoformat(), *instants, *days, plain]


def _read_term(plain: list[Any], office: Office) -> Deadline:
    limit, law, since, base_at, at, base_day, last_day, rare = plain
    for name, kind in _WHEN.items():
        if name in rare:
            rare[name] = kind.fromisoformat(rare[name])
    rare["pauses"] = tuple(
        Standstill(datetime.fromisoformat(start), datetime.fromisoformat(end), worth, unit)
        for start, end, worth, unit in rare.get("pauses", ())
    )
    return Deadline(
        _edition(office, limit, law, since), datetime.fromisoformat(base_at),
        date.fromisoformat(base_day), date.fromisoformat(last_day) if last_day else None,
        datetime.fromisoformat(at), office.calendar, **rare,
    )  # fmt: skip


@lru_cache(maxsize=1024)
def _edition(office: Office, limit: str, law: str, since: str) -> Edition[TimeLimit]:
    """An edition of a limit: the same of many cards."""
    editions = office.law.limits[limit]
    return next(one for one in editions if one.law == law and str(one.since) == since)
