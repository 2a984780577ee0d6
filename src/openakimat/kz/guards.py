"""What the law of appeals asks of an act, beside stage and role."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from openakimat.acts import Act, AskToCorrect, Branch, Correct, Extend, Notify, Register, Terminate
from openakimat.case import Case, deadline_of
from openakimat.errors import Incomplete, NotCompetent, TooLate
from openakimat.limits import Deadline, due
from openakimat.people import APPLICANT, DEPUTY, HEAD, persons
from openakimat.table import Circumstances, Guard, guard

OF_OFFICE = "order of the office"
"""What an office asks of itself, beside the law."""


def among(field: str, values: Mapping[str, str], *, code: str) -> Guard:
    """The guard that a field of the act is one of those the law names, each with its article."""

    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:
        return getattr(act, field) in values

    why = f"{field} is none of: {', '.join(values)}"
    return guard(code, why=why, values=values)(holds)


def once(kind: type[Act]) -> Guard:
    """The guard that an act has not been performed yet."""

    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:
        return case.last(kind) is None

    return guard(f"{kind.tag}.twice", why=f"{kind.tag!r} has been performed")(holds)


@guard(
    "applicant.another",
    why="only the applicant, or who represents them, may do this",
    refusal=NotCompetent,
)
def the_applicant(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Whoever acts is the applicant of this case, or has their mandate; staff act as staff."""
    applicant = case.received.applicant
    if APPLICANT not in circumstances.roles or applicant is None:
        return True
    day = circumstances.office.calendar.place.day_of(circumstances.at)
    return applicant.id in persons(circumstances.by, day)


def another(kind: type[Act]) -> Guard:
    """The guard that, where the office keeps these duties apart, somebody else did an act."""

    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:
        if circumstances.office.answer("separation") == "none":
            return True
        return circumstances.by.id not in {r.by for r in case.records if type(r.act) is kind}

    why = f"this office keeps apart who performs {kind.tag!r} and who performs this"
    return guard(f"office.{kind.tag}", why=why, source=OF_OFFICE, refusal=NotCompetent)(holds)


def closed(*kinds: type[Branch]) -> Guard:
    """The guard that every case opened out of this one by these acts is closed."""

    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:
        wanted = {r.act.case for r in case.records if isinstance(r.act, kinds)}
        of = circumstances.office
        return wanted <= {
            c.id for c in circumstances.beside if c.stage in of.table_of(c.under).final
        }

    why = f"a case opened by {' or '.join(kind.tag for kind in kinds)} is not closed yet"
    return guard("children.open", why=why)(holds)


@guard("registration.missing", why="it has not been registered", source="APPC 64(3)")
def registered_first(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Nothing is decided that was not registered."""
    return case.last(Register) is not None


def _consideration(case: Case, circumstances: Circumstances) -> Deadline | None:
    """The deadline of the consideration, if it runs."""
    return deadline_of(case, f"{case.procedure}.consideration", office=circumstances.office)


def cap_of_extension(case: Case, circumstances: Circumstances, /) -> date:
    """The last day that an extension decided now may name. Source: APPC 76(3)."""
    office = circumstances.office
    today = office.calendar.place.day_of(circumstances.at)
    edition = office.limit(f"{case.procedure}.extension", today, circumstances.wording)
    base = {
        "receipt": case.opened_at,
        "decision": circumstances.at,
        "term": _end_of_term(case, circumstances),
    }[edition.value.base.value]
    last_day = due(edition, base, office.calendar).last_day
    assert last_day is not None  # noqa: S101 - a cap is told in days or months
    return last_day


def _end_of_term(case: Case, circumstances: Circumstances) -> datetime:
    """The last day of the consideration as it was before any extension."""
    running = _consideration(case, circumstances)
    if running is None:
        return circumstances.at
    calendar = circumstances.office.calendar
    pauses = [(one.start, one.end) for one in running.pauses]
    last_day = due(running.edition, running.base_at, calendar, pauses=pauses).last_day
    return calendar.place.start_of(last_day) if last_day else running.at


@guard(
    "extension.no-reason",
    why="an extension must be reasoned",
    refusal=Incomplete,
)
def reasoned(case: Case, act: Extend, circumstances: Circumstances) -> bool:
    """The decision gives its reasons."""
    return bool(act.reason.strip())


@guard(
    "extension.too-late",
    why="the term of consideration is over",
    refusal=TooLate,
)
def in_time(case: Case, act: Extend, circumstances: Circumstances) -> bool:
    """The term still runs."""
    running = _consideration(case, circumstances)
    return running is None or not running.missed(circumstances.at)


@guard("extension.beyond-cap", why="the extension goes beyond its cap")
def within_cap(case: Case, act: Extend, circumstances: Circumstances) -> bool:
    """The new last day is later than today and not beyond the cap."""
    today = circumstances.office.calendar.place.day_of(circumstances.at)
    return today <= act.until <= cap_of_extension(case, circumstances)


@guard(
    "extension.not-later",
    why="the new last day is not later than the present one",
)
def later_than_now(case: Case, act: Extend, circumstances: Circumstances) -> bool:
    """The extension gives more time than there is."""
    running = _consideration(case, circumstances)
    return running is None or running.last_day is None or act.until > running.last_day


@guard("extension.second", why="the term has been extended already")
def first_or_allowed(case: Case, act: Extend, circumstances: Circumstances) -> bool:
    """It is the first extension, or the office reads the law as allowing a second."""
    if circumstances.office.answer("second-extension") == "yes":
        return True
    return case.last(Extend) is None


@guard("correction.past", why="the term to correct must end later than today")
def time_to_correct(case: Case, act: AskToCorrect, circumstances: Circumstances) -> bool:
    """The applicant is left time."""
    return act.until > circumstances.office.calendar.place.day_of(circumstances.at)


@guard("correction.not-asked", why="no correction is awaited")
def correction_asked(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """The applicant was asked to correct the appeal and has not yet."""
    return case.last(AskToCorrect) is not None and case.last(Correct) is None


@guard("correction.term-runs", why="the term to correct is not over")
def correction_over(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """The term set to correct the appeal has passed, and it was not."""
    asked = case.last(AskToCorrect)
    if asked is None or case.last(Correct) is not None:
        return False
    today = circumstances.office.calendar.place.day_of(circumstances.at)
    return isinstance(asked.act, AskToCorrect) and today > asked.act.until


@guard("notice.unknown", why="there is nothing of that name to tell")
def something_to_tell(case: Case, act: Notify, circumstances: Circumstances) -> bool:
    """What the participant is told of has happened."""
    return act.of == "extension" and case.last(Extend) is not None


@guard(
    "termination.not-authorised",
    why="only the head or a deputy may terminate on this ground",
    source="APPC 88(2)",
)
def head_unless_repeat(case: Case, act: Terminate, circumstances: Circumstances) -> bool:
    """The head or a deputy decides; for a repeat without novelty, another authorised person too."""
    return act.ground == "repeat" or not {HEAD, DEPUTY}.isdisjoint(circumstances.roles)


MAY_EXTEND = (reasoned, in_time, later_than_now, within_cap, first_or_allowed)
"""All that the law asks of an extension."""
