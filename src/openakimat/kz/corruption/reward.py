"""The reward for a report of corruption, by the kind of offence and the damage.

Not for knowingly false reports, nor, since Law 188-VII, for confidential agents, perpetrators
and accomplices (Law 410-V, 24(3)); paid after the verdict (secondary). Amounts are of the press and of pages of
state bodies: the rules themselves, and the values of other years, were not read.
"""

from collections.abc import Mapping
from datetime import date
from typing import get_args

import attrs

from openakimat.case import Act, Case
from openakimat.chart.table import Circumstances, guard
from openakimat.dated import Dated, Edition, Evidence, weakest
from openakimat.errors import Fault, Malformed, Undated
from openakimat.kz.acts import Decide
from openakimat.kz.corruption.acts import OF_VERDICT, Offence, PayReward, RecordVerdict
from openakimat.kz.data import dated, read
from openakimat.kz.guards import last_act


@attrs.frozen
class Scale:
    """How a reward is counted; amounts in MCI, the monthly calculation index.

    By the kind of offence while the damage or bribe is not above `threshold`; above it, `percent` of that
    up to `cap`. The step of the kinds `unseen` was seen in no source on these rules.
    """

    steps: Mapping[Offence, int]
    threshold: int
    percent: int
    cap: int
    unseen: frozenset[Offence] = attrs.field(default=frozenset(), converter=frozenset)


@attrs.frozen
class Reward:
    """What is owed, in whole MCI and whole tenge, and what that rests on."""

    mci: int
    tenge: int
    source: str
    evidence: Evidence


_DATA = read("corruption/law.toml")["reward"]

SCALE: Dated[Scale] = dated(
    "scale of the reward", _DATA["edition"], lambda _: Scale(**_DATA["scale"])
)
MCI: Dated[int] = dated("MCI, tenge", _DATA["mci"], lambda e: int(e["tenge"]))
"""The monthly calculation index; each value is of its year alone."""


def mci(on: date, /) -> Edition[int]:
    """The monthly calculation index of the year of a day, in tenge.

    Raises `Undated` if the value of that year was not seen in any source.

    >>> mci(date(2024, 6, 1)).value
    3692
    """
    edition_of_year = next((edition for edition in MCI if edition.since.year == on.year), None)
    if edition_of_year is None:
        raise Undated(f"{MCI.name}: the value of {on.year} was not seen in any source")
    return edition_of_year


def reward(kind: Offence, damage: int, on: date) -> Reward:
    """The reward for a report.

    `kind` is that confirmed, `damage` the damage or the bribe in tenge, `on` the day whose MCI counts:
    which day that is, no source says.
    Raises `Malformed` if there is no such kind of offence, or the damage is negative; `Undated` if there
    were no rules by that day, or the MCI of its year was not seen.

    >>> reward("medium", 0, date(2023, 5, 1)).tenge
    172500
    """
    faults = [] if kind in get_args(Offence) else [Fault("kind", f"{kind!r} is none of those")]
    if damage < 0:
        faults.append(Fault("damage", f"{damage} is less than nothing"))
    if faults:
        raise Malformed("reward", faults)
    rules, value = SCALE.on(on), mci(on)
    scale, worth = rules.value, value.value
    tenge, marks = scale.steps[kind] * worth, [rules.evidence, value.evidence]
    if damage > scale.threshold * worth:
        tenge = min(damage * scale.percent // 100, scale.cap * worth)
    elif kind in scale.unseen:
        marks.append(Evidence.UNCONFIRMED)
    source = f"{rules.source}; MCI of {on.year}: {value.source}"
    return Reward(tenge // worth, tenge, source, weakest(marks))


@guard("verdict.missing", source=OF_VERDICT, asks="record:record-verdict.guilty")
def convicted(case: Case, act: Act, circumstances: Circumstances) -> bool:
    verdict = last_act(case, RecordVerdict)
    return verdict is not None and verdict.guilty


@guard("reward.other-offence", asks="act.offence=administrative record:decide.outcome")
def as_confirmed(case: Case, act: PayReward, circumstances: Circumstances) -> bool:
    decision = last_act(case, Decide)
    administrative = decision is not None and decision.outcome == "administrative"
    return (act.offence == "administrative") == administrative
