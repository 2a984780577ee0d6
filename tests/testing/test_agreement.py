"""The table and python-statemachine agree on every step, and a difference would be seen."""
# ruff: noqa: ARG001, ARG002, ARG005 - guards and mutations are given what they need not look at

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from datetime import datetime
from random import Random
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st
from statemachine import Event, State
from statemachine.exceptions import TransitionNotAllowed
from statemachine.transition import Transition
from statemachine.transition_list import TransitionList

from openakimat import kz
from openakimat.case.act import Act
from openakimat.case.acts import Receive, Resume
from openakimat.case.people import APPLICANT, LAW, Official, Role
from openakimat.case.record import Case
from openakimat.chart.amendment import amended, amended_clock, as_before, clock_as_before
from openakimat.chart.clock import Clock
from openakimat.chart.procedure import Procedure, ProcedureType
from openakimat.chart.steps import Path, Stage, opening, step, when
from openakimat.chart.table import Circumstances, Guard, Row, Table, guard
from openakimat.dated import Dated, Edition, Evidence
from openakimat.errors import NotAllowed, PackError
from openakimat.judgement.judge import judge, open_case
from openakimat.kz.acts import Accept, Decide, Withdraw
from openakimat.kz.roles import DEPUTY, EXECUTOR, HEAD, REGISTRAR
from openakimat.kz.simplified.acts import Note, Reply
from openakimat.law.office import Office
from openakimat.proving.agreement import compare

AT = datetime.fromisoformat("2026-03-18T10:00+05:00")
SHIPPED = [chart for charts in kz.PROCEDURES for chart in charts]


def told(code: str) -> Guard:
    def holds(case: Case, act: Any, circumstances: Circumstances) -> bool:
        return code in {"yes", "first", "second"}

    return guard(code, why=f"{code} does not hold", source="Draft, 9")(holds)


FIRST, SECOND, THIRD = map(told, ("first", "second", "third"))


class Petition(Procedure):
    """Two acts with branches, of which the shipped charts have none."""

    code, law = "petition", "appc-2026"

    filed = Stage(initial=True)
    considered = Stage()
    answered = Stage(final=True)
    closed = Stage(final=True)

    accept = step(
        Accept,
        when(filed.to(considered), FIRST, SECOND),
        when(filed.to(closed), THIRD),
        filed.to.itself(),
        by=(REGISTRAR, HEAD),
        source="Draft, 1",
    )
    decide = step(
        Decide,
        when(considered.to(answered), FIRST),
        when(considered.to(closed), SECOND),
        by=HEAD,
        source="Draft, 2",
    )
    withdraw = step(Withdraw, closed.after(filed, considered), by=APPLICANT, source="Draft, 3")


def made(parent: ProcedureType, /, **body: object) -> ProcedureType:
    return ProcedureType("Made", (parent,), body)


def petition(**body: object) -> ProcedureType:
    """A procedure of its own, two stages and whatever else is given."""
    filed, answered = Stage(initial=True), Stage(final=True)
    decide = step(Decide, filed.to(answered), by=HEAD, source="Draft, 1")
    stages = {"filed": filed, "answered": answered}
    return made(
        Procedure, **{"code": "petition", "law": "appc-2026", **stages, "decide": decide, **body}
    )


def office_of(chart: ProcedureType) -> Office:
    """An office whose law has this procedure too."""
    law = kz.law()
    edition = Edition(chart.table, chart.law, AT.date(), "Draft", Evidence.UNCONFIRMED)
    added = {chart.code: Dated(chart.code, (edition,))}
    return kz.office(pack=attrs.evolve(law, procedures={**law.procedures, **added}))


def put(chart: ProcedureType, act: Act, by: Role = HEAD) -> object:
    """What the library says to an act in a case just opened."""
    office = office_of(chart)
    case = open_case(
        chart.code, Receive(), id="1", at=AT, by=Official("o", {REGISTRAR}), office=office
    )
    said = judge(case, act, at=AT, by=Official("o", {by}), office=office)
    return said.record.stage if not isinstance(said, Exception) else said


def send(chart: ProcedureType, event: str, by: Role = HEAD) -> str:
    """Where python-statemachine ends, started afresh."""
    machine = chart()
    machine.send(event, case=None, act=None, circumstances=None, roles={by})
    (stage,) = machine.configuration_values
    return str(stage)


# -- the shipped procedures -----------------------------------------------------------


