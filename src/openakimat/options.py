"""What the options of the command line may hold, and what is made of them.

What an option does not hold is told as a fault of that option.
"""

import re
from datetime import date, datetime, timedelta
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer

from openakimat import kz
from openakimat.calendar.terms import AsSet
from openakimat.calendar.times import instant
from openakimat.dated import Edition
from openakimat.errors import Fault, Malformed
from openakimat.kz.data import read
from openakimat.law.office import Office
from openakimat.limits.deadline import Deadline, due
from openakimat.limits.limit import TimeLimit, as_told
from openakimat.ports import Journal
from openakimat.report.upgrade import offices_in


class Language(StrEnum):
    """Languages of explanations."""

    KK = "kk"
    RU = "ru"
    EN = "en"


class Law(StrEnum):
    """Wordings to judge by; auto is the law in force."""

    AUTO = "auto"
    L221 = "l221"
    APPC_2021 = "appc-2021"
    APPC_2026 = "appc-2026"


class Form(StrEnum):
    """Forms of a drawing."""

    MERMAID = "mermaid"
    SVG = "svg"
    MD = "md"


_IN_MEMORY = frozenset({"sqlite://", "sqlite:///", "sqlite:///:memory:"})

OfficeName = Annotated[
    str, typer.Option("--office", help="A sample office, by id or name, or a file: my.toml.")
]

Wording = Annotated[Law, typer.Option("--law", help="The wording to judge by.")]
Lang = Annotated[Language, typer.Option("--lang", help="Language of explanations.")]

Readings = Annotated[
    list[str] | None,
    typer.Option("--reading", help="Answer a disputed reading: NAME=CHOICE; see `limits`."),
]


RegisterFile = Annotated[
    Path,
    typer.Argument(metavar="REGISTER", help="A register of any kind that `look` reads, or a log."),
]

MappingName = Annotated[
    str,
    typer.Option("--mapping", "--map", help="How it is read: TOML, e-otinish or openakimat."),
]

JournalUrl = Annotated[str, typer.Option(help="Keep the sealed records: sqlite:///file.db")]

AsOf = Annotated[
    str, typer.Option(help="As of 2026-03-31T18:30+05:00 or another instant; now, if not given.")
]

Encoding = Annotated[str, typer.Option(help="Encoding of the file; found, if not given.")]
Out = Annotated[Path | None, typer.Option(help="Write the docket: .csv, .xlsx, .html or .json")]
Only = Annotated[str, typer.Option(help="Show and write only these standings: overdue,late.")]
Topics = Annotated[list[str] | None, typer.Option("--topic", help="Only this topic.")]
Officials = Annotated[list[str] | None, typer.Option("--official", help="Only of this official.")]

Workers = Annotated[
    int | None,
    typer.Option(min=1, help="In so many processes; of a large register, one a processor."),
]

WithPersons = Annotated[
    bool, typer.Option("--with-persons", help="Show applicants and whole numbers of persons.")
]


def make_office(name: str, law: Law, readings: list[str] | None) -> Office:
    """The sample office of that name, or one in a file; judging by a wording, reading as told."""
    pairs = (reading.partition("=") for reading in readings or ())
    answers = {reading: choice for reading, _, choice in pairs}
    return kz.office(name, wording=None if law is Law.AUTO else law.value, readings=answers)


def option_fault(option: str, why: str) -> Malformed:
    """The error of an option that holds what it cannot."""
    return Malformed("option", [Fault(option, why)])


def office_and_instant(
    name: str,
    law: Law,
    readings: list[str] | None,
    told: tuple[str, str],
    now: datetime | None = None,
) -> tuple[Office, datetime]:
    """An office, and the instant that is told by an option, by its clocks; now, where it holds none.

    Raises `Malformed` of either: what is wrong with both is told at once.
    """
    wrong, at = tuple[Fault, ...](), now
    try:
        at = now if now and not told[1] else read_instant(*told)
    except Malformed as of_instant:
        wrong = of_instant.faults
    try:
        office = make_office(name, law, readings)
    except Malformed as of_office:
        if not wrong:
            raise
        what = str(of_office).partition(":")[0]
        raise Malformed(what, [*of_office.faults, *wrong]) from None
    if at is None or wrong:
        raise Malformed("option", wrong)
    return office, office.calendar.place.local(at)


def read_instant(option: str, text: str) -> datetime:
    """The instant that an option holds. Raises `Malformed` if it is no instant, or has no offset."""
    try:
        return instant(datetime.fromisoformat(text))
    except (ValueError, OverflowError, Malformed):
        why = f"{text!r} is no instant with its offset, such as 2026-03-18T18:40+05:00"
        raise option_fault(option, why) from None


def read_last_day(text: str, first: date) -> date | None:
    """The day that `--until` holds, not before `first`; None where it holds nothing.

    Raises `Malformed` if it is no day, or is before the first.
    """
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        raise option_fault("--until", f"{text!r} is no day, such as 2026-04-20") from None
    if day is not None and day < first:
        raise option_fault("--until", f"{day} is before {first}, the day of --from")
    return day


