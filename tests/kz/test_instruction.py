"""Instructions on control: who may, by when, and what is left untouched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory
from openakimat.calendar.terms import term
from openakimat.case.act import Act, Link
from openakimat.case.acts import Register
from openakimat.case.people import Actor, Mandate
from openakimat.judgement.deadlines import backdated
from openakimat.kz.acts import Accept, Assign, Decide, Extend
from openakimat.kz.instruction import acts as c
from openakimat.kz.instruction.acts import IssueInstruction
from openakimat.kz.instruction.guards import PRACTICE, executors, personal_control
from openakimat.kz.roles import (
    AUTHORISED,
    CHIEF_OF_STAFF,
    CONTROLLER,
    DEPUTY,
    EXECUTOR,
    HEAD,
    REGISTRAR,
    SUPERIOR,
)
from openakimat.limits.explain import explain
from openakimat.proving.command import proofs

GOVERNOR = oa.Official("governor", {SUPERIOR, HEAD})
AKIM = oa.Official("akim", {HEAD})
DEPUTY_AKIM = oa.Official("deputy", {DEPUTY})
CHIEF = oa.Official("chief", {CHIEF_OF_STAFF})
CONTROL = oa.Official("control", {CONTROLLER})
FIRST = oa.Official("bayanaul", {EXECUTOR})
SECOND = oa.Official("uspen", {EXECUTOR})
STRANGER = oa.Official("stranger", {EXECUTOR})

Deed = tuple[Act, oa.Official, str]


def at(text: str) -> datetime:
    """An instant by the clocks of Pavlodar, +06 to February 2024."""
    return datetime.fromisoformat(text + ("+06:00" if text < "2024-03" else "+05:00"))


def desk() -> oa.Desk:
    return oa.Desk(kz.office("bayanaul"), journal=memory.Journal(), numbers=memory.Numbers())


def issued(
    to: oa.Desk, on: str = "2022-03-01T10:00", *, by: oa.Official = GOVERNOR, **told: object
) -> str:
    given: dict[str, Any] = {"term": "1 month", "executors": ("bayanaul", "uspen"), **told}
    return to.open(kz.Instruction, by=by, at=at(on), **given).id


def done(of: oa.Desk, case: str, deeds: Sequence[Deed]) -> oa.Case:
    for act, by, when in deeds:
        of.perform(case, act, by=by, at=at(when))
    return of.case(case)


def last_day(of: oa.Desk, case: str, limit: str = "instruction.execution") -> date | None:
    (found,) = [one.last_day for one in of.deadlines(case) if one.limit == limit]
    return found


def extended(of: oa.Desk, case: str, until: date, on: str) -> oa.Case:
    """Asked for in writing by the coordinator and given by the governor, who gave it: 46(5)."""
    asked = c.AskToExtend(until, "why")
    return done(of, case, [(asked, FIRST, on), (Extend(until, "why"), GOVERNOR, on)])


def refused(of: oa.Desk, case: str, act: Act, by: Actor, on: str) -> oa.Refusal:
    said = of.may(case, act, by=by, at=at(on))
    assert said is not None
    return said


TAKEN: Sequence[Deed] = (
    (Accept(), FIRST, "2022-03-02T10:00"),
    (Assign("specialist"), FIRST, "2022-03-02T11:00"),
)
REPORTED: Sequence[Deed] = (*TAKEN, (c.ReportExecution("done"), FIRST, "2022-03-28T10:00"))
REVIEWED: Sequence[Deed] = (*REPORTED, (c.ReviewExecution("in full"), CONTROL, "2022-03-29T10:00"))


# -- the charts and the law ------------------------------------------------------------


@pytest.mark.thorough
def test_no_case_of_it_goes_wrong() -> None:
    assert ["sound"] * 2 == [str(one).split()[-1] for one in proofs(kz.office(), "instruction")]


EVIDENCE = {
    ("instruction.execution", "l107"): ("as set", "unconfirmed"),
    ("instruction.execution", "appc-2021"): ("as set", "confirmed"),
    ("instruction.document", "l107"): ("1 month", "confirmed"),
    ("instruction.document", "appc-2021"): ("1 month", "confirmed"),
    ("instruction.reminder", "l107"): ("3 working days", "unconfirmed"),
    ("instruction.reminder", "appc-2021"): ("3 working days", "unconfirmed"),
}
"""Terms and marks: the law sets no default term and no lead of the reminder."""


def test_the_limits_say_no_more_than_was_read() -> None:
    limits = kz.law().limits
    told = {
        (key, edition.law): (edition.value.term, edition.evidence.value)
        for key in ("instruction.execution", "instruction.document", "instruction.reminder")
        for edition in limits[key]
    }
    assert {key: (term(words), mark) for key, (words, mark) in EVIDENCE.items()} == told


@pytest.mark.parametrize(
    ("wording", "cited", "mark"),
    [
        ("l107", "Law 107, 14(3)", "confirmed"),
        ("l107", "Law 107, 14(5)", "confirmed"),
        ("appc-2021", "APPC 38(5)", "confirmed"),
        ("appc-2021", "APPC 38(5), 46(5)", "confirmed"),
        ("appc-2021", PRACTICE, "unconfirmed"),
    ],
)
def test_the_marks_of_what_is_cited(wording: str, cited: str, mark: str) -> None:
    assert mark == kz.law().evidence(wording, cited).value


def test_urgency_is_a_word_without_days() -> None:
    """A mark of the document system sets no term; days for it are an order of the office."""
    ordered = {"very-urgent": "2 working days"}
    one = desk()
    marked = issued(one, term="", urgency="very-urgent")
    assert [] == list(one.deadlines(marked))
    own = issued(one, term=ordered["very-urgent"], urgency="very-urgent")
    assert date(2022, 3, 3) == last_day(one, own)
    assert "жедел бақылауда" == kz.law().words("urgency", "very-urgent", "kk")


# -- stories ---------------------------------------------------------------------------


def test_one_month_in_pavlodar() -> None:
    """28.08.2020 and one month: Monday 28.09.2020; the reminder three working days before."""
    of = desk()
    case = issued(of, "2020-08-28T10:00")
    assert "instruction/l107" == of.case(case).under.partition("@")[0]
    assert date(2020, 9, 28) == last_day(of, case)
    assert date(2020, 9, 23) == last_day(of, case, "instruction.reminder")
    removed = done(
        of,
        case,
        [
            (Accept(), FIRST, "2020-08-31T10:00"),
            (Assign("specialist", also=("second",)), FIRST, "2020-08-31T11:00"),
            (c.ReportProgress("furniture bought"), SECOND, "2020-09-14T10:00"),
            (c.Remind(), CONTROL, "2020-09-22T10:00"),
            (c.Contribute("equipment connected"), SECOND, "2020-09-24T10:00"),
            (c.ReportExecution("all up to the standard"), FIRST, "2020-09-28T17:00"),
            (c.ReviewExecution("seen on site"), CONTROL, "2020-09-30T10:00"),
            (c.RemoveFromControl(), GOVERNOR, "2020-10-01T10:00"),
        ],
    )
    assert "removed_from_control" == removed.stage
    (line,) = of.docket(at=at("2020-11-01T10:00"))
    assert (oa.Standing.IN_TIME, ()) == (line.standing, line.breaches)


def test_a_commission_has_thirty_days() -> None:
    """Atyrau, 2007: the minister heads the commission; 30 calendar days, then a follow-up."""
    of = desk()
    case = issued(of, "2007-07-30T10:00", term="30 calendar days", executors=("minister", "atyrau"))
    minister = oa.Official("minister", {EXECUTOR})
    assert date(2007, 8, 29) == last_day(of, case)
    assert date(2007, 8, 24) == last_day(of, case, "instruction.reminder")
    of.perform(case, Accept(), by=minister, at=at("2007-07-31T10:00"))
    said = refused(
        of, case, c.ReportExecution(), oa.Official("atyrau", {EXECUTOR}), "2007-08-27T10:00"
    )
    assert ("executor.not-coordinator", "Law 107, 14(3)", "confirmed") == (
        said.code, said.source, said.evidence,
    )  # fmt: skip
    file = done(of, case, [(c.ReportExecution(), minister, "2007-08-28T10:00")])
    assert "execution_reported" == file.stage
    follow_up = issued(of, "2007-08-31T10:00", term="1 month", links=(Link(case, "about"),))
    assert (Link(case, "about"),) == of.case(follow_up).received.links


def test_personal_control_of_the_appeals_of_khromtau() -> None:
    """Each appeal gets an instruction about it, held personally; its legal term is its own."""
    of = desk()
    clerk = oa.Official("clerk", {REGISTRAR, EXECUTOR})
    appeal = of.open(kz.Appeal, by=kz.Applicant("Айгерім"), at=at("2026-03-18T18:40")).id
    of.perform(appeal, Register(), by=clerk, at=at("2026-03-19T09:00"))
    of.perform(appeal, Accept(), by=clerk, at=at("2026-03-19T10:00"))
    before = of.deadlines(appeal)
    case = issued(of, "2026-03-19T11:00", by=AKIM, links=(Link(appeal, "about"),))
    done(
        of,
        case,
        [
            (c.TakePersonalControl(), AKIM, "2026-03-19T11:30"),
            (Accept(), FIRST, "2026-03-19T12:00"),
            (c.AskToExtend(date(2026, 5, 20), "why"), FIRST, "2026-03-20T09:00"),
            (Extend(date(2026, 5, 20), "why"), AKIM, "2026-03-20T10:00"),
            (c.ReportExecution(), FIRST, "2026-03-26T10:00"),
            (c.ReviewExecution(), CONTROL, "2026-03-26T11:00"),
            (c.RemoveFromControl(), AKIM, "2026-03-26T12:00"),
        ],
    )
    assert before == of.deadlines(appeal)
    assert ("considered", date(2026, 4, 14)) == (
        of.case(appeal).stage,
        last_day(of, appeal, "appeal.consideration"),
    )
    closed = of.perform(appeal, Decide("favourable"), by=AKIM, at=at("2026-04-14T10:00"))
    assert "answered" == closed.stage


# -- term ------------------------------------------------------------------------------


def test_without_a_term_none_runs_until_it_is_set() -> None:
    of = desk()
    case = issued(of, term="", executors=())
    assert () == of.deadlines(case)
    assert None is of.next_wakeup()
    set_term = c.SetTerm(term="1 month", executors=("uspen",))
    file = done(of, case, [(set_term, AKIM, "2022-03-03T10:00")])
    assert ("uspen",) == executors(file)
    # 03.04.2022 is a Sunday: no provision rolls the day on
    assert date(2022, 4, 3) == last_day(of, case)
    said = refused(of, case, c.SetTerm(until=date(2022, 5, 1)), AKIM, "2022-03-04T10:00")
    assert ("term.set-already", "APPC 37(3)") == (said.code, said.source)


@pytest.mark.parametrize(
    "told",
    [
        {"term": "1 month", "until": date(2022, 5, 1)},
        {"term": "soon"},
        {"term": "as set"},
        {"kind": "whim"},
        {"urgency": "now"},
    ],
)
def test_an_instruction_that_cannot_be_read_is_refused(told: dict[str, object]) -> None:
    with pytest.raises(oa.Malformed):
        IssueInstruction(**told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "to_be_set", "later"),
    [
        ("en", "Set: by Fri 2022-04-01", "Extended to Fri 2022-04-08"),
        ("ru", "Установлен: до пт 01.04.2022", "Продлено до пт 08.04.2022"),
        ("kk", "Белгіленді: жм 01.04.2022 дейін", "Ұзартылды: жм 08.04.2022 дейін"),
    ],
)
def test_a_last_day_that_is_set_is_told_as_set_and_one_extended_as_extended(
    language: str, to_be_set: str, later: str
) -> None:
    of = desk()
    for case in (issued(of, term="", until=date(2022, 4, 1)), issued(of, term="", executors=())):
        if not of.deadlines(case):
            set_term = c.SetTerm(until=date(2022, 4, 1))
            done(of, case, [(set_term, AKIM, "2022-03-01T11:00")])
        for told, not_told in ((to_be_set, later), (later, to_be_set)):
            (execution,) = [d for d in of.deadlines(case) if d.limit == "instruction.execution"]
            assert told in explain(execution, language)
            assert not_told not in explain(execution, language)
            if told == to_be_set:
                done(of, case, [(Accept(), FIRST, "2022-03-01T12:00")])
                extended(of, case, date(2022, 4, 8), "2022-03-02T10:00")


def test_a_term_is_not_set_to_end_before_the_day_it_is_set_on() -> None:
    """At the opening and after; the day itself is not past."""
    of = desk()
    past, today = date(2022, 2, 28), date(2022, 3, 1)
    told = "until: 2022-02-28 is before 2022-03-01"
    with pytest.raises(oa.Malformed, match=told):
        issued(of, term="", until=past)
    assert () == backdated(of.case(issued(of, term="", until=today)), office=of.office)
    case = issued(of, term="", executors=())
    with pytest.raises(oa.Malformed, match=told):
        done(of, case, [(c.SetTerm(until=past), AKIM, "2022-03-01T11:00")])


def test_a_term_is_set_with_a_term() -> None:
    with pytest.raises(oa.Malformed):
        c.SetTerm()


def test_an_extension_moves_the_reminder_too() -> None:
    of = desk()
    case = issued(of)
    assert (date(2022, 4, 1), date(2022, 3, 29)) == (
        last_day(of, case),
        last_day(of, case, "instruction.reminder"),
    )
    done(of, case, TAKEN)
    extended(of, case, date(2022, 4, 15), "2022-03-25T10:00")
    assert (date(2022, 4, 15), date(2022, 4, 12)) == (
        last_day(of, case),
        last_day(of, case, "instruction.reminder"),
    )


def test_an_extension_of_a_day_named_moves_it() -> None:
    of = desk()
    case = issued(of, term="", until=date(2022, 4, 1))
    done(of, case, TAKEN)
    extended(of, case, date(2022, 4, 8), "2022-03-02T12:00")
    assert date(2022, 4, 8) == last_day(of, case)


def test_a_reminder_is_due_and_a_second_one_after_an_extension() -> None:
    of = desk()
    case = issued(of)
    done(of, case, TAKEN)
    of.lapse(case, at=at("2022-03-30T00:00"))
    assert ["instruction.reminder"] == [
        r.act.clock for r in of.case(case).records if isinstance(r.act, oa.Lapse)
    ]
    extended(of, case, date(2022, 4, 15), "2022-03-30T10:00")
    wakeup = of.next_wakeup()
    assert wakeup is not None
    assert at("2022-04-13T00:00") == wakeup.at


def test_a_reminder_stops_its_clock() -> None:
    of = desk()
    case = issued(of)
    done(of, case, [(c.Remind(), CONTROL, "2022-03-29T18:00")])
    of.lapse(case, at=at("2022-04-01T12:00"))
    assert "remind-executor" == of.case(case).records[-1].act.tag
    assert () == of.docket(at=at("2022-04-01T12:00"))[0].breaches


def test_overdue_is_recorded_and_not_undone_by_a_late_extension() -> None:
    of = desk()
    case = issued(of)
    done(of, case, TAKEN)
    early = refused(of, case, c.ReviewLiability("x"), AKIM, "2022-03-30T10:00")
    assert "liability.no-breach" == early.code
    asked = c.AskToExtend(date(2022, 5, 1), "why")
    done(of, case, [(asked, FIRST, "2022-04-01T10:00")])
    of.lapse(case, at=at("2022-04-02T00:00"))
    said = refused(of, case, Extend(date(2022, 5, 1), "why"), GOVERNOR, "2022-04-04T10:00")
    assert isinstance(said, oa.TooLate)
    assert ("extension.too-late", at("2022-04-02T00:00")) == (said.code, said.deadline)
    file = done(
        of, case, [(c.ReviewLiability("a remark", of="bayanaul"), AKIM, "2022-04-04T11:00")]
    )
    assert "in_execution" == file.stage
    assert oa.Standing.OVERDUE == of.docket(at=at("2022-04-04T12:00"))[0].standing


def test_an_extension_is_asked_reasoned_later_and_answered_once() -> None:
    of = desk()
    case = issued(of)
    done(of, case, TAKEN)
    on = "2022-03-03T10:00"
    assert (
        "extension.no-reason" == refused(of, case, c.AskToExtend(date(2022, 5, 1)), FIRST, on).code
    )
    said = refused(of, case, c.RefuseExtension("no"), GOVERNOR, on)
    assert ("extension.not-asked", "APPC 46(5)") == (said.code, said.source)
    asked = c.AskToExtend(date(2022, 5, 1), "why")
    assert "executor.not-coordinator" == refused(of, case, asked, SECOND, on).code
    done(of, case, [(asked, FIRST, on)])
    sooner = Extend(date(2022, 4, 1), "why")
    assert "extension.not-later" == refused(of, case, sooner, GOVERNOR, on).code
    done(of, case, [(c.RefuseExtension("no"), GOVERNOR, "2022-03-04T10:00")])
    again = refused(of, case, c.RefuseExtension(), GOVERNOR, "2022-03-05T10:00")
    assert "extension.not-asked" == again.code
    assert date(2022, 4, 1) == last_day(of, case)


def test_under_law_107_only_the_one_who_gave_it_extends_and_only_when_asked() -> None:
    of = desk()
    case = issued(of, "2020-08-28T10:00")
    of.perform(case, Accept(), by=FIRST, at=at("2020-08-31T10:00"))
    more = Extend(date(2020, 10, 28))
    assert "extension.not-asked" == refused(of, case, more, GOVERNOR, "2020-09-01T10:00").code
    done(of, case, [(c.AskToExtend(more.until, "why"), FIRST, "2020-09-02T10:00")])
    said = refused(of, case, more, AKIM, "2020-09-03T10:00")
    assert ("issuer.another", "Law 107, 14(5)") == (said.code, said.source)
    done(of, case, [(more, GOVERNOR, "2020-09-03T10:00")])
    assert date(2020, 10, 28) == last_day(of, case)


def test_no_executor_extends_what_is_theirs() -> None:
    """The deputy gave it and is named executor: neither asked nor for themselves."""
    of = desk()
    case = issued(of, by=DEPUTY_AKIM, executors=("deputy",))
    on, both = "2022-03-10T10:00", oa.Official("deputy", {DEPUTY, EXECUTOR})
    done(of, case, [(Accept(), both, "2022-03-02T10:00")])
    done(of, case, [(c.AskToExtend(date(2022, 12, 1), "why"), both, on)])
    for act in (Extend(date(2022, 12, 1), "why"), c.RefuseExtension()):
        said = refused(of, case, act, both, on)
        assert ("executor.not-own", "order of the office", "unconfirmed") == (
            said.code, said.source, said.evidence,
        )  # fmt: skip
    for own in (c.Reassign(("uspen",)), c.TakePersonalControl()):
        assert "executor.not-own" == refused(of, case, own, both, on).code
    of.lapse(case, at=at("2022-04-02T00:00"))
    liable = refused(of, case, c.ReviewLiability("none"), both, "2022-04-04T10:00")
    assert "executor.not-own" == liable.code


def test_under_law_107_no_executor_extends_their_own_either() -> None:
    of = desk()
    both = oa.Official("governor", {SUPERIOR, HEAD, EXECUTOR})
    case = issued(of, "2020-08-28T10:00", executors=("governor",))
    done(of, case, [(Accept(), both, "2020-08-31T10:00")])
    more = date(2020, 10, 28)
    done(of, case, [(c.AskToExtend(more, "why"), both, "2020-09-01T10:00")])
    for act in (Extend(more, "why"), c.RefuseExtension()):
        assert "executor.not-own" == refused(of, case, act, both, "2020-09-02T10:00").code


def test_whoever_holds_it_extends_it() -> None:
    of = desk()
    case = issued(of, by=AKIM, kind="legal-act")
    done(of, case, [*TAKEN, (c.TakePersonalControl(), AKIM, "2022-03-03T10:00")])
    done(of, case, [(c.AskToExtend(date(2022, 4, 15), "why"), FIRST, "2022-03-04T10:00")])
    longer, on = Extend(date(2022, 4, 15), "why"), "2022-03-05T10:00"
    for act in (longer, c.RefuseExtension()):
        assert "personal-control.another" == refused(of, case, act, DEPUTY_AKIM, on).code
    done(of, case, [(longer, AKIM, on)])
    assert date(2022, 4, 15) == last_day(of, case)


def test_under_law_107_not_even_the_giver_extends_what_another_holds() -> None:
    of = desk()
    case = issued(of, "2020-08-28T10:00", by=DEPUTY_AKIM)
    more, on = Extend(date(2020, 10, 28)), "2020-09-02T11:00"
    deeds: Sequence[Deed] = (
        (c.TakePersonalControl(), AKIM, "2020-08-28T11:00"),
        (Accept(), FIRST, "2020-08-31T10:00"),
        (c.AskToExtend(more.until, "why"), FIRST, "2020-09-02T10:00"),
    )
    done(of, case, deeds)
    for act in (more, c.RefuseExtension()):
        assert "personal-control.another" == refused(of, case, act, DEPUTY_AKIM, on).code
    done(of, case, [(c.LiftPersonalControl(), AKIM, on), (more, DEPUTY_AKIM, on)])
    assert date(2020, 10, 28) == last_day(of, case)


def test_what_those_above_decided_is_recorded_whoever_holds_it_here() -> None:
    """APPC 38(5): it is theirs to end; personal control is a mark of the body's own leadership."""
    of = desk()
    case = issued(of, kind="president")
    done(of, case, [(c.TakePersonalControl(), AKIM, "2022-03-01T11:00"), *TAKEN])
    longer = c.RecordExtension(date(2022, 4, 15), basis="letter 12-4 of the Office")
    done(of, case, [(longer, CONTROL, "2022-03-10T10:00"), *REVIEWED[2:]])
    assert date(2022, 4, 15) == last_day(of, case)
    file = done(of, case, [(c.RecordRemoval("letter 12-3"), CONTROL, "2022-03-30T10:00")])
    assert ("removed_from_control", "akim") == (file.stage, personal_control(file))


