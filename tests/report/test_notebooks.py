"""The notebooks run as they stand, and what they show is what the library says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from nbclient import NotebookClient
from nbformat import v4

FOLDER = Path(__file__).parents[2] / "examples" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))

reads: Any = v4.reads

# Each begins a kernel, which takes seconds. What zmq and asyncio warn of is not ours.
pytestmark = [pytest.mark.thorough, pytest.mark.filterwarnings("ignore")]


def outputs(name: str) -> list[str]:
    """What each output tells, as HTML where there is some."""
    book = reads((FOLDER / f"{name}.ipynb").read_text("utf-8"))
    NotebookClient(book, timeout=300, resources={"metadata": {"path": str(FOLDER)}}).execute()
    return [told(one) for cell in book.cells for one in cell.get("outputs", ())]


def told(output: Any) -> str:
    data = output.get("data", {})
    return str(output.get("text") or data.get("text/html") or data.get("text/plain", ""))


def test_a_notebook_is_kept_without_outputs() -> None:
    names = ["auditing_a_queue", "deadlines_and_laws", "how_many_windows", "sla_what_if"]
    assert names == [path.stem for path in NOTEBOOKS]
    for path in NOTEBOOKS:
        cells = reads(path.read_text("utf-8")).cells
        assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)


def test_deadlines_and_laws() -> None:
    english, kazakh, year, wordings, march, chart = outputs("deadlines_and_laws")
    assert "due by the end of Mon 2026-04-13" in english
    assert english.count("Nauryz") > 5
    assert "сс 15.04.2026" in kazakh or "ср 15.04.2026" in kazakh
    assert 365 == len(re.findall("<rect", year))
    assert "2026-04-13" in wordings
    assert "calendar_days" in march
    assert "under consideration" in chart
    for one in (english, kazakh, year, chart):
        assert "<script" not in one
        assert len(one.encode()) < 200_000


def test_auditing_a_queue() -> None:
    waits, passed, case, docket, calls = outputs("auditing_a_queue")
    assert waits.startswith("30 tickets; ")
    assert 2 == len(passed.splitlines())
    assert all(" window-1 called T" in line for line in passed.splitlines())
    assert "window-1" not in case
    assert "<svg" in case
    assert 30 == docket.count("<tr>") - 1
    assert 20 == sum(map(int, re.findall(r"^\d+ +(\d+)$", calls, re.MULTILINE)))


def test_how_many_windows() -> None:
    _, table, less = outputs("how_many_windows")
    waits = [float(mean) for mean in re.findall(r"<td>(\d+\.\d+) \(", table)[::4]]
    assert len(waits) == 5
    assert waits == sorted(waits, reverse=True)
    assert float(less.split(": ")[1].split()[0]) == pytest.approx(waits[1] - waits[2], abs=0.06)


def test_sla_what_if() -> None:
    sentence, flips, picture, table, wordings = outputs("sla_what_if")
    assert sentence == "Of 1,215 cases 163 (13.4%) would be late; as it is, 48 (4.0%).\n"
    assert all("Law 221, 8(1)" in line for line in flips.splitlines())
    assert picture.count("<rect") == 4
    assert "<script" not in picture
    assert "<td>163</td>" in table
    assert wordings.splitlines()[0].split()[-3:] == ["48", "4.0%", "+0"]
