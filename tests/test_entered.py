"""What was done in time and entered after the law had acted takes the place of that lapse."""

from __future__ import annotations

from datetime import datetime

import attrs
import pytest
from tests.tiny.charts import MAYOR, SCRIBE, Answer, Contest, DeemGranted, Petition, Settle
from tests.tiny.country import office

import openakimat as oa
from openakimat.adapters import memory
from openakimat.case.record import Record
from openakimat.errors import BrokenTrail, Malformed
from openakimat.judgement.docket import Standing
from openakimat.judgement.past import known_by, open_on
from openakimat.judgement.replay import replay
from openakimat.trail.seal import unseal

KARLO = oa.Applicant("Karlo")
SARA, MARKO = oa.Official("sara", {SCRIBE}), oa.Official("marko", {MAYOR})
ANSWER = Answer(granted=False, reason="no room; entered late, the scribe was ill")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}+01:00")


LAPSED, ENTERED = at("03-18T00:00"), at("03-18T09:30")
"""The first instant past the term of a petition of 2 March, and the morning after."""


@pytest.fixture
def desk() -> oa.Desk:
    return oa.Desk(office(), journal=memory.Journal(), numbers=memory.Numbers())


@pytest.fixture
def silent(desk: oa.Desk) -> str:
    """A petition that silence has granted."""
    case = desk.open(Petition, topic="a bench", by=KARLO, at=at("03-02T10:00"))
    desk.perform(case.id, oa.Register(), by=SARA, at=at("03-03T09:30"))
    lapsed = desk.lapse(case.id, at=LAPSED)
    assert ("granted", LAPSED) == (lapsed.stage, lapsed.records[-1].at)
    return case.id


def late(desk: oa.Desk, case: str, act: oa.Act = ANSWER, when: str = "03-17T17:00") -> oa.Case:
    return desk.perform(case, act, by=MARKO, at=at(when), entered=ENTERED)


def test_the_act_stands_in_the_place_of_the_lapse_which_stays_sealed(
    desk: oa.Desk, silent: str
) -> None:
    case = late(desk, silent)
    assert ["receive", "register", "tiny-answer"] == [one.act.tag for one in case.records]
    assert ("answered", 4, 4) == (case.stage, case.records[-1].no, case.n_sealed)
    assert [DeemGranted] == [type(one.act) for one in case.overtaken]
    assert [1, 2, 3, 4] == [unseal(row).no for row in desk.journal.read(silent)]
    assert desk.verify().intact
    assert () == desk.notices(silent)
    assert "tiny-deem-granted law, overtaken" in str(case)
    assert "tiny-answer      mayor, entered 2026-03-18 09:30" in str(case)


def test_the_docket_tells_what_was_known_then_and_what_is_known_since(
    desk: oa.Desk, silent: str
) -> None:
    late(desk, silent)
    for when, stage, standing, told in (
        (at("03-17T18:00"), "registered", Standing.DUE_SOON, False),
        (at("03-18T09:00"), "granted", Standing.LATE, False),
        (ENTERED, "answered", Standing.IN_TIME, True),
    ):
        (line,) = desk.docket(at=when)
        assert (stage, standing, told) == (line.stage, line.standing, line.entered_late)
    before = known_by(desk.case(silent), at("03-18T09:00"))
    assert before is not None
    assert ["receive", "register", "tiny-deem-granted"] == [one.act.tag for one in before.records]
    assert ["petition.answer"] == [
        one.limit for one in open_on(desk.case(silent), at("03-17T18:00"), office=desk.office)
    ]


def test_every_prefix_replayed_is_the_case_as_it_was_decided(desk: oa.Desk) -> None:
    """Answered late, settled by time, taken back by a contest... each step as it was returned."""
    case = desk.open(Petition, by=KARLO, at=at("03-02T10:00"))
    steps = [case, desk.perform(case.id, oa.Register(), by=SARA, at=at("03-03T09:30"))]
    steps.append(desk.lapse(case.id, at=LAPSED))
    steps.append(late(desk, case.id))
    steps.append(desk.lapse(case.id, at=at("05-20T10:00")))
    assert Settle is type(steps[-1].records[-1].act)
    records = [unseal(row) for row in desk.journal.read(case.id)]
    for n, step in enumerate(steps, start=1):
        assert step == replay(case.id, records[:n], office=desk.office)
    again = oa.Desk(office(), journal=desk.journal, numbers=memory.Numbers())
    assert steps[-1] == again.case(case.id)
    assert desk.deadlines(case.id) == again.deadlines(case.id)


