"""The data of the country as its files have it, read and put together; the bottom of `kz`.

The law is one file that all procedures share, and one in the folder of each; `pack` is all of
them as one, and `file_of` says which of them to edit.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from openakimat.dated import Dated, Edition, Evidence
from openakimat.errors import PackError
from openakimat.limits.language import ENGLISH, Language

T = TypeVar("T")
Data = Mapping[str, Any]

FOLDERS = (
    "appeal", "simplified", "complaint", "service_complaint", "information_request", "other_law",
    "visit", "request", "consultation", "one_application", "reception", "reception_month",
    "instruction", "inspection", "front_office", "corruption", "retaliation",
)  # fmt: skip
"""The folder of each procedure. Charts and limits are listed to people in this order."""

_SHARED = "law.toml"


@cache
def read(name: str) -> Data:
    """The data of a file of this country, such as ``offices.toml`` or ``appeal/law.toml``.

    Raises `PackError` if it is no TOML; the file and the line are named.
    """
    try:
        return tomllib.loads(files("openakimat.kz").joinpath(name).read_text("utf-8"))
    except tomllib.TOMLDecodeError as why:
        raise PackError(f"{_path_of(name)}: {why}") from why


def dated(name: str, editions: Iterable[Data], value: Callable[[Data], T], /) -> Dated[T]:
    """A value of a file by its editions, each with its law, first day, source and evidence."""
    told = (
        Edition(value(e), e["law"], e["since"], e["source"], Evidence(e["evidence"]))
        for e in editions
    )
    return Dated(name, tuple(told))


@cache
def first_edition() -> Mapping[str, bytes]:
    """The charts that records of the first edition name, in their plain form by their names then.

    >>> sorted(first_edition())[0]
    'appeal/appc-2021@1b2632bae16e'
    """
    lines = files("openakimat.kz").joinpath("first_edition.tsv").read_bytes().splitlines()
    named = (line.partition(b"\t") for line in lines)
    return {name.decode(): form for name, _, form in named}


def merge(one: Data, other: Data, where: str = "", /) -> Data:
    """Two files of law as one; what stands in both must be the same.

    Wordings, and what a choice of a reading sets, are told by each file for itself.
    Raises `PackError` if they contradict each other; the place is named.
    """
    merged = dict(one)
    for key, value in other.items():
        path = f"{where}.{key}" if where else key
        known = merged.get(key, value)
        if isinstance(known, Mapping) and isinstance(value, Mapping):
            merged[key] = merge(known, value, path) if key in merged else value
        elif (path == "wording" or key == "set") and key in merged:
            merged[key] = [*merged[key], *value]
        elif known == value:
            merged[key] = value
        else:
            raise PackError(f"{path} is told twice: {known!r} and {value!r}")
    return merged


@cache
def pack() -> Data:
    """The data of every file of the law as one.

    Raises `PackError` if a file contradicts one before it; the later one is named.
    """
    whole: Data = {}
    for name in _law_files():
        try:
            whole = merge(whole, read(name))
        except PackError as why:
            raise PackError(f"{_path_of(name)}: {why}") from why
    return whole


def values(name: str, /) -> Mapping[str, str]:
    """What a field of an act may be, each with its article: by procedure and name.

    Raises `PackError` if no file tells it.

    >>> values("simplified.withdrawn-2026")
    {'withdrawn': 'APPC 88(1)(4)'}
    """
    of, _, what = name.partition(".")
    told: Mapping[str, str] | None = pack()["values"].get(of, {}).get(what)
    if told is None:
        raise PackError(f"values.{name}: no file of the law tells them")
    return told


@cache
def languages() -> Mapping[str, Language]:
    """The languages of the country by code, the first of them first.

    English is the library's own; the others are told in ``phrases.toml``.

    >>> list(languages()), languages()["ru"].amount(3, "WorkingDays")
    (['kk', 'ru', 'en'], '3 рабочих дня')
    """
    data = read("phrases.toml")
    return {
        code: ENGLISH
        if code == ENGLISH.code
        else Language(code, *(data[of][code] for of in ("phrases", "units", "weekdays", "day")))
        for code in data["languages"]
    }


def file_of(*path: str) -> str:
    """Which file has a part of the law: the first one, if several do; empty if none does.

    >>> file_of("limit", "appeal.extension"), file_of("label", "procedure", "front-office-check")
    ('openakimat/kz/appeal/law.toml', 'openakimat/kz/front_office/law.toml')
    """
    return next((_path_of(name) for name in _law_files() if _has(read(name), path)), "")


def _has(data: Any, path: tuple[str, ...]) -> bool:
    if not path:
        return True
    first, *rest = path
    return isinstance(data, Mapping) and first in data and _has(data[first], tuple(rest))


def _law_files() -> Iterator[str]:
    """The files of the law. A procedure that has nothing of its own to tell has none."""
    yield _SHARED
    country = files("openakimat.kz")
    for folder in FOLDERS:
        if country.joinpath(folder, _SHARED).is_file():
            yield f"{folder}/{_SHARED}"


def _path_of(name: str) -> str:
    return f"openakimat/kz/{name}"