def test_an_extension_says_why() -> None:
    of = desk()
    case = issued(of, kind="legal-act")
    said = refused(of, case, Extend(date(2022, 4, 15)), AKIM, "2022-03-05T10:00")
    assert ("extension.no-reason", "order of the office", "unconfirmed") == (
        said.code, said.source, said.evidence,
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["president", "government"])
def test_what_the_president_or_the_government_ordered_they_extend(kind: str) -> None:
    """The control service records their document; three working days before the 15th: the 12th."""
    of = desk()
    case = issued(of, kind=kind)
    done(of, case, TAKEN)
    on, day = "2022-03-10T10:00", date(2022, 4, 15)
    done(of, case, [(c.AskToExtend(day, "why"), FIRST, on)])
    for act in (Extend(day, "why"), c.RefuseExtension()):
        said = refused(of, case, act, AKIM, on)
        assert ("control.set-by-law", "APPC 38(5)") == (said.code, said.source)
    unnamed = c.RecordExtension(day, basis=" ")
    assert "control.no-basis" == refused(of, case, unnamed, CONTROL, on).code
    record = c.RecordExtension(day, basis="letter 12-4 of the Office")
    assert "role.not-competent" == refused(of, case, record, AKIM, on).code
    done(of, case, [(record, CONTROL, on)])
    assert (day, date(2022, 4, 12)) == (
        last_day(of, case),
        last_day(of, case, "instruction.reminder"),
    )


