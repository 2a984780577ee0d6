"""Scenarios run to a precision, from open cases, by the hour, with staff that changes."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import attrs
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from python_calamine import CalamineWorkbook
from rich.console import Console
from typer.testing import CliRunner

from openakimat import kz
from openakimat.__main__ import app
from openakimat.adapters import sql
from openakimat.case.acts import Register
from openakimat.case.people import Official
from openakimat.desk import Desk
from openakimat.errors import Malformed
from openakimat.judgement.docket import Standing
from openakimat.kz.roles import REGISTRAR
from openakimat.law.words import Words
from openakimat.register import figures
from openakimat.report import console
from openakimat.report.days import by_hour
from openakimat.simulate import experiment
from openakimat.simulate.demand import draw_cases
from openakimat.simulate.engines import loop, many
from openakimat.simulate.engines.streams import stream
from openakimat.simulate.experiment import known_of, measure, run_scenarios, sheet, too_wide
from openakimat.simulate.rota import staff_of
from openakimat.simulate.scenario import Scenario, draw_run, read_scenario
from openakimat.simulate.sweep import LEAST, interval
from openakimat.simulate.warmup import mser, warm_up

SCENARIOS = Path(__file__).parents[2] / "examples" / "scenarios"
OFFICE, CLERK = kz.office("khromtau"), Official("a clerk", {REGISTRAR})
BACKLOG = """
title = "The backlog"
purpose = "When it clears."
logic = "What is open is registered and considered."
office = "khromtau"
first = 2026-03-02
last = 2026-04-30
limit = "appeal.consideration"
measures = ["clears", "remain"]

[demand]
cases = { value = 2, unit = "cases/day", assumed = true }
topics = { value = { application = 1 }, unit = "share", assumed = true }
channels = { value = { paper = 1, electronic = 1 }, unit = "share", assumed = true }

[staff.registrar]
serves = ["chancery"]
people = { value = 1, unit = "people", assumed = true }

[staff.specialists]
serves = ["desk"]
people = { value = 2, unit = "people", assumed = true }

[stop.register]
queue = "chancery"
stages = ["received"]
work = { mean = 10, cv = 0.5, unit = "minutes", assumed = true }

[stop.consider]
queue = "desk"
stages = ["registered", "deemed_refused"]
work = { mean = 5, cv = 0.8, unit = "hours", assumed = true }
"""


def world(name: str) -> Scenario:
    return read_scenario(SCENARIOS / f"{name}.toml", kz.office)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+05:00")


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The journal of a desk: thirty appeals received in February, ten of them not registered; one visit."""
    address = f"sqlite:///{tmp_path_factory.mktemp('desk') / 'akimat.db'}"
    store = sql.Store(address, create=True)
    desk = Desk(OFFICE, store)
    for n in range(30):
        then = at(f"2026-02-{2 + n // 2:02}T10:00")
        case = desk.open("appeal", kind="application", channel="paper", at=then, by=CLERK)
        if n % 3:
            desk.perform(case.id, Register(number=f"{n}"), at=then + timedelta(minutes=9), by=CLERK)
    desk.open("appeal", kind="application", channel="paper", at=at("2026-03-03T10:00"), by=CLERK)
    store.close()
    return address


def cases_of(source: str, _: str, office: Any, when: datetime) -> list[Any]:
    store = sql.Store(source, create=False)
    try:
        return figures.count_journal([Desk(office, store)], at=when)[0]
    finally:
        store.close()


def told(folder: Path, text: str, *, initial: str = "") -> Path:
    (path := folder / "backlog.toml").write_text(
        (f'initial = "{initial}"\n' if initial else "") + text, "utf-8"
    )
    return path


@pytest.fixture
def backlog(tmp_path: Path, journal: str) -> Scenario:
    return read_scenario(told(tmp_path, BACKLOG, initial=journal), kz.office, cases_of)


# -- precision ------------------------------------------------------------------------


def drawn(_: object, seed: int, replication: int, *, cv: float) -> dict[str, float]:
    rng = stream(seed, replication, "a test")
    return {"visits": 10 + 10 * cv * rng.standard_normal(), "sometimes": math.nan}


