"""An office reads cases of charts gone by, and closes what it closes."""

from __future__ import annotations

import pickle
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import ClassVar

import attrs
import pytest

from openakimat import Act, Desk, Official, Register, decide, kz, step
from openakimat.adapters import memory
from openakimat.chart.form import read_trusted
from openakimat.chart.procedure import ProcedureType
from openakimat.dated import Dated, in_order
from openakimat.errors import Malformed
from openakimat.judgement.card import law_name
from openakimat.judgement.notices import Notice
from openakimat.kz.acts import Accept, Decide, Extend, Terminate
from openakimat.kz.appeal.acts import Inquire
from openakimat.kz.guards import among
from openakimat.kz.identity import Applicant
from openakimat.kz.roles import EXECUTOR, HEAD, REGISTRAR
from openakimat.law.authority import Signs
from openakimat.law.law import Law
from openakimat.law.office import Office

AT = datetime.fromisoformat
CLERK = Official("clerk", {REGISTRAR, EXECUTOR})
CHIEF = Official("chief", {HEAD})


@attrs.frozen
class Look(Act):
    """Somebody looks at it."""

    tag: ClassVar[str] = "test.look"


class Former(kz.appeal.Appeal2026):
    """A chart that the city has since given up."""

    look = step(
        Look, kz.appeal.Appeal2026.considered.to.itself(), by=EXECUTOR, source="the city, 1"
    )


def pack(chart: ProcedureType) -> Law:
    law = kz.law()
    editions = (
        attrs.evolve(e, value=chart.table) if e.law == "appc-2026" else e
        for e in law.procedures["appeal"]
    )
    return attrs.evolve(
        law, procedures={**law.procedures, "appeal": Dated("appeal", in_order(editions))}
    )


def opened(desk: Desk) -> str:
    case = desk.open("appeal", by=Applicant(), at=AT("2026-03-18T10:00+05:00"))
    desk.perform(case.id, Register(), by=CLERK, at=AT("2026-03-18T11:00+05:00"))
    desk.perform(case.id, Accept(), by=CLERK, at=AT("2026-03-18T11:00+05:00"))
    return case.id


def test_a_case_of_a_former_chart_is_read_and_is_judged_by_the_chart_of_today() -> None:
    journal, numbers = memory.Journal(), memory.Numbers()
    then = Desk(kz.office(pack=pack(Former)), journal=journal, numbers=numbers)
    case = opened(then)
    then.perform(case, Look(), by=CLERK, at=AT("2026-03-19T11:00+05:00"))
    desk = Desk(kz.office(), journal=journal, numbers=numbers)
    assert Former.table.under == desk.case(case).under
    refusal = desk.may(case, Look(), by=CLERK, at=AT("2026-03-19T12:00+05:00"))
    assert refusal is not None
    assert "act.not-available" == refusal.code
    closed = desk.perform(case, Decide("favourable"), by=CHIEF, at=AT("2026-03-20T11:00+05:00"))
    assert ("answered", kz.Appeal.table.under) == (closed.stage, closed.under)
    assert desk.verify().intact


def test_no_clock_outlives_its_case() -> None:
    """The notice of an extension is not missed by a case that was answered meanwhile."""
    desk = Desk(kz.office(), journal=memory.Journal(), numbers=memory.Numbers())
    case = opened(desk)
    extend = Extend(until=date(2026, 5, 4), reason="a survey")
    desk.perform(case, extend, by=CHIEF, at=AT("2026-04-06T11:00+05:00"))
    desk.perform(case, Decide("favourable"), by=CHIEF, at=AT("2026-04-07T11:00+05:00"))
    [line] = desk.docket(at=AT("2026-06-01T11:00+05:00"))
    assert ("in time", ()) == (line.standing.value, line.breaches)


def test_the_version_of_a_table_tells_the_values_of_a_guard_apart() -> None:
    def chart(*outcomes: str) -> ProcedureType:
        given = among("outcome", dict.fromkeys(outcomes, "x"), code="outcome.unknown")

        class Other(kz.appeal.Appeal2026):
            """Outcomes of its own."""

            decide = step(
                Decide,
                attrs.evolve(
                    kz.appeal.Appeal2026.considered.to(kz.appeal.Appeal2026.answered),
                    guards=(given,),
                ),
                by=HEAD,
                source="x",
            )

        return Other

    assert chart("yes", "no").table.under == chart("yes", "no").table.under
    assert chart("yes", "no").table.under != chart("yes", "perhaps").table.under


