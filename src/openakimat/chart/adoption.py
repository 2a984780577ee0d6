"""The chart that every office has for itself: that it counts by another law or calendar from now on."""

from openakimat.case.acts import AdoptLaw
from openakimat.chart.form import with_form
from openakimat.chart.table import Opening, Table

ADOPTION = with_form(
    Table(
        "adoption", "1", "adopted", ("adopted",), frozenset({"adopted"}), {}, {}, Opening(AdoptLaw)
    )
)
"""Opened and closed by one act. No country has it, and it is on no docket."""
