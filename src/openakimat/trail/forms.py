"""The forms that stand beside the records: whether each bears its name and can be read."""

import hashlib
from collections.abc import Callable, Iterable, Iterator

from openakimat.chart.form import read_form
from openakimat.errors import AkimatError
from openakimat.law.form import is_law, read_law
from openakimat.trail.seal import Verdict


def verify_forms(names: Iterable[str], form: Callable[[str], bytes | None], /) -> Iterator[Verdict]:
    """What is wrong with the forms of a journal.

    >>> [f"{verdict}" for verdict in verify_forms(["a/b@00"], lambda name: b"{}")]
    ['altered at form a/b@00: it does not bear its name']
    """
    for name in names:
        if (fault := _fault_of(name, form(name))) is not None:
            yield Verdict(fault[0], f"form {name}", 0, fault[1])


def _fault_of(name: str, form: object) -> tuple[str, str] | None:
    """What kind of fault a form has, and which; whatever a store gives back, it is no error."""
    # Of every kind the name ends with the digest: one that is not known can be told so, too.
    digest = hashlib.sha256(form).hexdigest() if isinstance(form, bytes) else ""
    if not isinstance(form, bytes) or not name.endswith(f"@{digest}"):
        return "altered", "it does not bear its name"
    try:
        if is_law(name):
            read_law(form, name=name)
        elif form.startswith(b'{"chart":'):
            read_form(form, under=name)
        else:
            return "unread", "it is of no kind known"
    except (AkimatError, RecursionError) as wrong:
        return "unread", str(wrong)
    return None
