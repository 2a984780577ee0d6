"""A docket as one page: sorted, searched and printed without anything from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from html import escape
from importlib.resources import files
from itertools import groupby
from string import Template

from openakimat.law.words import Words
from openakimat.report.columns import Book, Column, Sheet, Value

Text = Callable[[Value], str]

_PARTS = 14, 30
"""The least and the most of a page that a column takes, in its parts."""


def page(book: Book, words: Words, text: Text, /) -> str:
    """The page of a docket.

    Args:
        book: The docket, and what stands beside it.
        words: The words it is in.
        text: How a value is written.
    """
    dockets = [book.docket, *book.beside[1:]]
    parts = [_totals(sheet, words, text) for sheet in book.beside[:1]]
    parts += [_Part(sheet, book, words, text).html() for sheet in dockets if sheet.rows]
    about = map(text, book.about.values())
    template = Template(files("openakimat.report").joinpath("page.html").read_text("utf-8"))
    return template.substitute(
        language=words.language,
        title=escape(book.title),
        about="".join(f"<p>{escape(line)}</p>" for line in about if line),
        labels="\n".join(_labels(dockets, words)),
        body="\n".join(parts),
    )


def _labels(sheets: Sequence[Sheet], words: Words) -> Iterator[str]:
    """What each cell is called, once for all rows: on a phone there is no head."""
    for column in {column.name: column for sheet in sheets for column in sheet.columns}.values():
        name = words("column", column.name)
        called = "".join(f"\\{ord(sign):x} " for sign in name)
        yield f'small.{column.name}::before{{content:"{called}: "}}'
        yield f'@media(max-width:700px){{td.{column.name}::before{{content:"{called}: "}}}}'


def _totals(sheet: Sheet, words: Words, text: Text) -> str:
    """The totals, a small table for each of their parts."""
    told = sheet.told(words)
    tables = []
    for part, rows in groupby(told.rows, key=lambda row: row[0]):
        of = [*rows]
        shown = [n for n in range(1, len(told.columns)) if any(row[n] is not None for row in of)]
        head = "".join(f"<th>{escape(words('column', told.columns[n].name))}</th>" for n in shown)
        body = "".join(
            f"<tr>{''.join(_total(told.columns[n], row[n], text(row[n])) for n in shown)}</tr>"
            for row in of
        )
        tables.append(
            f"<section><h2>{escape(str(part))}</h2><div><table><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table></div></section>"
        )
    return f'<div class="totals">{"".join(tables)}</div>'


def _total(column: Column, value: Value, text: str) -> str:
    bar = f'<i class="bar" style="width:{value:.0%}"></i>' if isinstance(value, float) else ""
    return f'<td class="{_class(column, value)}">{escape(text)}{bar}</td>'


def _class(column: Column, value: Value) -> str:
    return f"{column.name} n" if isinstance(value, int | float) else column.name


class _Part:
    """A table of the page: what stands beneath what, and by what it is sorted."""

    def __init__(self, sheet: Sheet, book: Book, words: Words, text: Text) -> None:
        self.name, self.stored, self.told = sheet.name, sheet, sheet.told(words)
        self.words, self.text = words, text
        self.columns = list(self.told.columns)
        names = {column.name for column in self.columns}
        self.top = [n for n, one in enumerate(self.columns) if one.under not in names]
        self.beneath = {
            n: [m for m, one in enumerate(self.columns) if one.under == self.columns[n].name]
            for n in self.top
        }
        self.ranks = {n: _ranks((row[n] for row in self.told.rows), book.order) for n in self.top}

    def html(self) -> str:
        """The table with its head and the tools to choose by."""
        words = self.words
        heads = "".join(
            f"<th><button>{escape(words.heading('column', self.columns[n].name))}</button></th>"
            for n in self.top
        )
        # So many parts of the page: no word, however long, makes it wider than the screen.
        parts = [sorted((*_PARTS, self.columns[n].width))[1] for n in self.top]
        widths = "".join(f'<col style="width:{n / sum(parts):.1%}">' for n in parts)
        kinds = [column.name for column in self.stored.columns]
        standing = kinds.index("standing") if "standing" in kinds else None
        body = "\n".join(
            self._row(row, "" if standing is None else str(stored[standing]).replace(" ", "-"))
            for row, stored in zip(self.told.rows, self.stored.rows, strict=True)
        )
        return (
            f'<section class="sortable docket"><h2>{escape(words("heading", self.name))}</h2>'
            f"{self._tools()}<table><colgroup>{widths}</colgroup><thead><tr>{heads}</tr></thead><tbody>\n{body}\n</tbody>"
            "</table></section>"
        )

    def _tools(self) -> str:
        choices = "".join(
            f'<select name="{one.name}"><option value="">'
            f"{escape(self.words.heading('column', one.name))}</option></select>"
            for one in self.columns
            if one.choice
        )
        search = escape(self.words("phrase", "search"))
        return (
            f'<div class="tools" hidden><input type="search" placeholder="{search}" '
            f'aria-label="{search}">{choices}<output></output></div>'
        )

    def _row(self, row: Sequence[Value], standing: str) -> str:
        return "<tr>" + "".join(self._cell(row, n, standing) for n in self.top) + "</tr>"

    def _cell(self, row: Sequence[Value], n: int, standing: str) -> str:
        column, value = self.columns[n], row[n]
        rank = self.ranks[n].get(value)
        sort = "" if rank is None else f' data-s="{rank}"'
        small = "".join(
            f'<small class="{self.columns[m].name}">{escape(text)}</small>'
            for m in self.beneath[n]
            # A page tells no zeros: nothing is late by none.
            if row[m] and (text := self.text(row[m]))
        )
        tint = f"{column.name} {standing}" if column.name == "standing" else _class(column, value)
        text = escape(self.text(value))
        return f'<td class="{tint}"{sort}>{f"<span class={column.name}>{text}</span>" if text else ""}{small}</td>'


def _ranks(values: Iterator[Value], order: Callable[[str], object]) -> dict[Value, int]:
    """The place of each value of a column in its order: a page then compares numbers only."""

    def key(value: Value) -> object:
        if isinstance(value, date):
            # A day stands before the hours of that day; the hour is that of the office.
            return value.strftime("%Y-%m-%d %H:%M" if isinstance(value, datetime) else "%Y-%m-%d")
        return order(value) if isinstance(value, str) else value

    distinct = {value for value in values if value not in {None, ""}}
    return {value: n for n, value in enumerate(sorted(distinct, key=key))}  # type: ignore[arg-type]
