"""The compiled form of a procedure: a frozen table of rows and clocks, which `decide` reads.

Its version is a hash of all that can change a case: stages, rows, the codes and values of
guards, clocks. Citations are not in it: a better one makes no other procedure.
"""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

import attrs

from openakimat.calendar.worktime import WorkCalendar
from openakimat.case.act import Act
from openakimat.case.acts import Lapse, Receive
from openakimat.case.people import LAW, Actor, Role
from openakimat.case.record import Case
from openakimat.chart.asks import Asks, read_asks
from openakimat.dated import Edition
from openakimat.errors import NotAllowed, PackError, Refusal
from openakimat.limits.deadline import Deadline
from openakimat.limits.limit import TimeLimit


class AskedOffice(Protocol):
    """What guards, and whatever counts for them, may ask of an office."""

    @property
    def calendar(self) -> WorkCalendar:
        """Its working days, hours and place."""
        ...

    def day_of(self, at: datetime, /) -> date:
        """The day an instant belongs to where the office is."""
        ...

    def answer(self, reading: str, /) -> str:
        """The choice made of a disputed reading."""
        ...

    def wording_on(self, day: date, /) -> str:
        """The wording that governs what happens on a day."""
        ...

    def limit(self, key: str, day: date, wording: str, /) -> Edition[TimeLimit]:
        """A limit as a wording has it."""
        ...

    def table_of(self, under: str, /) -> Table:
        """The table a record names."""
        ...


class Counts(Protocol):
    """Counts the deadline of the clock that runs a limit in a case."""

    def __call__(self, case: Case, limit: str, /, *, office: AskedOffice) -> Deadline | None:
        """The deadline, or None when the clock never started."""
        ...


def _uncounted(case: Case, limit: str, /, *, office: AskedOffice) -> Deadline | None:  # noqa: ARG001 - as `Counts` has it
    raise PackError(f"case {case.id}: no deadline of {limit!r} is counted in these circumstances")


class Circumstances(NamedTuple):
    """When, by whom, where and under which wording an act is performed.

    It is what a guard may look at beside case and act. `roles` are those the actor has on
    that day, lent ones too; `beside` are the cases put beside this one: those opened out of
    it, or the queue it stands in; `counts` is what counts deadlines, which stands above charts.
    """

    at: datetime
    by: Actor
    office: AskedOffice
    wording: str
    roles: frozenset[Role] = frozenset()
    beside: Sequence[Case] = ()
    counts: Counts = _uncounted

    def deadline_of(self, case: Case, limit: str) -> Deadline | None:
        """The deadline of the clock that runs a limit in a case; None when it never started."""
        return self.counts(case, limit, office=self.office)


Holds = Callable[[Case, Any, Circumstances], bool]
Names = Callable[[Case, Any, Circumstances], str]
_ASKED = ["case", "act", "circumstances"]


@attrs.frozen
class Guard:
    """A condition of the law on an act: how it is refused when it does not hold."""

    code: str
    why: str
    source: str
    holds: Holds = attrs.field(eq=False, repr=False)
    refusal: type[Refusal] = NotAllowed
    values: Mapping[str, str] = attrs.field(factory=dict, hash=False)
    """What a field of the act may be, where the guard asks that, each with its article."""
    names: Names | None = attrs.field(default=None, eq=False, repr=False)
    """Whom or what the refusal is about in this case, told after `why`."""
    field: str = ""
    """The field of the act that `values` are of."""
    where: tuple[str, str] | None = None
    """The reading, and the answer of the office to it, under which alone it asks anything."""
    asks: tuple[str, ...] = attrs.field(default=(), eq=False)
    """What it looks at, in the words of `openakimat.chart.asks`; no part of what the guard is."""
    relies: tuple[Guard, ...] = attrs.field(default=(), eq=False)
    """Guards before it without which its question makes no sense: where one fails, it is not asked."""
    sees: Asks = attrs.field(init=False, eq=False, repr=False)
    """The same, read."""

    def __attrs_post_init__(self) -> None:
        """Read what it looks at.

        Raises:
            PackError: It is told in no word that is known.
        """
        answers = (f"office:{self.where[0]}",) if self.where else ()
        try:
            object.__setattr__(self, "sees", read_asks((*self.asks, *answers)))
        except PackError as why:
            raise PackError(f"guard {self.code} asks {why}") from why

    @property
    def beforehand(self) -> bool:
        """Whether it can be asked before there is an act, by who sees this case alone.

        >>> from openakimat.kz.appeal.guards import reasoned
        >>> from openakimat.kz.guards import the_applicant
        >>> the_applicant.beforehand, reasoned.beforehand
        (True, False)
        """
        return not (self.sees.act or self.sees.beside)

    def about(self, case: Case, act: Act, circumstances: Circumstances) -> str:
        """Whom or what of this case a refusal is about; nothing where the guard names none."""
        return self.names(case, act, circumstances) if self.names else ""


