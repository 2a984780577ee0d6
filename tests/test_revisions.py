"""A chart outlives its code: what was done under one revision is read, counted and judged by another.

No test here needs a country; see `test_no_country`, which plays them without one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given, settings, strategies as st
from tests.revised import (
    ACTS,
    ASKS,
    EVERYBODY,
    LIMITS,
    REVISIONS,
    Decide,
    DeemRefused,
    Examine,
    Extend,
    First,
    Inspect,
    Second,
    Third,
    edition,
    law_of,
    office_after,
    office_of,
)
from tests.tiny.charts import MAYOR
from tests.tiny.country import calendar

import openakimat as oa
from openakimat.adapters import memory, sql
from openakimat.case.act import VOCABULARY
from openakimat.case.acts import Lapse, Move, Rectify
from openakimat.case.forgotten import Forgotten
from openakimat.case.people import LAW
from openakimat.case.record import Record
from openakimat.chart.clock import Clock
from openakimat.chart.form import read_form, with_form
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import STRUCK
from openakimat.chart.table import Guard, Table
from openakimat.dated import Dated, Evidence
from openakimat.desk import Wakeup
from openakimat.errors import Malformed, NotAllowed
from openakimat.judgement.deadlines import deadlines, next_wakeup, not_judged, rounds
from openakimat.judgement.replay import replay
from openakimat.judgement.running import after, follow
from openakimat.law.law import Choice, Reading
from openakimat.trail.canonical import canonical
from openakimat.trail.codec import plain, read
from openakimat.trail.seal import FIRST, Sealed, read_case, seal, unseal

TABLES = {chart.table.under: chart.table for chart in REVISIONS}

START = datetime.fromisoformat("2026-02-02T10:00+01:00")


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"2026-{day}T10:00+01:00")


def desk_of(office: oa.Office, journal: Any) -> oa.Desk:
    return oa.Desk(office, journal=journal, numbers=memory.Numbers())


def filed(journal: Any, *charts: type[Procedure] | Any, n_acts: int = 2) -> oa.Case:
    """A licence applied for, registered and examined under the first chart, or that given."""
    desk = desk_of(office_of(*(charts or (First,))), journal)
    case = desk.open("licence", at=at("02-02"), by=ASKS, id="L")
    acts = [("02-03", oa.Register("1")), ("02-04", Examine("who lives there?"))][:n_acts]
    for day, act in acts:
        case = desk.perform("L", act, at=at(day), by=EVERYBODY)
    return case


def limits_of(desk: oa.Desk) -> dict[str, date | None]:
    return {one.limit: one.last_day for one in desk.deadlines("L")}


# -- whatever was lived, replay makes the same of it -----------------------------------

_DOINGS: tuple[Any, ...] = (
    oa.Register("7"),
    Examine("who lives there?"),
    Inspect("the yard"),
    oa.Pause("weather", "snow"),
    oa.Pause("whim"),
    oa.Resume(),
    Extend(date(2026, 4, 1), "far away"),
    Extend(date(2026, 3, 2)),
    Decide("granted"),
    oa.Reopen("appeal", "fresh"),
    oa.Reopen("appeal", "continue"),
    Rectify(3, Examine("who sleeps there?"), "a slip"),
    None,  # time alone
)

_BEGUN = [(0, 1, oa.Register("7")), (0, 1, Examine("who lives there?"))]

STEPS = st.builds(
    lambda n, rest: [*_BEGUN[:n], *rest],
    st.integers(0, 2),
    st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from((0, 1, 1, 2, 12)), st.sampled_from(_DOINGS)),
        max_size=12,
    ),
)
"""Whose desk, how many days later, and what is put to the case there."""


def live(steps: list[tuple[int, int, Any]], journal: Any) -> list[oa.Case]:
    """A life lived at desks of all three revisions, as it was after each step."""
    desks = [desk_of(office_after(n), journal) for n in range(3)]
    told = [desks[0].open("licence", topic="a stall", at=START, by=ASKS, id="L")]
    now = START
    for which, days, act in steps:
        now += timedelta(days=days, minutes=1)
        with suppress(oa.Refusal):
            if act is None:
                told.append(desks[which].lapse("L", at=now))
            else:
                told.append(desks[which].perform("L", act, at=now, by=EVERYBODY))
    return told


@given(STEPS)
def test_any_prefix_read_by_a_desk_of_any_revision_is_the_case_that_deciding_made(
    steps: Any,
) -> None:
    journal = memory.Journal()
    told = {len(case.records): case for case in live(steps, journal)}
    rows = list(journal.read("L"))
    records = [unseal(row) for row in rows]
    for n in range(3):
        desk, office = desk_of(office_after(n), journal), office_after(n).knowing(TABLES)
        folded = None
        for length in range(1, len(rows) + 1):
            case, _ = read_case("L", rows[:length], desk._files.chart)
            assert case == replay("L", records[:length], office=office)
            assert case == told.get(length, case)
            folded = after(folded, records[length - 1]) if folded else follow(case, office=office)
            assert folded.case == case
            for question in (deadlines, rounds, next_wakeup, not_judged):
                assert question(folded, office=office) == question(case, office=desk.office)
    assert desk.verify().intact


@pytest.mark.thorough  # how far random lives come is a matter of how many there are
def test_such_lives_come_to_every_stage_and_through_every_revision() -> None:
    stages: set[str] = set()
    unders: set[str] = set()
    acts: set[str] = set()

    @settings(max_examples=1_500)
    @given(STEPS)
    def live_on(steps: Any) -> None:
        for case in live(steps, memory.Journal()):
            stages.add(case.stage)
            unders.add(case.under)
            acts.update(record.act.tag for record in case.records)

    live_on()
    assert stages == {stage for table in TABLES.values() for stage in table.stages}
    assert unders == set(TABLES)
    assert acts >= {kind.tag for kind in ACTS} | {"move", "rectify", "reopen", "pause", "resume"}


def _raising(table: Table) -> Table:
    """The same chart, of which no guard may be asked."""

    def never(case: Any, act: Any, circumstances: Any) -> bool:  # noqa: ARG001 - a guard
        raise AssertionError("a guard was asked")

    def mute(guards: tuple[Guard, ...]) -> tuple[Guard, ...]:
        return tuple(attrs.evolve(guard, holds=never) for guard in guards)

    rows = {
        where: tuple(attrs.evolve(row, guards=mute(row.guards)) for row in way)
        for where, way in table.rows.items()
    }
    return with_form(attrs.evolve(table, rows=rows))


@contextmanager
def forgotten(*kinds: type[oa.Act]) -> Iterator[None]:
    """The classes of these acts are gone from the code."""
    with pytest.MonkeyPatch.context() as patch:
        for kind in kinds:
            patch.delitem(VOCABULARY, kind.tag)
        yield


@given(STEPS)
def test_replay_asks_no_guard(steps: Any) -> None:
    journal = memory.Journal()
    case = live(steps, journal)[-1]
    for chart in REVISIONS:
        table = _raising(chart.table)
        assert table.under == chart.table.under
        desk = desk_of(office_of(table), journal)
        assert len(desk.case("L").records) >= len(case.records)
        desk.deadlines("L")
        desk.docket(at=at("10-01"))
        assert desk.verify().intact


@given(STEPS)
def test_replay_needs_no_class_of_the_country(steps: Any) -> None:
    journal = memory.Journal()
    live(steps, journal)
    desk = desk_of(office_of(), journal)  # a law that has no procedure at all
    case, ends, wakes = desk.case("L"), desk.deadlines("L"), desk.next_wakeup()
    with forgotten(*ACTS):
        desk = desk_of(office_of(), journal)  # one that remembers no class of an act
        again = desk.case("L")
        assert desk.deadlines("L") == ends
        assert desk.next_wakeup() == wakes
        assert desk.verify().intact
        assert str(again) == str(case)
    gone = {kind.tag for kind in ACTS}
    for was, now in zip(case.records, again.records, strict=True):
        assert (type(now.act) is Forgotten) == (was.act.tag in gone)
        assert attrs.evolve(now, act=was.act) == was


# -- "the name of a chart is the digest of its plain form" ------------------------------


def test_a_chart_is_named_by_the_digest_of_all_that_becomes_of_a_case() -> None:
    name, _, digest = First.table.under.partition("@")
    assert (name, digest) == ("licence/charter", hashlib.sha256(First.table.form).hexdigest())


def test_another_citation_is_no_other_chart() -> None:
    class Cited(First):
        """The same, better cited."""

        examine = oa.step(
            Examine,
            First.registered.to(First.examined),
            by=MAYOR,
            source="Charter 2, part 1",
        )

    # A step told again stands last; the order of rows is part of the form.
    order = dict.fromkeys((*First.table.rows, *Cited.table.rows))
    rows = {where: Cited.table.rows[where] for where in order}
    assert with_form(attrs.evolve(Cited.table, rows=rows)).under == First.table.under


def test_another_order_of_clocks_or_stages_is_another_chart() -> None:
    table = First.table
    clocks = dict(reversed([*table.clocks.items()]))
    names = {
        table.under,
        with_form(attrs.evolve(table, clocks=clocks)).under,
        with_form(attrs.evolve(table, stages=table.stages[::-1])).under,
    }
    assert len(names) == 3


@pytest.mark.parametrize("changed", [{"code": "extend.other"}, {"values": {"far": "Charter 4"}}])
def test_a_guard_of_another_code_or_other_values_makes_another_chart(changed: Any) -> None:
    where = ("examined", "revised-extend")
    (row,) = First.table.rows[where]
    guard = attrs.evolve(row.guards[0], **changed)
    rows = {**First.table.rows, where: (attrs.evolve(row, guards=(guard,)),)}
    assert with_form(attrs.evolve(First.table, rows=rows)).under != First.table.under


@pytest.mark.parametrize("chart", REVISIONS)
def test_a_chart_is_read_from_its_form_as_it_was_but_for_guards_and_citations(chart: Any) -> None:
    table = chart.table
    stored = read_form(table.form, under=table.under)
    for field in ("procedure", "law", "initial", "stages", "final", "clocks", "moves", "acts"):
        assert getattr(stored, field) == getattr(table, field), field
    assert list(stored.clocks) == list(table.clocks)
    assert list(stored.rows) == list(table.rows)
    for where, way in table.rows.items():
        plain = tuple(attrs.evolve(row, guards=(), source="") for row in way)
        assert stored.rows[where] == plain
    assert stored.stored


# -- "the form is kept in the journal, and verify holds it against its name" ------------


@pytest.fixture(params=["memory", "sql"])
def journal(request: pytest.FixtureRequest) -> Iterator[Any]:
    kept = memory.Journal() if request.param == "memory" else sql.Journal("sqlite://")
    yield kept
    if isinstance(kept, sql.Journal):
        kept.close()


def alter_form(journal: Any, name: str, body: bytes | None) -> None:
    """Put other bytes for a form behind the journal's back, or none."""
    if isinstance(journal, memory.Journal):
        journal._forms = {known: of for known, of in journal._forms.items() if known != name}
        if body is not None:
            journal._forms[name] = body
        return
    at = journal.form_table
    with journal.connected() as connection:
        asked = at.update().values(body=body) if body is not None else at.delete()
        connection.execute(asked.where(at.c.name == name))


