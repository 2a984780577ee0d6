"""One journal, several offices: each has its numbers and its docket, and touches its own cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import attrs
import pytest

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory, sql
from openakimat.desk import roll_up
from openakimat.errors import AnotherOffice
from openakimat.kz.appeal.acts import RedirectPart
from openakimat.kz.roles import HEAD, REGISTRAR
from openakimat.trail.seal import Sealed, seal_all

NAMES = ("khromtau", "astana", "yesil")
ASKS = kz.Applicant("Айгерім", id="aigerim")
STAFF = oa.Official("staff", {REGISTRAR, HEAD})


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}+05:00")


@pytest.fixture(params=["memory", "sql"])
def stores(request: pytest.FixtureRequest) -> Iterator[tuple[Any, Any]]:
    """One journal and one store of numbers for all offices."""
    if request.param == "memory":
        yield memory.Journal(), memory.Numbers()
        return
    engine = sql.engine("sqlite://")
    yield sql.Journal(engine), sql.Numbers(engine)
    engine.dispose()


@pytest.fixture
def desks(stores: tuple[Any, Any]) -> dict[str, oa.Desk]:
    journal, numbers = stores
    return {name: oa.Desk(kz.office(name), journal=journal, numbers=numbers) for name in NAMES}


def opened(desk: oa.Desk, when: str = "03-16T10:00", **how: Any) -> str:
    return desk.open(kz.Appeal, by=ASKS, at=at(when), topic="roads", **how).id


# -- numbers ----------------------------------------------------------------------------


def test_ids_and_their_series_are_of_the_office(desks: dict[str, oa.Desk]) -> None:
    ids = [opened(desks[name]) for name in (*NAMES, *NAMES)]
    assert ids == [f"{name}/appeal-2026-{n}" for n in (1, 2) for name in NAMES]


def test_each_office_has_a_register_of_its_own(desks: dict[str, oa.Desk]) -> None:
    numbers: dict[str, list[str]] = {name: [] for name in NAMES}
    for name in (*NAMES, "astana"):
        case = opened(desks[name])
        act = (
            desks[name].perform(case, oa.Register(), by=STAFF, at=at("03-16T11:00")).records[-1].act
        )
        assert isinstance(act, oa.Register)
        numbers[name].append(act.number)
    assert numbers["khromtau"] == numbers["yesil"] == numbers["astana"][:1]
    assert len({*numbers["astana"]}) == 2


def test_an_id_is_taken_for_every_office(desks: dict[str, oa.Desk]) -> None:
    opened(desks["khromtau"], id="A-1")
    with pytest.raises(oa.Conflict):
        opened(desks["astana"], id="A-1")
    assert list(desks["astana"].journal.cases("khromtau")) == ["A-1"]
    assert list(desks["astana"].journal.cases("astana")) == []


def test_every_record_names_the_office(desks: dict[str, oa.Desk]) -> None:
    case = opened(desks["khromtau"])
    desks["khromtau"].perform(case, oa.Register(), by=STAFF, at=at("03-16T11:00"))
    lapsed = desks["khromtau"].lapse(case, at=at("06-16T11:00"))
    assert len(lapsed.records) > 2
    assert {record.office for record in lapsed.records} == {"khromtau"}


# -- doors ------------------------------------------------------------------------------

DOORS: dict[str, Callable[[oa.Desk, str], object]] = {
    "case": lambda desk, case: desk.case(case),
    "perform": lambda desk, case: desk.perform(case, oa.Register(), by=STAFF, at=at("03-17T10:00")),
    "lapse": lambda desk, case: desk.lapse(case, at=at("06-17T10:00")),
    "may, by class": lambda desk, case: desk.may(case, oa.Register, by=STAFF, at=at("03-17T10:00")),
    "may": lambda desk, case: desk.may(case, oa.Register(), by=STAFF, at=at("03-17T10:00")),
    "deadlines": lambda desk, case: desk.deadlines(case),
    "notices": lambda desk, case: desk.notices(case),
}


@pytest.mark.parametrize("door", DOORS)
def test_a_desk_refuses_a_case_of_another_office(desks: dict[str, oa.Desk], door: str) -> None:
    case = opened(desks["khromtau"])
    before = list(desks["khromtau"].journal.since())
    with pytest.raises(AnotherOffice) as refused:
        DOORS[door](desks["astana"], case)
    assert (refused.value.code, refused.value.office) == ("office.another", "khromtau")
    assert isinstance(refused.value, oa.JournalError)
    assert list(desks["khromtau"].journal.since()) == before
    DOORS[door](desks["khromtau"], case)


# -- lists ------------------------------------------------------------------------------


def test_lists_of_an_office_are_of_its_own_cases(desks: dict[str, oa.Desk]) -> None:
    ids = {
        name: [opened(desks[name], when) for when in ("03-16T10:00", "03-17T10:00")]
        for name in NAMES
    }
    for name, desk in desks.items():
        assert sorted(line.case for line in desk.docket(at=at("03-18T10:00"))) == ids[name]
        assert [case.id for case in desk.files()] == ids[name]
        wakeup = desk.next_wakeup()
        assert wakeup is not None
        assert (wakeup.case, wakeup.broken) == (ids[name][0], ())


def test_a_case_is_due_by_the_days_and_hours_of_its_office(desks: dict[str, oa.Desk]) -> None:
    """Received at a quarter to six: one town hall has closed by then, and the other has not."""
    ends = {}
    for name in ("khromtau", "astana"):
        case = opened(desks[name], "03-16T17:45")
        due = {one.limit: one.last_day for one in desks[name].deadlines(case)}
        ends[name] = due["appeal.registration"]
    assert ends == {"khromtau": date(2026, 3, 17), "astana": date(2026, 3, 16)}


def test_verify_walks_the_cases_of_every_office(desks: dict[str, oa.Desk]) -> None:
    for desk in desks.values():
        opened(desk)
    for desk in desks.values():
        assert str(desk.verify()) == "intact: 3 records, 3 cases"


def test_a_roll_up_sees_all_and_names_the_unattended(desks: dict[str, oa.Desk]) -> None:
    ids = {name: opened(desk) for name, desk in desks.items()}
    every = roll_up([*desks.values()], at=at("03-18T10:00"))
    assert {name: [line.case for line in lines] for name, lines in every.lines.items()} == {
        name: [case] for name, case in ids.items()
    }
    assert every.unattended == ()
    some = roll_up([desks["khromtau"], desks["yesil"]], at=at("03-18T10:00"))
    assert (sorted(some.lines), some.unattended) == (["khromtau", "yesil"], (ids["astana"],))
    assert roll_up([], at=at("03-18T10:00")).unattended == ()


# -- ties between offices ---------------------------------------------------------------


def test_a_case_may_be_tied_to_one_of_another_office(desks: dict[str, oa.Desk]) -> None:
    parent = opened(desks["khromtau"])
    child = opened(desks["astana"], "03-17T10:00", links=(oa.Link(parent, "about"),))
    assert desks["astana"].case(child).received.links[0].case == parent
    with pytest.raises(oa.Malformed, match="opened later"):
        opened(desks["yesil"], "03-15T10:00", links=(oa.Link(parent, "about"),))
    with pytest.raises(oa.UnknownCase):
        opened(desks["yesil"], links=(oa.Link("nowhere/appeal-2026-1", "about"),))


def _parted(desks: dict[str, oa.Desk]) -> tuple[str, str]:
    """An appeal of Khromtau, and the part of it that was redirected to Astana."""
    khromtau, astana = desks["khromtau"], desks["astana"]
    parent = opened(khromtau)
    khromtau.perform(parent, oa.Register(), by=STAFF, at=at("03-16T11:00"))
    child = opened(astana, "03-16T12:00", links=(oa.Link(parent, "child-of"),))
    part = RedirectPart(child, "astana", ("the bridge",))
    khromtau.perform(parent, part, by=STAFF, at=at("03-16T12:30"))
    return parent, child


def test_a_part_that_another_office_has_is_seen_to_by_that_office(
    desks: dict[str, oa.Desk],
) -> None:
    parent, child = _parted(desks)
    assert desks["khromtau"].case(parent).children == (child,)
    told = kz.appeal.Notify("redirection")
    desks["khromtau"].perform(parent, told, by=STAFF, at=at("03-16T12:40"))
    # An act months later lets time act on the parent, and on no case of the other office.
    desks["khromtau"].perform(parent, kz.appeal.Withdraw(), by=ASKS, at=at("03-17T10:00"))
    assert [record.act.tag for record in desks["astana"].case(child).records] == ["receive"]
    assert desks["astana"].lapse(child, at=at("06-17T10:00")).records[-1].role == "law"
    assert len(desks["khromtau"].case(parent).records) == 5
    assert desks["yesil"].verify().intact


def test_a_part_names_its_parent_whatever_office_has_it(desks: dict[str, oa.Desk]) -> None:
    parent = opened(desks["khromtau"])
    desks["khromtau"].perform(parent, oa.Register(), by=STAFF, at=at("03-16T11:00"))
    untied = opened(desks["astana"], "03-16T12:00")
    refusal = desks["khromtau"].may(
        parent, RedirectPart(untied, "astana", ("x",)), by=STAFF, at=at("03-16T12:30")
    )
    assert refusal is not None
    assert refusal.code == "link.missing"
    # In the journal of that body: nobody here can look.
    gone = RedirectPart("aqtobe/appeal-2026-9", "aqtobe", ("x",))
    assert desks["khromtau"].may(parent, gone, by=STAFF, at=at("03-16T12:30")) is None


# -- whose a case is cannot be forged ---------------------------------------------------


def put_office(journal: Any, case: str, office: str, no: int = 1) -> None:
    """Write another office beside a record, behind the journal's back."""
    if isinstance(journal, memory.Journal):
        rows = [
            attrs.evolve(row, office=office) if (row.case, row.no) == (case, no) else row
            for row in journal._rows
        ]
        journal._rows[:] = rows
        journal._cases[case] = [row for row in rows if row.case == case]
        return
    at_ = journal.records
    with journal.connected() as connection:
        where = (at_.c.case_id == case) & (at_.c.no == no)
        connection.execute(at_.update().where(where).values(office=office or None))


