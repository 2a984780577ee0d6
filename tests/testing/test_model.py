"""The search finds what was put wrong into a sound procedure, tells how, and is silent about the rest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

import attrs
import pytest

from openakimat import kz
from openakimat.calendar.terms import AsSet, Term, WorkingDays
from openakimat.case.act import Act
from openakimat.case.acts import Lapse, Receive, Register, Reopen
from openakimat.case.people import APPLICANT, LAW, Official, Role
from openakimat.case.record import Case
from openakimat.chart.asks import Asks
from openakimat.chart.clock import Clock
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, other_than, step, when
from openakimat.chart.table import Circumstances, Guard, Row, Table, guard
from openakimat.dated import Dated, Edition, Evidence
from openakimat.errors import Malformed, PackError
from openakimat.kz.acts import (
    Decide,
    Hear,
    Notify,
    Object,
    Propose,
    Redirect,
    Return,
    Terminate,
    Withdraw,
)
from openakimat.kz.appeal.acts import (
    AskToCorrect,
    Close,
    Correct,
    DeemClosed,
    DeemRefused,
    Execute,
    Inquire,
    RedirectPart,
)
from openakimat.kz.guards import the_applicant
from openakimat.kz.identity import Applicant
from openakimat.kz.roles import EXECUTOR, HEAD, REGISTRAR
from openakimat.law.office import Office
from openakimat.limits.limit import Rule, TimeLimit
from openakimat.lives.actors import casts
from openakimat.lives.story import describe_act
from openakimat.proving import checks, likeness, relevance
from openakimat.proving.explore import Exploration, explore
from openakimat.proving.lint import lint

WORDING = "appc-2026"


@attrs.frozen
class SendBack(Act):
    """What was proposed is to be done again."""

    tag: ClassVar[str] = "test.send-back"


def among(field: str, *values: str) -> Guard:
    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
        return getattr(act, field) in values

    asks = (f"act.{field}", *(f"act.{field}={value}" for value in values))
    return guard(f"{field}.unknown", why=f"{field} is none of {values}", asks=asks)(holds)


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
        ways[one.leaves, one.act] = (*ways.get((one.leaves, one.act), ()), one)
    return attrs.evolve(of, rows=ways, **over)


def rows(of: Table = SOUND) -> list[Row]:
    return [one for way in of.rows.values() for one in way]


def without(*kinds: type[Act], at: str = "", of: Table = SOUND) -> Table:
    tags = {kind.tag for kind in kinds}
    return tabled((r for r in rows(of) if r.act not in tags or (at and r.leaves != at)), of)


def changed(kind: type[Act], at: str = "", of: Table = SOUND, **over: Any) -> Table:
    return tabled(
        (
            attrs.evolve(r, **over) if r.act == kind.tag and at in {"", r.leaves} else r
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


@guard(
    "duties.role",
    why="the same role",
    asks=("by.roles", "record:propose", "record:propose.by"),
)
def another_role(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
    """Compares roles where it should compare persons."""
    proposed = case.last(Propose)
    return proposed is None or proposed.role != min({HEAD, EXECUTOR} & circumstances.roles)


@guard(
    "duties.last",
    why="the last to propose",
    asks=("by", "record:propose", "record:propose.by"),
)
def another_than_the_last(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
    """Looks at the last proposal only, where there may have been several."""
    proposed = case.last(Propose)
    return proposed is None or proposed.by != circumstances.by.id


@guard("duties.behalf", why="for the same person", asks=("by", "record:propose.by"))
def another_in_whose_name(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
    """Looks at the person substituted, where the substitute decides themself."""
    told = [r for r in case.records if isinstance(r.act, Propose)]
    return circumstances.by.id not in {r.on_behalf or r.by for r in told}


@guard("duties.once", why="the same person", asks=("by", "record:propose.by", "record:reopen"))
def another_until_reopened(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Asks nothing any more once the case was reopened."""
    return case.last(Reopen) is not None or other_than(Propose).holds(case, act, circumstances)


