"""The rows that figures are made of, from a register or a journal of whatever offices."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from secrets import token_bytes
from typing import Any

import attrs

from openakimat.case.record import Case
from openakimat.desk import Desk
from openakimat.judgement.docket import Standing
from openakimat.judgement.replay import case_of
from openakimat.kz.data import read
from openakimat.kz.visit.audit import passed_over
from openakimat.kz.visit.queue import calls_of, ticket_of, visits_in
from openakimat.law.office import Office
from openakimat.register.check import check_file
from openakimat.register.result import Result
from openakimat.report.figures.cases import Counted, count_case
from openakimat.report.figures.queue import Called
from openakimat.trail.seal import Sealed, unseal

CUSTOMS: Mapping[str, Mapping[str, Any]] = read("figures.toml")

Kept = Iterable[tuple[str, Sequence[Sealed]]]


class _Rows:
    """Keeps of the cases of a check their rows alone; a journal as far as a check needs it."""

    salt = staticmethod(token_bytes)

    def __init__(self, office: Office, at: datetime) -> None:
        self.office, self.at, self.rows = office, at, dict[str, Counted]()
        # Applicants are joined within one report, and by nobody afterwards.
        self.secret = token_bytes(32)

    def keep(self, cases: Kept, /, *, forms: object, goes_on: object) -> None:  # noqa: ARG002 - as `Keeps` has it
        told: dict[str, Any] = {"at": self.at, "office": self.office, "customs": CUSTOMS}
        for name, sealed in cases:
            self.rows[name] = count_case(
                case_of(name, [*map(unseal, sealed)]), secret=self.secret, **told
            )


def count_register(
    path: Path, office: Office, /, *, at: datetime, **how: Any
) -> tuple[list[Counted], Result]:
    """The rows of a register, each judged as a check judges it; and what the check found. `how` is as for `check_file`."""
    kept = _Rows(office, at)
    result, rows = check_file(path, office, at=at, journal=kept, **how), list[Counted]()
    for entry, line in zip(result.entries, result.lines, strict=True):
        if (row := kept.rows.get(entry.number)) is not None:
            nobody = not (entry.applicant or entry.iin or entry.bin)
            who = getattr(entry, "executor", "") or entry.official or row.executor
            whose = "" if nobody else row.applicant
            rows.append(
                attrs.evolve(row, standing=line.standing, executor=who, applicant=whose, kind=entry.kind)
            )  # fmt: skip
    return rows, result


def count_journal(desks: Iterable[Desk], /, *, at: datetime) -> tuple[list[Counted], list[Called]]:
    """The rows of the cases of offices, and the calls of their visits; of a case broken only that it is."""
    secret, rows, visits = token_bytes(32), list[Counted](), list[Case]()
    told: dict[str, Any] = {"at": at, "customs": CUSTOMS, "secret": secret}
    for desk in desks:
        for line in desk.docket(at=at):
            if line.standing is Standing.BROKEN:
                rows.append(Counted(line.case, "", desk.office.body.id, at, Standing.BROKEN))
                continue
            case = desk.case(line.case, at=at)
            visits += visits_in([case])
            rows.append(count_case(case, office=desk.office, line=line, **told))
    return rows, list_calls(visits)


def list_calls(visits: Iterable[Case], /) -> list[Called]:
    """The calls of visits as an audit compares them: what is owned, or on a ground named, is lawful."""
    visits = [*visits]
    passed = {(one.case, one.at): one for one in passed_over(visits)}
    calls = [(visit, record) for of in visits for visit, record in calls_of(of)]
    return [
        Called(
            record.by,
            (f"{record.at:%Y-%m-%d}", ticket_of(visit).sector),
            (one := passed.get((visit.id, record.at))) is not None,
            one is not None and bool(one.override or one.reason or one.claimed),
        )
        for visit, record in calls
    ]
