"""A jurist's cases: what is read, what is told when they are not met, and whose law is played."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from openakimat import kz
from openakimat.adapters import memory
from openakimat.case.act import VOCABULARY
from openakimat.case.acts import Receive
from openakimat.case.people import Applicant, Official, Representative
from openakimat.desk import Desk
from openakimat.errors import Malformed
from openakimat.law.office import Office
from openakimat.testing.cases import Line, read_case, tables
from openakimat.testing.playing import Unmet, play

HEAD = """
procedure = "appeal"
people = { E = ["executor"], H = "head", C = ["registrar"] }

[[case]]
name = "An appeal is answered within fifteen working days"
source = "APPC 76(1)"
open = { at = 2026-09-16T10:00:00, by = "applicant", channel = "paper" }
acts = [
  { at = "2026-09-16T10:05", by = "C", do = "register" },
  { at = 2026-09-16T10:00:00+04:00, by = "E", do = "accept", expect = { stage = "considered" } },
]
"""

HOLDS = """
[case.expect]
at = 2026-09-18T10:00:00
stage = "considered"
standing = "open"
due = { "appeal.consideration" = 2026-10-07, "appeal.extension-notice" = "none" }
breaches = []
notices = []
warns = []
"""

LATE = HOLDS.replace("10-07", "10-08")

SIX = """
[case.expect]
at = 2026-09-18T10:00:00
due = { "appeal.consideration" = 2026-10-03 }
"""
"""What holds of it in a six-day week."""


def office_of(id: str, **how: object) -> Office:
    return kz.office(id or "khromtau", **how)  # type: ignore[arg-type]  # as a host gives it


def faults_of(text: str) -> list[str]:
    (table,) = tables(text)
    with pytest.raises(Malformed) as wrong:
        read_case(table, office_of, path="case[0]")
    # However many a country has of them.
    return [re.sub(r"the \d+ known", "those known", str(fault)) for fault in wrong.value.faults]


def played(text: str, language: str = "en") -> Desk:
    """The desk at which the one case of a file was played."""
    (table,) = tables(text)
    case = read_case(table, office_of)
    desk = Desk(case.office, journal=memory.Journal(), numbers=memory.Numbers())
    play(case, desk, language=language)
    return desk


def unmet(text: str, language: str = "en") -> list[str]:
    with pytest.raises(Unmet) as wrong:
        played(text, language)
    return str(wrong.value).splitlines()


# -- under pytest -----------------------------------------------------------------------


@pytest.fixture
def law(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project that plays cases of law."""
    pytester.makeconftest('pytest_plugins = ["openakimat.testing.plugin"]')
    return pytester


def write(law: pytest.Pytester, **files: str) -> None:
    for name, text in files.items():
        (law.path / f"{name}.case.toml").write_text(text, "utf-8")


def test_a_case_that_holds_passes_under_its_own_name(law: pytest.Pytester) -> None:
    write(law, terms=HEAD + HOLDS)
    ran = law.runpytest("-v")
    ran.assert_outcomes(passed=1)
    ran.stdout.fnmatch_lines(["terms.case.toml::An appeal is answered within fifteen* PASSED*"])


