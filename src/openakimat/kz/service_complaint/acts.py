"""What is done with a complaint about how a service was given."""

from typing import Literal

import attrs

from openakimat.case import Receive, Register, open_field
from openakimat.dated import LATER
from openakimat.kz.acts import Decide, Extend

Addressee = Literal["provider", "state-corporation", "body", "quality-body"]
"""Whom a complaint is addressed to: a provider, the State Corporation, a body that renders the
service itself (central, local executive, akim), or the body authorised to control quality."""

Need = Literal["additional-study", "site-check", "information"]
"""What an extension is needed for. Source: PSL 25(4)."""

Onward = Literal["", "quality-body", "another-body", "court"]
"""Where a complainant may go next: to the body that controls quality, which looks into why they
were not satisfied by an answer (PSL 25(3)(1)), to another reviewing body or to court (APPC 100(6))."""


@attrs.frozen
class FileServiceComplaint(Receive, tag="file-service-complaint"):
    """A complaint about a public service comes in: the act that opens a case. Source: PSL 25.

    Args:
        addressee: Whom it is addressed to; the term hangs on that.
        social: Whether it is a socially responsible service, which is no public one.
        against: The id of the official complained of, if it is about one.
    """

    kind: str = "service-complaint"
    addressee: Addressee = "provider"
    service: str = open_field("")
    social: bool = False
    against: str = attrs.field(default="", metadata=LATER)


class RegisterForQuality(Register, tag="register-for-quality"):
    """The body authorised to control quality registers it. Source: PSL 25(2)."""


class RegisterSocial(Register, tag="register-social"):
    """A complaint about a socially responsible service is registered. Source: PSL 25(2)."""


@attrs.frozen
class ExtendServiceComplaint(Extend, tag="extend-service-complaint"):
    """The term is extended for a need that the law names. Source: PSL 25(4)."""

    ground: Need = attrs.field(kw_only=True)


@attrs.frozen
class DecideServiceComplaint(Decide, tag="decide-service-complaint"):
    """The complaint is decided, and the complainant told where to go next. Source: PSL 25(2)."""

    next_step: Onward = ""
