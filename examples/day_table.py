"""Who works and who comes on one day at a front office, and what they do: rows of data.

Yesil district, Tuesday 3 March 2026. People and matters are invented; each matter is there for
the clock that it shows. `day.py` plays the rows through a desk.
"""

from __future__ import annotations

from datetime import date

import attrs

import openakimat as oa
from openakimat import kz
from openakimat.case.act import Tie
from openakimat.case.people import Actor
from openakimat.kz.complaint import acts as redress
from openakimat.kz.corruption.acts import ReportCorruption
from openakimat.kz.front_office import (
    Answer,
    InspectOffice,
    OrderToStandard,
    PresentFindings,
    ScheduleVisit,
)
from openakimat.kz.inspection.acts import AppointCheck, BeginCheck, NotifyOfCheck, OpenCheck
from openakimat.kz.instruction import acts as control
from openakimat.kz.retaliation import AskReexamination, DemandReexamination, ReportRetaliation
from openakimat.kz.roles import (
    ANTICORRUPTION,
    CHIEF_OF_STAFF,
    CONSULTED,
    CONTROLLER,
    DEPUTY,
    EXECUTOR,
    HEAD,
    INSPECTOR,
    OPERATOR,
    REGISTRAR,
    SPECIALIST,
    SUPERIOR,
)
from openakimat.kz.service_complaint.acts import DecideServiceComplaint, FileServiceComplaint

DAY = date(2026, 3, 3)

# -- who ------------------------------------------------------------------------------

AKIM = oa.Official("akim", {HEAD}, "Мұрат Сәтбаев")
VICE = oa.Official("vice", {DEPUTY}, "Әлия Нұрланова")
CHIEF = oa.Official("chief", {CHIEF_OF_STAFF}, "Ержан Төлеуов")
CLERK = oa.Official("clerk", {REGISTRAR, OPERATOR}, "Сәуле Ахметова")
WINDOW = oa.Official("window-2", {OPERATOR}, "Дина Қасымова")
LAWYER = oa.Official("lawyer", {SPECIALIST}, "Тимур Жақыпов")
GUIDE = oa.Official("guide", {SPECIALIST}, "Жанна Пак")
ROADS = oa.Official("roads", {EXECUTOR}, "Олег Бондарь")
HOUSING = oa.Official("housing", {EXECUTOR}, "Гүлнар Омарова")
CONTROL = oa.Official("control", {CONTROLLER}, "Ольга Ким")
LAND = oa.Official("land", {CONSULTED}, "Рустам Әлиев")
GOVERNOR = oa.Official("governor", {SUPERIOR}, "Бауыржан Есімов")
ENVOY = oa.Official("envoy", {INSPECTOR}, "Айдос Мұқанов")
QUALITY = oa.Official("quality", {INSPECTOR, HEAD}, "Лаура Сейітова")
SERVICE = oa.Official("service", {ANTICORRUPTION}, "Нұрлан Исаев")
BOLAT = kz.Applicant("Болат Ержанов", id="bolat")
AIGUL = kz.Applicant("Айгүл Оспанова", id="aigul")
DAMIR = kz.Applicant("Дамир Сапаров", id="damir")
VERA = kz.Applicant("Вера Литвин", id="vera")
SARA = kz.Applicant("Сара Бекова", id="sara")
IGOR = kz.Applicant("Игорь Шульц", id="igor")
ASEL = kz.Applicant("Әсел Тұран", id="asel")
NOBODY = kz.corruption.pseudonym()
STAFF = (AKIM, VICE, CHIEF, CLERK, WINDOW, LAWYER, GUIDE, ROADS, HOUSING, CONTROL)
OTHERS = (LAND, GOVERNOR, ENVOY, QUALITY, SERVICE)
VISITORS = (BOLAT, AIGUL, DAMIR, VERA, SARA, IGOR, ASEL)
NAMES = {one.id: one.name for one in (*STAFF, *OTHERS, *VISITORS)}

# -- what -----------------------------------------------------------------------------


@attrs.frozen
class No:
    """An act that somebody tries, and the code with which the law refuses it."""

    act: oa.Act
    code: str


Row = tuple[str, str, oa.Act | No, Actor]
"""When (of the day, unless it says another), in which case, what, by whom."""


