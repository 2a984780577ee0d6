"""What is done with one application for several services."""

from __future__ import annotations

from typing import ClassVar

import attrs

from openakimat.case.act import Act, Branch, open_field
from openakimat.case.acts import Receive


@attrs.frozen
class ApplyForSeveral(Receive):
    """One application for several services. Source: PSL 1(1-4), now 1(1-5)."""

    tag: ClassVar[str] = "apply-for-several"
    services: tuple[str, ...] = open_field(())


@attrs.frozen
class SplitOff(Branch):
    """A request for one of the services is opened. Source: PSL 1(1-4), now 1(1-5)."""

    tag: ClassVar[str] = "split-off-service"
    service: str = open_field("")


@attrs.frozen
class AnswerAll(Act):
    """Every service of the application has its answer. Source: PSL 1(1-4), now 1(1-5)."""

    tag: ClassVar[str] = "answer-all"
    marks: ClassVar[str] = "decision"
    answers: ClassVar[bool] = True
