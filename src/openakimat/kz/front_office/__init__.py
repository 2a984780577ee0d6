"""The governor's check of a front office: practice."""

from collections.abc import Mapping
from datetime import date
from functools import cache

import attrs

from openakimat.calendar.terms import term as term_of
from openakimat.case import Act, Branch, Case, Receive, open_field
from openakimat.chart.clock import Principal
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, step, when
from openakimat.chart.table import Circumstances, guard, guard_what
from openakimat.dated import Evidence
from openakimat.errors import Fault, Malformed
from openakimat.kz import by
from openakimat.kz.acts import Written
from openakimat.kz.data import languages, read
from openakimat.kz.roles import CHIEF_OF_STAFF, DEPUTY, HEAD, INSPECTOR, SUPERIOR
from openakimat.kz.sources import OF_FRONT_OFFICES


@attrs.frozen
class Answer:
    """Whether an item of the checklist is met, and what was seen."""

    item: str
    met: bool
    note: str = ""


@attrs.frozen
class ScheduleVisit(Receive, tag="schedule-office-visit"):
    """A visit to a front office is ordered: `subject` is its id."""

    subject: str = open_field("")


@attrs.frozen
class Answered(Act):
    """The office is visited, and every item of the checklist answered."""

    checked: tuple[Answer, ...] = ()
    text: str = ""


class InspectOffice(Answered, tag="inspect-office"):
    """It is visited as ordered."""


class PresentFindings(Written, tag="present-findings"):
    """What was found is presented to the governor."""


@attrs.frozen
class OrderToStandard(Branch, tag="order-to-standard"):
    """It is ordered to bring the office up to the standard: `case` is the instruction.

    After the `term`, such as ``"1 month"``, the office is looked at again.
    Raises `Malformed` if there is no such term, or no term and no last day.
    """

    term: str = open_field("")
    until: date | None = None

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if bool(self.term) == (self.until is not None):
            raise Malformed(
                "order", [Fault("term", "tell either a term or a last day", "term-or-day")]
            )
        if self.term:
            term_of(self.term)


class RecheckOffice(Answered, tag="recheck-office"):
    """It is visited again, and every item answered again."""


class FindInConformity(Act, tag="find-in-conformity", marks="decision", answers=True):
    """The office is up to the standard."""


@attrs.frozen
class EscalateFindings(Act, tag="escalate-findings"):
    """The office is still not up to the standard: it is put before those above."""

    above: str = ""
    reason: str = ""


@attrs.frozen
class Item:
    """One item of the checklist: its question by language, and where it was read."""

    key: str
    names: Mapping[str, str]
    source: str
    evidence: Evidence


@cache
def checklist() -> Mapping[str, Item]:
    """The items of the checklist by key, in order.

    No official standard was found: the items are those that the press speaks of.

    >>> checklist()["one-window"].names["en"]
    'Everything is done at one window: nobody is sent from room to room'
    """
    data = read("front_office/law.toml")
    words = data["label"]["checklist"]
    return {
        key: Item(
            key,
            {language: words[key][language] for language in languages()},
            item["source"],
            Evidence(item["evidence"]),
        )
        for key, item in data["checklist"].items()
    }


def unmet(case: Case, /) -> tuple[Answer, ...]:
    """What the last visit found not to be met."""
    for record in reversed(case.records):
        if isinstance(record.act, Answered):
            return tuple(answer for answer in record.act.checked if not answer.met)
    return ()


def unanswered(answers: tuple[Answer, ...], /) -> tuple[str, ...]:
    """The items of the checklist that answers leave out, in order."""
    return tuple(sorted(checklist().keys() - {answer.item for answer in answers}))


@guard("checklist.unknown-item", asks="act.checked")
def known_items(case: Case, act: Answered, circumstances: Circumstances) -> bool:
    return {answer.item for answer in act.checked} <= checklist().keys()


@guard("checklist.twice", asks="act.checked")
def each_once(case: Case, act: Answered, circumstances: Circumstances) -> bool:
    items = [answer.item for answer in act.checked]
    return len(items) == len(set(items))


@guard_what("checklist.unanswered", asks="act.checked")
def all_answered(case: Case, act: Answered, circumstances: Circumstances) -> bool:
    return not unanswered(act.checked)


ANSWERED = (known_items, each_once, all_answered)


@guard("conformity.nothing-unmet", asks="act.checked", relies=ANSWERED)
def something_unmet(case: Case, act: Answered, circumstances: Circumstances) -> bool:
    return not all(answer.met for answer in act.checked)


@guard("conformity.not-met", asks="act.checked", relies=ANSWERED)
def nothing_unmet(case: Case, act: Answered, circumstances: Circumstances) -> bool:
    return all(answer.met for answer in act.checked)


LEADERS = (HEAD, DEPUTY, SUPERIOR)


class FrontOfficeCheck(Procedure):
    """The governor's check of a front office."""

    code = "front-office-check"
    law = "practice"
    source = OF_FRONT_OFFICES
    opens = opening(ScheduleVisit, by=(*LEADERS, CHIEF_OF_STAFF, INSPECTOR))

    visit_scheduled = Stage(initial=True)
    found_wanting = findings_presented = put_in_order = still_wanting = escalated = Stage()
    found_in_order = Stage()
    in_conformity = Stage(final=True)

    inspect_office = by.inspector(
        InspectOffice,
        when(visit_scheduled.to(found_wanting), *ANSWERED, something_unmet),
        when(visit_scheduled.to(found_in_order), *ANSWERED, nothing_unmet),
    )
    present_findings = by.inspector(PresentFindings, found_wanting.to(findings_presented))
    order_to_standard = step(
        OrderToStandard, put_in_order.after(findings_presented, escalated), by=LEADERS
    )
    recheck_office = by.inspector(
        RecheckOffice,
        when(put_in_order.to(still_wanting), *ANSWERED, something_unmet),
        when(put_in_order.to(found_in_order), *ANSWERED, nothing_unmet),
    )
    escalate_findings = step(
        EscalateFindings, still_wanting.to(escalated), by=(INSPECTOR, *LEADERS)
    )
    find_in_conformity = step(FindInConformity, found_in_order.to(in_conformity), by=LEADERS)

    recheck = Principal(starts=OrderToStandard, stops=(RecheckOffice, FindInConformity))
