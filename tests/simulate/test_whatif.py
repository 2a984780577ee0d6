"""What would have come of recorded cases: rules of one line, the cases that flip, arrays like replay."""

from __future__ import annotations

import copy
import pickle
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any
from xml.etree.ElementTree import fromstring

import hypothesis.strategies as st
import pytest
from hypothesis import given
from tests.kz.test_request import BODY, CHIEF, Counter, at
from tests.simulate.lives import AT, WHO, appeal

import openakimat as oa
from openakimat import Desk, Malformed, Register, kz, register
from openakimat.adapters import memory
from openakimat.calendar.terms import CalendarDays, WorkingDays
from openakimat.case.acts import InnerNote
from openakimat.case.people import Official
from openakimat.chart.amendment import amended_clock
from openakimat.judgement.docket import LATE, Standing
from openakimat.kz.acts import Accept, Decide, Deliver, Extend, Withdraw
from openakimat.kz.appeal.acts import AskToCorrect, Correct
from openakimat.law.words import Words
from openakimat.simulate.columns.cases import record
from openakimat.simulate.relive import Lives
from openakimat.simulate.whatif import compare, rule, whatif

ROOT = Path(__file__).parents[2]
LOG = ROOT.parent / "shared" / "data" / "receipt.csv"
OFFICE = kz.office("khromtau")
OLD = kz.office("khromtau", wording="appc-2021")
LENIENT = kz.office("khromtau", readings={"second-extension": "yes", "correction-2026": "outside"})
HEAD, STAFF = Official("h", {kz.HEAD}), Official("c", {kz.REGISTRAR, kz.EXECUTOR})
CONSIDERATION = "appeal.consideration"


def answered(*on: str, office: oa.Office = OFFICE) -> Desk:
    """Appeals received on 17 March 2026, each decided on a day."""
    desk = Desk(office, memory.Store())
    for n, day in enumerate(on, start=1):
        desk.open(kz.Appeal, by=WHO, topic="land", channel="paper", at=at("03-17"), id=f"A-{n}")
        desk.perform(f"A-{n}", Register(), by=STAFF, at=at("03-17", "11:00"))
        desk.perform(f"A-{n}", Accept(), by=STAFF, at=at("03-17", "12:00"))
        desk.perform(f"A-{n}", Decide("favourable"), by=HEAD, at=at(day))
    return desk


# -- rules ------------------------------------------------------------------------------------


def test_a_limit_means_every_wording_with_its_rules_as_they_are() -> None:
    other = rule.suppose(OFFICE, [rule.limit(CONSIDERATION, working_days=10)])
    for was, now in zip(
        OFFICE.law.limits[CONSIDERATION], other.law.limits[CONSIDERATION], strict=True
    ):
        assert (was.law, was.since, WorkingDays(10)) == (now.law, now.since, now.value.term)
        for name in ("base", "first_day", "late", "roll", "pauses", "direction", "names"):
            assert getattr(was.value, name) == getattr(now.value, name)
        assert now.evidence is oa.Evidence.UNCONFIRMED
    one = rule.suppose(
        OFFICE, [rule.limit(CONSIDERATION, calendar_days=20, roll="none", wording="l221")]
    )
    assert [
        CalendarDays(20),
        *(e.value.term for e in OFFICE.law.limits[CONSIDERATION].editions[1:]),
    ] == [e.value.term for e in one.law.limits[CONSIDERATION]]
    assert "none" == one.law.limits[CONSIDERATION].editions[0].value.roll.value


def test_whatever_is_wrong_is_told_at_once_and_a_name_mistyped_with_its_neighbour() -> None:
    rules = (
        rule.limit("appeal.considration", working_days=10),
        rule.limit(CONSIDERATION, working_days=10, wording="appc-2062"),
        rule.limit("appeal.extension", base="receit"),
        rule.day_off("1999-01-01"),
        rule.answer("consultatoin", working_days=5),
        rule.reading("cap-2012", "decision"),
        rule.law("l222"),
        rule.standard("apeal", working_days=7),
        rule.working_day("2026-03-25"),
        rule.day_off("2026-03-25"),
    )
    with pytest.raises(Malformed) as wrong:
        whatif(answered("03-27").files(), OFFICE, *rules)
    told = str(wrong.value)
    assert len(wrong.value.faults) == 9
    for name in (
        CONSIDERATION,
        "appc-2026",
        "receipt",
        "2007-01-01",
        "consultation",
        "cap-2021",
        "l221",
        "appeal",
        "2026-03-25 is named before",
    ):
        assert name in told


