"""How a matter of the simplified procedure is answered."""

import attrs

from openakimat.case.act import Act, open_field


@attrs.frozen
class Reply(Act, tag="reply", marks="decision", answers=True):
    """A reply on the merits, in the simplified procedure. Source: APPC 89(1)(1)."""

    outcome: str = open_field("explained")


class Note(Act, tag="note", marks="decision", answers=True):
    """Taken into consideration, without further measures. Source: APPC 89(1)(2)."""
