"""What is done with the duty of a month."""

import attrs

from openakimat.case.act import OPEN, Act
from openakimat.case.acts import Lapse


@attrs.frozen
class CountReception(Act, tag="count-reception", answers=True):
    """A reception held is counted for the month: `case` is its id, and it is put beside."""

    case: str = attrs.field(metadata=OPEN)


@attrs.frozen
class DeemMissed(Lapse, tag="deem-missed"):
    """The month is over and the official has received nobody. Source: APPC 90(1), since 2025 90(3)."""
