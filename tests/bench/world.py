"""An act in the world, through the full law with its record sealed, against deciding and sealing it alone."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from secrets import token_bytes

from tests.bench.race import Figure, race, seconds
from tests.simulate.worlds import OFFICE, PEOPLE, appeals

from openakimat.case.people import Applicant
from openakimat.case.record import Case, Record, evolve
from openakimat.judgement.judge import decide, open_case
from openakimat.trail.seal import FIRST, seal

PEERS: tuple[str, ...] = ()
WHO = {official.id: official for official in PEOPLE}


def figures() -> Iterator[Figure]:
    """The same acts, at the same minutes, by the same people."""
    world, _ = appeals()
    lives = [(case.id, case.records) for case in world.cases]
    # As `timeit` has it: a world stays, one act alone is gone at once, and a collector walks what stays.
    gc.disable()
    try:
        mine, alone = race(lambda: len(appeals()[0].sealed), lambda: _alone(lives), rounds=5)
    finally:
        gc.enable()
    found = [_relive(*life) for life in lives]
    same = sum(case == other for case, other in zip(found, world.cases, strict=True))
    yield Figure(
        "an act in the world, no collector on", mine / alone, bar=2.5, at_most=True, ours=seconds(mine),
        peer="decide, evolve and seal alone", theirs=seconds(alone), same=f"{same}/{len(lives)} cases",
    )  # fmt: skip


def _alone(lives: Sequence[tuple[str, Sequence[Record]]]) -> int:
    for id_, records in lives:
        _relive(id_, records)
    return sum(len(records) for _, records in lives)


def _relive(id_: str, records: Sequence[Record]) -> Case:
    first = records[0]
    applicant = Applicant(id=first.by)
    case = open_case("appeal", first.act, id=id_, at=first.at, by=applicant, office=OFFICE)  # type: ignore[arg-type]
    before = seal(id_, case.records[0], FIRST, salt=token_bytes).seal
    for record in records[1:]:
        if record.role == "law":
            case = evolve(case, record)
        else:
            by = WHO[record.by]
            case = evolve(case, decide(case, record.act, at=record.at, by=by, office=OFFICE).record)
        before = seal(id_, case.records[-1], before, salt=token_bytes).seal
    return case
