"""One working day of a front office on the one-window principle, told from its records.

The rows of `day_table.py`, in which every procedure of the law takes part, are played in order
through one desk. What is printed is not the table but the journal: what the law made of it.

    uv run python examples/day.py        # or with kk, ru
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime

import attrs
from day_table import DAY, NAMES, PARTS, SAID, No, Row

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory
from openakimat.kz.visit import audit, queue, window
from openakimat.law.words import Words
from openakimat.register import summary
from openakimat.register.totals import total
from openakimat.report import console
from openakimat.report.columns import row_of
from openakimat.report.output import ending_with_reader
from openakimat.trail.seal import unseal

OFFICE = kz.office("yesil")

# -- played through one desk ----------------------------------------------------------


def at(when: str, /) -> datetime:
    """An instant: of the day, unless it names another of the year."""
    day = f"{DAY:%m-%d} {when}" if len(when) == len("09:00") else when
    return datetime.fromisoformat(f"{DAY.year}-{day}+05:00")


def procedure_of(act: oa.Receive, day: date, /) -> str:
    """The procedure that an act opens."""
    if type(act) is oa.Receive:
        return kz.KINDS[act.kind]
    opened = {OFFICE.table_on(code, day).opening.act: code for code in OFFICE.law.procedures}
    return opened[act.tag]


def speak(act: oa.Act, language: str, /) -> oa.Act:
    """An act, with what somebody says or writes in it in a language."""
    held = {field.name: getattr(act, field.name) for field in attrs.fields(type(act))}
    told = {name: SAID[text][language] for name, text in held.items() if _is_said(text)}
    return attrs.evolve(act, **told)


def _is_said(text: object) -> bool:
    return isinstance(text, str) and text in SAID


def perform(desk: oa.Desk, row: Row, /, language: str = "en") -> oa.Refusal | None:
    """One row put to the desk; what is foretold to be refused must be, on that very ground."""
    when, case, act, by = row
    act = No(speak(act.act, language), act.code) if isinstance(act, No) else speak(act, language)
    if isinstance(act, No):
        no = desk.may(case, act.act, at=at(when), by=by, beside=tuple(desk.files()))
        if no is None or no.code != act.code:
            raise AssertionError(f"{when} {case}: {act.code} was foretold, not {no}")
        return no
    if not isinstance(act, oa.Receive):
        desk.perform(case, act, at=at(when), by=by, beside=tuple(desk.files()))
        return None
    told = {field.name: getattr(act, field.name) for field in attrs.fields(type(act))}
    received = {name: value for name, value in told.items() if value is not None}
    moment = at(when)
    desk.open(procedure_of(act, moment.date()), id=case, at=moment, by=by, **received)
    return None


def line(desk: oa.Desk, case: str, record: oa.Record, words: Words, /) -> str:
    """A record of the journal in words."""
    act, what = record.act, words("act", record.act.tag)
    if isinstance(act, oa.Receive):
        ties = "".join(f" ({words('tie', link.how)} {link.case})" for link in act.links)
        what = f"{words('procedure', desk.case(case).procedure)}: {what}{ties}"
    if isinstance(act, kz.visit.TakeTicket):
        what += f" {act.ticket}, {words('sector', act.sector)}"
    if isinstance(act, oa.Lapse):
        what += f" ({words('limit', act.clock)})"
    who = ", ".join(filter(None, (NAMES.get(record.by), words("role", record.role))))
    day = "" if record.at.date() == DAY else f"{record.at:%d.%m}"
    stage = words("stage", record.stage)
    return f"{day:5} {record.at:%H:%M}  {case:<4}  {what} → {stage}  · {who}"


def since(desk: oa.Desk, known: int, words: Words, /) -> Iterator[str]:
    """What the journal has kept since it had so many records, in the order it happened."""
    kept = [(row.case, unseal(row)) for _, row in desk.journal.since(known)]
    return (line(desk, *one, words) for one in sorted(kept, key=lambda one: one[1].at))


def story(desk: oa.Desk, words: Words, /) -> Iterator[str]:
    """The day, told as the journal keeps it; and what the law refused, which it does not keep."""
    for part in PARTS:
        yield f"\n{getattr(part, words.language)}"
        for row in part.rows:
            known = len(tuple(desk.journal.since()))
            no = perform(desk, row, words.language)
            yield from since(desk, known, words)
            if no:
                why, *_ = words.refusal(no).splitlines()
                yield f"{'':5} {row[0]}  {row[1]:<4}  × {why}  · {NAMES[row[3].id]}"
        known = len(tuple(desk.journal.since()))
        for case in desk.journal.cases() if part.law_acts else ():
            desk.lapse(case, at=at(part.law_acts))
        yield from since(desk, known, words)


# -- at the end of the day ------------------------------------------------------------

TOLD = {
    "notices": ("Кімге не хабарлануы тиіс", "Кого и о чём надо известить", "Notices owed"),
    "queue": (
        "Кезек: {n} талон, ең ұзағы {longest} мин, уақытында {in_time}, кеш {late}",
        "Очередь: талонов {n}, дольше всего ждали {longest} мин, вовремя {in_time}, поздно {late}",
        "The queue: {n} tickets, the longest wait {longest} min, in time {in_time}, late {late}",
    ),
    "passed": (
        "  {at:%H:%M} {case} кезектен тыс шақырылды, {over} өтіп: «{reason}»",
        "  {at:%H:%M} {case} вызван вне очереди, мимо {over}: «{reason}»",
        "  {at:%H:%M} {case} was called out of turn, over {over}: “{reason}”",
    ),
    "window": (
        "Бір терезе: сақталды {kept}, бұзылды {broken}; ЭЦҚ берілді {signatures}, өзі істеді {alone}",
        "Одно окно: соблюдено {kept}, нарушено {broken}; ЭЦП выдано {signatures}, сами сделали {alone}",
        "One window: kept {kept}, broken {broken}; signatures issued {signatures}, done alone {alone}",
    ),
    "open": (
        "Шынымен ашық болды: {n_acts} әрекет, {first:%H:%M}–{last:%H:%M}; жұмыс уақытынан тыс {n_outside}",
        "Действительно открыт: действий {n_acts}, {first:%H:%M}–{last:%H:%M}; вне часов приёма {n_outside}",
        "Really open: {n_acts} acts, {first:%H:%M} to {last:%H:%M}; outside the hours {n_outside}",
    ),
    "held": (
        "Кешіккен {case} кімде болды, жұмыс күні: өзімізде {own}; сұралған органда: {others}",
        "У кого было просроченное {case}, рабочих дней: у нас {own}; у запрошенных: {others}",
        "Who had {case}, which is late, working days: we {own}; the bodies asked: {others}",
    ),
    "next": (
        "Заң келесі жолы {at:%d.%m %H:%M} әрекет етеді: {case}",
        "Закон действует в следующий раз {at:%d.%m %H:%M}: {case}",
        "The law acts next on {at:%d.%m %H:%M}: {case}",
    ),
    "trail": ("Жазбалар тізбегі: {}", "Цепочка записей: {}", "The trail: {}"),
}


def owed(desk: oa.Desk, words: Words, /) -> Iterator[str]:
    """Whom something must still be told, and by what day."""
    for file in desk.files():
        for notice in desk.notices(file.id):
            limit = OFFICE.limit(notice.within, DAY, file.wording)
            last_day = oa.due(limit, notice.at, OFFICE.calendar).last_day
            if last_day and last_day >= DAY:
                about = f"{words('act', notice.about)}: {words('limit', notice.within)}"
                yield f"  {file.id:<4}  {words('role', notice.to)}: {about}, {last_day:%d.%m}"


def tell_who_held(files: Iterable[oa.Case], told: str, /) -> Iterator[str]:
    """Who held the services that are late, and for how many working days."""
    known = {file.id: file for file in files}
    for file in (file for file in known.values() if file.procedure == "request"):
        children = [known[name] for name in file.children]
        own, *others = kz.request.delays(file, children, office=OFFICE, at=at("18:30"))
        if own.late + sum(share.late for share in others):
            asked = ", ".join(f"{share.case} {share.days}" for share in others)
            yield told.format(case=file.id, own=own.days, others=asked)


def evening(desk: oa.Desk, words: Words, /) -> Iterator[str]:
    """What a head of office asks at the end of a day, from the records alone."""
    told = {key: phrase[("kk", "ru", "en").index(words.language)] for key, phrase in TOLD.items()}
    files = tuple(desk.files())
    visits = tuple(file for file in files if file.procedure == kz.Visit.code)
    yield from ("", told["notices"], *owed(desk, words), "")
    yield told["queue"].format(**attrs.asdict(queue.waits(visits, OFFICE, at("18:30"))))
    for one in audit.passed_over(visits):
        over = ", ".join(one.over)
        yield told["passed"].format(at=one.at, case=one.case, over=over, reason=one.reason)
    kept = attrs.asdict(window.one_window(visits)) | attrs.asdict(window.shares(visits))
    yield told["window"].format(**kept)
    (open_day,) = kz.visit.presence(files, OFFICE, since=DAY, until=DAY).days
    yield told["open"].format(**attrs.asdict(open_day))
    yield from tell_who_held(files, told["held"])
    if soonest := desk.next_wakeup():
        yield told["next"].format(at=soonest.at, case=soonest.case)
    yield told["trail"].format(summary.trail(desk.verify(), words))


def docket(desk: oa.Desk, words: Words, /) -> None:
    """Where every case stands, as the command line prints it."""
    rows, screen = [*map(row_of, desk.docket(at=at("18:30"), soon=10))], console.console()
    for title, table in summary.tables(rows, total(rows, {}, words), words):
        screen.print(f"\n{title}")
        screen.print(table)


@ending_with_reader()
def main(language: str = "en") -> int:
    """Tell the day; 0 when its trail is intact."""
    words = Words(OFFICE.law, language)
    desk = oa.Desk(OFFICE, memory.Store())
    print(f"{OFFICE.body.names[language]}, {DAY:%d.%m.%Y}")
    for told in story(desk, words):
        print(told)
    docket(desk, words)
    for told in evening(desk, words):
        print(told)
    return 0 if desk.verify().intact else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
