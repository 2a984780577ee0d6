"""A clock is a fold over records: what starts it, stops it, and moves it meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TypeVar

import attrs
import pytest
from hypothesis import given, strategies as st

from openakimat import kz
from openakimat.calendar.terms import AsSet, WorkingDays
from openakimat.case.act import Act
from openakimat.case.acts import Lapse, Pause, Receive, Register, Resume
from openakimat.case.people import Official
from openakimat.case.record import Case, Record, evolve
from openakimat.chart.clock import Clock
from openakimat.chart.procedure import Procedure, ProcedureType
from openakimat.chart.steps import Stage, step
from openakimat.dated import Dated, Edition, Evidence
from openakimat.errors import PackError
from openakimat.judgement.clocks import Run, ground_of, running
from openakimat.judgement.deadlines import deadline_of, deadlines, next_wakeup
from openakimat.judgement.judge import decide, open_case
from openakimat.kz.acts import Accept, Decide, Extend, Withdraw
from openakimat.kz.appeal.acts import AskToCorrect, Correct, DeemRefused, Inquire
from openakimat.kz.roles import HEAD
from openakimat.kz.simplified.acts import Note
from openakimat.law.office import Office
from openakimat.limits.deadline import due
from openakimat.limits.limit import Rule, TimeLimit

T = TypeVar("T")

START, HOUR, ONE_DAY = datetime(2026, 3, 2, 5, tzinfo=dt.UTC), timedelta(hours=1), timedelta(days=1)
CLOCK = Clock(
    "own.term",
    starts=(Receive, Register),
    stops=(Decide, Withdraw),
    pauses=(Pause, AskToCorrect),
    resumes=(Resume, Correct),
    extends=Extend,
    becomes={Inquire: "own.longer-term"},
)
GROUNDS = frozenset({"court", "ask-to-correct"})
FIRST, LATER = date(2026, 5, 4), date(2026, 6, 1)
LAPSE = Lapse(clock="own.term", due=START)


def trace(no: int, at: datetime, act: Act) -> Record:
    """A record, as far as a clock looks at it."""
    return Record(no, at, "", "", act, "", "own/2026@0")


def records(*acts: Act, apart: timedelta = HOUR) -> list[Record]:
    """A record an hour of each act, from 1."""
    return [trace(no, START + (no - 1) * apart, act) for no, act in enumerate(acts, 1)]


def run_of(*acts: Act) -> Run:
    run = running(CLOCK, records(*acts))
    assert run is not None
    return run


def at(no: int) -> datetime:
    """When the record of that number was made."""
    return START + (no - 1) * HOUR


opening = st.sampled_from([Receive(), Register(number="1")])
moving = st.sampled_from(
    [
        Pause("court"),
        Pause("holiday"),
        AskToCorrect(until=FIRST),
        Resume(),
        Correct(),
        Extend(until=FIRST),
        Extend(until=LATER),
        Inquire(),
    ]
)
closing = st.sampled_from([Decide("favourable"), Withdraw()])
beside = st.sampled_from([Accept(), Note(), Lapse(clock="other", due=START)])
lapses = st.sampled_from([LAPSE, DeemRefused(clock="own.term", due=START)])
anything = st.one_of(moving, beside, opening, closing, lapses)
histories = st.lists(anything, max_size=12)
quiet = st.lists(st.one_of(moving, beside), max_size=12)


# -- start ----------------------------------------------------------------------------


@given(st.lists(st.one_of(moving, beside, closing, lapses), max_size=8))
def test_a_clock_never_started_has_no_run(acts: list[Act]) -> None:
    """Whatever else happens, nothing runs."""
    assert running(CLOCK, records(*acts)) is None


def test_a_start_begins_a_run() -> None:
    """It counts by the clock's own limit, from the record that started it."""
    traces = records(Receive())
    assert Run("own.term", traces[0]) == running(CLOCK, traces)


@given(histories, opening, quiet)
def test_a_restart_runs_afresh(before: list[Act], start: Act, after: list[Act]) -> None:
    """Of a former run nothing is left: no pause, extension, stop, lapse or other limit."""
    traces = records(*before, start, *after)
    assert running(CLOCK, traces[len(before) :]) == running(CLOCK, traces)


def test_a_subclass_of_an_act_is_another_act() -> None:
    """A clock is moved by the acts it names, not by those a host derives from them."""

    @attrs.frozen
    class Postpone(Extend):
        """An extension of the host's own."""

        tag = "test-clock.postpone"

    assert run_of(Receive()) == run_of(Receive(), Postpone(until=LATER))


