"""Refusals and errors as problem details (RFC 9457), for whoever answers over HTTP."""

from collections.abc import Mapping
from typing import Any

from openakimat import errors
from openakimat.law.law import Law
from openakimat.law.words import Words
from openakimat.trail.plain import plain

# The first that fits: what is nearer stands before its family.
STATUS: Mapping[type[errors.AkimatError], int] = {
    errors.NotCompetent: 403, errors.AnotherOffice: 403, errors.UnknownCase: 404,
    errors.Conflict: 409, errors.Incomplete: 422, errors.Refusal: 409, errors.Malformed: 400,
    errors.Undated: 422, errors.BeyondCalendar: 422, errors.JournalError: 503,
    errors.AkimatError: 500,
}  # fmt: skip

_INSIDE = 500
"""From here on it is the host's, whoever asks."""

_MEMBERS = (
    "source", "evidence", "act", "stage", "allowed", "competent", "deadline",
    "expected", "found", "changed",
)  # fmt: skip
"""What an error tells beside its reason: not whom it is about."""


def problem(error: errors.AkimatError, law: Law, /, language: str = "en") -> dict[str, Any]:
    """A refusal or an error as the problem details of RFC 9457; of a person it tells nothing.

    Raises `Malformed` if the language is none of these.

    >>> from openakimat import NotAllowed, kz
    >>> no = NotAllowed("", code="extension.second", source="Charter 7", act="extend")
    >>> told = problem(no, kz.law())
    >>> told["status"], told["title"], told["code"]
    (409, 'The term has been extended already', 'extension.second')
    """
    words = Words(law, language)
    title, detail, wrong = _describe(error, words)
    told = {name: plain(value) for name in _MEMBERS if (value := getattr(error, name, None))}
    return {
        "type": f"urn:openakimat:problem:{error.code}",
        "title": title,
        "status": _status(error),
        "detail": detail,
        "code": error.code,
        **told,
        **({"errors": wrong} if wrong else {}),
    }


def _describe(error: errors.AkimatError, words: Words) -> tuple[str, str, list[dict[str, str]]]:
    if isinstance(error, errors.Refusal):
        lacks = [{"code": of.path, "detail": words.reason(of.path)} for of in error.missing]
        detail = words.refusal(error, about=False)
        return words.reason(error.code, detail.partition("\n")[0]), detail, lacks
    if isinstance(error, errors.Malformed):
        faults = [
            {"path": of.path, "code": of.code, "detail": words.fault(of)} for of in error.faults
        ]
        return words("problem", "malformed"), words.faults(error), faults
    if _status(error) >= _INSIDE:  # where a journal is, and what fails in it, is told to nobody
        return (what := words("problem", "inside")), what, []
    title = words("problem", error.code)
    if isinstance(error, errors.Conflict) and error.changed:
        told = (
            f"  {words.spoken.instant_text(at)}: {words('act', act)}"
            + (f", {words('role', role)}" if role else "")
            for act, at, role in error.changed
        )
        return title, "\n".join((title, *told)), []
    return title, str(error), []


def _status(error: errors.AkimatError) -> int:
    return next(status for kind, status in STATUS.items() if isinstance(error, kind))
