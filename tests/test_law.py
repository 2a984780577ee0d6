"""The law as shipped: every number has a source and a mark, and no mark claims more than was seen."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

import pytest

from openakimat import Evidence, PackError, Undated, kz
from openakimat.calendar.terms import term
from openakimat.kz.charts import PROCEDURES
from openakimat.kz.data import FOLDERS, file_of, pack, read, values
from openakimat.kz.law import read_law

EVIDENCE = {
    ("appeal.registration", "l221"): ("1 working day", "unconfirmed"),
    ("appeal.registration", "appc-2021"): ("1 working day", "confirmed"),
    ("appeal.registration", "appc-2026"): ("1 working day", "confirmed"),
    ("appeal.redirection", "l221"): ("3 working days", "confirmed"),
    ("appeal.redirection", "appc-2021"): ("3 working days", "confirmed"),
    ("appeal.redirection", "appc-2026"): ("3 working days", "confirmed"),
    ("appeal.correction", "appc-2021"): ("as set", "secondary"),
    ("appeal.correction", "appc-2026"): ("as set", "confirmed"),
    ("appeal.consideration", "l221"): ("15 calendar days", "confirmed"),
    ("appeal.consideration", "appc-2021"): ("15 working days", "confirmed"),
    ("appeal.consideration", "appc-2026"): ("15 working days", "confirmed"),
    ("appeal.consideration-with-inquiry", "l221"): ("30 calendar days", "confirmed"),
    ("appeal.extension", "l221"): ("30 calendar days", "confirmed"),
    ("appeal.extension", "appc-2021"): ("2 months", "confirmed"),
    ("appeal.extension", "appc-2026"): ("2 months", "confirmed"),
    ("appeal.extension-notice", "l221"): ("3 calendar days", "confirmed"),
    ("appeal.extension-notice", "appc-2021"): ("3 working days", "confirmed"),
    ("appeal.extension-notice", "appc-2026"): ("3 working days", "confirmed"),
    ("appeal.preliminary-decision", "appc-2021"): ("3 working days", "confirmed"),
    ("appeal.preliminary-decision", "appc-2026"): ("3 working days", "confirmed"),
    ("appeal.termination-notice", "l221"): ("as set", "unconfirmed"),
    ("appeal.termination-notice", "appc-2021"): ("3 working days", "confirmed"),
    ("appeal.termination-notice", "appc-2026"): ("3 working days", "confirmed"),
    ("appeal.return", "appc-2021"): ("as set", "confirmed"),
    ("appeal.return", "appc-2026"): ("3 working days", "secondary"),
    ("appeal.return-notice", "appc-2021"): ("3 working days", "confirmed"),
    ("appeal.return-notice", "appc-2026"): ("3 working days", "confirmed"),
    ("appeal.redirection-notice", "l221"): ("1 working day", "unconfirmed"),
    ("appeal.redirection-notice", "appc-2021"): ("1 working day", "confirmed"),
    ("appeal.redirection-notice", "appc-2026"): ("1 working day", "confirmed"),
    ("appeal.objection", "appc-2021"): ("2 working days", "confirmed"),
    ("appeal.objection", "appc-2026"): ("2 working days", "confirmed"),
    ("appeal.hearing-protocol", "appc-2021"): ("as set", "confirmed"),
    ("appeal.hearing-protocol", "appc-2026"): ("2 working days", "confirmed"),
    ("appeal.execution", "appc-2021"): ("5 working days", "confirmed"),
    ("appeal.execution", "appc-2026"): ("5 working days", "confirmed"),
    ("appeal.complaint-window", "appc-2021"): ("3 months", "confirmed"),
    ("appeal.complaint-window", "appc-2026"): ("3 months", "confirmed"),
    ("appeal.complaint-window-uninstructed", "appc-2026"): ("6 months", "confirmed"),
    ("appeal.return-on-ground", "appc-2026"): ("3 working days", "secondary"),
    ("simplified.result-notice", "appc-2021"): ("as set", "confirmed"),
    ("simplified.result-notice", "appc-2026"): ("as set", "confirmed"),
}
"""Terms and marks of editions, as the fact sheet of the law has them."""

RULES_SEEN = {
    ("appeal.registration", "first_day"),
    ("appeal.registration", "late"),
    ("appeal.consideration", "first_day"),
    ("appeal.consideration", "roll"),
    ("appeal.consideration-redirected", "roll"),
    ("appeal.extension", "roll"),
}
"""Counting rules that were read in the text of the Code in force, APPC 64(3) and 76(2), (5)."""


APPEALS = ("appeal.", "simplified.")


def editions() -> list[tuple[str, str]]:
    limits = kz.law().limits.items()
    return [(key, e.law) for key, dated in limits if key.startswith(APPEALS) for e in dated]


def _of_the_appeal(key: str) -> str:
    return key.replace("simplified.", "appeal.")


@pytest.mark.parametrize(("key", "law"), EVIDENCE)
def test_a_limit_has_the_term_and_the_mark_of_the_fact_sheet(key: str, law: str) -> None:
    words, mark = EVIDENCE[key, law]
    edition = kz.law().limits[key].on(date(2026, 1, 1), law=law)
    assert (term(words), mark) == (edition.value.term, edition.evidence.value)
    assert edition.source


@pytest.mark.parametrize(
    ("key", "law"), [one for one in editions() if _of_the_appeal(one[0]) in kz.law().limits]
)
def test_the_simplified_procedure_has_the_terms_of_the_appeal(key: str, law: str) -> None:
    """And their marks, unless that it has them is our reading (APPC 87(2))."""
    own, theirs = (
        kz.law().limits[one].on(date(2026, 1, 1), law=law) for one in (key, _of_the_appeal(key))
    )
    assert theirs.value.term == own.value.term
    assert own.evidence in {theirs.evidence, Evidence.UNCONFIRMED}


@pytest.mark.parametrize(("key", "law"), editions())
def test_a_counting_rule_is_confirmed_only_where_its_text_was_read(key: str, law: str) -> None:
    limit = kz.law().limits[key].on(date(2026, 1, 1), law=law).value
    for name, usual in (("first_day", "next"), ("late", "same-day"), ("roll", "none")):
        rule = getattr(limit, name)
        seen = (_of_the_appeal(key), name) in RULES_SEEN and law == "appc-2026"
        seen |= (law, key.partition(".")[2], name) == ("appc-2021", "registration", "first_day")
        if (
            rule.value != usual
            or rule.source != kz.law().limits[key].on(date(2026, 1, 1), law=law).source
        ):
            assert seen or rule.evidence is not Evidence.CONFIRMED
        assert rule.source


def test_every_step_and_guard_of_every_chart_has_a_source() -> None:
    told = partial(kz.law().words, "refusal")
    for dated in kz.law().procedures.values():
        for edition in dated:
            for way in edition.value.rows.values():
                for row in way:
                    assert row.source
                    assert all(guard.why or told(guard.code) for guard in row.guards)


def test_every_article_that_a_chart_cites_has_a_mark_in_its_wording() -> None:
    """And no mark stands for an article that no chart of the wording cites.

    Where the opening of a case has its source, a mark may stand for it.
    """
    law = kz.law()
    cited = {
        (edition.law, source)
        for dated in law.procedures.values()
        for edition in dated
        for way in edition.value.rows.values()
        for row in way
        for source in (
            row.source,
            *(guard.source for guard in row.guards if guard.source),
            *(source for guard in row.guards for source in guard.values.values()),
        )
    }
    cited |= {
        (edition.law, source)
        for dated in law.procedures.values()
        for edition in dated
        for table in (edition.value,)
        for source in (
            table.opening.source,
            *(guard.source for guard in table.opening.guards if guard.source),
            *table.forbids.values(),
        )
    }
    openings = {
        (edition.law, edition.value.opening.source)
        for dated in law.procedures.values()
        for edition in dated
    }
    articles = {(wording, one) for wording, marks in pack()["articles"].items() for one in marks}
    assert cited == articles - (openings - cited)


@pytest.mark.parametrize(
    ("wording", "cited", "ground", "mark"),
    [
        ("l221", "Law 221, 8(2), (3)", "", "confirmed"),
        ("l221", "Law 221, 11", "", "confirmed"),
        ("l221", "Law 221, 9", "decide.satisfied", "secondary"),
        ("l221", "Law 221, 9", "decide.refused", "unconfirmed"),
        ("appc-2021", "APPC 76(3)", "", "confirmed"),
        ("appc-2021", "APPC 91(2)", "", "confirmed"),
        ("appc-2026", "APPC 91(2)", "", "confirmed"),
        ("appc-2026", "APPC 87(2), 76(3)", "", "confirmed"),
        ("appc-2026", "an order of nobody", "", "unconfirmed"),
    ],
)
def test_what_was_remembered_or_inferred_is_unconfirmed(
    wording: str, cited: str, ground: str, mark: str
) -> None:
    assert mark == kz.law().evidence(wording, cited, ground).value


def test_every_reading_has_a_default_a_source_and_all_three_languages() -> None:
    for reading in kz.law().readings.values():
        assert reading.default in reading.choices
        assert len(reading.choices) > 1
        for choice in reading.choices.values():
            assert choice.source
            assert {"kk", "ru", "en"} == set(choice.title) == set(reading.title)


def test_every_limit_is_named_in_all_three_languages() -> None:
    for dated in kz.law().limits.values():
        for edition in dated:
            assert {"kk", "ru", "en"} == set(edition.value.names)


def test_the_first_days_of_the_wordings() -> None:
    assert {
        "l221": (date(2007, 1, 30), "unconfirmed"),
        "appc-2021": (date(2021, 7, 1), "confirmed"),
        "appc-2026": (date(2025, 12, 29), "secondary"),
    } == {e.law: (e.since, e.evidence.value) for e in kz.law().wordings}


def test_before_the_first_wording_there_is_no_law() -> None:
    with pytest.raises(Undated, match="2007-01-29"):
        kz.office().wording_on(date(2007, 1, 29))


BROKEN: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "a term that is none": (lambda e: e.update(term="a fortnight"), "a fortnight"),
    "no such mark": (lambda e: e.update(evidence="rumour"), "rumour"),
    "no source": (lambda e: e.pop("source"), "source"),
    "no such wording": (lambda e: e.update(law="appc-1999"), "appc-1999"),
    "no such rule": (lambda e: e.update(roll="whenever"), "whenever"),
    "a month counted from its own day": (
        lambda e: e.update(
            term="2 months", first_day={"is": "same", "source": "x", "evidence": "confirmed"}
        ),
        "months",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_pack_that_contradicts_itself_names_key_and_edition(name: str) -> None:
    told = copy.deepcopy(dict(pack()))
    change, why = BROKEN[name]
    edition = told["limit"]["appeal.consideration"]["edition"][1]
    change(edition)
    with pytest.raises(PackError) as wrong:
        read_law(told, PROCEDURES)
    assert "appeal.consideration" in str(wrong.value)
    assert edition["law"] in str(wrong.value)
    assert why in str(wrong.value)


def test_a_clock_that_starts_elsewhere_than_its_limit_is_a_contradiction() -> None:
    told = copy.deepcopy(dict(pack()))
    told["limit"]["appeal.consideration"]["edition"][2]["base"] = "review"
    with pytest.raises(
        PackError,
        match="appeal.consideration under appc-2026 is counted from 'review', but 'register' starts",
    ):
        kz.office(pack=read_law(told, PROCEDURES))


def test_a_clock_without_its_limit_is_a_contradiction() -> None:
    told = copy.deepcopy(dict(pack()))
    del told["limit"]["appeal.extension-notice"]["edition"][1]
    with pytest.raises(PackError, match="no edition of appeal.extension-notice under appc-2021"):
        kz.office(pack=read_law(told, PROCEDURES))


# -- which file to edit -----------------------------------------------------------------


def _leaves(told: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if isinstance(told, dict):
        for key, value in told.items():
            yield from _leaves(value, (*path, key))
    elif path != ("wording",):
        yield path


def test_each_procedure_has_a_folder_with_its_words() -> None:
    files = [read(f"{folder}/law.toml") for folder in FOLDERS]
    assert [list(file["label"]["procedure"]) for file in files] == [
        [procedure] for procedure in pack()["label"]["procedure"]
    ]
    assert set(kz.law().procedures) == set(pack()["label"]["procedure"])


def test_nothing_is_told_by_two_files() -> None:
    files = ("law.toml", *(f"{folder}/law.toml" for folder in FOLDERS))
    times = Counter(leaf for file in files for leaf in _leaves(read(file)))
    assert [] == [leaf for leaf, n in times.items() if n > 1]


def test_a_limit_stands_with_the_procedure_that_it_is_called_after() -> None:
    assert [] == [
        key
        for key in kz.law().limits
        if file_of("limit", key) != file_of("label", "procedure", key.partition(".")[0])
    ]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("limit/visit.day/names", "/visit/law.toml: visit.day: "),
        ("limit/visit.day/names/kk", "/visit/law.toml: limit visit.day: KeyError"),
        ("reading/complaint-registration/default", "/complaint/law.toml: reading"),
        ("reading/governing/default", "/law.toml: reading governing"),
        ("label/stage/waiting/ru", "/visit/law.toml: stage waiting"),
    ],
)
def test_what_is_wrong_with_the_data_is_told_with_its_file(path: str, said: str) -> None:
    told: Any = copy.deepcopy(dict(pack()))
    *steps, last = path.split("/")
    part = told
    for step in steps:
        part = part[step]
    del part[last]
    with pytest.raises(PackError, match=f"the law: openakimat/kz{said}"):
        read_law(told, PROCEDURES)


def test_a_mark_that_is_none_is_told_with_its_article() -> None:
    told = copy.deepcopy(dict(pack()))
    told["articles"]["l107"]["order of the office"] = "rumour"
    with pytest.raises(PackError, match="instruction/law.toml: articles l107 order of the office"):
        read_law(told, PROCEDURES)


def test_a_chart_that_lacks_a_limit_tells_the_file_to_edit() -> None:
    told = copy.deepcopy(dict(pack()))
    del told["limit"]["visit.notice"]
    del told["limit"]["appeal.execution"]["edition"][1]
    with pytest.raises(PackError) as wrong:
        kz.office(pack=read_law(told, PROCEDURES))
    assert "no edition of visit.notice under practice (openakimat/kz/visit/law.toml)" in str(
        wrong.value
    )
    assert "appeal.execution under appc-2026 (openakimat/kz/appeal/law.toml)" in str(wrong.value)


def test_labels_of_the_official_system_are_of_acts_we_know() -> None:
    from openakimat.case.act import VOCABULARY

    acts = kz.data.read("law.toml")["system"]["e-otinish"]["acts"]
    assert {"code": "PROLONG", "ru": "Продлен срок обращения"}.items() <= acts["extend"].items()
    assert acts.keys() <= set(VOCABULARY)


def test_registration_numbers_have_the_official_form() -> None:
    assert "ЖТ-2026-00000042" == kz.numbers.registration_number(2026, 42)


def test_values_that_no_file_tells_are_refused() -> None:
    assert {"favourable": "APPC 77", "burdening": "APPC 77"} == values("appeal.outcomes")
    for name in ("appeal.outcome", "appeals.outcomes", "outcomes"):
        with pytest.raises(PackError, match=f"values.{name}: no file of the law"):
            values(name)
