"""Make registers of a front office: Yesil, November 2025 to March 2026. SYNTHETIC DATA.

Applications and simpler appeals, complaints, public services, personal receptions and instructions,
drawn with a fixed seed: who, when and about what is invented, and so are the volumes. Most is done in
time; a few rows are late, a few tell of what the law does not allow.

Appeals of the same months are written once more as offices keep them: in Russian as a spreadsheet,
in Kazakh as a text in KZ-1048 (the letters of Kazakh are not all in cp1251), with title lines, heads
of two lines, times of many spellings, words for nothing and numbers of persons nobody has. Their
mappings are what ``openakimat look FILE --draft`` drafts.

    uv run python examples/register/make_register.py
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path

from xlsxwriter import Workbook

from openakimat import kz
from openakimat.calendar import terms

SEED = 20260331
FIRST, LAST = date(2025, 11, 3), date(2026, 3, 31)
CALENDAR = kz.office("yesil").calendar
COLUMNS = (
    "number",
    "kind",
    "channel",
    "topic",
    "official",
    "executor",
    "service",
    "term",
    "due_on",
    "received_at",
    "registered_at",
    "redirected_at",
    "redirected_to",
    "proposed_at",
    "scheduled_for",
    "held_at",
    "held_by",
    "protocol",
    "converted_to",
    "answered_at",
    "outcome",
    "refused_at",
    "refusal_ground",
    "refusal_reason",
    "unheard",
    "issued_at",
    "reported_at",
    "removed_at",
    "self_corrected_at",
    "forwarded_at",
    "forwarded_to",
    "addressee",
    "next_step",
    "delivered_at",
)
TOPICS = ("roads", "street lighting", "water", "land", "housing", "employment", "greening", "gas")
OFFICIALS = ("akim", "deputy-social", "deputy-economy")
EXECUTORS = ("roads", "housing", "land", "employment")
TOGETHER = {
    "answered_at": ("outcome", "converted_to", "next_step"),
    "forwarded_at": ("forwarded_to",),
    "held_at": ("held_by", "protocol"),
    "refused_at": ("refusal_ground", "refusal_reason", "unheard"),
    "redirected_at": ("redirected_to",),
}
"""What a row tells only when it tells when."""
Row = dict[str, str]


def moment(draw: random.Random, day: date, first: int = 9, last: int = 17) -> datetime:
    """Some minute between two hours of a day."""
    return datetime.combine(day, time()) + timedelta(minutes=draw.randrange(first * 60, last * 60))


def known(row: Row) -> Row:
    """A row without what had not happened by the last day; an outcome goes with its answer."""
    left = {
        name: cell
        for name, cell in row.items()
        if not name.endswith("_at") or cell[:10] <= LAST.isoformat()
    }
    gone = {
        name for at, names in TOGETHER.items() if at in row and at not in left for name in names
    }
    return {name: cell for name, cell in left.items() if name not in gone}


def at(day: date, hour: int) -> str:
    """A full hour of a day."""
    return f"{day} {hour}:00"


def received(draw: random.Random, kind: str, channel: str) -> tuple[Row, date]:
    """What every row begins with, and the working day on which it was registered."""
    day = CALENDAR.on_or_after(FIRST + timedelta(days=draw.randrange((LAST - FIRST).days)))
    day = min(day, LAST)
    came = moment(draw, day)
    row = {"kind": kind, "channel": channel, "received_at": f"{came:%Y-%m-%d %H:%M}"}
    row["registered_at"] = f"{came + timedelta(minutes=draw.randrange(5, 25)):%Y-%m-%d %H:%M}"
    return row, day


# -- a row of each kind -----------------------------------------------------------------


def application(draw: random.Random) -> Row:
    """An application: redirected, or decided, after a hearing where it burdens."""
    row, day = received(draw, "application", draw.choice(("paper", "e-otinish", "egov")))
    row["topic"] = draw.choice(TOPICS)
    fate = draw.random()
    if fate < 0.08:
        to = {"redirected_at": at(CALENDAR.after(day, 2), 11), "redirected_to": "oblast"}
        return row | to
    days = draw.randrange(17, 24) if fate > 0.95 else draw.randrange(5, 15)
    row |= {"answered_at": at(CALENDAR.after(day, days), 16), "outcome": "favourable"}
    if 0.80 < fate <= 0.95:
        proposed = CALENDAR.after(day, days - (1 if fate > 0.93 else 4))
        row |= {"outcome": "burdening", "proposed_at": at(proposed, 10)}
    return row


def simpler(draw: random.Random) -> Row:
    """A notification, proposal, response or inquiry."""
    kind = draw.choice(("notification", "proposal", "response", "inquiry"))
    row, day = received(draw, kind, draw.choice(("paper", "e-otinish", "egov")))
    days = draw.randrange(2, 15)
    answer = {"answered_at": at(CALENDAR.after(day, days), 15), "outcome": "explained"}
    return row | answer | {"topic": draw.choice(TOPICS)}


def service(draw: random.Random) -> Row:
    """A public service of the sample register: rendered and issued, or refused on a ground."""
    asked = draw.choice(tuple(kz.request.services().values()))
    row, day = received(draw, "service", draw.choice(asked.channels))
    row |= {"topic": asked.names["en"], "service": asked.code, "term": asked.term}
    allowed = terms.term(asked.term).n
    fate = draw.random()
    if fate < 0.12:
        return row | refusal(draw, day, allowed)
    days = allowed + draw.randrange(1, 4) if fate > 0.95 else draw.randrange(allowed)
    done = CALENDAR.after(day, days) if days else day
    issued = CALENDAR.after(done, draw.randrange(1, 4))
    return row | {"answered_at": at(done, 18), "issued_at": at(issued, 10)}


def refusal(draw: random.Random, day: date, allowed: int) -> Row:
    """A service refused: with short terms nobody need be heard, with others 3 days before."""
    refused = CALENDAR.after(day, allowed - 1) if allowed > 1 else day
    row = {"refused_at": at(refused, 18), "refusal_reason": "the papers do not meet the by-law"}
    row["refusal_ground"] = draw.choice(("requirements", "false-data", "no-consent"))
    if draw.random() < 0.2:
        row["refusal_ground"] = "too-many-papers"
    if allowed < 5:
        row["unheard"] = "short-term"
    elif draw.random() < 0.7:
        row["proposed_at"] = at(CALENDAR.before(refused, 4), 18)
    return row


def reception(draw: random.Random) -> Row:
    """A reception: booked or walked in; resolved there, or turned into a written appeal."""
    row, day = received(draw, "reception", "reception")
    row |= {"topic": draw.choice(TOPICS), "official": draw.choice(OFFICIALS)}
    came = datetime.fromisoformat(row["registered_at"])
    fate = draw.random()
    held = came + timedelta(minutes=20)
    if fate < 0.6:
        held = moment(draw, CALENDAR.after(day, draw.randrange(2, 9)), 15)
        row["scheduled_for"] = f"{held:%Y-%m-%d %H:%M}"
    if fate < 0.08 and held.date() <= LAST:
        return row | {"outcome": "no-show"}
    ended = held + timedelta(minutes=30)
    row |= {"held_at": f"{held:%Y-%m-%d %H:%M}", "answered_at": f"{ended:%Y-%m-%d %H:%M}"}
    row |= {"protocol": f"{draw.randrange(1, 400)}", "outcome": "resolved"}
    if fate > 0.93:
        row["held_by"] = next(one for one in OFFICIALS if one != row["official"])
    elif fate > 0.6:
        row |= {"converted_to": "written appeal", "outcome": ""}
    return row


def instruction(draw: random.Random) -> Row:
    """An instruction on control, by a term or a last day; executed, some days late at times."""
    row, day = received(draw, "instruction", "")
    del row["registered_at"]
    row |= {"official": draw.choice(OFFICIALS), "executor": draw.choice(EXECUTORS)}
    row["topic"] = draw.choice(TOPICS)
    allowed, due_on = draw.choice((5, 10, 20)), CALENDAR.on_or_after(day + timedelta(days=30))
    if draw.random() < 0.5:
        row["term"], due_on = f"{allowed} working days", CALENDAR.after(day, allowed)
    else:
        row["due_on"] = due_on.isoformat()
    late = draw.randrange(1, 5) if draw.random() < 0.15 else 0
    done = CALENDAR.after(due_on, late) if late else CALENDAR.before(due_on, draw.randrange(1, 4))
    return row | {"reported_at": at(done, 12), "removed_at": at(CALENDAR.after(done, 1), 17)}


def complaint(draw: random.Random) -> Row:
    """A complaint: put right at once, or forwarded; satisfied, or heard and dismissed."""
    row, day = received(draw, "complaint", draw.choice(("paper", "e-otinish")))
    row["topic"] = draw.choice(TOPICS)
    fate = draw.random()
    if fate < 0.25:
        return row | {"self_corrected_at": at(CALENDAR.after(day, 2), 11)}
    row |= {"forwarded_at": at(CALENDAR.after(day, 2), 11), "forwarded_to": "oblast"}
    answered = CALENDAR.after(day, draw.randrange(10, 23))
    row |= {"answered_at": at(answered, 16), "outcome": draw.choice(("cancelled", "action"))}
    if fate > 0.6:
        row |= {"proposed_at": at(CALENDAR.before(answered, 4), 10), "outcome": "unfounded"}
        row["next_step"] = "court"
    return row


def service_complaint(draw: random.Random) -> Row:
    """A complaint about a public service, to who rendered it."""
    row, day = received(draw, "service-complaint", draw.choice(("paper", "egov")))
    asked = draw.choice(tuple(kz.request.services().values()))
    row |= {"topic": asked.names["en"], "service": asked.code}
    row["addressee"] = draw.choice(("provider", "state-corporation"))
    answered = CALENDAR.after(day, draw.randrange(2, 7))
    row |= {"answered_at": at(answered, 15), "outcome": "satisfied"}
    if draw.random() < 0.4:
        row |= {"outcome": "refused", "next_step": "quality-body"}
    return row | {"delivered_at": at(CALENDAR.after(answered, 1), 10)}


VOLUMES: Mapping[Callable[[random.Random], Row], tuple[str, int]] = {
    application: ("ЖТ", 110),
    simpler: ("ХБ", 50),
    service: ("ҚЫЗ", 95),
    reception: ("ЖҚ", 30),
    instruction: ("ТП", 20),
    complaint: ("ШҒ", 12),
    service_complaint: ("ҚШ", 8),
}
"""How many rows of each kind, and how their numbers begin."""


def rows(seed: int = SEED) -> list[Row]:
    """All rows, in the order they were received."""
    draw = random.Random(seed)  # noqa: S311 - invented data, drawn again by anyone
    made = [(series, known(make(draw))) for make, (series, n) in VOLUMES.items() for _ in range(n)]
    made.sort(key=lambda one: (one[1]["received_at"], one[0]))
    return [
        {"number": f"{series}-{row['received_at'][:4]}-{serial:05}", **row}
        for serial, (series, row) in enumerate(made, start=1)
    ]


def write(path: Path) -> None:
    """Write the register as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows())


