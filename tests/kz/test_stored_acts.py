"""What the acts of the country are stored as, for ever."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import attrs
import pytest

from openakimat import kz
from openakimat.case.act import VOCABULARY, Act
from openakimat.case.acts import (
    AdoptLaw,
    Attach,
    InnerNote,
    Look,
    Move,
    Receive,
    Rectify,
    Seclude,
    Shift,
)
from openakimat.case.people import Applicant
from openakimat.case.record import Record
from openakimat.chart.procedure import ProcedureType
from openakimat.kz.acts import (
    Annul,
    AskFile,
    ConfirmReceipt,
    CorrectSlip,
    DecideRecusal,
    DecideRemarks,
    JoinFile,
    Recuse,
    RegisterRedirected,
    RemarkOnProtocol,
    ReportSlip,
    ShowFile,
    WaiveHearing,
)
from openakimat.kz.complaint import acts as redress
from openakimat.kz.consultation import Ask, Consult, DeemAgreed, GiveOpinion
from openakimat.kz.corruption.acts import (
    AcknowledgeReport,
    AskAgreement,
    ConcludeAgreement,
    FindNoOffence,
    OfferAgreement,
    PayReward,
    RecordVerdict,
    RefuseReward,
    ReportCorruption,
    SortOffence,
)
from openakimat.kz.front_office import (
    Answer,
    EscalateFindings,
    FindInConformity,
    InspectOffice,
    OrderToStandard,
    PresentFindings,
    RecheckOffice,
    ScheduleVisit,
)
from openakimat.kz.information_request.acts import AnswerOrally, RefuseInformation
from openakimat.kz.inspection.acts import (
    AppointCheck,
    BeginCheck,
    ChangeTeam,
    Invalidate,
    NotifyOfCheck,
    OpenCheck,
    PlanCheck,
    RemoveBreaches,
    ReportOutcome,
    Represent,
    SendDraft,
    SendReport,
)
from openakimat.kz.instruction import acts as control
from openakimat.kz.one_application import AnswerAll, ApplyForSeveral, SplitOff
from openakimat.kz.reception.acts import (
    ApproveSchedule,
    AskMore,
    AskReception,
    Convert,
    GiveInstruction,
    HoldReception,
    MoveReception,
    RefuseReception,
    Resolve,
    ScheduleReception,
)
from openakimat.kz.reception_month import CountReception, DeemMissed
from openakimat.kz.request.acts import (
    Apply,
    Check,
    DeemIssued,
    DeemReceived,
    DeemUncollected,
    HandOver,
    Issue,
    Paper,
    Refuse,
    RefuseToAccept,
    SendResult,
    TakeIn,
)
from openakimat.kz.retaliation import (
    AskReexamination,
    ContestMeasure,
    DecideMeasure,
    DeclineReexamination,
    DemandReexamination,
    LetMeasureStand,
    ReferMeasure,
    ReportRetaliation,
    SendCopy,
    SendMaterials,
)
from openakimat.kz.service_complaint.acts import (
    DecideServiceComplaint,
    ExtendServiceComplaint,
    FileServiceComplaint,
    RegisterForQuality,
    RegisterSocial,
)
from openakimat.kz.visit import acts as ticket
from openakimat.trail.canonical import parse
from openakimat.trail.codec import plain
from openakimat.trail.commitments import Persons
from openakimat.trail.seal import FIRST, Sealed, seal, unseal, verify

AT = datetime.fromisoformat("2026-03-18T18:40:00+05:00")
OURS = [kind for kind in VOCABULARY.values() if kind.__module__.startswith("openakimat.")]
VECTORS = Path(__file__).parents[1] / "vectors"
STORED = VECTORS / "stored_acts.jsonl"
SECOND_FORM = VECTORS / "second_form.jsonl"
FIRST_STORED = VECTORS / "stored_records.jsonl"

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
    Ask(body="Сәлем", silence_agrees=True),
    GiveOpinion(outcome="Сәлем", reason="Сәлем"),
    DeemAgreed(clock="appeal.consideration", due=AT),
    Consult(case="ЖТ-2026-00000001/1", body="Сәлем"),
    RecordVerdict(guilty=True),
    PayReward(offence="administrative", on=date(2026, 3, 27), damage=3),
    RefuseReward(ground="Сәлем"),
    ReportCorruption(reporter="ab" * 32),
    AcknowledgeReport(number="Сәлем"),
    SortOffence(nature="criminal"),
    FindNoOffence(reason="Сәлем"),
    OfferAgreement(),
    AskAgreement(reporter="ab" * 32),
    ConcludeAgreement(),
    OpenCheck(subject="Сәлем"),
    PlanCheck(ground="Сәлем", plan="Сәлем"),
    AppointCheck(ground="Сәлем", anonymous=True),
    NotifyOfCheck(until=date(2026, 3, 27)),
    BeginCheck(term="15 working days"),
    SendDraft(text="Сәлем"),
    SendReport(breaches=("бір", "два")),
    Represent(text="Сәлем"),
    RemoveBreaches(measures=("бір", "два")),
    ReportOutcome(text="Сәлем"),
    Invalidate(breach="Сәлем"),
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
    AskReception(official="Сәлем", booked=True, video=True),
    ScheduleReception(starts_at=AT, place="Сәлем"),
    MoveReception(starts_at=AT, place="Сәлем", reason="Сәлем"),
    AskMore(question="Сәлем"),
    RefuseReception(ground="Сәлем", reason="Сәлем"),
    HoldReception(protocol="Сәлем", video=True),
    Resolve(answer="Сәлем"),
    Convert(case="ЖТ-2026-00000001/1"),
    GiveInstruction(case="ЖТ-2026-00000001/1", to="akimat-aqtobe"),
    Apply(service="Сәлем", term="15 working days", required=("бір", "два"), available=("бір", "два"), papers=(Paper(code="Сәлем", until=date(2026, 3, 27)),), phone="Сәлем", consent=True),
    RefuseToAccept(missing=("бір", "два"), expired=("бір", "два"), receipt="Сәлем"),
    Refuse(ground="Сәлем", reason="Сәлем", unheard="Сәлем"),
    TakeIn(number="Сәлем"),
    HandOver(),
    Check(),
    SendResult(),
    Issue(),
    DeemUncollected(clock="appeal.consideration", due=AT),
    ReportRetaliation(reporter="ab" * 32, accepted_on=date(2026, 3, 27)),
    SendMaterials(),
    DecideMeasure(outcome="Сәлем"),
    SendCopy(),
    ContestMeasure(),
    LetMeasureStand(ground="Сәлем"),
    ReferMeasure(to="akimat-aqtobe"),
    AskReexamination(),
    DemandReexamination(),
    ApproveSchedule(official="Сәлем", days=(date(2026, 3, 27),)),
    CountReception(case="ЖТ-2026-00000001/1"),
    DeemMissed(clock="appeal.consideration", due=AT),
    FileServiceComplaint(addressee="provider", service="Сәлем", social=True),
    RegisterForQuality(number="Сәлем"),
    RegisterSocial(number="Сәлем"),
    ExtendServiceComplaint(until=date(2026, 3, 27), reason="Сәлем", ground="additional-study"),
    ApplyForSeveral(services=("бір", "два")),
    SplitOff(case="ЖТ-2026-00000001/1", service="Сәлем"),
    AnswerAll(),
    ScheduleVisit(subject="Сәлем"),
    InspectOffice(checked=(Answer(item="Сәлем", met=True, note="Сәлем"),), text="Сәлем"),
    PresentFindings(text="Сәлем"),
    OrderToStandard(case="ЖТ-2026-00000001/1", term="1 month"),
    RecheckOffice(checked=(Answer(item="Сәлем", met=True, note="Сәлем"),), text="Сәлем"),
    FindInConformity(),
    EscalateFindings(above="Сәлем", reason="Сәлем"),
    DeclineReexamination(ground="Сәлем"),
    DecideServiceComplaint(outcome="Сәлем", unheard="Сәлем", next_step="quality-body"),
    control.RecordExtension(until=date(2026, 3, 27), reason="Сәлем", basis="Сәлем"),
    DeemIssued(clock="request.service", due=AT),
    DeemReceived(clock="request.handing-over", due=AT),
    ChangeTeam(inspectors=("Сәлем",)),
    redress.CopyDecision(),
    ConfirmReceipt(of="propose"),
    RegisterRedirected(number="Сәлем", sent_by="oblast"),
    WaiveHearing(),
    JoinFile(to="khromtau/appeal-2026-1"),
    AskFile(),
    ShowFile(),
    Recuse(ground="Сәлем", official="Сәлем", facts="Сәлем"),
    DecideRecusal(granted=True),
    ReportSlip(slip="Сәлем"),
    CorrectSlip(slip="Сәлем"),
    Annul(ground="Сәлем", reason="Сәлем"),
    RemarkOnProtocol(text="Сәлем"),
    DecideRemarks(outcome="partly"),
    AnswerOrally(topic="schedule"),
    RefuseInformation(ground="restricted", reason="Сәлем"),
    AdoptLaw(
        basis="a proclamation", old="law/khromtau@0", new="law/khromtau@1",
        shifts=(Shift("khromtau/appeal-2026-1", "appeal.consideration", "2026-09-21", "2026-09-18", -1),),
        why=("day 2026-08-31: day off becomes working day",), uncounted=("khromtau/appeal-2026-2",),
    ),
    Attach(name="Сәлем.pdf", media_type="application/pdf", size=3, sha256="ab" * 32),
    InnerNote(text="Сәлем"),
    Seclude(open_to=("head",), reason="Сәлем"),
    Look(why="Сәлем"),
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


def test_what_is_stored_is_written_the_same_today_but_for_what_a_seal_adds() -> None:
    for row in _stored():
        act, told = unseal(row).act, parse(row.body)
        if type(act).version == told["act"]["v"]:
            del told["case"], told["prev"]
            assert told == plain(_record(act, row.no))


OF_THE_ENGINE: list[Act] = [
    Receive(topic="Сәлем", applicant=Applicant("Айгерім", id="a-7")),
    Move(leaves="considered"),
    Rectify(1, Receive(topic="Сәлем", channel="paper"), "Сәлем"),
]


def _second_form() -> Iterator[Sealed]:
    """The acts sealed in the second form, with salts of zeros: the same bytes each time."""
    before, persons = FIRST, Persons()
    for no, act in enumerate((*OF_THE_ENGINE, *GOLDEN), start=1):
        one = attrs.evolve(_record(act, no), office="khromtau", entered=AT + timedelta(days=1))
        row = seal("golden", one, before, salt=bytes, persons=persons)
        yield row
        before = row.seal


@pytest.mark.thorough
def test_the_second_form_is_written_for_ever_as_it_was_first() -> None:
    """A line is never changed or removed; what the assertion shows is the line to add."""
    lines = [
        json.dumps(
            {"body": r.body.decode(), "private": r.private.decode(), "seal": r.seal.hex()},
            ensure_ascii=False,
        )
        for r in _second_form()
    ]
    assert SECOND_FORM.read_text("utf-8").splitlines() == lines


def test_the_second_form_is_read_for_ever() -> None:
    rows = []
    for no, line in enumerate(SECOND_FORM.read_text("utf-8").splitlines(), start=1):
        told = json.loads(line)
        body, private = told["body"].encode(), told["private"].encode()
        rows.append(Sealed("golden", no, body, bytes.fromhex(told["seal"]), private, "khromtau"))
    acts = [*OF_THE_ENGINE, *GOLDEN][: len(rows)]
    assert acts == [unseal(row).act for row in rows]
    assert ("intact", len(rows)) == (verify("golden", rows).kind, len(rows))


@pytest.mark.thorough
def test_every_act_stands_in_a_stored_file() -> None:
    """A new act, or a new version of one, is added to GOLDEN, and its line to the second form.

    Not of the quick lane: whoever tries an act out stores it when it is to stay.
    """
    files = (STORED, FIRST_STORED, SECOND_FORM)
    lines = (line for file in files for line in file.read_text("utf-8").splitlines())
    acts = (parse(json.loads(line)["body"].encode())["act"] for line in lines)
    assert set() == {(kind.tag, kind.version) for kind in OURS} - {(a["is"], a["v"]) for a in acts}


@pytest.mark.thorough  # whoever tries an act out names it when it is to stay
@pytest.mark.parametrize(
    "chart",
    [chart for charts in kz.PROCEDURES for chart in charts],
    ids=lambda chart: chart.__name__,
)
def test_the_face_of_a_procedure_has_every_act_of_its_charts(chart: ProcedureType) -> None:
    """A developer finds at `kz.appeal` whatever an appeal may have done to it."""
    # The folder of the procedure, of which its charts are a room, or which they are themselves.
    face = importlib.import_module(".".join(chart.__module__.split(".")[:3]))
    tags = {chart.table.opening.act, *(tag for _, tag in chart.table.rows)}
    acts = [
        VOCABULARY[tag] for tag in tags if VOCABULARY[tag].__module__.startswith("openakimat.kz")
    ]
    assert [] == sorted(act.__name__ for act in acts if not hasattr(face, act.__name__))