@pytest.mark.parametrize(
    "make",
    [
        lambda: rule.limit(CONSIDERATION),
        lambda: rule.limit(CONSIDERATION, working_days=10, months=1),
        lambda: rule.limit(CONSIDERATION, working_days=0),
        lambda: rule.limit(CONSIDERATION, workingdays=10),
        lambda: rule.answer("consultation"),
        lambda: rule.day_off("25.03.2026"),
    ],
)
def test_a_rule_that_supposes_nothing_is_refused_where_it_is_made(make: Any) -> None:
    with pytest.raises(Malformed):
        make()


def test_every_rule_is_told_in_three_languages_and_is_a_value() -> None:
    rules = (
        rule.limit(CONSIDERATION, working_days=10, roll="none", wording="l221"),
        rule.day_off(date(2026, 3, 25)),
        rule.working_day("2026-03-08"),
        rule.answer("consultation", working_days=5),
        rule.reading("cap-2021", "decision"),
        rule.law("l221"),
        rule.standard("appeal", working_days=7),
        rule.chart(kz.appeal.Appeal2026),
    )
    assert len({*rules}) == len(rules)
    assert rules == pickle.loads(pickle.dumps(rules))  # noqa: S301 - our own
    assert rules[0] == rule.limit(CONSIDERATION, working_days=10, roll="none", wording="l221")
    told = {code: {one.text(Words(kz.law(), code)) for one in rules} for code in ("kk", "ru", "en")}
    assert {8} == {len(one) for one in told.values()}
    assert all(
        "{" not in text and "what-if" not in text for texts in told.values() for text in texts
    )
    assert "What if Wed 2026-03-25 were a day off" in told["en"]
    assert (
        "Если: Рассмотрение обращения – 10 рабочих дней, roll: none, Закон 2007 года № 221-III"
        in told["ru"]
    )


# -- cases --------------------------------------------------------------------------------------


def test_a_shorter_limit_flips_a_case_and_tells_the_step_its_article_and_the_days() -> None:
    desk = answered("03-27", "04-10", "04-24")
    found = whatif(
        desk.files(), desk.office, rule.limit(CONSIDERATION, working_days=10), at=at("05-01")
    )
    assert (3, 1, 2) == (found.total.n, found.total.before, found.total.after)
    assert {"land": found.total} == found.by["topic"]
    assert {"paper": found.total} == found.by["channel"]
    (flip,) = found.flips
    assert ("A-2", "land", "paper", True) == (flip.case, flip.topic, flip.channel, flip.late)
    # by hand: registered on 17 March, the 10th working day is 3 April, the 15th 10 April
    assert ("deem-refused", at("04-04", "00:00"), "APPC 91(2)", -5) == (
        flip.act,
        flip.at,
        flip.article,
        flip.days,
    )
    assert 3 == found.moved
    assert () == found.kept


def test_a_longer_limit_spares_a_case_and_the_step_is_the_one_that_does_not_come() -> None:
    desk = answered("04-24")
    found = whatif(desk.files(), desk.office, rule.limit(CONSIDERATION, working_days=30))
    assert [("A-1", False, "deem-refused", 15)] == [
        (f.case, f.late, f.act, f.days) for f in found.flips
    ]


def test_a_day_off_moves_days_and_a_reading_a_law_and_a_standard_count() -> None:
    desk = answered("04-13", "04-24")
    files, at_ = list(desk.files()), at("05-01")
    assert ["A-1"] == [
        f.case for f in whatif(files, OFFICE, rule.day_off("2026-03-30"), at=at_).flips
    ]
    assert 0 == whatif(files, OFFICE, rule.day_off("2026-05-04"), at=at_).moved
    assert ["A-1"] == [
        f.case
        for f in whatif(
            files, OFFICE, rule.law("appc-2021"), rule.limit(CONSIDERATION, working_days=30), at=at_
        ).flips
    ][:1]
    promised = whatif(files, OFFICE, rule.standard("appeal", working_days=7), at=at_)
    assert ((2, 0, 2), 0) == (
        (promised.promised.n, promised.promised.before, promised.promised.after),
        promised.moved,
    )


