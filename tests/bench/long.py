"""A case of very many records: what an act on it costs, and how loading grows."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

import attrs
from tests.bench.race import Figure, race, seconds

from openakimat import kz
from openakimat.adapters.memory import Journal, Numbers
from openakimat.case.acts import Register
from openakimat.case.people import Official
from openakimat.desk import Desk
from openakimat.kz.acts import Accept, Assign
from openakimat.kz.identity import Applicant
from openakimat.kz.roles import HEAD, REGISTRAR
from openakimat.trail.seal import Sealed, seal_all

PEERS: tuple[str, ...] = ()
OFFICE = kz.office("khromtau")
CLERK, HEAD_OF_BODY = Official("a.serikova", {REGISTRAR}), Official("d.akhmetov", {HEAD})
OPENED = datetime.fromisoformat("2026-03-18T10:00+05:00")
ASSIGNED = OPENED + timedelta(hours=3)
SHORT, LONG = 800, 8_000


class Full(Journal):
    """A journal that takes nothing more: a case stays as long as it is, however often it is acted on."""

    def append(
        self,
        case: str,
        rows: Sequence[Sealed],
        /,
        *,
        expected: int,
        forms: Mapping[str, bytes] = {},
    ) -> None:
        """Keep nothing."""


def figures() -> Iterator[Figure]:
    """An act beside the loading of its case; a case beside one ten times as long."""
    desk, case = _desk_with(SHORT)
    longer, long_case = _desk_with(LONG)
    acting, loading, loading_long = race(
        partial(_act, desk, case), partial(_load, desk, case), partial(_load, longer, long_case)
    )
    yield Figure(
        f"an act on {SHORT} records",
        acting / loading,
        bar=1.3,
        at_most=True,
        ours=seconds(acting),
        peer="loading them",
        theirs=seconds(loading),
    )
    yield Figure(
        f"loading {LONG:,} records",
        loading_long / loading,
        bar=12,
        at_most=True,
        ours=seconds(loading_long),
        peer=f"loading {SHORT}",
        theirs=seconds(loading),
    )


def _desk_with(n_records: int) -> tuple[Desk, str]:
    """A desk with one case, assigned to one executor after another."""
    desk = Desk(OFFICE, journal=Journal(), numbers=Numbers())
    case = desk.open(kz.Appeal, at=OPENED, by=Applicant("Айгерім"), topic="street lighting")
    for act, by in ((Register(), CLERK), (Accept(), CLERK), (Assign("executor-4"), HEAD_OF_BODY)):
        case = desk.perform(case.id, act, by=by, at=ASSIGNED)
    # Sealed in one go: to perform so many acts would take as long as is measured here.
    records = list(case.records)
    for no in range(len(records) + 1, n_records + 1):
        records.append(attrs.evolve(records[-1], no=no, act=Assign(f"executor-{no}")))
    journal = Full()
    Journal.append(journal, case.id, seal_all(case.id, records, salt=secrets.token_bytes), expected=0)
    return Desk(OFFICE, journal=journal, numbers=Numbers()), case.id


def _load(desk: Desk, case: str) -> int:
    desk.case(case)
    return 1


def _act(desk: Desk, case: str) -> int:
    desk.perform(case, Assign("g.omarova"), by=HEAD_OF_BODY, at=ASSIGNED + timedelta(hours=1))
    return 1