@settings(max_examples=60, deadline=None)
@given(
    st.floats(0.001, 0.999), st.floats(0, 3), st.integers(0, 10**6), st.integers(LEAST, 300)
)  # fmt: skip
def test_runs_go_on_to_the_first_look_at_which_all_are_precise_and_never_fewer_than_thirty(
    precision: float, cv: float, seed: int, most: int
) -> None:
    of = attrs.evolve(world("pavlodar"), told={"measures": ["visits"]})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(experiment, "measure", partial(drawn, cv=cv))
        (runs,) = run_scenarios([of], reps=most, precision=precision, seed=seed).values()
    looks = [LEAST]
    while looks[-1] < most:
        looks.append(min(most, looks[-1] + max(10, looks[-1] // 4)))
    values = [run["visits"] for run in runs]
    assert LEAST <= len(values) <= most

    def precise(n: int) -> bool:
        mean, low, _ = interval(values[:n])
        return mean - low <= precision * abs(mean)

    assert len(values) in looks
    before = looks[: looks.index(len(values))]
    assert not any(map(precise, before))
    assert precise(len(values)) or len(values) == most
    assert bool(too_wide([of], {of.name: runs}, precision)) == (not precise(len(values)))


def test_what_no_runs_will_make_precise_is_told_and_holds_nobody_up() -> None:
    of = attrs.evolve(world("pavlodar"), told={"measures": ["never", "visits", "none", "rare"]})

    def some(_: object, seed: int, replication: int) -> dict[str, float]:
        once = math.inf if replication == 3 else 1.0
        rare = 1.0 if replication % 2 else math.nan
        return drawn(0, seed, replication, cv=0.01) | {
            "never": once,
            "none": math.nan,
            "rare": rare,
        }

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(experiment, "measure", some)
        runs = run_scenarios([of], precision=0.1)
    assert len(runs[of.name]) == 62, "a measure that half of the runs have takes sixty or more"
    assert too_wide([of], runs, 0.1) == {(of.name, "never"): None, (of.name, "none"): None}
    assert known_of([1.0, math.inf] * 30) == (None, None, None)


@pytest.mark.parametrize(
    ("precision", "reps"), [(0.0, 30), (-1.0, 30), (5, 30), (math.nan, 30), (0.1, 29)]
)
def test_a_precision_that_is_none_is_a_fault(precision: float, reps: int) -> None:
    with pytest.raises(Malformed, match="30 runs or more"):
        run_scenarios([world("pavlodar")], precision=precision, reps=reps)


def test_a_precision_out_of_reach_takes_the_most_runs() -> None:
    of = attrs.evolve(world("pavlodar"), told={"measures": ["visits"]})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(experiment, "measure", partial(drawn, cv=0.5))
        assert 40 == len(run_scenarios([of], reps=40, precision=1e-300)[of.name])


def test_to_a_precision_one_worker_and_two_are_the_same_and_the_sheet_tells_it(
    tmp_path: Path,
) -> None:
    path = str(SCENARIOS / "pavlodar.toml")
    for n in ("1", "2"):
        asked = ["--precision", "0.005", "--reps", "45", "--workers", n]
        ran = CliRunner().invoke(app, ["run", path, *asked, "--out", str(tmp_path / f"{n}.json")])
        assert ran.exit_code == 0, ran.output
        assert not ran.stderr, "where there is no screen, no progress is shown"
    one, other = ((tmp_path / f"{n}.json").read_text("utf-8") for n in "12")
    assert one == other
    whole = json.loads(one)
    assert "within 0.005 of its mean" in whole["precision"]
    assert "Chow and Robbins" in whole["precision"]
    assert whole["precision"].endswith("Not reached: pavlodar days, pavlodar wait_90:window")
    assert "Runs of each scenario: 45" in whole["runs"]


# -- progress -------------------------------------------------------------------------


def test_on_a_screen_it_is_told_how_many_runs_are_done_and_what_time_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = io.StringIO()
    screen = Console(file=seen, force_terminal=True, width=120)
    monkeypatch.setattr(console, "console", lambda **_: screen)
    calls = list[tuple[int, int]]()
    of = world("pavlodar")
    with console.progress("running", "runs") as show:
        assert show is not None

        def tell(done: int, total: int) -> None:
            calls.append((done, total))
            show(done, total)

        run_scenarios([of], precision=0.02, reps=60, progress=tell)
    dones, totals = zip(*calls, strict=True)
    assert dones == tuple(sorted(dones))
    assert dones[-1] == totals[-1]
    assert all(done <= total for done, total in calls)
    assert "running" in seen.getvalue()
    assert f"{dones[-1]} runs" in seen.getvalue()
    assert "left" in seen.getvalue()


def test_the_rows_of_a_register_are_told_on_a_screen_and_nothing_where_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path := tmp_path / "a.csv").write_text("number\n1\n2\n", "utf-8")
    with console.row_progress(path) as show:
        assert show is None
    seen = io.StringIO()
    screen = Console(file=seen, force_terminal=True, width=120)
    monkeypatch.setattr(console, "console", lambda **_: screen)
    with console.row_progress(path) as show:
        assert show is not None
        show(3)
    assert "3 rows" in seen.getvalue()


# -- by the hour ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["pavlodar", "khromtau"])
def test_hours_add_up_to_the_day(name: str) -> None:
    of = world(name)
    run, opened = measure(of, 0, 0), of.open.open.reshape(-1, 24, 60).sum(axis=(0, 2))
    for group in dict.fromkeys(of.groups):
        hours = {h: run.get(f"use@{h:02}:{group}", 0.0) for h in range(24)}
        assert all(0 <= used <= 1 for used in hours.values())
        whole = sum(used * opened[h] for h, used in hours.items()) / opened.sum()
        assert run[f"use:{group}"] == pytest.approx(whole)
        assert [h for h in range(24) if f"use@{h:02}:{group}" in run] == np.flatnonzero(
            opened
        ).tolist()


def test_waits_by_the_hour_are_those_of_the_exact_engine() -> None:
    of = world("pavlodar")
    cases = draw_cases(of.demand, of.way, of.calendar, seed=0)
    lives, run = loop.run(cases.load, of.staff), measure(of, 0, 0)
    waits: dict[tuple[int, int], list[int]] = {}
    for queue, joined, begun in zip(
        cases.load.queue.tolist(), lives.joined.tolist(), lives.started.tolist(), strict=True
    ):
        if begun >= 0:
            waits.setdefault((queue, joined % 1440 // 60), []).append(begun - joined)
    assert len(waits) > 20
    for place, queue in enumerate(of.queues):
        for hour in range(24):
            for p in (50, 90):
                here, name = waits.get((place, hour), []), f"wait_{p}@{hour:02}:{queue}"
                found = np.quantile(here, p / 100) if here else math.nan
                assert run[name] == pytest.approx(found, nan_ok=True)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("kk", ("Тәулік сағаттары бойынша", "Күту, 90 %-ында аспайды, минут", "Сағат")),
        ("ru", ("По часам суток", "Ожидание, у 90 % не больше, минут", "Час")),
        ("en", ("By hour of the day", "Wait, 90 % within, minutes", "Hour")),
    ],
)
def test_hours_are_pictures_in_words_of_the_same_numbers(
    tmp_path: Path, lang: str, words: tuple[str, ...]
) -> None:
    path = str(SCENARIOS / "pavlodar.toml")
    for form in ("html", "json", "csv"):
        out = str(tmp_path / f"it.{form}")
        ran = CliRunner().invoke(app, ["run", path, "--reps", "2", "--lang", lang, "--out", out])
        assert ran.exit_code == 0, ran.output
        assert "09:00" not in ran.output
    page = (tmp_path / "it.html").read_text("utf-8")
    assert all(word in page for word in words)
    assert page.count("<script") == 1
    drawings = re.findall("<svg.*?</svg>", page, re.DOTALL)
    pictures = [ElementTree.fromstring(one) for one in drawings]  # noqa: S314 - they are our own
    rows = json.loads((tmp_path / "it.json").read_text("utf-8"))["measures"]
    rows = [row for row in rows if row["hour"]]
    assert len(pictures) == 5, "three queues and two groups"
    shown = Counter[str]()
    for picture in pictures:
        assert picture.get("role") == "img"
        title = picture.findtext("{*}title") or ""
        for hour, text in re.findall(r"(\d\d:00) ([^;]+)", title):
            shown.update(f"{hour} {one}" for one in text.split(" / "))
    expected = Counter(
        f"{row['hour']} {row['mean']:.0%}" if row["measure"] == "use" else f"{row['hour']} {row['mean']:,.1f}"
        for row in rows
    )  # fmt: skip
    assert shown == expected
    with (tmp_path / "it.csv").open(encoding="utf-8-sig") as file:
        table = [*csv.reader(file, delimiter="," if lang == "en" else ";")]
    place = table[0].index(Words(kz.law(), lang)("column", "hour"))
    assert Counter(row[place] for row in table[1:] if row[place]) == Counter(
        r["hour"] for r in rows
    )


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_a_workbook_has_a_sheet_each(lang: str, tmp_path: Path) -> None:
    path, out = str(SCENARIOS / "yesil.toml"), tmp_path / "x.xlsx"
    ran = CliRunner().invoke(app, ["run", path, "--reps", "2", "--lang", lang, "--out", str(out)])
    assert ran.exit_code == 0, ran.output
    book = CalamineWorkbook.from_path(out)
    assert all(len(book.get_sheet_by_name(name).to_python()) > 1 for name in book.sheet_names)


def test_what_is_of_no_hour_makes_no_picture() -> None:
    of = world("pavlodar")
    rows = experiment.rows([of], {of.name: [measure(of, 0, 0)]}, Words(kz.law()))["measures"]
    assert by_hour([row for row in rows if not row["hour"]], Words(kz.law())) == []


# -- warm-up ------------------------------------------------------------------------


def test_what_is_asked_of_a_filled_office_is_measured_once_it_is() -> None:
    of = world("khromtau")
    (warm,) = warm_up([of])
    assert 10 <= warm.warm_up <= 60
    cold, run = measure(of, 0, 0), measure(warm, 0, 0)
    whole = ("cases", "remain", "open", "topic:appeal")
    assert [run[name] for name in whole] == [cold[name] for name in whole]
    drawn, staff, _ = draw_run(of, 0, 0)
    lives = many.run(drawn.load, staff)
    desk = (drawn.load.queue == of.queues.index("desk")) & (lives.started >= 0)
    since = desk & (lives.joined >= warm.since)
    assert run["wait:desk"] == (lives.started - lives.joined)[since].mean()
    assert cold["wait:desk"] == (lives.started - lives.joined)[desk].mean()
    unasked = attrs.evolve(of, told={**of.told, "warm_up": False})
    assert [0] == [one.warm_up for one in warm_up([unasked])]
    beside = warm_up([of, unasked])
    assert [warm.warm_up] * 2 == [one.warm_up for one in beside]
    told = sheet([warm], {of.name: [run]}, 0, Words(kz.law()))[of.name]
    assert f"its first {warm.warm_up} days" in told


@given(st.integers(0, 20), st.integers(5, 50))
def test_the_rule_cuts_the_beginning_that_differs(half: int, level: int) -> None:
    values = level + np.tile([1.0, -1.0], 60)
    values[: 2 * half] -= level * 4
    assert mser(values) == 2 * half
    assert mser(np.arange(120.0) ** 2) == 0, "what never settles is not cut"


def test_what_is_cut_of_noise_is_seldom_much_more() -> None:
    cuts = []
    for seed in range(200):
        values = 9 + np.random.default_rng(seed).standard_normal(120)
        values[:20] -= 30
        cuts.append(mser(values))
    assert np.quantile(cuts, 0.05) == 20
    assert np.quantile(cuts, 0.9) <= 50


def test_a_warm_up_of_few_days_or_of_open_cases_is_a_fault(tmp_path: Path, journal: str) -> None:
    short = ROTA.replace('title = "A', 'warm_up = true\ntitle = "A')
    for text, initial in ((short, ""), (f"warm_up = true\n{BACKLOG}", journal)):
        with pytest.raises(Malformed, match="warm_up: of more than 50 days, and not with"):
            read_scenario(told(tmp_path, text, initial=initial), kz.office, cases_of)


# -- from open cases ------------------------------------------------------------------


def test_it_starts_from_the_cases_that_are_open_in_the_journal(
    backlog: Scenario, journal: str
) -> None:
    store = sql.Store(journal, create=False)
    lines = Desk(OFFICE, store).docket(at=backlog.calendar.at(0), closed=False)
    store.close()
    assert len(lines) == 30
    assert Counter(backlog.way[k].name for k in backlog.backlog.stop) == {
        "register": 10,
        "consider": 20,
    }
    ends = sorted(backlog.calendar.minute(line.deadline.at) for line in lines if line.deadline)
    assert sorted(due for due in backlog.backlog.due.tolist() if due < 2**31 - 1) == ends
    assert (backlog.backlog.came < 0).all()
    assert backlog.backlog.came.tolist() == sorted(backlog.backlog.came.tolist())
    assert not backlog.left_out


@given(st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_no_case_is_lost(journal: str, tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    path = told(tmp_path_factory.mktemp("told"), BACKLOG, initial=journal)
    of = read_scenario(path, kz.office, cases_of)
    cases = draw_cases(of.demand, of.way, of.calendar, seed=seed, backlog=of.backlog)
    lives, run = loop.run(cases.load, of.staff), measure(of, seed, 0)
    assert all(map(np.array_equal, lives, many.run(cases.load, of.staff)))
    last = cases.load.first[1:] - 1
    done = (lives.started[last] >= 0) & (lives.ended[last] >= 0)
    assert run["initial"] + run["cases"] == done.sum() + run["remain"] == len(cases.person)
    assert run["initial"] == 30
    assert run["remain_initial"] == np.sum(~done[:30])
    ended = lives.ended[: cases.load.first[30]].max() / 1440
    assert run["clears"] == (ended if done[:30].all() else math.inf)
    # Whoever is registered already is so no more.
    stops = [cases.stop[cases.case == k].tolist() for k in range(30)]
    assert Counter(map(tuple, stops)) == {(0, 1): 10, (1,): 20}


def test_who_comes_is_who_would_come_without_the_backlog(backlog: Scenario) -> None:
    of = backlog
    with_it = draw_cases(of.demand, of.way, of.calendar, seed=3, backlog=of.backlog)
    without = draw_cases(of.demand, of.way, of.calendar, seed=3)
    k, visits = 30, int(with_it.load.first[30])
    for name in ("person", "topic", "channel", "ground"):
        assert np.array_equal(getattr(with_it, name)[k:], getattr(without, name))
    for name in ("queue", "work", "delay", "rank", "patience"):
        assert np.array_equal(getattr(with_it.load, name)[visits:], getattr(without.load, name))
    assert np.array_equal(with_it.load.arrives[k:], without.load.arrives)
    assert (with_it.channel[:k] == 0).all(), "as the journal has it"


def test_a_head_is_told_when_the_backlog_clears_or_in_how_many_runs_it_does_not(
    backlog: Scenario, tmp_path: Path, journal: str
) -> None:
    words = Words(kz.law())
    runs = run_scenarios([backlog])
    rows = experiment.rows([backlog], runs, words)["measures"]
    row = next(row for row in rows if row["measure"] == "clears")
    assert re.fullmatch(
        r"\w{3} 2026-03-\d\d \(\w{3} 2026-03-\d\d – \w{3} 2026-03-\d\d\)", str(row["told"])
    )
    assert row["low"] < row["mean"] < row["high"] < 31  # type: ignore[operator]  # they are numbers
    text = sheet([backlog], runs, 0, words)[backlog.name]
    assert "cases open when 2026-03-02 began: 30, and without warm-up" in text
    slow = told(tmp_path, BACKLOG.replace("mean = 5,", "mean = 16,"), initial=journal)
    of = read_scenario(slow, kz.office, cases_of)
    runs = run_scenarios([of])
    values = [run["clears"] for run in runs[of.name]]
    n = values.count(math.inf)
    assert 0 < n < 15, "the test is of both"
    row = next(
        row for row in experiment.rows([of], runs, words)["measures"] if row["measure"] == "clears"
    )
    assert str(row["told"]).startswith(f"not by Thu 2026-04-30 in {n} of 30 runs; by ")
    assert (row["mean"], row["low"], row["high"]) == (None, None, None)
    half = backlog.calendar.first + timedelta(days=int(sorted(values)[15]))
    assert str(half) in str(row["told"])


def test_what_is_overdue_already_is_late(backlog: Scenario) -> None:
    run = measure(backlog, 0, 0)
    nobody = attrs.evolve(backlog, demand=attrs.evolve(backlog.demand, per_day=0.0))
    alone, due = measure(nobody, 0, 0), backlog.backlog.due
    assert alone["cases"] == 0
    horizon = due <= len(backlog.open.open)
    assert alone["late"] >= np.sum(due < 0) / horizon.sum() > 0
    assert 0 < run["late"] < 1
    assert alone["days"] > 10, "counted from when they were received"


def test_what_makes_no_stop_is_left_out_and_told(tmp_path: Path, journal: str) -> None:
    text = BACKLOG.replace('stages = ["received"]', 'channels = ["electronic"]').replace(
        'queue = "desk"', 'queue = "desk"\nchannels = ["electronic"]'
    )
    with pytest.raises(
        Malformed,
        match="at khromtau no case is open on 2026-03-02 that makes a stop here, but appeal",
    ):
        read_scenario(told(tmp_path, text, initial=journal), kz.office, cases_of)

    def one_more(*how: Any) -> list[Any]:
        first, second, *rest = cases_of(*how)
        other = attrs.evolve(first, kind="of another kind", procedure="visit")
        return [other, attrs.evolve(second, procedure="", standing=Standing.BROKEN), *rest]

    of = read_scenario(told(tmp_path, BACKLOG, initial=journal), kz.office, one_more)
    assert of.left_out == {"visit": 1, "broken": 1}
    runs = {of.name: [measure(of, 0, 0)]}
    text = sheet([of], runs, 0, Words(kz.law(), "ru"))[of.name]
    assert "Начинается с дел, открытых к началу 2026-03-02: 28, без разогрева" in text
    assert "посещение фронт-офиса: 1" in text
    assert "broken: 1" in text


@pytest.mark.parametrize(
    ("change", "initial", "fault"),
    [
        (str, "sqlite:///nowhere/there.db", "initial"),
        (str, "nowhere.csv", "there is no file nowhere.csv"),
        (lambda text: text.replace('"khromtau"', '"atyrau"'), "", "at atyrau no case is open"),
        (lambda text: text.replace('"received"', '"recieved"'), "", "recieved"),
        (lambda text: text.replace("first = 2026", "first = 2025"), "", "no case is open on 2025"),
    ],
)
def test_where_it_cannot_start_is_told_with_its_line(
    tmp_path: Path, journal: str, change: Callable[[str], str], initial: str, fault: str
) -> None:
    path = told(tmp_path, change(BACKLOG), initial=initial or journal)
    ran = CliRunner().invoke(app, ["run", str(path)])
    assert isinstance(ran.exception, Malformed)
    (one,) = ran.exception.faults
    assert one.path.startswith("backlog.toml:")
    assert fault in str(one)


def test_what_it_starts_from_is_not_written_over(tmp_path: Path) -> None:
    (register := tmp_path / "register.csv").write_text(
        "number,kind,received_at\n1,application,2026-02-20 10:00\n", "utf-8"
    )
    path = told(tmp_path, BACKLOG, initial=str(register))
    ran = CliRunner().invoke(app, ["run", str(path), "--reps", "2", "--out", str(register)])
    assert "is what is read" in str(ran.exception)
    assert register.read_text("utf-8").startswith("number")


def test_without_a_reader_of_journals_it_is_a_fault(tmp_path: Path, journal: str) -> None:
    with pytest.raises(Malformed, match="nobody reads journals here"):
        read_scenario(told(tmp_path, BACKLOG, initial=journal), kz.office)


def test_by_the_command_from_a_journal_and_from_a_register(tmp_path: Path, journal: str) -> None:
    (register := tmp_path / "register.csv").write_text(
        "number,kind,received_at,registered_at,answered_at\n"
        "1,application,2026-02-20 10:00,2026-02-20 12:00,\n"
        "2,application,2026-02-20 10:00,2026-02-20 12:00,2026-02-27 10:00\n"
        "3,application,2026-02-24 10:00,2026-02-24 12:00,\n",
        "utf-8",
    )
    for source, n in ((journal, 30), (journal.removeprefix("sqlite:///"), 30), (str(register), 2)):
        path = told(tmp_path, BACKLOG, initial=source)
        out = tmp_path / "out.json"
        ran = CliRunner().invoke(app, ["run", str(path), "--reps", "2", "--out", str(out)])
        assert ran.exit_code == 0, ran.output
        rows = json.loads(out.read_text("utf-8"))["measures"]
        found = {row["measure"]: row["mean"] for row in rows if not row["hour"]}
        assert found["initial"] == n
        assert found["clears"] > 0


def test_it_starts_from_the_sample_register_wherever_it_is_run() -> None:
    ran = CliRunner().invoke(app, ["run", str(SCENARIOS / "khromtau-backlog.toml"), "--reps", "2"])
    assert ran.exit_code == 0, ran.output
    assert "Cases open at the beginning: 20" in ran.output
    assert "Left out, as they make no stop here: simplified procedure: 19" in ran.output


def test_a_register_with_columns_of_its_own_is_read_by_its_mapping(tmp_path: Path) -> None:
    """What is not understood in it is left out, and told."""
    (tmp_path / "old.csv").write_text(
        "No,what,came\n1,application,2026-02-20 10:00\n2,application,yesterday\n", "utf-8"
    )
    (tmp_path / "old.toml").write_text(
        '[columns]\nnumber = "No"\nkind = "what"\nreceived_at = "came"\n', "utf-8"
    )
    path = told(tmp_path, 'mapping = "old.toml"\n' + BACKLOG, initial="old.csv")
    ran = CliRunner().invoke(app, ["run", str(path), "--reps", "2"])
    assert ran.exit_code == 0, ran.output
    assert "Cases open at the beginning: 1" in ran.output
    assert "broken: 1" in ran.output
    path = told(tmp_path, 'mapping = "old.toml"\n' + BACKLOG)
    with pytest.raises(Malformed, match="'initial' is a dependency"):
        read_scenario(path, kz.office)


# -- people ---------------------------------------------------------------------------


def leaving(rate: float) -> Scenario:
    of = world("atyrau")
    group = {**of.told["staff"]["experienced"], "turnover": {"value": rate, "unit": "a year"}}
    return attrs.evolve(of, told={**of.told, "staff": {**of.told["staff"], "experienced": group}})


@given(st.integers(0, 10**6), st.sampled_from([0.1, 5, 40]))
@settings(max_examples=12, deadline=None)
def test_each_place_has_one_person_at_a_time_and_newcomers_are_slower(
    seed: int, rate: float
) -> None:
    of = leaving(rate)
    staff, who = staff_of(of.told, of.staff, of.groups, partial(stream, seed, 0))
    groups = [of.groups[person] for person in who]
    there = sum(staff.minutes[k].open.astype(int) for k in staff.table)
    assert np.array_equal(there, of.open.open * 36)
    assert Counter(groups)["newcomers"] == 12
    own = [pace for pace, name in zip(staff.pace, groups, strict=True) if name == "experienced"]
    assert set(own) <= {100, 150}
    assert len(own) > 24 or set(own) == {100}, "who is there at the beginning has learnt"
    if rate == 40:
        assert own.count(150) > 24
    again, _ = staff_of(of.told, of.staff, of.groups, partial(stream, seed, 0))
    assert again.table == staff.table


def test_where_staff_changes_more_is_left_undone() -> None:
    few, many_leave = (measure(leaving(rate), 0, 0) for rate in (0.01, 12))
    assert few["cases"] == many_leave["cases"]
    assert few["unserved"] < many_leave["unserved"]
    assert all(0 < run["use:experienced"] <= 1 for run in (few, many_leave))


def test_numbers_are_told_without_exponents() -> None:
    one, other = (attrs.evolve(leaving(1), name=name) for name in ("one", "other"))
    runs = {
        of.name: [dict.fromkeys(of.told["measures"], value)]
        for of, value in ((one, 250_123.4), (other, 250_123.40001))
    }
    rows = experiment.rows([one, other], runs, Words(kz.law()))["measures"]
    told = {(row["told"], row.get("more")) for row in rows}
    assert {("250,120", None), ("250,120", "0")} == told


def test_long_work_is_begun_to_the_last_and_open_at_the_end(tmp_path: Path) -> None:
    """Each of two specialists has months of work: both are at it from beginning to end."""
    text = BACKLOG.replace('"clears", ', "").replace("mean = 5, cv", "mean = 40, cv")
    of = read_scenario(told(tmp_path, text), kz.office)
    lives, run = (
        many.run(draw_cases(of.demand, of.way, of.calendar, seed=0).load, of.staff),
        measure(of, 0, 0),
    )
    still = (lives.started >= 0) & (lives.ended < 0)
    assert sorted(lives.server[still].tolist()) == [1, 2]
    assert run["remain"] == round(run["cases"] * run["unserved"])
    assert run["use:specialists"] > 0.95


ROTA = """
title = "A reception"
purpose = "Who is received."
logic = "They walk in."
office = "khromtau"
first = 2026-03-02
last = 2026-03-31
walk_in = ["akim", "hall"]
measures = ["use:akim", "use:windows"]
[demand]
cases = { value = 60, unit = "cases/day", assumed = true }
topics = { value = { akim = 1, service = 9 }, unit = "share", assumed = true }
[staff.akim]
serves = ["akim"]
people = { value = 1, unit = "people", assumed = true }
hours = { value = { monday = ["10:00-12:00"], friday = ["16:00-17:00"] }, unit = "hours", assumed = true }
[staff.windows]
serves = ["hall"]
people = { value = 2, unit = "people", assumed = true }
[staff.windows.away.leave]
from = 2026-03-09
to = 2026-03-20
people = 1
unit = "days"
assumed = true
[stop.akim]
topics = ["akim"]
work = { mean = 8, cv = 0.5, unit = "minutes", assumed = true }
[stop.hall]
topics = ["service"]
work = { mean = 12, cv = 0.5, unit = "minutes", assumed = true }
"""


def test_who_has_hours_works_in_them_and_who_is_away_does_not(tmp_path: Path) -> None:
    of = read_scenario(told(tmp_path, ROTA), kz.office)
    cases = draw_cases(of.demand, of.way, of.calendar, seed=1)
    lives, run = many.run(cases.load, of.staff), measure(of, 1, 0)
    days = of.calendar.day(lives.started)
    akim, first = (lives.server == k for k in (0, 1))
    assert {day.item().weekday() for day in days[akim]} == {0, 4}
    assert set((lives.joined[akim] // 60 % 24).tolist()) <= {10, 11, 16}
    gone = (days >= np.datetime64("2026-03-09")) & (days <= np.datetime64("2026-03-20"))
    assert not (gone & first).any()
    assert (~gone & first).any()
    assert (gone & (lives.server == 2)).any()
    assert 0.2 < run["use:akim"] <= 1.1, "what is begun is done past the hours"
    assert {name for name in run if name.startswith("use@") and name.endswith(":akim")} == {
        "use@10:akim", "use@11:akim", "use@16:akim"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"10:00-12:00"', '"12:00-10:00"', "staff.akim.hours: 12:00-10:00: empty, out of order"),
        ('"10:00-12:00"', '"ten"', "staff.akim.hours: ten: not an interval"),
        ("monday", "mondag", "mondag"),
        ("to = 2026-03-20", "to = 2026-03-02", "leave: 2026-03-02 is before 2026-03-09"),
    ],
)
def test_hours_and_leave_that_mean_nothing_are_faults(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    assert old in ROTA
    with pytest.raises(Malformed) as wrong:
        read_scenario(told(tmp_path, ROTA.replace(old, new, 1)), kz.office)
    (one,) = wrong.value.faults
    assert one.path.startswith("backlog.toml:")
    assert fault in str(one)


def test_turnover_without_learning_is_a_fault(tmp_path: Path) -> None:
    text = (SCENARIOS / "atyrau.toml").read_text("utf-8")
    (path := tmp_path / "it.toml").write_text(re.sub("learning = .*", "", text), "utf-8")
    with pytest.raises(Malformed, match=r"staff.experienced: 'learning' is a dependency"):
        read_scenario(path, kz.office)


def test_people_learn_to_use_self_service(tmp_path: Path) -> None:
    learns = (
        'learns = { value = 0.5, unit = "share", assumed = true }\nself_service = "electronic"\n'
    )
    text = BACKLOG.replace("[demand]\n", f"[demand]\n{learns}").replace(
        "[staff.registrar]",
        'persons = { value = 20, unit = "people", assumed = true }\n[staff.registrar]',
    )
    of = read_scenario(told(tmp_path, text.replace('"clears", ', "")), kz.office)
    run = measure(of, 0, 0)
    assert run["channel:electronic"] > 2 * run["channel:paper"]
    with pytest.raises(Malformed, match="'internet' is none of the channels"):
        read_scenario(told(tmp_path, text.replace('= "electronic"', '= "internet"')), kz.office)


def test_what_the_docs_tell_is_read_and_run(tmp_path: Path, journal: str) -> None:
    page = Path(__file__).parents[2] / "docs" / "how-to" / "scenarios.md"
    whole, *parts = re.findall("```toml\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    (tmp_path / "whole.toml").write_text(whole, "utf-8")
    assert len(parts) == 3
    for no, part in enumerate(parts):
        text = part.replace("sqlite:///akimat.db", journal)
        (path := tmp_path / f"{no}.toml").write_text(f'extends = "whole.toml"\n{text}', "utf-8")
        of = read_scenario(path, kz.office, cases_of)
        run = measure(of, 0, 0)
        assert all(run[name] == run[name] for name in of.told["measures"])