@pytest.mark.parametrize(
    "chart",
    [  # at hand, as each is declared today
        pytest.param(chart, marks=() if chart is charts[-1] else pytest.mark.thorough)
        for charts in kz.PROCEDURES
        for chart in charts
    ],
    ids=lambda chart: str(chart.table.under),
)
def test_every_shipped_procedure_agrees_with_its_engine(chart: ProcedureType) -> None:
    assert compare(chart).disagreements == ()


@pytest.mark.thorough
def test_thousands_of_steps_are_compared() -> None:
    found = [compare(chart) for chart in SHIPPED]
    print(*found, sep="\n")
    assert sum(one.n_steps for one in found) > 5000


def test_the_steps_compared_are_all_there_are() -> None:
    actors = len(["applicant", "head", "registrar", "law", "a stranger"])
    unguarded = (
        len(Petition.table.stages) * len(["accept", "decide", "withdraw", "an unknown act"]) - 2
    )
    answers = 2**3 + 2**2  # three guards at filed on accept, two at considered on decide
    assert actors * (unguarded + answers) == compare(Petition).n_steps


def test_an_agreement_reads_as_a_sentence() -> None:
    said = str(compare(Petition, table=attrs.evolve(Petition.table, final=frozenset({"closed"}))))
    assert said.splitlines()[0].endswith("130 steps compared, 1 differences")
    assert said.splitlines()[1] == (
        "final stages: python-statemachine has ['answered', 'closed'], the table ['closed']"
    )


def test_a_disagreement_names_stage_act_role_guards_and_both_answers() -> None:
    found = compare(
        Petition, table=with_way(Petition.table, ("considered", "decide"), ())
    ).disagreements
    step_told = "considered, 'decide' by head, holding second"
    assert f"{step_told}: closed by python-statemachine, refused by the table" in found


def test_a_chart_changed_behind_its_declaration_is_seen() -> None:
    chart = petition()
    filed, answered = chart.states
    filed.transitions.add_transitions(Transition(filed, answered, event="leak"))
    assert compare(chart).disagreements == (
        "python-statemachine holds another chart than the one declared",
    )


def test_a_comparison_leaves_the_chart_as_it_was() -> None:
    before = portrait(Petition)
    compare(Petition)
    assert before == portrait(Petition)


# -- mutants --------------------------------------------------------------------------

Mutation = Callable[[Table, Random], Table | None]
STRANGE = told("strange")


def diagram(rows: list[tuple[frozenset[int], str]]) -> object:
    """The decision diagram of guarded rows, ordered and reduced: equal ones mean the same."""
    if not rows or not rows[0][0]:
        return rows[0][1] if rows else None
    asked = min(guard for guards, _ in rows for guard in guards)
    yes = diagram([(guards - {asked}, target) for guards, target in rows])
    no = diagram([(guards, target) for guards, target in rows if asked not in guards])
    return yes if yes == no else (asked, yes, no)


def meaning(table: Table) -> object:
    """What a table says: its stages, and a decision diagram for each stage, act and role.

    This is how mutants that change nothing are told: no engine, no `judge` and no
    truth table has a part in it.
    """
    roles = {role for way in table.rows.values() for row in way for role in row.by}
    says = {
        (*key, role): diagram(
            [(frozenset(map(id, r.guards)), r.enters) for r in way if role in r.by]
        )
        for key, way in table.rows.items()
        if key[0] in table.stages
        for role in roles
    }
    leads = {key: said for key, said in says.items() if said is not None}
    return table.initial, frozenset(table.stages), table.final, leads


def with_way(table: Table, key: tuple[str, str], way: Iterable[Row]) -> Table:
    rows = {**table.rows, key: tuple(way)}
    return attrs.evolve(table, rows={key: way for key, way in rows.items() if way})


def on_a_row(change: Callable[[Row, Table, Random], Row | None]) -> Mutation:
    """A mutation of one row; None drops it."""

    @functools.wraps(change)
    def mutate(table: Table, rng: Random) -> Table:
        key = rng.choice(list(table.rows))
        way = list(table.rows[key])
        place = rng.randrange(len(way))
        changed = change(way[place], table, rng)
        way[place : place + 1] = [changed] if changed else []
        return with_way(table, key, way)

    return mutate


@on_a_row
def drop_a_row(row: Row, table: Table, rng: Random) -> Row | None:
    return None


