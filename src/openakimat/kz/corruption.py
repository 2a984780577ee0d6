"""A report of corruption: taken from anyone, sent on at once, its reporter named in no record."""

from __future__ import annotations

from typing import ClassVar, Literal

import attrs

from openakimat.acts import Act, Decide, Redirect, Register, Return, Terminate
from openakimat.acts import among as one_of
from openakimat.case import Case
from openakimat.errors import Incomplete
from openakimat.kz.amended import RETURN
from openakimat.kz.appeal import HEADS, STAFF
from openakimat.kz.competence import LISTED, LISTED_IN, SOURCES, competent_body
from openakimat.kz.guards import among, once, the_applicant
from openakimat.kz.reporter import Confided, commitment, unnamed
from openakimat.kz.reward import (
    NO_REWARD,
    OF_VERDICT,
    PayReward,
    RecordVerdict,
    RefuseReward,
    as_confirmed,
    convicted,
)
from openakimat.kz.simplified import TERMINATION
from openakimat.people import ANTICORRUPTION, APPLICANT, AUTHORISED
from openakimat.procedure import Procedure, Stage, opening, step, when
from openakimat.table import Circumstances, Clock, guard

Channel = Literal["visit", "phone", "call-centre", "box", "messenger", "post", "e-otinish"]
"""How a report comes in: in person, to the office, to 1424, in a box, by Telegram, in writing."""

Nature = Literal["criminal", "non-criminal"]

OF_SERVICE = "egov.kz, 27.04.2021"
OF_PRACTICE = "practice of front offices"
OF_LAW = "Law 410-V, 24(2)"

CONFIRMED = {"criminal": OF_LAW, "administrative": OF_LAW}
UNCONFIRMED = {"unconfirmed": OF_LAW}


# -- acts -----------------------------------------------------------------------------


@attrs.frozen
class ReportCorruption(Confided):
    """A report of corruption, from anyone, anonymous too. Source: Law 410-V, 24(1).

    Args:
        summary: What happened; never who tells it.
    """

    tag: ClassVar[str] = "report-corruption"
    kind: str = "corruption-report"
    channel: Channel = attrs.field(default="visit", validator=one_of(Channel))


@attrs.frozen
class AcknowledgeReport(Act):
    """The competent body has entered it in its own register. Source: egov.kz (secondary)."""

    tag: ClassVar[str] = "acknowledge-report"
    number: str = ""


@attrs.frozen
class SortOffence(Act):
    """It is sorted: a criminal matter, or none. Source: egov.kz (secondary)."""

    tag: ClassVar[str] = "sort-offence"
    marks: ClassVar[str] = "decision"
    nature: Nature = attrs.field(validator=one_of(Nature))


@attrs.frozen
class FindNoOffence(Act):
    """It is found to tell of no offence: the rules of ordinary appeals apply, APPC 64(7), 88(1)."""

    tag: ClassVar[str] = "find-no-offence"
    marks: ClassVar[str] = "decision"
    reason: str


@attrs.frozen
class OfferAgreement(Act):
    """The reporter is told of the agreement on non-disclosure. Source: Law 410-V, 24-3."""

    tag: ClassVar[str] = "offer-agreement"


@attrs.frozen
class AskAgreement(Act):
    """The reporter wants the agreement. Source: Law 410-V, 24-3(2).

    Args:
        reporter: The commitment to somebody who comes forward after an anonymous report.
    """

    tag: ClassVar[str] = "ask-agreement"
    reporter: str = commitment()


@attrs.frozen
class ConcludeAgreement(Act):
    """The agreement is concluded: the report is confidential. Source: Law 410-V, 24(4), 24-3(2)."""

    tag: ClassVar[str] = "conclude-agreement"


# -- guards ---------------------------------------------------------------------------


@guard(
    "body.not-competent",
    why="it goes to the authorised body of the day, or to a body that the law lists",
    source=LISTED_IN,
    values=SOURCES,
)
def competent(case: Case, act: Redirect, circumstances: Circumstances) -> bool:
    """The body is competent for reports of corruption."""
    day = circumstances.office.calendar.place.day_of(circumstances.at)
    return act.to in LISTED or act.to == competent_body(day).value.id


