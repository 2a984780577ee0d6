"""What records are looked at for: late entries, dodged clocks; and cases that may be one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import permutations
from pathlib import Path
from random import Random

import attrs
import hypothesis.strategies as st
import pytest
from hypothesis import given

from openakimat import Desk, Official, Register, kz
from openakimat.adapters import memory, sql
from openakimat.case.acts import Pause, Resume
from openakimat.judgement.docket import Standing
from openakimat.kz.acts import Accept, Decide
from openakimat.kz.appeal.acts import AskToCorrect, Correct
from openakimat.kz.inspection.acts import AppointCheck, BeginCheck, NotifyOfCheck
from openakimat.kz.roles import EXECUTOR, HEAD, INSPECTOR, REGISTRAR
from openakimat.law.office import Office
from openakimat.register.entries.entry import ASKS
from openakimat.register.figures import CUSTOMS, count_journal, count_register
from openakimat.register.importing import import_register
from openakimat.report.figures.cases import Counted, count_case
from openakimat.report.figures.page import make_report
from openakimat.report.figures.runaround import propose_joins, trace_runaround
from openakimat.report.figures.sections import tell_audit

KHROMTAU = Path(__file__).parents[2] / "examples" / "khromtau" / "register.csv"
YEAR_END = datetime.fromisoformat("2020-11-19T18:30+05:00")
DAY = timedelta(days=1)
OFFICE = kz.office("khromtau")
PAUSING = kz.office("khromtau", readings={"correction-2021": "outside"})
CLERK, BOSS = Official("clerk", {REGISTRAR, EXECUTOR}), Official("boss", {HEAD})
SOMEBODY = kz.Applicant("Somebody")


def at(day: str, hour: int = 10) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:00+06:00")


def noon(day: int) -> datetime:
    return datetime.fromisoformat(f"2026-03-{day}T12:00+05:00")


def seen(desk: Desk, case: str, now: datetime, what: str) -> list[bool | None]:
    told = count_case(desk.case(case, at=now), at=now, office=desk.office, customs=CUSTOMS)
    assert all(one["article"].startswith("APPC") for one in told.seen)
    return [one["found"] for one in told.seen if one["what"] == what]


# -- answers entered late -------------------------------------------------------------


@pytest.mark.parametrize(
    ("done", "entered", "found"),
    [
        ("2023-03-10", None, False),
        ("2023-03-10", "2023-03-12", False),
        ("2023-03-10", "2023-04-20", True),
        # after the term and told as that: late, and no secret
        ("2023-04-10", "2023-04-20", False),
    ],
)
def test_an_answer_dated_within_the_term_and_entered_after_it_is_found(
    done: str, entered: str | None, *, found: bool
) -> None:
    desk = Desk(OFFICE, memory.Store())
    case = desk.open(kz.Appeal, by=SOMEBODY, at=at("2023-03-01")).id
    desk.perform(case, Register(), by=CLERK, at=at("2023-03-01"))
    desk.perform(case, Accept(), by=CLERK, at=at("2023-03-01"))
    desk.perform(
        case, Decide("favourable"), by=BOSS, at=at(done), entered=at(entered) if entered else None
    )
    assert [found] == seen(desk, case, at("2023-05-01"), "entered-late")
    rows, *_ = count_journal([desk], at=at("2023-05-01"))
    told = make_report(rows, at("2023-05-01"), least=1)
    assert [(case, 4)] * found == [
        (one["key"], one["record"]) for one in told["sections"]["findings"]
    ]


def test_what_a_register_does_not_tell_is_not_judged() -> None:
    rows, _ = count_register(KHROMTAU, OFFICE, at=YEAR_END)
    told = tell_audit(rows)
    (late,) = told["audit"]
    answered = sum(row.ended_by == "answered" for row in rows)
    assert late["not_judged"] == late["n"] >= answered > 1000
    assert (None, []) == (late["found"]["share"], told["findings"])


# -- pauses ---------------------------------------------------------------------------

ALL = ("pause-brink", "pause-repeated", "pause-outlasted")


def pauses(*told: tuple[str, str, str], office: Office = PAUSING) -> dict[str, list[bool | None]]:
    """What is seen of pauses: each from a day to the day on which it is corrected, and until when it was to be."""
    desk = Desk(office, memory.Store())
    case = desk.open(kz.Appeal, by=SOMEBODY, at=at("2023-03-01")).id
    desk.perform(case, Register(), by=CLERK, at=at("2023-03-01"))
    for asked, until, corrected in told:
        desk.perform(case, AskToCorrect(date.fromisoformat(until)), by=CLERK, at=at(asked))
        desk.perform(case, Correct(), by=SOMEBODY, at=at(corrected))
    return {what: seen(desk, case, at("2023-05-01"), what) for what in ALL}


def test_each_way_to_dodge_the_clock_is_found_and_no_honest_pause_is() -> None:
    honest = pauses(("2023-03-02", "2023-03-07", "2023-03-06"))
    assert {what: [False] for what in ALL} == honest
    # The term of registration and that of the answer are over on the 27th: see `dues` of the row.
    assert [True] == pauses(("2023-03-27", "2023-04-03", "2023-03-29"))["pause-brink"]
    assert [True] == pauses(("2023-03-02", "2023-03-07", "2023-03-30"))["pause-outlasted"]


def test_a_pause_on_the_same_ground_once_more_is_found_and_of_no_day_named_is_not_judged() -> None:
    desk, by = Desk(kz.office("astana"), memory.Store()), Official("inspector", {INSPECTOR})
    case = desk.open(kz.Inspection, by=by, at=noon(16), subject="tson-1").id
    for day, act in (
        (16, AppointCheck("appeals")),
        (17, NotifyOfCheck(date(2026, 3, 18))),
        (18, BeginCheck("10 working days")),
        *((19, Pause("information-requested")), (20, Resume())),
        *((24, Pause("emergency")), (25, Resume())),
        *((26, Pause("information-requested")), (27, Resume())),
    ):
        who = Official("chief", {HEAD}) if isinstance(act, AppointCheck) else by
        desk.perform(case, act, by=who, at=noon(day))
    told = count_case(desk.case(case), at=noon(28), office=desk.office, customs=CUSTOMS).seen
    assert [False, False, True] == [one["found"] for one in told if one["what"] == "pause-repeated"]
    assert [None] * 3 == [one["found"] for one in told if one["what"] == "pause-outlasted"]


def test_a_pause_that_moves_nothing_has_dodged_nothing() -> None:
    told = ("2023-03-27", "2023-04-03", "2023-03-29")
    inside = kz.office("khromtau", readings={"correction-2021": "inside"})
    assert {what: [] for what in ALL} == pauses(told, office=inside)


def test_a_term_is_told_as_it_was_known() -> None:
    desk = Desk(PAUSING, memory.Store())
    case = desk.open(kz.Appeal, by=SOMEBODY, at=at("2023-03-01")).id
    desk.perform(case, Register(), by=CLERK, at=at("2023-03-01"))
    desk.perform(case, AskToCorrect(date(2023, 3, 7)), by=CLERK, at=at("2023-03-02"))
    desk.perform(case, Correct(), by=SOMEBODY, at=at("2023-03-06"))
    now = at("2023-03-20")
    row = count_case(desk.case(case, at=now), at=now, office=PAUSING, customs=CUSTOMS)
    assert row.due is not None
    assert [row.due - 2 * DAY, row.due] == [row.due_known(at(day)) for day in ("2023-03-05", "2023-03-06")]  # fmt: skip
    assert "deem-refused" == row.becomes


# -- cases that may be one ------------------------------------------------------------


def row(case: str, day: int, **told: object) -> Counted:
    fields = {"applicant": "a", "topic": "land"} | told
    start = at("2023-01-01") + day * DAY
    return Counted(case, "appeal", "khromtau", start, Standing.OPEN, **fields)  # type: ignore[arg-type]  # its fields


@given(
    st.lists(
        st.tuples(st.integers(0, 900), st.sampled_from("abc"), st.sampled_from(["", "x", "y"]), st.booleans()),
        max_size=12,
    ),
    st.randoms(),
)  # fmt: skip
def test_what_may_be_joined_is_the_same_in_whatever_order_and_holds_no_other_matter(
    told: list[tuple[int, str, str, bool]], draw: Random
) -> None:
    rows = [
        row(f"{n}", day, applicant=who, matter=text, moves=(("join-file", ""),) * joined)
        for n, (day, who, text, joined) in enumerate(told)
    ]
    proposals, shuffled = propose_joins(rows), rows[:]
    draw.shuffle(shuffled)

    def plain(of: list[dict[str, object]]) -> list[str]:
        return sorted(map(str, of))

    assert plain(proposals) == plain(propose_joins(shuffled))
    by_case = {one.case: one for one in rows}
    for proposal in proposals:
        of = [by_case[case] for case in proposal["cases"]]
        assert not any(one.moves for one in of)
        assert 1 == len({one.matter for one in of}) < len(of) == len({one.case for one in of})
        assert (proposal["key"] == "collective") == (len({one.applicant for one in of}) > 1)
        assert of == sorted(of, key=lambda one: (one.received, one.case))
    duplicates = {tuple(one["cases"]) for one in proposals if one["key"] == "duplicate"}
    for a, b in permutations((one for one in rows if not one.moves), 2):
        same = (a.applicant, a.matter) == (b.applicant, b.matter)
        if same and abs(a.received - b.received) <= 180 * DAY:
            # both are in the chain that joins them
            assert all(any(one.case in pair for pair in duplicates) for one in (a, b))


def test_cases_of_nobody_told_are_joined_by_nobody(tmp_path: Path, some_rows: Path) -> None:
    assert [ASKS.id] == CUSTOMS["nobody"]["ids"]
    store = sql.Store(f"sqlite:///{tmp_path / 'akimat.db'}")
    desk = Desk(OFFICE, store)
    import_register(some_rows, desk, at=YEAR_END, apply=True)
    rows, *_ = count_journal([desk], at=YEAR_END)
    store.close()
    assert len(rows) == 152
    assert [] == propose_joins(rows)
    assert 0 == trace_runaround(rows)["people"]


def test_a_service_asked_for_again_is_no_duplicate() -> None:
    rows = [row("a", 0), row("b", 1)]
    assert ["duplicate"] == [one["key"] for one in propose_joins(rows)]
    assert [] == propose_joins([attrs.evolve(one, services=("S-01",)) for one in rows])
    assert [] == propose_joins([attrs.evolve(one, sector="intake") for one in rows])  # a ticket


def test_the_same_text_of_several_is_found_whatever_its_marks_and_numbers() -> None:
    desk, text = (
        Desk(OFFICE, memory.Store()),
        "Просим восстановить освещение улицы у дома № {}, вечером там не пройти!",
    )
    for n in range(3):
        told = text.format(n) if n else text.format(n).upper().replace(",", ";")
        desk.open(
            kz.Appeal, by=kz.Applicant(f"Somebody {n}"), at=at("2023-03-01") + n * DAY, summary=told
        )
    desk.open(kz.Appeal, by=kz.Applicant("Another"), at=at("2023-03-01"), summary="Нет света")
    desk.open(kz.Appeal, by=kz.Applicant("Yet another"), at=at("2023-03-01"), summary="Нет света")
    rows, *_ = count_journal([desk], at=at("2023-03-09"))
    (found,) = propose_joins(rows)
    assert ("collective", 3) == (found["key"], len(found["cases"]))
    # nothing was joined: each is where it was
    assert {1} == {len(case.records) for case in desk.files()}
