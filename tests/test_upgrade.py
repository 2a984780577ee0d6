"""After an installation: what became of the charts, cases and days of a journal is told, and moved if asked."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import attrs
import pytest
from tests.adapters.first_edition import ROWS, SCRIPT, SERIES
from tests.test_main import Ended, run

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory, sql
from openakimat.calendar.terms import WorkingDays
from openakimat.chart.procedure import ProcedureType
from openakimat.dated import Dated, Edition
from openakimat.judgement.changes import Moved
from openakimat.judgement.upgrade import Onward, compare_chart
from openakimat.kz.acts import Decide, Extend
from openakimat.kz.roles import HEAD, REGISTRAR
from openakimat.law.law import Law
from openakimat.law.words import Words
from openakimat.limits.limit import Rule, TimeLimit
from openakimat.report.upgrade import Upgrade, examine, lines, move_cases

T = TypeVar("T")

ASKS = kz.Applicant("Айгерім")
STAFF = oa.Official("staff", frozenset({REGISTRAR, HEAD}))
AT, NOW = (datetime.fromisoformat(f"2026-{at}T10:00+05:00") for at in ("03-18", "03-19"))


# -- an errand in revisions ---------------------------------------------------------------


class Errand(oa.Procedure):
    """As it was: an errand is pondered, and may be forwarded."""

    code, law = "errand", "appc-2026"

    filed = oa.Stage(initial=True)
    pondered = oa.Stage()
    done = oa.Stage(final=True)

    register = oa.step(oa.Register, filed.to(pondered), by=REGISTRAR, source="Order 1")
    decide = oa.step(Decide, pondered.to(done), by=HEAD, source="Order 2")

    term = oa.Clock("errand.answer", starts=oa.Receive, stops=Decide, principal=True)
    forwarding = oa.Clock("errand.forwarding", starts=oa.Receive, stops=Decide)


class Corrected(Errand):
    """As it is: it may be extended as well, and is forwarded no more."""

    extend = oa.step(Extend, Errand.pondered.to.itself(), by=HEAD, source="Order 3")
    forwarding = oa.STRUCK
    notice = oa.Clock("errand.notice", starts=Extend, stops=Decide)


class Renamed(oa.Procedure):
    """What was pondered is weighed."""

    code, law = "errand", "appc-2026"

    filed = oa.Stage(initial=True)
    weighed = oa.Stage()
    done = oa.Stage(final=True)

    register = oa.step(oa.Register, filed.to(weighed), by=REGISTRAR, source="Order 1")
    decide = oa.step(Decide, weighed.to(done), by=HEAD, source="Order 2")

    term = oa.Clock("errand.answer", starts=oa.Receive, stops=Decide, principal=True)
    forwarding = oa.Clock("errand.forwarding", starts=oa.Receive, stops=Decide)


class Moving(Renamed):
    """It says where those go who were pondering, under this wording and the one before."""

    moves = {("appc-2026", "pondered"): "weighed", ("appc-2021", "filed"): "filed"}  # noqa: RUF012 - as a chart has it


class Before(Errand):
    """An errand under the wording before."""

    law = "appc-2021"


OURS = kz.law()
LIMITS = ("errand.answer", "errand.forwarding", "errand.notice", "errand.gone")


def law(*charts: ProcedureType, days: int = 15, without: str = "errand.gone") -> Law:
    """Our law with these charts of an errand, so many days to answer it, and a limit left out."""
    of = OURS
    wordings = {edition.law: edition for edition in of.wordings}

    def dated(key: str, values: Mapping[str, T]) -> Dated[T]:
        since = ((wordings[name], value) for name, value in values.items())
        return Dated(key, (Edition(v, w.law, w.since, "Order", w.evidence) for w, v in since))

    def limit(key: str) -> TimeLimit:
        base = Rule("start" if key == "errand.notice" else "receipt")
        return TimeLimit(key, WorkingDays(days if key == "errand.answer" else 3), base)

    both = ("appc-2021", "appc-2026")
    limits = {key: dated(key, dict.fromkeys(both, limit(key))) for key in LIMITS if key != without}
    tables = {chart.law: chart.table for chart in charts}
    errand = {"errand": dated("errand", tables)} if charts else {}
    return attrs.evolve(of, limits={**of.limits, **limits}, procedures={**of.procedures, **errand})


def desk(of: Law, journal: oa.Journal, office: str = "khromtau") -> oa.Desk:
    return oa.Desk(kz.office(office, pack=of), journal=journal, numbers=memory.Numbers())


def written(of: Law, journal: oa.Journal | None = None, office: str = "khromtau") -> oa.Journal:
    """A journal in which one errand is filed, one pondered and one done."""
    journal = memory.Journal() if journal is None else journal
    one = desk(of, journal, office)
    for stage, acts in {"filed": (), "pondered": (oa.Register(),), "done": (oa.Register(), Decide("favourable"))}.items():  # fmt: skip
        case = one.open("errand", by=ASKS, at=AT, id=f"{office}/{stage}").id
        for act in acts:
            one.perform(case, act, by=STAFF, at=AT)
    return journal


def found(of: Law, journal: oa.Journal) -> Upgrade:
    before = [*journal.since()], [*journal.forms()]
    told = examine(journal, of, [desk(of, journal)], at=NOW)
    assert before == ([*journal.since()], [*journal.forms()])
    return told


def page(of: Upgrade, language: str = "en") -> str:
    return "\n".join(lines(of, Words(kz.law(), language)))


# -- charts -------------------------------------------------------------------------------


def test_under_the_same_law_nothing_is_left_to_do() -> None:
    told = found(law(Errand), written(law(Errand)))
    assert told.settled
    assert (
        "Charts 1 = same 1 + revised 0 + gone from the code 0\n"
        "\n"
        "Khromtau district: open cases 2 = go on 2 + to be moved 0 + need a move 0"
    ) == page(told)


def test_a_revised_chart_is_told_step_by_step_and_its_cases_go_on() -> None:
    told = found(law(Corrected), written(law(Errand)))
    (chart,) = told.charts
    assert "revised" == chart.fate
    assert [
        "step extend from pondered of errand under appc-2026 is added: target pondered",
        "clock errand.forwarding of errand under appc-2026 is removed: starts receive",
        "clock errand.notice of errand under appc-2026 is added: starts extend",
    ] == sorted(map(str, chart.changes), key=lambda one: ("clock" in one, "added" in one))
    (office,) = told.offices
    assert (2, (), ()) == (office.going_on, office.moved, office.stuck)
    struck = ("errand.forwarding",)
    assert [("khromtau/filed", struck), ("khromtau/pondered", struck)] == [
        (each.case, each.struck_out) for each in office.struck_out
    ]
    assert told.settled
    assert "Clocks struck out, which stop with the next act\n  khromtau/filed, filed\n" in page(
        told
    )


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"by": REGISTRAR}, "step decide from pondered of errand under appc-2026: by head becomes registrar"),
        ({"tells": "errand.forwarding"}, ": tells nothing becomes errand.forwarding"),
    ],
)  # fmt: skip
def test_what_of_a_step_is_revised_is_told(how: dict[str, Any], why: str) -> None:
    step = oa.step(Decide, Errand.pondered.to(Errand.done), source="Order 2", **{"by": HEAD, **how})
    revised: Any = type("Revised", (Errand,), {"decide": step, "__doc__": "Other."})
    (change,) = compare_chart(Errand.table, law(revised)).changes
    assert str(change).endswith(why)


def test_a_guard_or_a_move_that_is_new_is_told_and_a_citation_is_not() -> None:
    @oa.guard("errand.closed", why="it is not", asks=())
    def shut(case: oa.Case, act: Decide, circumstances: Any) -> bool:  # noqa: ARG001 - as guards are
        return False

    ways = oa.when(Errand.pondered.to(Errand.done), shut)
    cited: Any = type("Cited", (Errand,), {"__doc__": "Other.", "decide": oa.step(Decide, Errand.pondered.to(Errand.done), by=HEAD, source="Order 20")})  # fmt: skip
    guarded: Any = type("Guarded", (Errand,), {"__doc__": "Other.", "decide": oa.step(Decide, ways, by=HEAD, source="Order 2")})  # fmt: skip
    assert "same" == compare_chart(Errand.table, law(cited)).fate
    (change,) = compare_chart(Errand.table, law(guarded)).changes
    assert "guards nothing becomes errand.closed" in str(change)
    changes = [*map(str, compare_chart(Renamed.table, law(Moving)).changes)]
    assert (
        "move from pondered of errand in appc-2026 under appc-2026 is added: target weighed"
        in changes
    )


def test_another_order_of_clocks_is_told_as_that() -> None:
    table = Errand.table
    form = table.form.replace(b'"stages":["filed","pondered"', b'"stages":["pondered","filed"')
    assert form != table.form
    other = attrs.evolve(table, form=form)
    assert ["chart errand under appc-2026: order as it was becomes another"] == [
        *map(str, compare_chart(other, law(Errand)).changes)
    ]


# -- cases --------------------------------------------------------------------------------


def test_a_case_at_a_stage_that_is_gone_needs_a_move() -> None:
    told = found(law(Renamed), written(law(Errand)))
    (office,) = told.offices
    assert (1, 0) == (office.going_on, len(office.moved))
    assert [("khromtau/pondered", "pondered", "chart.no-stage")] == [
        (each.case, each.stage, each.code) for each in office.stuck
    ]
    assert not told.settled
    assert "khromtau/pondered, pondered: errand has no stage 'pondered' any more [chart.no-stage]" in page(told)  # fmt: skip


def test_a_case_that_a_chart_moves_is_told_and_moved_if_asked() -> None:
    journal, of = written(law(Errand)), law(Moving)
    told = found(of, journal)
    (office,) = told.offices
    assert (Onward("khromtau/pondered", "pondered", "weighed"),) == office.moved
    assert told.settled
    assert "  khromtau/pondered, pondered becomes weighed\n" in page(told) + "\n"
    one = desk(of, journal)
    assert 1 == move_cases([one], told, at=NOW)
    moved = one.case("khromtau/pondered")
    assert ("weighed", "move", "law") == (moved.stage, moved.records[-1].act.tag, moved.records[-1].role)  # fmt: skip
    assert one.verify().intact
    (office,) = found(of, journal).offices
    assert (2, (), ()) == (office.going_on, office.moved, office.stuck)
    assert "done" == one.perform(moved.id, Decide("favourable"), by=STAFF, at=NOW).stage


def test_a_case_of_a_wording_that_is_dropped_is_moved_where_its_stage_has_kept_its_name() -> None:
    """Under the reading by which the wording of the opening governs: that one is no more."""
    journal = memory.Journal()
    then = datetime.fromisoformat("2025-03-18T10:00+05:00")
    desk(law(Before), journal).open("errand", by=ASKS, at=then, id="a")
    (office,) = found(law(Renamed), journal).offices
    assert ["chart.no-wording"] == [each.code for each in office.stuck]
    told = found(law(Moving), journal)
    assert [("filed", "filed")] == [(each.stage, each.enters) for each in told.offices[0].moved]
    assert ["no wording"] == [chart.fate for chart in told.charts]
    one = desk(law(Moving), journal)
    assert 1 == move_cases([one], told, at=NOW)
    assert "weighed" == one.perform("a", oa.Register(), by=STAFF, at=NOW).stage
    assert one.verify().intact


def test_a_procedure_dropped_leaves_its_open_cases_to_a_person() -> None:
    told = found(law(), written(law(Errand)))
    assert ["no procedure"] == [chart.fate for chart in told.charts]
    (office,) = told.offices
    assert {"chart.no-procedure"} == {each.code for each in office.stuck}
    assert 2 == len(office.stuck)
    assert any("no wording 'appc-2026' of 'errand' any more" in str(one) for one in told.missing)
    assert not told.settled


def test_a_limit_whose_key_is_gone_is_told_and_the_cases_go_on() -> None:
    forwarding = oa.Clock("errand.gone", starts=oa.Receive, stops=Decide)
    older: Any = type("Older", (Errand,), {"forwarding": forwarding, "__doc__": "Other."})
    told = found(law(Errand), written(law(older, without="")))
    assert [" no limit 'errand.gone' any more"] == [str(one).partition(":")[2] for one in told.missing]  # fmt: skip
    assert 2 == told.offices[0].going_on
    assert not told.settled


# -- days ---------------------------------------------------------------------------------


def test_the_days_that_another_law_shifts_are_told_with_the_reason() -> None:
    journal = written(law(Errand, days=10))
    told = found(law(Errand), journal)
    (office,) = told.offices
    changes = [
        f"limit errand.answer under {law}: term 10 working days becomes 15 working days"
        for law in ("appc-2021", "appc-2026")
    ]
    assert office.law is not None
    assert changes == [*map(str, office.law)]
    assert [("khromtau/filed", 5), ("khromtau/pondered", 5)] == [
        (each.case, each.by) for each in office.shifts if isinstance(each, Moved)
    ]
    assert not told.settled
    heads = ["Changed since the last law kept", "Days that shift"]
    assert heads == [line for line in page(told).splitlines()[3:] if not line.startswith(" ")]
    assert "  khromtau/filed, errand.answer: 2026-04-06 becomes 2026-04-13 (5 working days later)\n    limit" in page(told)  # fmt: skip


def test_days_are_told_against_the_last_law_that_was_kept() -> None:
    journal = written(law(Errand, days=10))
    desk(law(Errand), journal).open("errand", by=ASKS, at=AT)
    told = found(law(Errand), journal)
    assert ((), ()) == (told.offices[0].law, told.offices[0].shifts)


def test_a_day_that_was_decreed_since_shifts_the_days_that_rest_on_it() -> None:
    journal = memory.Journal()
    early = kz.office("khromtau", pack=law(Errand), calendar=kz.calendar(town="Aqtobe", known_on=date(2026, 1, 10)))  # fmt: skip
    opened = datetime.fromisoformat("2026-08-28T10:00+05:00")
    oa.Desk(early, journal=journal, numbers=memory.Numbers()).open("errand", by=ASKS, at=opened)
    (office,) = found(law(Errand), journal).offices
    assert any(change.name == "2026-08-31" for change in office.law or ())
    assert {"errand.forwarding", "errand.answer"} == {
        each.limit for each in office.shifts if isinstance(each, Moved)
    }


def test_a_case_that_the_law_of_then_cannot_count_is_told_and_hides_no_other() -> None:
    """Its days were before the calendar that was kept."""
    journal = written(law(Errand))
    old = datetime.fromisoformat("2012-03-19T10:00+05:00")
    desk(law(Errand), journal).open("appeal", by=ASKS, at=old, id="old")
    (office,) = found(law(Errand), journal).offices
    assert ["old"] == [each.case for each in office.shifts]
    assert 3 == office.going_on


# -- what cannot be read --------------------------------------------------------------------


def test_what_is_broken_is_told_once_and_hides_nothing() -> None:
    journal = written(law(Errand))
    assert isinstance(journal, memory.Journal)
    rows = journal._cases["khromtau/filed"]
    bad = attrs.evolve(rows[0], body=rows[0].body.replace(b"receive", b"deceive"))
    rows[0] = journal._rows[0] = bad
    told = found(law(Errand), journal)
    assert (1, ()) == (told.offices[0].going_on, told.offices[0].unread)
    assert not told.settled
    assert 1 == page(told).count("khromtau/filed")


def test_a_law_that_was_altered_is_told_and_no_days_are() -> None:
    journal = written(law(Errand))
    assert isinstance(journal, memory.Journal)
    name = next(iter(journal.forms()))
    journal._forms[name] += b" "
    told = found(law(Errand), journal)
    assert told.offices[0].law is None
    assert "No law is kept yet" in page(told)
    assert [f"form {name}"] == [each.case for each in told.trail.broken]


# -- the command ------------------------------------------------------------------------------


class Kept(NamedTuple):
    path: Path

    def __str__(self) -> str:
        return str(self.path)

    @property
    def bytes(self) -> bytes:
        return self.path.read_bytes()


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    """A journal in a file in which errands are done as they were."""
    path = tmp_path / "akimat.db"
    journal = sql.Journal(f"sqlite:///{path}")
    written(law(Errand), journal)
    journal.close()
    return Kept(path)


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Make a chart of an errand that of today."""

    def installed(chart: ProcedureType | None) -> None:
        today = law(*filter(None, [chart]))
        for name in ("openakimat.kz.law", "openakimat.kz.offices.law"):
            monkeypatch.setattr(name, lambda: today)

    return installed


