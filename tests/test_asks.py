"""What a guard looks at is said in words that are read where it is declared."""

from __future__ import annotations

from datetime import datetime

import pytest

from openakimat import kz
from openakimat.case.act import Act
from openakimat.case.acts import Receive
from openakimat.case.people import Applicant
from openakimat.case.record import Case
from openakimat.chart.table import Circumstances, Guard, guard
from openakimat.errors import PackError
from openakimat.judgement.judge import open_case

AT = datetime.fromisoformat("2026-03-18T10:00+05:00")


def asking(*asks: str) -> Guard:
    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
        return True

    return guard("watched", why="it does not hold", asks=asks)(holds)


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("acts.until", "is none of"),
        ("act.", "is none of"),
        ("act", "is none of"),
        ("by.id", "is none of"),
        ("office:", "is none of"),
        ("record:", "is none of"),
        ("record:no-such-act", "'no-such-act' is no act"),
        ("record:propose|no-such-act", "'no-such-act' is no act"),
        ("record:propose.colour", "'propose' has no field 'colour'"),
    ],
)
def test_a_word_that_nobody_knows_is_refused_where_the_guard_is_declared(
    word: str, why: str
) -> None:
    with pytest.raises(PackError, match=f"guard watched asks .*{why}"):
        asking(word)


def test_what_a_guard_asks_is_no_part_of_what_it_is() -> None:
    one, other = asking(), asking("act.ground")
    assert one == other
    assert hash(one) == hash(other)


def test_a_screen_asks_beforehand_what_needs_no_act_and_no_other_case() -> None:
    asks = ((), ("by", "office:now"), ("act.ground",), ("beside",), ("record:register",))
    assert [asking(*words).beforehand for words in asks] == [
        True, True, False, False, True,
    ]  # fmt: skip


def test_circumstances_that_count_nothing_say_so() -> None:
    case = open_case("appeal", Receive(), id="A-1", at=AT, by=Applicant(), office=kz.office())
    bare = Circumstances(AT, Applicant(), kz.office(), "appc-2026")
    with pytest.raises(PackError, match="no deadline of 'appeal.consideration' is counted"):
        bare.deadline_of(case, "appeal.consideration")
