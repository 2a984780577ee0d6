"""Commands and examples end quietly when nobody reads them, and say so when nothing can be written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from openakimat.__main__ import NOT_WRITTEN, UNFORESEEN, main
from openakimat.report import console
from openakimat.report.output import READER_GONE, ending_with_reader

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
MIXED = (str(EXAMPLES / "register" / "mixed.csv"), "--office", "yesil")
COMMANDS = {
    "limits": ("limits",),
    "unconfirmed": ("limits", "--unconfirmed"),
    "mermaid": ("draw", "appeal"),
    "svg": ("draw", "appeal", "--as", "svg"),
    "check": ("check", *MIXED, "--at", "2026-03-31T18:30+05:00"),
    "explain": (
        "explain",
        "--limit",
        "appeal.consideration",
        "--from",
        "2026-03-18T18:40+05:00",
    ),
    "lint": ("lint", "retaliation"),
    "help": ("--help",),
}
EACH = [
    pytest.param(name, marks=() if name == "check" else pytest.mark.thorough) for name in COMMANDS
]
"""Each is a process of its own: one is tried in the quick lane."""

LOG = """\
case:concept:name,case:channel,case:department,case:startdate,case:enddate,concept:name,time:timestamp
case-1,Internet,General,2011-10-11 11:45:40+02:00,2011-10-24 11:45:40+02:00,Confirmation of receipt,\
2011-10-11 11:45:40+02:00
"""
# Output is held back as it is outside of a test, so that the last of it is written at the very end.
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}

full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")


def unread(*words: str) -> tuple[int, str]:
    """How it ends, and what it says of it, when its reader is gone before the first line."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        return ended(*words, stdout=writer)
    finally:
        os.close(writer)


def ended(*words: str, stdout: int | IO[str]) -> tuple[int, str]:
    run = [sys.executable, *words]
    done = subprocess.run(
        run, stdout=stdout, stderr=subprocess.PIPE, env=ENVIRONMENT, check=False, encoding="utf-8"
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("name", EACH)
def test_a_closed_pipe_ends_a_command_without_a_word(name: str) -> None:
    assert (READER_GONE, "") == unread("-m", "openakimat", *COMMANDS[name])


@pytest.mark.parametrize("name", ["day.py", "city/city.py", "receipt/wordings.py"])
@pytest.mark.thorough
def test_a_closed_pipe_ends_an_example_without_a_word(name: str, tmp_path: Path) -> None:
    log = tmp_path / "receipt.csv"
    log.write_text(LOG)
    words = [str(log)] if name == "receipt/wordings.py" else []
    assert (READER_GONE, "") == unread(str(EXAMPLES / name), *words)


def test_a_reader_that_takes_one_line_gets_it() -> None:
    """Of more than a pipe holds, so that the reader goes away amid the writing."""
    run = [sys.executable, "-m", "openakimat", "draw", "complaint", "--as", "svg", "--lang", "kk"]
    pipe = subprocess.PIPE
    with subprocess.Popen(run, stdout=pipe, stderr=pipe, env=ENVIRONMENT) as command:
        assert command.stdout
        assert command.stderr
        assert command.stdout.read(4) == b"<svg"
        command.stdout.close()
        assert command.stderr.read() == b""
    assert command.returncode in {0, READER_GONE}


@full
@pytest.mark.parametrize("name", EACH)
def test_what_cannot_be_written_is_one_line_and_a_code_of_its_own(name: str) -> None:
    told = "openakimat: [Errno 28] No space left on device\n"
    with Path("/dev/full").open("w") as device:
        assert (NOT_WRITTEN, told) == ended("-m", "openakimat", *COMMANDS[name], stdout=device)


def test_what_nobody_foresaw_is_one_line_and_never_the_code_of_something_overdue(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(console, "limits", broken)
    monkeypatch.setattr(sys, "argv", ["openakimat", "limits"])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert UNFORESEEN == stopped.value.code
    [told] = capsys.readouterr().err.splitlines()
    assert told.startswith("openakimat: unforeseen ZeroDivisionError at test_output.py:")


@pytest.mark.parametrize("code", [0, 1, 2])
def test_an_ending_that_has_nothing_to_do_with_the_reader_is_kept(code: int) -> None:
    with pytest.raises(SystemExit) as stopped, ending_with_reader():
        sys.exit(code)
    assert code == stopped.value.code
