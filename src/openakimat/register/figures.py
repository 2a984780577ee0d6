"""The rows that figures are made of, from a register or a journal of whatever offices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from secrets import token_bytes
from typing import Any

import attrs

from openakimat.desk import Desk
from openakimat.judgement.docket import Standing
from openakimat.judgement.replay import case_of
from openakimat.kz.data import read
from openakimat.law.office import Office
from openakimat.register.check import Goes, check_file
from openakimat.register.result import Result
from openakimat.report.figures.cases import Counted, count_case
from openakimat.trail.seal import Sealed, unseal

CUSTOMS: Mapping[str, Mapping[str, Any]] = read("figures.toml")


class _Rows:
    """Keeps of the cases of a check their rows alone; a journal as far as a check needs it."""

    salt = staticmethod(token_bytes)

    def __init__(self, office: Office, at: datetime) -> None:
        self.office, self.at, self.rows = office, at, dict[str, Counted]()
        # Applicants are joined within one report, and by nobody afterwards.
        self.secret = token_bytes(32)

    def keep(
        self,
        cases: Iterable[tuple[str, Sequence[Sealed]]],
        /,
        *,
        forms: Mapping[str, bytes],  # noqa: ARG002 - as `Keeps` has it
        goes_on: Goes,  # noqa: ARG002 - the same
    ) -> None:
        """Count each case."""
        told = {"at": self.at, "office": self.office, "customs": CUSTOMS, "secret": self.secret}
        for name, sealed in cases:
            self.rows[name] = count_case(case_of(name, [*map(unseal, sealed)]), **told)


def count_register(
    path: Path, office: Office, /, *, at: datetime, **how: Any
) -> tuple[list[Counted], Result]:
    """The rows of a register, each judged as a check judges it; and what the check found.

    Args:
        path: The register.
        office: Whose it is.
        at: The instant.
        **how: As for `check_file`.
    """
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


def count_journal(desks: Iterable[Desk], /, *, at: datetime) -> Iterator[Counted]:
    """The rows of the cases of offices; of one that cannot be loaded only that it is there."""
    secret = token_bytes(32)
    for desk in desks:
        for line in desk.docket(at=at):
            if line.standing is Standing.BROKEN:
                yield Counted(line.case, "", desk.office.body.id, at, Standing.BROKEN)
            else:
                case = desk.case(line.case, at=at)
                yield count_case(
                    case, at=at, office=desk.office, customs=CUSTOMS, secret=secret, line=line
                )