@pytest.mark.parametrize(
    ("chart", "code", "line"),
    [
        (Errand, 0, "open cases 2 = go on 2 + to be moved 0 + need a move 0"),
        (Corrected, 0, "clock errand.forwarding is struck out"),
        (Moving, 0, "khromtau/pondered, pondered becomes weighed"),
        (Renamed, 1, "errand has no stage 'pondered' any more [chart.no-stage]"),
        (None, 1, "there is no procedure 'errand' any more [chart.no-procedure]"),
    ],
)
def test_the_command_tells_it_and_changes_no_byte(
    chart: ProcedureType | None, code: int, line: str, kept: Kept, install: Any
) -> None:
    install(chart)
    before = kept.bytes
    ended = run("upgrade", str(kept))
    assert (code, "") == (ended.returncode, ended.stderr)
    assert line in ended.stdout
    assert before == kept.bytes
    assert ended == run("upgrade", str(kept), "--office", "Khromtau district")


def test_the_command_moves_cases_if_asked(kept: Kept, install: Any) -> None:
    install(Moving)
    ended = run("upgrade", str(kept), "--apply")
    assert (0, "Cases moved: 1") == (ended.returncode, ended.stdout.splitlines()[-1])
    again = run("upgrade", str(kept), "--apply")
    assert "go on 2 + to be moved 0" in again.stdout
    assert "Cases moved: 0" == again.stdout.splitlines()[-1]
    journal = sql.Journal(f"sqlite:///{kept}")
    moved = desk(law(Moving), journal).case("khromtau/pondered")
    journal.close()
    # By now both of its terms are over as well.
    assert ["receive", "register", "move", "lapse", "lapse"] == [r.act.tag for r in moved.records]
    assert "intact: 9 records, 3 cases\n" == run("verify", str(kept)).stdout