# -- as offices keep them -----------------------------------------------------------------

MONTHS = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
}
SAID = {
    "ru": {
        "application": "Заявление",
        "inquiry": "Запрос",
        "proposal": "Предложение",
        "response": "Отклик",
        "notification": "Сообщение",
        "paper": "Нарочно",
        "e-otinish": "Е-Өтініш",
        "egov": "eGov",
        "open": "На рассмотрении",
        "answered": "Исполнено",
        "nothing": "не отвечено",
    },
    "kk": {
        "application": "Өтініш",
        "inquiry": "Сұрау салу",
        "proposal": "Ұсыныс",
        "response": "Үн қосу",
        "notification": "Хабарлама",
        "paper": "Қағаз",
        "e-otinish": "Е-Өтініш",
        "egov": "eGov",
        "open": "Қаралуда",
        "answered": "Орындалды",
        "nothing": "жоқ",
    },
}
HEADS = {
    "ru": (
        "Рег. №",
        "Вид",
        "Источник",
        "Дата поступления",
        "Срок исполнения",
        "Дата ответа",
        "ИИН",
        "Статус",
    ),
    "kk": (
        "Тіркеу нөмірі",
        "Түрі",
        "Арнасы",
        "Түскен күні",
        "Орындау мерзімі",
        "Жауап берілген күні",
        "ЖСН",
        "Күйі",
    ),
}


