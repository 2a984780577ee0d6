"""The compiled form of a procedure: a frozen table of rows and clocks, which `decide` reads.

It names acts by their tags, never by their classes: a stored chart outlives the code of its acts.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache, partial
from itertools import chain
from typing import Any, NamedTuple, Protocol

import attrs

from openakimat.calendar.worktime import WorkCalendar
from openakimat.case.act import VOCABULARY, Act, Aside
from openakimat.case.acts import Receive
from openakimat.case.forgotten import Traits
from openakimat.case.people import APPLICANT, LAW, NAMELESS, REPRESENTATIVE, Actor, Role, persons
from openakimat.case.record import Case, applicant_of
from openakimat.chart.asks import Asks, read_asks
from openakimat.chart.clock import Clock, tag_of
from openakimat.dated import Edition
from openakimat.errors import Incomplete, NotAllowed, NotCompetent, PackError, Refusal, TooLate
from openakimat.limits.deadline import Deadline
from openakimat.limits.limit import TimeLimit


class AskedOffice(Protocol):
    """What guards, and whatever counts for them, may ask of an office."""

    def __hash__(self) -> int:
        """By identity: what is asked of the same office again has the same answer."""
        ...

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

    def table_of(self, under: str, /) -> "Table":
        """The table a record names, as it was when the record was made."""
        ...

    def revision_of(self, under: str, /) -> "Table":
        """Today's table of the wording a record names; as it was, where there is none today."""
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

    @property
    def today(self) -> date:
        """The day it is where the office is."""
        return self.office.day_of(self.at)

    def limit(self, key: str) -> Edition[TimeLimit]:
        """A limit as the law has it today."""
        return self.office.limit(key, self.today, self.wording)

    def deadline_of(self, case: Case, limit: str) -> Deadline | None:
        """The deadline of the clock that runs a limit in a case; None when it never started."""
        return self.counts(case, limit, office=self.office)


Holds = Callable[[Case, Any, Circumstances], bool]
Names = Callable[[Case, Any, Circumstances], str]
Competent = Callable[[Case, Any], Iterable[Role]]
_ASKED = ["case", "act", "circumstances"]


def _apart(words: str | Iterable[str]) -> tuple[str, ...]:
    return tuple(words.split() if isinstance(words, str) else words)


@attrs.frozen
class Guard:
    """A condition of the law on an act: how it is refused when it does not hold."""

    code: str
    why: str
    """Why it refuses, in English; where it does not say, the words of the law for its code do."""
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
    asks: tuple[str, ...] = attrs.field(default=(), eq=False, converter=_apart)
    """What it looks at, in the words of `openakimat.chart.asks`; no part of what the guard is."""
    relies: "tuple[Guard, ...]" = attrs.field(default=(), eq=False)
    """Guards before it without which its question makes no sense: where one fails, it is not asked."""
    needs: tuple[str, ...] = attrs.field(default=(), eq=False)
    """Fields of the act that it asks to be filled: a form has them as required."""
    competent: Competent | None = attrs.field(default=None, eq=False, repr=False)
    """Who may perform the act instead, where that is not whoever the row names."""
    sees: Asks = attrs.field(init=False, eq=False, repr=False)
    """The same, read."""

    def __attrs_post_init__(self) -> None:
        """Read what it looks at; `PackError` where it is told in no word that is known."""
        answers = (f"office:{self.where[0]}",) if self.where else ()
        try:
            object.__setattr__(self, "sees", read_asks((*self.asks, *answers)))
        except PackError as why:
            raise PackError(f"guard {self.code} asks {why}") from why

    @property
    def beforehand(self) -> bool:
        """Whether it can be asked before there is an act, by who sees this case alone."""
        return not (self.sees.act or self.sees.beside)

    def about(self, case: Case, act: Act | type[Act], circumstances: Circumstances) -> str:
        """Whom or what of this case a refusal is about; nothing where the guard names none."""
        return self.names(case, act, circumstances) if self.names else ""


def guard(
    code: str,
    *,
    why: str = "",
    source: str = "",
    refusal: type[Refusal] = NotAllowed,
    values: Mapping[str, str] | None = None,
    names: Names | None = None,
    field: str = "",
    where: tuple[str, str] | None = None,
    asks: str | Iterable[str] = (),
    relies: Iterable[Guard] = (),
    needs: Iterable[str] = (),
) -> Callable[[Holds], Guard]:
    """Declare a plain function `(case, act, circumstances) -> bool` as a guard; see the fields of `Guard`.

    Without a `why`, the law's English words for its code stand; without a `source`, that of the
    step it guards. What it `asks` is told in words with blanks between them, or as several; a guard
    that asks nothing answers always the same. Guards that it `relies` on
    stand before it on every row; all that guards miss independently of one another is told at once.
    Raises `PackError` if it is a coroutine, no plain function, takes other parameters, or asks in words
    that nobody knows.
    """

    def declare(holds: Holds) -> Guard:
        if not inspect.isroutine(holds) or _suspends(inspect.unwrap(holds)):
            raise PackError(f"guard {code}: a coroutine cannot guard an act, only a plain function")
        parameters = inspect.signature(holds).parameters.values()
        if [p.name for p in parameters if p.kind != p.KEYWORD_ONLY] != _ASKED:
            raise PackError(f"guard {code}: its parameters are not (case, act, circumstances)")
        condition = _where(*where, holds) if where else holds
        told = (code, why, source, condition, refusal, values or {}, names, field, where, asks)
        return Guard(*told, tuple(relies), tuple(needs))

    return declare