@pytest.mark.parametrize(
    ("day", "source", "evidence"),
    [
        ("2020-02-03", "Law 221, 8(2), (3)", "confirmed"),
        ("2024-02-05", "APPC 76(3)", "confirmed"),
        ("2026-02-02", "APPC 76(3)", "confirmed"),
    ],
)
def test_a_refusal_cites_its_own_wording_and_how_sure_we_are(
    day: str, source: str, evidence: str
) -> None:
    desk = Desk(kz.office(), journal=memory.Journal(), numbers=memory.Numbers())
    case = desk.open("appeal", by=Applicant(), at=AT(f"{day}T10:00+05:00"))
    desk.perform(case.id, Register(), by=CLERK, at=AT(f"{day}T11:00+05:00"))
    desk.perform(case.id, Accept(), by=CLERK, at=AT(f"{day}T11:00+05:00"))
    if source.startswith("Law 221"):
        # under Law 221 only what needs inquiry is extended
        desk.perform(case.id, Inquire(), by=CLERK, at=AT(f"{day}T11:30+05:00"))
    far = Extend(until=date(2027, 1, 11), reason="a survey")
    told = desk.may(case.id, far, by=CHIEF, at=AT(f"{day}T12:00+05:00"))
    assert told is not None
    assert ("extension.beyond-cap", source, evidence) == (told.code, told.source, told.evidence)
    told = desk.may(case.id, far, by=CLERK, at=AT(f"{day}T12:00+05:00"))
    assert told is not None
    assert ("role.not-competent", source, evidence) == (told.code, told.source, told.evidence)


def test_what_the_participant_must_be_told_is_derived_from_the_records() -> None:
    """The notice of a termination, and nothing for acts that ask for none."""
    desk = Desk(kz.office(), journal=memory.Journal(), numbers=memory.Numbers())
    case = opened(desk)
    assert desk.notices(case) == ()
    at = AT("2026-03-20T11:00+05:00")
    end = Terminate("court-decision")
    told = decide(desk.case(case), end, at=at, by=CHIEF, office=desk.office).notices
    desk.perform(case, end, by=CHIEF, at=at)
    assert told == desk.notices(case)
    assert [Notice("applicant", "terminate", "appeal.termination-notice", at, 4)] == list(told)


@pytest.mark.parametrize(
    "office",
    [
        kz.office("khromtau"),
        kz.office(
            "yesil", readings={"governing": "opening"}, standards={"appeal": "7 working days"}
        ),
        kz.office(authority=[Signs("decide", {HEAD}, {"appeal"}, source="order 7")]),
        kz.office(since={"appc-2026": date(2026, 8, 1)}, wording="appc-2021"),
    ],
    ids=lambda office: office.body.id,
)
def test_an_office_goes_to_a_pool_of_workers_and_judges_there_as_here(office: Office) -> None:
    there = pickle.loads(pickle.dumps(office))  # noqa: S301 - our own
    names = ("readings", "answered", "wording", "standards", "authority", "by_opening")
    assert [getattr(office, name) for name in names] == [getattr(there, name) for name in names]
    assert law_name(office) == law_name(there)
    assert office.tables.keys() == there.tables.keys()
    journal, numbers = memory.Journal(), memory.Numbers()
    asks = Applicant("Aigerim")
    at = datetime.fromisoformat("2026-03-18T10:00+05:00")
    case = Desk(there, journal=journal, numbers=numbers).open("appeal", by=asks, at=at)
    assert case == Desk(office, journal=journal, numbers=numbers).case(case.id)
    form = office.table("appeal", "appc-2026").form
    stored = {"appeal/x@1": read_trusted(form, under="appeal/x@1")}
    known = pickle.loads(pickle.dumps(there.knowing(stored)))  # noqa: S301 - the same
    assert form == known.table_of("appeal/x@1").form


def test_a_law_of_the_hosts_own_is_pickled_once_it_is_said_what_makes_it() -> None:
    with pytest.raises((AttributeError, TypeError, pickle.PicklingError)):
        pickle.dumps(attrs.evolve(kz.law(), marks={}))
    assert pickle.loads(pickle.dumps(own_law())) is own_law()  # noqa: S301 - our own


@cache
def own_law() -> Law:
    return attrs.evolve(kz.law(), marks={}).making(own_law)


def test_an_office_in_a_file_is_made_of_its_name_as_well(tmp_path: Path) -> None:
    file = tmp_path / "off.toml"
    with pytest.raises(Malformed, match=r"off\.toml: No such file"):
        kz.office(str(file))
    file.write_text(
        'id = "off"\ntown = "Astana"\n[names]\nkk = "Ұйым"\nru = "Орган"\nen = "Office"\n'
        '[[hours]]\nopen = "09:00-18:30"\n'
    )
    assert "off" == kz.office(str(file)).body.id == kz.office(file).body.id
