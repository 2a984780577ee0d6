"""The two procedures of Eta, its acts and its roles; `country` says what they are counted by.

A petition is answered by the mayor; silence grants it. Whoever is not content asks the council
for a review, which is a case of its own, tied to the petition it comes out of.
"""

from __future__ import annotations

from typing import Literal

import attrs

import openakimat as oa
from openakimat.case.people import APPLICANT, LAW
from openakimat.chart.table import Circumstances

SCRIBE, MAYOR, COUNCIL = oa.Role("scribe"), oa.Role("mayor"), oa.Role("council")

ROLES = (SCRIBE, MAYOR, COUNCIL)


# -- acts -------------------------------------------------------------------------------
# A tag is what is stored: never changed, and unlike any other, for tags are global.


@attrs.frozen
class Answer(oa.Act, tag="tiny-answer", marks="decision", answers=True):
    """The mayor grants the petition, or refuses it and says why."""

    granted: bool
    reason: str = ""


@attrs.frozen
class DeemGranted(oa.Lapse, tag="tiny-deem-granted"):
    """The mayor was silent for too long: the law grants the petition."""


@attrs.frozen
class Contest(oa.Branch, tag="tiny-contest"):
    """The applicant asks for a review: `case` is the id of it."""


@attrs.frozen
class Settle(oa.Lapse, tag="tiny-settle"):
    """Nobody asked for a review in time: the answer stands."""


@attrs.frozen
class Conclude(oa.Act, tag="tiny-conclude"):
    """The review is over, and so is the petition."""


@attrs.frozen
class AskReview(oa.Receive, tag="tiny-ask-review"):
    """A review is asked of the council: the act that opens it."""


@attrs.frozen
class Rule(oa.Act, tag="tiny-rule", answers=True):
    """The council rules."""

    outcome: Literal["upheld", "overturned"]


# -- guards -----------------------------------------------------------------------------


@oa.guard(
    "answer.no-reason",
    why="a refusal says why",
    refusal=oa.Incomplete,
    asks="act.granted act.reason",
)
def reasoned(case: oa.Case, act: Answer, circumstances: Circumstances) -> bool:
    """A refusal says why."""
    return act.granted or bool(act.reason.strip())


@oa.guard("review.open", why="the review is not over", asks="beside record:tiny-contest.case")
def review_over(case: oa.Case, act: Conclude, circumstances: Circumstances) -> bool:
    """The case opened out of the petition is closed: the desk puts it beside."""
    table_of = circumstances.office.table_of
    closed = {one.id for one in circumstances.beside if one.stage in table_of(one.under).final}
    return closed.issuperset(case.children)


# -- procedures -------------------------------------------------------------------------


class Petition(oa.Procedure):
    """A petition to the mayor."""

    code, law = "petition", "charter"
    opens = oa.opening(oa.Receive, source="Charter 1")

    received = oa.Stage(initial=True)
    registered = oa.Stage()
    answered = oa.Stage()
    contested = oa.Stage()
    granted = oa.Stage(final=True)
    settled = oa.Stage(final=True)

    register = oa.step(oa.Register, received.to(registered), by=SCRIBE, source="Charter 2")
    answer = oa.step(
        Answer, oa.when(registered.to(answered), reasoned), by=MAYOR, source="Charter 3"
    )
    deem_granted = oa.step(
        DeemGranted,
        granted.after(received, registered),
        by=LAW,
        source="Charter 4",
        tells="petition.notice",
    )
    contest = oa.step(Contest, answered.to(contested), by=APPLICANT, source="Charter 5")
    settle = oa.step(Settle, answered.to(settled), by=LAW, source="Charter 5")
    conclude = oa.step(
        Conclude, oa.when(contested.to(settled), review_over), by=SCRIBE, source="Charter 7"
    )

    to_answer = oa.Clock(
        "petition.answer",
        starts=oa.Receive,
        stops=(Answer, DeemGranted),
        on_lapse=DeemGranted,
        principal=True,
    )
    to_contest = oa.Clock(
        "petition.contest", starts=Answer, stops=(Contest, Settle), on_lapse=Settle, window=True
    )


class Review(oa.Procedure):
    """The review of an answer by the council."""

    code, law = "review", "charter"
    opens = oa.opening(AskReview, by=APPLICANT, source="Charter 5")

    asked = oa.Stage(initial=True)
    ruled = oa.Stage(final=True)

    rule = oa.step(Rule, asked.to(ruled), by=COUNCIL, source="Charter 6")

    to_rule = oa.Clock("review.ruling", starts=AskReview, stops=Rule, principal=True)
