"""How long whoever takes a ticket will wait: held on days not seen, refused of few, nobody published."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import closing
from datetime import datetime, timedelta
from heapq import heapify, heapreplace
from pathlib import Path
from random import Random

import hypothesis.strategies as st
import jsonschema
import pytest
from hypothesis import given
from typer.testing import CliRunner

from openakimat import Case, Desk, Official, kz
from openakimat.__main__ import app
from openakimat.adapters import memory, sql
from openakimat.kz.visit import Call, Finish, Leave, Serve, TakeTicket
from openakimat.kz.visit.queue import ahead, next_in
from openakimat.register.figures import list_lines
from openakimat.report.figures import waits
from openakimat.report.figures.forecast import THIN
from openakimat.report.figures.waits import Ticket, estimate_waits, tell_waits

SCHEMA = json.loads((Path(waits.__file__).parent / "report.schema.json").read_text("utf-8"))
OFFICE = kz.office("atyrau")
NINE = datetime.fromisoformat("2026-03-02T09:00+05:00")
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def day(draw: Random, n: int) -> list[Ticket]:
    """A day of a hall: two to four windows, crowded in the morning; some lose patience."""
    start, patience = NINE + n * DAY, [draw.expovariate(1 / 200) for _ in range(160)]
    coming = sorted(480 * draw.betavariate(1.2, 1.8) for _ in range(draw.randrange(100, 160)))
    windows = [(0.0, window) for window in range(draw.choice((2, 3, 3, 4)))]
    heapify(windows)
    spans, tickets = list[tuple[float, float, int | None]](), list[Ticket]()
    for at, most in zip(coming, patience, strict=False):
        free, window = windows[0]
        begins = max(at, free)
        before = sum(end > at for _, end, _ in spans)
        at_work = {of for _, end, of in spans if of is not None and at - 60 <= end < at}
        called = begins - at <= most
        if called:
            heapreplace(windows, (begins + draw.lognormvariate(1.9, 0.7), window))
        spans.append((at, min(begins, at + most), window if called else None))
        waited = spans[-1][1] - at
        tickets.append(Ticket(start + at * MINUTE, before, len(at_work), waited, called))
    return tickets


def test_on_days_not_seen_eight_in_ten_wait_as_they_are_told() -> None:
    draw = Random(20260302)  # noqa: S311 - invented days
    within, width = Counter[bool](), list[float]()
    for _ in range(4):
        *seen, last = (day(draw, n) for n in range(25))
        tell = estimate_waits(ticket for one in seen for ticket in one)
        for ticket in last:
            if ticket.called and (told := tell(ticket)):
                within[told["least"] <= ticket.waited <= told["longest"]] += 1
                width.append(told["longest"] - told["least"])
    share = within[True] / within.total()
    print(
        f"{share:.1%} of {within.total()} waits within, {sum(width) / len(width):.0f} minutes wide"
    )
    assert within.total() > 300
    assert 0.75 < share < 0.92  # whole minutes are wider than eight in ten
    assert sum(width) / len(width) < 30
    (told,) = tell_waits({("a", "intake"): [*(t for one in seen for t in one), last[40]]})
    assert told["held"]["low"] < 0.85 < told["held"]["high"] + 0.05
    assert told["least"] <= told["half"] <= told["longest"]


def past(n: int, *, before: int = 3, waited: float = 15, called: bool = True) -> list[Ticket]:
    starts = [NINE + k * DAY for k in range(n)]
    return [Ticket(at, before, 1, waited, called) for at in starts]


def test_of_few_and_of_a_line_longer_than_any_nothing_is_told() -> None:
    asked = Ticket(NINE + 99 * DAY, 3, 1)
    assert estimate_waits([])(asked) is None
    assert estimate_waits(past(THIN - 1))(asked) is None
    assert estimate_waits(past(THIN))(asked) == {"n": 30, "least": 15, "half": 15, "longest": 15}
    for other in (Ticket(asked.at, 12, 1), Ticket(asked.at, 3, 3), Ticket(asked.at + 9 * 60 * MINUTE, 3, 1)):  # fmt: skip
        assert estimate_waits(past(THIN))(other) is None


def test_who_left_uncalled_makes_no_wait_shorter() -> None:
    asked = Ticket(NINE + 99 * DAY, 3, 1)
    told = estimate_waits([*past(40, waited=60), *past(20, waited=5, called=False)])(asked)
    assert told == {"n": 60, "least": 60, "half": 60, "longest": 60}


@given(st.integers(0, 10**6), st.integers(0, 60))
def test_what_is_told_knows_nothing_of_what_came_later(seed: int, minute: int) -> None:
    draw = Random(seed)  # noqa: S311 - invented days
    tickets = day(draw, 0) + day(draw, 1)
    asked = Ticket(NINE + DAY + minute * MINUTE, 2, 2)
    later = [
        one._replace(waited=one.waited + 600 * draw.random(), called=draw.random() < 0.5)
        if one.at + one.waited * MINUTE > asked.at
        else one
        for one in tickets
    ]
    assert estimate_waits(tickets)(asked) == estimate_waits(later)(asked)


# -- from records ---------------------------------------------------------------------


def fill(desk: Desk, draw: Random, n: int) -> tuple[list[Case], Counter[str]]:
    """Visits by ticket: on a ground, booked or neither, called in their turn, left or waiting yet.

    And of each not booked how many were before it.
    """
    visits, before = dict[str, Case](), Counter[str]()
    for k in range(n):
        at, who = NINE + 5 * k * MINUTE, kz.Applicant(str(k), id=str(k))
        told = draw.choice(({}, {}, {"priority": "disability"}, {"booked_at": at + 30 * MINUTE}))
        act = TakeTicket(ticket=f"A{k:02}", sector=draw.choice(("intake", "departments")), **told)
        new = desk.open(kz.Visit, act, by=who, at=at)
        if not act.booked_at:
            before[new.id] = len(ahead(new, visits.values(), at))
        visits[new.id] = new
        when = at + 2 * MINUTE
        if draw.random() < 0.2:
            visits[new.id] = desk.perform(new.id, Leave(), by=who, at=when)
        elif (first := next_in(visits.values(), act.sector, when)) and draw.random() < 0.6:
            window = Official(f"w{draw.randrange(3)}", {kz.OPERATOR})
            for step in (Call("1"), Serve(), Finish()):
                visits[first.id] = desk.perform(
                    first.id, step, by=window, at=when, beside=[*visits.values()]
                )
    return [*visits.values()], before


@pytest.mark.parametrize("seed", range(5))
def test_a_line_is_counted_from_records_as_a_call_would_pass_it_over(seed: int) -> None:
    draw = Random(seed)  # noqa: S311 - invented visits
    visits, before = fill(Desk(OFFICE, memory.Store()), draw, 30)
    at = NINE + 151 * MINUTE
    lines = list_lines(visits, OFFICE, at)
    assert [("atyrau", "departments"), ("atyrau", "intake")] == [*lines]
    tickets = sorted(ticket for line in lines.values() for ticket in line[:-1])
    assert [before[one.id] for one in visits if one.id in before] == [one.before for one in tickets]
    for (_, sector), (*_, now) in lines.items():
        of = [one for one in visits if one.received.sector == sector]  # type: ignore[attr-defined]  # a ticket
        assert sum(one.stage == "waiting" for one in of) == now.before
        by = {r.by for one in of for r in one.records if r.act.tag == "call-visitor" and r.at >= at - 60 * MINUTE}  # fmt: skip
        assert len(by) == now.windows
    called = [one for one in visits if one.stage == "finished" and one.id in before]
    assert len(called) == sum(one.called for one in tickets)
    yet = {one.opened_at for one in visits if one.stage == "waiting" and one.id in before}
    assert all(at - one.at == one.waited * MINUTE for one in tickets if one.at in yet)


def test_a_report_tells_the_queue_of_its_instant_and_publishes_none(tmp_path: Path) -> None:
    with closing(sql.Store(f"sqlite:///{tmp_path / 'j.db'}")) as store:
        fill(Desk(OFFICE, store), Random(1), 30)  # noqa: S311 - invented visits
    source = [str(tmp_path / "j.db"), "--at", (NINE + 151 * MINUTE).isoformat()]
    told = {}
    for name, more in (("whole.json", []), ("open.json", ["--public"]), ("page.html", ["--lang", "ru"])):  # fmt: skip
        made = CliRunner().invoke(app, ["report", *source, *more, "--out", str(tmp_path / name)])
        assert 0 == made.exit_code, made.output
        told[name] = (tmp_path / name).read_text("utf-8")
    whole, public = (json.loads(told[name]) for name in ("whole.json", "open.json"))
    jsonschema.validate(whole, SCHEMA)
    rows = whole["sections"]["waits"]
    assert ["departments", "intake"] == [one["key"] for one in rows]
    assert sum(one["waiting"] for one in rows) > 0
    assert [None, None] == [one["half"] for one in rows]  # of so few nothing is told
    assert "waits" not in public["sections"]
    assert "сколько прождёт взявший талон сейчас" in told["page.html"]
