"""Every case a procedure could have, searched for one that goes wrong.

The search runs the library itself: acts are put to real cases by `judge`, time runs out by
`lapse`. From each case every act of the stage is tried at once and at the last instant
before a clock runs out, by everybody whom it could make a difference, and then time is
let run out. Cases that are alike (see `likeness`) are followed once, the shortest first,
so that the story of a finding is a shortest one.

What it proves, by the code of the finding:

* ``stage.deadlock``: no stage leaves a case where nobody and no clock can move it;
* ``stage.unreached``: acts really lead to every stage;
* ``answer.unreachable``: from every case not closed, an answer or a closing can be reached
  that is not the applicant's own act;
* ``closing.no-ground``, ``closing.untold``: whatever closes a case answers it, is the
  applicant's own act and no decision, or gives its ground and is told within a limit;
* ``clock.outlives``, ``clock.unstopped``: nothing runs in a closed case, and the act that
  closed it stops the principal clock;
* ``clock.unresumed``: a clock that stands still can be set running again, not only anew;
* ``row.nobody``: every row is taken by somebody, its guards really holding;
* ``duty.same-person``: nobody performs two acts that a row, or `apart`, declares apart;
* ``lapse.no-step``: wherever a clock could run out, the law can do what it is to do;
* ``lapse.order``: it does not matter which of two clocks is taken first;
* ``guard.undeclared``: guards look at what they say that they look at (see `watch`).

What is exact: every story was performed, on a real calendar. What is wider than life:
``lapse.no-step`` is asked of every clock that runs, as if it were the next to run out;
``lapse.order`` of any two clocks either of which may come first; the cases opened out of a
case are closed whenever it is asked. What is narrower: acts are those of `examples`;
instants are two for each case, and an act that moves no clock, and whose guards do not ask
the time, is tried at the first only; of cases that are alike the first is followed; one
person at a time is followed by name, and of the others there are always enough, unless
`people` are given; a guard that counts days of its own, without a clock, may be met on one
side only; guards are believed to see no more than they say, and watched. Whatever is cut
short is told in `Exploration.bounds`.
"""

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import chain
from types import MappingProxyType
from typing import Unpack

import attrs

from openakimat.case.people import LAW
from openakimat.chart.procedure import ProcedureType
from openakimat.chart.table import Guard, Row, Table
from openakimat.errors import Fault, Malformed
from openakimat.law.office import Office
from openakimat.lives.actors import Cast, asks_of, casts
from openakimat.lives.story import Finding, tell
from openakimat.lives.ways import Staging, first_days, set_stage
from openakimat.proving import checks
from openakimat.proving.likeness import Key
from openakimat.proving.lint import reach
from openakimat.proving.rules import LeadsTo, Rules, make_claims
from openakimat.proving.search import Node, Search
from openakimat.proving.watch import Watch

Apart = Mapping[str, Collection[str]]
"""Duties kept apart: by the tag of an act, those of the acts whose performer may not perform it."""


@attrs.frozen
class Exploration:
    """What a search of a procedure came to.

    Attributes:
        n_states: Cases that are not alike.
        n_transitions: Acts and lapses that lead from one to another.
        findings: Everything wrong, each with its story.
        bounds: Where the search was cut short; empty when it saw all there is.
    """

    under: str
    n_states: int
    n_transitions: int
    findings: tuple[Finding, ...]
    bounds: tuple[str, ...] = ()

    def __str__(self) -> str:
        counted = f"{self.n_states} states, {self.n_transitions} transitions"
        told = f"{self.under}: {counted}, {len(self.findings)} findings"
        return "\n".join((told, *map(str, self.findings), *self.bounds))


