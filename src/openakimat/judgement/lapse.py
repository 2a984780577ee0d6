"""What the law does when time runs out, and where a later chart has moved a case."""

from datetime import datetime

from openakimat.calendar.times import instant
from openakimat.case.act import VOCABULARY
from openakimat.case.acts import Lapse, Move
from openakimat.case.people import LAW, Actor, TheLaw, roles_on
from openakimat.case.record import Case, Record, may_overtake, set_back
from openakimat.chart.clock import Clock
from openakimat.judgement.deadlines import pending
from openakimat.judgement.governing import governing_chart
from openakimat.judgement.judge import judge
from openakimat.judgement.notices import Decision
from openakimat.judgement.onlookers import show
from openakimat.judgement.running import Running, after, follow
from openakimat.law.office import Office
from openakimat.limits.deadline import Deadline


def lapse(case: Case | Running, /, *, at: datetime, office: Office) -> tuple[Record, ...]:
    """What the law has done by an instant: a record for each clock that ran out, in order.

    A clock without an act of its own only leaves its `Lapse`; a case that the
    stage of the moment does not let the law act upon is left as it is, and the
    lapse is recorded. Of a case at a stage that its chart has no more the first record is its
    move, where the chart says where it goes.
    """
    return settle(case, at=at, office=office)[1]


def settle(
    case: Case | Running, /, *, at: datetime, office: Office
) -> tuple[Running, tuple[Record, ...]]:
    """A case with its clocks as the law has left it by an instant, and the records of it."""
    records: list[Record] = []
    at, of = instant(at), follow(case, office=office)
    # Before any lapse: what the law performs then is of the stage that the case was moved to.
    if (move := move_case(of.case, at, office)) is not None:
        records.append(move)
        of = after(of, move)
    # One at a time: what the law performs may stop the other clocks, or set some running.
    while soonest := pending(of, office, by=at):
        due_at, _, clock, deadline = soonest[0]
        # A law or calendar changed since may put the end before the last record. The trail goes
        # forwards all the same, and `due` tells the end.
        lapsed_at = max(due_at, of.case.records[-1].at)
        records.append(_lapse_record(of, clock, lapsed_at, deadline, office))
        of = after(of, records[-1])
    return of, tuple(records)


def elapsed(case: Case | Running, /, *, at: datetime, office: Office) -> Case:
    """The case as the law has left it by an instant; see `lapse`."""
    return settle(case, at=at, office=office)[0].case


def found_by(
    case: Running, /, *, at: datetime, entered: datetime | None, by: Actor, office: Office
) -> Running:
    """A case as an act finds it: before the lapses that it takes the place of, else as it is.

    Only what staff did, and what was kept later than it was done, takes the place of a lapse.
    """
    file = case.case
    # Hardly any act is entered late: of the others whose roles they are is not asked.
    if entered is None or not may_overtake(
        file.records[-1], entered, roles_on(by, office.day_of(at))
    ):
        return case
    before = set_back(file, at)
    return case if before is file else follow(before, office=office)


def _lapse_record(
    of: Running, clock: Clock, at: datetime, deadline: Deadline, office: Office
) -> Record:
    law, case = TheLaw(), of.case
    act = lapse_of(clock, deadline.at)
    show(office.law, of.clockwork.now, clock)
    if type(act) is not Lapse:
        answer = judge(of, act, at=at, by=law, office=office)
        if isinstance(answer, Decision):
            return answer.record
    # Recorded all the same: a clock that ran out and left nothing would be found again for ever.
    bare = Lapse(clock=clock.limit, due=deadline.at)
    last = case.records[-1]
    return Record(
        last.no + 1, at, law.id, LAW, bare, case.stage, case.under,
        office=last.office or office.body.id,
    )  # fmt: skip


def lapse_of(clock: Clock, due: datetime, /) -> Lapse:
    """What the law performs when a clock runs out; of a class that is gone, the bare lapse."""
    kind = VOCABULARY.get(clock.on_lapse, Lapse)
    return kind(clock.limit, due) if issubclass(kind, Lapse) else Lapse(clock.limit, due)


def move_case(case: Case, at: datetime, office: Office, /) -> Record | None:
    """The record that moves a case from a stage or a wording that there is no more, if a chart says where."""
    table = governing_chart(case, at, office)
    if case.stage in table.stages and not table.stored:
        return None
    # Where its own wording would govern and is gone, the chart of the day says where its cases go.
    if table.stored and case.procedure in office.law.procedures:
        table = office.table_on(case.procedure, office.day_of(at))
    enters = table.moves.get((case.wording, case.stage))
    if table.stored or enters is None:
        return None
    last = case.records[-1]
    # As of the last record: where the case stands since then is another name for where it stood.
    return Record(
        last.no + 1, last.at, TheLaw().id, LAW, Move(case.stage), enters, table.under,
        office=last.office or office.body.id, entered=at if at != last.at else None,
    )  # fmt: skip
