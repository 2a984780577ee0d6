"""Who signs what in an office: its own order, laid over who may by law."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

import attrs
import pytest

from openakimat import Act, Desk, Official, Register, kz, step
from openakimat.adapters import memory
from openakimat.case.people import Mandate
from openakimat.dated import Dated, in_order
from openakimat.errors import Malformed, NotCompetent
from openakimat.kz.acts import Accept, Decide
from openakimat.kz.identity import Applicant
from openakimat.kz.roles import DEPUTY, EXECUTOR, HEAD, REGISTRAR
from openakimat.kz.simplified.acts import Reply
from openakimat.law.authority import Signs
from openakimat.law.law import Law
from openakimat.law.office import Office
from openakimat.law.words import Words

AT = datetime.fromisoformat
CLERK = Official("clerk", {REGISTRAR, EXECUTOR})
CHIEF = Official("chief", {HEAD, EXECUTOR})
SECOND = Official("second", {DEPUTY})


@attrs.frozen
class Grant(Act):
    """So much is granted."""

    tag: ClassVar[str] = "test.grant"
    tenge: int


class Aid(kz.appeal.Appeal2026):
    """A chart of the host's, by which money is granted."""

    grant = step(
        Grant,
        kz.appeal.Appeal2026.considered.to.itself(),
        by=(HEAD, DEPUTY, EXECUTOR),
        source="the city, 1",
    )


def pack() -> Law:
    law = kz.law()
    editions = (
        attrs.evolve(e, value=Aid.table) if e.law == "appc-2026" else e
        for e in law.procedures["appeal"]
    )
    procedures = {**law.procedures, "appeal": Dated("appeal", in_order(editions))}
    return attrs.evolve(law, procedures=procedures)


SUMS = (
    Signs("test.grant", {EXECUTOR}, up_to={"tenge": 100_000}),
    Signs("test.grant", {DEPUTY}, up_to={"tenge": 1_000_000}, source="order 7"),
    Signs("test.grant", {HEAD}),
)


def desk_of(office: Office, store: memory.Store | None = None) -> Desk:
    desk = Desk(office, store or memory.Store())
    if store is None:
        desk.open("appeal", by=Applicant(), at=AT("2026-03-16T10:00+05:00"), id="A")
        for act in (Register(), Accept()):
            desk.perform("A", act, by=CLERK, at=AT("2026-03-16T11:00+05:00"))
    return desk


def put(desk: Desk, act: Act, by: Any, on: str = "2026-03-17") -> Any:
    return desk.perform("A", act, at=AT(f"{on}T10:00+05:00"), by=by)


def test_up_to_a_sum_and_above_it_who_else_may_is_named() -> None:
    desk = desk_of(kz.office("khromtau", pack=pack(), authority=SUMS))
    assert "executor" == put(desk, Grant(100_000), CLERK).records[-1].role
    with pytest.raises(NotCompetent) as no:
        put(desk, Grant(100_001), CLERK)
    assert (("deputy", "head"), "authority.signs") == (no.value.competent, no.value.code)
    told = Words(desk.office.law, "ru").refusal(no.value)
    assert "подписывает другое должностное лицо" in told
    assert "заместитель" in told
    put(desk, Grant(1_000_000), SECOND)
    with pytest.raises(NotCompetent) as no:
        put(desk, Grant(1_000_001), SECOND)
    assert (("head",), "order 7") == (no.value.competent, no.value.source)
    # Who signs is recorded in the role in which they sign, not in another that they have.
    assert "head" == put(desk, Grant(1_000_001), CHIEF).records[-1].role
    assert desk.verify().intact


def test_a_mandate_lends_the_signature() -> None:
    desk = desk_of(kz.office("khromtau", pack=pack(), authority=SUMS))
    since, until = AT("2026-03-17T00:00+05:00").date(), AT("2026-03-18T00:00+05:00").date()
    power = Mandate("chief", {HEAD}, "order 12", since=since, until=until)
    substitute = Official("second", {DEPUTY}, mandates=(power,))
    record = put(desk, Grant(5_000_000), substitute).records[-1]
    assert ("head", "chief") == (record.role, record.on_behalf)
    with pytest.raises(NotCompetent):
        put(desk, Grant(5_000_000), substitute, on="2026-03-20")


