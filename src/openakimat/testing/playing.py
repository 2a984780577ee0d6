"""A jurist's case, played at a desk; what is not met is told in sentences."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import attrs

from openakimat.case import Act, Actor, Receive
from openakimat.desk import Desk
from openakimat.errors import AkimatError, Refusal
from openakimat.judgement import docket
from openakimat.law.words import Words
from openakimat.limits.deadline import Deadline
from openakimat.testing.cases import NONE, Expected, LawCase, Step


class Unmet(AssertionError):
    """What came is not what was expected."""


def play(case: LawCase, desk: Desk, /, *, language: str = "en") -> None:
    """Play a case at a desk of its office, on a journal that is empty yet.

    What is not met is told in that language; in the first of its law, if it has no such.
    Raises `Unmet` if an act is not allowed, or not refused, as was expected; or something does not hold.
    """
    law = desk.office.law
    words = Words(law, language if language in law.tongues else next(iter(law.tongues)))
    player = _Player(desk, words)
    for step in case.steps:
        if step.act is not None and step.by is not None:
            player.put(step, step.act, step.by)
        if step.expected and (unmet := list(player.unmet(step.upon, step.expected))):
            raise Unmet("\n".join(unmet))


@attrs.frozen
class _Player:
    """A desk, and the words in which it is told what does not hold there."""

    desk: Desk
    words: Words

    def put(self, step: Step, act: Act, by: Actor) -> None:
        """Put an act to its case; it is to be allowed, or refused for the reason expected."""
        line, came, why = step.line, "", ""
        try:
            if isinstance(act, Receive):
                self.desk.open(
                    step.opens, act, at=line.at, by=by, id=step.upon, entered=line.entered
                )
            else:
                self.desk.perform(step.upon, act, at=line.at, by=by, entered=line.entered)
        except AkimatError as wrong:
            missing = getattr(wrong, "missing", ())
            # Of several reasons the one expected is among those told.
            if line.refused in {wrong.code, *(fault.path for fault in missing)}:
                return
            came = wrong.code
            why = self.words.refusal(wrong) if isinstance(wrong, Refusal) else str(wrong)
        if came != line.refused:
            what = f"{self.words('act', act.tag)}, {line.by}"
            outcomes = self._outcome(line.refused), self._outcome(came)
            raise Unmet(self._differs(line.at, what, *outcomes, why))

    def unmet(self, name: str, expected: Expected) -> Iterator[str]:
        """Each thing that is not as expected, in a sentence."""
        words, desk, at = self.words, self.desk, expected.at
        case = desk.lapse(name, at=at)
        line = docket.line(case, at=at, office=desk.office)
        by_limit = {deadline.limit: deadline for deadline in desk.deadlines(name)}
        forecasts = [limit for limit, due in by_limit.items() if due.forecast]
        principal = {line.deadline.limit} if line.deadline else set()
        standing = expected.standing and [expected.standing.value]
        for column, kind, told, came in (
            ("stage", "stage", expected.stage and [expected.stage], [case.stage]),
            ("standing", "standing", standing, [line.standing.value]),
            ("breaches", "limit", expected.breaches, line.breaches),
            ("tells", "act", expected.notices, [one.about for one in desk.notices(name)]),
            ("forecast", "limit", expected.warns, forecasts),
        ):
            if told is not None and sorted(told) != sorted(came):
                about = principal if kind == "standing" else {*told} ^ {*came}
                why = "\n".join(
                    words.explain(due) for limit, due in by_limit.items() if limit in about
                )
                lists = self._list(kind, told), self._list(kind, came)
                yield self._differs(at, words("column", column), *lists, why)
        for limit, day in expected.due.items():
            due = by_limit.get(limit)
            # To the minute, as it is told.
            days = self._day(day), self._last_day(due)
            if days[0] != days[1]:
                # Where it never ran, another may have taken its place: those that ran are told.
                ran = (
                    f"{self._list('limit', [k])}: {self._last_day(v)}" for k, v in by_limit.items()
                )
                why = words.explain(due) if due else "\n".join(ran)
                yield self._differs(at, self._list("limit", [limit]), *days, why)

    def _differs(self, at: datetime, what: str, expected: str, came: str, why: str = "") -> str:
        as_of = self._day(at.isoformat())
        told = self._phrase("differs", at=as_of, what=what, expected=expected, came=came)
        return "\n  ".join((told, *why.splitlines()))

    def _outcome(self, code: str) -> str:
        if not code:
            return self._phrase("allowed")
        return self._phrase("refused", why=f"{self.words.reason(code, code)} ({code})")

    def _list(self, kind: str, keys: Iterable[str]) -> str:
        """What things are called, each as it stands in the file beside it."""
        named = (f"{self.words(kind, key)} ({key})" for key in keys)
        return ", ".join(named) or self._phrase(NONE)

    def _day(self, told: str) -> str:
        """A day, an instant or none, as the language tells it."""
        if told == NONE:
            return self._phrase(NONE)
        at, spoken = datetime.fromisoformat(told), self.words.spoken
        if "T" not in told:
            return spoken.day_text(at.date())
        return spoken.instant_text(self.desk.office.calendar.place.local(at))

    def _last_day(self, due: Deadline | None) -> str:
        return self._day((due.last_day or due.at).isoformat() if due else NONE)

    def _phrase(self, key: str, **blanks: str) -> str:
        return self.words.spoken.phrase(f"case-{key}", **blanks)
