"""Days and instants drawn as SVG: a deadline and a year by months, the life of a case along its time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import cast
from xml.sax.saxutils import escape

from openakimat.calendar.terms import WorkingDays, add_days
from openakimat.calendar.worktime import WorkCalendar
from openakimat.law.words import Words
from openakimat.limits.deadline import Deadline
from openakimat.limits.explain import why_off
from openakimat.report.chart import tag
from openakimat.report.columns import Row

TINTS = {
    "counted": "#cfe3f7", "off": "#d9d9de", "holiday": "#f3b8b3", "moved": "#cdeac0",
    "base": "#ffd98a", "due": "#f08a5d", "paused": "#b9a7d9", "late": "#e06666",
}  # fmt: skip
"""Light enough for dark letters, on a page of either colour."""

Cell = Callable[[date], tuple[str, str]]
"""The tint of a day, and what is told of it."""

Bar = tuple[datetime, datetime, str, str]
"""From when to when, the tint, and what is told of it."""

_WIDE, _HIGH, _LABEL = 23.0, 20.0, 62.0
_MOST_MONTHS = 24
_LANE, _SPAN, _NAMES, _SIGNS = 26.0, 600.0, 250.0, 31


def months(first: date, last: date, cell: Cell, /, *, title: str) -> str:
    """Days from one to another, a row a month; of a term of many years its first and last months.

    >>> picture = months(date(2026, 3, 30), date(2026, 4, 2), lambda day: ("off", f"{day}"), title="")
    >>> picture.count("<rect"), "<title>2026-04-01</title>" in picture
    (4, True)
    """
    days = (add_days(first, n) for n in range((last - first).days + 1))
    rows = [[*of] for _, of in groupby(days, lambda day: (day.year, day.month))]
    if len(rows) > _MOST_MONTHS:
        rows = [*rows[: _MOST_MONTHS // 2], [], *rows[-_MOST_MONTHS // 2 :]]
    drawn = []
    for n, row in enumerate(rows):
        label = f"{row[0]:%m.%Y}" if row else "…"
        drawn.append(_text(0, n * _HIGH + 14, label, fill="currentColor"))
        for day in row:
            tint, why = cell(day)
            x = _LABEL + (day.day - 1) * _WIDE
            drawn.append(tag(
                "g", tag("title", escape(why)),
                tag("rect", x=x, y=n * _HIGH, width=_WIDE - 2, height=_HIGH - 2, fill=TINTS[tint]),
                _text(x + 4, n * _HIGH + 13, str(day.day)),
            ))  # fmt: skip
    return _svg(drawn, _LABEL + 31 * _WIDE, len(rows) * _HIGH, title)


def strip(due: Deadline, words: Words, /) -> str:
    """The days of a deadline: what it is counted from, what is left out and why, the last one."""
    local, spoken = due.calendar.place.day_of, words.spoken
    last = due.last_day or local(due.at)
    plain = calendar_cell(due.calendar, words)

    def cell(day: date) -> tuple[str, str]:
        text = spoken.day_text(day)
        base = spoken.phrase("base-day", day=text) if day == due.base_day else ""
        if day == last:
            return "due", " · ".join(filter(None, (base, f"{words('column', 'due')}: {text}")))
        if base:
            return "base", base
        if any(local(pause.start) <= day < local(pause.end) for pause in due.pauses):
            return "paused", f"{text}: {words('column', 'pauses')}"
        return plain(day) if isinstance(due.edition.value.term, WorkingDays) else ("counted", text)

    first, last_shown = sorted((due.base_day, last))
    return months(first, last_shown, cell, title=words("limit", due.limit))


def calendar_cell(calendar: WorkCalendar, words: Words, /) -> Cell:
    """What a calendar says of each day: counted, off, a holiday, or moved by decree."""

    def cell(day: date) -> tuple[str, str]:
        text, note = words.spoken.day_text(day), calendar.exceptions.get(day)
        if calendar.is_working(day) and note is None:
            return "counted", text
        tint = "off" if note is None else "moved" if note.kind == "working-day" else "holiday"
        return tint, f"{text} — {why_off(calendar, day, words.spoken)}"

    return cell


def lanes(rows: Sequence[tuple[str, Sequence[Bar]]], words: Words, /, *, title: str) -> str:
    """Bars along one time, a row each under its name; what has no length is a dot."""
    instants = [at for _, bars in rows for start, end, *_ in bars for at in (start, end)]
    first, whole = min(instants), (max(instants) - min(instants)) or timedelta(1)
    drawn = []
    for n, (name, bars) in enumerate(rows):
        y = n * _LANE
        short = name if len(name) <= _SIGNS else f"{name[: _SIGNS - 1]}…"
        label = _text(0, y + 15, short, fill="currentColor")
        drawn.append(tag("g", tag("title", escape(name)), label))
        for start, end, tint, told in bars:
            x, width = _NAMES + _SPAN * ((start - first) / whole), _SPAN * ((end - start) / whole)
            place = {"x": x, "y": y + 2, "width": max(width, 4.0), "height": _LANE - 8}
            dot = {"cx": x, "cy": y + 11, "r": 5.0}
            name_of, of = ("rect", place) if end > start else ("circle", dot)
            shape = tag(name_of, **of, fill=TINTS[tint], stroke="#667")
            span = " – ".join(dict.fromkeys(map(words.spoken.instant_text, (start, end))))
            drawn.append(tag("g", tag("title", escape(f"{told}: {span}")), shape))
    return _svg(drawn, _NAMES + _SPAN + 8, len(rows) * _LANE, title)


def by_hour(rows: Iterable[Row], words: Words, /) -> list[str]:
    """Measures of hours, a picture for each scenario and what they are of: the lesser before the greater.

    >>> from openakimat import kz
    >>> row = {"scenario": "a", "about": "hall", "measure": "wait_90", "hour": "09:00", "mean": 12.5}
    >>> "09:00 12.5" in by_hour([row], Words(kz.law(), "en"))[0]
    True
    """
    groups: dict[tuple[str, str, bool], dict[str, dict[str, float]]] = {}
    for row in rows:
        if hour := row.get("hour"):
            key = str(row["scenario"]), str(row["about"]), row["measure"] == "use"
            of = groups.setdefault(key, {}).setdefault(str(hour), {})
            of[str(row["measure"])] = cast("float", row["mean"])
    return [_hours(*key[:2], dict(sorted(of.items())), words) for key, of in groups.items()]


def _hours(scenario: str, about: str, of: Mapping[str, Mapping[str, float]], words: Words) -> str:
    told = [words("phrase", "run-by-hour").format(scenario=scenario, about=about)]
    drawn, names = [_text(0, 14, *told, fill="currentColor")], sorted(next(iter(of.values())))[::-1]
    tints = dict(zip(names, (TINTS["counted"], TINTS["due"]), strict=False))
    for y, (name, tint) in enumerate(tints.items(), 1):
        place = {"x": 0, "y": y * _HIGH + 2, "width": 14, "height": 14}
        drawn.append(tag("rect", **place, fill=tint, stroke="#667"))
        drawn.append(_text(20, y * _HIGH + 14, words("measure", name), fill="currentColor"))
    told += [" / ".join(words("measure", name) for name in names)]
    # A share is drawn against the whole, minutes against the most of them.
    is_share = "use" in names
    most = 1.0 if is_share else max(max(one.values()) for one in of.values()) or 1.0
    for y, (hour, one) in enumerate(of.items(), len(names) + 1):
        for name in names:
            bar = {"x": 44, "y": y * _HIGH + 2, "width": 240 * one[name] / most, "height": 16}
            drawn.append(tag("rect", **bar, fill=tints[name], stroke="#667"))
        shown = " / ".join(f"{one[n]:.0%}" if is_share else f"{one[n]:,.1f}" for n in names)
        drawn.append(_text(0, y * _HIGH + 14, hour, fill="currentColor"))
        drawn.append(_text(292, y * _HIGH + 14, shown, fill="currentColor"))
        told.append(f"{hour} {shown}")
    return _svg(drawn, 400, (len(of) + len(names) + 1) * _HIGH, "; ".join(told))


def _svg(drawn: Sequence[str], width: float, height: float, title: str) -> str:
    return tag(
        "svg", tag("title", escape(title)), *drawn, xmlns="http://www.w3.org/2000/svg",
        viewBox=f"-6 0 {width + 6:.0f} {height:.0f}", width=width + 6, height=height, role="img",
        font_family="system-ui,sans-serif", font_size="12", style="max-width:100%;height:auto",
    )  # fmt: skip


def _text(x: float, y: float, text: str, *, fill: str = "#1d2531") -> str:
    return tag("text", escape(text), x=x, y=y, fill=fill)
