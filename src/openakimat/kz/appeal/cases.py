"""What a proof holds an appeal to beyond its rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping

APART_WHERE: Mapping[tuple[str, str], Mapping[str, Collection[str]]] = {
    ("separation", "kept"): {"decide": ("propose",)},
}
"""Duties that guards keep apart where an office answers a reading so, by reading and answer."""
