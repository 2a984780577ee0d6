"""Appeals at random: corrected, extended, ended in every way, in time or not; some not settled yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from random import Random

from openakimat import Receive, Register, kz
from openakimat.case.act import Act
from openakimat.case.people import Actor, Official
from openakimat.case.record import Case
from openakimat.judgement.judge import judge, open_case
from openakimat.judgement.lapse import settle
from openakimat.judgement.notices import Decision
from openakimat.judgement.running import after, follow
from openakimat.kz.acts import Accept, Decide, Deliver, Extend, Redirect, Terminate, Withdraw
from openakimat.kz.appeal.acts import AskToCorrect, Correct
from openakimat.kz.identity import Applicant
from openakimat.law.office import Office

AT = datetime.fromisoformat("2026-07-20T10:00+05:00")
OPENED = datetime.fromisoformat("2026-03-02T09:30+05:00")
CLERK, BOSS = Official("c", {kz.REGISTRAR, kz.EXECUTOR}), Official("h", {kz.HEAD})
WHO = Applicant("Aigerim")


def appeal(rng: Random, id: str, office: Office, *, until: datetime = AT) -> Case:
    """One appeal: what the law refuses on the way is left out."""
    at = OPENED + timedelta(hours=rng.randrange(24 * 50))
    received = Receive(channel=rng.choice(("paper", "portal")), topic=rng.choice(("land", "water")))
    opened = open_case("appeal", received, id=id, at=at, by=WHO, office=office)
    of = follow(opened, office=office)
    for act, by in _doings(rng):
        at += timedelta(hours=rng.choice((1, 3, 26, 50, 24 * rng.randrange(1, 12))))
        if at > until:
            break
        of, _ = settle(of, at=at, office=office)
        day = office.day_of(at) + timedelta(days=rng.randrange(1, 60))
        made = act if isinstance(act, Act) else act(day)
        answer = judge(of, made, at=at, by=by, office=office)
        if isinstance(answer, Decision):
            of = after(of, answer.record)
    if rng.random() < 0.5:
        of, _ = settle(of, at=until, office=office)
    return of.case


def _doings(rng: Random) -> Iterator[tuple[Act | Callable[[date], Act], Actor]]:
    """What is tried, by whom; what sets a day is made when it is known."""
    yield Register(), CLERK
    if rng.random() < 0.4:
        yield AskToCorrect, CLERK
        if rng.random() < 0.8:
            yield Correct(), WHO
    else:
        yield Accept(), CLERK
    for _ in range(rng.choice((0, 0, 1, 1, 2))):
        yield (lambda day: Extend(day, "why")), BOSS
    yield from rng.choice(
        (
            (),
            ((Withdraw(), WHO),),
            ((Redirect("another"), CLERK),),
            ((Terminate("withdrawn"), BOSS),),
            (),
        )
    )
    if rng.random() < 0.8:
        yield Decide(rng.choice(("favourable", "explained"))), BOSS
        if rng.random() < 0.3:
            yield Deliver(), CLERK