@on_a_row
def retarget(row: Row, table: Table, rng: Random) -> Row:
    return attrs.evolve(row, enters=rng.choice(table.stages))


@on_a_row
def add_a_role(row: Row, table: Table, rng: Random) -> Row:
    return attrs.evolve(row, by=row.by | {rng.choice([APPLICANT, EXECUTOR, LAW, Role("mayor")])})


@on_a_row
def remove_a_role(row: Row, table: Table, rng: Random) -> Row:
    return attrs.evolve(row, by=row.by - {rng.choice(sorted(row.by))})


@on_a_row
def drop_a_guard(row: Row, table: Table, rng: Random) -> Row:
    return attrs.evolve(row, guards=row.guards[1:])


@on_a_row
def add_a_guard(row: Row, table: Table, rng: Random) -> Row:
    known = [guard for way in table.rows.values() for one in way for guard in one.guards]
    return attrs.evolve(row, guards=(*row.guards, rng.choice([*known, STRANGE])))


def swap_two_rows(table: Table, rng: Random) -> Table | None:
    keys = [key for key, way in table.rows.items() if len(way) > 1]
    if not keys:
        return None
    key = rng.choice(keys)
    way = list(table.rows[key])
    first, second = rng.sample(range(len(way)), 2)
    way[first], way[second] = way[second], way[first]
    return with_way(table, key, way)


def move_a_way(table: Table, rng: Random) -> Table:
    stage, act = rng.choice(list(table.rows))
    moved = (rng.choice(table.stages), act)
    rows = {key: way for key, way in table.rows.items() if key != (stage, act)}
    return attrs.evolve(table, rows={**rows, moved: table.rows[stage, act]})


def add_a_row(table: Table, rng: Random) -> Table:
    key = (rng.choice(table.stages), rng.choice([Note.tag, Reply.tag, Withdraw.tag]))
    row = Row(key[1], key[0], rng.choice(table.stages), frozenset({HEAD}), (), "Draft, 9")
    return with_way(table, key, (*table.rows.get(key, ()), row))


def change_what_is_final(table: Table, rng: Random) -> Table:
    return attrs.evolve(table, final=table.final ^ {rng.choice(table.stages)})


def begin_elsewhere(table: Table, rng: Random) -> Table:
    return attrs.evolve(table, initial=rng.choice(table.stages))


def lose_a_stage(table: Table, rng: Random) -> Table:
    lost = rng.choice(table.stages)
    return attrs.evolve(table, stages=tuple(stage for stage in table.stages if stage != lost))


MUTATIONS: list[Mutation] = [
    drop_a_row,
    retarget,
    add_a_role,
    remove_a_role,
    drop_a_guard,
    add_a_guard,
    swap_two_rows,
    move_a_way,
    add_a_row,
    change_what_is_final,
    begin_elsewhere,
    lose_a_stage,
]


@pytest.mark.thorough
@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_every_mutant_that_means_something_else_is_caught_and_no_other(mutation: Mutation) -> None:
    rng = Random(mutation.__name__)  # noqa: S311 - a seed, not a secret
    caught = 0
    while caught < 6:
        chart = rng.choice([Petition, *SHIPPED])
        mutant = mutation(chart.table, rng)
        if mutant is None:
            continue
        differs = meaning(mutant) != meaning(chart.table)
        found = compare(chart, table=mutant).disagreements
        assert differs == bool(found), (mutant.rows, found)
        caught += differs


# -- random charts --------------------------------------------------------------------

ACTS = (Accept, Note, Resume, Withdraw)
ROLES = (HEAD, DEPUTY, APPLICANT, LAW)


@st.composite
def paths(draw: st.DrawFn, stages: list[Stage], edges: Iterable[tuple[int, int]]) -> list[Path]:
    """Guarded paths along these edges, in any order."""
    guards = st.lists(st.sampled_from([FIRST, SECOND, THIRD]), max_size=2)
    ways = [Path(stages[a], stages[b], tuple(draw(guards))) for a, b in edges]
    return draw(st.permutations(ways))


