"""How a command speaks where letters are lacking, and ends when its output is read no further."""

import codecs
import io
import os
import sys
import traceback
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

READER_GONE = 128 + 13
"""What a shell tells of a command that a closed pipe has ended: 128 and the number of SIGPIPE."""


_NEAREST = str.maketrans(
    {"«": '"', "»": '"', "–": "-", "—": "-", "→": ">", "←": "<", "≥": ">", "№": "No", "×": "x"}
) | str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноууhiАГКНОУУHI")
"""What is written for a sign that an encoding lacks: the nearest that one can read it by."""


def spell(text: str, encoding: str, /) -> str:
    """A text with the nearest signs that an encoding has; a question mark for the rest.

    >>> spell("Әкімдік «Қала» – 5 ☂", "cp1251"), spell("Әкімдік «Қала» – 5", "cp866")
    ('Акімдік «Кала» – 5 ?', 'Акiмдiк "Кала" - 5')
    """
    told = ""
    for sign in text:
        nearest = unicodedata.normalize("NFKD", sign.translate(_NEAREST))
        told += next((one for one in (sign, nearest) if _has(encoding, one)), "?")
    return told


def _has(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def speak_any_encoding() -> None:
    """Let screens and pipes that lack a letter have the nearest, and no traceback.

    A console in Russian is of cp866, a pipe of Windows of cp1251: neither has the Kazakh letters.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # The error does not name the encoding: of a code page it says "charmap".
            way = f"openakimat-{stream.encoding}"
            codecs.register_error(way, partial(_spell_rest, encoding=stream.encoding))
            stream.reconfigure(errors=way)


def _spell_rest(wrong: UnicodeError, *, encoding: str) -> tuple[str, int]:
    if not isinstance(wrong, UnicodeEncodeError):
        raise wrong
    return spell(wrong.object[wrong.start : wrong.end], encoding), wrong.end


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
    Raises `SystemExit` if the reader went away; with `READER_GONE`.

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