@pytest.mark.parametrize("secret", [b"", b"of the host"])
def test_the_command_makes_the_card_of_a_case_that_it_moves_anew(
    secret: bytes, tmp_path: Path, install: Any
) -> None:
    path = tmp_path / "akimat.db"
    with closing(sql.Store(f"sqlite:///{path}")) as store:
        before = oa.Desk(kz.office("khromtau", pack=law(Errand)), store, secret=secret)
        for stage, acts in {"filed": (), "pondered": (oa.Register(),)}.items():
            before.open("errand", by=ASKS, at=AT, id=f"khromtau/{stage}", topic="roads")
            for act in acts:
                before.perform(f"khromtau/{stage}", act, by=STAFF, at=AT)
        install(Moving)
        ended = run("upgrade", str(path), "--office", "khromtau", "--apply")
        assert "Cases moved: 1" == ended.stdout.splitlines()[-1]
        # As it is kept, and before any desk has made it anew.
        (card,) = store.cards.find([[("case", "is", "khromtau/pondered")]])
        records = oa.Desk(kz.office("khromtau", pack=law(Moving)), store).case(card.case).n_sealed
        assert ("weighed", records, None) == (card.stage, card.version, card.wake_at)
        with store.outbox.claim(9) as page:
            told = {one.event.id for one in page}
        assert told
        today = oa.Desk(kz.office("khromtau", pack=law(Moving)), store, secret=secret)
        if secret:
            assert 2 == today.count(at=AT, topic="roads")
        assert 0 == today.rebuild()


