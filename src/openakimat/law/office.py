"""An office: a body, its law, its calendar and hours; what `decide` needs to know.

The law is editions; a disputed reading of it is a named option that changes
editions, so that what an office decides and how it explains itself rest on the
same values. Which wording governs a case that straddles a change is the
reading ``governing``: the wording of the day of each act, unless it is answered ``opening``.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import attrs

from openakimat.calendar.terms import Term, term
from openakimat.calendar.worktime import WorkCalendar
from openakimat.case import Body, procedure_of, short_name, wording_of
from openakimat.chart.adoption import OF_THE_OFFICE
from openakimat.chart.form import read_trusted
from openakimat.chart.table import Table
from openakimat.dated import Dated, Edition
from openakimat.errors import BrokenTrail, Fault, Malformed, PackError, Undated, unknown_fault
from openakimat.law.authority import Signs, authority_faults, with_authority
from openakimat.law.contradictions import contradictions
from openakimat.law.law import Law
from openakimat.limits.limit import TimeLimit


def _as_terms(standards: Mapping[str, Term | str]) -> Mapping[str, Term]:
    # What is no term is left as it is, and refused with whatever else is wrong.
    read: dict[str, Any] = dict(standards)
    for key, of in standards.items():
        with suppress(Malformed):
            read[key] = term(f"{of}")
    return read


@attrs.frozen(eq=False)
class Office:
    """An office of a body.

    Args:
        pack: The law before any reading.
        readings: Answers to disputed questions; the rest stand at their defaults.
        wording: The wording to judge by, whatever the day; None for the law in force.
        numbering: The registration number of a year and a serial number.
        stored: Charts that a journal keeps, by name: believed, and never judged by.
        standards: What it promises itself, by procedure or by the limit that a case is judged by:
            counted as that limit is, shown beside it, and nobody's breach. A term, or its words.
        authority: Who signs what in it; whoever may by law, where it does not say.
    """

    body: Body
    calendar: WorkCalendar
    pack: Law = attrs.field(repr=False)
    readings: Mapping[str, str] = attrs.field(factory=dict)
    wording: str | None = None
    numbering: Callable[[int, int], str] = attrs.field(default="{}-{}".format, repr=False)
    stored: Mapping[str, Table] = attrs.field(factory=dict, repr=False)
    standards: Mapping[str, Term] = attrs.field(factory=dict, repr=False, converter=_as_terms)
    authority: tuple[Signs, ...] = attrs.field(default=(), repr=False)
    law: Law = attrs.field(init=False, repr=False)
    tables: Mapping[str, Table] = attrs.field(init=False, repr=False)
    answered: frozenset[str] = attrs.field(init=False, repr=False)
    """The readings that it has answered itself; the others stand at their defaults."""
    by_opening: bool = attrs.field(init=False, repr=False)
    """Whether the wording of its opening governs a case to the end; else that of each act's day."""
    _by_wording: Mapping[tuple[str, str], Table] = attrs.field(init=False, repr=False)
    _today: Mapping[str, Table] = attrs.field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Read the law once, and refuse one that contradicts itself."""
        names = {edition.law for edition in self.pack.wordings}
        if self.wording is not None and self.wording not in names:
            fault = unknown_fault("wording", self.wording, sorted(names))
            raise Malformed("office", [fault])
        # Read before it is checked: a reading may move the moment that a limit is counted from.
        law = self.pack.reading(self.readings)
        if faults := contradictions(law):
            raise PackError("; ".join(faults))
        wrong = standard_faults(law, self.standards)
        order = {f"authority[{n}]": line for n, line in enumerate(self.authority)}
        if wrong := [*wrong, *authority_faults(law, order)]:
            raise Malformed("office", wrong)
        tables = {table.under: table for table in law.tables}
        # Judged by as it is signed here, and believed as it is in law: by that nothing is disbelieved.
        law = with_authority(law, self.authority)
        today = _by_wording(law)
        readings = self.pack.chosen(self.readings)
        for name, value in (
            ("law", law),
            ("answered", frozenset(self.readings)),
            ("readings", readings),
            ("tables", tables),
            # No reading is asked of a country: without this one, the wording of the day governs.
            ("by_opening", readings.get("governing") == "opening"),
            ("_by_wording", today),
            ("_today", {table.under: table for table in today.values()}),
        ):
            object.__setattr__(self, name, value)

    def day_of(self, at: datetime, /) -> date:
        """The day an instant belongs to where the office is."""
        return self.calendar.place.day_of(at)

    def answer(self, reading: str, /) -> str:
        """The choice made of a disputed reading."""
        return self.readings[reading]

    def wording_on(self, day: date, /) -> str:
        """The wording that governs what happens on a day."""
        return self.wording or self.law.wordings.on(day).law

    def table_on(self, procedure: str, day: date, /) -> Table:
        """The table of a procedure in the wording that governs a day.

        Raises `Malformed` if the law has no such procedure; `Undated` if it has none by that day.
        """
        return _table_on(self, procedure, day)

    def _editions(self, procedure: str) -> Dated[Table]:
        if procedure not in self.law.procedures:
            fault = unknown_fault("procedure", procedure, self.law.procedures)
            raise Malformed("office", [fault])
        return self.law.procedures[procedure]

    def table(self, procedure: str, wording: str, /) -> Table:
        """The table of a procedure in a wording.

        Raises `Malformed` if the law has no such procedure; `Undated` if it has none in that wording.
        """
        self._editions(procedure)
        if (table := self._by_wording.get((procedure, wording))) is None:
            raise Undated(f"{procedure} has no edition under {wording}")
        return table

    def table_of(self, under: str, /) -> Table:
        """The table a record names, as it was when the record was made.

        Raises `BrokenTrail` if neither this office nor the journal has such a table.
        """
        if (table := self.tables.get(under) or self.stored.get(under)) is not None:
            return table
        if under in OF_THE_OFFICE:
            return OF_THE_OFFICE[under]
        if (form := self.pack.first_edition.get(under)) is not None:
            return _first_edition(form, under)
        why = f"{short_name(under)} is no table of this office"
        raise BrokenTrail(why, at_record=0, code="trail.unknown-table")

    def revision_of(self, under: str, /) -> Table:
        """Today's table of the wording that a record names; the table itself, where there is none.

        Raises `BrokenTrail` if there is none, and no such table is known.
        """
        # By far most records name a table that is today's.
        if (table := self._today.get(under)) is not None:
            return table
        where = procedure_of(under), wording_of(under)
        return self._by_wording.get(where) or self.table_of(under)

    def knowing(self, stored: Mapping[str, Table], /) -> "Office":
        """The same office, which has read these charts in its journal as well."""
        return self._with(stored={**self.stored, **stored})

    def counting_by(
        self, limits: Mapping[str, Dated[TimeLimit]], readings: Mapping[str, str],
        calendar: WorkCalendar, /,
    ) -> "Office":  # fmt: skip
        """The same office, which counts by the limits and days of another time.

        Its charts are those of today: a clock whose limit was not there then counts no day.
        """
        answered = {
            name: reading
            for name, reading in self.law.readings.items()
            if readings.get(name) in reading.choices
        }
        return self._with(
            calendar=calendar,
            readings=readings,
            law=attrs.evolve(self.law, limits=limits, readings=answered),
            by_opening=readings.get("governing") == "opening",
        )

    def _with(self, **fields: object) -> "Office":
        """The same office but for these; its law is not checked anew, for it is that of its charts."""
        office = object.__new__(type(self))
        for name in attrs.fields_dict(type(self)):
            object.__setattr__(
                office, name, fields[name] if name in fields else getattr(self, name)
            )
        return office

    def __reduce__(self) -> tuple[Any, ...]:
        """By what it was made of, for a pool of workers: its law is read anew."""
        told = {name: self.readings[name] for name in self.answered if name in self.readings}
        return type(self), (
            self.body, self.calendar, self.pack, told, self.wording, self.numbering, self.stored,
            self.standards, self.authority,
        )  # fmt: skip

    def limit(self, key: str, day: date, wording: str, /) -> Edition[TimeLimit]:
        """A limit as a wording has it.

        Raises `Malformed` if the law has no such limit; `Undated` if it has no edition by that day.
        """
        if key not in self.law.limits:
            raise Malformed("office", [unknown_fault("limit", key, self.law.limits)])
        return self.law.limits[key].on(day, law=wording)


def standard_faults(law: Law, standards: Mapping[str, Term | str], /) -> list[Fault]:
    """What of the standards of an office no case is judged by, and what is no term."""
    clocks = (of for table in law.tables for of in table.clocks.values() if of.principal)
    known = {*law.procedures, *(key for clock in clocks for key in clock.limits)}
    strange = [unknown_fault("standards", key, known) for key in standards if key not in known]
    for key, of in standards.items():
        try:
            term(f"{of}")
        except Malformed as wrong:
            strange += [attrs.evolve(fault, path=f"standards.{key}") for fault in wrong.faults]
    return strange


@lru_cache(maxsize=8192)
def _table_on(office: Office, procedure: str, day: date) -> Table:
    """The table of a day: asked of every act, and the same for all of it."""
    # A procedure of a law beside has no edition of that wording, and goes by the day.
    return office._editions(procedure).on(day, law=office.wording).value  # noqa: SLF001 - of the same module


@lru_cache(maxsize=64)
def _first_edition(form: bytes, under: str) -> Table:
    """A chart of the first edition, whose name is another than the digest of its form."""
    return read_trusted(form, under=under)


def _by_wording(law: Law) -> dict[tuple[str, str], Table]:
    return {
        (key, edition.law): edition.value
        for key, dated in law.procedures.items()
        for edition in dated
    }
