"""What a proof is told of an appeal beyond its rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from openakimat.case.act import Act, Link
from openakimat.case.acts import Receive
from openakimat.kz.acts import Decide, JoinFile, Object, Recuse
from openakimat.kz.appeal.grounds import UNHEARD

EXAMPLES: Mapping[type[Act], Sequence[Act]] = {
    Receive: (Receive(links=(Link("earlier", "repeats"),)),),
    JoinFile: (JoinFile("earlier"),),
    Object: (Object(oral=True),),
    Recuse: (Recuse("kinship", "an official"),),
    Decide: (
        Decide("favourable"),
        Decide("favourable", affects_others=True),
        Decide("burdening"),
        *(Decide("burdening", unheard=ground, reason="reasons") for ground in UNHEARD),
        Decide("explained"),
    ),
}
"""Those that differ in what guards ask: one that repeats another, an objection to be heard."""

APART_WHERE: Mapping[tuple[str, str], Mapping[str, Collection[str]]] = {
    ("separation", "kept"): {"decide": ("propose",)}
}
"""Duties that guards keep apart where an office answers a reading so, by reading and answer."""
