"""Steps by those who perform them alone: ``by.staff(Accept, …)`` is ``step(Accept, …, by=STAFF)``."""

from collections.abc import Iterable
from functools import partial

import attrs

from openakimat.case import APPLICANT, LAW, Act
from openakimat.chart.steps import Path, Step, flat, step
from openakimat.kz import roles
from openakimat.kz.guards import the_applicant

staff, heads = partial(step, by=roles.STAFF), partial(step, by=roles.HEADS)
executor, inspector, operator, registrar, superior, law = (
    partial(step, by=role)
    for role in (
        roles.EXECUTOR, roles.INSPECTOR, roles.OPERATOR, roles.REGISTRAR, roles.SUPERIOR, LAW,
    )
)  # fmt: skip


def applicant(
    act: type[Act], *ways: Path | Iterable[Path], source: str = "", tells: str = ""
) -> Step:
    """A step by the applicant of this case and nobody else's, before whatever else it asks."""
    own = (attrs.evolve(path, guards=(the_applicant, *path.guards)) for path in flat(ways))
    return step(act, own, by=APPLICANT, source=source, tells=tells)
