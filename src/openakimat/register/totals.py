"""How many cases of a docket stand where: by standing, topic, channel, official and month."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from openakimat.judgement.docket import LATE, Standing
from openakimat.kz.alphabet import sort_key
from openakimat.law.words import Words
from openakimat.report.columns import Row

FAULTY = "faulty"
"""What stands in a docket for a row that could not be read."""

_LATE = {standing.value for standing in LATE}

_RARE = {Standing.NOT_JUDGED.value, Standing.BROKEN.value, FAULTY}
"""Of these nothing was judged, and they are told only where there are such."""

BY = ("topic", "channel", "official", "month")


def tally(rows: Iterable[Row], by: str, words: Words, /) -> list[Row]:
    """The cases of each name, and the share late of those judged; months in order, others by size.

    What is told in the same words is counted together; of what no row tells nothing is.
    """
    counts: dict[str, Counter[str]] = {}
    keys: dict[str, str] = {}
    for row in rows:
        received = row.get("received")
        month = f"{received:%Y-%m}" if isinstance(received, date) else ""
        key = month if by == "month" else str(row.get(by) or "")
        # A row that could not be read is of no topic and of no month.
        if row["standing"] == FAULTY:
            continue
        name = words(by, key) if key and by in {"topic", "channel"} else key
        keys.setdefault(name, key)
        counts.setdefault(name, Counter())[str(row["standing"])] += 1
    if not any(keys):
        return []
    by_size = sorted(counts, key=lambda name: (-counts[name].total(), sort_key(name)))
    none = words("phrase", "none")
    return [
        _tally(by, keys[name], name or none, counts[name])
        for name in (sorted(counts) if by == "month" else by_size)
    ]


def _tally(by: str, key: str, label: str, of: Counter[str]) -> Row:
    n, late = of.total(), sum(of[standing] for standing in _LATE)
    judged = n - sum(of[standing] for standing in _RARE)
    share = late / judged if judged else None
    told: Row = {"part": f"by-{by}", "key": key, "label": label, "cases": n}
    return {**told, "judged": judged, "late_cases": late, "share_late": share}


def total(rows: Sequence[Row], counts: dict[str, int], words: Words, /) -> Iterator[Row]:
    """The totals of a docket: of its rows, by standing, with another system, by each of `BY`.

    `counts` are how many rows the register has, and how many of them were accepted or not.
    """
    stands = Counter(str(row["standing"]) for row in rows)
    names = (*(standing.value for standing in Standing), FAULTY)
    standings = {name: stands[name] for name in names if stands[name] or name not in _RARE}
    for part, kind, of in (
        ("rows", "total", counts),
        ("standing", "standing", standings),
        ("their-due", "total", compare_due(rows)),
    ):
        for key, n in of.items():
            yield {"part": part, "key": key, "label": words(kind, key), "cases": n}
    for by in BY:
        yield from tally(rows, by, words)


def compare_due(rows: Iterable[Row], /) -> dict[str, int]:
    """How often their system and the law agree on the last day; empty where theirs is never told.

    >>> compare_due([{"their_due": "2026-03-18", "difference": 2}])
    {'agrees': 0, 'theirs-earlier': 0, 'theirs-later': 1, 'not-compared': 0}
    """
    theirs = [row.get("difference") for row in rows if row.get("their_due") is not None]
    days = [one for one in theirs if isinstance(one, int)]
    compared = {
        "agrees": days.count(0),
        "theirs-earlier": sum(one < 0 for one in days),
        "theirs-later": sum(one > 0 for one in days),
        "not-compared": len(theirs) - len(days),
    }
    return compared if theirs else {}
