"""What the records of a front office tell: turns, waiting, calls out of turn, one window, self-service."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from random import Random

import hypothesis.strategies as st
import pytest
from hypothesis import given

import openakimat as oa
from openakimat import kz
from openakimat.case.act import Act
from openakimat.case.people import Actor
from openakimat.case.record import evolve
from openakimat.errors import Malformed
from openakimat.judgement.judge import decide, judge, open_case
from openakimat.kz.roles import HEAD, OPERATOR
from openakimat.kz.visit.acts import GROUNDS
from openakimat.kz.visit.audit import passed_over
from openakimat.kz.visit.queue import (
    ahead,
    next_in,
    order,
    term_for,
    ticket_of,
    waits,
)
from openakimat.kz.visit.window import in_person, one_window, shares

OFFICE = kz.office("atyrau")
OPERATORS = [oa.Official(f"window-{n}", {OPERATOR}) for n in range(1, 7)]
BOSS = oa.Official("head", {HEAD})
NINE = datetime.fromisoformat("2026-03-18T09:00+05:00")
MINUTE = timedelta(minutes=1)


def after(minutes: int) -> datetime:
    return NINE + minutes * MINUTE


class Hall:
    """A front office that keeps its visits at hand."""

    def __init__(self) -> None:
        self.visits: dict[str, oa.Case] = {}

    def take(self, minute: int, ticket: str, **told: object) -> str:
        act = kz.visit.TakeTicket(ticket=ticket, **{"term": "20 minutes", **told})  # type: ignore[arg-type]  # its fields
        by = kz.Applicant(ticket, id=ticket)
        self.visits[ticket] = open_case(
            "visit", act, id=ticket, at=after(minute), by=by, office=OFFICE
        )
        return ticket

    def do(
        self,
        ticket: str,
        minute: int,
        *acts: Act,
        by: Actor = OPERATORS[0],
        shown: list[oa.Case] | None = None,
    ) -> None:
        for act in acts:
            visit = self.visits[ticket]
            beside = list(self.visits.values()) if shown is None else shown
            made = decide(visit, act, at=after(minute), by=by, office=OFFICE, beside=beside)
            self.visits[ticket] = evolve(visit, made.record)

    def served(self, ticket: str, minute: int) -> None:
        self.do(ticket, minute, kz.visit.Call(), kz.visit.Serve(), kz.visit.Finish())

    @property
    def all(self) -> list[oa.Case]:
        return list(self.visits.values())


def tickets(visits: tuple[oa.Case, ...]) -> list[str]:
    return [visit.id for visit in visits]


# -- turns ------------------------------------------------------------------------------


def test_a_lawful_ground_goes_first_then_the_booked_whose_time_has_come_then_the_ticket() -> None:
    hall = Hall()
    hall.take(0, "A9")
    hall.take(0, "A10")
    hall.take(1, "B1", booked_at=after(30))
    hall.take(2, "B2", booked_at=after(20))
    hall.take(3, "V1", priority="veteran")
    hall.take(4, "F1", priority="friend")
    hall.take(5, "D1", priority="disability", sector="lawyers")
    assert ["V1", "D1", "A9", "A10", "B1", "B2", "F1"] == tickets(order(hall.all, after(19)))
    assert ["V1", "D1", "B2", "A9", "A10", "B1", "F1"] == tickets(order(hall.all, after(20)))
    assert ["V1", "D1", "B2", "B1", "A9", "A10", "F1"] == tickets(order(hall.all, after(30)))
    assert ["V1", "B2", "A9"] == tickets(ahead(hall.visits["A10"], hall.all, after(20)))
    own = {**GROUNDS, "friend": "order of the office"}
    assert ["V1", "F1", "D1"] == tickets(order(hall.all, after(5), own))[:3]


def test_each_sector_has_a_next_or_none() -> None:
    hall = Hall()
    hall.take(0, "A1")
    hall.take(1, "L1", sector="lawyers")
    hall.served("A1", 5)
    found = next_in(hall.all, "lawyers", after(6))
    assert "L1" == (found and found.id)
    assert next_in(hall.all, "intake", after(6)) is None


# -- waiting ----------------------------------------------------------------------------


def test_how_long_people_waited() -> None:
    """By hand: ten tickets at 09:00, called at 3, 6, … 27 minutes, the tenth waits still at 40."""
    hall = Hall()
    for n in range(1, 11):
        hall.take(0, f"A{n}")
    for n in range(1, 10):
        hall.served(f"A{n}", 3 * n)
    found = waits(hall.all, OFFICE, after(40))
    assert (10, 15, 27, 40) == (found.n, found.p50, found.p90, found.longest)
    assert (6, 4, 0) == (found.in_time, found.late, found.left)
    assert Fraction(3, 5) == found.share


def test_who_left_or_waits_within_the_norm_is_neither_in_time_nor_late() -> None:
    hall = Hall()
    hall.take(0, "A1")
    hall.take(0, "A2")
    hall.take(0, "A3", term="")
    hall.do("A1", 10, kz.visit.Leave(), by=kz.Applicant("A1", id="A1"))
    found = waits(hall.all, OFFICE, after(12))
    assert (0, 0, 1, None) == (found.in_time, found.late, found.left, found.share)
    assert (12, 12) == (found.p50, found.longest)
    assert 2 == waits(hall.all, OFFICE, after(30)).late + waits(hall.all, OFFICE, after(30)).left


def test_who_comes_early_waits_from_the_time_booked() -> None:
    hall = Hall()
    told = term_for("15 minutes", at=after(0), booked_at=after(20))
    hall.take(0, "B1", booked_at=after(20), term=told)
    hall.served("B1", 34)
    found = waits(hall.all, OFFICE, after(60))
    assert (14, 1, 0) == (found.longest, found.in_time, found.late)


def test_a_recall_does_not_make_the_wait_longer() -> None:
    hall = Hall()
    hall.take(0, "A1")
    hall.do("A1", 10, kz.visit.Call(), kz.visit.MarkAbsent())
    hall.do("A1", 50, kz.visit.Recall())
    hall.served("A1", 55)
    found = waits(hall.all, OFFICE, after(60))
    assert (10, 1, 0) == (found.longest, found.in_time, found.late)


# -- the audit --------------------------------------------------------------------------


def test_documents_out_of_turn_for_a_bribe_are_found_in_the_records_alone() -> None:
    """S3: the operator showed a queue of one, and the call passed; the audit asks the records."""
    hall = Hall()
    for n in range(1, 4):
        hall.take(n, f"A{n}")
    hall.take(9, "A9")
    hall.do("A9", 10, kz.visit.Call(), by=OPERATORS[1], shown=[hall.visits["A9"]])
    (found,) = passed_over(hall.all)
    assert ("A9", "window-2", ("A1", "A2", "A3")) == (found.case, found.by, found.over)
    assert not found.override


def test_an_override_is_found_and_told_apart() -> None:
    hall = Hall()
    hall.take(0, "A1")
    hall.take(1, "A2")
    hall.do("A2", 2, kz.visit.CallOverride(reason="a visitor fell ill"), by=BOSS)
    (found,) = passed_over(hall.all)
    assert (True, "a visitor fell ill", ("A1",)) == (found.override, found.reason, found.over)


def test_a_lawful_ground_passes_over_nobody_and_a_ground_of_an_office_only_there() -> None:
    hall = Hall()
    hall.take(0, "A1")
    hall.take(1, "A2")
    hall.take(2, "V1", priority="veteran")
    hall.do("V1", 4, kz.visit.Call())
    assert () == passed_over(hall.all)
    assert 1 == len(passed_over(hall.all, {"pregnancy": "order of the office"}))


def test_a_ground_shown_at_the_window_is_let_through_and_listed() -> None:
    """The ticket says nothing of it: whoever looks into the records asks what was shown."""
    hall = Hall()
    hall.take(0, "A1")
    hall.take(1, "A2")
    hall.do("A2", 3, kz.visit.Call(ground="veteran"))
    (found,) = passed_over(hall.all)
    assert ("A2", ("A1",), "veteran") == (found.case, found.over, found.claimed)
    assert not found.override


def test_a_ground_claimed_passes_nobody_who_has_one_and_came_earlier() -> None:
    hall = Hall()
    hall.take(0, "V1", priority="veteran")
    hall.take(1, "A2")
    with pytest.raises(oa.NotAllowed, match="V1$") as said:
        hall.do("A2", 3, kz.visit.Call(ground="disability"))
    assert "queue.out-of-turn" == said.value.code
    hall.take(4, "V3", priority="disability")
    with pytest.raises(oa.NotAllowed, match="V1$"):
        hall.do("V3", 5, kz.visit.Call(ground="disability"))
    hall.do("A2", 6, kz.visit.Call(ground="disability"), shown=[hall.visits["A2"]])
    assert [("A2", ("V1", "V3"), "disability")] == [
        (one.case, one.over, one.claimed) for one in passed_over(hall.all)
    ]
    hall.do("V3", 7, kz.visit.Call(ground="disability"), shown=[hall.visits["V3"]])
    assert [("A2", "disability"), ("V3", "")] == [
        (one.case, one.claimed) for one in passed_over(hall.all)
    ]


def test_who_stepped_away_or_stands_in_another_sector_is_not_passed_over() -> None:
    hall = Hall()
    hall.take(0, "A1")
    hall.take(1, "A2")
    hall.take(0, "L1", sector="lawyers")
    hall.do("A1", 5, kz.visit.Call(), kz.visit.MarkAbsent())
    hall.do("A2", 6, kz.visit.Call())
    assert () == passed_over(hall.all)


def test_whoever_is_back_in_the_queue_can_be_passed_over_again() -> None:
    hall = Hall()
    hall.take(0, "A1")
    hall.take(1, "A2")
    hall.do("A1", 5, kz.visit.Call(), kz.visit.MarkAbsent())
    hall.do("A1", 6, kz.visit.Recall())
    hall.do("A2", 7, kz.visit.Call(), shown=[hall.visits["A2"]])
    assert [("A2", ("A1",))] == [(one.case, one.over) for one in passed_over(hall.all)]


def test_two_windows_that_call_at_the_same_instant_pass_nobody_over() -> None:
    hall = Hall()
    hall.take(0, "A1")
    hall.take(1, "A2")
    hall.do("A1", 5, kz.visit.Call())
    hall.do("A2", 5, kz.visit.Call(), by=OPERATORS[1])
    assert () == passed_over(hall.all)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9)), min_size=1, max_size=12))
def test_the_counter_and_the_audit_never_differ(day: list[tuple[int, int]]) -> None:
    """Whoever is called though the counter refuses is found, with those it named, and nobody else."""
    hall, owed = Hall(), set[tuple[str, tuple[str, ...]]]()
    for n, (kind, pick) in enumerate(day):
        booked = after(5 * n) if kind == 1 else None
        hall.take(2 * n, f"A{n}", priority="veteran" * (kind == 2), booked_at=booked)
        if kind == 3:
            waiting = order(hall.all, after(2 * n + 1))
            one = waiting[pick % len(waiting)]
            said = judge(
                one,
                kz.visit.Call(),
                at=after(2 * n + 1),
                by=OPERATORS[0],
                office=OFFICE,
                beside=hall.all,
            )
            if isinstance(said, oa.Refusal):
                named = str(said).rpartition(": ")[2]
                owed.add((one.id, tuple(named.split(", "))))
            hall.do(one.id, 2 * n + 1, kz.visit.Call(), shown=[one])
    assert owed == {(one.case, one.over) for one in passed_over(hall.all)}


def test_who_is_sent_on_from_the_queue_and_served_uncalled_is_found() -> None:
    """No call, no trace of one: the serving is held against those who waited then."""
    hall = Hall()
    for n in range(1, 4):
        hall.take(n, f"A{n}")
    hall.do(
        "A3", 10, kz.visit.HandOn("window 2", "quicker there"), kz.visit.Serve(), kz.visit.Finish()
    )
    (found,) = passed_over(hall.all)
    assert ("A3", ("A1", "A2"), "quicker there") == (found.case, found.over, found.reason)
    assert not found.override
    told = waits(hall.all, OFFICE, after(12))
    assert (1, 0, 0, 11) == (told.in_time, told.late, told.left, told.longest)


def test_who_is_put_back_and_sent_on_is_found_too() -> None:
    hall = Hall()
    hall.take(0, "A1")
    hall.take(1, "A2")
    hall.do("A1", 5, kz.visit.Call(), kz.visit.MarkAbsent())
    hall.do("A2", 6, kz.visit.Call(), kz.visit.MarkAbsent())
    hall.do("A1", 7, kz.visit.Recall())
    hall.do("A2", 8, kz.visit.Recall())
    hall.do("A2", 9, kz.visit.HandOn("window 2", "quicker there"), kz.visit.Serve())
    assert [("A2", ("A1",))] == [(one.case, one.over) for one in passed_over(hall.all)]


def test_who_is_sent_on_and_waits_while_those_before_are_called_passes_nobody_over() -> None:
    """Nor does whoever was called in turn and then sent on."""
    hall = Hall()
    for n in range(1, 4):
        hall.take(n, f"A{n}")
    hall.do("A2", 10, kz.visit.HandOn("office 214", "the specialist is upstairs"))
    hall.do(
        "A1",
        11,
        kz.visit.Call(),
        kz.visit.Serve(),
        kz.visit.HandOn("office 214", "the key is there"),
    )
    hall.do("A1", 12, kz.visit.Serve())
    hall.do("A2", 13, kz.visit.Serve())
    assert () == passed_over(hall.all)
    assert 11 == waits(hall.all, OFFICE, after(13)).longest


def test_who_is_served_uncalled_after_the_norm_waited_past_it() -> None:
    """Sent on within the norm of 20 minutes, served when it was over."""
    hall = Hall()
    hall.take(0, "A1")
    hall.do("A1", 5, kz.visit.HandOn("office 214", "the specialist is upstairs"))
    assert (0, 0, 1) == _told(hall, 30)
    hall.do("A1", 30, kz.visit.Serve())
    assert (0, 1, 0) == _told(hall, 30)


def _told(hall: Hall, minute: int) -> tuple[int, int, int]:
    found = waits(hall.all, OFFICE, after(minute))
    return found.in_time, found.late, found.left


# -- what is no visit ---------------------------------------------------------------------


def test_cases_that_are_no_visits_are_passed_over() -> None:
    """A journal holds all that a front office takes in."""
    hall = Hall()
    hall.take(0, "A1")
    hall.take(1, "A2")
    hall.do("A2", 3, kz.visit.Call(ground="veteran"))
    visits, mixed = hall.all, [appeal(), *hall.all]
    assert passed_over(visits) == passed_over(mixed)
    assert waits(visits, OFFICE, after(9)) == waits(mixed, OFFICE, after(9))
    assert order(visits, after(9)) == order(mixed, after(9))
    assert next_in(visits, "intake", after(9)) == next_in(mixed, "intake", after(9))
    assert one_window(visits) == one_window(mixed)
    assert shares(visits) == shares(mixed)
    assert in_person(visits, ()) == in_person(mixed, ())


def appeal() -> oa.Case:
    return open_case(
        "appeal", oa.Receive(), id="1", at=NINE, by=kz.Applicant("A", id="A"), office=OFFICE
    )


def test_an_appeal_has_no_ticket_and_an_instant_an_offset() -> None:
    with pytest.raises(
        Malformed,
        match="case 1: procedure: 'appeal', opened with 'receive', not with 'take-ticket'",
    ):
        ticket_of(appeal())
    naive = after(9).replace(tzinfo=None)
    for ask in (
        lambda: waits([], OFFICE, naive),
        lambda: order([], naive),
        lambda: next_in([], "intake", naive),
    ):
        with pytest.raises(Malformed, match="names no UTC offset"):
            ask()


# -- one window, self-service -----------------------------------------------------------


def test_one_window_kept_and_broken() -> None:
    """S0: of four visitors one was sent on three times, one once."""
    hall = Hall()
    for n in range(1, 5):
        hall.take(n, f"A{n}")
    for to in ("office 214", "office 305", "office 214"):
        hall.do("A1", 10, kz.visit.HandOn(to, "the specialist is upstairs"))
    hall.do("A2", 11, kz.visit.HandOn("office 214", "the specialist is upstairs"))
    hall.served("A3", 12)
    found = one_window(hall.all)
    assert (2, 2, 3) == (found.kept, found.broken, found.most)
    assert {"office 214": 3, "office 305": 1} == found.to


def year(electronic: int, paper: int) -> Iterator[oa.Case]:
    """Visits of a year: so many done on the portal, so many over the counter."""
    hall = Hall()
    for n in range(electronic + paper):
        hall.take(n, f"A{n}", sector="self-service" if n < electronic else "intake")
        hall.do(f"A{n}", n, kz.visit.Call(), kz.visit.Serve())
        acts = (kz.visit.IssueSignature(), kz.visit.Help(), kz.visit.DoneAlone())
        hall.do(f"A{n}", n, *(acts if n < electronic else (kz.visit.Finish(),)))
    yield from hall.all


def test_the_electronic_share_and_how_paper_fell() -> None:
    """S1: 65 % electronic, paper fell 2.4 times; here 65 of 100, and 84 on paper the year before."""
    before, now = shares(year(16, 84)), shares(year(65, 35))
    assert Fraction(65, 100) == now.share
    assert Fraction(24, 10) == now.paper_fell(before)
    assert (65, 65, 65) == (now.helped, now.alone, now.signatures)


def test_services_are_counted_not_visits_and_who_left_had_none() -> None:
    hall = Hall()
    hall.take(0, "A1", services=("land", "housing", "address"))
    hall.take(1, "A2", services=("land",), channel="egov")
    hall.take(2, "A3")
    hall.served("A1", 5)
    hall.served("A2", 6)
    found = shares(hall.all)
    assert (1, 3) == (found.electronic, found.paper)
    assert shares([]).share is None
    assert shares([]).paper_fell(found) is None


# -- a full day -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def full_day() -> Hall:
    """S3: a thousand people in a day of eight hours; six windows, each twentieth call out of turn."""
    hall, draw = Hall(), Random(2007)  # noqa: S311 - a seeded day
    came = sorted(draw.sample(range(480 * 60), 1000))
    free = [0] * 6
    for n, second in enumerate(came):
        hall.take(second // 60, f"A{n}", priority="veteran" if n % 50 == 0 else "")
        window = min(range(6), key=free.__getitem__)
        while free[window] <= second // 60 and (waiting := order(hall.all, after(second // 60))):
            bribed = draw.random() < 0.05
            one = waiting[-1 if bribed else 0]
            hall.do(
                one.id,
                second // 60,
                kz.visit.Call(),
                kz.visit.Serve(),
                kz.visit.Finish(),
                by=OPERATORS[window],
                shown=[one],
            )
            free[window] = second // 60 + draw.randint(1, 5)
            window = min(range(6), key=free.__getitem__)
    return hall


def test_a_thousand_visits_are_told_of(full_day: Hall) -> None:
    found = waits(full_day.all, OFFICE, after(540))
    assert 1000 == found.n
    assert found.in_time + found.late + found.left <= 1000
    assert (1000, 0) == (one_window(full_day.all).kept, one_window(full_day.all).broken)
    assert next_in(full_day.all, "intake", after(540)) in {None, *order(full_day.all, after(540))}


def called_at(visit: oa.Case) -> datetime | None:
    return next((r.at for r in visit.records if isinstance(r.act, kz.visit.Call)), None)


def turn(visit: oa.Case) -> tuple[bool, datetime, int, str]:
    """The turn of a visit where nobody books: those with a ground, then by ticket."""
    return not ticket_of(visit).priority, visit.opened_at, len(visit.id), visit.id


def test_every_call_out_of_turn_of_a_thousand_is_found(full_day: Hall) -> None:
    """Against the plain reading of the records: who waited at the call, and stood before."""
    found = {one.case: set(one.over) for one in passed_over(full_day.all)}
    assert len(found) > 10
    calls = {visit.id: called_at(visit) or after(540) for visit in full_day.all}
    for one in {*found, *list(calls)[::37]}:
        visit, at = full_day.visits[one], calls[one]
        plain = {
            other.id
            for other in full_day.all
            if other.opened_at < at < calls[other.id] and turn(other) < turn(visit)
        }
        assert plain == found.get(one, set())
