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
    Desk,
    Incomplete,
    Malformed,
    NotCompetent,
    Official,
    PackError,
    Refusal,
    Register,
    TooLate,
    kz,
)
from openakimat.adapters import memory
from openakimat.calendar.days import DayNote
from openakimat.calendar.terms import WorkingDays
from openakimat.case import people
from openakimat.case.act import VOCABULARY, Act, Tie
from openakimat.case.record import Case
from openakimat.chart.procedure import ProcedureType
from openakimat.chart.steps import step, when
from openakimat.chart.table import Circumstances, guard
from openakimat.dated import Edition, Evidence
from openakimat.errors import FAULTS, Fault, make_fault
from openakimat.judgement.docket import Standing
from openakimat.kz.acts import Accept, Decide, Extend
from openakimat.kz.charts import PROCEDURES
from openakimat.kz.data import merge, pack, read
from openakimat.kz.identity import Applicant
from openakimat.kz.law import KINDS, read_law
from openakimat.kz.roles import EXECUTOR, HEAD, REGISTRAR
from openakimat.law.fingerprint import RULES
from openakimat.law.law import Label
from openakimat.law.words import Words, missing, refusal_text
from openakimat.limits.deadline import due
from openakimat.limits.explain import explain
from openakimat.limits.language import ENGLISH
from openakimat.limits.limit import Rule, TimeLimit
from openakimat.report.columns import SHEETS
from openakimat.report.export import to_html
from openakimat.report.pages import pages
from openakimat.trail import codec

SPOKEN = kz.law().languages
LANGUAGES = tuple(SPOKEN)
UNITS = tuple(ENGLISH.units)

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
            if getattr(node.func, "id", "").startswith("guard"):
                codes += node.args[:1]
            yield from (c.value for c in codes if isinstance(c, ast.Constant))  # type: ignore[misc]


def test_every_column_of_what_is_written_has_words() -> None:
    known = kz.law().labels
    names = {
        ("column", one.name) for columns in SHEETS.values() for one in columns if not one.stored
    }
    assert set() == names - known.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_a_refusal_may_bear_has_words(language: str) -> None:
    files = [
        SOURCE / "judgement/judge.py",
        SOURCE / "judgement/refusals.py",
        *(SOURCE / "desk").rglob("*.py"),
        *(SOURCE / "kz").rglob("*.py"),
    ]
    found = {code for file in files for code in _codes(file)}
    assert {"act.not-available", "link.missing", "extension.beyond-cap"} <= found
    families = {"duties.accept", "office.accept", "accept.twice"}
    words = Words(kz.law(), language)
    plain = Words(attrs.evolve(kz.law(), labels={}), language)
    assert [] == [c for c in sorted(found | families) if words.reason(c) == plain.reason(c)]


def test_what_no_chart_names_is_told_too() -> None:
    """The vocabulary of acts, every role, standing, tie and kind."""
    ours = {tag for tag, act in VOCABULARY.items() if act.__module__.startswith("openakimat.")}
    ids = {"NAMELESS", "ANONYMOUS", "WHOEVER"}
    roles = [value for name, value in vars(people).items() if name.isupper() and name not in ids]
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


_LOWER = ("procedure", "stage", "act", "role", "ground", "channel", "sector", "tie", "standing")
_SENTENCES = ("refusal", "heading", "checklist")
_PROPER = (
    "Anti-Corruption",
    "Chamber of Entrepreneurs",
    "Агентство по противодействию коррупции",
    "Государственная корпорация",
    "Пограничная служба",
    "Служба по противодействию коррупции",
    "«Азаматтарға арналған үкімет»",
    "«Е-Өтініш»",
    "«Электрондық жолданымдар»",
    "Мемлекеттік корпорация",
    "Сыбайлас жемқорлыққа қарсы іс-қимыл агенттігі",
    "Ұлттық қауіпсіздік комитеті",
    "Шекара қызметі",
)
"""What words may begin with in upper case: names."""


def test_words_begin_in_lower_case_and_sentences_in_upper() -> None:
    for (kind, key), label in kz.law().labels.items():
        for language, text in label.words.items():
            first = text.lstrip("«“")[0]
            if kind in _LOWER:
                assert not first.isupper() or text.startswith(_PROPER), (kind, key, language)
            elif kind in _SENTENCES and not text.lstrip("«“").startswith("{"):
                assert not first.islower(), (kind, key, language)


def test_limits_are_called_as_a_line_begins() -> None:
    for dated in kz.law().limits.values():
        names = [name for edition in dated for name in edition.value.names.values()]
        assert [] == [name for name in names if name[0].islower()]