def test_the_body_s_own_is_not_extended_by_a_document_from_above() -> None:
    of = desk()
    said = refused(
        of,
        issued(of),
        c.RecordExtension(date(2022, 4, 15), basis="a paper"),
        CONTROL,
        "2022-03-10T10:00",
    )
    assert ("control.by-leadership", PRACTICE, "unconfirmed") == (
        said.code, said.source, said.evidence,
    )  # fmt: skip


def test_what_came_from_above_those_above_extend_and_remove() -> None:
    of = desk()
    above = oa.Official("oblast", {SUPERIOR})
    case = issued(of, by=above)
    done(of, case, [*TAKEN, (c.AskToExtend(date(2022, 4, 15), "why"), FIRST, "2022-03-03T10:00")])
    longer, on = Extend(date(2022, 4, 15), "why"), "2022-03-03T12:00"
    said = refused(of, case, longer, AKIM, on)
    assert ("issuer.another", "APPC 46(5)") == (said.code, said.source)
    done(of, case, [(longer, above, on), *REVIEWED[2:]])
    on = "2022-03-30T10:00"
    assert "issuer.above" == refused(of, case, c.RemoveFromControl(), DEPUTY_AKIM, on).code
    file = done(of, case, [(c.RemoveFromControl(), above, on)])
    assert "removed_from_control" == file.stage


