"""The charts that every office has for itself: that it counts by another law, and who looked at a case."""

from openakimat.case import AdoptLaw, Look, Role
from openakimat.chart.form import with_form
from openakimat.chart.table import Opening, Row, Table

ADOPTION = with_form(
    Table(
        "adoption", "1", "adopted", ("adopted",), frozenset({"adopted"}), {}, {}, Opening(AdoptLaw)
    )
)
"""Opened and closed by one act. No country has it, and it is on no docket."""

READER = Role("reader")
_AGAIN = Row(Look.tag, "looked", "looked", frozenset({READER}), (), "")
_OVER = frozenset({"looked"})

LOOKS = with_form(
    Table(
        "looks", "1", "looked", ("looked",), _OVER, {("looked", Look.tag): (_AGAIN,)}, {},
        Opening(Look, _AGAIN.by),
    )
)  # fmt: skip
"""Who looked at a case, and why. Nothing is due of it, so it is over from the first."""

OF_THE_OFFICE = {table.under: table for table in (ADOPTION, LOOKS)}
"""What is no case of anybody, and is told for itself."""
