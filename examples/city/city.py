"""A city works on appeals in its own way, beside the law and never against it.

Its order adds to the ordinary procedure: somebody goes to the place and comes back with
photographs (an act, a stage, a guard, a clock); an answer within 10 working days, beside
the 15 of the Code; and a ladder of reminders before the statutory term is over and after.
Run it to be told the story of one appeal: `uv run python examples/city/city.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

import attrs

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory
from openakimat.calendar.terms import Term, WorkingDays
from openakimat.case.people import Actor, Role
from openakimat.chart.table import Circumstances
from openakimat.dated import Dated, Edition, in_order
from openakimat.judgement.deadlines import deadline_of
from openakimat.kz.roles import DEPUTY, EXECUTOR, HEAD, REGISTRAR
from openakimat.law.law import Label, Law
from openakimat.limits.explain import explain
from openakimat.limits.limit import Rule, TimeLimit
from openakimat.report.output import ending_with_reader

PARENT = kz.appeal.Appeal2026
ORDER = "order of the city"
STATUTORY, INTERNAL, VISIT = "appeal.consideration", "city.answer", "city.place-visit"


# -- acts and a guard -----------------------------------------------------------------


@attrs.frozen
class GoThere(oa.Act, tag="city.go-there"):
    """Somebody goes to the place. Source: order of the city, 1."""


@attrs.frozen
class ComeBack(oa.Act, tag="city.come-back"):
    """Somebody is back, with photographs. Source: order of the city, 2."""

    photographs: int = 0
    found: str = ""


@oa.guard(
    "city.no-photographs",
    why="whoever comes back has photographs",
    source=f"{ORDER}, 2",
    asks="act.photographs",
)
def photographed(case: oa.Case, act: ComeBack, circumstances: Circumstances) -> bool:  # noqa: ARG001 - a guard takes all three
    """There are photographs."""
    return act.photographs > 0


# -- the chart ------------------------------------------------------------------------


class CityAppeal(PARENT):
    """The appeal as this city works on it.

    {statechart:md}
    """

    place_visited = oa.Stage()

    go_there = oa.step(
        GoThere, PARENT.considered.to(place_visited), by=EXECUTOR, source=f"{ORDER}, 1"
    )
    come_back = oa.step(
        ComeBack,
        oa.when(place_visited.to(PARENT.considered), photographed),
        by=EXECUTOR,
        source=f"{ORDER}, 2",
    )
    withdraw = oa.also_at(place_visited, PARENT, "withdraw", like=PARENT.considered)
    terminate = oa.also_at(place_visited, PARENT, "terminate", like=PARENT.considered)
    redirect = oa.also_at(place_visited, PARENT, "redirect", like=PARENT.considered)
    deem_refused = oa.also_at(place_visited, PARENT, "deem_refused", like=PARENT.considered)

    visit = oa.Clock(VISIT, starts=GoThere, stops=ComeBack)
    answer = attrs.evolve(
        PARENT.table.clocks[STATUTORY],
        limit=INTERNAL,
        principal=False,
        on_lapse=oa.Lapse,
        extends=(),
        becomes={},
    )


# -- its law: the nation's, and the order of the city beside it ------------------------

NAMES = {
    VISIT: ("Орынға бару", "Выезд на место", "Visit to the place"),
    INTERNAL: (
        "Ішкі мерзім (қала бұйрығы): жауап",
        "Внутренний срок (приказ города): ответ",
        "Internal term (order of the city): answer",
    ),
}
WORDS = {
    ("stage", "place_visited"): ("орынға шықты", "выехали на место", "gone to the place"),
    ("act", "city.go-there"): ("орынға бару", "выезд на место", "go to the place"),
    ("act", "city.come-back"): ("орыннан оралу", "возвращение с места", "come back from the place"),
    ("refusal", "city.no-photographs"): (
        "фотосуреттер жоқ",
        "нет фотографий",
        "there are no photographs",
    ),
}
_LANGUAGES = ("kk", "ru", "en")


def ordered(key: str, term: Term, base: str, item: int) -> TimeLimit:
    """A limit that rests on the order of the city alone."""
    rule = (f"{ORDER}, {item}", oa.Evidence.CONFIRMED)
    names = dict(zip(_LANGUAGES, NAMES[key], strict=True))
    return TimeLimit(key, term, Rule(base, *rule), Rule("next", *rule), names=names)


def city_law() -> Law:
    """The law of Kazakhstan, with the chart and the limits of the city; nothing is taken away."""
    law = kz.law()
    now = next(edition for edition in law.procedures["appeal"] if edition.law == PARENT.law)
    base = law.limits[STATUTORY].on(now.since, law=PARENT.law).value.base.value
    own = {
        VISIT: (ordered(VISIT, WorkingDays(3), "start", 1), f"{ORDER}, 1"),
        INTERNAL: (ordered(INTERNAL, WorkingDays(10), base, 3), f"{ORDER}, 3"),
    }
    dated = {
        key: Dated(key, (Edition(one, PARENT.law, now.since, said, oa.Evidence.CONFIRMED),))
        for key, (one, said) in own.items()
    }
    charts = (
        attrs.evolve(edition, value=CityAppeal.table) if edition is now else edition
        for edition in law.procedures["appeal"]
    )
    words = {key: Label(dict(zip(_LANGUAGES, told, strict=True))) for key, told in WORDS.items()}
    return attrs.evolve(
        law,
        limits={**law.limits, **dated},
        procedures={**law.procedures, "appeal": Dated("appeal", in_order(charts))},
        labels={**law.labels, **words},
    )


def city_office() -> oa.Office:
    """An office of the city; the cases it opened before its order are read and closed as then."""
    return kz.office("astana", pack=city_law())


# -- the ladder -----------------------------------------------------------------------


@attrs.frozen
class Rung:
    """Who is told of a case, and when.

    Attributes:
        name: What the rung is called.
        to: The role that is told.
        working_days: Before (less than 0) or after the last day; 0 is the breach itself.
        share: Instead, when so many per cent of the working days of the term are gone.
    """

    name: str
    to: Role
    working_days: int = 0
    share: int = 0


LADDER = (
    Rung("reminder", EXECUTOR, share=70),
    Rung("warning", EXECUTOR, -3),
    Rung("last call", DEPUTY, -1),
    Rung("breach", HEAD),
    Rung("oblast control", Role("oblast-control"), +3),
)
"""Source: order of the city, 4."""


def climbs_at(rung: Rung, deadline: oa.Deadline) -> datetime:
    """The instant a rung is reached: the breach, or the opening of a working day.

    Raises:
        BeyondCalendar: That day is outside the calendar.
    """
    calendar, last = deadline.calendar, deadline.last_day
    if last is None or (rung.working_days == 0 and rung.share == 0):
        return deadline.at
    if rung.share:
        n = calendar.between(deadline.base_day, last)
        day = calendar.after(deadline.base_day, -(-n * rung.share // 100) + 1)
    elif rung.working_days < 0:
        day = calendar.before(last, -rung.working_days)
    else:
        day = calendar.after(last, rung.working_days)
    return calendar.place.start_of(day) + timedelta(seconds=calendar.hours_of(day)[0][0])


def reached(
    deadline: oa.Deadline, at: datetime, ladder: Iterable[Rung] = LADDER
) -> tuple[tuple[datetime, Rung], ...]:
    """The rungs reached by an instant, soonest first; none while the clock stands still.

    A term that was met, or answered late, reaches none after its clock has stopped.
    """
    if deadline.paused:
        return ()
    until = min(at, deadline.stopped_at or at)
    found = ((climbs_at(rung, deadline), rung) for rung in ladder)
    return tuple(sorted((one for one in found if one[0] <= until), key=lambda one: one[0]))


# -- the story ------------------------------------------------------------------------

CLERK = oa.Official("clerk", {REGISTRAR})
EXECUTOR_ = oa.Official("executor", {EXECUTOR})
CHIEF = oa.Official("chief", {HEAD})


def at(day: str, hour: int = 10) -> datetime:
    """An hour of a day of 2026 in the city."""
    return datetime.fromisoformat(f"2026-{day}T{hour:02}:00+05:00")


def story() -> Iterator[str]:
    """What happens to an appeal that is answered too late, line by line."""
    office = city_office()
    desk = oa.Desk(office, memory.Store())
    case = desk.open("appeal", topic="street-lighting", by=kz.Applicant(), at=at("02-02"))

    def do(act: oa.Act, when: datetime, by: Actor) -> str:
        """Put an act to the case, and say what became of it."""
        try:
            stage = desk.perform(case.id, act, at=when, by=by).stage
        except oa.Refusal as no:
            return f"{when:%m-%d}  {act.tag}: no, {no} [{no.source}]"
        return f"{when:%m-%d}  {act.tag}: {stage}"

    yield do(oa.Register(), at("02-02"), CLERK)
    yield do(kz.appeal.Accept(), at("02-02", 11), EXECUTOR_)
    yield do(GoThere(), at("02-04"), EXECUTOR_)
    yield do(ComeBack(), at("02-06"), EXECUTOR_)
    yield do(ComeBack(photographs=3, found="two lamps are out"), at("02-06", 15), EXECUTOR_)
    yield ""
    for limit in (INTERNAL, STATUTORY):
        found = deadline_of(desk.case(case.id), limit, office=office)
        yield "" if found is None else explain(found, "en").splitlines()[0]
    statutory = deadline_of(desk.case(case.id), STATUTORY, office=office)
    assert statutory is not None  # noqa: S101 - it is registered
    yield ""
    for when in (at("02-17"), at("02-19"), at("02-24"), at("02-26")):
        told = [f"{rung.name} ({rung.to}) {on:%m-%d}" for on, rung in reached(statutory, when)]
        yield f"by {when:%m-%d}: {', '.join(told) or 'nobody is told'}"
    yield ""
    yield do(kz.appeal.Decide("favourable"), at("02-27"), CHIEF)
    (line,) = desk.docket(at=at("02-27", 12))
    yield f"{line.standing.value} by {line.days_late} working days; also missed: {', '.join(line.breaches)}"
    yield str(desk.verify())


if __name__ == "__main__":
    with ending_with_reader():
        print("\n".join(story()))
