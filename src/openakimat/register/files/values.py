"""A value of a spreadsheet, of JSON or of a frame, as it would stand in a text."""

from datetime import date, datetime, time
from typing import Any


def show_value(value: Any, /) -> str:
    """A value as a cell: nothing where there is none, a day without an hour where it is midnight.

    >>> show_value(77.0), show_value(None), show_value(float("nan"))
    ('77', '', '')
    >>> show_value(datetime(2026, 3, 2, 9, 15)), show_value(datetime(2026, 3, 2))
    ('2026-03-02 09:15', '2026-03-02')
    """
    if isinstance(value, str):
        return value
    # NaN and NaT are not themselves.
    if value is None or value != value:  # noqa: PLR0124 - what it asks
        return ""
    if isinstance(value, datetime):
        # A spreadsheet and a frame have no days: theirs are midnights.
        midnight = value.time() == time() and value.tzinfo is None
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (list, tuple)):
        return "; ".join(map(show_value, value))
    return str(value)
