"""A whole sealed act, what is personal committed to, beside what its body costs by itself.

The peer writes and hashes the same body, commitments and all, once by the standard library.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from datetime import datetime
from functools import partial

from tests.bench.race import Figure, race, seconds

from openakimat.case.acts import Receive
from openakimat.case.record import Record
from openakimat.kz.acts import Propose
from openakimat.kz.identity import Applicant
from openakimat.kz.roles import EXECUTOR, REGISTRAR
from openakimat.trail.canonical import Plain, parse
from openakimat.trail.seal import FIRST, Sealed, seal

PEERS: tuple[str, ...] = ()
AT = datetime.fromisoformat("2026-03-18T18:40:00+05:00")
UNDER = f"appeal/appc-2026@{hashlib.sha256(b'a chart').hexdigest()}"
N = 200

RECEIVED = Receive(
    channel="paper",
    topic="street lighting",
    summary="The lamps of Abai street, houses 12 to 40, have been dark for three weeks.",
    applicant=Applicant("Айгерім Серікова", address="Хромтау, ул. Абая, 14"),
)
PROPOSED = Propose(
    "refused", reason="The street is not on the balance of the district: it is the mine's own."
)
RECORDS = (
    Record(1, AT, "a.serikova", REGISTRAR, RECEIVED, "received", UNDER, office="khromtau"),
    Record(5, AT, "d.akhmetov", EXECUTOR, PROPOSED, "proposed", UNDER, office="khromtau"),
)


def figures() -> Iterator[Figure]:
    """The drawing of salts, the commitments and what stands beside are in our time, not in theirs."""
    for record in RECORDS:
        sealed = _seal(record)
        body = parse(sealed.body)
        ours, theirs = race(partial(_seal_often, record), partial(_hash_often, body))
        yield Figure(
            f"{record.act.tag} sealed (stretch: 1.5)",
            ours / theirs,
            bar=2,
            at_most=True,
            ours=seconds(ours),
            peer="json.dumps and sha256",
            theirs=seconds(theirs),
            same=f"{_hash(body) == sealed.seal:d}/1",
        )


def _seal(record: Record) -> Sealed:
    return seal("khromtau/appeal-2026-1", record, FIRST, salt=secrets.token_bytes)


def _seal_often(record: Record) -> int:
    for _ in range(N):
        _seal(record)
    return N


def _hash(body: Plain) -> bytes:
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(b"\0" + text.encode()).digest()


def _hash_often(body: Plain) -> int:
    for _ in range(N):
        _hash(body)
    return N