def explore(
    chart: ProcedureType | Table,
    office: Office,
    /,
    *,
    apart: Apart | None = None,
    never: Rules = MappingProxyType({}),
    always: Rules = MappingProxyType({}),
    leads_to: LeadsTo = MappingProxyType({}),
    asks: str | Iterable[str] = (),
    at: datetime | None = None,
    bound: int = 20_000,
    **staging: Unpack[Staging],
) -> Exploration:
    """Follow every case that a procedure could have.

    Rules of one's own are held against each case that it comes to, as of its opening and after each
    of its records, and what breaks one is told by the shortest story that does:
    Raises `Malformed` if `apart` names what is no act of the procedure, or `asks` what no rule looks at;
    `PackError` if `asks` is in no word that is known.

    * `never`: it is true of none (``rule.never``);
    * `always`: it is true of every one (``rule.always``), so that of what is to come true only in
      the end it says nothing;
    * `leads_to`: wherever the first of two came true, the second comes true then or later. That is
      broken by a case that is over without it, or from which nothing leads to it any more
      (``rule.leads-to``); whoever could do something again and again is believed to go on some day.

    Args:
        chart: The procedure, or a table of it.
        office: Where it is performed; its law has every limit that the procedure names.
        apart: Duties kept apart beyond what the rows declare.
        never: Functions of a case by the sentences that tell them: what is true of none.
        always: What is true of every one, likewise.
        leads_to: Two such functions by a sentence: what comes true once something else did.
        asks: What these look at, as a guard says it: ``record:TAG``, ``record:TAG.FIELD``,
            ``office:LIMIT``. Where one looks at more, ``guard.undeclared`` says at what.
        at: When cases are opened; some weeks after the wording begins, if not given.
        bound: The most states to look at with one cast.
        **staging: Who takes part (those of `casts`, if no people are given), what is tried, what
            lies beside a case.

    >>> from openakimat import kz
    >>> from openakimat.kz.acts import Decide, Terminate
    >>> from openakimat.kz.roles import HEAD
    >>> from openakimat.chart.procedure import Procedure
    >>> from openakimat.chart.steps import Stage, step
    >>> class Petition(Procedure):
    ...     code, law = "petition", "appc-2026"
    ...     filed = Stage(initial=True)
    ...     answered = dropped = Stage(final=True)
    ...     decide = step(Decide, filed.to(answered), by=HEAD, source="Draft, 1")
    ...     drop = step(Terminate, filed.to(dropped), by=HEAD, source="Draft, 2", tells="")
    >>> for finding in explore(Petition, kz.office()).findings[:1]:
    ...     print(finding)
    closing.untold
       1  2026-02-23 10:00  citizen (applicant) receives it: filed
       2  2026-02-23 11:00  n.bekova (head) terminates it (ground something): filed → dropped
       3  'terminate' closes the case, and no limit is named within which to tell the participant
    """
    watch = Watch()
    claims = make_claims(never, always, leads_to, asks, watch)
    table = chart if isinstance(chart, Table) else chart.table
    # What rules look at is to be remembered at every stage, as if a guard were to ask it there.
    table = _narrow_table(table, office, apart or {}, claims.remembered)
    people, examples, beside, applicant = set_stage(table, office, staging)
    put = partial(
        Search, table, office, at=at or first_days(table, office), examples=examples, beside=beside,
        watch=watch, claims=claims, applicant=applicant,
    )  # fmt: skip
    everybody = Cast(tuple(people), frozenset(person.id for person in people))
    searches = [put(cast=cast) for cast in ([everybody] if people else casts(table))]
    for search in searches:
        search.run(bound)
    if missed := _missed(table, searches):
        searches.append(put(cast=searches[0].cast, asked=missed))
        searches[-1].run(bound)
    on_the_way = [finding for search in searches for finding in search.found.values()]
    first = searches[0]
    found: dict[tuple[str, str], Finding] = {}
    for finding in (
        *watch.findings.values(),
        *on_the_way,
        *_stuck(first),
        *_standing(first),
        *chain.from_iterable(map(_owing, searches)),
        *_never(table, searches),
    ):
        found.setdefault((finding.code, finding.sentence), finding)
    nodes = [node for search in searches for node in search.nodes.values()]
    return Exploration(
        f"{table.procedure}/{table.law}",
        len(nodes),
        sum(len(node.onward) for node in nodes),
        tuple(found.values()),
        tuple(dict.fromkeys(told for search in searches for told in search.bounds)),
    )


def _narrow_table(table: Table, office: Office, apart: Apart, rules: Sequence[Guard]) -> Table:
    """The table with the duties of `apart` and what rules look at in its rows, and without guards that ask nothing here."""
    if strange := sorted({*apart, *chain.from_iterable(apart.values())} - table.tags):
        none = f"is no act of {table.procedure}/{table.law}"
        raise Malformed("explore", [Fault("apart", f"{tag!r} {none}") for tag in strange])

    def narrow_row(row: Row) -> Row:
        asking = (
            g for g in row.guards if g.where is None or office.answer(g.where[0]) == g.where[1]
        )
        return attrs.evolve(
            row, guards=(*asking, *rules), apart=row.apart.union(apart.get(row.act, ()))
        )

    rows = {key: tuple(map(narrow_row, way)) for key, way in table.rows.items()}
    return attrs.evolve(table, rows=rows)


def _stuck(search: Search) -> Iterator[Finding]:
    """Stages where a case may stay for ever: nothing moves it, or it only moves in a circle."""
    nodes, final = search.nodes, search.table.final
    open_ended = {key for key, node in nodes.items() if node.of.case.stage not in final}
    dead = {key for key in open_ended if nodes[key].known and not nodes[key].onward}
    ends = {
        key
        for key, node in nodes.items()
        if key in open_ended
        and (node.answers or node.closes or checks.accounted(search.table, node.of.case))
    }
    unknown = {key for key in open_ended if not nodes[key].known}
    stages_told = set[str]()
    for key in sorted(
        open_ended - _before(nodes, ends | unknown | dead) | dead, key=_length(nodes)
    ):
        case = nodes[key].of.case
        if case.stage in stages_told:
            continue
        stages_told.add(case.stage)
        code = "stage.deadlock" if key in dead else "answer.unreachable"
        yield Finding(code, _why_stuck(search, case.stage, dead=key in dead), tell(case))