def test_a_heading_is_capitalised() -> None:
    assert "consideration of an application" == Words(kz.law())("procedure", "appeal")
    assert "Consideration of an application" == Words(kz.law()).heading("procedure", "appeal")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_standing_is_told_as_the_other_with_a_word_more(language: str) -> None:
    told = {one: Words(kz.law(), language)("standing", one.value) for one in Standing}
    assert len(told) == len(set(told.values()))
    assert not told[Standing.OPEN].startswith(told[Standing.OVERDUE])


def test_a_label_told_twice_in_other_words_is_an_error() -> None:
    other = {"label": {"stage": {"received": {"kk": "x", "ru": "x", "en": "x"}}}}
    with pytest.raises(PackError, match="label.stage.received"):
        merge(pack(), other)


# -- sources ----------------------------------------------------------------------------


def _cited() -> set[str]:
    """Whatever the law, its calendar and its charts cite."""
    law = kz.law()
    limits = [edition for dated in law.limits.values() for edition in dated]
    timelines = (law.wordings, *law.others.values())
    tables = [one.value for dated in law.procedures.values() for one in dated]
    rows = [row for table in tables for way in table.rows.values() for row in way]
    guards = [guard for row in rows for guard in row.guards]
    found = {
        *(edition.source for edition in limits),
        *(getattr(edition.value, rule).source for edition in limits for rule in RULES),
        *(edition.source for timeline in timelines for edition in timeline),
        *(choice.source for one in law.readings.values() for choice in one.choices.values()),
        *(table.opening.source for table in tables),
        *(source for table in tables for source in table.forbids.values()),
        *(row.source for row in rows),
        *(guard.source for guard in guards),
        *(source for guard in guards for source in guard.values.values()),
        *(label.source for label in law.labels.values()),
    }
    days = read("workdays.toml")
    found |= {days["sources"].get(day["source"], day["source"]) for day in days["days"]}
    return found - {""}


_AS_IT_STANDS = re.compile(
    r"\d+-[IVX]+"  # the number of a law
    r"|[A-Z]\d[\dA-Z]+_?"  # the code of an act in the state register
    r"|[\w-]+(\.[\w-]+)*\.(az|com|kz|media|net|news|online)(/\w+)?( node| news)?"  # a site
    r"|holidays|vacanza|Date::Holidays::KZ|xmlcalendar kz"  # a package
    r"|AIX|egov|qppstudio|tengrinews"  # who publishes a calendar
)
"""What is written in Latin letters in any language."""


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_source_of_the_law_is_told_in_its_language(language: str) -> None:
    words, found = Words(kz.law(), language), _cited()
    assert {"APPC 76(1)", "by-law of the service", "Law 221, 8(2)"} <= found
    told = {source: _AS_IT_STANDS.sub("", words.source(source)) for source in found}
    assert {} == {source: text for source, text in told.items() if re.search("[A-Za-z]", text)}


def test_a_source_is_stored_and_told_in_english_as_it_stands() -> None:
    words = Words(kz.law())
    assert [] == [source for source in _cited() if words.source(source) != source]


def test_no_words_are_of_a_source_that_nothing_cites() -> None:
    phrases = {key for kind, key in kz.law().labels if kind == "source"}
    longest_first = sorted(phrases, key=len, reverse=True)
    found = re.compile("|".join(map(re.escape, longest_first)))
    assert set() == phrases - {told for source in _cited() for told in found.findall(source)}


@pytest.mark.parametrize(
    ("source", "language", "said"),
    [
        ("APPC 76(3)", "ru", "АППК 76(3)"),
        ("APPC 76(3)", "kk", "ӘРПК 76(3)"),
        ("PSL 25(1), APPC 100(5)", "ru", "Закон № 88-V, 25(1), АППК 100(5)"),
        ("Law 221, 11: no term seen", "ru", "Закон № 221-III, 11: срок не найден"),
        ("APPC 87(2) with 76(3)", "ru", "АППК 87(2) вместе с 76(3)"),
        ("order of the town, 4", "ru", "order of the town, 4"),
        ("", "ru", ""),
    ],
)
def test_a_source_is_told_by_the_acts_and_phrases_it_is_made_of(
    source: str, language: str, said: str
) -> None:
    assert said == Words(kz.law(), language).source(source)