def charts_of(journal: Any) -> list[str]:
    """The charts that a journal keeps, beside the law that its office opened cases under."""
    return [name for name in journal.forms() if not name.startswith("law/")]


def test_a_chart_is_kept_once_with_the_first_record_that_names_it(journal: Any) -> None:
    filed(journal)
    assert charts_of(journal) == [First.table.under]
    desk_of(office_after(1), journal).perform("L", Inspect(), at=at("02-05"), by=EVERYBODY)
    desk_of(office_after(0), journal).perform(
        "L", Extend(date(2026, 3, 3), "far"), at=at("02-06"), by=EVERYBODY
    )
    assert charts_of(journal) == [First.table.under, Second.table.under]
    assert journal.form(First.table.under) == First.table.form


def test_a_chart_is_no_case(journal: Any) -> None:
    filed(journal)
    desk = desk_of(office_after(2), journal)
    assert list(journal.cases()) == ["L"]
    assert str(desk.verify()) == "intact: 3 records, 1 case"


def test_a_chart_removed_from_the_journal_is_missed(journal: Any) -> None:
    filed(journal)
    alter_form(journal, First.table.under, None)
    # By the desk too that has the chart in its code: the next may have it no more.
    for revision in range(3):
        verdict = desk_of(office_after(revision), journal).verify()
        assert [(one.kind, one.at_record) for one in verdict.broken] == [("unread", 1)]
    assert desk_of(office_after(2), journal).broken()[0].code == "trail.unknown-table"


