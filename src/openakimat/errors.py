"""What can go wrong, as one tree.

```
AkimatError                      .code (stable), .source
 x Refusal                       the law says no; the case is untouched   -> the person at the counter
   + NotAllowed .allowed   + NotCompetent .competent   + TooLate .deadline   + Incomplete .missing
 x Malformed  .faults            an input cannot be read                  -> whoever wrote it
 x PackError                     a law pack contradicts itself            -> whoever edits the law
 x Undated, BeyondCalendar       no edition on that day; no such day      -> whoever publishes it
 x JournalError                  Conflict, UnknownCase, AnotherOffice     -> the host
 x BrokenTrail .at_record        stored records cannot be true            -> the auditor
   + UnknownAct .tag .version
Forecast (a value)               the day rests on a year not yet decreed
```

Each can be pickled and copied with all that it says, and tells of nobody: of a wrong value only what
was typed, if it is short, and otherwise its class.
"""

import copyreg
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, Literal

import attrs


class AkimatError(Exception):
    """Whatever this library refuses, with a stable code and, where law speaks, its source."""

    code: str = "error"
    source: str = ""

    def __init__(self, message: str, *, code: str = "", source: str = "") -> None:
        super().__init__(message)
        self.code = code or type(self).code
        self.source = source

    def __reduce__(self) -> tuple[Any, ...]:
        """Its class, message and attributes: a refusal is an everyday answer of a pool of workers."""
        # Not by its constructor, which `Exception` would call with the message alone: each class
        # here has one of its own, of keywords.
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]  # stubs lack it


@attrs.frozen
class Fault:
    """One thing wrong in an input: where it is, why it is wrong, in English.

    By its `code` and the `values` that fill the words of that it may be told in other languages.
    """

    path: str
    why: str
    code: str = ""
    values: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.path}: {self.why}" if self.path else self.why


FAULTS: Mapping[str, str] = {
    "of-oneself": "one is of the same person",
    "no-power": "an applicant lends the role of an applicant only",
    "not-lent": "are not all those of the mandate it rests on",
    "needed": "required field missing",
    "no-field": "there is no such field",
    "empty": "is empty",
    "pattern": "is not written as {0}",
    "too-long": "{0} characters, more than {1}",
    "no-text": "{0} is not text",
    "no-integer": "{0} is not an integer",
    "negative": "{0} is less than nothing",
    "no-boolean": "{0} is neither true nor false",
    "no-day": "{0} is not a day",
    "day-form": "{0} is not a day YYYY-MM-DD",
    "no-datetime": "{0} is not a datetime",
    "instant-form": "{0} is not an instant with an offset",
    "no-offset": "{0} names no UTC offset",
    "no-term": "{0} is not a number of {1}",
    "zero-term": "{0} is no time",
    "edge-year": "year {0}: its days cannot be told everywhere on earth",
    "before": "{0} is before {1}",
    "no-none": "{0} is not None",
    "no-chart": "the law of this office has no such chart of {0}",
    "no-tuple": "is one {0}, not a tuple",
    "no-set": "is one {0}, not a set",
    "no-class": "is of {0}, not of {1}",
    "none-of": "{0} is none of {1}",
    "none-of-many": "{0} is none of the {1} known",
    "nearest": "{0} is none of the {1} known; the nearest: {2}",
    "no-actor": "what is of {0} is no Applicant, Official or Representative",
    "no-act": "{0} is no act",
    "of-time": "{0} is what time does: see `lapse`",
    "no-case": "holds something that is no case",
    "opens-otherwise": "{0} opens with {1}, not with {2}",
    "tied-to-itself": "it is tied to itself",
    "named-before": "{0} is named before",
    "opened-later": "{0} was opened later",
    "number-borne": "{0} is the number of {1}",
    "other-asked": "something else was asked under this key",
    "of-looks": "{0} is the name of a trail of looks",
    "no-page": "is not where a page ended",
    "one-store": "a desk needs a store, or a journal and numbers, and not both",
    "no-store": "the host has brought a journal and numbers only, and no store",
    "no-secret": "the desk was given no secret to hash it under",
    "shape": "{0} cells, where the head has {1}",
    "alone": "is empty, though {0} is not",
    "beside": "stands beside {0}: one of them is told",
    "no-time": "{0!r} is no time: YYYY-MM-DD HH:MM or DD.MM.YYYY HH:MM",
    "control-character": "it holds a control character",
    "formula": "{0!r} is a formula that a spreadsheet would run",
    "iin": "{0}",
    "bin": "{0}",
    "outside-calendar": "{0} is outside the calendar {1} to {2}",
    "lost-zero": "its first zero is lost: it is read with it",
    "outcome-unknown": "{0!r} is no outcome here: the answer is judged by its day",
    "received-later": "it was received on {0}, after the check",
    "refused-told": "the law refuses it as told: {0}",
    "closed-undated": "it is told as {0!r}, and not since when",
    "hangs-on-hour": "it hangs on an hour that is not told: {0}, or {1}",
    "hangs-on-reading": "it hangs on a disputed reading, {0}: {1}, or {2}",
    "uncounted": "{0}",
    "nothing-kept": "nothing of it was kept",
    "before-receipt": "{0} is before the receipt",
    "no-procedure": "{0!r} has no procedure here; those that have: {1}",
    "number-twice": "{0} stands on an earlier line",
}
"""What may be wrong with an input, by code, in English; the words of the law have the other languages."""


