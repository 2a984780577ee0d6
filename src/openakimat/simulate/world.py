"""An office at work under the real law: every act is judged, every record sealed.

What is law: whether an act is allowed, what it leads to, what runs out when, and the record of it;
all by `judge`, `settle` and `seal`, as at a desk. What is modelled: who comes and when, how long
work takes, who goes first, and which act is tried at which moment of a visit, which a `Play` says.
An act that the law refuses is counted, and its case goes no further: nobody does what was refused.
"""

import random
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import attrs

from openakimat.case.act import Act
from openakimat.case.acts import Receive
from openakimat.case.people import Actor, Applicant, Official, Role
from openakimat.case.record import Case, Record
from openakimat.errors import Fault, Malformed, Refusal
from openakimat.judgement.deadlines import next_wakeup
from openakimat.judgement.judge import judge, open_case
from openakimat.judgement.lapse import settle
from openakimat.judgement.running import Running, after, follow
from openakimat.law.office import Office
from openakimat.simulate.demand import Drawn
from openakimat.simulate.engines import loop
from openakimat.simulate.engines.load import Lives, Staff
from openakimat.simulate.scenario import Scenario, draw_run
from openakimat.trail.seal import Chain, Sealed


class Moment(NamedTuple):
    """What an act is chosen by: `no` of the cases drawn; `beside` are those that wait with it, if shown."""

    case: Case
    at: datetime
    no: int
    drawn: Drawn
    beside: Sequence[Case]


Choice = Callable[[Moment], Sequence[Act]]
"""The acts that are tried, one after the other."""


@attrs.frozen
class Play:
    """Which acts are tried at a stop: by whoever works there, or by the applicant who joins or leaves."""

    joins: Choice | None = None
    begins: Choice | None = None
    ends: Choice | None = None
    leaves: Choice | None = None
    beside: bool = False
    """Whether the law is shown, when work begins, who else waits."""


@attrs.frozen(eq=False)
class World:
    """What became of an office: its cases, and all its records as sealed, in the order they were.

    `refused` counts the acts refused, by tag and code; `lives` has when each visit joined, began and ended.
    """

    cases: tuple[Case, ...] = attrs.field(repr=False)
    sealed: tuple[Sealed, ...] = attrs.field(repr=False)
    refused: Mapping[tuple[str, str], int]
    lives: Lives = attrs.field(repr=False)


def live_scenario(
    of: Scenario, procedures: Mapping[str, str], *, roles: Mapping[str, Collection[Role]],
    plays: Mapping[str, Play], opens: Callable[[Drawn, int], Receive], seed: int = 0, replication: int = 0,
) -> World:  # fmt: skip
    """A run of a scenario under its law: of the same seed the same that `measure` measures, with its records.

    `procedures` are those of its topics, `roles` those of its groups of staff, `plays` and `opens` as for
    `run_world`. Officials are called by their group: ``windows-1``.
    Raises `Malformed` if a topic or a group is missing or strange, or it starts from cases that are open.
    """
    wanted = {"procedures": (procedures, of.demand.topics), "roles": (roles, {*of.groups})}
    faults = [
        Fault(name, f"of {', '.join(sorted({*told} ^ {*there}))}")
        for name, (told, there) in wanted.items()
        if {*told} != {*there}
    ]
    faults += [Fault("initial", "a world begins with no case open")] if len(of.backlog.stop) else []
    if faults:
        raise Malformed(f"scenario {of.name}", faults)
    drawn, staff, who = draw_run(of, seed, replication)
    groups = [of.groups[person] for person in who]
    people = [
        Official(f"{group}-{groups[:k].count(group) + 1}", roles[group])
        for k, group in enumerate(groups)
    ]
    return run_world(
        of.office, procedures, drawn, staff, people=people, plays=plays, opens=opens, seed=seed
    )


