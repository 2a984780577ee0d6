"""JSON Schema 2020-12 of what is public, and of the form of an act, in words of a language.

Rules. (1) A schema tells what `openakimat.trail.plain` reads: whatever is valid is read, or refused
with the path of the field for what no schema can say. (2) What is of a class of its own stands among the
definitions, once. (3) A form has no tag and version: it is of one act, and says which.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs

from openakimat.calendar.terms import Term
from openakimat.case import VOCABULARY, Act, Applicant
from openakimat.errors import Malformed, unknown_fault
from openakimat.law.words import Words
from openakimat.trail.canonical import Plain
from openakimat.trail.plain import KINDS, LIKE, NOT_WRITTEN

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_PLAIN: Mapping[Any, Plain] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    NoneType: {"type": "null"},
    Term: {"type": "string", "examples": ["15 working days"]},
    # Of a class that is gone too: what else it says is known where it was done.
    Act: {
        "type": "object",
        "properties": {"is": {"type": "string"}, "v": {"type": "integer", "minimum": 1}},
        "required": ["is", "v"],
    },
}


def _object(fields: Mapping[str, Plain], needed: Sequence[str]) -> Plain:
    return {
        "type": "object",
        "properties": fields,
        "required": needed,
        "additionalProperties": False,
    }


@attrs.frozen
class Pen:
    """What writes a schema: the place of its definitions, and those so far."""

    root: str = "#/$defs/"
    defs: dict[str, Plain] = attrs.field(factory=dict)

    def describe(self, hint: Any) -> Plain:
        """The schema of whatever a field is declared to hold."""
        if hint in _PLAIN:
            return dict(_PLAIN[hint])
        if (write := _BY_ORIGIN.get(get_origin(hint))) is not None:
            return write(self, get_args(hint))
        if hasattr(hint, "__supertype__"):
            return self.describe(hint.__supertype__)
        if isinstance(hint, type) and issubclass(hint, Enum):
            return {"enum": [member.value for member in hint]}
        if hint is Applicant and Applicant.kinds:
            # Those of countries have what any has, and its numbers beside.
            return self.any_of(tuple(Applicant.kinds.values()))
        return self.refer(hint)

    def any_of(self, hints: Sequence[Any]) -> Plain:
        """The schema of one of several."""
        ways = [self.describe(hint) for hint in hints]
        return ways[0] if len(ways) == 1 else {"anyOf": ways}

    def refer(self, hint: Any) -> Plain:
        """The reference to a class, which is defined by it."""
        of, inside = get_origin(hint) or hint, get_args(hint)
        if not attrs.has(LIKE.get(of, of)):
            return {}  # what no act may hold, and the codec refuses whoever tries
        name = "".join(each.__name__ for each in (of, *inside))
        if issubclass(of, Applicant):
            name = "Applicant" if len(Applicant.kinds) == 1 else of.__module__.replace(".", "_")
        if name not in self.defs:
            self.defs[name] = {}  # first, for it may be of its own kind within
            parameters = dict(zip(getattr(of, "__parameters__", ()), inside, strict=True))
            self.defs[name] = self.fields(LIKE.get(of, of), parameters)
        return {"$ref": self.root + name}

    def fields(self, kind: Any, parameters: Mapping[Any, Any] = {}) -> Plain:
        """The schema of the fields of a class; of a generic one, with what its parameters are."""
        hints = get_type_hints(kind)
        told = [f for f in attrs.fields(kind) if f.init and (kind, f.name) not in NOT_WRITTEN]
        return _object(
            {f.name: self.field(f, parameters.get(hints[f.name], hints[f.name])) for f in told},
            [f.name for f in told if f.default is attrs.NOTHING or f.metadata.get("pattern")],
        )

    def field(self, field: "attrs.Attribute[Any]", hint: Any) -> Plain:
        """The schema of one field: what it may hold, what it holds untold."""
        of = self.describe(hint)
        if longest := field.metadata.get("longest"):
            of["maxLength"] = longest
        if pattern := field.metadata.get("pattern"):
            of["pattern"] = pattern
        if "least" in field.metadata:
            of["minimum"] = field.metadata["least"]
        if isinstance(field.default, str | int) and field.default != "":
            of["default"] = field.default
        return of


def _array(pen: Pen, inside: Sequence[Any]) -> Plain:
    if len(inside) == 1 or inside[-1] is ...:
        return {"type": "array", "items": pen.describe(inside[0])}
    items, n = [pen.describe(hint) for hint in inside], len(inside)
    return {"type": "array", "prefixItems": items, "minItems": n, "maxItems": n}


def _mapping(pen: Pen, inside: Sequence[Any]) -> Plain:
    return {"type": "object", "additionalProperties": pen.describe(inside[1])}


_BY_ORIGIN: Mapping[Any, Callable[[Pen, Sequence[Any]], Plain]] = {
    Literal: lambda _, inside: {"enum": list(inside)},
    Union: Pen.any_of,
    UnionType: Pen.any_of,
    tuple: _array,
    frozenset: _array,
    Mapping: _mapping,
}


def _named(pen: Pen, name: str) -> Plain:
    """The schema of something public by its name; of an act, with its tag and version."""
    if name == "act":
        return {"oneOf": [_named(pen, tag) for tag in sorted(VOCABULARY)]}
    if name in KINDS:
        return pen.describe(KINDS[name])
    kind = VOCABULARY[name]
    of = pen.fields(kind)
    tag: dict[str, Plain] = {"is": {"const": kind.tag}, "v": {"const": kind.version}}
    return _object({**tag, **of["properties"]}, [*tag, *of["required"]])


def _with_definitions(of: Plain, pen: Pen) -> Plain:
    return {"$schema": DIALECT, **of, **({"$defs": pen.defs} if pen.defs else {})}


def schema(name: str, /) -> Plain:
    """The JSON Schema of what is public, by its name, or of an act by its tag.

    Raises `Malformed` if there is none of that name.

    >>> schema("register")["properties"]["is"], schema("notice")["$ref"]
    ({'const': 'register'}, '#/$defs/Notice')
    """
    if name not in {*KINDS, *VOCABULARY}:
        raise Malformed("schema", [unknown_fault("kind", name, [*KINDS, *VOCABULARY])])
    pen = Pen()
    return _with_definitions(_named(pen, name), pen)


def components() -> Plain:
    """The schemas of everything public as components of OpenAPI 3.1.

    >>> components()["openapi"], "Deadline" in components()["components"]["schemas"]
    ('3.1.0', True)
    """
    pen = Pen("#/components/schemas/")
    named = {name.title().replace("-", ""): _named(pen, name) for name in KINDS}
    # A class that stands among the definitions under the same name is that definition.
    schemas = {**named, **pen.defs}
    info = {"title": "openakimat", "version": "1"}
    return {"openapi": "3.1.0", "info": info, "paths": {}, "components": {"schemas": schemas}}


Choices = Mapping[str, Mapping[str, str]]
"""By a field, the values that it may have, each with the article that allows it."""

_ANY: Choices = {}


def form_of(
    kind: type[Act], words: Words, /, *, choices: Choices = _ANY, needed: Sequence[str] = ()
) -> Plain:
    """The schema of the fields of an act, as a person fills them.

    `needed` are fields that have a default, and are to be filled all the same.

    >>> from openakimat import kz
    >>> from openakimat.case.acts import Pause
    >>> form = form_of(Pause, Words(kz.law()), choices={"ground": {"emergency": "Charter 1"}})
    >>> form["required"], form["properties"]["ground"]["oneOf"]
    (['ground'], [{'const': 'emergency', 'title': 'a state of emergency', 'description': 'Charter 1'}])
    """
    pen = Pen()
    form = pen.fields(kind)
    fields = form["properties"]
    for name, allowed in choices.items():
        # What need not be filled may be left as it is.
        empty = attrs.fields_dict(kind)[name].default == "" and name not in needed
        held = fields[name].get("items", fields[name])  # of a list, what it lists
        held["enum"] = [*allowed, ""] if empty else list(allowed)
        if fields[name].get("default", "") not in {"", *allowed}:
            del fields[name]["default"]
    for name in needed:
        fields[name] |= {"minLength": 1} if fields[name].get("type") == "string" else {}
    form["required"] = [name for name in fields if name in {*form["required"], *needed}]
    for of in (form, *pen.defs.values()):
        tag = kind.tag if of is form else ""
        for name, field in of["properties"].items():
            field["title"] = words.heading("field", name)
            held = field.get("items", field)
            if "enum" in held:
                held["oneOf"] = [_one(words, tag, name, v, choices) for v in held["enum"]]
    return _with_definitions({"title": words.heading("act", kind.tag), **form}, pen)


def _one(words: Words, tag: str, field: str, value: Any, choices: Choices) -> Plain:
    """One value of a field: what it is called, and by which article it may be."""
    told = {"const": value, "title": words.value(tag, field, value) or "—"}
    source = words.source(choices.get(field, {}).get(value, "")) if tag else ""
    return {**told, "description": source} if source else told
