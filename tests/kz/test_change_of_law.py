"""Cases that lie open on a day on which the law changes, each act under the wording of its day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

import pytest

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory
from openakimat.case.act import VOCABULARY, Act
from openakimat.case.acts import Lapse
from openakimat.case.record import Case, Record, evolve
from openakimat.chart.table import Row, Table
from openakimat.judgement.deadlines import deadline_of, deadlines, next_wakeup
from openakimat.judgement.docket import Standing, line
from openakimat.kz.complaint.acts import Forward, RegisterForReview
from openakimat.kz.instruction import acts as c
from openakimat.kz.request.lateness import consultings, delivery
from openakimat.kz.roles import REGISTRAR
from openakimat.lives.examples import Examples, Given, openings

OFFICE = kz.office("astana", readings={"governing": "act"})
ONE_DAY = timedelta(days=1)
ASKS, CLERK = kz.Applicant("Айгерім", id="a"), oa.Official("clerk", {REGISTRAR})


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+05:00")


# -- a complaint across the turn of 2025 ------------------------------------------------


def complaint(received: str = "2025-12-24T10:00", **readings: str) -> tuple[oa.Desk, Case]:
    """Received and registered under the Code of 2021, registered for review under that of 2026."""
    office = kz.office("astana", readings={"governing": "act", **readings})
    desk = oa.Desk(office, journal=memory.Journal(), numbers=memory.Numbers())
    desk.open(kz.Complaint, id="c", against="x", by=ASKS, at=at(received))
    desk.perform("c", oa.Register(), by=CLERK, at=at("2025-12-25T09:10"))
    desk.perform("c", Forward("akimat"), by=CLERK, at=at("2025-12-26T10:00"))
    return desk, desk.perform("c", RegisterForReview(), by=CLERK, at=at("2025-12-30T10:00"))


@pytest.mark.parametrize(
    ("readings", "base_day", "last_day"),
    [
        ({}, date(2025, 12, 25), date(2026, 1, 27)),
        ({"complaint-registration": "reviewing"}, date(2025, 12, 30), date(2026, 1, 30)),
    ],
    ids=["first", "reviewing"],
)
def test_a_limit_that_a_run_becomes_is_of_the_wording_of_the_act_that_made_it_so(
    readings: Mapping[str, str], base_day: date, last_day: date
) -> None:
    """Registered after hours of the 24th, so on the 25th; 20 working days, six of them off."""
    desk, case = complaint("2025-12-24T19:30", **readings)
    found = deadline_of(case, "complaint.consideration", office=desk.office)
    assert found is not None
    assert ("complaint.consideration-by-reviewer", "appc-2026") == (found.limit, found.edition.law)
    assert (base_day, last_day) == (found.base_day, found.last_day)
    wakes = desk.next_wakeup()
    assert wakes is not None
    assert "c" == wakes.case
    (told,) = desk.docket(at=at("2026-01-12T10:00"))
    assert (found, Standing.OPEN) == (told.deadline, told.standing)


# -- every chart, every change ----------------------------------------------------------

CHANGES = [  # at hand the last of each
    pytest.param(
        procedure,
        edition.since,
        marks=() if edition is dated.editions[-1] else pytest.mark.thorough,
    )
    for procedure, dated in kz.law().procedures.items()
    for edition in list(dated)[1:]
]


def opened(table: Table, start: datetime) -> Case:
    act = openings(VOCABULARY[table.opening.act], {})[0]
    record = Record(1, start, "a", "applicant", act, table.initial, table.under)
    return Case("1", table.procedure, table.initial, table.under, (record,))


def led(case: Case, row: Row, table: Table, when: datetime) -> Case:
    """A case after a row of its table is taken, whoever may take it and whatever guards say."""
    kind = VOCABULARY[row.act]
    if issubclass(kind, Lapse):
        act: Act = kind(clock=table.law, due=when)
    else:
        given: Given = {c.SetTerm: (c.SetTerm(term="5 working days"),)}
        act = Examples(table, OFFICE, given).of(row.act, case, when)[-1]
    no, role = len(case.records) + 1, min(row.by)
    return evolve(case, Record(no, when, "b", role, act, row.enters, table.under))


def rows_at(table: Table, stage: str) -> list[Row]:
    return [row for (at_, _), way in table.rows.items() for row in way if at_ == stage]


def everywhere(table: Table, start: datetime) -> list[Case]:
    """A case at each stage of a table, by a shortest way, and after each act that leaves it there."""
    found = {table.initial: opened(table, start)}
    open_ = [table.initial]
    stayed = []
    while open_:
        case = found[open_.pop(0)]
        for row in rows_at(table, case.stage):
            after = led(case, row, table, start)
            if row.enters == row.leaves:
                stayed.append(after)
            elif row.enters not in found:
                found[row.enters] = after
                open_.append(row.enters)
    return [*found.values(), *stayed]


def ask(case: Case, when: datetime) -> None:
    """All that is asked of the time of a case."""
    deadlines(case, office=OFFICE)
    next_wakeup(case, office=OFFICE)
    line(case, at=when, office=OFFICE)
    if case.procedure == "request":
        delivery(case, office=OFFICE)
        consultings(case, office=OFFICE)


@pytest.mark.parametrize(("procedure", "change"), CHANGES, ids=str)
def test_no_case_open_on_a_change_of_law_is_without_a_rule(procedure: str, change: date) -> None:
    """From wherever it stood the day before, whatever is done to it then: each term has a rule."""
    noon = datetime.combine(change, time(7), UTC)
    before, after = (
        OFFICE.table_on(procedure, OFFICE.day_of(day)) for day in (noon - ONE_DAY, noon)
    )
    assert before is not after
    for case in everywhere(before, noon - ONE_DAY):
        for row in rows_at(after, case.stage):
            ask(led(case, row, after, noon), noon)
