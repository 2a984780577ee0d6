"""What a proof tries of a check of a front office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openakimat.case.act import Act
from openakimat.kz.front_office.acts import Answer, InspectOffice, OrderToStandard, RecheckOffice
from openakimat.kz.front_office.checklist import checklist


def _in_order() -> tuple[Answer, ...]:
    return tuple(Answer(item, met=True) for item in checklist())


def _wanting() -> tuple[Answer, ...]:
    first, *rest = _in_order()
    return (Answer(first.item, met=False), *rest)


EXAMPLES: Mapping[type[Act], Sequence[Act]] = {
    InspectOffice: (InspectOffice(_in_order()), InspectOffice(_wanting())),
    RecheckOffice: (RecheckOffice(_in_order()), RecheckOffice(_wanting())),
    OrderToStandard: (OrderToStandard("order", term="1 month"),),
}
"""The acts to try."""
