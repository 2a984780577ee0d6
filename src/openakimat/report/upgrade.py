"""What an installation changes for a journal, told on a page; `judgement.upgrade` has the parts."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime

import attrs

from openakimat.case import Case
from openakimat.chart.form import charts_in
from openakimat.desk import Broken, Desk, verify_journal
from openakimat.errors import AkimatError, BrokenTrail, Fault
from openakimat.judgement.changes import Change, Moved, Unreadable, diff
from openakimat.judgement.running import follow
from openakimat.judgement.upgrade import KeptChart, Onward, compare_chart, foresee, shift_case
from openakimat.law.form import is_law, law_form, read_law
from openakimat.law.law import Law
from openakimat.law.office import Office
from openakimat.law.words import Words
from openakimat.ports import Journal
from openakimat.trail.seal import Verification


@attrs.frozen
class OfficeUpgrade:
    """What is changed for the cases of an office.

    Attributes:
        going_on: How many open cases go on as they stand.
        moved: The open cases that a chart moves, with the next act or lapse.
        stuck: The open cases in which nothing can be done until a chart says where they go.
        struck_out: The open cases with a clock that their chart has no more.
        law: What changed since the last law kept; None where none is kept that can be read.
        shifts: The open cases whose days are others now, or cannot be compared.
        unread: The cases that cannot be loaded, and of which the trail tells nothing.
        under: The charts that its cases name.
    """

    office: Office
    going_on: int
    moved: tuple[Onward, ...]
    stuck: tuple[Onward, ...]
    struck_out: tuple[Onward, ...]
    law: tuple[Change, ...] | None
    shifts: tuple[Moved | Unreadable, ...]
    unread: tuple[Broken, ...]
    under: tuple[str, ...]


@attrs.frozen
class Upgrade:
    """What an installation changes for a journal.

    Attributes:
        charts: The charts that it keeps, and those of the first edition that its cases name.
        missing: What these speak of, and no law of today has any more.
        unattended: The offices of other cases; empty is the name of those that name none.
        first_edition: Whether its tables are those of the first edition.
    """

    charts: tuple[KeptChart, ...]
    missing: tuple[Fault, ...]
    trail: Verification
    offices: tuple[OfficeUpgrade, ...]
    unattended: tuple[str, ...] = ()
    first_edition: bool = False

    @property
    def settled(self) -> bool:
        """Whether nothing of it is left to a person."""
        left = (self.first_edition, self.missing, self.unattended, not self.trail.intact)
        return not any(left) and not any(o.stuck or o.shifts or o.unread for o in self.offices)


def offices_in(journal: Journal, /) -> tuple[str, ...]:
    """The offices that the cases of a journal name; empty is the name of those that name none."""
    return tuple(dict.fromkeys(row.office for _, row in journal.since() if row.no == 1))


def examine(
    journal: Journal, law: Law, desks: Sequence[Desk], /, *, at: datetime,
    unattended: Sequence[str] = (), first_edition: bool = False,
) -> Upgrade:  # fmt: skip
    """What an installation changes for a journal; nothing is changed by asking.

    Asked are the `desks` of its offices, as of an instant. Those left out are `unattended`: with the
    empty name among them, so are the cases that name none.

    >>> from openakimat import kz
    >>> from openakimat.adapters.memory import Journal
    >>> at = datetime.fromisoformat("2026-03-18T09:00+05:00")
    >>> examine(Journal(), kz.law(), [], at=at).settled
    True
    """
    trail = verify_journal(journal, law)
    of = tuple(_examine_office(desk, at, trail, nameless="" not in unattended) for desk in desks)
    first = {name for each in of for name in each.under if name in law.first_edition}
    charts, kept = [], charts_in(journal.form, law.first_edition)
    for name in (*sorted(first), *(name for name in journal.forms() if not is_law(name))):
        with suppress(BrokenTrail):  # which the trail tells
            charts.append(kept(name))
    missing = dict.fromkeys(fault for each in charts for fault in law.missing(each))
    return Upgrade(
        tuple(compare_chart(each, law) for each in charts), tuple(missing), trail, of,
        tuple(unattended), first_edition,
    )  # fmt: skip


def move_cases(desks: Sequence[Desk], of: Upgrade, /, *, at: datetime) -> int:
    """Move the open cases that a chart moves, and let the law act on them; how many they were.

    Each with its card, in one transaction. Words on cards are hashed under a secret of the host's: its
    own desk makes those anew that a desk without it has made.
    """
    desk_of = {desk.office.body.id: desk for desk in desks}
    cases = [(each.office, one.case) for each in of.offices for one in each.moved]
    for office, case in cases:
        desk_of[office.body.id].lapse(case, at=at)
    return len(cases)


def _examine_office(
    desk: Desk, at: datetime, trail: Verification, *, nameless: bool
) -> OfficeUpgrade:
    told = {verdict.case for verdict in trail.broken}
    today, whole, unread = desk.office, list[Case](), list[Broken]()
    for name in desk.journal.cases(today.body.id):
        try:
            case = desk.case(name)
        except AkimatError as wrong:
            if name not in told:
                unread.append(Broken(name, wrong.code, str(wrong)))
        else:
            if nameless or case.records[0].office:
                whole.append(case)
    # By now the desk knows every chart that they name.
    office, onward, shifts = desk.office, list[Onward](), list[Moved | Unreadable]()
    then = _law_before(desk.journal, office)
    for case in whole:
        of = follow(case, office=office)
        if not of.closed:
            onward.append(foresee(of, at=at, office=office))
            shifts += shift_case(case, then, office, at=at) if then else ()
    moved = tuple(each for each in onward if each.enters)
    stuck = tuple(each for each in onward if each.code)
    return OfficeUpgrade(
        today,
        len(onward) - len(moved) - len(stuck),
        moved,
        stuck,
        tuple(each for each in onward if each.struck_out),
        # Both as they are read from a form, which holds no words and not every year.
        None if then is None else diff(then, _as_kept(*law_form(today), office)),
        tuple(shifts),
        tuple(unread),
        tuple(dict.fromkeys(record.under for case in whole for record in case.records)),
    )


def _law_before(journal: Journal, office: Office) -> Office | None:
    names = [name for name in journal.forms() if is_law(name, office.body.id)]
    try:
        return _as_kept(names[-1], journal.form(names[-1]) or b"", office) if names else None
    except BrokenTrail:
        return None


def _as_kept(name: str, form: bytes, office: Office) -> Office:
    return read_law(form, name=name).read_by(office)


def lines(of: Upgrade, words: Words, /) -> Iterator[str]:
    """A report as lines: heads in the language of the words, each finding as it stands."""
    if of.first_edition:
        yield words("phrase", "first-edition")
    fates = [chart.fate for chart in of.charts]
    n_gone = sum(fate.startswith("no ") for fate in fates)
    counts = {"same": fates.count("same"), "revised": fates.count("revised"), "gone": n_gone}
    yield words("phrase", "charts-kept").format(n=len(fates), **counts)
    yield from _indented(chart for chart in of.charts if chart.fate != "same")
    yield from _listed(words, "missing-law", of.missing)
    if not of.trail.intact:
        yield f"{of.trail}"
    for office in of.offices:
        yield from _office_lines(office, words)
    for name in of.unattended:
        yield words("phrase", "office-unknown" if name else "office-unnamed").format(office=name)


def _office_lines(of: OfficeUpgrade, words: Words) -> Iterator[str]:
    body = of.office.body
    counts = {"on": of.going_on, "moved": len(of.moved), "stuck": len(of.stuck)}
    n_open = sum(counts.values())
    yield ""
    yield words("phrase", "open-cases").format(
        office=body.names.get(words.language, body.id), n=n_open, **counts
    )
    yield from _listed(words, "to-be-moved", of.moved)
    yield from _listed(words, "stuck", of.stuck)
    yield from _listed(words, "struck-out", of.struck_out)
    yield from _listed(
        words, "unread", (f"{each.case}: {each.why} [{each.code}]" for each in of.unread)
    )
    if of.law is None:
        yield words("phrase", "law-not-kept")
    else:
        yield from _listed(words, "law-changed", of.law)
        yield from _listed(words, "days-shift", of.shifts)


def _listed(words: Words, heading: str, of: Iterable[object]) -> Iterator[str]:
    """What is found under its head; nothing where nothing is."""
    if found := [*_indented(of)]:
        yield words("heading", heading)
        yield from found


def _indented(of: Iterable[object]) -> Iterator[str]:
    return (f"  {line}" for each in of for line in f"{each}".splitlines())
