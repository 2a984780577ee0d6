"""Several suppositions side by side, of the same cases: a table, what changes for whom, sentences to publish."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from openakimat.errors import Fault, Malformed
from openakimat.law.words import Words
from openakimat.simulate.whatif import Comparison, sentence, share

_MOST = 3
"""So many groups are told of in a text; the others stand in `Compared.changes`."""


@attrs.frozen
class Compared:
    """Comparisons of the same cases with what is supposed in each."""

    of: tuple[Comparison, ...]

    def table(self, language: str = "en", /) -> list[dict[str, Any]]:
        """A row for what is, and for each supposition: how many are late, what share, how many more.

        A frame is made of it as it stands: `pandas.DataFrame(compared.table())`.
        """
        first = self.of[0]
        as_is = Words(first.law, language)("phrase", "what-if-none")
        rows = [(as_is, first.total.before), *((c.name(language), c.total.after) for c in self.of)]
        n, late = first.total.n, first.total.before
        return [
            {"name": name, "cases": n, "late": one, "share": one / n, "more": one - late}
            for name, one in rows
        ]

    def changes(self) -> list[dict[str, Any]]:
        """For whom something changes: by each group of cases and supposition, the largest change first."""
        found = [
            {
                "supposed": no,
                "by": by,
                "value": value,
                "cases": of.n,
                "late": of.after,
                "more": of.after - of.before,
            }
            for no, one in enumerate(self.of)
            for by, values in one.by.items()
            for value, of in values.items()
            if of.after != of.before
        ]
        return sorted(found, key=lambda row: -abs(row["more"]))

    def sentences(self, language: str = "en", /) -> list[str]:
        """What may be published of each, a sentence after what is supposed."""
        return [f"{one.name(language)}. {sentence(one, language)}" for one in self.of]

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

    def told(self, language: str = "en", /) -> str:
        """It in words.

        Raises:
            Malformed: The law is told in no such language.
        """
        return "\n".join(self._tell(Words(self.of[0].law, language)))

    def _tell(self, words: Words) -> Iterator[str]:
        rows = self.table(words.language)
        width = max(len(row["name"]) for row in rows)
        for row in rows:
            yield f"{row['name']:<{width}} {row['late']:>9,} {share(row['late'], row['cases']):>7} {row['more']:>+8,}"
        if most := self.changes()[:_MOST]:
            yield words("phrase", "what-if-best") + ":"
            for row in most:
                name = words(row["by"], row["value"]) if row["value"] else words("phrase", "none")
                yield f"  {rows[row['supposed'] + 1]['name']}: {name} {row['more']:+,} / {row['cases']:,}"

    def __str__(self) -> str:
        return self.told(
            "en" if "en" in self.of[0].law.tongues else next(iter(self.of[0].law.tongues))
        )


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