def test_the_body_s_own_is_not_for_those_above() -> None:
    of = desk()
    case = issued(of, kind="legal-act")
    above = oa.Official("oblast", {SUPERIOR})
    longer = Extend(date(2022, 4, 15), "why")
    said = refused(of, case, longer, above, "2022-03-10T10:00")
    assert ("issuer.above", "APPC 38(5)") == (said.code, said.source)


def test_the_giver_extends_when_asked_and_the_leadership_extends_a_legal_act() -> None:
    """APPC 46(5), 46(6), 38(5): the chief of staff disposes of their own instruction alone."""
    of = desk()
    longer, on = Extend(date(2022, 4, 15), "why"), "2022-03-03T12:00"
    own, act = issued(of, by=CHIEF), issued(of, by=CHIEF, kind="legal-act")
    assert "issuer.above" == refused(of, act, longer, CHIEF, on).code
    done(of, act, [(longer, DEPUTY_AKIM, on)])
    done(of, own, TAKEN)
    assert "extension.not-asked" == refused(of, own, longer, CHIEF, on).code
    done(of, own, [(c.AskToExtend(longer.until, "why"), FIRST, on)])
    for another in (AKIM, DEPUTY_AKIM, GOVERNOR):
        said = refused(of, own, longer, another, on)
        assert ("issuer.another", "APPC 46(5)", "confirmed") == (
            said.code, said.source, said.evidence,
        )  # fmt: skip
    done(of, own, [(longer, CHIEF, on), *REVIEWED[2:]])
    done(of, own, [(c.RemoveFromControl(), CHIEF, "2022-03-30T10:00")])


