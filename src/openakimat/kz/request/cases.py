"""What a proof tries of a request: that it is a permit, too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openakimat.case.act import Act
from openakimat.kz.request.acts import Apply

EXAMPLES: Mapping[type[Act], Sequence[Act]] = {
    Apply: (Apply(), Apply(term="3 working days", deemed_issued=True))
}
"""The acts to try."""
