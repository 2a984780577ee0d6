"""Consideration of an application, ordinary procedure, in three wordings of the law."""

from __future__ import annotations

from openakimat.acts import (
    Accept,
    AskToCorrect,
    Correct,
    Decide,
    DeemRefused,
    Extend,
    Inquire,
    Notify,
    Receive,
    Redirect,
    Register,
    Return,
    Terminate,
    Withdraw,
)
from openakimat.kz.guards import (
    MAY_EXTEND,
    among,
    correction_asked,
    correction_over,
    once,
    registered_first,
    something_to_tell,
    time_to_correct,
)
from openakimat.people import APPLICANT, CHIEF_OF_STAFF, DEPUTY, EXECUTOR, HEAD, LAW, REGISTRAR
from openakimat.procedure import Procedure, Stage, step, when
from openakimat.table import Clock

HEADS = (HEAD, DEPUTY)
STAFF = (REGISTRAR, EXECUTOR, HEAD, DEPUTY)

OUTCOMES_L221: dict[str, str] = dict.fromkeys(
    ("satisfied", "partly-satisfied", "refused", "explained"), "Law 221, 9"
)
OUTCOMES = {"favourable": "APPC 77", "burdening": "APPC 77"}
TERMINATION_L221 = {
    "anonymous": "Law 221, 5",
    "no-essence": "Law 221, 5",
    "repeat": "Law 221, 11",
    "court-decision": "Law 221, 11",
    "withdrawn": "Law 221, 11",
}
TERMINATION = {
    "decided-before": "APPC 70(1)",
    "court-decision": "APPC 70(1)",
    "withdrawn": "APPC 70(1)",
    "other-law": "APPC 70(1)",
}
RETURN = {"identical": "APPC 64(7)(2)", "obscene": "APPC 64(7)(2)"}


class AppealL221(Procedure):
    """Consideration of an appeal under Law 221 (2007 to 30.06.2021).

    {statechart:md}
    """

    code = "appeal"
    law = "l221"

    received = Stage(initial=True)
    registered = Stage()
    considered = Stage()
    answered = Stage(final=True)
    redirected = Stage(final=True)
    terminated = Stage(final=True)
    withdrawn = Stage(final=True)

    register = step(Register, received.to(registered), by=REGISTRAR, source="Law 221, 7")
    accept = step(Accept, registered.to(considered), by=STAFF, source="Law 221, 9")
    redirect = step(
        Redirect,
        redirected.after(received, registered, considered),
        by=STAFF,
        source="Law 221, 6",
    )
    inquire = step(Inquire, considered.to.itself(), by=STAFF, source="Law 221, 8(2)")
    extend = step(
        Extend,
        when(considered.to.itself(), *MAY_EXTEND),
        by=HEADS,
        source="Law 221, 8(3)",
    )
    notify = step(
        Notify,
        when(considered.to.itself(), something_to_tell),
        by=STAFF,
        source="Law 221, 8",
    )
    decide = step(
        Decide,
        when(
            considered.to(answered),
            among("outcome", OUTCOMES_L221, code="outcome.unknown"),
        ),
        by=HEADS,
        source="Law 221, 9",
    )
    terminate = step(
        Terminate,
        when(
            terminated.after(registered, considered),
            among("ground", TERMINATION_L221, code="termination.no-ground"),
        ),
        by=HEADS,
        source="Law 221, 11",
    )
    withdraw = step(
        Withdraw,
        withdrawn.after(received, registered, considered),
        by=APPLICANT,
        source="Law 221, 11",
    )

    registration = Clock(
        "appeal.registration", starts=Receive, stops=(Register, Redirect, Withdraw)
    )
    redirection = Clock(
        "appeal.redirection",
        starts=Receive,
        stops=(Redirect, Accept, Terminate, Withdraw),
    )
    consideration = Clock(
        "appeal.consideration",
        starts=Receive,
        principal=True,
        stops=(Decide, Terminate, Withdraw, Redirect),
        extends=Extend,
        becomes={Inquire: "appeal.consideration-with-inquiry"},
    )
    extension_notice = Clock("appeal.extension-notice", starts=Extend, stops=Notify)


