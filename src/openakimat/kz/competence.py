"""Which body is competent, by topic and territory: advice from a table, which refuses nothing.

The table shipped is a sample and no law; an office brings its own. Who is told otherwise by
it decides: redirection has its own grounds and term.
"""

from collections.abc import Mapping
from typing import Any

import attrs

from openakimat.case.record import Case
from openakimat.dated import Evidence
from openakimat.kz.data import read
from openakimat.law.office import Office


@attrs.frozen
class Competent:
    """The body that a table has for a topic in a territory, and what the table rests on."""

    body: str
    source: str
    evidence: Evidence


def competent(
    topic: str, territory: str, /, *, table: Mapping[str, Any] | None = None
) -> Competent | None:
    """The body competent for a topic in the territory of an office; None where the table does not say.

    Without a table of one's own, in the form of ``kz/competence.toml``, the sample tells.

    >>> competent("School", "khromtau").body
    'aktobe-oblast'
    """
    told = read("competence.toml") if table is None else table
    field = told["topics"].get(topic.strip().casefold(), "")
    body = told["bodies"].get(territory, {}).get(field)
    return Competent(body, told["source"], Evidence(told["evidence"])) if body else None


def advise_addressee(
    case: Case, office: Office, /, *, table: Mapping[str, Any] | None = None
) -> Competent | None:
    """Who is competent for a case instead of this office, if the table has another body.

    Asked when it is registered, it finds a wrong addressee while the term to redirect it runs.
    """
    found = competent(case.received.topic, office.body.id, table=table)
    return None if found is None or found.body == office.body.id else found