def test_a_lapse_that_the_act_does_not_stop_is_found_again(desk: oa.Desk) -> None:
    case = desk.open(Petition, by=KARLO, at=at("03-02T10:00")).id
    desk.lapse(case, at=LAPSED)
    assert (
        "registered"
        == desk.perform(case, oa.Register(), by=SARA, at=at("03-17T09:30"), entered=ENTERED).stage
    )
    wakeup = desk.next_wakeup()
    assert wakeup is not None
    assert (LAPSED, case) == (wakeup.at, wakeup.case)
    # And the answer of the same evening takes the place of the second as it would of the first.
    assert ("granted", 4) == ((again := desk.lapse(case, at=ENTERED)).stage, again.n_sealed)
    done = late(desk, case)
    assert ("answered", 2) == (done.stage, len(done.overtaken))
    assert desk.verify().intact


@pytest.mark.parametrize(
    ("entered", "by", "when"),
    [
        (None, MARKO, "03-17T17:00"),
        (at("03-17T18:00"), MARKO, "03-17T17:00"),  # known before the lapse: then why the lapse?
        (ENTERED, MARKO, "03-03T09:00"),  # before what a person did
    ],
)
def test_nothing_else_goes_before_the_last_record(
    desk: oa.Desk, silent: str, entered: datetime | None, by: oa.Official, when: str
) -> None:
    with pytest.raises(oa.NotAllowed) as said:
        desk.perform(silent, ANSWER, by=by, at=at(when), entered=entered)
    assert said.value.code in {"act.before-last", "act.not-available"}
    asked = desk.may(silent, ANSWER, by=by, at=at(when), entered=entered)
    assert said.value.code == getattr(asked, "code", "")
    assert 3 == desk.case(silent).n_sealed


def test_an_applicant_enters_nothing_late(desk: oa.Desk) -> None:
    case = desk.open(Petition, by=KARLO, at=at("03-02T10:00")).id
    desk.perform(case, oa.Register(), by=SARA, at=at("03-03T09:30"))
    desk.perform(case, ANSWER, by=MARKO, at=at("03-06T10:00"))
    settled = desk.lapse(case, at=at("04-08T00:00"))
    assert "settled" == settled.stage
    when, entered = at("04-06T10:00"), at("04-09T10:00")
    refused = desk.may(case, Contest("review"), by=KARLO, at=when, entered=entered)
    assert "act.not-available" == getattr(refused, "code", "")


def test_where_there_is_a_place_for_a_reason_there_is_one(desk: oa.Desk, silent: str) -> None:
    with pytest.raises(Malformed) as said:
        late(desk, silent, Answer(granted=True, reason=" "))
    assert ["reason"] == [fault.path for fault in said.value.faults]
    assert 3 == desk.case(silent).n_sealed


def test_an_act_refused_leaves_the_lapse_as_it_is(desk: oa.Desk, silent: str) -> None:
    with pytest.raises(oa.Refusal):
        desk.perform(silent, ANSWER, by=SARA, at=at("03-17T17:00"), entered=ENTERED)
    assert ("granted", 3) == (desk.case(silent).stage, desk.case(silent).n_sealed)


def test_no_trail_is_believed_that_goes_back_otherwise(desk: oa.Desk, silent: str) -> None:
    late(desk, silent)
    *before, last = (unseal(row) for row in desk.journal.read(silent))
    assert "answered" == replay(silent, [*before, last], office=desk.office).stage
    forged: list[Record] = [
        attrs.evolve(last, entered=None),
        attrs.evolve(last, entered=at("03-17T18:00")),
        attrs.evolve(last, at=at("03-03T09:00")),
        attrs.evolve(last, role="applicant"),
        attrs.evolve(last, role="law"),
    ]
    for record in forged:
        with pytest.raises(BrokenTrail):
            replay(silent, [*before, record], office=desk.office)