def test_a_case_that_does_not_hold_fails_with_a_sentence(law: pytest.Pytester) -> None:
    write(law, terms=HEAD + LATE)
    ran = law.runpytest()
    ran.assert_outcomes(failed=1)
    lines = ran.stdout.lines
    start = lines.index("An appeal is answered within fifteen working days [APPC 76(1)]")
    assert lines[start + 1 : start + 12] == [
        "As of Fri 2026-09-18 10:00 +05:00, Consideration of the appeal (appeal.consideration): Thu 2026-10-08 was expected, and it is Wed 2026-10-07.",
        "  Consideration of the appeal: due by the end of Wed 2026-10-07 (24:00 +05:00)",
        "    Term: 15 working days from the day of registration [APPC 76(1); confirmed]",
        "    Counted from: Wed 2026-09-16",
        "    First day: the day after [APPC 76(2); confirmed]",
        "    Days left out: 6",
        "      Sat 2026-09-19 — day off",
        "      Sun 2026-09-20 — day off",
        "      Sat 2026-09-26 — day off",
        "      Sun 2026-09-27 — day off",
        "      Sat 2026-10-03 — day off",
    ]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "kk",
            "*жағдай бойынша, Жолданымды қарау (appeal.consideration): күтілгені – бс 08.10.2026*",
        ),
        (
            "ru",
            "По состоянию на пт 18.09.2026 10:00*ожидалось чт 08.10.2026, на деле ср 07.10.2026.",
        ),
    ],
)
def test_it_fails_in_the_language_asked_for(law: pytest.Pytester, language: str, told: str) -> None:
    write(law, terms=HEAD + LATE)
    ran = law.runpytest("--law-language", language)
    ran.stdout.fnmatch_lines([told.replace("[", "[[]")])


def test_a_malformed_case_tells_its_faults_and_hides_no_other(law: pytest.Pytester) -> None:
    case = HEAD[HEAD.index("[[case]]") :]
    write(law, terms=HEAD + HOLDS + case.replace('"accept"', '"accept", unheard = "x"'))
    ran = law.runpytest()
    ran.assert_outcomes(passed=1, failed=1)
    ran.stdout.fnmatch_lines(["case[[]1].acts[[]1].unheard: there is no such field"])


def test_what_is_no_toml_is_told_by_its_line(law: pytest.Pytester) -> None:
    write(law, broken="[[case]\n", empty="", good=HEAD + HOLDS)
    ran = law.runpytest("--continue-on-collection-errors")
    ran.assert_outcomes(passed=1, errors=2)
    ran.stdout.fnmatch_lines(["*(at line 1, column 7)", "*case: there is none: each begins*"])


def test_a_host_gives_its_offices_for_the_files_beside_its_hook(law: pytest.Pytester) -> None:
    hook = """
        from openakimat import kz
        def pytest_openakimat_office(id, readings, wording):
            return kz.office(id or "astana", calendar=kz.calendar("six-day"), readings=readings)
    """
    (law.mkdir("ours") / "conftest.py").write_text(
        "\n".join(line[8:] for line in hook.splitlines())
    )
    (law.path / "ours" / "six.case.toml").write_text(HEAD + SIX, "utf-8")
    write(law, five=HEAD + HOLDS)
    law.runpytest().assert_outcomes(passed=2)


def test_an_office_in_a_file_is_found_beside_the_file_that_names_it(law: pytest.Pytester) -> None:
    (law.mkdir("ours") / "own.toml").write_text(
        'id = "own"\nnames = { en = "Own" }\ntown = "Taraz"\nweek = "six-day"\n'
        '[[hours]]\nopen = "09:00-18:00"\nsource = "order"\n',
        "utf-8",
    )
    for file, office in (("six", "own.toml"), ("none", "other.toml")):
        text = f'office = "{office}"\n' + HEAD + SIX
        (law.path / "ours" / f"{file}.case.toml").write_text(text, "utf-8")
    ran = law.runpytest()
    ran.assert_outcomes(passed=1, failed=1)
    ran.stdout.fnmatch_lines(["case[[]0].office: No such file or directory"])


# -- what is read -----------------------------------------------------------------------