def test_under_another_law_a_step_it_does_not_know_is_taken_as_recorded_or_left_out_and_told() -> (
    None
):
    desk = Desk(OFFICE, memory.Store())
    desk.open(kz.Appeal, by=WHO, at=at("03-17"), id="A-1")
    desk.perform("A-1", Register(), by=STAFF, at=at("03-17", "11:00"))
    desk.perform("A-1", AskToCorrect(date(2026, 4, 8)), by=STAFF, at=at("04-07"))
    desk.perform("A-1", Correct(), by=WHO, at=at("04-08"))
    desk.perform("A-1", Extend(date(2026, 5, 5), "why"), by=HEAD, at=at("04-10"))
    desk.perform("A-1", Decide("favourable"), by=HEAD, at=at("04-29"))
    found = whatif(desk.files(), OFFICE, rule.limit(CONSIDERATION, working_days=5), at=at("05-01"))
    assert [("ask-to-correct", False), ("correct", True), ("extend", False)] == [
        (k.act, k.taken) for k in found.kept
    ]
    assert found.total.after == 1
    text = found.text("ru")
    assert "Шаги, по этому закону невозможные" in text
    assert "взятые как записаны" in text


def test_a_chart_of_ones_own_is_tried_in_one_line() -> None:
    class Delivered(kz.appeal.Appeal2026):
        """The term runs until the answer is delivered."""

        consideration = amended_clock(
            kz.appeal.Appeal2026, "consideration", stops=(Deliver, Withdraw)
        )

    desk = answered("03-27")
    found = whatif(desk.files(), OFFICE, rule.chart(Delivered), at=at("05-01"))
    assert (1, 0, 1) == (found.total.n, found.total.before, found.total.after)
    with pytest.raises(Malformed, match=r"appc-2026"):
        rule.suppose(
            OFFICE,
            [rule.chart(kz.Appeal), rule.limit(CONSIDERATION, working_days=3, wording="x")],
        )


# -- other bodies -------------------------------------------------------------------------------


def waited(answered_on: str, decided_on: str) -> Counter:
    """A request that waits for another body since 7 April."""
    request = Counter().open("S-10", "04-06").accepted("04-06")
    child = request.ask("land registry", "04-07", agrees=False)
    request.desk.lapse(child, at=at(answered_on))
    request.do(kz.consultation.GiveOpinion("positive"), answered_on, BODY, child)
    request.do(Decide("rendered"), decided_on, CHIEF)
    return request


def test_whoever_waits_goes_on_sooner_when_the_other_body_answers_sooner() -> None:
    request = waited("06-10", "06-11")
    files, office = list(request.desk.files()), request.desk.office
    found = whatif(files, office, rule.answer("consultation", working_days=5), at=at("06-20"))
    lives = {f.case: f for f in found.flips}
    (child,) = request.case.children
    # by hand: asked on 7 April, the 5th working day is the 14th; the decision comes a working day later
    assert ({child, request.id}, 2) == ({*lives}, found.shifted)
    assert not lives[request.id].late
    assert "as much working time after the answer" in str(found)
    again = Lives(
        {one.id: one for one in files},
        rule.suppose(office, found.rules),
        at("06-20"),
        {"consultation": WorkingDays(5)},
    )
    assert ("decide", at("04-15")) in times(again, request.id)
    assert ("give-opinion", at("04-14")) == times(again, child)[-1]


def times(lives: Lives, case: str) -> list[tuple[str, datetime]]:
    of = lives.life(case).of
    assert of is not None
    return [(record.act.tag, record.at) for record in of.case.records]


def test_what_was_done_while_waiting_was_done_all_the_same() -> None:
    request = Counter().open("S-10", "04-06").accepted("04-06")
    child = request.ask("land registry", "04-07", agrees=False)
    request.do(InnerNote("asked again by telephone"), "05-20")
    request.do(kz.consultation.GiveOpinion("positive"), "06-10", BODY, child)
    request.do(Decide("rendered"), "06-11", CHIEF)
    files, office = {one.id: one for one in request.desk.files()}, request.desk.office
    five = {"consultation": WorkingDays(5)}
    again = Lives(files, office, at("06-20"), five)
    assert [("inner-note", at("05-20")), ("decide", at("05-20"))] == times(again, request.id)[-2:]
    oa.replay(request.id, again.life(request.id).of.case.records, office=office)  # type: ignore[union-attr]


def test_an_answer_that_came_in_time_moves_nothing() -> None:
    request = waited("04-09", "04-10")
    found = whatif(
        request.desk.files(),
        request.desk.office,
        rule.answer("consultation", working_days=5),
        at=at("05-15"),
    )
    assert (0, 0, ()) == (found.shifted, found.moved - found.moved, found.flips)


