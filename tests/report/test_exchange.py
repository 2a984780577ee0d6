"""What goes out as a log is read by others, comes back as it went, and names nobody."""

from __future__ import annotations

import io
import json
import sqlite3
import tracemalloc
import warnings
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from tests.test_main import run

import openakimat as oa
from openakimat import kz, register, report
from openakimat.adapters import memory, sql
from openakimat.case.acts import InnerNote, Seclude
from openakimat.case.forgotten import Forgotten
from openakimat.case.record import Case
from openakimat.errors import JournalError
from openakimat.judgement import docket
from openakimat.judgement.docket import LATE
from openakimat.judgement.judge import open_case
from openakimat.register.files import open_table
from openakimat.report.chart import ILLEGAL
from openakimat.report.exchange import LOGS, write_log
from openakimat.testing.strategies import lives, texts

OFFICE = kz.office("khromtau")
CHARTS = [
    kz.Appeal,
    kz.complaint.Complaint2026,
    kz.request.Request2026,
    kz.reception.Reception2026,
    kz.instruction.InstructionL107,
    kz.visit.Visit,
]
MAPPING = register.read_mapping("openakimat")
EPOCH = datetime.fromisoformat("2026-03-18T10:00+05:00")
LATER = datetime.fromisoformat("2027-06-01T10:00+05:00")
FORMS = pytest.mark.parametrize("form", [*LOGS])
SLOW = settings(max_examples=12, deadline=None, suppress_health_check=[*HealthCheck])


def written(cases: Iterable[Case], form: str, **how: Any) -> str:
    write_log(cases, log := io.StringIO(newline=""), form, law=OFFICE.law, **how)
    return log.getvalue()


def in_file(folder: Path, form: str, cases: Iterable[Case], **how: Any) -> Path:
    file = folder / f"log{form}"
    file.write_text(written(cases, form, **how), "utf-8", newline="")
    return file


