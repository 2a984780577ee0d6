"""What the law asks of an act in several procedures, beside stage and role.

What a guard tells whoever it refuses stands under its code in the words of the law, in every
language; only one whose sentence is made of values, or that shares its code, tells it itself.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from openakimat.case.act import Act, Branch
from openakimat.case.acts import Reopen
from openakimat.case.people import APPLICANT, NAMELESS, Official, Role, persons
from openakimat.case.record import Case, Record, applicant_of
from openakimat.chart.steps import performers
from openakimat.chart.table import Circumstances, Guard, guard, guard_what, guard_when, guard_who
from openakimat.errors import Incomplete, Refusal, describe_value
from openakimat.kz.acts import Deliver, Recuse
from openakimat.kz.data import values as law_values
from openakimat.kz.sources import OF_OFFICE
from openakimat.limits.deadline import Deadline, due

A = TypeVar("A", bound=Act)

Values = Mapping[str, str] | str
"""What a field of an act may be, each with its article, or the name by which the law tells them."""


def among(field: str, of: Values, *, code: str) -> Guard:
    """The guard that a field of the act is one of those the law names."""
    values = law_values(of) if isinstance(of, str) else of

    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:
        return getattr(act, field) in values

    def named(case: Case, act: Act, circumstances: Circumstances) -> str:
        return describe_value(getattr(act, field))

    why = f"{field} is none of {', '.join(values)}"
    asks = (f"act.{field}",)
    return guard(code, why=why, values=values, field=field, names=named, asks=asks)(holds)


outcome_in = partial(among, "outcome", code="outcome.unknown")
"""The guard that what is decided is one of these, each with its article."""

terminates_on = partial(among, "ground", code="termination.no-ground")
"""The guard that the procedure ends without a decision on one of these grounds."""


def tells_of(what: str, source: str, /) -> Guard:
    """The guard that a notice is of what has happened."""
    return among("of", {what: source}, code="notice.unknown")


def receipt_of(what: str, source: str, /) -> Guard:
    """The guard that what has come is what this act sent."""
    return among("of", {what: source}, code="receipt.unknown")


def filled(*fields: str, code: str, refusal: type[Refusal] = Incomplete) -> Guard:
    """The guard that these fields of the act are told, none of them blank."""

    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:
        return all(str(getattr(act, field)).strip() for field in fields)

    asks = tuple(f"act.{field}" for field in fields)
    return guard(code, refusal=refusal, asks=asks, needs=fields)(holds)


def says(field: str, *values: object, **told: Any) -> Guard:
    """The guard that a field of the act has one of these values, with what else `guard` takes."""

    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:
        return getattr(act, field) in values

    return guard(**told, asks=f"act.{field}")(holds)


def opened_as(field: str, *values: object, **told: Any) -> Guard:
    """The guard that a field of the act which opened the case has one of these values, likewise."""

    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:
        return getattr(case.received, field) in values

    return guard(**told)(holds)


def last_act(case: Case, kind: type[A], /) -> A | None:
    """The last act of a kind, or None."""
    record = case.last(kind)
    return record.act if record and isinstance(record.act, kind) else None


def of_this_round(case: Case, kind: type[Act], /) -> Record | None:
    """The last record of an act since the case was last reopened, or None."""
    return next((r for r in reversed(case.this_round) if isinstance(r.act, kind)), None)


def round_deadline(case: Case, limit: str, circumstances: Circumstances, /) -> Deadline | None:
    """The deadline of a clock of the procedure, if it has begun since the case was last reopened."""
    running = circumstances.deadline_of(case, f"{case.procedure}.{limit}")
    reopening = case.last(Reopen)
    over = running is not None and reopening is not None and running.base_at < reopening.at
    return None if over else running


def speaks_for(circumstances: Circumstances, /, *roles: Role) -> frozenset[str]:
    """Whose ids whoever acts bears that day, by mandates that lend one of these roles, or any."""
    return persons(circumstances.by, circumstances.today, roles)


def runs_since(at: datetime, limit: str, circumstances: Circumstances, /) -> bool:
    """Whether a limit counted from an instant, as the law was that day, has not run out."""
    office = circumstances.office
    edition = office.limit(limit, office.day_of(at), circumstances.wording)
    return not due(edition, at, office.calendar).missed(circumstances.at)


def lies_before(at: datetime, limit: str, circumstances: Circumstances, /) -> bool:
    """Whether an instant lies as long before now as a limit counted back from now asks."""
    office = circumstances.office
    last_day = due(circumstances.limit(limit), circumstances.at, office.calendar).last_day
    return last_day is not None and office.day_of(at) <= last_day


def told_before(case: Case, proposed: Record | None, circumstances: Circumstances, /) -> bool:
    """Whether a preliminary decision was told as long before now as the law asks.

    Guards that ask it ask ``office:*.objection``, ``office:now`` and, where a case is reopened,
    ``record:reopen``.
    """
    if proposed is None:
        return False
    # Told is what has come to the participant; where nobody recorded that, what was sent.
    received = round_deadline(case, "objection", circumstances)
    told_at = max(proposed.at, received.base_at) if received else proposed.at
    return lies_before(told_at, f"{case.procedure}.preliminary-decision", circumstances)


def explained_if_urgent(source: str) -> Guard:
    """The guard that an act for which nobody was heard, for it was needed at once, says why."""

    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:
        return getattr(act, "unheard", "") != "urgent" or bool(getattr(act, "reason", "").strip())

    why = "the act does not state the arguments for which nobody was heard"
    asks = ("act.unheard=urgent", "act.reason")
    return guard_what("hearing.unexplained", why=why, source=source, asks=asks)(holds)


def in_window(limit: str, /, *, code: str) -> Guard:
    """The guard that a right of the participant may still be used: what has not begun runs not out."""

    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:
        running = round_deadline(case, limit, circumstances)
        return running is None or not running.missed(circumstances.at)

    asks = (f"office:*.{limit}", "record:reopen", "office:now")
    return guard_when(code, asks=asks)(holds)


time_to_object = in_window("objection", code="objection.too-late")


def once(kind: type[Act], *, since_reopened: bool = True) -> Guard:
    """The guard that an act has not been performed yet, or not since the case was reopened."""

    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:
        return (of_this_round(case, kind) if since_reopened else case.last(kind)) is None

    why = f"{kind.tag!r} has been performed"
    asks = (f"record:{kind.tag}", *(("record:reopen",) if since_reopened else ()))
    return guard(f"{kind.tag}.twice", why=why, asks=asks)(holds)


@guard_who("applicant.another", asks="by by.roles office:now")
def the_applicant(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Whoever acts is the applicant of this case, or has their mandate; staff act as staff.

    Nobody of the body's own staff represents an applicant before it (APPC 68(4)).
    """
    if APPLICANT not in circumstances.roles:
        return True
    if isinstance(circumstances.by, Official):
        return False
    return applicant_of(case) in {"", *speaks_for(circumstances, APPLICANT)} - {NAMELESS}


