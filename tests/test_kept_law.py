"""The law that an office opens its cases under is kept beside the charts, and read without the code of then."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

import attrs
import pytest
from tests.tiny import country as eta
from tests.tiny.charts import Petition

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory
from openakimat.calendar.terms import WorkingDays
from openakimat.dated import Dated
from openakimat.desk import verify_journal
from openakimat.errors import BrokenTrail
from openakimat.judgement.changes import diff
from openakimat.kz.roles import REGISTRAR
from openakimat.law.form import KeptLaw, is_law, law_form, read_law
from openakimat.law.law import Law
from openakimat.law.office import Office
from openakimat.limits.deadline import due
from openakimat.trail.forms import verify_forms

AT = datetime.fromisoformat("2026-03-18T10:00+05:00")
CLERK = oa.Official("s", {REGISTRAR})
OFFICES: dict[str, Callable[[], Office]] = {
    "khromtau": partial(kz.office, "khromtau"),
    "another": partial(
        kz.office,
        oa.Body("b", {"en": "B"}),
        readings={"cap-2021": "decision", "governing": "opening"},
        calendar=kz.calendar("24x7", town="Oral", known_on=date(2026, 1, 10)),
    ),
    "eta": eta.office,
}


def desk(office: Office | None = None, journal: oa.Journal | None = None) -> oa.Desk:
    return oa.Desk(
        office or kz.office("khromtau"),
        journal=journal or memory.Journal(),
        numbers=memory.Numbers(),
    )


def changed(key: str, wording: str = "appc-2026", **how: Any) -> Law:
    """Our law with one edition of one limit changed."""
    limits = kz.law().limits
    editions = tuple(
        attrs.evolve(edition, value=attrs.evolve(edition.value, **how))
        if edition.law == wording
        else edition
        for edition in limits[key]
    )
    return attrs.evolve(kz.law(), limits={**limits, key: Dated(key, editions)})


def kept(office: Office) -> KeptLaw:
    name, form = law_form(office)
    return read_law(form, name=name)


@pytest.mark.parametrize("name", OFFICES)
def test_what_is_read_back_counts_as_the_office_did(name: str) -> None:
    office = OFFICES[name]()
    law = kept(office)
    then = law.read_by(office)
    assert (office.body.id, office.readings) == (law.office, law.readings)
    assert law_form(office) == law_form(then)
    start = datetime.fromisoformat("2026-03-18T18:40+05:00")
    for key, dated in office.law.limits.items():
        for edition in dated:
            again = then.limit(key, office.day_of(start), edition.law)
            ends = (due(one, start, at, until=date(2026, 5, 4)).at for one, at in
                    ((edition, office.calendar), (again, law.calendar)))  # fmt: skip
            assert 1 == len(set(ends)), key
    assert () == diff(then, kept(office).read_by(office))


def test_the_office_that_counts_by_another_law_judges_and_reads_as_today() -> None:
    office = kz.office("khromtau")
    old = kz.office("khromtau", readings={"governing": "act"}, pack=changed("appeal.consideration", term=WorkingDays(10)))  # fmt: skip
    then = kept(old).read_by(office)
    assert (office.tables, office.pack) == (then.tables, then.pack)
    assert (False, True) == (then.by_opening, office.by_opening)
    assert [
        "limit appeal.consideration under appc-2026: term 10 working days becomes 15 working days",
        "reading governing: answer act becomes opening",
    ] == [f"{change}" for change in diff(then, office) if change.kind in {"limit", "reading"}
          and change.part in {"term", "answer"}]  # fmt: skip


def test_it_is_kept_with_the_case_that_is_opened_and_once() -> None:
    journal = memory.Journal()
    one = desk(journal=journal)
    name, form = law_form(one.office)
    cases = [one.open(kz.Appeal, by=kz.Applicant("Айгерім"), at=AT) for _ in range(2)]
    for case in cases:
        one.perform(case.id, oa.Register(), by=CLERK, at=AT)
    assert [name, cases[0].under] == list(journal.forms())
    assert form == journal.form(name)
    assert () == one.missing()
    assert desk(kz.office("astana"), journal).verify().intact


def test_an_opening_that_is_refused_keeps_no_law() -> None:
    one = desk()
    with pytest.raises(oa.Malformed):
        one.open(kz.Appeal, by=kz.Applicant("Айгерім"), at=AT, nonsense=1)
    assert [] == list(one.journal.forms())


def test_it_is_written_once_for_an_office() -> None:
    office = kz.office("khromtau")
    assert law_form(office)[1] is law_form(office)[1]
    one = desk(office)
    one.open(kz.Appeal, by=kz.Applicant("Айгерім"), at=AT)
    one._files.office = one.office.knowing({"x": kz.Appeal.table})
    one.open(kz.Appeal, by=kz.Applicant("Айгерім"), at=AT)
    (form,) = (one.journal.form(name) for name in one.journal.forms() if is_law(name))
    assert form is law_form(office)[1]


def test_another_law_of_the_office_is_kept_beside_it() -> None:
    journal = memory.Journal()
    laws = kz.office("khromtau"), kz.office("khromtau", readings={"cap-2021": "decision"})
    for office in laws:
        desk(office, journal).open("appeal", by=kz.Applicant("Айгерім"), at=AT, id=f"{id(office)}")
    assert [law_form(office)[0] for office in laws] == [*filter(is_law, journal.forms())]


def test_a_country_without_english_keeps_its_law() -> None:
    one = desk(eta.office())
    one.open(Petition, by=oa.Applicant("Aĉjo"), at=AT)
    assert "law/eta" == next(iter(one.journal.forms())).partition("@")[0]
    assert () == tuple(verify_forms(one.journal.forms(), one.journal.form))


@pytest.mark.parametrize(
    ("form", "name", "why"),
    [
        (b"{}", "law/khromtau@00", "altered"),
        (None, "law/khromtau@00", "altered"),
        (b"{}", "law/khromtau@{digest}", "unread"),
        (b"[" * 9999, "law/khromtau@{digest}", "unread"),
        (b'{"chart":1,"law":[]}', "1/[]@{digest}", "unread"),
        (b'{"card":1}', "card/khromtau@{digest}", "unread"),
        (b"\xff", "x@{digest}", "unread"),
    ],
)
def test_verification_tells_a_form_that_is_not_what_its_name_says(
    form: bytes | None, name: str, why: str
) -> None:
    name = name.format(digest=hashlib.sha256(form or b"").hexdigest())
    journal = memory.Journal()
    one = desk(journal=journal)
    one.open(kz.Appeal, by=kz.Applicant("Айгерім"), at=AT)
    journal._forms[name] = form  # type: ignore[assignment]  # somebody has access to it
    found = verify_journal(journal, kz.law())
    assert [(why, f"form {name}", 0)] == [attrs.astuple(each)[:3] for each in found.broken]
    assert f"\n{why} at form {name}: " in str(found)


@pytest.mark.parametrize("path", ["limits", "calendar", "office"])
def test_a_law_that_holds_something_else_is_a_broken_trail_and_no_other_error(path: str) -> None:
    plain = json.loads(law_form(kz.office("khromtau"))[1])
    values: tuple[object, ...] = (None, [[]], {"a": 1}, 1, "x")
    for value in values:
        form = json.dumps({**plain, path: value}).encode()
        with pytest.raises(BrokenTrail, match="^law/khromtau@.{12}: ") as raised:
            read_law(form, name=f"law/khromtau@{hashlib.sha256(form).hexdigest()}")
        assert "trail.altered-law" == raised.value.code
