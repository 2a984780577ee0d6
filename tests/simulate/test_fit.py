"""An office fitted to a log: what the log was made of is found, thin logs are refused, draws are like it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import attrs
import numpy as np
import pytest
from typer.testing import CliRunner

from openakimat import Desk, Register, kz, register
from openakimat.__main__ import app
from openakimat.adapters import memory
from openakimat.case.acts import Receive
from openakimat.case.people import Applicant, Official
from openakimat.errors import Fault, Malformed
from openakimat.kz.roles import REGISTRAR
from openakimat.register.files.sources import read_events
from openakimat.simulate.demand import Demand
from openakimat.simulate.engines.minutes import compile_minutes
from openakimat.simulate.engines.streams import Spread, stream
from openakimat.simulate.events import Event, events_of
from openakimat.simulate.experiment import run_scenarios
from openakimat.simulate.fit import LEVEL, Fitted, Step, fit
from openakimat.simulate.scenario import numbers, read_scenario

EXAMPLES = Path(__file__).parents[2] / "examples"
RECEIPT = Path(__file__).parents[3] / "shared" / "data" / "receipt.csv"
OFFICE = kz.office("khromtau")
DAYS = compile_minutes(OFFICE.calendar, date(2025, 1, 6), date(2025, 12, 31))
TRUE = Fitted(
    "truth",
    1,
    date(2025, 1, 6),
    date(2025, 12, 31),
    Demand(8.0, by_weekday=(2, 1, 1, 1, 0.5, 0, 0)),
    1.0,
    {("come", "look", "answer"): 3, ("come", "answer"): 1},
    {
        "look": Step(Spread(300, 0.8), 0),
        "answer": Step(Spread(90, 0.5, shape="gamma"), 0),
    },
    {"look": {"a": 1, "b": 3}},
)


@cache
def log() -> list[Event]:
    return [*TRUE.draw(DAYS, seed=1)]


def fitted(events: list[Event], **how: bool) -> Fitted:
    return fit(events, OFFICE.calendar, source="the log", **how)


# -- what is found --------------------------------------------------------------------


def test_what_a_log_was_made_of_is_found() -> None:
    of = fitted(log())
    assert 1500 < of.n_cases == len({one.case for one in log()})
    look, answer = of.steps["look"], of.steps["answer"]
    assert ("lognormal", "gamma") == (look.shape, answer.shape)
    assert min(look.p, answer.p, of.p) >= LEVEL
    assert look.spread.mean == pytest.approx(300, rel=0.06)
    assert answer.spread.mean == pytest.approx(90, rel=0.04)
    assert (look.spread.cv, answer.spread.cv) == pytest.approx((0.8, 0.5), rel=0.08)
    rates = np.array(of.demand.by_weekday) * of.demand.per_day
    assert rates.tolist() == pytest.approx([16, 8, 8, 8, 4, 0, 0], rel=0.15)
    assert 24 == len(of.demand.by_hour)
    assert not of.demand.closed_days
    assert 0.75 == pytest.approx(of.routes["come", "look", "answer"] / of.n_cases, abs=0.03)
    assert 0.75 == pytest.approx(of.people["look"]["b"] / sum(of.people["look"].values()), abs=0.04)
    assert "look: n = " in str(of)


def test_a_true_shape_is_rejected_as_seldom_as_the_level_says() -> None:
    # The tables of Kolmogorov and Smirnov, which know no fitted parameters, would reject next to none.
    rejected = 0
    for k in range(100):
        times = stream(k, 0, "truth").lognormal(5, 1, 60)
        rejected += _step(times.tolist()).p < LEVEL
    assert 1 <= rejected <= 11


def test_a_shape_that_the_times_do_not_have_is_not_drawn_from() -> None:
    times = [2.0, 3.0, 4.0, 900.0, 950.0, 1000.0] * 20
    of = _step(times)
    assert of.p < LEVEL
    assert {2, 3, 4, 900, 950, 1000} <= {*of.spread.seen}
    assert not [one for one in of.spread.seen if 4 < one < 900]
    assert np.mean(times) == pytest.approx(np.mean(of.spread.seen), abs=0.1)


def test_few_that_take_very_long_keep_their_weight() -> None:
    times = [5.0, 6.0, 7.0] * 330 + [90_000.0] * 3
    of = _step(times)
    assert of.p < LEVEL
    assert np.mean(times) == pytest.approx(np.mean(of.spread.seen), rel=0.01)


def test_what_always_takes_the_same_is_constant() -> None:
    assert Step(Spread(7.0, shape="constant"), 40) == _step([7.0] * 40)


def _step(times: list[float]) -> Step:
    from openakimat.simulate.fit import _fit_step

    return _fit_step("step", times, len(times))


def test_hours_that_differ_by_weekday_are_told_apart() -> None:
    hours = np.zeros((7, 24))
    hours[:5, 10] = 1
    hours[4] = np.roll(hours[4], 5)
    of = fit(_coming(Demand(9, by_hour=hours.ravel().tolist())), OFFICE.calendar, source="x")
    found = np.reshape(of.demand.by_hour, (7, 24))
    assert [10] * 4 + [15] == found[:5].argmax(axis=1).tolist()
    again = of.demand.arrivals(DAYS, stream(5, 0, "x"))
    friday = DAYS.day(again).astype(np.int64) % 7 == 1
    assert {15} == {*(again[friday] // 60 % 24).tolist()}


def test_months_are_told_apart_where_that_is_asked() -> None:
    factors = [0.5] * 6 + [1.5] * 6
    events = _coming(Demand(20, by_month=factors), weeks=105)
    of = fit(events, OFFICE.calendar, source="x", season=True)
    found = np.array(of.demand.by_month)
    assert (found / found.mean()).tolist() == pytest.approx(factors, rel=0.2)
    assert {1.0} == {*fit(events, OFFICE.calendar, source="x").demand.by_month}


def test_days_off_on_which_cases_came_are_days_of_coming() -> None:
    events = _coming(Demand(9, closed_days=True))
    of = fit(events, OFFICE.calendar, source="x")
    assert of.demand.closed_days
    assert of.demand.by_weekday[6] == pytest.approx(1, rel=0.2)


def _coming(demand: Demand, weeks: int = 52) -> list[Event]:
    days = compile_minutes(
        OFFICE.calendar, date(2024, 1, 1), date(2024, 1, 1) + timedelta(weeks=weeks)
    )
    came = demand.arrivals(days, stream(3, 0, "came"))
    return [Event(str(k), "come", days.at(at)) for k, at in enumerate(came)]


def test_a_step_rests_while_the_office_is_closed() -> None:
    closing = datetime.fromisoformat("2025-03-14T18:20+05:00")  # a Friday; ten minutes are left
    monday = datetime.fromisoformat("2025-03-17T09:20+05:00")
    events = [
        e
        for k in range(40)
        for e in (Event(f"x{k}", "come", closing), Event(f"x{k}", "end", monday))
    ]
    of = fitted([*log(), *events])
    assert Spread(30.0, shape="constant") == of.steps["end"].spread


def test_whoever_was_busy_with_another_case_had_not_begun() -> None:
    first = datetime.fromisoformat("2025-03-14T10:00+05:00")
    events = [Event(f"x{k}", "come", first, "somebody") for k in range(40)]
    events += [
        Event(f"x{k}", "end", first + timedelta(minutes=3 * k + 3), "busy") for k in range(40)
    ]
    assert 60 < np.mean(fitted([*log(), *events]).steps["end"].spread.seen or 61)
    told = [one._replace(by=one.by or f"of {one.case}") for one in log()]
    assert Spread(3.0, shape="constant") == fitted([*told, *events], work=True).steps["end"].spread
    with pytest.raises(Malformed, match="by: of some events it is not told"):
        fitted(log(), work=True)


# -- what is thin ---------------------------------------------------------------------


def test_all_that_is_thin_is_told_at_once() -> None:
    few = [one for one in log() if one.at < DAYS.at(1440 * 20)]
    n = len({one.case for one in few})
    few.append(Event(few[0].case, "odd", few[-1].at))
    with pytest.raises(Malformed) as wrong:
        fitted(few)
    assert [
        Fault("cases", f"{n}, it takes 200"),
        Fault("weeks", "2, it takes 8"),
        Fault("steps.odd", "1, it takes 30"),
    ] == [*wrong.value.faults]
    with pytest.raises(Malformed, match="weeks: 51, it takes 52"):
        fitted(log(), season=True)


def test_an_event_without_an_offset_is_a_fault() -> None:
    naive = [one._replace(at=one.at.replace(tzinfo=None)) for one in log()[:9]]
    with pytest.raises(Malformed, match="names no UTC offset"):
        fitted(naive)


def test_steps_seen_seldom_are_fitted_together() -> None:
    cases = sorted({one.case for one in log()})[:40]
    ends = {one.case: one.at for one in log()}
    rare = [
        Event(case, f"rare {k % 2}", ends[case] + timedelta(days=9)) for k, case in enumerate(cases)
    ]
    of = fitted([*log(), *rare])
    assert of.steps["rare 0"].spread == of.steps["rare 1"].spread
    assert 20 == of.steps["rare 0"].n
    assert "of all rare steps" in str(of)


# -- what is drawn, and told ----------------------------------------------------------


def test_a_log_is_drawn_alike_and_within_office_hours() -> None:
    of = fitted(log())
    days = compile_minutes(OFFICE.calendar, date(2026, 3, 2), date(2026, 4, 30))
    drawn = [*of.draw(days, seed=1)]
    assert drawn == [*of.draw(days, seed=1)] != [*of.draw(days, seed=1, replication=1)]
    assert [] == [
        one for one in drawn if one.name != "come" and not days.open[days.minute(one.at) - 1]
    ]
    assert 8.4 * 40 == pytest.approx(len({one.case for one in drawn}), rel=0.15)
    again = fit([*of.draw(DAYS, seed=2)], OFFICE.calendar, source="drawn")
    assert again.steps["look"].spread.mean == pytest.approx(of.steps["look"].spread.mean, rel=0.1)
    assert {"a", "b"} == {one.by for one in drawn if one.name == "look"}


def test_it_is_told_as_a_scenario_each_number_with_the_log_for_its_source(tmp_path: Path) -> None:
    told = [one._replace(name=f'{one.name} "a.b"', by=one.by or "c") for one in log()]
    of = fitted(told, work=True)
    (path := tmp_path / "fitted.toml").write_text(of.scenario("khromtau"), "utf-8")
    read = read_scenario(path, kz.office)
    assert ['look "a.b"', 'answer "a.b"'] == [stop.name for stop in read.way]
    for stop in read.way:
        known = of.steps[stop.name].spread
        assert (known.mean, known.cv) == pytest.approx((stop.work.mean, stop.work.cv), rel=1e-3)
        assert known.shape == stop.work.shape
        assert stop.delay is None
    assert read.demand.by_weekday == pytest.approx(of.demand.by_weekday, abs=1e-3)
    assert ["office"] * 3 == read.groups
    for key, one in numbers({key: read.told[key] for key in ("demand", "staff", "stop")}):
        n = of.steps[key.split(".", 1)[1].removesuffix(".work")].n if ".work" in key else of.n_cases
        assert f"the log, 2025-01-06 to 2025-12-31, n = {n:,}" == one["source"], key


def test_a_step_with_waiting_within_it_keeps_nobody_busy(tmp_path: Path) -> None:
    of = fitted(log())
    (path := tmp_path / "fitted.toml").write_text(of.scenario("khromtau"), "utf-8")
    read = read_scenario(path, kz.office)
    assert ["office"] == read.queues
    for stop in read.way:
        assert (1, "constant") == (stop.work.mean, stop.work.shape)
        assert stop.delay
        assert of.waits[stop.name].seen == stop.delay.seen
        times = _clock_of(log(), stop.name)
        assert np.mean(times) == pytest.approx(np.mean(stop.delay.seen), abs=0.5)
    assert _measure(path, "use:office") < 0.02


def _clock_of(events: list[Event], name: str) -> list[float]:
    at: dict[str, datetime] = {}
    found = []
    for one in sorted(events, key=lambda one: one.at):
        if one.name == name:
            found.append(max(1, (one.at - at[one.case]) / timedelta(minutes=1)))
        at[one.case] = one.at
    return found


def _measure(path: Path, name: str) -> float:
    read = read_scenario(path, kz.office)
    (runs,) = run_scenarios([read], reps=10).values()
    return float(np.mean([run[name] for run in runs]))


@pytest.mark.thorough
@pytest.mark.skipif(not RECEIPT.exists(), reason="the public log is not beside the project")
def test_a_real_log_fitted_and_run_has_cases_as_long(tmp_path: Path) -> None:
    mapping = EXAMPLES / "receipt" / "mapping.toml"
    office, out = EXAMPLES / "receipt" / "municipality.toml", tmp_path / "fitted.toml"
    told = [
        "fit",
        str(RECEIPT),
        "--mapping",
        str(mapping),
        "--office",
        str(office),
        "--out",
        str(out),
    ]
    assert 0 == CliRunner().invoke(app, told).exit_code
    spans: dict[str, list[datetime]] = {}
    for one in read_events(RECEIPT, register.read_mapping(mapping), kz.office(str(office))):
        spans.setdefault(one.case, []).append(one.at)
    days = [(max(at) - min(at)) / timedelta(days=1) for at in spans.values() if len(at) > 1]
    check = read_scenario(out, kz.office).told["check"]
    assert [np.mean(days), np.quantile(days, 0.9)] == pytest.approx(
        [check[key]["value"] for key in ("days", "days_90")], abs=1e-3
    )
    assert np.mean(days) == pytest.approx(_measure(out, "days"), rel=0.1)
    assert np.quantile(days, 0.9) == pytest.approx(_measure(out, "days_90"), rel=0.1)
    assert _measure(out, "use:office") < 0.01


@pytest.mark.thorough
def test_a_register_and_the_journal_of_it_are_fitted_alike_without_what_goes_on(
    tmp_path: Path,
) -> None:
    file, at = EXAMPLES / "khromtau" / "register.csv", "2020-11-19T18:30+05:00"
    how = ["--office", "khromtau", "--at", at]
    url = f"sqlite:///{tmp_path}/akimat.db"
    CliRunner().invoke(app, ["check", str(file), *how, "--journal", url])
    told = [CliRunner().invoke(app, ["fit", str(source), *how]) for source in (file, url)]
    assert [0, 0] == [one.exit_code for one in told]
    first, second = (one.stdout.splitlines() for one in told)
    assert "register.csv, 2020-01-03 to 2020-11-17, n = 1,176" == first[0]
    assert "the journal of khromtau, 2020-01-03 to 2020-11-17, n = 1,176" == second[0]
    assert first[1:] == second[1:]
    assert first[-1] == "39 of 1215 cases had not ended, and are left out"
    before = CliRunner().invoke(app, ["fit", url, *how[:-1], "2020-06-19T18:30+05:00"]).stdout
    assert "the journal of khromtau, 2020-01-03 to 2020-06-" in before, (
        "what was done since is not known"
    )
    (there := tmp_path / "there.toml").write_text("")
    refused = CliRunner().invoke(app, ["fit", str(file), *how, "--out", str(there)])
    assert "name a new .toml" in str(refused.exception)


def test_times_that_were_seen_are_told_as_such(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "examples/scenarios/bayanaul.toml").read_text("utf-8")
    text = text.replace("mean = 15, cv = 0.7", "seen = [0.5, 2]").replace('"minutes"', '"hours"')
    (path := tmp_path / "seen.toml").write_text(text, "utf-8")
    assert [30, 120] == read_scenario(path, kz.office).way[0].work.seen
    path.write_text(text.replace("seen = [0.5, 2]", "seen = [1], mean = 2"), "utf-8")
    with pytest.raises(Malformed):
        read_scenario(path, kz.office)


# -- where events come from -----------------------------------------------------------


def test_of_records_it_is_told_what_people_did_and_no_applicant() -> None:
    desk = Desk(OFFICE, memory.Store())
    at = datetime.fromisoformat("2026-03-02T10:00+05:00")
    case = desk.open(kz.Appeal, Receive(), by=Applicant(id="citizen"), at=at)
    clerk = Official("clerk", {REGISTRAR})
    desk.perform(case.id, Register(), by=clerk, at=at + timedelta(hours=1), expected=1)
    later = desk.case(case.id, at=at + timedelta(days=200))
    told = [(one.name, one.by) for one in events_of([later])]
    assert [("receive", ""), ("register", "clerk")] == told


def test_the_events_of_a_log_are_read_whatever_they_mark(tmp_path: Path) -> None:
    (path := tmp_path / "log.csv").write_text(
        "case,what,when,who\na,come,2026-03-02 10:00,x\na,odd,2026-03-02 11:30,y\nb,come,2026-03-02,x\n",
        "utf-8",
    )
    mapping = register.files.mapping.ColumnMapping(
        {"number": "case", "received_at": "when"},
        events=register.files.mapping.Events("case", "what", "when", by="who"),
    )
    doubts = list[Fault]()
    found = [*read_events(path, mapping, OFFICE, warn=doubts.append)]
    assert [("a", "come", "x"), ("a", "odd", "y")] == [(e.case, e.name, e.by) for e in found]
    assert timedelta(minutes=90) == found[1].at - found[0].at
    assert "2026-03-02T10:00:00+05:00" == found[0].at.isoformat()
    assert ["line 4"] == [one.path for one in doubts]
    lacking = attrs.evolve(
        mapping, events=register.files.mapping.Events("case", "what", "when", by="whom")
    )
    with pytest.raises(Malformed, match="whom"):
        next(read_events(path, lacking, OFFICE))
    with pytest.raises(Malformed, match="no event log"):
        next(read_events(path, register.files.mapping.ColumnMapping(), OFFICE))