def spell(draw: random.Random, at: str, language: str) -> str:
    """A time in one of the ways in which it is written."""
    moment = datetime.fromisoformat(at)
    month = MONTHS[language].split()[moment.month - 1]
    word = {
        "ru": f"{moment.day} {month} {moment.year} г. {moment:%H.%M}",
        "kk": f"{moment.year} ж. {moment.day} {month} {moment:%H.%M}",
    }[language]
    hour = f"{moment.hour}:{moment:%M}"
    ways = (
        f"{moment:%d.%m.%Y} {hour}",
        f"{moment:%Y-%m-%d} {hour}",
        f"\u00a0{moment:%d.%m.%y} {hour} ",
        word,
    )
    return draw.choices(ways, (6, 2, 1, 1))[0]


def dirty(language: str, n: int = 60, seed: int = SEED) -> list[list[str]]:
    """Appeals as an office keeps them, line by line: a title, a head and rows."""
    draw, said = random.Random(f"{language}{seed}"), SAID[language]  # noqa: S311 - as above
    title = {
        "ru": "Журнал обращений (данные вымышлены)",
        "kk": "Өтініштер журналы (деректер ойдан алынған)",
    }
    lines = [[title[language]], [], list(HEADS[language])]
    appeals = [row for row in rows() if row["kind"] in said and row["channel"] in said]
    for row in appeals[:n]:
        answered = row.get("answered_at", "")
        due = CALENDAR.after(date.fromisoformat(row["received_at"][:10]), 15)
        iin = draw.choice(("", "-", "10101300128", "000000000000"))
        lines.append(
            [
                row["number"],
                said[row["kind"]],
                said[row["channel"]],
                spell(draw, row["received_at"], language),
                f"{due} 23:59:59.999999",
                spell(draw, answered, language) if answered else said["nothing"],
                iin,
                said["answered" if answered else "open"],
            ]
        )
    return lines


def write_dirty(folder: Path) -> None:
    """Write the two registers: ``russian.xlsx``, ``kazakh.csv``."""
    with Workbook(folder / "russian.xlsx") as book:
        book.set_properties({"created": datetime(2026, 3, 31)})  # noqa: DTZ001 - the same file each time
        sheet = book.add_worksheet("Журнал")
        day = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        for n, line in enumerate(dirty("ru")):
            for m, cell in enumerate(line):
                if "-" in cell[4:5] and len(cell) <= len("2026-03-31 18:30"):
                    sheet.write_datetime(
                        n, m, datetime.fromisoformat(cell.replace(" 9:", " 09:")), day
                    )
                else:
                    sheet.write_string(n, m, cell)
    with (folder / "kazakh.csv").open("w", encoding="kz1048", newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\r\n").writerows(dirty("kk"))


if __name__ == "__main__":
    write(Path(__file__).with_name("mixed.csv"))
    write_dirty(Path(__file__).parent)