@pytest.mark.parametrize("on", ["2019-03-01", "2022-03-01"])
def test_an_instruction_is_removed_by_its_giver_or_another_authorised(on: str) -> None:
    """Law 107, 14(6); APPC 46(6). A legal act only by the leadership: 38(5)."""
    of = desk()
    another = oa.Official("authorised", {AUTHORISED})
    case, act = issued(of, f"{on}T10:00"), issued(of, f"{on}T10:00", kind="legal-act")
    for each in (case, act):
        done(of, each, [(d, by, on[:4] + when[4:]) for d, by, when in REVIEWED])
    later = on[:4] + "-03-30T10:00"
    assert "issuer.above" == refused(of, act, c.RemoveFromControl(), another, later).code
    done(of, case, [(c.RemoveFromControl(), another, later)])


def test_a_document_is_considered_within_a_month_unless_a_term_is_set() -> None:
    """Law 107, 12(6); APPC 44(5): 1 March and a month; 37(3) has no such term for a legal act."""
    of = desk()
    case = issued(of, term="", on_document=True)
    (execution,) = [d for d in of.deadlines(case) if d.limit == "instruction.execution"]
    assert (date(2022, 4, 1), "APPC 44(5)") == (execution.last_day, execution.edition.source)
    done(of, case, [(c.SetTerm("10 working days"), AKIM, "2022-03-02T10:00")])
    assert date(2022, 3, 17) == last_day(of, case)
    assert () == of.deadlines(issued(of, term="", on_document=True, kind="legal-act"))
    assert () == of.deadlines(issued(of, term=""))
    before = issued(of, "2019-03-01T10:00", term="", on_document=True)
    assert date(2019, 4, 1) == last_day(of, before)


