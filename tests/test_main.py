"""The command line: what it prints, how it ends."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from openakimat import kz, options
from openakimat.__main__ import main
from openakimat.law.words import Words

ROOT = Path(__file__).parents[1]
REGISTER = str(ROOT / "examples" / "khromtau" / "register.csv")
AT = ("--at", "2020-11-19T18:30+05:00", "--office", "khromtau")


class Ended(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


def run(*words: str) -> Ended:
    out, err = io.StringIO(), io.StringIO()
    argv, sys.argv = sys.argv, ["openakimat", *words]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main()
        code: object = 0
    except SystemExit as ended:
        code = ended.code
    finally:
        sys.argv = argv
    assert isinstance(code, int | None)
    return Ended(code or 0, out.getvalue(), err.getvalue())


def test_the_module_is_the_command() -> None:
    words = [sys.executable, "-m", "openakimat", "draw", "appeal"]
    ended = subprocess.run(words, capture_output=True, encoding="utf-8", check=True)
    assert run("draw", "appeal").stdout == ended.stdout


def small(path: Path, *rows: str) -> str:
    file = path / "r.csv"
    file.write_text("number,received_at,registered_at,answered_at\n" + "\n".join(rows) + "\n")
    return str(file)


IN_TIME = "Ж-1,2026-02-02 10:00,2026-02-02 11:00,2026-02-20 10:00"
OVERDUE = "Ж-2,2026-02-02 10:00,2026-02-02 11:00,"
FAULTY = "Ж-3,never,,"
AT_APRIL = ("--at", "2026-04-01T00:00+05:00")


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((IN_TIME,), 0),
        ((IN_TIME, OVERDUE), 1),
        ((IN_TIME, OVERDUE, FAULTY), 2),
        ((), 2),
    ],
)
def test_check_ends_with_the_code_of_what_it_found(
    rows: tuple[str, ...], code: int, tmp_path: Path
) -> None:
    assert code == run("check", small(tmp_path, *rows), "--at", "2026-04-01T00:00+05:00").returncode


def test_check_lists_every_fault_with_its_line(tmp_path: Path) -> None:
    told = run("check", small(tmp_path, IN_TIME, FAULTY), "--at", "2026-04-01T00:00+05:00").stdout
    assert "Rows in 2 = accepted 1 + not judged 0 + faulty 1" in told
    assert "line 3, received_at: 'never' is no time" in told


@pytest.mark.parametrize(
    "words",
    [
        ("check", "nowhere.csv"),
        ("check", REGISTER, "--office", "Atlantis"),
        ("check", REGISTER, "--at", "2020-11-19T18:30"),
        ("check", REGISTER, "--at", "noon"),
        ("check", REGISTER, "--reading", "cap-2021=whenever"),
        ("check", REGISTER, "--out", "docket.pdf"),
        ("explain",),
        ("explain", "--limit", "no.such", "--from", "2026-03-18T18:40+05:00"),
        ("explain", "--limit", "appeal.consideration", "--from", "1999-03-18T18:40+05:00"),
        ("check", REGISTER, "--out", "nowhere/docket.csv"),
        ("verify", "nowhere.db"),
        ("verify", "sqlite:///nowhere.db"),
        ("explain", "Ж-1", "--journal", "sqlite:///nowhere.db", "--office", "astana"),
        ("verify", "sqlite://"),
        ("verify", "mysql://foo/bar"),
        ("check", REGISTER, "--journal", "mysql://foo/bar"),
        ("check", REGISTER, "--encoding", "utf-16"),
        ("check", REGISTER, "--encoding", "punycode"),
        ("explain", "--limit", "appeal.consideration", "--from", "0001-01-01T00:00+14:00"),
        ("draw", "nothing"),
    ],
)
def test_bad_input_is_told_in_plain_words_with_code_2(words: tuple[str, ...]) -> None:
    ended = run(*words)
    assert ended.returncode == 2
    assert ended.stderr.strip()
    assert "Traceback" not in ended.stderr


TWO = ("--from", "2026-03-18T18:40+05:00")
SET = ("explain", "--limit", "instruction.execution", *TWO)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("check", REGISTER, "--at", "2020-11-19"), "--at: '2020-11-19' is no instant with its"),
        (("explain", "--limit", "visit.serving", "--from", "18.03.2026"), "--from: '18.03.2026'"),
        (("explain", "--limit", "appeal.considration", *TWO), "nearest: appeal.consideration,"),
        (SET, "instruction.execution: the body sets this term; tell it by --term"),
        ((*SET, "--term", "as set"), "the body sets this term"),
        ((*SET, "--term", "5 working days", "--until", "2026-04-01"), "the body sets this term"),
        ((*SET, "--term", "two weeks"), "--term: 'two weeks' is not a number of"),
        ((*SET, "--until", "soon"), "--until: 'soon' is no day"),
        ((*SET, "--until", "2026-03-17"), "--until: 2026-03-17 is before 2026-03-18"),
        (
            ("explain", "--limit", "appeal.consideration", *TWO, "--term", "1 month"),
            "the law sets this term, 15 working days",
        ),
        (("explain", "Ж-1", "--journal", "r.db"), "--office: whose case is it?"),
        (("explain", "Ж-1", "--journal", "r.db", "--term", "1 month"), "give --limit and --from"),
        (("draw", "apeal"), "'apeal' is none of the 18 known; the nearest: appeal"),
        (("draw", "appeal", "--out", "."), "--out: goes with all only"),
        (("draw", "all", "--as", "svg"), "--as: goes with one procedure only"),
        (("draw", "appeal", "--law", "x"), "--law: 'x' is none of l221, appc-2021, appc-2026"),
        (("lint", "--except", "nope"), "'nope' is none of"),
        (("lint", "simplified", "--except", "appeal"), "--except: goes with all procedures"),
    ],
)
def test_what_is_wrong_is_named_with_its_option_and_what_would_be_right(
    words: tuple[str, ...], why: str
) -> None:
    ended = run(*words)
    assert (2, "") == (ended.returncode, ended.stdout)
    assert why in ended.stderr


def test_a_mapping_is_drafted_with_the_command_that_reads_it_and_never_over_another(
    tmp_path: Path,
) -> None:
    file, draft = small(tmp_path, "1,2026-03-02,2026-03-02,2026-03-10"), tmp_path / "map.toml"
    told = run("look", file, "--draft", str(draft))
    assert told.stdout.endswith(f"\nopenakimat check {file} --mapping {draft}\n")
    assert (
        0
        == run("check", file, "--mapping", str(draft), "--at", "2026-03-31T18:30+05:00").returncode
    )
    drafted, again = draft.read_bytes(), run("look", file, "--draft", str(draft))
    assert (2, True) == (again.returncode, "map.toml is there already" in again.stderr)
    assert drafted == draft.read_bytes()


def test_bounds_are_told_in_the_language_asked_for() -> None:
    words = ("bounds", "--limit", "simplified.consideration", "--from", "2024-03-14T12:00+05:00")
    told = {language: run(*words, "--lang", language).stdout for language in ("kk", "ru", "en")}
    assert told["en"].startswith("Consideration, simplified procedure\n")
    assert "  at the latest Tue 2024-04-09: " in told["en"]
    assert told["ru"].startswith("Рассмотрение в упрощённой процедуре\n")
    assert "".join(told.values()) == run(*words).stdout


def test_no_limit_that_the_body_sets_is_given_a_day_it_was_not_told() -> None:
    """Each of the law, in its newest wording, is refused, and told when its term is."""
    limits = kz.law().limits.items()
    as_set = [key for key, of in limits if of.editions[-1].value.term.unit == "AsSet"]
    assert {"instruction.execution", "request.service", "visit.waiting"} <= set(as_set)
    for key in as_set:
        words = ("explain", "--limit", key, "--from", "2026-07-20T10:00+05:00")
        assert (2, "") == run(*words)[:2]
        assert "2026-07-24" in run(*words, "--until", "2026-07-24").stdout


def test_a_term_that_the_body_sets_is_counted_when_told() -> None:
    """By hand: five working days after Wed 18 March 2026, without Nauryz and weekends."""
    told = run(*SET, "--term", "5 working days").stdout
    assert "due by the end of Mon 2026-03-30" in told
    waiting = ("explain", "--limit", "visit.waiting", "--from", "2026-03-18T10:40+05:00")
    assert "10:55" in run(*waiting, "--term", "15 minutes").stdout


@pytest.mark.parametrize(
    "address",
    ["postgresql:u:SECRETPW@h", "sqlite:", "sqlite", "postgres", "sqlite://", "sqlite:///:memory:"],
)
def test_what_is_no_address_of_a_journal_makes_no_file_of_that_name(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = run("check", REGISTER, *AT, "--journal", address)
    assert (2, "") == (ended.returncode, ended.stdout)
    assert ended.stderr.startswith("journal:\n")
    assert "SECRETPW" not in ended.stderr
    assert [] == list(tmp_path.iterdir())


def test_to_read_a_journal_makes_none_of_a_database_of_others(tmp_path: Path) -> None:
    path = tmp_path / "others.db"
    with contextlib.closing(sqlite3.connect(path)) as others:
        others.execute("CREATE TABLE invoice (no)")
    before = path.read_bytes()
    for words in (
        ("verify", str(path)),
        ("explain", "Ж-1", "--journal", str(path), "--office", "astana"),
    ):
        ended = run(*words)
        assert (2, "") == (ended.returncode, ended.stdout)
        assert "no journal, it has no table akimat_record" in ended.stderr
    assert before == path.read_bytes()


def test_a_register_without_rows_says_so(tmp_path: Path) -> None:
    """Nothing was read, so nothing is said to be in order."""
    assert "no rows under its head" in run("check", small(tmp_path)).stderr


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "  line 3, received_at: 'never' is no time"),
        ("ru", "  строка 3, received_at: 'never' — не время"),
        ("kk", "  3-жол, received_at: 'never' уақыт емес"),
    ],
)
def test_a_fault_is_told_in_the_language_of_the_check(
    language: str, told: str, tmp_path: Path
) -> None:
    file = small(tmp_path, IN_TIME, FAULTY)
    assert told in run("check", file, *AT_APRIL, "--lang", language).stdout


@pytest.mark.parametrize(
    ("language", "at"),
    [("en", "Thu 2020-11-19"), ("ru", "чт 19.11.2020"), ("kk", "бс 19.11.2020")],
)
def test_the_heading_of_a_check_tells_days_as_its_rows_do(
    language: str, at: str, some_rows: Path
) -> None:
    head = run("check", str(some_rows), *AT, "--lang", language).stdout.splitlines()[0]
    assert f"{at} 18:30 +05:00" in head


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_each_channel_has_a_line_and_a_word_of_its_own(language: str) -> None:
    """The portal is asked for services and sent appeals: 34 and 50 rows of the example."""
    file = str(ROOT / "examples" / "register" / "mixed.csv")
    options = ("--office", "yesil", "--at", "2026-03-31T18:30+05:00", "--lang", language)
    told = run("check", file, *options).stdout.splitlines()
    labels = kz.law().labels
    words = {key: label.words[language] for (of, key), label in labels.items() if of == "channel"}
    assert len({*words.values()}) == len(words)
    for key, n, late in (("egov", "50", "8.2%"), ("portal", "34", "0.0%")):
        [line] = [one for one in told if one.startswith(f"{words[key]}  ")]
        assert [n, late] == line.split()[-2:]


def test_the_journal_of_a_check_verifies_and_explains_its_cases(
    tmp_path: Path, some_rows: Path
) -> None:
    url = f"sqlite:///{tmp_path}/kept.db"
    checked = run("check", str(some_rows), *AT, "--journal", url)
    assert checked.returncode == 0, checked.stderr
    assert "intact: " in checked.stdout
    verified = run("verify", f"{tmp_path}/kept.db")
    assert (verified.returncode, verified.stdout.startswith("intact: ")) == (0, True)
    told = run(
        "explain", "ЖТ-2020-00000001", "--journal", url, "--office", "khromtau", "--lang", "ru"
    )
    assert "Закон № 221-III, 8(1)" in told.stdout
    again = run("check", str(some_rows), *AT, "--journal", url)
    assert (again.returncode, again.stderr) == (0, "")
    assert "In the journal already, told alike: 152" in again.stdout
    assert run("verify", f"{tmp_path}/kept.db").stdout == verified.stdout


def test_an_altered_journal_is_found(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    run(
        "check",
        small(tmp_path, IN_TIME),
        "--at",
        "2026-04-01T00:00+05:00",
        "--journal",
        f"sqlite:///{path}",
    )
    with sqlite3.connect(path) as base:
        [(table,)] = base.execute(
            "select name from sqlite_master where sql like '%seal%' and type='table'"
        )
        [(body,)] = base.execute(f"select body from {table} where no = 2")
        base.execute(
            f"update {table} set body = ? where no = 2",
            (body.replace(b"11:00", b"10:30"),),
        )
    base.close()
    ended = run("verify", str(path))
    assert ended.returncode == 1
    assert "altered at record 2 of Ж-1" in ended.stdout


def test_the_docket_is_written_in_each_form(tmp_path: Path, some_rows: Path) -> None:
    for form in ("csv", "json", "html", "xlsx"):
        run("check", str(some_rows), *AT, "--out", f"{tmp_path}/docket.{form}")
    rows = list(csv.DictReader((tmp_path / "docket.csv").read_text("utf-8-sig").splitlines()))
    told = json.loads((tmp_path / "docket.json").read_text("utf-8"))["docket"]
    page = (tmp_path / "docket.html").read_text("utf-8")
    assert 152 == len(rows) == len(told) == page.count('<tr><td class="number')
    assert [row["number"] for row in rows] == [row["number"] for row in told]
    assert zipfile.is_zipfile(tmp_path / "docket.xlsx")


@pytest.mark.parametrize("law", ["l221", "appc-2021", "appc-2026"])
@pytest.mark.parametrize("name", ["appeal", "simplified"])
def test_each_procedure_is_drawn_in_each_form(name: str, law: str) -> None:
    drawn = {
        form: run("draw", name, "--as", form, "--law", law).stdout
        for form in ("mermaid", "svg", "md")
    }
    assert drawn["mermaid"].startswith("stateDiagram-v2")
    assert ElementTree.fromstring(drawn["svg"]).tag.endswith("svg")  # noqa: S314 - it is our own drawing
    assert f"{name}.consideration" in drawn["md"]


def test_limits_are_shown_with_their_marks_and_readings() -> None:
    told = run("limits").stdout
    for word in (
        "appeal.consideration",
        "unconfirmed",
        "APPC 76(1)",
        "first-day-2021",
        "counted *",
    ):
        assert word in told


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_deadline_is_explained_in_each_language(language: str) -> None:
    words = (
        "--limit",
        "appeal.consideration",
        "--from",
        "2026-03-18T18:40+05:00",
        "--office",
        "khromtau",
    )
    told = run("explain", *words, "--lang", language).stdout
    assert Words(kz.law(), language).source("APPC 76(1)") in told
    assert language == "en" or "APPC" not in told
    assert ("2026-04-14" if language == "en" else "14.04.2026") in told


@pytest.mark.parametrize("form", [(), ("--unconfirmed",)])
def test_limits_are_told_of_every_procedure_with_no_name_cut_short(form: tuple[str, ...]) -> None:
    told = run("limits", *form).stdout
    assert "…" not in told
    for key in kz.law().limits if form == () else kz.law().procedures:
        assert key in told


def test_what_is_unconfirmed_is_listed_by_one_command() -> None:
    told = run("limits", "--unconfirmed", "--lang", "ru").stdout
    assert "АППК 73(1)" in told
    assert "APPC" not in told
    assert "первый день" in told
    assert "подтверждено" not in told


def test_lint_proves_each_chart_and_ends_with_what_it_found() -> None:
    ended = run("lint", "simplified")
    heads = [line for line in ended.stdout.splitlines() if line.startswith("simplified/")]
    assert ["simplified/l221", "simplified/appc-2021", "simplified/appc-2026"] == [
        head.split()[0] for head in heads
    ]
    unsound = sum(head.endswith("UNSOUND") for head in heads)
    assert f"3 charts, {unsound} unsound: " in ended.stdout
    assert ended.returncode == bool(unsound)


def test_lint_of_a_procedure_there_is_none_of_is_bad_input() -> None:
    ended = run("lint", "marriage")
    assert ended.returncode == 2
    assert "marriage" in ended.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("check", REGISTER, "--at", "2020-11-19T18:30"),
        ("import", REGISTER, "--at", "2020-11-19T18:30"),
        ("explain", "--limit", "appeal.consideration", "--from", "2020-11-19T18:30"),
        ("bounds", "--limit", "appeal.consideration", "--from", "2020-11-19T18:30"),
    ],
)
def test_a_wrong_office_and_an_instant_without_offset_are_told_at_once(
    words: tuple[str, ...],
) -> None:
    ended = run(*words, "--office", "khromtaw")
    assert (2, "") == (ended.returncode, ended.stdout)
    head, office, at = ended.stderr.splitlines()
    assert "office:" == head
    assert "name: 'khromtaw' is none of" in office
    assert f"{words[-2]}: '2020-11-19T18:30' is no instant with its offset" in at
    # Each alone is told as it was.
    assert f"  {words[-2]}: " in run(*words).stderr
    wrong = run(*words[:-2], words[-2], "2020-11-19T18:30+05:00", "--office", "khromtaw").stderr
    assert 2 == len(wrong.splitlines())


@pytest.mark.parametrize(
    ("command", "extra"),
    [
        (["run", "examples/scenarios/pavlodar.toml"], "simulate"),
        (["report", "examples/khromtau/register.csv", "--out", "{}/x.json"], "report"),
        (["verify", "sqlite:///x.db"], "sql"),
    ],
)
def test_an_extra_that_is_not_here_is_named(
    command: list[str],
    extra: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(options, "find_spec", lambda _: None)
    ended = run(*(one.format(tmp_path) for one in command))
    assert 2 == ended.returncode
    assert f"pip install 'openakimat[{extra}]'" in ended.stderr
