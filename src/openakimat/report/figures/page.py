"""A report as plain data, and the same numbers as one page that needs nothing from elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from openakimat.law.words import Words
from openakimat.report.figures.cases import Counted
from openakimat.report.figures.runaround import trace_runaround
from openakimat.report.figures.shares import (
    BY,
    LEAST,
    Figures,
    break_down,
    delay_of,
    figures_of,
    suppress,
)

COLUMNS = ("n", "open", "overdue", "late", "not_judged", "in_time", "naive", "gross", "survival", "electronic", "p50", "p80", "p90")  # fmt: skip


def make_report(
    rows: Sequence[Counted], at: datetime, only_counted: Collection[str] = (), least: int = LEAST
) -> Figures:
    """The figures of cases at an instant, as plain data; of the procedures `only_counted` just how many."""
    shown = [row for row in rows if row.procedure not in only_counted]
    counts = Counter(row.procedure for row in rows if row.procedure in only_counted)
    (whole,) = suppress([{"key": "", **figures_of(shown, at=at)}], least)
    parts = {"whole": [whole], **{by: break_down(shown, by, at=at, least=least) for by in BY}}
    told: Figures = {"at": at.isoformat(), "parts": parts}
    told["only-counted"] = suppress([{"key": k, "n": n} for k, n in counts.items()], least)
    if len(shown) >= least:
        told |= {"delay": delay_of(shown), "runaround": trace_runaround(shown, least=least)}
    return told


def report_page(told: Figures, title: str, words: Words, /) -> str:
    """The page of a report: a table a part, each with what it counts."""
    parts = ((by, groups) for by, groups in told["parts"].items() if groups)
    body = [_table(by, groups, words) for by, groups in parts]
    for name in ("only-counted", "delay", "runaround", "silence"):
        of = told.get(name)
        pairs = of.items() if isinstance(of, dict) else [(one["key"], one["n"]) for one in of or ()]
        cells = [(_word(words, name, k), v) for k, v in pairs if not isinstance(v, dict)]
        several = [(k, more.items()) for k, more in pairs if isinstance(more, dict)]
        cells += [
            (f"{_word(words, name, k)}: {_word(words, 'act', n)}", v)
            for k, of in several
            for n, v in of
        ]
        lines = (
            f'<tr><th scope="row">{escape(k)}</th><td class="n">{_cell(v)}</td></tr>'
            for k, v in cells
        )
        body += [_section(name, "".join(lines), words)] if cells else []
    whole = files("openakimat.report").joinpath("page.html").read_text("utf-8")
    about = f"<p>{escape(words('figure', 'about'))}</p>"
    fields = {
        "language": words.language,
        "title": escape(title),
        "about": about,
        "body": "".join(body),
    }
    return Template(whole).substitute(fields, labels="", search="", alphabet="")


def _section(name: str, rows: str, words: Words, head: str = "") -> str:
    heading = escape(words("figure", name))
    return f'<section class="figures"><h2>{heading}</h2><table>{head}<tbody>{rows}</tbody></table></section>'


def _word(words: Words, by: str, key: str) -> str:
    """What a name is called by which cases are counted; those of people and places as they stand."""
    kind = {"only-counted": "procedure", "act": "act", "delay": "figure", "runaround": "figure", "outcome": "ground"}.get(by, by)  # fmt: skip
    known = words.law.labels.get((kind, f"decide.{key}" if by == "outcome" else key))
    return known.words[words.language] if known else key or words("phrase", "none")


def _table(by: str, groups: Sequence[Figures], words: Words) -> str:
    heads = "".join(f'<th scope="col">{escape(words("figure", name))}</th>' for name in COLUMNS)
    rows = []
    for group in groups:
        name = _word(words, by, group["key"]) if by != "whole" else words("figure", "whole")
        values = group | (group["days"] or {})
        cells = (f'<td class="n">{_cell(values.get(one), name)}</td>' for one in COLUMNS)
        rows.append(f'<tr><th scope="row">{escape(name)}</th>{"".join(cells)}</tr>')
    first = f'<th scope="col">{escape(words("figure", by))}</th>'
    return _section(by, "".join(rows), words, f"<thead><tr>{first}{heads}</tr></thead>")


def _cell(value: Any, name: str = "") -> str:
    """A number; a share with its interval, how many it is of, and a bar."""
    if not isinstance(value, dict):
        return "–" if value is None else f"{value:,}"
    if value["share"] is None:
        return "–"
    share, within = f"{value['share']:.1%}", f"{value['low']:.1%} – {value['high']:.1%}"
    of = f"n = {value['n']:,}"
    label = f"{escape(name)}: {share} ({within}), {of}"
    meter = f'<meter value="{value["share"]}" aria-label="{label}"></meter>'
    return f"{share}<small>{within}</small><small>{of}</small>{meter}"
