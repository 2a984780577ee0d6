"""What comes of recorded cases as it is and as it would be: counts, the cases that flip, words for both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import attrs

from openakimat.errors import Fault, Malformed
from openakimat.judgement.docket import Standing
from openakimat.law.law import Law
from openakimat.law.words import Words
from openakimat.limits.language import ENGLISH
from openakimat.simulate.relive import Kept
from openakimat.simulate.rule import Supposition

BY = ("kind", "topic", "channel")
"""By what cases are counted: what they were opened with, of what, and how they came."""

_SHOWN, _MOST = 5, 3
"""So many cases, and groups of them, are told of in a text; the others stand in the fields."""


@attrs.frozen
class Count:
    """How many cases there are, and how many of them are late as it is and as it would be."""

    n: int = 0
    before: int = 0
    after: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.n + other.n, self.before + other.before, self.after + other.after)


@attrs.frozen
class Flip:
    """A case that is late by one law and not by the other.

    Attributes:
        case, kind, topic, channel: Its id, and what it is of.
        late: Whether it becomes late; else it is late no more.
        limit: The limit that it is judged by.
        days: Working days from its last day as it is to that as it would be, if it has both.
        act, at: The first step that one life has and the other has not; none, where the day alone differs.
        article: Where the law has that step, or the limit.
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

    def text(self, words: Words, /) -> str:
        """It on a line."""
        about = zip(BY[1:], (self.topic, self.channel), strict=True)
        step = words("act", self.act) if self.act else words("limit", self.limit)
        day = f" {words.spoken.day_text(self.at.date())}" if self.at else ""
        days, standing = "", Standing.LATE if self.late else Standing.IN_TIME
        if self.days is not None:
            days = "+−"[self.days < 0] + words.spoken.amount(abs(self.days), "WorkingDays")
        parts = (
            self.case, ", ".join(words(by, value) for by, value in about if value),
            words("standing", standing.value), days, f"{step}{day} [{words.source(self.article)}]",
        )  # fmt: skip
        return "; ".join(filter(None, parts))