# -- executors -------------------------------------------------------------------------


def test_only_executors_act_and_only_the_first_reports_the_whole() -> None:
    of = desk()
    case = issued(of)
    said = refused(of, case, Accept(), STRANGER, "2022-03-02T10:00")
    assert isinstance(said, oa.NotCompetent)
    assert "executor.another" == said.code
    done(of, case, [(Accept(), SECOND, "2022-03-02T10:00")])
    done(of, case, [(c.Contribute("my part"), SECOND, "2022-03-03T10:00")])
    whole = refused(of, case, c.ReportExecution(), SECOND, "2022-03-04T10:00")
    assert ("executor.not-coordinator", "confirmed") == (whole.code, whole.evidence)


def test_a_substitute_reports_for_the_coordinator() -> None:
    of = desk()
    case = issued(of)
    done(of, case, TAKEN)
    order = Mandate("bayanaul", {EXECUTOR}, "order 5", date(2022, 3, 1))
    stands_in = oa.Official("substitute", (), mandates=(order,))
    file = done(of, case, [(c.ReportExecution(), stands_in, "2022-03-10T10:00")])
    assert ("substitute", "bayanaul") == (file.records[-1].by, file.records[-1].on_behalf)


def test_reassigned_the_new_executor_takes_it_up_afresh_in_the_same_term() -> None:
    of = desk()
    case = issued(of)
    done(of, case, [*TAKEN, (c.Reassign(("uspen",), "moved"), GOVERNOR, "2022-03-10T10:00")])
    assert "given" == of.case(case).stage
    assert "executor.another" == refused(of, case, Accept(), FIRST, "2022-03-11T10:00").code
    done(of, case, [(Accept(), SECOND, "2022-03-11T10:00")])
    assert date(2022, 4, 1) == last_day(of, case)


def test_a_plan_names_measures_and_a_check_a_method_of_the_law() -> None:
    of = desk()
    case = issued(of)
    done(of, case, TAKEN)
    on = "2022-03-03T10:00"
    assert "plan.empty" == refused(of, case, c.PlanMeasures(("",)), AKIM, on).code
    assert "check.no-method" == refused(of, case, c.CheckExecution("rumour"), CONTROL, on).code
    done(
        of,
        case,
        [
            (c.PlanMeasures(("buy furniture", "connect computers")), FIRST, on),
            (c.CheckExecution("on-site", "half done"), CONTROL, "2022-03-10T10:00"),
        ],
    )


