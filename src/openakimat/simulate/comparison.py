"""What comes of recorded cases as it is and as it would be: counts, the cases that flip, words for both."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

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

    def __add__(self, other: "Count") -> "Count":
        return Count(self.n + other.n, self.before + other.before, self.after + other.after)


@attrs.frozen
class Flip:
    """A case that is late by one law and not by the other.

    Attributes:
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
        about = [words(by, value) for by in BY[1:] if (value := getattr(self, by))]
        step = words("act", self.act) if self.act else words("limit", self.limit)
        day = f" {words.spoken.day_text(self.at.date())}" if self.at else ""
        days, standing = "", Standing.LATE if self.late else Standing.IN_TIME
        if self.days is not None:
            days = "+−"[self.days < 0] + words.spoken.amount(abs(self.days), "WorkingDays")
        parts = (self.case, ", ".join(about), words("standing", standing.value), days)
        return "; ".join(filter(None, (*parts, f"{step}{day} [{words.source(self.article)}]")))


def _for_words(law: Law) -> Law:
    # Its charts cannot be sent to another process, and have no words.
    return attrs.evolve(law, procedures={}, marks={}, first_edition={}, trials={})


@attrs.frozen
class Comparison:
    """What comes of cases as it is, and as it would be; both judged at one instant.

    Attributes:
        by: Of each of `BY`, the cases of each value.
        moved: How many have another last day.
        unjudged, promised: Those not judged; those that the office has a standard for, and past it.
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
    promised: Count = Count()
    kept: tuple[Kept, ...] = attrs.field(default=(), repr=False)
    shifted: int = 0

    def text(self, language: str = "", /) -> str:
        """It in words, a dozen lines: counts, the first cases that flip, what is a model and no law.

        Raises `Malformed` if the law is told in no such language.
        """
        return "\n".join(_tell(self, words_of(self.law, language)))

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.text())}</pre>"

    def joined(self, more: "Comparison", /) -> "Comparison":
        """What comes of these cases and of others, under the same rules."""
        by = {name: {**of} for name, of in self.by.items()}
        for name, of in by.items():
            for value, one in more.by[name].items():
                of[value] = of.get(value, Count()) + one
        total, flips = self.total + more.total, more.flips + self.flips
        return attrs.evolve(self, total=total, by=by, flips=flips, moved=self.moved + more.moved)

    def name(self, language: str = "", /) -> str:
        """What is supposed, in words."""
        words = words_of(self.law, language)
        return "; ".join(of.text(words) for of in self.rules) or words("phrase", "what-if-none")

    def sentence(self, language: str = "", /) -> str:
        """The sentence to publish: how many would be late, of how many, and how many are."""
        of, words = self.total, words_of(self.law, language)
        shares = {f"share_{when}": share(getattr(of, when), of.n) for when in ("before", "after")}
        return _say(words, "late", **attrs.asdict(of), **shares)


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
        yield _say(words, "unjudged", **attrs.asdict(of.unjudged))
    for key, taken in (("taken", True), ("left-out", False)):
        if codes := Counter(step.why for step in of.kept if step.taken is taken):
            told = ", ".join(f"{code} {n:,}" for code, n in codes.most_common(_SHOWN))
            yield f"{_say(words, key, n=codes.total())} ({told})"
    yield _say(words, "model")
    if of.shifted:
        yield _say(words, "shifted", n=of.shifted)


@attrs.frozen
class Compared:
    """Comparisons of the same cases with what is supposed in each."""

    of: tuple[Comparison, ...]

    def table(self, language: str = "", /) -> list[dict[str, Any]]:
        """A row for what is, and for each supposition: how many are late, what share, how many more.

        A frame is made of it as it stands: `pandas.DataFrame(compared.table())`.
        """
        total, none = self.of[0].total, attrs.evolve(self.of[0], rules=()).name(language)
        rows = [(none, total.before), *((one.name(language), one.total.after) for one in self.of)]
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

    def text(self, language: str = "", /) -> str:
        """The table, what changes most, and of each the sentence to publish, in words."""
        rows, words = self.table(language), words_of(self.of[0].law, language)
        width, told = max(len(row["name"]) for row in rows), list[str]()
        for row in rows:
            late = f"{row['late']:>9,} {share(row['late'], row['cases']):>7} {row['more']:>+8,}"
            told.append(f"{row['name']:<{width}}{late}")
        if most := self.changes()[:_MOST]:
            told.append(f"{words('phrase', 'what-if-best')}:")
        for row in most:
            value = words(row["by"], row["value"]) if row["value"] else words("phrase", "none")
            name = rows[row["supposed"] + 1]["name"]
            told.append(f"  {name}: {value} {row['more']:+,} / {row['cases']:,}")
        return "\n".join(
            (*told, *(f"{one.name(language)}. {one.sentence(language)}" for one in self.of))
        )

    def __str__(self) -> str:
        return self.text()

    def picture(self, language: str = "", /) -> str:
        """Bars of the share late, as SVG without script; a notebook shows it."""
        rows = self.table(language)
        bars = "".join(
            f'<text y="{44 * n + 14}" fill="currentColor">{escape(row["name"])}: {row["late"]:,} / '
            f'{row["cases"]:,} · {row["share"]:.1%}</text><rect y="{44 * n + 20}" height="14" '
            f'width="{640 * row["share"] + 1:.0f}" fill="{"#4477aa" if n else "#888888"}"/>'
            for n, row in enumerate(rows)
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 641 {44 * len(rows)}" role="img" '
            f'width="641" font-family="sans-serif" font-size="13">{bars}</svg>'
        )

    def _repr_html_(self) -> str:
        return self.picture()


def compare(*comparisons: Comparison) -> Compared:
    """Comparisons side by side.

    Raises `Malformed` if there are none, or they are not of the same cases at the same instant.
    """
    if len({(one.total.n, one.at) for one in comparisons}) != 1:
        why = "there are none, or they are not of the same cases as of the same instant"
        raise Malformed("compare", [Fault("comparisons", why)])
    return Compared(comparisons)
