"""Acts put to a case: decided, taken in, sealed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from secrets import token_bytes
from typing import Any

import attrs
from tests.bench.race import Figure, against, race, seconds

from openakimat import kz
from openakimat.case.act import Act
from openakimat.case.acts import Receive, Register
from openakimat.case.people import Official
from openakimat.case.record import Case, evolve
from openakimat.chart.table import Circumstances
from openakimat.judgement.deadlines import deadline_of
from openakimat.judgement.judge import decide, open_case
from openakimat.judgement.notices import Decision
from openakimat.kz.acts import Accept, Decide, Extend, Notify
from openakimat.kz.identity import Applicant
from openakimat.kz.roles import EXECUTOR, HEAD, REGISTRAR
from openakimat.trail.seal import FIRST, seal

PEERS: tuple[str, ...] = ()
OFFICE = kz.office("khromtau")
CLERK, HEAD_OF_BODY, SOMEBODY = (
    Official("clerk", {REGISTRAR, EXECUTOR}),
    Official("head", {HEAD}),
    Applicant(),
)
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
        (
            "extend",
            Extend(until=date(2026, 5, 4), reason="answers of others are awaited"),
            HEAD_OF_BODY,
            192,
        ),
        ("notify", Notify(of="extension"), CLERK, 193),
        ("decide", Decide(outcome="favourable"), HEAD_OF_BODY, 300),
    )
)


Pairs = Sequence[tuple[Case, Asked]]


def figures() -> Iterator[Figure]:
    """Against the same chart run by python-statemachine, shared or made anew for each act."""
    life = list(zip(_life(), LIFE, strict=False))
    notify = [pair for pair in life if pair[1].event == "notify"]
    machine = kz.appeal.Appeal2026(start_value=notify[0][0].stage)
    mine, one_send, one_each, of_life, of_life_each, sealed = race(
        lambda: _by_table(notify * 1000),
        lambda: _by_one_machine(machine, notify * 50),
        lambda: _by_machines(notify * 10),
        lambda: _by_table(life * 100),
        lambda: _by_machines(life),
        _sealed_lives,
    )
    shared, each = "python-statemachine, one send", "python-statemachine, an instance an act"
    yield against("decide and evolve: notify", mine, shared, one_send, bar=15)
    yield against("decide and evolve: notify", mine, each, one_each, bar=100)
    same = sum(_sent(*pair) == _decided(*pair).record.stage for pair in life)
    yield against(
        "… each act of a life, guards and all",
        of_life,
        each,
        of_life_each,
        bar=None,
        same=f"{same}/{len(life)}",
    )
    yield Figure(
        "lives opened, decided and sealed", 1 / sealed, " acts/s", bar=40_000, ours=seconds(sealed)
    )


def _by_table(pairs: Pairs) -> int:
    for case, asked in pairs:
        evolve(case, _decided(case, asked).record)
    return len(pairs)


def _by_one_machine(machine: Any, pairs: Pairs) -> int:
    """Acts that leave the case where it is, so that the machine takes the next one."""
    for case, asked in pairs:
        machine.send(asked.event, **_payload(case, asked))
    return len(pairs)


def _by_machines(pairs: Pairs) -> int:
    for case, asked in pairs:
        _sent(case, asked)
    return len(pairs)


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
            before = seal(case.id, case.records[-1], before, salt=token_bytes).seal
    return 50 * (1 + len(LIFE))


def _payload(case: Case, asked: Asked) -> dict[str, Any]:
    circumstances = Circumstances(
        asked.at, asked.by, OFFICE, kz.appeal.Appeal2026.law, counts=deadline_of
    )
    return {"case": case, "act": asked.act, "circumstances": circumstances, "roles": asked.by.roles}


def _sent(case: Case, asked: Asked) -> str:
    """Where an instance made for one act ends."""
    machine = kz.appeal.Appeal2026(start_value=case.stage)
    machine.send(asked.event, **_payload(case, asked))
    (stage,) = machine.configuration_values
    return str(stage)
