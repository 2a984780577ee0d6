"""What several suppositions come to, drawn: bars of the share late, as SVG without script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from openakimat.report.chart import _FONT, _ILLEGAL, _PLAIN, _TINTS, _tag

_LINE, _WIDE = 44.0, 640.0


def picture(plain: Mapping[str, Any], /, language: str = "en") -> str:
    """Draw the plain data of a comparison of several suppositions: a bar for each.

    Args:
        plain: As `openakimat.simulate.comparison.Compared.plain` has it.
        language: The code of one of its languages.

    >>> bars = {"rows": {"en": [{"name": "As it is", "cases": 4, "late": 1, "share": 0.25, "more": 0}]}}
    >>> picture(bars).count("<rect")
    1
    """
    rows, parts = plain["rows"][language], list[str]()
    for n, row in enumerate(rows):
        top, tint = n * _LINE, _PLAIN if n == 0 else _TINTS[(n - 1) % len(_TINTS)]
        told = f"{row['name']}: {row['late']:,} / {row['cases']:,} · {row['share']:.1%}"
        parts.append(_tag("text", escape(told), x=0.0, y=top + 14, fill="currentColor"))
        wide = max(row["share"] * _WIDE, 1.0)
        parts.append(_tag("rect", x=0.0, y=top + 20, width=wide, height=14.0, fill=tint))
    title = _tag("title", escape("; ".join(row["name"] for row in rows)))
    width, height = _WIDE, len(rows) * _LINE
    drawn = _tag(
        "svg", title, *parts, xmlns="http://www.w3.org/2000/svg", width=width, height=height,
        viewBox=f"0 0 {width:.0f} {height:.0f}", role="img", font_family=_FONT, font_size="13",
        style="max-width:100%;height:auto",
    )  # fmt: skip
    return _ILLEGAL.sub("\ufffd", drawn)
