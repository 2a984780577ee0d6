"""What the checklist asks of an answer."""

from openakimat.case.record import Case
from openakimat.chart.table import Circumstances, guard
from openakimat.errors import Incomplete
from openakimat.kz.front_office.acts import Answer, InspectOffice, RecheckOffice
from openakimat.kz.front_office.checklist import checklist

Inspected = InspectOffice | RecheckOffice


def unmet(case: Case, /) -> tuple[Answer, ...]:
    """What the last visit found not to be met."""
    for record in reversed(case.records):
        if isinstance(record.act, (InspectOffice, RecheckOffice)):
            return tuple(answer for answer in record.act.checked if not answer.met)
    return ()


def unanswered(answers: tuple[Answer, ...], /) -> tuple[str, ...]:
    """The items of the checklist that answers leave out, in order.

    >>> unanswered(tuple(Answer(key, met=True) for key in checklist()))
    ()
    """
    return tuple(sorted(checklist().keys() - {answer.item for answer in answers}))


@guard(
    "checklist.unknown-item", why="an answer is to no item of the checklist", asks=("act.checked",)
)
def known_items(case: Case, act: Inspected, circumstances: Circumstances) -> bool:
    return {answer.item for answer in act.checked} <= checklist().keys()


@guard("checklist.twice", why="an item is answered twice", asks=("act.checked",))
def each_once(case: Case, act: Inspected, circumstances: Circumstances) -> bool:
    items = [answer.item for answer in act.checked]
    return len(items) == len(set(items))


@guard(
    "checklist.unanswered",
    why="an item of the checklist is not answered",
    refusal=Incomplete,
    asks=("act.checked",),
)
def all_answered(case: Case, act: Inspected, circumstances: Circumstances) -> bool:
    return not unanswered(act.checked)


ANSWERED = (known_items, each_once, all_answered)


@guard(
    "conformity.nothing-unmet",
    why="every item of the checklist is met",
    asks=("act.checked",),
    relies=ANSWERED,
)
def something_unmet(case: Case, act: Inspected, circumstances: Circumstances) -> bool:
    return not all(answer.met for answer in act.checked)


@guard(
    "conformity.not-met",
    why="an item of the checklist is not met",
    asks=("act.checked",),
    relies=ANSWERED,
)
def nothing_unmet(case: Case, act: Inspected, circumstances: Circumstances) -> bool:
    return all(answer.met for answer in act.checked)
