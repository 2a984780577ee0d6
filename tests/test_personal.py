"""Which fields of acts are personal: committed to in what is sealed, and never written there."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Literal

import attrs
import pytest

from openakimat import kz
from openakimat.case.act import (
    OPEN,
    VOCABULARY,
    Act,
    Branch,
    open_field,
    personal_fields,
    text_field,
)
from openakimat.case.acts import Pause, Receive
from openakimat.case.people import Applicant
from openakimat.dated import LATER

TABLE = Path(__file__).parent / "vectors" / "personal_fields.txt"


def rows() -> dict[str, str]:
    """Every act of the library, and its personal fields."""
    ours = (kind for kind in VOCABULARY.values() if kind.__module__.startswith("openakimat."))
    return {kind.tag: ", ".join(sorted(personal_fields(kind))) or "nothing" for kind in ours}


@pytest.mark.thorough
def test_what_is_personal_stands_in_a_table() -> None:
    """Whoever adds a field decides: a code, a number or an id is declared open, all else is personal.

    What is open is sealed as it stands, and nobody can ever take it back; so a text that
    somebody writes freely is not declared open, and where you are unsure, neither is yours.
    When you have decided, put the act and its personal fields into the table.
    """
    told = dict(line.split(": ") for line in TABLE.read_text("utf-8").splitlines())
    assert dict(sorted(rows().items())) == told


@attrs.frozen
class Lend(Act):
    """A new act with fields of every kind, of which it declares the last two."""

    title: str
    to: Applicant
    keepers: tuple[Applicant, ...] = ()
    remarks: tuple[str, ...] = ()
    phone: str | None = None
    shelves: dict[str, int] = attrs.field(factory=dict)
    copies: int = 1
    oral: bool = False
    since: date | None = None
    at: datetime | None = None
    days: tuple[date, ...] = ()
    condition: Literal["new", "worn"] | None = None
    numbers: tuple[Literal["first", "second"], ...] = ()
    card: str = open_field("")
    places: tuple[str, ...] | None = attrs.field(default=None, metadata=LATER | OPEN)


def test_what_may_hold_a_text_or_a_person_is_personal_undeclared() -> None:
    named = {"title", "to", "keepers", "remarks", "phone", "shelves"}
    assert named == personal_fields(Lend)


def test_what_was_added_later_stays_so_when_it_is_open() -> None:
    declared = attrs.fields(Lend).places.metadata
    assert (True, False) == (declared["later"], declared["personal"])
    stored = {name: attrs.fields(Receive).links.metadata[name] for name in ("later", "personal")}
    assert {"later": True, "personal": False} == stored


def test_a_text_is_open_where_it_is_declared_so() -> None:
    @attrs.frozen
    class Enter(Act):
        number: str = text_field(personal=False)
        remark: str = text_field()

    assert {"remark"} == personal_fields(Enter)


def test_another_default_leaves_a_field_what_its_parent_declared_it() -> None:
    @attrs.frozen
    class Wish(Receive):
        kind: str = "wish"
        topic: str = "a wish"

    assert personal_fields(Receive) == personal_fields(Wish)


def test_a_subclass_may_declare_personal_what_was_open() -> None:
    @attrs.frozen
    class Rest(Pause):
        ground: str = text_field()

    @attrs.frozen
    class Sleep(Rest):
        ground: str = "tired"

    assert {"ground", "reason"} == personal_fields(Rest) == personal_fields(Sleep)


@pytest.mark.parametrize(
    "kind", [Branch, kz.complaint.FileComplaint, kz.corruption.ReportCorruption]
)
def test_ids_of_cases_are_open_and_ids_of_persons_are_not(kind: type[Act]) -> None:
    persons = {"against", "applicant", "reporter"} & attrs.fields_dict(kind).keys()
    assert persons <= personal_fields(kind)
    assert not {"case", "links"} & personal_fields(kind)