def _forged(**over: Any) -> bytes:
    plain = json.loads(First.table.form)
    clock = plain["clocks"][0]
    fields = [field.name for field in attrs.fields(Clock)]
    for name, value in over.items():
        clock[fields.index(name)] = value
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    "over", [{"principal": False}, {"window": True}, {"on_lapse": "lapse"}, {"stops": ["receive"]}]
)
def test_whatever_is_forged_in_a_stored_chart_is_told(journal: Any, over: dict[str, Any]) -> None:
    filed(journal)
    assert _forged() == First.table.form
    alter_form(journal, First.table.under, _forged(**over))
    desk = desk_of(office_after(2), journal)
    assert "does not bear its name" in str(desk.verify())
    assert [one.code for one in desk.broken()] == ["trail.altered-chart"]
    assert [one.standing for one in desk.docket(at=at("02-05"))] == [oa.Standing.BROKEN]


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"\xff", b'{"chart":1}', b"[" * 100_000])
def test_what_is_no_chart_is_told_as_that(journal: Any, body: bytes) -> None:
    filed(journal)
    alter_form(journal, First.table.under, body)
    desk = desk_of(office_after(2), journal)
    assert not desk.verify().intact
    assert [one.code for one in desk.broken()] == ["trail.altered-chart"]


# -- "a chart outlives its code" --------------------------------------------------------


