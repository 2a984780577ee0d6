"""A register checked against the law: the committed example, the event log, the journal."""

from __future__ import annotations

import csv
import importlib.util
from datetime import datetime
from pathlib import Path
from types import ModuleType

import attrs
import pytest

from openakimat import Malformed, kz, register
from openakimat.adapters import sql
from openakimat.judgement.docket import Standing, summary
from openakimat.register import judging
from openakimat.register.entries.cells import RawRow
from openakimat.register.judging import Task, check_rows
from openakimat.register.result import Checked
from openakimat.trail.seal import unseal, verify_all

ROOT = Path(__file__).parents[2]
KHROMTAU = ROOT / "examples" / "khromtau"
AT = datetime.fromisoformat("2020-11-19T18:30+05:00")


def script(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_committed_register_is_the_one_its_script_makes(tmp_path: Path) -> None:
    script(KHROMTAU / "make_register.py").write(tmp_path / "register.csv")
    assert (KHROMTAU / "register.csv").read_bytes() == (tmp_path / "register.csv").read_bytes()


def test_the_register_has_the_published_volumes() -> None:
    with (KHROMTAU / "register.csv").open(encoding="utf-8") as file:
        rows = [*csv.DictReader(file)]
    reception = [row for row in rows if row["channel"] == "reception"]
    applications = [
        row for row in rows if row["kind"] == "application" and row["channel"] != "reception"
    ]
    assert (
        len(reception),
        len(applications) > 600,
        len(rows) - len(reception) - len(applications) > 500,
    ) == (95, True, True)


def test_every_row_of_khromtau_is_judged_sealed_and_counted() -> None:
    result = register.check(
        register.rows(KHROMTAU / "register.csv"), kz.KINDS, kz.office("khromtau"), at=AT
    )
    assert (
        result.n_rows,
        result.n_accepted,
        result.n_not_judged,
        result.n_faulty,
    ) == (1215, 1215, 0, 0)
    assert result.trail.intact
    assert 1215 == result.trail.n_cases == sum(summary(result.lines).values())
    assert not result.overdue


def _told(rows: list[RawRow]) -> list[object]:
    task = Task(kz.KINDS, kz.office("yesil"), datetime.fromisoformat("2026-03-31T18:30+05:00"))
    return [
        attrs.evolve(one, sealed=()) if isinstance(one, Checked) else one
        for _, one in check_rows(rows, task)
    ]


def test_rows_side_by_side_are_judged_as_each_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether faulty, of days without hours, played again, or received after the check."""
    told = [
        {"received_at": "2026-02-10 10:00", "answered_at": "2026-02-16 12:00"},
        {"received_at": "2026-02-10", "registered_at": "2026-02-10", "answered_at": "2026-03-12"},
        {"received_at": "2026-02-30 10:00"},
        {"received_at": "2026-04-10 10:00"},
        {"received_at": "2026-02-10 10:00", "kind": "reception", "official": "head"},
        {"received_at": "2026-02-10", "withdrawn_at": "2026-02-12", "outcome": "strange"},
    ]
    rows = [RawRow(n + 2, {"number": str(n), **told[n % len(told)]}) for n in range(70)]
    assert len(rows) > judging.BATCH
    side_by_side = _told(rows)
    monkeypatch.setattr(judging, "BATCH", 1)
    assert side_by_side == _told(rows)
    assert {Checked, list} == set(map(type, side_by_side))


def test_what_a_check_keeps_verifies_and_gives_the_same_docket(tmp_path: Path) -> None:
    office = kz.office("khromtau")
    journal = sql.Journal(f"sqlite:///{tmp_path}/kept.db")
    raws = list(register.rows(KHROMTAU / "register.csv"))[:200]
    result = register.check(raws, kz.KINDS, office, at=AT, journal=journal)
    kept = verify_all(sealed for _, sealed in journal.since())
    assert (result.trail.n_records, 200, True) == (kept.n_records, kept.n_cases, kept.intact)
    from openakimat import Desk
    from openakimat.adapters import memory

    desk = Desk(office, journal=journal, numbers=memory.Numbers())
    assert summary(result.lines) == summary(desk.docket(at=AT))


def rerun(journal: sql.Journal, *rows: tuple[str, str, str], at: datetime = AT) -> register.Result:
    """A register of appeals, number, receipt and answer, checked and kept."""
    cells = ("number", "received_at", "answered_at")
    raws = [RawRow(n, dict(zip(cells, row, strict=True))) for n, row in enumerate(rows, start=2)]
    return register.check(raws, kz.KINDS, kz.office("khromtau"), at=at, journal=journal)


OPEN = ("Ж-1", "2020-10-05 10:00", "")
ANSWERED = ("Ж-2", "2020-10-05 10:00", "2020-10-12 10:00")


def test_a_register_kept_before_is_kept_again_and_only_what_is_new_is_added(
    tmp_path: Path,
) -> None:
    journal = sql.Journal(f"sqlite:///{tmp_path}/kept.db")
    first = rerun(journal, OPEN, ANSWERED)
    n_kept = len(list(journal.since()))
    assert (0, first.trail.n_records) == (first.n_known, n_kept)
    again = rerun(journal, OPEN, ANSWERED)
    assert (2, [], n_kept) == (again.n_known, again.differing, len(list(journal.since())))
    # A week later one is answered, and one is new.
    later = datetime.fromisoformat("2020-11-26T18:30+05:00")
    more = rerun(
        journal,
        ("Ж-1", "2020-10-05 10:00", "2020-11-24 10:00"),
        ANSWERED,
        ("Ж-3", "2020-11-20 10:00", ""),
        at=later,
    )
    assert (2, []) == (more.n_known, more.differing)
    assert "decide" == unseal(journal.read("Ж-1")[-1]).act.tag
    kept = verify_all((sealed for _, sealed in journal.since()), kz.office("khromtau").table_of)
    assert (3, True) == (kept.n_cases, kept.intact)


def test_what_a_journal_has_otherwise_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    journal = sql.Journal(f"sqlite:///{tmp_path}/kept.db")
    rerun(journal, OPEN, ANSWERED)
    before = journal.read("Ж-2")
    found = rerun(journal, OPEN, ("Ж-2", "2020-10-05 10:00", "2020-10-13 10:00"))
    assert (1, ["Ж-2"]) == (found.n_known, found.differing)
    assert before == journal.read("Ж-2")


def test_a_register_that_fails_at_its_last_row_keeps_nothing_and_says_so(tmp_path: Path) -> None:
    journal = sql.Journal(f"sqlite:///{tmp_path}/kept.db")
    good = "number,received_at\n" + "".join(f"Ж-{n},2020-10-05 10:00\n" for n in range(1200))
    (tmp_path / "r.csv").write_bytes(good.encode() + b"\xff,2020-10-05 10:00\n")
    rows = register.rows(tmp_path / "r.csv", encoding="utf-8")
    with pytest.raises(Malformed, match="journal: nothing of it was kept"):
        register.check(rows, kz.KINDS, kz.office("khromtau"), at=AT, journal=journal)
    assert [] == list(journal.since())


def test_the_order_of_rows_changes_no_verdict() -> None:
    office = kz.office("khromtau")
    raws = list(register.rows(KHROMTAU / "register.csv"))[:300]
    there = register.check(raws, kz.KINDS, office, at=AT)
    back = register.check(raws[::-1], kz.KINDS, office, at=AT)
    assert {one.case: one for one in there.lines} == {one.case: one for one in back.lines}


XES = """<?xml version="1.0" encoding="UTF-8"?>
<log xmlns="http://www.xes-standard.org/">
  <trace>
    <string key="concept:name" value="case-1"/>
    <string key="channel" value="Desk"/>
    <event><string key="concept:name" value="in"/><date key="time:timestamp" value="2026-02-02T10:00:00+05:00"/></event>
    <event><string key="concept:name" value="out"/><date key="time:timestamp" value="2026-02-20T10:00:00+05:00"/></event>
    <event><string key="concept:name" value="out"/><date key="time:timestamp" value="2026-03-20T10:00:00+05:00"/></event>
  </trace>
  <trace>
    <string key="concept:name" value="case-2"/>
    <string key="channel" value="Post"/>
    <event><string key="concept:name" value="in"/><date key="time:timestamp" value="2026-02-03T10:00:00+05:00"/></event>
  </trace>
</log>
"""

XES_MAP = """
[columns]
number = "case:concept:name"
channel = "case:channel"
[constants]
kind = "application"
[events]
case = "case:concept:name"
activity = "concept:name"
time = "time:timestamp"
[events.marks]
in = { column = "received_at" }
out = { column = "answered_at", which = "WHICH" }
"""


@pytest.mark.parametrize(
    ("which", "standing"), [("first", Standing.IN_TIME), ("last", Standing.LATE)]
)
def test_an_xes_log_is_read_by_the_first_or_last_event(
    which: str, standing: Standing, tmp_path: Path
) -> None:
    (tmp_path / "log.xes").write_text(XES)
    (tmp_path / "map.toml").write_text(XES_MAP.replace("WHICH", which))
    mapping = register.read_mapping(tmp_path / "map.toml")
    at = datetime.fromisoformat("2026-04-01T10:00+05:00")
    result = register.check(
        register.rows(tmp_path / "log.xes", mapping), kz.KINDS, kz.office("khromtau"), at=at
    )
    assert [("case-1", standing), ("case-2", Standing.OVERDUE)] == [
        (one.case, one.standing) for one in result.lines
    ]


def test_a_mapping_that_means_nothing_tells_all_its_faults(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(
        'clok = "wall"\n[columns]\nnumber = 7\n[events]\ncase = "c"\n'
    )
    with pytest.raises(Malformed) as told:
        register.read_mapping(tmp_path / "map.toml")
    said = str(told.value)
    for fault in ("clok", "columns", "activity", "time"):
        assert fault in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('clok = "wall"', "'clok' is none of the 12 known; the nearest: clock"),
        ('clock = "wal"', "clock: 'wal' is none of instant, wall"),
        (
            '[columns]\nnumbr = "Рег"',
            "columns: 'numbr' is none of the {} known; the nearest: number",
        ),
        (
            '[constants]\nchanel = "x"',
            "constants: 'chanel' is none of the {} known; the nearest: channel",
        ),
        (
            '[events]\ncase = "c"\nkase = "c"',
            "events: 'kase' is none of the 7 known; the nearest: case",
        ),
        (
            XES_MAP.replace("WHICH", "first").replace('"answered_at"', '"anwered_at"'),
            "events.marks.out.column: 'anwered_at' is none of the {} known; the nearest: answered_at",
        ),
        (XES_MAP.replace("WHICH", "midst"), "which: 'midst' is none of first, last, each"),
    ],
)
def test_what_a_mapping_has_and_there_is_none_of_is_named_with_the_nearest(
    text: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "map.toml").write_text(text, "utf-8")
    with pytest.raises(Malformed) as told:
        register.read_mapping(tmp_path / "map.toml")
    assert said.format(len(register.COLUMNS)) in str(told.value)
    assert "Attribute(" not in str(told.value)


def test_a_mapping_to_a_column_that_is_not_there_names_it(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("a\n1\n")
    (tmp_path / "map.toml").write_text('[columns]\nnumber = "a"\nreceived_at = "b"\n')
    mapping = register.read_mapping(tmp_path / "map.toml")
    with pytest.raises(Malformed, match="b: no such column"):
        list(register.rows(tmp_path / "r.csv", mapping))


def test_a_verdict_that_hangs_on_a_reading_says_so() -> None:
    """By one answer the day of receipt counts and the case is a day late, by the other it is not."""
    cells = {
        "number": "A-1",
        "kind": "application",
        "received_at": "2023-09-13 17:00",
        "registered_at": "2023-09-13 17:10",
        "answered_at": "2023-10-04 12:00",
    }
    at = datetime.fromisoformat("2023-11-01T10:00+05:00")
    found = register.check([RawRow(2, cells)], kz.KINDS, kz.office("khromtau"), at=at)
    assert {"first-day-2021": 1} == dict(found.hangs_on)
    assert [(Standing.LATE, Standing.IN_TIME)] == [one.verdicts for one in found.not_judged]
    # Whoever has answered the question is judged by the answer.
    for answer, standing in (("next", Standing.IN_TIME), ("counted", Standing.LATE)):
        office = kz.office("khromtau", readings={"first-day-2021": answer})
        found = register.check([RawRow(2, cells)], kz.KINDS, office, at=at)
        assert [standing] == [line.standing for line in found.lines]
        assert not found.hangs_on
