"""Identification numbers, held to a control digit computed anew, and the roles of people.

The numbers of companies are public: KazMunayGas, Halyk Bank, Kaspi Bank and Kazakhtelecom,
as their requisites print them. No number of a person stands here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import assume, given, strategies as st

from openakimat import kz
from openakimat.case.people import (
    APPLICANT,
    LAW,
    REPRESENTATIVE,
    Mandate,
    Official,
    Representative,
    Role,
    TheLaw,
    acted_for,
    persons,
    roles_on,
    taken_up,
)
from openakimat.case.record import Case, Record
from openakimat.chart.steps import other_than
from openakimat.chart.table import Circumstances
from openakimat.errors import Malformed
from openakimat.kz.acts import Decide, Propose
from openakimat.kz.identity import Applicant, bin_fault, iin_fault
from openakimat.kz.roles import DEPUTY, EXECUTOR, HEAD, REGISTRAR

DAY = date(2026, 2, 2)

COMPANIES = ["020240000555", "940140000385", "971240001315", "941240000193"]


def control(eleven: str) -> str | None:
    """The control digit of eleven digits by the published rule, or None where there is none."""
    digits = [ord(c) - ord("0") for c in eleven]
    first = sum((place + 1) * digit for place, digit in enumerate(digits))
    if first % 11 != 10:
        return str(first % 11)
    turned = digits[-2:] + digits[:-2]
    second = sum((place + 1) * digit for place, digit in enumerate(turned))
    return None if second % 11 == 10 else str(second % 11)


def with_control(eleven: str) -> str:
    """Eleven digits and their control digit, in a test of properties."""
    digit = control(eleven)
    assume(digit is not None)
    return f"{eleven}{digit}"


def first_of(start: str, places: int) -> str:
    """The first number that begins so and has a control digit."""
    elevens = (f"{start}{n:0{places}}" for n in range(100))
    return next(e + digit for e in elevens if (digit := control(e)) is not None)


serials = st.integers(0, 9999).map("{:04}".format)
births = st.dates(date(1800, 1, 1), date(2099, 12, 31))
sexes = st.integers(0, 1)


def iin_of(birth: date, sex: int, serial: str) -> str:
    century = (birth.year - 1800) // 100 * 2 + 1 + sex
    return with_control(f"{birth:%y%m%d}{century}{serial}")


iins = st.builds(iin_of, births, sexes, serials)
bins = st.builds(
    lambda year, month, kind, part, serial: with_control(
        f"{year:02}{month:02}{kind}{part}{serial:05}"
    ),
    st.integers(0, 99),
    st.integers(1, 12),
    st.sampled_from("456"),
    st.integers(0, 9),
    st.integers(0, 99_999),
)
faults = pytest.mark.parametrize("fault", [iin_fault, bin_fault])
Fault = Callable[[str], str | None]


# -- numbers that are right -----------------------------------------------------------


@given(iins)
def test_a_well_formed_iin_has_no_fault(iin: str) -> None:
    """Any birth of three centuries, either sex, any serial, with its control digit."""
    assert iin_fault(iin) is None


@given(bins)
def test_a_well_formed_bin_has_no_fault(number: str) -> None:
    """Any month, kind, part and serial, with its control digit."""
    assert bin_fault(number) is None


@pytest.mark.parametrize("number", COMPANIES)
def test_numbers_of_known_companies_have_no_fault(number: str) -> None:
    """Numbers in public use bear the control digit out."""
    assert bin_fault(number) is None


def test_the_second_weights_are_needed() -> None:
    """Where the first remainder is 10 the second weights give the one digit that is right."""
    elevens = [f"8508173{n:04}" for n in range(1000)]
    turned = [e for e in elevens if sum(n * int(d) for n, d in enumerate(e, 1)) % 11 == 10]
    found = {e: [d for d in "0123456789" if iin_fault(e + d) is None] for e in turned}
    assert {e: [digit] if (digit := control(e)) else [] for e in turned} == found
    assert any(found.values())


# -- numbers that are wrong -----------------------------------------------------------


@given(iins, st.integers(1, 9))
def test_another_control_digit_is_wrong(iin: str, by: int) -> None:
    """Of the ten last digits only one is right."""
    other = iin[:11] + str((int(iin[11]) + by) % 10)
    assert "the control digit is wrong" == iin_fault(other)


@given(births, sexes, serials, st.integers(0, 9))
def test_a_serial_without_control_digit_is_never_right(
    birth: date, sex: int, serial: str, digit: int
) -> None:
    """Where both remainders are 10 no number was ever given, so every last digit is wrong."""
    century = (birth.year - 1800) // 100 * 2 + 1 + sex
    eleven = f"{birth:%y%m%d}{century}{serial}"
    fault = iin_fault(f"{eleven}{digit}")
    assert (str(digit) != control(eleven)) == (fault is not None)


def test_some_serials_have_no_control_digit() -> None:
    """The case of two remainders of 10 exists and is refused with each digit."""
    eleven = next(e for n in range(10_000) if control(e := f"8508173{n:04}") is None)
    assert {"the control digit is wrong"} == {iin_fault(f"{eleven}{n}") for n in range(10)}


@given(iins, st.integers(0, 9), st.data())
def test_one_digit_mistyped_is_found(iin: str, at: int, data: st.DataObject) -> None:
    """A single wrong digit of the first ten never passes where the first weights decide.

    The eleventh has weight 11, so the first weights do not see it at all.
    """
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != iin[at]]))
    typed = iin[:at] + digit + iin[at + 1 :]
    firsts = [sum((n + 1) * int(d) for n, d in enumerate(text[:11])) % 11 for text in (iin, typed)]
    assume(10 not in firsts)
    assert iin_fault(typed) is not None


@faults
@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "85081730012",
        "8508173001234",
        "940140000385\n",
        "\n940140000385",
        " 940140000385",
        "940140000385 ",
        "94014000038\u0665",
        "９４０１４００００３８５",
        "٩٤٠١٤٠٠٠٠٣٨٥",
        "94014000038²",
        "94014000038Ⅴ",
        "9401-4000-0385",
        "+94014000038",
        "94014000038O",
        "94014000038\x00",
    ],
    ids=ascii,
)
def test_what_is_not_twelve_digits_is_refused(fault: Fault, text: str) -> None:
    """Eleven, thirteen, a line end, digits of other scripts: none is a number."""
    assert "not twelve digits" == fault(text)


@faults
@pytest.mark.parametrize("thing", [None, 940140000385, b"940140000385", ["9"] * 12, 9.4])
def test_what_is_not_text_is_refused(fault: Fault, thing: object) -> None:
    """A number given as a number, or as bytes, is refused and not raised upon."""
    assert "not twelve digits" == fault(thing)  # type: ignore[arg-type]  # what is tested


@pytest.mark.parametrize(
    ("six", "century", "told"),
    [
        ("850230", "3", "1985-02-30"),
        ("851301", "3", "1985-13-01"),
        ("850001", "3", "1985-00-01"),
        ("850100", "4", "1985-01-00"),
        ("850431", "4", "1985-04-31"),
        ("000229", "3", "1900-02-29"),
        ("000229", "1", "1800-02-29"),
        ("010229", "5", "2001-02-29"),
        ("000000", "0", "2000-00-00"),
    ],
)
def test_an_impossible_birth_date_is_refused(six: str, century: str, told: str) -> None:
    """The date is told with its century, also where the control digit is right."""
    assert f"no such birth date: {told}" == iin_fault(first_of(six + century, 4))


def test_29_february_2000_was() -> None:
    """2000 was a leap year though 1900 and 1800 were not."""
    assert iin_fault(first_of("0002295", 4)) is None


@given(births, st.sampled_from("789"), serials)
def test_a_seventh_digit_past_six_is_refused(birth: date, seventh: str, serial: str) -> None:
    """No century has it."""
    number = with_control(f"{birth:%y%m%d}{seventh}{serial}")
    assert f"the seventh digit is {seventh}, not 0 to 6" == iin_fault(number)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), serials)
def test_a_seventh_digit_of_zero_is_taken(birth: date, serial: str) -> None:
    """Some residents abroad have 0 there: the century is then unknown."""
    assert iin_fault(with_control(f"{birth:%y%m%d}0{serial}")) is None


@given(bins, st.sampled_from(["00", "13", "20", "99"]))
def test_a_bin_of_no_month_is_refused(number: str, month: str) -> None:
    """Months are 01 to 12."""
    other = with_control(number[:2] + month + number[4:11])
    assert f"no such month: {month}" == bin_fault(other)


@given(bins, st.sampled_from("0123789"))
def test_a_bin_of_no_kind_is_refused(number: str, kind: str) -> None:
    """The fifth digit of a BIN is 4 to 6."""
    other = with_control(number[:4] + kind + number[5:11])
    assert f"the fifth digit is {kind}, not 4 to 6" == bin_fault(other)


@given(iins)
def test_no_number_is_both(iin: str) -> None:
    """A person's number is never an organisation's: days begin with 0 to 3, kinds with 4 to 6."""
    assert bin_fault(iin) is not None


numeric = st.text("0123456789", min_size=12, max_size=12)
almost = st.text(st.characters(categories=["Nd", "Nl", "No", "Cc"]), max_size=14)


@faults
@given(text=st.one_of(st.text(), numeric, almost))
def test_no_text_raises(fault: Fault, text: str) -> None:
    """Whatever the text, the answer is a reason or None, and None only for twelve digits."""
    why = fault(text)
    if why is None:
        assert set(text) <= set("0123456789")
        assert (12, text[11]) == (len(text), control(text[:11]))
    else:
        assert why


# -- people ---------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["iin", "bin"])
def test_an_applicant_with_an_impossible_number_is_malformed(field: str) -> None:
    """The field is named, the code is stable, the number itself is not told."""
    with pytest.raises(Malformed, match="not twelve digits") as caught:
        Applicant("Aigerim", **{field: "8508173001"})
    assert (f"{field}.invalid", [field]) == (
        caught.value.code,
        [fault.path for fault in caught.value.faults],
    )
    assert "8508173001" not in str(caught.value)


@given(iins, bins)
def test_an_applicant_shows_no_iin(iin: str, number: str) -> None:
    """Both numbers are kept; that of the person is left out of the printed form."""
    applicant = Applicant("Aigerim", iin=iin, bin=number)
    assert (iin, number) == (applicant.iin, applicant.bin)
    assert iin not in repr(applicant)


def test_an_applicant_is_an_applicant_only() -> None:
    """Whatever is given, the role is one."""
    assert frozenset({APPLICANT}) == Applicant().roles


def test_no_official_acts_as_the_law() -> None:
    """The role of the law itself is refused, alone or among others."""
    for roles in ({LAW}, {EXECUTOR, LAW}):
        with pytest.raises(Malformed, match="no official acts as the law itself"):
            Official("a.serikova", roles)
    assert frozenset({LAW}) == TheLaw().roles


def test_roles_of_an_official_are_a_set() -> None:
    """Roles given in any collection, repeated or not, are the same."""
    assert Official("a", [EXECUTOR, EXECUTOR]) == Official("a", {EXECUTOR})


def test_an_official_who_applies_is_an_applicant() -> None:
    """Staff represent nobody before their own body, and are not the applicant of every case."""
    with pytest.raises(Malformed, match="roles: an official who applies"):
        Official("clerk", {REGISTRAR, APPLICANT})


@pytest.mark.parametrize("make", [Official, lambda of, roles: Mandate(of, roles, "order 1", DAY)])
def test_one_text_is_no_set_of_roles(make: Callable[[str, str], object]) -> None:
    """Its letters are not roles."""
    with pytest.raises(Malformed, match="roles: is one str, not a set"):
        make("akim", "head")


def test_namesakes_are_known_by_their_numbers() -> None:
    """What an applicant is called in records when the host says nothing."""
    some = [Applicant("Стройсервис", bin=number) for number in COMPANIES]
    assert [f"Стройсервис {number[-4:]}" for number in COMPANIES] == [one.id for one in some]
    assert "Айгерім" == Applicant("Айгерім").id
    assert ("applicant", "own") == (Applicant().id, Applicant("Айгерім", id="own").id)


def test_a_mandate_speaks_for_somebody_in_the_roles_it_lends() -> None:
    """Whoever may sign for the akim in the register may not decide for the akim."""
    orders = (Mandate("akim", {REGISTRAR}, "order 1", DAY), Mandate("vice", {HEAD}, "order 2", DAY))
    deputy = Official("b", {DEPUTY}, mandates=orders)
    assert {"b", "akim", "vice"} == persons(deputy, DAY)
    assert {"b", "vice"} == persons(deputy, DAY, {HEAD})
    assert ("vice", "akim") == (acted_for(deputy, HEAD, DAY), acted_for(deputy, REGISTRAR, DAY))


def test_of_several_represented_it_is_the_one_whose_matter_it_is() -> None:
    powers = tuple(Mandate(of, {APPLICANT}, "power", DAY) for of in ("erlan", "aigerim"))
    lawyer = Representative("lawyer", powers)
    assert "aigerim" == acted_for(lawyer, APPLICANT, DAY, whose="aigerim")
    assert "erlan" == acted_for(lawyer, APPLICANT, DAY, whose="nobody")


def test_a_role_of_ones_own_is_taken_up_before_one_lent() -> None:
    """The akim stays the akim while standing in for a deputy."""
    akim = Official("akim", {HEAD}, mandates=(Mandate("vice", {DEPUTY}, "order", DAY),))
    assert HEAD == taken_up(akim, frozenset({HEAD, DEPUTY}))
    assert DEPUTY == taken_up(akim, frozenset({DEPUTY}))
    lawyer = Representative("lawyer", (Mandate("aigerim", {APPLICANT}, "power", DAY),))
    assert APPLICANT == taken_up(lawyer, frozenset({APPLICANT, REPRESENTATIVE}))


# -- duties kept apart ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "of", "apart"),
    [("boss", "", False), ("sub", "", False), ("third", "", True), ("third", "boss", False),
     ("third", "sub", False), ("third", "fourth", True)],
)  # fmt: skip
def test_duties_are_apart_in_whosever_name_they_are_performed(
    by: str, of: str, *, apart: bool
) -> None:
    """A substitute prepared for the boss: neither signs, nor does anybody in the name of either."""
    at = datetime.fromisoformat("2026-02-02T10:00+05:00")
    prepared = Record(1, at, "sub", "head", Propose("burdening"), "proposed", "", "boss")
    case = Case("1", "petition", "proposed", "", (prepared,))
    order = (Mandate(of, {HEAD}, "order 7-k", date(2026, 2, 1)),) if of else ()
    signs = Circumstances(at, Official(by, {HEAD}, mandates=order), kz.office(), "")
    assert apart == other_than(Propose).holds(case, Decide("burdening"), signs)


# -- chains of mandates, and mandates that are none ---------------------------------------


def _order(of: str, until: date, *roles: Role, under: Mandate | None = None) -> Mandate:
    return Mandate(of, frozenset(roles), "order 1", date(2026, 3, 1), until, under)


def test_a_chain_of_mandates_ends_with_its_weakest_link() -> None:
    deputy = _order("akim", date(2026, 3, 10), HEAD)
    third = Official(
        "t", frozenset(), mandates=(_order("deputy", date(2026, 3, 31), HEAD, under=deputy),)
    )
    assert HEAD in roles_on(third, date(2026, 3, 10))
    assert HEAD not in roles_on(third, date(2026, 3, 11))


def test_a_mandate_lends_no_role_that_it_does_not_rest_on() -> None:
    deputy = _order("akim", date(2026, 3, 10), REGISTRAR)
    with pytest.raises(Malformed, match="are not all those of the mandate it rests on"):
        _order("deputy", date(2026, 3, 31), HEAD, under=deputy)


def test_nobody_lends_themselves_a_role() -> None:
    own = (_order("x", date(2026, 3, 31), HEAD),)
    with pytest.raises(Malformed, match="one is of the same person"):
        Official("x", frozenset(), mandates=own)


def test_a_power_of_attorney_makes_nobody_an_official() -> None:
    with pytest.raises(Malformed, match="lends the role of an applicant only"):
        Representative("lawyer", (_order("aigerim", date(2026, 3, 31), HEAD, APPLICANT),))
