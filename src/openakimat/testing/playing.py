"""A jurist's case, played at a desk; what is not met is told in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from openakimat.case.act import Act
from openakimat.case.acts import Receive
from openakimat.desk import Desk
from openakimat.errors import AkimatError, Refusal
from openakimat.judgement import docket
from openakimat.law.words import Words
from openakimat.limits.deadline import Deadline
from openakimat.testing.cases import Expected, LawCase, Step

NONE = "none"
"""Of a term: that it never started."""


class Unmet(AssertionError):
    """What came is not what was expected."""


def play(case: LawCase, desk: Desk, /, *, language: str = "en") -> None:
    """Play a case at a desk of its office, on a journal that has none of its cases yet.

    Args:
        case: The case.
        desk: The desk.
        language: In which what is not met is told; the first of its law, if it has no such.

    Raises:
        Unmet: An act is not allowed, or refused, as was expected; or something else is not as
            expected, told all at once.
    """
    law = desk.office.law
    words = Words(law, language if language in law.tongues else next(iter(law.tongues)))
    for step in case.steps:
        if step.act is not None:
            _put(step, step.act, desk, words)
        if step.expected is not None:
            at = step.expected.at or step.at
            if unmet := list(_unmet(step.expected, step.upon, at, desk, words)):
                raise Unmet("\n".join(unmet))


def _put(step: Step, act: Act, desk: Desk, words: Words) -> None:
    """Put an act to its case; it is to be allowed, or refused for the reason expected."""
    assert step.by is not None  # noqa: S101 - who reads a case finds who is not named
    blanks = {
        "at": words.spoken.instant_text(desk.office.calendar.place.local(step.at)),
        "by": step.by.id,
        "act": words("act", act.tag),
        "expected": f"{step.refused}: {words.reason(step.refused)}",
    }
    try:
        if step.opens:
            assert isinstance(act, Receive)  # noqa: S101 - a chart opens with such
            desk.open(step.opens, act, at=step.at, by=step.by, id=step.upon, entered=step.entered)
        else:
            beside = [desk.case(name) for name in step.beside]
            desk.perform(
                step.upon, act, at=step.at, by=step.by, beside=beside, entered=step.entered
            )
    except AkimatError as wrong:
        # Of several reasons the one expected is among those told.
        if step.refused in {wrong.code, *(fault.path for fault in getattr(wrong, "missing", ()))}:
            return
        key = "case-otherwise" if step.refused else "case-refused"
        why = words.refusal(wrong) if isinstance(wrong, Refusal) else str(wrong)
        text = words.spoken.phrase(key, **blanks, came=wrong.code)
        raise Unmet(f"{text}\n{_indented(why)}") from wrong
    if step.refused:
        raise Unmet(words.spoken.phrase("case-allowed", **blanks))


def _unmet(expected: Expected, name: str, at: datetime, desk: Desk, words: Words) -> Iterator[str]:
    """A sentence for each thing that is not as expected."""
    case = desk.lapse(name, at=at)
    line = docket.line(case, at=at, office=desk.office)
    deadlines = desk.deadlines(name)
    as_of = words.spoken.instant_text(desk.office.calendar.place.local(at))

    def differs(what: str, told: str, came: str) -> str:
        return words.spoken.phrase("case-differs", at=as_of, what=what, expected=told, came=came)

    for what, told, came in (
        ("stage", expected.stage, case.stage),
        ("standing", expected.standing, line.standing.value),
    ):
        if told is not None and told != came:
            yield differs(words("column", what), *(_called(words, what, x) for x in (told, came)))
    for what, of, names, found in (
        ("breaches", "limit", expected.breaches, line.breaches),
        ("tells", "act", expected.notices, [one.about for one in desk.notices(name)]),
        ("forecast", "limit", expected.warns, [one.limit for one in deadlines if one.forecast]),
    ):
        if names is not None and sorted(names) != sorted(found):
            yield differs(words("column", what), *(_listed(words, of, x) for x in (names, found)))
    by_limit = {deadline.limit: deadline for deadline in deadlines}
    for limit, told in expected.due.items():
        due = by_limit.get(limit)
        if not _falls(due, told):
            came = str((due.last_day or due.at) if due else NONE)
            yield differs(_called(words, "limit", limit), told, came)
            yield from [_indented(words.explain(due))] if due else []


def _falls(due: Deadline | None, told: str) -> bool:
    """Whether a term ends on the day, or at the instant, that was told."""
    if due is None or told == NONE:
        return due is None and told == NONE
    ends = due.last_day or due.at
    return told == ends.isoformat() if type(ends) is date else ends == datetime.fromisoformat(told)


def _called(words: Words, kind: str, key: str) -> str:
    """What something is called, and beside it as it stands in the file where that is otherwise."""
    called = words(kind, key)
    return called if called == key else f"{called} ({key})"


def _listed(words: Words, kind: str, keys: Iterable[str]) -> str:
    return ", ".join(_called(words, kind, key) for key in keys) or words.spoken.phrase("case-none")


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())