def test_a_step_added_leaves_what_was_done_as_it_was_and_is_open_at_once() -> None:
    journal = memory.Journal()
    case = filed(journal)
    desk = desk_of(office_after(1), journal)
    assert desk.case("L") == case
    case = desk.perform("L", Inspect(), at=at("02-05"), by=EVERYBODY)
    assert [record.under for record in case.records] == [First.table.under] * 3 + [
        Second.table.under
    ]


def test_an_act_of_which_the_class_is_gone_is_read_as_its_tag_and_its_fields() -> None:
    journal = memory.Journal()
    filed(journal)
    desk = desk_of(office_of(), journal)
    with forgotten(Examine):
        act = desk.case("L").records[-1].act
        assert isinstance(act, Forgotten)
        assert (act.tag, act.fields) == (Examine.tag, {"remark": "who lives there?"})
        assert desk.verify().intact
        assert limits_of(desk) == {
            "licence.inquiry": date(2026, 2, 11),
            "licence.decision": date(2026, 2, 16),
        }


def test_an_extension_of_which_the_class_is_gone_extends_all_the_same() -> None:
    journal = memory.Journal()
    filed(journal)
    first = desk_of(office_after(0), journal)
    first.perform("L", Extend(date(2026, 3, 3), "far"), at=at("02-06"), by=EVERYBODY)
    desk = desk_of(office_of(), journal)
    with forgotten(Extend, Decide):
        assert limits_of(desk)["licence.decision"] == date(2026, 3, 3)


def test_a_lapse_of_which_the_class_is_gone_is_still_one() -> None:
    journal = memory.Journal()
    filed(journal)
    assert desk_of(office_after(0), journal).lapse("L", at=at("03-02")).stage == "refused"
    desk = desk_of(office_of(), journal)
    with forgotten(*ACTS):
        assert desk.case("L").stage == "refused"
        assert desk.next_wakeup() is None
        assert desk.docket(at=at("03-02"))[0].standing == oa.Standing.LATE


def test_a_correction_of_an_act_of_which_the_class_is_gone_is_read() -> None:
    journal = memory.Journal()
    filed(journal)
    first = desk_of(office_after(0), journal)
    first.perform(
        "L", Rectify(3, Examine("who sleeps there?"), "a slip"), at=at("02-05"), by=EVERYBODY
    )
    desk = desk_of(office_of(), journal)
    with forgotten(Examine):
        case = desk.case("L")
        assert desk.verify().intact
    assert isinstance(case.records[2].act, Forgotten)
    assert case.records[2].act.fields == {"remark": "who sleeps there?"}


@attrs.frozen
class Numbered(oa.Applicant):
    """An applicant of a country that gives its people numbers."""

    passport: str = ""


