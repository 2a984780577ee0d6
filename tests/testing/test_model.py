"""The search finds what was put wrong into a sound procedure, tells how, and is silent about the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

import attrs
import pytest

from openakimat import kz
from openakimat.acts import (
    Act,
    AskToCorrect,
    Close,
    Correct,
    Decide,
    DeemClosed,
    DeemRefused,
    Execute,
    Hear,
    Inquire,
    Lapse,
    Notify,
    Object,
    Propose,
    Receive,
    Redirect,
    Register,
    Return,
    Terminate,
    Withdraw,
)
from openakimat.case import Case
from openakimat.dated import Dated, Edition, Evidence
from openakimat.errors import PackError
from openakimat.kz.guards import the_applicant
from openakimat.limits import Rule, TimeLimit
from openakimat.office import Office
from openakimat.people import (
    APPLICANT,
    EXECUTOR,
    HEAD,
    LAW,
    REGISTRAR,
    Applicant,
    Official,
    Role,
)
from openakimat.procedure import Procedure, Stage, opening, other_than, step, when
from openakimat.table import Circumstances, Clock, Guard, Row, Table, guard
from openakimat.terms import AsSet, Term, WorkingDays
from openakimat.testing import checks, foresight, likeness
from openakimat.testing.lint import lint
from openakimat.testing.model import Exploration, explore
from openakimat.testing.reading import Reading, read_guard, read_rows

WORDING = "appc-2026"


@attrs.frozen
class SendBack(Act):
    """What was proposed is to be done again."""

    tag: ClassVar[str] = "test.send-back"


def among(field: str, *values: str) -> Guard:
    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
        return getattr(act, field) in values

    return guard(f"{field}.unknown", why=f"{field} is none of {values}")(holds)


@guard("never", why="it can never be")
def never(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
    return False


class Petition(Procedure):
    """Nothing is wrong with this one."""

    code, law = "petition", WORDING

    filed = Stage(initial=True)
    considered = Stage()
    awaiting = Stage()
    prepared = Stage()
    refused = Stage()
    answered = Stage(final=True)
    returned = Stage(final=True)
    dropped = Stage(final=True)
    withdrawn = Stage(final=True)

    register = step(Register, filed.to(considered), by=REGISTRAR, source="Draft, 1")
    ask = step(AskToCorrect, considered.to(awaiting), by=EXECUTOR, source="Draft, 2")
    correct = step(Correct, awaiting.to(considered), by=APPLICANT, source="Draft, 2")
    return_ = step(
        Return,
        when(awaiting.to(returned), among("ground", "not-corrected")),
        by=HEAD,
        source="Draft, 3",
        tells="petition.notice",
    )
    propose = step(Propose, considered.to(prepared), by=(EXECUTOR, REGISTRAR), source="Draft, 4")
    send_back = step(SendBack, prepared.to(considered), by=HEAD, source="Draft, 5")
    decide = step(
        Decide,
        when(answered.after(prepared, refused), among("outcome", "favourable", "burdening")),
        by=(HEAD, EXECUTOR),
        source="Draft, 6",
        apart=Propose,
    )
    terminate = step(
        Terminate,
        when(considered.to(dropped), among("ground", "repeat")),
        by=HEAD,
        source="Draft, 7",
        tells="petition.notice",
    )
    withdraw = step(
        Withdraw,
        withdrawn.after(filed, considered, awaiting, prepared, refused),
        by=APPLICANT,
        source="Draft, 8",
    )
    deem_refused = step(
        DeemRefused,
        refused.after(filed, considered, awaiting, prepared),
        by=LAW,
        source="Draft, 9",
    )

    answer = Clock(
        "petition.answer",
        starts=Receive,
        stops=(Decide, Return, Terminate, Withdraw),
        pauses=AskToCorrect,
        resumes=Correct,
        on_lapse=DeemRefused,
        principal=True,
    )
    correction = Clock(
        "petition.correction", starts=AskToCorrect, stops=(Correct, Return, Withdraw)
    )
    registration = Clock("petition.registration", starts=Receive, stops=(Register, Withdraw))


def limit(key: str, term: Term, *pauses: str, base: str = "start") -> tuple[str, Dated[TimeLimit]]:
    value = TimeLimit(key, term, Rule(base), pauses=frozenset(pauses))
    since = kz.law().wordings.editions[-1].since
    return key, Dated(key, (Edition(value, WORDING, since, "Draft", Evidence.CONFIRMED),))


def office(**over: Any) -> Office:
    """An office whose law has the limits of the petition."""
    limits = dict(
        (
            limit("petition.answer", WorkingDays(15), "ask-to-correct"),
            limit("petition.correction", AsSet(1)),
            limit("petition.registration", WorkingDays(1)),
            limit("petition.notice", WorkingDays(3)),
            limit("petition.twin", WorkingDays(15)),
        )
    )
    pack = attrs.evolve(kz.law(), limits={**kz.law().limits, **limits})
    return kz.office("astana", pack=pack, **over)


OFFICE = office()
SOUND = Petition.table


# -- how a table is made wrong --------------------------------------------------------


def tabled(rows: Iterable[Row], of: Table = SOUND, **over: Any) -> Table:
    ways: dict[tuple[str, str], tuple[Row, ...]] = {}
    for one in rows:
        ways[one.source, one.act] = (*ways.get((one.source, one.act), ()), one)
    return attrs.evolve(of, rows=ways, **over)


def rows(of: Table = SOUND) -> list[Row]:
    return [one for way in of.rows.values() for one in way]


def without(*kinds: type[Act], at: str = "", of: Table = SOUND) -> Table:
    tags = {kind.tag for kind in kinds}
    return tabled((r for r in rows(of) if r.act not in tags or (at and r.source != at)), of)


def changed(kind: type[Act], at: str = "", of: Table = SOUND, **over: Any) -> Table:
    return tabled(
        (
            attrs.evolve(r, **over) if r.act == kind.tag and at in {"", r.source} else r
            for r in rows(of)
        ),
        of,
    )


def row(
    act: type[Act],
    source: str,
    target: str,
    *guards: Guard,
    by: Iterable[Role] = (HEAD,),
    tells: str = "",
) -> Row:
    return Row(act.tag, source, target, frozenset(by), guards, "Draft", tells)


def adding(*more: Row, stages: Iterable[str] = (), of: Table = SOUND) -> Table:
    return tabled((*rows(of), *more), of, stages=(*of.stages, *stages))


def clocked(key: str = "petition.answer", of: Table = SOUND, **over: Any) -> Table:
    return attrs.evolve(of, clocks={**of.clocks, key: attrs.evolve(of.clocks[key], **over)})


def guarded(*guards: Guard) -> Table:
    """The decision kept apart by other guards than its own."""
    return changed(Decide, guards=(among("outcome", "favourable"), *guards))


@guard("duties.role", why="the same role")
def another_role(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
    """Compares roles where it should compare persons."""
    proposed = case.last(Propose)
    return proposed is None or proposed.role != min({HEAD, EXECUTOR} & circumstances.roles)


@guard("duties.last", why="the last to propose")
def another_than_the_last(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
    """Looks at the last proposal only, where there may have been several."""
    proposed = case.last(Propose)
    return proposed is None or proposed.by != circumstances.by.id


@guard("duties.behalf", why="for the same person")
def another_in_whose_name(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
    """Looks at the person substituted, where the substitute decides themself."""
    told = [r for r in case.records if isinstance(r.act, Propose)]
    return circumstances.by.id not in {r.on_behalf or r.by for r in told}


@guard("asked.later", why="it was not decided")
def decided(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
    return case.last(Decide) is not None


ONE_MAN = (Official("k.only", {REGISTRAR, EXECUTOR, HEAD}),)
NO_HEAD = (Official("k.clerk", {REGISTRAR}), Official("k.works", {EXECUTOR}))
CLOSES = attrs.evolve(SOUND.clocks["petition.answer"], limit="petition.twin", on_lapse=DeemClosed)
TWO_CLOCKS = attrs.evolve(
    adding(
        row(DeemClosed, "filed", "dropped", by=(LAW,), tells="petition.notice"),
        *(row(DeemClosed, at, at, by=(LAW,)) for at in ("considered", "awaiting", "prepared")),
    ),
    clocks={**SOUND.clocks, "petition.twin": attrs.evolve(CLOSES, principal=False)},
)


def seed(name: str, code: str, words: str, table: Table, **how: Any) -> Any:
    return pytest.param(code, words, table, how, id=name)


SEEDS = [
    # no way on
    seed(
        "refused-is-a-trap", "stage.deadlock", "'refused'", without(Decide, Withdraw, at="refused")
    ),
    seed(
        "paused-in-a-trap",
        "stage.deadlock",
        "'awaiting'",
        without(Correct, Return, Withdraw, at="awaiting"),
    ),
    seed(
        "the-way-out-contradicts-itself",
        "stage.deadlock",
        "outcome is none of",
        changed(
            Decide,
            "refused",
            without(Withdraw, at="refused"),
            guards=(among("outcome", "favourable"), among("outcome", "burdening")),
        ),
    ),
    seed(
        "the-way-out-can-never-be",
        "stage.deadlock",
        "it can never be",
        changed(Decide, "refused", without(Withdraw, at="refused"), guards=(never,)),
    ),
    seed(
        "the-lapse-leaves-it-where-nothing-is-possible",
        "stage.deadlock",
        "'filed'",
        without(Register, Withdraw, DeemRefused, at="filed"),
    ),
    seed(
        "one-man-cannot-decide-what-he-proposed",
        "stage.deadlock",
        "whoever performed 'propose'",
        without(Withdraw, at="refused"),
        people=ONE_MAN,
    ),
    # no answer
    seed(
        "two-stages-in-a-circle",
        "answer.unreachable",
        "'round'",
        adding(
            row(Hear, "considered", "round"),
            row(Object, "round", "about", by=(APPLICANT,)),
            row(Hear, "about", "round"),
            row(DeemRefused, "round", "round", by=(LAW,)),
            row(DeemRefused, "about", "about", by=(LAW,)),
            stages=("round", "about"),
        ),
    ),
    seed(
        "a-stage-that-only-comes-back-to-itself",
        "answer.unreachable",
        "'limbo'",
        adding(
            row(Inquire, "refused", "limbo"),
            row(Inquire, "limbo", "limbo"),
            stages=("limbo",),
        ),
    ),
    # no way there
    seed("nothing-leads-to-prepared", "stage.unreached", "'prepared'", without(Propose)),
    seed(
        "the-guard-of-the-way-in-never-holds",
        "stage.unreached",
        "'prepared': 'propose' at 'considered' is refused, it can never be",
        changed(Propose, guards=(never,)),
    ),
    seed(
        "no-ground-is-any-of-none",
        "stage.unreached",
        "'returned'",
        changed(Return, guards=(among("ground"),)),
    ),
    seed("the-lapse-is-only-recorded", "stage.unreached", "'refused'", clocked(on_lapse=Lapse)),
    seed("the-clock-never-starts", "stage.unreached", "'refused'", clocked(starts=(Execute,))),
    # closing
    seed(
        "returned-on-no-ground", "closing.no-ground", "'ground' empty", changed(Return, guards=())
    ),
    seed(
        "redirected-nowhere",
        "closing.no-ground",
        "'to' empty",
        adding(row(Redirect, "filed", "dropped", tells="petition.notice")),
    ),
    seed(
        "closed-without-a-word",
        "closing.no-ground",
        "no field",
        adding(row(Close, "considered", "dropped", tells="petition.notice")),
    ),
    seed("returned-and-not-told", "closing.untold", "'return'", changed(Return, tells="")),
    seed("terminated-and-not-told", "closing.untold", "'terminate'", changed(Terminate, tells="")),
    seed(
        "the-law-closes-and-tells-nobody",
        "closing.untold",
        "'deem-refused'",
        changed(DeemRefused, "filed", target="dropped"),
    ),
    seed(
        "staff-withdraw-it",
        "closing.untold",
        "'withdraw'",
        changed(Withdraw, "refused", by=frozenset({HEAD})),
    ),
    # clocks
    *(
        seed(
            f"{kind.tag}-stops-no-clock",
            "clock.unstopped",
            f"'{kind.tag}' closes",
            clocked(stops=tuple({Decide, Return, Terminate, Withdraw} - {kind})),
        )
        for kind in (Decide, Return, Terminate, Withdraw)
    ),
    seed(
        "the-law-closes-and-stops-no-clock",
        "clock.unstopped",
        "'deem-refused' closes",
        changed(DeemRefused, "filed", target="dropped", tells="petition.notice"),
    ),
    seed("nothing-resumes", "clock.unresumed", "'petition.answer'", clocked(resumes=())),
    seed(
        "what-resumes-cannot-happen",
        "clock.unresumed",
        "'petition.answer'",
        clocked(resumes=(Hear,)),
    ),
    seed("no-way-back-to-run-on", "clock.unresumed", "'awaiting'", without(Correct)),
    # nobody
    seed("nobody-is-head", "row.nobody", "is for head, and nobody is that", SOUND, people=NO_HEAD),
    seed("for-nobody", "row.nobody", "'register' at 'filed'", changed(Register, by=frozenset())),
    seed(
        "an-earlier-way-is-always-taken",
        "row.nobody",
        "always goes another way",
        adding(row(SendBack, "prepared", "refused")),
    ),
    seed(
        "a-second-way-to-the-same-stage",
        "row.nobody",
        "'send-back'".replace("send", "test.send"),
        adding(row(SendBack, "prepared", "considered")),
    ),
    seed(
        "asks-for-what-comes-later",
        "row.nobody",
        "it was not decided",
        adding(row(Notify, "considered", "considered", decided)),
    ),
    seed(
        "left-to-the-law-where-no-clock-runs",
        "row.nobody",
        "no clock runs out into it",
        adding(row(DeemRefused, "refused", "refused", by=(LAW,))),
    ),
    # duties
    seed("kept-apart-by-nothing", "duty.same-person", "'propose' and 'decide'", guarded()),
    seed(
        "kept-apart-from-another-act",
        "duty.same-person",
        "'propose'",
        guarded(other_than(Register)),
    ),
    seed("kept-apart-by-role", "duty.same-person", "'propose'", guarded(another_role)),
    seed(
        "kept-apart-from-the-last", "duty.same-person", "'propose'", guarded(another_than_the_last)
    ),
    seed("kept-apart-in-name", "duty.same-person", "'propose'", guarded(another_in_whose_name)),
    seed(
        "kept-apart-at-one-stage-only",
        "duty.same-person",
        "'propose'",
        changed(Decide, "refused", guards=(among("outcome", "favourable"),)),
    ),
    # lapses
    *(
        seed(f"the-law-is-deaf-at-{at}", "lapse.no-step", f"'{at}'", without(DeemRefused, at=at))
        for at in ("filed", "considered", "prepared")
    ),
    seed(
        "the-law-is-stopped-by-a-guard",
        "lapse.no-step",
        "'considered'",
        changed(DeemRefused, "considered", guards=(never,)),
    ),
    seed(
        "no-pause-and-no-step",
        "lapse.no-step",
        "'awaiting'",
        clocked(of=without(DeemRefused, at="awaiting"), pauses=(), resumes=()),
    ),
    seed(
        "a-second-clock-without-a-step",
        "lapse.no-step",
        "'petition.registration'",
        clocked("petition.registration", on_lapse=DeemClosed),
    ),
    seed("two-clocks-at-one-instant", "lapse.order", "'petition.twin'", TWO_CLOCKS),
]


@pytest.mark.parametrize(("code", "words", "table", "how"), SEEDS)
def test_a_defect_is_found_by_the_property_it_breaks(
    code: str, words: str, table: Table, how: dict[str, Any]
) -> None:
    found = explore(table, OFFICE, **how).findings
    assert [one for one in found if one.code == code and words in one.sentence], list(
        map(str, found)
    )


def test_there_are_enough_defects_to_tell() -> None:
    assert len(SEEDS) >= 40
    proved = {seeded.values[0] for seeded in SEEDS}
    assert proved | {"clock.outlives"} == set(_codes())


def _codes() -> list[str]:
    from openakimat.testing import model

    text = model.__doc__ or ""
    return [word for word in text.replace("`", " ").replace(":", " ").split() if _is_code(word)]


def _is_code(word: str) -> bool:
    return word.partition(".")[0] in {
        "stage", "answer", "closing", "clock", "row", "duty", "lapse",
    } and "." in word  # fmt: skip


# -- silence --------------------------------------------------------------------------


def test_nothing_is_found_in_a_sound_procedure() -> None:
    assert lint(SOUND) == []
    found = explore(Petition, OFFICE)
    assert (found.findings, found.bounds) == ((), ())
    assert found.n_states > 20


def test_whose_case_it_is_is_asked_without_remembering_every_record() -> None:
    """Else the cases of an appeal that differ in any record are no longer alike, and never end."""
    assert not read_guard(the_applicant.holds).of_all
    assert read_guard(the_applicant.holds).of_persons


class Shortest(Procedure):
    """One act and it is over."""

    code, law = "shortest", WORDING
    opens = opening(Receive, by=(REGISTRAR,), source="Draft, 1")

    filed = Stage(initial=True)
    answered = Stage(final=True)
    decide = step(Decide, filed.to(answered), by=HEAD, source="Draft, 2")


def test_an_official_may_open_a_case() -> None:
    assert explore(Shortest, OFFICE) == Exploration("shortest/appc-2026", 2, 1, ())


class Waiting(Procedure):
    """Answered when the time is up, with a notice."""

    code, law = "waiting", WORDING
    filed = Stage(initial=True)
    closed = Stage(final=True)
    lapse = step(DeemRefused, filed.to(closed), by=LAW, source="Draft, 2", tells="petition.notice")
    answer = Clock(
        "petition.answer",
        starts=Receive,
        stops=DeemRefused,
        on_lapse=DeemRefused,
        principal=True,
    )


def test_a_clock_that_runs_is_a_way_on() -> None:
    assert explore(Waiting, OFFICE).findings == ()


# -- what is told ---------------------------------------------------------------------


def test_a_story_is_told_in_plain_words_and_is_a_shortest_one() -> None:
    (found,) = explore(changed(Terminate, tells=""), OFFICE).findings
    assert str(found).splitlines() == [
        "closing.untold",
        "   1  2026-02-23 10:00  applicant (applicant) receives it: filed",
        "   2  2026-02-23 11:00  a.nurlanova (registrar) registers it: filed → considered",
        "   3  2026-02-23 12:00  g.serikova (head) terminates it (ground repeat): considered → dropped",
        "   4  'terminate' closes the case, and the participant is told of it within no limit",
    ]


def test_the_law_is_named_in_a_story() -> None:
    (found,) = explore(without(Decide, Withdraw, at="refused"), OFFICE).findings
    assert any("the law deems it refused (petition.answer): " in line for line in found.story)


def test_a_search_cut_short_says_so() -> None:
    found = explore(Petition, OFFICE, bound=3)
    assert found.bounds
    assert "stopped at 3 states" in str(found)


def test_a_calendar_that_ends_is_told_and_nothing_is_made_of_it() -> None:
    calendar = kz.calendar(strict=True)
    at = calendar.place.start_of(calendar.before(calendar.last, 5))
    found = explore(Petition, office(calendar=calendar), at=at)
    assert any("not followed" in told for told in found.bounds)
    assert not [one for one in found.findings if one.code == "stage.deadlock"]


def test_nothing_runs_on_in_a_closed_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "next_wakeup", lambda case, *, office: case.opened_at)  # noqa: ARG005 - as it is called
    assert "clock.outlives" in {one.code for one in explore(Petition, OFFICE).findings}


# -- what a host brings ---------------------------------------------------------------


@attrs.frozen
class Weigh(Act):
    """It is weighed, and only a certain weight will do."""

    tag: ClassVar[str] = "test.weigh"
    weight: float


@guard("weight.other", why="it weighs something else")
def weighty(case: Case, act: Weigh, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
    return act.weight > 1


WEIGHED = adding(
    row(Weigh, "considered", "considered", weighty),
)


def test_acts_of_a_host_need_examples_where_their_values_are_not_known() -> None:
    with pytest.raises(PackError, match="test.weigh.weight: no values of .*float.* are known"):
        explore(WEIGHED, OFFICE)
    assert explore(WEIGHED, OFFICE, examples={Weigh: (Weigh(2),)}).findings == ()
    (light,) = explore(WEIGHED, OFFICE, examples={Weigh: (Weigh(1),)}).findings
    assert "it weighs something else" in light.sentence


def test_examples_may_depend_on_the_case() -> None:
    asked: list[Case] = []

    def weights(case: Case, at: object) -> list[Weigh]:  # noqa: ARG001 - as it is called
        asked.append(case)
        return [Weigh(2)]

    assert explore(WEIGHED, OFFICE, examples={Weigh: weights}).findings == ()
    assert {case.stage for case in asked} == {"considered"}


@guard("queue.empty", why="nobody is in the queue")
def next_in_the_queue(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
    return bool(circumstances.beside)


def test_cases_lie_beside_a_case() -> None:
    queued = adding(row(Hear, "considered", "considered", next_in_the_queue))
    assert [one.code for one in explore(queued, OFFICE).findings] == ["row.nobody"]
    assert explore(queued, OFFICE, beside=lambda case: (case,)).findings == ()


def test_every_opening_given_is_followed() -> None:
    aliya = Receive(applicant=Applicant(id="aliya"))
    once = explore(Petition, OFFICE, examples={Receive: (Receive(),)})
    twice = explore(Petition, OFFICE, examples={Receive: (Receive(), aliya)})
    assert twice.n_states == 2 * once.n_states


# -- what is forgotten ----------------------------------------------------------------


def test_what_is_forgotten_of_a_case_changes_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remembering every act done and every clock, the search is longer and finds the same."""
    short = explore(Petition, OFFICE)
    remembering(monkeypatch)
    long = explore(Petition, OFFICE)
    assert short.n_states < long.n_states
    assert _said(short) == _said(long)


