"""Who takes part: applicants, officials, bodies, and the roles in which they act."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, NewType

import attrs

from openakimat.case.fields import misfits
from openakimat.errors import Fault, Malformed, make_fault

Role = NewType("Role", str)

APPLICANT = Role("applicant")

REPRESENTATIVE = Role("representative")

LAW = Role("law")
"""The law itself: who performs a lapse."""


# What is no collection is left as it is, and refused with whatever else is wrong.


def _as_set(roles: Iterable[Role]) -> Any:
    # A text is an iterable of texts: "clerk" would become the roles c, l, e, r and k.
    try:
        return roles if isinstance(roles, str) else frozenset(roles)
    except TypeError:
        return roles


def _as_tuple(mandates: "Iterable[Mandate]") -> Any:
    try:
        return tuple(mandates)
    except TypeError:
        return mandates


def _unnamed(of: "Official | Representative | Mandate", field: str) -> list[Fault]:
    """That somebody has an id, for a record without one would name nobody."""
    return [make_fault(field, "empty")] if getattr(of, field) == "" else []


def _of_oneself(of: "Official | Representative") -> list[Fault]:
    """That nobody lends themselves a role."""
    own = any(mandate.of == of.id for mandate in of.mandates)
    return [make_fault("mandates", "of-oneself")] if own else []


def _lends(roles: object, forbidden: Mapping[Role, str]) -> list[Fault]:
    among = roles if isinstance(roles, frozenset) else frozenset()
    return [
        Fault("roles", why, "role-not-lent") for role, why in forbidden.items() if role in among
    ]


@attrs.frozen
class Mandate:
    """By which somebody acts for another: an order of substitution, a power of attorney.

    Raises `Malformed` if it names nobody or no document, ends before it begins, lends the role of the law
    or one that it does not rest on, or a field of it holds what it may not.

    Args:
        of: The id of the person acted for.
        roles: The roles lent.
        basis: The document: its kind, number and date.
        since, until: Its first and last day; no end without the latter.
        under: The mandate by which whoever lends the roles has them themselves, if by one.
    """

    of: str = attrs.field(repr=False)
    roles: frozenset[Role] = attrs.field(converter=_as_set)
    basis: str = attrs.field(repr=False)
    since: date
    until: date | None = None
    under: "Mandate | None" = None

    def __attrs_post_init__(self) -> None:
        faults = [*misfits(self), *_unnamed(self, "of"), *_lends(self.roles, _NO_LOAN)]
        if not faults and self.under is not None and not self.roles <= self.under.roles:
            faults.append(make_fault("roles", "not-lent"))
        if isinstance(self.basis, str) and not self.basis.strip():
            faults.append(Fault("basis", "names no document", "no-document"))
        days_are_days = {fault.path for fault in faults}.isdisjoint({"since", "until"})
        if days_are_days and self.until is not None and self.until < self.since:
            faults.append(make_fault("until", "before", self.until, self.since))
        if faults:
            raise Malformed("mandate", faults)

    def holds(self, day: date, /) -> bool:
        """Whether it holds on a day, and so does the one that it rests on: a chain is as weak as that."""
        in_force = self.since <= day and (self.until is None or day <= self.until)
        return in_force and (self.under is None or self.under.holds(day))


NAMELESS = "applicant"
"""The id of whoever tells neither id nor name: it is nobody's, so no two of them are one person."""

ANONYMOUS = "anonymous"
"""The id of whoever will not be known."""

OF_MANY = frozenset({"", NAMELESS, ANONYMOUS})
"""The ids under which anybody may come: no right of one person rests on them."""

WHOEVER = "whoever asks"
"""The id of whoever a register does not name: theirs is their own case, and no two of them are one person."""

UNTOLD = OF_MANY | {WHOEVER}
"""The ids that do not tell one person from another."""


def _usual_id(applicant: "Applicant") -> str:
    return applicant.name or NAMELESS