def guard(
    code: str,
    *,
    why: str,
    source: str = "",
    refusal: type[Refusal] = NotAllowed,
    values: Mapping[str, str] | None = None,
    names: Names | None = None,
    field: str = "",
    where: tuple[str, str] | None = None,
    asks: Iterable[str] = (),
    relies: Iterable[Guard] = (),
) -> Callable[[Holds], Guard]:
    """Declare a plain function `(case, act, circumstances) -> bool` as a guard.

    Args:
        code: Stable code of the refusal.
        why: What the person at the counter is told, in English.
        source: Act and article; without it, those of the step it guards.
        refusal: The class of the refusal.
        values: What a field of the act may be, where the guard asks that, each with its
            article; the table's version tells them apart.
        names: Tells whom or what the refusal is about in the case at hand.
        field: The name of that field.
        where: A reading and an answer to it: it holds wherever the office answers otherwise.
        asks: What it looks at, in the words of `openakimat.chart.asks`; the reading of `where` is
            understood. A guard that names nothing answers always the same.
        relies: Guards that stand before it on every row it stands on, and without which it has
            no answer: it is not asked where one of them fails. All that guards miss
            independently of one another is told at once.

    Raises:
        PackError: It is a coroutine, no plain function, takes other parameters, or asks in
            words that nobody knows.
    """

    def declare(holds: Holds) -> Guard:
        if not inspect.isroutine(holds) or _suspends(inspect.unwrap(holds)):
            raise PackError(f"guard {code}: a coroutine cannot guard an act, only a plain function")
        parameters = inspect.signature(holds).parameters.values()
        if [p.name for p in parameters if p.kind != p.KEYWORD_ONLY] != _ASKED:
            raise PackError(f"guard {code}: its parameters are not (case, act, circumstances)")
        condition = _where(*where, holds) if where else holds
        told = (code, why, source, condition, refusal, values or {}, names, field, where)
        return Guard(*told, tuple(asks), tuple(relies))

    return declare


def _where(reading: str, answer: str, holds: Holds) -> Holds:
    """A guard that asks something only of an office that answers a reading so."""

    def holds_there(case: Case, act: Any, circumstances: Circumstances) -> bool:
        return circumstances.office.answer(reading) != answer or holds(case, act, circumstances)

    return holds_there


def _suspends(function: Callable[..., object]) -> bool:
    """Whether a call of it gives back no answer: its truth would let any act through."""
    kinds = (inspect.iscoroutinefunction, inspect.isgeneratorfunction, inspect.isasyncgenfunction)
    return any(kind(function) for kind in kinds)


def _acts(acts: type[Act] | Iterable[type[Act]]) -> tuple[type[Act], ...]:
    return (acts,) if isinstance(acts, type) else tuple(acts)


@attrs.frozen
class Clock:
    """A time limit of the procedure and the acts that move it.

    Args:
        limit: The key of the limit in the law.
        starts, stops: Acts that start it (afresh) and stop it.
        pauses: Acts that pause it, if the limit allows the ground.
        resumes: Acts after which it runs on.
        extends: Acts that carry a later last day.
        becomes: Acts after which another limit counts, from the same start; an act that also
            starts the clock starts it with that limit.
        reopens: Acts that take a closed case up again, and say whether the term continues.
        ahead: The limit of another clock, from the end of which this one is counted back:
            it moves and stands still with the other.
        on_lapse: What the law performs when it runs out; `Lapse` only records it.
        principal: Whether it is the term that a case is judged late by.
        window: Whether it bounds a right of the participant: its end is nobody's breach.
    """

    limit: str
    starts: tuple[type[Act], ...] = attrs.field(converter=_acts, kw_only=True)
    stops: tuple[type[Act], ...] = attrs.field(converter=_acts, kw_only=True)
    pauses: tuple[type[Act], ...] = attrs.field(converter=_acts, kw_only=True, default=())
    resumes: tuple[type[Act], ...] = attrs.field(converter=_acts, kw_only=True, default=())
    extends: tuple[type[Act], ...] = attrs.field(converter=_acts, kw_only=True, default=())
    becomes: Mapping[type[Act], str] = attrs.field(factory=dict, kw_only=True)
    reopens: tuple[type[Act], ...] = attrs.field(default=(), converter=_acts, kw_only=True)
    ahead: str = attrs.field(default="", kw_only=True)
    on_lapse: type[Lapse] = attrs.field(default=Lapse, kw_only=True)
    principal: bool = attrs.field(default=False, kw_only=True)
    window: bool = attrs.field(default=False, kw_only=True)


