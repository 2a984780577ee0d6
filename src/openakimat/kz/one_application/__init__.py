"""One application for several services. Source: Law 88-V, 1(1-4)."""

import attrs

from openakimat.case import Act, Branch, Case, Receive, Register, open_field
from openakimat.chart.amendment import as_before
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, stay, step, when
from openakimat.chart.table import Circumstances, guard
from openakimat.kz.acts import Withdraw as Withdraw
from openakimat.kz.entitlements import withdrawing
from openakimat.kz.guards import closed
from openakimat.kz.roles import EXECUTOR, OPERATOR, REGISTRAR


@attrs.frozen
class ApplyForSeveral(Receive, tag="apply-for-several"):
    """One application for several services. Source: PSL 1(1-4), now 1(1-5)."""

    services: tuple[str, ...] = open_field(())


@attrs.frozen
class SplitOff(Branch, tag="split-off-service"):
    """A request for one of the services is opened. Source: PSL 1(1-4), now 1(1-5)."""

    service: str = open_field("")


class AnswerAll(Act, tag="answer-all", marks="decision", answers=True):
    """Every service of the application has its answer. Source: PSL 1(1-4), now 1(1-5)."""


@guard("one-application.other-service", asks="act.service record:split-off-service.service")
def asked_for(case: Case, act: SplitOff, circumstances: Circumstances) -> bool:
    wanted = _services_wanted(case)
    return act.service not in _services_split(case) and (not wanted or act.service in wanted)


@guard("one-application.not-split", asks="record:split-off-service.service")
def all_split(case: Case, act: AnswerAll, circumstances: Circumstances) -> bool:
    split = _services_split(case)
    return bool(split) and split.issuperset(_services_wanted(case))


def _services_wanted(case: Case) -> tuple[str, ...]:
    return case.received.services if isinstance(case.received, ApplyForSeveral) else ()


def _services_split(case: Case) -> set[str]:
    return {r.act.service for r in case.records if isinstance(r.act, SplitOff)}


COUNTER = (REGISTRAR, OPERATOR, EXECUTOR)


class OneApplication2016(Procedure):
    """One application for several services, from 2016; article 21(4) had it to 24.07.2022."""

    code = "one-application"
    law = "psl-2016"
    source = "PSL 21(4)"
    opens = opening(ApplyForSeveral)

    requested = Stage(initial=True)
    registered = Stage()
    answered = withdrawn = Stage(final=True)

    register = step(Register, requested.to(registered), by=(REGISTRAR, OPERATOR))
    split_off = step(SplitOff, when(stay(registered), asked_for), by=COUNTER)
    answer_all = step(
        AnswerAll, when(registered.to(answered), all_split, closed(SplitOff)), by=COUNTER
    )
    withdraw = withdrawing(
        withdrawn.after(requested, registered), source="APPC 64(9), by-law of the service"
    )


class OneApplication2024(OneApplication2016):
    """One application for several services, as a principle of the law."""

    law = "psl-2024"
    source = "PSL 1(1-4)"
    _of = OneApplication2016

    # told again as they were: the order of rows is part of the name that records bear
    register = split_off = answer_all = as_before()


class OneApplication2026(OneApplication2024):
    """One application for several services, after Law 254-VIII."""

    law = "psl-2026"
    source = "PSL 1(1-5)"
