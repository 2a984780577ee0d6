"""What is done about a measure at work against somebody who reported."""

from datetime import date
from typing import Literal

import attrs

from openakimat.case.act import OPEN, Act
from openakimat.dated import LATER
from openakimat.kz.corruption.reporter import Confided

Measure = Literal["", "discipline", "dismissal", "transfer"]
"""What is not done in a state body to who reported without a recommendation of a collegial body."""


@attrs.frozen
class ReportRetaliation(Confided, tag="report-retaliation"):
    """A measure against a protected person is meant or taken. Source: Law 410-V, 24-1.

    The case is one of the authorised body; tie it to the report by a link ``about`` only
    where both are kept under the same rules, for it says that this person reported.

    Args:
        accepted_on: The day the report was accepted by an authorised body, or that of another
            help given; protection counts from it. Source: Law 410-V, 24-1(1).
    """

    kind: str = "retaliation-report"
    accepted_on: date = attrs.field(kw_only=True)


@attrs.frozen
class SendMaterials(Act, tag="send-materials"):
    """The materials go to the authorised body before the commission sits. Source: 24-2(2)."""


@attrs.frozen
class DecideMeasure(Act, tag="decide-measure", marks="decision"):
    """The commission has sat, and the head has decided. Source: Law 410-V, 24-2(2), (3).

    Args:
        outcome: Whether a measure is taken.
        measure: Which; empty, where nobody told. Source: Law 410-V, 24-2(1).
    """

    outcome: str = attrs.field(metadata=OPEN)
    measure: Measure = attrs.field(default="", metadata=LATER)


@attrs.frozen
class SendCopy(Act, tag="send-copy", marks="receipt"):
    """A copy of the decision is with the authorised body. Source: Law 410-V, 24-2(3), (4)."""


@attrs.frozen
class ContestMeasure(Act, tag="contest-measure", marks="decision"):
    """The authorised body disagrees with the decision. Source: Law 410-V, 24-2(4)."""


@attrs.frozen
class LetMeasureStand(Act, tag="let-measure-stand", marks="decision"):
    """The authorised body does not disagree, on a ground. Source: Law 410-V, 24-2(4)."""

    ground: str = attrs.field(metadata=OPEN)


@attrs.frozen
class ReferMeasure(Act, tag="refer-measure", marks="decision"):
    """The labour inspection or the prosecutor has notice of a retaliation. Source: 24-2(4)."""

    to: str = attrs.field(metadata=OPEN)


@attrs.frozen
class AskReexamination(Act, tag="ask-reexamination", marks="receipt"):
    """The reporter asks that a measure taken be examined anew. Source: Law 410-V, 24-4(2)."""


@attrs.frozen
class DemandReexamination(Act, tag="demand-reexamination"):
    """The request is founded: the authorised body gives the head notice of it. Source: 24-4(2)."""


@attrs.frozen
class DeclineReexamination(Act, tag="decline-reexamination", marks="decision"):
    """The authorised body finds no reason to have a measure examined anew, on a ground.

    Source: Law 410-V, 24-4(2): notice goes out where the request is found to be founded.
    """

    ground: str = attrs.field(metadata=OPEN)
