"""One application for several services, in every wording."""

from openakimat.case.acts import Register
from openakimat.chart.amendment import amended
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, step, when
from openakimat.kz.entitlements import withdrawing
from openakimat.kz.guards import closed
from openakimat.kz.one_application.acts import AnswerAll, ApplyForSeveral, SplitOff
from openakimat.kz.one_application.guards import all_split, asked_for
from openakimat.kz.roles import EXECUTOR, OPERATOR, REGISTRAR

COUNTER = (REGISTRAR, OPERATOR, EXECUTOR)


class OneApplication2016(Procedure):
    """One application for several services, from 2016; article 21(4) had it to 24.07.2022."""

    code = "one-application"
    law = "psl-2016"
    source = "PSL 21(4)"
    opens = opening(ApplyForSeveral)

    requested = Stage(initial=True)
    registered = Stage()
    answered = Stage(final=True)
    withdrawn = Stage(final=True)

    register = step(Register, requested.to(registered), by=(REGISTRAR, OPERATOR))
    split_off = step(SplitOff, when(registered.to.itself(), asked_for), by=COUNTER)
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
    register = amended(_of, "register")
    split_off = amended(_of, "split_off")
    answer_all = amended(_of, "answer_all")


class OneApplication2026(OneApplication2024):
    """One application for several services, after Law 254-VIII."""

    law = "psl-2026"
    source = "PSL 1(1-5)"
