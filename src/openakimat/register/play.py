"""What it is to play a row of a register, who acts in it, and when it began."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs

from openakimat.case.act import Act
from openakimat.case.acts import Receive
from openakimat.case.people import Actor, Applicant, Official
from openakimat.kz.roles import CONTROLLER, EXECUTOR, HEAD, OPERATOR, REGISTRAR, SUPERIOR
from openakimat.law.office import Office
from openakimat.register.columns import Entry, When

CLERK = Official("registrar", {REGISTRAR})

OPERATES = Official("operator", {OPERATOR})

STAFF = Official("executor", {EXECUTOR})

BOSS = Official("head", {HEAD})

CHECKS = Official("controller", {CONTROLLER})

REVIEWS = Official("reviewer", {SUPERIOR})

ASKS = Applicant()


Done = tuple[When | None, Actor, Callable[[], Act]]
"""When a row says something was done, by whom, and what; nothing where it does not say."""


@attrs.frozen
class Play:
    """How rows of a kind become cases of a procedure.

    Attributes:
        opens: The act that opens the case, and by whom.
        acts: What a row may tell of, in the order in which the law has it done within a day.
    """

    opens: Callable[[Entry], tuple[Receive, Actor]]
    acts: Callable[[Entry, Office], Sequence[Done]]


def registered(row: Entry, office: Office) -> When:
    """When the row was registered; where it does not say, when it had to be."""
    if row.registered_at is not None:
        return row.registered_at
    received = row.received_at
    return When(office.calendar.counted_at(received.at), received.exact)


def applicant(row: Entry) -> Applicant:
    """Whose appeal a row is."""
    return Applicant(row.applicant, row.iin or None, row.bin or None)