guard_who = partial(guard, refusal=NotCompetent)
guard_when = partial(guard, refusal=TooLate)
guard_what = partial(guard, refusal=Incomplete)
"""The same of who performs an act, of the time for it, and of what it is to tell."""


def _where(reading: str, answer: str, holds: Holds) -> Holds:
    """A guard that asks something only of an office that answers a reading so."""

    def holds_there(case: Case, act: Any, circumstances: Circumstances) -> bool:
        return circumstances.office.answer(reading) != answer or holds(case, act, circumstances)

    return holds_there


def _suspends(function: Callable[..., object]) -> bool:
    """Whether a call of it gives back no answer: its truth would let any act through."""
    kinds = (inspect.iscoroutinefunction, inspect.isgeneratorfunction, inspect.isasyncgenfunction)
    return any(kind(function) for kind in kinds)


@attrs.frozen
class Row:
    """One way an act may go: the line of the table that `decide` reads.

    Guards stand in the order in which they are asked; `tells` is the limit within which the participant
    must be told of it, if so; whoever performed one of the acts kept `apart` may not perform this one in
    the same round.
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
    """The act that opens a case, by its tag; who may, or anyone; act and article.

    Its guards are asked of the case as it would be opened.
    """

    act: str = attrs.field(default=Receive.tag, converter=tag_of)
    by: frozenset[Role] = frozenset()
    source: str = ""
    guards: tuple[Guard, ...] = ()


@attrs.frozen(eq=False)
class Table:
    """A procedure in one wording, frozen.

    Attributes:
        procedure, law: Its code, and the wording.
        initial, stages, final: What a case is first, and all that it may be, in order.
        rows: By stage and tag of an act, the ways it may go, in order.
        clocks: By the limit they run, in order.
        opening: How a case is opened.
        forbids: The acts that the law allows at no stage, each with where it says so.
        moves: By wording and stage, the stage here of a case that stood there when this chart
            came: of a stage renamed, of a wording dropped.
        acts: What each act that it names is to it.
        form: All this but the citations, as stored; see `openakimat.chart.form`.
        under: Its name as records keep it: procedure, wording and the digest of its form.
        stored: Whether it was read from a form: it has no guards, and judges nothing.
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
    moves: Mapping[tuple[str, str], str] = attrs.field(factory=dict, repr=False)
    acts: Mapping[str, Traits] = attrs.field(factory=dict, repr=False)
    form: bytes = attrs.field(default=b"", repr=False)
    under: str = ""
    stored: bool = False
    moved_by: Mapping[str, tuple[str, ...]] = attrs.field(init=False, repr=False)
    """By the tag of an act, the clocks that it moves."""
    _allowed: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = attrs.field(
        init=False, repr=False
    )

    def __attrs_post_init__(self) -> None:
        """Index what is asked for every act."""
        moved_by: dict[str, tuple[str, ...]] = {}
        for key, clock in self.clocks.items():
            for tag in clock.acts:
                moved_by[tag] = (*moved_by.get(tag, ()), key)
        object.__setattr__(self, "moved_by", moved_by)
        object.__setattr__(self, "_allowed", _allowed(self.rows))

    @property
    def every_row(self) -> Iterator[Row]:
        """Its rows, in order."""
        return chain.from_iterable(self.rows.values())

    @property
    def tags(self) -> frozenset[str]:
        """The acts that it knows: that which opens a case, and those of its rows."""
        return frozenset({self.opening.act, *(tag for _, tag in self.rows)})

    @property
    def limits(self) -> frozenset[str]:
        """The limits that its clocks may come to count."""
        return frozenset(limit for clock in self.clocks.values() for limit in clock.limits)

    def ways(self, stage: str, tag: str) -> tuple[Row, ...]:
        """The ways that an act may go from a stage; of what stands beside every case, without a row."""
        return self.rows.get((stage, tag)) or _ways_beside(self, stage, tag)

    def allowed(self, stage: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The acts a stage takes from people, each with the roles that may perform it."""
        return self._allowed.get(stage, ())


@lru_cache(maxsize=1024)
def _ways_beside(table: Table, stage: str, tag: str) -> tuple[Row, ...]:
    """The ways of what stands beside a case: by whoever may act on it at whatever stage."""
    kind = VOCABULARY.get(tag)
    # No clock outlives its case: it stops with the last record, and nothing comes after that.
    if kind is None or not issubclass(kind, Aside) or stage in table.final:
        return ()
    every = {role for row in table.every_row for role in row.by} - {LAW}
    outside = every & {APPLICANT, REPRESENTATIVE}
    ways = [(every - outside, ()), *([] if kind.inner else [(outside, (_of_theirs,))])]
    return tuple(Row(tag, stage, stage, frozenset(by), guards, "") for by, guards in ways if by)


@guard_who("role.not-competent", why="the case is about somebody else", asks="by")
def _of_theirs(case: Case, act: Any, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as every guard
    """Everybody who comes to the counter is an applicant: of them it is whoever this one is about."""
    theirs = persons(circumstances.by, circumstances.today, {APPLICANT})
    return applicant_of(case) in theirs - {"", NAMELESS}


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
