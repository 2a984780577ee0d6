"""How a command speaks where letters are lacking, and ends when its output is read no further."""

from __future__ import annotations

import codecs
import io
import os
import sys
import traceback
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

READER_GONE = 128 + 13
"""What a shell tells of a command that a closed pipe has ended: 128 and the number of SIGPIPE."""


_NEAREST = str.maketrans(
    {"«": '"', "»": '"', "–": "-", "—": "-", "→": ">", "←": "<", "≥": ">", "№": "No", "×": "x"}
) | str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноууhiАГКНОУУHI")
"""What is written for a sign that an encoding lacks: the nearest that one can read it by."""


def _spell(wrong: UnicodeError) -> tuple[str, int]:
    """What the encoding lacks, in the nearest signs that it has; a question mark for the rest."""
    if not isinstance(wrong, UnicodeEncodeError):
        raise wrong
    text = ""
    for sign in wrong.object[wrong.start : wrong.end]:
        plain = unicodedata.normalize("NFKD", sign.translate(_NEAREST))
        try:
            plain.encode(wrong.encoding)
        except UnicodeEncodeError:
            plain = "?"
        text += plain
    return text, wrong.end


def speak_any_encoding() -> None:
    """Let screens and pipes that lack a letter have the nearest, and no traceback.

    A console in Russian is of cp866, a pipe of Windows of cp1251: neither has the Kazakh letters.

    >>> codecs.register_error("openakimat", _spell)
    >>> "Әкімдік «Қала» – 5".encode("cp1251", "openakimat").decode("cp1251")
    'Акiмдiк «Кала» – 5'
    """
    codecs.register_error("openakimat", _spell)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="openakimat")


def describe_unforeseen(wrong: Exception, /) -> str:
    """What nobody foresaw, on one line: its class and where it was."""
    *_, (frame, line) = traceback.walk_tb(wrong.__traceback__)
    where = f"{Path(frame.f_code.co_filename).name}:{line}"
    return f"unforeseen {type(wrong).__name__} at {where}; the check is not done. Please report it."


@contextmanager
def ending_with_reader() -> Iterator[None]:
    """End without a word when the reader of the output goes away, as ``head`` does.

    The signal itself is left as Python has it: it would end a process without its clean-up,
    and the workers of `lint` would be left behind.

    Raises:
        SystemExit: The reader went away; with `READER_GONE`.

    >>> with ending_with_reader():
    ...     print("a line")
    a line
    """
    try:
        try:
            yield
        finally:
            # What is still buffered would be written when nobody can be told any more.
            sys.stdout.flush()
    except (BrokenPipeError, SystemExit) as ended:
        # rich and click exit with 1 while they handle a closed pipe; 1 is another answer of ours.
        if not any(isinstance(one, BrokenPipeError) for one in (ended, ended.__context__)):
            raise
        discard_output()
        sys.exit(READER_GONE)


def discard_output() -> None:
    """Let what is still to be printed go nowhere, so that nothing fails again at the very end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
