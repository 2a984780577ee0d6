"""What is done about a measure at work against somebody who reported."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

import attrs

from openakimat.case.act import OPEN, Act
from openakimat.dated import LATER
from openakimat.kz.corruption.reporter import Confided

Measure = Literal["", "discipline", "dismissal", "transfer"]
"""What is not done in a state body to who reported without a recommendation of a collegial body."""


@attrs.frozen
class ReportRetaliation(Confided):
    """A measure against a protected person is meant or taken. Source: Law 410-V, 24-1.

    The case is one of the authorised body; tie it to the report by a link ``about`` only
    where both are kept under the same rules, for it says that this person reported.

    Args:
        accepted_on: The day the report was accepted by an authorised body, or that of another
            help given; protection counts from it. Source: Law 410-V, 24-1(1).
    """

    tag: ClassVar[str] = "report-retaliation"
    kind: str = "retaliation-report"
    accepted_on: date = attrs.field(kw_only=True)


@attrs.frozen
class SendMaterials(Act):
    """The materials go to the authorised body before the commission sits. Source: 24-2(2)."""

    tag: ClassVar[str] = "send-materials"


@attrs.frozen
class DecideMeasure(Act):
    """The commission has sat, and the head has decided. Source: Law 410-V, 24-2(2), (3).

    Args:
        outcome: Whether a measure is taken.
        measure: Which; empty, where nobody told. Source: Law 410-V, 24-2(1).
    """

    tag: ClassVar[str] = "decide-measure"
    marks: ClassVar[str] = "decision"
    outcome: str = attrs.field(metadata=OPEN)
    measure: Measure = attrs.field(default="", metadata=LATER)


@attrs.frozen
class SendCopy(Act):
    """A copy of the decision is with the authorised body. Source: Law 410-V, 24-2(3), (4)."""

    tag: ClassVar[str] = "send-copy"
    marks: ClassVar[str] = "receipt"


@attrs.frozen
class ContestMeasure(Act):
    """The authorised body disagrees with the decision. Source: Law 410-V, 24-2(4)."""

    tag: ClassVar[str] = "contest-measure"
    marks: ClassVar[str] = "decision"


@attrs.frozen
class LetMeasureStand(Act):
    """The authorised body does not disagree, on a ground. Source: Law 410-V, 24-2(4)."""

    tag: ClassVar[str] = "let-measure-stand"
    marks: ClassVar[str] = "decision"
    ground: str = attrs.field(metadata=OPEN)


@attrs.frozen
class ReferMeasure(Act):
    """The labour inspection or the prosecutor has notice of a retaliation. Source: 24-2(4)."""

    tag: ClassVar[str] = "refer-measure"
    marks: ClassVar[str] = "decision"
    to: str = attrs.field(metadata=OPEN)


@attrs.frozen
class AskReexamination(Act):
    """The reporter asks that a measure taken be examined anew. Source: Law 410-V, 24-4(2)."""

    tag: ClassVar[str] = "ask-reexamination"
    marks: ClassVar[str] = "receipt"


@attrs.frozen
class DemandReexamination(Act):
    """The request is founded: the authorised body gives the head notice of it. Source: 24-4(2)."""

    tag: ClassVar[str] = "demand-reexamination"


@attrs.frozen
class DeclineReexamination(Act):
    """The authorised body finds no reason to have a measure examined anew, on a ground.

    Source: Law 410-V, 24-4(2): notice goes out where the request is found to be founded.
    """

    tag: ClassVar[str] = "decline-reexamination"
    marks: ClassVar[str] = "decision"
    ground: str = attrs.field(metadata=OPEN)