def _length(nodes: Mapping[Key, Node]) -> Callable[[Key], int]:
    return lambda key: len(nodes[key].of.case.records)


def _why_stuck(search: Search, stage: str, *, dead: bool) -> str:
    if not dead:
        return f"from {stage!r} no answer and no closing can be reached any more"
    refused = [f"{tag!r}: {why}" for (at, tag), why in search.refused.items() if at == stage]
    sentence = f"nobody and no clock can move the case on from {stage!r}"
    return f"{sentence} ({'; '.join(refused)})" if refused else sentence


def _before(
    nodes: Mapping[Key, Node], ends: Iterable[Key], through: Container[Key] | None = None
) -> set[Key]:
    """Everything from which an end can be reached, by way of some only, if they are given."""
    back: dict[Key, set[Key]] = {}
    for key, node in nodes.items():
        for _, target in node.onward:
            back.setdefault(target, set()).add(key)

    def before(key: Key) -> Iterable[Key]:
        return (k for k in back.get(key, ()) if through is None or k in through)

    return reach(ends, before)


def _owing(search: Search) -> Iterator[Finding]:
    """What a rule says will come, where it cannot any more."""
    nodes = search.nodes
    unknown = {key for key, node in nodes.items() if not (node.known or node.of.closed)}
    for n, sentence in enumerate(search.claims.leads_to):
        owed = {key for key, node in nodes.items() if node.owes[n]}
        for key in sorted(
            owed - _before(nodes, (nodes.keys() - owed) | unknown), key=_length(nodes)
        )[:1]:
            yield Finding("rule.leads-to", sentence, tell(nodes[key].of.case))


def _standing(search: Search) -> Iterator[Finding]:
    """Clocks that stand still and that nothing sets running again."""
    nodes, final = search.nodes, search.table.final
    paused = {key: search.likeness.paused(node.of) for key, node in nodes.items()}
    for limit in sorted({limit for limits in paused.values() for limit in limits}):
        live = {key for key, node in nodes.items() if node.of.case.stage not in final}
        still = {key for key in live if limit in paused[key]}
        runs = {key for key in live - still if search.likeness.runs(nodes[key].of, limit)}
        ends = runs | {key for key in live if not nodes[key].known}
        for_ever = still - _before(nodes, ends, still)
        for key in sorted(for_ever, key=_length(nodes))[:1]:
            case = nodes[key].of.case
            sentence = f"the clock {limit!r} stands still at {case.stage!r}, and nothing resumes it"
            yield Finding("clock.unresumed", sentence, tell(case))


def _never(table: Table, searches: Sequence[Search]) -> Iterator[Finding]:
    """Stages that no case comes to, and rows that nobody takes."""
    reached = {node.of.case.stage for search in searches for node in search.nodes.values()}
    taken = {row for search in searches for row in search.taken}
    for stage in table.stages:
        if stage not in reached:
            ways = (row for row in table.every_row if row.enters == stage)
            why = (_why_not(row, searches) for row in ways if row.leaves in reached)
            why_not = "; ".join(dict.fromkeys(why))
            yield Finding(
                "stage.unreached",
                f"no case ever comes to {stage!r}: {why_not or 'nothing leads there'}",
            )
    for row in table.every_row:
        if row.leaves in reached and id(row) not in taken and not _stands_by(row, searches):
            sentence = f"nothing ever goes from {row.leaves!r} to {row.enters!r} this way"
            yield Finding("row.nobody", f"{sentence}: {_why_not(row, searches)}")


def _missed(table: Table, searches: Sequence[Search]) -> list[Row]:
    """The rows not taken that may have been, had more been remembered."""
    taken = {row for search in searches for row in search.taken}
    known = taken | searches[0].likeness.relevance.telling
    rows = (row for row in table.every_row if id(row) not in known)
    return [
        row for row in rows if any(asks.of_records or asks.performers for asks in asks_of((row,)))
    ]


def _stands_by(row: Row, searches: Sequence[Search]) -> bool:
    """Whether a row is left to the law for a clock that stands still there: a limit may say so."""
    return any(
        search.table.clocks[limit].on_lapse == row.act
        for search in searches
        for node in search.nodes.values()
        if node.of.case.stage == row.leaves
        for limit in search.likeness.paused(node.of)
    )


def _why_not(row: Row, searches: Sequence[Search]) -> str:
    what = f"{row.act!r} at {row.leaves!r}"
    if row.by == {LAW}:
        return f"{what} is left to the law, and no clock runs out into it"
    roles = {role for search in searches for person in search.people for role in person.roles}
    if roles.isdisjoint(row.by):
        return f"{what} is for {', '.join(sorted(row.by)) or 'nobody'}, and nobody is that"
    refused = [why for search in searches if (why := search.refused.get((row.leaves, row.act)))]
    if refused:
        return f"{what} is refused, {refused[0]}"
    if row.act not in {tag for search in searches for tag in search.tried}:
        return f"{what} is never tried, for no example of it could be made"
    return f"{what} always goes another way"