@pytest.mark.parametrize("of_first_edition", [False, True])
def test_an_applicant_of_a_country_that_is_not_loaded_is_read_as_any_applicant(
    *, of_first_edition: bool
) -> None:
    who = Numbered(name="Karlo", id="karlo", passport="N 77")
    received = oa.Receive(topic="a stall", applicant=who)
    told = Record(1, START, "karlo", "applicant", received, "filed", First.table.under)
    row = seal("L", told, salt=memory.Journal().salt)
    if of_first_edition:
        body = canonical({**plain(told), "case": "L", "prev": FIRST.hex()})
        row = Sealed("L", 1, body, hashlib.sha256(b"\0" + body).digest())
    assert unseal(row).act == received
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in oa.Applicant.kinds if name.endswith("Numbered")]:
            patch.delitem(oa.Applicant.kinds, name)
        assert unseal(row).act == oa.Receive(
            topic="a stall", applicant=oa.Applicant("Karlo", id="karlo")
        )
        # What stands in the bytes is lost to nobody, and a host may send no such field.
        assert b"N 77" in row.body + row.private
        sent = {"is": "receive", "v": 1, "applicant": {"name": "Karlo", "passport": "N 77"}}
        with pytest.raises(Malformed, match="passport: there is no such field"):
            read(sent, oa.Act)


# -- "a corrected chart recounts old records, another wording does not" -----------------


class StopsEarlier(First):
    """The inquiry was over with the registration all along: the chart had forgotten the stop."""

    to_inquire = oa.Clock("licence.inquiry", starts=oa.Receive, stops=(oa.Register, Decide))


class OtherWording(First):
    """The same, as another wording of the charter has it."""

    law = "charter-2"
    to_decide = oa.Clock(
        "licence.decision",
        starts=oa.Receive,
        stops=(oa.Register, Decide, DeemRefused),
        on_lapse=DeemRefused,
        principal=True,
    )


class StopsAtRegistration(First):
    """The same correction within the wording."""

    to_decide = OtherWording.declaration.clocks["to_decide"]


def _office_of_both(first: date, *, by_opening: bool = False) -> oa.Office:
    """An office under two wordings of the charter, the second from a day on."""
    limits = {
        key: Dated(key, (edition(limit), edition(limit, "charter-2", first)))
        for key, limit in LIMITS.items()
    }
    both = Dated("licence", (edition(First.table), edition(OtherWording.table, "charter-2", first)))
    wordings = Dated("wordings", (edition("charter"), edition("charter-2", "charter-2", first)))
    choices = {name: Choice(name, {}, "x", Evidence.CONFIRMED) for name in ("act", "opening")}
    governing = Reading("governing", {}, "opening" if by_opening else "act", choices)
    pack = attrs.evolve(
        law_of(),
        limits=limits,
        procedures={"licence": both},
        wordings=wordings,
        readings={"governing": governing},
    )
    return oa.Office(oa.Body("eta", {}), calendar(), pack)


def test_a_corrected_chart_recounts_what_was_done_under_the_old_one() -> None:
    journal = memory.Journal()
    filed(journal, n_acts=1)
    before = desk_of(office_after(0), journal).deadlines("L")
    after_it = desk_of(office_of(StopsAtRegistration), journal).deadlines("L")
    assert [one.stopped_at for one in before] == [None]
    assert [one.stopped_at for one in after_it] == [at("02-03")]


def test_another_wording_recounts_nothing() -> None:
    journal = memory.Journal()
    filed(journal, n_acts=1)
    desk = desk_of(_office_of_both(date(2026, 2, 4)), journal)
    assert [one.stopped_at for one in desk.deadlines("L")] == [None]
    case = desk.perform("L", Examine(), at=at("02-05"), by=EVERYBODY)
    assert [record.under.partition("@")[0] for record in case.records] == [
        "licence/charter", "licence/charter", "licence/charter-2"
    ]  # fmt: skip
    assert [one.stopped_at for one in desk.deadlines("L")] == [None, None]


# -- "a running clock that was struck out stops with the first act, and is told as such" --


