"""What the acts of the country are stored as, for ever."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from openakimat.acts import VOCABULARY, Act
from openakimat.case import Record
from openakimat.codec import parse
from openakimat.kz import (
    booking,
    checks,
    consultation,
    control,
    counter,
    offence,
    package,
    reception,
    redress,
    refusal,
    retaliation,
    schedule,
    service_complaint,
    several,
    standard,
    ticket,
)
from openakimat.kz.reward import PayReward, RecordVerdict, RefuseReward
from openakimat.trail import FIRST, Sealed, seal, seal_all, unseal, verify

AT = datetime.fromisoformat("2026-03-18T18:40:00+05:00")
OURS = [kind for kind in VOCABULARY.values() if kind.__module__.startswith("openakimat.kz.")]
STORED = Path(__file__).parents[1] / "vectors" / "stored_acts.jsonl"

GOLDEN: list[Act] = [
    redress.FileComplaint(against="Сәлем", body="Сәлем", learnt_on=date(2026, 3, 27), instructed=True),
    redress.Forward(to="akimat-aqtobe"),
    redress.SelfCorrect(fully=True, summary="Сәлем"),
    redress.RegisterForReview(number="Сәлем"),
    redress.RestoreTerm(ground="Сәлем", reason="Сәлем"),
    redress.KeepInForce(ground="Сәлем", reason="Сәлем"),
    redress.Satisfy(outcome="Сәлем", unheard="Сәлем", worsens=True),
    redress.Dismiss(ground="Сәлем", next_step="another-body", unheard="Сәлем", reason="Сәлем"),
    redress.Remit(instructions="Сәлем"),
    redress.SendBack(to="akimat-aqtobe"),
    redress.LeaveUnconsidered(ground="Сәлем"),
    redress.DeemDismissed(clock="appeal.consideration", due=AT),
    consultation.Ask(body="Сәлем", silence_agrees=True),
    consultation.GiveOpinion(outcome="Сәлем", reason="Сәлем"),
    consultation.DeemAgreed(clock="appeal.consideration", due=AT),
    consultation.Consult(case="ЖТ-2026-00000001/1", body="Сәлем"),
    RecordVerdict(guilty=True),
    PayReward(offence="administrative", on=date(2026, 3, 27), damage=3),
    RefuseReward(ground="Сәлем"),
    offence.ReportCorruption(reporter="ab" * 32),
    offence.AcknowledgeReport(number="Сәлем"),
    offence.SortOffence(nature="criminal"),
    offence.FindNoOffence(reason="Сәлем"),
    offence.OfferAgreement(),
    offence.AskAgreement(reporter="ab" * 32),
    offence.ConcludeAgreement(),
    checks.OpenCheck(subject="Сәлем"),
    checks.PlanCheck(ground="Сәлем", plan="Сәлем"),
    checks.AppointCheck(ground="Сәлем", anonymous=True),
    checks.NotifyOfCheck(until=date(2026, 3, 27)),
    checks.BeginCheck(term="15 working days"),
    checks.SendDraft(text="Сәлем"),
    checks.SendReport(breaches=("бір", "два")),
    checks.Represent(text="Сәлем"),
    checks.RemoveBreaches(measures=("бір", "два")),
    checks.ReportOutcome(text="Сәлем"),
    checks.Invalidate(breach="Сәлем"),
    control.IssueInstruction(issuer="b.ospanov", executors=("бір", "два"), term="15 working days", urgency="urgent"),
    control.SetTerm(until=date(2026, 3, 27), executors=("бір", "два")),
    control.PlanMeasures(measures=("бір", "два")),
    control.Reassign(executors=("бір", "два"), reason="Сәлем"),
    control.Contribute(text="Сәлем"),
    control.ReportProgress(text="Сәлем"),
    control.ReportExecution(text="Сәлем"),
    control.CheckExecution(method="Сәлем", text="Сәлем"),
    control.ReviewExecution(text="Сәлем"),
    control.ReturnForRework(reason="Сәлем", clock="continue"),
    control.AskToExtend(until=date(2026, 3, 27), reason="Сәлем"),
    control.RefuseExtension(reason="Сәлем"),
    control.Remind(text="Сәлем"),
    control.TakePersonalControl(),
    control.LiftPersonalControl(),
    control.ReviewLiability(finding="Сәлем", of="Сәлем"),
    control.RemoveFromControl(),
    control.RecordRemoval(basis="Сәлем"),
    ticket.TakeTicket(ticket="A-7", sector="intake", services=("бір", "два"), priority="veteran", booked_at=AT, term="20 minutes"),
    ticket.Call(window="Сәлем", ground="Сәлем"),
    ticket.CallOverride(window="Сәлем", reason="Сәлем"),
    ticket.Serve(service="Сәлем", term="20 minutes"),
    ticket.ServeNext(service="Сәлем", term="20 minutes"),
    ticket.Help(of="Сәлем"),
    ticket.IssueSignature(),
    ticket.MarkAbsent(ground="did-not-come"),
    ticket.Recall(),
    ticket.HandOn(to="akimat-aqtobe", reason="Сәлем"),
    ticket.Leave(),
    ticket.DoneAlone(),
    ticket.Finish(result="Сәлем"),
    ticket.DeemLeft(clock="appeal.consideration", due=AT),
    booking.AskReception(official="Сәлем", booked=True, video=True),
    booking.ScheduleReception(starts_at=AT, place="Сәлем"),
    booking.MoveReception(starts_at=AT, place="Сәлем", reason="Сәлем"),
    reception.AskMore(question="Сәлем"),
    reception.RefuseReception(ground="Сәлем", reason="Сәлем"),
    reception.HoldReception(protocol="Сәлем", video=True),
    reception.Resolve(answer="Сәлем"),
    reception.Convert(case="ЖТ-2026-00000001/1"),
    reception.GiveInstruction(case="ЖТ-2026-00000001/1", to="akimat-aqtobe"),
    package.Apply(service="Сәлем", term="15 working days", required=("бір", "два"), available=("бір", "два"), papers=(package.Paper(code="Сәлем", until=date(2026, 3, 27)),), phone="Сәлем", consent=True),
    package.RefuseToAccept(missing=("бір", "два"), expired=("бір", "два"), receipt="Сәлем"),
    refusal.Refuse(ground="Сәлем", reason="Сәлем", unheard="Сәлем"),
    counter.TakeIn(number="Сәлем"),
    counter.HandOver(),
    counter.Check(),
    counter.SendResult(),
    counter.Issue(),
    counter.DeemUncollected(clock="appeal.consideration", due=AT),
    retaliation.ReportRetaliation(reporter="ab" * 32, accepted_on=date(2026, 3, 27)),
    retaliation.SendMaterials(),
    retaliation.DecideMeasure(outcome="Сәлем"),
    retaliation.SendCopy(),
    retaliation.ContestMeasure(),
    retaliation.LetMeasureStand(ground="Сәлем"),
    retaliation.ReferMeasure(to="akimat-aqtobe"),
    retaliation.AskReexamination(),
    retaliation.DemandReexamination(),
    booking.ApproveSchedule(official="Сәлем", days=(date(2026, 3, 27),)),
    schedule.CountReception(case="ЖТ-2026-00000001/1"),
    schedule.DeemMissed(clock="appeal.consideration", due=AT),
    service_complaint.FileServiceComplaint(addressee="provider", service="Сәлем", social=True),
    service_complaint.RegisterForQuality(number="Сәлем"),
    service_complaint.RegisterSocial(number="Сәлем"),
    service_complaint.ExtendServiceComplaint(until=date(2026, 3, 27), reason="Сәлем", ground="additional-study"),
    several.ApplyForSeveral(services=("бір", "два")),
    several.SplitOff(case="ЖТ-2026-00000001/1", service="Сәлем"),
    several.AnswerAll(),
    standard.ScheduleVisit(subject="Сәлем"),
    standard.InspectOffice(checked=(standard.Answer(item="Сәлем", met=True, note="Сәлем"),), text="Сәлем"),
    standard.PresentFindings(text="Сәлем"),
    standard.OrderToStandard(case="ЖТ-2026-00000001/1", term="1 month"),
    standard.RecheckOffice(checked=(standard.Answer(item="Сәлем", met=True, note="Сәлем"),), text="Сәлем"),
    standard.FindInConformity(),
    standard.EscalateFindings(above="Сәлем", reason="Сәлем"),
    retaliation.DeclineReexamination(ground="Сәлем"),
    service_complaint.DecideServiceComplaint(outcome="Сәлем", unheard="Сәлем", next_step="quality-body"),
    control.RecordExtension(until=date(2026, 3, 27), reason="Сәлем", basis="Сәлем"),
]  # fmt: skip


def _record(act: Act, no: int) -> Record:
    return Record(no, AT, "a.serikova", "registrar", act, "stage", "procedure/law@0123456789ab")


def _stored() -> Iterator[Sealed]:
    for no, line in enumerate(STORED.read_text("utf-8").splitlines(), start=1):
        told = json.loads(line)
        yield Sealed("golden", no, told["body"].encode(), bytes.fromhex(told["seal"]))


def test_bytes_stored_once_are_read_for_ever() -> None:
    rows = list(_stored())
    assert GOLDEN[: len(rows)] == [unseal(row).act for row in rows]
    assert ("intact", len(rows)) == (verify("golden", rows).kind, len(rows))


def test_stored_bytes_are_written_the_same_today() -> None:
    before = FIRST
    for row in _stored():
        act = unseal(row).act
        if type(act).version == parse(row.body)["act"]["v"]:
            assert row == seal("golden", _record(act, row.no), before)
        before = row.seal


def test_every_act_of_the_country_stands_in_the_stored_file() -> None:
    """A new act, or a new version of one, adds a line; a line is never changed or removed.

    Add the act to GOLDEN; what the first assertion shows is the line to add to the file.
    """
    rows = list(_stored())
    missing = [_record(act, no) for no, act in enumerate(GOLDEN, start=1)][len(rows) :]
    lines = [
        json.dumps({"body": row.body.decode(), "seal": row.seal.hex()}, ensure_ascii=False)
        for row in seal_all("golden", missing, rows[-1].seal if rows else FIRST)
    ]
    assert "" == "\n".join(lines)
    kept = {(parse(row.body)["act"]["is"], parse(row.body)["act"]["v"]) for row in rows}
    assert set() == {(kind.tag, kind.version) for kind in OURS} - kept
