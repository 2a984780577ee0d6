"""Whatever the library names, it names in Kazakh, Russian and English."""

from __future__ import annotations

import ast
import re
import string
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import ClassVar, get_args

import attrs
import pytest

import openakimat
from openakimat import (
    Accept,
    Applicant,
    Decide,
    Desk,
    Extend,
    Incomplete,
    Malformed,
    NotCompetent,
    Official,
    PackError,
    Refusal,
    Register,
    TooLate,
    kz,
    people,
)
from openakimat.acts import VOCABULARY, Act, Tie
from openakimat.adapters import memory
from openakimat.docket import Standing
from openakimat.explain import LANGUAGES, UNITS, amount
from openakimat.kz.charts import PROCEDURES
from openakimat.kz.law import KINDS, merged, pack, read_law
from openakimat.office import Label
from openakimat.people import EXECUTOR, HEAD, REGISTRAR
from openakimat.procedure import step
from openakimat.words import Words, missing, told

SOURCE = Path(openakimat.__file__).parent
AT = datetime.fromisoformat
CLERK = Official("clerk", {REGISTRAR, EXECUTOR})
CHIEF = Official("chief", {HEAD})


def test_every_chart_of_the_law_is_told_in_every_language() -> None:
    """Stages, acts, roles, grounds, codes of refusal, limits, procedures, wordings."""
    assert [] == missing(kz.law())