@pytest.mark.parametrize("forged", ["astana", "nowhere", ""])
@pytest.mark.parametrize("no", [1, 2])
def test_an_office_forged_beside_a_record_is_told(
    desks: dict[str, oa.Desk], forged: str, no: int
) -> None:
    khromtau, journal = desks["khromtau"], desks["khromtau"].journal
    case, other = opened(khromtau), opened(khromtau)
    khromtau.perform(case, oa.Register(), by=STAFF, at=at("03-16T11:00"))
    put_office(journal, case, forged, no)
    for desk in desks.values():
        (broken,) = desk.verify().broken
        assert (broken.kind, broken.case, broken.at_record) == ("altered", case, no)
        assert "another office" in broken.why
        with pytest.raises(oa.BrokenTrail):
            desk.case(case)
        with pytest.raises(oa.BrokenTrail):
            desk.perform(case, kz.appeal.Accept(), by=STAFF, at=at("03-17T11:00"))
    every = roll_up([*desks.values()], at=at("03-17T10:00"))
    listed = {line.case: line.standing.value for lines in every.lines.values() for line in lines}
    assert listed.pop(other) != "broken"
    # Either it is listed as broken by whoever it was put to, or it is told that nobody has it.
    assert (listed, every.unattended) in (({case: "broken"}, ()), ({}, (case,)))