@st.composite
def charts(draw: st.DrawFn) -> ProcedureType:
    """A flat chart of three to six stages: all reachable, each with a way to the end."""
    n = draw(st.integers(3, 6))
    final = {n - 1} | draw(st.sets(st.integers(1, n - 1), max_size=2))
    open_ = [i for i in range(n) if i not in final]
    stages = [Stage(initial=not i, final=i in final) for i in range(n)]
    edges = [(draw(st.sampled_from([o for o in open_ if o < i])), i) for i in range(1, n)]
    edges += [(i, draw(st.integers(i + 1, n - 1))) for i in open_]
    anywhere = st.tuples(st.sampled_from(open_), st.integers(0, n - 1))
    ways = draw(paths(stages, [*edges, *draw(st.lists(anywhere, max_size=6))]))
    kinds = draw(st.lists(st.sampled_from(ACTS), min_size=2, unique=True))
    acts = [draw(st.sampled_from(kinds)) for _ in ways]
    body = {
        kind.tag: step(
            kind,
            [way for way, act in zip(ways, acts, strict=True) if act is kind],
            by=draw(st.sets(st.sampled_from(ROLES))),
            source="Draft, 1",
        )
        for kind in kinds
    }
    return made(
        Procedure,
        code="random",
        law="draft",
        **body,
        **{f"s{i}": stage for i, stage in enumerate(stages)},
    )


@st.composite
def changes(draw: st.DrawFn, parent: ProcedureType) -> dict[str, object]:
    """A body for a subclass: steps replaced, added, struck out; stages overridden or added."""
    ends = {state.id: state for state in parent.states if isinstance(state, Stage)}
    body: dict[str, object] = {}
    over = draw(st.sampled_from([None, *ends.values()]))
    if over:
        body[over.id] = Stage("said otherwise", initial=over.initial, final=over.final)
    if draw(st.booleans()):
        body["extra"] = ends["extra"] = Stage("extra", final=draw(st.booleans()))
    stages = list(ends.values())
    places = range(len(stages))
    edges = st.tuples(
        st.sampled_from([i for i in places if not stages[i].final]), st.sampled_from(places)
    )
    for kind in draw(st.lists(st.sampled_from(ACTS), unique=True, max_size=3)):
        known = parent.declaration.steps.get(kind.tag)
        if known and draw(st.integers(0, 3)) == 0:
            body[kind.tag] = None
            continue
        kept = known[1] if known and draw(st.integers(0, 3)) else ()
        ways = [Path(ends[source], ends[target], guards) for source, target, guards in kept]
        ways += draw(paths(stages, draw(st.lists(edges, min_size=1, max_size=4))))
        body[kind.tag] = step(
            kind, ways, by=draw(st.sets(st.sampled_from(ROLES))), source="Draft, 2"
        )
    if draw(st.booleans()):
        body["answer"] = Clock("random.answer", starts=Receive, stops=Note)
    return body


def portrait(chart: ProcedureType) -> object:
    """All that could change in a chart: its table, its declaration, its states and events."""
    declared = chart.declaration
    return (
        chart.table.under,
        dict(chart.table.rows),
        dict(chart.table.clocks),
        chart.table.stages,
        dict(declared.stages),
        dict(declared.steps),
        dict(declared.clocks),
        [
            (
                id(s),
                s.id,
                s.name,
                s.initial,
                s.final,
                [
                    (id(t), t.event, t.target and t.target.id, [str(c) for c in t.cond])
                    for t in s.transitions
                ],
            )
            for s in chart.states
        ],
        [str(event) for event in chart.events],
        f"{chart:md}",
    )


@given(charts())
def test_a_random_chart_agrees_with_its_engine(chart: ProcedureType) -> None:
    assert compare(chart).disagreements == ()


@given(st.data())
def test_a_subclass_agrees_too_and_never_changes_its_parent(data: st.DataObject) -> None:
    parent = data.draw(charts())
    before = portrait(parent)
    try:
        child = made(parent, **data.draw(changes(parent)))
    except PackError:
        child = parent
    assert compare(child).disagreements == ()
    assert before == portrait(parent)


def test_a_wording_is_not_changed_by_the_next() -> None:
    before = [portrait(chart) for chart in SHIPPED]
    for chart in (one for one in SHIPPED if "withdrawn" in one.table.stages):
        withdrawn, *stages = (
            state
            for state in (chart.states_map["withdrawn"], *chart.states)
            if isinstance(state, Stage)
        )
        ways = withdrawn.after(*(stage for stage in stages if not stage.final))
        made(chart, withdraw=step(Withdraw, ways, by=REGISTRAR, source="Draft, 8"))
    assert before == [portrait(chart) for chart in SHIPPED]


# -- hazards of python-statemachine, each designed out --------------------------------


