"""Nobody is told late by what a register does not tell: rows as departments keep them."""

from __future__ import annotations

import random
from datetime import datetime
from itertools import product
from typing import Any

import pytest
from hypothesis import given, strategies as st

from openakimat import kz, register
from openakimat.errors import Fault
from openakimat.judgement.docket import Standing
from openakimat.register import RawRow
from openakimat.register.entries.columns import _ENDED
from openakimat.register.workers import CHUNK

OFFICE = kz.office("khromtau")
AT = "2026-06-01T10:00+05:00"


def check(at: str = AT, office: Any = OFFICE, /, **cells: str) -> register.Result:
    """One row of an application checked."""
    row = RawRow(2, {"number": "A", "kind": "application", **cells})
    return register.check([row], kz.KINDS, office, at=datetime.fromisoformat(at))


def standing(at: str = AT, /, **cells: str) -> tuple[str, int]:
    """Where one row stands, and how late it is; nothing of it is faulty."""
    result = check(at, **cells)
    assert [] == result.faults
    (line,) = result.lines
    return line.standing.value, line.days_late


# -- an assumed registration accuses nobody -----------------------------------------------

ANSWERED_EARLY = {
    "on a Saturday": ("2026-03-14 10:00", "2026-03-14 12:00"),
    "in the evening": ("2026-03-13 20:00", "2026-03-13 21:30"),
    "on a Saturday, the hours not told": ("14.03.2026", "14.03.2026"),
    "on a Sunday after a Saturday": ("14.03.2026", "2026-03-15 09:00"),
    "at the minute it came": ("2026-03-14 10:00", "2026-03-14 10:00"),
}


@pytest.mark.parametrize("when", ANSWERED_EARLY)
def test_what_was_answered_before_it_had_to_be_registered_is_in_time(when: str) -> None:
    received, answered = ANSWERED_EARLY[when]
    assert ("in time", 0) == standing(received_at=received, answered_at=answered)


def test_a_row_registered_after_its_answer_is_not_judged_and_never_overdue() -> None:
    result = check(
        received_at="2026-03-10 10:00",
        registered_at="2026-03-12 10:00",
        answered_at="2026-03-11 10:00",
    )
    (one,) = result.not_judged
    assert (1, 0, False) == (result.n_not_judged, result.n_accepted, result.overdue)
    assert one.refused is not None
    assert ("decide", "received") == (one.refused.act, one.refused.refusal.stage)
    assert not one.refused.registration_assumed
    assert datetime.fromisoformat("2026-03-11T10:00+05:00") == one.refused.when
    assert one.why.why.startswith("the law refuses it as told: ")


# -- an answer stands whatever its outcome is called ----------------------------------------

OUTCOMES = {
    "foreign": {},
    "of another law": {"outcome": "refused"},
    "in the simplified procedure": {"kind": "inquiry"},
    "of a complaint about a service": {"kind": "service-complaint", "service": "00301001"},
}


@pytest.mark.parametrize("of", OUTCOMES)
def test_an_answer_of_an_unknown_outcome_is_judged_by_its_day_and_warned_of(of: str) -> None:
    cells = {"outcome": "Closed", **OUTCOMES[of]}
    for answered, expected in (("2026-03-12 10:00", "in time"), ("2026-05-20 10:00", "late")):
        result = check(received_at="2026-03-10 10:00", answered_at=answered, **cells)
        assert [expected] == [line.standing.value for line in result.lines]
        assert [("outcome", "outcome-unknown")] == [
            (one.column, one.fault.code) for one in result.warnings
        ]


# -- a day without an hour is some time on that day -----------------------------------------

DAYS = {
    "registered in the morning of the day": (
        {"received_at": "02.03.2026", "registered_at": "02.03.2026 09:15"},
        ("overdue", 42),
    ),
    "withdrawn at ten on the day received": (
        {"received_at": "02.03.2026", "withdrawn_at": "02.03.2026 10:00"},
        ("in time", 0),
    ),
    "an instruction reported at ten on the day given": (
        {"kind": "instruction", "received_at": "02.03.2026", "term": "5 working days"}
        | {"executor": "roads", "reported_at": "02.03.2026 10:00"}
        | {"removed_at": "02.03.2026 11:00"},
        ("in time", 0),
    ),
    "all on one day": (
        {"received_at": "02.03.2026", "registered_at": "02.03.2026"}
        | {"answered_at": "02.03.2026"},
        ("in time", 0),
    ),
}


