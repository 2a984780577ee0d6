"""What may be done with a report of corruption, and what the law asks of it."""

from __future__ import annotations

from typing import ClassVar, Literal

import attrs

from openakimat.acts import LATER, Act, Redirect, Terminate
from openakimat.case import Case
from openakimat.errors import Incomplete, NotCompetent
from openakimat.kz.competence import LISTED, LISTED_IN, SOURCES, competent_body
from openakimat.kz.reporter import Confided, commitment
from openakimat.people import DEPUTY, HEAD, persons
from openakimat.table import Circumstances, Guard, guard

Channel = Literal["visit", "phone", "call-centre", "box", "messenger", "post", "e-otinish"]
"""How a report comes in: in person, to the office, to 1424, in a box, by Telegram, in writing."""

Nature = Literal["criminal", "non-criminal"]


# -- acts -----------------------------------------------------------------------------


@attrs.frozen
class ReportCorruption(Confided):
    """A report of corruption, from anyone, anonymous too. Source: Law 410-V, 24(1).

    Args:
        summary: What happened; never who tells it.
        against: The id of the official reported on, where it is known.
    """

    tag: ClassVar[str] = "report-corruption"
    kind: str = "corruption-report"
    channel: Channel = "visit"
    against: str = attrs.field(default="", metadata=LATER)


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
    nature: Nature


@attrs.frozen
class FindNoOffence(Act):
    """The service finds that it tells of no offence: the rules of ordinary appeals apply.

    Source: practice; where the Code rules, APPC 64(7), 88(1).
    """

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
    field="to",
)
def competent(case: Case, act: Redirect, circumstances: Circumstances) -> bool:
    """The body is competent for reports of corruption."""
    day = circumstances.office.day_of(circumstances.at)
    return act.to in LISTED or act.to == competent_body(day).value.id


def no_offence(source: str) -> Guard:
    """The guard that a report was found to tell of no offence; `source` is what protects others."""

    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:
        return case.last(FindNoOffence) is not None

    why = (
        "a report of an offence, anonymous or not, is sent on at once: "
        "it is neither returned nor terminated"
    )
    return guard("report.offence", why=why, source=source)(holds)


def not_reported_on(source: str) -> Guard:
    """The guard that whoever acts is not the official reported on, nor stands in for them."""

    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:
        day = circumstances.office.day_of(circumstances.at)
        return getattr(case.received, "against", "") not in persons(circumstances.by, day)

    why = "the official reported on has no hand in the report"
    return guard("report.own", why=why, source=source, refusal=NotCompetent)(holds)


@guard("termination.not-authorised", why="only the head or a deputy may terminate")
def by_head(case: Case, act: Terminate, circumstances: Circumstances) -> bool:
    """Whoever terminates is the head of the service, or a deputy."""
    return not {HEAD, DEPUTY}.isdisjoint(circumstances.roles)


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
