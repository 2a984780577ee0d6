"""A procedure of Eta in revisions: one chart corrected twice, and a wording that came later.

The first has a clock for the inquiry and no inspection. The second adds a step, `Inspect`, and a
clock for it, strikes out that of the inquiry, and lets an inspection stand still the principal
term. The third renames a stage and says where those go who stood there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, ClassVar, Literal

import attrs
from tests.tiny.charts import COUNCIL, MAYOR, SCRIBE
from tests.tiny.country import calendar, law

import openakimat as oa
from openakimat.calendar.terms import CalendarDays, WorkingDays
from openakimat.case.people import APPLICANT, LAW
from openakimat.chart.procedure import ProcedureType
from openakimat.chart.steps import STRUCK
from openakimat.chart.table import Circumstances, Table
from openakimat.dated import Dated, Edition
from openakimat.limits.limit import Rule

# -- acts -------------------------------------------------------------------------------


@attrs.frozen
class Examine(oa.Act):
    """An inquiry is begun."""

    tag: ClassVar[str] = "revised-examine"
    remark: str = ""


@attrs.frozen
class Inspect(oa.Act):
    """The place is looked at."""

    tag: ClassVar[str] = "revised-inspect"
    place: str = ""


@attrs.frozen
class Extend(oa.Act):
    """The term ends later."""

    tag: ClassVar[str] = "revised-extend"
    until: date
    reason: str = ""


@attrs.frozen
class Decide(oa.Act):
    """The licence is granted or refused."""

    tag: ClassVar[str] = "revised-decide"
    marks: ClassVar[str] = "decision"
    answers: ClassVar[bool] = True
    outcome: Literal["granted", "refused"]
    reason: str = ""


@attrs.frozen
class DeemRefused(oa.Lapse):
    """Nobody decided in time: the law refuses."""

    tag: ClassVar[str] = "revised-deem-refused"


ACTS = (Examine, Inspect, Extend, Decide, DeemRefused)


# -- charts -----------------------------------------------------------------------------


@oa.guard("extend.reason", why="an extension says why", asks=("act.reason",))
def reasoned(case: oa.Case, act: Extend, circumstances: Circumstances) -> bool:  # noqa: ARG001 - a guard
    """An extension says why."""
    return bool(act.reason)


class First(oa.Procedure):
    """A licence, as its chart was first."""

    code, law = "licence", "charter"

    filed = oa.Stage(initial=True)
    registered = oa.Stage()
    examined = oa.Stage()
    decided = oa.Stage()
    refused = oa.Stage(final=True)

    register = oa.step(oa.Register, filed.to(registered), by=SCRIBE, source="Charter 1")
    examine = oa.step(Examine, registered.to(examined), by=MAYOR, source="Charter 2")
    pause = oa.step(oa.Pause, examined.to.itself(), by=MAYOR, source="Charter 3")
    resume = oa.step(oa.Resume, examined.to.itself(), by=MAYOR, source="Charter 3")
    extend = oa.step(
        Extend, oa.when(examined.to.itself(), reasoned), by=COUNCIL, source="Charter 4"
    )
    decide = oa.step(Decide, decided.after(registered, examined), by=MAYOR, source="Charter 5")
    reopen = oa.step(oa.Reopen, decided.to(registered), by=COUNCIL, source="Charter 6")
    deem_refused = oa.step(
        DeemRefused, refused.after(filed, registered, examined), by=LAW, source="Charter 7"
    )

    to_decide = oa.Clock(
        "licence.decision",
        starts=oa.Receive,
        stops=(Decide, DeemRefused),
        pauses=oa.Pause,
        resumes=oa.Resume,
        extends=Extend,
        reopens=oa.Reopen,
        on_lapse=DeemRefused,
        principal=True,
    )
    to_inquire = oa.Clock("licence.inquiry", starts=Examine, stops=Decide)


class Second(First):
    """A licence, as its chart was corrected."""

    inspect = oa.step(Inspect, First.examined.to.itself(), by=SCRIBE, source="Charter 2a")
    to_decide = oa.Clock(
        "licence.decision",
        starts=oa.Receive,
        stops=(Decide, DeemRefused),
        pauses=(oa.Pause, Inspect),
        resumes=oa.Resume,
        extends=Extend,
        reopens=oa.Reopen,
        on_lapse=DeemRefused,
        principal=True,
    )
    to_inquire = STRUCK
    to_inspect = oa.Clock("licence.inspection", starts=(oa.Register, Examine), stops=Inspect)


class Third(oa.Procedure):
    """A licence, as its chart is today: a stage has another name."""

    code, law = "licence", "charter"
    moves: ClassVar[Mapping[tuple[str, str], str]] = {("charter", "examined"): "considered"}

    filed = oa.Stage(initial=True)
    registered = oa.Stage()
    considered = oa.Stage()
    decided = oa.Stage()
    refused = oa.Stage(final=True)

    register = oa.step(oa.Register, filed.to(registered), by=SCRIBE, source="Charter 1")
    examine = oa.step(Examine, registered.to(considered), by=MAYOR, source="Charter 2")
    inspect = oa.step(Inspect, considered.to.itself(), by=SCRIBE, source="Charter 2a")
    pause = oa.step(oa.Pause, considered.to.itself(), by=MAYOR, source="Charter 3")
    resume = oa.step(oa.Resume, considered.to.itself(), by=MAYOR, source="Charter 3")
    extend = oa.step(Extend, considered.to.itself(), by=COUNCIL, source="Charter 4")
    decide = oa.step(Decide, decided.after(registered, considered), by=MAYOR, source="Charter 5")
    reopen = oa.step(oa.Reopen, decided.to(registered), by=COUNCIL, source="Charter 6")
    deem_refused = oa.step(
        DeemRefused, refused.after(filed, registered, considered), by=LAW, source="Charter 7"
    )

    to_decide = Second.declaration.clocks["to_decide"]
    to_inspect = Second.declaration.clocks["to_inspect"]


REVISIONS = (First, Second, Third)


# -- law and office ---------------------------------------------------------------------


def edition(value: Any, wording: str = "charter", since: date = date(2026, 1, 1)) -> Edition[Any]:
    """A value as a wording has it."""
    return Edition(value, wording, since, "Charter 9", oa.Evidence.CONFIRMED)


LIMITS = {
    "licence.decision": oa.TimeLimit(
        "licence.decision",
        WorkingDays(10),
        Rule("receipt"),
        pauses=frozenset({"weather", Inspect.tag}),
    ),
    "licence.inquiry": oa.TimeLimit("licence.inquiry", CalendarDays(7), Rule("start")),
    "licence.inspection": oa.TimeLimit("licence.inspection", WorkingDays(4), Rule("start")),
}


def law_of(*charts: ProcedureType | Table, but: str = "", **with_: Any) -> oa.Law:
    """The law of Eta with these charts for its procedures, and without one limit."""
    tables = [one if isinstance(one, Table) else one.table for one in charts]
    limits = {key: Dated(key, (edition(limit),)) for key, limit in LIMITS.items() if key != but}
    procedures = {table.procedure: Dated(table.procedure, (edition(table),)) for table in tables}
    return attrs.evolve(law(), limits=limits, procedures=procedures, **with_)


def office_of(*charts: ProcedureType | Table, but: str = "", **with_: Any) -> oa.Office:
    """The town hall of Eta under that law."""
    return oa.Office(
        oa.Body("eta", {"eo": "Urbodomo"}), calendar(), law_of(*charts, but=but, **with_)
    )


@cache
def office_after(revision: int) -> oa.Office:
    """The town hall after a revision of its chart, 0 being the first."""
    return office_of(REVISIONS[revision])


EVERYBODY = oa.Official("ana", {SCRIBE, MAYOR, COUNCIL})

ASKS = oa.Applicant("Karlo", id="karlo")

ROLES = (SCRIBE, MAYOR, COUNCIL, APPLICANT, LAW)
