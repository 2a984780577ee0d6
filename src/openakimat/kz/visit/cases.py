"""What lies beside a visit in a proof."""

from __future__ import annotations

from openakimat.case.record import Case


def beside(visit: Case) -> tuple[Case, ...]:
    """The queue, in which the visit stands alone."""
    return (visit,)
