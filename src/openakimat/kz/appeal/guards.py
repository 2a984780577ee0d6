"""What the law of appeals asks of an act, beside stage and role."""

from datetime import date, datetime

from openakimat.case import Act, Case, Receive, Register, Reopen
from openakimat.chart.table import Circumstances, Guard, guard, guard_what, guard_when
from openakimat.kz.acts import Annul, Decide, Extend, JoinFile, Notify, Return, Terminate
from openakimat.kz.appeal.acts import AskToCorrect, Correct, Entrust, Execute, Inquire, RedirectPart
from openakimat.kz.data import values
from openakimat.kz.guards import Values, after, among, filled, in_window, of_this_round, runs_since
from openakimat.limits.deadline import Deadline, due

registered_first = after(Register, code="registration.missing", source="APPC 64(3)")

# Law 30.12.2022 No. 177-VII: 10 calendar days after its publication, which was not seen. No day
# of January is counted against anybody.
_VIDEO_SUSPENDED = date(2023, 2, 1)


@guard("channel.no-video", source="APPC 175(2-1)", asks="act.channel=video office:now")
def no_video(case: Case, act: Receive, circumstances: Circumstances) -> bool:
    """A video message is an appeal only until it was suspended; then it was struck out."""
    return act.channel != "video" or circumstances.today < _VIDEO_SUSPENDED


def _consideration(case: Case, circumstances: Circumstances) -> Deadline | None:
    return circumstances.deadline_of(case, f"{case.procedure}.consideration")


def cap_of_extension(case: Case, circumstances: Circumstances, /) -> date:
    """The last day that an extension decided now may name. Source: APPC 76(3).

    That a case taken up again is received anew for it is our reading.
    """
    edition = circumstances.limit(f"{case.procedure}.extension")
    base = {
        "receipt": reopening.at if (reopening := case.last(Reopen)) else case.opened_at,
        "decision": circumstances.at,
        "term": _end_of_term(case, circumstances),
    }[edition.value.base.value]
    last_day = due(edition, base, circumstances.office.calendar).last_day
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


reasoned = filled("reason", code="extension.no-reason")


@guard_when(
    "extension.too-late",
    why="the term of consideration is over",
    asks="office:*.consideration office:now",
)
def in_time(case: Case, act: Extend, circumstances: Circumstances) -> bool:
    running = _consideration(case, circumstances)
    return running is None or not (running.stopped_at or running.missed(circumstances.at))


@guard("extension.beyond-cap", asks="act.until record:reopen office:*.consideration office:now")
def within_cap(case: Case, act: Extend, circumstances: Circumstances) -> bool:
    return circumstances.today <= act.until <= cap_of_extension(case, circumstances)


@guard("extension.not-later", asks="act.until office:*.consideration")
def later_than_now(case: Case, act: Extend, circumstances: Circumstances) -> bool:
    running = _consideration(case, circumstances)
    return running is None or running.last_day is None or act.until > running.last_day


@guard("extension.second", asks="record:extend record:reopen office:second-extension")
def first_or_allowed(case: Case, act: Extend, circumstances: Circumstances) -> bool:
    """It is the first since the case was last taken up, or the office reads the law otherwise."""
    if circumstances.office.answer("second-extension") == "yes":
        return True
    return of_this_round(case, Extend) is None


@guard("correction.past", asks="act.until office:now")
def time_to_correct(case: Case, act: AskToCorrect, circumstances: Circumstances) -> bool:
    return act.until > circumstances.today


@guard("correction.not-asked", asks="record:ask-to-correct record:correct record:reopen")
def correction_asked(case: Case, act: Act, circumstances: Circumstances) -> bool:
    return of_this_round(case, AskToCorrect) is not None and of_this_round(case, Correct) is None


@guard(
    "correction.term-runs",
    asks="record:ask-to-correct.until record:correct record:reopen office:now",
)
def correction_over(case: Case, act: Act, circumstances: Circumstances) -> bool:
    request = of_this_round(case, AskToCorrect)
    if request is None or of_this_round(case, Correct) is not None:
        return False
    return isinstance(request.act, AskToCorrect) and circumstances.today > request.act.until


