"""Pictures of a report, beside the tables that hold the same numbers: SVG that needs no font and no script."""

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from openakimat.law.words import Words
from openakimat.report.figures.shares import Figures

_IN_TIME, _NAIVE = "#1f6f54", "#8a8a8a"
_PARTIES = ("#2f6fb0", "#1f6f54", "#8e44ad", "#b36b00", "#9a9a9a", "#d0d0d0")
_MOST = 40
"""As many lines as a picture can be read with."""


def draw_pictures(told: Figures, words: Words, /) -> Mapping[str, tuple[str, str]]:
    """The pictures of a report by the table they stand over: each as SVG, and in words for who cannot see it."""
    months, delay = told["parts"].get("month") or (), told.get("delay") or {}
    tenths = told["sections"].get("calibration")
    drawn = {
        "month": _shares(months, words, {}) if len(months) > 1 else None,
        "league": _shares(told["league"], words, told.get("offices", {})),
        "delay": _delay(delay, words) if any(delay.values()) else None,
        "calibration": _reliability(tenths, words) if tenths else None,
    }
    return {name: one for name, one in drawn.items() if one}


def _shares(groups: Sequence[Figures], words: Words, offices: Figures) -> tuple[str, str] | None:
    """In time, a line a group with its interval; the naive share as a hollow mark."""
    groups = [one for one in groups if one["in_time"] and one["in_time"]["n"]][-_MOST:]
    if not groups:
        return None
    names = [offices.get(one["key"], {}).get(words.language, one["key"]) for one in groups]

    def fill(axes: Any) -> None:
        for column, color, face in (("naive", _NAIVE, "none"), ("in_time", _IN_TIME, _IN_TIME)):
            told = [(n, one[column]) for n, one in enumerate(groups) if column in one]
            told = [(n, one) for n, one in told if one["n"]]
            values = [one["share"] for _, one in told]
            within = [[abs(one["share"] - one[end]) for _, one in told] for end in ("low", "high")]
            naive = column == "naive"
            axes.errorbar(
                values, [n for n, _ in told], xerr=None if naive else within, fmt="o", color=color,
                markerfacecolor=face, markersize=9 if naive else 5, label=words("figure", column),
            )  # fmt: skip
        axes.set_yticks(range(len(groups)), names)
        axes.set_xlim(-0.01, 1.01)
        axes.xaxis.set_major_formatter(lambda x, _: f"{x:.0%}")
        axes.invert_yaxis()
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2, frameon=False)

    told = (
        f"{name} {one['in_time']['share']:.1%}" for name, one in zip(names, groups, strict=True)
    )
    return _svg(fill, 1.2 + 0.3 * len(groups)), f"{words('figure', 'in_time')}: {'; '.join(told)}"


def _reliability(tenths: Sequence[Figures], words: Words) -> tuple[str, str]:
    """What was forecast against what came, with its interval: on the diagonal it held."""
    pairs = [(one["told"], *(one["came"][name] for name in ("share", "low", "high"))) for one in tenths]  # fmt: skip
    names = [words("figure", name) for name in ("told", "came")]

    def fill(axes: Any) -> None:
        axes.plot((0, 1), (0, 1), color=_NAIVE, linestyle="--")
        for told, came, low, high in pairs:
            axes.errorbar(told, came, [[came - low], [high - came]], fmt="o", color=_IN_TIME)
        for axis, name in zip((axes.xaxis, axes.yaxis), names, strict=True):
            axis.set_major_formatter(lambda x, _: f"{x:.0%}")
            axis.set_label_text(name)
        axes.set_aspect("equal")

    each = "; ".join("{:.0%} – {:.0%} ({:.0%} – {:.0%})".format(*one) for one in pairs)
    return _svg(fill, 4.5), f"{words('figure', 'calibration')}; {' – '.join(names)}: {each}"


def _delay(delay: Mapping[str, float], words: Words) -> tuple[str, str]:
    whole = sum(delay.values())
    told = [f"{words('figure', party)} {days / whole:.0%}" for party, days in delay.items()]

    def fill(axes: Any) -> None:
        start = 0.0
        for days, color, label in zip(delay.values(), _PARTIES, told, strict=True):
            axes.barh(0, days / whole, left=start, color=color, label=label)
            start += days / whole
        axes.set_xlim(0, 1)
        axes.set_axis_off()
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2, frameon=False)

    return _svg(fill, 1.6), f"{words('figure', 'delay')}: {'; '.join(told)}"


def _svg(fill: Callable[[Any], None], height: float) -> str:
    """A picture of one pair of axes, the same bytes each time."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    look: Any = {"svg.hashsalt": "openakimat", "font.size": 9, "text.parse_math": False}
    with rc_context(look):  # a dollar in a name is a dollar
        figure, file = Figure((7.5, height), layout="constrained"), io.StringIO()
        axes = figure.subplots()
        axes.spines[["top", "right"]].set_visible(False)
        fill(axes)
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    return file.getvalue()
