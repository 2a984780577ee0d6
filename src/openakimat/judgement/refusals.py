"""Why an act is refused, told to the person at the counter: article, evidence, what is possible, for whom.

Each function here builds one refusal, or none where its reason does not hold. None of them asks
a guard: who judges has asked, and hands on what failed.

Of what was entered a slip in a record is corrected, never what was decided or counted by: what a
guard of the chart asks of an act, and what its clocks run by, was judged when it was done; to change
it is another act of the procedure. The record itself stays as it was sealed.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import attrs

from openakimat.case.act import Act
from openakimat.case.acts import Lapse, Look, Move, Receive, Rectify, Seclude
from openakimat.case.forgotten import Forgotten
from openakimat.case.people import APPLICANT, OF_MANY, Actor, Official, Role, persons, roles_on
from openakimat.case.record import Case, Record, applicant_of
from openakimat.chart.asks import joined
from openakimat.chart.table import Circumstances, Guard, Row, Table
from openakimat.errors import Fault, Incomplete, NotAllowed, NotCompetent, Refusal, TooLate
from openakimat.judgement.deadlines import deadlines
from openakimat.law.law import Face, Law
from openakimat.law.office import Office
from openakimat.limits.language import ENGLISH

Way = tuple[Row, list[Guard]]
"""A way open to whoever acts, and the guards that keep them from it."""


def refuse_opener(table: Table, law: Law, /) -> NotCompetent:
    """The procedure is opened by others."""
    opening, by = table.opening, tuple(sorted(table.opening.by))
    return NotCompetent(
        f"{table.procedure} is opened by {', '.join(by)}",
        code="role.not-competent",
        competent=by,
        allowed=((opening.act, by),),
        act=opening.act,
        **_citation(opening.source, table, law),
    )


def refuse_opening(table: Table, guard: Guard, law: Law, /) -> Refusal:
    """A guard on the opening does not hold."""
    opening = table.opening
    kind = NotCompetent if issubclass(guard.refusal, NotCompetent) else NotAllowed
    return kind(
        _why(guard, law),
        code=guard.code,
        competent=sorted(opening.by) if kind is NotCompetent else (),
        act=opening.act,
        **_citation(guard.source or opening.source, table, law),
    )


def _why(guard: Guard, law: Law) -> str:
    """The sentence it was given, or that of the law for its code, as it stands after a colon."""
    label = law.labels.get(("refusal", guard.code))
    words = label.words.get(ENGLISH.code, "") if label else ""
    return guard.why or f"{words[:1].lower()}{words[1:]}" or guard.code


def refuse_earlier(case: Case, tag: str, table: Table, at: datetime, /) -> NotAllowed:
    """The act is dated before the last record."""
    message = f"{at} is before the last record, {case.records[-1].at}"
    return NotAllowed(message, code="act.before-last", **_where(case, tag, table))


def refuse_stage_or_role(
    case: Case, tag: str, table: Table, roles: frozenset[Role], law: Law
) -> Refusal | None:
    """Why the stage does not take an act, or the role may not perform it; None when neither."""
    where = _where(case, tag, table)
    # What the law forbids at every stage is told so, and not as a matter of this one.
    if source := table.forbids.get(tag):
        cited = _citation(source, table, law)
        return NotAllowed(f"the law forbids {tag!r}", code="act.forbidden", **cited, **where)
    rows = table.ways(case.stage, tag)
    if not rows:
        message = f"{case.stage} does not take {tag!r}"
        return NotAllowed(message, code="act.not-available", **where)
    if any(not row.by.isdisjoint(roles) for row in rows):
        return None
    competent = sorted({role for row in rows for role in row.by})
    return NotCompetent(
        f"{tag!r} may be performed by {', '.join(competent)}",
        code="role.not-competent",
        competent=competent,
        **_citation(rows[0].source, table, law),
        **where,
    )


def refuse_guarded(
    case: Case, act: Act | type[Act], table: Table, ways: Sequence[Way], *,
    circumstances: Circumstances, law: Law,
) -> Refusal:  # fmt: skip
    """Why no way may be taken: all at once that the nearest of them misses."""
    # The nearest is the one that misses least; of several such, the one declared first.
    row, failing = min(ways, key=lambda way: len(way[1]))
    first, *others = failing
    about = [guard.about(case, act, circumstances) for guard in failing]
    reasons = [
        ": ".join(filter(None, (_why(guard, law), whom)))
        for guard, whom in zip(failing, about, strict=True)
    ]
    message = "; ".join(dict.fromkeys(reasons))
    fields = {
        "code": first.code,
        "about": "; ".join(filter(None, about)),
        **_citation(first.source or row.source, table, law),
        **_where(case, act.tag, table),
    }
    # Several things missing are told as that, whatever each would be told as alone.
    if others or issubclass(first.refusal, Incomplete):
        missing = [Fault(g.code, why) for g, why in zip(failing, reasons, strict=True)]
        return Incomplete(message, missing=missing, **fields)
    if issubclass(first.refusal, TooLate):
        # The latest that is past: which of them a guard looked at it does not say.
        ends = (due.at for due in deadlines(case, office=circumstances.office))
        last_missed = max((at for at in ends if at <= circumstances.at), default=None)
        return TooLate(message, deadline=last_missed, **fields)
    if issubclass(first.refusal, NotCompetent):
        by = first.competent(case, act) if first.competent else row.by
        return NotCompetent(message, competent=sorted(by), **fields)
    return first.refusal(message, **fields)


def _where(case: Case, tag: str, table: Table) -> dict[str, Any]:
    return {"act": tag, "stage": case.stage, "allowed": table.allowed(case.stage)}


def _citation(source: str, table: Table, law: Law) -> dict[str, Any]:
    return {"source": source, "evidence": law.evidence(table.law, source).value}


def refuse_look(case: Case, /, *, at: datetime, by: Actor, office: Office) -> NotCompetent | None:
    """Another's it is, or confidential, by its procedure or by an act; none of it names them or is confided."""
    day, secluded = office.day_of(at), case.last(Seclude)
    open_to = office.law.faces.get(case.procedure, Face()).confided_to
    if secluded is not None and isinstance(secluded.act, Seclude):
        open_to = frozenset(secluded.act.open_to)
    elif not open_to and isinstance(by, Official):
        return None
    named = {applicant_of(case)}
    for record in case.records:
        named |= {record.by, record.on_behalf, *record.act.handlers}
    if not (persons(by, day) - OF_MANY).isdisjoint(named):
        return None
    if not open_to.isdisjoint(roles_on(by, day)):
        return None
    where: dict[str, Any] = {"act": Look.tag, "stage": case.stage, "competent": sorted(open_to)}
    if secluded is None and not open_to:
        return NotCompetent("it is another's case", code="look.of-another", **where)
    return NotCompetent("it is confidential", code="look.confidential", **where)