@attrs.frozen
class Row:
    """One way an act may go: the line of the table that `decide` reads.

    Attributes:
        act: The tag of the act.
        leaves, enters: The stage it leads out of, and the one it leads to.
        by: The roles that may perform it.
        guards: What must hold, in the order it is asked.
        source: Act and article.
        tells: The limit within which the participant must be told of it, if so.
        apart: The acts of which whoever performed one may not perform this one.
    """

    act: str
    leaves: str
    enters: str
    by: frozenset[Role]
    guards: tuple[Guard, ...]
    source: str
    tells: str = ""
    apart: frozenset[str] = frozenset()


@attrs.frozen
class Opening:
    """The act that opens a case, who may perform it, and where the law says so.

    Args:
        act: The class of the act.
        by: The roles that may open a case; anyone, where there are none.
        source: Act and article.
        guards: What must hold of who opens it; asked of the case as it would be opened.
    """

    act: type[Receive] = Receive
    by: frozenset[Role] = frozenset()
    source: str = ""
    guards: tuple[Guard, ...] = ()


@attrs.frozen(eq=False)
class Table:
    """A procedure in one wording, frozen.

    `rows` maps (stage, tag of act) to the ways in order; `forbids` maps the tag of an act
    that the law allows at no stage to where it says so; `under` is the name of
    the procedure, its wording and the hash of all this, as records keep it.
    """

    procedure: str
    law: str
    initial: str
    stages: tuple[str, ...]
    final: frozenset[str]
    rows: Mapping[tuple[str, str], tuple[Row, ...]] = attrs.field(repr=False)
    clocks: Mapping[str, Clock] = attrs.field(repr=False)
    opening: Opening = Opening()
    forbids: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    under: str = attrs.field(init=False)
    _allowed: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = attrs.field(
        init=False, repr=False
    )

    def __attrs_post_init__(self) -> None:
        """Name the table by what it says."""
        written = json.dumps(_plain_table(self)).encode()
        name = f"{self.procedure}/{self.law}@{hashlib.sha256(written).hexdigest()[:12]}"
        object.__setattr__(self, "under", name)
        object.__setattr__(self, "_allowed", _allowed(self.rows))

    def allowed(self, stage: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The acts a stage takes from people, each with the roles that may perform it."""
        return self._allowed.get(stage, ())


# Records keep the name of their table, so what is hashed here stands for ever, order and all. What
# charts came to say later is left out where it says nothing: older charts keep their names.


def _plain_table(table: Table) -> list[object]:
    plain: list[object] = [
        table.initial,
        table.stages,
        sorted(table.final),
        [_plain_row(row) for way in table.rows.values() for row in way],
        [_plain_clock(key, clock) for key, clock in table.clocks.items()],
    ]
    opening = table.opening
    if opening.act is not Receive or opening.by:
        plain.append([opening.act.tag, sorted(opening.by)])
    if opening.guards:
        plain.append([guard.code for guard in opening.guards])
    # Neither citations nor `forbids`: they change what is told, and what becomes of no case.
    return plain


def _plain_row(row: Row) -> list[object]:
    guards = [[guard.code, *guard.values] for guard in row.guards]
    plain = [row.act, row.leaves, row.enters, sorted(row.by), guards, row.tells]
    return [*plain, *sorted(row.apart)]


def _plain_clock(key: str, clock: Clock) -> list[object]:
    moved_by = (clock.starts, clock.stops, clock.pauses, clock.resumes, clock.extends)
    plain: list[object] = [key, clock.limit]
    plain += [[act.tag for act in acts] for acts in moved_by]
    plain.append([[act.tag, limit] for act, limit in clock.becomes.items()])
    plain.append(clock.on_lapse.tag)
    plain += [act.tag for act in clock.reopens]
    if clock.ahead:
        plain.append(clock.ahead)
    # Not whose term it is, nor whether it bounds a right: that is how a case is judged late.
    return plain


def _allowed(
    rows: Mapping[tuple[str, str], tuple[Row, ...]],
) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    allowed: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    for (stage, act), way in rows.items():
        # What the law alone performs is offered to nobody.
        if not all(row.by == {LAW} for row in way):
            roles = tuple(sorted({role for row in way for role in row.by}))
            allowed[stage] = (*allowed.get(stage, ()), (act, roles))
    return allowed
