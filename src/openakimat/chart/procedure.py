"""A procedure is declared as a python-statemachine chart and compiled to a frozen table.

Rules. (1) A chart says which act leads from which stage to which, who may perform
it, what must hold, and where the law says so; it holds no number of days, no
lambda, no name of a database. (2) Stages are flat. (3) A subclass may add, replace
or strike out (`= STRUCK`) a stage, a step or a clock; it has one parent, and never
changes it.
(4) The class stays a real `StateChart`: its diagram and its engine are
python-statemachine's, and the table must agree with that engine on every step.
(5) What the table cannot express is refused when the class is made.
It does not know parallel or nested stages: work in parallel is child cases.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

import attrs
from statemachine import Event, State, StateChart
from statemachine.exceptions import InvalidDefinition
from statemachine.factory import StateMachineMetaclass
from statemachine.transition import Transition
from statemachine.transition_list import TransitionList

from openakimat.case import Act, Case, Role
from openakimat.chart.clock import Clock
from openakimat.chart.form import with_form
from openakimat.chart.steps import AsBefore, Stage, Step
from openakimat.chart.table import Circumstances, Guard, Opening, Row, Table
from openakimat.errors import PackError

_RESERVED = {
    *dir(StateChart), "model", "state_field", "history_values", "code", "law", "source", "table",
    "declaration", "opens", "forbids", "moves",
}  # fmt: skip

# By the defaults of python-statemachine an unknown event and an error inside a guard are passed
# over in silence; a table refuses the one and raises the other.
_STRICT = {
    "allow_event_without_transition": False,
    "catch_errors_as_events": False,
    "atomic_configuration_update": True,
}


# python-statemachine puts the table of the chart in its place.
_DRAWN = "{statechart:md}"


@attrs.frozen
class Declaration:
    """What a class declares, inherited and its own, before any state is built."""

    stages: dict[str, tuple[str, bool, bool]]
    steps: dict[str, tuple[Step, tuple[tuple[str, str, tuple[Guard, ...]], ...]]]
    clocks: dict[str, Clock]


def _declare(name: str, bases: tuple[type, ...], body: Mapping[str, Any]) -> Declaration:
    """The parent's declaration with the class's own over it; None strikes out."""
    parents = [of for of in bases if isinstance(of, ProcedureType) and of.declaration.stages]
    if len(parents) > 1:
        raise PackError(f"{name}: a procedure has one parent, for a second would undo the first")
    parent = parents[0].declaration if parents else Declaration({}, {}, {})
    # Copies: to declare a chart never changes the one that it rests on.
    declared = Declaration(dict(parent.stages), dict(parent.steps), dict(parent.clocks))
    # A stage of this very class has no name yet, while its steps are told; a parent's has.
    own = {id(value): key for key, value in body.items() if isinstance(value, Stage)}

    def name_of(stage: Stage) -> str:
        return own.get(id(stage)) or stage.id

    for key, told in body.items():
        value = told.make((*parents, *bases)[0], key) if isinstance(told, AsBefore) else told
        # Taken out first: whatever is declared again stands where it is declared now, and no name
        # is both a stage and a step.
        kinds: tuple[dict[str, Any], ...] = (declared.stages, declared.steps, declared.clocks)
        known = [kind.pop(key) for kind in kinds if key in kind]
        if value is None and not known and not key.startswith("_"):
            raise PackError(f"{name}.{key}: there is nothing of that name to strike out")
        if isinstance(value, Stage):
            declared.stages[key] = (value.title, value.initial, value.final)
        elif isinstance(value, Step):
            ways = tuple((name_of(p.leaves), name_of(p.enters), p.guards) for p in value.paths)
            declared.steps[key] = (value, ways)
        elif isinstance(value, Clock):
            declared.clocks[key] = value
        elif isinstance(value, (State, Event, Transition, TransitionList)) or (
            known and value is not None
        ):
            raise PackError(f"{name}.{key}: declare stages with Stage and acts with step()")
    _check(name, declared)
    return declared


def _check(name: str, declared: Declaration) -> None:
    if taken := _RESERVED.intersection((*declared.stages, *declared.steps)):
        raise PackError(f"{name}.{min(taken)}: a chart has something else of that name")
    acts: dict[str, str] = {}
    for key, (declared_step, ways) in declared.steps.items():
        for end in {stage for way in ways for stage in way[:2]}:
            if end not in declared.stages:
                raise PackError(f"{name}.{key}: no stage {end!r}")
        # A record names its act and not the step: of two steps nobody could tell which it was.
        tag = declared_step.act.tag
        if tag in acts:
            raise PackError(f"{name}: {acts[tag]} and {key} are both steps of {tag!r}")
        acts[tag] = key


def _named(code: str, condition: Callable[..., bool]) -> Callable[..., bool]:
    """A condition under the name that diagrams show."""
    condition.__name__ = condition.__qualname__ = code.replace("-", "_").replace(".", "_")
    return condition


def _role_condition(by: frozenset[Role]) -> Callable[..., bool]:
    def condition(roles: frozenset[Role]) -> bool:
        return not by.isdisjoint(roles)

    return _named("by_" + "_or_".join(sorted(by)), condition)


def _guard_condition(guard: Guard) -> Callable[..., bool]:
    # A function of its own: the guard's may guard other steps too, and is not to be renamed.
    def condition(case: Case, act: Act, circumstances: Circumstances) -> bool:
        return guard.holds(case, act, circumstances)

    return _named(guard.code, condition)


def _states(declared: Declaration) -> dict[str, Any]:
    # python-statemachine keeps transitions in the state they leave: of a state shared with a
    # parent, a step added by a subclass would be a step of the parent too.
    fresh: dict[str, Any] = {
        key: Stage(title, initial=initial, final=final)
        for key, (title, initial, final) in declared.stages.items()
    }
    for key, (declared_step, ways) in declared.steps.items():
        transitions = TransitionList()
        for leaves, enters, guards in ways:
            conditions = [_role_condition(declared_step.by), *map(_guard_condition, guards)]
            way = Transition(fresh[leaves], fresh[enters], cond=conditions)
            fresh[leaves].transitions.add_transitions(way)
            transitions.add_transitions(way)
        fresh[key] = Event(transitions, name=key.replace("_", " "))
    return fresh


def compile_table(chart: "ProcedureType") -> Table:
    """The frozen table of what a class declares."""
    procedure, law, declared, moves = chart.code, chart.law, chart.declaration, chart.moves
    rows: dict[tuple[str, str], tuple[Row, ...]] = {}
    for declared_step, ways in declared.steps.values():
        tag, tells = declared_step.act.tag, declared_step.tells
        if tells and "." not in tells:
            tells = f"{procedure}.{tells}"
        # In the order told: of the ways from one stage the first whose guards hold is taken.
        for leaves, enters, guards in ways:
            row = Row(
                tag, leaves, enters, declared_step.by, guards, declared_step.source or chart.source,
                tells, frozenset(kind.tag for kind in declared_step.apart),
            )  # fmt: skip
            rows[leaves, tag] = (*rows.get((leaves, tag), ()), row)
    forbidden = {act.tag: where for act, where in chart.forbids}
    if both := sorted({tag for _, tag in rows} & set(forbidden)):
        raise PackError(f"{procedure}/{law}: {both[0]!r} is forbidden, and there is a step of it")
    if nowhere := sorted(set(moves.values()) - set(declared.stages)):
        raise PackError(f"{procedure}/{law}: moves lead to {nowhere[0]!r}, which is no stage")
    table = Table(
        procedure=procedure,
        law=law,
        initial=next(key for key, (_, initial, _) in declared.stages.items() if initial),
        stages=tuple(declared.stages),
        final=frozenset(key for key, (_, _, final) in declared.stages.items() if final),
        rows=rows,
        clocks=_clocks(procedure, declared),
        opening=attrs.evolve(chart.opens, source=chart.opens.source or chart.source),
        forbids=forbidden,
        moves=moves,
    )
    return with_form(table)


def _clocks(procedure: str, declared: Declaration) -> dict[str, Clock]:
    """The clocks of a declaration by the limit they run, which may be that of their name."""
    clocks: dict[str, Clock] = {}
    for key, clock in declared.clocks.items():
        limit = clock.limit or f"{procedure}.{key.replace('_', '-')}"
        if limit in clocks:
            raise PackError(f"{procedure}: two clocks run {limit!r}")
        clocks[limit] = attrs.evolve(clock, limit=limit)
    for clock in clocks.values():
        if clock.ahead and clock.ahead not in clocks:
            raise PackError(f"{procedure}: {clock.limit!r} is ahead of {clock.ahead!r}, no clock")
    return clocks


def _inexpressible(cls: type, body: Mapping[str, Any]) -> Iterator[str]:
    """What python-statemachine would call: by its name, by decoration, or as a listener."""
    named = ("on_", "before_", "after_", "prepare_event")
    yield from (key for key in dir(cls) if key.startswith(named))
    yield from (key for key, value in body.items() if hasattr(value, "attr_name"))
    yield from ("listeners",) if getattr(cls, "listeners", ()) else ()


class _Body(dict[str, Any]):
    """The body of a chart: of ``registered = considered = Stage()`` each is a stage of its own."""

    def __setitem__(self, key: str, value: Any) -> None:
        if isinstance(value, Stage) and any(value is known for known in self.values()):
            value = Stage(value.title, initial=value.initial, final=value.final)
        super().__setitem__(key, value)


class ProcedureType(StateMachineMetaclass):
    """The metaclass: records first, then python-statemachine's own construction."""

    declaration: Declaration
    table: Table
    code: str
    law: str
    source: str
    opens: Opening
    forbids: tuple[tuple[type[Act], str], ...]
    moves: Mapping[tuple[str, str], str]

    @classmethod
    def __prepare__(mcs, *_: object, **__: object) -> _Body:
        """Tell stages apart that are declared in one line."""
        return _Body()

    def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> "ProcedureType":  # noqa: PYI034 - a metaclass has no Self
        """Build fresh states and events from what is declared."""
        declared = _declare(name, bases, body)
        rest = {
            key: value
            for key, value in body.items()
            if not isinstance(value, (Stage, Step, Clock, AsBefore))
        }
        doc = body.get("__doc__")
        if doc and declared.stages and _DRAWN not in doc:
            rest["__doc__"] = f"{doc.rstrip()}\n\n    {_DRAWN}\n    "
        cls = super().__new__(mcs, name, bases, {**rest, **_states(declared)})
        cls.declaration = declared
        return cls

    def __init__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> None:
        """Let python-statemachine validate the chart, then compile it.

        Raises `PackError` if the chart has a trap, an unreachable stage, no one initial stage, or something
        that a table cannot express.
        """
        if forbidden := list(_inexpressible(cls, body)):
            raise PackError(f"{name}.{forbidden[0]}: a table cannot express a callback")
        if loose := [
            flag for flag, strict in _STRICT.items() if getattr(cls, flag, strict) != strict
        ]:
            raise PackError(f"{name}.{loose[0]}: every procedure is strict, as its table is")
        fresh = {key: vars(cls)[key] for key in (*cls.declaration.stages, *cls.declaration.steps)}
        try:
            super().__init__(name, bases, {**body, **fresh})  # type: ignore[arg-type]  # a tuple of one, says python-statemachine
        except InvalidDefinition as why:
            raise PackError(f"{name}: {why}") from why
        if cls.declaration.stages:
            cls.table = compile_table(cls)

    def add_inherited(cls, bases: tuple[type, ...]) -> None:
        """Nothing of a parent's states is shared: they are built afresh."""


class Procedure(StateChart[Any], metaclass=ProcedureType):
    """The parent of every procedure. A subclass names its `code` and the wording, `law`.

    `source` is what each step rests on that names no article of its own; `opens` says which act
    opens a case and who may perform it: anyone by `Receive`, if not told; `forbids` names the acts
    that the law forbids outright, each with act and article, so that a refusal can tell them;
    `moves` says where a case goes that stands at a stage which is no more, by the wording and
    stage it stands at: ``{("code-2", "examined"): "considered"}``.
    """

    allow_event_without_transition = False
    catch_errors_as_events = False
    atomic_configuration_update = True

    code: ClassVar[str] = ""
    law: ClassVar[str] = ""
    source: ClassVar[str] = ""
    opens: ClassVar[Opening] = Opening()
    forbids: ClassVar[tuple[tuple[type[Act], str], ...]] = ()
    moves: ClassVar[Mapping[tuple[str, str], str]] = {}
