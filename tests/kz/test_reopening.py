"""An appeal taken up again: what is left of its term, its extension, and what stays visible of before."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory
from openakimat.case.act import Act
from openakimat.case.acts import Register, Reopen
from openakimat.desk import Wakeup
from openakimat.judgement.deadlines import deadline_of
from openakimat.judgement.docket import Line, Standing
from openakimat.kz.acts import Accept, Decide, Deliver, Extend, Propose
from openakimat.kz.appeal.acts import Entrust, Execute
from openakimat.kz.roles import HEAD, REGISTRAR
from openakimat.limits.deadline import Deadline
from openakimat.limits.explain import explain
from openakimat.trail.codec import read, written
from openakimat.trail.receipt import Receipt, receipt, reproduce

ASKS = kz.Applicant("Айгерім", id="a")
CLERK, BOSS = oa.Official("clerk", {REGISTRAR}), oa.Official("boss", {HEAD})


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"2026-{day}T10:00+05:00")


class Taken:
    """An appeal of Monday 2 February 2026, due on the 23rd, and what is done to it."""

    def __init__(self, policy: Any, **office: Any) -> None:
        found = kz.office("astana", **{"readings": {"reopening": policy}, **office})
        self.desk = oa.Desk(found, journal=memory.Journal(), numbers=memory.Numbers())
        self.policy = policy
        self.desk.open(kz.Appeal, id="1", by=ASKS, at=at("02-02"))
        for act in (Register(), Accept()):
            self.desk.perform("1", act, by=CLERK, at=at("02-02"))

    def do(self, day: str, act: Act) -> Taken:
        self.desk.perform("1", act, by=BOSS, at=at(day))
        return self

    def again(self, day: str) -> Taken:
        return self.do(day, Reopen("new-circumstances", self.policy))

    def refusal(self, day: str, act: Act) -> str:
        said = self.desk.may("1", act, by=BOSS, at=at(day))
        return said.code if said else ""

    def line(self, day: str) -> Line:
        (found,) = self.desk.docket(at=at(day))
        return found

    @property
    def term(self) -> Deadline:
        found = deadline_of(self.desk.case("1"), "appeal.consideration", office=self.desk.office)
        assert found is not None
        return found


def late(policy: Any) -> Taken:
    """Deemed refused on 24 February, decided on 20 March, 18 working days late, reopened 6 April."""
    return Taken(policy).do("03-20", Decide("favourable")).again("04-06")


# -- an extension and what stood still before it ------------------------------------------


@pytest.mark.parametrize("named", [date(2026, 4, 20), date(2026, 6, 5), date(2026, 6, 8)])
def test_an_extension_of_a_continued_term_ends_on_the_day_it_names(named: date) -> None:
    """Answered on 10 February and reopened on 6 April: what stood still is over when it is signed."""
    taken = Taken("continue").do("02-10", Decide("favourable")).again("04-06")
    assert date(2026, 4, 17) == taken.term.last_day
    assert "extension.not-later" == taken.refusal("04-07", Extend(date(2026, 4, 17), "why"))
    assert "extension.beyond-cap" == taken.refusal("04-07", Extend(date(2026, 6, 9), "why"))
    assert named == taken.do("04-07", Extend(named, "why")).term.last_day


def test_an_extension_before_the_case_was_closed_is_moved_by_the_time_it_was() -> None:
    """To 10 March, answered on 20 February, reopened on 2 March: six working days away."""
    taken = Taken("continue").do("02-20", Extend(date(2026, 3, 10), "why"))
    taken.do("02-20", Decide("favourable")).again("03-02")
    assert (date(2026, 3, 18), 6) == (taken.term.last_day, taken.term.pauses[0].worth)


def test_a_deadline_tells_what_stood_still_and_what_was_named_in_the_order_they_came() -> None:
    """And its receipt leads to the same day."""
    taken = Taken("continue").do("02-10", Decide("favourable")).again("04-06")
    taken.do("04-07", Extend(date(2026, 5, 5), "why"))
    told = explain(taken.term)
    assert told.index("Paused Tue 2026-02-10") < told.index("Extended to Tue 2026-05-05")
    given = receipt(taken.term, office=taken.desk.office)
    assert taken.term.last_day == reproduce(read(written(given), Receipt)).last_day


# -- each round its own -------------------------------------------------------------------


def test_a_case_taken_up_afresh_may_be_extended_once_more() -> None:
    taken = Taken("fresh").do("02-20", Extend(date(2026, 3, 10), "why"))
    taken.do("02-24", Decide("favourable")).again("04-06")
    taken.do("04-07", Extend(date(2026, 5, 20), "why"))
    assert date(2026, 5, 20) == taken.term.last_day
    assert "extension.second" == taken.refusal("04-08", Extend(date(2026, 5, 21), "why"))


def test_where_the_cap_counts_from_the_receipt_a_case_taken_up_again_counts_from_then() -> None:
    """Under the Code of 2021: two months from 6 April end on Saturday 6 June, so on the 8th."""
    taken = Taken(
        "fresh", wording="appc-2021", readings={"reopening": "fresh", "cap-2021": "receipt"}
    )
    taken.do("02-10", Decide("favourable")).again("04-06")
    assert "" == taken.refusal("04-07", Extend(date(2026, 6, 5), "why"))
    assert "extension.beyond-cap" == taken.refusal("04-07", Extend(date(2026, 6, 9), "why"))


def test_where_no_term_runs_none_is_extended() -> None:
    taken = Taken("none").do("02-10", Decide("favourable")).again("04-06")
    assert "extension.too-late" == taken.refusal("04-07", Extend(date(2026, 4, 20), "why"))


# -- the docket -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("policy", "standing", "days_late", "at_last"),
    [
        ("fresh", Standing.OPEN, 18, 18),
        ("none", Standing.OPEN, 18, 18),
        ("continue", Standing.OVERDUE, 19, 20),
    ],
)
def test_a_first_round_that_was_late_stays_late(
    policy: str, standing: Standing, days_late: int, at_last: int
) -> None:
    """Continued, nothing was left of the term: its lateness grows on. Answered again on 8 April."""
    taken = late(policy)
    assert (standing, days_late) == (taken.line("04-07").standing, taken.line("04-07").days_late)
    taken.do("04-08", Decide("favourable"))
    told = taken.line("04-09")
    assert (Standing.LATE, at_last, ()) == (told.standing, told.days_late, told.breaches)


def test_silence_is_a_refusal_again_only_where_a_term_runs_afresh() -> None:
    wakes = late("fresh").desk.next_wakeup()
    assert Wakeup(datetime.fromisoformat("2026-04-28T00:00+05:00"), "1") == wakes
    for policy in ("continue", "none"):
        taken = late(policy)
        assert taken.desk.next_wakeup() is None
        assert "considered" == taken.desk.lapse("1", at=at("06-01")).stage


def test_a_case_in_time_twice_is_in_time() -> None:
    for policy in ("fresh", "continue", "none"):
        taken = Taken(policy).do("02-10", Decide("favourable")).again("04-06")
        assert (Standing.OPEN, 0) == (taken.line("04-07").standing, taken.line("04-07").days_late)
        taken.do("04-08", Decide("favourable"))
        assert Standing.IN_TIME is taken.line("04-09").standing


def test_what_was_missed_before_a_clock_began_anew_is_told() -> None:
    """What was told on 12 February was never done; of the second round it was, in time."""
    taken = Taken("fresh").do("02-10", Decide("favourable")).do("02-12", Deliver())
    taken.do("02-12", Entrust("housing department")).again("04-06")
    taken.do("04-08", Decide("favourable")).do("04-08", Deliver())
    taken.do("04-08", Entrust("housing department")).do("04-09", Execute("the roof is mended"))
    assert ("appeal.execution",) == taken.line("04-10").breaches


def test_who_prepared_in_a_former_round_may_sign_in_this_one() -> None:
    """Two heads, kept apart: each has prepared once, and what counts is the present round."""
    kept = {"reopening": "fresh", "separation": "kept"}
    taken, other = Taken("fresh", readings=kept), oa.Official("other", {HEAD})
    taken.do("02-05", Propose("favourable"))
    assert "office.propose" == taken.refusal("02-10", Decide("favourable"))
    taken.desk.perform("1", Decide("favourable"), by=other, at=at("02-10"))
    taken.again("04-06")
    taken.desk.perform("1", Propose("favourable"), by=other, at=at("04-07"))
    said = taken.desk.may("1", Decide("favourable"), by=other, at=at("04-13"))
    assert "office.propose" == getattr(said, "code", "")
    assert "" == taken.refusal("04-13", Decide("favourable"))
