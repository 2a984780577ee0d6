"""What is done with one application for several services."""

import attrs

from openakimat.case.act import Act, Branch, open_field
from openakimat.case.acts import Receive


@attrs.frozen
class ApplyForSeveral(Receive, tag="apply-for-several"):
    """One application for several services. Source: PSL 1(1-4), now 1(1-5)."""

    services: tuple[str, ...] = open_field(())


@attrs.frozen
class SplitOff(Branch, tag="split-off-service"):
    """A request for one of the services is opened. Source: PSL 1(1-4), now 1(1-5)."""

    service: str = open_field("")


@attrs.frozen
class AnswerAll(Act, tag="answer-all", marks="decision", answers=True):
    """Every service of the application has its answer. Source: PSL 1(1-4), now 1(1-5)."""
