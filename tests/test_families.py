"""Cases that belong together: tied to older ones, opened out of one another, waited for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

import attrs
import pytest

from openakimat import Desk, kz
from openakimat.adapters import memory
from openakimat.case.act import Act, Branch, Link
from openakimat.case.acts import Receive, Register
from openakimat.case.people import APPLICANT, Mandate, Official
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, step, when
from openakimat.chart.table import Table
from openakimat.dated import Dated, Edition, Evidence
from openakimat.errors import Malformed, NotAllowed, NotCompetent, UnknownCase
from openakimat.kz.acts import Accept, Decide
from openakimat.kz.appeal.acts import RedirectPart
from openakimat.kz.guards import closed
from openakimat.kz.identity import Applicant
from openakimat.kz.roles import CONSULTED, HEAD, REGISTRAR
from openakimat.law.office import Office

AT = datetime.fromisoformat("2026-02-02T10:00+05:00")
LATER = datetime.fromisoformat("2026-02-03T10:00+05:00")
ASKS = Applicant("Айгерім", id="aigerim")
CLERK = Official("clerk", {REGISTRAR})
BOSS = Official("boss", {HEAD})
LAND = Official("land", {CONSULTED})


@attrs.frozen
class AskBody(Branch):
    """Another body is asked: its answer is a case of its own."""

    tag: ClassVar[str] = "test-ask-body"


@attrs.frozen
class Ask(Receive):
    """What the other body is asked."""

    tag: ClassVar[str] = "test-ask"
    of: str = ""


class Parent(Procedure):
    """It waits for what it asked."""

    code, law = "test-parent", "appc-2026"
    filed = Stage(initial=True)
    decided = Stage(final=True)
    ask = step(AskBody, filed.to.itself(), by=HEAD, source="x")
    decide = step(Decide, when(filed.to(decided), closed(AskBody)), by=HEAD, source="x")


class Child(Procedure):
    """It is opened by a head alone."""

    code, law = "test-child", "appc-2026"
    opens = opening(Ask, by=HEAD, source="order of the city, 2")
    asked = Stage(initial=True)
    answered = Stage(final=True)
    decide = step(Decide, asked.to(answered), by=HEAD, source="x")


def office() -> Office:
    law = kz.law()
    since = date(2025, 12, 29)
    own: dict[str, Dated[Table]] = {
        chart.code: Dated(
            chart.code, (Edition(chart.table, "appc-2026", since, "x", Evidence.UNCONFIRMED),)
        )
        for chart in (Parent, Child)
    }
    return kz.office(pack=attrs.evolve(law, procedures={**law.procedures, **own}))


@pytest.fixture
def desk() -> Desk:
    return Desk(office(), journal=memory.Journal(), numbers=memory.Numbers())


def asked(desk: Desk, parent: str, child: str) -> None:
    """The child is opened and says out of what, and the parent names it."""
    links = (Link(parent, "child-of"),)
    desk.open(Child, id=child, at=AT, by=BOSS, links=links, of="land")
    desk.perform(parent, AskBody(child), at=AT, by=BOSS)


def test_a_parent_waits_for_each_of_its_children(desk: Desk) -> None:
    parent = desk.open(Parent, at=AT, by=ASKS).id
    asked(desk, parent, "c1")
    asked(desk, parent, "c2")
    assert ("c1", "c2") == desk.case(parent).children
    for child in ("c1", "c2"):
        told = desk.may(parent, Decide("favourable"), at=LATER, by=BOSS)
        assert told is not None
        assert "children.open" == told.code
        desk.perform(child, Decide("favourable"), at=LATER, by=BOSS)
    assert "decided" == desk.perform(parent, Decide("favourable"), at=LATER, by=BOSS).stage


def test_a_child_that_was_never_opened_is_not_there(desk: Desk) -> None:
    parent = desk.open(Parent, at=AT, by=ASKS).id
    with pytest.raises(UnknownCase, match="c1"):
        desk.perform(parent, AskBody("c1"), at=AT, by=BOSS)
    assert 1 == len(desk.case(parent).records)


def test_a_child_in_another_journal_is_put_beside(desk: Desk) -> None:
    """It says out of what it comes, and is waited for until it is shown closed."""
    parent = desk.open(Parent, at=AT, by=ASKS).id
    elsewhere = Desk(desk.office, journal=memory.Journal(), numbers=memory.Numbers())
    elsewhere.open(Parent, id=parent, at=AT, by=ASKS)
    child = elsewhere.open(Child, id="c1", at=AT, by=BOSS, links=(Link(parent, "child-of"),))
    desk.perform(parent, AskBody("c1"), at=AT, by=BOSS, beside=(child,))
    with pytest.raises(NotAllowed, match="test-ask-body is not closed yet"):
        desk.perform(parent, Decide("favourable"), at=LATER, by=BOSS)
    closed_ = elsewhere.perform("c1", Decide("favourable"), at=LATER, by=BOSS)
    done = desk.perform(parent, Decide("favourable"), at=LATER, by=BOSS, beside=(closed_,))
    assert "decided" == done.stage


def test_a_case_is_opened_only_out_of_the_one_it_names(desk: Desk) -> None:
    """So not out of itself, nor of what comes out of it, nor of a stranger; and only once."""
    parent = desk.open(Parent, at=AT, by=ASKS).id
    child = desk.open(Parent, at=AT, by=ASKS, links=(Link(parent, "child-of"),)).id
    grandchild = desk.open(Parent, at=AT, by=ASKS, links=(Link(child, "child-of"),)).id
    stranger = desk.open(Parent, at=AT, by=ASKS).id
    for name in (parent, child, grandchild, stranger):
        told = desk.may(grandchild, AskBody(name), at=LATER, by=BOSS)
        assert told is not None
        assert "link.missing" == told.code
        with pytest.raises(NotAllowed, match=f"{name} is not tied to {grandchild}"):
            desk.perform(grandchild, AskBody(name), at=LATER, by=BOSS)
    assert 1 == len(desk.case(grandchild).records)
    desk.perform(parent, AskBody(child), at=AT, by=BOSS)
    with pytest.raises(NotAllowed, match="comes out of it already") as twice:
        desk.perform(parent, AskBody(child), at=AT, by=BOSS)
    assert "link.twice" == twice.value.code


def test_what_time_did_to_a_child_is_kept_before_its_parent_relies_on_it() -> None:
    desk = Desk(kz.office(), journal=memory.Journal(), numbers=memory.Numbers())
    told = kz.request.services()["S-09"].applied(channel="provider", papers=["project"])
    asked_at = datetime.fromisoformat("2026-04-07T10:00+05:00")
    late = datetime.fromisoformat("2026-04-28T10:00+05:00")
    request = desk.open(kz.Request, at=asked_at, by=ASKS, **told).id
    for act in (Register(), Accept()):
        desk.perform(request, act, at=asked_at, by=CLERK)
    child = desk.open(
        kz.Consultation,
        kz.consultation.Ask(body="land", silence_agrees=True, links=(Link(request, "child-of"),)),
        at=asked_at,
        by=BOSS,
    ).id
    desk.perform(request, kz.consultation.Consult(child, "land"), at=asked_at, by=BOSS)
    desk.perform(request, Decide("rendered"), at=late, by=BOSS)
    assert "deemed_agreed" == desk.case(child).stage
    with pytest.raises(NotAllowed):
        desk.perform(child, kz.consultation.GiveOpinion("negative"), at=late, by=LAND)


def test_a_case_is_tied_once_and_to_what_is_older(desk: Desk) -> None:
    younger = desk.open(Parent, at=LATER, by=ASKS).id
    ties = (Link(younger, "about"), Link(younger, "repeats"))
    with pytest.raises(Malformed) as told:
        desk.open(Parent, at=AT, by=ASKS, links=ties)
    assert [
        f"links[1]: {younger} is named before",
        f"links[0]: {younger} was opened later",
        f"links[1]: {younger} was opened later",
    ] == [str(fault) for fault in told.value.faults]


def test_a_case_tied_to_itself_is_malformed(desk: Desk) -> None:
    desk.open(Parent, id="1", at=AT, by=ASKS)
    with pytest.raises(Malformed, match="tied to itself"):
        desk.open(Parent, id="1", at=AT, by=ASKS, links=(Link("1", "about"),))


def test_a_tie_to_a_case_that_is_not_there_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownCase, match="nowhere"):
        desk.open(Parent, at=AT, by=ASKS, links=(Link("nowhere", "about"),))


def test_there_are_five_ties() -> None:
    with pytest.raises(Malformed, match="cousin-of"):
        Link("1", "cousin-of")  # type: ignore[arg-type]  # a tie there is none of


def test_a_part_that_went_to_another_body_is_no_case_of_this_journal(desk: Desk) -> None:
    case = desk.open(kz.Appeal, at=AT, by=ASKS).id
    desk.perform(case, Register("ЖТ-1"), at=AT, by=CLERK)
    part = RedirectPart("ЖТ-1/1", "roads", ("the road",))
    desk.perform(case, part, at=AT, by=CLERK)
    desk.perform(case, Accept(), at=AT, by=CLERK)
    assert "answered" == desk.perform(case, Decide("favourable"), at=LATER, by=BOSS).stage


# -- opening ------------------------------------------------------------------------------


def test_a_case_is_opened_by_the_roles_that_may(desk: Desk) -> None:
    with pytest.raises(NotCompetent) as told:
        desk.open(Child, at=AT, by=CLERK)
    assert (("head",), "order of the city, 2", (("test-ask", ("head",)),)) == (
        told.value.competent,
        told.value.source,
        told.value.allowed,
    )
    lent = Mandate("boss", {HEAD}, "order 7-k", date(2026, 2, 2), date(2026, 2, 2))
    clerk = Official("clerk", {REGISTRAR}, mandates=(lent,))
    record = desk.open(Child, at=AT, by=clerk).records[0]
    assert ("clerk", "head", "boss") == (record.by, record.role, record.on_behalf)


@pytest.mark.parametrize(
    ("chart", "fields", "why"),
    [
        (Child, {"off": "land"}, "off: there is no such field"),
        (Parent, {"of": "land", "zz": 1}, "of: there is no such field; zz: there is no such field"),
    ],
)
def test_an_opening_act_has_its_own_fields(
    desk: Desk, chart: Any, fields: dict[str, Any], why: str
) -> None:
    with pytest.raises(Malformed, match=why):
        desk.open(chart, at=AT, by=BOSS, **fields)
    assert () == tuple(desk.journal.cases())


def test_a_case_opens_with_the_act_of_its_procedure() -> None:
    from openakimat.judgement.judge import open_case

    with pytest.raises(Malformed, match="opens with 'test-ask', not with 'receive'"):
        open_case("test-child", Receive(), id="1", at=AT, by=BOSS, office=office())


def test_what_is_stored_of_a_family_is_read_again(desk: Desk) -> None:
    """Ties, branches and on whose behalf somebody acted come back from sealed bytes."""
    parent = desk.open(Parent, at=AT, by=ASKS, joined=3).id
    lent = Mandate("boss", {HEAD}, "order 7-k", date(2026, 2, 2))
    clerk = Official("clerk", {REGISTRAR}, mandates=(lent,))
    desk.open(Child, id="c1", at=AT, by=clerk, links=(Link(parent, "child-of"),))
    desk.perform(parent, AskBody("c1"), at=AT, by=clerk)
    again = Desk(desk.office, desk.store)
    acts: list[Act] = [record.act for record in again.case(parent).records]
    assert [Receive(applicant=ASKS, joined=3), AskBody("c1")] == acts
    assert "boss" == again.case(parent).records[1].on_behalf
    assert (Link(parent, "child-of"),) == again.case("c1").received.links
    assert again.verify().intact


def test_roles_lent_are_roles_of_the_day() -> None:
    from openakimat.case.people import persons, roles_on

    power = Mandate("aigerim", {APPLICANT}, "power 12", date(2026, 2, 2), date(2026, 2, 3))
    lawyer = Official("lawyer", {REGISTRAR}, mandates=(power,))
    for day, expected in ((1, {"lawyer"}), (2, {"lawyer", "aigerim"}), (4, {"lawyer"})):
        assert expected == persons(lawyer, date(2026, 2, day))
        assert ("applicant" in roles_on(lawyer, date(2026, 2, day))) == (len(expected) > 1)
