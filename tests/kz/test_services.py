"""The register of services: strictly read, every fault at once; and the plan beside the fact."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

import openakimat as oa
from openakimat import Evidence, kz
from openakimat.case.record import Record, evolve
from openakimat.errors import Malformed
from openakimat.kz.acts import Decide

AT = datetime.fromisoformat("2026-04-06T10:00+05:00")

ONE = """
[[service]]
code = "{code}"
names = {{ kk = "қ", ru = "р", en = "e" }}
provider = "akimat"
channels = ["portal"]
term = "5 working days"
fee = 0
documents = []
silence = "none"
source = "order of the akim 7"
evidence = "confirmed"
"""


def given(service: str, n: int, *, rendered: bool = True) -> oa.Case:
    """A request, rendered or not."""
    office = kz.office("astana")
    told = kz.request.Apply(service=service, term="5 working days")
    by = kz.Applicant()
    case = oa.open_case("request", told, id=str(n), at=AT, by=by, office=office)
    decided = Record(2, AT, "chief", "head", Decide("rendered"), "rendered", case.under)
    return evolve(case, decided) if rendered else case


def test_the_sample_says_that_it_is_one() -> None:
    sample = kz.request.services()
    assert 12 == len(sample)
    for service in sample.values():
        assert ("sample, not law", Evidence.UNCONFIRMED) == (service.source, service.evidence)
    norms = {code: s.waiting for code, s in sample.items() if s.waiting}
    assert {"S-03": (20, 15, 30, 15), "S-12": (30, 30, 20, 20)} == {
        code: (w.provider, w.corporation, w.serving_provider, w.serving_corporation)
        for code, w in norms.items()
    }
    assert {Evidence.SECONDARY} == {w.evidence for w in norms.values()}


def test_a_register_of_ones_own_is_read_from_text_or_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "services.toml"
    text = ONE.format(code="1") + ONE.format(code="2")
    file.write_text(text, "utf-8")
    assert ["1", "2"] == list(kz.request.services(text))
    assert kz.request.services(text) == kz.request.services(file)


BROKEN = """
[[service]]
code = "1"
names = { kk = "қ", ru = "р" }
provider = "akimat"
channels = ["portal", "fax"]
term = "a while"
fee = -5
documents = [{ code = "d", names = { en = "d" } }, { code = "d", names = { kk = "", ru = "", en = "" } }]
silence = "consent"
source = "order"
evidence = "rumour"
colour = "blue"
waiting = { provider = 0, corporation = 15, serving_provider = 5, serving_corporation = 5, source = "x", evidence = "secondary" }

[[service]]
code = "1"
term = "as set"
channels = []
fee = "free"
"""


def test_every_fault_of_a_register_is_told_at_once() -> None:
    with pytest.raises(Malformed) as wrong:
        kz.request.services(BROKEN)
    places = {fault.path for fault in wrong.value.faults}
    assert {
        "service[0].code",
        "service[0].names",
        "service[0].channels[1]",
        "service[0].term",
        "service[0].fee",
        "service[0].documents[0].names",
        "service[0].documents[1].code",
        "service[0].silence",
        "service[0].evidence",
        "service[0].waiting.provider",
        "service[1].code",
        "service[1].term",
        "service[1].channels",
        "service[1].fee",
        "service[1].names",
        "service[1].provider",
        "service[1].documents",
        "service[1].silence",
        "service[1].source",
        "service[1].evidence",
    } <= places
    assert any("colour" in str(fault) for fault in wrong.value.faults)


@pytest.mark.parametrize("text", ["service = ", "service = 5", "[other]\nx = 1"])
def test_what_is_no_register_is_malformed(text: str) -> None:
    with pytest.raises(Malformed):
        kz.request.services(text)


def test_25_of_57_kinds_of_services_are_given() -> None:
    """The plan and the fact of Atyrau, 2007, on a register made for it."""
    plan = kz.request.services("".join(ONE.format(code=f"A-{n:02}") for n in range(1, 58)))
    cases = [given(f"A-{n:02}", n) for n in range(1, 26)] * 2
    cases += [given("A-30", 100, rendered=False), given("B-01", 101)]
    found = kz.request.coverage(plan, cases)
    assert (57, 25) == (found.n_planned, found.n_given)
    assert 32 == len(found.missing)
    assert "A-30" in found.missing
    assert ("B-01",) == found.unplanned
    assert "25 of 57 kinds of services are given" == str(found)


def test_cases_that_are_no_requests_give_no_service() -> None:
    office = kz.office("astana")
    appeal = oa.open_case("appeal", oa.Receive(), id="1", at=AT, by=kz.Applicant(), office=office)
    assert kz.request.Coverage(1, 0, ("S-01",), ()) == kz.request.coverage(
        ["S-01", "S-01"], [appeal]
    )
