"""The one statement by which PostgreSQL keeps the records of an act, its card and its events."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import attrs
import sqlalchemy as sa

from openakimat.adapters.tables import Tables
from openakimat.judgement.card import Card
from openakimat.ports import Change

COLUMNS = tuple(field.name for field in attrs.fields(Card))
"""The columns of a card."""

# What another has kept meanwhile is passed over, nothing is put beside it, and how many were kept
# is told: an error would end the transaction of a host. Every value is cast, because a driver that
# sends them apart from the text tells no types.
_RECORDS = """kept AS (
INSERT INTO {records} (case_id, no, body, seal, private, office)
SELECT CAST(:case AS text), r.no, r.body, r.seal, NULLIF(r.private, ''), NULLIF(CAST(:office AS text), '')
FROM unnest(CAST(:nos AS int[]), CAST(:bodies AS bytea[]), CAST(:seals AS bytea[]),
            CAST(:privates AS bytea[])) AS r(no, body, seal, private)
WHERE CAST(:expected AS int) = 0 OR EXISTS (
    SELECT 1 FROM {records} WHERE case_id = CAST(:case AS text) AND no = CAST(:expected AS int))
ORDER BY r.no ON CONFLICT (case_id, no) DO NOTHING RETURNING no)"""

_CARD = """, carded AS (
INSERT INTO {cards} ({names}) SELECT {values} WHERE EXISTS (SELECT 1 FROM kept)
ON CONFLICT ("case") DO UPDATE SET {new})"""

_EVENTS = """, told AS (
INSERT INTO {events} (id, office, "case", type, at, data)
SELECT e.id, CAST(:office AS text), CAST(:case AS text), e.type, e.at, e.data
FROM unnest(CAST(:ids AS text[]), CAST(:types AS text[]), CAST(:ats AS timestamptz[]),
            CAST(:datas AS text[])) WITH ORDINALITY AS e(id, type, at, data, n)
WHERE EXISTS (SELECT 1 FROM kept) ORDER BY e.n ON CONFLICT (id) DO NOTHING)"""


@lru_cache(maxsize=64)
def keeping(tables: Tables, dialect: sa.Dialect, /, *, carded: bool, told: bool) -> sa.TextClause:
    """What keeps records, with a card and events or without, and tells how many records it kept."""
    name, columns = dialect.identifier_preparer.format_table, tables.cards.c
    kinds = {column: columns[column].type.compile(dialect) for column in COLUMNS}
    text = "WITH " + _RECORDS + _CARD * carded + _EVENTS * told + " SELECT count(*) FROM kept"  # noqa: S608 - names of our tables
    return sa.text(
        text.format(
            records=name(tables.records),
            cards=name(tables.cards),
            events=name(tables.events),
            names=", ".join(f'"{column}"' for column in kinds),
            values=", ".join(f"CAST(:card_{column} AS {kind})" for column, kind in kinds.items()),
            new=", ".join(
                f'"{column}" = EXCLUDED."{column}"' for column in kinds if column != "case"
            ),
        )
    )


def parameters(of: Change) -> dict[str, Any]:
    """What stands in the places of that statement."""
    told: dict[str, Any] = {
        "case": of.case,
        "office": of.rows[-1].office,
        "expected": of.expected,
        "nos": [row.no for row in of.rows],
        "bodies": [row.body for row in of.rows],
        "seals": [row.seal for row in of.rows],
        "privates": [row.private for row in of.rows],
    }
    if of.card is not None:
        told |= {f"card_{name}": getattr(of.card, name) for name in COLUMNS}
    if of.events:
        told |= {
            "ids": [event.id for event in of.events],
            "types": [event.type for event in of.events],
            "ats": [event.at for event in of.events],
            "datas": [event.data for event in of.events],
        }
    return told
