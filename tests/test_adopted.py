"""A law or calendar that moves open cases is kept as one record of the office."""

from __future__ import annotations

from datetime import date, datetime

import pytest

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory
from openakimat.case.acts import AdoptLaw, Shift
from openakimat.desk.rollup import roll_up
from openakimat.errors import Malformed
from openakimat.kz.roles import HEAD, REGISTRAR
from openakimat.report.upgrade import examine

BODY = oa.Body("zhanaqala", {"en": "Zhanaqala district"})
OLD = kz.office(BODY, calendar=kz.calendar(town="Oral", known_on=date(2026, 1, 10)))
NEW = kz.office(BODY, calendar=kz.calendar(town="Oral", known_on=date(2026, 3, 18)))
CLERK, BOSS = oa.Official("clerk", {REGISTRAR}), oa.Official("boss", {HEAD})
AT = datetime.fromisoformat("2026-08-28T10:00+05:00")
BASIS = "Ministry statement of 18.03.2026"


@pytest.fixture
def journal() -> memory.Journal:
    """Two appeals under the calendar of January, of which one is registered."""
    journal = memory.Journal()
    desk = oa.Desk(OLD, journal=journal, numbers=memory.Numbers())
    for n in (1, 2):
        desk.open(kz.Appeal, id=f"A-{n}", by=kz.Applicant("Айгерім"), at=AT)
    desk.perform("A-1", oa.Register(), by=CLERK, at=AT)
    return journal


def desk_of(office: oa.Office, journal: memory.Journal) -> oa.Desk:
    return oa.Desk(office, journal=journal, numbers=memory.Numbers())


def test_what_a_calendar_moves_is_one_record_of_the_office(journal: memory.Journal) -> None:
    desk = desk_of(NEW, journal)
    kept = desk.adopt(OLD, at=AT, by=BOSS, basis=BASIS)
    (record,) = kept.records
    act = record.act
    assert isinstance(act, AdoptLaw)
    assert ("zhanaqala/adoption-2026-1", "boss", "head") == (kept.id, record.by, record.role)
    assert Shift("A-1", "appeal.consideration", "2026-09-21", "2026-09-18", -1) in act.shifts
    told = {
        f"{each}".splitlines()[1].strip() for each in oa.reproject(desk.files(), OLD, NEW, at=AT)
    }
    assert (BASIS, tuple(told), ()) == (act.basis, act.why, act.uncounted)
    assert {act.old, act.new} <= set(journal.forms())
    assert desk.verify().intact
    # And by whoever reads the journal later.
    assert (kept,) == desk_of(NEW, journal).adoptions()


def test_it_is_on_no_docket_and_leaves_nothing_to_an_upgrade(journal: memory.Journal) -> None:
    desk = desk_of(NEW, journal)
    (before,) = examine(journal, kz.law(), [desk], at=AT).offices
    assert before.shifts
    kept = desk.adopt(OLD, at=AT, by=BOSS, basis=BASIS)
    assert ["A-1", "A-2"] == sorted(line.case for line in desk.docket(at=AT))
    assert kept.id not in {case.id for case in desk.files()}
    assert () == roll_up([desk], at=AT).unattended
    assert () == desk.broken()
    assert () == desk.missing()
    found = examine(journal, kz.law(), [desk], at=AT)
    assert found.settled
    assert {"same"} == {chart.fate for chart in found.charts}
    wakeup = desk.next_wakeup()
    assert wakeup is not None
    assert wakeup.case != kept.id


def test_asking_first_keeps_nothing(journal: memory.Journal) -> None:
    n = len(list(journal.since()))
    assert oa.reproject(desk_of(NEW, journal).files(), OLD, NEW, at=AT)
    assert n == len(list(journal.since()))


def test_a_law_is_adopted_by_an_official_who_says_by_what(journal: memory.Journal) -> None:
    desk = desk_of(NEW, journal)
    for by, basis, path in ((BOSS, " ", "basis"), (kz.Applicant("A"), BASIS, "by")):
        with pytest.raises(Malformed) as said:
            desk.adopt(OLD, at=AT, by=by, basis=basis)  # type: ignore[arg-type]
        assert [path] == [fault.path for fault in said.value.faults]
    assert () == desk.adoptions()


def test_what_a_law_cannot_count_is_named() -> None:
    journal, late = memory.Journal(), datetime.fromisoformat("2026-12-20T10:00+05:00")
    old, strict = kz.office(BODY), kz.office(BODY, calendar=kz.calendar(strict=True))
    desk = desk_of(old, journal)
    desk.open(kz.Appeal, id="A", by=kz.Applicant("A"), at=late)
    desk.perform("A", oa.Register(), by=CLERK, at=late)
    act = desk_of(strict, journal).adopt(old, at=late, by=BOSS, basis=BASIS).records[0].act
    assert isinstance(act, AdoptLaw)
    assert ("A",) == act.uncounted
