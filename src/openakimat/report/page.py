"""A docket as one page: sorted, searched and printed without anything from elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from itertools import groupby
from string import Template

from openakimat.law.words import Words
from openakimat.report.columns import Book, Column, Row, Value, text_of

_PARTS = 14, 30
"""The least and the most of a page that a column takes, in its parts."""


def page(book: Book, words: Words, /) -> Iterator[str]:
    """The page of a docket, piece by piece: that of a register is long."""
    tables = [name for name, rows in book.sheets.items() if rows and name != "totals"]
    columns = {one.name: one for name in tables for one in book.shown(name)}
    told = {
        "language": words.language,
        "title": escape(book.title),
        "about": "".join(f"<p>{_text(line, words)}</p>" for line in book.about.values() if line),
        "labels": "\n".join(_label(name, words("column", name)) for name in columns),
        "search": escape(words("phrase", "search")),
        "alphabet": book.alphabet,
    }
    whole = files("openakimat.report").joinpath("page.html").read_text("utf-8")
    above, beneath = (Template(part).substitute(told) for part in whole.split("$body"))
    yield above
    yield from _totals(book, words)
    if book.pictures:
        yield f'<h2>{escape(words("heading", "by-hour"))}</h2><div class="totals">'
        yield f"{''.join(f'<figure>{one}</figure>' for one in book.pictures)}</div>"
    for name in tables:
        yield from _table(book, name, words)
    yield beneath


def _text(value: Value, words: Words) -> str:
    return escape(text_of(value, words, spoken=True))


def _label(name: str, word: str) -> str:
    """What a cell is called, once for all rows: on a phone there is no head."""
    content = "".join(f"\\{ord(sign):x} " for sign in f"{word}: ")
    phone = f'@media(max-width:700px){{td.{name}::before{{content:"{content}"}}}}'
    return f'tbody small.{name}::before{{content:"{content}"}}{phone}'


def _totals(book: Book, words: Words) -> Iterator[str]:
    yield '<div class="totals">'
    for part, group in groupby(book.sheets.get("totals", ()), lambda row: str(row["part"])):
        rows = [*group]
        shown = [one for one in book.shown("totals")[1:] if rows[0].get(one.name) is not None]
        head = "".join(f"<th>{escape(words('column', one.name))}</th>" for one in shown)
        body = "".join(
            f"<tr>{''.join(_total(row[o.name], words) for o in shown)}</tr>" for row in rows
        )
        yield f"<section><h2>{escape(words('heading', part))}</h2><div><table><thead><tr>{head}</tr>"
        yield f"</thead><tbody>{body}</tbody></table></div></section>"
    yield "</div>"


def _total(value: Value, words: Words) -> str:
    mark = "" if isinstance(value, str) else ' class="n"'
    bar = f'<i style="width:{value:.0%}"></i>' if isinstance(value, float) else ""
    return f"<td{mark}>{_text(value, words)}{bar}</td>"


def _table(book: Book, name: str, words: Words) -> Iterator[str]:
    """A sheet: each column that stands beneath another within the cells of that."""
    shown = book.shown(name)
    names = {one.name for one in shown}
    top = {
        one: [other for other in shown if other.under == one.name]
        for one in shown
        if one.under not in names
    }
    # No word, however long, makes the page wider than the screen.
    parts = [sorted((*_PARTS, one.width))[1] for one in top]
    widths = "".join(f'<col style="width:{n / sum(parts):.1%}">' for n in parts)
    head = "".join(_head(one, beneath, words) for one, beneath in top.items())
    yield f'<section class="docket"><h2>{escape(words("heading", name))}</h2><table><colgroup>{widths}'
    yield f"</colgroup><thead><tr>{head}</tr></thead><tbody>\n"
    yield from (f"{_row(row, top, words)}\n" for row in book.sheets[name])
    yield "</tbody></table></section>\n"


def _head(column: Column, beneath: Sequence[Column], words: Words) -> str:
    told = list[str]()
    for one in (column, *beneath):
        tag, mark = "small" if told else "button", f' data-choice="{one.name}"' * one.choice
        told.append(f"<{tag}{mark}>{escape(words.heading('column', one.name))}</{tag}>")
    return f"<th>{''.join(told)}</th>"


def _row(row: Row, top: Mapping[Column, Sequence[Column]], words: Words) -> str:
    cells = []
    for column, beneath in top.items():
        value = _text(column.tell(row.get(column.name), words), words)
        small = "".join(
            f'<small class="{one.name}">{_text(one.tell(row[one.name], words), words)}</small>'
            for one in beneath
            # Nothing is late by no days.
            if row.get(one.name)
        )
        tint = f" {row['standing']}".replace(" ", " is-") if column.name == "standing" else ""
        span = f'<span class="{column.name}">{value}</span>' if value else ""
        cells.append(f'<td class="{column.name}{tint}">{span}{small}</td>')
    return f"<tr>{''.join(cells)}</tr>"
