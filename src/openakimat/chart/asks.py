"""What a guard looks at, in five kinds of words and no more.

1. ``act.FIELD``: a field of the act asked about. ``act.FIELD=VALUE``, where the guard compares
   it with that value: one worth trying.
2. ``record:TAG``: the records of that act and of its subclasses alike, so that ``record:lapse`` is
   any lapse: that there are some, when they were, in what order they stand. Which subclass it was
   only its own tag tells. A search of all cases remembers the last of them. With
   ``record:reopen``, of the others only those since, in no order, and of a clock that is not taken
   up again only a run begun since. ``record:TAG.FIELD``: a field of that act too. ``record:A|B``:
   only which of these came last. ``record:*``: every record, whatever was done;
   ``record:*.FIELD``: those that fill that field, and the field. ``record:TAG.by``: who
   performed that act, for whom and in what role, of which it matters only whether it was
   whoever acts now: the two are kept apart in person. With ``record:TAG``, also who was the
   last to. ``record:*.by``: who performed every record.
3. ``by``: who acts, by name and mandates. ``by.roles``: in which roles.
4. ``beside``: the cases put beside this one, with all that is in them.
5. ``office:NAME``: what the office answers. ``office:now``: what day or instant it is. A name
   with a dot is a limit, the deadline of whose clock is asked: ``office:appeal.consideration``,
   or ``office:*.consideration`` where the procedure of the case stands before the dot. Any other
   name is a reading: ``office:separation``.

No word is needed for what is one and the same through the life of a case (its id, procedure,
opening, and the law and calendar of the office), nor for its stage and wording: a guard is
asked anew at each.
"""

from collections.abc import Iterable

import attrs

from openakimat.case.act import VOCABULARY, Act
from openakimat.errors import PackError

_NO_NAMES = frozenset[str]()
_NO_KINDS = frozenset[type[Act]]()


@attrs.frozen(cache_hash=True)
class Asks:
    """What a guard, or several, look at: the words above, read.

    Attributes:
        act, values: Fields of the act asked about; such fields, each with a value worth trying.
        records, latest: The acts whose records are looked at, or only that which came last.
        fields: Acts, each with a field that is looked at in its records.
        performers: The acts of which it matters who performed them.
        every, every_performer: Whether all records are looked at, and who performed each of them.
        filling: Fields: the records of acts that fill one are looked at.
        by, roles: Whether it matters who somebody is, or in which roles they act.
        beside, now: Whether other cases are looked at, or the instant is.
        limits, readings: The limits whose deadlines are asked for, and the readings of the office.
    """

    act: frozenset[str] = _NO_NAMES
    values: frozenset[tuple[str, str]] = frozenset()
    records: frozenset[type[Act]] = _NO_KINDS
    latest: frozenset[frozenset[type[Act]]] = frozenset()
    fields: frozenset[tuple[type[Act], str]] = frozenset()
    performers: frozenset[type[Act]] = _NO_KINDS
    every: bool = False
    every_performer: bool = False
    filling: frozenset[str] = _NO_NAMES
    by: bool = False
    roles: bool = False
    beside: bool = False
    now: bool = False
    limits: frozenset[str] = _NO_NAMES
    readings: frozenset[str] = _NO_NAMES

    @property
    def kinds(self) -> frozenset[type[Act]]:
        """The acts whose records it looks at, all of them or the last."""
        return self.records.union(*self.latest)

    @property
    def only_records(self) -> "Asks":
        """What of it is about records."""
        names = ("records", "latest", "fields", "every", "filling")
        return Asks(**{name: getattr(self, name) for name in names})

    @property
    def of_records(self) -> bool:
        """Whether it looks at any records but the first."""
        return bool(self.kinds or self.filling or self.every)

    def looks_at(self, kind: type[Act], /) -> bool:
        """Whether it looks at the records of an act.

        >>> from openakimat.kz.appeal.acts import DeemRefused
        >>> from openakimat.case.acts import Lapse
        >>> read_asks(["record:lapse"]).looks_at(DeemRefused)
        True
        """
        return bool(self.every or self.filling) or issubclass(kind, tuple(self.kinds))

    def fields_of(self, kind: type[Act], /) -> frozenset[str]:
        """The fields that it looks at in the records of an act.

        >>> from openakimat.kz.appeal.acts import AskToCorrect
        >>> sorted(read_asks(["record:ask-to-correct.until"]).fields_of(AskToCorrect))
        ['until']
        """
        named = {field for of, field in self.fields if issubclass(kind, of)}
        return frozenset(named).union(
            field.name for field in attrs.fields(kind) if field.name in self.filling
        )

    def limits_of(self, procedure: str, /) -> frozenset[str]:
        """The limits whose deadlines are asked for in a case of a procedure.

        >>> sorted(read_asks(["office:*.consideration", "office:now"]).limits_of("appeal"))
        ['appeal.consideration']
        """
        return frozenset(
            procedure + limit[1:] if limit.startswith("*.") else limit for limit in self.limits
        )


_PLAIN = {
    "by": Asks(by=True),
    "by.roles": Asks(roles=True),
    "beside": Asks(beside=True),
    "record:*": Asks(every=True),
    "record:*.by": Asks(every=True, every_performer=True),
    "office:now": Asks(now=True),
}


def read_asks(words: Iterable[str], /) -> Asks:
    """What words say is looked at.

    Raises `PackError` if a word is of no kind, or there is no such act or field.

    >>> sorted(read_asks(["act.ground=repeat", "by.roles"]).values)
    [('ground', 'repeat')]
    """
    return joined(map(_read, words))


def joined(asks: Iterable[Asks], /) -> Asks:
    """All that several look at.

    >>> joined([Asks(by=True), Asks(now=True)]) == Asks(by=True, now=True)
    True
    """
    together = Asks()
    names = attrs.fields_dict(Asks)
    for each in asks:
        # Every field is a set or a truth, and of both `|` is what either says.
        together = Asks(**{name: getattr(together, name) | getattr(each, name) for name in names})
    return together


def _read(word: str) -> Asks:
    if word in _PLAIN:
        return _PLAIN[word]
    kind, mark, name = word.partition("." if word.startswith("act.") else ":")
    if kind == "act" and mark:
        field, equals, value = name.partition("=")
        if field.isidentifier():
            values = {(field, value)} if equals else ()
            return Asks(act=frozenset({field}), values=frozenset(values))
    if kind == "record" and name:
        return _read_record(name)
    if kind == "office" and name:
        return Asks(limits=frozenset({name})) if "." in name else Asks(readings=frozenset({name}))
    raise PackError(f"{word!r} is none of act.FIELD, record:TAG, by, by.roles, beside, office:NAME")


def _read_record(name: str) -> Asks:
    if "|" in name:
        return Asks(latest=frozenset({frozenset(map(_kind, name.split("|")))}))
    # A tag may have dots of its own, a field has none.
    before, _, field = name.rpartition(".")
    if before == "*":
        return Asks(filling=frozenset({field}))
    if name in VOCABULARY or not before:
        return Asks(records=frozenset({_kind(name)}))
    kind = _kind(before)
    if field == "by":
        return Asks(performers=frozenset({kind}))
    if field not in attrs.fields_dict(kind):
        raise PackError(f"{before!r} has no field {field!r}")
    return Asks(records=frozenset({kind}), fields=frozenset({(kind, field)}))


def _kind(tag: str) -> type[Act]:
    if tag not in VOCABULARY:
        raise PackError(f"{tag!r} is no act")
    return VOCABULARY[tag]
