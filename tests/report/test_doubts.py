"""What is shipped as unconfirmed is listed, all of it and nothing else."""

from __future__ import annotations

import pytest

from openakimat import Evidence, kz
from openakimat.law.words import Words
from openakimat.report.doubts import RULES, doubts

LANGUAGES = tuple(kz.law().languages)

LAW = kz.law()
FOUND = doubts(LAW)


def test_every_term_and_rule_not_confirmed_is_listed_and_no_other() -> None:
    editions = {(key, e.law): e for key, dated in LAW.limits.items() for e in dated}
    terms = {(one.name, one.wording) for one in FOUND if one.kind == "term"}
    assert terms == {k for k, e in editions.items() if e.evidence is Evidence.UNCONFIRMED}
    rules = {(d.name, d.wording, d.kind.replace("-", "_")) for d in FOUND}
    for (key, wording), edition in editions.items():
        for name in RULES:
            rule = getattr(edition.value, name)
            known = (key, wording, name) in rules or (key, wording) in terms
            assert (rule.evidence is Evidence.UNCONFIRMED) <= known


def test_every_article_not_confirmed_is_listed_with_what_cites_it() -> None:
    cited = {(one.wording, one.source) for one in FOUND if one.kind == "step"}
    for (wording, source), mark in LAW.marks.items():
        if mark is Evidence.CONFIRMED:
            assert (wording, source) not in cited
    tables = [e.value for dated in LAW.procedures.values() for e in dated]
    for table in tables:
        for row in (row for way in table.rows.values() for row in way):
            doubted = LAW.evidence(table.law, row.source) is Evidence.UNCONFIRMED
            assert doubted == ((table.law, row.source) in cited)


def test_each_is_listed_once_under_a_procedure_of_the_law() -> None:
    assert len(set(FOUND)) == len(FOUND)
    assert {"", *LAW.procedures} >= {one.procedure for one in FOUND}
    assert all(one.source for one in FOUND)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_has_its_word(language: str) -> None:
    words = Words(LAW, language)
    for kind in {one.kind for one in FOUND}:
        assert ("column", kind) in LAW.labels
        assert words("column", kind)