def test_a_clock_struck_out_runs_until_the_first_act_under_the_new_chart_and_says_so_then() -> None:
    journal = memory.Journal()
    filed(journal)
    desk = desk_of(office_after(1), journal)
    inquiry = next(one for one in desk.deadlines("L") if one.limit == "licence.inquiry")
    assert (inquiry.stopped_at, inquiry.struck_out) == (None, False)
    desk.perform("L", Inspect(), at=at("02-05"), by=EVERYBODY)
    inquiry = next(one for one in desk.deadlines("L") if one.limit == "licence.inquiry")
    assert (inquiry.stopped_at, inquiry.struck_out) == (at("02-05"), True)
    # Nobody is late by it: neither now nor when its day has come and gone.
    assert desk.docket(at=at("02-12"))[0].breaches == ()
    assert desk.lapse("L", at=at("02-12")).records[-1].act == Inspect()


def test_a_clock_stopped_before_it_was_struck_out_is_not_told_as_struck_out() -> None:
    journal = memory.Journal()
    filed(journal)
    desk_of(office_after(0), journal).perform("L", Decide("granted"), at=at("02-05"), by=EVERYBODY)
    desk = desk_of(office_after(1), journal)
    desk.perform("L", oa.Reopen("appeal", "none"), at=at("02-06"), by=EVERYBODY)
    inquiry = next(one for one in desk.deadlines("L") if one.limit == "licence.inquiry")
    assert (inquiry.stopped_at, inquiry.struck_out) == (at("02-05"), False)


def test_a_clock_added_later_does_not_start_for_a_case_past_its_start() -> None:
    journal = memory.Journal()
    filed(journal, n_acts=1)  # the registration starts the new clock, had there been one
    desk = desk_of(office_after(1), journal)
    assert list(limits_of(desk)) == ["licence.decision"]
    desk.perform("L", Examine(), at=at("02-04"), by=EVERYBODY)
    assert limits_of(desk)["licence.inspection"] == date(2026, 2, 10)


def test_a_rollback_is_seen_though_the_case_ends_under_the_chart_it_began_with() -> None:
    """First, second, first: the inspection counts by the second, and by no other."""
    journal = memory.Journal()
    filed(journal)
    desk_of(office_after(1), journal).perform("L", Inspect(), at=at("02-05"), by=EVERYBODY)
    desk = desk_of(office_after(0), journal)
    case = desk.perform("L", Extend(date(2026, 3, 3), "far"), at=at("02-06"), by=EVERYBODY)
    assert case.records[0].under == case.under != case.records[3].under
    told = {one.limit: (one.struck_out, one.stopped_at) for one in desk.deadlines("L")}
    # Struck out by the second chart, it does not run on under the first.
    assert told["licence.inquiry"] == (True, at("02-05"))
    assert desk.verify().intact


# -- "is the wording or the stage gone, the case is read, counted, and not judged" ------


def _code_of(desk: oa.Desk, act: oa.Act, day: str = "02-05") -> str:
    refusal = desk.may("L", act, at=at(day), by=EVERYBODY)
    assert isinstance(refusal, NotAllowed)
    with pytest.raises(NotAllowed) as no:
        desk.perform("L", act, at=at(day), by=EVERYBODY)
    assert no.value.code == refusal.code
    return refusal.code


class Renamed(First):
    """The stage `examined` is called otherwise, and nobody says where its cases go."""

    examined = STRUCK
    considered = oa.Stage()
    examine = oa.step(Examine, First.registered.to(considered), by=MAYOR, source="2")
    pause = STRUCK
    resume = STRUCK
    extend = STRUCK
    decide = oa.step(Decide, considered.to(First.decided), by=MAYOR, source="Charter 5")
    deem_refused = oa.step(DeemRefused, First.refused.after(considered), by=LAW, source="7")


