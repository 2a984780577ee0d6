"""What is wrong with a table that can be seen without running it."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

from openakimat.case import APPLICANT, LAW, REPRESENTATIVE, VOCABULARY, Act, Lapse, Role
from openakimat.chart.clock import Clock, bare
from openakimat.chart.procedure import ProcedureType
from openakimat.chart.table import Row, Table
from openakimat.judgement.clocks import VALUES

H = TypeVar("H", bound=Hashable)


def lint(
    chart: ProcedureType | Table, /, *, law_acts: Iterable[type[Act]] = (),
    roles: Iterable[Role] | None = None,
) -> list[str]:  # fmt: skip
    """Everything suspicious in a procedure, one plain sentence each; nothing when it is sound.

    *Rows*: out of a final stage; to or from a stage there is none of; possible for
    nobody; for a role that there is none of; without a source; never taken, since an
    earlier way of the same act is taken whenever they could be; guarded by what relies on a
    guard that does not stand before it. *Stages*: unreachable;
    without a way out; without a way to a final stage. *Clocks*: moved by an act that is
    none of the procedure's; started or stopped by none; paused but never resumed; running
    out where the law can neither perform its `on_lapse` nor has done so. *Acts*: left to
    the law alone where no clock can lapse into them.

    A paused clock counts as running, for whether the pause stands is for the limit to
    say. Guards are compared by identity, and taken to hold or fail independently.

    Args:
        chart: The procedure, or a table of it.
        law_acts: Acts that the law performs otherwise than when a clock runs out.
        roles: Those that there are, beside the applicant, who represents them, and the law;
            a role that is none of them is misspelt. Not asked, if not given.

    >>> from openakimat.kz.acts import Decide, Withdraw
    >>> from openakimat.case.acts import Receive
    >>> from openakimat.kz.roles import HEAD
    >>> from openakimat.chart.procedure import Procedure
    >>> from openakimat.chart.steps import Stage, step
    >>> class Petition(Procedure):
    ...     code, law = "petition", "draft"
    ...     filed = Stage(initial=True)
    ...     answered = Stage(final=True)
    ...     decide = step(Decide, filed.to(answered), by=HEAD, source="Draft, 1")
    ...     answer = Clock("petition.answer", starts=Receive, stops=(Decide, Withdraw))
    >>> lint(Petition)
    ["the clock 'petition.answer' is stopped by 'withdraw', which is no act of the procedure"]
    """
    table = chart if isinstance(chart, Table) else chart.table
    law_tags = {act.tag for act in law_acts}
    return [
        *_rows(table),
        *(() if roles is None else _strangers(table, {APPLICANT, REPRESENTATIVE, LAW, *roles})),
        *_shadowed(table),
        *_unfounded(table),
        *_stages(table),
        *_unperformed(table, law_tags),
        *(said for clock in table.clocks.values() for said in _moves(table, clock)),
        *(said for clock in table.clocks.values() for said in _lapses(table, clock, law_tags)),
    ]


def _rows(table: Table) -> Iterator[str]:
    for (stage, act), way in table.rows.items():
        if stage in table.final:
            yield f"{act!r} leads out of {stage!r}, which is final"
        if stage not in table.stages:
            yield f"{act!r} leads out of {stage!r}, which is no stage"
        for row in way:
            if (row.leaves, row.act) != (stage, act):
                yield f"{row.act!r} out of {row.leaves!r} stands under {act!r} out of {stage!r}"
            if row.enters not in table.stages:
                yield f"{act!r} leads from {stage!r} to {row.enters!r}, which is no stage"
            if not row.by:
                yield f"{act!r} at {stage!r} may be performed by nobody"
            if not row.source.strip():
                yield f"{act!r} at {stage!r} names no source"


def _strangers(table: Table, known: set[Role]) -> Iterator[str]:
    """Roles that nobody is known to have: misspelt, or a host's own."""
    opening = [(table.opening.act, table.opening.by)]
    performers = (*opening, *((row.act, row.by) for row in table.every_row))
    strangers = {(role, act): None for act, by in performers for role in sorted(by - known)}
    for role, act in strangers:
        yield f"{act!r} is for the role {role!r}, which nobody has"


def _hides(first: Row, then: Row) -> bool:
    """Whether the first is taken whenever the second could be."""
    return first.by >= then.by and {*map(id, first.guards)} <= {*map(id, then.guards)}


def _shadowed(table: Table) -> Iterator[str]:
    for (stage, act), way in table.rows.items():
        for place, row in enumerate(way):
            if row.by and any(_hides(earlier, row) for earlier in way[:place]):
                yield (
                    f"{act!r} at {stage!r} never takes its way {place + 1}, to {row.enters!r}: "
                    "an earlier way is taken whenever it could be"
                )


def _unfounded(table: Table) -> Iterator[str]:
    """Guards that rely on what has not been asked before them."""
    opening = table.opening
    told = [(f"the opening {opening.act!r}", opening.guards)]
    told += [(f"{row.act!r} at {row.leaves!r}", row.guards) for row in table.every_row]
    for where, guards in told:
        for place, guard in enumerate(guards):
            for other in guard.relies:
                if other not in guards[:place]:
                    yield (
                        f"the guard {guard.code!r} of {where} relies on {other.code!r}, "
                        "which does not stand before it"
                    )


