"""How values show themselves in a notebook: HTML of their own, and a short text.

Rules. (1) No script, no style sheet, nothing from elsewhere; under 200 kB each. (2) No person is
named: who acted is told by role, and a topic, which somebody wrote freely, is not told. (3) Terms are
counted by the office of a case or not at all: another office has other days off and other readings.

Values know nothing of it: the rooms that have them are pure. `shows` sets `_repr_html_` on their
classes, which every front end asks for, Jupyter, marimo or an editor, where a registration with
IPython would serve the first alone. So importing `openakimat.report` is all that is needed.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from html import escape
from importlib.metadata import entry_points
from itertools import islice
from typing import Any

import attrs

from openakimat.calendar.worktime import WorkCalendar
from openakimat.case import Case
from openakimat.chart.table import Table
from openakimat.errors import AkimatError, Fault, Malformed
from openakimat.judgement.card import Card
from openakimat.judgement.deadlines import deadlines, rounds
from openakimat.judgement.docket import Docket, summary
from openakimat.judgement.running import Running, follow
from openakimat.law.office import Office
from openakimat.law.words import Words
from openakimat.limits.deadline import Deadline
from openakimat.limits.explain import why_off
from openakimat.report.chart import ILLEGAL, svg
from openakimat.report.columns import Book, Row, last_in_time, row_of, text_of
from openakimat.report.days import Bar, calendar_cell, lanes, months, strip
from openakimat.report.draw import graph, title

_MOST = 100
"""So many rows of a table are shown: a file has all."""

_STYLE = "text-align:left;vertical-align:top;padding:2px 10px 2px 0"


_SET: dict[str, Any] = {"language": "en", "office": None}


def language(code: str, /, *, office: Office | None = None) -> None:
    """Set, once, the language in which everything shows itself.

    The `office` is whose law and calendar count what is shown, of one's own; without it each case
    is counted by the office that it names. Raises `Malformed` if there is no such language.

    >>> language("en")
    """
    Words((office or office_of()).law, code)
    _SET.update(language=code, office=office or _SET["office"])


@lru_cache(maxsize=64)
def _installed(*name: str) -> Office:
    for country in entry_points(group="openakimat.offices"):
        found: Office = country.load()(*name)
        return found
    raise Malformed("office", [Fault("office", "none installed: report.language(…, office=…)")])


def office_of(case: Case | None = None, /) -> Office:
    """The office set; or that which the records of a case name, or any, for its words.

    Raises `Malformed` if the case names none that is known here.
    """
    return _SET["office"] or (_installed(case.records[0].office) if case else _installed())


@attrs.frozen
class Shown:
    """What is shown of a value: its title, its lines of text, and HTML where that tells more."""

    title: str
    text: Sequence[str] = ()
    body: str = ""

    def __str__(self) -> str:
        return "\n".join((self.title, *self.text))

    @property
    def html(self) -> str:
        """One element; what no page may hold is left out of it."""
        body = self.body or lines_html(self.text)
        whole = f'<div style="font-family:system-ui"><b>{escape(self.title)}</b>{body}</div>'
        return ILLEGAL.sub("\ufffd", whole)


def shows(kind: type, show: Callable[[Any, Words], Shown], /) -> None:
    """Let values of a class show themselves as a function tells."""

    def shown(value: object) -> Shown:
        return show(value, Words(office_of().law, _SET["language"]))

    looks: dict[str, Callable[..., object]] = {"_repr_html_": lambda value: shown(value).html}
    # IPython gives its printer, and whether it has met the value within itself.
    looks["_repr_pretty_"] = lambda value, printer, _: printer.text(str(shown(value)))
    for name, look in looks.items():
        setattr(kind, name, look)


def lines_html(lines: Iterable[str], /) -> str:
    """Lines of text as they stand."""
    text = escape("\n".join(lines))
    return f'<div style="white-space:pre-wrap">{text}</div>'


def table_html(head: Iterable[str], rows: Iterable[Sequence[str]], /) -> str:
    """A table of texts."""
    top = "".join(f'<th style="{_STYLE}">{escape(name)}</th>' for name in head)
    told = ("".join(f'<td style="{_STYLE}">{escape(cell)}</td>' for cell in row) for row in rows)
    body = "".join(f"<tr>{row}</tr>" for row in told)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def sheet_html(sheet: str, rows: Sequence[Row], names: Collection[str], words: Words, /) -> str:
    """The first rows of a sheet, in those of some columns that any of them has."""
    shown = [one for one in Book("", {sheet: rows}).shown(sheet) if one.name in names]
    cells = (
        [text_of(one.tell(row.get(one.name), words), words, spoken=True) for one in shown]
        for row in islice(rows, _MOST)
    )
    table = table_html((words.heading("column", one.name) for one in shown), cells)
    more = words("phrase", "first").format(n=_MOST, total=len(rows))
    return table + (lines_html([more]) if len(rows) > _MOST else "")


def _deadline(due: Deadline, words: Words) -> Shown:
    first, *rest = words.explain(due).splitlines()
    return Shown(first, rest, strip(due, words) + lines_html(rest))


def _chart(table: Table, words: Words) -> Shown:
    text = [", ".join(words("stage", stage) for stage in table.stages)]
    return Shown(title(table, words), text, svg(*graph(table, words), title=title(table, words)))


def _case(case: Case, words: Words) -> Shown:
    name = f"{words.heading('procedure', case.procedure)} {case.id}: {words('stage', case.stage)}"
    rows = [
        (f"{one.no}", words.spoken.instant_text(one.at), words("act", one.act.tag),
         words("role", one.role) if one.role else "", words("stage", one.stage))
        for one in case.sealed
    ]  # fmt: skip
    text = [" · ".join(filter(None, row)) for row in rows]
    drawn, told, chart = [*_stages(case, words)], list[str](), ""
    try:
        office = office_of(case)
        of = follow(case, office=office)
        for due, bars in _clocks(of, office, words):
            drawn.append((words("limit", due.limit), bars))
            told.append(words.explain(due).partition("\n")[0])
        # Without the extra that draws charts all the rest is shown.
        parts = graph(office.revision_of(case.under), words)
        picture = svg(*parts, title=name, current=case.stage)
        chart = f"<details><summary>{words('heading', 'chart')}</summary>{picture}</details>"
    except AkimatError:
        if not told:
            told.append(words("phrase", "not-counted"))
    head = ("", *(words.heading("column", column) for column in ("at", "act", "by", "stage")))
    # A case of thousands of records is told by its last.
    body = lanes(drawn, words, title=name) + lines_html(told) + table_html(head, rows[-_MOST:])
    return Shown(name, [*text[-_MOST:], *told], body + chart)


def _stages(case: Case, words: Words) -> Iterator[tuple[str, Sequence[Bar]]]:
    records, stages, acts = case.records[-_MOST:], list[Bar](), list[Bar]()
    for n, one in enumerate(records):
        end = max(one.at, records[min(n + 1, len(records) - 1)].at)
        stages.append((one.at, end, ("counted", "moved")[n % 2], words("stage", one.stage)))
        told = f"{words('act', one.act.tag)} ({words('role', one.role)})"
        acts.append((one.at, one.at, "base", told))
    yield words.heading("column", "stage"), stages
    yield words.heading("column", "act"), acts


def _clocks(of: Running, office: Office, words: Words) -> Iterator[tuple[Deadline, Sequence[Bar]]]:
    """Every term of a case with its bars: until it ended or ends, and what it stood still."""
    last = of.case.records[-1].at
    room = max(3 * (last - of.case.opened_at), timedelta(days=30))
    runs = {run.limit: run for run in of.runs.values()}
    for due in (*rounds(of, office=office), *deadlines(of, office=office)):
        # A right of years would leave no room for what has happened.
        end = due.stopped_at or max(last, min(due.at, last + room))
        tint = "late" if due.missed(last) else "counted"
        bars = [(min(due.base_at, end), end, tint, words.explain(due).partition("\n")[0])]
        pauses = [(pause.start, pause.end) for pause in due.pauses]
        if due.paused and due.limit in runs:
            pauses += ((start, end) for _, start, until in runs[due.limit].pauses if until is None)
        bars += ((start, until, "paused", words("column", "pauses")) for start, until in pauses)
        yield due, bars


def _card(card: Card, words: Words) -> Shown:
    told = {
        "number": card.number, "procedure": words("procedure", card.procedure),
        "stage": words("stage", card.stage), "channel": words("channel", card.channel),
        "received": card.received_at, "registered": card.registered_at,
        "answered": card.answered_at, "due": last_in_time(card.due_at),
        "standard": last_in_time(card.standard_at),
        "standing": words("standing", "broken") if card.broken else "",
    }  # fmt: skip
    plain = {name: text_of(value, words, spoken=True) for name, value in told.items() if value}
    rows = [(words.heading("column", name), value) for name, value in plain.items()]
    return Shown(card.case, [": ".join(row) for row in rows], table_html(("", ""), rows))


DOCKET = ("line", "number", "procedure", "due", "standing", "days_late", "days_left", "limit", "breaches")  # fmt: skip
"""What is shown of a docket: nothing that somebody wrote freely, and no official."""


def _docket(docket: Docket, words: Words) -> Shown:
    name = f"{words('heading', 'docket')}: {words.spoken.amount(len(docket), 'Cases')}"
    # By the id of its case, where it bears no number.
    rows = [row_of(line, number=line.number or line.case) for line in islice(docket, _MOST + 1)]
    text = [f"{words('standing', key)}: {n:,}" for key, n in summary(docket).items() if n]
    return Shown(name, text, lines_html(text) + sheet_html("docket", rows, DOCKET, words))


@attrs.frozen
class Year:
    """A year of a calendar, which shows itself: each day off told with its reason."""

    calendar: WorkCalendar
    year: int


def _year(of: Year, words: Words) -> Shown:
    first, last = date(of.year, 1, 1), date(of.year, 12, 31)
    n = of.calendar.rank(last) - of.calendar.rank(first) + of.calendar.is_working(first)
    name = f"{words('heading', 'calendar')} {of.year}: {words.spoken.amount(n, 'WorkingDays')}"
    noted = sorted(day for day in of.calendar.exceptions if day.year == of.year)
    text = [
        f"{words.spoken.day_text(day)} — {why_off(of.calendar, day, words.spoken)}" for day in noted
    ]
    picture = months(first, last, calendar_cell(of.calendar, words), title=name)
    return Shown(name, text, picture + lines_html(text))


for _kind, _show in (
    (Case, _case), (Deadline, _deadline), (Table, _chart), (Card, _card), (Docket, _docket),
    (Year, _year),
    # No clock tells which year it is: the last that is published.
    (WorkCalendar, lambda of, words: _year(Year(of, of.confirmed_until.year), words)),
):  # fmt: skip
    shows(_kind, _show)