@pytest.mark.parametrize(
    ("office", "code"),
    [
        (office_of(), "chart.no-procedure"),
        (office_of(Renamed), "chart.no-stage"),
    ],
)
def test_a_case_whose_chart_is_gone_is_read_and_counted_and_takes_no_act(
    office: oa.Office, code: str
) -> None:
    journal = memory.Journal()
    case = filed(journal)
    desk = desk_of(office, journal)
    assert desk.case("L") == case
    assert limits_of(desk) == {
        "licence.inquiry": date(2026, 2, 11),
        "licence.decision": date(2026, 2, 16),
    }
    assert _code_of(desk, Decide("granted")) == code
    assert _code_of(desk, oa.Pause("weather")) == code
    assert desk.docket(at=at("02-05"))[0].standing == oa.Standing.OPEN
    # What runs out is only recorded: the law refuses nothing by a chart that is gone.
    lapsed = desk.lapse("L", at=at("02-20"))
    assert [type(one.act) for one in lapsed.records[3:]] == [Lapse, Lapse]
    assert (lapsed.stage, lapsed.under) == (case.stage, case.under)
    assert desk.docket(at=at("02-20"))[0].standing == oa.Standing.OVERDUE
    assert desk.verify().intact


def test_a_case_of_a_wording_that_is_gone_takes_no_act_where_its_opening_governs() -> None:
    journal = memory.Journal()
    both = _office_of_both(date(2026, 2, 4), by_opening=True)
    desk_of(both, journal).open("licence", at=at("02-02"), by=ASKS, id="L")
    gone = Dated("licence", (both.pack.procedures["licence"].editions[1],))
    pack = attrs.evolve(both.pack, procedures={"licence": gone})
    desk = desk_of(oa.Office(both.body, both.calendar, pack), journal)
    assert _code_of(desk, oa.Register("1")) == "chart.no-wording"
    assert limits_of(desk) == {"licence.decision": date(2026, 2, 16)}
    assert any("no wording 'charter'" in str(fault) for fault in desk.missing())
    lapsed = desk.lapse("L", at=at("02-20"))
    assert [type(one.act) for one in lapsed.records[1:]] == [Lapse]


def test_a_move_is_a_record_by_the_law_and_then_acts_go_on() -> None:
    journal = memory.Journal()
    filed(journal)
    desk = desk_of(office_after(2), journal)
    assert desk.may("L", Decide("granted"), at=at("02-05"), by=EVERYBODY) is None
    case = desk.perform("L", Decide("granted"), at=at("02-05"), by=EVERYBODY)
    moved, decided = case.records[3:]
    assert (moved.act, moved.by, moved.role, moved.stage) == (
        Move("examined"),
        "law",
        "law",
        "considered",
    )
    # As of the last record: it stood under that name since then; kept when the case was asked for.
    assert (moved.at, moved.entered) == (at("02-04"), at("02-05"))
    assert moved.under == Third.table.under
    assert (decided.act, decided.stage) == (Decide("granted"), "decided")
    assert desk.verify().intact


def test_nobody_moves_a_case_by_hand() -> None:
    journal = memory.Journal()
    filed(journal)
    desk = desk_of(office_after(1), journal)
    assert _code_of(desk, Move("examined")) == "act.not-available"


# -- "a limit that a stored chart names and the law has not any more is not judged" -----


def test_a_missing_limit_is_not_judged_and_stops_nothing() -> None:
    journal = memory.Journal()
    filed(journal)
    desk = desk_of(office_of(Second, but="licence.inquiry"), journal)
    assert [str(one) for one in desk.missing()] == [
        f"{First.table.under[:28]}: no limit 'licence.inquiry' any more"
    ]
    assert list(limits_of(desk)) == ["licence.decision"]
    (line,) = desk.docket(at=at("02-05"))
    assert (line.standing, "licence.inquiry" in line.why) == (oa.Standing.OPEN, True)
    assert desk.next_wakeup() == Wakeup(at("02-17").replace(hour=0), "L")
    desk.perform("L", Extend(date(2026, 2, 16), "far"), at=at("02-05"), by=EVERYBODY)
    assert desk.lapse("L", at=at("02-18")).stage == "refused"
    assert desk.verify().intact


def test_a_case_whose_principal_limit_is_missing_is_not_judged() -> None:
    journal = memory.Journal()
    filed(journal)
    desk = desk_of(office_of(but="licence.decision"), journal)
    (line,) = desk.docket(at=at("04-05"))
    assert (line.standing, line.days_left, line.days_late) == (oa.Standing.NOT_JUDGED, None, 0)
    assert "licence.decision" in line.why


def test_a_desk_of_the_chart_and_law_of_the_journal_misses_nothing() -> None:
    journal = memory.Journal()
    filed(journal)
    assert desk_of(office_after(0), journal).missing() == ()