_COUNTED = frozenset({"case", "clock", "due", "ground", "joined", "links", "term", "until"})
"""The fields by which clocks run and cases are tied, whatever the act."""


def refuse_correction(
    case: Case, act: Rectify, table: Table, *, at: datetime, by: Actor, day: date
) -> Refusal | None:
    """Why a record may not be corrected so, or None.

    Refused is what corrects no act of that kind, gives no reason, touches what the act was judged
    or counted by, or comes from somebody who could not have performed it.
    """
    where: dict[str, Any] = {"act": act.tag, "stage": case.stage}
    if at < case.records[-1].at:
        message = f"{at} is before the last record, {case.records[-1].at}"
        return NotAllowed(message, code="act.before-last", **where)
    record = next((one for one in case.records if one.no == act.record), None)
    if record is None or not _corrigible(record.act, act.act):
        message = f"record {act.record} is no {act.act.tag!r} that could be corrected"
        return NotAllowed(message, code="rectify.no-record", **where)
    if not roles_to_correct(case, act, table, by=by, day=day):
        competent = sorted(_competent(record, table))
        message = f"record {act.record} may be corrected by {', '.join(competent)}"
        return NotCompetent(message, code="role.not-competent", competent=competent, **where)
    faults = list(_faults(record.act, act, table))
    if not faults:
        return None
    message = "; ".join(fault.why for fault in faults)
    return Incomplete(message, missing=faults, code=faults[0].code, **where)


def roles_to_correct(
    case: Case, act: Rectify, table: Table, *, by: Actor, day: date
) -> frozenset[Role]:
    """The roles in which somebody may correct a record of a case."""
    record = next(one for one in case.records if one.no == act.record)
    roles = _competent(record, table) & roles_on(by, day)
    # Everybody who comes to the counter is an applicant: of them it is whoever this one is about.
    about = {record.by, record.on_behalf, applicant_of(case)} - OF_MANY
    return roles - {APPLICANT} if about.isdisjoint(persons(by, day, {APPLICANT})) else roles


def _corrigible(was: Act, now: Act) -> bool:
    """Whether an act is one that somebody entered, and of the same kind as it should have been."""
    return type(was) is type(now) and not isinstance(was, Lapse | Move | Rectify | Forgotten)


def _competent(record: Record, table: Table) -> frozenset[Role]:
    """The roles that may perform the act, at whatever stage; of a receipt, the role that brought it."""
    rows = (row for (_, tag), way in table.rows.items() if tag == record.act.tag for row in way)
    return frozenset(role for row in rows for role in row.by) or frozenset({Role(record.role)})


def _faults(was: Act, act: Rectify, table: Table) -> Iterator[Fault]:
    if not act.reason.strip():
        yield Fault("reason", "a correction gives its reason", code="rectify.reason")
    names = [field.name for field in attrs.fields(type(was))]
    changed = {name for name in names if getattr(was, name) != getattr(act.act, name)}
    if not changed:
        yield Fault("act", "it is entered so already", code="rectify.nothing")
    for name in sorted(changed & _judged_by(was, table)):
        why = f"{name} was judged or counted by, and is not to be corrected"
        yield Fault(f"act.{name}", why, code="rectify.substance")
    if isinstance(was, Receive) and isinstance(act.act, Receive):
        ids = [one.applicant and one.applicant.id for one in (was, act.act)]
        if ids[0] != ids[1]:
            why = "the applicant would be somebody else"
            yield Fault("act.applicant", why, code="rectify.substance")


def _judged_by(act: Act, table: Table) -> frozenset[str]:
    """The fields of an act that guards of a chart ask for, or its clocks run by."""
    own: list[Guard] = list(table.opening.guards) if act.tag == table.opening.act else []
    every = list(table.opening.guards)
    for (_, tag), way in table.rows.items():
        guards = [guard for row in way for guard in row.guards]
        every += guards
        own += guards if tag == act.tag else []
    asked = joined(guard.sees for guard in own).act
    return _COUNTED | asked | joined(guard.sees for guard in every).fields_of(type(act))
