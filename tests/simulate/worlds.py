"""Offices run under the real law: appeals of five stages, and visitors with tickets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from openakimat import kz
from openakimat.case.act import Act
from openakimat.case.acts import Receive, Register
from openakimat.case.people import Official
from openakimat.kz.acts import Accept, Assign, Decide, Deliver, Propose
from openakimat.kz.roles import CONSULTED, EXECUTOR, HEAD, REGISTRAR, SPECIALIST
from openakimat.kz.visit.acts import GROUNDS, Call, Finish, Leave, Serve, TakeTicket
from openakimat.kz.visit.queue import ahead
from openakimat.simulate.demand import Demand, Discipline, Drawn, Stop, draw_cases, lawful
from openakimat.simulate.engines.load import Staff
from openakimat.simulate.engines.minutes import Minutes, compile_minutes
from openakimat.simulate.engines.streams import Spread
from openakimat.simulate.world import Moment, Play, World, run_world

OFFICE = kz.office("khromtau")
FIRST, LAST = date(2026, 2, 2), date(2026, 5, 29)
GROUND = next(iter(GROUNDS))


def hours() -> Minutes:
    return compile_minutes(OFFICE.calendar, FIRST, LAST)


# -- appeals ------------------------------------------------------------------------------

REGISTER, CONSIDER, OTHERS, SIGN = range(4)
WAY = (
    Stop("register", REGISTER, Spread(10)),
    Stop("assign", SIGN, Spread(5)),
    Stop("consider", CONSIDER, Spread(300)),
    Stop("ask others", OTHERS, Spread(600), share=0.3),
    Stop("sign", SIGN, Spread(10)),
    Stop("answer", REGISTER, Spread(5)),
)
APPEALS = Demand(
    9,
    closed_days=True,
    by_hour=(1,) * 24,
    topics={"land": 1, "street lighting": 2},
    channels={"paper": 1, "portal": 2},
)
PEOPLE = (
    Official("registrar", {REGISTRAR}),
    *(Official(f"executor-{n}", {EXECUTOR}) for n in range(8)),
    *(Official(f"other-body-{n}", {CONSULTED}) for n in range(4)),
    Official("head", {HEAD}),
)


def an_appeal(drawn: Drawn, case: int) -> Receive:
    return Receive(channel=drawn.trait("channel", case), topic=drawn.trait("topic", case))


def register(moment: Moment) -> Sequence[Act]:
    return [Register(number=f"ЖТ-2026-{moment.no + 1}")]


APPEAL_PLAYS = {
    "register": Play(ends=register),
    "assign": Play(
        begins=lambda _: [Accept()], ends=lambda moment: [Assign(to=f"executor-{moment.no % 8}")]
    ),
    "consider": Play(ends=lambda _: [Propose("favourable")]),
    "sign": Play(ends=lambda _: [Decide(outcome="favourable")]),
    "answer": Play(ends=lambda moment: [Deliver(channel=moment.drawn.trait("channel", moment.no))]),
}


def appeals_staff(executors: int = 8) -> Staff:
    table = hours()
    serves = [[REGISTER], *[[CONSIDER]] * 8, *[[OTHERS]] * 4, [SIGN]]
    away = table.less([(table.at(0), table.at(len(table.open)))])
    gone = [1] * (8 - executors)
    return Staff(serves, [table, away], table=[0, *gone, *[0] * executors, *[0] * 5], doors=[0] * 4)


def appeals(seed: int = 1, *, executors: int = 8, replication: int = 0) -> tuple[World, Drawn]:
    drawn = draw_cases(APPEALS, WAY, hours(), seed=seed, replication=replication)
    world = run_world(
        OFFICE, "appeal", drawn, appeals_staff(executors),
        people=PEOPLE, plays=APPEAL_PLAYS, opens=an_appeal, seed=seed,
    )  # fmt: skip
    return world, drawn


# -- visitors -----------------------------------------------------------------------------

VISITORS = Demand(100, grounds={"": 0.9, GROUND: 0.1})
WINDOW = (Stop("window", 0, Spread(14), patience=Spread(90)),)


def a_ticket(drawn: Drawn, case: int) -> TakeTicket:
    return TakeTicket(ticket=f"A{case:05}", priority=drawn.trait("ground", case), term="20 minutes")


def call(moment: Moment) -> Sequence[Act]:
    """Whoever is told to call out of turn names a ground that the ticket may not bear."""
    passed = ahead(moment.case, moment.beside, moment.at)
    return [Call(ground=GROUND if passed else ""), Serve()]


VISIT_PLAYS = {
    "window": Play(begins=call, ends=lambda _: [Finish()], leaves=lambda _: [Leave()], beside=True)
}


def visits(discipline: Discipline = lawful, *, windows: int = 3, seed: int = 1) -> World:
    week = compile_minutes(OFFICE.calendar, date(2026, 3, 2), date(2026, 3, 13))
    drawn = draw_cases(VISITORS, WINDOW, week, seed=seed, discipline=discipline)
    staff = Staff([[0]] * windows, [week], table=[0] * windows, doors=[0], finishes=[True])
    people = [Official(f"window-{n}", {SPECIALIST}) for n in range(windows)]
    return run_world(
        OFFICE, "visit", drawn, staff, people=people, plays=VISIT_PLAYS, opens=a_ticket, seed=seed
    )
