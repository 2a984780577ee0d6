"""Desks at work in processes of their own, which write down what was acknowledged to them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from openakimat import Act, Case, Conflict, Desk, Official, Refusal, Register, kz
from openakimat.adapters import sql
from openakimat.kz.roles import EXECUTOR, HEAD, REGISTRAR

OFFICE = kz.office("khromtau")
AT = datetime.fromisoformat("2026-03-18T10:00+05:00")
ASKS = kz.Applicant("Айгерім", id="aigerim")
CLERK = Official("clerk", {REGISTRAR, EXECUTOR, HEAD})
OPENED_BY_ANYBODY = (
    "appeal", "complaint", "one-application", "reception", "request", "service-complaint",
    "simplified", "visit",
)  # fmt: skip


@contextmanager
def desk_at(url: str) -> Iterator[Desk]:
    """A desk on the store at an address."""
    store = sql.Store(url)
    try:
        yield Desk(OFFICE, store, secret=b"of the host")
    finally:
        store.close()


def assign(desk: Desk, case: str, to: str) -> Case:
    """An act that may be done again and again."""
    return desk.perform(case, kz.appeal.Assign(to), at=AT, by=CLERK)


def write_to_one(desk: Desk, name: str, n: int, ack: Callable[[Case], None]) -> None:
    """Open the case that all write to, if nobody has, and do so many acts in it."""
    put(lambda: desk.open(kz.Appeal, id="khromtau/one", at=AT, by=ASKS), ack, again=False)
    steps: tuple[Act, ...] = (Register(), kz.appeal.Accept())
    for act in steps:
        put(lambda act=act: desk.perform("khromtau/one", act, at=AT, by=CLERK), ack)  # type: ignore[misc]
    for turn in range(n):
        put(lambda turn=turn: assign(desk, "khromtau/one", f"{name}-{turn}"), ack)  # type: ignore[misc]


def write_to_many(desk: Desk, name: str, n: int, ack: Callable[[Case], None]) -> None:
    """Open so many cases of all kinds, and do in each that may be registered what comes first."""
    for turn in range(n):
        # Each begins with another kind: so for a while many a record comes with a chart of its own.
        code = OPENED_BY_ANYBODY[(int(name) + turn) % len(OPENED_BY_ANYBODY)]
        case = desk.open(code, at=AT, by=ASKS)
        ack(case)
        if code == kz.Appeal.code:
            ack(desk.perform(case.id, Register(), at=AT, by=CLERK))
            ack(desk.perform(case.id, kz.appeal.Accept(), at=AT, by=CLERK))
            ack(assign(desk, case.id, f"{name}-{turn}"))


def write_lives(desk: Desk, name: str, n: int, ack: Callable[[Case], None]) -> None:
    """Lead so many cases of one's own through four acts each; no other writer is met."""
    for turn in range(n):
        case = desk.open(kz.Appeal, at=AT, by=ASKS)
        ack(case)
        for act in (Register(), kz.appeal.Accept(), kz.appeal.Assign(f"{name}-{turn}")):
            ack(desk.perform(case.id, act, at=AT, by=CLERK))


def put(act: Callable[[], Case], ack: Callable[[Case], None], *, again: bool = True) -> None:
    """Do what another may be doing at once; where somebody was first, load and decide again."""
    while True:
        try:
            return ack(act())
        except Conflict:
            if not again:
                return None
        except Refusal:  # another has done it
            return None


WRITINGS = {"one": write_to_one, "many": write_to_many, "lives": write_lives}


def write(url: str, where: str, name: str, n: int, acks: Path) -> None:
    """Work at a desk, and write down each act when it was acknowledged, and not before."""
    with acks.open("ab", buffering=0) as file, desk_at(url) as desk:

        def ack(case: Case) -> None:
            # One write of the system: a kill comes before it or after.
            last = case.records[-1]
            file.write(json.dumps([case.id, last.no, repr(last.act)]).encode() + b"\n")

        WRITINGS[where](desk, name, n, ack)
