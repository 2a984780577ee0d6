"""What is done with the duty of a month."""

from __future__ import annotations

from typing import ClassVar

import attrs

from openakimat.case.act import OPEN, Act
from openakimat.case.acts import Lapse


@attrs.frozen
class CountReception(Act):
    """A reception held is counted for the month: `case` is its id, and it is put beside."""

    tag: ClassVar[str] = "count-reception"
    answers: ClassVar[bool] = True
    case: str = attrs.field(metadata=OPEN)


@attrs.frozen
class DeemMissed(Lapse):
    """The month is over and the official has received nobody. Source: APPC 90(1), since 2025 90(3)."""

    tag: ClassVar[str] = "deem-missed"
