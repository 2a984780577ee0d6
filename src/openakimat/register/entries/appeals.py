"""Rows of appeals, of requests for information and of what another law counts, and how they are played."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

import attrs

from openakimat.case import Act, Actor, Link, Receive
from openakimat.kz import acts
from openakimat.kz.appeal import acts as appeal
from openakimat.kz.information_request.acts import RefuseInformation
from openakimat.kz.simplified.acts import Reply
from openakimat.law.office import Office
from openakimat.register.entries.cells import When
from openakimat.register.entries.entry import ASKS, BOSS, STAFF, Entry, Listed, answer, column


@attrs.frozen
class HeardEntry(Entry):
    """A row of what may be corrected, returned or redirected, and is heard before it is decided."""

    redirected_at: When | None = column(None, needs="redirected_to")
    redirected_to: str = ""
    returned_at: When | None = column(None, needs="return_ground")
    return_ground: str = ""
    repeats: str = ""
    terminated_at: When | None = column(None, needs="termination_ground")
    termination_ground: str = ""
    correction_asked_at: When | None = column(None, needs="correction_until")
    correction_until: date | None = None
    corrected_at: When | None = None
    proposed_at: When | None = None
    objected_at: When | None = None
    heard_at: When | None = None
    answered_at: When | None = None
    outcome: str = ""
    unheard: str = ""

    @property
    def links(self) -> tuple[Link, ...]:
        """Which one it repeats."""
        return (Link(self.repeats, "repeats"),) if self.repeats else ()

    def list_correction(self, office: Office, began: When, /) -> Iterator[Listed]:
        """The registration, and what may come of how it is written."""
        until = self.correction_until or office.day_of(began.at)
        yield self.list_registration(began)
        yield Listed(self.correction_asked_at, STAFF, lambda: appeal.AskToCorrect(until))
        yield Listed(self.corrected_at, ASKS, appeal.Correct)
        yield Listed(self.returned_at, STAFF, lambda: acts.Return(self.return_ground))


@attrs.frozen
class AppealEntry(HeardEntry):
    """A row of an appeal."""

    procedure = "appeal"

    executor: str = ""
    extended_at: When | None = column(None, needs="extended_until")
    extended_until: date | None = None
    extension_reason: str = ""
    extension_told_at: When | None = None
    inquired_at: When | None = None

    def make_receipt(self) -> tuple[Receive, Actor]:
        """The receipt of an appeal, and of which it repeats."""
        return Receive(self.kind, **self.received, links=self.links), ASKS

    def list_acts(self, office: Office, /) -> Sequence[Listed]:
        """What a row tells of an appeal."""
        began = self.find_registration(office)
        taken_up = self.correction_asked_at is None and self.returned_at is None
        accepted = began if taken_up and self.redirected_at is None else None
        assigned = accepted if self.executor else None
        later = self.extended_until or office.day_of(began.at)
        return (
            *self.list_correction(office, began),
            Listed(accepted, STAFF, acts.Accept, "assumed"),
            # Since when it is theirs is not told.
            Listed(assigned, BOSS, lambda: acts.Assign(self.executor), "assumed"),
            Listed(self.redirected_at, STAFF, lambda: acts.Redirect(self.redirected_to)),
            Listed(self.inquired_at, STAFF, appeal.Inquire),
            Listed(self.extended_at, BOSS, lambda: acts.Extend(later, self.extension_reason)),
            Listed(self.extension_told_at, STAFF, lambda: acts.Notify("extension")),
            answer(self.proposed_at, STAFF, acts.Propose, self.outcome, "burdening"),
            Listed(self.objected_at, ASKS, lambda: acts.Object(oral=self.heard_at is not None)),
            Listed(self.heard_at, STAFF, acts.Hear),
            Listed(self.withdrawn_at, ASKS, acts.Withdraw),
            Listed(self.terminated_at, BOSS, lambda: acts.Terminate(self.termination_ground)),
            *self._list_untold(office),
            answer(self.answered_at, BOSS, self._make_answer, self.outcome, self._usual(office)),
        )

    def _list_untold(self, office: Office, /) -> Iterator[Listed]:
        """What a register has no column for: nobody is accused of not having done it."""
        asked = self.answered_at if self.unheard == "at-request" else None
        yield Listed(asked, ASKS, acts.WaiveHearing, "assumed")
        # Under Law 221 what has ended so is over: no notice was seen that keeps it open.
        if self._wording(office) == "l221":
            return
        yield Listed(self.withdrawn_at, BOSS, lambda: acts.Terminate("withdrawn"), "assumed")
        for at, of in (
            (self.redirected_at, "redirection"),
            (self.returned_at, "return"),
            (self.terminated_at or self.withdrawn_at, "termination"),
        ):
            yield Listed(at, STAFF, partial(acts.Notify, of), "assumed")

    def _wording(self, office: Office, /) -> str:
        return office.wording_on(office.day_of(self.received_at.at))

    def _usual(self, office: Office, /) -> str:
        return "explained" if self._wording(office) == "l221" else "favourable"

    def _make_answer(self, outcome: str, /) -> Act:
        # The arguments stand in the act, which is not in the register.
        return acts.Decide(outcome, self.unheard, reason=self.unheard)


@attrs.frozen
class SimplifiedEntry(AppealEntry):
    """A row of the simplified procedure: an appeal, answered in other words."""

    procedure = "simplified"

    def _usual(self, _: Office, /) -> str:
        return "explained"

    def _make_answer(self, outcome: str, /) -> Act:
        return Reply(outcome)


@attrs.frozen
class OtherLawEntry(Entry):
    """A row of a kind that another law gives its own term."""

    procedure = "other-law"

    extended_at: When | None = column(None, needs="extended_until")
    extended_until: date | None = None
    extension_reason: str = ""
    redirected_at: When | None = column(None, needs="redirected_to")
    redirected_to: str = ""
    answered_at: When | None = None
    outcome: str = ""

    def make_receipt(self) -> tuple[Receive, Actor]:
        """The receipt, and of what kind: the term hangs on that."""
        return Receive(self.kind, **self.received), ASKS

    def list_acts(self, office: Office, /) -> Sequence[Listed]:
        """What a row tells of it."""
        began = self.find_registration(office)
        later = self.extended_until or office.day_of(began.at)
        return (
            self.list_registration(began),
            *self._list_extension(later),
            Listed(self.withdrawn_at, ASKS, acts.Withdraw),
            Listed(self.redirected_at, STAFF, lambda: acts.Redirect(self.redirected_to)),
            *self._list_answer(),
        )

    def _list_extension(self, later: date) -> Iterator[Listed]:
        yield Listed(self.extended_at, BOSS, lambda: acts.Extend(later, self.extension_reason))

    def _list_answer(self) -> Iterator[Listed]:
        yield Listed(self.answered_at, BOSS, lambda: Reply(self.outcome or "explained"))


@attrs.frozen
class InformationEntry(OtherLawEntry):
    """A row of a request for information."""

    procedure = "information-request"

    extension_told_at: When | None = None
    refused_at: When | None = column(None, needs="refusal_ground")
    refusal_ground: str = ""
    refusal_reason: str = ""

    def _list_extension(self, later: date) -> Iterator[Listed]:
        # No column tells that others were asked, without which nothing is extended.
        yield Listed(self.extended_at, STAFF, appeal.Inquire, "assumed")
        yield from super()._list_extension(later)
        yield Listed(self.extension_told_at, STAFF, lambda: acts.Notify("extension"))

    def _list_answer(self) -> Iterator[Listed]:
        # The answer of refusal gives its reasons, whether the register has them or not.
        ground, reason = self.refusal_ground, self.refusal_reason or self.refusal_ground
        yield Listed(self.redirected_at, STAFF, lambda: acts.Notify("redirection"), "assumed")
        yield Listed(self.refused_at, BOSS, lambda: RefuseInformation(ground, reason))
        yield Listed(self.answered_at, BOSS, lambda: acts.Decide(self.outcome or "given"))
