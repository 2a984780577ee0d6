"""The bodies that a report of corruption may go to, by the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from openakimat.case.people import Body
from openakimat.dated import Dated, Edition, Evidence

LISTED_IN = "Law 410-V, 22(2)"


def _body(id: str, kk: str, ru: str, en: str) -> Body:
    return Body(id, {"kk": kk, "ru": ru, "en": en})


AUTHORISED_BODY: Dated[Body] = Dated(
    "authorised body on countering corruption",
    (
        Edition(
            _body(
                "authorised-body",
                "сыбайлас жемқорлыққа қарсы іс-қимыл жөніндегі уәкілетті орган",
                "уполномоченный орган по противодействию коррупции",
                "authorised body on countering corruption",
            ),
            "as the law calls it",
            date(2016, 1, 1),
            "Law 410-V, 24(1)",
            Evidence.UNCONFIRMED,
        ),
        Edition(
            _body(
                "anti-corruption-agency",
                "Сыбайлас жемқорлыққа қарсы іс-қимыл агенттігі",
                "Агентство по противодействию коррупции",
                "Anti-Corruption Agency",
            ),
            "agency",
            date(2020, 8, 28),
            "press on service akimats, 28.08.2020: the first day it is named in what was read",
            Evidence.SECONDARY,
        ),
        Edition(
            _body(
                "anti-corruption-service",
                "Ұлттық қауіпсіздік комитетінің Сыбайлас жемқорлыққа қарсы қызметі",
                "Служба по противодействию коррупции Комитета национальной безопасности",
                "Anti-Corruption Service of the National Security Committee",
            ),
            "service",
            date(2025, 7, 14),
            "Decree 14.07.2025 No. 944",
            Evidence.CONFIRMED,
        ),
    ),
)
"""The law's own words were read in the text of 2026. The act that abolished the Agency was not
found, nor the first day of the decree: its date stands."""


LISTED: Mapping[str, Body] = {
    body.id: body
    for body in (
        _body("prosecutor", "прокуратура органдары", "органы прокуратуры", "prosecutor's office"),
        _body(
            "national-security",
            "ұлттық қауіпсіздік органдары",
            "органы национальной безопасности",
            "national security bodies",
        ),
        _body(
            "internal-affairs",
            "ішкі істер органдары",
            "органы внутренних дел",
            "internal affairs bodies",
        ),
        _body("military-police", "әскери полиция", "военная полиция", "military police"),
        _body(
            "economic-investigations",
            "экономикалық тергеп-тексеру қызметі",
            "служба экономических расследований",
            "economic investigations service",
        ),
        _body(
            "border-service",
            "Шекара қызметі",
            "Пограничная служба",
            "border service",
        ),
    )
}
"""The bodies that Law 410-V, 22(2) lists."""


SOURCES: Mapping[str, str] = {
    **dict.fromkeys(LISTED, LISTED_IN),
    **{edition.value.id: edition.source for edition in AUTHORISED_BODY},
}
"""Where it is said of each body."""


def competent_body(day: date, /) -> Edition[Body]:
    """The authorised body on countering corruption on a day, with its source and mark.

    Raises:
        Undated: The day is before the law.

    >>> competent_body(date(2026, 3, 18)).value.id
    'anti-corruption-service'
    >>> competent_body(date(2024, 3, 18)).value.names["en"]
    'Anti-Corruption Agency'
    """
    return AUTHORISED_BODY.on(day)
