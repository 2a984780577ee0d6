"""Whatever is done to the rows of a journal, it is told or it changes nothing that is read.

Promised. Of what is stored nothing is read that was not sealed in its place: a row altered, moved,
put in, doubled or taken out of the midst is told by `verify`, and no desk loads it or goes on with
its case. A record that no desk can load is not intact. A case that is broken hides no other. All
of it by documented errors alone.

Not promised, for nothing within the journal can tell: that the last records of a case were cut off,
that a whole case was taken out, and that a chain was made anew to its end by somebody who can hash.
Who keeps heads elsewhere sees all three. A chain made anew is still held against the charts, and
what a desk can not load of it is told.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import attrs
import pytest
import sqlalchemy as sa

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory, sql
from openakimat.case.act import VOCABULARY
from openakimat.case.acts import Rectify
from openakimat.chart.form import Charts, charts_in
from openakimat.errors import AkimatError
from openakimat.kz.roles import EXECUTOR, HEAD, REGISTRAR
from openakimat.trail.canonical import encode, parse
from openakimat.trail.seal import Sealed, read_case, verify

pytestmark = pytest.mark.thorough

N_ROWS, N_BODIES, N_FORMS = 3_000, 30_000, 400

KZ = kz.office("khromtau")

STAFF = oa.Official("staff", {REGISTRAR, HEAD, EXECUTOR})

NOW = datetime.fromisoformat("2026-06-01T10:00+05:00")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}T10:00+05:00")


def live(journal: Any) -> None:
    """Cases of two offices: ended, running, paused, lapsed, corrected, with ties and people."""
    here = oa.Desk(KZ, journal=journal, numbers=memory.Numbers())
    there = oa.Desk(kz.office("astana"), journal=journal, numbers=memory.Numbers())
    who = kz.Applicant("Айгерім", "850817300107", None, "Абай 1", "aigerim")
    for n, desk in enumerate((here, there, here)):
        case = desk.open(
            kz.Appeal, by=who, at=at("03-16"), topic=f"road {n}", summary="it is dark"
        ).id
        desk.perform(case, oa.Register(), by=STAFF, at=at("03-16"))
        desk.perform(case, kz.appeal.Accept(), by=STAFF, at=at("03-18"))
        if n:
            desk.perform(case, Rectify(2, oa.Register("R-9"), "a slip"), by=STAFF, at=at("03-19"))
            until = date(2026, 4, 20)
            desk.perform(case, kz.appeal.Extend(until, "far away"), by=STAFF, at=at("03-20"))
            desk.lapse(case, at=at("05-05"))
    told: dict[str, Any] = {
        "by": STAFF,
        "at": at("03-16"),
        "until": date(2026, 4, 1),
        "executors": ("staff",),
    }
    links = (oa.Link("khromtau/appeal-2026-1", "about"),)
    case = here.open(kz.Instruction, id="i", links=links, **told).id
    here.perform(case, kz.appeal.Accept(), by=STAFF, at=at("03-17"))
    here.open(kz.Request, id="q", by=who, at=at("03-16"), service="S-01", term="3 working days")
    here.perform("q", oa.Register(), by=STAFF, at=at("03-16"))


def questions(desk: oa.Desk, case: str) -> Mapping[str, Callable[[], object]]:
    """Whatever may be asked of a desk; each is to answer or to raise an error of ours."""
    return {
        "case": lambda: str(desk.case(case)),
        "received": lambda: desk.case(case).received,
        "deadlines": lambda: [oa.explain(one, "en") for one in desk.deadlines(case)],
        "notices": lambda: desk.notices(case),
        "may": lambda: desk.may(case, oa.Register(), at=NOW, by=STAFF),
        "perform": lambda: desk.perform(case, kz.appeal.Accept(), at=NOW, by=STAFF),
        "lapse": lambda: desk.lapse(case, at=NOW),
        "docket": lambda: desk.docket(at=NOW),
        "next_wakeup": desk.next_wakeup,
        "files": lambda: [*desk.files()],
        "broken": desk.broken,
        "missing": desk.missing,
    }


NEVER_RAISE = {"docket", "next_wakeup", "files", "broken"}
"""What lists every case may fail for none of them."""


def ask(desk: oa.Desk, case: str, what: str) -> dict[str, object]:
    """All answers; of an error of ours its code."""
    answers: dict[str, object] = {}
    for name, question in questions(desk, case).items():
        try:
            answers[name] = question()
        except AkimatError as wrong:
            answers[name] = wrong
        except Exception as wrong:
            raise AssertionError(f"{what}: {name} raises {wrong!r}") from wrong
    stumbled = {
        name: answers[name] for name in NEVER_RAISE if isinstance(answers[name], AkimatError)
    }
    assert stumbled == {}, what
    return answers


# -- rows -------------------------------------------------------------------------------

Row = dict[str, Any]
Change = tuple[str, set[Any], Callable[[sa.Connection], object]]
"""What is done, the cases it is done to, and the doing of it."""

_ODD: tuple[Any, ...] = (None, 0, 7, -1, 1.5, "", "x", b"", b"x", 2**62, "7", b"7")

_WITHOUT_CHECKS = """
CREATE TABLE akimat_record (position INTEGER PRIMARY KEY, case_id TEXT, no INTEGER, body BLOB,
                            seal BLOB, private BLOB, office TEXT, tx INTEGER);
