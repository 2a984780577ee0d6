"""What a check found, as rows of a docket: the one room that reads a `Result` to show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime

import attrs

from openakimat.errors import AkimatError, Fault, Malformed, unknown_fault
from openakimat.judgement.docket import Line, Standing, urgency
from openakimat.kz.alphabet import sort_key
from openakimat.law.office import Office
from openakimat.law.words import Words
from openakimat.register.cells import When
from openakimat.register.check import Result, RowFault
from openakimat.register.entry import Entry
from openakimat.register.personal import mask
from openakimat.register.totals import BY, FAULTY, compare_due, count_standings, tally
from openakimat.report.columns import Book, Column, Row, Sheet, Value

_ANSWERS = ("answered_at", "refused_at", "reported_at", "held_at")
"""By which column a row tells of its answer: the first that it has."""


@attrs.frozen
class Unjudged:
    """An act for which a row was not judged, or was judged without it."""

    line: int
    number: str
    act: str
    stage: str
    at: Value
    why: str


@attrs.frozen
class FaultGroup:
    """Faults of one cause in one column: on which line each is, and how it is told."""

    column: str
    cause: str
    told: tuple[tuple[int, str], ...]


@attrs.frozen
class Findings:
    """What a check found, in words.

    Attributes:
        rows: Each row of the register, the most pressing first; those not read last.
        unjudged: The acts that were not judged.
        faults: What could not be read, the most frequent cause first.
    """

    rows: tuple[Row, ...]
    unjudged: tuple[Unjudged, ...]
    faults: tuple[FaultGroup, ...]

    @property
    def lines(self) -> list[Line]:
        """The lines of the docket that it has."""
        return [row.line for row in self.rows if row.line is not None]


def find(
    result: Result, office: Office, words: Words, /, *, with_persons: bool = False
) -> Findings:
    """What a check found, ready to be shown.

    Args:
        result: The result.
        office: Whose register it is.
        words: The words it is told in.
        with_persons: Whether it tells whole numbers of persons, and who the applicants are.
    """
    show = str if with_persons else mask
    unjudged = tuple(_list_unjudged(result, words, show))
    faults = tuple(_group_faults(result.faults, words, show))
    notes: defaultdict[int, list[str]] = defaultdict(list)
    for one in unjudged:
        notes[one.line].append(one.why)
    for group in faults:
        for line, why in group.told:
            notes[line].append(": ".join(filter(None, (group.column, why))))
    known = zip(result.entries, result.lines, strict=True)
    rows = [
        _make_row(entry, line, office, notes[entry.line], show, with_persons=with_persons)
        for entry, line in sorted(known, key=lambda one: urgency(one[1]))
    ]
    unread = {fault.line for fault in result.faults} - {entry.line for entry in result.entries}
    rows += (
        Row(None, {"line": n, "standing": FAULTY, "note": "; ".join(notes[n])})
        for n in sorted(unread)
    )
    return Findings(tuple(rows), unjudged, faults)


def _list_unjudged(result: Result, words: Words, show: Callable[[str], str]) -> Iterator[Unjudged]:
    numbers = {entry.line: show(entry.number) for entry in result.entries}
    for one in result.refused:
        why, *_ = words.refusal(one.refusal).splitlines()
        number, stage = numbers.get(one.line, ""), one.refusal.stage
        yield Unjudged(one.line, number, one.act, stage, None, show(why))


def _group_faults(
    faults: Iterable[RowFault], words: Words, show: Callable[[str], str]
) -> list[FaultGroup]:
    """Faults of one column and cause together, the most frequent first."""
    alike: defaultdict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for one in faults:
        told = one.line, show(words.fault(one.fault))
        alike[one.column, one.fault.code or one.why].append(told)
    groups = [FaultGroup(column, cause, tuple(told)) for (column, cause), told in alike.items()]
    return sorted(groups, key=lambda one: -len(one.told))


# -- a row ----------------------------------------------------------------------------


def _make_row(
    entry: Entry,
    line: Line,
    office: Office,
    notes: Collection[str],
    show: Callable[[str], str],
    *,
    with_persons: bool,
) -> Row:
    """A row judged: its line, and what the register tells of it."""
    theirs = _time_of(getattr(entry, "their_due", None))
    answered = next(filter(None, (getattr(entry, name, None) for name in _ANSWERS)), None)
    official = getattr(entry, "executor", "") or getattr(entry, "official", "")
    told: dict[str, Value] = {
        "line": entry.line,
        "applicant_kind": "organization" if entry.bin else "person" if entry.iin else "",
        "topic": show(entry.topic),
        "channel": show(entry.channel),
        "official": show(official),
        "received": _time_of(entry.received_at),
        "registered": _time_of(entry.registered_at),
        "answered": _time_of(answered),
        "their_due": theirs,
        "difference": _compare_days(line, theirs, office),
        "note": "; ".join(filter(None, (*notes, show(line.why)))),
    }
    if with_persons:
        told |= {"applicant": entry.applicant, "iin": entry.iin, "bin": entry.bin}
    return Row(attrs.evolve(line, case=show(line.case)), told)


def _time_of(when: When | date | None) -> Value:
    """A time as it was told: a day, where its hour was not."""
    if isinstance(when, When):
        return when.at if when.exact else when.at.date()
    return when


def _compare_days(line: Line, theirs: Value, office: Office) -> int | None:
    """By how many working days their last day is after ours; None where nothing is compared."""
    due = line.deadline
    if due is None or not isinstance(theirs, date):
        return None
    days = office.calendar
    ours = due.last_day or office.day_of(due.at)
    if (day := office.day_of(theirs) if isinstance(theirs, datetime) else theirs) == ours:
        return 0
    try:
        # Another day is another day, though only days off are between.
        return days.between(ours, day) or (1 if day > ours else -1)
    except AkimatError:
        return None


# -- chosen ---------------------------------------------------------------------------


def choose(found: Findings, words: Words, /, only: Mapping[str, Collection[str]]) -> Findings:
    """The findings, of the rows that hold what is asked for, in stored names or in words.

    Args:
        found: The findings.
        words: The words.
        only: Of a column, what is asked for; nothing where it does not matter.

    Raises:
        Malformed: No row, and no standing, is called so.
    """
    rows, faults = found.rows, list[Fault]()
    for name, asked in only.items():
        values = {str(row[name] or "") for row in found.rows}
        known = {FAULTY, *(each.value for each in Standing)} if name == "standing" else values
        called = {_plainly(value): value for value in known}
        if name in {"standing", "topic"}:
            called |= {_plainly(words(name, value)): value for value in known if value}
        option = "--only" if name == "standing" else f"--{name}"
        faults += (
            unknown_fault(option, one, sorted(known, key=sort_key))
            for one in asked
            if _plainly(one) not in called
        )
        wanted = {called.get(_plainly(one)) for one in asked}
        rows = tuple(row for row in rows if not asked or str(row[name] or "") in wanted)
    if faults:
        raise Malformed("option", faults)
    return attrs.evolve(found, rows=rows)


def _plainly(name: str) -> str:
    return name.strip().casefold().replace("-", " ")


# -- what is written ------------------------------------------------------------------

_TOTALS = (
    Column("part", kind="heading", width=24),
    Column("key", stored=True),
    Column("label", width=40),
    Column("cases"),
    Column("judged", rare=True),
    Column("late_cases", rare=True),
    Column("share_late", rare=True),
)

_UNJUDGED = (
    Column("line", width=8),
    Column("number", width=20),
    Column("act", kind="act", width=24, choice=True),
    Column("stage", kind="stage", width=24, choice=True),
    Column("at", rare=True, width=17),
    Column("note", width=80),
)

_FAULTS = (
    Column("line", width=8),
    Column("column", width=20, choice=True),
    Column("cause", stored=True),
    Column("note", width=80),
    Column("alike"),
)


def total_rows(result: Result, rows: Collection[Row], words: Words, /) -> list[list[Value]]:
    """The totals, a row each: of what, a name, cases, how many judged, late, and the share."""
    counts = {"rows-in": result.n_rows, "accepted": result.n_accepted}
    counts |= {"not-judged": result.n_refused, "faulty": result.n_faulty}
    named = (
        ("rows", "total", counts),
        ("standing", "standing", count_standings(rows)),
        ("their-due", "total", compare_due(rows)),
    )
    table: list[list[Value]] = [
        [part, key, words(kind, key), n, None, None, None]
        for part, kind, of in named
        for key, n in of.items()
    ]
    for by in BY:
        tallies = tally(rows, by, words)
        # Of what no row tells there is nothing to be counted by.
        if any(one.key for one in tallies):
            table += (
                [f"by-{by}", one.key, one.name, one.n, one.judged, one.late, one.share]
                for one in tallies
            )
    return table


def make_book(
    result: Result, found: Findings, office: Office, at: datetime, words: Words, /
) -> Book:
    """What `check --out` writes: totals, the docket, what was not judged, what could not be read."""
    name = office.body.names.get(words.language, office.body.id)
    readings = (
        f"{key}={answer}"
        for key, answer in office.readings.items()
        if answer != office.law.readings[key].default
    )
    about: dict[str, Value] = {"at": at, "law": office.wording, "readings": "; ".join(readings)}
    faults = [
        (line, group.column, group.cause, why, len(group.told))
        for group in found.faults
        for line, why in group.told
    ]
    return Book(
        f"{name}: {words('heading', 'docket')}",
        Sheet.of(found.rows),
        about,
        (
            Sheet("totals", _TOTALS, total_rows(result, found.rows, words)),
            Sheet("not_judged", _UNJUDGED, [attrs.astuple(one) for one in found.unjudged]),
            Sheet("faults", _FAULTS, faults),
        ),
        sort_key,
    )
