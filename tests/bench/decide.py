"""Acts put to a case: decided, taken in, sealed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import attrs
from tests.bench.race import Figure, against, race, seconds

from openakimat import kz
from openakimat.acts import Accept, Act, Decide, Extend, Notify, Receive, Register
from openakimat.case import Case, Decision, decide, evolve, open_case
from openakimat.people import EXECUTOR, HEAD, REGISTRAR, Applicant, Official
from openakimat.table import Circumstances
from openakimat.trail import FIRST, seal

PEERS: tuple[str, ...] = ()
OFFICE = kz.office("khromtau")
CLERK, HEAD_OF_BODY, SOMEBODY = Official("clerk", {REGISTRAR, EXECUTOR}), Official("head", {HEAD}), Applicant()
OPENED = datetime.fromisoformat("2026-03-18T10:00+05:00")
RECEIVED = Receive(channel="paper", topic="street lighting")


@attrs.frozen
class Asked:
    """An act of a life: the event it is in the chart, who performs it, and when."""

    event: str
    act: Act
    by: Official
    at: datetime


LIFE = tuple(
    Asked(event, act, by, OPENED + timedelta(hours=hours))
    for event, act, by, hours in (
        ("register", Register(number="ЖТ-2026-001"), CLERK, 1),
        ("accept", Accept(), CLERK, 2),
        ("extend", Extend(until=date(2026, 5, 4), reason="answers of others are awaited"), HEAD_OF_BODY, 192),
        ("notify", Notify(of="extension"), CLERK, 193),
        ("decide", Decide(outcome="favourable"), HEAD_OF_BODY, 300),
    )
)


def figures() -> Iterator[Figure]:
    """Against the same chart run by python-statemachine, shared or made anew for each act."""
    before = list(_life())
    told, notified = next(pair for pair in zip(before, LIFE, strict=False) if pair[1].event == "notify")
    machine = kz.Appeal2026(start_value=told.stage)
    payload = _payload(told, notified)

    def ours() -> int:
        for _ in range(1000):
            evolve(told, _decided(told, notified).record)
        return 1000

    def shared() -> int:
        for _ in range(50):
            machine.send(notified.event, **payload)
        return 50

    def our_life() -> int:
        for case, asked in zip(before, LIFE, strict=False):
            evolve(case, _decided(case, asked).record)
        return len(LIFE)

    def anew() -> int:
        for case, asked in zip(before, LIFE, strict=False):
            _sent(case, asked)
        return len(LIFE)

    mine, theirs, mine_of_life, theirs_of_life, opened_to_sealed = race(
        ours, shared, our_life, anew, _sealed_lives)
    same = sum(_sent(case, asked) == evolve(case, _decided(case, asked).record).stage
               for case, asked in zip(before, LIFE, strict=False))
    told_same = f"{same}/{len(LIFE)}"
    yield against("decide and evolve: notify", mine, "python-statemachine, one send", theirs, bar=15,
                  same=told_same)
    yield against("decide and evolve: a life's acts", mine_of_life, "python-statemachine, one instance each",
                  theirs_of_life, bar=100, same=told_same)
    yield Figure("lives opened, decided, sealed", 1 / opened_to_sealed, " acts/s", bar=40_000,
                 ours=seconds(opened_to_sealed))


def _decided(case: Case, asked: Asked) -> Decision:
    return decide(case, asked.act, at=asked.at, by=asked.by, office=OFFICE)


def _life() -> Iterator[Case]:
    """A case before each of its acts, and after the last."""
    case = open_case("appeal", RECEIVED, id="appeal-2026-1", at=OPENED, by=SOMEBODY, office=OFFICE)
    for asked in LIFE:
        yield case
        case = evolve(case, _decided(case, asked).record)
    yield case


def _sealed_lives() -> int:
    """Fifty lives from opening to decision, each record sealed onto the one before."""
    for _ in range(50):
        before = FIRST
        for case in _life():
            before = seal(case.id, case.records[-1], before).seal
    return 50 * (1 + len(LIFE))


def _payload(case: Case, asked: Asked) -> dict[str, object]:
    circumstances = Circumstances(asked.at, asked.by, OFFICE)
    return {"case": case, "act": asked.act, "circumstances": circumstances, "roles": asked.by.roles}


def _sent(case: Case, asked: Asked) -> str:
    """Where an instance made for one act ends."""
    machine = kz.Appeal2026(start_value=case.stage)
    machine.send(asked.event, **_payload(case, asked))
    (stage,) = machine.configuration_values
    return str(stage)
