"""The bounds of a deadline in words: the days, whose they are to act by, the readings behind them."""

from openakimat.judgement.bounds import Bound, Bounds
from openakimat.law.words import Words
from openakimat.limits.deadline import Deadline


def bounds_text(bounds: Bounds, words: Words, /) -> str:
    """Bounds as lines of text.

    >>> from datetime import datetime
    >>> from openakimat import kz
    >>> from openakimat.judgement.bounds import bounds_from
    >>> since, office = datetime.fromisoformat("2026-03-18T10:00+05:00"), kz.office("khromtau")
    >>> found = bounds_from("appeal.redirection", since, office=office)
    >>> print(bounds_text(found, Words(kz.law())))
    Redirection of the appeal
      as the office reads the law: Thu 2026-03-26
      no other reading makes another day: counted by all 2 combinations of answers to what is disputed
    """
    lines = [words("limit", bounds.prevailing.deadline.limit)]
    lines.append(_line("bounds-prevailing", bounds.prevailing.deadline, words))
    if not bounds.disputed:
        phrase = "bounds-undisputed" if bounds.n > 1 else "bounds-untouched"
        same = words("phrase", phrase).format(n=bounds.n)
        return "\n".join((*lines, f"  {same}"))
    for phrase, bound in (("bounds-earliest", bounds.earliest), ("bounds-latest", bounds.latest)):
        lines.append(_line(phrase, bound.deadline, words))
        lines += _readings(bound, words)
    return "\n".join(lines)


def _line(phrase: str, deadline: Deadline, words: Words) -> str:
    day = deadline.last_day
    at = words.spoken.day_text(day) if day else words.spoken.instant_text(deadline.at)
    return f"  {words('phrase', phrase).format(day=at)}"


def _readings(bound: Bound, words: Words) -> list[str]:
    lines = []
    for name, answer in bound.answers.items():
        reading = words.law.readings[name]
        choice, language = reading.choices[answer], words.language
        rests_on = f"{words.source(choice.source)}; {words.mark(choice.evidence)}"
        lines.append(f"    {reading.title[language]}: {choice.title[language]} [{rests_on}]")
    return lines