def run_world(
    office: Office, procedure: str | Mapping[str, str], drawn: Drawn, staff: Staff, *, people: Sequence[Official],
    plays: Mapping[str, Play], opens: Callable[[Drawn, int], Receive], seed: int = 0,
) -> World:  # fmt: skip
    """Run the cases drawn through an office under its law, to the end of its minutes.

    `procedure` is that of all of them, or of each topic; `people` are the officials that the staff are, `plays` what is tried by the name of a stop, `opens` the
    act that opens each case; the salts of what is personal are of the seed, so all is sealed alike.
    Raises `Malformed` if there are no minutes, not as many officials as work, or a play of no stop.
    """
    faults = [Fault("staff.minutes", "there are none")] if not staff.minutes else []
    if len(people) != len(staff.serves):
        faults.append(Fault("people", f"{len(people)} officials for {len(staff.serves)} servers"))
    if strange := plays.keys() - {stop.name for stop in drawn.way}:
        faults.append(Fault("plays", f"{min(strange)!r} is no stop"))
    if faults:
        raise Malformed("world", faults)
    law, load = _Law(office, drawn, staff, seed), drawn.load
    tried = [plays.get(stop.name, Play()) for stop in drawn.way]
    of_visit = list(zip(*(c.tolist() for c in (drawn.case, drawn.stop, load.queue)), strict=True))

    def watch(happens: str, visit: int, minute: int, server: int) -> bool:
        case, stop, queue = of_visit[visit]
        at, beside, waiting = law.at(minute), list[Case](), law.waiting[queue]
        by = people[server] if server >= 0 else Applicant(id=f"person-{drawn.person[case] + 1}")
        if happens == "comes":
            name = (
                procedure if isinstance(procedure, str) else procedure[drawn.trait("topic", case)]
            )
            law.chains[case] = Chain(f"{office.body.id}/{name}-{case + 1}")
            opened = open_case(
                name, opens(drawn, case), id=law.chains[case].case, at=at, by=by, office=office
            )
            law.keep(case, follow(opened, office=office), opened.records)
            return True
        if happens == "begins" and tried[stop].beside:
            beside += [law.settle(other, at) for other in waiting]
        if happens != "joins":
            waiting.pop(case, None)
        choice: Choice | None = getattr(tried[stop], happens)
        goes_on = choice is None or law.act(choice, case, at, by, beside)
        if happens == "joins" and goes_on:
            waiting[case] = None
        return goes_on

    lives = loop.run(load, staff, watch)
    for case in law.running:
        law.settle(case, law.at(len(staff.minutes[0].open)))
    cases = tuple(law.running[case].case for case in sorted(law.running))
    return World(cases, tuple(law.sealed), law.refused, lives)


class _Law:
    """Who watches the loop, and does in law what happens in it."""

    def __init__(self, office: Office, drawn: Drawn, staff: Staff, seed: int) -> None:
        self.office, self.drawn, self.at = office, drawn, staff.minutes[0].at
        self.salt = random.Random(seed).randbytes  # noqa: S311 - nothing simulated is secret
        self.sealed, self.refused = list[Sealed](), Counter[tuple[str, str]]()
        self.running, self.wakes = dict[int, Running](), dict[int, datetime | None]()
        self.chains = dict[int, Chain]()
        self.waiting: list[dict[int, None]] = [{} for _ in range(staff.n_queues)]

    def keep(self, case: int, of: Running, records: Sequence[Record]) -> None:
        """Seal what was done; when the law acts next is counted when it is asked."""
        rows, self.chains[case] = self.chains[case].seal_on(records, salt=self.salt)
        self.sealed += rows
        self.running[case] = of
        self.wakes.pop(case, None)

    def settle(self, case: int, at: datetime) -> Case:
        """The case, once the law has acted to an instant."""
        of = self.running[case]
        if case not in self.wakes:
            self.wakes[case] = next_wakeup(of, office=self.office)
        wakes = self.wakes[case]
        if wakes is not None and wakes <= at:
            self.keep(case, *settle(of, at=at, office=self.office))
        return self.running[case].case

    def act(
        self, choice: Choice, case: int, at: datetime, by: Actor, beside: Sequence[Case]
    ) -> bool:
        """Try what a play says: whether the case goes on."""
        stands = self.settle(case, at)
        for act in choice(Moment(stands, at, case, self.drawn, beside)):
            of = self.running[case]
            answer = judge(of, act, at=at, by=by, office=self.office, beside=beside)
            if isinstance(answer, Refusal):
                self.refused[act.tag, answer.code] += 1
                return False
            self.keep(case, after(of, answer.record), (answer.record,))
        return True
