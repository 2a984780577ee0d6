"""The outline of a law: every wording, limit, step, clock and reading, part by part in words.

Two laws with the same outline decide alike and cite alike; its hash is the version of a pack.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache

import attrs

from openakimat.calendar.days import Hours, Interval
from openakimat.calendar.worktime import WorkCalendar
from openakimat.chart.clock import Clock
from openakimat.chart.form import read_trusted
from openakimat.chart.table import Guard, Row, Table
from openakimat.dated import Dated, Edition
from openakimat.law.law import Law
from openakimat.law.office import Office
from openakimat.limits.language import ENGLISH
from openakimat.limits.limit import TimeLimit

Where = tuple[str, str, str]
"""Where a part of the law stands: its kind, its name, the wording."""

Outline = dict[Where, dict[str, str]]
RULES = ("base", "first_day", "late", "roll")


def outline(of: Law | Office, /) -> Outline:
    """The parts of a law; of an office's law as the office reads it."""
    law, answers = (of.law, of.readings) if isinstance(of, Office) else (of, of.chosen({}))
    entries: Outline = {}
    for wordings in (law.wordings, *law.others.values()):
        entries |= {("wording", wording.law, ""): _citation(wording) for wording in wordings}
    for key, dated in law.limits.items():
        for edition in dated:
            entries["limit", key, edition.law] = {
                **describe_rules(edition.value),
                **_of_limit(edition),
            }
    for dated_chart in law.procedures.values():
        for chart in dated_chart:
            entries |= _chart(chart.value, {"since": f"{chart.since}"})
    entries |= _readings(law, answers)
    for (wording_of, cited), mark in law.marks.items():
        entries["citation", cited, wording_of] = {"evidence": mark.value}
    if isinstance(of, Office):
        # Not the charts that it has read in a journal: they change what it reads, and no law.
        entries["office", "", ""] = {"wording": of.wording or "in force"}
    return entries


def describe_rules(limit: TimeLimit, /) -> dict[str, str]:
    """What a limit is counted by."""
    rules = {name: getattr(limit, name).value for name in RULES}
    pauses = ", ".join(sorted(limit.pauses))
    return {"term": str(limit.term), "direction": limit.direction, **rules, "pauses": pauses}


def _citation(edition: Edition[str] | Edition[TimeLimit]) -> dict[str, str]:
    return {
        "since": f"{edition.since}",
        "source": edition.source,
        "evidence": edition.evidence.value,
    }


def _of_limit(edition: Edition[TimeLimit]) -> dict[str, str]:
    parts = _citation(edition)
    for name in RULES:
        rule = getattr(edition.value, name)
        parts |= {f"source of {name}": rule.source, f"evidence of {name}": rule.evidence.value}
    return parts


def _chart(table: Table, cited: Mapping[str, str]) -> Outline:
    of, law = table.procedure, table.law
    opens = {
        "opens": table.opening.act,
        "forbids": "; ".join(f"{tag}: {source}" for tag, source in table.forbids.items()),
        "opened by": _listed(table.opening.by) or "anyone",
        "source of opening": table.opening.source,
    }
    entries: Outline = {("chart", of, law): {"table": table.under, **cited, **opens}}
    for stage in table.stages:
        kind = "initial" if stage == table.initial else "open"
        entries["stage", f"{stage} of {of}", law] = {
            "kind": "final" if stage in table.final else kind
        }
    for (stage, act), ways in table.rows.items():
        for no, row in enumerate(ways, start=1):
            entries["step", _name_step(act, stage, of, no), law] = _step(row)
    for key, clock in table.clocks.items():
        entries["clock", f"{key} of {of}", law] = _clock(clock)
    return entries


def _name_step(act: str, stage: str, of: str, no: int) -> str:
    # Numbered from the second on: a step that gains a way is not told as another step.
    return f"{act} from {stage} of {of}" + (f", way {no}" if no > 1 else "")


