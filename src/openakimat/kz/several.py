"""One application for several services: it opens a request for each, and is answered when all are."""

from __future__ import annotations

from typing import ClassVar

import attrs

from openakimat.acts import Act, Branch, Receive, Register, Withdraw
from openakimat.case import Case
from openakimat.kz.guards import closed, the_applicant
from openakimat.people import APPLICANT, EXECUTOR, OPERATOR, REGISTRAR
from openakimat.procedure import Procedure, Stage, amended, opening, step, when
from openakimat.table import Circumstances, guard

SEVERAL = "PSL 1(1-4)"
SEVERAL_2026 = "PSL 1(1-5)"
COUNTER = (REGISTRAR, OPERATOR, EXECUTOR)


@attrs.frozen
class ApplyForSeveral(Receive):
    """One application for several services. Source: PSL 1(1-4), now 1(1-5)."""

    tag: ClassVar[str] = "apply-for-several"
    services: tuple[str, ...] = ()


@attrs.frozen
class SplitOff(Branch):
    """A request for one of the services is opened. Source: PSL 1(1-4), now 1(1-5)."""

    tag: ClassVar[str] = "split-off-service"
    service: str = ""


@attrs.frozen
class AnswerAll(Act):
    """Every service of the application has its answer. Source: PSL 1(1-4), now 1(1-5)."""

    tag: ClassVar[str] = "answer-all"
    marks: ClassVar[str] = "decision"
    answers: ClassVar[bool] = True


@guard("one-application.other-service", why="this service is not asked for, or has its request")
def asked_for(case: Case, act: SplitOff, circumstances: Circumstances) -> bool:
    """The service is one of those asked for, and has no request yet."""
    told, split = case.received, _split(case)
    asked = told.services if isinstance(told, ApplyForSeveral) else ()
    return act.service not in split and (not asked or act.service in asked)


@guard("one-application.not-split", why="a service asked for has no request yet")
def all_split(case: Case, act: AnswerAll, circumstances: Circumstances) -> bool:
    """Every service asked for has its request."""
    told, split = case.received, _split(case)
    asked = told.services if isinstance(told, ApplyForSeveral) else ()
    return bool(split) and split.issuperset(asked)


def _split(case: Case) -> set[str]:
    return {r.act.service for r in case.records if isinstance(r.act, SplitOff)}


class OneApplication2024(Procedure):
    """One application for several services.

    {statechart:md}
    """

    code = "one-application"
    law = "psl-2024"
    opens = opening(ApplyForSeveral, source=SEVERAL)

    requested = Stage(initial=True)
    registered = Stage()
    answered = Stage(final=True)
    withdrawn = Stage(final=True)

    register = step(Register, requested.to(registered), by=(REGISTRAR, OPERATOR), source=SEVERAL)
    split_off = step(SplitOff, when(registered.to.itself(), asked_for), by=COUNTER, source=SEVERAL)
    answer_all = step(
        AnswerAll,
        when(registered.to(answered), all_split, closed(SplitOff)),
        by=COUNTER,
        source=SEVERAL,
    )
    withdraw = step(
        Withdraw,
        when(withdrawn.after(requested, registered), the_applicant),
        by=APPLICANT,
        source="APPC 64(9), by-law of the service",
    )


class OneApplication2026(OneApplication2024):
    """One application for several services, after Law 254-VIII.

    {statechart:md}
    """

    law = "psl-2026"
    opens = opening(ApplyForSeveral, source=SEVERAL_2026)
    _of = OneApplication2024

    register = amended(_of, "register", source=SEVERAL_2026)
    split_off = amended(_of, "split_off", source=SEVERAL_2026)
    answer_all = amended(_of, "answer_all", source=SEVERAL_2026)


ONE_APPLICATIONS = (OneApplication2024, OneApplication2026)
