"""A complaint about how a service was given, in every wording."""

from __future__ import annotations

import attrs

from openakimat.case.acts import Register
from openakimat.case.people import APPLICANT, LAW
from openakimat.chart.amendment import also_at, amended
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, step, when
from openakimat.chart.table import Clock
from openakimat.kz.acts import Deliver, Notify, Withdraw
from openakimat.kz.appeal.guards import MAY_EXTEND, something_to_tell
from openakimat.kz.complaint.acts import DeemDismissed
from openakimat.kz.guards import the_applicant
from openakimat.kz.roles import HEADS, REGISTRAR, STAFF
from openakimat.kz.service_complaint.acts import (
    DecideServiceComplaint,
    ExtendServiceComplaint,
    FileServiceComplaint,
    RegisterForQuality,
    RegisterSocial,
)
from openakimat.kz.service_complaint.guards import (
    MAY_DECIDE,
    body_may_extend,
    not_complained_of,
    public,
    social,
    to_quality_body,
    to_who_renders,
)


class ServiceComplaint2013(Procedure):
    """A complaint about a public service, from 2013. No rule on silence is known of that time.

    {statechart:md}
    """

    code = "service-complaint"
    law = "psl-2013"
    opens = opening(FileServiceComplaint, source="PSL 25")

    received = Stage(initial=True)
    considered = Stage()
    answered = Stage()
    closed = Stage(final=True)
    withdrawn = Stage(final=True)

    register = step(
        Register,
        when(received.to(considered), to_who_renders),
        by=REGISTRAR,
        source="PSL 25(2)",
    )
    register_for_quality = step(
        RegisterForQuality,
        when(received.to(considered), to_quality_body),
        by=REGISTRAR,
        source="PSL 25(2)",
    )
    extend = step(
        ExtendServiceComplaint,
        when(considered.to.itself(), body_may_extend, not_complained_of, *MAY_EXTEND),
        by=HEADS,
        source="PSL 25(4)",
    )
    notify = step(
        Notify,
        when(considered.to.itself(), something_to_tell),
        by=STAFF,
        source="PSL 25(4)",
    )
    decide = step(
        DecideServiceComplaint,
        when(considered.to(answered), *MAY_DECIDE),
        by=HEADS,
        source="PSL 25(2)",
    )
    deliver = step(Deliver, answered.to(closed), by=STAFF, source="PSL 25(1)")
    withdraw = step(
        Withdraw,
        when(withdrawn.after(received, considered), the_applicant),
        by=APPLICANT,
        source="PSL 25(1)",
    )

    consideration = Clock(
        "service-complaint.consideration",
        starts=(Register, RegisterForQuality),
        stops=(DecideServiceComplaint, Withdraw),
        becomes={RegisterForQuality: "service-complaint.consideration-quality"},
        extends=ExtendServiceComplaint,
        principal=True,
    )
    extension_notice = Clock(
        "service-complaint.extension-notice",
        starts=ExtendServiceComplaint,
        stops=(Notify, DecideServiceComplaint, Withdraw),
    )


class ServiceComplaint2024(ServiceComplaint2013):
    """A complaint about a public service, as the law read from 2024 to Law 254-VIII.

    Silence is a refusal, as the Code has it of any complaint (100(5)): by PSL 25(1) complaints
    about services go by the general rules but for their own particulars. Article 100(5) itself
    speaks of the terms of the Code only, so this is unconfirmed.

    {statechart:md}
    """

    law = "psl-2024"
    _of = ServiceComplaint2013

    deemed_dismissed = Stage()

    # silence takes nothing away: it is decided late, told and withdrawn as before
    decide = also_at(deemed_dismissed, _of, "decide", like=_of.considered)
    notify = also_at(deemed_dismissed, _of, "notify", like=_of.considered)
    withdraw = also_at(deemed_dismissed, _of, "withdraw", like=_of.considered)
    deem_dismissed = step(
        DeemDismissed,
        _of.considered.to(deemed_dismissed),
        by=LAW,
        source="PSL 25(1), APPC 100(5)",
    )

    consideration = attrs.evolve(
        _of.table.clocks["service-complaint.consideration"], on_lapse=DeemDismissed
    )


class ServiceComplaint2026(ServiceComplaint2024):
    """A complaint about a public or socially responsible service, after Law 254-VIII.

    {statechart:md}
    """

    law = "psl-2026"
    _of = ServiceComplaint2024

    register = amended(_of, "register", guards=[to_who_renders, public])
    register_social = step(
        RegisterSocial,
        when(_of.received.to(_of.considered), to_who_renders, social),
        by=REGISTRAR,
        source="PSL 25(2)",
    )
    consideration = attrs.evolve(
        _of.table.clocks["service-complaint.consideration"],
        starts=(Register, RegisterForQuality, RegisterSocial),
        becomes={
            RegisterForQuality: "service-complaint.consideration-quality",
            RegisterSocial: "service-complaint.consideration-social",
        },
    )


SERVICE_COMPLAINTS = (ServiceComplaint2013, ServiceComplaint2024, ServiceComplaint2026)
