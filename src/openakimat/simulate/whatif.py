"""What would have come of recorded cases, had the law, the calendar or other bodies been otherwise.

Rules. (1) Under no supposition every record is what it was. (2) A case is late by its principal term,
as the docket has it; what is not judged is counted apart, and never as late. (3) People do what they
did when they did it: whoever would have hurried is not known, and that is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from itertools import zip_longest
from typing import Any, NamedTuple, Protocol, runtime_checkable

import attrs

from openakimat.calendar.terms import Term
from openakimat.calendar.times import instant
from openakimat.case.record import Case, Record
from openakimat.errors import AkimatError, BeyondCalendar, Fault, Malformed
from openakimat.judgement.clocks import lapsed_clock
from openakimat.judgement.docket import Line, Standing, line
from openakimat.judgement.lapse import settle
from openakimat.law.law import Law
from openakimat.law.office import Office
from openakimat.law.words import Words
from openakimat.simulate.relive import Kept, Life, Lives
from openakimat.simulate.rule import Supposition, suppose

LATE = frozenset({Standing.LATE, Standing.OVERDUE})
UNJUDGED = frozenset({Standing.NOT_JUDGED, Standing.BROKEN})
BY = ("kind", "topic", "channel")
"""By what cases are counted: what they were opened with, and how they came."""

_SHOWN = 5
"""So many cases are told of in a text; the others stand in `Comparison.flips`."""


@attrs.frozen
class Count:
    """How many cases there are, and how many of them are late as it is and as it would be."""

    n: int = 0
    before: int = 0
    after: int = 0

    def __str__(self) -> str:
        return f"{self.before:,} → {self.after:,} / {self.n:,}"


@attrs.frozen
class Flip:
    """A case that is late by one law and not by the other.

    Attributes:
        case, kind, topic, channel: Its id, and what it is of.
        late: Whether it becomes late; else it is late no more.
        limit: The limit that it is judged by.
        days: Working days from its last day as it is to that as it would be; None where one is not.
        act: The first step that one life has and the other has not; none, where only a day differs.
        at: When that is.
        article: Where the law has that step; or the limit, where there is none.
    """

    case: str
    kind: str
    topic: str
    channel: str
    late: bool
    limit: str
    days: int | None
    act: str = ""
    at: datetime | None = None
    article: str = ""


@attrs.frozen
class Comparison:
    """What comes of cases as it is, and as it would be.

    Attributes:
        rules: What is supposed.
        at: The instant at which both are judged.
        law: The law that has the words.
        total: All cases.
        by: Of each of `BY`, the cases of each value.
        flips: The cases that are late by one law and not by the other.
        moved: How many have another last day.
        unjudged: How many are not judged as it is, and as it would be.
        promised: The cases that the office has a standard for, and those past it.
        kept: The steps that the other law does not let through as recorded.
        shifted: How many go on at other times, for what they wait for ends at another.
    """

    rules: tuple[Supposition, ...]
    at: datetime
    law: Law = attrs.field(repr=False, eq=False)
    total: Count
    by: Mapping[str, Mapping[str, Count]] = attrs.field(repr=False)
    flips: tuple[Flip, ...] = attrs.field(repr=False)
    moved: int
    unjudged: tuple[int, int] = (0, 0)
    promised: Count = Count()
    kept: tuple[Kept, ...] = attrs.field(default=(), repr=False)
    shifted: int = 0

    def joined(self, other: Comparison, /) -> Comparison:
        """What comes of these cases and of others under the same rules."""
        by = {name: _add(of, other.by[name]) for name, of in self.by.items()}
        total = _add({"": self.total}, {"": other.total})[""]
        flips, moved = self.flips + other.flips, self.moved + other.moved
        return attrs.evolve(other, total=total, by=by, flips=flips, moved=moved)

    def told(self, language: str = "en", /) -> str:
        """It in words, a dozen lines: counts, the first cases that flip, what is a model and no law.

        Raises:
            Malformed: The law is told in no such language.
        """
        return "\n".join(_tell(self, Words(self.law, language)))

    def name(self, language: str = "en", /) -> str:
        """What is supposed, in words."""
        words = Words(self.law, language)
        return "; ".join(of.told(words) for of in self.rules) or words("phrase", "what-if-none")

    def __str__(self) -> str:
        return self.told("en" if "en" in self.law.tongues else next(iter(self.law.tongues)))

    @property
    def plain(self) -> dict[str, Any]:
        """It as plain data, of which a picture is made too; nobody is named in it."""
        data = attrs.asdict(self, filter=lambda field, _: field.name not in {"law", "rules", "at"})
        names = {language: self.name(language) for language in self.law.tongues}
        data["flips"] = [{**of, "at": of["at"] and str(of["at"])} for of in data["flips"]]
        return {"name": names, "at": str(self.at), **data}


def _add(one: Mapping[str, Count], other: Mapping[str, Count]) -> dict[str, Count]:
    none = Count()
    pairs = {key: (one.get(key, none), other.get(key, none)) for key in {**one, **other}}
    return {
        key: Count(a.n + b.n, a.before + b.before, a.after + b.after)
        for key, (a, b) in pairs.items()
    }


@runtime_checkable
class Comparable(Protocol):
    """What compares its own cases at two offices: a checked register, or cases in arrays."""

    def compared(
        self, rules: tuple[Supposition, ...], office: Office, other: Office, at: datetime | None, /
    ) -> Comparison:
        """What comes of its cases at both."""
        ...


def whatif(
    cases: Iterable[Case] | Comparable,
    office: Office,
    /,
    *rules: Supposition,
    at: datetime | None = None,
) -> Comparison:
    """What would have come of cases, had something been otherwise.

    Args:
        cases: The cases as recorded, with those that they wait for; or what the check of a register
            found, which is checked again; or cases in arrays, see `simulate.standings`.
        office: Whose they are, as it is.
        rules: What is supposed, see `simulate.rule`.
        at: The instant at which both are judged; that of the newest record, if not told.

    Raises:
        Malformed: What is supposed cannot be, everything at once; or there are no cases.

    >>> from openakimat import Desk, kz
    >>> from openakimat.adapters import memory
    >>> from openakimat.simulate import rule
    >>> desk = Desk(kz.office(), memory.Store())
    >>> opened = datetime.fromisoformat("2026-03-17T10:00+05:00")
    >>> case = desk.open(kz.Appeal, by=kz.Applicant("A"), topic="land", at=opened)
    >>> ten = rule.limit("appeal.registration", working_days=10)
    >>> whatif(desk.files(), desk.office, ten, at=opened).total
    Count(n=1, before=0, after=0)
    """
    other = suppose(office, rules)
    if isinstance(cases, Comparable):
        return cases.compared(rules, office, other, at)
    known = {case.id: case for case in cases}
    if not known:
        raise Malformed("whatif", [Fault("cases", "there are none")])
    newest = max(
        record.entered or record.at for case in known.values() for record in case.sealed[-1:]
    )
    until = newest if at is None else instant(at)
    answers = {
        of.of: of.value for of in rules if of.kind == "answer" and isinstance(of.value, Term)
    }
    again = Lives(known, other, until, answers)
    parted = {child for case in known.values() for child in case.children}
    # Those that wait come first: what they wait for is opened when they come to it.
    ordered = sorted(known, key=parted.__contains__)
    lives = dict[str, Life]()
    pairs = list[tuple[Stood, Stood]]()
    for id in ordered:
        was, now = (
            _stood(known[id], partial(make, id), of, until)
            for make, of in ((_as_is(known, office, until), office), (again.life, other))
        )
        pairs.append((was[0], now[0]))
        if now[1] is not None:
            lives[id] = now[1]
    kept = tuple(step for life in lives.values() for step in life.kept)
    shifted = sum(life.shifted for life in lives.values())
    return count(pairs, rules, office, other, until, kept=kept, shifted=shifted)


class Stood(NamedTuple):
    """Where a case stands, what it is of, and how its records are come by."""

    case: str
    of: tuple[str, str, str]
    line: Line
    load: Callable[[], Case | None]

    def past_standard(self, at: datetime) -> bool:
        """Whether it is past what the office promises itself."""
        promised, term = self.line.standard_at, self.line.deadline
        ended = (term.stopped_at if term else None) or at
        return promised is not None and promised <= ended


def _as_is(cases: Mapping[str, Case], office: Office, until: datetime) -> Callable[[str], Life]:
    def life(id: str) -> Life:
        case = cases[id]
        return Life(settle(case, at=max(until, case.records[-1].at), office=office)[0])

    return life


def _stood(
    case: Case, live: Callable[[], Life], office: Office, until: datetime
) -> tuple[Stood, Life | None]:
    """Where a case stands by its life; not judged, where the law of an office does not reach it."""
    received = case.received
    of = (received.kind, received.topic, received.channel)
    try:
        life = live()
    except AkimatError as wrong:
        told = Line(
            case.id, "", case.procedure, case.stage, Standing.NOT_JUDGED, None, why=str(wrong)
        )
        return Stood(case.id, of, told, lambda: None), None
    return Stood(case.id, of, line(life.of, at=until, office=office), lambda: life.of.case), life


# -- counting ---------------------------------------------------------------------------------


def count(
    pairs: Iterable[tuple[Stood, Stood]],
    rules: tuple[Supposition, ...],
    office: Office,
    other: Office,
    at: datetime,
    /,
    *,
    kept: tuple[Kept, ...] = (),
    shifted: int = 0,
) -> Comparison:
    """What comes of cases, each as it stands at one office and at the other."""
    counted: Counter[tuple[str, str, int]] = Counter()
    flips, moved, unjudged, promised = list[Flip](), 0, [0, 0], [0, 0, 0]
    for was, now in pairs:
        late = [of.line.standing in LATE for of in (was, now)]
        keys = [("", ""), *zip(BY, was.of, strict=True)]
        counted.update(
            (by, value, n) for by, value in keys for n in (0, *(m + 1 for m in (0, 1) if late[m]))
        )
        for n, of in enumerate((was, now)):
            unjudged[n] += of.line.standing in UNJUDGED
            promised[n + 1] += of.past_standard(at)
        promised[0] += now.line.standard_at is not None
        dues = [of.line.deadline for of in (was, now)]
        moved += len({due and due.at for due in dues}) > 1
        # What is not judged by one law has not become late, nor ceased to be.
        judged = UNJUDGED.isdisjoint((was.line.standing, now.line.standing))
        if late[0] != late[1] and judged:
            flips.append(_flip(was, now, office, other))
    by = {
        name: {
            value: Count(n, counted[name, value, 1], counted[name, value, 2])
            for (of, value, which), n in counted.most_common()
            if of == name and which == 0
        }
        for name in ("", *BY)
    }
    total = by.pop("").get("", Count())
    return Comparison(
        rules, at, office.law, total, by, tuple(flips), moved, (unjudged[0], unjudged[1]),
        Count(*promised), kept, shifted,
    )  # fmt: skip


def _flip(was: Stood, now: Stood, office: Office, other: Office) -> Flip:
    """A case that flips: where its two lives part, and how far its last days are apart."""
    dues = [of.line.deadline for of in (was, now)]
    limit, article, days = "", "", None
    if (due := dues[0] or dues[1]) is not None:
        limit, article = due.limit, due.edition.source
    if dues[0] is not None and dues[1] is not None:
        first, last = (due.last_day or office.day_of(due.at) for due in dues if due)
        try:
            days = other.calendar.between(first, last)
        except BeyondCalendar:
            days = None
    act, at, source = _parting(was.load(), now.load(), office, other)
    late = now.line.standing in LATE
    return Flip(was.case, *was.of, late, limit, days, act, at, source or article)


def _parting(
    was: Case | None, now: Case | None, office: Office, other: Office
) -> tuple[str, datetime | None, str]:
    """The first step that one life has and the other has not, when, and where the law has it."""
    if was is None or now is None:
        return "", None, ""
    for n, pair in enumerate(zip_longest(was.records, now.records)):
        old, new = ((one.act.tag, one.stage, one.at) if one else None for one in pair)
        if old != new:
            sides = [
                (one, of, case)
                for one, of, case in zip(pair, (office, other), (was, now), strict=True)
                if one
            ]
            # The earlier of the two is what the other has not; at one instant, the new one.
            record, of, case = min(reversed(sides), key=lambda side: side[0].at)
            before = case.records[n - 1] if n else None
            return record.act.tag, record.at, _source(record, before, of)
    return "", None, ""


def _source(record: Record, before: Record | None, office: Office) -> str:
    """Where the law has a step: its row, or the limit that ran out."""
    table = office.revision_of(record.under)
    if before is None:
        return table.opening.source
    ways = table.ways(before.stage, record.act.tag)
    if told := next((row.source for row in ways if row.enters == record.stage), ""):
        return told
    limit = lapsed_clock(record.act)
    editions = [e for e in office.law.limits.get(limit, ()) if e.law == table.law]
    return editions[0].source if editions else ""


# -- in words -----------------------------------------------------------------------------------


def share(part: int, n: int, /) -> str:
    """A share in percent.

    >>> share(1, 3), share(0, 0)
    ('33.3%', '–')
    """
    return f"{part / n:.1%}" if n else "–"


def _tell(of: Comparison, words: Words) -> Iterator[str]:
    def said(key: str, **blanks: object) -> str:
        shown = {name: f"{n:,}" if isinstance(n, int) else n for name, n in blanks.items()}
        return words("phrase", f"what-if-{key}").format(**shown)

    yield of.name(words.language)
    yield sentence(of, words.language)
    late = sum(flip.late for flip in of.flips)
    yield said("flips", late=late, spared=len(of.flips) - late, moved=of.moved)
    if of.promised.n:
        total = of.promised
        yield said("promised", n=total.n, before=total.before, after=total.after)
    for flip in of.flips[:_SHOWN]:
        yield f"  {_tell_flip(flip, words)}"
    if len(of.flips) > _SHOWN:
        yield f"  … + {len(of.flips) - _SHOWN:,}"
    if any(of.unjudged):
        yield said("unjudged", before=of.unjudged[0], after=of.unjudged[1])
    for key, taken in (("taken", True), ("left-out", False)):
        if codes := Counter(step.why for step in of.kept if step.taken is taken):
            told = ", ".join(f"{code} {n:,}" for code, n in codes.most_common(_SHOWN))
            yield said(key, n=codes.total(), codes=told)
    yield said("model")
    if of.shifted:
        yield said("shifted", n=of.shifted)


def _tell_flip(flip: Flip, words: Words) -> str:
    """A case that flips, on a line."""
    spoken, parts = (
        words.spoken,
        [words("standing", (Standing.LATE if flip.late else Standing.IN_TIME).value)],
    )
    if flip.days is not None:
        sign = "−" if flip.days < 0 else "+"
        parts.append(sign + spoken.amount(abs(flip.days), "WorkingDays"))
    step = words("act", flip.act) if flip.act else words("limit", flip.limit)
    day = f" {spoken.day_text(flip.at.date())}" if flip.at else ""
    parts.append(f"{step}{day} [{words.source(flip.article)}]")
    about = [words("topic", flip.topic), words("channel", flip.channel)]
    return "; ".join((flip.case, ", ".join(filter(None, about)), *parts))


def sentence(of: Comparison, language: str = "en", /) -> str:
    """The sentence to publish: how many would have been late, of how many, and how many are."""
    n, before, after = of.total.n, of.total.before, of.total.after
    return Words(of.law, language)("phrase", "what-if-late").format(
        n=f"{n:,}", before=f"{before:,}", after=f"{after:,}",
        share_before=share(before, n), share_after=share(after, n),
    )  # fmt: skip
