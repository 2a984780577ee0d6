"""What is put to a desk, looked at before anything is loaded: all that is wrong with it at once."""

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any, Protocol, get_type_hints

import attrs

from openakimat.calendar.times import instant
from openakimat.case.act import Act, Aside
from openakimat.case.acts import Lapse, Receive, Seclude
from openakimat.case.people import Actor, Applicant, Official, Representative
from openakimat.case.record import Case, Record
from openakimat.chart.adoption import LOOKS
from openakimat.errors import Conflict, Fault, Malformed, describe_value, make_fault, unknown_fault
from openakimat.judgement.docket import Standing
from openakimat.law.law import Law
from openakimat.law.office import Office
from openakimat.ports import Store, Tx, storable
from openakimat.trail.canonical import encode
from openakimat.trail.codec import written


def refuse_bad_desk(office: object, store: object, secret: object, /) -> None:
    """Refuse to make a desk of what is no office, no store or no secret; all of it at once."""
    told = (
        ("office", office, Office, isinstance(office, Office)),
        ("store", store, Store, all(hasattr(store, name) for name in _OF_STORES)),
        ("secret", secret, bytes, isinstance(secret, bytes)),
    )
    if faults := [
        make_fault(path, "no-class", type(value).__name__, kind.__name__)
        for path, value, kind, is_one in told
        if not is_one or isinstance(value, type)
    ]:
        raise Malformed("desk", faults)


_OF_STORES = ("begin", "journal", "serial")


def word_fault(name: str, value: object, office: Office, /) -> Fault | None:
    """What is wrong with a word that cases are to be found by: by one unknown none ever is."""
    # A host's own stage has perhaps no words, and one of a former chart stands in the journal alone.
    charts = (*office.tables.values(), *office.stored.values())
    own: Mapping[str, Iterable[str]] = {
        "procedure": (of.procedure for of in charts),
        "stage": chain.from_iterable(of.stages for of in charts),
        "channel": (),
    }
    known = {*own[name], *office.law.by_kind.get(name, ())} if name in own else set[str]()
    strange = known and isinstance(value, str) and value not in {"", *known}
    return unknown_fault(name, str(value), sorted(known)) if strange else None


def standings(told: Iterable[Standing | str], /) -> frozenset[Standing]:
    """Standings, also by their values as an address has them.

    >>> standings(["overdue"]) == standings([Standing.OVERDUE])
    True
    """
    if isinstance(told, str):
        raise Malformed("asked", [make_fault("standing", "no-set", "str")])
    known = [each.value for each in Standing]
    values = [each.value if isinstance(each, Standing) else each for each in told]
    if wrong := [unknown_fault("standing", str(v), known) for v in values if v not in known]:
        raise Malformed("asked", wrong)
    return frozenset(map(Standing, values))


class Coded(Protocol):
    """A chart, as far as a desk needs it: the code of its procedure."""

    @property
    def code(self) -> str:
        """Such as ``appeal``."""
        ...


_ACTORS = (Applicant, Official, Representative)
"""Whoever may ask a desk for an act."""


def refuse_bad_question(
    by: Actor, act: object = None, *, id: str | None = None, beside: Sequence[Case] = (),
    expected: int | None = None, key: object = "",
) -> None:  # fmt: skip
    """Refuse a question that is none; all that is wrong with it at once."""
    faults = []
    # `TheLaw` is an actor too, but none that a host may send, and a lapse no act that it may put:
    # either would let the law act on a case before its time is up.
    if not isinstance(by, _ACTORS):
        # Not told again, whatever it is: it is meant for a person.
        faults.append(make_fault("by", "no-actor", type(by).__name__))
    faults += [
        fault for name, word in (("id", id), ("key", key)) if word for fault in _no_word(name, word)
    ]
    if isinstance(id, str) and id.endswith(f"/{LOOKS.procedure}"):
        faults.append(make_fault("id", "of-looks", repr(id)))
    if act is not None and not isinstance(act, Act):
        faults.append(make_fault("act", "no-act", describe_value(act)))
    if isinstance(act, Lapse):
        faults.append(make_fault("act", "of-time", repr(act.tag)))
    # A version comes back with a form, often as text, and would never be the one there is.
    if expected is not None and type(expected) is not int:
        faults.append(make_fault("expected", "no-integer", describe_value(expected)))
    if beside and not all(isinstance(case, Case) for case in beside):
        faults.append(make_fault("beside", "no-case"))
    if faults:
        raise Malformed("asked", faults)


_LONGEST = 500
"""Characters of an id and a key: PostgreSQL has no index of much more."""


def _no_word(path: str, word: object) -> Iterator[Fault]:
    """Why something is no text that every database keeps and finds."""
    if not isinstance(word, str):
        yield make_fault(path, "no-text", describe_value(word))
    elif not storable(word):
        yield make_fault(path, "control-character")
    elif len(word) > _LONGEST:
        yield make_fault(path, "too-long", f"{len(word):,}", _LONGEST)


