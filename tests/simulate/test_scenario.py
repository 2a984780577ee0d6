"""Scenarios: read with all faults at once, run on common random numbers, and the articles as worlds."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from concurrent.futures import Executor
from datetime import datetime
from pathlib import Path

import attrs
import jsonschema
import numpy as np
import pytest
from typer.testing import CliRunner

from openakimat import kz
from openakimat.__main__ import app
from openakimat.errors import Malformed
from openakimat.law.office import Office
from openakimat.law.words import Words
from openakimat.register.figures import count_register
from openakimat.report.figures.cases import Counted
from openakimat.simulate import experiment, scenario, warmup
from openakimat.simulate.experiment import measure, run_scenarios
from openakimat.simulate.scenario import Scenario, read_scenario

SCENARIOS = Path(__file__).parents[2] / "examples" / "scenarios"
SCHEMA = json.loads((Path(scenario.__file__).parent / "scenario.schema.json").read_text("utf-8"))


def world(name: str) -> Scenario:
    return read_scenario(SCENARIOS / f"{name}.toml", kz.office)


def means(of: Scenario, reps: int = 3) -> dict[str, float]:
    runs = [measure(of, 0, k) for k in range(reps)]
    return {name: sum(run[name] for run in runs) / reps for name in runs[0]}


def faults(path: Path) -> Sequence[str]:
    with pytest.raises(Malformed) as wrong:
        read_scenario(path, kz.office)
    return [*map(str, wrong.value.faults)]


def rows_of(source: str, _: str, office: Office, at: datetime) -> list[Counted]:
    return count_register(Path(source), office, at=at)[0]


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", sorted(SCENARIOS.glob("*.toml")), ids=lambda path: path.stem)
def test_each_number_of_an_example_has_a_source_or_is_assumed_and_each_measure_is_there(
    path: Path,
) -> None:
    of = read_scenario(path, kz.office, rows_of)
    run = measure(of, 0, 0)
    assert all(
        bool(one.get("source")) != ("assumed" in one) for _, one in scenario.numbers(of.told)
    )
    for name in (*of.told["measures"], *of.told.get("check", ())):
        assert not math.isnan(run[name])
    assert run == measure(of, 0, 0)


def test_all_faults_are_told_at_once_each_with_its_line_and_key(tmp_path: Path) -> None:
    text = (SCENARIOS / "khromtau.toml").read_text("utf-8")
    text = text.replace("people = { value = 2, unit", "peple = { value = 2, unit")
    text = text.replace(
        '{ mean = 10, cv = 0.5, unit = "minutes", assumed = true }', "{ mean = -1 }"
    )
    text = text.replace(
        'value = 0.3, unit = "share", assumed = true', 'value = 1.3, unit = "share"'
    )
    (path := tmp_path / "wrong.toml").write_text(text, "utf-8")
    found = faults(path)
    lines = text.splitlines()
    for key, why in (
        ("staff.windows.peple", "peple"),
        ("stop.register.work", "-1"),
        ("stop.after another body.share", "source"),
        ("stop.after another body.share", "1.3"),
    ):
        table, _, name = key.rpartition(".")
        told = next(one for one in found if why in one and table.partition(".")[2] in one)
        line = int(told.split()[0].rpartition(":")[2])
        assert told.startswith("wrong.toml:")
        assert lines[line - 1].split(" =")[0].strip() in {name, f"[{table}]"}, told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('serves = ["window"]', 'serves = ["windw"]', "windw"),
        ('"appeal.consideration"', '"appeal.consideratio"', "appeal.consideration"),
        ('office = "khromtau"', 'office = "khromtaw"', "khromtaw"),
        ("first = 2020-01-01", "first = 1990-01-01", "1990-01-01"),
        ("last = 2020-11-19", "last = 2019-11-19", "2019-11-19 is before 2020-01-01"),
        ('topics = ["service"]', 'topics = ["servise"]', "servise"),
        ("first = 2020-01-01", "first = 2020-13-01", ""),
        ("cv = 0.5", "cv = nan", "stop.window.patience.cv"),
        ("cv = 0.5", "cv = 1e200", "stop.window.patience.cv"),
        ("value = 9195", "value = inf", "demand.cases.value"),
    ],
)
def test_what_means_nothing_is_a_fault(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = (SCENARIOS / "khromtau.toml").read_text("utf-8")
    assert old in text
    (path := tmp_path / "wrong.toml").write_text(text.replace(old, new, 1), "utf-8")
    assert any(told in one for one in faults(path))


SMALL = """
title = "Small"
purpose = "What is told wrongly."
logic = "People walk in."
office = "khromtau"
first = 2026-03-02
last = 2026-04-10
walk_in = ["window"]
measures = ["wait:window"]

