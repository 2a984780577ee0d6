"""Make a journal as the first edition kept it, and what that edition answered of it. SYNTHETIC DATA.

It runs at commit d176c0d only, from a checkout of it, and writes beside itself:

    uv run python /path/to/tests/vectors/first_edition.py

`first_edition.sql` is the journal as SQL: a part of the register of `examples/register`, kept by
`openakimat check --journal`, and cases of every procedure, kept by a desk. `first_edition.json`
is what that desk answered. Neither is ever made anew: they are what a journal written before the
stored form changed looks like.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs

import openakimat as oa
from openakimat import kz
from openakimat.adapters import sql
from openakimat.kz.appeal import acts as appeal
from openakimat.kz.complaint import acts as redress
from openakimat.kz.corruption import acts as trust, reporter
from openakimat.kz.front_office.acts import Answer, InspectOffice, PresentFindings, ScheduleVisit
from openakimat.kz.inspection import acts as quality
from openakimat.kz.instruction import acts as control
from openakimat.kz.retaliation.acts import AskReexamination, ReportRetaliation
from openakimat.kz.roles import (
    ANTICORRUPTION,
    CONSULTED,
    CONTROLLER,
    DEPUTY,
    EXECUTOR,
    HEAD,
    INSPECTOR,
    OPERATOR,
    REGISTRAR,
)
from openakimat.kz.service_complaint.acts import FileServiceComplaint

HERE, REGISTER = Path(__file__).parent, Path("examples/register/mixed.csv")
# So that a case of 2025 goes on under the wording of 2026: by default it stays under its own.
READINGS = {"governing": "act"}
OFFICE = kz.office("yesil", readings=READINGS)
NOW = datetime.fromisoformat("2026-04-10T18:30+05:00")

CLERK = oa.Official("clerk", {REGISTRAR, OPERATOR}, "Сәуле Ахметова")
EXPERT = oa.Official("expert", {EXECUTOR}, "Олег Бондарь")
AKIM = oa.Official("akim", {HEAD}, "Мұрат Сәтбаев")
LENT = oa.Mandate("akim", {HEAD}, "order 7-k", date(2026, 1, 5), date(2026, 3, 31))
VICE = oa.Official("vice", {DEPUTY}, "Әлия Нұрланова", mandates=(LENT,))
WATER = oa.Official("water", {CONSULTED}, "Рустам Әлиев")
CONTROL = oa.Official("control", {CONTROLLER}, "Ольга Ким")
QUALITY = oa.Official("quality", {INSPECTOR, HEAD}, "Лаура Сейітова")
SERVICE = oa.Official("service", {ANTICORRUPTION}, "Нұрлан Исаев")
AIGUL = kz.Applicant("Айгүл Оспанова", iin="850817400123", address="Есіл, Абай көшесі, 1", id="a-1")
DAMIR = kz.Applicant("Дамир «Д\\Ж» Сапаров", id="damir")
FIRM = kz.Applicant("ТОО «Ақжол»", bin="990140000126", id="firm")
WHO = reporter.committed(AIGUL, bytes(range(32)))
NOBODY, REPORTER = reporter.pseudonym(), reporter.pseudonym(WHO)


def service(code: str, *papers: str, of: str = "") -> kz.request.Apply:
    """A service of the sample register asked for, alone or as part of one application."""
    links = (oa.Link(of, "child-of"),) if of else ()
    told = kz.request.services()[code].applied(channel="portal", papers=papers)
    return kz.request.Apply(**told, links=links)


FOUND = tuple(Answer(item, item != "accessibility") for item in kz.front_office.checklist())
CONSULTED_ABOUT = kz.consultation.Ask(
    body="water", silence_agrees=True, links=(oa.Link("request-2026-1", "child-of"),)
)
COMPLAINT = redress.FileComplaint(
    channel="paper",
    body="yesil",
    learnt_on=date(2026, 2, 16),
    links=(oa.Link("appeal-2026-2", "about"),),
)
INSTRUCTION = control.IssueInstruction(
    executors=("expert",), term="1 month", links=(oa.Link("appeal-2025-1", "about"),)
)
CONVERTED = oa.Receive(channel="reception", links=(oa.Link("reception-2026-1", "converted-from"),))

Row = tuple[str, str, Any, Any]
"""When; in which case, or, to open one, of which procedure; what, or nothing for the law; by whom."""

ROWS: tuple[Row, ...] = (
    # received under the Code of 2021, extended and answered under its wording of 2026
    ("2025-12-17 18:45", "appeal", oa.Receive(channel="paper", topic="land"), AIGUL),
    ("2025-12-18 09:10", "appeal-2025-1", oa.Register(), CLERK),
    ("2025-12-18 10:00", "appeal-2025-1", kz.appeal.Accept(), EXPERT),
    ("2025-12-22 10:00", "appeal-2025-1", kz.appeal.Assign("expert", also=("land",)), AKIM),
    ("2026-01-08 11:00", "appeal-2025-1", kz.appeal.Extend(date(2026, 2, 9), "a survey"), VICE),
    ("2026-01-08 12:00", "appeal-2025-1", kz.appeal.Notify("extension"), CLERK),
    ("2026-01-09 10:00", "instruction", INSTRUCTION, AKIM),
    ("2026-01-09 11:00", "instruction-2026-1", kz.appeal.Accept(), EXPERT),
    ("2026-01-20 11:00", "instruction-2026-1", control.TakePersonalControl(), AKIM),
    (
        "2026-01-21 11:00",
        "instruction-2026-1",
        control.AskToExtend(date(2026, 2, 20), "snow"),
        EXPERT,
    ),
    ("2026-01-22 11:00", "instruction-2026-1", kz.appeal.Extend(date(2026, 2, 20), "snow"), AKIM),
    ("2026-02-06 11:00", "appeal-2025-1", kz.appeal.Decide("favourable"), VICE),
    ("2026-02-18 12:00", "instruction-2026-1", control.ReportExecution("мерзімінде"), EXPERT),
    # silence: nobody answers, and the law refuses
    ("2026-02-02 10:00", "appeal", oa.Receive(channel="e-otinish", topic="gas"), DAMIR),
    ("2026-02-02 10:15", "appeal-2026-1", oa.Register(), CLERK),
    ("2026-02-02 11:00", "appeal-2026-1", kz.appeal.Accept(), EXPERT),
    ("2026-03-02 09:00", "appeal-2026-1", None, None),
    # heard, refused, told, closed; and what was complained of
    ("2026-02-03 10:00", "appeal", oa.Receive(channel="paper", topic="housing"), DAMIR),
    ("2026-02-03 10:15", "appeal-2026-2", oa.Register(), CLERK),
    ("2026-02-03 11:00", "appeal-2026-2", kz.appeal.Accept(), EXPERT),
    ("2026-02-05 11:00", "appeal-2026-2", kz.appeal.Propose("burdening", "no right"), EXPERT),
    ("2026-02-06 11:00", "appeal-2026-2", kz.appeal.Object("есть право"), DAMIR),
    ("2026-02-10 11:00", "appeal-2026-2", kz.appeal.Hear("1"), EXPERT),
    ("2026-02-11 11:00", "appeal-2026-2", appeal.SignProtocol(), EXPERT),
    ("2026-02-13 11:00", "appeal-2026-2", kz.appeal.Decide("burdening"), AKIM),
    ("2026-02-16 11:00", "appeal-2026-2", kz.appeal.Deliver("e-otinish"), CLERK),
    ("2026-02-17 11:00", "complaint", COMPLAINT, DAMIR),
    ("2026-02-17 11:30", "complaint-2026-1", oa.Register(), CLERK),
    ("2026-02-18 11:00", "complaint-2026-1", redress.Forward("oblast"), CLERK),
    ("2026-03-10 11:00", "appeal-2026-2", appeal.Rate(2), DAMIR),
    ("2026-03-11 11:00", "appeal-2026-2", appeal.Close(), AKIM),
    # to be corrected, so paused; a part of it is another body's; taken back
    ("2026-02-09 10:00", "appeal", oa.Receive(channel="paper"), FIRM),
    ("2026-02-09 10:15", "appeal-2026-3", oa.Register("ЖТ-2026-Ф7"), CLERK),
    ("2026-02-09 11:00", "appeal-2026-3", appeal.RedirectPart("ЖТ-7/1", "roads", ("x",)), CLERK),
    (
        "2026-02-10 11:00",
        "appeal-2026-3",
        appeal.AskToCorrect(date(2026, 2, 18), ("signature",)),
        CLERK,
    ),
    ("2026-02-13 11:00", "appeal-2026-3", appeal.Correct(), FIRM),
    ("2026-02-16 11:00", "appeal-2026-3", kz.appeal.Withdraw(), FIRM),
    # a notification, the simplified procedure
    ("2026-03-02 10:00", "simplified", oa.Receive("notification", "egov", "light"), AIGUL),
    ("2026-03-02 10:10", "simplified-2026-1", oa.Register(), CLERK),
    # services: one asks another body, which is silent; one of two applied for together
    ("2026-02-16 10:00", "request", service("S-09", "project"), FIRM),
    ("2026-02-16 10:10", "request-2026-1", oa.Register(), CLERK),
    ("2026-02-16 10:30", "request-2026-1", kz.appeal.Accept(), EXPERT),
    ("2026-02-16 11:00", "consultation", CONSULTED_ABOUT, EXPERT),
    (
        "2026-02-16 11:00",
        "request-2026-1",
        kz.consultation.Consult("consultation-2026-1", body="water"),
        EXPERT,
    ),
    ("2026-03-03 10:00", "request-2026-1", kz.appeal.Decide("rendered"), AKIM),
    ("2026-03-03 10:10", "request-2026-1", kz.request.Issue(), CLERK),
    (
        "2026-03-04 10:00",
        "one-application",
        kz.one_application.ApplyForSeveral(services=("S-01", "S-07")),
        AIGUL,
    ),
    ("2026-03-04 10:10", "one-application-2026-1", oa.Register(), CLERK),
    ("2026-03-04 10:20", "request", service("S-01", of="one-application-2026-1"), AIGUL),
    (
        "2026-03-04 10:20",
        "one-application-2026-1",
        kz.one_application.SplitOff("request-2026-2", service="S-01"),
        CLERK,
    ),
    (
        "2026-03-04 11:00",
        "service-complaint",
        FileServiceComplaint(addressee="body", service="S-07"),
        DAMIR,
    ),
    # personal reception: a month of it missed; one held, and what was said became an appeal
    (
        "2026-02-02 09:10",
        "reception-month",
        kz.reception.ApproveSchedule(official="vice", days=(date(2026, 2, 17),)),
        AKIM,
    ),
    ("2026-03-02 09:00", "reception-month-2026-1", None, None),
    ("2026-03-03 09:00", "reception", kz.reception.AskReception(official="akim"), AIGUL),
    ("2026-03-03 09:10", "reception-2026-1", oa.Register(), CLERK),
    (
        "2026-03-03 09:20",
        "reception-2026-1",
        kz.reception.ScheduleReception(datetime.fromisoformat("2026-03-05T10:00+05:00"), "1"),
        CLERK,
    ),
    ("2026-03-05 10:00", "reception-2026-1", kz.reception.HoldReception("1"), AKIM),
    ("2026-03-05 10:30", "appeal", CONVERTED, AIGUL),
    ("2026-03-05 10:30", "reception-2026-1", kz.reception.Convert("appeal-2026-4"), CLERK),
    # a visit that is served, and one whose visitor is gone by night
    (
        "2026-03-05 09:01",
        "visit",
        kz.visit.TakeTicket(ticket="1", priority="disability", term="20 minutes"),
        AIGUL,
    ),
    ("2026-03-05 09:25", "visit-2026-1", kz.visit.Call("1", ground="disability"), CLERK),
    ("2026-03-05 09:26", "visit-2026-1", kz.visit.Serve("S-04"), CLERK),
    ("2026-03-05 09:40", "visit-2026-1", kz.visit.Finish(), CLERK),
    ("2026-03-05 09:50", "visit", kz.visit.TakeTicket(ticket="2", term="20 minutes"), DAMIR),
    ("2026-03-06 09:00", "visit-2026-2", None, None),
    # corruption: one whose reporter left a commitment, one without a name, one dismissed for it
    (
        "2026-03-03 12:00",
        "corruption",
        trust.ReportCorruption(channel="phone", reporter=WHO, summary="за место в очереди"),
        REPORTER,
    ),
    ("2026-03-03 12:10", "corruption-2026-1", oa.Register(), CLERK),
    ("2026-03-03 12:20", "corruption-2026-1", kz.appeal.Redirect("anti-corruption-service"), CLERK),
    ("2026-03-04 12:20", "corruption-2026-1", trust.AcknowledgeReport("КУИ-7"), SERVICE),
    ("2026-03-04 12:30", "corruption-2026-1", trust.SortOffence("criminal"), SERVICE),
    ("2026-03-03 13:00", "corruption", trust.ReportCorruption(channel="box"), NOBODY),
    (
        "2026-02-18 15:00",
        "retaliation",
        ReportRetaliation(accepted_on=date(2025, 11, 20)),
        NOBODY,
    ),
    ("2026-02-19 09:15", "retaliation-2026-1", AskReexamination(), NOBODY),
    # who checks the quality of services, and a front office
    ("2026-02-26 10:00", "inspection", quality.OpenCheck(subject="yesil"), QUALITY),
    ("2026-02-26 10:30", "inspection-2026-1", quality.AppointCheck("appeals"), QUALITY),
    ("2026-02-26 11:00", "inspection-2026-1", quality.NotifyOfCheck(date(2026, 3, 3)), QUALITY),
    ("2026-03-03 15:15", "inspection-2026-1", quality.BeginCheck("10 working days"), QUALITY),
    ("2026-03-10 15:15", "inspection-2026-1", quality.SendDraft("a draft"), QUALITY),
    ("2026-02-27 17:00", "front-office-check", ScheduleVisit(subject="yesil"), QUALITY),
    ("2026-03-03 15:30", "front-office-check-2026-1", InspectOffice(FOUND), QUALITY),
    ("2026-03-03 15:50", "front-office-check-2026-1", PresentFindings("no ramp"), QUALITY),
)


def keep_register(url: str, folder: Path) -> None:
    """A part of the register of the example, kept by the command line."""
    head, *rows = REGISTER.read_text("utf-8").splitlines()
    part = folder / "part.csv"
    part.write_text("\n".join([head, *rows[5::27]]), "utf-8")
    command = [sys.executable, "-m", "openakimat", "check", str(part), "--journal", url]
    told = ["--office", OFFICE.body.id, "--at", NOW.isoformat(), "--reading", "governing=act"]
    ran = subprocess.run([*command, *told], check=False, capture_output=True, text=True)
    if ran.returncode not in {0, 1}:
        raise SystemExit(ran.stdout + ran.stderr)


def perform(desk: oa.Desk, row: Row) -> None:
    """One row put to a desk."""
    when, where, act, by = row
    at = datetime.fromisoformat(f"{when}+05:00")
    if act is None:
        desk.lapse(where, at=at)
    elif isinstance(act, oa.Receive):
        told = {field.name: getattr(act, field.name) for field in attrs.fields(type(act))}
        received = {name: value for name, value in told.items() if value is not None}
        desk.open(where, at=at, by=by, **received)
    else:
        desk.perform(where, act, at=at, by=by, beside=tuple(desk.files()))


def answered(desk: oa.Desk, file: oa.Case) -> dict[str, Any]:
    """What the first edition answered of one case."""
    return {
        "stage": file.stage,
        "under": file.under,
        "records": [[record.act.tag, record.at.isoformat()] for record in file.records],
        "deadlines": [
            {
                "limit": one.limit,
                "last_day": one.last_day and one.last_day.isoformat(),
                "at": one.at.isoformat(),
                "stopped_at": one.stopped_at and one.stopped_at.isoformat(),
            }
            for one in desk.deadlines(file.id)
        ],
    }


def main() -> None:
    """Write the journal and the answers."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "first.db")
        url = f"sqlite:///{path}"
        keep_register(url, Path(folder))
        journal, numbers = sql.Journal(url), sql.Numbers(url)
        desk = oa.Desk(OFFICE, journal=journal, numbers=numbers)
        # In the order they stand, which is not that of their days: one case after another.
        for row in ROWS:
            perform(desk, row)
        found, woken = desk.verify(), desk.next_wakeup()
        answers = {
            "office": OFFICE.body.id,
            "readings": READINGS,
            "at": NOW.isoformat(),
            "verify": [found.n_records, found.n_cases, len(found.broken)],
            "next_wakeup": woken and [woken[0].isoformat(), woken[1]],
            "docket": {line.case: line.standing.value for line in desk.docket(at=NOW)},
            "cases": {file.id: answered(desk, file) for file in desk.files()},
        }
        journal.close()
        numbers.close()
        with sqlite3.connect(path) as plain:
            dump = "\n".join(plain.iterdump())
        plain.close()
    (HERE / "first_edition.sql").write_text(dump + "\n", "utf-8")
    text = json.dumps(answers, ensure_ascii=False, indent=1)
    (HERE / "first_edition.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