def after(kind: type[Act], *, code: str, source: str = "", since_reopened: bool = False) -> Guard:
    """The guard that an act has been performed, at any time or since the case was reopened."""

    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:
        last = of_this_round(case, kind) if since_reopened else case.last(kind)
        return last is not None

    asks = (f"record:{kind.tag}", *(("record:reopen",) if since_reopened else ()))
    return guard(code, source=source, asks=asks)(holds)


def another(kind: type[Act]) -> Guard:
    """The guard that, where the office keeps these duties apart, somebody else did an act.

    Neither whoever did it nor the one it was done for may perform this, nor have it performed
    for them.
    """

    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:
        return performers(case, kind).isdisjoint(speaks_for(circumstances))

    why = f"this office keeps apart who performs {kind.tag!r} and who performs this"
    return guard_who(
        f"office.{kind.tag}",
        why=why,
        source=OF_OFFICE,
        where=("separation", "kept"),
        asks=("by", f"record:{kind.tag}.by", "record:reopen", "office:now"),
    )(holds)


def closed(*kinds: type[Branch]) -> Guard:
    """The guard that every case opened out of this one by these acts is closed."""

    def open_cases(case: Case, circumstances: Circumstances) -> list[str]:
        named = [r.act.case for r in case.records if isinstance(r.act, kinds)]
        of = circumstances.office
        done = {c.id for c in circumstances.beside if c.stage in of.table_of(c.under).final}
        return [name for name in named if name not in done]

    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:
        return not open_cases(case, circumstances)

    def names(case: Case, act: Act, circumstances: Circumstances) -> str:
        return ", ".join(open_cases(case, circumstances))

    why = f"a case opened by {' or '.join(kind.tag for kind in kinds)} is not closed yet"
    asks = ("beside", *(f"record:{kind.tag}.case" for kind in kinds))
    return guard("children.open", why=why, names=names, asks=asks)(holds)


delivered = after(Deliver, code="decision.not-delivered", since_reopened=True)


@guard("reopening.policy", source=OF_OFFICE, asks="act.clock office:reopening")
def policy_of_office(case: Case, act: Reopen, circumstances: Circumstances) -> bool:
    """The term of the case continues, is fresh or none, as the office has declared."""
    return act.clock == circumstances.office.answer("reopening")


body_named = filled("to", code="redirection.no-body")


def may_redirect(grounds: Values, /, *, code: str = "redirection.no-ground") -> tuple[Guard, ...]:
    """All that the law asks of a redirection on these grounds, each with its article."""
    return among("ground", grounds, code=code), body_named


@guard(
    "recusal.same-facts",
    source="APPC 67(9)",
    asks="act.official act.facts record:recuse.official record:recuse.facts",
)
def new_facts(case: Case, act: Recuse, circumstances: Circumstances) -> bool:
    earlier = (record.act for record in case.records if isinstance(record.act, Recuse))
    return all((one.official, one.facts) != (act.official, act.facts) for one in earlier)
