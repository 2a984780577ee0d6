"""What the law asks of a check, beside stage and role."""

from datetime import datetime, timedelta

from openakimat.calendar.terms import add_days, term as term_of
from openakimat.case import APPLICANT, Act, Case, Pause, Resume
from openakimat.chart.table import Circumstances, guard, guard_when, guard_who
from openakimat.kz.acts import Notify, Object
from openakimat.kz.guards import after, last_act, says, speaks_for
from openakimat.kz.inspection import acts
from openakimat.kz.roles import HEAD, INSPECTED
from openakimat.limits.deadline import due


@guard_who("check.plan-approved", source="PSL 27-1(3)", asks="act.half by.roles office:now")
def plan_open(case: Case, act: acts.PlanCheck, circumstances: Circumstances) -> bool:
    """The day of the plan is not over, or the head changes it; nothing where no half is told."""
    if not act.half or HEAD in circumstances.roles:
        return True
    return circumstances.today <= acts.planned_by(act.half)


not_anonymous = says("anonymous", False, code="check.anonymous", source="PSL 27-1(7)")


def _told_in_time(
    case: Case, told_at: datetime, begins_at: datetime, circumstances: Circumstances
) -> bool:
    """Whether a notice given at one instant suffices to begin at another."""
    key = (
        "inspection.notice-planned" if case.last(acts.PlanCheck) else "inspection.notice-unplanned"
    )
    office = circumstances.office
    day = office.day_of(told_at)
    latest = due(office.limit(key, day, circumstances.wording), begins_at, office.calendar)
    return told_at < latest.at if latest.last_day else told_at <= latest.at


@guard("check.notice-too-short", asks="act.until record:plan-check office:now")
def leaves_time(case: Case, act: acts.NotifyOfCheck, circumstances: Circumstances) -> bool:
    """The day told can still be the day on which the check begins."""
    end = circumstances.office.calendar.place.start_of(add_days(act.until, 1))
    last = end - timedelta(seconds=1)
    return _told_in_time(case, circumstances.at, last, circumstances)


@guard(
    "check.begun-too-early",
    source="PSL 27-2(2)",
    asks="record:notify-of-check.until record:plan-check office:now",
)
def notice_kept(case: Case, act: Act, circumstances: Circumstances) -> bool:
    notice = case.last(acts.NotifyOfCheck)
    if notice is None or not isinstance(notice.act, acts.NotifyOfCheck):
        return False
    in_time = _told_in_time(case, notice.at, circumstances.at, circumstances)
    return notice.act.until <= circumstances.today and in_time


@guard("check.too-long", asks="act.term record:plan-check office:now")
def within_cap(case: Case, act: acts.BeginCheck, circumstances: Circumstances) -> bool:
    key = "inspection.planned" if case.last(acts.PlanCheck) else "inspection.unplanned"
    return term_of(act.term).n <= circumstances.limit(key).value.term.n


def _planned_in(case: Case, circumstances: Circumstances) -> tuple[str, int] | None:
    """Whom a planned check was of and the year in which it began; None for any other case."""
    begun, opened = case.last(acts.BeginCheck), case.received
    if begun is None or not case.last(acts.PlanCheck) or not isinstance(opened, acts.OpenCheck):
        return None
    if case.last(acts.Invalidate):
        return None
    return opened.subject, circumstances.office.day_of(begun.at).year


@guard("check.second-planned", source="PSL 27-1(5)", asks="record:plan-check beside office:now")
def first_this_year(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """No planned check of the body, of those put beside this one, has begun this year."""
    opened = case.received
    if not case.last(acts.PlanCheck) or not isinstance(opened, acts.OpenCheck):
        return True
    begun = {_planned_in(other, circumstances) for other in circumstances.beside}
    return (opened.subject, circumstances.today.year) not in begun


@guard_who("check.another-subject", asks="by by.roles office:now")
def the_subject(case: Case, act: Act, circumstances: Circumstances) -> bool:
    if INSPECTED not in circumstances.roles:
        return True
    opened = case.received
    subject = opened.subject if isinstance(opened, acts.OpenCheck) else ""
    return subject in {"", *speaks_for(circumstances, INSPECTED)}


@guard_who("check.not-on-appeal", asks="record:appoint-check.ground by.roles")
def on_their_appeal(case: Case, act: Act, circumstances: Circumstances) -> bool:
    appointed = last_act(case, acts.AppointCheck)
    on_appeal = appointed is not None and appointed.ground == "appeals"
    return on_appeal or APPLICANT not in circumstances.roles


@guard("notice.unknown", asks="act.of=suspension act.of=resumption record:pause record:resume")
def decision_to_tell(case: Case, act: Notify, circumstances: Circumstances) -> bool:
    if act.of == "suspension":
        return case.last(Pause) is not None
    return act.of == "resumption" and case.last(Resume) is not None


draft_sent_before = after(acts.SendDraft, code="check.no-draft")


@guard_when(
    "objection.too-late",
    why="the time to object is over",
    asks="office:inspection.objection office:now",
)
def objection_open(case: Case, act: Object, circumstances: Circumstances) -> bool:
    objection = circumstances.deadline_of(case, "inspection.objection")
    return objection is None or circumstances.at < objection.at


@guard("report.too-soon", source="PSL 27-2(5)", asks="record:send-draft office:now")
def draft_early_enough(case: Case, act: acts.SendReport, circumstances: Circumstances) -> bool:
    sent, calendar = case.last(acts.SendDraft), circumstances.office.calendar
    latest = due(circumstances.limit("inspection.draft"), circumstances.at, calendar)
    return sent is not None and sent.at < latest.at


@guard("report.no-breach", asks="act.breaches")
def breaches_confirmed(case: Case, act: acts.SendReport, circumstances: Circumstances) -> bool:
    return bool(act.breaches)


no_breach = says("breaches", (), code="report.breaches")
