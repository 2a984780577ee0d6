"""What several suppositions come to, drawn: bars of the share late, as SVG without script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from openakimat.report.chart import _FONT, _ILLEGAL, _INK, _PLAIN, _TINTS, _tag

_LINE, _WIDE, _WORDS = 44.0, 640.0, 20.0


def picture(plain: Mapping[str, Any], /, language: str = "en") -> str:
    """Draw the plain data of a comparison of several suppositions: a bar for each.

    Args:
        plain: As `openakimat.simulate.compare.Compared.plain` has it.
        language: The code of one of its languages.

    >>> bars = {"rows": {"en": [{"name": "As it is", "cases": 4, "late": 1, "share": 0.25, "more": 0}]}}
    >>> picture(bars).count("<rect")
    1
    """
    rows = plain["rows"][language]
    parts = []
    for n, row in enumerate(rows):
        top, tint = n * _LINE, _PLAIN if n == 0 else _TINTS[(n - 1) % len(_TINTS)]
        name, told = escape(row["name"]), f"{row['late']:,} / {row['cases']:,} · {row['share']:.1%}"
        wide = max(row["share"] * _WIDE, 1.0)
        parts += [
            _tag("text", f"{name}: {told}", x=0.0, y=top + 14, fill="currentColor"),
            _tag(
                "rect",
                _tag("title", f"{name}: {told}"),
                x=0.0,
                y=top + _WORDS,
                width=wide,
                height=14.0,
                fill=tint,
            ),
        ]
    title = "; ".join(escape(row["name"]) for row in rows)
    return _ILLEGAL.sub("\ufffd", _tag(
        "svg", _tag("title", title), *parts,
        xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {_WIDE + 8:.0f} {len(rows) * _LINE:.0f}",
        role="img", font_family=_FONT, font_size="13", color=_INK, style="max-width:100%;height:auto",
    ))  # fmt: skip
