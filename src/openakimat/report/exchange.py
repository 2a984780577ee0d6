"""Cases as event logs that others read, XES and OCEL 2.0, written as the cases come.

Rules. (1) Nobody is named unless asked for: who acted or applied is a word drawn for the one log, so
that no two are joined by it, and of an act its open fields alone are told. (2) A confidential case is left
out, and no other names it. (3) What counts for nothing any more, a lapse overtaken, is no event.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import partial
from secrets import token_bytes
from typing import IO, Any
from xml.sax.saxutils import quoteattr

from openakimat.case.act import personal_fields
from openakimat.case.acts import Seclude
from openakimat.case.forgotten import Forgotten
from openakimat.case.people import APPLICANT, LAW, REPRESENTATIVE, UNTOLD
from openakimat.case.record import Case, applicant_of
from openakimat.judgement.card import hash_word
from openakimat.law.law import Face, Law
from openakimat.report.chart import ILLEGAL
from openakimat.report.frames import row_of
from openakimat.trail.codec import written

Told = dict[str, Any]
Cases = Iterable[tuple[Case, Told, Iterator[Told]]]
_APART = {"is", "v", "case", "links"}
"""What of an act is told elsewhere; cases that it names may be confidential."""
_OTHERS = ("repeats", "converted_to")  # another case: it may be confidential, and come later
_KINDS = {"date": "time", "int": "integer"}  # as OCEL calls the types of XES
_json = partial(json.dumps, ensure_ascii=False)


def write_log(
    cases: Iterable[Case], file: IO[str], form: str, /, *, law: Law, with_persons: bool = False
) -> int:
    """Write cases as a log, `.xes` or `.json` (OCEL 2.0); how many were left out as confidential.

    >>> from io import StringIO
    >>> from openakimat import kz
    >>> write_log([], log := StringIO(), ".json", law=kz.law()), json.loads(log.getvalue())["events"]
    (0, [])
    """
    secret, left_out = token_bytes(32), 0

    def name(who: str) -> str:
        return "" if who in UNTOLD else who if with_persons else hash_word(who, secret)[:16]

    def events(case: Case) -> Iterator[Told]:
        for record in case.records:
            row, act = row_of(record, "records"), record.act
            said = {} if isinstance(act, Forgotten) and not with_persons else written(act)
            hidden = _APART if with_persons else _APART | personal_fields(type(act))
            open_ = {f"act:{key}": value for key, value in said.items() if key not in hidden}
            by = "" if record.role == LAW else name(record.by)
            yield row | {"by": by} | open_

    def readable() -> Iterator[tuple[Case, Told, Iterator[Told]]]:
        nonlocal left_out
        for case in cases:
            if law.faces.get(case.procedure, Face()).confided_to or case.last(Seclude):
                left_out += 1
            else:
                of = {"type": "case", **row_of(case, "cases")}
                of |= {one: hash_word(of[one], secret)[:16] for one in _OTHERS if of[one]}
                yield case, of | {"applicant": name(applicant_of(case))}, events(case)

    LOGS[form](readable(), file.write)
    return left_out


def _typed(told: Told) -> Iterator[tuple[str, str, str]]:
    """What is told, by its name, as a text with its kind."""
    for name, value in told.items():
        if isinstance(value, bool | int):
            yield name, "boolean" if isinstance(value, bool) else "int", _json(value)
        elif isinstance(value, date):
            yield name, "date" if isinstance(value, datetime) else "string", value.isoformat()
        elif value:
            yield name, "string", value if isinstance(value, str) else _json(value)


# What readers of XES look for under names of their own.
_NAMES = {"act": "concept:name", "at": "time:timestamp", "role": "org:role", "by": "org:resource"}
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<classifier name="Activity" keys="concept:name"/>
"""


def _write_xes(told: Cases, write: Callable[[str], object]) -> None:
    def attributes(told: Told) -> Iterator[str]:
        for name, kind, text in _typed(told):
            # A sign that XML may not hold is told as Python writes it.
            value = quoteattr(ILLEGAL.sub(lambda sign: ascii(sign[0])[1:-1], text))
            yield f'<{kind} key="{_NAMES.get(name, name)}" value={value}/>\n'

    write(_HEAD)
    for case, of, events in told:
        inside = ("".join(("<event>\n", *attributes(event), "</event>\n")) for event in events)
        write("".join(("<trace>\n", *attributes({"act": case.id, **of}), *inside, "</trace>\n")))
    write("</log>\n")


class _Ocel:
    """The objects and types of a log that were met, of which it tells after its events."""

    def __init__(self) -> None:
        self.types: dict[str, dict[str, Told]] = {"object": {}, "event": {}}
        # On disk, and gone when it is closed: what is held does not grow with the cases.
        self.met = sqlite3.connect("")
        self.met.execute("create table object (id text primary key, told text)")

    def entity(self, id_: str, of: str, told: Told, *ties: tuple[str, str], **at: str) -> str:
        # An attribute of an object is told since when: this day stands for always.
        since = {} if at else {"time": "1970-01-01T00:00:00Z"}
        known = self.types["event" if at else "object"].setdefault(of, {})
        texts = [*_typed(told)]
        known |= {n: {"name": n, "type": _KINDS.get(kind, kind)} for n, kind, _ in texts}
        listed = [{"name": name, "value": text, **since} for name, _, text in texts]
        tied = [{"objectId": to, "qualifier": how} for to, how in ties if to]
        return _json({"id": id_, "type": of, **at, "attributes": listed, "relationships": tied})

    def keep(self, id_: str, of: str, told: Told, *ties: tuple[str, str]) -> str:
        row = (id_, self.entity(id_, of, told, *ties))
        self.met.execute("insert or ignore into object values (?, ?)", row)
        return id_

    def events(self, told: Cases) -> Iterator[str]:
        for case, of, events in told:
            name, who = case.records[0].office, of.pop("applicant")
            office = self.keep(f"office:{name}", "office", {})
            applicant = self.keep(who and f"{APPLICANT}:{who}", APPLICANT, {})
            ties = [(link.case, link.how) for link in case.received.links]
            self.keep(case.id, "case", of, (office, "office"), (applicant, APPLICANT), *ties)
            for event in events:
                (act, at, by), role = map(event.pop, ("act", "at", "by")), event["role"]
                kind = role if role in {APPLICANT, REPRESENTATIVE} else "official"
                actor, id_ = self.keep(by and f"{kind}:{by}", kind, {}), f"{case.id}/{event['no']}"
                about = (case.id, "case"), (office, "office"), (actor, role)
                yield self.entity(id_, act, event, *about, time=at.isoformat())

    def objects(self) -> Iterator[str]:
        there = "select 1 from object where id = ?"
        for (text,) in self.met.execute("select told from object where id <> ''"):
            one = json.loads(text)
            ties = one["relationships"]
            # A case that is left out, or of another journal, is no object.
            one["relationships"] = [t for t in ties if [*self.met.execute(there, (t["objectId"],))]]
            yield _json(one)


def _write_ocel(told: Cases, write: Callable[[str], object]) -> None:
    log, before = _Ocel(), "{"
    for name, ones in (("events", log.events(told)), ("objects", log.objects())):
        write(f'{before}\n"{name}": [')
        for n, one in enumerate(ones):
            write(f",\n{one}" if n else f"\n{one}")
        before = "],"
    for kind, types in log.types.items():
        listed = [{"name": of, "attributes": [*known.values()]} for of, known in types.items()]
        write(f'],\n"{kind}Types": {_json(listed)[:-1]}')
    write("]}\n")
    log.met.close()


LOGS = {".xes": _write_xes, ".json": _write_ocel}
