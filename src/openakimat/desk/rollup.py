"""Several offices at once: a district, an oblast."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from openakimat.desk.desk import Desk
from openakimat.judgement import docket


class RollUp(NamedTuple):
    """The dockets of several offices of a journal, and the cases that are of none of them."""

    lines: Mapping[str, tuple[docket.Line, ...]]
    unattended: tuple[str, ...]


def roll_up(desks: Sequence[Desk], /, *, at: datetime, soon: int = 3) -> RollUp:
    """Where the cases of several offices stand, each by the law and days of its own."""
    lines = {desk.office.body.id: desk.docket(at=at, soon=soon) for desk in desks}
    attended = {line.case for of_office in lines.values() for line in of_office}
    every = dict.fromkeys(name for desk in desks for name in desk.journal.cases())
    if others := [name for name in every if name not in attended]:
        own = {case.id for desk in desks for case in desk.adoptions()}
        others = [name for name in others if name not in own and not name.endswith("/looks")]
    return RollUp(lines, tuple(others))