@guard(
    "report.offence",
    why="a report of an offence, anonymous or not, is sent on at once: "
    "it is neither returned nor terminated",
    source="APPC 64(7-2), 88(1)(2)",
)
def no_offence(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """It was found to tell of no offence."""
    return case.last(FindNoOffence) is not None


@guard("report.no-reason", why="the finding must be reasoned", refusal=Incomplete)
def reasoned(case: Case, act: FindNoOffence, circumstances: Circumstances) -> bool:
    """The finding gives its reasons."""
    return bool(act.reason.strip())


@guard("agreement.not-asked", why="the reporter has not asked for the agreement")
def agreement_wanted(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """The agreement is concluded when the reporter wants it."""
    return case.last(AskAgreement) is not None


@guard(
    "agreement.owed",
    why="the agreement that the reporter asked for must be concluded first",
    source="Law 410-V, 24-3(2)",
)
def agreement_kept(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """No agreement is asked for and not concluded."""
    return case.last(AskAgreement) is None or confidential(case)


def confidential(case: Case, /) -> bool:
    """Whether the report is confidential by law: the agreement is concluded. Source: 24(4).

    Records and views name no reporter whatever the answer.
    """
    return case.last(ConcludeAgreement) is not None


# -- chart ----------------------------------------------------------------------------


class CorruptionReport(Procedure):
    """A report of corruption at the service akimat and at the body that checks it.

    {statechart:md}
    """

    code = "corruption"
    law = "l410"
    opens = opening(ReportCorruption, source="Law 410-V, 24(1)")

    received = Stage(initial=True)
    registered = Stage()
    redirected = Stage()
    at_service = Stage()
    under_check = Stage()
    offence_confirmed = Stage()
    offence_unconfirmed = Stage(final=True)
    rewarded = Stage(final=True)
    unrewarded = Stage(final=True)
    returned = Stage(final=True)
    terminated = Stage(final=True)

    _open = (received, registered, redirected, at_service, under_check, offence_confirmed)
    _anywhere = tuple(stage.to.itself() for stage in _open)

    register = step(
        Register, received.to(registered), by=(*STAFF, ANTICORRUPTION), source="APPC 64(3)"
    )
    redirect = step(
        Redirect,
        when(redirected.after(received, registered), competent),
        by=(*STAFF, ANTICORRUPTION),
        source="APPC 64(7-2), 88(1)(2)",
    )
    acknowledge = step(
        AcknowledgeReport,
        at_service.after(registered, redirected),
        by=ANTICORRUPTION,
        source=OF_SERVICE,
    )
    sort = step(
        SortOffence,
        at_service.to(under_check),
        by=ANTICORRUPTION,
        source=OF_SERVICE,
        tells="corruption.notice",
    )
    decide = step(
        Decide,
        when(
            under_check.to(offence_confirmed),
            agreement_kept,
            among("outcome", CONFIRMED, code="outcome.unknown"),
        ),
        when(
            under_check.to(offence_unconfirmed),
            agreement_kept,
            among("outcome", UNCONFIRMED, code="outcome.unknown"),
        ),
        by=ANTICORRUPTION,
        source=OF_LAW,
        tells="corruption.notice",
    )
    find_no_offence = step(
        FindNoOffence,
        when(
            (registered.to.itself(), at_service.to.itself(), under_check.to.itself()),
            reasoned,
            once(FindNoOffence),
        ),
        by=(*HEADS, AUTHORISED, ANTICORRUPTION),
        source=OF_PRACTICE,
    )
    terminate = step(
        Terminate,
        when(
            terminated.after(registered, at_service, under_check),
            no_offence,
            among("ground", TERMINATION, code="termination.no-ground"),
        ),
        by=(*HEADS, AUTHORISED, ANTICORRUPTION),
        source="APPC 88(1)",
        tells="corruption.notice",
    )
    return_ = step(
        Return,
        when(
            returned.after(registered, at_service, under_check),
            no_offence,
            among("ground", RETURN, code="return.no-ground"),
        ),
        by=(*STAFF, ANTICORRUPTION),
        source="APPC 64(7)",
        tells="corruption.notice",
    )
    offer_agreement = step(
        OfferAgreement, _anywhere, by=(*STAFF, ANTICORRUPTION), source="Law 410-V, 24-3"
    )
    ask_agreement = step(
        AskAgreement,
        when(_anywhere, the_applicant, unnamed, once(AskAgreement)),
        by=APPLICANT,
        source="Law 410-V, 24-3(2)",
    )
    conclude_agreement = step(
        ConcludeAgreement,
        when(_anywhere, agreement_wanted, once(ConcludeAgreement)),
        by=(*HEADS, ANTICORRUPTION),
        source="Law 410-V, 24-3(2)",
    )
    record_verdict = step(
        RecordVerdict,
        offence_confirmed.to.itself(),
        by=ANTICORRUPTION,
        source=OF_VERDICT,
    )
    pay_reward = step(
        PayReward,
        when(offence_confirmed.to(rewarded), agreement_kept, convicted, as_confirmed),
        by=ANTICORRUPTION,
        source="Law 410-V, 24(3)",
    )
    refuse_reward = step(
        RefuseReward,
        when(
            offence_confirmed.to(unrewarded),
            agreement_kept,
            among("ground", NO_REWARD, code="reward.no-ground"),
        ),
        by=ANTICORRUPTION,
        source="Law 410-V, 24(3)",
    )

    registration = Clock(
        "corruption.registration", starts=ReportCorruption, stops=(Register, Redirect)
    )
    redirection = Clock(
        "corruption.redirection",
        starts=ReportCorruption,
        stops=(Redirect, AcknowledgeReport, Return, Terminate),
        principal=True,
    )


CORRUPTION = (CorruptionReport,)
"""The charts of the procedure."""
