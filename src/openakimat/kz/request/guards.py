"""What the law asks at the counter, beside stage and role."""

from datetime import date, datetime
from functools import partial

from openakimat.calendar.times import instant
from openakimat.case import APPLICANT, REPRESENTATIVE, Act, Case, Register, opened_with
from openakimat.chart.table import AskedOffice, Circumstances, guard, guard_what, guard_who
from openakimat.kz.guards import opened_as
from openakimat.kz.request.acts import COUNTERS, FIRST_DAYS, Apply, RefuseToAccept, TakeIn
from openakimat.kz.roles import OPERATOR
from openakimat.kz.sources import OF_FRONT_OFFICES

application_of = partial(opened_with, Apply)
"""The act that opened a request; another case is `Malformed`."""


def by_corporation(case: Case, /) -> bool:
    """Whether a request goes through the State Corporation: so it was told, or taken in."""
    return application_of(case).channel == "state-corporation" or case.last(TakeIn) is not None


@guard("channel.corporation", asks="record:take-in")
def not_by_corporation(case: Case, act: Act, circumstances: Circumstances) -> bool:
    return not by_corporation(case)


@guard("channel.not-corporation", asks="record:take-in record:register")
def through_corporation(case: Case, act: Act, circumstances: Circumstances) -> bool:
    return by_corporation(case) or (
        case.last(Register) is None and not application_of(case).channel
    )


@guard_who("proactive.applied", source="PSL 21-1")
def on_own_initiative(case: Case, act: Act, circumstances: Circumstances) -> bool:
    of_recipient = case.records[0].role in {APPLICANT, REPRESENTATIVE}
    return application_of(case).kind != "proactive" or not of_recipient


public_only = opened_as("kind", "service", "proactive", code="service.not-yet", source="PSL 1")

applied_for = opened_as("kind", "service", "social", code="proactive.not-yet", source="PSL 21-1")


@guard("channel.not-yet", source="PSL 18(2)", asks="office:now")
def channel_open(case: Case, act: Act, circumstances: Circumstances) -> bool:
    since = FIRST_DAYS.get(application_of(case).channel, date.min)
    return since <= circumstances.today


deemed_when_silent = opened_as(
    "deemed_issued", True, code="permit.not-deemed", source="Law 202-V (2014), 26(1)"
)
"""It is a permit, and none that the law excepts."""


def _missing(application: Apply) -> tuple[str, ...]:
    handed_in = {paper.code for paper in application.papers}
    required = dict.fromkeys(application.required or ())
    return tuple(
        code for code in required if code not in handed_in and code not in application.available
    )


def _expired(application: Apply, day: date) -> tuple[str, ...]:
    valid = {p.code for p in application.papers if p.until is None or day <= p.until}
    return tuple(dict.fromkeys(p.code for p in application.papers if p.code not in valid))


def lacking(case: Case, /, *, at: datetime, office: AskedOffice) -> RefuseToAccept | None:
    """The refusal that names all that a package lacks; None when it must be accepted.

    A paper is good up to and on its last day.
    Raises `Malformed` if the case is no request, or the instant is naive.

    Source: PSL 19, 20(2).
    """
    application, day = application_of(case), office.day_of(instant(at))
    missing, expired = _missing(application), _expired(application, day)
    return RefuseToAccept(missing, expired) if missing or expired else None


def _short_of(case: Case, circumstances: Circumstances) -> RefuseToAccept | None:
    return lacking(case, at=circumstances.at, office=circumstances.office)


@guard_what("package.incomplete", source="PSL 19, 20(2)", asks="office:now")
def whole(case: Case, act: Act, circumstances: Circumstances) -> bool:
    return _short_of(case, circumstances) is None


@guard_what(
    "package.not-accepted",
    why="the package is incomplete or expired: its acceptance is to be refused at the counter",
    source="PSL 19, 20(2)",
    asks="office:now",
)
def whole_at_the_counter(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """The same, where somebody looks; what comes by a system is registered as it is."""
    return application_of(case).channel not in COUNTERS or _short_of(case, circumstances) is None


@guard_what(
    "package.not-accepted",
    why="the package is incomplete: its acceptance is to be refused at the counter",
    source="PSL 20(2)",
)
def complete_at_the_counter(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Nothing is missing; to 05.12.2019 what had expired was for the provider to find."""
    return not _missing(application_of(case))


@guard_who("acceptance.expired-only", source="PSL 20(2)", asks="act.missing by.roles")
def incomplete_at_corporation(
    case: Case, act: RefuseToAccept, circumstances: Circumstances
) -> bool:
    return bool(act.missing) or OPERATOR not in circumstances.roles


@guard("acceptance.no-ground", source="PSL 19, 20(2)", asks="act.missing act.expired")
def a_document_named(case: Case, act: RefuseToAccept, circumstances: Circumstances) -> bool:
    return bool(act.missing or act.expired)


@guard("acceptance.available", source="PSL 5(2)", asks="act.missing")
def nothing_forbidden(case: Case, act: RefuseToAccept, circumstances: Circumstances) -> bool:
    return set(application_of(case).available).isdisjoint(act.missing)


@guard("acceptance.not-missing", source="PSL 19, 20(2)", asks="act.missing")
def really_missing(case: Case, act: RefuseToAccept, circumstances: Circumstances) -> bool:
    application = application_of(case)
    required = act.missing if application.required is None else application.required
    return set(required).difference(p.code for p in application.papers).issuperset(act.missing)


@guard("acceptance.not-expired", source="PSL 19, 20(2)", asks="act.expired office:now")
def really_expired(case: Case, act: RefuseToAccept, circumstances: Circumstances) -> bool:
    expired = _expired(application_of(case), circumstances.today)
    return set(expired).issuperset(act.expired)


@guard_what(
    "acceptance.not-all", source=OF_FRONT_OFFICES, asks="act.missing act.expired office:now"
)
def all_at_once(case: Case, act: RefuseToAccept, circumstances: Circumstances) -> bool:
    short = _short_of(case, circumstances)
    return short is None or (
        set(short.missing).issubset(act.missing) and set(short.expired).issubset(act.expired)
    )


MAY_REFUSE_TO_ACCEPT = (
    a_document_named,
    nothing_forbidden,
    really_missing,
    really_expired,
    all_at_once,
)
"""All that the law asks of a refusal to accept."""