@given(histories, histories)
def test_records_are_folded_one_by_one(before: list[Act], after: list[Act]) -> None:
    """A clock read record by record shows at each what it would show alone."""
    traces = records(*before, *after)
    read = iter(traces)
    seen = running(CLOCK, (next(read) for _ in range(len(before))))
    assert running(CLOCK, traces[: len(before)]) == seen


# -- what does not concern it ---------------------------------------------------------


@given(histories, beside, st.integers(0, 12))
def test_other_acts_move_nothing(acts: list[Act], other: Act, place: int) -> None:
    """Acts the clock does not name, and lapses of other clocks, leave the run as it was."""
    traces = records(*acts)
    where = min(place, len(acts))
    moment = traces[where - 1].at if where else START
    with_it = [*traces[:where], trace(99, moment, other), *traces[where:]]
    assert running(CLOCK, traces) == running(CLOCK, with_it)


# -- stop -----------------------------------------------------------------------------


@given(opening, quiet, closing, st.lists(st.one_of(moving, beside, closing), max_size=6))
def test_a_stop_is_final(start: Act, before: list[Act], stop: Act, after: list[Act]) -> None:
    """Nothing but a lapse or a new start changes a run that was stopped."""
    stopped, later = run_of(start, *before, stop), run_of(start, *before, stop, *after)
    assert stopped.stopped is not None
    assert (len(before) + 2, stopped) == (stopped.stopped.no, later)


@given(opening, quiet, closing)
def test_a_stop_closes_what_was_paused(start: Act, before: list[Act], stop: Act) -> None:
    """A pause that lasted ends when the clock stops, and nothing else changes."""
    running_on, stopped = run_of(start, *before), run_of(start, *before, stop)
    moment = at(len(before) + 2)
    closed = tuple((ground, a, b or moment) for ground, a, b in running_on.pauses)
    assert running_on._replace(pauses=closed, stopped=stopped.stopped) == stopped
    assert not stopped.stands(GROUNDS | {"holiday"})


# -- pause and resume -----------------------------------------------------------------


def test_a_pause_lasts_until_resumed() -> None:
    """Its ends are the instants of the records."""
    lasting = run_of(Receive(), Pause("court"))
    assert (("court", at(2), None),) == lasting.pauses
    assert (True, ()) == (lasting.stands(GROUNDS), lasting.counted(GROUNDS))
    over = run_of(Receive(), Pause("court"), Resume())
    assert (("court", at(2), at(3)),) == over.pauses
    assert (False, ((at(2), at(3)),)) == (over.stands(GROUNDS), over.counted(GROUNDS))


def test_an_act_may_be_its_own_ground() -> None:
    """An act without a ground pauses by its tag, and any resuming act ends it."""
    run = run_of(Receive(), AskToCorrect(until=FIRST), Correct())
    assert (("ask-to-correct", at(2), at(3)),) == run.pauses
    assert ("court", "ask-to-correct") == (
        ground_of(Pause("court")),
        ground_of(AskToCorrect(until=FIRST)),
    )


def test_a_second_pause_on_the_same_ground_is_the_first() -> None:
    """Paused again while paused, it has stood still since the first."""
    assert (("court", at(2), at(4)),) == run_of(
        Receive(), Pause("court"), Pause("court"), Resume()
    ).pauses


def test_a_resumption_without_a_pause_is_nothing() -> None:
    """It neither counts nor bars a later pause."""
    assert run_of(Receive()) == run_of(Receive(), Resume())
    assert run_of(Receive(), Resume(), Pause("court")).stands(GROUNDS)


def test_a_forbidden_ground_does_not_count() -> None:
    """A ground that the limit does not allow is kept, but neither stands nor counts."""
    run = run_of(Receive(), Pause("holiday"))
    assert (("holiday", at(2), None),) == run.pauses
    assert not run.stands(GROUNDS)
    assert () == run_of(Receive(), Pause("holiday"), Resume()).counted(GROUNDS)


def test_a_forbidden_pause_does_not_hide_a_lawful_one() -> None:
    """A pause on a lawful ground counts from its start, though an unlawful one lasted then."""
    acts = (Receive(), Pause("holiday"), AskToCorrect(until=FIRST))
    assert run_of(*acts).stands(GROUNDS)
    assert ((at(3), at(4)),) == run_of(*acts, Correct()).counted(GROUNDS)


def test_two_lawful_grounds_at_once_count_once() -> None:
    """Pauses that overlap are one pause from the first start to the last end."""
    acts = (Receive(), Pause("court"), AskToCorrect(until=FIRST), Resume())
    assert ((at(2), at(4)),) == run_of(*acts).counted(GROUNDS)
    assert ((at(3), at(4)),) == run_of(*acts).counted(frozenset({"ask-to-correct"}))


