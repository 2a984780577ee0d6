"""The state check of the quality of services, in every wording."""

from functools import partial

from openakimat.case import APPLICANT, Pause, Resume
from openakimat.chart.clock import Clock, Principal
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, stay, step, when
from openakimat.kz import by
from openakimat.kz.acts import Deliver, Hear, Notify, Object
from openakimat.kz.guards import among, the_applicant
from openakimat.kz.inspection import acts, guards
from openakimat.kz.roles import HEADS, INSPECTED, INSPECTOR, REGISTRAR

CHECKERS = (INSPECTOR, *HEADS)
by_checkers = partial(step, by=CHECKERS)


class Inspection2024(Procedure):
    """The check of a provider of services under the Law on public services, from 2024."""

    code = "inspection"
    law = "psl-2024"
    opens = opening(acts.OpenCheck, by=CHECKERS, source="PSL 27(3)")

    check_proposed = Stage(initial=True)
    check_appointed = check_notified = check_running = check_suspended = draft_sent = Stage()
    check_reported = represented = breaches_removed = Stage()
    nothing_found = check_settled = check_invalid = Stage(final=True)

    plan_check = by.heads(
        acts.PlanCheck,
        when(
            check_proposed.to(check_appointed),
            among("ground", "inspection.planned", code="check.no-ground"),
            guards.plan_open,
        ),
        source="PSL 27-1(3)",
    )
    appoint_check = by.heads(
        acts.AppointCheck,
        when(
            check_proposed.to(check_appointed),
            among("ground", "inspection.unplanned", code="check.no-ground"),
            guards.not_anonymous,
        ),
        source="PSL 27-1(6)",
    )
    notify_of_check = by_checkers(
        acts.NotifyOfCheck,
        when(check_notified.after(check_appointed, check_notified), guards.leaves_time),
        source="PSL 27-2(2)",
    )
    begin_check = by.inspector(
        acts.BeginCheck,
        when(
            check_notified.to(check_running),
            guards.notice_kept,
            guards.within_cap,
            guards.first_this_year,
        ),
        source="PSL 27-2(1)",
    )
    pause = by_checkers(
        Pause,
        when(
            check_suspended.after(check_running, draft_sent),
            among("ground", "inspection.pauses", code="pause.no-ground"),
        ),
        source="PSL 27-2(4)",
        tells="suspension-notice",
    )
    # in this order: the second way asks nothing, and would take a check back before its draft
    resume = by_checkers(
        Resume,
        when(check_suspended.to(draft_sent), guards.draft_sent_before),
        check_suspended.to(check_running),
        source="PSL 27-2(4)",
        tells="suspension-notice",
    )
    notify = by_checkers(
        Notify,
        when(stay(check_suspended, check_running, draft_sent), guards.decision_to_tell),
        source="PSL 27-2(4)",
    )
    change_team = by.heads(
        acts.ChangeTeam,
        stay(check_appointed, check_notified, check_running, check_suspended),
        source="PSL 27-1(3)",
        tells="team-notice",
    )
    send_draft = by.inspector(acts.SendDraft, check_running.to(draft_sent), source="PSL 27-2(5)")
    deliver = step(Deliver, stay(draft_sent), by=(INSPECTOR, REGISTRAR), source="PSL 27-2(6)")
    object = step(
        Object,
        when(
            stay(draft_sent),
            guards.the_subject,
            the_applicant,
            guards.on_their_appeal,
            guards.objection_open,
        ),
        by=(INSPECTED, APPLICANT),
        source="PSL 27-2(6)",
    )
    hear = by.inspector(Hear, stay(draft_sent), source="PSL 27-2(6)")
    send_report = by.inspector(
        acts.SendReport,
        when(draft_sent.to(check_reported), guards.draft_early_enough, guards.breaches_confirmed),
        when(draft_sent.to(nothing_found), guards.draft_early_enough, guards.no_breach),
        source="PSL 27-2(7)",
    )
    represent = by_checkers(acts.Represent, check_reported.to(represented), source="PSL 27-2(8)")
    remove_breaches = step(
        acts.RemoveBreaches,
        when(represented.to(breaches_removed), guards.the_subject),
        by=INSPECTED,
        source="PSL 27-2(9)",
    )
    report_outcome = step(
        acts.ReportOutcome,
        when(breaches_removed.to(check_settled), guards.the_subject),
        by=INSPECTED,
        source="PSL 27-2(10)",
    )
    invalidate = by.superior(
        acts.Invalidate,
        when(
            check_invalid.after(
                check_running,
                check_suspended,
                draft_sent,
                check_reported,
                represented,
                breaches_removed,
            ),
            among("breach", "inspection.gross", code="check.not-gross"),
        ),
        source="PSL 27-4(3)",
    )

    beginning = Clock(starts=acts.NotifyOfCheck, stops=acts.BeginCheck)
    period = Principal(
        starts=acts.BeginCheck,
        stops=(acts.SendReport, acts.Invalidate),
        pauses=Pause,
        resumes=Resume,
    )
    draft = Clock(
        starts=acts.BeginCheck, stops=(acts.SendDraft, acts.Invalidate), ahead="inspection.period"
    )
    suspension_notice = Clock(starts=(Pause, Resume), stops=(Notify, acts.Invalidate))
    objection = Clock(starts=Deliver, stops=(Object, acts.SendReport, acts.Invalidate))
    remedy = Clock(starts=acts.Represent, stops=(acts.RemoveBreaches, acts.Invalidate))
    outcome = Clock(starts=acts.RemoveBreaches, stops=(acts.ReportOutcome, acts.Invalidate))


class Inspection2026(Inspection2024):
    """The same check after Law 254-VIII, which left these articles as they were."""

    law = "psl-2026"
