"""The act that opened a case, where only a case of one procedure can be asked."""

from __future__ import annotations

from operator import attrgetter
from typing import TypeVar

from openakimat.acts import Receive
from openakimat.case import Case
from openakimat.errors import Fault, Malformed

_Opening = TypeVar("_Opening", bound=Receive)

# Read so, the name of a case is not taken for that of a person in a search of all cases.
_name_of = attrgetter("id")


def opened_with(kind: type[_Opening], case: Case, /) -> _Opening:
    """The act that opened a case, which is to be of a kind.

    Raises:
        Malformed: The case was opened with another.

    >>> from datetime import datetime
    >>> from openakimat import Applicant, kz
    >>> from openakimat.judgement import open_case
    >>> at = datetime.fromisoformat("2026-02-02T10:00+05:00")
    >>> case = open_case("appeal", Receive(), id="A-7", at=at, by=Applicant(), office=kz.office())
    >>> kz.filing_deadline(case, office=kz.office())
    Traceback (most recent call last):
    openakimat.errors.Malformed: case A-7: procedure: 'appeal', opened with 'receive', not with 'file-complaint'
    """
    act = case.received
    if not isinstance(act, kind):
        why = f"{case.procedure!r}, opened with {act.tag!r}, not with {kind.tag!r}"
        raise Malformed(f"case {_name_of(case)}", [Fault("procedure", why)])
    return act
