"""Hypothesis strategies for what a host stores and reads: texts, instants, people, acts, records.

They are built from the vocabulary itself, so an act of the host's own is drawn as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta, timezone
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs
import hypothesis.strategies as st
from hypothesis import reject

from openakimat.case.act import VOCABULARY, Act
from openakimat.case.acts import Register
from openakimat.case.people import Applicant
from openakimat.case.record import Basis, Record
from openakimat.errors import Malformed, PackError

MAX_TEXT = 40


_CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


def texts(*, max_size: int = MAX_TEXT) -> st.SearchStrategy[str]:
    """Texts of every script, control characters and emoji; no NUL, no half of a surrogate pair."""
    return st.text(_CHARACTERS, max_size=max_size)


def days() -> st.SearchStrategy[date]:
    """Days of some twenty years."""
    return st.dates(date(2007, 1, 30), date(2027, 12, 31))


def instants() -> st.SearchStrategy[datetime]:
    """Aware instants of those years, at whatever offset."""
    minutes = st.integers(-14 * 60, 14 * 60)
    zones = minutes.map(lambda count: timezone(timedelta(minutes=count)))
    return st.datetimes(datetime(2007, 1, 30), datetime(2027, 12, 31), timezones=zones)  # noqa: DTZ001 - zones are drawn


def applicants() -> st.SearchStrategy[Applicant]:
    """Participants of every kind that a country has, without the numbers that it gives them."""
    kinds: list[type[Applicant]] = [Applicant, *Applicant.kinds.values()]
    drawn = [
        st.builds(kind, name=texts(), address=texts(), id=texts(max_size=10)) for kind in kinds
    ]
    return st.one_of(drawn)


_OF: Mapping[object, Callable[[], st.SearchStrategy[Any]]] = {
    str: texts,
    bool: st.booleans,
    int: lambda: st.integers(-(2**53) + 1, 2**53 - 1),
    date: days,
    datetime: instants,
    Applicant: applicants,
    NoneType: st.none,
}


def values(hint: Any, /) -> st.SearchStrategy[Any]:
    """Values of an annotation, as far as acts are made of them.

    Raises:
        PackError: No act is made of such.

    >>> values(tuple[str, ...]).validate()
    """
    if hint in _OF:
        return _OF[hint]()
    # An act within an act: what is corrected is whatever was entered.
    if hint is Act:
        return _built(Register)
    if get_origin(hint) is tuple and get_args(hint)[1:] == (...,):
        return st.lists(values(get_args(hint)[0]), max_size=4).map(tuple)
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    if get_origin(hint) in {Union, UnionType}:
        return st.one_of([values(one) for one in get_args(hint)])
    if attrs.has(hint):
        return _built(hint)
    raise PackError(f"no strategy draws {hint}")


def _built(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Values of an attrs class, every field drawn."""
    hints = get_type_hints(kind)

    def make(**fields: Any) -> Any:
        try:
            return kind(**fields)
        except Malformed:  # what of it no annotation tells is drawn again
            reject()

    return st.builds(make, **{one.name: _field(one, hints[one.name]) for one in attrs.fields(kind)})


def _field(field: attrs.Attribute[Any], hint: Any) -> st.SearchStrategy[Any]:
    """Values of one field, within what is declared of it."""
    pattern = field.metadata.get("pattern")
    return st.from_regex(pattern, alphabet=_CHARACTERS) if pattern else values(hint)


def acts(kinds: Iterable[type[Act]] | None = None, /) -> st.SearchStrategy[Act]:
    """Acts of the kinds given, or of the whole vocabulary as it is when this is called.

    >>> acts([Register]).validate()
    """
    drawn = VOCABULARY.values() if kinds is None else kinds
    return st.one_of([_built(kind) for kind in drawn])


def records(of: st.SearchStrategy[Act] | None = None, /) -> st.SearchStrategy[Record]:
    """Records of acts, at whatever number, instant and stage."""
    return st.builds(
        Record,
        no=st.integers(1, 2**31),
        at=instants(),
        by=texts(),
        role=texts(max_size=10),
        act=acts() if of is None else of,
        stage=texts(max_size=10),
        under=texts(),
        on_behalf=texts(max_size=10),
        office=texts(max_size=10),
        entered=st.none() | instants(),
        basis=st.sampled_from(get_args(Basis)),
    )