def test_silence_that_agrees_sooner_lets_a_request_go_on_sooner() -> None:
    request = Counter().open("S-10", "04-06").accepted("04-06")
    child = request.ask("land registry", "04-07", agrees=True)
    request.do(Decide("rendered"), "04-27", CHIEF)
    files, office = list(request.desk.files()), request.desk.office
    assert "deemed_agreed" == request.desk.case(child).stage
    found = whatif(files, office, rule.answer("consultation", working_days=5), at=at("05-15"))
    assert 1 == found.shifted


# -- registers ------------------------------------------------------------------------------------

RULES = (
    (),
    (rule.limit(CONSIDERATION, working_days=10),),
    (rule.day_off("2023-03-27"), rule.day_off("2023-03-28")),
    (rule.law("appc-2026"),),
    (rule.law("l221"),),
    (rule.reading("first-day-2021", "next"),),
)


REGISTER_AT = datetime.fromisoformat("2024-01-15T18:00+06:00")


@pytest.mark.parametrize("rules", RULES, ids=lambda of: "+".join(one.kind for one in of) or "none")
def test_a_register_is_checked_again_and_every_row_stands_as_a_check_has_it(
    rules: tuple[rule.Supposition, ...], some_rows: Path
) -> None:
    office = kz.office("khromtau")
    checked = register.check_file(some_rows, office, at=REGISTER_AT)
    found = whatif(checked, office, *rules)
    other = register.check_file(some_rows, rule.suppose(office, rules), at=REGISTER_AT)
    late = [{one.case for one in of.lines if one.standing in LATE} for of in (checked, other)]
    judged = [
        {one.case for one in of.lines if one.standing is not Standing.NOT_JUDGED}
        for of in (checked, other)
    ]
    assert (len(late[0]), len(late[1])) == (found.total.before, found.total.after)
    assert {(one.case, one.late) for one in found.flips} == {
        (case, case in late[1]) for case in (late[0] ^ late[1]) & judged[0] & judged[1]
    }
    assert bool(rules) or (found.flips, found.moved) == ((), 0)
    assert all(flip.article for flip in found.flips)


def test_rows_that_were_read_once_are_gone_and_a_list_of_them_is_not(some_rows: Path) -> None:
    office, rows = kz.office("khromtau"), [*register.rows(some_rows)]
    with pytest.raises(Malformed, match="its rows are gone"):
        whatif(register.check(iter(rows), kz.KINDS, office, at=REGISTER_AT), office)
    checked = register.check(rows, kz.KINDS, office, at=REGISTER_AT)
    assert whatif(checked, office).total.n == len(checked.lines)
    assert pickle.loads(pickle.dumps(register.check_file(some_rows, office, at=REGISTER_AT))).again  # noqa: S301 - our own


@pytest.mark.thorough
@pytest.mark.skipif(not LOG.is_file(), reason="the event log is not there")
def test_a_real_log_under_three_wordings_in_three_lines() -> None:
    office, mapping = (
        kz.office("astana"),
        register.read_mapping(ROOT / "examples/receipt/mapping.toml"),
    )
    checked = register.check_file(
        LOG, office, at=datetime.fromisoformat("2012-01-31T18:30+06:00"), mapping=mapping
    )
    laws = [edition.law for edition in kz.law().wordings]
    found = compare(*(whatif(checked, office, rule.law(law)) for law in laws))
    assert [1317, 1317, 1249, 861] == [row["late"] for row in found.table()]
    assert {1432} == {row["cases"] for row in found.table()}
    # Law 221 was in force: nothing changes under it, and whoever is late by another law was late
    assert (0, ()) == (found.of[0].moved, found.of[0].flips)
    assert not any(flip.late for one in found.of for flip in one.flips)


# -- arrays -----------------------------------------------------------------------------------------

LIMITS = st.builds(
    lambda term, n, more: rule.limit(CONSIDERATION, **{term: n}, **more),
    st.sampled_from(("working_days", "calendar_days")),
    st.integers(1, 45),
    st.fixed_dictionaries(
        {},
        optional={
            "first_day": st.sampled_from(("next", "same")),
            "late": st.sampled_from(("next-working-day", "same-day")),
            "roll": st.sampled_from(("next-working-day", "none")),
        },
    ),
)


