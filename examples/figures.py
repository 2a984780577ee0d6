"""Figures of the source articles, counted by the library from records alone.

A review of centres, a year of reports, centres planned and open, eighty offices in one journal.
The volumes are those that the press printed; names and days are invented.

    uv run python examples/figures.py
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory
from openakimat.desk import roll_up
from openakimat.kz.corruption.acts import (
    AcknowledgeReport,
    RecordVerdict,
    SortOffence,
)
from openakimat.kz.front_office import Answer, InspectOffice
from openakimat.kz.visit import queue

CLERK = oa.Official("clerk", {kz.REGISTRAR, kz.EXECUTOR, kz.OPERATOR})
INSPECTS = oa.Official("inspector", {kz.INSPECTOR})
SERVICE = oa.Official("service", {kz.ANTICORRUPTION})
BAYANAUL, KOKSHETAU, ATYRAU = (kz.office(one) for one in ("bayanaul", "yesil", "khromtau"))


def at(when: str, office: oa.Office, /) -> datetime:
    """An instant by the clocks of an office."""
    day, _, hour = when.partition(" ")
    midnight = office.calendar.place.start_of(date.fromisoformat(day))
    hours, minutes = map(int, (hour or "10:00").split(":"))
    return midnight + timedelta(hours=hours, minutes=minutes)


def desk_of(office: oa.Office, /) -> oa.Desk:
    """A desk on a journal of its own."""
    return oa.Desk(office, memory.Store())


# -- what is counted ------------------------------------------------------------------


def noted(checks: Iterable[oa.Case], item: str, /) -> Counter[str]:
    """How often each note stands at an item of the checklist: `rented` at the premises."""
    seen = (check.last(InspectOffice) for check in checks)
    found = (answer for one in seen if one for answer in one.act.checked)  # type: ignore[attr-defined]
    return Counter(answer.note for answer in found if answer.item == item)


def convicted(reports: Iterable[oa.Case], /) -> Counter[str]:
    """Of reports that ended with a verdict of guilty how many there are, by their topic."""
    guilty = (one for one in reports if (v := one.last(RecordVerdict)) and v.act.guilty)  # type: ignore[attr-defined]
    return Counter(one.received.topic for one in guilty)


def working(
    centres: dict[str, tuple[oa.Case, ...]], office: oa.Office, /, *, since: date, until: date
) -> Counter[str]:
    """How many centres of each kind somebody worked in, of all that were planned."""
    opened = (
        name
        for name, cases in centres.items()
        if kz.visit.presence(cases, office, since=since, until=until).open_days
    )
    return Counter(name.partition("-")[0] for name in opened)


# -- the stories ----------------------------------------------------------------------


def bayanaul() -> Iterator[str]:
    """Open on the day of its presentation, and appeals came all summer."""
    desk, presented = desk_of(BAYANAUL), date(2020, 6, 15)
    for week in range(11):
        day = presented + timedelta(weeks=week)
        case = desk.open(kz.Appeal, by=kz.Applicant(), at=at(f"{day} 00:05", BAYANAUL))
        if day == presented:
            desk.perform(case.id, oa.Register(), by=CLERK, at=at(f"{day}", BAYANAUL))
    files = tuple(desk.files())
    found = kz.visit.presence(files, BAYANAUL, since=presented, until=date(2020, 8, 28))
    yield f"Bayanaul: open {len(found.open_days)} of {len(found.declared)} days"


def akmola() -> Iterator[str]:
    """Twenty-three centres, eleven of them rented; 141 crimes, 49 people, 43 of them heads."""
    desk, when = desk_of(KOKSHETAU), at("2017-10-02", KOKSHETAU)
    for n in range(23):
        case = desk.open("front-office-check", by=INSPECTS, at=when, subject=f"centre-{n}")
        premises = "rented" if n < 11 else "own"
        answers = (Answer(one, met=True, note=premises) for one in kz.front_office.checklist())
        desk.perform(case.id, InspectOffice(tuple(answers)), by=INSPECTS, at=when)
    held = noted(desk.files(), "premises")
    yield f"Akmola: {held.total()} centres, {held['rented']} rented"
    reports, body = desk_of(KOKSHETAU), kz.corruption.competent_body(when.date()).value.id
    for n in range(141):
        case = reports.open(
            "corruption", by=kz.corruption.pseudonym(), at=when, topic="head" if n < 43 else ""
        )
        for by, act in (
            (CLERK, oa.Register()),
            (CLERK, kz.appeal.Redirect(body)),
            (SERVICE, AcknowledgeReport(f"{n}")),
            (SERVICE, SortOffence("criminal")),
            (SERVICE, kz.appeal.Decide("criminal")),
            (SERVICE, RecordVerdict(guilty=True)),
        )[: 6 if n < 49 else 5]:
            reports.perform(case.id, act, by=by, at=when)
    guilty = convicted(reports.files())
    crimes = sum(one.last(kz.appeal.Decide) is not None for one in reports.files())
    yield f"Akmola: {crimes} crimes, {guilty.total()} convicted, {guilty['head']} of them heads"


def atyrau() -> Iterator[str]:
    """Nine of sixteen planned centres work; five hundred people a day in each of two."""
    day = date(2007, 8, 20)
    planned = {f"city-{n}": 500 * (n < 2) for n in range(4)}
    planned |= {f"rural-{n}": n < 7 for n in range(12)}
    halls: dict[str, tuple[oa.Case, ...]] = {}
    for name, people in planned.items():
        desk = desk_of(ATYRAU)
        for n in range(people):
            come = at(f"{day} 09:00", ATYRAU) + timedelta(minutes=n)
            case = desk.open(kz.Visit, by=kz.Applicant(id=f"{n}"), at=come, ticket=f"{n}")
            for act in (kz.visit.Call(), kz.visit.Serve(), kz.visit.Finish()):
                case = desk.perform(case.id, act, by=CLERK, at=come, beside=(case,))
        halls[name] = tuple(desk.files())
    works = working(halls, ATYRAU, since=day, until=day)
    yield f"Atyrau: {works.total()} of {len(halls)} centres work, {works['city']} of them in the city"
    came = [queue.waits(halls[f"city-{n}"], ATYRAU, at(f"{day} 18:30", ATYRAU)).n for n in (0, 1)]
    yield f"Atyrau: {sum(came)} people a day in {len(came)} centres of the city"


def aktobe() -> Iterator[str]:
    """Fifteen service akimats and sixty-five open offices keep one journal, each its own cases."""
    names = [f"service-akimat-{n}" for n in range(15)] + [f"open-office-{n}" for n in range(65)]
    calendar, journal = kz.calendar(town="Aqtobe", open="aktobe"), memory.Journal()
    offices = [kz.office(oa.Body(name, {"en": name}), calendar=calendar) for name in names]
    desks = [oa.Desk(one, journal=journal, numbers=memory.Numbers()) for one in offices]
    for desk in desks:
        desk.open(kz.Appeal, by=kz.Applicant(), at=at("2020-11-16", desk.office))
    found = roll_up(desks, at=at("2020-11-19", offices[0]))
    kinds = Counter(name.rpartition("-")[0] for name in found.lines)
    yield f"Aktobe: {kinds['service-akimat']} service akimats, {kinds['open-office']} open offices"


def main() -> None:
    """Print each figure."""
    for story in (bayanaul, akmola, atyrau, aktobe):
        print(*story(), sep="\n")


if __name__ == "__main__":
    main()
