"""Who takes part: applicants, officials, bodies, and the roles in which they act."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NewType

import attrs

from openakimat.errors import Fault, Malformed

Role = NewType("Role", str)


APPLICANT = Role("applicant")

REPRESENTATIVE = Role("representative")

LAW = Role("law")
"""The law itself: who performs a lapse."""


_TWELVE = re.compile(r"[0-9]{12}")

_CENTURY = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}

_WEIGHTS = (tuple(range(1, 12)), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))


def _control_digit(digits: str) -> int:
    """The twelfth digit that the first eleven ask for; 10 when none can be."""
    control = 10
    for weights in _WEIGHTS:
        control = sum(int(d) * w for d, w in zip(digits, weights, strict=False)) % 11
        if control < 10:  # noqa: PLR2004 - a remainder of 10 asks for the second weights
            break
    return control


def iin_fault(text: str, /) -> str | None:
    """Why a text is not an individual identification number (IIN), or None.

    Twelve digits: birth date YYMMDD, a digit for century and sex (0 for some
    residents abroad: then the century is unknown), four of order, one of control.

    Source: Rules of forming the identification number (unconfirmed: not read).

    >>> iin_fault("850817300123")
    'the control digit is wrong'
    >>> iin_fault("851317300123")
    'no such birth date: 1985-13-17'
    """
    if not isinstance(text, str) or not _TWELVE.fullmatch(text):
        return "not twelve digits"
    century = _CENTURY.get(text[6])
    if century is None and text[6] != "0":
        return f"the seventh digit is {text[6]}, not 0 to 6"
    year, month, day = (century or 2000) + int(text[:2]), int(text[2:4]), int(text[4:6])
    try:
        date(year, month, day)
    except ValueError:
        return f"no such birth date: {year}-{text[2:4]}-{text[4:6]}"
    return None if _control_digit(text) == int(text[11]) else "the control digit is wrong"


def bin_fault(text: str, /) -> str | None:
    """Why a text is not a business identification number (BIN), or None.

    Twelve digits: year and month of registration, a digit for the kind of person
    (4 to 6), a digit for head, branch or other, five of order, one of control.

    Source: Rules of forming the identification number (unconfirmed: not read).
    """
    if not isinstance(text, str) or not _TWELVE.fullmatch(text):
        return "not twelve digits"
    if not 1 <= int(text[2:4]) <= 12:  # noqa: PLR2004 - months
        return f"no such month: {text[2:4]}"
    if text[4] not in "456":
        return f"the fifth digit is {text[4]}, not 4 to 6"
    return None if _control_digit(text) == int(text[11]) else "the control digit is wrong"


def _number(
    fault: Callable[[str], str | None],
) -> Callable[[object, attrs.Attribute[str | None], str | None], None]:
    def check(_: object, attribute: attrs.Attribute[str | None], text: str | None) -> None:
        why = None if text is None else fault(text)
        if why:
            raise Malformed(
                "person", [Fault(attribute.name, why)], code=f"{attribute.name}.invalid"
            )

    return check


def _as_set(given: Iterable[Role]) -> frozenset[Role]:
    if isinstance(given, str):
        raise Malformed("person", [Fault("roles", f"{given!r} is one text, not a set of roles")])
    return frozenset(given)


def _kept(given: Iterable[Mandate]) -> tuple[Mandate, ...]:
    return tuple(given)


@attrs.frozen
class Mandate:
    """By which somebody acts for another: an order of substitution, a power of attorney.

    Args:
        of: The id of the person acted for.
        roles: The roles lent.
        basis: The document: its kind, number and date.
        since, until: Its first and last day; no end without the latter.

    Raises:
        Malformed: It names no document, ends before it begins, or lends the role of the law.

    Source: APPC 68(5); an order on substitution is each body's own.
    """

    of: str
    roles: frozenset[Role] = attrs.field(converter=_as_set)
    basis: str
    since: date
    until: date | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a mandate that nobody could show."""
        faults = [Fault("basis", "names no document")] if not self.basis.strip() else []
        if self.until is not None and self.until < self.since:
            faults.append(Fault("until", f"{self.until} is before {self.since}"))
        if LAW in self.roles:
            faults.append(Fault("roles", "nobody acts for the law"))
        if faults:
            raise Malformed("mandate", faults)

    def holds(self, day: date, /) -> bool:
        """Whether it holds on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


def _usual_id(one: Applicant) -> str:
    return " ".join(filter(None, (one.name, (one.iin or one.bin or "")[-4:]))) or "applicant"


@attrs.frozen
class Applicant:
    """A participant of the procedure: a person (IIN) or an organisation (BIN).

    Args:
        name: First and last name, or the name of the organisation.
        iin, bin: Twelve digits.
        address: Where to write to.
        id: How records name them. Give the one your accounts have: without it, it is the name
            and the last four digits of the number, and namesakes without a number are one.

    Raises:
        Malformed: The IIN or BIN is impossible.

    Source: APPC 63(2).

    >>> Applicant("Aigerim").roles
    frozenset({'applicant'})
    >>> Applicant("Aigerim", iin="850817300107").id, Applicant().id
    ('Aigerim 0107', 'applicant')
    """

    name: str = ""
    iin: str | None = attrs.field(default=None, repr=False, validator=_number(iin_fault))
    bin: str | None = attrs.field(default=None, validator=_number(bin_fault))
    address: str = ""
    id: str = attrs.field(default=attrs.Factory(_usual_id, takes_self=True))

    @property
    def roles(self) -> frozenset[Role]:
        """An applicant acts as applicant only."""
        return _APPLICANT_ONLY

    @property
    def mandates(self) -> tuple[Mandate, ...]:
        """An applicant acts for nobody else."""
        return ()


@attrs.frozen
class Official:
    """Somebody who acts for the body, and the roles that are theirs.

    Args:
        id: How records name them.
        roles: The roles that are theirs whatever the day.
        name: Their name.
        mandates: Whom they stand in for, and while which order holds.

    Raises:
        Malformed: The roles include that of the law itself, or of an applicant.

    >>> sorted(Official("a.serikova", {REGISTRAR, EXECUTOR}).roles)
    ['executor', 'registrar']
    """

    id: str
    roles: frozenset[Role] = attrs.field(converter=_as_set)
    name: str = ""
    mandates: tuple[Mandate, ...] = attrs.field(default=(), converter=_kept)

    def __attrs_post_init__(self) -> None:
        """Refuse the roles that no official has."""
        faults = [Fault("roles", why) for role, why in _NO_OFFICIAL.items() if role in self.roles]
        if faults:
            raise Malformed("official", faults)


@attrs.frozen
class TheLaw:
    """The actor of a lapse: time ran out, and the law acts."""

    id: str = "law"
    roles: frozenset[Role] = frozenset({LAW})
    mandates: tuple[Mandate, ...] = ()


@attrs.frozen
class Representative:
    """Somebody who acts for an applicant, and by what mandate.

    Source: APPC 68.

    >>> from datetime import date
    >>> power = Mandate("aigerim", {APPLICANT}, "power of attorney 12 of 2026-03-01", date(2026, 3, 1))
    >>> sorted(roles_on(Representative("lawyer", (power,)), date(2026, 3, 2)))
    ['applicant', 'representative']
    """

    id: str
    mandates: tuple[Mandate, ...] = attrs.field(converter=_kept)
    name: str = ""

    @property
    def roles(self) -> frozenset[Role]:
        """A representative has no role but by mandate."""
        return frozenset({REPRESENTATIVE})


Actor = Applicant | Official | Representative | TheLaw
"""Whoever performs an act: `id` is how the record names them, `roles` what they may act as."""


def roles_on(by: Actor, day: date, /) -> frozenset[Role]:
    """The roles somebody may act in on a day: their own, and those lent by mandates that hold."""
    return by.roles.union(*(mandate.roles for mandate in by.mandates if mandate.holds(day)))


def taken_up(by: Actor, open_: frozenset[Role], /) -> Role:
    """The role somebody acts in of those open to them: one of their own before one lent.

    To represent is no role of one's own: it is taken up as that of the person represented.
    """
    own = open_ & by.roles - {REPRESENTATIVE}
    return min(own or open_)


def acted_for(by: Actor, role: Role, day: date, /, *, whose: str = "") -> str:
    """The id of the person for whom somebody acts in a role; none when the role is their own.

    Of several who lend the role, it is the one whose matter it is, if that is known.
    """
    if role in by.roles:
        return ""
    lent = [m.of for m in by.mandates if m.holds(day) and role in m.roles]
    return whose if whose in lent else next(iter(lent), "")


def persons(by: Actor, day: date, /, roles: Iterable[Role] = ()) -> frozenset[str]:
    """The ids somebody speaks for on a day: their own, and those of the mandates that hold.

    Args:
        by: Who acts.
        day: The day.
        roles: Only of mandates that lend one of these; of all, when none are named.
    """
    lent = (m for m in by.mandates if m.holds(day) and (not roles or not m.roles.isdisjoint(roles)))
    return frozenset({by.id, *(m.of for m in lent)})


@attrs.frozen
class Body:
    """An administrative body: its id and its names by language (kk, ru, en)."""

    id: str
    names: Mapping[str, str]


_APPLICANT_ONLY = frozenset({APPLICANT})

_NO_OFFICIAL = {
    LAW: "no official acts as the law itself",
    APPLICANT: "an official who applies for themselves is an Applicant",
}
