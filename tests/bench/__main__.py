"""Print each figure beside its peer and its bar; exit 1 when a bar is missed, 2 when a peer is."""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import attrs
from tests.bench.race import Figure, MissingPeer, peer

GROUPS = (
    "days", "hours", "batch", "explain", "bounds", "decide", "seal", "desk", "long", "host", "check", "register", "possible", "whatif", "imports", "figures",
    "queues", "stages", "world", "sweeps",
)  # fmt: skip
MET, MISSED, NO_PEER = 0, 1, 2


def main(arguments: Sequence[str]) -> int:
    """Run the groups named, or all."""
    options = _options(arguments)
    try:
        groups = {
            name: importlib.import_module(f"tests.bench.{name}") for name in options.names or GROUPS
        }
        for group in groups.values():
            for name in group.PEERS:
                peer(name)
    except MissingPeer as missing:
        sys.stderr.write(f"{missing} is not installed: uv run python -m tests.bench\n")
        return NO_PEER
    found: dict[str, list[Figure]] = {}
    for name, group in groups.items():
        gc.collect()
        gc.freeze()
        found[name] = []
        for figure in group.figures():
            found[name].append(figure)
            print(_line(name, figure), flush=True)
    if options.json:
        told = [
            {"group": name, **attrs.asdict(figure), "met": figure.met}
            for name, figures in found.items()
            for figure in figures
        ]
        options.json.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return _verdict(figure for figures in found.values() for figure in figures)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"of {', '.join(GROUPS)}; all if none"
    )
    parser.add_argument("--json", type=Path, metavar="F", help="write the figures to a file too")
    options = parser.parse_args(arguments)
    if strange := [name for name in options.names if name not in GROUPS]:
        parser.error(f"{', '.join(strange)}: none of {', '.join(GROUPS)}")
    return options


def _line(group: str, figure: Figure) -> str:
    bar = "" if figure.bar is None else f"{'≤' if figure.at_most else '≥'} {figure.bar:,g}"
    sides = (
        f"{figure.ours:>8} against {figure.theirs} of {figure.peer}" if figure.peer else figure.ours
    )
    same = f", same answers {figure.same}" if figure.same else ""
    value = f"{figure.value:,.{0 if figure.value >= 100 else 1}f}{figure.unit}"
    mark = "" if figure.bar is None else ("met" if figure.met else "MISSED")
    return f"{group:<8} {figure.what:<38} {value:>14} {bar:>9} {mark:<6}  {sides}{same}".rstrip()


def _verdict(figures: Iterable[Figure]) -> int:
    missed = [figure for figure in figures if not figure.met]
    for figure in missed:
        print(f"missed: {figure.what}: {figure.value:,.1f}{figure.unit}, not {figure.bar:,g}")
    return MISSED if missed else MET


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
