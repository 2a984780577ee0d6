"""A docket written as CSV or JSON, in stored names, or as a page of HTML, in words."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

from openakimat.errors import Fault, Malformed, reason_of
from openakimat.judgement.docket import Line, Standing
from openakimat.law.words import Words

COLUMNS = (
    "number",
    "procedure",
    "stage",
    "standing",
    "due",
    "days_late",
    "days_left",
    "breaches",
    "limit",
    "source",
    "evidence",
    "forecast",
)


def cells(line: Line, /) -> dict[str, str]:
    """A line of the docket as cells."""
    due = line.deadline
    values = {
        "number": line.case,
        "procedure": line.procedure,
        "stage": line.stage,
        "standing": line.standing.value,
        "days_late": str(line.days_late),
        "days_left": "" if line.days_left is None else str(line.days_left),
        "breaches": " ".join(line.breaches),
    }
    if due is not None:
        values |= {
            "due": str(due.last_day or due.at),
            "limit": due.limit,
            "source": due.edition.source,
            "evidence": due.evidence.value,
            "forecast": str(due.forecast or ""),
        }
    return {name: values.get(name, "") for name in COLUMNS}


def _safe(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and cell[:1] else cell


def to_csv(lines: Iterable[Line], /) -> str:
    """The docket as CSV, with no cell that a spreadsheet would run."""
    text = io.StringIO()
    writer: csv.DictWriter[str] = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({k: _safe(v) for k, v in cells(line).items()} for line in lines)
    return text.getvalue()


def to_json(lines: Iterable[Line], /) -> str:
    """The docket as JSON: a list of objects."""
    return json.dumps([cells(line) for line in lines], ensure_ascii=False, indent=1)


_TINT: Mapping[Standing, str] = {
    Standing.BROKEN: "#7d3c98",
    Standing.OVERDUE: "#c0392b",
    Standing.DUE_SOON: "#c77700",
    Standing.NOT_JUDGED: "#7d6608",
    Standing.OPEN: "#2f6fb0",
    Standing.LATE: "#8e5a5a",
    Standing.IN_TIME: "#2f9170",
}


def to_html(lines: Sequence[Line], words: Words, /) -> str:
    """The docket as one page of HTML in words, without scripts."""
    head = "".join(f"<th>{escape(words.heading('column', name))}</th>" for name in COLUMNS)
    body = "\n".join(_html_row(line, words) for line in lines)
    name = escape(words("heading", "docket"))
    return (
        f'<!doctype html><html lang="{words.language}"><meta charset="utf-8"><title>{name}</title>'
        "<style>"
        "body{font:14px/1.4 system-ui,sans-serif;margin:2rem}table{border-collapse:collapse}"
        "td,th{padding:.25rem .6rem;text-align:left;border-bottom:1px solid #ddd}"
        "td:nth-child(-n+5){white-space:nowrap}"
        f"</style><h1>{name}: {words.spoken.amount(len(lines), 'Cases')}</h1>"
        f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table></html>\n"
    )


def _in_words(line: Line, words: Words) -> dict[str, str]:
    """A line of the docket as cells in words."""
    values = cells(line) | {
        "procedure": words("procedure", line.procedure),
        "stage": words("stage", line.stage),
        "standing": words("standing", line.standing.value),
        "breaches": ", ".join(words("limit", key) for key in line.breaches),
    }
    if (due := line.deadline) is not None:
        values |= {"limit": words("limit", due.limit), "evidence": words.mark(due.evidence)}
        values["source"] = words.source(due.edition.source)
        values["due"] = words.spoken.day_text(due.last_day) if due.last_day else str(due.at)
    return values


def _html_row(line: Line, words: Words) -> str:
    tint = _TINT[line.standing]
    return (
        "<tr>"
        + "".join(
            f'<td style="color:{tint};font-weight:600">{escape(cell)}</td>'
            if name == "standing"
            else f"<td>{escape(cell)}</td>"
            for name, cell in _in_words(line, words).items()
        )
        + "</tr>"
    )


def _in_names(form: Callable[[Iterable[Line]], str]) -> Callable[[Sequence[Line], Words], str]:
    """A form that programs read: in stored names, whatever the language."""
    return lambda lines, _: form(lines)


WRITERS: Mapping[str, Callable[[Sequence[Line], Words], str]] = {
    ".csv": _in_names(to_csv),
    ".json": _in_names(to_json),
    ".html": to_html,
}


def checked_name(path: Path, /) -> Path:
    """The path, if a docket can be written in the form its name asks for.

    Raises:
        Malformed: The name ends in none of .csv, .json, .html, or its folder is not there.
    """
    if path.suffix not in WRITERS:
        raise Malformed("docket", [Fault(path.name, f"ends in none of {', '.join(WRITERS)}")])
    if not path.parent.is_dir():
        raise Malformed("docket", [Fault(str(path), "no such folder")])
    return path


def write(lines: Sequence[Line], path: Path, words: Words, /) -> None:
    """Write a docket in the form that the name of the file asks for; a page in words.

    Raises:
        Malformed: The name asks for no form we know, or the file cannot be written.
    """
    text = WRITERS[checked_name(path).suffix](lines, words)
    try:
        path.write_text(text, "utf-8")
    except OSError as wrong:
        raise Malformed("docket", [Fault(str(path), reason_of(wrong))]) from wrong