def make_fault(path: str, code: str, /, *values: object) -> Fault:
    """A fault of a code.

    >>> str(make_fault("extended_until", "alone", "extended_at"))
    'extended_until: is empty, though extended_at is not'
    """
    texts = tuple(map(str, values))
    return Fault(path, FAULTS[code].format(*texts), code, texts)


class Refusal(AkimatError):
    """The law says no to an act; the case is untouched.

    Attributes:
        allowed: Every act that this stage takes from people, each with the roles that may
            perform it: no guard is asked, so one of them may be refused all the same.
        evidence: How sure we are of the source: confirmed, secondary or unconfirmed.
        about: Whom or what of the case the refusal is about, where it is about something.
        competent: The roles that may perform it, where another must.
        deadline: The first instant too late, where the term for it is over.
        missing: All that the act lacks, where it lacks something.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str,
        source: str = "",
        act: str = "",
        stage: str = "",
        allowed: Sequence[tuple[str, tuple[str, ...]]] = (),
        evidence: str = "",
        about: str = "",
        competent: Sequence[str] = (),
        deadline: datetime | None = None,
        missing: Sequence[Fault] = (),
    ) -> None:
        super().__init__(message, code=code, source=source)
        self.act = act
        self.stage = stage
        self.allowed = tuple(allowed)
        self.evidence = evidence
        self.about = about
        self.competent = tuple(competent)
        self.deadline = deadline
        self.missing = tuple(missing)


class NotAllowed(Refusal):
    """The stage does not take the act, or a ground for it is missing."""


class NotCompetent(Refusal):
    """Another role may perform the act: `competent` names the roles that may."""


class TooLate(Refusal):
    """The term for the act is over: `deadline` is its first instant too late."""


class Incomplete(Refusal):
    """The act lacks something: `missing` lists all of it at once."""


_FEW, _MANY = 5, 20
"""Up to so many words are told whole and no nearest is looked for; past so many, none is listed."""


def unknown_fault(path: str, word: str, known: Iterable[str], /) -> Fault:
    """What is wrong with a word that is none of those known: all of them, or the nearest.

    >>> unknown_fault("unit", "wal", ["instant", "wall"]).why
    "'wal' is none of instant, wall"
    >>> none_of("wal", ["appeal", "clock", "instant", "roof", "term", "wall"])
    "'wal' is none of the 6 known; the nearest: wall"
    """
    names = list(known)
    near = get_close_matches(word, names) if len(names) > _FEW else []
    if near:
        return make_fault(path, "nearest", repr(word), len(names), ", ".join(near))
    if len(names) > _MANY:
        return make_fault(path, "none-of-many", repr(word), len(names))
    return make_fault(path, "none-of", repr(word), ", ".join(names) or "those told: there are none")


def none_of(word: str, known: Iterable[str], /) -> str:
    """The same as a sentence."""
    return unknown_fault("", word, known).why


_SHORT = 40
"""Up to so many characters of what was typed are told again; past so many it may be anything."""

_TYPED = (str, int, bool, float, date, datetime, type(None))


def describe_value(value: object, /) -> str:
    """A wrong value, as far as an error may tell it: what was typed, if it is short, or its class.

    Of anything else only the class is told: it may be a person, or hold one.

    >>> describe_value("tomorrow"), describe_value(3), describe_value(date(2026, 3, 18))
    ("'tomorrow'", '3', '2026-03-18')
    >>> describe_value(["Aigerim"]), describe_value("She " * 20), describe_value(list)
    ('a value of class list', 'a value of class str', 'the class list')
    """
    # By its very class: a subclass tells of itself whatever it likes.
    if type(value) in _TYPED:
        # Python writes out no number of thousands of digits.
        with suppress(ValueError):
            text = str(value) if isinstance(value, date) else repr(value)
            if len(text) <= _SHORT:
                return text
    if isinstance(value, type):
        return f"the class {value.__name__}"
    return f"a value of class {type(value).__name__}"


def reason_of(wrong: Exception, /) -> str:
    """Why something failed; of a file, without its number and its path, which are told beside.

    >>> reason_of(FileNotFoundError(2, "No such file or directory", "register.csv"))
    'No such file or directory'
    """
    return wrong.strerror if isinstance(wrong, OSError) and wrong.strerror else str(wrong)


class Malformed(AkimatError):
    """An input cannot be read; `faults` lists everything wrong with it at once."""

    def __init__(self, what: str, faults: Sequence[Fault], *, code: str = "malformed") -> None:
        self.faults = tuple(faults)
        super().__init__(f"{what}: " + "; ".join(map(str, self.faults)), code=code)


class PackError(AkimatError):
    """A law pack contradicts itself; the message names the key and the edition."""

    code = "pack"


class Undated(AkimatError):
    """No edition of a value is in force on the day asked."""

    code = "undated"


class BeyondCalendar(AkimatError):
    """A day lies outside the calendar, or, in strict mode, past its confirmed horizon."""

    code = "beyond-calendar"


class JournalError(AkimatError):
    """The host's journal cannot do what was asked."""


