"""Lives of six acts on a desk, with a journal in memory; each act is loaded, done and kept.

A desk remembers the cases it was at work on, as far as the rows stored are those it has read; the
peer does where it is told to. Each is shown both ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from tests.bench.race import Figure, MissingPeer, against, race

from openakimat import kz
from openakimat.adapters.memory import Journal, Numbers
from openakimat.case.act import Act
from openakimat.case.acts import Register
from openakimat.case.people import Official
from openakimat.desk import Desk
from openakimat.kz.acts import Accept, Assign, Decide, Deliver
from openakimat.kz.identity import Applicant
from openakimat.kz.roles import HEAD, REGISTRAR

try:
    from eventsourcing.application import Application
    from eventsourcing.domain import Aggregate, event
except ImportError:
    raise MissingPeer("eventsourcing") from None

PEERS = ("eventsourcing",)
OFFICE = kz.office("khromtau")
CLERK, HEAD_OF_BODY = Official("a.serikova", {REGISTRAR}), Official("d.akhmetov", {HEAD})
SOMEBODY = Applicant("Айгерім Серікова")
OPENED = datetime.fromisoformat("2026-03-18T10:00+05:00")
ACTS = tuple(
    (act, by, OPENED + timedelta(hours=hours))
    for act, by, hours in (
        (Register("ЖТ-1"), CLERK, 1),
        (Accept(), CLERK, 2),
        (Assign("g.omarova"), HEAD_OF_BODY, 3),
        (Decide("favourable"), HEAD_OF_BODY, 49),
        (Deliver("paper"), CLERK, 50),
    )
)
LIVES = 20

Answer = tuple[str, int]
"""The stage that a life ends at, and how many records it has."""


class Appeal(Aggregate):
    """The same six acts as events: no law, no days, no seal."""

    @event("Received")
    def __init__(self, channel: str, topic: str, applicant: str, at: datetime) -> None:
        self.channel, self.topic, self.applicant = channel, topic, applicant
        self.stage, self.by, self.at = "received", applicant, at

    @event("Registered")
    def register(self, number: str, by: str, at: datetime) -> None:
        self.number = number
        self.stage, self.by, self.at = "registered", by, at

    @event("Accepted")
    def accept(self, by: str, at: datetime) -> None:
        self.stage, self.by, self.at = "considered", by, at

    @event("Assigned")
    def assign(self, to: str, by: str, at: datetime) -> None:
        self.to = to
        self.stage, self.by, self.at = "considered", by, at

    @event("Decided")
    def decide(self, outcome: str, by: str, at: datetime) -> None:
        self.outcome = outcome
        self.stage, self.by, self.at = "answered", by, at

    @event("Delivered")
    def deliver(self, channel: str, by: str, at: datetime) -> None:
        self.delivered = channel
        self.stage, self.by, self.at = "answered", by, at


EVENTS: tuple[Callable[[Appeal, datetime], None], ...] = (
    lambda appeal, at: appeal.register("ЖТ-1", CLERK.id, at),
    lambda appeal, at: appeal.accept(CLERK.id, at),
    lambda appeal, at: appeal.assign("g.omarova", HEAD_OF_BODY.id, at),
    lambda appeal, at: appeal.decide("favourable", HEAD_OF_BODY.id, at),
    lambda appeal, at: appeal.deliver("paper", CLERK.id, at),
)


CACHES = {
    "a cache": {"AGGREGATE_CACHE_MAXSIZE": "1000"},
    "a cache, no copies": {
        "AGGREGATE_CACHE_MAXSIZE": "1000",
        "DEEPCOPY_FROM_AGGREGATE_CACHE": "n",
    },
}
"""What the peer is told for each way to remember: with copies an act cannot spoil what is cached."""


def figures() -> Iterator[Figure]:
    """Against an application of `eventsourcing`, as its manual has one."""
    mine, theirs = race(_live_on_desk, live_in_application, rounds=21)
    same = live(_desk()) == _life_of_aggregate(Application())
    yield against(
        "lives of six acts: an act",
        mine,
        "eventsourcing, POPO",
        theirs,
        bar=2,
        same=f"{same:d}/1",
    )
    anew, theirs = race(_live_on_new_desks, live_in_application)
    what = "each act by a desk that knows no case"
    yield against(what, anew, "eventsourcing, POPO", theirs, bar=None)
    for how, told in CACHES.items():
        mine, theirs = race(_live_on_desk, partial(live_in_application, told))
        yield against("lives of six acts: an act", mine, f"the same with {how}", theirs, bar=None)


def _desk(journal: Journal | None = None, numbers: Numbers | None = None) -> Desk:
    return Desk(OFFICE, journal=journal or Journal(), numbers=numbers or Numbers())


def _live_on_desk() -> int:
    desk = _desk()
    for _ in range(LIVES):
        live(desk)
    return LIVES * (1 + len(ACTS))


def _live_on_new_desks() -> int:
    journal, numbers = Journal(), Numbers()
    for _ in range(LIVES):
        case = _open(_desk(journal, numbers))
        for act, by, at in ACTS:
            _desk(journal, numbers).perform(case, act, by=by, at=at)
    return LIVES * (1 + len(ACTS))


def _open(desk: Desk) -> str:
    case = desk.open(kz.Appeal, at=OPENED, by=SOMEBODY, channel="paper", topic="street lighting")
    return case.id


def live(desk: Desk, acts: Sequence[tuple[Act, Official, datetime]] = ACTS) -> Answer:
    """One life on a desk."""
    name = _open(desk)
    for act, by, at in acts:
        case = desk.perform(name, act, by=by, at=at)
    return case.stage, len(case.records)


def live_in_application(told: Mapping[str, str] = {}) -> int:
    """Lives in an application of the peer."""
    application = Application[UUID](env=told)
    for _ in range(LIVES):
        _life_of_aggregate(application)
    return LIVES * (1 + len(EVENTS))


def _life_of_aggregate(application: Application[UUID]) -> Answer:
    appeal = Appeal("paper", "street lighting", SOMEBODY.id, OPENED)
    application.save(appeal)
    for perform, (_, _, at) in zip(EVENTS, ACTS, strict=True):
        appeal = application.repository.get(appeal.id)
        perform(appeal, at)
        application.save(appeal)
    return appeal.stage, appeal.version
