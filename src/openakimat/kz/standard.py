"""Whether a front office is up to the standard: visited, put in order within a term, rechecked.

No law sets this procedure, and no official standard was found: the checklist is what the press
says a front office has, and an office of your own may have another.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import attrs

from openakimat.acts import Act, Branch, Receive
from openakimat.case import Case
from openakimat.errors import Fault, Incomplete, Malformed
from openakimat.kz.practice import OF_FRONT_OFFICES
from openakimat.people import CHIEF_OF_STAFF, DEPUTY, HEAD, INSPECTOR, SUPERIOR
from openakimat.procedure import Procedure, Stage, opening, step, when
from openakimat.table import AskedOffice, Circumstances, Clock, guard
from openakimat.terms import term as term_of

LEADERS = (HEAD, DEPUTY, SUPERIOR)


@attrs.frozen
class Answer:
    """Whether an item of the checklist is met, and what was seen."""

    item: str
    met: bool
    note: str = ""


# -- acts ------------------------------------------------------------------------------


@attrs.frozen
class ScheduleVisit(Receive):
    """A visit to a front office is ordered.

    Args:
        subject: The id of the office to be visited.
    """

    tag: ClassVar[str] = "schedule-office-visit"
    subject: str = ""


@attrs.frozen
class InspectOffice(Act):
    """The office is visited, and every item of the checklist answered."""

    tag: ClassVar[str] = "inspect-office"
    checked: tuple[Answer, ...] = ()
    text: str = ""


@attrs.frozen
class PresentFindings(Act):
    """What was found is presented to the governor."""

    tag: ClassVar[str] = "present-findings"
    text: str = ""


@attrs.frozen
class OrderToStandard(Branch):
    """It is ordered to bring the office up to the standard: `case` is the instruction.

    Args:
        term: Such as ``"1 month"``, after which the office is looked at again.

    Raises:
        Malformed: There is no such term, or no term and no last day.
    """

    tag: ClassVar[str] = "order-to-standard"
    term: str = ""
    until: date | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse an order without an end."""
        super().__attrs_post_init__()
        if bool(self.term) == (self.until is not None):
            raise Malformed("order", [Fault("term", "tell either a term or a last day")])
        if self.term:
            term_of(self.term)


@attrs.frozen
class RecheckOffice(Act):
    """The office is visited again, and every item answered again."""

    tag: ClassVar[str] = "recheck-office"
    checked: tuple[Answer, ...] = ()
    text: str = ""


@attrs.frozen
class FindInConformity(Act):
    """The office is up to the standard."""

    tag: ClassVar[str] = "find-in-conformity"
    marks: ClassVar[str] = "decision"
    answers: ClassVar[bool] = True


@attrs.frozen
class EscalateFindings(Act):
    """The office is still not up to the standard: it is put before those above."""

    tag: ClassVar[str] = "escalate-findings"
    above: str = ""
    reason: str = ""


# -- answers ---------------------------------------------------------------------------


def items(office: AskedOffice, /) -> frozenset[str]:
    """The keys of the checklist that an office's law has.

    >>> from openakimat import kz
    >>> "equipment" in items(kz.office())
    True
    """
    return frozenset(key for kind, key in office.law.labels if kind == "checklist")


def unmet(case: Case, /) -> tuple[Answer, ...]:
    """What the last visit found not to be met."""
    for record in reversed(case.records):
        if isinstance(record.act, (InspectOffice, RecheckOffice)):
            return tuple(answer for answer in record.act.checked if not answer.met)
    return ()


def unanswered(answers: tuple[Answer, ...], office: AskedOffice, /) -> tuple[str, ...]:
    """The items that answers leave out, in order.

    >>> from openakimat import kz
    >>> unanswered(tuple(Answer(key, True) for key in items(kz.office())), kz.office())
    ()
    """
    return tuple(sorted(items(office) - {answer.item for answer in answers}))


@guard("checklist.unknown-item", why="an answer is to no item of the checklist")
def known_items(
    case: Case, act: InspectOffice | RecheckOffice, circumstances: Circumstances
) -> bool:
    """Every answer is to an item of the checklist."""
    return {answer.item for answer in act.checked} <= items(circumstances.office)


@guard("checklist.twice", why="an item is answered twice")
def each_once(case: Case, act: InspectOffice | RecheckOffice, circumstances: Circumstances) -> bool:
    """No item is answered twice."""
    given = [answer.item for answer in act.checked]
    return len(given) == len(set(given))


@guard("checklist.unanswered", why="an item of the checklist is not answered", refusal=Incomplete)
def all_answered(
    case: Case, act: InspectOffice | RecheckOffice, circumstances: Circumstances
) -> bool:
    """Every item is answered."""
    return not unanswered(act.checked, circumstances.office)


@guard("conformity.nothing-unmet", why="every item of the checklist is met")
def something_unmet(
    case: Case, act: InspectOffice | RecheckOffice, circumstances: Circumstances
) -> bool:
    """Something is found not to be met."""
    return not all(answer.met for answer in act.checked)


@guard("conformity.not-met", why="an item of the checklist is not met")
def nothing_unmet(
    case: Case, act: InspectOffice | RecheckOffice, circumstances: Circumstances
) -> bool:
    """Everything is found to be met."""
    return all(answer.met for answer in act.checked)


ANSWERED = (known_items, each_once, all_answered)


class FrontOfficeCheck(Procedure):
    """The governor's check of a front office.

    {statechart:md}
    """

    code = "front-office-check"
    law = "practice"
    opens = opening(
        ScheduleVisit, by=(*LEADERS, CHIEF_OF_STAFF, INSPECTOR), source=OF_FRONT_OFFICES
    )

    visit_scheduled = Stage(initial=True)
    found_wanting = Stage()
    findings_presented = Stage()
    put_in_order = Stage()
    still_wanting = Stage()
    escalated = Stage()
    found_in_order = Stage()
    in_conformity = Stage(final=True)

    inspect_office = step(
        InspectOffice,
        when(visit_scheduled.to(found_wanting), *ANSWERED, something_unmet),
        when(visit_scheduled.to(found_in_order), *ANSWERED, nothing_unmet),
        by=INSPECTOR,
        source=OF_FRONT_OFFICES,
    )
    present_findings = step(
        PresentFindings, found_wanting.to(findings_presented), by=INSPECTOR, source=OF_FRONT_OFFICES
    )
    order_to_standard = step(
        OrderToStandard,
        put_in_order.after(findings_presented, escalated),
        by=LEADERS,
        source=OF_FRONT_OFFICES,
    )
    recheck_office = step(
        RecheckOffice,
        when(put_in_order.to(still_wanting), *ANSWERED, something_unmet),
        when(put_in_order.to(found_in_order), *ANSWERED, nothing_unmet),
        by=INSPECTOR,
        source=OF_FRONT_OFFICES,
    )
    escalate_findings = step(
        EscalateFindings,
        still_wanting.to(escalated),
        by=(INSPECTOR, *LEADERS),
        source=OF_FRONT_OFFICES,
    )
    find_in_conformity = step(
        FindInConformity, found_in_order.to(in_conformity), by=LEADERS, source=OF_FRONT_OFFICES
    )

    recheck = Clock(
        "front-office-check.recheck",
        starts=OrderToStandard,
        stops=(RecheckOffice, FindInConformity),
        principal=True,
    )


FRONT_OFFICE_CHECKS = (FrontOfficeCheck,)