def test_a_record_of_one_office_in_the_case_of_another_is_no_record_of_it(
    desks: dict[str, oa.Desk],
) -> None:
    journal, case = desks["khromtau"].journal, opened(desks["khromtau"])
    (row,) = journal.read(case)
    register = attrs.evolve(
        desks["khromtau"].case(case).records[0],
        no=2, at=at("03-16T11:00"), by="x", role="registrar", act=oa.Register("1"),
        stage="registered", office="astana",
    )  # fmt: skip
    journal.append(case, seal_all(case, [register], row.seal, salt=journal.salt), expected=1)
    (broken,) = desks["khromtau"].verify().broken
    assert (broken.at_record, broken.kind) == (2, "unread")
    assert "of the office 'astana'" in broken.why
    assert [one.case for one in desks["khromtau"].broken()] == [case]


# -- the first edition ------------------------------------------------------------------


def test_a_case_of_the_first_edition_is_of_whoever_opens_the_journal(
    desks: dict[str, oa.Desk],
) -> None:
    journal, case = desks["khromtau"].journal, "old-1"
    first = (
        desks["khromtau"].open(kz.Appeal, id="like-it", by=ASKS, at=at("03-16T10:00")).records[0]
    )
    old = attrs.evolve(first, office="")
    rows: list[Sealed] = seal_all(case, [old], salt=journal.salt)
    journal.append(case, rows, expected=0)
    for desk in desks.values():
        assert desk.case(case).id == case
        assert case in [line.case for line in desk.docket(at=at("03-16T12:00"))]
    # It stays so: nothing says whose it was.
    desks["astana"].perform(case, oa.Register(), by=STAFF, at=at("03-16T11:00"))
    assert [record.office for record in desks["astana"].case(case).records] == ["", ""]
    assert desks["astana"].verify().intact
