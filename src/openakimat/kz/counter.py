"""Between the counter, the State Corporation and the provider: how a request goes to and fro."""

from __future__ import annotations

from typing import ClassVar

import attrs

from openakimat.acts import Act, Lapse, Register
from openakimat.case import Case
from openakimat.errors import NotCompetent
from openakimat.kz.package import applied
from openakimat.people import APPLICANT, REPRESENTATIVE
from openakimat.table import Circumstances, guard

# -- acts -----------------------------------------------------------------------------


@attrs.frozen
class TakeIn(Register):
    """The State Corporation accepts the package and registers it. Source: PSL 20(2)."""

    tag: ClassVar[str] = "take-in"


@attrs.frozen
class HandOver(Act):
    """The State Corporation hands the package over to the provider on paper. Source: PSL 20(1)."""

    tag: ClassVar[str] = "hand-over-paper"
    marks: ClassVar[str] = "receipt"


@attrs.frozen
class Check(Act):
    """The provider looks whether the package is whole. Source: Law 202-V (2014), 25."""

    tag: ClassVar[str] = "check-package"


@attrs.frozen
class SendResult(Act):
    """The result goes to the State Corporation, which issues it. Source: PSL 5(2)(5)."""

    tag: ClassVar[str] = "send-result"


@attrs.frozen
class Issue(Act):
    """The result is issued to the recipient. Source: PSL 1."""

    tag: ClassVar[str] = "issue-result"
    marks: ClassVar[str] = "knowledge"
    answers: ClassVar[bool] = True


@attrs.frozen
class DeemUncollected(Lapse):
    """Nobody came for the result; it is kept, and issued when somebody does."""

    tag: ClassVar[str] = "deem-uncollected"


# -- guards ---------------------------------------------------------------------------


def by_corporation(case: Case, /) -> bool:
    """Whether a request goes through the State Corporation: so it was told, or taken in."""
    return applied(case).channel == "state-corporation" or case.last(TakeIn) is not None


@guard("channel.corporation", why="this goes through the State Corporation")
def not_by_corporation(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """The provider deals with the recipient itself."""
    return not by_corporation(case)


@guard("channel.not-corporation", why="this does not go through the State Corporation")
def through_corporation(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """The State Corporation stands between."""
    return by_corporation(case) or (case.last(Register) is None and not applied(case).channel)


@guard(
    "proactive.applied",
    why="a proactive service is begun by the provider, not applied for",
    source="PSL 21-1",
    refusal=NotCompetent,
)
def on_own_initiative(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """A proactive service was not opened by its recipient."""
    of_recipient = case.records[0].role in {APPLICANT, REPRESENTATIVE}
    return applied(case).kind != "proactive" or not of_recipient


@guard(
    "service.not-yet",
    why="there are no socially responsible services before Law 254-VIII",
    source="PSL 1",
)
def public_only(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """It is a public service."""
    return applied(case).kind != "social"