@given(opening, histories)
def test_pauses_counted_are_apart_and_within_the_run(start: Act, acts: list[Act]) -> None:
    """In order, never overlapping, none before the start of the run or after its stop."""
    run = run_of(start, *acts)
    end = run.stopped.at if run.stopped else at(len(acts) + 1)
    counted = run.counted(GROUNDS)
    edges = [run.started.at, *(edge for pause in counted for edge in pause), end]
    assert sorted(edges) == edges
    assert all(first[1] <= second[0] for first, second in pairwise(counted))


@given(opening, quiet)
def test_a_clock_stands_when_paused_last(start: Act, acts: list[Act]) -> None:
    """It stands still exactly when a lawful pause was not followed by a resumption."""
    stands = False
    for act in acts:
        stands |= isinstance(act, (Pause, AskToCorrect)) and ground_of(act) in GROUNDS
        stands &= not isinstance(act, (Resume, Correct))
    assert stands == run_of(start, *acts).stands(GROUNDS)


@given(opening, quiet)
def test_the_time_counted_is_the_time_it_stood(start: Act, acts: list[Act]) -> None:
    """Hour by hour: the sum of the closed pauses is the hours in which it stood still."""
    run = run_of(start, *acts, Resume())
    stood = sum(run_of(start, *acts[:n]).stands(GROUNDS) for n in range(len(acts) + 1))
    total = sum((b - a for a, b in run.counted(GROUNDS)), timedelta(0))
    assert stood * HOUR == total


# -- extension ------------------------------------------------------------------------


@given(opening, st.lists(st.dates(FIRST, LATER), max_size=4))
def test_the_latest_day_named_stands(start: Act, named: list[date]) -> None:
    """Of several extensions the latest day counts, in whatever order they came."""
    run = run_of(start, *(Extend(until=until) for until in named))
    assert max(named, default=None) == run.until


@pytest.mark.parametrize("named", [(FIRST, LATER), (LATER, FIRST)])
def test_an_earlier_day_does_not_take_back_a_later(named: tuple[date, date]) -> None:
    """An extension never shortens one made before."""
    assert LATER == run_of(Receive(), *(Extend(until=until) for until in named)).until


def test_a_day_to_correct_is_no_extension() -> None:
    """Only the acts that extend carry a last day."""
    assert run_of(Receive(), AskToCorrect(until=LATER)).until is None


# -- another limit --------------------------------------------------------------------


@given(opening, quiet, quiet)
def test_another_limit_counts_from_the_same_start(
    start: Act, before: list[Act], after: list[Act]
) -> None:
    """Pauses, extensions and start outlast the change, also when it comes during a pause."""
    before, after = ([a for a in acts if not isinstance(a, Inquire)] for acts in (before, after))
    traces = records(start, *before, Inquire(), *after)
    without = [*traces[: len(before) + 1], *traces[len(before) + 2 :]]
    plain = running(CLOCK, without)
    assert plain is not None
    became = traces[len(before) + 1]
    longer = plain._replace(limit="own.longer-term", became=became)
    assert longer == running(CLOCK, traces)


# -- lapse ----------------------------------------------------------------------------


@given(opening, quiet, lapses, quiet)
def test_a_lapse_stays_visible(start: Act, before: list[Act], lapse: Act, after: list[Act]) -> None:
    """No pause, extension or other limit undoes it, or moves what ran out."""
    lapsed, later = run_of(start, *before, lapse), run_of(start, *before, lapse, *after)
    assert lapsed.lapsed is not None
    assert (len(before) + 2, lapsed) == (lapsed.lapsed.no, later)


@given(opening, quiet, lapses, closing)
def test_a_late_act_stops_what_has_lapsed(
    start: Act, before: list[Act], lapse: Act, stop: Act
) -> None:
    """Decided late is both: lapsed, and stopped at the late act."""
    run = run_of(start, *before, lapse, stop)
    assert run.lapsed is not None
    assert run.stopped is not None
    assert (len(before) + 2, len(before) + 3) == (run.lapsed.no, run.stopped.no)


def test_the_first_lapse_is_kept() -> None:
    """A term runs out once."""
    run = run_of(Receive(), LAPSE, LAPSE)
    assert run.lapsed is not None
    assert 2 == run.lapsed.no


def test_the_lapse_of_another_clock_is_not_its_own() -> None:
    """A lapse names its clock."""
    assert run_of(Receive(), Lapse(clock="own.longer-term", due=START)).lapsed is None


def test_the_lapse_of_a_changed_limit_bears_the_name_of_the_clock() -> None:
    """A clock whose limit became another is still named by its own."""
    assert run_of(Receive(), Inquire(), LAPSE).lapsed is not None


