"""Every word that instructions and checks introduce is told in three languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from openakimat import kz
from openakimat.case.act import VOCABULARY
from openakimat.chart.procedure import ProcedureType
from openakimat.chart.table import Guard
from openakimat.kz import acts
from openakimat.kz.appeal import guards

CHARTS = (
    kz.instruction.InstructionL107,
    kz.instruction.Instruction2021,
    kz.inspection.Inspection2024,
    kz.inspection.Inspection2026,
    kz.FrontOfficeCheck,
)
SHARED = {one.code for one in vars(guards).values() if isinstance(one, Guard)}


def introduced(chart: ProcedureType) -> Iterator[tuple[str, str]]:
    """Kind and key of all that a chart has beside the vocabulary and the guards it shares."""
    table = chart.table
    yield "procedure", table.procedure
    yield from (("stage", stage) for stage in table.stages)
    tags = {table.opening.act, *(tag for _, tag in table.rows)}
    own = {tag for tag in tags if VOCABULARY[tag].__module__ != acts.__name__}
    yield from (("act", tag) for tag in own)
    for way in table.rows.values():
        for row in way:
            for guard in row.guards:
                yield from (("ground", f"{row.act}.{value}") for value in guard.values)
                if guard.code not in SHARED:
                    yield "refusal", guard.code


@pytest.mark.parametrize("chart", CHARTS)
def test_every_word_is_told(chart: ProcedureType) -> None:
    law = kz.law()
    for kind, key in introduced(chart):
        for language in ("kk", "ru", "en"):
            assert law.words(kind, key, language).strip(), (kind, key)


def test_no_kazakh_word_is_claimed_as_seen_without_where_but_those_of_the_document_system() -> None:
    law = kz.law()
    own = {pair for chart in CHARTS for pair in introduced(chart)}
    own |= {pair for pair in law.labels if pair[0] in {"checklist", "urgency"}}
    labels = {pair: law.labels[pair] for pair in own}
    sure = {pair for pair, label in labels.items() if "kk" not in label.unsure and not label.source}
    assert {("urgency", "very-urgent"), ("urgency", "working-control")} == sure