@given(seed=st.integers(0, 2**32), office=st.sampled_from((OFFICE, OLD, LENIENT)), of=LIMITS)
def test_arrays_have_the_verdicts_the_days_and_the_counts_of_the_cases_lived_again(
    seed: int, office: oa.Office, of: rule.Supposition
) -> None:
    rng = Random(seed)  # noqa: S311 - made-up cases, no secret
    cases = [appeal(rng, f"A-{n}", office) for n in range(12)]
    recorded = record(cases, office, at=AT)
    slow, fast = whatif(cases, office, of, at=AT), whatif(recorded, office, of)
    assert (slow.total, slow.moved, slow.by) == (fast.total, fast.moved, fast.by)
    assert {(f.case, f.kind, f.topic, f.channel, f.late, f.limit, f.days) for f in slow.flips} == {
        (f.case, f.kind, f.topic, f.channel, f.late, f.limit, f.days) for f in fast.flips
    }


def test_the_appeals_of_these_tests_pause_are_extended_lapse_and_some_are_not_for_arrays() -> None:
    """Without such the test above would say little."""
    rng = Random(1)  # noqa: S311 - made-up cases, no secret
    cases = [appeal(rng, f"A-{n}", LENIENT) for n in range(300)]
    recorded = record(cases, LENIENT, at=AT)
    acts = [{r.act.tag for r in case.records} for case in cases]
    for tag in ("correct", "extend", "deem-refused", "decide", "withdraw"):
        assert 15 < sum(tag in of for of in acts) < 285
    assert 0 < len(recorded.rest) < 60
    assert 1 < recorded.pauses.shape[1] + 1


def test_arrays_refuse_what_they_do_not_know() -> None:
    desk = answered("03-27")
    recorded = record(desk.files(), OFFICE, at=AT)
    for of in (
        rule.law("l221"),
        rule.day_off("2026-03-30"),
        rule.limit("appeal.registration", working_days=2),
        rule.limit(CONSIDERATION, months=1),
        rule.limit(CONSIDERATION, base="receipt", working_days=3),
    ):
        with pytest.raises(Malformed, match="arrays"):
            whatif(recorded, OFFICE, of)
    with pytest.raises(Malformed, match="recorded as of"):
        whatif(recorded, OFFICE, at=at("05-01"))


# -- shown --------------------------------------------------------------------------------------------


def test_a_comparison_is_told_in_three_languages_and_is_plain_data() -> None:
    desk = answered("03-27", "04-10", "04-24")
    found = whatif(
        desk.files(), desk.office, rule.limit(CONSIDERATION, working_days=10), at=at("05-01")
    )
    assert str(found) == found.text("en")
    assert str(found).splitlines() == [
        "What if: Consideration of the appeal – 10 working days",
        "Of 3 cases 2 (66.7%) would be late; as it is, 1 (33.3%).",
        "Become late: 1; late no more: 0; with another last day: 3",
        "  A-2; land, on paper; late; −5 working days; deem refused (silence) Sat 2026-04-04 [APPC 91(2)]",
        "A model, and no law: everybody acts when they acted.",
    ]
    assert "3 істің 2 ісі (66.7%)" in found.text("kk")
    assert "Из 3 дел с нарушением срока было бы 2 (66.7%)" in found.text("ru")
    with pytest.raises(Malformed):
        found.text("eo")
    assert "Aigerim" not in found._repr_html_() + repr(found)
    sent = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own
    assert (found, str(found)) == (sent, str(sent))
    assert copy.deepcopy(found) == found


def test_several_are_compared_in_a_table_a_picture_and_sentences_to_publish() -> None:
    desk = answered("03-27", "04-10", "04-24")
    files, at_ = list(desk.files()), at("05-01")
    found = compare(
        *(
            whatif(files, OFFICE, rule.limit(CONSIDERATION, working_days=n), at=at_)
            for n in (10, 30)
        )
    )
    assert [
        ("As it is", 1, 0),
        ("What if: Consideration of the appeal – 10 working days", 2, 1),
        ("What if: Consideration of the appeal – 30 working days", 0, -1),
    ] == [(row["name"], row["late"], row["more"]) for row in found.table()]
    assert 3 == len(str(found).splitlines()[:3])
    for language in ("kk", "ru", "en"):
        drawn = found.picture(language)
        assert "<script" not in drawn
        assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "")
        assert 3 == len(list(fromstring(drawn).iter("{http://www.w3.org/2000/svg}rect")))  # noqa: S314 - our own
        assert found.text(language).endswith(found.of[1].sentence(language))
    assert found.picture() == found._repr_html_()
    with pytest.raises(Malformed):
        compare()
    with pytest.raises(Malformed, match="not of the same cases"):
        compare(whatif(files, OFFICE, at=at_), whatif(files[:1], OFFICE, at=at_))
