"""What is wrong with a procedure, and the shortest story in which it goes wrong."""

from __future__ import annotations

import attrs

from openakimat.acts import Act, Lapse
from openakimat.case import Case, Record

_SAID = {
    "ask-to-correct": "asks to correct it",
    "deem-refused": "deems it refused",
    "inquire": "inquires",
    "lapse": "records a lapse",
    "notify": "tells the participant",
    "reply": "replies",
}
_TOLD_OF_ACTS = ("clock", "ground", "of", "outcome", "to", "until")


@attrs.frozen
class Finding:
    """Something wrong: its code, a plain sentence, and the story that leads to it.

    The last line of a story says what is wrong; a finding about what never happens
    has a story of that line alone.
    """

    code: str
    sentence: str
    story: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = (*self.story, self.sentence)
        told = (f"  {no:>2}  {line}" for no, line in enumerate(lines, start=1))
        return "\n".join((self.code, *told))


def tell(case: Case, /) -> tuple[str, ...]:
    """The records of a case in plain words, a line each."""
    before = ("", *(record.stage for record in case.records))
    return tuple(_line(record, stage) for record, stage in zip(case.records, before, strict=False))


def _line(record: Record, before: str) -> str:
    who = "the law" if record.role == "law" else f"{record.by} ({record.role})"
    moved = f"{before} → {record.stage}" if before else record.stage
    return f"{record.at:%Y-%m-%d %H:%M}  {who} {said(record.act)}: {moved}"


def said(act: Act, /) -> str:
    """An act as a clause of a story, with what it says for itself.

    >>> from openakimat.acts import Decide, Register
    >>> said(Register()), said(Decide("favourable"))
    ('registers it', 'decides it (outcome favourable)')
    """
    told = [
        f"{name} {value}"
        for name in _TOLD_OF_ACTS
        if (value := getattr(act, name, "")) and not isinstance(act, Lapse)
    ]
    if isinstance(act, Lapse):
        told = [act.clock]
    clause = _SAID.get(act.tag) or _clause(act.tag)
    return f"{clause} ({', '.join(told)})" if told else clause


def _clause(tag: str) -> str:
    """A tag as a clause: ``register`` registers it, ``city.call-back`` calls back."""
    first, *rest = tag.rpartition(".")[2].split("-")
    if first.endswith(("s", "x", "ch", "sh")):
        verb = f"{first}es"
    elif first.endswith("y") and first[-2:-1] not in set("aeiou"):
        verb = f"{first[:-1]}ies"
    else:
        verb = f"{first}s"
    return " ".join((verb, *rest)) if rest else f"{verb} it"