# -- review and removal ----------------------------------------------------------------


def test_a_report_sent_back_has_its_days_of_review_given_back_or_not() -> None:
    of = desk()
    given_back, none = issued(of), issued(of)
    for case, clock in ((given_back, "continue"), (none, "none")):
        done(of, case, REPORTED)
        back = c.ReturnForRework("half of it", clock)  # type: ignore[arg-type]
        done(of, case, [(back, AKIM, "2022-03-30T10:00")])
        assert "in_execution" == of.case(case).stage
        assert None is of.may(case, c.ReviewLiability("why"), by=AKIM, at=at("2022-03-31T10:00"))
    # reported on the 28th, sent back on the 30th: two calendar days after 01.04.2022
    assert date(2022, 4, 3) == last_day(of, given_back)
    of.lapse(none, at=at("2022-05-01T10:00"))
    assert oa.Standing.OPEN == next(
        one.standing for one in of.docket(at=at("2022-05-01T10:00")) if one.case == none
    )


def test_no_executor_reviews_or_removes_what_is_theirs() -> None:
    of = desk()
    case = issued(of)
    done(of, case, REPORTED)
    both = oa.Official("bayanaul", {EXECUTOR, HEAD, CONTROLLER})
    said = refused(of, case, c.ReviewExecution(), both, "2022-03-29T10:00")
    assert ("executor.not-own", "order of the office") == (said.code, said.source)
    done(of, case, [(c.ReviewExecution(), CONTROL, "2022-03-29T10:00")])
    assert (
        "executor.not-own"
        == refused(of, case, c.RemoveFromControl(), both, "2022-03-30T10:00").code
    )


BOSS = oa.Official("boss", {HEAD, EXECUTOR, CONTROLLER})
HANDED_ON = c.Reassign(("bayanaul",), "moved")
AFTER: Sequence[Deed] = (
    (Accept(), FIRST, "2022-03-06T10:00"),
    (c.ReportExecution(), FIRST, "2022-03-28T10:00"),
)
OWN: dict[str, tuple[dict[str, object], Sequence[Deed]]] = {
    "named": (
        {"executors": ("boss",)},
        ((Accept(), BOSS, "2022-03-02T10:00"), (HANDED_ON, AKIM, "2022-03-05T10:00"), *AFTER),
    ),
    "named, and never began": (
        {"executors": ("boss",)},
        ((HANDED_ON, AKIM, "2022-03-05T10:00"), *AFTER),
    ),
    "named with the term": (
        {"executors": (), "term": ""},
        (
            (c.SetTerm(term="1 month", executors=("boss",)), AKIM, "2022-03-02T10:00"),
            (HANDED_ON, AKIM, "2022-03-05T10:00"),
            *AFTER,
        ),
    ),
    "accepted": (
        {"executors": ()},
        ((Accept(), BOSS, "2022-03-02T10:00"), (HANDED_ON, AKIM, "2022-03-05T10:00"), *AFTER),
    ),
    **{
        act.tag: ({"executors": ()}, (*TAKEN, (act, BOSS, "2022-03-10T10:00"), AFTER[1]))
        for act in (
            c.Contribute("my part"),
            c.ReportProgress("half"),
            Assign("specialist"),
            c.AskToExtend(date(2022, 5, 1), "why"),
        )
    },
    "given it within": (
        {"executors": ()},
        (*TAKEN, (Assign("x", also=("boss",)), FIRST, "2022-03-10T10:00"), AFTER[1]),
    ),
    "done for them": (
        {"executors": ()},
        (
            *TAKEN,
            (
                c.ReportExecution(),
                oa.Official(
                    "sub",
                    (),
                    mandates=(Mandate("boss", {EXECUTOR}, "order 5", date(2022, 3, 1)),),
                ),
                "2022-03-10T10:00",
            ),
        ),
    ),
}


@pytest.mark.parametrize("how", OWN)
def test_whoever_ever_executed_it_neither_reviews_nor_removes_it(how: str) -> None:
    told, story = OWN[how]
    of = desk()
    case = issued(of, **told)  # type: ignore[arg-type]
    done(of, case, story)
    on = "2022-03-29T10:00"
    assert "executor.not-own" == refused(of, case, c.ReviewExecution(), BOSS, on).code
    order = Mandate("boss", {HEAD}, "order 8", date(2022, 3, 1))
    for_them = oa.Official("deputy", {DEPUTY}, mandates=(order,))
    done(of, case, [(c.ReviewExecution(), CONTROL, on)])
    for one in (BOSS, for_them):
        said = refused(of, case, c.RemoveFromControl(), one, "2022-03-30T10:00")
        assert "executor.not-own" == said.code
    done(of, case, [(c.RemoveFromControl(), AKIM, "2022-03-30T10:00")])


