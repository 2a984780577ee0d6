"""What the law of appeals asks of an act, beside stage and role."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from openakimat.case.act import Act
from openakimat.case.acts import Register, Reopen
from openakimat.case.record import Case
from openakimat.chart.table import Circumstances, Guard, guard
from openakimat.errors import Incomplete, TooLate
from openakimat.kz.acts import Extend, Notify, Return
from openakimat.kz.appeal.acts import AskToCorrect, Correct, Entrust, Execute, RedirectPart
from openakimat.kz.guards import after, among, filled, of_this_round
from openakimat.limits.deadline import Deadline, due

registered_first = after(
    Register, code="registration.missing", why="it has not been registered", source="APPC 64(3)"
)


def _consideration(case: Case, circumstances: Circumstances) -> Deadline | None:
    """The deadline of the consideration, if it runs."""
    return circumstances.deadline_of(case, f"{case.procedure}.consideration")


def cap_of_extension(case: Case, circumstances: Circumstances, /) -> date:
    """The last day that an extension decided now may name. Source: APPC 76(3).

    That a case taken up again is received anew for it is our reading.
    """
    office = circumstances.office
    today = office.day_of(circumstances.at)
    edition = office.limit(f"{case.procedure}.extension", today, circumstances.wording)
    base = {
        "receipt": reopening.at if (reopening := case.last(Reopen)) else case.opened_at,
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
    pauses = [(pause.start, pause.end) for pause in running.pauses]
    last_day = due(running.edition, running.base_at, calendar, pauses=pauses).last_day
    return calendar.place.start_of(last_day) if last_day else running.at


reasoned = filled("reason", code="extension.no-reason", why="an extension must be reasoned")


@guard(
    "extension.too-late",
    why="the term of consideration is over",
    refusal=TooLate,
    asks=("office:*.consideration", "office:now"),
)
def in_time(case: Case, act: Extend, circumstances: Circumstances) -> bool:
    """The term still runs."""
    running = _consideration(case, circumstances)
    return running is None or not (running.stopped_at or running.missed(circumstances.at))


@guard(
    "extension.beyond-cap",
    why="the extension goes beyond its cap",
    asks=("act.until", "record:reopen", "office:*.consideration", "office:now"),
)
def within_cap(case: Case, act: Extend, circumstances: Circumstances) -> bool:
    """The new last day is later than today and not beyond the cap."""
    today = circumstances.office.day_of(circumstances.at)
    return today <= act.until <= cap_of_extension(case, circumstances)


@guard(
    "extension.not-later",
    why="the new last day is not later than the present one",
    asks=("act.until", "office:*.consideration"),
)
def later_than_now(case: Case, act: Extend, circumstances: Circumstances) -> bool:
    """The extension gives more time than there is."""
    running = _consideration(case, circumstances)
    return running is None or running.last_day is None or act.until > running.last_day


@guard(
    "extension.second",
    why="the term has been extended already",
    asks=("record:extend", "record:reopen", "office:second-extension"),
)
def first_or_allowed(case: Case, act: Extend, circumstances: Circumstances) -> bool:
    """It is the first since the case was last taken up, or the office reads the law otherwise."""
    if circumstances.office.answer("second-extension") == "yes":
        return True
    return of_this_round(case, Extend) is None


@guard(
    "correction.past",
    why="the term to correct must end later than today",
    asks=("act.until", "office:now"),
)
def time_to_correct(case: Case, act: AskToCorrect, circumstances: Circumstances) -> bool:
    """The applicant is left time."""
    return act.until > circumstances.office.day_of(circumstances.at)


@guard(
    "correction.not-asked",
    why="no correction is awaited",
    asks=("record:ask-to-correct", "record:correct"),
)
def correction_asked(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """The applicant was asked to correct the appeal and has not yet."""
    return case.last(AskToCorrect) is not None and case.last(Correct) is None


@guard(
    "correction.term-runs",
    why="the term to correct is not over",
    asks=("record:ask-to-correct.until", "record:correct", "office:now"),
)
def correction_over(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """The term set to correct the appeal has passed, and it was not."""
    request = case.last(AskToCorrect)
    if request is None or case.last(Correct) is not None:
        return False
    today = circumstances.office.day_of(circumstances.at)
    return isinstance(request.act, AskToCorrect) and today > request.act.until


entrusted = after(
    Entrust,
    code="execution.not-entrusted",
    why="its execution has been given to nobody",
    since_reopened=True,
)


@guard(
    "execution.open",
    why="what was decided has not been done",
    source="APPC 86(3)",
    asks=("record:entrust", "record:execute", "record:reopen"),
)
def executed(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """What somebody was to do has been done."""
    return of_this_round(case, Entrust) is None or of_this_round(case, Execute) is not None


@guard(
    "redirection.no-demands", why="no demand is named", refusal=Incomplete, asks=("act.demands",)
)
def demands_named(case: Case, act: RedirectPart, circumstances: Circumstances) -> bool:
    """The part that is redirected is named."""
    return any(demand.strip() for demand in act.demands)


@guard(
    "return.too-late",
    why="it may be returned on this ground within 3 working days of its registration",
    source="APPC 64(7)(2)",
    refusal=TooLate,
    asks=("office:*.return-on-ground", "office:now"),
)
def time_to_return(case: Case, act: Return, circumstances: Circumstances) -> bool:
    """The term to return it after its registration runs."""
    running = circumstances.deadline_of(case, f"{case.procedure}.return-on-ground")
    return running is None or not running.missed(circumstances.at)


@guard(
    "return.repeats-nothing",
    why="an identical appeal names the one it repeats",
    asks=("act.ground=identical",),
)
def repeats_another(case: Case, act: Return, circumstances: Circumstances) -> bool:
    """What is returned as identical is tied to what it repeats."""
    return act.ground != "identical" or any(link.how == "repeats" for link in case.received.links)


@guard(
    "notice.unknown",
    why="there is nothing of that name to tell",
    asks=("act.of=extension", "record:extend"),
)
def something_to_tell(case: Case, act: Notify, circumstances: Circumstances) -> bool:
    """What the participant is told of has happened."""
    return act.of == "extension" and case.last(Extend) is not None


MAY_EXTEND = (reasoned, in_time, later_than_now, within_cap, first_or_allowed)
"""All that the law asks of an extension."""


def may_return(grounds: Mapping[str, str], /) -> tuple[Guard, ...]:
    """All that the law asks of a return soon after registration, on these grounds."""
    return among("ground", grounds, code="return.no-ground"), time_to_return, repeats_another


def may_return_uncorrected(grounds: Mapping[str, str], /) -> tuple[Guard, ...]:
    """All that the law asks of a return of what was not corrected in time."""
    return correction_over, among("ground", grounds, code="return.no-ground")
