"""What a proof tries of a complaint about a service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openakimat.case.act import Act
from openakimat.kz.service_complaint.acts import FileServiceComplaint

EXAMPLES: Mapping[type[Act], Sequence[Act]] = {
    FileServiceComplaint: (
        FileServiceComplaint(addressee="provider"),
        FileServiceComplaint(addressee="quality-body"),
        FileServiceComplaint(social=True),
    )
}
"""The acts to try."""