def _codes(file: Path) -> Iterator[str]:
    """The codes that a module refuses with, where they are told as they stand."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            codes = [word.value for word in node.keywords if word.arg == "code"]
            if getattr(node.func, "id", "") == "guard":
                codes += node.args[:1]
            yield from (c.value for c in codes if isinstance(c, ast.Constant))  # type: ignore[misc]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_a_refusal_may_bear_has_words(language: str) -> None:
    files = [SOURCE / "judgement.py", SOURCE / "desk.py", *(SOURCE / "kz").glob("*.py")]
    found = {code for file in files for code in _codes(file)}
    assert {"act.not-available", "link.missing", "extension.beyond-cap"} <= found
    families = {"duties.accept", "office.accept", "accept.twice"}
    words = Words(kz.law(), language)
    plain = Words(attrs.evolve(kz.law(), labels={}), language)
    assert [] == [c for c in sorted(found | families) if words.reason(c) == plain.reason(c)]


def test_what_no_chart_names_is_told_too() -> None:
    """The vocabulary of acts, every role, standing, tie and kind."""
    ours = {tag for tag, act in VOCABULARY.items() if act.__module__.startswith("openakimat.")}
    roles = [value for name, value in vars(people).items() if name.isupper()]
    wanted = {
        *(("act", tag) for tag in ours),
        *(("role", role) for role in roles if isinstance(role, str)),
        *(("standing", one.value) for one in Standing),
        *(("tie", tie) for tie in get_args(Tie)),
        *(("kind", kind) for kind in KINDS),
    }
    assert set() == wanted - set(kz.law().labels)


def test_every_label_has_words_in_every_language_and_marks_only_those() -> None:
    for key, label in kz.law().labels.items():
        assert set(LANGUAGES) == set(label.words), key
        assert all(text.strip() == text != "" for text in label.words.values()), key
        assert label.unsure <= set(LANGUAGES), key


def test_the_languages_of_a_label_name_the_same_values() -> None:
    def names(text: str) -> Counter[str | None]:
        return Counter(name for _, name, _, _ in string.Formatter().parse(text) if name)

    for key, label in kz.law().labels.items():
        told = [names(text) for text in label.words.values()]
        assert told == [told[0]] * len(told), key


_NUMBER = re.compile(r"\{act\}|\d+-[IVX]+")
"""What is written in Latin letters anywhere: a law by its number, and a place to fill in."""


@pytest.mark.parametrize("kind", ["stage", "act", "role", "ground", "refusal", "procedure"])
def test_russian_and_kazakh_are_written_in_their_own_letters(kind: str) -> None:
    for (of, key), label in kz.law().labels.items():
        if of == kind:
            letters = {c for lang in ("kk", "ru") for c in _NUMBER.sub("", label.words[lang])}
            assert not letters & set(string.ascii_letters), key


def test_a_label_told_twice_in_other_words_is_an_error() -> None:
    other = {"label": {"stage": {"received": {"kk": "x", "ru": "x", "en": "x"}}}}
    with pytest.raises(PackError, match="label.stage.received"):
        merged(pack(), other)


# -- what lacks words -------------------------------------------------------------------


@attrs.frozen
class Wave(Act):
    """Somebody waves."""

    tag: ClassVar[str] = "test.wave"


class Waving(kz.Appeal2026):
    """A chart with an act that nobody has named."""

    wave = step(Wave, kz.Appeal2026.considered.to.itself(), by=EXECUTOR, source="APPC 77")


def test_what_has_no_words_is_named_with_its_language() -> None:
    law = read_law(pack(), (*PROCEDURES[1:], (Waving,)))
    assert [f"act.test.wave has no words in {language}" for language in LANGUAGES] == missing(law)
    half = Label({"ru": "помахать", "en": "wave"})
    law = attrs.evolve(law, labels={**law.labels, ("act", "test.wave"): half})
    assert ["act.test.wave has no words in kk"] == missing(law)
    assert ("помахать", "test.wave") == tuple(
        Words(law, language)("act", "test.wave") for language in ("ru", "kk")
    )


def test_a_language_we_do_not_speak_is_malformed() -> None:
    with pytest.raises(Malformed, match="none of"):
        Words(kz.law(), "de")


# -- refusals in words ------------------------------------------------------------------


@pytest.fixture
def desk() -> Desk:
    found = Desk(kz.office(), journal=memory.Journal(), numbers=memory.Numbers())
    found.open("appeal", by=Applicant(), id="a", at=AT("2026-02-02T10:00+05:00"))
    return found


def refused(desk: Desk, act: Act, by: Official, at: str) -> Refusal:
    found = desk.may("a", act, by=by, at=AT(at))
    assert found is not None
    return found


def accepted(desk: Desk) -> Desk:
    desk.perform("a", Register(), by=CLERK, at=AT("2026-02-02T11:00+05:00"))
    desk.perform("a", Accept(), by=CLERK, at=AT("2026-02-02T12:00+05:00"))
    return desk


def test_the_wrong_stage_tells_what_is_possible_now_and_for_whom(desk: Desk) -> None:
    no = refused(desk, Accept(), CLERK, "2026-02-02T11:00+05:00")
    head, stage, possible, *acts = told(no, kz.law(), "ru").splitlines()
    assert "Принятие к рассмотрению: На нынешней стадии дела это действие не совершается" == head
    assert ("  стадия: поступило", "  теперь возможно:") == (stage, possible)
    assert "    регистрация: регистратор" in acts


def test_the_wrong_role_tells_who_may(desk: Desk) -> None:
    no = refused(desk, Register(), CHIEF, "2026-02-02T11:00+05:00")
    assert isinstance(no, NotCompetent)
    lines = told(no, kz.law(), "kk").splitlines()
    assert "Тіркеу: Бұл әрекетті жасауға басқа тұлғалар құқылы [APPC 64(3); расталған]" == lines[0]
    assert "  жасауға құқылы: тіркеуші" in lines


def test_all_that_is_missing_is_told_at_once(desk: Desk) -> None:
    wrong = Extend(until=date(2027, 1, 11))
    no = refused(accepted(desk), wrong, CHIEF, "2026-02-03T11:00+05:00")
    assert isinstance(no, Incomplete)
    lines = told(no, kz.law()).splitlines()
    at = lines.index("  missing:")
    assert ["    An extension must be reasoned", "    The extension goes beyond its cap"] == lines[
        at + 1 : at + 3
    ]


def test_what_came_too_late_tells_when_the_term_ended() -> None:
    ended = AT("2026-02-24T00:00+05:00")
    no = TooLate("", deadline=ended, code="extension.too-late", act="extend", evidence="secondary")
    assert [
        "Продление срока: Срок рассмотрения истёк [вторичный источник]",
        "  срок истёк: вт 24.02.2026 00:00 +05:00",
    ] == told(no, kz.law(), "ru").splitlines()


def test_an_unknown_outcome_is_told_by_its_code(desk: Desk) -> None:
    no = refused(accepted(desk), Decide("nonsense"), CHIEF, "2026-02-03T11:00+05:00")
    assert told(no, kz.law(), "ru").startswith("Принятие решения: Такой исход не предусмотрен [")


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_counted_has_its_plural_forms(unit: str, language: str) -> None:
    forms = {amount(n, unit, language).split(" ", 1)[1] for n in (1, 2, 5, 11, 21)}
    assert {"kk": 1, "ru": 3, "en": 2}[language] == len(forms)


def test_cases_are_counted_in_russian_as_russian_counts() -> None:
    told = [amount(n, "Cases", "ru") for n in (1, 3, 11, 21, 112)]
    assert ["1 дело", "3 дела", "11 дел", "21 дело", "112 дел"] == told