@pytest.mark.parametrize("story", DAYS)
def test_acts_of_one_day_stand_in_the_order_that_the_law_allows(story: str) -> None:
    cells, expected = DAYS[story]
    assert expected == standing(**cells)


@pytest.mark.parametrize("kind", ["application", "complaint", "service-complaint", "inquiry"])
@pytest.mark.parametrize("received", ["2026-03-02", "2026-03-02 10:00"])
@pytest.mark.parametrize("day", range(1, 31))
def test_an_open_case_is_as_late_as_its_days_are_gone(kind: str, received: str, day: int) -> None:
    at = f"2026-04-{day:02}T10:00+05:00"
    for line in check(at, kind=kind, received_at=received).lines:
        if line.standing is Standing.OVERDUE:
            assert line.deadline is not None
            assert line.days_late == -(line.days_left or 0)
            assert line.days_late == line.deadline.days_late(datetime.fromisoformat(at))
        else:
            assert 0 == line.days_late


def test_a_day_without_an_hour_is_not_later_than_a_check_of_that_day() -> None:
    assert "open" == standing("2026-03-10T10:00+05:00", received_at="10.03.2026")[0]


def test_a_verdict_that_hangs_on_the_hour_of_receipt_is_told_with_both() -> None:
    """Received before closing the last day is Friday 3 April; after closing, Monday the 6th."""
    (one,) = check(received_at="10.03.2026", answered_at="2026-04-06 10:00").not_judged
    assert ("hangs-on-hour", (Standing.LATE, Standing.IN_TIME)) == (one.why.code, one.verdicts)
    assert ("late", 1) == standing(received_at="2026-03-10 10:00", answered_at="06.04.2026")
    # Registered before closing, it was received before.
    told = {"received_at": "10.03.2026", "registered_at": "2026-03-10 17:00"}
    assert ("late", 1) == standing(**told, answered_at="06.04.2026")
    # Late by either, and no later than by the one that forgives.
    assert ("late", 5) == standing(received_at="10.03.2026", answered_at="13.04.2026")


# -- as of -------------------------------------------------------------------------------------


def test_what_came_after_the_check_is_not_known_yet() -> None:
    told = {"received_at": "2026-03-10 10:00", "answered_at": "2026-04-20 10:00"}
    assert "open" == standing("2026-03-12T10:00+05:00", **told)[0]
    assert "overdue" == standing("2026-04-15T10:00+05:00", **told)[0]
    assert "late" == standing("2026-04-21T10:00+05:00", **told)[0]


def test_what_was_received_after_the_check_stands_outside() -> None:
    result = check("2026-03-31T18:30+05:00", received_at="2026-04-02 10:00")
    assert ["received-later"] == [one.why.code for one in result.not_judged]
    assert (1, 0, 0, 0) == (
        result.n_rows,
        result.n_accepted,
        result.n_faulty,
        result.trail.n_records,
    )


# -- states, pauses, reopenings, deadlines of their own --------------------------------------


@pytest.mark.parametrize(
    ("state", "expected"), [("open", "overdue"), ("", "overdue"), ("answered", "not judged")]
)
def test_what_is_closed_on_a_day_that_is_not_told_is_not_judged(state: str, expected: str) -> None:
    assert expected == standing(received_at="2026-03-10 10:00", state=state)[0]


def test_a_state_says_nothing_beside_the_day_it_is_of() -> None:
    told = {"received_at": "2026-03-10 10:00", "state": "answered"}
    answered = told | {"answered_at": "2026-04-20 10:00"}
    assert "late" == standing(**answered)[0]
    assert "overdue" == standing("2026-04-15T10:00+05:00", **answered)[0]


def test_a_pause_that_the_law_does_not_know_is_told_and_the_row_not_judged() -> None:
    result = check(
        received_at="2026-03-10 10:00",
        paused_at="2026-03-12; 2026-03-20 10:00",
        resumed_at="2026-03-16 10:00",
    )
    assert ["pause", "pause", "resume"] == sorted(one.act for one in result.refused)
    assert [("pause", "considered")] == [
        (one.refused.act, one.refused.refusal.stage) for one in result.not_judged if one.refused
    ]