def outline_chart(table: Table, /) -> Outline:
    """The parts of a chart as it is stored: of guards their codes, of acts what they are to it."""
    plain, of, law = json.loads(table.form), table.procedure, table.law
    # Read from the form on both sides: a table of the code cites, and one that is stored does not.
    entries = _chart(read_trusted(table.form, under=""), {})
    entries["chart", of, law]["guards"] = _codes(plain["opening"][2])
    ways: Counter[tuple[str, str]] = Counter()
    for act, stage, _, _, guards, *_ in plain["rows"]:
        ways[act, stage] += 1
        entries["step", _name_step(act, stage, of, ways[act, stage]), law]["guards"] = _codes(
            guards
        )
    for wording, stage, enters in plain["moves"]:
        entries["move", f"from {stage} of {of} in {wording}", law] = {"target": enters}
    for tag, traits in table.acts.items():
        known = attrs.asdict(traits)
        is_ = _listed(name for name in known if known[name] is True)
        marks = f"marks {traits.marks}" if traits.marks else ""
        entries["act", f"{tag} of {of}", law] = {"is": "; ".join(filter(None, (is_, marks)))}
    return entries


def _codes(guards: Iterable[list[str]]) -> str:
    return "; ".join(f"{code} ({', '.join(v)})" if v else code for code, *v in guards)


def _step(row: Row) -> dict[str, str]:
    return {
        "target": row.enters,
        "by": _listed(row.by),
        "guards": "; ".join(map(_guard, row.guards)),
        "tells": row.tells,
        "apart": _listed(row.apart),
        "source": row.source,
        "source of guards": "; ".join(guard.source for guard in row.guards),
    }


def _guard(guard: Guard) -> str:
    values = ", ".join(f"{value}: {source}" for value, source in guard.values.items())
    return f"{guard.code}, {guard.refusal.__name__}" + (f" ({values})" if values else "")


def _clock(clock: Clock) -> dict[str, str]:
    moved = {
        name: _listed(getattr(clock, name))
        for name in ("starts", "stops", "pauses", "resumes", "extends", "reopens")
    }
    becomes = (f"{act}: {limit}" for act, limit in clock.becomes.items())
    return {
        **moved,
        "becomes": _listed(becomes),
        "ahead": clock.ahead,
        "lapse": clock.on_lapse,
        "principal": "yes" if clock.principal else "no",
        "window": "yes" if clock.window else "no",
    }


def _readings(law: Law, answers: Mapping[str, str]) -> Outline:
    return {
        ("reading", name, ""): {
            "answer": answers[name],
            "choices": _listed(reading.choices),
            "source": (choice := reading.choices[answers[name]]).source,
            "evidence": choice.evidence.value,
        }
        for name, reading in law.readings.items()
    }


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


@lru_cache(maxsize=32)
def version(office: Office, /) -> str:
    """A short hash of the law as an office reads it: editions, rules, readings, tables.

    >>> from openakimat import kz
    >>> version(kz.office()) == version(kz.office(readings={"cap-2021": "decision"}))
    False
    """
    # In order of name: where a limit stands in a file of law makes no other law.
    entries = [[*where, parts] for where, parts in sorted(outline(office).items())]
    return hashlib.sha256(json.dumps(entries, sort_keys=True).encode()).hexdigest()[:12]


def frame(of: WorkCalendar) -> dict[str, str]:
    """A calendar but for its days off, part by part."""
    return {
        "week": of.week,
        "place": of.place.name,
        "begins": f"{of.first}",
        "ends": f"{of.last}",
        "confirmed until": f"{of.confirmed_until}",
        **{f"offset from {e.since}": f"{timedelta(seconds=e.value)}" for e in of.place.offsets},
        **{f"hours from {since}": hours for since, hours in _opening(of.hours)},
    }


def _opening(hours: Dated[Hours]) -> Iterator[tuple[date, str]]:
    for edition in hours:
        by_weekday = sorted(edition.value.by_weekday.items())
        others = (f"; weekday {day}: {_spans(spans)}" for day, spans in by_weekday)
        yield edition.since, "".join((_spans(edition.value.daily), *others))


def _spans(spans: Iterable[Interval]) -> str:
    """Opening hours as 09:00-13:00 14:30-18:30."""
    texts = ("-".join(f"{s // 3600:02}:{s % 3600 // 60:02}" for s in span) for span in spans)
    return " ".join(texts) or "closed"


def describe_day(of: WorkCalendar, day: date, *, hours: bool = False) -> str:
    """How a calendar keeps a day, and who says so."""
    note = of.exceptions.get(day)
    if of.is_working(day):
        open_at = f", {_spans(of.hours_of(day))}" if hours else ""
        return "working day" + open_at + (f" [{note.source}]" if note else "")
    if note is None:
        return "day off"
    # A country need not have English: the first of its languages names the day then.
    name = note.names.get(ENGLISH.code) or next(iter(note.names.values()), note.kind)
    return f"day off, {name} [{note.source}]"
