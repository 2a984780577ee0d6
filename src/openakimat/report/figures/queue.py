"""The fairness of a queue: whose calls pass people over without a ground, beyond what chance makes.

Rules. (1) A call is compared with those of the same office, day and sector: an operator alone there
is compared with nobody, and not judged. (2) That all are alike is tested exactly, by every permutation
of the calls of each of these. (3) Of many operators a twentieth of those named at most are
named by chance (Benjamini and Hochberg). (4) Who is not named is not cleared: `power` says what
would have been seen. An excess is a reason to look, and no proof of anything.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

LEVEL, POWER = 0.05, 0.8


class Called(NamedTuple):
    """A call: by whom, the day and sector it is compared in, whether it passed somebody over.

    `lawful` says whether that was on a ground, or owned as out of turn with a reason.
    """

    operator: str
    stratum: tuple[str, ...]
    passed_over: bool = False
    lawful: bool = False


def audit_queue(calls: Iterable[Called], /) -> list[dict[str, Any]]:
    """What of the calls of each operator passed people over without a ground, the most unlikely first.

    By operator ``n`` calls, those ``lawful`` and ``groundless`` out of turn, how many are ``expected`` of
    them, ``p`` and ``q``, whether it is an ``excess``, and ``one_in``: one bribe in so many calls would be
    noticed. None where there is nobody to compare with.

    >>> calls = [Called(who, ("1",), who == "b" and n < 9) for who in "ab" for n in range(50)]
    >>> [(one["operator"], one["groundless"], one["excess"]) for one in audit_queue(calls)]
    [('b', 9, True), ('a', 0, False)]
    """
    from scipy.stats import false_discovery_control

    strata: defaultdict[tuple[str, ...], list[Called]] = defaultdict(list)
    rows = dict[str, Counter[str]]()
    for call in calls:
        strata[call.stratum].append(call)
        kind = "in turn" if not call.passed_over else "lawful" if call.lawful else "groundless"
        rows.setdefault(call.operator, Counter())[kind] += 1
    found = [_audit(who, counts, strata) for who, counts in sorted(rows.items())]
    compared = [one for one in found if one["p"] is not None]
    values = false_discovery_control([one["p"] for one in compared]) if compared else []
    for one, q in zip(compared, values, strict=True):
        one |= {"q": round(float(q), 6), "excess": bool(q <= LEVEL)}
        one["one_in"] = power(one["compared"], one["expected"] / one["compared"], len(compared))
    return sorted(found, key=lambda one: (one["p"] is None, one["p"]))


def _audit(
    operator: str, counts: Counter[str], strata: Mapping[tuple[str, ...], list[Called]]
) -> dict[str, Any]:
    """The chance of so many groundless calls of one operator, were all operators alike."""
    import numpy as np
    from scipy.stats import hypergeom

    chances, seen, expected, compared = np.ones(1), 0, 0.0, 0
    for calls in strata.values():
        own = [call.passed_over and not call.lawful for call in calls if call.operator == operator]
        if not own or len(own) == len(calls):
            continue
        n_bad = sum(call.passed_over and not call.lawful for call in calls)
        told = len(calls), n_bad, len(own)
        chances = np.convolve(chances, hypergeom.pmf(np.arange(min(n_bad, len(own)) + 1), *told))
        seen, compared = seen + sum(own), compared + len(own)
        expected += len(own) * n_bad / len(calls)
    row = {"operator": operator, "n": counts.total(), "compared": compared}
    row |= {kind: counts[kind] for kind in ("lawful", "groundless")}
    p = min(1.0, float(chances[seen:].sum())) if compared else None
    unjudged = {"q": None, "excess": None, "one_in": None}
    return row | {"expected": round(float(expected), 2), "p": p} | unjudged


def power(n: int, usual: float, n_operators: int = 1, /) -> int | None:
    """One bribe in how many calls would be noticed, with a chance of four in five.

    Of `n` calls of one operator, of whom so many are looked at, where a share of groundless ones is
    usual. None where not even a bribe in each call would be.

    >>> power(1000, 0.0), power(1000, 0.02), power(2, 0.5)
    (621, 73, None)
    """
    from scipy.stats import binom

    threshold = int(binom.isf(LEVEL / n_operators, n, usual)) + 1

    def is_seen(one_in: int) -> bool:
        return bool(binom.sf(threshold - 1, n, usual + (1 - usual) / one_in) >= POWER)

    if not n or threshold > n or not is_seen(1):
        return None
    low, high = 1, n + 1  # seen, and not seen: the rarer they are, the less is seen
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if is_seen(middle) else (low, middle)
    return low