def _taken(table: Table) -> dict[str, list[Row]]:
    taken: dict[str, list[Row]] = {}
    for (stage, _), way in table.rows.items():
        taken.setdefault(stage, []).extend(
            row
            for place, row in enumerate(way)
            if row.by and not any(_hides(earlier, row) for earlier in way[:place])
        )
    return taken


def _stages(table: Table) -> Iterator[str]:
    ways = {stage: {row.enters for row in rows} for stage, rows in _taken(table).items()}
    back: dict[str, set[str]] = {}
    for stage, targets in ways.items():
        for target in targets:
            back.setdefault(target, set()).add(stage)
    reached = reach({table.initial}, lambda stage: ways.get(stage, ()))
    ending = reach(table.final, lambda stage: back.get(stage, ()))
    if table.initial not in table.stages:
        yield f"the initial stage {table.initial!r} is no stage"
    for stage in table.stages:
        if stage not in reached:
            yield f"{stage!r} cannot be reached from {table.initial!r}"
        if stage in table.final:
            continue
        if not ways.get(stage, set()) - {stage}:
            yield f"{stage!r} is a trap: it is not final, and no act leads out of it"
        elif stage not in ending:
            yield f"no final stage can be reached from {stage!r}"


def reach(start: Iterable[H], onward: Callable[[H], Iterable[H]], /) -> set[H]:
    """All that is come to from some, themselves included.

    >>> sorted(reach([3], lambda n: range(n)))
    [0, 1, 2, 3]
    """
    reached = set(start)
    open_ = [*reached]
    while open_:
        fresh = set(onward(open_.pop())) - reached
        reached |= fresh
        open_ += fresh
    return reached


def _unperformed(table: Table, law_tags: set[str]) -> Iterator[str]:
    performed = {
        (stage, clock.on_lapse)
        for clock in table.clocks.values()
        if clock.on_lapse != Lapse.tag
        for stage in _running(table, clock, law_tags)
    }
    for (stage, act), way in table.rows.items():
        left_to_law = act not in law_tags and all(row.by == {LAW} for row in way)
        if left_to_law and (stage, act) not in performed:
            yield (
                f"only the law may perform {act!r} at {stage!r}, "
                "where no clock that lapses into it can run"
            )


def _moves(table: Table, clock: Clock) -> Iterator[str]:
    for how, acts in (
        ("started", clock.starts),
        ("stopped", clock.stops),
        ("paused", clock.pauses),
        ("resumed", clock.resumes),
        ("extended", clock.extends),
        ("changed", clock.becomes),
    ):
        for tag in sorted(bare(acts)):
            if tag not in table.tags:
                yield (
                    f"the clock {clock.limit!r} is {how} by {tag!r}, "
                    "which is no act of the procedure"
                )
    if not clock.starts:
        yield f"the clock {clock.limit!r} is started by no act"
    if not clock.stops:
        yield f"the clock {clock.limit!r} is stopped by no act"
    if clock.pauses and not clock.resumes:
        acts_told = ", ".join(repr(tag) for tag in clock.pauses)
        yield f"the clock {clock.limit!r} is paused by {acts_told}, and no act resumes it"


def _lapses(table: Table, clock: Clock, law_tags: set[str]) -> Iterator[str]:
    """A clock that may run out where the law can neither act nor has done so."""
    if clock.on_lapse == Lapse.tag:
        return
    act = clock.on_lapse
    by_law = [row for row in table.every_row if row.act == act and LAW in row.by]
    heard = table.final.union(*({row.leaves, row.enters} for row in by_law))
    running = _running(table, clock, law_tags)
    if deaf := [stage for stage in table.stages if stage in running - heard]:
        yield (
            f"the clock {clock.limit!r} may run out at {', '.join(map(repr, deaf))}, "
            f"where the law cannot perform {act!r}"
        )


def _running(table: Table, clock: Clock, law_tags: set[str]) -> set[str]:
    """The stages at which a clock may be running; anywhere it may have lapsed, if only on record."""
    taken = _taken(table)

    def onward(where: tuple[str, bool]) -> Iterator[tuple[str, bool]]:
        stage, runs = where
        yield stage, False
        for row in taken.get(stage, ()):
            yield from _after(row, table, clock, law_tags, runs=runs)

    found = reach({(table.initial, table.opening.act in bare(clock.starts))}, onward)
    return {stage for stage, runs in found if runs}


def _after(
    row: Row, table: Table, clock: Clock, law_tags: set[str], *, runs: bool
) -> Iterator[tuple[str, bool]]:
    lapsing = {other.limit for other in table.clocks.values() if other.on_lapse == row.act}
    starts = any(_may_be(row, name) for name in clock.starts)
    stops = row.act in clock.stops
    if runs and clock.limit in lapsing:
        yield row.enters, starts
    if row.by != {LAW} or row.act in law_tags or lapsing - {clock.limit}:
        yield row.enters, starts or (runs and not stops)


def _may_be(row: Row, name: str) -> bool:
    """Whether a row may be what a clock names: a guard may leave a value of the act out."""
    tag, named, value = name.partition("=")
    field = next((one for one in VALUES if hasattr(VOCABULARY.get(tag), one)), None)
    return row.act == tag and not (
        named and any(guard.field == field and value not in guard.values for guard in row.guards)
    )