async def waits(case: Case, act: Any, circumstances: Circumstances) -> bool:
    return False


async def waits_and_yields(case: Case, act: Any, circumstances: Circumstances) -> Any:
    yield False


def yields(case: Case, act: Any, circumstances: Circumstances) -> Any:
    yield False


@functools.wraps(waits)
def hides_that_it_waits(case: Case, act: Any, circumstances: Circumstances) -> Any:
    return waits(case, act, circumstances)


class Waits:
    async def __call__(self, case: Case, act: Any, circumstances: Circumstances) -> bool:
        return False

    def holds(self, case: Case, act: Any, circumstances: Circumstances) -> bool:
        return False


@pytest.mark.parametrize(
    "holds", [waits, waits_and_yields, yields, hides_that_it_waits, Waits(), Waits().__call__]
)
def test_a_guard_that_gives_no_answer_at_once_is_refused(holds: Any) -> None:
    with pytest.raises(PackError, match="guard slow: a coroutine cannot guard an act"):
        guard("slow", why="", source="")(holds)


@pytest.mark.parametrize(
    "holds",
    [
        lambda: True,
        lambda case, act: True,
        lambda case, act, circumstances, more: True,
        lambda case, act, *, circumstances: True,
        lambda source, state, event: True,
        lambda *args: True,
        lambda **kwargs: True,
    ],
)
def test_a_guard_that_asks_for_anything_else_is_refused(holds: Any) -> None:
    with pytest.raises(PackError, match=r"its parameters are not \(case, act, circumstances\)"):
        guard("other", why="", source="")(holds)


def test_a_bound_method_may_guard() -> None:
    bound = guard("bound", why="", source="Draft, 9")(Waits().holds)
    chart = petition(
        note=step(
            Note, when(Petition.filed.to(Petition.answered), bound), by=HEAD, source="Draft, 2"
        )
    )
    assert compare(chart).disagreements == ()
    assert isinstance(put(chart, Note()), NotAllowed)


def test_guards_of_one_code_are_each_asked_themselves() -> None:
    def always(case: Case, act: Any, circumstances: Circumstances) -> bool:
        return True

    yes = guard("third", why=THIRD.why, source="Draft, 9")(always)
    ways = (
        when(Petition.filed.to(Petition.filed), THIRD),
        when(Petition.filed.to(Petition.answered), yes),
    )
    chart = petition(decide=step(Decide, *ways, by=HEAD, source="Draft, 1"))
    assert yes == THIRD
    assert compare(chart).disagreements == ()
    assert "answered" == send(chart, "decide") == put(chart, Decide("favourable"))


def test_a_guard_that_raises_is_heard_in_both() -> None:
    def breaks(case: Case, act: Any, circumstances: Circumstances) -> bool:
        return 1 // 0 > 0

    broken = guard("broken", why="", source="Draft, 9")(breaks)
    way = when(Petition.filed.to(Petition.answered), broken)
    chart = petition(decide=step(Decide, way, by=HEAD, source="Draft, 1"))
    with pytest.raises(ZeroDivisionError):
        send(chart, "decide")
    with pytest.raises(ZeroDivisionError):
        put(chart, Decide("favourable"))


def test_an_unknown_act_is_refused_in_both() -> None:
    chart = petition()
    with pytest.raises(TransitionNotAllowed):
        send(chart, "unheard_of")
    said = put(chart, Note())
    assert isinstance(said, NotAllowed)
    assert said.code == "act.not-available"


def test_the_first_way_written_is_the_first_taken() -> None:
    narrow, wide = when(Petition.filed.to(Petition.answered), FIRST), Petition.filed.to.itself()
    for ways, expected in (((narrow, wide), "answered"), ((wide, narrow), "filed")):
        chart = petition(
            decide=step(
                Decide, *ways, Petition.filed.to(Petition.answered), by=HEAD, source="Draft, 1"
            )
        )
        assert expected == send(chart, "decide") == put(chart, Decide("favourable"))


def called() -> Callable[..., None]:
    """A function that python-statemachine would call."""

    def callback(*args: object) -> None:
        pytest.fail("a callback was called")

    return callback