def test_a_case_reopened_runs_on() -> None:
    told = {"received_at": "2026-03-10 10:00", "answered_at": "2026-03-12 10:00"}
    assert ("in time", 0) == standing(**told)
    assert "overdue" == standing(**told, reopened_at="2026-03-16 10:00")[0]


def test_their_deadline_and_the_official_are_kept_for_the_output() -> None:
    result = check(received_at="2026-03-10 10:00", their_due="31.03.2026", official="Omarova")
    (entry,) = result.entries
    assert entry.their_due is not None
    assert ("2026-03-31", "Omarova") == (f"{entry.their_due.at:%Y-%m-%d}", entry.official)
    wrong = check(received_at="2026-03-10 10:00", their_due="1900-01-01")
    assert (1, ["their_due"]) == (wrong.n_accepted, [one.column for one in wrong.warnings])


# -- any register --------------------------------------------------------------------------------

TIMES = st.sampled_from(
    [
        "",
        "14.03.2026",
        "2026-03-14 10:00",
        "2026-03-16 09:15",
        "16.03.2026",
        "2026-05-20 23:59",
        "2030-01-01",
        "1900-01-01",
        "soon",
        "2026-03-10",
        "2025-12-31 10:00",
        "2026-03-14T12:00+06:00",
    ]
)
ROWS = st.fixed_dictionaries(
    {"number": st.sampled_from(["1", "2", "3", "4", "", "=1"]), "received_at": TIMES},
    optional={
        "kind": st.sampled_from([*kz.KINDS, "poem", ""]),
        "outcome": st.sampled_from(["", "Closed", "favourable", "refused", "burdening"]),
        "state": st.sampled_from(["", "open", "answered", "?"]),
        "topic": st.sampled_from(["", "-", "@land", "land"]),
        "iin": st.sampled_from(["", "нет", "12"]),
        **dict.fromkeys(
            (
                "registered_at",
                "answered_at",
                "withdrawn_at",
                "paused_at",
                "reopened_at",
                "held_at",
                "their_due",
                "proposed_at",
                "reported_at",
                "delivered_at",
            ),
            TIMES,
        ),
    },
)


@given(st.lists(ROWS, max_size=6), st.sampled_from(["2026-03-14T11:00+05:00", AT]))
def test_every_row_is_judged_or_not_judged_or_faulty(rows: list[dict[str, str]], at: str) -> None:
    raws = [RawRow(n, cells) for n, cells in enumerate(rows, start=2)]
    result = register.check(raws, kz.KINDS, OFFICE, at=datetime.fromisoformat(at))
    assert len(rows) == result.n_accepted + result.n_not_judged + result.n_faulty
    assert len(result.lines) == len(result.entries) == len(rows) - result.n_faulty
    outside = [line for line in result.lines if line.standing is Standing.NOT_JUDGED]
    assert len(outside) == result.n_not_judged
    assert all((0, ()) == (line.days_late, line.breaches) for line in outside)


@given(ROWS)
def test_a_row_that_tells_its_answer_is_never_overdue(cells: dict[str, str]) -> None:
    told = {"kind": "application", **cells, "received_at": "2026-03-10 10:00"}
    told |= {"answered_at": "2026-03-16 09:15"}
    told.pop("reopened_at", None)
    result = register.check([RawRow(2, told)], kz.KINDS, OFFICE, at=datetime.fromisoformat(AT))
    if told["kind"] in {"application", "inquiry"}:
        assert not result.overdue


def test_rows_judged_in_processes_are_what_one_judges() -> None:
    rng = random.Random(7)  # noqa: S311 - a made-up register, no secret
    days = ["", *(f"{day:02}.03.2026" for day in range(1, 32)), "2026-03-20 19:40", "x"]
    raws = [
        RawRow(
            n,
            {
                "number": str(rng.randrange(2 * CHUNK)),
                "kind": rng.choice(["application", "inquiry", "reception", "complaint"]),
                "received_at": rng.choice(days),
                "answered_at": rng.choice(days),
                "topic": rng.choice(["land", "-"]),
                "term": "7 working days",
            },
            doubts=(Fault("number", "looks alike"),) * rng.randrange(2),
        )
        for n in range(2, 2 * CHUNK + 150)
    ]
    at = datetime.fromisoformat(AT)
    one, three = (
        register.check(raws, kz.KINDS, OFFICE, at=at, workers=workers) for workers in (1, 3)
    )
    assert one.n_not_judged
    assert one.n_faulty
    assert one.lines == three.lines
    assert one.entries == three.entries
    assert (one.faults, one.warnings) == (three.faults, three.warnings)
    assert [str(a) for a in one.not_judged] == [str(b) for b in three.not_judged]
    assert (one.trail, one.hangs_on) == (three.trail, three.hangs_on)