def test_other_executors_are_not_named_with_a_term() -> None:
    of = desk()
    case = issued(of, term="", executors=("boss",))
    other = c.SetTerm(term="1 month", executors=("other",))
    said = refused(of, case, other, BOSS, "2022-03-02T10:00")
    assert ("executor.named-already", PRACTICE) == (said.code, said.source)
    same = c.SetTerm(term="1 month", executors=("boss",))
    done(of, case, [(same, AKIM, "2022-03-02T10:00")])


def test_no_executor_records_the_end_or_the_extension_of_what_is_theirs() -> None:
    of = desk()
    case = issued(of, kind="government", executors=("boss", "bayanaul"))
    done(of, case, [(Accept(), BOSS, "2022-03-02T10:00")])
    longer = c.RecordExtension(date(2022, 4, 15), basis="letter 12-4")
    assert "executor.not-own" == refused(of, case, longer, BOSS, "2022-03-03T10:00").code
    done(of, case, [(c.ReportExecution(), BOSS, "2022-03-28T10:00")])
    done(of, case, [(c.ReviewExecution(), CONTROL, "2022-03-29T10:00")])
    record = c.RecordRemoval("letter 12-3")
    assert "executor.not-own" == refused(of, case, record, BOSS, "2022-03-30T10:00").code
    done(of, case, [(record, CONTROL, "2022-03-30T10:00")])


def test_neither_control_nor_executor_nor_another_leader_removes_it() -> None:
    of = desk()
    case = issued(of)
    done(of, case, REVIEWED)
    for nobody in (CONTROL, FIRST):
        said = refused(of, case, c.RemoveFromControl(), nobody, "2022-03-30T10:00")
        assert ("role.not-competent", "APPC 38(5), 46(6)") == (said.code, said.source)
    said = refused(of, case, c.RemoveFromControl(), CHIEF, "2022-03-30T10:00")
    assert ("issuer.above", "APPC 38(5), 46(6)") == (said.code, said.source)
    done(of, case, [(c.RemoveFromControl(), DEPUTY_AKIM, "2022-03-30T10:00")])


@pytest.mark.parametrize("kind", ["president", "government"])
def test_what_the_president_or_the_government_ordered_the_leadership_does_not_remove(
    kind: str,
) -> None:
    of = desk()
    case = issued(of, kind=kind, issuer="Prime Minister")
    done(of, case, REVIEWED)
    on = "2022-03-30T10:00"
    said = refused(of, case, c.RemoveFromControl(), AKIM, on)
    assert ("control.set-by-law", "APPC 38(5)", "confirmed") == (
        said.code, said.source, said.evidence,
    )  # fmt: skip
    assert "control.no-basis" == refused(of, case, c.RecordRemoval(" "), CONTROL, on).code
    file = done(of, case, [(c.RecordRemoval("letter 12-3 of the Office"), CONTROL, on)])
    assert "removed_from_control" == file.stage


def test_the_order_set_by_law_is_not_for_the_body_s_own_instructions() -> None:
    of = desk()
    case = issued(of)
    done(of, case, REVIEWED)
    said = refused(of, case, c.RecordRemoval("a paper"), CONTROL, "2022-03-30T10:00")
    assert "control.by-leadership" == said.code


def test_personal_control_is_lifted_by_who_took_it_or_their_substitute() -> None:
    of = desk()
    case = issued(of)
    on = "2022-03-01T11:00"
    assert "personal-control.none" == refused(of, case, c.LiftPersonalControl(), AKIM, on).code
    done(of, case, [(c.TakePersonalControl(), AKIM, on)])
    assert "akim" == personal_control(of.case(case))
    assert "personal-control.held" == refused(of, case, c.TakePersonalControl(), CHIEF, on).code
    said = refused(of, case, c.LiftPersonalControl(), DEPUTY_AKIM, on)
    assert "personal-control.another" == said.code
    done(of, case, REVIEWED)
    removal = refused(of, case, c.RemoveFromControl(), DEPUTY_AKIM, "2022-03-30T10:00")
    assert "personal-control.another" == removal.code
    order = Mandate("akim", {HEAD}, "order 7", date(2022, 3, 30), date(2022, 4, 10))
    acting = oa.Official("deputy", {DEPUTY}, mandates=(order,))
    file = done(of, case, [(c.LiftPersonalControl(), acting, "2022-03-30T10:00")])
    assert not personal_control(file)
    done(of, case, [(c.RemoveFromControl(), DEPUTY_AKIM, "2022-03-30T11:00")])


def test_taken_by_a_substitute_it_is_held_by_the_one_substituted() -> None:
    of = desk()
    case = issued(of)
    order = Mandate("akim", {HEAD}, "order 7", date(2022, 3, 1))
    acting = oa.Official("acting", (), mandates=(order,))
    file = done(of, case, [(c.TakePersonalControl(), acting, "2022-03-01T11:00")])
    assert "akim" == personal_control(file)
    done(of, case, [(c.LiftPersonalControl(), AKIM, "2022-03-02T11:00")])


def test_an_executor_cannot_give_instructions() -> None:
    with pytest.raises(oa.NotCompetent):
        desk().open(kz.Instruction, by=FIRST, at=at("2022-03-01T10:00"), term="1 month")
