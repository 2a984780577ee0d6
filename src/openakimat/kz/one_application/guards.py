"""What is asked of it: that every service has its request, and no other."""

from openakimat.case.record import Case
from openakimat.chart.table import Circumstances, guard
from openakimat.kz.one_application.acts import AnswerAll, ApplyForSeveral, SplitOff


@guard(
    "one-application.other-service",
    why="this service is not asked for, or has its request",
    asks=("act.service", "record:split-off-service.service"),
)
def asked_for(case: Case, act: SplitOff, circumstances: Circumstances) -> bool:
    wanted = _services_wanted(case)
    return act.service not in _services_split(case) and (not wanted or act.service in wanted)


@guard(
    "one-application.not-split",
    why="a service asked for has no request yet",
    asks=("record:split-off-service.service",),
)
def all_split(case: Case, act: AnswerAll, circumstances: Circumstances) -> bool:
    split = _services_split(case)
    return bool(split) and split.issuperset(_services_wanted(case))


def _services_wanted(case: Case) -> tuple[str, ...]:
    return case.received.services if isinstance(case.received, ApplyForSeveral) else ()


def _services_split(case: Case) -> set[str]:
    return {r.act.service for r in case.records if isinstance(r.act, SplitOff)}
