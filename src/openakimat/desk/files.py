"""The files of an office in a journal: loaded as verification believes them, settled, kept.

Rules. (1) What verification would not believe is not loaded, and so never continued. (2) A file
of another office is refused; of others is read what a tie to them asks. (3) Terms are counted
before they are kept. (4) A case that cannot be loaded hides no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import islice
from typing import NamedTuple

import attrs

from openakimat.case.acts import Look
from openakimat.case.people import Actor
from openakimat.case.record import Case, Record
from openakimat.chart.adoption import LOOKS, OF_THE_OFFICE, READER
from openakimat.chart.form import charts_in, read_form
from openakimat.chart.table import Table
from openakimat.desk.events import events_of
from openakimat.errors import (
    AkimatError,
    AnotherOffice,
    BeyondCalendar,
    BrokenTrail,
    Conflict,
    JournalError,
    Malformed,
    Undated,
    UnknownCase,
)
from openakimat.judgement.card import Card, card_of, hash_word, law_name
from openakimat.judgement.deadlines import backdated, tell_moved
from openakimat.judgement.lapse import settle
from openakimat.judgement.running import Running, follow
from openakimat.law.law import Law
from openakimat.law.office import Office
from openakimat.ports import NO_FORMS, Change, Event, Forms, Journal, Tx
from openakimat.trail.forms import verify_forms
from openakimat.trail.remembered import Loaded, Remembered
from openakimat.trail.seal import Chain, Sealed, Verification, read_case, verify_all

BATCH = 50
"""Cases passed through side by side: what does one thing to many stays in the cache of the processor."""


class Prepared(NamedTuple):
    """A case with what an act leaves of it, before it is sealed."""

    of: Running
    new: Sequence[Record]
    since: Loaded | None
    forms: Forms
    card: Card | None = None
    events: tuple[Event, ...] = ()

    def numbered(self, number: str) -> Prepared:
        """The same, its last record a registration that bears a number."""
        # No term and no stage rests on it.
        *before, last = self.new
        last = attrs.evolve(last, act=attrs.evolve(last.act, number=number))  # type: ignore[call-arg]
        case = attrs.evolve(self.of.case, records=(*self.of.case.records[:-1], last))
        card = self.card and attrs.evolve(self.card, number=number)
        of = attrs.evolve(self.of, case=case)
        return self._replace(of=of, new=(*before, last), card=card)


class Settled(NamedTuple):
    """A case as the law has left it by an instant, the records of that, and as it was loaded."""

    of: Running
    new: tuple[Record, ...]
    since: Loaded


class Files:
    """The cases of an office in a journal."""

    def __init__(self, office: Office, journal: Journal, secret: bytes | None) -> None:
        self.office = office
        self.journal = journal
        self._secret = secret
        # Charts read in the journal make another office of it, and no other law.
        self._counts_by = office
        self._remembered = Remembered()

    def load(self, name: str) -> Loaded:
        """A case of this office: as it is remembered and went on since, or read anew."""
        return self._loaded(name, tuple(self.journal.read(name)), passing=False)

    def _loaded(self, name: str, rows: tuple[Sealed, ...], *, passing: bool) -> Loaded:
        known = self._remembered.recall(name, rows, self.chart, office=self.office)
        if known is None:
            case, chain = read_case(name, rows, self.chart)
            loaded = Loaded(follow(case, office=self.office), chain, rows)
        else:
            loaded = known
        # Records of the first edition name none: they are of whoever goes on with them first.
        if (of := loaded.of.case.records[-1].office) not in {"", self.office.body.id}:
            raise AnotherOffice(name, of)
        # Whoever passes through all of them makes nobody forget those that are at work.
        if known or not passing:
            self._remembered.remember(loaded)
        return loaded

    def read(self, name: str) -> tuple[Case, Chain]:
        """A case of whatever office."""
        return read_case(name, self.journal.read(name), self.chart)

    def chart(self, under: str) -> Table:
        """The chart that a record names: of the code, or as the journal keeps it."""
        try:
            return self.office.table_of(under)
        except BrokenTrail:
            if (form := self.journal.form(under)) is None:
                raise
        table = read_form(form, under=under)
        self.office = self.office.knowing({under: table})
        return table

    def every(self, apart: str = "") -> Iterator[tuple[str, Running | AkimatError]]:
        """Every case of the office by its id; in its place, why it cannot be loaded.

        What is no case of anybody is told for itself: laws adopted, by the procedure of that.
        """
        names = iter(self.journal.cases(self.office.body.id))
        while batch := list(islice(names, BATCH)):
            read = [(name, self._rows(name)) for name in batch]
            found = [(name, self._passed(name, rows, apart)) for name, rows in read]
            yield from ((name, of) for name, of in found if of is not None)

    def _rows(self, name: str) -> tuple[Sealed, ...] | AkimatError:
        try:
            return tuple(self.journal.read(name))
        except AkimatError as wrong:
            return of_case(wrong)

    def _passed(
        self, name: str, rows: tuple[Sealed, ...] | AkimatError, apart: str
    ) -> Running | AkimatError | None:
        """A case of `every`, from what was read of it; None where it is not asked for."""
        if isinstance(rows, AkimatError):
            return rows
        try:
            of = self._loaded(name, rows, passing=True).of
        except AnotherOffice as wrong:
            # What stands beside the sealed bytes says that it is ours; or it is one of the first
            # edition, which another office has gone on with.
            return BrokenTrail(str(wrong), at_record=1, code=wrong.code) if rows[0].office else None
        except AkimatError as wrong:
            return of_case(wrong)
        return (
            of if apart == (of.case.procedure if of.case.under in OF_THE_OFFICE else "") else None
        )

    def settle(self, of: Running, at: datetime) -> tuple[Running, tuple[Record, ...]]:
        """A case as the law has left it by an instant, and the records of it."""
        try:
            return settle(of, at=at, office=self.office)
        except (BeyondCalendar, Undated) as wrong:
            raise naming_case(of.case, wrong) from wrong

    @property
    def law(self) -> str:
        """What cards are counted by: the name of the law, and a hash of the secret of their words."""
        under = hash_word("cards", self._secret or b"")[:8]
        return law_name(self._counts_by) + (f"!{under}" if under else "")

    @property
    def up_to(self) -> str:
        """The first name of such that is another: who has no secret takes the cards of who has one."""
        return f"{self.law} " if self._secret else f'{self.law}"'

    def settled(self, name: str, at: datetime) -> Settled:
        """A case as the law has left it by an instant."""
        loaded = self.load(name)
        return Settled(*self.settle(loaded.of, at), loaded)

    def as_of(self, name: str, no: int) -> Case:
        """A case as it was when a record of it was kept."""
        return read_case(name, self.journal.read(name)[:no], self.chart)[0]

    def card(self, of: Running, before: Card | None = None) -> Card:
        """The card of a case."""
        return card_of(of, self.office, law=self.law, secret=self._secret or b"", before=before)

    def prepare(
        self, of: Running, new: Sequence[Record], *, since: Loaded | None, beside: Forms = NO_FORMS
    ) -> Prepared:
        """New records of a case since it was loaded, with forms beside, if its terms can be told."""
        case = of.case
        # Terms are counted before they are kept: records are never taken back, and one case
        # whose term no calendar tells would stop the docket of all the others.
        if faults := backdated(case, office=self.office):
            raise Malformed(f"act {new[-1].act.tag!r}", faults)
        try:
            tell_moved(of, since.of if since else None)
        except (BeyondCalendar, Undated) as wrong:
            raise naming_case(case, wrong) from wrong
        # The chart that the last record names was kept with that one.
        before = since.chain.tail[-1].under if since else ""
        charts = {r.under: self.office.table_of(r.under).form for r in new if r.under != before}
        forms = {**beside, **charts}
        if self._secret is None or case.under in OF_THE_OFFICE:
            return Prepared(of, new, since, forms)
        card = self.card(of, since.card if since else None)
        events = events_of(case, case.n_sealed - len(new), self.office)
        return Prepared(of, new, since, forms, card, events)

    def look(self, name: str, why: str, /, *, at: datetime, by: Actor) -> Prepared:
        """That somebody looks at a case, sealed onto the chain of those who did before."""
        name, loaded = f"{name}/{LOOKS.procedure}", None
        with suppress(UnknownCase):
            loaded = self.load(name)
        known = loaded.of.case.records if loaded else ()
        if known and known[-1].under != LOOKS.under:  # the host has given its name to a case
            raise Conflict(name, expected=0, found=len(known))
        # Never before the last: the clocks of two windows differ, and nobody is kept from looking.
        at = max(at, known[-1].at) if known else at
        record = Record(
            len(known) + 1, at, by.id, READER, Look(why), LOOKS.initial, LOOKS.under,
            office=self.office.body.id,
        )  # fmt: skip
        case = Case(name, LOOKS.procedure, LOOKS.initial, LOOKS.under, (*known, record))
        return self.prepare(follow(case, office=self.office), [record], since=loaded)

    def keep(
        self, tx: Tx, left: Sequence[Prepared], *, number: str = "", key: str = "", asked: str = ""
    ) -> None:
        """Seal and keep what acts leave; the last of it takes a number, under a key."""
        changes, kept = [], []
        for n, one in enumerate(left, 1 - len(left)):
            case, since = one.of.case, one.since
            chain, stored = (since.chain, since.rows) if since else (Chain(case.id), ())
            rows, chain = chain.seal_on(one.new, salt=self.journal.salt)
            asks = ("", "", "") if n else (number, key, asked)
            expected = case.n_sealed - len(rows)
            changes.append(Change(case.id, rows, expected, one.card, one.forms, one.events, *asks))
            kept.append(Loaded(one.of, chain, (*stored, *rows), one.card))
        tx.keep(*changes)
        # Is it undone after all, the rows stored then are not these, and it is read anew.
        for loaded in kept:
            self._remembered.remember(loaded)


def of_case(wrong: AkimatError, /) -> AkimatError:
    """What is wrong with a case; what is wrong with the journal is no fault of it, and is raised."""
    if isinstance(wrong, JournalError) and not isinstance(wrong, UnknownCase | AnotherOffice):
        raise wrong
    return wrong


def naming_case(case: Case, wrong: BeyondCalendar | Undated) -> BeyondCalendar | Undated:
    """An error that names the case whose days no table tells: a calendar knows of no cases."""
    return type(wrong)(f"case {case.id}: {wrong}")


def verify_journal(journal: Journal, law: Law, /) -> Verification:
    """Whether every case of a journal is whole, and as the charts that it keeps have it; its forms too.

    The law knows the charts of the first edition, whose journals kept none.
    """
    charts = charts_in(journal.form, law.first_edition)
    of = verify_all((sealed for _, sealed in journal.since()), charts)
    return attrs.evolve(of, broken=(*of.broken, *verify_forms(journal.forms(), journal.form)))
