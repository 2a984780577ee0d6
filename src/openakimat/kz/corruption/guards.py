"""What the law asks of a report, beside stage and role."""

from functools import partial

from openakimat.case import Act, Case
from openakimat.chart.table import Circumstances, Guard, guard, guard_who
from openakimat.kz.acts import Redirect, Terminate
from openakimat.kz.corruption.acts import AskAgreement, ConcludeAgreement, FindNoOffence
from openakimat.kz.corruption.competence import LISTED, LISTED_IN, SOURCES, competent_body
from openakimat.kz.guards import after, filled, speaks_for
from openakimat.kz.roles import DEPUTY, HEAD

STATE_SECRET = frozenset({"l410", "l410-2021"})
"""The wordings by which who reports was a state secret."""


@guard("body.not-competent", source=LISTED_IN, values=SOURCES, field="to", asks="act.to office:now")
def competent(case: Case, act: Redirect, circumstances: Circumstances) -> bool:
    return act.to in LISTED or act.to == competent_body(circumstances.today).value.id


no_offence = partial(after, FindNoOffence, code="report.offence")
"""The guard that a report was found to tell of no offence; its `source` is what protects others."""


def not_reported_on(source: str) -> Guard:
    """The guard that whoever acts is not the official reported on, nor stands in for them."""

    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:
        return getattr(case.received, "against", "") not in speaks_for(circumstances)

    asks = "by office:now"
    return guard_who("report.own", source=source, asks=asks)(holds)


@guard("termination.not-authorised", why="only the head or a deputy may terminate", asks="by.roles")
def by_head(case: Case, act: Terminate, circumstances: Circumstances) -> bool:
    return not {HEAD, DEPUTY}.isdisjoint(circumstances.roles)


reasoned = filled("reason", code="report.no-reason")

agreement_wanted = after(AskAgreement, code="agreement.not-asked")


@guard(
    "agreement.owed",
    source="Law 410-V, 24-3(2)",
    asks="record:ask-agreement record:conclude-agreement",
)
def agreement_kept(case: Case, act: Act, circumstances: Circumstances) -> bool:
    return case.last(AskAgreement) is None or confidential(case)


def confidential(case: Case, /) -> bool:
    """Whether the report is confidential by law. Source: 24(4).

    By an agreement concluded; before Law 188-VII who reports was a state secret in any case.
    Records and views name no reporter whatever the answer.
    """
    return case.wording in STATE_SECRET or case.last(ConcludeAgreement) is not None