def test_every_fault_is_told_with_its_path() -> None:
    text = HEAD.replace(
        '"accept", expect = { stage = "considered" }', '"decide", unheard = 4, nope = 1'
    )
    text = text.replace('E = ["executor"]', 'E = ["executr"], A = { iin = "1" }')
    text = text.replace(
        'source = "APPC 76(1)"',
        'source = "x"\nfoo = 1\nbefore = { p = { procedure = "apeal", open = {} } }',
    )
    text = text.replace('"C", do = "register"', '"Q", do = "registr"').replace('"paper"', "3")
    wrong = '[case.expect]\nat = 2026-09-15T10:00:00\nstanding = "lat"\ndue = { "appeal.considration" = "x" }\n'
    assert faults_of(text + wrong) == [
        "case[0].foo: there is no such field",
        "case[0].people.E.roles: 'executr' is none of those known; the nearest: executor",
        "case[0].people.A.iin: not twelve digits",
        "case[0].before.p.procedure: 'apeal' is none of those known; the nearest: appeal",
        "case[0].open.channel: 3 is not text",
        "case[0].acts[0].by: 'Q' is none of A, C, E, H, applicant",
        "case[0].acts[0].do: 'registr' is none of those known; the nearest: register, register-social, return",
        "case[0].acts[1].outcome: required field missing",
        "case[0].acts[1].unheard: 4 is not text",
        "case[0].acts[1].nope: there is no such field; there are outcome, unheard, reason, affects_others",
        "case[0].expect.standing: 'lat' is none of those known; the nearest: late",
    ]


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ('office = "Zhanaqala"', "case[0].office: 'Zhanaqala' is none of Astana city, "),
        ('wording = "l222"', "case[0].wording: 'l222' is none of "),
        ('readings = { cap-2021 = "x" }', "case[0].readings.cap-2021: 'x' is none of "),
        ('readings = { cap = "x" }', "case[0].readings.cap: 'cap' is none of "),
    ],
)
def test_an_office_that_cannot_be_is_told_by_the_field_that_asks_for_it(
    told: str, fault: str
) -> None:
    [found] = faults_of(told + HEAD + HOLDS)
    assert found.startswith(fault)


def test_of_an_act_that_is_like_none_the_acts_of_the_procedure_are_told() -> None:
    [found] = faults_of(HEAD.replace('"accept"', '"quash"') + HOLDS)
    assert found.startswith(
        "case[0].acts[1].do: 'quash' is none of those known; of appeal: accept, "
    )


def test_where_a_term_never_ran_those_that_did_are_told() -> None:
    other = HOLDS.replace('extension-notice" = "none"', 'execution" = 2026-10-07')
    lines = unmet(HEAD + other)
    assert lines[0].endswith(": Wed 2026-10-07 was expected, and it is none.")
    assert "  Consideration of the appeal (appeal.consideration): Wed 2026-10-07" in lines


def test_a_case_expects_something_and_nothing_of_what_is_past() -> None:
    bare = HEAD.replace(', expect = { stage = "considered" }', "")
    assert faults_of(bare) == ["case[0]: expects nothing"]
    past = HOLDS.replace("09-18", "09-16").replace("T10", "T09")
    assert faults_of(bare + past) == [
        "case[0]: expects something as of 2026-09-16 09:00:00+05:00, before what was done"
    ]


def test_people_are_officials_applicants_and_representatives() -> None:
    text = HEAD.replace(
        "people = {",
        'people = { applicant = { name = "Айгерім", iin = "900101300017" }, B = ["applicant"], '
        'R = { roles = ["representative"], mandates = [{ of = "B", roles = ["applicant"], '
        'basis = "power of attorney 7", since = 2026-01-01 }] }, ',
    ).replace('by = "applicant"', 'by = "R", applicant = { id = "B" }')
    (table,) = tables(text)
    opening, registered, _ = read_case(table, office_of).steps
    assert isinstance(opening.by, Representative)
    assert opening.by.mandates[0].of == "B"
    assert opening.act == Receive(channel="paper", applicant=Applicant(id="B"))
    assert registered.by == Official("C", {kz.REGISTRAR})


def test_what_a_line_tells_of_itself_is_no_field_of_an_act() -> None:
    """Else an act could not be told: a new field of an act takes another name."""
    lines = {field.name for field in Line.__attrs_attrs__}
    fields = {(tag, name) for tag, kind in VOCABULARY.items() for name in kind.__annotations__}
    assert [] == [of for of in fields if of[1] in lines]