def _for_words(law: Law) -> Law:
    """What of a law has words: its charts cannot be sent to another process."""
    return attrs.evolve(law, procedures={}, marks={}, first_edition={})


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
        unjudged: The same of those not judged.
        doubts: Why those are not that were judged as it is, by code.
        promised: Those that the office has a standard for, and how many are past it.
        kept: The steps that the other law does not let through as recorded.
        shifted: How many go on at other times, for what they wait for ends at another.
    """

    rules: tuple[Supposition, ...]
    at: datetime
    law: Law = attrs.field(repr=False, eq=False, converter=_for_words)
    total: Count
    by: Mapping[str, Mapping[str, Count]] = attrs.field(repr=False)
    flips: tuple[Flip, ...] = attrs.field(repr=False)
    moved: int
    unjudged: Count = Count()
    doubts: Mapping[str, int] = attrs.field(factory=dict)
    promised: Count = Count()
    kept: tuple[Kept, ...] = attrs.field(default=(), repr=False)
    shifted: int = 0

    def text(self, language: str = "", /) -> str:
        """It in words, a dozen lines: counts, the first cases that flip, what is a model and no law.

        Raises:
            Malformed: The law is told in no such language.
        """
        return "\n".join(_tell(self, words_of(self.law, language)))

    def joined(self, other: Comparison, /) -> Comparison:
        """What comes of these cases and of others, under the same rules."""
        by = {
            name: {key: of.get(key, Count()) + more.get(key, Count()) for key in {**of, **more}}
            for name, of, more in ((name, self.by[name], other.by[name]) for name in BY)
        }
        flips, moved = self.flips + other.flips, self.moved + other.moved
        return attrs.evolve(other, total=self.total + other.total, by=by, flips=flips, moved=moved)

    def __str__(self) -> str:
        return self.text()

    def name(self, language: str = "", /) -> str:
        """What is supposed, in words."""
        words = words_of(self.law, language)
        return "; ".join(of.text(words) for of in self.rules) or words("phrase", "what-if-none")

    def sentence(self, language: str = "", /) -> str:
        """The sentence to publish: how many would be late, of how many, and how many are."""
        of, words = self.total, words_of(self.law, language)
        before, after = share(of.before, of.n), share(of.after, of.n)
        return _say(words, "late", **attrs.asdict(of), share_before=before, share_after=after)

    @property
    def plain(self) -> dict[str, Any]:
        """It as plain data, what is supposed and the sentence in every language; it names nobody."""
        apart = (self.law, self.rules)
        data = attrs.asdict(
            self,
            filter=lambda _, value: all(value is not one for one in apart),
            value_serializer=lambda _, __, one: str(one) if isinstance(one, datetime) else one,
        )
        names = {code: self.name(code) for code in self.law.tongues}
        sentences = {code: self.sentence(code) for code in self.law.tongues}
        return {"name": names, "sentence": sentences, **data}


def words_of(law: Law, language: str, /) -> Words:
    """The words of a law in a language; where none is told, in English, or the first that it has."""
    usual = ENGLISH.code if ENGLISH.code in law.tongues else next(iter(law.tongues))
    return Words(law, language or usual)


def share(part: int, n: int, /) -> str:
    """A share in percent.

    >>> share(1, 3), share(0, 0)
    ('33.3%', '–')
    """
    return f"{part / n:.1%}" if n else "–"


def _say(words: Words, key: str, **blanks: Any) -> str:
    shown = {name: f"{n:,}" if isinstance(n, int) else n for name, n in blanks.items()}
    return words("phrase", f"what-if-{key}").format(**shown)


def _list(codes: Mapping[str, int]) -> str:
    told = Counter(codes).most_common(_SHOWN)
    return f" ({', '.join(f'{code} {n:,}' for code, n in told)})" if told else ""


def _tell(of: Comparison, words: Words) -> Iterator[str]:
    yield of.name(words.language)
    yield of.sentence(words.language)
    late = sum(flip.late for flip in of.flips)
    yield _say(words, "flips", late=late, spared=len(of.flips) - late, moved=of.moved)
    if of.promised.n:
        yield _say(words, "promised", **attrs.asdict(of.promised))
    yield from (f"  {flip.text(words)}" for flip in of.flips[:_SHOWN])
    if len(of.flips) > _SHOWN:
        yield f"  … + {len(of.flips) - _SHOWN:,}"
    if of.unjudged.before or of.unjudged.after:
        yield _say(words, "unjudged", **attrs.asdict(of.unjudged)) + _list(of.doubts)
    for key, taken in (("taken", True), ("left-out", False)):
        if codes := Counter(step.why for step in of.kept if step.taken is taken):
            yield _say(words, key, n=codes.total()) + _list(codes)
    yield _say(words, "model")
    if of.shifted:
        yield _say(words, "shifted", n=of.shifted)


# -- several --------------------------------------------------------------------------------


@attrs.frozen
class Compared:
    """Comparisons of the same cases with what is supposed in each."""

    of: tuple[Comparison, ...]

    def table(self, language: str = "", /) -> list[dict[str, Any]]:
        """A row for what is, and for each supposition: how many are late, what share, how many more.

        A frame is made of it as it stands: `pandas.DataFrame(compared.table())`.
        """
        total, words = self.of[0].total, words_of(self.of[0].law, language)
        rows = [(words("phrase", "what-if-none"), total.before)]
        rows += [(one.name(language), one.total.after) for one in self.of]
        n, late = max(total.n, 1), total.before
        return [
            {"name": name, "cases": total.n, "late": one, "share": one / n, "more": one - late}
            for name, one in rows
        ]

    def changes(self) -> list[dict[str, Any]]:
        """For whom something changes: each group of cases under a supposition, the largest change first."""
        names = ("supposed", "by", "value", "cases", "late", "more")
        found: list[dict[str, Any]] = [
            dict(zip(names, (no, by, value, of.n, of.after, of.after - of.before), strict=True))
            for no, one in enumerate(self.of)
            for by, values in one.by.items()
            for value, of in values.items()
            # Of a group that is all of them nothing is told that is not told already.
            if of.after != of.before and of.n != one.total.n
        ]
        return sorted(found, key=lambda row: -abs(row["more"]))

    def sentences(self, language: str = "", /) -> list[str]:
        """What may be published of each, a sentence after what is supposed."""
        return [f"{one.name(language)}. {one.sentence(language)}" for one in self.of]

    @property
    def plain(self) -> dict[str, Any]:
        """It as plain data, in every language; `openakimat.report.compared.picture` draws it."""
        tongues = self.of[0].law.tongues
        return {
            "rows": {language: self.table(language) for language in tongues},
            "sentences": {language: self.sentences(language) for language in tongues},
            "changes": self.changes(),
            "comparisons": [one.plain for one in self.of],
        }

    def text(self, language: str = "", /) -> str:
        """It in words.

        Raises:
            Malformed: The law is told in no such language.
        """
        return "\n".join(self._tell(words_of(self.of[0].law, language)))

    def _tell(self, words: Words) -> Iterator[str]:
        rows = self.table(words.language)
        width = max(len(row["name"]) for row in rows)
        for row in rows:
            late = f"{row['late']:>9,} {share(row['late'], row['cases']):>7} {row['more']:>+8,}"
            yield f"{row['name']:<{width}}{late}"
        if most := self.changes()[:_MOST]:
            yield words("phrase", "what-if-best") + ":"
        for row in most:
            value = words(row["by"], row["value"]) if row["value"] else words("phrase", "none")
            name = rows[row["supposed"] + 1]["name"]
            yield f"  {name}: {value} {row['more']:+,} / {row['cases']:,}"

    def __str__(self) -> str:
        return self.text()


def compare(*comparisons: Comparison) -> Compared:
    """Comparisons side by side.

    Raises:
        Malformed: There are none, or they are not of the same cases at the same instant.
    """
    if not comparisons:
        raise Malformed("compare", [Fault("comparisons", "there are none")])
    first = comparisons[0]
    if any((one.total.n, one.at) != (first.total.n, first.at) for one in comparisons):
        why = "they are not of the same cases as of the same instant"
        raise Malformed("compare", [Fault("comparisons", why)])
    return Compared(comparisons)