@attrs.frozen
class Part:
    """A part of the day: what it is called, its rows, and when the law is let act after them."""

    kk: str
    ru: str
    en: str
    rows: tuple[Row, ...] = ()
    law_acts: str = ""


def ticket(number: str, sector: str, priority: str = "") -> kz.visit.TakeTicket:
    """A ticket of a sector; the office lets people wait 20 minutes."""
    return kz.visit.TakeTicket(ticket=number, sector=sector, priority=priority, term="20 minutes")


def service(code: str, *papers: str, channel: str = "portal", of: str = "") -> kz.request.Apply:
    """A service of the sample register asked for, alone or as part of one application."""
    links = (oa.Link(of, "child-of"),) if of else ()
    return kz.request.Apply(
        **kz.request.services()[code].applied(channel=channel, papers=papers), links=links
    )


def asks(of: str, body: str) -> kz.consultation.Ask:
    """Another body is asked about a request; the law takes its silence for agreement."""
    return kz.consultation.Ask(body=body, silence_agrees=True, links=(oa.Link(of, "child-of"),))


def instruct(of: str, how: Tie, to: str, term: str) -> control.IssueInstruction:
    """An instruction that comes of another case."""
    return control.IssueInstruction(executors=(to,), term=term, links=(oa.Link(of, how),))


def receives(official: str, day: date) -> kz.reception.ApproveSchedule:
    """A month in which an official is to receive people, on one day of it."""
    return kz.reception.ApproveSchedule(official=official, days=(day,))