class Conflict(JournalError):
    """Somebody wrote to the case first: `expected` records were there, `found` are.

    `changed` is what was done since, where that is known: each act, when, and in what role.
    """

    def __init__(
        self,
        case: str,
        *,
        expected: int,
        found: int,
        changed: Sequence[tuple[str, datetime, str]] = (),
    ) -> None:
        what = f"expected {expected} records, found {found}"
        if changed:
            what += "; since then: " + ", ".join(f"{act} at {at}" for act, at, _ in changed)
        # Who expected none was opening a case, and is told first that the id is taken.
        if expected == 0:
            what = f"it is in the journal already, with {found} record{'s' * (found != 1)}"
        super().__init__(f"case {case}: {what}", code="journal.conflict")
        self.case = case
        self.expected = expected
        self.found = found
        self.changed = tuple(changed)


Again = Literal["act", "transaction"]
"""What is to be tried again: the act alone, or the whole transaction of the host's."""


class TryAgain(Conflict):
    """Another transaction was first, and the database let this one go; `again` is what to try."""

    def __init__(self, why: str, *, again: Again) -> None:
        JournalError.__init__(self, f"{why}; try the {again} again", code="journal.try-again")
        self.case, self.expected, self.found, self.again = "", 0, 0, again


class NumberBorne(Conflict):
    """Another case of the office bears the number in its register; `by` is its id."""

    def __init__(self, case: str, number: str, by: str) -> None:
        why = f"case {case}: the number {number!r} is borne by {by}"
        JournalError.__init__(self, why, code="journal.number-borne")
        self.case, self.expected, self.found, self.changed = case, 0, 0, ()
        self.number, self.by = number, by


class UnknownCase(JournalError):
    """The journal has no case of that id."""

    def __init__(self, case: str) -> None:
        # Asked for by the case itself and not by its id, it would tell all that is in it.
        name = repr(case) if isinstance(case, str) else describe_value(case)
        super().__init__(f"no case {name} in the journal", code="journal.unknown-case")


class AnotherOffice(JournalError):
    """The case is of another office of the journal: `office` is its id."""

    def __init__(self, case: str, office: str) -> None:
        super().__init__(f"case {case} is of the office {office!r}", code="office.another")
        self.case = case
        self.office = office


class BrokenTrail(AkimatError):
    """Stored records cannot be true; `at_record` is the first that cannot."""

    def __init__(self, message: str, *, at_record: int, code: str = "trail.broken") -> None:
        super().__init__(message, code=code)
        self.at_record = at_record


class UnknownAct(BrokenTrail):
    """A stored act has a tag or a version that this library does not know."""

    def __init__(self, tag: str, version: int, *, at_record: int) -> None:
        super().__init__(
            f"unknown act {tag!r} version {version}", at_record=at_record, code="trail.unknown-act"
        )
        self.tag = tag
        self.version = version


@attrs.frozen
class Forecast:
    """A mark on an answer: `day` lies past `confirmed_until`, the last year decreed.

    >>> from datetime import date
    >>> str(Forecast(day=date(2027, 1, 20), confirmed_until=date(2026, 12, 31)))
    'forecast: 2027-01-20 is past 2026-12-31, the last day of the calendar confirmed'
    """

    day: date
    confirmed_until: date

    def __str__(self) -> str:
        return (
            f"forecast: {self.day} is past {self.confirmed_until}, "
            "the last day of the calendar confirmed"
        )
