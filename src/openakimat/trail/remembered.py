"""Cases that were read, remembered for whoever goes on with them: of these only what is new is read.

Rules. (1) A case remembered is believed as far as the rows stored now are equal to those that it
was read from or sealed into, with all that stands beside their bytes; else it is read anew. So
nothing is believed that was not verified. (2) What is remembered is never changed: whoever goes on
with it makes another. (3) How many there are is bounded. Several threads may ask at once.
"""

from functools import reduce
from typing import NamedTuple

from openakimat.case import VOCABULARY, Applicant
from openakimat.chart.form import Charts
from openakimat.chart.table import AskedOffice
from openakimat.judgement.card import Card
from openakimat.judgement.running import Running, after
from openakimat.trail.codec import UPCASTS
from openakimat.trail.seal import Chain, Sealed

N_CASES = 256
"""How many cases are remembered at most."""


class Loaded(NamedTuple):
    """A case with its clocks, the chain that more is sealed onto, its rows as stored, and its card.

    The card may be of some records ago.
    """

    of: Running
    chain: Chain
    rows: tuple[Sealed, ...]
    card: Card | None = None


class Remembered:
    """The cases last read or kept."""

    def __init__(self) -> None:
        # The latest stands last.
        self._cases: dict[str, Loaded] = {}
        self._classes = _classes()

    def recall(
        self, case: str, rows: tuple[Sealed, ...], charts: Charts, /, *, office: AskedOffice
    ) -> Loaded | None:
        """A case as its rows tell it now; None where it is to be read anew.

        Raises `BrokenTrail` if a row that is new is not what verification believes.
        """
        if self._classes != (classes := _classes()):
            self._cases.clear()
            self._classes = classes
        # Taken out, and put back only by whoever believed it.
        known = self._cases.pop(case, None)
        if known is None or known.of.office is not office:
            return None
        n = len(known.rows)
        if known.rows != rows[:n]:
            return None
        if n == len(rows):
            return known
        chain, of = known.chain.copy(), known.of
        records = [chain.take(row, charts) for row in rows[n:]]
        # Another chart may be one that the office has not read yet.
        if any(record.under != of.case.under for record in records):
            return None
        return Loaded(reduce(after, records, of), chain, rows, known.card)

    def remember(self, loaded: Loaded, /) -> None:
        """Remember a case as the latest."""
        if len(self._cases) >= N_CASES:
            # Many at once, for it takes a copy of their names: no thread can come between it.
            for case in list(self._cases)[: N_CASES // 4]:
                self._cases.pop(case, None)
        self._cases[loaded.chain.case] = loaded


def _classes() -> tuple[int, int, int]:
    """How many classes and ways there are to read acts and people by: with one more, by others."""
    return len(VOCABULARY), len(UPCASTS), len(Applicant.kinds)
