"""Hypothesis strategies for what a host stores and reads: texts, instants, people, acts, records, lives.

They are built from the vocabulary itself, so an act of the host's own is drawn as well.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from types import NoneType, UnionType
from typing import Any, Literal, Union, Unpack, get_args, get_origin, get_type_hints

import attrs
import hypothesis.strategies as st
from hypothesis import reject

from openakimat.case import VOCABULARY, Act, Applicant, Basis, Case, Record, Register
from openakimat.chart.procedure import ProcedureType
from openakimat.chart.table import Table
from openakimat.errors import BeyondCalendar, Malformed, PackError
from openakimat.judgement.lapse import settle
from openakimat.judgement.running import Running
from openakimat.law.office import Office
from openakimat.lives.ways import LAPSE, Staging, Turn, Ways, first_days, office_of

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
    """Values of an annotation, as far as acts are made of them. Raises `PackError` if no act is made of such.

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


def _field(field: "attrs.Attribute[Any]", hint: Any) -> st.SearchStrategy[Any]:
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
        Record, no=st.integers(1, 2**31), at=instants(), by=texts(), role=texts(max_size=10),
        act=acts() if of is None else of, stage=texts(max_size=10), under=texts(),
        on_behalf=texts(max_size=10), office=texts(max_size=10), entered=st.none() | instants(),
        basis=st.sampled_from(get_args(Basis)),
    )  # fmt: skip


_WAITS = (timedelta(0), timedelta(0), timedelta(hours=3), timedelta(days=1), timedelta(days=8))
_YES_OR_NO, _ASTRAY = (False, True), (False, False, False, True)
"""Whether a turn is another than the way has: or there would be no life but the shortest."""
_N_DAYS = 300
"""So many days after the first that is good for it a life begins at the latest."""


def lives(
    chart: ProcedureType | Table, office: Office, /, *, most: int = 30, **staging: Unpack[Staging]
) -> st.SearchStrategy[Case]:
    """Lawful lives of a chart: cases with all that was done and all that time did, up to some moment.

    A life makes for a stage, any of them as likely as another, by the shortest way known there, and
    leaves it now and then: for any act that is lawful by whoever may perform it, or for time that
    passes till a clock runs out. Come there, it ends or lives on. So every stage is reached
    that a way of turns leads to, and a failing life shrinks to about the shortest there is.

    Args:
        chart: The procedure, or a table of it. A life is lived under its wording to the end.
        office: Where it is lived, on days since that wording is in force.
        most: So many records it has at the most, but for those that time made at once.
        **staging: Who takes part, what is tried, what lies beside a case, as `explore` takes them.

    >>> from hypothesis import given
    >>> from openakimat import kz
    >>> @given(lives(kz.Simplified, kz.office()))
    ... def test_nothing_is_answered_before_it_is_registered(case):
    ...     tags = [record.act.tag for record in case.records]
    ...     assert "decide" not in tags or tags[1].startswith("register")
    >>> test_nothing_is_answered_before_it_is_registered()
    """
    table = chart if isinstance(chart, Table) else chart.table
    at = first_days(table, office)
    ways = Ways(table, office_of(table, office), **staging)
    return _lives(ways, at, ways.to_each(at), most)


@st.composite
def _lives(
    draw: st.DrawFn, ways: Ways, at: datetime, known: Mapping[str, tuple[int, Sequence[Turn]]],
    most: int,
) -> Case:  # fmt: skip
    """A life, drawn turn by turn."""
    n, way = draw(st.sampled_from(list(known.values())))
    opened = ways.opened(at + timedelta(days=draw(st.integers(0, _N_DAYS))))
    # By place: integers come to the last of several, where time passes, more often than samples do.
    return live(lambda of: of[draw(st.integers(0, len(of) - 1))], ways, opened[n], way, most)


Choose = Callable[[Sequence[Any]], Any]
"""Takes one of several."""


def live(choose: Choose, ways: Ways, of: Running, way: Sequence[Turn], most: int = 30, /) -> Case:
    """The life of a case just opened that makes for a stage."""
    left, straight = list(way), not choose(_YES_OR_NO)
    while not of.closed and len(of.case.records) < most:
        astray = choose(_ASTRAY) if left and not straight else not left and choose(_YES_OR_NO)
        if not (left or astray):
            break
        turn = None if astray else left.pop(0)
        try:
            then = _turned(choose, ways, of, turn, straight=straight)
        except BeyondCalendar:
            break
        if then is None:
            break
        # Led elsewhere, it is on no way any more.
        if (astray and then.case.stage != of.case.stage) or (
            turn and then.case.stage != turn.enters
        ):
            left.clear()
        of = then
    return of.case


def _turned(
    choose: Choose, ways: Ways, of: Running, turn: Turn | None, *, straight: bool
) -> Running | None:
    """A case after a turn, or whatever is lawful instead; None where nothing becomes of it."""
    if turn is not None and turn.tag == LAPSE:
        return ways.lapsed(of)
    late = turn is not None and turn.late
    at = ways.soon(of, late=late)
    if not straight:
        at += choose(_WAITS)
    of = settle(of, at=at, office=ways.office)[0]
    if turn is not None and (then := ways.take(of, turn, at)) is not None:
        return then
    tags = ways.tags(of)
    first = choose(range(len(tags) + 1))
    # From whichever is drawn on, what is not lawful is passed over; the last is that time passes.
    for tag in (*tags[first:], *tags[:first]) if first < len(tags) else ():
        if open_ := [then for _, then in ways.acted(of, tag, at)]:
            chosen: Running = choose(open_)
            return chosen
    return ways.lapsed(of)
