"""What the systems of a host are told of an act, that it was done and whom the law has told; and how."""

import json
from collections.abc import Callable
from datetime import datetime

from openakimat.case import Case
from openakimat.judgement.notices import notices
from openakimat.law.office import Office
from openakimat.ports import Event, Outbox, Told


def events_of(case: Case, since: int, office: Office, /) -> tuple[Event, ...]:
    """The events of the records of a case after a number, each record before what it tells of.

    Their ids are the same whenever they are made, so that whoever hears one twice knows it.
    """
    new = [record for record in case.sealed[-(case.n_sealed - since) :] if record.no > since]

    def event(name: str, kind: str, at: datetime, **told: object) -> Event:
        data = _ENCODE({"procedure": case.procedure, **told})
        return Event(f"{case.id}/{name}", office.body.id, case.id, f"openakimat.{kind}", at, data)

    acts = (
        event(f"{r.no}", f"act.{r.act.tag}", r.at, no=r.no, stage=r.stage, basis=r.basis)
        for r in new
    )
    told = (
        event(f"{n.no}/{n.about}", "notice", n.at, to=n.to, about=n.about, within=n.within)
        for n in notices(case, office=office, since=since)
    )
    return (*acts, *told)


_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def relay(
    outbox: Outbox, send: Callable[[Event], object], /, *, limit: int = 20
) -> tuple[Told, ...]:
    """Tell the earliest events untold, one of a case: what was tried, each as it was left.

    One whose sending raises stays untold with the error, and is tried again after the others;
    the next of its case waits for it. Each is told in a transaction of its own: whatever ends the relay,
    what it has told by then is not told again. Give `send` a timeout, and ask the same store of nothing
    within it: that would be part of this transaction.

    `send` sends an event, or raises; it may be given one twice, by the same id.

    >>> from openakimat.adapters import memory
    >>> relay(memory.Store().outbox, print)
    ()
    """
    tried = dict[str, Told]()
    while len(tried) < limit:
        with outbox.claim(1, but=tried) as claimed:
            if not claimed:
                break
            (told,), error = claimed, ""
            try:
                send(told.event)
            except Exception as wrong:  # noqa: BLE001 - whatever it is, the other cases go on
                error = f"{type(wrong).__name__}: {wrong}".replace("\0", "")
                # No database keeps a NUL, or half a surrogate pair, which names of files may hold.
                error = error.encode(errors="replace").decode()
            outbox.settle(told.place, error)
        # Once it is settled: of what ended before that nothing is said.
        tried[told.event.case] = told._replace(tries=told.tries + 1, error=error)
    return tuple(tried.values())
