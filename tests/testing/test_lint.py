"""Lint finds what is wrong with a table, names the culprit, and is silent about the rest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs
import pytest

from openakimat import kz
from openakimat.case.act import Act
from openakimat.case.acts import Lapse, Pause, Receive, Register, Resume
from openakimat.case.people import APPLICANT, LAW, Role
from openakimat.chart.clock import Clock
from openakimat.chart.table import Guard, Opening, Row, Table
from openakimat.kz.acts import Accept, Decide, Extend, Notify, Withdraw
from openakimat.kz.appeal.acts import AskToCorrect, Correct, DeemRefused, Inquire
from openakimat.kz.roles import EXECUTOR, HEAD, REGISTRAR, ROLES
from openakimat.proving.lint import lint

SHIPPED = [edition.value for dated in kz.law().procedures.values() for edition in dated]


def never(case: object, act: Any, circumstances: object) -> bool:  # noqa: ARG001 - as guards are
    return False


FIRST = Guard("first", "first does not hold", "Draft, 8", never)
SECOND = Guard("second", "second does not hold", "Draft, 9", never)
STAFF = frozenset({REGISTRAR, HEAD})


def row(
    act: type[Act],
    source: str,
    target: str,
    *guards: Guard,
    by: Iterable[Role] = (HEAD,),
    law: str = "Draft, 1",
) -> Row:
    return Row(act.tag, source, target, frozenset(by), guards, law)


RUNS = Clock(
    "petition.answer",
    starts=Receive,
    stops=(Decide, Withdraw),
    pauses=Pause,
    resumes=Resume,
    on_lapse=DeemRefused,
)
ROWS = (
    row(Accept, "filed", "considered", by=STAFF),
    row(Pause, "considered", "paused"),
    row(Resume, "paused", "considered"),
    row(Decide, "considered", "answered", FIRST),
    row(Decide, "refused", "answered"),
    row(Withdraw, "considered", "withdrawn", by=(APPLICANT,)),
    *(row(DeemRefused, stage, "refused", by=(LAW,)) for stage in ("filed", "considered", "paused")),
)


def table(*rows: Row, clocks: Iterable[Clock] = (RUNS,), **over: Any) -> Table:
    """A sound table with these rows added, and whatever else is given."""
    ways: dict[tuple[str, str], tuple[Row, ...]] = {}
    for one in (*ROWS, *rows):
        ways[one.leaves, one.act] = (*ways.get((one.leaves, one.act), ()), one)
    told = {
        "procedure": "petition",
        "law": "draft",
        "initial": "filed",
        "stages": ("filed", "considered", "paused", "refused", "answered", "withdrawn"),
        "final": frozenset({"answered", "withdrawn"}),
        "rows": ways,
        "clocks": {clock.limit: clock for clock in clocks},
    }
    return Table(**{**told, **over})


def without(*kinds: type[Act], at: str = "", **over: Any) -> Table:
    """The sound table without some acts, at one stage or at all."""
    tags = {kind.tag for kind in kinds}
    kept = {
        key: way for key, way in table().rows.items() if key[1] not in tags or (at and key[0] != at)
    }
    return table(**{"rows": kept, **over})


def running(**over: Any) -> Clock:
    return attrs.evolve(RUNS, **over)


def deaf(stage: str, clock: str = "petition.answer") -> str:
    return (
        f"the clock {clock!r} may run out at {stage!r}, where the law cannot perform 'deem-refused'"
    )


def idle(stage: str, act: str = "deem-refused") -> str:
    return (
        f"only the law may perform {act!r} at {stage!r}, where no clock that lapses into it can run"
    )


def hidden(act: str, stage: str, target: str) -> str:
    never_taken = f"{act!r} at {stage!r} never takes its way 2, to {target!r}"
    return f"{never_taken}: an earlier way is taken whenever it could be"


@pytest.mark.parametrize("one", SHIPPED, ids=lambda one: str(one.under))
def test_every_shipped_procedure_is_clean(one: Table) -> None:
    assert lint(one, roles=ROLES) == []


def test_a_sound_table_is_clean() -> None:
    assert lint(table(), roles=ROLES) == []


MORE = table().stages
DEFECTS: dict[str, tuple[Table, list[str]]] = (
    {
        "an unreachable stage": (
            table(row(Decide, "lost", "answered"), stages=(*MORE, "lost")),
            ["'lost' cannot be reached from 'filed'"],
        ),
        "a stage reached only by a way that is never taken": (
            table(
                row(Accept, "filed", "lost", SECOND),
                row(Decide, "lost", "answered"),
                stages=(*MORE, "lost"),
            ),
            [hidden("accept", "filed", "lost"), "'lost' cannot be reached from 'filed'"],
        ),
        "a trap": (
            table(row(Extend, "refused", "stuck"), stages=(*MORE, "stuck")),
            ["'stuck' is a trap: it is not final, and no act leads out of it"],
        ),
        "a trap with a way back to itself": (
            table(
                row(Extend, "refused", "stuck"),
                row(Notify, "stuck", "stuck"),
                stages=(*MORE, "stuck"),
            ),
            ["'stuck' is a trap: it is not final, and no act leads out of it"],
        ),
        "two stages with no end": (
            table(
                row(Extend, "refused", "round"),
                row(Notify, "round", "about"),
                row(Inquire, "about", "round"),
                stages=(*MORE, "round", "about"),
            ),
            [
                "no final stage can be reached from 'round'",
                "no final stage can be reached from 'about'",
            ],
        ),
        "a stage that nobody leads to the end": (
            table(
                row(Extend, "refused", "round"),
                row(Notify, "round", "about"),
                row(Inquire, "about", "round"),
                row(Decide, "round", "answered", by=()),
                stages=(*MORE, "round", "about"),
            ),
            [
                "'decide' at 'round' may be performed by nobody",
                "no final stage can be reached from 'round'",
                "no final stage can be reached from 'about'",
            ],
        ),
        "an initial stage that is none": (
            table(initial="nowhere"),
            [
                "the initial stage 'nowhere' is no stage",
                *(f"{stage!r} cannot be reached from 'nowhere'" for stage in MORE),
                *(idle(stage) for stage in ("filed", "considered", "paused")),
            ],
        ),
        "a way after an unguarded one": (
            table(row(Accept, "filed", "answered", FIRST, by=(REGISTRAR,))),
            [hidden("accept", "filed", "answered")],
        ),
        "a way after one with fewer guards and the same roles": (
            table(row(Decide, "considered", "withdrawn", SECOND, FIRST)),
            [hidden("decide", "considered", "withdrawn")],
        ),
        "a way out of a final stage": (
            table(row(Accept, "answered", "considered")),
            ["'accept' leads out of 'answered', which is final"],
        ),
        "a way out of a stage that is none": (
            table(row(Accept, "nowhere", "considered")),
            ["'accept' leads out of 'nowhere', which is no stage"],
        ),
        "an unknown target": (
            table(row(Extend, "considered", "nowhere")),
            ["'extend' leads from 'considered' to 'nowhere', which is no stage"],
        ),
        "a row in a wrong place": (
            table(
                rows={**table().rows, ("considered", "extend"): (row(Notify, "filed", "paused"),)}
            ),
            ["'notify' out of 'filed' stands under 'extend' out of 'considered'"],
        ),
        "an act possible for nobody": (
            table(row(Extend, "considered", "considered", by=())),
            ["'extend' at 'considered' may be performed by nobody"],
        ),
        "a row without a source": (
            table(row(Extend, "considered", "considered", law=" ")),
            ["'extend' at 'considered' names no source"],
        ),
        "an act left to the law that no clock performs": (
            without(clocks=()),
            [idle(stage) for stage in ("filed", "considered", "paused")],
        ),
        "an act of the law where its clock has not begun": (
            table(clocks=[running(starts=Accept)]),
            [idle("filed")],
        ),
        "an act of the law where its clock has stopped": (
            table(
                clocks=[
                    running(
                        stops=(Decide, Pause, Withdraw), resumes=Receive, starts=(Receive, Resume)
                    )
                ]
            ),
            [idle("paused")],
        ),
        "a clock that runs out where the law may not act": (
            without(DeemRefused, at="paused"),
            [deaf("paused")],
        ),
        "a clock that runs out where only people may act": (
            table(
                rows={
                    **table().rows,
                    ("filed", "deem-refused"): (row(DeemRefused, "filed", "refused"),),
                }
            ),
            [deaf("filed")],
        ),
        "a clock still running where another has lapsed": (
            table(
                row(Extend, "refused", "reopened"),
                row(Decide, "reopened", "answered"),
                stages=(*MORE, "reopened"),
                clocks=[RUNS, running(limit="petition.reply")],
            ),
            [deaf("reopened"), deaf("reopened", "petition.reply")],
        ),
        "a clock started afresh by its own lapse": (
            table(
                row(Extend, "refused", "reopened"),
                row(Decide, "reopened", "answered"),
                stages=(*MORE, "reopened"),
                clocks=[running(starts=(Receive, DeemRefused))],
            ),
            [deaf("reopened")],
        ),
        "a clock that nothing starts": (
            table(clocks=[RUNS, Clock("petition.reply", starts=(), stops=Decide)]),
            ["the clock 'petition.reply' is started by no act"],
        ),
        "a clock that nothing stops": (
            table(clocks=[RUNS, Clock("petition.reply", starts=Receive, stops=())]),
            ["the clock 'petition.reply' is stopped by no act"],
        ),
        "a role misspelt": (
            table(row(Extend, "considered", "considered", by=(Role("haed"), HEAD))),
            ["'extend' is for the role 'haed', which nobody has"],
        ),
        "a case that a stranger opens": (
            table(opening=Opening(by=frozenset({Role("akim")}))),
            ["'receive' is for the role 'akim', which nobody has"],
        ),
        "a pause that nothing ends": (
            table(clocks=[running(resumes=())]),
            ["the clock 'petition.answer' is paused by 'pause', and no act resumes it"],
        ),
    }
    | {
        f"a clock {how} by a stranger": (
            table(clocks=[running(**{part: (*getattr(RUNS, part), AskToCorrect)})]),
            [
                f"the clock 'petition.answer' is {how} by 'ask-to-correct', which is no act of the procedure"
            ],
        )
        for how, part in (
            ("started", "starts"),
            ("stopped", "stops"),
            ("paused", "pauses"),
            ("resumed", "resumes"),
            ("extended", "extends"),
        )
    }
    | {
        "a clock changed by a stranger": (
            table(clocks=[running(becomes={Inquire: "petition.longer"})]),
            [
                "the clock 'petition.answer' is changed by 'inquire', which is no act of the procedure"
            ],
        ),
    }
)


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_is_told_in_a_sentence_that_names_it(defect: str) -> None:
    seeded, expected = DEFECTS[defect]
    assert expected == lint(seeded, roles=ROLES)


def test_every_defect_of_a_table_is_told_at_once() -> None:
    seeded = table(
        row(Accept, "answered", "considered", law=""),
        row(Extend, "filed", "nowhere", by=()),
        clocks=[running(resumes=(), stops=Correct)],
    )
    assert [sentence for sentence in lint(seeded, roles=ROLES) if "clock" not in sentence] == [
        "'accept' leads out of 'answered', which is final",
        "'accept' at 'answered' names no source",
        "'extend' leads from 'filed' to 'nowhere', which is no stage",
        "'extend' at 'filed' may be performed by nobody",
    ]
    assert len(lint(seeded, roles=ROLES)) > 4


SOUND: dict[str, Table] = {
    "an unguarded way last": table(row(Decide, "considered", "withdrawn")),
    "a later way with other guards": table(row(Decide, "considered", "withdrawn", SECOND)),
    "a later way for more roles": table(row(Accept, "filed", "answered", by=(EXECUTOR, HEAD))),
    "a later way by a guard of the same name": table(
        row(Decide, "considered", "withdrawn", attrs.evolve(FIRST))
    ),
    "a clock that only records its lapse": table(
        rows={
            key: way
            for key, way in table().rows.items()
            if "refused" not in (key[0], way[0].enters)
        },
        stages=tuple(stage for stage in MORE if stage != "refused"),
        clocks=[running(on_lapse=Lapse)],
    ),
    "a clock that starts when work does": without(
        DeemRefused, at="filed", clocks=[running(starts=Accept)]
    ),
    "a clock stopped before it could run out": without(
        DeemRefused,
        at="paused",
        clocks=[running(stops=(Decide, Withdraw, Pause), starts=(Receive, Resume))],
    ),
    "a clock that runs out again where its first lapse led": table(
        clocks=[RUNS, running(limit="petition.reply", starts=(Receive, DeemRefused))]
    ),
    "a clock that runs into a final stage": table(clocks=[running(stops=Decide)]),
    "an act of the law that people may perform too": table(
        rows={
            **table().rows,
            ("refused", "register"): (row(Register, "refused", "refused", by=(LAW, HEAD)),),
        }
    ),
}


@pytest.mark.parametrize("case", SOUND)
def test_what_is_sound_is_not_told(case: str) -> None:
    assert lint(SOUND[case]) == []


def test_acts_that_the_law_performs_without_a_clock_are_given() -> None:
    by_law = table(row(Register, "filed", "considered", by=(LAW,)))
    assert lint(by_law) == [idle("filed", "register")]
    assert lint(by_law, law_acts=[Register]) == []


def test_roles_of_a_host_are_given() -> None:
    oblast = Role("oblast-control")
    watched = table(row(Extend, "considered", "considered", by=(oblast,)))
    assert len(lint(watched, roles=ROLES)) == 1
    assert lint(watched, roles=[*ROLES, oblast]) == []


HEARD = [(one, stage) for one in SHIPPED for stage, act in one.rows if act == DeemRefused.tag]


@pytest.mark.parametrize(("one", "stage"), HEARD, ids=lambda part: getattr(part, "under", part))
def test_a_shipped_clock_deaf_at_any_one_stage_is_found(one: Table, stage: str) -> None:
    rows = {key: way for key, way in one.rows.items() if key != (stage, DeemRefused.tag)}
    limit = f"{one.procedure}.consideration"
    assert deaf(stage, limit) in lint(attrs.evolve(one, rows=rows))