def events_in(file: Path) -> list[dict[str, str]]:
    with open_table(file, set()) as table:
        return [row.cells for row in table.rows if row.cells.get("case:type") == "case"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("logs")


some = st.lists(
    st.deferred(lambda: st.one_of([lives(chart, OFFICE) for chart in CHARTS])),
    min_size=1,
    max_size=3,
).map(lambda cases: [attrs.evolve(case, id=f"c/{n}") for n, case in enumerate(cases)])


@given(some)
@SLOW
def test_a_log_read_back_has_the_same_cases_and_events(folder: Path, cases: list[Case]) -> None:
    sent = [
        (case.id, r.no, r.act.tag, r.role, r.stage, r.under, r.office, r.at)
        for case in cases
        for r in case.records
    ]
    at_register = register.rows(report.frame(cases, "cases", engine="polars"))
    rows = [row.cells for row in at_register]
    for form in LOGS:
        file = in_file(folder, form, cases)
        acts = (
            "concept:name",
            "role" if form == ".json" else "org:role",
            "stage",
            "under",
            "office",
        )
        assert sent == [
            (
                one["case:concept:name"],
                int(one["no"]),
                *(one.get(name, "") for name in acts),
                datetime.fromisoformat(one["time:timestamp"]),
            )
            for one in events_in(file)
        ]
        for ours, told in zip(register.rows(file, MAPPING), rows, strict=True):
            # A frame is read to the minute.
            assert {k: _apart(k, v.replace("T", " ")[:16]) for k, v in ours.cells.items() if v} == {
                k: _apart(k, v[:16]) for k, v in told.items() if v and k in MAPPING.columns
            }


def _apart(name: str, value: Any) -> Any:
    """A value as a log tells it: it names no other case, for that may be confidential."""
    return bool(value) if name in {"repeats", "converted_to"} else value


@pytest.mark.thorough
@given(some, st.integers(0, 90))
@settings(SLOW, max_examples=60)
def test_a_register_made_of_cases_accuses_nobody_whom_their_records_do_not(
    folder: Path, cases: list[Case], n: int
) -> None:
    at = min(max(case.records[-1].at for case in cases) + timedelta(days=n), LATER)
    ours = {case.id: docket.line(case, at=at, office=OFFICE) for case in cases}
    by_frame = register.check_file(report.frame(cases, engine="pandas"), OFFICE, at=at)
    by_log = register.check_file(in_file(folder, ".xes", cases), OFFICE, at=at, mapping=MAPPING)
    by_frame_told, by_log_told = (
        [
            {k: _apart(k, v) for k, v in attrs.asdict(one, recurse=False).items() if k != "line"}
            for one in of.entries
        ]
        for of in (by_frame, by_log)
    )
    assert by_frame_told == by_log_told
    assert by_log.warnings == []
    number_of = {docket.number_of(case) or case.id: case.id for case in cases}
    for entry, line in zip(by_log.entries, by_log.lines, strict=True):
        # What is not registered a register takes to have been, on the day that the law has for it.
        if line.standing in LATE and (entry.registered_at or entry.procedure == "instruction"):
            assert ours[number_of[entry.number]].standing in LATE


def an_appeal(name: str = "Planted", **received: Any) -> Case:
    desk = oa.Desk(OFFICE, memory.Store())
    who = kz.Applicant(name, id=name)
    case = desk.open(kz.Appeal, id="C-1", topic=name, summary=name, by=who, at=EPOCH, **received)
    clerk = oa.Official(f"{name}-clerk", {kz.REGISTRAR, kz.EXECUTOR, kz.HEAD})
    desk.perform(case.id, oa.Register(), by=clerk, at=EPOCH)
    desk.perform(case.id, InnerNote(name), by=clerk, at=EPOCH)
    return desk.case(case.id)


@FORMS
def test_nobody_is_named_unless_asked_for(form: str) -> None:
    case = an_appeal()
    told = written([case, attrs.evolve(case, id="C-2")], form)
    assert "Planted" not in told
    assert "Planted-clerk" in written([case], form, with_persons=True)
    # Within a log who is the same is the same; of two logs nobody tells it.
    read = [one for one in told.split('"') if len(one) == 16 and one.isalnum()]
    if form == ".xes":
        assert 2 == len(set(read))
        assert not set(read) & set(written([case], form).split('"'))


@FORMS
def test_of_an_act_whose_class_is_gone_nothing_is_told_that_may_be_personal(form: str) -> None:
    case = an_appeal()
    gone = attrs.evolve(case.records[1], act=Forgotten("old", 1, {"who": "Planted"}))
    case = attrs.evolve(case, records=(case.records[0], gone))
    assert "Planted" not in written([case], form)
    assert "act:who" in written([case], form, with_persons=True)


@FORMS
def test_a_confidential_case_is_left_out_and_named_by_no_other(form: str) -> None:
    by = kz.Applicant(id="anonymous")
    report_of = open_case("corruption", kz.corruption.ReportCorruption(), id="K-1", at=EPOCH, by=by, office=OFFICE)  # fmt: skip
    about = an_appeal(links=())
    tied = attrs.evolve(about.received, links=(oa.Link("K-1", "about"), oa.Link("C-1", "repeats")))
    repeated = attrs.evolve(tied, links=(oa.Link("K-2", "repeats"),))
    about = attrs.evolve(about, id="C-2", records=(attrs.evolve(about.records[0], act=tied),))
    again = attrs.evolve(about, id="C-3", records=(attrs.evolve(about.records[0], act=repeated),))
    first = an_appeal()
    secluded = attrs.evolve(first.records[2], act=Seclude(("head",), "a witness"))
    hidden = attrs.evolve(first, id="K-2", records=(*first.records[:2], secluded))
    log = io.StringIO()
    assert 2 == write_log([report_of, about, again, hidden, first], log, form, law=OFFICE.law)
    assert "K-1" not in log.getvalue()
    assert "K-2" not in log.getvalue()
    if form == ".json":
        (case,) = [one for one in json.loads(log.getvalue())["objects"] if one["id"] == "C-2"]
        assert {"objectId": "C-1", "qualifier": "repeats"} in case["relationships"]


@given(texts())
@SLOW
def test_whatever_somebody_wrote_a_log_is_whole(folder: Path, text: str) -> None:
    by = kz.Applicant(id="a")
    case = open_case("appeal", oa.Receive(topic=text), id="C-1", at=EPOCH, by=by, office=OFFICE)
    for form in LOGS:
        first = events_in(in_file(folder, form, [case], with_persons=True))[0]
        told = first.get("act:topic", "")
        # What XML may not hold is told as Python writes it.
        assert told == (
            text if form == ".json" else ILLEGAL.sub(lambda of: ascii(of[0])[1:-1], text)
        )


@FORMS
def test_what_is_held_does_not_grow_with_the_cases(form: str) -> None:
    case = an_appeal()

    def peak(n: int) -> int:
        cases = (attrs.evolve(case, id=f"C-{i}") for i in range(n))
        file = type("Nowhere", (io.StringIO,), {"write": lambda _, text: len(text)})()
        tracemalloc.start()
        write_log(cases, file, form, law=OFFICE.law)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    # What is written of them is six million bytes; words, which are made once, are half a million.
    assert peak(3_000) < 1_500_000


# -- read by others -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def pm4py() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("pm4py")


@pytest.fixture(scope="module")
def day() -> list[Case]:
    desk = oa.Desk(OFFICE, memory.Store())
    clerk = oa.Official("clerk", {kz.REGISTRAR, kz.EXECUTOR})
    for n in range(5):
        who, at = kz.Applicant(id=f"a-{n % 2}"), EPOCH + timedelta(minutes=n)
        case = desk.open(kz.Appeal, by=who, at=at, links=(oa.Link(f"khromtau/appeal-2026-{n}", "repeats"),) if n else ())  # fmt: skip
        desk.perform(case.id, oa.Register(), by=clerk, at=at + timedelta(hours=1))
    return [*desk.files()]


@pytest.mark.thorough
@pytest.mark.filterwarnings("ignore")
def test_pm4py_reads_a_log_of_xes(pm4py: Any, day: list[Case], tmp_path: Path) -> None:
    frame = pm4py.read_xes(str(in_file(tmp_path, ".xes", day)))
    assert 10 == len(frame)
    assert [*map(str, frame["time:timestamp"].dt.tz_convert("UTC"))] == [
        str(r.at.astimezone(frame["time:timestamp"].dt.tz_convert("UTC").iloc[0].tz))
        for case in day
        for r in case.records
    ]
    assert {"receive": 5, "register": 5} == dict(frame["concept:name"].value_counts())
    assert 3 == frame["org:resource"].nunique()
    assert {"ЖТ-2026-00000001"} <= {*frame["case:number"]}
    assert {"receive", "register"} == {*pm4py.discover_dfg(frame)[0].popitem()[0]}


@pytest.mark.thorough
@pytest.mark.filterwarnings("ignore")
def test_pm4py_reads_a_log_of_ocel_and_leaves_nothing_out_as_inconsistent(
    pm4py: Any, day: list[Case], tmp_path: Path
) -> None:
    file = in_file(tmp_path, ".json", day)
    log, told = pm4py.read_ocel2_json(str(file)), json.loads(file.read_text("utf-8"))
    assert {one["id"] for one in told["events"]} == {*log.events["ocel:eid"]}
    assert {one["id"] for one in told["objects"]} == {*log.objects["ocel:oid"]}
    objects = dict(log.objects["ocel:type"].value_counts())
    assert {"case": 5, "applicant": 2, "official": 1, "office": 1} == objects
    # Of each case whose it is and where; and four that repeat another.
    assert 5 + 5 + 4 == len(log.o2o)
    # Of each event its case, its office, and by whom.
    assert 3 * 10 == len(log.relations)
    times = [datetime.fromisoformat(one["time"]) for one in told["events"]]
    assert sorted(times) == sorted(one.to_pydatetime() for one in log.events["ocel:timestamp"])


@given(some)
@settings(SLOW, max_examples=10)
def test_a_log_of_ocel_declares_all_that_it_tells_and_each_once(cases: list[Case]) -> None:
    log = json.loads(written(cases, ".json"))
    assert {"events", "objects", "eventTypes", "objectTypes"} == {*log}
    for kind in ("event", "object"):
        declared = {
            of["name"]: {one["name"]: one["type"] for one in of["attributes"]}
            for of in log[f"{kind}Types"]
        }
        assert len({one["id"] for one in log[f"{kind}s"]}) == len(log[f"{kind}s"])
        for one in log[f"{kind}s"]:
            assert {"id", "type", "attributes", "relationships"} <= {*one}
            for attribute in one["attributes"]:
                type_ = declared[one["type"]][attribute["name"]]
                READ[type_](attribute["value"])
                assert kind == "event" or attribute["time"] == "1970-01-01T00:00:00Z"
    objects = {one["id"] for one in log["objects"]}
    ties = [tie for one in (*log["events"], *log["objects"]) for tie in one["relationships"]]
    assert {tie["objectId"] for tie in ties} <= objects


READ: dict[str, Any] = {
    "string": str,
    "integer": int,
    "boolean": ["false", "true"].index,
    "time": datetime.fromisoformat,
}


# -- the command --------------------------------------------------------------------------

AS_OF = ("--at", "2027-06-01T10:00+05:00", "--office", "khromtau")


@pytest.fixture
def journal(tmp_path: Path) -> str:
    store = sql.Store(f"sqlite:///{tmp_path}/akimat.db")
    desk = oa.Desk(OFFICE, store)
    clerk = oa.Official("clerk", {kz.REGISTRAR, kz.EXECUTOR})
    for n in range(3):
        at = EPOCH + timedelta(days=n)
        case = desk.open(kz.Appeal, by=kz.Applicant(id="a"), at=at)
        desk.perform(case.id, oa.Register(), by=clerk, at=at)
    desk.perform(case.id, kz.appeal.Redirect("Aqtobe"), by=clerk, at=at + timedelta(hours=1))
    desk.perform(case.id, kz.appeal.Notify("redirection"), by=clerk, at=at + timedelta(hours=1))
    store.close()
    return f"{tmp_path}/akimat.db"


@FORMS
def test_a_journal_goes_out_and_is_taken_in_again(form: str, journal: str, tmp_path: Path) -> None:
    log, other = str(tmp_path / f"log{form}"), f"sqlite:///{tmp_path}/other.db"
    assert (0, f"{log}: 0 confidential left out\n") == run("export", journal, "--out", log)[:2]
    command = ("import", log, "--mapping", "openakimat", "--journal", other, "--apply", *AS_OF)
    assert 0 == run(*command).returncode
    stores = [sql.Store(url) for url in (f"sqlite:///{journal}", other)]
    ours, theirs = (oa.Desk(OFFICE, store) for store in stores)
    lines = [[(o.number, o.standing, o.days_late, o.breaches) for o in d.docket(at=LATER)] for d in (ours, theirs)]  # fmt: skip
    assert sorted(lines[0], key=str) == sorted(lines[1], key=str)
    for store in stores:
        store.close()


def test_what_cannot_be_read_is_told_and_the_rest_is_written(journal: str, tmp_path: Path) -> None:
    with sqlite3.connect(journal) as of:
        of.execute("drop trigger if exists records_no_update")
        table = next(
            name for (name,) in of.execute("select name from sqlite_master where type='table'")
            if "record" in name
        )  # fmt: skip
        for (trigger,) in [*of.execute("select name from sqlite_master where type='trigger'")]:
            of.execute(f"drop trigger {trigger}")
        of.execute(f"update {table} set body = x'00' where case_id like '%-2' and no = 2")
    of.close()
    ended = run("export", journal, "--out", str(tmp_path / "log.xes"))
    assert 2 == ended.returncode
    assert "khromtau/appeal-2026-2" in ended.stdout
    assert {"khromtau/appeal-2026-1", "khromtau/appeal-2026-3"} == {
        one["case:concept:name"] for one in events_in(tmp_path / "log.xes")
    }


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--out", "log.csv"), "--out: name a new .xes or .json, or an .ics"),
        (("--out", "nowhere/log.xes"), "--out: name a new"),
        (("--out", "there.json"), "--out: name a new"),
        (("--out", "log.ics"), "--official: tell whose days an .ics has"),
        (("--out", "log.xes", "--official", "d.kim"), "--official: tell whose days an .ics has"),
        (("--out", "log.xes", "--office", "Atlantis"), "Atlantis"),
    ],
)
def test_what_an_export_cannot_do_is_told(
    words: tuple[str, ...], why: str, journal: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("there.json").write_text("kept", "utf-8")
    ended = run("export", journal, *words)
    assert 2 == ended.returncode
    assert why in " ".join(ended.stderr.split())
    assert "kept" == Path("there.json").read_text("utf-8")
    assert not [*tmp_path.glob("log*")]


def test_what_fails_half_way_leaves_nothing_that_looks_like_a_log(
    journal: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: object, file: Any, *__: object, **___: object) -> int:
        file.write("half")
        raise JournalError("the database is gone")

    monkeypatch.setattr("openakimat.__main__.write_log", fails)
    assert 2 == run("export", journal, "--out", f"{tmp_path}/log.xes").returncode
    assert [] == [one for one in tmp_path.iterdir() if "log" in one.name]


def test_cases_of_an_office_that_is_not_known_are_told_not_to_be_there(tmp_path: Path) -> None:
    own = attrs.evolve(OFFICE, body=attrs.evolve(OFFICE.body, id="of-mine"))
    store = sql.Store(f"sqlite:///{tmp_path}/own.db")
    desk = oa.Desk(own, store)
    desk.open(kz.Appeal, by=kz.Applicant(id="a"), at=EPOCH)
    store.close()
    ended = run("export", f"{tmp_path}/own.db", "--out", f"{tmp_path}/log.xes")
    assert 2 == ended.returncode
    assert "'of-mine' is not known here" in ended.stdout
