"""The words that a chart is declared in: stages, the paths between them, steps, how a case opens.

They record what is told and build no state: `procedure` makes the chart of it.
"""

from collections.abc import Callable, Iterable
from typing import Any

import attrs
from statemachine import State

from openakimat.case import Act, Case, Receive, Role, persons
from openakimat.chart.clock import Clock
from openakimat.chart.table import Circumstances, Guard, Opening, guard_who
from openakimat.errors import PackError

Roles = Role | Iterable[Role]
"""One role or several."""

STRUCK: Any = None
"""Strikes out an inherited stage, step or clock: ``inquire = STRUCK``."""


@attrs.frozen(eq=False)
class Path:
    """A way from stage to stage, and what must hold for it to be taken."""

    leaves: "Stage"
    enters: "Stage"
    guards: tuple[Guard, ...] = ()


class To:
    """What `stage.to` gives: it records paths and changes no stage."""

    def __init__(self, leaves: "Stage") -> None:
        self._leaves = leaves

    def __call__(self, enters: "Stage") -> Path:
        """The path to another stage."""
        return Path(self._leaves, enters)

    def itself(self) -> Path:
        """The path that leaves the case where it is."""
        return Path(self._leaves, self._leaves)


class Stage(State):
    """What a case is at a time. A declaration: each class makes its own states from it.

    Of several that are alike, ``registered = considered = Stage()``, each is one of its own.
    """

    def __init__(self, title: str = "", *, initial: bool = False, final: bool = False) -> None:
        super().__init__(name=title, initial=initial, final=final)
        self.title = title

    @property
    def to(self) -> To:  # type: ignore[override]  # records a path instead of changing the state
        """Record a path from this stage."""
        return To(self)

    @property
    def from_(self) -> Any:
        """Refused, as `PackError`: it would change the stages it comes from; `after` records the same paths."""
        raise PackError("declare the paths to a stage with stage.after(...)")

    def after(self, *left: "Stage") -> tuple[Path, ...]:
        """Record the paths to this stage from several others."""
        return tuple(Path(stage, self) for stage in left)


def when(paths: Path | Iterable[Path], *guards: Guard) -> tuple[Path, ...]:
    """The same paths, to be taken only when every guard holds."""
    paths = (paths,) if isinstance(paths, Path) else paths
    return tuple(attrs.evolve(path, guards=path.guards + guards) for path in paths)


def stay(*stages: Stage) -> tuple[Path, ...]:
    """The paths that leave a case where it is, at several stages."""
    return tuple(stage.to.itself() for stage in stages)


def flat(paths: Iterable[Path | Iterable[Path]]) -> tuple[Path, ...]:
    """Paths told one by one or several at once, in their order."""
    told: list[Path] = []
    for part in paths:
        told += [part] if isinstance(part, Path) else part
    return tuple(told)


@attrs.frozen
class Step:
    """An act of the procedure: the paths it may take, in order, and who may perform it."""

    act: type[Act]
    paths: tuple[Path, ...]
    by: frozenset[Role]
    source: str
    tells: str
    apart: tuple[type[Act], ...] = ()


@attrs.frozen
class AsBefore:
    """What a chart declares again by the name it has in its parent: made of these, when that is known."""

    make: Callable[[Any, str], Step | Clock]


def step(
    act: type[Act],
    *paths: Path | Iterable[Path],
    by: Roles,
    source: str = "",
    tells: str = "",
    apart: type[Act] | Iterable[type[Act]] = (),
) -> Step:
    """Declare a step.

    Args:
        act: The class of the act; one step an act.
        *paths: Where it leads; the first whose guards hold is taken.
        by: The role or roles that may perform it.
        source: Act and article; those of the whole procedure, if none.
        tells: The limit within which the participant must be told of it, if so; one of the
            procedure's own without its code: ``return-notice``.
        apart: Acts of which whoever performed one may not perform this one, in the same round of
            a case reopened.
    """
    kinds = (apart,) if isinstance(apart, type) else tuple(apart)
    ways = when(flat(paths), *map(other_than, kinds))
    return Step(act, ways, roles(by), source, tells, kinds)


def opening(
    act: type[Receive], /, *, by: Roles = (), source: str = "", guards: Iterable[Guard] = ()
) -> Opening:
    """Declare how a case is opened, as the `opens` of a procedure.

    Anyone may open it where `by` is empty; guards are asked of the case as it would be opened.
    """
    return Opening(act, roles(by), source, tuple(guards))


def roles(by: Roles) -> frozenset[Role]:
    """One role or several, as a set."""
    return frozenset({by} if isinstance(by, str) else by)


def performers(case: Case, kind: type[Act], /) -> frozenset[str]:
    """The ids of whoever performed an act in the present round, and of those it was performed for."""
    records = [record for record in case.this_round if type(record.act) is kind]
    return frozenset(who for record in records for who in (record.by, record.on_behalf) if who)


def other_than(kind: type[Act], /) -> Guard:
    """The guard that another performs the act guarded: in person, and in another's name."""

    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - a guard takes all three
        # Of both sides with whom they stand for: or a substitute could sign what the head
        # prepared, or the head what was prepared in their name.
        return performers(case, kind).isdisjoint(persons(circumstances.by, circumstances.today))

    why = f"whoever performed {kind.tag!r} may not perform this"
    asks = ("by", f"record:{kind.tag}.by", "record:reopen", "office:now")
    return guard_who(f"duties.{kind.tag}", why=why, asks=asks)(holds)
