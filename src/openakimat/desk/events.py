"""What the systems of a host are told of an act: that it was done, and whom the law has told."""

from __future__ import annotations

import json

from openakimat.case.record import Case
from openakimat.judgement.notices import notices
from openakimat.law.office import Office
from openakimat.ports import Event


def events_of(case: Case, since: int, office: Office, /) -> tuple[Event, ...]:
    """The events of the records of a case after a number, each record before what it tells of.

    Their ids are the same whenever they are made, so that whoever hears one twice knows it.
    """
    new = [record for record in case.sealed[-(case.n_sealed - since) :] if record.no > since]
    events = [
        (
            f"{case.id}/{record.no}",
            f"openakimat.act.{record.act.tag}",
            record.at,
            {"no": record.no, "stage": record.stage, "basis": record.basis},
        )
        for record in new
    ]
    events += [
        (
            f"{case.id}/{notice.no}/{notice.about}",
            "openakimat.notice",
            notice.at,
            {"to": notice.to, "about": notice.about, "within": notice.within},
        )
        for notice in notices(case, office=office, since=since)
    ]
    return tuple(
        Event(
            name,
            office.body.id,
            case.id,
            kind,
            when,
            _ENCODE({"procedure": case.procedure, **data}),
        )
        for name, kind, when, data in events
    )


_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
