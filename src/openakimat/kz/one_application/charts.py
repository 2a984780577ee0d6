"""One application for several services, in every wording."""

from __future__ import annotations

from openakimat.case.acts import Register
from openakimat.chart.amendment import amended
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, step, when
from openakimat.kz.entitlements import withdrawing
from openakimat.kz.guards import closed
from openakimat.kz.one_application.acts import AnswerAll, ApplyForSeveral, SplitOff
from openakimat.kz.one_application.guards import all_split, asked_for
from openakimat.kz.roles import EXECUTOR, OPERATOR, REGISTRAR

SEVERAL_2016 = "PSL 21(4)"

SEVERAL = "PSL 1(1-4)"

SEVERAL_2026 = "PSL 1(1-5)"

COUNTER = (REGISTRAR, OPERATOR, EXECUTOR)


class OneApplication2016(Procedure):
    """One application for several services, from 2016; article 21(4) had it to 24.07.2022."""

    code = "one-application"
    law = "psl-2016"
    opens = opening(ApplyForSeveral, source=SEVERAL_2016)

    requested = Stage(initial=True)
    registered = Stage()
    answered = Stage(final=True)
    withdrawn = Stage(final=True)

    register = step(
        Register, requested.to(registered), by=(REGISTRAR, OPERATOR), source=SEVERAL_2016
    )
    split_off = step(
        SplitOff, when(registered.to.itself(), asked_for), by=COUNTER, source=SEVERAL_2016
    )
    answer_all = step(
        AnswerAll,
        when(registered.to(answered), all_split, closed(SplitOff)),
        by=COUNTER,
        source=SEVERAL_2016,
    )
    withdraw = withdrawing(
        withdrawn.after(requested, registered), source="APPC 64(9), by-law of the service"
    )


class OneApplication2024(OneApplication2016):
    """One application for several services, as a principle of the law."""

    law = "psl-2024"
    opens = opening(ApplyForSeveral, source=SEVERAL)
    _of = OneApplication2016

    register = amended(_of, "register", source=SEVERAL)
    split_off = amended(_of, "split_off", source=SEVERAL)
    answer_all = amended(_of, "answer_all", source=SEVERAL)


class OneApplication2026(OneApplication2024):
    """One application for several services, after Law 254-VIII."""

    law = "psl-2026"
    opens = opening(ApplyForSeveral, source=SEVERAL_2026)
    _of = OneApplication2024

    register = amended(_of, "register", source=SEVERAL_2026)
    split_off = amended(_of, "split_off", source=SEVERAL_2026)
    answer_all = amended(_of, "answer_all", source=SEVERAL_2026)


ONE_APPLICATIONS = (OneApplication2016, OneApplication2024, OneApplication2026)
