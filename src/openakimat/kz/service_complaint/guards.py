"""What the law asks of it, beside stage and role."""

from functools import partial

from openakimat.case.act import Act
from openakimat.case.acts import Register
from openakimat.case.record import Case, opened_with
from openakimat.chart.table import Circumstances, guard
from openakimat.errors import Incomplete, NotCompetent
from openakimat.kz.acts import Extend
from openakimat.kz.complaint.guards import complained_of
from openakimat.kz.guards import outcome_in
from openakimat.kz.service_complaint.acts import DecideServiceComplaint, FileServiceComplaint

service_complaint_of = partial(opened_with, FileServiceComplaint)
"""The act that opened a complaint about a service; another case is `Malformed`."""


@guard("addressee.quality-body", why="it is addressed to the body that controls quality")
def to_who_renders(case: Case, act: Register, circumstances: Circumstances) -> bool:
    return service_complaint_of(case).addressee != "quality-body"


@guard("addressee.not-quality-body", why="it is addressed to whoever renders the service")
def to_quality_body(case: Case, act: Register, circumstances: Circumstances) -> bool:
    return service_complaint_of(case).addressee == "quality-body"


@guard("service.social", why="a socially responsible service is registered as such")
def public(case: Case, act: Register, circumstances: Circumstances) -> bool:
    return not service_complaint_of(case).social


@guard("service.not-social", why="the service is a public one")
def social(case: Case, act: Register, circumstances: Circumstances) -> bool:
    return service_complaint_of(case).social


@guard(
    "extension.not-for-addressee",
    why="a provider and the State Corporation may not extend the term",
    source="PSL 25(4)",
    refusal=NotCompetent,
)
def body_may_extend(case: Case, act: Extend, circumstances: Circumstances) -> bool:
    """Only the authorised body, a central or local executive body or an akim extends."""
    return service_complaint_of(case).addressee in {"body", "quality-body"}


@guard(
    "review.own-act",
    why="the official complained of may not review the complaint",
    source="PSL 25(1)",
    refusal=NotCompetent,
    asks=("by", "office:now"),
)
def not_complained_of(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Whoever acts is not the official complained of: as APPC 97(2) has it of any complaint."""
    return not complained_of(service_complaint_of(case).against, circumstances)


@guard(
    "next-step.missing",
    why="where the complainant may go now is not told",
    source="PSL 25(1)",
    refusal=Incomplete,
    asks=("act.outcome=refused", "act.next_step"),
)
def next_step_named(case: Case, act: DecideServiceComplaint, circumstances: Circumstances) -> bool:
    """Whoever is not satisfied is told where to go: as APPC 100(6) has it of any complaint."""
    return act.outcome != "refused" or bool(act.next_step)


MAY_DECIDE = (outcome_in("service-complaint.outcomes"), not_complained_of, next_step_named)
"""All that is asked of a decision."""
