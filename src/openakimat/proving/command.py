"""The proof of a law: what can be seen in its tables, and what a search of their cases finds.

The country hands in its office and its cases. Like the command line, a proof may look at a clock.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from time import perf_counter
from typing import Any

import attrs

from openakimat.case.people import Role
from openakimat.chart.table import Table
from openakimat.errors import Fault, Malformed, unknown_fault
from openakimat.law.office import Office
from openakimat.proving.explore import Exploration, explore
from openakimat.proving.lint import lint as seen_in


@attrs.frozen
class Proof:
    """What was found about one chart, under the answer named if it is not that by default."""

    seen: tuple[str, ...]
    explored: Exploration
    seconds: float
    reading: str = ""

    @property
    def sound(self) -> bool:
        """Whether nothing was found, and the search saw everything."""
        return not (self.seen or self.explored.findings or self.explored.bounds)

    def __str__(self) -> str:
        explored = self.explored
        head = (
            f"{f'{explored.under} {self.reading}':<40} {explored.n_states:>6,} states {explored.n_transitions:>7,} transitions "
            f"{self.seconds:>6.2f} s  {'sound' if self.sound else 'UNSOUND'}"
        )
        return "\n".join((head, *self.seen, *map(str, explored.findings), *explored.bounds))


def proofs(
    office: Office, procedure: str = "", /, *, but: str = "", roles: Iterable[Role] | None = None
) -> Iterator[Proof]:
    """Every chart of an office's law, or those of one procedure, proved; `but` is left out.

    A chart is proved again under an answer to a reading under which alone a guard of it asks
    anything, where the duties that it then keeps apart are told.
    Raises `Malformed` if the law has no procedure of either name.

    A `procedure` alone is proved, if told, and none that is `but`; of `roles` that there are, see
    `lint`.

    >>> from openakimat import kz
    >>> [proof.explored.under for proof in proofs(kz.office(), "simplified")]
    ['simplified/l221', 'simplified/appc-2021', 'simplified/appc-2026']
    """
    for code in codes(office, procedure, but=but):
        of_procedure = office.law.trials.get(code, {})
        for edition in office.law.procedures[code]:
            table = edition.value
            begun = perf_counter()
            seen, explored = (
                tuple(seen_in(table, roles=roles)),
                _explore_table(table, office, of_procedure),
            )
            yield Proof(seen, explored, perf_counter() - begun)
            for reading, answer in _list_answers(table, office, of_procedure):
                begun = perf_counter()
                answered = attrs.evolve(office, readings={**office.readings, reading: answer})
                explored = _explore_table(table, answered, of_procedure, (reading, answer))
                yield Proof((), explored, perf_counter() - begun, f"{reading}={answer}")


def _list_answers(table: Table, office: Office, cases: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The readings, with answers that are not the office's, under which a guard of a chart asks."""
    where_asked = {guard.where for row in table.every_row for guard in row.guards if guard.where}
    known: Mapping[tuple[str, str], object] = cases.get("apart_where", {})
    return [
        where for where in known if where in where_asked and office.answer(where[0]) != where[1]
    ]


def _explore_table(
    table: Table, office: Office, cases: Mapping[str, Any], where: tuple[str, str] | None = None
) -> Exploration:
    apart = {**cases.get("apart", {}), **cases.get("apart_where", {}).get(where, {})}
    # A wording need not have every act of its procedure.
    acts = {act for _, act in table.rows}
    return explore(
        table, office, apart={act: others for act, others in apart.items() if act in acts}
    )


def codes(office: Office, procedure: str = "", /, *, but: str = "") -> list[str]:
    """The procedures to prove: one, or all of a law but one.

    Raises `Malformed` if both are named, or the law has no procedure of either name.

    >>> from openakimat import kz
    >>> codes(kz.office(), "visit")
    ['visit']
    """
    if procedure and but:
        raise Malformed("lint", [Fault("--except", "goes with all procedures, not with one")])
    known = office.law.procedures
    if unknown := [name for name in (procedure, but) if name and name not in known]:
        raise Malformed("lint", [unknown_fault("", name, known) for name in unknown])
    return [procedure] if procedure else [code for code in known if code != but]


def prove(
    codes: Iterable[str], /, *, proved: Callable[[str], Iterable[Proof]],
    tell: Callable[[str], None] = print,
) -> bool:  # fmt: skip
    """Prove procedures side by side, each in a process of its own, and tell what was found; whether all is sound.

    `proved` gives the proofs of one; it is sent to processes that begin afresh, by its name: a
    function of a module, which makes its office there. `tell` takes each line.
    """
    codes, found, begun = list(codes), list[Proof](), perf_counter()
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for proofs_of_one in (pool.map if len(codes) > 1 else map)(proved, codes):
            for proof in proofs_of_one:
                tell(str(proof))
                found.append(proof)
    n_states = sum(proof.explored.n_states for proof in found)
    n_ways = sum(proof.explored.n_transitions for proof in found)
    n_charts = sum(not proof.reading for proof in found)
    n_unsound = sum(not proof.sound for proof in found)
    tell(
        f"{n_charts} charts, {n_unsound} unsound: {n_states:,} states, {n_ways:,} transitions, "
        f"{perf_counter() - begun:.2f} s"
    )
    return not n_unsound