def test_a_host_has_words_of_its_own_sources() -> None:
    ours = {("source", "order of the town"): Label({"ru": "распоряжение города"})}
    law = attrs.evolve(kz.law(), labels={**kz.law().labels, **ours})
    assert "распоряжение города, 4" == Words(law, "ru").source("order of the town, 4")
    assert "order of the town, 4" == Words(law, "kk").source("order of the town, 4")


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_deadline_is_explained_with_a_word_of_another_language(language: str) -> None:
    calendar, at = kz.calendar(), AT("2026-03-18T18:40+05:00")
    for edition in (edition for dated in kz.law().limits.values() for edition in dated):
        told = explain(due(edition, at, calendar), language)
        assert not re.search("[A-Za-z]", _AS_IT_STANDS.sub("", told)), told


_CODE = re.compile(
    r"---\n.*?---\n|```.*?```|`[^`]*`|\]\([^)]*\)|\"Mermaid\"|\?{3} note|English", re.DOTALL
)
"""What a page has of stored names, addresses and marks of its form."""


@pytest.fixture(scope="module")
def drawn() -> dict[str, str]:
    return pages(kz.law())


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_page_is_told_with_a_word_of_another_language(
    language: str, drawn: dict[str, str]
) -> None:
    found = {name: text for name, text in drawn.items() if name.endswith(f".{language}.md")}
    assert len(found) > len(PROCEDURES)
    for name, text in found.items():
        told = _AS_IT_STANDS.sub("", _CODE.sub("", text))
        assert [] == re.findall("[A-Za-z]+", told), name


def test_titles_and_heads_of_tables_are_capitalised(drawn: dict[str, str]) -> None:
    for name, text in drawn.items():
        heads = re.findall(r"^#+ (.)|^\| (.)(?=.*\n\|---)|<title>([^<])", text, re.MULTILINE)
        titles = {a + b + c for a, b, c in heads[:1] if name.endswith(".svg")} or {
            a + b for a, b, _ in heads if a + b
        }
        assert titles
        assert not any(letter.islower() for letter in titles), name


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_docket_is_told_with_a_word_of_another_language(language: str, desk: Desk) -> None:
    accepted(desk)
    page = to_html(desk.docket(at=AT("2026-03-18T10:00+05:00")), Words(kz.law(), language))
    body = page.partition("<h1>")[2].partition("<script>")[0]
    body = re.sub("<[^>]*>", " ", body)
    assert not re.search("[A-Za-z]", body.replace(" a ", ""))


def test_what_has_no_source_is_told_with_its_mark_alone() -> None:
    own = TimeLimit("own", WorkingDays(3), Rule("receipt"), roll=Rule("next-working-day"))
    edition = Edition(own, "own", date(2020, 1, 1), "", Evidence.UNCONFIRMED)
    lines = explain(due(edition, AT("2026-03-16T10:00+05:00"), kz.calendar())).splitlines()
    assert "  Term: 3 working days from the day of receipt [unconfirmed]" == lines[1]
    assert "  First day: the day after [unconfirmed]" in lines


def test_how_sure_a_day_off_is_stands_in_the_language_asked() -> None:
    note = DayNote(date(2026, 3, 17), "day-off", {}, "order of the town", confidence="medium")
    bare = DayNote(date(2026, 3, 18), "day-off", {}, "")
    edition = kz.law().limits["appeal.redirection"].editions[-1]
    calendar = kz.calendar(notes=[note, bare])
    told = explain(due(edition, AT("2026-03-16T10:00+05:00"), calendar), "ru")
    assert "выходной день [order of the town; надёжность: средняя]" in told
    assert "ср 18.03.2026 — выходной день\n" in told


# -- what lacks words -------------------------------------------------------------------