def is_whole(first: date | None, last: date | None) -> bool:
    """Whether these days begin and end a month, a quarter or a year; or all time.

    >>> is_whole(date(2020, 1, 1), date(2020, 3, 31)), is_whole(date(2020, 2, 1), date(2020, 4, 30))
    (True, False)
    """
    if not (first and last):
        return first is last
    n = 12 * (last.year - first.year) + last.month - first.month + 1
    ends = first.day, (last + timedelta(days=1)).day
    return ends == (1, 1) and n in {1, 3, 12} and (first.month - 1) % n == 0


def set_term(edition: Edition[TimeLimit], term: str, until: date | None) -> Edition[TimeLimit]:
    """A limit with the term that `--term` holds, where the law leaves it to the body.

    Raises `Malformed` if the law sets the term and an option does too, or neither does, or both options.
    """
    key, n_options = edition.value.key, bool(term) + (until is not None)
    if not isinstance(edition.value.term, AsSet):
        if n_options:
            why = f"{key}: the law sets this term, {edition.value.term}; --term and --until do not"
            raise option_fault("--limit", why)
        return edition
    if n_options != 1 or term == "as set":
        why = f"{key}: the body sets this term; tell it by --term '10 working days' or --until DAY"
        raise option_fault("--limit", why)
    try:
        return as_told(edition, term)
    except Malformed as wrong:
        raise option_fault("--term", wrong.faults[0].why) from None


def find_deadlines(
    office: Office, key: str, at: datetime, term: str, until: str
) -> tuple[Deadline, ...]:
    """The deadline of a limit; where it is counted from registration, that of registering first."""
    day = office.day_of(at)
    wording = office.wording_on(day)
    last = read_last_day(until, day)
    edition = set_term(office.limit(key, day, wording), term, last)
    if edition.value.base.value != "registration":
        return (due(edition, at, office.calendar, until=last),)
    registration = office.limit(f"{key.partition('.')[0]}.registration", day, wording)
    return (
        due(registration, at, office.calendar),
        due(edition, office.calendar.counted_at(at), office.calendar, until=last),
    )


def read_address(text: str) -> str:
    """The address of a journal: as it is told, or of the file whose path is told.

    Raises `Malformed` if it is neither, and is not repeated, for it may hold a password.

    >>> read_address("akimat.db")
    'sqlite:///akimat.db'
    >>> read_address("postgresql:clerk:qwerty@host")
    Traceback (most recent call last):
    openakimat.errors.Malformed: journal: no address such as sqlite:///file.db, and no path of a file
    """
    if text in _IN_MEMORY:
        why = "a database in memory is gone when the command ends"
        raise Malformed("journal", [Fault("", why)])
    if "://" in text:
        return text
    # A file of that name would be made, and the trail be said to be kept. A drive has one letter.
    if re.match(r"[A-Za-z][\w+.-]+:|(sqlite|postgres(ql)?)$", text):
        why = "no address such as sqlite:///file.db, and no path of a file"
        raise Malformed("journal", [Fault("", why)])
    return f"sqlite:///{text}"


def file_of(journal: str) -> Path | None:
    """The file of a journal, where it is one."""
    return Path(journal.removeprefix("sqlite:///")) if journal else None


def require_extra(what: str, extra: str, *modules: str) -> None:
    """Refuse what asks for modules that are not here, naming the extra that brings them."""
    if not all(map(find_spec, modules)):
        why = f"needs the extra {extra!r}: pip install 'openakimat[{extra}]'"
        raise Malformed(what, [Fault("", why)])


def open_store(url: str, context: typer.Context, *, create: bool) -> Any:
    """The store at a URL, in a file, or in memory where none is told, until the command ends.

    Raises `Malformed` if the extra `sql` is not installed, or it is no address; `JournalError` if the
    database holds no journal, or cannot be reached.
    """
    require_extra("journal", "sql", "sqlalchemy")
    from openakimat.adapters import sql

    # To read one is not to make one.
    store = sql.Store(read_address(url) if url else "sqlite://", create=create or not url)
    # However the command ends, also by an exit code or a fault, its connections end with it.
    context.call_on_close(store.close)
    return store


def upgrade_tables(store: Any, office: str) -> None:
    """Bring the tables of an open store forward; see `openakimat.adapters.upgrade`."""
    from openakimat.adapters import sql  # as above: the extra is there, for the store is open

    sql.upgrade_tables(store.bind, office=office)


def choose_offices(
    journal: Journal, name: str, readings: list[str] | None
) -> tuple[tuple[Office, ...], tuple[str, ...]]:
    """The sample office of that name, or every one in a journal; and the names of those left out.

    Cases that name no office are those of the one office there is; of several, of none.
    """
    if name:
        return (make_office(name, Law.AUTO, readings),), ()
    names = offices_in(journal)
    known = [name for name in names if name in read("offices.toml")["offices"]]
    several = len([*filter(None, names)]) != 1
    others = tuple(name for name in names if name not in known and (name or several))
    return tuple(make_office(name, Law.AUTO, readings) for name in known), others