class Appeal2021(Procedure):
    """Consideration of an application under the Code of 2021 (to 28.12.2025).

    {statechart:md}
    """

    code = "appeal"
    law = "appc-2021"

    received = Stage(initial=True)
    registered = Stage()
    awaiting_correction = Stage()
    considered = Stage()
    deemed_refused = Stage()
    answered = Stage(final=True)
    redirected = Stage(final=True)
    returned = Stage(final=True)
    terminated = Stage(final=True)
    withdrawn = Stage(final=True)

    register = step(
        Register,
        received.to(registered),
        when(deemed_refused.to.itself(), once(Register)),
        by=REGISTRAR,
        source="APPC 64(3)",
    )
    accept = step(
        Accept,
        registered.to(considered),
        when(deemed_refused.to.itself(), once(Accept)),
        by=STAFF,
        source="APPC 64(1)",
    )
    ask_to_correct = step(
        AskToCorrect,
        when(registered.to(awaiting_correction), time_to_correct),
        by=STAFF,
        source="APPC 64(6)",
    )
    correct = step(
        Correct,
        awaiting_correction.to(considered),
        when(deemed_refused.to.itself(), correction_asked),
        by=(APPLICANT, REGISTRAR),
        source="APPC 64(6)",
    )
    return_ = step(
        Return,
        when(returned.after(awaiting_correction, deemed_refused), correction_over),
        by=STAFF,
        source="APPC 64(7)(1)",
    )
    redirect = step(
        Redirect,
        redirected.after(received, registered, considered, deemed_refused),
        by=STAFF,
        source="APPC 65(1)",
    )
    extend = step(
        Extend,
        when(considered.to.itself(), *MAY_EXTEND),
        by=HEADS,
        source="APPC 76(3)",
    )
    notify = step(
        Notify,
        when((considered.to.itself(), deemed_refused.to.itself()), something_to_tell),
        by=STAFF,
        source="APPC 76(3)",
    )
    decide = step(
        Decide,
        when(
            answered.after(considered, deemed_refused),
            registered_first,
            among("outcome", OUTCOMES, code="outcome.unknown"),
        ),
        by=HEADS,
        source="APPC 77",
    )
    terminate = step(
        Terminate,
        when(
            terminated.after(registered, considered, deemed_refused),
            among("ground", TERMINATION, code="termination.no-ground"),
        ),
        by=HEADS,
        source="APPC 70(1)",
        tells="appeal.termination-notice",
    )
    withdraw = step(
        Withdraw,
        withdrawn.after(received, registered, awaiting_correction, considered, deemed_refused),
        by=APPLICANT,
        source="APPC 64(9)",
    )
    deem_refused = step(
        DeemRefused,
        deemed_refused.after(received, registered, awaiting_correction, considered),
        by=LAW,
        source="APPC 91(2)",
    )

    registration = Clock(
        "appeal.registration", starts=Receive, stops=(Register, Redirect, Withdraw)
    )
    redirection = Clock(
        "appeal.redirection",
        starts=Receive,
        stops=(Redirect, Accept, AskToCorrect, Return, Terminate, Withdraw),
    )
    correction = Clock("appeal.correction", starts=AskToCorrect, stops=(Correct, Return, Withdraw))
    consideration = Clock(
        "appeal.consideration",
        starts=Receive,
        principal=True,
        stops=(Decide, Terminate, Withdraw, Redirect, Return),
        pauses=AskToCorrect,
        resumes=Correct,
        extends=Extend,
        on_lapse=DeemRefused,
    )
    extension_notice = Clock("appeal.extension-notice", starts=Extend, stops=Notify)


class Appeal2026(Appeal2021):
    """Consideration of an application under the Code as amended by Law 241-VIII.

    {statechart:md}
    """

    law = "appc-2026"

    return_ = step(
        Return,
        when(
            Appeal2021.returned.after(Appeal2021.awaiting_correction, Appeal2021.deemed_refused),
            correction_over,
        ),
        when(
            Appeal2021.registered.to(Appeal2021.returned),
            among("ground", RETURN, code="return.no-ground"),
        ),
        by=STAFF,
        source="APPC 64(7)",
    )
    extend = step(
        Extend,
        when(Appeal2021.considered.to.itself(), *MAY_EXTEND),
        by=(*HEADS, CHIEF_OF_STAFF),
        source="APPC 76(3)",
    )
    deem_refused = step(
        DeemRefused,
        Appeal2021.deemed_refused.after(
            Appeal2021.registered, Appeal2021.awaiting_correction, Appeal2021.considered
        ),
        by=LAW,
        source="APPC 91(2)",
    )
    consideration = Clock(
        "appeal.consideration",
        starts=Register,
        principal=True,
        stops=(Decide, Terminate, Withdraw, Redirect, Return),
        pauses=AskToCorrect,
        resumes=Correct,
        extends=Extend,
        on_lapse=DeemRefused,
    )


APPEALS = (AppealL221, Appeal2021, Appeal2026)
