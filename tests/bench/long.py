"""A case of very many records: what an act on it costs, and how loading grows.

A desk remembers its cases: whoever loads here does it at a desk that knows none.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
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
    journal, case = _journal_with(SHORT, Full())
    longer, long_case = _journal_with(LONG, Full())
    growing, known_case = _journal_with(SHORT, Journal())
    known = _desk_at(growing)
    acting, loading, loading_long, acting_on_known = race(
        partial(_act, partial(_desk_at, journal), case),
        partial(_load, journal, case),
        partial(_load, longer, long_case),
        partial(_act, lambda: known, known_case),
    )
    for what, took, bar in (
        (f"an act on {SHORT} records", acting, 1.3),
        (f"an act on {SHORT} that are remembered", acting_on_known, None),
    ):
        yield Figure(
            what,
            took / loading,
            bar=bar,
            at_most=True,
            ours=seconds(took),
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


def _journal_with(n_records: int, journal: Journal) -> tuple[Journal, str]:
    """A journal with one case, assigned to one executor after another."""
    desk = _desk_at(Journal())
    case = desk.open(kz.Appeal, at=OPENED, by=Applicant("Айгерім"), topic="street lighting")
    for act, by in ((Register(), CLERK), (Accept(), CLERK), (Assign("executor-4"), HEAD_OF_BODY)):
        case = desk.perform(case.id, act, by=by, at=ASSIGNED)
    # Sealed in one go: to perform so many acts would take as long as is measured here.
    records = list(case.records)
    for no in range(len(records) + 1, n_records + 1):
        records.append(attrs.evolve(records[-1], no=no, act=Assign(f"executor-{no}")))
    rows = seal_all(case.id, records, salt=secrets.token_bytes)
    Journal.append(journal, case.id, rows, expected=0)
    return journal, case.id


def _desk_at(journal: Journal) -> Desk:
    return Desk(OFFICE, journal=journal, numbers=Numbers())


def _load(journal: Journal, case: str) -> int:
    _desk_at(journal).case(case)
    return 1


def _act(desk: Callable[[], Desk], case: str) -> int:
    desk().perform(case, Assign("g.omarova"), by=HEAD_OF_BODY, at=ASSIGNED + timedelta(hours=1))
    return 1
