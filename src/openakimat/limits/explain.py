"""A deadline told in words: each day left out, each pause, each article."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from openakimat.calendar.terms import AsSet, WorkingDays
from openakimat.calendar.worktime import WorkCalendar
from openakimat.errors import Malformed, unknown_fault
from openakimat.limits.deadline import Deadline
from openakimat.limits.language import ENGLISH, Language, offset_text
from openakimat.limits.limit import Rule, TimeLimit

_ONE_DAY = timedelta(days=1)


def _with_source(text: str, *marks: str) -> str:
    return f"{text} [{'; '.join(filter(None, marks))}]" if any(marks) else text


def _ruled(text: str, rule: Rule, language: Language) -> str:
    mark = language.mark(rule.evidence)
    return _with_source(f"  {text}", language.source(rule.source), mark)


# Terms of one office leave out the same days over and over: each is told once, and sliced.
@lru_cache(maxsize=64)
def _rests(calendar: WorkCalendar, language: Language) -> tuple[str, ...]:
    return tuple(
        f"    {language.day_text(day)} — {why_off(calendar, day, language)}"
        for day in calendar.rests
    )


def why_off(calendar: WorkCalendar, day: date, language: Language) -> str:
    """Why a day is off, with its source."""
    note = calendar.exceptions.get(day)
    if note is None:
        return language.phrase("weekend")
    name = note.names.get(language.code) or language.phrase("weekend")
    moved = f", {language.phrase('moved', day=f'{note.moved:%d.%m.%Y}')}" if note.moved else ""
    # Of a day with more than one witness, "high", the phrase is empty: that is as it should be.
    sure = language.phrase(note.confidence)
    if note.confidence not in ENGLISH.phrases:
        sure = f"{language.phrase('confidence')}: {note.confidence}"
    return _with_source(name + moved, language.source(note.source), sure)


def _term(limit: TimeLimit, language: Language) -> str:
    if isinstance(limit.term, AsSet):
        return language.phrase("term-set")
    form = "term" if limit.direction == "after" else "term-before"
    return language.phrase(
        form,
        n=language.amount(limit.term.n, limit.term.unit),
        base=language.phrase(f"from-{limit.base.value}"),
    )


@lru_cache(maxsize=1024)
def _standing(limit: TimeLimit, language: Language) -> tuple[str, str, str]:
    """What a limit says of every case alike: its name, its term, its first day."""
    first = language.phrase(f"first-{limit.first_day.value}")
    return (
        limit.names.get(language.code, limit.key),
        _term(limit, language),
        _ruled(first, limit.first_day, language),
    )


def _head(due: Deadline, language: Language) -> list[str]:
    limit = due.edition.value
    name, term, first = _standing(limit, language)
    if due.last_day is None:
        lines = [language.phrase("due-instant", limit=name, at=language.instant_text(due.at))]
    else:
        end = f"24:00 {offset_text(due.at.utcoffset())}"
        lines = [language.phrase("due", limit=name, day=language.day_text(due.last_day), at=end)]
    source = language.source(due.edition.source)
    lines.append(_with_source(f"  {term}", source, language.mark(due.edition.evidence)))
    if due.base_day != due.calendar.place.day_of(due.base_at):
        late = language.phrase(
            "late-next", at=language.instant_text(due.calendar.place.local(due.base_at))
        )
        lines.append(_ruled(late, limit.late, language))
    if due.last_day is not None:
        lines.append("  " + language.phrase("base-day", day=language.day_text(due.base_day)))
        if limit.direction == "after" and limit.term.counts_days:
            lines.append(first)
    return lines


def _left_out(due: Deadline, language: Language) -> list[str]:
    limit = due.edition.value
    if due.last_day is None or not isinstance(limit.term, WorkingDays):
        return []
    # The calendar gives the days off after one day up to another. Counted back, the term ends
    # with its last day and the base is no part of it; or the base may be the first day itself.
    before, last = due.base_day, due.last_day
    if limit.direction == "before":
        before, last = last, before - _ONE_DAY
    elif limit.first_day.value == "same":
        before -= _ONE_DAY
    start, end = due.calendar.rests_between(before, last)
    if start == end:
        return []
    return [
        f"  {language.phrase('left-out', n=end - start)}",
        *_rests(due.calendar, language)[start:end],
    ]


def _moves(due: Deadline, language: Language) -> list[str]:
    """Pauses and the last day named in the order they came, and the roll to a working day."""
    limit, local = due.edition.value, due.calendar.place.local
    lines = [
        "  "
        + language.phrase(
            "pause",
            start=language.instant_text(local(pause.start)),
            end=language.instant_text(local(pause.end)),
            n=language.amount(pause.worth, pause.unit),
        )
        for pause in due.pauses
    ]
    if due.until is not None:
        how = "set" if due.extended_at is None and isinstance(limit.term, AsSet) else "until"
        line = "  " + language.phrase(how, day=language.day_text(due.until))
        # After the pauses that were over when it was signed: those do not move the day it names.
        signed_at = due.extended_at
        n_before = 0 if signed_at is None else sum(p.end <= signed_at for p in due.pauses)
        lines.insert(n_before, line)
    if due.rolled_from is not None:
        text = language.phrase(
            "rolled",
            day=f"{language.day_text(due.rolled_from)} "
            f"({why_off(due.calendar, due.rolled_from, language)})",
        )
        lines.append(_ruled(text, limit.roll, language))
    if due.struck_out and due.stopped_at is not None:
        stopped_at = language.instant_text(local(due.stopped_at))
        lines.append("  " + language.phrase("struck-out", at=stopped_at))
    if due.forecast is not None:
        lines.append("  " + language.phrase("forecast", day=language.day_text(due.forecast.day)))
    return lines


def explain(
    due: Deadline, language: str = "en", /, languages: Mapping[str, Language] | None = None
) -> str:
    """A deadline in words: result, term, days left out, pauses, articles, evidence.

    Of a country's limit the language is one that its law has; `languages` are those of its limit,
    if not given. Raises `Malformed` if there is no such language.

    >>> from openakimat import kz
    >>> from datetime import datetime
    >>> from openakimat.limits.deadline import due as due_of
    >>> office = kz.office()
    >>> limit = office.limit("appeal.registration", date(2026, 3, 18), "appc-2026")
    >>> received = datetime.fromisoformat("2026-03-18T18:40+05:00")
    >>> print(explain(due_of(limit, received, office.calendar)).splitlines()[0])
    Registration of the appeal: due by the end of Thu 2026-03-19 (24:00 +05:00)
    """
    known = due.edition.value.languages if languages is None else languages
    if (spoken := known.get(language)) is None:
        raise Malformed("explanation", [unknown_fault("language", language, known)])
    return "\n".join((*_head(due, spoken), *_left_out(due, spoken), *_moves(due, spoken)))
