"""What is wrong with a procedure, and the shortest story in which it goes wrong."""

import attrs

from openakimat.case import Act, Case, Lapse, Record

_SAID = {
    "apply": "applies",
    "ask-to-correct": "asks to correct it",
    "correction-over": "notes that the term to correct it is over",
    "deem-closed": "deems it closed",
    "deem-refused": "deems it refused",
    "extend": "extends the term",
    "hear": "hears the participant",
    "inquire": "inquires",
    "lapse": "records a lapse",
    "note": "takes note of it",
    "notify": "tells the participant",
    "object": "objects",
    "propose": "proposes a decision",
    "redirect-part": "redirects a part of it",
    "reply": "replies",
    **{
        verb: f"{verb}s it"
        for verb in (
            "accept", "assign", "close", "correct", "decide", "deliver", "execute", "pause",
            "rate", "receive", "redirect", "register", "reopen", "resume", "return",
            "terminate", "withdraw",
        )
    },
}  # fmt: skip

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
    return f"{record.at:%Y-%m-%d %H:%M}  {who} {describe_act(record.act)}: {moved}"


def describe_act(act: Act, /) -> str:
    """An act as a clause of a story, with what it says for itself.

    What is no common verb is named as it is called.

    >>> from openakimat.kz.acts import Decide
    >>> from openakimat.kz.visit.acts import DoneAlone
    >>> describe_act(Decide("favourable"))
    'decides it (outcome favourable)'
    >>> describe_act(DoneAlone())
    "performs 'done-alone'"
    """
    details = [
        f"{name} {value}"
        for name in _TOLD_OF_ACTS
        if (value := getattr(act, name, "")) and not isinstance(act, Lapse)
    ]
    if isinstance(act, Lapse):
        details = [act.clock]
    clause = _SAID.get(act.tag, f"performs {act.tag!r}")
    return f"{clause} ({', '.join(details)})" if details else clause
