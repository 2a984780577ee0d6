"""A deadline told in words: each day left out, each pause, each article, in kk, ru and en."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache

from openakimat.calendar.terms import AsSet, WorkingDays
from openakimat.calendar.worktime import WorkCalendar
from openakimat.dated import Sources
from openakimat.errors import Fault, Malformed
from openakimat.limits.deadline import Deadline
from openakimat.limits.limit import Rule, TimeLimit

_ONE_DAY = timedelta(days=1)


LANGUAGES = ("kk", "ru", "en")


WEEKDAYS = {
    "kk": ("дс", "сс", "ср", "бс", "жм", "сб", "жс"),
    "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


UNITS: dict[str, dict[str, tuple[str, ...]]] = {
    "WorkingDays": {
        "kk": ("жұмыс күні",),
        "ru": ("рабочий день", "рабочих дня", "рабочих дней"),
        "en": ("working day", "working days"),
    },
    "CalendarDays": {
        "kk": ("күнтізбелік күн",),
        "ru": ("календарный день", "календарных дня", "календарных дней"),
        "en": ("calendar day", "calendar days"),
    },
    "Months": {"kk": ("ай",), "ru": ("месяц", "месяца", "месяцев"), "en": ("month", "months")},
    "WorkingHours": {
        "kk": ("жұмыс сағаты",),
        "ru": ("рабочий час", "рабочих часа", "рабочих часов"),
        "en": ("working hour", "working hours"),
    },
    "ClockHours": {"kk": ("сағат",), "ru": ("час", "часа", "часов"), "en": ("hour", "hours")},
    "Minutes": {"kk": ("минут",), "ru": ("минута", "минуты", "минут"), "en": ("minute", "minutes")},
    "Cases": {"kk": ("іс",), "ru": ("дело", "дела", "дел"), "en": ("case", "cases")},
    "Records": {
        "kk": ("жазба",),
        "ru": ("запись", "записи", "записей"),
        "en": ("record", "records"),
    },
}


PHRASES: dict[str, dict[str, str]] = {
    "kk": {
        "due": "{limit}: мерзімі {day} күнінің соңына дейін ({at})",
        "due-instant": "{limit}: мерзімі {at} дейін",
        "term": "Мерзім: {n}, {base} бастап",
        "term-before": "Мерзім: кемінде {n} бұрын, {base}",
        "term-set": "Мерзімді орган белгілейді",
        "base-day": "Есептің басы: {day}",
        "late-next": "{at} түскен: келесі жұмыс күні есептеледі",
        "first-next": "Бірінші күн: келесі күн",
        "first-same": "Бірінші күн: осы күннің өзі",
        "left-out": "Есептелмеген күндер: {n}",
        "pause": "Кідіріс {start} – {end}: {n}",
        "until": "Ұзартылды: {day} дейін",
        "set": "Белгіленді: {day} дейін",
        "rolled": "Соңғы күн {day} жұмыс күні емес: келесі жұмыс күні",
        "weekend": "демалыс күні",
        "moved": "демалыс {day} күнінен ауыстырылды",
        "forecast": "Болжам: {day} күнтізбесі әлі бекітілмеген",
        "confirmed": "расталған",
        "secondary": "жанама дереккөз",
        "unconfirmed": "расталмаған",
        "from-receipt": "түскен күннен",
        "from-registration": "тіркелген күннен",
        "from-review": "қарайтын орган тіркеген күннен",
        "from-decision": "шешім күнінен",
        "from-start": "басталған сәттен",
        "from-knowledge": "білген күннен",
        "from-term": "мерзім аяқталған күннен",
        "confidence": "сенімділік",
        "high": "",
        "medium": "сенімділік: орташа",
        "low": "сенімділік: төмен",
    },
    "ru": {
        "due": "{limit}: срок истекает в конце дня {day} ({at})",
        "due-instant": "{limit}: срок истекает {at}",
        "term": "Срок: {n} {base}",
        "term-before": "Срок: не менее чем за {n}, считая назад {base}",
        "term-set": "Срок устанавливает орган",
        "base-day": "Начало отсчёта: {day}",
        "late-next": "Поступило {at}: считается следующий рабочий день",
        "first-next": "Первый день срока: следующий день",
        "first-same": "Первый день срока: сам этот день",
        "left-out": "Не считаются дни: {n}",
        "pause": "Приостановка {start} – {end}: {n}",
        "until": "Продлено до {day}",
        "set": "Установлен: до {day}",
        "rolled": "Последний день {day} нерабочий: переход на следующий рабочий день",
        "weekend": "выходной день",
        "moved": "выходной перенесён с {day}",
        "forecast": "Прогноз: календарь на {day} ещё не утверждён",
        "confirmed": "подтверждено",
        "secondary": "вторичный источник",
        "unconfirmed": "не подтверждено",
        "from-receipt": "со дня поступления",
        "from-registration": "со дня регистрации",
        "from-review": "со дня регистрации рассматривающим органом",
        "from-decision": "со дня решения",
        "from-start": "с момента начала",
        "from-knowledge": "со дня, когда участнику стало известно",
        "from-term": "со дня окончания срока",
        "confidence": "надёжность",
        "high": "",
        "medium": "надёжность: средняя",
        "low": "надёжность: низкая",
    },
    "en": {
        "due": "{limit}: due by the end of {day} ({at})",
        "due-instant": "{limit}: due by {at}",
        "term": "Term: {n} {base}",
        "term-before": "Term: at least {n} before, counted back {base}",
        "term-set": "The term is set by the body",
        "base-day": "Counted from: {day}",
        "late-next": "Received {at}: the next working day counts",
        "first-next": "First day: the day after",
        "first-same": "First day: that day itself",
        "left-out": "Days left out: {n}",
        "pause": "Paused {start} – {end}: {n}",
        "until": "Extended to {day}",
        "set": "Set: by {day}",
        "rolled": "The last day, {day}, is a day off: on to the next working day",
        "weekend": "day off",
        "moved": "day off moved from {day}",
        "forecast": "Forecast: the calendar of {day} is not yet decreed",
        "confirmed": "confirmed",
        "secondary": "secondary source",
        "unconfirmed": "unconfirmed",
        "from-receipt": "from the day of receipt",
        "from-registration": "from the day of registration",
        "from-review": "from the day of registration by the reviewing body",
        "from-decision": "from the day of the decision",
        "from-start": "from the start",
        "from-knowledge": "from the day the participant learnt of it",
        "from-term": "from the end of the term",
        "confidence": "confidence",
        "high": "",
        "medium": "confidence: medium",
        "low": "confidence: low",
    },
}


def _one(_: int) -> int:
    return 0


def _one_or_many(n: int) -> int:
    return int(n != 1)


def _russian(n: int) -> int:
    """One, two to four, or many: 1 день, 3 дня, 5 and 11 дней."""
    tens, units = n % 100 // 10, n % 10
    if tens == 1 or units == 0 or units > 4:  # noqa: PLR2004 - Russian counts so
        return 2
    return int(units > 1)


_FORM: dict[str, Callable[[int], int]] = {"kk": _one, "ru": _russian, "en": _one_or_many}


def amount(n: int, unit: str, language: str, /) -> str:
    """A number of units in words, in the right form.

    >>> [amount(n, "WorkingDays", "ru") for n in (1, 3, 15, 21)]
    ['1 рабочий день', '3 рабочих дня', '15 рабочих дней', '21 рабочий день']
    """
    return f"{n} {UNITS[unit][language][_FORM[language](n)]}"


def day_text(day: date, language: str, /) -> str:
    """A day with its weekday: ISO in English, dd.mm.yyyy otherwise."""
    told = day.isoformat() if language == "en" else _dotted(day)
    return f"{WEEKDAYS[language][day.weekday()]} {told}"


def _dotted(day: date) -> str:
    return f"{day.day:02}.{day.month:02}.{day.year}"


@lru_cache(maxsize=64)
def _offset(of: timedelta | None) -> str:
    """A UTC offset as +05:00."""
    return "" if of is None else time(tzinfo=timezone(of)).isoformat()[len("00:00:00") :]


def instant_text(at: datetime, language: str, /) -> str:
    """An instant to the minute with its offset."""
    return f"{day_text(at.date(), language)} {at.hour:02}:{at.minute:02} {_offset(at.utcoffset())}"


def _cited(text: str, *told: str) -> str:
    """A line with where it stands and how sure we are of it, as far as either is known."""
    return f"{text} [{'; '.join(filter(None, told))}]" if any(told) else text


def _ruled(text: str, rule: Rule, language: str, sources: Sources) -> str:
    mark = PHRASES[language][rule.evidence.value]
    return _cited(f"  {text}", sources(rule.source, language), mark)


@lru_cache(maxsize=64)
def _rests(calendar: WorkCalendar, language: str, sources: Sources) -> tuple[str, ...]:
    """A line for each day off of a calendar."""
    return tuple(
        f"    {day_text(day, language)} — {_why(calendar, day, language, sources)}"
        for day in calendar.rests
    )


def _why(calendar: WorkCalendar, day: date, language: str, sources: Sources) -> str:
    """Why a day is off, with its source."""
    said = PHRASES[language]
    note = calendar.exceptions.get(day)
    if note is None:
        return said["weekend"]
    name = note.names.get(language) or said["weekend"]
    moved = f", {said['moved'].format(day=_dotted(note.moved))}" if note.moved else ""
    sure = said.get(note.confidence, f"{said['confidence']}: {note.confidence}")
    return _cited(name + moved, sources(note.source, language), sure)


def _term(limit: TimeLimit, language: str) -> str:
    said = PHRASES[language]
    if isinstance(limit.term, AsSet):
        return said["term-set"]
    form = "term" if limit.direction == "after" else "term-before"
    return said[form].format(
        n=amount(limit.term.n, limit.term.unit, language),
        base=said[f"from-{limit.base.value}"],
    )


@lru_cache(maxsize=1024)
def _standing(limit: TimeLimit, language: str, sources: Sources) -> tuple[str, str, str]:
    """What a limit says of every case alike: its name, its term, its first day."""
    first = PHRASES[language][f"first-{limit.first_day.value}"]
    return (
        limit.names.get(language, limit.key),
        _term(limit, language),
        _ruled(first, limit.first_day, language, sources),
    )


def _head(due: Deadline, language: str, sources: Sources) -> list[str]:
    """The result, the term and the day it is counted from."""
    limit, said = due.edition.value, PHRASES[language]
    name, term, first = _standing(limit, language, sources)
    if due.last_day is None:
        lines = [said["due-instant"].format(limit=name, at=instant_text(due.at, language))]
    else:
        end = f"24:00 {_offset(due.at.utcoffset())}"
        lines = [said["due"].format(limit=name, day=day_text(due.last_day, language), at=end)]
    source = sources(due.edition.source, language)
    lines.append(_cited(f"  {term}", source, said[due.edition.evidence.value]))
    if due.base_day != due.calendar.place.day_of(due.base_at):
        late = said["late-next"].format(
            at=instant_text(due.calendar.place.local(due.base_at), language)
        )
        lines.append(_ruled(late, limit.late, language, sources))
    if due.last_day is not None:
        lines.append("  " + said["base-day"].format(day=day_text(due.base_day, language)))
        if limit.direction == "after" and limit.term.counts_days:
            lines.append(first)
    return lines


def _left_out(due: Deadline, language: str, sources: Sources) -> list[str]:
    """The days that a term in working days does not count."""
    limit = due.edition.value
    if due.last_day is None or not isinstance(limit.term, WorkingDays):
        return []
    before, last = due.base_day, due.last_day
    if limit.direction == "before":
        before, last = last, before - _ONE_DAY
    elif limit.first_day.value == "same":
        before -= _ONE_DAY
    start, end = due.calendar.rests_between(before, last)
    if start == end:
        return []
    return [
        f"  {PHRASES[language]['left-out'].format(n=end - start)}",
        *_rests(due.calendar, language, sources)[start:end],
    ]


def _moves(due: Deadline, language: str, sources: Sources) -> list[str]:
    """Pauses and the last day named in the order they came, and the roll to a working day."""
    limit, said, local = due.edition.value, PHRASES[language], due.calendar.place.local
    lines = [
        "  "
        + said["pause"].format(
            start=instant_text(local(pause.start), language),
            end=instant_text(local(pause.end), language),
            n=amount(pause.worth, pause.unit, language),
        )
        for pause in due.pauses
    ]
    if due.until is not None:
        how = "set" if due.extended_at is None and isinstance(limit.term, AsSet) else "until"
        before = sum(due.extended_at is not None and p.end <= due.extended_at for p in due.pauses)
        lines.insert(before, "  " + said[how].format(day=day_text(due.until, language)))
    if due.rolled_from is not None:
        text = said["rolled"].format(
            day=f"{day_text(due.rolled_from, language)} "
            f"({_why(due.calendar, due.rolled_from, language, sources)})"
        )
        lines.append(_ruled(text, limit.roll, language, sources))
    if due.forecast is not None:
        lines.append("  " + said["forecast"].format(day=day_text(due.forecast.day, language)))
    return lines


def explain(due: Deadline, language: str = "en", /, sources: Sources | None = None) -> str:
    """A deadline in words: result, term, days left out, pauses, articles, evidence.

    Args:
        due: The deadline.
        language: ``kk``, ``ru`` or ``en``.
        sources: How sources are told; as its limit has it, if not given.

    Raises:
        Malformed: The language is none of kk, ru, en.
    """
    if language not in PHRASES:
        raise Malformed("explanation", [Fault("language", f"{language!r} is none of {LANGUAGES}")])
    told = due.edition.value.sources if sources is None else sources
    parts = (part(due, language, told) for part in (_head, _left_out, _moves))
    return "\n".join(line for part in parts for line in part)