@pytest.mark.parametrize(
    "name",
    [
        "on_decide",
        "before_decide",
        "after_decide",
        "before_transition",
        "on_transition",
        "after_transition",
        "on_enter_filed",
        "on_exit_filed",
        "on_enter_state",
        "prepare_event",
    ],
)
def test_a_callback_by_name_is_refused_own_or_inherited(name: str) -> None:
    with pytest.raises(PackError, match=rf"Made\.{name}: a table cannot express a callback"):
        petition(**{name: called()})
    mixin = type("Mixin", (), {name: called()})
    with pytest.raises(PackError, match=rf"Mixed\.{name}: a table cannot express a callback"):
        ProcedureType("Mixed", (mixin, petition()), {})


@pytest.mark.parametrize("place", ["enter", "exit"])
def test_a_callback_by_decoration_is_refused(place: str) -> None:
    for stage in (Stage(), petition().states[0]):
        leave = getattr(stage, place)(called())
        with pytest.raises(PackError, match=r"Made\.leave: a table cannot express a callback"):
            petition(leave=leave)


def test_a_listener_is_refused() -> None:
    with pytest.raises(PackError, match=r"Made\.listeners: a table cannot express a callback"):
        petition(listeners=[object])


@pytest.mark.parametrize(
    ("flag", "loose"),
    [
        ("allow_event_without_transition", True),
        ("catch_errors_as_events", True),
        ("atomic_configuration_update", False),
    ],
)
def test_a_procedure_cannot_be_made_lax(flag: str, loose: bool) -> None:  # noqa: FBT001 - a case
    with pytest.raises(PackError, match=f"{flag}: every procedure is strict"):
        petition(**{flag: loose})


@pytest.mark.parametrize(
    "foreign",
    [
        State("plain"),
        Event(name="plain"),
        TransitionList(),
        Transition(State(), State()),
    ],
    ids=lambda foreign: type(foreign).__name__,
)
def test_what_is_not_declared_with_our_words_is_refused(foreign: object) -> None:
    with pytest.raises(PackError, match=r"Made\.plain: declare stages with Stage"):
        petition(plain=foreign)


def test_paths_to_a_parents_stage_are_recorded_and_leave_it_alone() -> None:
    before = portrait(Petition)
    Petition.filed.to(Petition.answered)
    Petition.answered.after(Petition.filed)
    with pytest.raises(PackError, match="declare the paths to a stage with"):
        Petition.answered.from_(Petition.filed)
    assert before == portrait(Petition)


@pytest.mark.parametrize(
    "name",
    [
        "send",
        "states",
        "configuration",
        "prepare",
        "events",
        "name",
        "id",
        "model",
        "code",
        "law",
        "table",
        "declaration",
    ],
)
def test_a_stage_or_an_act_takes_no_name_that_a_chart_needs(name: str) -> None:
    note = step(Note, Petition.filed.to(Petition.answered), by=HEAD, source="Draft, 2")
    for taken in (note, Stage(final=True)):
        with pytest.raises(PackError, match=rf"Made\.{name}: a chart has something else"):
            made(petition(), **{name: taken})


def test_a_step_struck_out_is_gone_from_both_and_stays_with_the_parent() -> None:
    child = made(Petition, withdraw=None)
    assert {"accept", "decide"} == {act for _, act in child.table.rows}
    assert sorted(map(str, child.events)) == ["accept", "decide"]
    with pytest.raises(TransitionNotAllowed):
        send(child, "withdraw", APPLICANT)
    assert compare(child).disagreements == ()
    assert send(Petition, "withdraw", APPLICANT) == "closed"


def test_a_stage_and_a_clock_are_struck_out() -> None:
    clock = Clock("petition.answer", starts=Receive, stops=Decide)
    sooner = step(Decide, Petition.filed.to(Petition.answered), by=HEAD, source="Draft, 7")
    child = made(
        made(Petition, answer=clock),
        answer=None,
        accept=None,
        decide=sooner,
        considered=None,
        withdraw=step(
            Withdraw, Petition.filed.to(Petition.closed), by=APPLICANT, source="Draft, 7"
        ),
    )
    assert child.table.clocks == {}
    assert child.table.stages == ("filed", "answered", "closed")
    assert compare(child).disagreements == ()


def test_what_is_not_there_cannot_be_struck_out() -> None:
    with pytest.raises(PackError, match=r"Made\.decides: there is nothing of that name"):
        made(Petition, decides=None)


def test_a_stage_still_named_by_a_step_cannot_be_struck_out() -> None:
    with pytest.raises(PackError, match=r"Made\.accept: no stage 'closed'|withdraw: no stage"):
        made(Petition, closed=None)