@guard("duties.ever", why="the same person, ever", asks=("by", "record:propose.by"))
def another_in_any_round(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
    """Looks at former rounds as well: two who took turns may neither of them decide."""
    told = [r for r in case.records if isinstance(r.act, Propose)]
    return circumstances.by.id not in {r.by for r in told}


@guard("asked.later", why="it was not decided", asks=("record:decide",))
def decided(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
    return case.last(Decide) is not None


@guard("secret.record", why="it was not registered")
def registered(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
    """Looks at a record that it does not name."""
    return case.last(Register) is not None


@guard("secret.actor", why="nobody acts", asks=("record:register",))
def by_somebody(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
    """Looks at who acts, and does not say so."""
    return bool(circumstances.by.id)


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


TWO = tuple(Official(name, {REGISTRAR, EXECUTOR, HEAD}) for name in ("k.one", "k.other"))
REOPENS = row(Reopen, "refused", "considered")
ONCE_MORE: dict[type[Act], tuple[Act, ...]] = {Reopen: (Reopen("new", "none"),)}


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
    seed(
        "only-the-applicant-can-end-it",
        "answer.unreachable",
        "'limbo'",
        adding(
            row(Inquire, "refused", "limbo"),
            row(Withdraw, "limbo", "withdrawn", by=(APPLICANT,)),
            stages=("limbo",),
        ),
    ),
    seed(
        "only-the-applicant-can-answer-it",
        "answer.unreachable",
        "'limbo'",
        adding(
            row(Inquire, "refused", "limbo"),
            row(Decide, "limbo", "answered", by=(APPLICANT,)),
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
        changed(DeemRefused, "filed", enters="dropped"),
    ),
    seed(
        "staff-withdraw-it",
        "closing.untold",
        "'withdraw'",
        changed(Withdraw, "refused", by=frozenset({HEAD})),
    ),
    seed(
        "the-applicant-terminates-it-and-is-not-told",
        "closing.untold",
        "'terminate'",
        changed(Terminate, by=frozenset({APPLICANT}), tells=""),
    ),
    seed(
        "closed-on-what-the-applicant-decided",
        "closing.untold",
        "'close'",
        adding(
            row(Decide, "considered", "decided", by=(APPLICANT,)),
            row(Close, "decided", "dropped"),
            stages=("decided",),
        ),
    ),
    seed(
        "told-only-on-the-other-way",
        "closing.untold",
        "'close'",
        adding(
            row(Terminate, "refused", "silent"),
            row(Terminate, "refused", "told", by=(EXECUTOR,), tells="petition.notice"),
            row(Close, "silent", "dropped"),
            row(Close, "told", "dropped"),
            stages=("silent", "told"),
        ),
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
        changed(DeemRefused, "filed", enters="dropped", tells="petition.notice"),
    ),
    seed("nothing-resumes", "clock.unresumed", "'petition.answer'", clocked(resumes=())),
    seed(
        "what-resumes-cannot-happen",
        "clock.unresumed",
        "'petition.answer'",
        clocked(resumes=(Hear,)),
    ),
    seed(
        "stopped-and-never-resumed",
        "clock.unresumed",
        "'petition.answer'",
        clocked(resumes=(), stops=(Correct, Decide, Return, Terminate, Withdraw)),
    ),
    seed(
        "only-started-anew",
        "clock.unresumed",
        "'petition.answer'",
        clocked(
            resumes=(),
            starts=(Receive, Propose),
            stops=(Correct, Decide, Return, Terminate, Withdraw),
        ),
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
    seed(
        "people's-work-left-to-the-law",
        "row.nobody",
        "no clock runs out into it",
        adding(row(Hear, "considered", "considered", by=(LAW,))),
    ),
    # duties
    seed(
        "kept-apart-beside-the-chart",
        "duty.same-person",
        "'register' and 'terminate'",
        SOUND,
        apart={"terminate": ("register",)},
    ),
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
        "kept-apart-until-reopened",
        "duty.same-person",
        "'propose'",
        adding(REOPENS, of=guarded(another_until_reopened)),
        examples=ONCE_MORE,
    ),
    seed(
        "kept-apart-in-all-rounds",
        "stage.deadlock",
        "'prepared'",
        adding(
            REOPENS, of=without(SendBack, Withdraw, at="prepared", of=guarded(another_in_any_round))
        ),
        people=TWO,
        examples=ONCE_MORE,
    ),
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
    # guards
    seed(
        "a-guard-looks-at-a-record-it-does-not-name",
        "guard.undeclared",
        "'secret.record' looks at record:register,",
        changed(Propose, guards=(registered,)),
    ),
    seed(
        "a-guard-looks-at-who-acts-and-does-not-say-so",
        "guard.undeclared",
        "'secret.actor' looks at by,",
        changed(Propose, guards=(by_somebody,)),
    ),
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
    from openakimat.proving import explore as model

    text = model.__doc__ or ""
    return [word for word in text.replace("`", " ").replace(":", " ").split() if _is_code(word)]


def _is_code(word: str) -> bool:
    return word.partition(".")[0] in {
        "stage", "answer", "closing", "clock", "row", "duty", "lapse", "guard",
    } and "." in word  # fmt: skip


# -- silence --------------------------------------------------------------------------


def test_nothing_is_found_in_a_sound_procedure() -> None:
    assert lint(SOUND) == []
    found = explore(Petition, OFFICE)
    assert (found.findings, found.bounds) == ((), ())
    assert found.n_states > 20


def test_two_may_prepare_and_decide_in_turns_however_often_it_is_reopened() -> None:
    """Who prepared in a former round may decide in this one."""
    table = adding(REOPENS, of=without(SendBack, Withdraw, at="prepared"))
    found = explore(table, OFFICE, people=TWO, examples=ONCE_MORE)
    assert found.findings == ()


def test_whose_case_it_is_is_asked_without_remembering_every_record() -> None:
    """Else the cases of an appeal that differ in any record are no longer alike, and never end."""
    assert not the_applicant.sees.of_records
    assert the_applicant.sees.by


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
        "   1  2026-02-23 10:00  citizen (applicant) receives it: filed",
        "   2  2026-02-23 11:00  a.nurlanova (registrar) registers it: filed → considered",
        "   3  2026-02-23 12:00  g.serikova (head) terminates it (ground repeat): considered → dropped",
        "   4  'terminate' closes the case, and no limit is named within which to tell the participant",
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
    monkeypatch.setattr(checks, "next_wakeup", lambda of, *, office: of.case.opened_at)  # noqa: ARG005 - as it is called
    assert "clock.outlives" in {one.code for one in explore(Petition, OFFICE).findings}


def test_a_reason_is_told_once() -> None:
    (found,) = [
        one
        for one in explore(changed(Propose, guards=(never,)), OFFICE).findings
        if one.code == "stage.unreached"
    ]
    twice = adding(row(Propose, "considered", "prepared", never), of=without(Propose))
    twice = adding(row(Propose, "considered", "prepared", never), of=twice)
    (again,) = [one for one in explore(twice, OFFICE).findings if one.code == "stage.unreached"]
    assert found.sentence == again.sentence


@pytest.mark.parametrize(
    ("act", "clause"),
    [
        (Register(), "registers it"),
        (Object("no"), "objects"),
        (RedirectPart("c-2", "city", ("roads",)), "redirects a part of it (to city)"),
        (SendBack(), "performs 'test.send-back'"),
    ],
)
def test_an_act_is_told_by_its_verb_or_named(act: Act, clause: str) -> None:
    assert describe_act(act) == clause


def test_of_many_people_each_has_a_name_of_their_own() -> None:
    roles = [Role(f"role {n}") for n in range(12)]
    many = tabled(row(Hear, "filed", "filed", by=(role,)) for role in roles)
    names = [person.id for person in casts(many)[0].people]
    assert len(set(names)) == len(names) == 12
    assert names[-1] == "g.serikova-2"


# -- what a host brings ---------------------------------------------------------------


@attrs.frozen
class Weigh(Act):
    """It is weighed, and only a certain weight will do."""

    tag: ClassVar[str] = "test.weigh"
    weight: float


@guard("weight.other", why="it weighs something else", asks=("act.weight",))
def weighty(case: Case, act: Weigh, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
    return act.weight > 1


WEIGHED = adding(
    row(Weigh, "considered", "considered", weighty),
)


def test_acts_of_a_host_need_examples_where_their_values_are_not_known() -> None:
    with pytest.raises(PackError, match="test.weigh.weight: no values of .*float.* are known"):
        explore(WEIGHED, OFFICE)
    assert explore(WEIGHED, OFFICE, examples={Weigh: (Weigh(2.0),)}).findings == ()
    (light,) = explore(WEIGHED, OFFICE, examples={Weigh: (Weigh(1.0),)}).findings
    assert "it weighs something else" in light.sentence


def test_examples_may_depend_on_the_case() -> None:
    asked: list[Case] = []

    def weights(case: Case, at: object) -> list[Weigh]:  # noqa: ARG001 - as it is called
        asked.append(case)
        return [Weigh(2.0)]

    assert explore(WEIGHED, OFFICE, examples={Weigh: weights}).findings == ()
    assert {case.stage for case in asked} == {"considered"}


@guard("queue.empty", why="nobody is in the queue", asks=("beside",))
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


def test_duties_are_kept_apart_between_acts_of_the_procedure_only() -> None:
    with pytest.raises(Malformed, match="'no-such-act' is no act of petition/appc-2026"):
        explore(SOUND, OFFICE, apart={"terminate": ("no-such-act",)})


def test_an_office_of_nobody_has_no_substitutes() -> None:
    own = tabled([row(Withdraw, "filed", "withdrawn", another_in_whose_name, by=(APPLICANT,))])
    assert [person.id for person in casts(own)[0].people] == []


@guard(
    "duties.before",
    why="whoever did the last act may not do the next",
    asks=("by", "record:*.by"),
)
def not_the_last(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
    """Asks who did something, whatever that was."""
    return case.records[-1].by != circumstances.by.id


def test_an_office_has_a_second_where_whoever_acted_last_may_not_act_next() -> None:
    relay = attrs.evolve(
        tabled(
            [
                row(Hear, "filed", "considered"),
                row(Decide, "considered", "answered", not_the_last),
            ]
        ),
        stages=("filed", "considered", "answered"),
        final=frozenset({"answered"}),
        clocks={},
    )
    assert explore(relay, OFFICE).findings == ()


# -- what is forgotten ----------------------------------------------------------------


def test_what_is_forgotten_of_a_case_changes_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remembering every act done and every clock, the search is longer and finds the same."""
    short = explore(Petition, OFFICE)
    remembering(monkeypatch)
    long = explore(Petition, OFFICE)
    assert short.n_states < long.n_states
    assert _said(short) == _said(long)


def remembering(monkeypatch: pytest.MonkeyPatch) -> None:
    everything, some = Asks(every=True), relevance._ahead

    def ahead(*of: Any) -> relevance.Ahead:
        found = some(*of)
        return attrs.evolve(found, guards=(everything, *found.guards))

    for where, name, value in (
        (relevance, "_ahead", ahead),
        (relevance, "clocks_asked", lambda table, asks: frozenset(table.clocks)),  # noqa: ARG005 - as it is called
        (likeness.Likeness, "trace", lambda self, act: act),  # noqa: ARG005 - as it is called
    ):
        monkeypatch.setattr(where, name, value)


def _said(found: Exploration) -> set[tuple[str, str]]:
    return {(one.code, one.sentence) for one in found.findings}


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(seeded.values[2], marks=pytest.mark.thorough if n % 3 else ())
        for n, seeded in enumerate(SEEDS[::9])
    ],
)
def test_no_defect_hides_in_what_is_forgotten(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = explore(table, OFFICE)
    remembering(monkeypatch)
    assert _said(short) == _said(explore(table, OFFICE))


@attrs.frozen
class Remark(Act):
    """Something is remarked, and somebody is named."""

    tag: ClassVar[str] = "test.remark"
    remark: str = ""
    named: tuple[str, ...] = ()


@guard("remark.missing", why="nothing was remarked", asks=("record:*.remark",))
def remarked(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
    return any(getattr(record.act, "remark", "") for record in case.records)


@guard("remark.unnamed", why="nobody was named", asks=("record:test.remark.named",))
def named(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
    last = case.last(Remark)
    return last is not None and isinstance(last.act, Remark) and bool(last.act.named)


@pytest.mark.parametrize(
    ("asking", "telling"), [(remarked, Remark("why")), (named, Remark(named=("a.serikova",)))]
)
def test_acts_that_a_guard_tells_apart_are_not_alike(asking: Guard, telling: Remark) -> None:
    table = adding(
        row(Remark, "considered", "considered"), row(Hear, "considered", "considered", asking)
    )
    assert explore(table, OFFICE, examples={Remark: (Remark(), telling)}).findings == ()
    (silent,) = explore(table, OFFICE, examples={Remark: (Remark(),)}).findings
    assert asking.why in silent.sentence


# -- what a guard looks at ------------------------------------------------------------


@pytest.mark.parametrize(
    ("asking", "kinds"),
    [
        (decided, {Decide}),
        (other_than(Propose), {Propose, Reopen}),
        (next_in_the_queue, set()),
        (never, set()),
    ],
)
def test_the_acts_that_a_guard_names_are_read(asking: Guard, kinds: set[type[Act]]) -> None:
    assert kinds == asking.sees.kinds | asking.sees.performers


def test_a_guard_that_asks_which_of_several_came_last_is_known() -> None:
    def latest(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
        told = case.latest(Propose, SendBack)
        return told is not None and isinstance(told.act, Propose)

    def through(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
        told = [r for r in case.records if isinstance(r.act, (Propose, SendBack))]
        return bool(told) and isinstance(told[-1].act, Propose)

    asking = (
        guard("a", why="b", asks=("record:propose|test.send-back",))(latest),
        guard("a", why="b", asks=("record:propose", "record:test.send-back"))(through),
    )
    assert [bool(one.sees.latest) for one in asking] == [True, False]
    short, long = (
        explore(adding(row(Hear, "prepared", "considered", one)), OFFICE) for one in asking
    )
    assert short.findings == long.findings == ()
    assert short.n_states < long.n_states


def test_a_guard_that_looks_through_all_records_is_known() -> None:
    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - as guards are
        return len(case.records) < 3

    few = guard("one", why="few only", asks=("record:*",))(holds)
    assert few.sees.every
    two = adding(row(Inquire, "considered", "considered", few))
    assert explore(two, OFFICE).findings == ()
