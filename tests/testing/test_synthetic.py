"""Invented cases: lawful, of any procedure, the same of a seed, marked in every row, and read by check and report."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner

from openakimat import Desk, kz, register
from openakimat.__main__ import app
from openakimat.adapters import sql
from openakimat.case.act import VOCABULARY
from openakimat.desk import verify_journal
from openakimat.errors import Malformed
from openakimat.judgement.replay import case_of
from openakimat.register.files import open_table
from openakimat.report.exchange import LOGS, write_log
from openakimat.testing.synthetic import MARK, invent_cases, keep_cases
from openakimat.trail.seal import unseal

OFFICE = kz.office("khromtau")
SOME = ["appeal", "simplified", "reception", "service-complaint", "visit"]
AT = datetime.fromisoformat("2026-01-31T18:30+05:00")


def test_the_same_of_a_seed_and_others_of_another() -> None:
    cases = invent_cases(OFFICE, 2025, 40, 1, procedures=SOME)
    assert cases == invent_cases(OFFICE, 2025, 40, 1, procedures=SOME)
    assert cases != invent_cases(OFFICE, 2025, 40, 2, procedures=SOME)
    assert 40 == len({case.id for case in cases})
    assert {2025} == {OFFICE.day_of(case.opened_at).year for case in cases}
    assert sorted(cases, key=lambda case: case.opened_at) == cases
    assert {*SOME} == {case.procedure for case in cases}
    assert len({case.stage for case in cases}) > 12


def test_each_wording_has_its_own_cases() -> None:
    under = [
        {
            one.records[0].under.split("/")[1]
            for one in invent_cases(OFFICE, year, 5, 3, procedures=["appeal"])
        }
        for year in (2020, 2024)
    ]
    assert under[0] != under[1]


def test_a_journal_of_them_is_whole_and_marked_in_every_row_and_reported(tmp_path: Path) -> None:
    cases = invent_cases(OFFICE, 2025, 60, 1, procedures=["reception", "visit"])
    store = sql.Store(f"sqlite:///{tmp_path / 'j.db'}")
    desk = Desk(OFFICE, store)
    keep_cases(cases, desk)
    trail = verify_journal(store.journal, kz.law())
    assert (True, 60) == (trail.intact, trail.n_cases)
    rows = [row for case in cases for row in store.journal.read(case.id)]
    assert all(MARK in row.case for row in rows)
    for case in cases[:20]:
        kept = case_of(case.id, [*map(unseal, store.journal.read(case.id))])
        assert (case.stage, len(case.records)) == (kept.stage, len(kept.records))
    out = tmp_path / "report.json"
    told = ["report", str(tmp_path / "j.db"), "--at", AT.isoformat(), "--out", str(out)]
    assert 0 == CliRunner().invoke(app, told).exit_code
    assert 60 == json.loads(out.read_text("utf-8"))["parts"]["whole"][0]["n"]


def test_a_year_without_the_procedure_is_told() -> None:
    with pytest.raises(Malformed, match=r"none of \['inspection'\] opens in 2010"):
        invent_cases(OFFICE, 2010, 1, 1, procedures=["inspection"])
    with pytest.raises(Malformed, match="opens in 1999"):
        invent_cases(OFFICE, 1999, 1, 1)


def test_fewer_than_none_and_one_text_for_several_names_are_told_at_once() -> None:
    with pytest.raises(Malformed) as wrong:
        invent_cases(OFFICE, 2025, -1, 1, procedures="appeal")
    assert ["n", "procedures"] == [fault.path for fault in wrong.value.faults]
    assert "-1 is under 0" in str(wrong.value)
    assert [] == invent_cases(OFFICE, 2025, 0, 1)


@pytest.mark.parametrize(
    ("procedure", "field", "days"),
    [("reception-month", "days", (0, 60)), ("retaliation", "accepted_on", (-60, 0))],
)
@pytest.mark.parametrize("year", [2024, 2026])
def test_days_that_are_told_are_of_the_year_asked(
    year: int, procedure: str, field: str, days: tuple[int, int]
) -> None:
    for case in invent_cases(OFFICE, year, 5, 1, procedures=[procedure]):
        told = getattr(case.received, field)
        day = told[0] if isinstance(told, tuple) else told
        assert days[0] < (day - OFFICE.day_of(case.opened_at)).days < days[1]


def _invent(out: Path, *procedures: str, n: int = 20) -> str:
    told = ["invent", *procedures, "--office", "khromtau", "--year", "2025", "-n", str(n)]
    done = CliRunner().invoke(app, [*told, "--seed", "1", "--out", str(out)])
    assert 0 == done.exit_code, done.exception
    return done.stdout


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig") as file:
        return [*csv.DictReader(file)]


def test_the_command_writes_a_register_or_a_journal_and_nothing_over_another(
    tmp_path: Path,
) -> None:
    told = _invent(tmp_path / "r.csv", "information-request")
    rows = _rows(tmp_path / "r.csv")
    assert f"{len(rows)} synthetic cases; {20 - len(rows)} have no rows in a register" in told
    assert {"information-request"} == {row["kind"] for row in rows}
    assert "20 synthetic cases" in _invent(tmp_path / "j.db", "visit")
    for out, why in (("r.csv", "name a new .csv or .db"), ("v.csv", "a register has no rows")):
        done = CliRunner().invoke(
            app, ["invent", "visit", "--office", "khromtau", "--year", "2025", "--out", str(tmp_path / out)]
        )  # fmt: skip
        assert isinstance(done.exception, Malformed)
        assert why in str(done.exception)
    assert not (tmp_path / "v.csv").exists()


@pytest.mark.thorough
@pytest.mark.parametrize("procedure", [*kz.law().procedures])
def test_of_every_procedure_some_go_out_and_come_back(procedure: str, tmp_path: Path) -> None:
    cases = invent_cases(OFFICE, 2025, 20, 1, procedures=[procedure], kinds=kz.KINDS)
    opening = OFFICE.table_on(procedure, OFFICE.day_of(AT)).opening.act
    assert {VOCABULARY[opening]} == {type(case.records[0].act) for case in cases}
    assert {2025} == {OFFICE.day_of(case.opened_at).year for case in cases}

    _invent(tmp_path / "j.db", procedure)
    store = sql.Store(f"sqlite:///{tmp_path / 'j.db'}")
    assert verify_journal(store.journal, kz.law()).intact
    kept = {case.id: case for case in Desk(OFFICE, store).files()}
    assert kept == {case.id: case for case in cases}
    assert all(MARK in name for name in kept)

    for form in LOGS:
        left_out = write_log(cases, log := StringIO(), form, law=OFFICE.law)
        (path := tmp_path / f"log{form}").write_text(log.getvalue(), "utf-8")
        with open_table(path, set()) as table:
            told = [row.cells for row in table.rows if row.cells.get("case:type") == "case"]
        assert left_out == (20 if procedure in {"corruption", "retaliation"} else 0) or not told
        assert len(told) == sum(len(case.records) for case in cases if left_out == 0)
        assert all(MARK in one["case:concept:name"] for one in told)


@pytest.mark.thorough
@pytest.mark.parametrize("procedure", sorted({*kz.KINDS.values()}))
def test_a_register_of_every_procedure_that_has_one_comes_back(
    procedure: str, tmp_path: Path
) -> None:
    _invent(path := tmp_path / "register.csv", procedure)
    rows = _rows(path)
    assert all(MARK in row["number"] and MARK == row["topic"] for row in rows)
    found = register.check_file(path, OFFICE, at=AT)
    assert (len(rows), 0, []) == (found.n_rows, found.n_faulty, found.faults)
    assert {procedure} == {line.procedure for line in found.lines}
    if procedure == "reception":  # of others, registers have not a column for all that is done
        assert [] == [*found.refused]