def test_a_strike_out_that_makes_a_stage_unreachable_is_refused() -> None:
    with pytest.raises(PackError, match="unreachable"):
        made(Petition, accept=None)


def test_a_step_replaced_leads_elsewhere_in_both() -> None:
    child = made(
        Petition,
        withdraw=step(Withdraw, Petition.filed.to(Petition.answered), by=DEPUTY, source="Draft, 5"),
    )
    assert "answered" == send(child, "withdraw", DEPUTY) == put(child, Withdraw(), DEPUTY)
    assert ("considered", "withdraw") not in child.table.rows
    assert send(Petition, "withdraw", APPLICANT) == "closed"
    assert compare(child).disagreements == ()


def test_a_step_amended_goes_the_same_ways_by_others() -> None:
    child = made(Petition, withdraw=amended(Petition, "withdraw", by=DEPUTY, source="Draft, 5"))
    assert child.table.rows.keys() == Petition.table.rows.keys()
    for row, former in zip(
        child.table.rows["filed", "withdraw"],
        Petition.table.rows["filed", "withdraw"],
        strict=True,
    ):
        assert row == attrs.evolve(former, by=frozenset({DEPUTY}), source="Draft, 5")
    assert compare(child).disagreements == ()
    assert send(Petition, "withdraw", APPLICANT) == "closed"


def test_a_step_amended_asks_other_things_on_the_ways_it_had() -> None:
    further = Petition.considered.to(Petition.answered)
    child = made(
        Petition,
        decide=amended(Petition, "decide", when(further, SECOND), guards=[FIRST]),
    )
    had = Petition.table.rows["considered", "decide"]
    rows = child.table.rows["considered", "decide"]
    assert [row.guards for row in rows] == [*[(FIRST,) for _ in had], (SECOND,)]
    assert compare(child).disagreements == ()


def test_a_step_amended_keeps_apart_whom_the_step_kept_apart() -> None:
    parent = made(
        Petition,
        decide=step(
            Decide,
            Petition.considered.to(Petition.answered),
            by=HEAD,
            source="Draft, 3",
            apart=Accept,
        ),
    )
    further = Petition.considered.to(Petition.closed)
    child = made(parent, decide=amended(parent, "decide", further, guards=[FIRST]))
    (duty,) = parent.table.rows["considered", "decide"][0].guards
    rows = child.table.rows["considered", "decide"]
    assert [row.guards for row in rows] == [(FIRST, duty), (duty,)]
    assert {row.apart for row in rows} == {frozenset({"accept"})}


def test_a_step_is_taken_over_by_a_procedure_with_other_stages() -> None:
    asked, over = Stage(initial=True), Stage(final=True)
    here = {Petition.filed: asked, Petition.considered: None, Petition.closed: over}
    child = made(
        Procedure,
        code="inquiry",
        law="draft",
        asked=asked,
        over=over,
        withdraw=amended(Petition, "withdraw", stages=here),
    )
    assert set(child.table.rows) == {("asked", "withdraw")}
    assert child.table.stages == ("asked", "over")
    assert compare(child).disagreements == ()


def test_a_step_of_which_no_way_is_left_is_refused() -> None:
    with pytest.raises(PackError, match=r"Petition\.decide: no way of it is left"):
        amended(Petition, "decide", stages={Petition.considered: None})


def test_what_is_not_there_cannot_be_amended() -> None:
    with pytest.raises(PackError, match="Petition has no step 'decides'"):
        amended(Petition, "decides")
    with pytest.raises(PackError, match="Petition has no clock 'answer'"):
        amended_clock(Petition, "answer")


class Inquiry(Procedure):
    """All that it does not say for itself is its own: what it rests on, its limits."""

    code, law, source = "inquiry", "draft", "Draft, 1"
    opens = opening(Receive)

    asked = Stage(initial=True)
    told = Stage(final=True)

    decide = step(Decide, asked.to(told), by=HEAD, tells="late-notice")
    withdraw = step(
        Withdraw, asked.to(told), by=APPLICANT, source="Draft, 9", tells="others.notice"
    )

    late_notice = Clock(starts=Receive, stops=Decide)
    other = Clock("others.term", starts=Receive, stops=Decide)


def test_what_a_chart_does_not_tell_is_its_own() -> None:
    rows = [way[0] for way in Inquiry.table.rows.values()]
    assert ["Draft, 1", "Draft, 9"] == [row.source for row in rows]
    assert ["inquiry.late-notice", "others.notice"] == [row.tells for row in rows]
    assert "Draft, 1" == Inquiry.table.opening.source
    assert ["inquiry.late-notice", "others.term"] == list(Inquiry.table.clocks)


