"""How a command ends when its output is read no further: quietly, as a command of a shell does."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

READER_GONE = 128 + 13
"""What a shell tells of a command that a closed pipe has ended: 128 and the number of SIGPIPE."""


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
