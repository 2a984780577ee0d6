"""A report as plain data, and the same numbers as a page that needs nothing from elsewhere, or as rows."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from openakimat.law.words import Words
from openakimat.report.columns import Book, Row, text_of
from openakimat.report.export import write, write_whole
from openakimat.report.figures.cases import Counted
from openakimat.report.figures.few import LEAST
from openakimat.report.figures.pictures import draw_pictures
from openakimat.report.figures.plan import Plan
from openakimat.report.figures.runaround import trace_runaround
from openakimat.report.figures.sections import INTERNAL, tell_sections
from openakimat.report.figures.shares import BY, Figures, break_down, delay_of, figures_of, league

COLUMNS = ("n", "open", "overdue", "late", "not_judged", "in_time", "naive", "gross", "survival", "electronic", "p50", "p80", "p90")  # fmt: skip

MOST = 500
"""Lines of a table that a page shows: the others are in the workbook and in JSON."""

_KINDS = {"electronic": "procedure", "ends": "procedure", "waits": "sector"}

Table = tuple[str, Sequence[str], Sequence[tuple[str, Mapping[str, Any]]]]
"""A table in words: its name, its columns (none where a row has one number), its rows by label."""


def make_report(
    rows: Sequence[Counted], at: datetime, only_counted: Collection[str] = (), least: int = LEAST,
    *, complaints: Collection[str] = (), plan: Plan | None = None, history: Sequence[Counted] = (),
) -> Figures:  # fmt: skip
    """The figures of cases at an instant, as plain data; of the procedures `only_counted` just how many.

    Where there are `complaints` it is noted whom these tell of; `history` is all that the source holds.
    """
    shown = [row for row in rows if row.procedure not in only_counted]
    counted = [row for row in rows if row.procedure in only_counted]
    whole = figures_of(shown, at=at)
    whole = {"key": "", **(whole if len(shown) >= least else dict.fromkeys(whole))}
    plan = plan or Plan()
    units = {office: kind for kind, of in plan.centres.items() for office in of}
    others = {"unit": lambda row: units.get(row.office, "")} if units else {}
    parts = {"whole": [whole], **break_down(shown, *BY, at=at, least=least, **others)}
    told: Figures = {"at": at.isoformat(), "parts": parts, "league": league(parts["office"])}
    by_name = break_down(counted, "procedure", at=at, least=least)["procedure"]
    told["only-counted"] = [{name: one[name] for name in ("key", "n")} for one in by_name]
    told["notes"] = ["reporting-bias"] if any(row.procedure in complaints for row in shown) else []
    known = [row for row in history or rows if row.procedure not in only_counted]
    told["sections"] = tell_sections(shown, known, at, plan, least)
    if len(shown) >= least:
        told |= {"delay": delay_of(shown), "runaround": trace_runaround(shown, least=least)}
    return told


def publish(told: Figures, licence: str, /) -> Figures:
    """A report as open data: of no person, under a licence; whose delay and who was sent where stay, as sums.

    Of few cases not even the name is told: a topic may have somebody's in it.
    """
    parts = {by: [o for o in of if o["n"]] for by, of in told["parts"].items() if by != "official"}
    parts["whole"] = told["parts"]["whole"]
    sections = {name: of for name, of in told["sections"].items() if name not in INTERNAL}
    told = told | {"parts": parts, "sections": sections, "notes": [*told["notes"], "apart"]}
    return {"licence": licence, **told, "queue": []}


def write_report(told: Figures, path: Path, words: Words, /) -> None:
    """Write a report in the form that the name of the file asks for: all of it, or none."""
    names = ", ".join(one[words.language] for one in told["offices"].values())
    title, form = f"{names}: {words('figure', 'report')}".removeprefix(": "), path.suffix.lower()
    if form not in {".html", ".json"}:
        return write(report_book(told, title, words), path, words)
    page = report_page(told, title, words) if form == ".html" else ""
    text = page or json.dumps(told, ensure_ascii=False, indent=1)
    return write_whole(path, lambda file: file.write(text.encode()))


def report_page(told: Figures, title: str, words: Words, /) -> str:
    """The page of a report: a table a part, under its picture where it has one; in one line what has nothing to tell."""
    pictures, tables = draw_pictures(told, words), [*_tables(told, words)]
    shown = [one for one in tables if any(_tells(one, values) for _, values in one[2])]
    names = [one[0] for one in shown]
    silent = [one for one in (told["parts"] | told["sections"]) if one not in names]
    contents = "".join(f'<li><a href="#{one}">{escape(words("figure", one))}</a>' for one in names)
    whole = files("openakimat.report").joinpath("page.html").read_text("utf-8")
    about = [f"{words('figure', name)}: {value}" for name, value in _imprint(told, words)]
    about += [words("figure", one) for one in ("about", *told["notes"])]
    fields = {
        "language": words.language,
        "title": escape(title),
        "about": "".join(f"<p>{escape(line)}</p>" for line in about),
        "body": f"<nav><ul>{contents}</ul></nav>"
        + "".join(_section(table, pictures, words) for table in shown)
        + _list_silent([words("figure", one) for one in silent], words),
        "search": escape(words("phrase", "search")),
    }
    return Template(whole).substitute(fields, labels="", alphabet="")


def _imprint(told: Figures, words: Words) -> list[tuple[str, str]]:
    """As of when a report is, of what period, and under which licence: a page printed tells it too."""
    at = text_of(datetime.fromisoformat(told["at"]), words)
    of = {"at": at, "period": told.get("period"), "licence": told.get("licence")}
    return [(name, value) for name, value in of.items() if value]


def report_book(told: Figures, title: str, words: Words, /) -> Book:
    """The same numbers as one sheet, a number a row."""
    rows: list[Row] = [
        {"part": words("figure", "report"), "label": value, "figure": words("figure", name)}
        for name, value in _imprint(told, words)
    ]
    rows += [
        {"part": words("figure", part), "label": label, "figure": column and words("figure", column), **_amount(value)}
        for part, columns, lines in _tables(told, words)
        for label, values in lines
        for column in columns or ("",)
        if (value := values.get(column)) is not None
    ]  # fmt: skip
    return Book(title, {"figures": rows}, {"licence": told.get("licence", "")})


def _amount(value: Any) -> Row:
    if isinstance(value, dict):
        return {one: value.get(one) for one in ("share", "low", "high")} | {"of": value.get("n")}
    # A cell shows a float as a share, which days are not.
    return {"amount": Decimal(str(value)) if isinstance(value, float) else value}


def _tables(told: Figures, words: Words) -> Iterator[Table]:
    word = partial(_word, told, words)
    for by, groups in told["parts"].items():
        keys = [word(by, one["key"] or by * (by == "whole")) for one in groups]
        lines = [(key, one | (one["days"] or {})) for key, one in zip(keys, groups, strict=True)]
        if lines:
            yield by, COLUMNS, lines
    if told["league"]:
        lines = [(word("office", one["key"]), one) for one in told["league"]]
        yield "league", ("best", "worst", "in_time"), lines
    for name in ("only-counted", "delay", "runaround", "silence"):
        of = told.get(name) or {}
        pairs = of.items() if isinstance(of, dict) else [(one["key"], one["n"]) for one in of]
        cells = [(word(name, k), v) for k, v in pairs if not isinstance(v, dict)]
        several = [(k, more.items()) for k, more in pairs if isinstance(more, dict)]
        cells += [(f"{word(name, k)}: {word('act', n)}", v) for k, of in several for n, v in of]
        if cells:
            yield name, (), [(label, {"": value}) for label, value in cells]
    for name, rows in told["sections"].items():
        columns = list(dict.fromkeys(one for row in rows for one in row if one != "key"))
        kind = _KINDS.get(name, "figure")
        lines = [(word(kind, row["key"]) if row["key"] else words("figure", "whole"), {one: _in_words(row.get(one), one, word) for one in columns}) for row in rows]  # fmt: skip
        if lines:
            yield name, columns, lines


def _in_words(value: Any, column: str, word: Callable[[str, str], str]) -> Any:
    if isinstance(value, str):
        return word("figure" if value == "answered" else column, value) if value else None
    if column == "told":
        return {"share": value}  # a mean of chances, beside the share that came
    return ", ".join(value) if isinstance(value, list) else value


def _tells(table: Table, values: Mapping[str, Any]) -> bool:
    """Whether a line of a table tells anything: that of few cases does not."""
    return any(values.get(column) is not None for column in table[1] or ("",))


def _list_silent(names: Sequence[str], words: Words) -> str:
    return f"<p>{escape(words('figure', 'nothing'))}: {escape('; '.join(names))}</p>" * bool(names)


def _section(table: Table, pictures: Mapping[str, tuple[str, str]], words: Words) -> str:
    name, columns, all_lines = table
    lines = [one for one in all_lines if _tells(table, one[1])]
    silent = [label for label, values in all_lines if not _tells(table, values)]
    sortable = bool(columns) and len(lines) > 1
    heads = [escape(words("figure", one)) for one in (name, *columns)] if columns else []
    heads = [f"<button>{one}</button>" for one in heads] if sortable else heads
    head = "".join(f'<th scope="col">{one}</th>' for one in heads)
    body = "".join(
        f'<tr><th scope="row"><span>{escape(label)}</span></th>'
        f"{''.join(_cell(values.get(one), label, one and words('figure', one)) for one in columns or ('',))}</tr>"
        for label, values in lines[:MOST]
    )
    more = len(lines) - MOST
    told = words("phrase", "more-lines").format(n=f"{more:,}") if more > 0 else ""
    # What is wider than a phone is moved within its frame, by keys as well.
    return (
        f'<section class="figures{" sortable" * sortable}"><details open><summary><h2>{escape(words("figure", name))}</h2></summary>'
        f'{_picture(*pictures[name]) if name in pictures else ""}<div id="{name}" tabindex="0"><table>'
        f"{head and f'<thead><tr>{head}</tr></thead>'}<tbody>{body}</tbody></table></div>"
        f"{told and f'<p>{escape(told)}</p>'}{_list_silent(silent, words)}</details></section>\n"
    )


def _picture(svg: str, alt: str) -> str:
    data = b64encode(svg.encode()).decode()
    return f'<img alt="{escape(alt)}" src="data:image/svg+xml;base64,{data}">'


def _word(told: Figures, words: Words, by: str, key: str) -> str:
    """What a name is called by which cases are counted; those of people and places as they stand."""
    if by == "article":
        return words.source(key)
    if by in {"office", "silence"}:
        of, *when = key.split(": ", 1)
        return ": ".join((told.get("offices", {}).get(of, {}).get(words.language, of), *when))
    kind = {"only-counted": "procedure", "delay": "figure", "runaround": "figure", "whole": "figure", "end": "act", "becomes": "act", "what": "figure"}.get(by, by)  # fmt: skip
    names = [(kind, key)]
    if by == "outcome":  # what was decided, where an act with no such field ended it, or its act
        names = [("ground", f"decide.{key}"), ("stage", key), ("act", key)]
        names += [k for k in words.law.labels if k[0] == "ground" and k[1].endswith(f".{key}")]
    known = next(filter(None, map(words.law.labels.get, names)), None)
    return known.words[words.language] if known else key or words("phrase", "none")


def _cell(value: Any, name: str, column: str) -> str:
    """A number; a share with its interval, how many it is of, and a bar; on a phone under its own name."""
    key, told = "", "–"
    if isinstance(value, dict) and "n" not in value:
        key = value["share"]
        told = f"<span>{key:.1%}</span>"
    elif isinstance(value, dict) and value["share"] is not None:
        key, within = value["share"], f"{value['low']:.1%} – {value['high']:.1%}"
        of = f"n = {value['n']:,}"
        label = f"{escape(name)}: {key:.1%} ({within}), {of}"
        told = f"<span>{key:.1%}</span><small>{within}</small><small>{of}</small>"
        told += f'<meter value="{key}" aria-label="{label}"></meter>'
    elif value is not None and not isinstance(value, dict):
        key = value
        told = f"<span>{escape(value) if isinstance(value, str) else f'{value:,}'}</span>"
    return f'<td class="n" data-label="{escape(column)}" data-key="{escape(str(key))}">{told}</td>'