def refuse_unknown_words(
    by: Actor, law: Law, act: Act | None = None, *, procedure: str = ""
) -> None:
    """Refuse roles, and a kind and channel of what is received, that the law does not know.

    Each is told with its neighbour. A host that has a word of its own gives the law a label for it,
    and a kind to the face of its procedure.
    """
    roles = by.roles.union(*[mandate.roles for mandate in by.mandates])
    strange = () if roles <= law.roles else sorted(roles - law.roles)
    faults = [unknown_fault("by.roles", role, sorted(law.roles)) for role in strange]
    if isinstance(act, Seclude):
        others = sorted({*act.open_to} - law.roles)
        faults += [unknown_fault("open_to", role, sorted(law.roles)) for role in others]
    if isinstance(act, Receive):
        for field, known in words_received(type(act), law, procedure).items():
            word = getattr(act, field)
            if word not in {"", *known} and word != _usual(type(act), field):
                faults.append(unknown_fault(field, word, known))
    if faults:
        raise Malformed(act.tag if act else "asked", faults)


def words_received(kind: type[Act], law: Law, procedure: str, /) -> dict[str, tuple[str, ...]]:
    """The kinds and channels of what a procedure is opened with, as the law has words for them."""
    face, every = law.faces.get(procedure), law.by_kind
    kinds = face.kinds or (_usual(kind, "kind"),) if face else every.get("kind", ())
    known = {"kind": kinds, "channel": every.get("channel", ())}
    # What the act itself says that a field may be is told by the act.
    of: type[attrs.AttrsInstance] = kind
    hints, fields = _hints(of), attrs.fields_dict(of)
    return {
        name: tuple(fields[name].metadata.get("among", own))
        for name, own in known.items()
        if own and hints[name] is str
    }


def _usual(kind: type[Act], field: str) -> str:
    return str(attrs.fields_dict(kind)[field].default)


@cache
def _hints(kind: type[attrs.AttrsInstance]) -> dict[str, Any]:
    """What the fields of a class hold: asked of each case that is opened, and long in finding."""
    return get_type_hints(kind)


def chart_of(procedure: Coded | str, law: Law, /) -> str:
    """The code of a procedure, whose chart, if one is handed over, the law has.

    Raises `Malformed` if it is no chart, or the law has another of that code: an extension was made, and
    its law was not handed to the office.
    """
    if isinstance(procedure, str):
        return procedure
    if not hasattr(procedure, "code"):
        raise Malformed("asked", [make_fault("procedure", "no-chart", describe_value(procedure))])
    editions = law.procedures.get(procedure.code, ())
    if (table := getattr(procedure, "table", None)) is not None and all(
        edition.value.under != table.under for edition in editions
    ):
        raise Malformed("asked", [make_fault("procedure", "no-chart", procedure.code)])
    return procedure.code


def enter_later(record: Record, entered: datetime | None) -> Record:
    """A record, kept at another instant than it was done."""
    if entered is None or instant(entered) == record.at:
        return record
    if entered < record.at:
        why, values = f"{entered} is before {record.at}, when it was done", (entered, record.at)
        raise Malformed("asked", [Fault("entered", why, "before", tuple(map(str, values)))])
    return attrs.evolve(record, entered=entered)


def make_opening(kind: type[Act], fields: dict[str, Any]) -> Receive:
    """The opening act of a kind, from its fields; every name wrong or missing at once."""
    try:
        act = kind(**fields)
    except TypeError as wrong:
        if faults := _misnamed(kind, fields):
            raise Malformed(kind.tag, faults) from wrong
        raise
    assert isinstance(act, Receive)  # noqa: S101 - a chart opens with such, and a host gave one
    return act


def _misnamed(kind: type[Act], fields: dict[str, Any]) -> list[Fault]:
    needed = {field.name: field.default is attrs.NOTHING for field in attrs.fields(kind)}
    missing = [name for name, is_needed in needed.items() if is_needed and name not in fields]
    return [
        *(make_fault(name, "no-field") for name in sorted(set(fields) - set(needed))),
        *(make_fault(name, "needed") for name in missing),
    ]


def asked_of(key: str, about: str, act: Act, by: Actor, secret: bytes) -> str:
    """The digest of what is asked under a key: of the act and the actor, whenever; or nothing."""
    if not key:
        return ""
    # As on a card: whoever has the table could else try every identity number there is.
    return hmac.new(secret, encode([about, written(act), by.id]), hashlib.sha256).hexdigest()


def refuse_changed(tx: Tx, case: str, beside: Sequence[Case]) -> None:
    """Refuse an act that looks at cases which somebody has written to since they were loaded.

    From here on nobody else writes to them, or to the case, until the act is kept.
    """
    if not beside:
        return
    kept = tx.watch([case, *(other.id for other in beside)])
    for other in beside:
        # One that is kept nowhere is the host's own to see to.
        if (found := kept.get(other.id, other.n_sealed)) != other.n_sealed:
            raise Conflict(other.id, expected=other.n_sealed, found=found)


def entered_over(act: Act | type[Act], entered: datetime | None) -> datetime | None:
    """When an act is entered that may take the place of lapses: what only stands beside takes none."""
    aside = issubclass(act if isinstance(act, type) else type(act), Aside)
    return None if aside else entered
