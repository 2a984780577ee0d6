"""What a proof tries of a request for information: that it is an oral question, too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openakimat.case.act import Act
from openakimat.case.acts import Receive

EXAMPLES: Mapping[type[Act], Sequence[Act]] = {
    Receive: (Receive("information-request"), Receive("oral-question"))
}
"""The acts to try."""
