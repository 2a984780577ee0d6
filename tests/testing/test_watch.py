"""A guard that looks at more than it says is found out, whatever that is; an honest one is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import attrs
import pytest

from openakimat import kz
from openakimat.case.act import VOCABULARY, Act
from openakimat.case.acts import Lapse, Receive, Register, Reopen
from openakimat.case.people import Actor, Applicant, Official
from openakimat.case.record import Case, Record
from openakimat.chart.steps import other_than
from openakimat.chart.table import Circumstances, Guard, guard
from openakimat.judgement.deadlines import deadline_of, deadlines
from openakimat.judgement.judge import open_case
from openakimat.kz.acts import Accept, Propose, RegisterRedirected, Terminate
from openakimat.kz.appeal.acts import AskToCorrect
from openakimat.kz.roles import EXECUTOR, HEAD, REGISTRAR
from openakimat.kz.simplified.acts import Note
from openakimat.proving.watch import Watch, undeclared

AT = datetime.fromisoformat("2026-03-18T10:00+05:00")
OFFICE = kz.office()
CLERK = Official("a.clerk", {REGISTRAR, EXECUTOR})
CHIEF = Official("b.chief", {HEAD})
ACTS: tuple[tuple[Act, Actor], ...] = (
    (Register(), CLERK),
    (AskToCorrect(until=AT.date()), CLERK),
    (Propose("burdening"), CLERK),
    (Accept(), CHIEF),
)


def case() -> Case:
    """An appeal of which these acts are told."""
    made = open_case("appeal", Receive(), id="A-1", at=AT, by=Applicant(), office=OFFICE)
    records = made.records
    for n, (act, by) in enumerate(ACTS, start=2):
        at = AT + timedelta(hours=n)
        role = min(by.roles)
        records += (Record(n, at, by.id, role, act, "considered", made.under),)
    return attrs.evolve(made, stage="considered", records=records)


def around(by: Actor = CHIEF) -> Circumstances:
    counted = partial(deadline_of, office=OFFICE)
    at = AT + timedelta(days=1)
    return Circumstances(at, by, OFFICE, "appc-2026", by.roles, (case(),), counted)


def asking(holds: Callable[..., Any], *asks: str) -> Guard:
    def told(case: Case, act: Act, circumstances: Circumstances) -> bool:
        return bool(holds(case, act, circumstances))

    return guard("watched", why="it does not hold", asks=asks)(told)


def seen(one: Guard, *, by: Actor = CHIEF, of: Case | None = None) -> set[str]:
    """What it looks at without saying so."""
    looked, act, circumstances = of or case(), Terminate(ground="repeat"), around(by)
    answer = one.holds(looked, act, circumstances)
    return set(undeclared(one, looked, act, circumstances, answer=answer))


def last(case: Case, kind: type[Act]) -> Record:
    record = case.last(kind)
    assert record is not None
    return record


def looks_for_a_field(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
    return any(getattr(record.act, "outcome", "") == "burdening" for record in case.records)


def swallows(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
    try:
        return bool(act.ground)  # type: ignore[attr-defined]  # of the act asked about
    except Exception:  # noqa: BLE001 - as a careless guard would
        return True


def deadline(limit: str) -> Callable[..., Any]:
    return lambda case, _, around: around.deadline_of(case, limit)


LOOKS: list[tuple[str, Callable[..., Any], tuple[str, ...]]] = [
    ("act.ground", lambda _, act, __: act.ground == "repeat", ("act.ground",)),
    ("act.ground", lambda _, act, __: act.ground in {"repeat", "other"}, ("act.ground=repeat",)),
    ("act.ground", swallows, ("act.ground",)),
    ("record:register", lambda case, *_: case.last(Register), ("record:register",)),
    (
        "record:propose",
        lambda case, *_: [type(r.act) for r in case.records].index(Propose) == 3,
        ("record:*",),
    ),
    ("record:register", lambda case, *_: case.records[1].at < case.records[4].at, ("record:*",)),
    ("record:accept", lambda case, *_: case.records[-1].act.tag == "accept", ("record:*",)),
    (
        "record:propose",
        lambda case, *_: isinstance(case.latest(AskToCorrect, Propose).act, Propose),
        ("record:ask-to-correct|propose",),
    ),
    ("record:*.outcome", looks_for_a_field, ("record:*.outcome",)),
    (
        "by",
        lambda case, _, around: around.by.id != last(case, Register).by,
        ("record:register", "record:register.by", "by"),
    ),
    ("by", lambda _, __, around: isinstance(around.by, Official), ("by",)),
    ("by", lambda _, __, around: isinstance(around.by, Official), ("by.roles",)),
    ("by", lambda _, __, around: around.by.mandates == (), ("by",)),
    ("by.roles", lambda _, __, around: HEAD in around.roles, ("by.roles",)),
    ("by", lambda _, __, around: HEAD in around.by.roles, ("by.roles",)),
    ("beside", lambda _, __, around: len(around.beside) == 1, ("beside",)),
    ("office:now", lambda _, __, around: around.at > AT, ("office:now",)),
    ("office:now", lambda _, __, around: around.office.day_of(around.at), ("office:now",)),
    (
        "office:separation",
        lambda _, __, around: around.office.answer("separation") == "kept",
        ("office:separation",),
    ),
    (
        "office:appeal.consideration",
        deadline("appeal.consideration"),
        ("office:*.consideration",),
    ),
    (
        "office:appeal.consideration",
        deadline("appeal.consideration"),
        ("office:appeal.consideration",),
    ),
]


@pytest.mark.parametrize(("what", "holds", "asks"), LOOKS)
def test_what_a_guard_does_not_name_is_found_and_what_it_names_is_not(
    what: str, holds: Callable[..., Any], asks: tuple[str, ...]
) -> None:
    assert what in seen(asking(holds))
    assert seen(asking(holds, *asks)) == set()


@pytest.mark.parametrize(
    ("what", "holds", "asks"),
    [
        (
            "record:propose.outcome",
            lambda case, *_: last(case, Propose).act.outcome == "burdening",  # type: ignore[attr-defined]  # of a proposal
            ("record:propose",),
        ),
        (
            "record:register.by",
            lambda case, *_: last(case, Register).by == "a.clerk",
            ("by", "record:register"),
        ),
        (
            "record:register.by",
            lambda case, *_: last(case, Register).role == "executor",
            ("by.roles", "record:register"),
        ),
        (
            "record:ask-to-correct",
            lambda case, *_: case.last(AskToCorrect),
            ("record:ask-to-correct|propose",),
        ),
        (
            "record:register",
            lambda case, *_: len([r for r in case.records if isinstance(r.act, (Register, Note))]),
            ("record:note",),
        ),
        ("by.roles", lambda _, __, around: around.by.roles == {HEAD}, ("by",)),
        ("by", lambda _, __, around: around.by.id == "b.chief", ("by.roles",)),
        ("office:appeal.extension", deadline("appeal.extension"), ("office:*.consideration",)),
        (
            "the clocks of its table, other than by office:LIMIT",
            lambda case, _, around: deadlines(case, office=around.office),
            ("record:*", "office:appeal.consideration", "office:now"),
        ),
    ],
)
def test_it_is_found_what_a_guard_looks_at_beside_what_it_names(
    what: str, holds: Callable[..., Any], asks: tuple[str, ...]
) -> None:
    assert what in seen(asking(holds, *asks))


def test_whoever_keeps_two_acts_apart_asks_only_who_performed_the_one() -> None:
    kept = other_than(Propose)
    assert seen(kept, by=CLERK) == seen(kept, by=CHIEF) == set()
    performed = asking(lambda case, *_: case.last(Propose), "by", "record:propose.by")
    assert seen(performed, by=CLERK) == set()
    assert seen(performed, by=CHIEF) == {"record:propose"}


def test_the_opening_the_stage_and_the_law_need_no_word() -> None:
    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
        first, calendar = case.records[0], circumstances.office.calendar
        told = case.received.kind == "application" and first.role == "applicant"
        known = case.stage and case.id and case.wording and circumstances.wording
        return bool(told and known and case.opened_at == first.at == AT and calendar.days)

    honest = guard("honest", why="", asks=())(holds)
    assert honest.holds(case(), Accept(), around())
    assert seen(honest) == set()


def test_a_reading_under_which_alone_a_guard_asks_is_understood() -> None:
    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
        return case.last(Register) is not None

    where = guard("where", why="", where=("separation", "kept"), asks=("record:register",))(holds)
    assert where.sees.readings == {"separation"}
    assert seen(where) == set()


def test_a_lapse_of_any_kind_is_a_lapse() -> None:
    deemed = VOCABULARY[kz.appeal.Appeal2026.table.clocks["appeal.consideration"].on_lapse]
    made = case()
    assert issubclass(deemed, Lapse)
    lapsed = Record(6, AT + timedelta(days=1), "law", "law", deemed("x", AT), "refused", made.under)
    made = attrs.evolve(made, records=(*made.records, lapsed))
    assert seen(asking(lambda case, *_: case.last(Lapse)), of=made) == {f"record:{deemed.tag}"}
    assert seen(asking(lambda case, *_: case.last(Lapse), "record:lapse"), of=made) == set()


def test_which_of_several_alike_acts_it_was_is_seen_by_its_own_name_only() -> None:
    again = RegisterRedirected("A-0")
    made = case()
    first, _, *rest = made.records
    second = Record(2, first.at, "a.clerk", "registrar", again, "registered", made.under)
    made = attrs.evolve(made, records=(first, second, *rest))
    which = partial(asking, lambda case, *_: case.last(RegisterRedirected))
    assert seen(which("record:register"), of=made) == {"record:register-redirected"}
    assert seen(which("record:register-redirected"), of=made) == set()
    assert seen(asking(lambda case, *_: case.last(Register), "record:register"), of=made) == set()


def test_since_a_reopening_no_order_and_no_former_run_is_seen() -> None:
    def told_later(case: Case, act: Act, around: Circumstances) -> bool:  # noqa: ARG001 - as guards are
        return last(case, Propose).no > last(case, Accept).no

    def runs(case: Case, act: Act, around: Circumstances) -> bool:  # noqa: ARG001 - as guards are
        return around.deadline_of(case, "appeal.return-on-ground") is not None

    made = case()
    told = (Reopen("remitted", "none"), Propose("burdening"), Accept())
    later = tuple(
        Record(n, AT + timedelta(hours=n), "a.clerk", "registrar", act, "considered", made.under)
        for n, act in enumerate(told, start=6)
    )
    made = attrs.evolve(made, records=(*made.records, *later))
    ordered = ("record:propose", "record:accept")
    assert seen(asking(told_later, *ordered), of=made) == set()
    assert seen(asking(told_later, *ordered, "record:reopen"), of=made)
    asks = ("office:appeal.return-on-ground", "record:register")
    assert seen(asking(runs, *asks), of=made) == set()
    assert seen(asking(runs, *asks, "record:reopen"), of=made)


def test_a_guard_is_asked_again_ever_more_seldom() -> None:
    asked: list[int] = []

    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
        asked.append(len(asked))
        return True

    one = Watch().watched(guard("counted", why="")(holds))
    assert all(one.holds(case(), Accept(), around()) for _ in range(100))
    assert len(asked) == 100 + len([1, 2, 4, 8, 16, 32, 64])


def test_the_shortest_story_of_what_a_guard_looked_at_is_kept() -> None:
    watch = Watch()
    one = watch.watched(asking(lambda _, act, __: act.ground == "repeat"))
    short = attrs.evolve(case(), records=case().records[:2])
    for looked in (case(), short):
        one.holds(looked, Terminate(ground="repeat"), around())
    (found,) = watch.findings.values()
    assert found.code == "guard.undeclared"
    assert found.sentence == "the guard 'watched' looks at act.ground, and does not say so"
    assert len(found.story) == len(short.records)