CREATE TABLE akimat_series (series TEXT PRIMARY KEY, last INTEGER);
CREATE TABLE akimat_form (position INTEGER PRIMARY KEY, name TEXT, body BLOB)
"""
"""The tables as whoever holds the file may have them: no key and no check keeps a row out."""


def _flipped(draw: random.Random, body: bytes) -> bytes:
    bits = bytearray(body or b"\0")
    place = draw.randrange(len(bits) * 8)
    bits[place // 8] ^= 1 << place % 8
    return bytes(bits)


def _set(row: Row, **to: Any) -> Callable[[sa.Connection], object]:
    names = ", ".join(f"{name} = :{name}" for name in to)
    asked = sa.text(f"UPDATE akimat_record SET {names} WHERE position = :_at")
    return lambda connection: connection.execute(asked, {**to, "_at": row["position"]})


def _delete(where: str, **values: Any) -> Callable[[sa.Connection], object]:
    asked = sa.text(f"DELETE FROM akimat_record WHERE {where}")
    return lambda connection: connection.execute(asked, values)


def _insert(row: Row) -> Callable[[sa.Connection], object]:
    names = ", ".join(row)
    asked = sa.text(f"INSERT INTO akimat_record ({names}) VALUES (:{', :'.join(row)})")
    return lambda connection: connection.execute(asked, row)


def _form(asked: str, **values: Any) -> Callable[[sa.Connection], object]:
    return lambda connection: connection.execute(sa.text(asked), values)


def row_changes(rows: list[Row], forms: list[Row], draw: random.Random) -> Iterator[Change]:
    """Things that somebody may do to the tables, without end."""
    while True:
        row, other = draw.sample(rows, 2)
        case = row["case_id"]
        column = draw.choice(["case_id", "no", "body", "seal", "private", "office"])
        blob = draw.choice(["body", "seal", "private"])
        form, second = draw.sample(forms, 2)
        under = form["name"]
        every = {one["case_id"] for one in rows}
        named = {one["case_id"] for one in rows if under.encode() in one["body"]}
        both = {case, other["case_id"]}
        new = {**row, "position": 1_000}
        odd = draw.choice(_ODD)
        yield from draw.sample(
            [
                ("position negated", {case}, _set(row, position=-row["position"])),
                ("position zero", {case}, _set(row, position=0)),
                ("position last", {case}, _set(row, position=10_000)),
                (f"{column} is {odd!r}", {case, odd}, _set(row, **{column: odd})),
                ("case id of another", both, _set(row, case_id=other["case_id"])),
                ("case id a blob", {case, case.encode()}, _set(row, case_id=case.encode())),
                ("case id with a space", {case, f"{case} "}, _set(row, case_id=f"{case} ")),
                ("no of another", {case}, _set(row, no=other["no"])),
                ("no negated", {case}, _set(row, no=-row["no"])),
                ("office of another", {case}, _set(row, office=draw.choice(["astana", "yesil"]))),
                (f"{blob} flipped", {case}, _set(row, **{blob: _flipped(draw, row[blob])})),
                (f"{blob} of another", {case}, _set(row, **{blob: other[blob]})),
                (f"{blob} cut", {case}, _set(row, **{blob: (row[blob] or b"x")[:-1]})),
                (f"{blob} a text", {case}, _set(row, **{blob: str(row[blob])})),
                ("deleted", {case}, _delete("position = :p", p=row["position"])),
                ("case deleted", {case}, _delete("case_id = :c", c=case)),
                ("tail cut", {case}, _delete("case_id = :c AND no >= :n", c=case, n=row["no"])),
                ("doubled", {case}, _insert(new)),
                ("doubled under another", both, _insert({**new, "case_id": other["case_id"]})),
                ("doubled under a new id", {case, "new"}, _insert({**new, "case_id": "new"})),
                ("doubled as the next", {case}, _insert({**new, "no": row["no"] + 1})),
                ("form deleted", named, _form("DELETE FROM akimat_form WHERE name = :n", n=under)),
                ("form renamed", named, _form("UPDATE akimat_form SET name = 'x' WHERE name = :n", n=under)),
                ("form odd", named, _form("UPDATE akimat_form SET body = :b WHERE name = :n", b=odd, n=under)),
                ("form name odd", named, _form("UPDATE akimat_form SET name = :b WHERE name = :n", b=odd, n=under)),
                ("form flipped", named, _form("UPDATE akimat_form SET body = :b WHERE name = :n", b=_flipped(draw, form["body"]), n=under)),
                ("form of another", named, _form("UPDATE akimat_form SET body = :b WHERE name = :n", b=second["body"], n=under)),
                ("forms deleted", every, _form("DELETE FROM akimat_form")),
            ],
            k=14,
        )  # fmt: skip


def beginnings(desk: oa.Desk, case: str) -> list[oa.Case]:
    """A case as it was sealed, after each of its records; the last is the case as it stands."""
    rows = desk.journal.read(case)
    return [read_case(case, rows[:n], desk._files.chart)[0] for n in range(1, len(rows) + 1)]


def check_rows(desk: oa.Desk, known: Mapping[str, list[oa.Case]], change: Change) -> bool:
    """Hold all that is promised of a journal with a change in it; say whether it was told."""
    what, touched, _ = change
    told = not desk.verify().intact
    lines = {line.case: line for line in desk.docket(at=NOW)}
    for name, sealed in known.items():
        try:
            case = desk.case(name)
        except AkimatError:
            # What cannot be loaded is told by verification too; or it is not there at all.
            assert name in touched, what
            assert told or name not in lines, what
            continue
        # The tail may be cut, and nothing else is read than what was sealed.
        assert case in sealed, what
        assert name in touched or case == sealed[-1], what
        assert name in lines or told, what
        if name not in touched:
            assert lines[name].standing is not oa.Standing.BROKEN, what
    for other in lines.keys() - known.keys():
        assert told, what
        assert lines[other].standing is oa.Standing.BROKEN, what
    return told


def check_acts(desk: oa.Desk, touched: set[Any], what: str) -> None:
    """Whatever is still performed continues what is believed, and nothing else."""
    for case in [one for one in touched if isinstance(one, str)]:
        try:
            before = desk.case(case).records
        except AkimatError:
            before = None
        answers = ask(desk, case, what)
        for name in ("perform", "lapse"):
            after = answers[name]
            if isinstance(after, oa.Case):
                assert before is not None, (what, name)
                assert after.records[: len(before)] == before, (what, name)


def test_rows_altered_are_told_or_change_nothing_that_is_read() -> None:
    draw = random.Random(8)  # noqa: S311 - the same changes each time
    engine = sql.engine("sqlite://")
    with engine.begin() as host:
        for statement in _WITHOUT_CHECKS.split(";"):
            host.exec_driver_sql(statement)
    live(sql.Journal(engine))
    with engine.connect() as host:
        rows = [
            dict(row) for row in host.execute(sa.text("SELECT * FROM akimat_record")).mappings()
        ]
        forms = [dict(row) for row in host.execute(sa.text("SELECT * FROM akimat_form")).mappings()]
        host.rollback()
        journal = sql.Journal(host)
        desk = oa.Desk(KZ, journal=journal, numbers=memory.Numbers())
        known = {case.id: beginnings(desk, case.id) for case in desk.files()}
        assert desk.verify().intact
        host.rollback()
        told = 0
        for n, change in zip(range(N_ROWS), row_changes(rows, forms, draw), strict=False):
            change[2](host)
            # Each time a desk that has read nothing yet.
            fresh = oa.Desk(KZ, journal=journal, numbers=memory.Numbers())
            told += check_rows(fresh, known, change)
            if n % 20 == 0:
                check_acts(fresh, change[1], change[0])
            host.rollback()
        assert desk.verify().intact
    assert told > N_ROWS * 0.7
    engine.dispose()


# -- bodies -----------------------------------------------------------------------------

GARBAGE: tuple[Any, ...] = (
    None, True, 0, -1, 7, 2**53 - 1, "", "x", "law", [], {}, [[]], {"a": 1}, {"#": "0" * 64},
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01", "9999-12-31",
    "2026-03-20T10:00:00+05:00", "2099-01-01T00:00:00+05:00", "2026-13-01", "2026-03-18T10:00:00",
    "assumed", "told", "astana", "considered", "registered", "answered", "applicant", "head",
    "1 month", "fresh", "continue", {"is": "register", "v": 1, "number": "1"},
    {"is": "lapse", "v": 1, "clock": "appeal.consideration", "due": "2026-03-18T10:00:00+05:00"},
    {"is": "nosuch", "v": 1}, {"is": "receive", "v": 99}, {"is": "move", "v": 1, "leaves": "received"},
    {"is": "rectify", "v": 1, "record": 1, "reason": "x", "act": {"is": "register", "v": 1, "number": ""}},
    [{"case": "x", "how": "about"}], [{"case": 1}], ["x"], [1], {"name": "x", "id": "x", "address": ""},
)  # fmt: skip


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in plain data that holds something, each as its holder and key."""
    if isinstance(value, dict | list):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from _places(value[key])


