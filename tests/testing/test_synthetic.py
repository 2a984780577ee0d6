"""Invented cases: lawful, of any procedure, the same of a seed, marked in every row, and read by check and report."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import datetime
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
from openakimat.testing.synthetic import MARK, invent_cases, keep_cases, register_rows
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


def test_a_register_of_them_is_checked_without_a_fault(tmp_path: Path) -> None:
    cases = invent_cases(OFFICE, 2025, 60, 1, procedures=sorted({*kz.KINDS.values()}))
    rows = [*register_rows(cases, kz.KINDS)]
    assert len(cases) == len(rows)
    assert all(MARK in row["number"] and MARK == row["topic"] for row in rows)
    with (path := tmp_path / "register.csv").open("w", encoding="utf-8", newline="") as file:
        (writer := csv.DictWriter(file, rows[0])).writeheader()
        writer.writerows(rows)
    found = register.check_file(path, OFFICE, at=AT)
    assert (len(rows), 0, []) == (found.n_rows, found.n_faulty, found.faults)
    assert Counter(case.procedure for case in cases) == Counter(
        line.procedure for line in found.lines
    )


def test_a_year_without_the_procedure_is_told() -> None:
    with pytest.raises(Malformed, match=r"none of \['inspection'\] opens in 2010"):
        invent_cases(OFFICE, 2010, 1, 1, procedures=["inspection"])
    with pytest.raises(Malformed, match="opens in 1999"):
        invent_cases(OFFICE, 1999, 1, 1)


@pytest.mark.thorough
@pytest.mark.parametrize("procedure", sorted({*kz.law().procedures} - {"retaliation"}))
def test_of_every_procedure_there_are_some(procedure: str) -> None:
    # But of retaliation: it begins with a day on which a report was accepted, and no plain example has one in 2025.
    cases = invent_cases(OFFICE, 2025, 10, 1, procedures=[procedure])
    opening = OFFICE.table_on(procedure, OFFICE.day_of(AT)).opening.act
    assert {VOCABULARY[opening]} == {type(case.records[0].act) for case in cases}