_EXECUTION = ("record:entrust", "record:execute", "record:decide.outcome", "record:reopen")


def _to_execute(case: Case) -> bool:
    """Whether there is something to do: a favourable act is done, and what somebody was given to do."""
    decided = of_this_round(case, Decide)
    favourable = decided is not None and getattr(decided.act, "outcome", "") == "favourable"
    return favourable or of_this_round(case, Entrust) is not None


@guard("execution.not-entrusted", asks=_EXECUTION)
def to_execute(case: Case, act: Act, circumstances: Circumstances) -> bool:
    return _to_execute(case)


@guard("execution.open", source="APPC 86(3)", asks=_EXECUTION)
def executed(case: Case, act: Act, circumstances: Circumstances) -> bool:
    return not _to_execute(case) or of_this_round(case, Execute) is not None


ANNULMENT = {of: values(f"appeal.annulment-{of}") for of in ("burdening", "favourable")}
"""Why a body may cancel its own act, by what the act was."""


@guard(
    "annulment.no-ground",
    source="APPC 84, 85",
    values={ground: cited for of in ANNULMENT.values() for ground, cited in of.items()},
    field="ground",
    asks="act.ground record:decide.outcome",
)
def may_annul(case: Case, act: Annul, circumstances: Circumstances) -> bool:
    decided = case.last(Decide)
    return act.ground in ANNULMENT.get(getattr(decided and decided.act, "outcome", ""), {})


time_to_remark = in_window("protocol-remarks", code="remarks.too-late")


@guard_what("redirection.no-demands", asks="act.demands")
def demands_named(case: Case, act: RedirectPart, circumstances: Circumstances) -> bool:
    return any(demand.strip() for demand in act.demands)


@guard_when("return.too-late", source="APPC 64(7)(2)", asks="record:register office:now")
def time_to_return(case: Case, act: Return, circumstances: Circumstances) -> bool:
    registered, limit = case.last(Register), f"{case.procedure}.return-on-ground"
    return registered is None or runs_since(registered.at, limit, circumstances)


@guard("return.repeats-nothing", asks="act.ground=identical")
def repeats_another(case: Case, act: Return, circumstances: Circumstances) -> bool:
    return act.ground != "identical" or any(link.how == "repeats" for link in case.received.links)


@guard("return.not-terminated", source="APPC 64(7)(2)", asks="act.ground=identical beside")
def repeats_terminated(case: Case, act: Return, circumstances: Circumstances) -> bool:
    """The procedure of what it repeats was terminated; of what is not at hand nobody asks."""
    repeated = {link.case for link in case.received.links if link.how == "repeats"}
    at_hand = [one for one in circumstances.beside if one.id in repeated]
    ended = (one.last(Terminate) is not None for one in at_hand)
    return act.ground != "identical" or all(ended)


@guard("joining.another", asks="act.to")
def repeats_that(case: Case, act: JoinFile, circumstances: Circumstances) -> bool:
    return any(link.how == "repeats" and link.case == act.to for link in case.received.links)


inquired_first = after(Inquire, code="extension.short-term", source="Law 221, 8(2)")


def extension_or(*names: str) -> Guard:
    """The guard that a notice is of an extension that there was, or of something else that may be."""

    def holds(case: Case, act: Notify, circumstances: Circumstances) -> bool:
        return act.of in names or (act.of == "extension" and case.last(Extend) is not None)

    return guard(
        "notice.unknown",
        asks=("act.of=extension", *(f"act.of={name}" for name in names), "record:extend"),
    )(holds)


something_to_tell = extension_or()

MAY_EXTEND = (reasoned, in_time, later_than_now, within_cap, first_or_allowed)
"""All that the law asks of an extension."""


def may_return(grounds: Values, /) -> tuple[Guard, ...]:
    """All that the law asks of a return soon after registration, on these grounds."""
    a_ground = among("ground", grounds, code="return.no-ground")
    return a_ground, time_to_return, repeats_another, repeats_terminated


def may_return_uncorrected(grounds: Values, /) -> tuple[Guard, ...]:
    """All that the law asks of a return of what was not corrected in time."""
    return correction_over, among("ground", grounds, code="return.no-ground")
