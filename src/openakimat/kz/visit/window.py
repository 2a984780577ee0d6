"""One window, and self-service: where visitors were sent, and what they learnt to do alone.

Whatever counts visits passes other cases over.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction

import attrs

from openakimat.case.record import Case
from openakimat.kz.visit.acts import DoneAlone, HandOn, Help, IssueSignature
from openakimat.kz.visit.queue import ticket_of, visits_in

PORTAL = "egov"

ELECTRONIC = frozenset({PORTAL, "self-service"})
"""The channels of a ticket that make its services electronic ones."""


@attrs.frozen
class OneWindow:
    """Whether one window was kept: visits served at one and visits sent on, how often where, and one visitor at most."""

    kept: int
    broken: int
    to: Mapping[str, int]
    most: int


def one_window(visits: Iterable[Case], /) -> OneWindow:
    """How often visitors were sent from office to office."""
    sent = [[r.act.to for r in v.records if isinstance(r.act, HandOn)] for v in visits_in(visits)]
    to = Counter(office for places in sent for office in places)
    lengths = [len(places) for places in sent]
    n_kept = lengths.count(0)
    return OneWindow(n_kept, len(lengths) - n_kept, dict(to), max(lengths, default=0))


@attrs.frozen
class ChannelShares:
    """Services had on the portal and over the counter, and what self-service did for it.

    Visitors who were `helped`, and who left able to do it `alone`; digital `signatures` issued.
    """

    electronic: int
    paper: int
    helped: int
    alone: int
    signatures: int

    @property
    def share(self) -> Fraction | None:
        """The electronic share."""
        total = self.electronic + self.paper
        return Fraction(self.electronic, total) if total else None

    def paper_fell(self, before: "ChannelShares", /) -> Fraction | None:
        """How many times fewer services are had on paper than before."""
        return Fraction(before.paper, self.paper) if self.paper else None


def shares(visits: Iterable[Case], /) -> ChannelShares:
    """How the services of visits were had: a visit without services named counts as one.

    Electronic are those of a visitor who did it alone, or whose ticket came by a channel of
    `ELECTRONIC`; whoever left unserved had none.
    """
    had: Counter[str] = Counter()
    for visit in visits_in(visits):
        done = {type(record.act) for record in visit.records}
        alone = DoneAlone in done
        electronic = alone or ticket_of(visit).channel in ELECTRONIC
        if visit.stage in {"finished", "done_alone"}:
            had["electronic" if electronic else "paper"] += len(ticket_of(visit).services) or 1
        had["helped"] += Help in done
        had["alone"] += alone
        had["signatures"] += sum(isinstance(r.act, IssueSignature) for r in visit.records)
    return ChannelShares(
        *(had[name] for name in ("electronic", "paper", "helped", "alone", "signatures"))
    )


@attrs.frozen
class InPerson:
    """All visitors, those who came in person, and of these who came only for services that the portal gives."""

    visitors: int
    came: int
    needless: int

    @property
    def share(self) -> Fraction | None:
        """The share who came in person."""
        return Fraction(self.came, self.visitors) if self.visitors else None


def in_person(visits: Iterable[Case], on_portal: Collection[str], /) -> InPerson:
    """How many visitors, those by the portal too, still come in person, and for what it gives as well.

    `on_portal` are the services that the portal gives, by code or name as tickets have them.
    """
    tickets = [ticket_of(visit) for visit in visits_in(visits)]
    came = [ticket for ticket in tickets if ticket.channel != PORTAL]
    needless = [
        t for t in came if t.services and all(service in on_portal for service in t.services)
    ]
    return InPerson(len(tickets), len(came), len(needless))