def test_an_office_that_is_no_sample_is_named_and_left_to_a_person(
    kept: Kept, install: Any
) -> None:
    install(Errand)
    journal = sql.Journal(f"sqlite:///{kept}")
    own = kz.office(oa.Body("own", {"en": "Own"}), pack=law(Errand))
    one = oa.Desk(own, journal=journal, numbers=memory.Numbers())
    one.open("errand", by=ASKS, at=AT)
    journal.close()
    ended = run("upgrade", str(kept))
    assert 1 == ended.returncode
    assert "Cases of own are not examined: it is no sample office" in ended.stdout
    assert 0 == run("upgrade", str(kept), "--office", "khromtau").returncode
    file = kept.path.with_name("own.toml")
    text = (Path(__file__).parents[1] / "examples/office/zhanaqala.toml").read_text("utf-8")
    file.write_text(text.replace('id = "zhanaqala"', 'id = "own"'), "utf-8")
    told = run("upgrade", str(kept), "--office", str(file)).stdout
    assert "Zhanaqala district: open cases 1 = go on 1" in told


def test_each_office_of_a_journal_has_a_section(kept: Kept, install: Any) -> None:
    install(Errand)
    journal = sql.Journal(f"sqlite:///{kept}")
    written(law(Errand), journal, "astana")
    journal.close()
    ended = run("upgrade", str(kept))
    assert 0 == ended.returncode
    assert 2 == ended.stdout.count("open cases 2 = go on 2")