[demand]
cases = { value = 30, unit = "cases/day", assumed = true }

[staff.windows]
serves = ["window"]
people = { value = 2, unit = "people", assumed = true }

[stop.window]
work = { mean = 15, unit = "minutes", assumed = true }
"""
CASES, PEOPLE = SMALL.splitlines()[11], SMALL.splitlines()[15]
AWAY = '[staff.windows.away.a]\nfrom = 2026-03-09\nto = 2026-03-10\nunit = "days"\nassumed = true\n'


def small(folder: Path, old: str = "", new: str = "") -> Path:
    assert old in SMALL
    (path := folder / "small.toml").write_text(SMALL.replace(old, new, 1), "utf-8")
    return path


def beside(line: str, what: str, unit: str) -> tuple[str, str]:
    return line, f'{line}\n{what}, unit = "{unit}", assumed = true }}'


@pytest.mark.parametrize(
    ("edit", "line", "told"),
    [
        ((PEOPLE, PEOPLE.replace('"people"', '"% of usual time"')), 16, "staff.windows.people.unit: 'people'"),
        (beside(PEOPLE, "pace = { value = 120", "people"), 17, "staff.windows.pace.unit: '% of"),
        (beside(CASES, "persons = { value = 90", "% of usual time"), 13, "demand.persons.unit: 'people'"),
        (beside(CASES, "by_hour = { value = [1]", "factor"), 13, "demand.by_hour.unit: 'weight'"),
        (beside(CASES, "by_hour = { value = [1]", "weight"), 13, "demand.by_hour: not 24"),
        (beside(CASES, "by_weekday = { value = [1e300]", "factor"), 13, "demand.by_weekday.value.0: 1e+300"),
        (beside(CASES, "grounds = { value = { a = 70 }", "cases"), 13, "demand.grounds.unit: 'share'"),
        (beside(CASES, "grounds = { value = { a = 0.7, b = 0.6 }", "share"), 13, "1.3 of all"),
        (beside(CASES, 'topics = { value = { "" = 1 }', "share"), 13, "demand.topics.value: ''"),
        (beside(CASES, "learns = { value = 0.5", "share"), 11, "'self_service'"),
        ((CASES, CASES.replace("30", "400000")), 12, "demand.cases: 10,400,000 in a run"),
        (("mean = 15", "mean = 15, seen = [1]"), 19, "stop.window.work: a time has its `mean`"),
        (("mean = 15", "seen = [1], cv = 2"), 19, "stop.window.work: a time has its `mean`"),
        (("mean = 15", "seen = [1e308]"), 19, "stop.window.work.seen.0: 1e+308"),
        (("[stop.window]", '[stop.window]\ntopics = ["land"]'), 19, "'land' is none of those told"),
        (("[stop.window]", AWAY.replace("from", "people = 5\nfrom") + "[stop.window]"), 19, "people: 5 of 2"),
        (("[demand]", AWAY.replace("staff.windows.away", "closed").replace("from", "people = 1\nfrom") + "[demand]"), 12, "closed.a.people"),
        (beside(PEOPLE, 'hours = { value = { monday = ["22:00-23:00"] }', "hours"), 17, "none of them is an hour"),
        (("walk_in", 'limit_topics = ["a"]\nwalk_in'), 0, "'limit'"),
        (("2026-04-10", "2031-04-10"), 7, "last: 2031-04-10 is outside"),
        (('office = "khromtau"', 'office = "no.toml"'), 5, "office: office no.toml: No such file"),
        (("[demand]", '[check.days]\nvalue = 1\nunit = "minutes"\nsource = "S"\n[demand]'), 13, "'days'"),
    ],
)  # fmt: skip
def test_each_fault_is_told_at_its_key(
    tmp_path: Path, edit: tuple[str, str], line: int, told: str
) -> None:
    (one,) = faults(small(tmp_path, *edit))
    assert one.startswith(f"small.toml:{line} " if line else "small.toml: "), one
    assert told in one


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (("wait:window", "wiat:window"), "small.toml:9 measures: 'wiat:window'"),
        (("[demand]", '[check."topic:a"]\nvalue = 1\nunit = "cases"\nsource = "S"\n[demand]'), "small.toml:11 check.topic:a: 'topic:a'"),
    ],
)  # fmt: skip
def test_a_measure_there_is_none_of_is_told_at_its_line(
    tmp_path: Path, edit: tuple[str, str], told: str
) -> None:
    of = read_scenario(small(tmp_path, *edit), kz.office)
    with pytest.raises(Malformed) as wrong:
        run_scenarios([of])
    assert [str(one).startswith(told) for one in wrong.value.faults] == [True]


@pytest.mark.parametrize(
    "edit",
    [
        (PEOPLE, PEOPLE.replace("2", "2.0")),
        ("[stop.window]", AWAY.replace("2026-03-09", "0001-01-01").replace("2026-03-10", "2026-03-01") + "[stop.window]"),
        ("[stop.window]", AWAY.replace("2026-03-09", "2026-04-11").replace("2026-03-10", "9999-12-31") + "[stop.window]"),
    ],
)  # fmt: skip
def test_what_changes_nothing_changes_nothing(tmp_path: Path, edit: tuple[str, str]) -> None:
    plain = measure(read_scenario(small(tmp_path), kz.office), 0, 0)
    np.testing.assert_equal(measure(read_scenario(small(tmp_path, *edit), kz.office), 0, 0), plain)


def test_a_stop_and_a_group_may_be_called_as_a_key_is(tmp_path: Path) -> None:
    text = SMALL.replace("staff.windows", "staff.unit").replace("stop.window", "stop.unit")
    (path := tmp_path / "unit.toml").write_text(text.replace('"window"', '"unit"').replace(":window", ":unit"), "utf-8")  # fmt: skip
    of = read_scenario(path, kz.office)
    told = [key for key, _ in scenario.numbers(of.told)]
    assert told == ["demand.cases", "staff.unit.people", "stop.unit.work"]
    assert measure(of, 0, 0)["wait:unit"] >= 0


def test_who_is_never_there_is_waited_for_and_has_no_utilisation(tmp_path: Path) -> None:
    turn = 'turnover = { value = 9, unit = "a year", assumed = true }\nnewcomer = { value = 150, unit = "% of usual time", assumed = true }\nlearning = { mean = 9, unit = "days", assumed = true }'  # fmt: skip
    path = small(tmp_path, PEOPLE, f"{PEOPLE}\n{turn}")
    path.write_text(path.read_text("utf-8").replace("2026-03-02", "2026-04-04").replace("2026-04-10", "2026-04-05"), "utf-8")  # fmt: skip
    run = measure(read_scenario(path, kz.office), 0, 0)
    assert math.isnan(run["use:windows"])
    assert math.isnan(run["open"])
    assert run["cases"] == 0


def test_the_sheet_tells_by_which_law(tmp_path: Path) -> None:
    path = str(small(tmp_path))
    for law, told in (("l221", "law: Law of 2007"), ("auto", "law: in force")):
        ran = CliRunner().invoke(app, ["run", path, "--reps", "1", "--law", law])
        assert told in ran.output


def test_files_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    for one, other in ("ab", "ba"):
        (tmp_path / f"{one}.toml").write_text(f'extends = "{other}.toml"', "utf-8")
    assert faults(tmp_path / "a.toml") == ["extends: files extend each other"]


def test_a_number_is_replaced_whole(tmp_path: Path) -> None:
    (path := tmp_path / "more.toml").write_text(
        f'extends = "{SCENARIOS.as_posix()}/atyrau.toml"\n[demand]\n'
        'cases = { value = 900, unit = "cases/day", assumed = true }\n', "utf-8"
    )  # fmt: skip
    of = read_scenario(path, kz.office)
    assert of.told["demand"]["cases"] == {"value": 900, "unit": "cases/day", "assumed": True}
    assert of.demand.per_day == 900
    assert of.told["title"] == world("atyrau").told["title"]


def test_what_is_asked_wrongly_is_told_before_anything_is_run() -> None:
    of = world("pavlodar")
    told = attrs.evolve(of, told={**of.told, "measures": ["visits", "wiat:window"]})

    def pool() -> Executor:
        pytest.fail("it was run")

    with pytest.raises(Malformed, match="two have one name") as wrong:
        run_scenarios([of, told], pool)
    assert ["two have one name", "wait:window"] == [
        next(word for word in ("two have one name", "wait:window") if word in str(fault))
        for fault in wrong.value.faults
    ]


def test_khromtau_has_the_published_counts_within_its_runs() -> None:
    of = world("khromtau")
    told = experiment.rows([of], run_scenarios([of], reps=30), Words(kz.law()))
    checks = [row for row in told["measures"] if row.get("published")]
    assert len(checks) == 4
    assert all(": within" in str(row["published"]) for row in checks)
    run = means(of)
    assert 0 <= run["late"] < 0.2
    assert run["out_of_turn"] == 0


def test_atyrau_shows_who_goes_out_of_turn_and_an_honest_queue_shows_nobody() -> None:
    bribed, honest = means(world("atyrau"), 2), means(world("atyrau-honest"), 2)
    assert honest["out_of_turn"] == 0
    assert 0.01 < bribed["out_of_turn"] < 0.06
    assert bribed["cases"] == honest["cases"], "the same people come to both"


def test_bayanaul_was_open_once_and_most_came_in_vain() -> None:
    run = means(world("bayanaul"))
    assert run["open"] < 0.1
    assert run["unserved"] > 0.9


def test_at_pavlodar_people_go_from_room_to_room() -> None:
    assert 2 < means(world("pavlodar"))["visits"] < 2.4


def test_at_yesil_most_who_walk_in_to_the_akim_are_received() -> None:
    run = means(world("yesil"))
    assert 0 < run["wait_90:akim"] < 120
    assert run["unserved"] < 0.1


def test_at_akmola_the_windows_were_far_busier_when_services_were_on_paper() -> None:
    after, before = means(world("akmola"), 1), means(world("akmola-before"), 1)
    assert abs(after["channel:electronic"] / 11304 - 1) < 0.05
    assert before["use:windows"] > after["use:windows"]
    assert before["wait_90:hall"] > 2 * after["wait_90:hall"]


def test_who_is_taught_comes_by_the_portal_ever_after() -> None:
    of = world("akmola-learning")
    taught = means(of, 1)
    nobody = means(attrs.evolve(of, demand=attrs.evolve(of.demand, learns=0.0)), 1)
    assert taught["cases"] == nobody["cases"]
    assert taught["channel:electronic"] > 1.1 * nobody["channel:electronic"]
    assert taught["use:windows"] < nobody["use:windows"]
    assert "check" not in of.told, "what was published of one month is no figure of six"


def test_the_command_writes_a_page_and_json_and_is_the_same_for_any_number_of_workers(
    tmp_path: Path,
) -> None:
    two = [str(SCENARIOS / f"{name}.toml") for name in ("bayanaul", "pavlodar")]
    for n, lang in ((1, "en"), (2, "kk")):
        out = tmp_path / f"{n}.json"
        asked = [*two, "--reps", "30", "--workers", str(n), "--out", str(out), "--lang", lang]
        ran = CliRunner().invoke(app, ["run", *asked])
        assert ran.exit_code == 0, ran.output
    one, other = (json.loads((tmp_path / f"{n}.json").read_text("utf-8")) for n in (1, 2))
    assert [row["mean"] for row in one["measures"]] == [row["mean"] for row in other["measures"]]
    assert all(row["low"] <= row["mean"] <= row["high"] for row in one["measures"] if row["low"])
    page = tmp_path / "report.html"
    ran = CliRunner().invoke(app, ["run", *two, "--reps", "2", "--out", str(page), "--lang", "ru"])
    assert ran.exit_code == 0, ran.output
    html = page.read_text("utf-8")
    for told in (
        "Доля дел",
        "предположение",
        "S0: opened",
        "Прогонов каждого сценария: 2",
        "Цель: ",
    ):
        assert told in html


def test_a_warm_up_that_leaves_another_no_days_is_a_fault(tmp_path: Path) -> None:
    filling = attrs.evolve(world("khromtau"), warm_up=0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(warmup, "_filling", lambda *_: 40)
        with pytest.raises(Malformed, match="small: another needs 40 days"):
            warmup.warm_up([filling, read_scenario(small(tmp_path), kz.office)])
        shown = warmup.warm_up([filling, world("khromtau")])
    assert {of.warm_up for of in shown} == {40}
