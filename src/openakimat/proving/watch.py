"""Whether a guard looks at more than it says.

1. A guard is believed (see `openakimat.chart.asks`), and now and then asked again, of values of the
   same classes in which everything it does not name is hidden. Whatever is hidden raises when it
   is touched; a record that is not named is there, and says nothing of what was done.
2. Of an act of which a guard only asks who performed it, the records by others than whoever acts
   are hidden as well: it is to keep two acts apart in person, and to ask nothing else of them.
3. A guard that touches what is hidden, or then answers otherwise, looks at what it does not say.
4. It is asked again the first, the second, the fourth, the eighth time it gives an answer at a
   stage, after an act: that costs little, and there is nearly always a situation that tells.
   What never was in any case is not seen.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, NoReturn, TypeVar, cast

import attrs

from openakimat.case import Act, Actor, Case, Record, Reopen, persons
from openakimat.chart.asks import Asks
from openakimat.chart.table import AskedOffice, Circumstances, Guard
from openakimat.law.office import Office
from openakimat.limits.deadline import Deadline
from openakimat.lives.story import Finding, tell
from openakimat.proving.relevance import weighs_reopening

_T = TypeVar("_T")
_V = TypeVar("_V")


class Undeclared(Exception):
    """Something was touched that is hidden."""


class Watch:
    """What guards were seen to look at without saying so."""

    def __init__(self) -> None:
        self.findings: dict[tuple[str, str], Finding] = {}
        self._n_answers = Counter[object]()

    def watched(self, guard: Guard, /) -> Guard:
        """The same guard, asked again now and then with all hidden that it does not name."""

        def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:
            answer = bool(guard.holds(case, act, circumstances))
            situation = (id(guard), case.stage, type(case.records[-1].act), answer)
            self._n_answers[situation] += 1
            # One, two, four, eight: a power of two has one bit.
            if self._n_answers[situation].bit_count() == 1:
                for looked_at in undeclared(guard, case, act, circumstances, answer=answer):
                    self._report(guard, looked_at, case)
            return answer

        return attrs.evolve(guard, holds=holds)

    def _report(self, guard: Guard, looked_at: str, case: Case) -> None:
        known = self.findings.get((guard.code, looked_at))
        if known is None or len(case.records) < len(known.story):
            sentence = f"the guard {guard.code!r} looks at {looked_at}, and does not say so"
            self.findings[guard.code, looked_at] = Finding("guard.undeclared", sentence, tell(case))


def undeclared(
    guard: Guard, case: Case, act: Act, circumstances: Circumstances, /, *, answer: bool
) -> Iterator[str]:
    """What a guard looks at without saying so, as far as one situation tells."""
    veil = _Veil(guard.sees, case, circumstances)
    again = veil.ask(guard, act)
    if veil.touched:
        yield from dict.fromkeys(veil.touched)
    elif again != answer:
        kinds = dict.fromkeys(type(record.act) for record in veil.hidden)
        telling = [kind for kind in kinds if _shown(veil, kind).ask(guard, act) == answer]
        named = [f"record:{kind.tag}" for kind in telling or kinds]
        yield from named or ["something it does not name"]


def _shown(veil: "_Veil", kind: type[Act]) -> "_Veil":
    sees = attrs.evolve(veil.sees, records=veil.sees.records | {kind})
    return _Veil(sees, veil.true, veil.around)


class _Hidden:
    """What stands where something is hidden: it raises when it is touched in any way."""

    def __init__(self, what: str, touched: list[str]) -> None:
        object.__setattr__(self, "what", what)
        object.__setattr__(self, "touched", touched)

    def __getattribute__(self, name: str) -> Any:
        _touch(self)

    def _touched(self, *_: object) -> Any:
        _touch(self)

    __bool__ = __len__ = __iter__ = __contains__ = __getitem__ = __call__ = _touched
    __lt__ = __le__ = __gt__ = __ge__ = __hash__ = _touched
    __eq__ = __ne__ = _touched
    __str__ = __repr__ = __format__ = __int__ = __float__ = __index__ = _touched
    __add__ = __radd__ = __sub__ = __rsub__ = __and__ = __rand__ = __or__ = __ror__ = _touched


class _Nothing(Act):
    """An act that says nothing of what it was.

    A field that a guard looks for in all records it has not; anything else of it is hidden.
    """

    __slots__ = ("looked_for", "touched", "what")

    def __init__(self, what: str, looked_for: frozenset[str], touched: list[str]) -> None:
        for name, value in (("what", what), ("looked_for", looked_for), ("touched", touched)):
            object.__setattr__(self, name, value)

    def __getattribute__(self, name: str) -> Any:
        # To ask whether it is of some class, or called so, is no look at what was done.
        if name == "__class__":
            return _Nothing
        if name == "tag":
            return ""
        if name in object.__getattribute__(self, "looked_for"):
            raise AttributeError(name)
        if not hasattr(Act, name):
            object.__setattr__(self, "what", f"record:*.{name}")
        return _touch(self)


def _touch(hidden: object) -> NoReturn:
    what = object.__getattribute__(hidden, "what")
    object.__getattribute__(hidden, "touched").append(what)
    raise Undeclared(what)


class _Shown(Mapping[str, _V]):
    """A mapping whose values are shown one by one as they are asked for."""

    def __init__(self, values: Mapping[str, _V], show: Callable[[str, _V], _V]) -> None:
        self._values, self._show = values, show

    def __getitem__(self, key: str) -> _V:
        return self._show(key, self._values[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def _with(value: _T, kind: type[_T] | None = None, /, **fields: object) -> _T:
    """A value with other fields, that its class would not let it have; or as of a base of it."""
    changed = object.__new__(kind or type(value))
    for field in attrs.fields(cast("Any", kind or type(value))):
        of = fields[field.name] if field.name in fields else getattr(value, field.name)
        # Frozen, and checked when it is made: what is hidden is no value of any field.
        object.__setattr__(changed, field.name, of)
    return changed


@attrs.frozen
class _Veil:
    """What a guard is shown of a situation."""

    sees: Asks
    true: Case
    around: Circumstances
    touched: list[str] = attrs.field(factory=list)
    hidden: list[Record] = attrs.field(factory=list)

    def ask(self, guard: Guard, act: Act) -> bool | None:
        """What a guard answers now; None where it cannot."""
        try:
            return bool(guard.holds(self.case(), self.act(act), self.circumstances()))
        except Exception:  # noqa: BLE001 - whatever a guard makes of what it does not see
            return None

    def _hide(self, what: str) -> Any:
        return _Hidden(what, self.touched)

    def act(self, act: Act) -> Act:
        names = {field.name for field in attrs.fields(type(act))} - self.sees.act
        return _with(act, **{name: self._hide(f"act.{name}") for name in names})

    def case(self) -> Case:
        first, *rest = self.true.records
        if weighs_reopening(self.sees, (Reopen,)):
            # In another order since.
            n = max((n for n, r in enumerate(rest, 1) if isinstance(r.act, Reopen)), default=0)
            places, later = range(n + 2, len(rest) + 2), sorted(rest[n:], key=lambda r: r.act.tag)
            rest[n:] = [_with(each, no=no) for no, each in zip(places, later, strict=True)]
        return _with(self.true, records=(first, *map(self._record, rest)))

    def _record(self, record: Record) -> Record:
        sees, kind, tag = self.sees, type(record.act), record.act.tag
        seen = sees.every or issubclass(kind, tuple(sees.records)) or self._is_latest(record)
        by_name = sees.every_performer or issubclass(kind, tuple(sees.performers))
        fields = sees.fields_of(kind)
        filled = any(getattr(record.act, name) for name in fields & sees.filling)
        if not (seen or filled or (by_name and self._is_by_actor(record))):
            self.hidden.append(record)
            nothing = _Nothing(f"record:{tag}", sees.filling, self.touched)
            names = {field.name for field in attrs.fields(Record)} - {"act"}
            unseen = {name: self._hide(f"record:{tag}") for name in names}
            return _with(record, **unseen, act=nothing)
        # Which of the subclasses of what is named it is, is not shown.
        named = () if sees.every or filled else (base for base in kind.mro() if base in sees.kinds)
        if (shown := next(iter(named), kind)) is not kind:
            self.hidden.append(record)
        names = {field.name for field in attrs.fields(shown)} - fields
        unseen = {name: self._hide(f"record:{tag}.{name}") for name in names}
        act = _with(record.act, shown, **unseen)
        who = () if by_name else ("by", "role", "on_behalf")
        return _with(record, act=act, **{name: self._hide(f"record:{tag}.by") for name in who})

    def _is_latest(self, record: Record) -> bool:
        """Whether it is the last record of several acts of which only that is looked at."""
        latest = (self.true.latest(*group) for group in self.sees.latest)
        return any(one is not None and one.act is record.act for one in latest)

    def _is_by_actor(self, record: Record) -> bool:
        day = self.around.office.day_of(self.around.at)
        return not persons(self.around.by, day).isdisjoint({record.by, record.on_behalf} - {""})

    def circumstances(self) -> Circumstances:
        sees, around = self.sees, self.around
        # A proof has a whole office; a guard is to know it by what it may ask alone.
        office = cast("Office", around.office)
        return Circumstances(
            around.at if sees.now else cast("datetime", self._hide("office:now")),
            self._actor(around.by),
            _with(
                office,
                readings=_Shown(office.readings, self._reading),
                tables=_Shown(office.tables, self._table),
            ),
            around.wording,
            around.roles if sees.roles else self._hide("by.roles"),
            around.beside if sees.beside else self._hide("beside"),
            self._count,
        )

    def _actor(self, by: Actor) -> Actor:
        """Who acts: by name, or only whether it is an official and in which roles."""
        sees = self.sees
        if not (sees.by or sees.roles):
            return cast("Actor", self._hide("by"))
        names = {field.name for field in attrs.fields(type(by))}
        unseen = names - {"roles"} if not sees.by else set[str]()
        hidden = {name: self._hide("by") for name in unseen}
        if "roles" in names and not sees.roles:
            hidden["roles"] = self._hide("by.roles")
        return _with(by, **hidden)

    def _reading(self, name: str, answer: str) -> str:
        return answer if name in self.sees.readings else cast("str", self._hide(f"office:{name}"))

    def _table(self, _: str, table: Any) -> Any:
        # By its clocks, whoever has a table could count the deadlines of any limit.
        return _with(
            table, clocks=self._hide("the clocks of its table, other than by office:LIMIT")
        )

    def _count(self, case: Case, limit: str, /, *, office: AskedOffice) -> Deadline | None:  # noqa: ARG002 - as `Counts` has it
        if limit not in self.sees.limits_of(self.true.procedure):
            self.touched.append(f"office:{limit}")
            raise Undeclared(limit)
        # Counted of the true records: a deadline is an answer of the office.
        of = self.true if case.id == self.true.id else case
        found, reopening = self.around.deadline_of(of, limit), of.last(Reopen)
        if found is None or reopening is None or Reopen not in self.sees.kinds:
            return found
        taken_up = self.around.office.table_of(of.under).clocks[limit].reopens
        return found if taken_up or found.base_at >= reopening.at else None