@attrs.frozen
class Applicant:
    """A participant of the procedure: a person or an organisation.

    A country adds the numbers that its people have in a subclass.
    Raises `Malformed` if a field holds what it may not; what that is, is not told.

    Args:
        id: How records name them. Give the one your accounts have: without it, it is the
            name, and namesakes are one. Whoever has neither is nobody's twin, not even their own.

    None of it is shown where the person is printed, also by a traceback.

    >>> Applicant("Aigerim")
    Applicant()
    >>> Applicant("Aigerim").roles, Applicant("Aigerim").id, Applicant().id
    (frozenset({'applicant'}), 'Aigerim', 'applicant')
    """

    kinds: ClassVar[dict[str, type["Applicant"]]] = {}
    """The classes of applicants that countries have, so that a stored one is read as what it was.

    They are told apart by the names of their fields: each has one that no other has, or lacks one.
    """

    name: str = attrs.field(default="", repr=False)
    address: str = attrs.field(default="", repr=False)
    id: str = attrs.field(default=attrs.Factory(_usual_id, takes_self=True), repr=False)

    def __init_subclass__(cls) -> None:
        """Enter the class among the kinds; attrs makes it twice, and the second stands."""
        super().__init_subclass__()
        Applicant.kinds[f"{cls.__module__}.{cls.__qualname__}"] = cls

    def __attrs_post_init__(self) -> None:
        if faults := misfits(self):
            why = "holds what it may not"
            raise Malformed("applicant", [attrs.evolve(fault, why=why) for fault in faults])

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

    Raises `Malformed` if the id is empty, the roles include that of the law itself or of an applicant, or a
    field holds what it may not; all at once.

    Args:
        roles: The roles that are theirs whatever the day.
        mandates: Whom they stand in for, and while which order holds.
    """

    id: str
    roles: frozenset[Role] = attrs.field(converter=_as_set)
    name: str = attrs.field(default="", repr=False)
    mandates: tuple[Mandate, ...] = attrs.field(default=(), converter=_as_tuple)

    def __attrs_post_init__(self) -> None:
        faults = [*misfits(self), *_unnamed(self, "id"), *_lends(self.roles, _NO_OFFICIAL)]
        faults += [] if faults else _of_oneself(self)
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

    Raises `Malformed` if the id is empty, or a field holds what it may not.
    """

    id: str = attrs.field(repr=False)
    mandates: tuple[Mandate, ...] = attrs.field(converter=_as_tuple)
    name: str = attrs.field(default="", repr=False)

    def __attrs_post_init__(self) -> None:
        faults = [*misfits(self), *_unnamed(self, "id")]
        if not faults:
            faults = _of_oneself(self)
            # A power of attorney of an applicant makes nobody a head or a registrar.
            if any(mandate.roles - {APPLICANT} for mandate in self.mandates):
                faults.append(make_fault("mandates", "no-power"))
        if faults:
            raise Malformed("representative", faults)

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
    # Any of them may act; the first by name, so that the same act leaves the same record.
    return min(own or open_)


def acted_for(by: Actor, role: Role, day: date, /, *, whose: str = "") -> str:
    """The id of the person for whom somebody acts in a role; none when the role is their own.

    Of several who lend the role, it is the one whose matter it is, if that is known.
    """
    if role in by.roles:
        return ""
    lenders = [m.of for m in by.mandates if m.holds(day) and role in m.roles]
    # Otherwise the first mandate told: the order is the host's.
    return whose if whose in lenders else next(iter(lenders), "")


def persons(by: Actor, day: date, /, roles: Iterable[Role] = ()) -> frozenset[str]:
    """The ids somebody speaks for on a day: their own, and those of the mandates that hold.

    With `roles`, of mandates only that lend one of these.
    """
    lent = (m for m in by.mandates if m.holds(day) and (not roles or not m.roles.isdisjoint(roles)))
    return frozenset({by.id, *(m.of for m in lent)})


@attrs.frozen
class Body:
    """An administrative body: its id, and its names by the code of a language."""

    id: str
    names: Mapping[str, str]


_APPLICANT_ONLY = frozenset({APPLICANT})

_NO_LOAN = {LAW: "nobody acts for the law"}

_NO_OFFICIAL = {
    LAW: "no official acts as the law itself",
    APPLICANT: "an official who applies for themselves is an Applicant",
}