def test_what_was_a_chart_s_own_is_that_of_whoever_takes_it_over() -> None:
    clock = amended_clock(Inquiry, "late_notice", stops=Withdraw)
    child = made(Inquiry, code="question", law="draft-2", source="Draft, 2", late_notice=clock)
    assert ["Draft, 2", "Draft, 9"] == [way[0].source for way in child.table.rows.values()]
    assert "question.late-notice" == child.table.rows["asked", "decide"][0].tells
    assert ("withdraw",) == child.table.clocks["question.late-notice"].stops
    assert {"question.late-notice", "others.term"} == set(child.table.clocks)


def test_two_clocks_of_one_limit_are_refused() -> None:
    twice = Clock("inquiry.late-notice", starts=Receive, stops=Decide)
    with pytest.raises(PackError, match=r"two clocks run 'inquiry\.late-notice'"):
        made(Inquiry, law="draft-3", other=twice)


@pytest.mark.parametrize("stray", [Petition.filed.to(Petition.answered), (), "decide", called()])
def test_a_step_replaced_by_something_else_is_refused(stray: object) -> None:
    with pytest.raises(PackError, match=r"Made\.decide: declare stages with Stage"):
        made(Petition, decide=stray)


def test_a_stage_overridden_keeps_its_steps() -> None:
    child = made(Petition, considered=Stage("looked into"))
    assert child.states_map["considered"].name == "looked into"
    assert dict(Petition.table.rows) == dict(child.table.rows)
    assert compare(child).disagreements == ()


def test_a_stage_overridden_as_final_with_ways_out_is_refused() -> None:
    with pytest.raises(PackError, match="final state"):
        made(Petition, considered=Stage(final=True))


def test_stages_declared_in_one_line_are_each_their_own() -> None:
    class Inline(Procedure):
        code, law = "inline", "draft"
        filed = Stage(initial=True)
        granted = dropped = Stage(final=True)
        decide = step(Decide, filed.to(granted), by=HEAD, source="Draft, 1")
        withdraw = step(Withdraw, filed.to(dropped), by=APPLICANT, source="Draft, 2")

    assert ("filed", "granted", "dropped") == Inline.table.stages
    assert {"granted", "dropped"} == Inline.table.final
    assert ["dropped"] == [row.enters for row in Inline.table.ways("filed", "withdraw")]
    assert compare(Inline).disagreements == ()


def test_a_step_and_a_clock_are_declared_again_by_their_own_names() -> None:
    asked = guard("decide.why", why="why")(lambda case, act, circumstances: True)
    by_name = made(
        Inquiry,
        law="draft-4",
        decide=as_before(source="Draft, 4", besides=[asked]),
        late_notice=clock_as_before(stops=Withdraw),
    )
    told = amended(Inquiry, "decide", source="Draft, 4", besides=[asked])
    written = made(
        Inquiry,
        law="draft-4",
        decide=told,
        late_notice=amended_clock(Inquiry, "late_notice", stops=Withdraw),
    )
    assert written.table.under == by_name.table.under
    rows = [row for row in by_name.table.every_row if row.act == "decide"]
    assert rows
    assert all(row.guards[-1] == asked and row.source == "Draft, 4" for row in rows)


def test_what_has_no_such_step_before_it_is_not_declared_again() -> None:
    with pytest.raises(PackError, match="has no step 'twin'"):
        made(Petition, twin=as_before())
    with pytest.raises(PackError, match="Procedure has no step 'decide'"):
        ProcedureType("First", (Procedure,), {"decide": as_before()})
    with pytest.raises(PackError, match="has no clock 'twin'"):
        made(Petition, twin=clock_as_before())


def test_a_procedure_has_one_parent() -> None:
    left, right = made(Petition), made(Petition, withdraw=None)
    with pytest.raises(PackError, match="Both: a procedure has one parent"):
        ProcedureType("Both", (left, right), {})


def test_two_steps_of_one_act_are_refused() -> None:
    twin = step(Decide, Petition.filed.to(Petition.closed), by=HEAD, source="Draft, 6")
    with pytest.raises(PackError, match="decide and twin are both steps of 'decide'"):
        made(Petition, twin=twin)
