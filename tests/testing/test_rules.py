"""Rules of one's own are proved, or broken by the shortest story that breaks them."""

from __future__ import annotations

import re

import pytest
from tests.testing.test_model import OFFICE, Petition

from openakimat import kz
from openakimat.case.acts import Register
from openakimat.case.record import Case
from openakimat.errors import Malformed, PackError
from openakimat.proving.explore import Exploration, explore

CORRECTED = ("record:ask-to-correct", "record:correct", "record:propose")


def did(case: Case, tag: str) -> bool:
    return any(record.act.tag == tag for record in case.records)


def asked(case: Case) -> bool:
    return did(case, "ask-to-correct")


def codes(found: Exploration) -> list[str]:
    assert not found.bounds
    return [finding.code for finding in found.findings]


def test_what_is_never_is_proved() -> None:
    never = {"corrected unasked": lambda case: did(case, "correct") and not asked(case)}
    assert [] == codes(explore(Petition, OFFICE, never=never, asks=CORRECTED))


def test_what_breaks_a_rule_is_told_by_the_shortest_story() -> None:
    """Cases that no guard tells apart are told apart by what the rule looks at."""
    never = {"a proposal after a correction": lambda case: asked(case) and did(case, "propose")}
    (found,) = explore(Petition, OFFICE, never=never, asks=CORRECTED).findings
    assert (found.code, found.sentence) == ("rule.never", "a proposal after a correction")
    told = [re.sub(r".*?\) | \(.*|:.*", "", line) for line in found.story]
    assert told == [
        "receives it", "registers it", "asks to correct it", "corrects it", "proposes a decision",
    ]  # fmt: skip


def test_what_is_always_holds_from_the_opening_on() -> None:
    always = {"it was received": lambda case: did(case, "receive")}
    assert [] == codes(explore(Petition, OFFICE, always=always, asks=["record:receive"]))
    always = {"it is registered": lambda case: did(case, "register")}
    (found,) = explore(Petition, OFFICE, always=always, asks=["record:register"]).findings
    assert (found.code, len(found.story)) == ("rule.always", 1)


def test_what_leads_to_something_comes_to_it_or_the_story_ends_without() -> None:
    over = {"asked, it is over some day": (asked, lambda case: case.stage in Petition.table.final)}
    assert [] == codes(explore(Petition, OFFICE, leads_to=over, asks=["record:ask-to-correct"]))
    answered = {"asked, it is answered": (asked, lambda case: case.stage == "answered")}
    (found,) = explore(Petition, OFFICE, leads_to=answered, asks=["record:ask-to-correct"]).findings
    assert found.code == "rule.leads-to"
    assert [line.rsplit(": ")[1] for line in found.story][-1].split(" → ")[1] in {
        "withdrawn", "returned",
    }  # fmt: skip


def test_a_rule_that_looks_at_more_than_it_says_is_told() -> None:
    never = {"it is corrected": lambda case: did(case, "correct")}
    (found, broken) = explore(Petition, OFFICE, never=never, asks=["record:decide"]).findings
    assert (found.code, broken.code) == ("guard.undeclared", "rule.never")
    assert "'it is corrected' looks at record:correct, and does not say so" in found.sentence


def test_what_no_rule_can_look_at_is_refused() -> None:
    with pytest.raises(Malformed, match="record:TAG, record:TAG.FIELD and office:LIMIT"):
        explore(Petition, OFFICE, asks=["by"])
    with pytest.raises(PackError, match="'record:nothing' is|'nothing' is no act"):
        explore(Petition, OFFICE, asks=["record:nothing"])


def test_a_rule_about_a_shipped_procedure_names_what_goes_by_a_tag_of_its_own() -> None:
    def unregistered(case: Case) -> bool:
        return case.stage == "joined" and not did(case, "register")

    never = {"joined and never registered": unregistered}
    found = explore(kz.Simplified, kz.office(), never=never, asks=["record:register"]).findings
    assert [finding.code for finding in found] == ["guard.undeclared", "rule.never"]
    assert "record:register-redirected" in found[0].sentence

    def unregistered_at_all(case: Case) -> bool:
        return case.stage == "joined" and case.last(Register) is None

    never = {"joined and never registered": unregistered_at_all}
    assert [] == codes(explore(kz.Simplified, kz.office(), never=never, asks=["record:register"]))
