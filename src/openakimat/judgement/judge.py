"""An act is put to a case: the law allows it and says what it leads to, or says why not.

`judge` answers with a value, `decide` raises the refusal; `lapse` lets the law act when
time is up. Nothing here looks at a clock or keeps anything.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Literal

import attrs

from openakimat.calendar.times import instant
from openakimat.case.act import Act
from openakimat.case.acts import Receive, Rectify
from openakimat.case.people import (
    APPLICANT,
    Actor,
    Applicant,
    Mandate,
    Role,
    TheLaw,
    acted_for,
    roles_on,
    taken_up,
)
from openakimat.case.record import Basis, Case, Record, applicant_of
from openakimat.chart.table import Circumstances, Guard, Row, Table
from openakimat.errors import Malformed, Refusal, make_fault
from openakimat.judgement import refusals
from openakimat.judgement.deadlines import counts_in, deadline_of
from openakimat.judgement.governing import governing_chart, refuse_ungoverned
from openakimat.judgement.notices import Decision, Notice
from openakimat.judgement.onlookers import show
from openakimat.judgement.running import Running, follow
from openakimat.law.law import Law
from openakimat.law.office import Office

Barred = tuple[Row, Guard, Iterator[Guard]]
"""A way that is not open: its first guard that fails, and those not yet asked."""


def open_case(
    procedure: str, act: Receive, /, *, id: str, at: datetime, by: Actor, office: Office,
    basis: Literal["done", "told"] = "done",
) -> Case:  # fmt: skip
    """Open a case by the act that its procedure opens with.

    Raises:
        Malformed: The instant is naive, the office has no such procedure, it opens with
            another act, or the case is tied to itself.
        NotCompetent: The procedure is not opened by anyone, but by roles this one has not.
        Refusal: A guard on its opening does not hold.
        Undated: No wording was in force that day.
    """
    at = instant(at)
    day = office.day_of(at)
    table = office.table_on(procedure, day)
    tag = table.opening.act
    faults = [make_fault("links", "tied-to-itself") for link in act.links if link.case == id]
    if act.tag != tag:
        faults.append(make_fault("act", "opens-otherwise", procedure, repr(tag), repr(act.tag)))
    if faults:
        raise Malformed(f"case {id}", faults)
    roles = roles_on(by, day)
    # A procedure that names no roles is opened by anyone, in whatever role they have, or in none.
    open_to = table.opening.by & roles if table.opening.by else roles
    if table.opening.by and not open_to:
        raise refusals.refuse_opener(table, office.law)
    role = taken_up(by, open_to) if open_to else Role("")
    whose = acted_for(by, role, day)
    record = Record(
        1, at, by.id, role, act, table.initial, table.under, whose, office.body.id, None, basis
    )
    case = Case(id, procedure, table.initial, table.under, (record,))
    if guards := table.opening.guards:
        circumstances = Circumstances(at, by, office, table.law, roles, counts=deadline_of)
        # They are asked of the case as it would be, for there is none before.
        for guard in guards:
            if not guard.holds(case, act, circumstances):
                show(office.law, table, table.opening, (guard,))
                raise refusals.refuse_opening(table, guard, office.law)
    show(office.law, table, table.opening)
    return case


def judge(
    case: Case | Running, act: Act, /, *, at: datetime, by: Actor, office: Office,
    beside: Sequence[Case] = (), basis: Basis = "done",
) -> Decision | Refusal:  # fmt: skip
    """What the law says to an act: a decision, or a refusal as a value.

    `beside` are the cases that the law looks at as well: those opened out of this one, or the
    queue it stands in. Of the `basis` that the record rests on nothing is judged: what is assumed
    is judged as if somebody had done it, and names nobody.
    """
    at = instant(at)
    of = follow(case, office=office)
    case = of.case
    table = governing_chart(case, at, office)
    if (ungoverned := refuse_ungoverned(case, act.tag, table, office)) is not None:
        return ungoverned
    # Of whoever has no mandate the day need not be asked: their roles are the same on any.
    roles = roles_on(by, office.day_of(at)) if by.mandates else by.roles
    if isinstance(act, Rectify):
        return _correction(case, act, table, at=at, by=by, day=office.day_of(at), basis=basis)
    # Stage, instant, role, and the guards last: a guard is asked only of an act that this stage
    # takes from this actor, and may count on it.
    rows = table.ways(case.stage, act.tag)
    # An act that the stage does not take at all is refused for that, whenever it was.
    if at < case.records[-1].at and rows:
        return refusals.refuse_earlier(case, act.tag, table, at)
    circumstances = Circumstances(at, by, office, table.law, roles, beside, counts_in(of))
    barred: list[Barred] = []
    for row in rows:
        if row.by.isdisjoint(roles):
            continue
        # One iterator: the message goes on where the judgement stopped, and asks no guard twice.
        guards = iter(row.guards)
        for guard in guards:
            if not guard.holds(case, act, circumstances):
                barred.append((row, guard, guards))
                break
        else:
            show(office.law, table, row)
            return _kept_by(office, _decision(case, act, row, table, circumstances, basis=basis))
    return _refusal(case, act, table, barred, circumstances=circumstances, law=office.law)


def _refusal(
    case: Case, act: Act, table: Table, barred: Sequence[Barred], *, circumstances: Circumstances,
    law: Law,
) -> Refusal:  # fmt: skip
    """Why none of the ways is open: the stage or the role, or all that their guards miss."""
    if not barred:
        refusal = refusals.refuse_stage_or_role(case, act.tag, table, circumstances.roles, law)
        assert refusal is not None  # noqa: S101 - no row was open to these roles
        return refusal
    # A refusal names all that is missing at once; the guards after the first that fails are
    # asked only now, for most acts are allowed.
    ways = [
        (row, [first, *_failing(later, lambda g: g.holds(case, act, circumstances), [first])])
        for row, first, later in barred
    ]
    for row, failing in ways:
        show(law, table, row, failing)
    return refusals.refuse_guarded(case, act, table, ways, circumstances=circumstances, law=law)


def _failing(
    guards: Iterable[Guard], holds: Callable[[Guard], bool | None], before: Sequence[Guard] = ()
) -> list[Guard]:
    """The guards that fail; one that relies on such, or on one not asked (None), is not asked."""
    failing, unreliable = [], list(before)
    for guard in guards:
        answer = None if any(other in unreliable for other in guard.relies) else holds(guard)
        if not answer:
            unreliable.append(guard)
        if answer is not None and not answer:
            failing.append(guard)
    return failing


def _kept_by(office: Office, decision: Decision) -> Decision:
    """A decision in the office that goes on with a case of the first edition, which names none."""
    if decision.record.office:
        return decision
    return attrs.evolve(decision, record=attrs.evolve(decision.record, office=office.body.id))


def _decision(
    case: Case, act: Act, row: Row, table: Table, circumstances: Circumstances, *, basis: Basis
) -> Decision:
    by, at, last = circumstances.by, circumstances.at, case.records[-1]
    open_to = row.by & circumstances.roles
    # The first by name, as `taken_up` has it: the same act leaves the same record.
    role, whose = min(open_to), ""
    # Who has no mandate acts in their own name: nothing more is to be found out.
    if by.mandates:
        role = taken_up(by, open_to)
        known = applicant_of(case) if role == APPLICANT else ""
        whose = acted_for(by, role, circumstances.office.day_of(at), whose=known)
        whose = whose or _mandate_needed(case, act, row, circumstances)
    no, (who, role, whose) = case.n_sealed + 1, _named(basis, by, role, whose)
    record = Record(
        no, at, who, role, act, row.enters, table.under, whose, last.office, None, basis
    )
    notices = (Notice("applicant", act.tag, row.tells, at, no),) if row.tells else ()
    return Decision(record, notices)


def _named(basis: Basis, by: Actor, role: Role, whose: str) -> tuple[str, Role, str]:
    """Whom a record names, in which role and for whom: of what is assumed, nobody."""
    return ("", Role(""), "") if basis == "assumed" else (by.id, role, whose)


def _mandate_needed(case: Case, act: Act, row: Row, circumstances: Circumstances) -> str:
    """For whom an act is performed in a role of one's own, where it needs the mandate of another.

    Such as what a head alone may do, done by a deputy who stands in for them.
    """
    by, day = circumstances.by, circumstances.office.day_of(circumstances.at)
    if isinstance(by, Applicant | TheLaw):
        return ""

    def may(*mandates: Mandate) -> bool:
        alone = circumstances._replace(by=attrs.evolve(by, mandates=mandates))
        return all(guard.holds(case, act, alone) for guard in row.guards)

    fitting = [m for m in by.mandates if m.holds(day) and not m.roles.isdisjoint(row.by)]
    # Nothing is asked twice of who has no fitting mandate, and nobody is named who was not needed.
    if not fitting or may():
        return ""
    return next((mandate.of for mandate in fitting if may(mandate)), "")


def _correction(
    case: Case, act: Rectify, table: Table, *, at: datetime, by: Actor, day: date, basis: Basis
) -> Decision | Refusal:
    """The record of a correction, by whoever may perform what it corrects."""
    refusal = refusals.refuse_correction(case, act, table, at=at, by=by, day=day)
    if refusal is not None:
        return refusal
    role = taken_up(by, refusals.roles_to_correct(case, act, table, by=by, day=day))
    whose = acted_for(by, role, day, whose=applicant_of(case) if role == APPLICANT else "")
    who, role, whose = _named(basis, by, role, whose)
    no, stage, last = case.n_sealed + 1, case.stage, case.records[-1]
    return Decision(
        Record(no, at, who, role, act, stage, table.under, whose, last.office, None, basis)
    )


def decide(
    case: Case | Running, act: Act, /, *, at: datetime, by: Actor, office: Office,
    beside: Sequence[Case] = (),
) -> Decision:  # fmt: skip
    """Put an act to a case; see `judge`.

    Lapses that came before must be recorded first: see `lapse`.
    Raises `Refusal` if the law says no; see its subclasses; `Malformed` if the instant is naive.
    """
    answer = judge(case, act, at=at, by=by, office=office, beside=beside)
    if isinstance(answer, Refusal):
        raise answer
    return answer


def may(
    case: Case | Running, kind: type[Act] | Act, /, *, at: datetime, by: Actor, office: Office,
    beside: Sequence[Case] = (),
) -> Refusal | None:  # fmt: skip
    """Why an act may not be performed now, or None when it may.

    Given the class of an act, stage, role and the guards that need no act are asked; see
    `ways_now`. Given an act, all of them.
    """
    of = follow(case, office=office)
    if isinstance(kind, Act):
        answer = judge(of, kind, at=at, by=by, office=office, beside=beside)
        return answer if isinstance(answer, Refusal) else None
    (ways,) = ways_now(of, [kind], at=at, by=by, office=office)
    return ways if isinstance(ways, Refusal) else None


def ways_now(
    of: Running, kinds: Iterable[type[Act]], /, *, at: datetime, by: Actor, office: Office
) -> Iterator[tuple[Row, ...] | Refusal]:
    """The ways that acts of some classes may go now, or why there is none; each in its turn.

    Every guard is asked that asks no field of the act and no case beside. So what refuses here
    refuses every act of the class; what is open here may be refused yet.
    """
    at = instant(at)
    case, table = of.case, governing_chart(of.case, at, office)
    roles = roles_on(by, office.day_of(at))
    circumstances = Circumstances(at, by, office, table.law, roles, counts=counts_in(of))
    for kind in kinds:
        if ungoverned := refuse_ungoverned(case, kind.tag, table, office):
            yield ungoverned
        elif issubclass(kind, Rectify):
            # No row has a correction: it is open at every stage, to who may perform what it corrects.
            yield ()
        elif at < case.records[-1].at and table.ways(case.stage, kind.tag):
            yield refusals.refuse_earlier(case, kind.tag, table, at)
        else:
            yield _open_ways(case, kind, table, circumstances, office.law)


def _open_ways(
    case: Case, kind: type[Act], table: Table, circumstances: Circumstances, law: Law
) -> tuple[Row, ...] | Refusal:
    if refusal := refusals.refuse_stage_or_role(case, kind.tag, table, circumstances.roles, law):
        return refusal

    def holds(guard: Guard) -> bool | None:
        # In the place of the act stands its class: it has the tag, and no field that any of them asks.
        return guard.holds(case, kind, circumstances) if guard.beforehand else None

    rows = table.ways(case.stage, kind.tag)
    own = [row for row in rows if not row.by.isdisjoint(circumstances.roles)]
    ways = [(row, _failing(row.guards, holds)) for row in own]
    taken = tuple(row for row, failing in ways if not failing)
    return taken or refusals.refuse_guarded(
        case, kind, table, ways, circumstances=circumstances, law=law
    )