@pytest.mark.parametrize(
    "late",
    [
        (Pause("court"),),
        (Pause("court"), Resume()),
        (Extend(until=LATER),),
        (AskToCorrect(until=LATER), Correct(), Extend(until=LATER)),
    ],
    ids=["paused", "paused and resumed", "extended", "corrected and extended"],
)
def test_a_breach_is_seen_through_a_later_pause(late: Sequence[Act]) -> None:
    """A term that ran out is missed, however the case was paused or extended afterwards."""
    made = TimeLimit("own.term", WorkingDays(3), base=Rule("receipt"), pauses=GROUNDS)
    of = Edition(made, "own", date(2026, 1, 1), "own 1", Evidence.CONFIRMED)
    run = running(CLOCK, records(Receive(), LAPSE, *late, apart=7 * ONE_DAY))
    assert run is not None
    found = due(
        of,
        run.started.at,
        kz.calendar(),
        pauses=run.counted(GROUNDS),
        until=run.until,
        paused=run.stands(GROUNDS),
    )
    assert date(2026, 3, 5) == found.last_day
    assert found.missed(START + 60 * ONE_DAY)


# -- ahead of another, and not yet set --------------------------------------------------


class Errand(Procedure):
    """A term as told, and a call three working days before its end."""

    code, law = "errand", "practice"
    open_ = Stage(initial=True)
    shut = Stage(final=True)
    pause = step(Pause, open_.to.itself(), by=HEAD, source="Draft, 1")
    resume = step(Resume, open_.to.itself(), by=HEAD, source="Draft, 1")
    extend = step(Extend, open_.to.itself(), by=HEAD, source="Draft, 2")
    decide = step(Decide, open_.to(shut), by=HEAD, source="Draft, 3")
    term = Clock(
        "errand.term",
        starts=Extend,
        stops=Decide,
        pauses=Pause,
        resumes=Resume,
        principal=True,
    )
    call = Clock("errand.call", starts=Receive, stops=Decide, ahead="errand.term")


def errand(call_base: str = "term") -> Office:
    """An office with that procedure and its two limits."""
    pack = kz.law()
    (practice,) = pack.others["practice"]
    limits = {
        "errand.term": TimeLimit(
            "errand.term", AsSet(), Rule("start"), pauses=frozenset({"court"})
        ),
        "errand.call": TimeLimit(
            "errand.call", WorkingDays(3), Rule(call_base), direction="before"
        ),
    }

    def dated(name: str, value: T) -> Dated[T]:
        return Dated(name, (attrs.evolve(practice, value=value),))  # type: ignore[arg-type]

    return kz.office(
        pack=attrs.evolve(
            pack,
            limits={**pack.limits, **{key: dated(key, one) for key, one in limits.items()}},
            procedures={**pack.procedures, "errand": dated("errand", Errand.table)},
        )
    )


def errand_after(*acts: Act) -> tuple[Case, Office]:
    """An errand opened on Monday 2 March 2026 and what was done to it, an act a day."""
    office, head = errand(), Official("h", {HEAD})
    case = open_case("errand", Receive(), id="1", at=START, by=head, office=office)
    for n, act in enumerate(acts, start=1):
        done = decide(case, act, at=START + n * ONE_DAY, by=head, office=office)
        case = evolve(case, done.record)
    return case, office


def test_a_term_that_is_as_set_runs_once_it_is_set_and_so_does_the_clock_ahead_of_it() -> None:
    case, office = errand_after()
    assert () == deadlines(case, office=office)
    case, office = errand_after(Extend(until=date(2026, 3, 20)))
    assert {"errand.term": date(2026, 3, 20), "errand.call": date(2026, 3, 17)} == {
        one.limit: one.last_day for one in deadlines(case, office=office)
    }


def test_while_one_stands_still_the_clock_ahead_of_it_cannot_run_out() -> None:
    case, office = errand_after(Extend(until=date(2026, 3, 20)), Pause("court"))
    assert None is next_wakeup(case, office=office)
    case, office = errand_after(Extend(until=date(2026, 3, 20)), Pause("court"), Resume())
    call = deadline_of(case, "errand.call", office=office)
    # a calendar day given back: from Friday the 20th to Saturday the 21st, a day off, and the
    # third working day before it
    assert call is not None
    assert date(2026, 3, 18) == call.last_day


def test_a_clock_ahead_of_none_is_refused() -> None:
    with pytest.raises(PackError, match="ahead of 'errand.terms', no clock"):
        ProcedureType(
            "Wrong",
            (Errand,),
            {"call": Clock("errand.call", starts=Receive, stops=Decide, ahead="errand.terms")},
        )


def test_a_clock_ahead_of_another_is_counted_from_its_term() -> None:
    with pytest.raises(PackError, match="errand.call under practice is counted from 'receipt'"):
        errand(call_base="receipt")
