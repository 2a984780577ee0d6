"""What a check found, as rows of a docket: the one room that reads a `Result` to show it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from operator import itemgetter

import attrs

from openakimat.errors import AkimatError, Fault, Malformed, make_fault, unknown_fault
from openakimat.judgement.docket import Line, Standing, urgency
from openakimat.kz.alphabet import LETTERS, sort_key
from openakimat.law.office import Office
from openakimat.law.words import Words
from openakimat.register.entries.cells import When, mask
from openakimat.register.entries.entry import Entry
from openakimat.register.result import Result, RowFault
from openakimat.register.totals import FAULTY, total
from openakimat.report.columns import Book, Row, Value, row_of
from openakimat.report.show import DOCKET, Shown, lines_html, office_of, sheet_html, shows

_ANSWERS = ("answered_at", "refused_at", "reported_at", "held_at")
"""By which column a row tells of its answer: the first that it has."""

_PERSONAL = ("applicant", "iin", "bin")
_AS_READ = ("line", "topic", "channel", *_PERSONAL)


def make_book(
    result: Result, office: Office, words: Words, /, *, at: datetime, with_persons: bool = False
) -> Book:
    """What a check found, in words: what is shown on a screen, and written to a file.

    It tells whole numbers of persons, and who the applicants are, only `with_persons`.
    """
    unjudged = [*_list_unjudged(result, words)]
    faults, warnings = (_list_faults(of, words) for of in (result.faults, result.warnings))
    notes: defaultdict[Value, list[str]] = defaultdict(list)
    for row in filter(itemgetter("line"), (*unjudged, *faults, *warnings)):
        notes[row["line"]].append(
            ": ".join(str(row[one]) for one in ("column", "note") if row.get(one))
        )
    known = sorted(zip(result.entries, result.lines, strict=True), key=lambda one: urgency(one[1]))
    rows = [_make_row(entry, line, office, notes.pop(entry.line, [])) for entry, line in known]
    rows += ({"line": n, "standing": FAULTY, "note": "; ".join(of)} for n, of in notes.items())
    counts = {"rows-in": result.n_rows, "accepted": result.n_accepted}
    counts |= {"not-judged": result.n_not_judged, "faulty": result.n_faulty}
    sheets = {"docket": rows, "not_judged": unjudged, "faults": faults, "warnings": warnings}
    if not with_persons:
        sheets = {name: [*map(_hide_persons, of)] for name, of in sheets.items()}
    readings = (
        f"{key}={answer}"
        for key, answer in office.readings.items()
        if answer != office.law.readings[key].default
    )
    return Book(
        f"{office.body.names.get(words.language, office.body.id)}: {words('heading', 'docket')}",
        {"totals": [*total(sheets["docket"], counts, words)], **sheets},
        {"at": at, "law": office.wording, "readings": "; ".join(readings)},
        LETTERS,
    )


def _list_unjudged(result: Result, words: Words) -> Iterator[Row]:
    for one in result.not_judged:
        row: dict[str, Value] = {"line": one.line, "number": one.number, "act": "", "stage": ""}
        why = one.why
        if (refused := one.refused) is not None:
            told = words.refusal(refused.refusal).partition("\n")[0]
            why = make_fault("", "refused-told", told)
            row |= {"act": refused.act, "stage": refused.refusal.stage, "at": refused.when}
        row["note"] = words.fault(why)
        yield row


def _list_faults(of: Sequence[RowFault], words: Words) -> list[Row]:
    """Every fault; those of one column and cause together, the most frequent first."""
    causes: defaultdict[tuple[str, str], list[RowFault]] = defaultdict(list)
    for one in of:
        causes[one.column, one.fault.code or one.why].append(one)
    told = sorted(causes.items(), key=lambda one: -len(one[1]))
    return [
        {
            "line": one.line,
            "column": column,
            "cause": cause,
            "note": words.fault(one.fault),
            "alike": len(alike),
        }
        for (column, cause), alike in told
        for one in alike
    ]


def _make_row(entry: Entry, line: Line, office: Office, notes: Collection[str]) -> Row:
    theirs = _time_of(entry.their_due)
    answers = (getattr(entry, name, None) for name in _ANSWERS)
    return row_of(
        line,
        **{name: getattr(entry, name) for name in _AS_READ},
        applicant_kind="organization" if entry.bin else "person" if entry.iin else "",
        official=getattr(entry, "executor", "") or getattr(entry, "official", ""),
        received=_time_of(entry.received_at),
        registered=_time_of(entry.registered_at),
        answered=_time_of(next(filter(None, answers), None)),
        their_due=theirs,
        difference=_compare_days(line, theirs, office),
        note="; ".join(notes) or line.why,
    )


def _hide_persons(row: Row) -> Row:
    """A row without who the applicant is, and in which no number of a person stands whole."""
    told = {name: mask(value) if isinstance(value, str) else value for name, value in row.items()}
    return told | dict.fromkeys(told.keys() & _PERSONAL)


def _time_of(when: When | date | None) -> date | None:
    if isinstance(when, When):
        return when.at if when.exact else when.at.date()
    return when


def _compare_days(line: Line, theirs: date | None, office: Office) -> int | None:
    """By how many working days their last day is after ours; None where nothing is compared."""
    due = line.deadline
    if due is None or theirs is None:
        return None
    ours = due.last_day or office.day_of(due.at)
    day = office.day_of(theirs) if isinstance(theirs, datetime) else theirs
    try:
        # Another day is another day, though only days off are between.
        return office.calendar.between(ours, day) or (day > ours) - (day < ours)
    except AkimatError:
        return None


def _show(result: Result, words: Words) -> Shown:
    office, at = result.office or office_of(), result.at
    assert at is not None  # noqa: S101 - a check tells its instant
    book = make_book(result, office, words, at=at)
    totals = (row for row in book.sheets["totals"] if row["part"] in {"rows", "standing"})
    text = [f"{row['label']}: {row['cases']:,}" for row in totals]
    body = lines_html(text) + sheet_html("docket", book.sheets["docket"], DOCKET, words)
    # Where and how a row is wrong, and not what stands there: it may be anybody's name.
    for sheet in ("not_judged", "faults"):
        told = sheet_html(sheet, book.sheets[sheet], ("line", "act", "stage", "column"), words)
        body += f"<p>{words('heading', sheet)}</p>{told}" if book.sheets[sheet] else ""
    return Shown(book.title, text, body)


shows(Result, _show)


def choose(book: Book, words: Words, /, **only: Collection[str] | None) -> Book:
    """The same with those cases only that hold what is asked for, in stored names or in words.

    `only` is what is asked for, by column; nothing where it does not matter. Standings last.
    Raises `Malformed` if no row, and no standing, is called so.
    """
    rows = counted = book.sheets["docket"]
    faults = list[Fault]()
    for name, asked in only.items():
        known = {str(row.get(name) or "") for row in book.sheets["docket"]}
        if name == "standing":
            known |= {FAULTY, *(each.value for each in Standing)}
        called = {_plainly(value): value for value in known if value}
        if name != "official":
            called |= {_plainly(words(name, value)): value for value in known if value}
        option = "--only" if name == "standing" else f"--{name}"
        faults += (
            unknown_fault(option, one, sorted(known - {""}, key=sort_key))
            for one in asked or ()
            if _plainly(one) not in called
        )
        wanted = {called.get(_plainly(one)) for one in asked or ()}
        # Of the late ones alone the share late would be the whole: totals are of all standings.
        counted = rows
        rows = [row for row in rows if not asked or row.get(name) in wanted]
    if faults:
        raise Malformed("option", faults)
    totals = [row for row in book.sheets["totals"] if row["part"] == "rows"]
    totals += total(counted if only.get("standing") else rows, {}, words)
    return attrs.evolve(book, sheets={**book.sheets, "docket": rows, "totals": totals})


def _plainly(name: str) -> str:
    return name.strip().casefold().replace("-", " ")
