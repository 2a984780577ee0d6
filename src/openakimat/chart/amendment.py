"""A step of another chart, declared again with what differs here.

A later wording says only what it changes, and a procedure that the law builds on another says
only where it departs from it: the rest is read from the chart it rests on.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import attrs

from openakimat.chart.clock import Clock
from openakimat.chart.procedure import ProcedureType
from openakimat.chart.steps import AsBefore, Path, Roles, Stage, Step, flat, other_than, roles, when
from openakimat.chart.table import Guard
from openakimat.errors import PackError


def amended(
    of: ProcedureType, key: str, /, *ways: Path | Iterable[Path], by: Roles = (),
    guards: Sequence[Guard] = (), besides: Sequence[Guard] = (), source: str = "", tells: str = "",
    stages: Mapping[Stage, Stage | None] | None = None,
) -> Step:  # fmt: skip
    """Declare a step of another chart again, with what this one has otherwise.

    Raises `PackError` if the chart has no such step, or no way of it is left.

    Args:
        of: That chart: of an earlier wording, or of a procedure that this one follows.
        key: The name of the step there.
        *ways: Where it leads besides, after the ways it has there.
        by: The role or roles that may perform it; as there, if none.
        source: Act and article; as there, if none.
        tells: The limit within which the participant must be told of it; as there, if none.
        guards: What must hold on the ways it has there; as there, if none.
        besides: What must hold on these ways as well, after that.
        stages: What stands here for a stage of that chart; None, where nothing does, and the
            ways out of it and into it are left out.

    >>> from openakimat import kz
    >>> amended(kz.appeal.Appeal2021, "extend", source="Draft, 1").source
    'Draft, 1'
    """
    if key not in of.declaration.steps:
        raise PackError(f"{of.__name__} has no step {key!r}")
    declared, ways_there = of.declaration.steps[key]
    here: dict[str, Stage | None] = dict(cast("Mapping[str, Stage]", of.states_map))
    here.update({stage.id: ours for stage, ours in (stages or {}).items()})
    duties = tuple(map(other_than, declared.apart))
    paths: list[Path] = []
    for start, end, guards_there in ways_there:
        leaves, enters = here[start], here[end]
        if leaves is not None and enters is not None:
            # The guards there have the duties among them; what replaces them has not.
            held = (*guards, *duties) if guards else guards_there
            paths.append(Path(leaves, enters, (*held, *besides)))
    # Who may not perform the act may not on a new way either.
    paths += when(flat(ways), *duties)
    # A chart may well strike out stages until nothing leads anywhere: then it should say so.
    if ways_there and not paths:
        raise PackError(f"{of.__name__}.{key}: no way of it is left")
    return attrs.evolve(
        declared,
        paths=tuple(paths),
        by=roles(by) or declared.by,
        source=source or declared.source,
        tells=tells or declared.tells,
    )


def as_before(*ways: Path | Iterable[Path], of: ProcedureType | None = None, **changes: Any) -> Any:
    """Declare a step again under the name that it has in the parent, or in another chart.

    `changes` are arguments of `amended`.

    >>> from openakimat import kz
    >>> class Draft(kz.appeal.Appeal2026):
    ...     law, extend = "draft", as_before(source="Draft, 1")
    >>> Draft.table.ways("considered", "extend")[0].source
    'Draft, 1'
    """
    return AsBefore(lambda parent, key: amended(of or parent, key, *ways, **changes))


def clock_as_before(*, of: ProcedureType | None = None, **changes: Any) -> Any:
    """Declare a clock again likewise, with arguments of `Clock`."""
    return AsBefore(lambda parent, key: amended_clock(of or parent, key, **changes))


def amended_clock(of: ProcedureType, key: str, /, **changes: Any) -> Clock:
    """Declare a clock of another chart again, with what this one has otherwise.

    `key` is the name of the clock there; `changes` are arguments of `Clock`.
    Raises `PackError` if the chart has no such clock.
    """
    if key not in of.declaration.clocks:
        raise PackError(f"{of.__name__} has no clock {key!r}")
    return attrs.evolve(of.declaration.clocks[key], **changes)


def also_at(new: Stage, of: ProcedureType, key: str, /, *, like: Stage) -> Step:
    """Declare a step of a parent again, open at a new stage as it is at a known one.

    A host who writes the step out may forget a stage or a guard, and a later wording has others:
    these are read from the parent. A way that leaves the case where it is does so at the new
    stage too. Raises `PackError` if the parent has no such step, or it does not lead out of that stage.
    """
    declared = amended(of, key)
    onward = tuple(
        Path(new, new if path.enters.id == like.id else path.enters, path.guards)
        for path in declared.paths
        if path.leaves.id == like.id
    )
    if not onward:
        raise PackError(f"{of.__name__}.{key} does not lead out of {like.id!r}")
    return attrs.evolve(declared, paths=declared.paths + onward)
