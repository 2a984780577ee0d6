"""The register of services: what kinds there are, how long each takes, and which are given."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import attrs

from openakimat.case.record import Case
from openakimat.dated import Evidence
from openakimat.errors import Fault, Malformed, none_of, unknown_fault
from openakimat.kz.acts import Decide
from openakimat.kz.data import languages, read
from openakimat.kz.request.acts import CHANNELS, Apply, Paper, term_fault
from openakimat.trail import codec

Silence = Literal["none", "agrees"]


@attrs.frozen
class Document:
    """A document that a service asks for, as papers and refusals name it, and what it is called (kk, ru, en).

    What information systems have, `available`, nobody may demand.
    """

    code: str
    names: Mapping[str, str]
    available: bool = False


@attrs.frozen
class Waiting:
    """Norms of one service in minutes: of waiting at either counter, and of being served."""

    provider: int
    corporation: int
    serving_provider: int
    serving_corporation: int
    source: str
    evidence: Evidence


@attrs.frozen
class Service:
    """A kind of service, as its by-law has it.

    Attributes:
        channels: Where it may be applied for; see `CHANNELS`.
        term: How long it takes, such as ``"5 working days"``.
        fee: In tenge; 0 where it is free.
        silence: What the silence of a body consulted means: ``none`` or ``agrees``.
        waiting: Norms of waiting and serving, where the by-law has them.
        deemed_issued: Whether it is a permit that is deemed issued when its term is over.
        source, evidence: Where that stands, and how sure we are.
    """

    code: str
    names: Mapping[str, str]
    provider: str
    channels: tuple[str, ...]
    term: str
    fee: int
    documents: tuple[Document, ...]
    silence: Silence
    source: str
    evidence: Evidence
    waiting: Waiting | None = None
    deemed_issued: bool = False

    def applied(
        self, *, channel: str = "provider", papers: Iterable[str | Paper] = ()
    ) -> dict[str, Any]:
        """What opens a request for it with these papers or codes of papers: the fields of `Apply`.

        Raises `Malformed` if the service is not given by that channel.

        >>> services()["S-07"].applied(channel="portal")["term"]
        '3 working days'
        """
        if channel not in self.channels:
            fault = unknown_fault("channel", channel, self.channels)
            raise Malformed(f"service {self.code}", [fault], code="channel.unknown")
        return {
            "service": self.code,
            "topic": self.names["en"],
            "channel": channel,
            "term": self.term,
            "required": tuple(d.code for d in self.documents if not d.available),
            "available": tuple(d.code for d in self.documents if d.available),
            "papers": tuple(Paper(p) if isinstance(p, str) else p for p in papers),
            "deemed_issued": self.deemed_issued,
        }


@attrs.frozen
class _Register:
    service: tuple[Service, ...]


def services(told: str | Path | None = None, /) -> Mapping[str, Service]:
    """A register of services by code, in the order told: as TOML text, the path of its file, or the sample.

    The sample is no law: what a service asks is for its by-law to say. The form is that of `Service`,
    one ``[[service]]`` each.
    Raises `Malformed` if it cannot be read; every fault at once, each with its place.

    >>> services()["S-03"].waiting.corporation
    15
    """
    if told is None:
        return _sample()
    text = told.read_text("utf-8") if isinstance(told, Path) else told
    try:
        return _read(tomllib.loads(text))
    except tomllib.TOMLDecodeError as wrong:
        raise Malformed("services", [Fault("", str(wrong))]) from wrong


@cache
def _sample() -> Mapping[str, Service]:
    return _read(read("request/services.toml"))


def _read(told: Mapping[str, Any]) -> Mapping[str, Service]:
    faults = list(_unmeant(told))
    try:
        listed = codec.read(told, _Register)
    except Malformed as wrong:
        raise Malformed("services", [*wrong.faults, *faults]) from wrong
    if faults:
        raise Malformed("services", faults)
    return {service.code: service for service in listed.service}


def _unmeant(told: Mapping[str, Any]) -> Iterator[Fault]:
    """What is of the right kind and cannot be meant; what is of another kind is passed over."""
    listed = told.get("service")
    rows = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    codes = Counter(code for row in rows if isinstance(code := row.get("code"), str))
    for n, row in enumerate(rows):
        for path, why in _of_service(row, codes):
            yield Fault(f"service[{n}].{path}", why)


def _of_service(row: Mapping[str, Any], codes: Counter[str]) -> Iterator[tuple[str, str]]:
    code, fee = row.get("code"), row.get("fee")
    if isinstance(code, str) and (not code.strip() or codes[code] > 1):
        yield "code", f"{code!r} stands twice" if code.strip() else "is empty"
    if isinstance(fee, int) and fee < 0:
        yield "fee", f"{fee} is less than nothing"
    if isinstance(row.get("term"), str) and (why := term_fault(row["term"])):
        yield "term", why
    yield from _of_channels(row.get("channels"))
    yield from _of_names("names", row.get("names"))
    yield from _of_documents(row.get("documents"))
    waiting = row.get("waiting")
    for norm, minutes in waiting.items() if isinstance(waiting, dict) else ():
        if isinstance(minutes, int) and minutes < 1:
            yield f"waiting.{norm}", f"{minutes} is no number of minutes"


def _of_channels(told: object) -> Iterator[tuple[str, str]]:
    if not isinstance(told, list):
        return
    if not told:
        yield "channels", "there is none"
    for n, channel in enumerate(told):
        if isinstance(channel, str) and channel not in CHANNELS:
            yield f"channels[{n}]", none_of(channel, CHANNELS)


def _of_names(path: str, told: object) -> Iterator[tuple[str, str]]:
    if isinstance(told, dict) and set(told) != set(languages()):
        yield path, f"are in {', '.join(map(str, told)) or 'no language'}, not in kk, ru, en"


def _of_documents(told: object) -> Iterator[tuple[str, str]]:
    rows = [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
    codes = Counter(code for row in rows if isinstance(code := row.get("code"), str))
    for n, row in enumerate(rows):
        yield from _of_names(f"documents[{n}].names", row.get("names"))
        code = row.get("code")
        if isinstance(code, str) and codes[code] > 1:
            yield f"documents[{n}].code", f"{code!r} stands twice"


@attrs.frozen
class Coverage:
    """How many of the kinds of services planned are given; those missing stand in the order planned."""

    n_planned: int
    n_given: int
    missing: tuple[str, ...]
    unplanned: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.n_given} of {self.n_planned} kinds of services are given"


def coverage(planned: Iterable[str], given: Iterable[Case], /) -> Coverage:
    """What of a plan is given in fact: a kind is given once a request for it was rendered.

    `planned` are codes of services, such as the keys of `services()`. Cases that are no
    requests, or not rendered, give nothing.

    >>> print(coverage(["S-01", "S-02"], []))
    0 of 2 kinds of services are given
    """
    kinds = tuple(dict.fromkeys(planned))
    rendered = {
        case.received.service
        for case in given
        if isinstance(case.received, Apply) and case.received.service and case.last(Decide)
    }
    missing = tuple(code for code in kinds if code not in rendered)
    unplanned = tuple(sorted(rendered.difference(kinds)))
    return Coverage(len(kinds), len(kinds) - len(missing), missing, unplanned)
