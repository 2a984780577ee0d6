"""Whether a compiled table and python-statemachine's own engine answer every step alike."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import compress, product
from types import SimpleNamespace
from typing import Any, NamedTuple, TypeVar, cast

import attrs
from statemachine.exceptions import TransitionNotAllowed

from openakimat.case.act import VOCABULARY, Act
from openakimat.case.acts import Receive
from openakimat.case.people import APPLICANT, LAW, Actor, Applicant, Official, TheLaw
from openakimat.case.record import Case, Record
from openakimat.chart.amendment import amended
from openakimat.chart.procedure import ProcedureType
from openakimat.chart.steps import Path
from openakimat.chart.table import Circumstances, Guard, Row, Table
from openakimat.dated import Dated
from openakimat.judgement.judge import judge
from openakimat.judgement.notices import Decision
from openakimat.law.law import Law
from openakimat.law.office import Office

_Way = TypeVar("_Way", Path, Row)
_AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
_NO_LAW = Law(Dated("wordings", ()), {}, {}, {})


@attrs.frozen
class Agreement:
    """What a comparison found."""

    under: str
    n_steps: int
    disagreements: tuple[str, ...]

    def __str__(self) -> str:
        told = f"{self.under}: {self.n_steps} steps compared, {len(self.disagreements)} differences"
        return "\n".join((told, *self.disagreements))


def compare(chart: ProcedureType, /, *, table: Table | None = None) -> Agreement:
    """Put every step of a procedure to python-statemachine and to its table.

    Every stage, every act of either and one that neither knows, every role that
    appears, the law and a stranger without a role, and every truth assignment of the
    guards on that stage and act: what passes cannot differ from the engine. The steps
    double with each guard on one act of one stage. The chart is not touched: a subclass
    runs, whose guards hold when told to, and is itself compared with the chart.

    `table` is another table of the same guards to hold it against, not the chart's own.

    >>> from openakimat import kz
    >>> compare(kz.reception_month.ReceptionMonthL221).disagreements
    ()
    """
    table = table or chart.table
    holding: set[int] = set()
    probe = _probe(chart, holding)
    rows = {key: tuple(_controlled(row, holding) for row in way) for key, way in table.rows.items()}
    told_to, machines = attrs.evolve(table, rows=rows, clocks={}), dict[str, Any]()
    differences = list(_outline(chart, probe, table))
    steps = list(_steps(chart, table))
    for step in steps:
        holding.clear()
        holding.update(map(id, step.holding))
        run, read = _run(step, probe, machines), _read(step, told_to)
        if run != read:
            differences.append(
                f"{step}: {run or 'refused'} by python-statemachine, {read or 'refused'} by the table"
            )
    return Agreement(table.under, len(steps), tuple(differences))


class _Unheard(Act):
    """An act that no procedure knows; without a tag it enters no vocabulary."""


class _Step(NamedTuple):
    """An act by somebody at a stage, these guards holding and the others not."""

    stage: str
    event: str
    act: Act
    by: Actor
    holding: tuple[Guard, ...]

    def __str__(self) -> str:
        codes = (
            f", holding {', '.join(guard.code for guard in self.holding)}" if self.holding else ""
        )
        return f"{self.stage}, {self.act.tag or 'an unknown act'!r} by {self.by.id}{codes}"


def _steps(chart: ProcedureType, table: Table) -> Iterator[_Step]:
    kinds: dict[str, tuple[str, type[Act]]] = {"": ("unheard_of", _Unheard)}
    kinds |= {tag: ("unheard_of", VOCABULARY[tag]) for _, tag in table.rows}
    kinds |= {step.act.tag: (key, step.act) for key, (step, _) in chart.declaration.steps.items()}
    guards, actors = _guards(chart, table), _actors(chart, table)
    for stage, (event, kind) in product(chart.declaration.stages, kinds.values()):
        controlled = guards.get((stage, kind.tag), {}).values()
        act = object.__new__(kind)  # a guard that is told what to say looks at no field of it
        for by, truth in product(actors, product((True, False), repeat=len(controlled))):
            yield _Step(stage, event, act, by, tuple(compress(controlled, truth)))


def _actors(chart: ProcedureType, table: Table) -> list[Actor]:
    """A stranger, the law, and one actor for each role that appears."""
    named = {role for step, _ in chart.declaration.steps.values() for role in step.by}
    named |= {role for row in table.every_row for role in row.by}
    return [
        Official("a stranger", ()),
        TheLaw(),
        *(Official(role, {role}) for role in sorted(named - {LAW, APPLICANT})),
        *([Applicant(id="citizen")] if APPLICANT in named else []),
    ]


def _guards(chart: ProcedureType, table: Table) -> dict[tuple[str, str], dict[int, Guard]]:
    """The guards on each stage and act by identity, for two may bear one code."""
    found: dict[tuple[str, str], dict[int, Guard]] = {}
    for key, way in (*chart.table.rows.items(), *table.rows.items()):
        found.setdefault(key, {}).update((id(guard), guard) for row in way for guard in row.guards)
    return found


def _run(step: _Step, probe: ProcedureType, machines: dict[str, Any]) -> str | None:
    """Where python-statemachine ends, or None; a machine is kept in its stage until it moves."""
    machine = machines.pop(step.stage, None) or probe(start_value=step.stage)
    try:
        machine.send(step.event, case=None, act=step.act, circumstances=None, roles=step.by.roles)
    except TransitionNotAllowed:
        machines[step.stage] = machine
        return None
    (ended,) = machine.configuration_values
    return str(ended)


def _read(step: _Step, table: Table) -> str | None:
    opened = Record(
        1, _AT, "applicant", "applicant", Receive(), step.stage, table.under, office="compared"
    )
    case = Case("compared", table.procedure, step.stage, table.under, (opened,))
    known = {table.under: table}.get
    office = SimpleNamespace(by_opening=True, table_of=known, revision_of=known, law=_NO_LAW)
    answer = judge(case, step.act, at=_AT, by=step.by, office=cast("Office", office))
    return answer.record.stage if isinstance(answer, Decision) else None


def _controlled(way: _Way, holding: set[int]) -> _Way:
    """The same way, each guard holding while the one it stands for is told to."""

    def control(guard: Guard) -> Guard:
        def holds(case: Case, act: Any, circumstances: Circumstances) -> bool:  # noqa: ARG001 - a guard's own parameters
            return id(guard) in holding

        return attrs.evolve(guard, holds=holds, names=None)

    return attrs.evolve(way, guards=tuple(map(control, way.guards)))


def _probe(chart: ProcedureType, holding: set[int]) -> ProcedureType:
    """A subclass of the chart, every step declared again with its guards controlled."""
    steps = {}
    for key in chart.declaration.steps:
        step = amended(chart, key)
        paths = tuple(_controlled(path, holding) for path in step.paths)
        steps[key] = attrs.evolve(step, paths=paths)
    return ProcedureType(f"{chart.__name__}Probe", (chart,), steps)


def _outline(chart: ProcedureType, probe: ProcedureType, table: Table) -> Iterator[str]:
    """Where stages, the initial one or the final ones differ, or the chart from its subclass."""
    if _drawn(chart) != _drawn(probe):
        yield "python-statemachine holds another chart than the one declared"
    states = list(chart.states)
    for what, run, read in (
        ("stages", {state.id for state in states}, set(table.stages)),
        ("initial stage", {state.id for state in states if state.initial}, {table.initial}),
        ("final stages", {state.id for state in states if state.final}, set(table.final)),
    ):
        if run != read:
            yield f"{what}: python-statemachine has {sorted(run)}, the table {sorted(read)}"


def _drawn(chart: ProcedureType) -> dict[str, object]:
    """Each state and the ways out of it in their order, as python-statemachine holds them."""
    return {
        state.id: (
            state.initial,
            state.final,
            [
                (way.event, way.target and way.target.id, *map(str, way.cond))
                for way in state.transitions
            ],
        )
        for state in chart.states
    }
