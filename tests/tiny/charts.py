"""The two procedures of Eta, its acts and its roles; `country` says what they are counted by.

A petition is answered by the mayor; silence grants it. Whoever is not content asks the council
for a review, which is a case of its own, tied to the petition it comes out of.
"""

from __future__ import annotations

from typing import ClassVar, Literal

import attrs

import openakimat as oa
from openakimat.case.people import APPLICANT, LAW
from openakimat.chart.table import Circumstances

SCRIBE, MAYOR, COUNCIL = oa.Role("scribe"), oa.Role("mayor"), oa.Role("council")

ROLES = (SCRIBE, MAYOR, COUNCIL)


# -- acts -------------------------------------------------------------------------------
# A tag is what is stored: never changed, and unlike any other, for tags are global.


@attrs.frozen
class Answer(oa.Act):
    """The mayor grants the petition, or refuses it and says why."""

    tag: ClassVar[str] = "tiny-answer"
    marks: ClassVar[str] = "decision"
    answers: ClassVar[bool] = True
    granted: bool
    reason: str = ""


@attrs.frozen
class DeemGranted(oa.Lapse):
    """The mayor was silent for too long: the law grants the petition."""

    tag: ClassVar[str] = "tiny-deem-granted"


@attrs.frozen
class Contest(oa.Branch):
    """The applicant asks for a review: `case` is the id of it."""

    tag: ClassVar[str] = "tiny-contest"


@attrs.frozen
class Settle(oa.Lapse):
    """Nobody asked for a review in time: the answer stands."""

    tag: ClassVar[str] = "tiny-settle"


@attrs.frozen
class Conclude(oa.Act):
    """The review is over, and so is the petition."""

    tag: ClassVar[str] = "tiny-conclude"


@attrs.frozen
class AskReview(oa.Receive):
    """A review is asked of the council: the act that opens it."""

    tag: ClassVar[str] = "tiny-ask-review"


@attrs.frozen
class Rule(oa.Act):
    """The council rules."""

    tag: ClassVar[str] = "tiny-rule"
    answers: ClassVar[bool] = True
    outcome: Literal["upheld", "overturned"]


# -- guards -----------------------------------------------------------------------------


@oa.guard(
    "answer.no-reason",
    why="a refusal says why",
    refusal=oa.Incomplete,
    asks=("act.granted", "act.reason"),
)
def reasoned(case: oa.Case, act: Answer, circumstances: Circumstances) -> bool:
    """A refusal says why."""
    return act.granted or bool(act.reason.strip())


@oa.guard("review.open", why="the review is not over", asks=("beside", "record:tiny-contest.case"))
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