def remembering(monkeypatch: pytest.MonkeyPatch) -> None:
    everything, some = Reading(names=frozenset({"records"})), foresight.Foresight._guards
    for of, name, value in (
        (
            foresight.Foresight,
            "_guards",
            lambda self, onward, before: (everything, *some(self, onward, before)),
        ),
        (foresight, "clocks_asked", lambda table, rows: frozenset(table.clocks)),  # noqa: ARG005 - as it is called
        (likeness.Likeness, "trace", lambda self, act: act),  # noqa: ARG005 - as it is called
    ):
        monkeypatch.setattr(of, name, value)


def _said(found: Exploration) -> set[tuple[str, str]]:
    return {(one.code, one.sentence) for one in found.findings}


@pytest.mark.parametrize("table", [seeded.values[2] for seeded in SEEDS[::9]])
def test_no_defect_hides_in_what_is_forgotten(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = explore(table, OFFICE)
    remembering(monkeypatch)
    assert _said(short) == _said(explore(table, OFFICE))


# -- what a guard looks at ------------------------------------------------------------


@pytest.mark.parametrize(
    ("holds", "kinds"),
    [
        (decided.holds, {Decide}),
        (other_than(Propose).holds, {Propose}),
        (next_in_the_queue.holds, set()),
        (never.holds, set()),
    ],
)
def test_the_acts_that_a_guard_names_are_read(
    holds: Callable[..., bool], kinds: set[type[Act]]
) -> None:
    found = read_rows([row(Decide, "a", "b", Guard("one", "", "", holds))])
    assert kinds == found.kinds


def test_a_guard_that_looks_through_all_records_is_known() -> None:
    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
        return len(case.records) < 3

    assert read_rows([row(Decide, "a", "b", Guard("one", "", "", holds))]).of_all
    two = adding(row(Inquire, "considered", "considered", Guard("one", "few only", "", holds)))
    assert explore(two, OFFICE).findings == ()