def _fault_codes(file: Path) -> Iterator[str]:
    """The code of each fault that a module makes; empty where it gives none."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Fault", "make_fault"}:
            at = 2 if getattr(node.func, "id", "") == "Fault" else 1
            codes = [*node.args[at : at + 1], *(w.value for w in node.keywords if w.arg == "code")]
            told = codes[0] if codes else None
            # A field of a person is told under its own name.
            yield str(told.value) if isinstance(told, ast.Constant) else "iin" if told else ""


def test_whatever_may_be_wrong_with_an_act_has_a_code_and_words() -> None:
    programs = {"record.py", "forgotten.py"}
    files = [file for file in (SOURCE / "case").rglob("*.py") if file.name not in programs]
    files += [
        *(SOURCE / "kz").rglob("acts.py"),
        SOURCE / "kz/identity.py",
        *(SOURCE / "desk").rglob("*.py"),
    ]
    files += [SOURCE / "calendar/times.py", SOURCE / "judgement/judge.py"]
    found = {code: file for file in files for code in _fault_codes(file)}
    assert {"needed", "no-text", "too-long", "months", "negative"} <= found.keys() | FAULTS.keys()
    told = {key for kind, key in kz.law().labels if kind == "fault"}
    assert {} == {code: file for code, file in found.items() if code not in told}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "kk",
            [
                "act.nickname: мұндай өріс жоқ",
                "қай күнге дейін (act.until): міндетті өріс толтырылмаған",
                "орындаушылар (act.executors[1]): 5 — мәтін емес",
            ],
        ),
        (
            "ru",
            [
                "act.nickname: такого поля нет",
                "до какого дня (act.until): обязательное поле не заполнено",
                "исполнители (act.executors[1]): 5 — не текст",
            ],
        ),
        (
            "en",
            [
                "act.nickname: there is no such field",
                "until which day (act.until): required field missing",
                "executors (act.executors[1]): 5 is not text",
            ],
        ),
    ],
)
def test_what_is_wrong_with_an_input_is_told_in_the_language_asked_with_its_path(
    language: str, said: list[str]
) -> None:
    wrong = Malformed(
        "act",
        [
            make_fault("act.nickname", "no-field"),
            make_fault("act.until", "needed"),
            make_fault("act.executors[1]", "no-text", "5"),
        ],
    )
    assert said == Words(kz.law(), language).faults(wrong).splitlines()


def test_a_stored_act_that_lacks_a_field_is_told_with_the_word_of_the_field() -> None:
    with pytest.raises(Malformed) as told:
        codec.read({"is": "extend", "v": 1, "reason": 5}, Act)
    assert [
        "до какого дня (until): обязательное поле не заполнено",
        "причина (reason): 5 — не текст",
    ] == sorted(Words(kz.law(), "ru").faults(told.value).splitlines())


def test_a_citizen_has_words_of_their_own_for_each_stage() -> None:
    words = Words(kz.law(), "ru")
    assert "ждём от вас исправлений" == words.public_stage("awaiting_correction")
    ours = {("stage", "on_the_moon"): Label({"ru": "на Луне"})}
    bare = Words(attrs.evolve(kz.law(), labels=ours), "ru")
    assert "на Луне" == bare.public_stage("on_the_moon")


def test_a_word_seen_in_the_code_says_where() -> None:
    """The official terms: what differed from the Code is what the Code says, with the article."""
    labels, words = kz.law().labels, Words(kz.law(), "kk")
    said = {
        ("act", "redirect"): "әрі қарай жолдау",
        ("act", "correct"): "сәйкес келтіру",
        ("role", "applicant"): "арыз иесі",
        ("act", "deliver"): "қатысушының назарына жеткізу",
        ("ground", "satisfy-complaint.cancelled"): "актінің күші жойылды",
        ("stage", "dismissed"): "қанағаттандырусыз қалдырылды",
    }
    assert said == {pair: words(*pair) for pair in said}
    assert all(labels[pair].source.startswith("APPC ") for pair in said)
    assert {"kk"} == labels["role", "chief-of-staff"].unsure  # the Kazakh text of 2026 was not seen


@attrs.frozen
class Wave(Act):
    """Somebody waves."""

    tag: ClassVar[str] = "test.wave"


class Waving(kz.appeal.Appeal2026):
    """A chart with an act that nobody has named."""

    wave = step(Wave, kz.appeal.Appeal2026.considered.to.itself(), by=EXECUTOR, source="APPC 77")


def test_what_has_no_words_is_named_with_its_language() -> None:
    law = read_law(pack(), (*PROCEDURES[1:], (Waving,)))
    assert missing(law) == [
        f"act.test.wave has no words in {language} (appeal)" for language in LANGUAGES
    ]
    half = Label({"ru": "помахать", "en": "wave"})
    law = attrs.evolve(law, labels={**law.labels, ("act", "test.wave"): half})
    assert ["act.test.wave has no words in kk (appeal)"] == missing(law)
    assert ("помахать", "test.wave") == tuple(
        Words(law, language)("act", "test.wave") for language in ("ru", "kk")
    )


def never(case: Case, act: Wave, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
    return False


def whose(case: Case, act: Wave, circumstances: Circumstances) -> str:  # noqa: ARG001 - as guards are
    return "A-1"


TOO_LOUD = guard("test.too-loud", why="readings are between 1 and 140 dB")(never)
NO_HAND = guard("test.no-hand", why="it is waved with a hand", names=whose)(never)


class Loud(kz.appeal.Appeal2026):
    """A chart with a guard that nobody has named."""

    wave = step(
        Wave,
        when(kz.appeal.Appeal2026.considered.to.itself(), TOO_LOUD),
        by=EXECUTOR,
        source="order 4",
    )


class Handless(kz.appeal.Appeal2026):
    """A chart with a guard that nobody has named, and that names a case."""

    wave = step(
        Wave,
        when(kz.appeal.Appeal2026.considered.to.itself(), NO_HAND),
        by=EXECUTOR,
        source="order 4",
    )


@pytest.mark.parametrize(
    ("chart", "said"),
    [
        (Loud, "Test.wave: Readings are between 1 and 140 dB [order 4; {mark}]"),
        (Handless, "Test.wave: It is waved with a hand: A-1 [order 4; {mark}]"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_without_words_is_told_by_its_own_sentence(
    language: str, chart: ProcedureType, said: str
) -> None:
    law = read_law(pack(), (*PROCEDURES[1:], (chart,)))
    desk = Desk(kz.office(pack=law), journal=memory.Journal(), numbers=memory.Numbers())
    desk.open("appeal", by=Applicant(), id="a", at=AT("2026-02-02T10:00+05:00"))
    no = refused(accepted(desk), Wave(), CLERK, "2026-02-03T10:00+05:00")
    mark = Words(law, language).mark(Evidence.UNCONFIRMED)
    assert said.format(mark=mark) == refusal_text(no, law, language).splitlines()[0]


def test_all_that_is_missing_is_told_by_its_own_sentences() -> None:
    missing = [Fault("test.a", "no a"), Fault("test.b", "no b: B")]
    no = Incomplete("no a; no b: B", missing=missing, code="test.a", act="decide", about="B")
    assert [
        "Принятие решения: No a: B",
        "  не хватает:",
        "    No a",
        "    No b: B",
    ] == refusal_text(no, kz.law(), "ru").splitlines()


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
    head, stage, possible, *acts = refusal_text(no, kz.law(), "ru").splitlines()
    assert "Принятие к рассмотрению: На нынешней стадии дела это действие не совершается" == head
    assert ("  стадия: поступило", "  теперь возможно:") == (stage, possible)
    assert "    регистрация: регистратор" in acts


def test_the_wrong_role_tells_who_may(desk: Desk) -> None:
    no = refused(desk, Register(), CHIEF, "2026-02-02T11:00+05:00")
    assert isinstance(no, NotCompetent)
    lines = refusal_text(no, kz.law(), "kk").splitlines()
    assert "Тіркеу: Бұл әрекетті жасауға басқа тұлғалар құқылы [ӘРПК 64(3); расталған]" == lines[0]
    assert "  жасауға құқылы: тіркеуші" in lines


def test_all_that_is_missing_is_told_at_once(desk: Desk) -> None:
    wrong = Extend(until=date(2027, 1, 11))
    no = refused(accepted(desk), wrong, CHIEF, "2026-02-03T11:00+05:00")
    assert isinstance(no, Incomplete)
    lines = refusal_text(no, kz.law()).splitlines()
    at = lines.index("  missing:")
    assert ["    An extension must be reasoned", "    The extension goes beyond its cap"] == lines[
        at + 1 : at + 3
    ]


def test_what_came_too_late_tells_when_the_term_ended() -> None:
    ended = AT("2026-02-24T00:00+05:00")
    no = TooLate("", deadline=ended, code="extension.too-late", act="extend", evidence="secondary")
    assert [
        "Продление срока: Срок истёк [вторичный источник]",
        "  срок истёк: вт 24.02.2026 00:00 +05:00",
    ] == refusal_text(no, kz.law(), "ru").splitlines()


def test_an_unknown_outcome_is_told_with_what_was_given(desk: Desk) -> None:
    no = refused(accepted(desk), Decide("nonsense"), CHIEF, "2026-02-03T11:00+05:00")
    said = "Принятие решения: Такой исход не предусмотрен: 'nonsense' ["
    assert refusal_text(no, kz.law(), "ru").startswith(said)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_counted_has_its_plural_forms(unit: str, language: str) -> None:
    forms = {SPOKEN[language].amount(n, unit).split(" ", 1)[1] for n in (1, 2, 5, 11, 21)}
    assert {"kk": 1, "ru": 3, "en": 2}[language] == len(forms)


def test_cases_are_counted_in_russian_as_russian_counts() -> None:
    told = [SPOKEN["ru"].amount(n, "Cases") for n in (1, 3, 11, 21, 112)]
    assert ["1 дело", "3 дела", "11 дел", "21 дело", "112 дел"] == told
