"""How a matter of the simplified procedure is answered."""

from __future__ import annotations

from typing import ClassVar

import attrs

from openakimat.case.act import Act, open_field


@attrs.frozen
class Reply(Act):
    """A reply on the merits, in the simplified procedure. Source: APPC 89(1)(1)."""

    tag: ClassVar[str] = "reply"
    marks: ClassVar[str] = "decision"
    answers: ClassVar[bool] = True
    outcome: str = open_field("explained")


@attrs.frozen
class Note(Act):
    """Taken into consideration, without further measures. Source: APPC 89(1)(2)."""

    tag: ClassVar[str] = "note"
    marks: ClassVar[str] = "decision"
    answers: ClassVar[bool] = True