def garbled(fields: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    """Plain data with something in it made something else: dropped, added, or another value."""
    told: dict[str, Any] = json.loads(json.dumps(fields))
    holder, key = draw.choice([*_places(told)])
    kind = draw.randrange(6)
    if kind == 0 and isinstance(holder, dict):
        del holder[key]
    elif kind == 1 and isinstance(holder, dict):
        holder[draw.choice(["x", "form", "office", "basis", "entered", "on_behalf", "until"])] = (
            draw.choice(GARBAGE)
        )
    else:
        holder[key] = draw.choice(GARBAGE)
    return told


def resealed(row: Sealed, fields: dict[str, Any]) -> Sealed:
    """A row as somebody makes it who can hash."""
    body = encode(fields)
    return attrs.evolve(row, body=body, seal=hashlib.sha256(b"\0" + body).digest())


def relinked(rows: list[Sealed], start: int) -> None:
    """Seal the rows after one onto it anew."""
    for place in range(start + 1, len(rows)):
        fields = {**parse(rows[place].body), "prev": rows[place - 1].seal.hex()}
        rows[place] = resealed(rows[place], fields)


def holding(rows: list[list[Sealed]], forms: Mapping[str, bytes]) -> memory.Journal:
    journal = memory.Journal()
    journal._forms.update(forms)
    for of_case in rows:
        journal._cases[of_case[0].case] = of_case
        journal._rows += of_case
    return journal


def with_private(row: Sealed, fields: dict[str, Any], draw: random.Random) -> Sealed:
    """A row whose values beside are garbled, and committed to as they then are."""
    told = parse(row.private)
    path = draw.choice(sorted(told))
    value = garbled({"v": told[path][1]}, draw).get("v")
    salt = told[path][0]
    digest = hashlib.sha256(b"\2" + bytes.fromhex(salt) + encode(value)).hexdigest()
    holder = fields["act"] if path.startswith("act.") else fields
    holder[path.removeprefix("act.")] = {"#": digest}
    return resealed(attrs.evolve(row, private=encode({**told, path: [salt, value]})), fields)


@contextmanager
def country_gone() -> Iterator[oa.Office]:
    """No class of the country is there any more, nor of `revised`, and its law has no procedure."""
    with pytest.MonkeyPatch.context() as patch:
        gone = [
            tag
            for tag, kind in VOCABULARY.items()
            if not kind.__module__.startswith("openakimat.case")
        ]
        for tag in gone:
            patch.delitem(VOCABULARY, tag)
        pack = attrs.evolve(kz.law(), procedures={}, readings={})
        yield oa.Office(KZ.body, KZ.calendar, pack)


@contextmanager
def country_here() -> Iterator[oa.Office]:
    yield KZ


@pytest.mark.parametrize("world", [country_here, country_gone])
def test_bodies_altered_are_told_and_no_desk_stumbles_over_them(world: Any) -> None:
    draw = random.Random(11)  # noqa: S311 - the same bodies each time
    journal = memory.Journal()
    live(journal)
    forms = {name: journal.form(name) or b"" for name in journal.forms()}
    chains = [list(journal.read(case)) for case in journal.cases(KZ.body.id)]
    told: World = (chains[:-1], chains[-1], forms, charts_in(journal.form, {}))
    with world() as office:
        n_intact = sum(check_body(office, told, draw, n) for n in range(N_BODIES // 2))
    assert n_intact < N_BODIES // 4


World = tuple[list[list[Sealed]], list[Sealed], Mapping[str, bytes], Charts]
"""The cases to alter, one that is left as it is, the forms of the journal, and its charts."""


def check_body(office: oa.Office, world: World, draw: random.Random, n: int) -> bool:
    """Alter one body, hold all that is promised of it; say whether it is called intact."""
    chains, bystander, forms, charts = world
    rows = list(draw.choice(chains))
    place = draw.randrange(len(rows))
    row, kind = rows[place], n % 5
    if kind == 0:
        row = attrs.evolve(row, body=_flipped(draw, row.body))
    elif kind == 1 and row.private:
        row = with_private(row, parse(row.body), draw)
    else:
        row = resealed(row, garbled(parse(row.body), draw))
    if row == rows[place]:
        return True
    rows[place], what = row, f"{n}: {row.body!r} {row.private!r}"
    # To the end of the chain in a third of them: nobody can tell but by what it says.
    anew = kind > 2
    if anew:
        relinked(rows, place)
    verdict = verify(row.case, rows, charts=charts)
    intact = verdict.kind == "intact"
    if kind == 0 or (not anew and place < len(rows) - 1):
        assert not intact, what
        assert verdict.at_record in {place + 1, place + 2}, what
    # A desk is asked of every chain that is called intact, and of some that are not.
    if n % 25 == 0 or intact:
        desk = oa.Desk(office, journal=holding([rows, bystander], forms), numbers=memory.Numbers())
        check_desk(desk, row.case, bystander[0].case, what, intact=intact)
    return intact


def check_desk(desk: oa.Desk, case: str, other: str, what: str, *, intact: bool) -> None:
    """A desk loads what is intact and nothing else, lists all, and never stumbles."""
    answers = ask(desk, case, what)
    # That a chain made anew names another office is no fault of the chain.
    loads = getattr(answers["case"], "code", "") in {"", "office.another"}
    assert loads is intact, what
    lines: Any = answers["docket"]
    assert other in [line.case for line in lines if line.standing is not oa.Standing.BROKEN], what
    if not intact:
        assert isinstance(answers["perform"], AkimatError), what
        assert isinstance(answers["lapse"], AkimatError), what
        assert case in [line.case for line in lines], what


# -- forms ------------------------------------------------------------------------------


def test_a_chart_forged_with_all_records_of_its_case_makes_no_desk_stumble() -> None:
    """Whoever makes a case anew to its end may give it a chart too: nothing within can tell."""
    draw = random.Random(13)  # noqa: S311 - the same charts each time
    journal = memory.Journal()
    live(journal)
    *cases, bystander = [list(journal.read(case)) for case in journal.cases(KZ.body.id)]
    forms = {name: journal.form(name) or b"" for name in journal.forms()}
    n_intact = 0
    for n in range(N_FORMS):
        rows = list(draw.choice(cases))
        under = parse(rows[0].body)["under"]
        told = garbled(json.loads(forms[under]), draw)
        if not {"chart", "law"} <= told.keys():
            continue
        form = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        name = f"{told['chart']}/{told['law']}@{hashlib.sha256(form).hexdigest()}"
        rows[0] = resealed(rows[0], {**parse(rows[0].body), "under": name})
        for place in range(1, len(rows)):
            fields = {**parse(rows[place].body), "prev": rows[place - 1].seal.hex()}
            fields["under"] = name if fields["under"] == under else fields["under"]
            rows[place] = resealed(rows[place], fields)
        kept = holding([rows, bystander], {**forms, name: form})
        desk = oa.Desk(KZ, journal=kept, numbers=memory.Numbers())
        intact = desk.verify().intact
        n_intact += intact
        check_desk(desk, rows[0].case, bystander[0].case, f"{n}: {told}", intact=intact)
    assert 0 < n_intact < N_FORMS