def test_it_is_known_beforehand_who_may_not_sign_and_not_what_hangs_on_the_sum() -> None:
    desk = desk_of(kz.office("khromtau", pack=pack(), authority=SUMS[1:]))
    at = AT("2026-03-17T10:00+05:00")
    refusal = desk.may("A", Grant, by=CLERK, at=at)
    assert isinstance(refusal, NotCompetent)
    assert ("deputy", "head") == refusal.competent
    assert desk.may("A", Grant, by=SECOND, at=at) is None
    assert desk.may("A", Grant(2_000_000), by=SECOND, at=at) is not None


def test_by_kind_and_where_no_line_is_for_a_kind_the_law_alone_says() -> None:
    order = (Signs("reply", {HEAD}, {"simplified"}, {"proposal"}),)
    office, at = kz.office("khromtau", authority=order), AT("2026-03-16T10:00+05:00")
    for kind, others in (("proposal", ("head",)), ("inquiry", None)):
        desk = Desk(office, memory.Store())
        desk.open("simplified", kind=kind, by=Applicant(), at=at, id="A")
        for act in (Register(), Accept()):
            desk.perform("A", act, by=CLERK, at=at)
        assert desk.may("A", Reply, by=CHIEF, at=at) is None
        no = desk.may("A", Reply, by=SECOND, at=at)
        assert others == (no and no.competent)


def test_what_was_signed_before_the_order_is_believed_and_charts_keep_their_names() -> None:
    store = memory.Store()
    before = Desk(kz.office("khromtau"), store)
    before.open("appeal", by=Applicant(), at=AT("2026-03-16T10:00+05:00"), id="A")
    for act in (Register(), Accept()):
        before.perform("A", act, by=CLERK, at=AT("2026-03-16T11:00+05:00"))
    put(before, Decide("favourable"), SECOND)
    ordered = kz.office("khromtau", authority=[Signs("decide", {HEAD})])
    after = Desk(ordered, store)
    assert "answered" == after.case("A").stage
    assert after.verify().intact
    assert {*ordered.tables} == {*kz.office("khromtau").tables}
    after.open(kz.Appeal, by=Applicant(), at=AT("2026-03-17T10:00+05:00"))
    assert kz.Appeal.table.under == ordered.table_of(kz.Appeal.table.under).under


def test_an_order_that_means_nothing_is_refused_all_at_once() -> None:
    wrong = [
        Signs("decyde", {HEAD}),
        Signs("decide", {REGISTRAR}, {"appeal"}),
        Signs("decide", {HEAD}, {"apeal"}, {"complant"}, {"tenge": 5}),
    ]
    with pytest.raises(Malformed) as no:
        kz.office(authority=wrong)
    assert [
        "authority[0].act",
        "authority[1].by",
        "authority[2].procedures",
        "authority[2].kinds",
        "authority[2].by",
        "authority[2].up_to",
    ] == [fault.path for fault in no.value.faults]
    assert "nearest: decide" in str(no.value)


def test_an_office_file_tells_who_signs(tmp_path: Path) -> None:
    text = Path("examples/office/zhanaqala.toml").read_text("utf-8")
    order = '\n[[authority]]\nact = "decide"\nprocedures = ["appeal"]\nby = ["head"]\n'
    file = tmp_path / "ours.toml"
    file.write_text(text + order, "utf-8")
    assert (Signs("decide", {HEAD}, {"appeal"}),) == kz.office(file).authority
    file.write_text(text + order.replace("head", "registrar"), "utf-8")
    with pytest.raises(Malformed, match=r"authority\[0\]\.by: 'registrar'"):
        kz.office(file)
    file.write_text(text + order + 'up_to = { damage = "much" }\nbi = ["head"]\n', "utf-8")
    with pytest.raises(Malformed, match=r"up_to\.damage: 'much' is no whole number"):
        kz.office(file)


def test_what_is_no_line_of_an_order_is_told_and_all_at_once() -> None:
    order: Any = [{"act": "decide", "by": HEAD}, Signs("decyde", {HEAD})]
    with pytest.raises(Malformed) as told:
        kz.office("khromtau", authority=order)
    assert ["authority[0]", "authority[1].act"] == [fault.path for fault in told.value.faults]
    assert "is of dict, not of Signs" == told.value.faults[0].why
    wrong: Any = {"act": 7, "by": 3, "source": None}
    with pytest.raises(Malformed) as told:
        Signs(**wrong)
    assert ["act", "by", "source"] == [fault.path for fault in told.value.faults]