FOUND = tuple(Answer(item, item != "accessibility") for item in kz.front_office.checklist())
COMPLAINT = redress.FileComplaint(
    channel="paper", body="yesil", learnt_on=DAY, links=(oa.Link("A-1", "about"),)
)
DISMISSED = ReportRetaliation(accepted_on=date(2025, 11, 20))
WRITTEN = oa.Receive(channel="reception", links=(oa.Link("V-1", "converted-from"),))
EARLIER = Part(
    "Бұрын келгендер",
    "Что поступило раньше",
    "What had come in before",
    (
        ("02-02 09:10", "M-1", receives("vice", date(2026, 2, 17)), AKIM),
        ("02-09 10:05", "A-1", oa.Receive(channel="paper", topic="land"), DAMIR),
        ("02-09 10:20", "A-1", oa.Register(), CLERK),
        ("02-09 11:00", "A-1", kz.appeal.Accept(), HOUSING),
        ("02-10 09:40", "A-2", oa.Receive(channel="e-otinish", topic="street lighting"), VERA),
        ("02-10 09:50", "A-2", oa.Register(), CLERK),
        ("02-10 10:30", "A-2", kz.appeal.Accept(), ROADS),
        ("02-10 10:40", "A-2", kz.appeal.Assign("roads", also=("housing",)), VICE),
        ("02-16 10:00", "S-1", service("S-09", "project"), IGOR),
        ("02-16 10:10", "S-1", oa.Register(), CLERK),
        ("02-16 10:30", "S-1", kz.appeal.Accept(), HOUSING),
        ("02-16 11:00", "C-1", asks("S-1", "water"), HOUSING),
        ("02-16 11:00", "S-1", kz.consultation.Consult("C-1", body="water"), HOUSING),
        ("02-16 12:00", "P-0", control.IssueInstruction(executors=("housing",), until=DAY), VICE),
        ("02-16 12:30", "P-0", kz.appeal.Accept(), HOUSING),
        ("02-18 09:10", "S-2", service("S-09", "project"), ASEL),
        ("02-18 09:20", "S-2", oa.Register(), CLERK),
        ("02-18 09:40", "S-2", kz.appeal.Accept(), HOUSING),
        ("02-18 10:00", "C-2", asks("S-2", "land"), HOUSING),
        ("02-18 10:00", "S-2", kz.consultation.Consult("C-2", body="land"), HOUSING),
        ("02-18 15:00", "R-1", DISMISSED, NOBODY),
        ("02-19 09:15", "R-1", AskReexamination(), NOBODY),
        ("02-24 12:00", "SC-1", FileServiceComplaint(addressee="body", service="S-07"), SARA),
        ("02-24 12:10", "SC-1", oa.Register(), CLERK),
        ("02-26 10:00", "I-1", OpenCheck(subject="yesil"), QUALITY),
        ("02-26 10:30", "I-1", AppointCheck("appeals"), QUALITY),
        ("02-26 11:00", "I-1", NotifyOfCheck(until=DAY), QUALITY),
        ("02-27 17:00", "F-1", ScheduleVisit(subject="yesil"), GOVERNOR),
        ("03-02 09:10", "M-2", receives("akim", DAY), AKIM),
    ),
)
NIGHT = Part(
    "Түнде заң әрекет етті", "Ночью действовал закон", "Overnight the law acted", law_acts="09:00"
)
SECTORS = Part(
    "Таңертең: кезек пен секторлар",
    "Утро: очередь и секторы",
    "Morning: the queue and the sectors",
    (
        ("09:01", "T-1", ticket("1", "lawyers"), DAMIR),
        ("09:02", "T-2", ticket("2", "self-service"), SARA),
        ("09:03", "T-3", ticket("3", "intake"), BOLAT),
        ("09:04", "T-4", ticket("4", "intake"), AIGUL),
        ("09:05", "T-1", kz.visit.Call("1"), LAWYER),
        ("09:06", "T-1", kz.visit.Serve("legal advice"), LAWYER),
        ("09:07", "T-2", kz.visit.Call("portal"), GUIDE),
        ("09:08", "T-2", kz.visit.Serve("S-07"), GUIDE),
        ("09:09", "T-5", ticket("5", "intake"), IGOR),
        ("09:10", "T-6", ticket("6", "accessibility"), ASEL),
        ("09:11", "T-7", ticket("7", "accessibility", "disability"), VERA),
        ("09:12", "T-7", kz.visit.Call("ground floor", ground="disability"), WINDOW),
        ("09:13", "T-7", kz.visit.Serve("help at home"), WINDOW),
        ("09:14", "T-5", No(kz.visit.Call("2"), "queue.out-of-turn"), WINDOW),
        ("09:15", "T-5", kz.visit.CallOverride("2", "a sick child waits in the car"), VICE),
        ("09:16", "T-5", kz.visit.Serve("S-04"), WINDOW),
        ("09:17", "T-2", kz.visit.Help("certificate of an address"), GUIDE),
        ("09:19", "T-2", kz.visit.IssueSignature(), GUIDE),
        ("09:20", "T-3", kz.visit.Call("1"), CLERK),
        ("09:21", "T-3", kz.visit.Serve("appeal"), CLERK),
        ("09:22", "T-1", kz.visit.Finish("advised to complain"), LAWYER),
        ("09:25", "T-2", kz.visit.DoneAlone(), GUIDE),
        ("09:26", "T-7", kz.visit.Finish("written down"), WINDOW),
        ("09:28", "T-5", kz.visit.Finish("taken in"), WINDOW),
        ("09:29", "T-6", kz.visit.Call("ground floor"), WINDOW),
        ("09:32", "T-6", kz.visit.MarkAbsent(), WINDOW),
        ("09:36", "T-4", kz.visit.Call("2"), WINDOW),
        ("09:37", "T-4", kz.visit.HandOn("land department", "her file lies there"), WINDOW),
        ("09:50", "T-6", kz.visit.Recall(), WINDOW),
        ("09:52", "T-6", kz.visit.Leave(), ASEL),
        ("09:55", "T-8", ticket("8", "civil-registration"), DAMIR),
        ("09:57", "T-8", kz.visit.Call("4"), WINDOW),
        ("09:58", "T-8", kz.visit.Serve("birth of a daughter"), WINDOW),
        ("10:15", "T-8", kz.visit.Finish("certificate issued"), WINDOW),
    ),
)
INTAKE = Part(
    "Өтініштерді қабылдау",
    "Приём заявлений",
    "The intake desk",
    (
        ("09:24", "A-3", oa.Receive(channel="paper", topic="roads"), BOLAT),
        ("09:27", "A-3", oa.Register(), CLERK),
        ("09:29", "T-3", kz.visit.Finish("A-3"), CLERK),
        ("09:40", "A-3", kz.appeal.Accept(), ROADS),
        ("09:45", "N-1", oa.Receive("notification", "egov", "street lighting"), SARA),
        ("09:55", "N-1", oa.Register(), CLERK),
        ("10:05", "N-1", kz.appeal.Accept(), ROADS),
        ("10:10", "P-1", instruct("A-3", "about", "roads", "10 working days"), AKIM),
        ("10:12", "P-1", control.TakePersonalControl(), AKIM),
        ("10:20", "P-1", kz.appeal.Accept(), ROADS),
        ("10:21", "A-5", oa.Receive(channel="e-otinish", topic="gas"), VERA),
        ("10:23", "A-5", oa.Register(), CLERK),
        ("10:24", "A-5", kz.appeal.Redirect("oblast"), CLERK),
        ("10:24", "A-5", kz.appeal.Notify("redirection"), CLERK),
        ("10:25", "CO-1", COMPLAINT, DAMIR),
        ("10:30", "CO-1", oa.Register(), CLERK),
        ("10:40", "CO-1", redress.Forward("oblast"), CLERK),
    ),
)
SERVICES = Part(
    "Мемлекеттік көрсетілетін қызметтер",
    "Государственные услуги",
    "Public services",
    (
        ("10:45", "S-1", kz.appeal.Decide("rendered"), VICE),
        ("10:50", "S-1", kz.request.Issue(), CLERK),
        ("11:00", "S-2", No(kz.appeal.Decide("rendered"), "children.open"), VICE),
        ("11:10", "C-2", kz.consultation.GiveOpinion("positive"), LAND),
        ("11:15", "S-2", kz.appeal.Decide("rendered"), VICE),
        ("11:20", "S-2", kz.request.Issue(), CLERK),
        ("11:25", "O-1", kz.one_application.ApplyForSeveral(services=("S-01", "S-02")), AIGUL),
        ("11:27", "O-1", oa.Register(), CLERK),
        ("11:30", "S-3", service("S-01", of="O-1"), AIGUL),
        ("11:30", "O-1", kz.one_application.SplitOff("S-3", service="S-01"), CLERK),
        ("11:31", "S-4", service("S-02", channel="provider", of="O-1"), AIGUL),
        ("11:31", "O-1", kz.one_application.SplitOff("S-4", service="S-02"), CLERK),
        ("11:35", "S-3", oa.Register(), CLERK),
        ("11:36", "S-4", No(oa.Register(), "package.not-accepted"), CLERK),
        ("11:38", "S-4", kz.request.RefuseToAccept(missing=("medical",), receipt="17"), CLERK),
        ("11:45", "S-3", kz.appeal.Accept(), HOUSING),
        ("11:50", "O-1", No(kz.one_application.AnswerAll(), "children.open"), CLERK),
        ("12:10", "S-3", kz.appeal.Decide("rendered"), VICE),
        ("12:12", "S-3", kz.request.Issue(), CLERK),
        ("12:15", "O-1", kz.one_application.AnswerAll(), CLERK),
        ("12:16", "Q-1", oa.Receive("information-request", channel="paper"), SARA),
        ("12:17", "Q-1", oa.Register(), CLERK),
        ("12:18", "Q-1", kz.appeal.Decide("given"), VICE),
        ("12:18", "Q-2", oa.Receive("bailiff-inquiry", channel="paper"), BOLAT),
        ("12:19", "Q-2", oa.Register(), CLERK),
        ("12:19", "Q-2", kz.simplified.Reply(), VICE),
    ),
)
TRUST = Part(
    "Сыбайлас жемқорлыққа қарсы",
    "Против коррупции",
    "Against corruption",
    (
        ("12:20", "K-1", ReportCorruption(channel="box"), NOBODY),
        ("12:25", "K-1", oa.Register(), CLERK),
        ("12:27", "K-1", No(kz.appeal.Return("obscene"), "act.not-available"), CLERK),
        ("12:30", "K-1", kz.appeal.Redirect("anti-corruption-service"), CLERK),
        ("12:40", "R-1", DemandReexamination(), SERVICE),
    ),
)
RECEPTION = Part(
    "Әкімнің жеке қабылдауы, алдын ала жазылусыз",
    "Личный приём акима без записи",
    "The akim receives, no booking needed",
    (
        ("14:35", "V-1", kz.reception.AskReception(official="akim", booked=False), IGOR),
        ("14:36", "V-1", oa.Register(), CLERK),
        ("14:40", "V-1", No(kz.reception.HoldReception("1"), "reception.another"), VICE),
        ("14:45", "V-1", kz.reception.HoldReception("1"), AKIM),
        ("15:00", "A-4", WRITTEN, IGOR),
        ("15:00", "V-1", kz.reception.Convert("A-4"), CLERK),
        ("15:05", "A-4", oa.Register(), CLERK),
        ("15:10", "M-2", kz.reception_month.CountReception("V-1"), CHIEF),
    ),
)
CHECKED = Part(
    "Тексерушілер",
    "Проверяющие",
    "Those who check",
    (
        ("15:15", "I-1", BeginCheck("10 working days"), QUALITY),
        ("15:20", "F-1", No(InspectOffice(FOUND[1:]), "checklist.unanswered"), ENVOY),
        ("15:30", "F-1", InspectOffice(FOUND), ENVOY),
        ("15:50", "F-1", PresentFindings("there is no ramp"), ENVOY),
        ("16:00", "P-2", instruct("F-1", "child-of", "chief", "1 month"), GOVERNOR),
        ("16:00", "F-1", OrderToStandard("P-2", term="1 month"), GOVERNOR),
    ),
)
TERMS = Part(
    "Бүгін аяқталатын мерзімдер",
    "Сроки, истекающие сегодня",
    "Terms that end today",
    (
        ("16:10", "SC-1", DecideServiceComplaint("satisfied"), VICE),
        ("16:30", "A-2", No(kz.appeal.Decide("burdening"), "hearing.missing"), VICE),
        ("16:35", "A-2", kz.appeal.Decide("favourable"), VICE),
        ("16:50", "A-2", kz.appeal.Deliver("e-otinish"), CLERK),
        ("17:00", "R-1", kz.appeal.Decide("cancelled"), AKIM),
        ("17:10", "N-1", kz.simplified.Reply("explained"), VICE),
        ("17:15", "P-0", control.ReportExecution("the yards are lit"), HOUSING),
        ("17:20", "P-0", No(control.ReviewExecution(), "role.not-competent"), HOUSING),
        ("17:22", "P-0", control.ReviewExecution("seen on the place"), CONTROL),
        ("17:25", "P-0", control.RemoveFromControl(), VICE),
        ("17:30", "P-1", control.ReportProgress("the gravel is ordered"), ROADS),
        ("17:40", "P-1", No(control.LiftPersonalControl(), "personal-control.another"), VICE),
        ("18:05", "T-9", ticket("9", "chamber-of-entrepreneurs"), IGOR),
    ),
)
EVENING = Part(
    "18:30: заң мерзімі өткен істер бойынша әрекет етеді",
    "18:30: закон действует там, где срок истёк",
    "Half past six: the law acts where time has run out",
    law_acts="18:30",
)
SAID = {one.names["en"]: one.names for one in kz.request.services().values()} | {
    en: {"kk": kk, "ru": ru, "en": en}
    for en, kk, ru in (
        (
            "a sick child waits in the car",
            "көлікте ауру бала күтіп отыр",
            "в машине ждёт больной ребёнок",
        ),
        ("advised to complain", "шағымдануға кеңес берілді", "посоветовали подать жалобу"),
        ("appeal", "жолданым", "обращение"),
        ("birth of a daughter", "қызының туу туралы куәлігі", "рождение дочери"),
        ("certificate issued", "куәлік берілді", "свидетельство выдано"),
        ("certificate of an address", "мекенжай анықтамасы", "адресная справка"),
        ("gas", "газ", "газ"),
        ("ground floor", "бірінші қабат", "первый этаж"),
        ("help at home", "үйде көмек көрсету", "помощь на дому"),
        ("her file lies there", "оның ісі сонда", "её дело там"),
        ("land", "жер", "земля"),
        ("land department", "жер бөлімі", "земельный отдел"),
        ("legal advice", "заң кеңесі", "консультация юриста"),
        ("roads", "жолдар", "дороги"),
        ("seen on the place", "орнында көрілді", "осмотрено на месте"),
        ("street lighting", "көше жарығы", "уличное освещение"),
        ("taken in", "қабылданды", "принято"),
        ("the gravel is ordered", "қиыршық тасқа тапсырыс берілді", "щебень заказан"),
        ("the yards are lit", "аулалар жарықтандырылды", "дворы освещены"),
        ("there is no ramp", "пандус жоқ", "нет пандуса"),
        ("written down", "жазып алынды", "записано"),
    )
}
"""What people say and write that day, in each language: the day is played in one of them."""
PARTS = (EARLIER, NIGHT, SECTORS, INTAKE, SERVICES, TRUST, RECEPTION, CHECKED, TERMS, EVENING)