# -- an end that is told without its day accuses nobody -------------------------------------

ENDED = {
    "in a column of another procedure": {"reported_at": "2026-03-10 10:00", "state": "answered"},
    "in such a column and in no state": {"issued_at": "2026-03-10 10:00"},
    "by an outcome": {"outcome": "favourable"},
    "by whom it was sent to": {"redirected_to": "another body"},
    "by a ground to return it": {"return_ground": "obscene"},
    "by a ground to refuse": {"kind": "information-request", "refusal_ground": "restricted"},
    "of an instruction, answered": {"kind": "instruction", "answered_at": "2026-03-04 10:00"},
    "of an instruction, taken back": {"kind": "instruction", "withdrawn_at": "2026-03-04 10:00"},
    "by an extension": {"state": "extended"},
    "by an extension, and answered": {"state": "extended", "answered_at": "2026-04-20 10:00"},
}


@pytest.mark.parametrize("how", ENDED)
def test_an_end_that_is_told_without_its_day_is_not_judged(how: str) -> None:
    told = {"term": "5 working days"} if "instruction" in how else {}
    assert ("not judged", 0) == standing(received_at="2026-03-02 10:00", **told, **ENDED[how])


STILL_JUDGED = {
    "open in words, whatever its outcome": ({"state": "open", "outcome": "-?"}, "overdue"),
    "extended and answered in time": (
        {"state": "extended", "answered_at": "2026-03-20 10:00"},
        "in time",
    ),
    "a preliminary decision": ({"proposed_at": "2026-03-20", "outcome": "burdening"}, "overdue"),
}


@pytest.mark.parametrize("how", STILL_JUDGED)
def test_what_runs_on_in_words_is_judged(how: str) -> None:
    told, stands = STILL_JUDGED[how]
    assert stands == standing(received_at="2026-03-02 10:00", **told)[0]


def twice(*answers: str) -> register.Result:
    """Rows of one number, each answered when told."""
    cells = {"number": "A", "received_at": "2026-03-02 10:00"}
    raws = [RawRow(n, {**cells, "answered_at": one}) for n, one in enumerate(answers, start=2)]
    return register.check(raws, kz.KINDS, OFFICE, at=datetime.fromisoformat(AT))


@pytest.mark.parametrize(
    ("answers", "stands"),
    [
        (("", "2026-03-10 10:00"), "not judged"),
        (("2026-03-10 10:00", ""), "in time"),
        (("", ""), "overdue"),
        (("", "", "2026-03-10 10:00", ""), "not judged"),
    ],
)
def test_nobody_is_late_on_one_line_and_in_time_on_another(
    answers: tuple[str, ...], stands: str
) -> None:
    result = twice(*answers)
    assert [stands] == [line.standing.value for line in result.lines]
    assert (len(answers) - 1, len(answers)) == (result.n_faulty, result.n_rows)
    assert result.n_not_judged == (stands == "not judged")


@pytest.mark.parametrize("column", ["topic", "channel", "official", "applicant"])
def test_a_long_text_that_moves_no_term_is_cut_with_a_warning(column: str) -> None:
    result = check(received_at="2026-03-02 10:00", **{column: "т" * 301})
    assert ["301 characters, more than 300"] == [one.why for one in result.warnings]
    assert [300] == [len(getattr(entry, column)) for entry in result.entries]


def test_whatever_end_a_row_of_any_kind_tells_it_is_never_told_overdue() -> None:
    """Each column that tells an end, alone or beside a state, of each kind."""
    beside = {"term": "5 working days", "service": "00301001"}
    slots: list[dict[str, str]] = [{}, {"scheduled_for": "2026-03-05 10:00"}]
    for kind, name, slot in product(kz.KINDS, _ENDED, slots):
        told = {name: "2026-03-04 10:00" if name.endswith("_at") else "x"}
        result = check(received_at="2026-03-02 10:00", kind=kind, **beside, **slot, **told)
        assert not result.overdue, (kind, name)
