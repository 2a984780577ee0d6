"""What a front office is asked to have, item by item, each with what it rests on."""

from collections.abc import Mapping
from functools import cache

import attrs

from openakimat.dated import Evidence
from openakimat.kz.data import languages, read


@attrs.frozen
class Item:
    """One item of the checklist: its question by language, and where it was read."""

    key: str
    names: Mapping[str, str]
    source: str
    evidence: Evidence


@cache
def checklist() -> Mapping[str, Item]:
    """The items of the checklist by key, in order.

    No official standard was found: the items are those that the press speaks of.

    >>> checklist()["one-window"].names["en"]
    'Everything is done at one window: nobody is sent from room to room'
    """
    data = read("front_office/law.toml")
    words = data["label"]["checklist"]
    return {
        key: Item(
            key,
            {language: words[key][language] for language in languages()},
            item["source"],
            Evidence(item["evidence"]),
        )
        for key, item in data["checklist"].items()
    }