# -- what is told -----------------------------------------------------------------------


def test_a_refusal_that_was_not_expected_is_told_in_words_with_its_article() -> None:
    text = HEAD.replace('"E", do', '"applicant", do')
    assert unmet(text)[:4] == [
        "As of Wed 2026-09-16 11:00 +05:00, take up, applicant: allowed was expected, and it is refused – Others may perform this act (role.not-competent).",
        "  Take up: Others may perform this act [order of the office; unconfirmed]",
        "    stage: registered",
        "    who may: deputy, executor, head, registrar",
    ]


def test_an_act_that_was_to_be_refused_and_is_not_is_told() -> None:
    text = HEAD.replace('"accept"', '"accept", refused = "act.not-available"')
    assert unmet(text) == [
        "As of Wed 2026-09-16 11:00 +05:00, take up, E: refused – The case does not take this act at its present stage (act.not-available) was expected, and it is allowed."
    ]


def test_all_that_does_not_hold_is_told_at_once() -> None:
    wrong = """
    [case.expect]
    at = 2027-01-20T10:00:00
    stage = "answered"
    standing = "in time"
    breaches = []
    notices = ["terminate"]
    warns = ["appeal.registration"]
    """
    of_this_instant = "По состоянию на ср 20.01.2027 10:00 +05:00, "
    assert [line for line in unmet(HEAD + wrong, "ru") if not line.startswith(" ")] == [
        of_this_instant
        + "стадия: ожидалось решение принято (answered), на деле считается отказом (deemed_refused).",
        of_this_instant + "состояние: ожидалось в срок (in time), на деле просрочено (overdue).",
        of_this_instant + "уведомить: ожидалось прекращение процедуры (terminate), на деле нет.",
        of_this_instant
        + "прогноз: ожидалось Регистрация обращения (appeal.registration), на деле Срок обжалования отказа молчанием (appeal.complaint-window-of-silence).",
    ]


@pytest.mark.parametrize("code", ["extension.no-reason", "extension.beyond-cap"])
def test_an_act_refused_for_several_reasons_is_refused_for_each(code: str) -> None:
    extend = f'{{ at = 2026-09-30T10:00:00, by = "H", do = "extend", until = 2027-12-31, refused = "{code}" }},'
    played(HEAD.replace("\n]\n", f"\n{extend}\n]\n"))


def test_cases_of_a_family_are_played_in_one() -> None:
    text = """
[[case]]
name = "A complaint goes on when the appeal that it grew from is answered"
source = "APPC 91"
procedure = "complaint"
people = { H = ["head"], C = ["registrar"] }
open = { at = 2026-09-18T10:00:00, by = "applicant", against = "act", links = [{ case = "first", how = "about" }] }
acts = [
  { at = 2026-09-18T11:00:00, upon = "first", by = "C", do = "accept", expect = { stage = "considered" } },
]
expect = { at = 2026-09-18T12:00:00, stage = "received" }

[case.before.first]
procedure = "appeal"
open = { at = 2026-09-16T10:00:00, by = "applicant" }
acts = [{ at = 2026-09-16T10:05:00, by = "C", do = "register" }]
"""
    desk = played(text)
    assert desk.case("case").received.links[0].case == "first"


def test_that_there_is_no_law_yet_may_be_expected() -> None:
    text = HEAD.replace("2026-", "2006-").replace('"paper"', '"paper", refused = "undated"')
    played(text[: text.index("acts =")])


# -- the page ---------------------------------------------------------------------------


def test_the_case_of_the_page_holds(law: pytest.Pytester) -> None:
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "cases.md").read_text("utf-8")
    cases = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    write(law, **{f"of_the_page_{n}": text for n, text in enumerate(cases)})
    law.runpytest().assert_outcomes(passed=len(cases))
    assert cases
