"""The bodies that a report of corruption may go to, by the day."""

from collections.abc import Mapping
from datetime import date

from openakimat.case.people import Body
from openakimat.dated import Dated, Edition
from openakimat.kz.data import dated, languages, read

_DATA = read("corruption/law.toml")
_BODIES = _DATA["bodies"]
LISTED_IN: str = _BODIES["listed_in"]


def _body(id: str) -> Body:
    words = _DATA["label"]["ground"][f"redirect.{id}"]
    return Body(id, {language: words[language] for language in languages()})


AUTHORISED_BODY: Dated[Body] = dated(
    "authorised body on countering corruption", _BODIES["authorised"], lambda e: _body(e["body"])
)

LISTED: Mapping[str, Body] = {one: _body(one) for one in _BODIES["listed"]}
"""The bodies that the law lists."""

SOURCES: Mapping[str, str] = {
    **dict.fromkeys(LISTED, LISTED_IN),
    **{edition.value.id: edition.source for edition in AUTHORISED_BODY},
}
"""Where it is said of each body."""


def competent_body(day: date, /) -> Edition[Body]:
    """The authorised body on countering corruption on a day, with its source and mark.

    Raises `Undated` if the day is before the law.

    >>> competent_body(date(2026, 3, 18)).value.id
    'anti-corruption-service'
    """
    return AUTHORISED_BODY.on(day)
