"""What may be done now, with the form of each act, against one act judged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tests.bench.race import Figure, race, seconds

from openakimat import kz
from openakimat.adapters import memory
from openakimat.case.acts import Register
from openakimat.case.people import Official
from openakimat.desk import Desk
from openakimat.judgement.judge import judge
from openakimat.judgement.notices import Decision
from openakimat.kz.acts import Accept, Decide
from openakimat.kz.roles import EXECUTOR, HEAD, REGISTRAR

PEERS: tuple[str, ...] = ()
AT = datetime.fromisoformat("2026-03-18T10:00+05:00")
STAFF = Official("staff", {REGISTRAR, EXECUTOR, HEAD})


def figures() -> Iterator[Figure]:
    """A screen of an appeal considered: every act that it takes, in one language and in three."""
    office = kz.office("khromtau")
    desk = Desk(office, journal=memory.Journal(), numbers=memory.Numbers())
    opened = desk.open(kz.Appeal, at=AT, by=kz.Applicant("Aigerim"), channel="paper").id
    for act in (Register(), Accept()):
        case = desk.perform(opened, act, at=AT, by=STAFF)
    assert isinstance(judge(case, Decide("favourable"), at=AT, by=STAFF, office=office), Decision)

    def judged() -> int:
        for _ in range(100):
            judge(case, Decide("favourable"), at=AT, by=STAFF, office=office)
        return 100

    def shown(*languages: str) -> int:
        for one in desk.possible(opened, at=AT, by=STAFF):
            for language in languages:
                one.form(language)
        return 1

    one, plain, form, forms = race(
        judged, shown, lambda: shown("ru"), lambda: shown("kk", "ru", "en")
    )
    n = len(desk.possible(opened, at=AT, by=STAFF))
    peer, theirs = "one judge", seconds(one)
    for what, took, bar in (
        (f"possible, {n} acts", plain, None),
        ("… with the form of each", form, 30),
        ("… in three languages", forms, None),
    ):
        yield Figure(
            what, took / one, "x", bar, at_most=True, ours=seconds(took), peer=peer, theirs=theirs
        )
