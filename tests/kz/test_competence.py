"""Who is competent is told from a table, a sample and no law: nothing is refused for it."""

from __future__ import annotations

from datetime import datetime

import pytest

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory
from openakimat.kz.data import read

AT = datetime.fromisoformat("2026-03-18T10:00+05:00")
CLERK = oa.Official("clerk", {kz.REGISTRAR})


def test_the_table_is_marked_a_sample_and_names_only_its_own_fields() -> None:
    table = read("competence.toml")
    assert ("sample, not law", "unconfirmed") == (table["source"], table["evidence"])
    fields = set(table["topics"].values())
    assert dict.fromkeys(table["bodies"], fields) == {
        office: set(bodies) for office, bodies in table["bodies"].items()
    }
    assert set(table["bodies"]) <= set(read("offices.toml")["offices"])


@pytest.mark.parametrize(
    ("topic", "advised"),
    [("School", "aktobe-oblast"), ("roads", None), ("the weather", None), ("", None)],
)
def test_a_wrong_addressee_is_found_at_registration_which_goes_on(
    topic: str, advised: str | None
) -> None:
    desk = oa.Desk(kz.office("khromtau"), journal=memory.Journal(), numbers=memory.Numbers())
    case = desk.open(kz.Appeal, by=kz.Applicant(), at=AT, topic=topic, channel="paper")
    case = desk.perform(case.id, oa.Register(), by=CLERK, at=AT)
    found = kz.advise_addressee(case, desk.office)
    assert advised == (found and found.body)


def test_an_office_asks_a_table_of_its_own_and_no_other_territory_answers() -> None:
    own = {
        "source": "own",
        "evidence": "confirmed",
        "topics": {"water": "utilities"},
        "bodies": {"khromtau": {"utilities": "water-canal"}},
    }
    found = kz.competent(" Water ", "khromtau", table=own)
    assert found is not None
    assert ("water-canal", oa.Evidence.CONFIRMED) == (found.body, found.evidence)
    assert (None, None) == (kz.competent("water", "yesil", table=own), kz.competent("x", "astana"))