@pytest.mark.parametrize(("lang", "head"), [("kk", "ашық іс 2"), ("ru", "открытых дел 2")])
def test_its_heads_are_told_in_every_language(
    lang: str, head: str, kept: Kept, install: Any
) -> None:
    install(Errand)
    assert head in run("upgrade", str(kept), "--lang", lang).stdout


@pytest.mark.parametrize(
    "words", [("nowhere.db",), ("nowhere.db", "--apply"), ("mysql://foo/bar",)]
)
def test_bad_input_ends_with_2(words: tuple[str, ...]) -> None:
    ended = run("upgrade", *words)
    assert (2, "") == (ended.returncode, ended.stdout)


def test_an_office_or_a_reading_that_there_is_not_ends_with_2(kept: Kept) -> None:
    assert 2 == run("upgrade", str(kept), "--office", "Atlantis").returncode
    assert 2 == run("upgrade", str(kept), "--reading", "cap-2021=whenever").returncode


# -- the first edition ------------------------------------------------------------------------


@pytest.fixture
def first(tmp_path: Path) -> Kept:
    path = tmp_path / "first.db"
    with closing(sqlite3.connect(path)) as plain:
        plain.executescript(SCRIPT)
    return Kept(path)


def tell(ended: Ended) -> tuple[int, str]:
    return ended.returncode, ended.stdout.splitlines()[0]


