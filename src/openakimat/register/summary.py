"""What a check of a register found, on a screen, in words."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from rich.console import Console
from rich.markup import escape

from openakimat.judgement.docket import Standing
from openakimat.law.office import Office
from openakimat.law.words import Words
from openakimat.register.entries.cells import mask
from openakimat.register.importing import Imported
from openakimat.register.result import Result
from openakimat.register.totals import compare_due
from openakimat.report import console
from openakimat.report.columns import Book, Row, Value
from openakimat.trail.seal import Verification

_LINES, _EXAMPLES = 12, 3
"""So many are shown of each kind; a file has all."""

_PRESSING = ("number", "official", "due", "standing", "days_late", "source")
_SOON = ("number", "official", "due", "days_left")


def show(
    result: Result, book: Book, office: Office, words: Words, screen: Console, /, *, at: datetime
) -> None:
    """Print the summary that a control department wants."""
    name = escape(office.body.names.get(words.language, office.body.id))
    wording = office.wording and words("wording", office.wording)
    head = words("phrase", "as-of").format(
        office=f"[bold]{name}[/]",
        at=words.spoken.instant_text(at),
        law=wording or words("phrase", "in-force"),
    )
    screen.print(head)
    for name, answer in office.readings.items():
        if answer != office.law.readings[name].default:
            screen.print(_reading("read-otherwise", name, answer, office, words), markup=False)
    for line in _counts(result, book, office, words):
        screen.print(line, markup=False)
    for title, table in tables(book.sheets["docket"], book.sheets["totals"], words):
        screen.print(f"\n[bold]{title}[/]")
        screen.print(table)
    show_findings(book.sheets, words, screen)


def show_findings(sheets: Mapping[str, Sequence[Row]], words: Words, screen: Console, /) -> None:
    """Print what was not understood of a register: what the law refused, faults and warnings."""
    for heading, sheet, lines in (
        ("left-out", "left_out", _unjudged_lines),
        ("refused", "not_judged", _unjudged_lines),
        ("faults", "faults", _fault_lines),
        ("warnings", "warnings", _fault_lines),
    ):
        if rows := sheets.get(sheet):
            screen.print(f"\n[bold]{words('heading', heading)}[/]")
            for line in lines(rows, words):
                screen.print(line, markup=False)


def show_import(of: Imported, book: Book, words: Words, screen: Console, /) -> None:
    """Print what was taken of a register, what is assumed of it, and what was not understood."""
    result, left = of.result, {one.line for one in of.result.left_out}
    taken = result.n_cases - len(left) - len(result.differing)
    counts = {"n": result.n_rows, "taken": taken, "on": result.n_going_on, "known": result.n_known}
    counts["left"] = result.n_rows - taken
    told = words("phrase", "import-rows").format(**{key: f"{n:,}" for key, n in counts.items()})
    screen.print(told, markup=False)
    lists = {
        "import-assumed": (
            f"{words('act', tag)}: {n:,}" for tag, n in result.assumed.most_common()
        ),
        "import-unread": (f"{name}: {n:,}" for name, n in of.unread.items()),
        "import-numbers": of.following.values(),
    }
    for heading, lines in lists.items():
        for n, line in enumerate(lines):
            screen.print(
                *([] if n else [f"\n{words('heading', heading)}\n"]), f" {line}", markup=False
            )
    if of.n_other:
        told = words("phrase", "import-other-form").format(n=f"{of.n_other:,}")
        screen.print(f"  {told}", markup=False)
    if result.differing:
        screen.print(_kept_otherwise(result, words), markup=False)
    rows = book.sheets["not_judged"]
    apart = {
        "left_out": [row for row in rows if row["line"] in left],
        "not_judged": [row for row in rows if row["line"] not in left],
    }
    show_findings({**book.sheets, **apart}, words, screen)
    phrase = "import-kept" if of.kept else "import-tried"
    screen.print(f"\n{words('phrase', phrase)}", markup=False)


def _counts(result: Result, book: Book, office: Office, words: Words) -> Iterator[str]:
    rows = {"n": result.n_rows, "accepted": result.n_accepted}
    rows |= {"refused": result.n_not_judged, "faulty": result.n_faulty}
    yield words("phrase", "rows").format(**{key: f"{n:,}" for key, n in rows.items()})
    shown = book.sheets["docket"]
    if len(shown) != result.n_rows:
        yield words("phrase", "chosen").format(n=f"{len(shown):,}", total=f"{result.n_rows:,}")
    if result.n_assumed:
        yield words("phrase", "assumed").format(n=f"{result.n_assumed:,}")
    for name, n in result.hangs_on.most_common():
        told = _reading("hangs-on", name, office.readings[name], office, words)
        yield told.format(n=f"{n:,}")
    if result.n_known:
        yield words("phrase", "kept-before").format(n=f"{result.n_known:,}")
    if result.differing:
        yield _kept_otherwise(result, words)
    if compared := compare_due(shown):
        told = ", ".join(f"{words('total', name)} {n:,}" for name, n in compared.items() if n)
        yield f"{words('heading', 'their-due')}: {told}"


def _kept_otherwise(result: Result, words: Words) -> str:
    return words("phrase", "kept-otherwise").format(cases=mask(", ".join(result.differing)))


def _reading(phrase: str, name: str, answer: str, office: Office, words: Words) -> str:
    """A sentence about a reading and the answer to it, with a place for a number."""
    reading, language = office.law.readings[name], words.language
    title, choice = reading.title[language], reading.choices[answer].title[language]
    return words("phrase", phrase).format(reading=title, answer=choice, n="{n}")


def tables(
    docket: Sequence[Row], totals: Iterable[Row], words: Words, /
) -> Iterator[console.Titled]:
    """The tables of a docket; none that would be empty."""
    parts = {part: [*rows] for part, rows in groupby(totals, lambda row: row["part"])}
    if "standing" in parts:
        yield console.shares(parts["standing"], "standing", words)
    if late := sorted(
        (row for row in docket if row.get("days_late")), key=_by("days_late"), reverse=True
    ):
        yield console.cases(late, "late", _PRESSING, words, more="longest")
    soon = [row for row in docket if row["standing"] == Standing.DUE_SOON.value]
    if soon := sorted(soon, key=_by("days_left")):
        yield console.cases(soon, "due-soon", _SOON, words, more="first")
    if any(row.get("breaches") for row in docket):
        yield console.breaches(docket, words)
    for part, rows in parts.items():
        if str(part).startswith("by-"):
            yield console.shares(rows, str(part), words)


def _by(name: str) -> Callable[[Row], int]:
    return lambda row: int(str(row[name]))


def _unjudged_lines(rows: Iterable[Row], words: Words) -> Iterator[str]:
    alike: defaultdict[tuple[Value, Value], list[str]] = defaultdict(list)
    for row in rows:
        alike[row["act"], row["note"]].append(str(row["line"]))
    for (_, why), on in sorted(alike.items(), key=lambda one: -len(one[1])):
        more = " …" if len(on) > _LINES else ""
        yield f"  {len(on):,} x {why}"
        yield f"      {words('phrase', 'lines')}: {', '.join(on[:_LINES])}{more}"


def _fault_lines(rows: Iterable[Row], words: Words) -> Iterator[str]:
    for _, group in groupby(rows, lambda row: (row["column"], row["cause"])):
        alike = [*group]
        for row in alike[:_EXAMPLES]:
            # What is to be told of the whole file stands on no line.
            on = words("phrase", "line").format(n=row["line"]) if row["line"] else ""
            where = ", ".join(filter(None, (on, str(row["column"] or ""))))
            yield f"  {where}: {row['note']}" if where else f"  {row['note']}"
        if (n := len(alike)) > _EXAMPLES:
            more = words("phrase", "alike").format(n=f"{n - _EXAMPLES:,}", total=f"{n:,}")
            yield f"      {more}"


def trail(found: Verification, words: Words, /) -> str:
    """The verdict on the sealed records in words; what is broken is told as it stands."""
    if not found.intact:
        return str(found)
    counted = ((found.n_records, "Records"), (found.n_cases, "Cases"))
    counts = ", ".join(words.spoken.amount(n, unit) for n, unit in counted)
    return f"{words('phrase', 'intact')}: {counts}"