def test_a_journal_of_the_first_edition_is_told_as_that_and_not_altered(first: Kept) -> None:
    before = first.bytes
    head = "Tables of the first edition, which are only read; to bring them forward: --office ID --apply"  # fmt: skip
    assert (1, head) == tell(run("upgrade", str(first)))
    told = run("upgrade", str(first), "--office", "khromtau")
    assert (1, head) == tell(told)
    # The law was mended since, and charts of the first edition with it; none of them is gone.
    assert re.search(r"Charts 18 = same \d+ \+ revised \d+ \+ gone from the code 0", told.stdout)
    refused = run("upgrade", str(first), "--apply")
    assert (2, "") == (refused.returncode, refused.stdout)
    assert "--office: whose journal is it?" in refused.stderr
    assert before == first.bytes


def test_brought_forward_it_is_verified_listed_explained_and_acted_on(first: Kept) -> None:
    ended = run("upgrade", str(first), "--office", "khromtau", "--apply")
    assert 0 == ended.returncode
    assert "Tables brought forward: khromtau" in ended.stdout
    assert "intact: 141 records, 34 cases\n" == run("verify", str(first)).stdout
    told = run("explain", "appeal-2026-4", "--journal", str(first), "--office", "khromtau")
    assert (0, True) == (told.returncode, "2026" in told.stdout)
    journal, numbers = sql.Journal(f"sqlite:///{first}"), sql.Numbers(f"sqlite:///{first}")
    one = oa.Desk(kz.office("khromtau"), journal=journal, numbers=numbers)
    later = AT + timedelta(days=365)
    assert 34 == len(one.docket(at=later)) == len({*(row.case for row in ROWS)})
    last = dict(SERIES)
    at = datetime.fromisoformat("2026-05-05T10:00+05:00")
    ids, registered = [], []
    for _ in range(2):
        case = one.open(kz.Appeal, by=ASKS, at=at)
        ids.append(case.id)
        case = one.perform(case.id, oa.Register(), by=STAFF, at=at)
        act = case.records[-1].act
        assert isinstance(act, oa.Register)
        registered.append(act.number)
    n, serial = last["appeal-2026"], last["register-2026"]
    assert [f"khromtau/appeal-2026-{n + 1}", f"khromtau/appeal-2026-{n + 2}"] == ids
    assert [one.office.numbering(2026, serial + 1), one.office.numbering(2026, serial + 2)] == registered  # fmt: skip
    assert one.verify().intact
    journal.close()
    numbers.close()
    again = run("upgrade", str(first))
    assert (0, True) == (again.returncode, "Khromtau district: open cases " in again.stdout)
