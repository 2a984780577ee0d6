"""The figures of the house: `uv run python -m tests.house`. Exit code 1 when a bar is missed.

A line of a file is one of five kinds: blank, import, docstring (any string that stands by
itself, as that of an attribute), comment, or code. The size of a function is its lines of
code, the signature with them and its decorators without.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import io
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles

import attrs
import grimp

SRC = Path(__file__).parents[1] / "src" / "openakimat"

KINDS = ("code", "docstring", "comment", "import", "blank")
PARTICIPLES = frozenset({"told", "found", "kept", "said", "given", "made", "asked", "held"})
"""What no function is called: whoever searches for a name finds one thing."""

DIRECTIVES = ("# noqa", "# type:", "# pragma", "# pyright:", "# --")
"""Comments that give no reason: what is said to a tool, and the line above a part of a file."""

FACES = ("openakimat", "openakimat.kz")

MOST_NAMES, MOST_LINES, AIM, LONGEST_FUNCTION = 66, 45_100, 22_500, 60
LONG_FILE, MANY_ROOMS = 350, 12


@attrs.frozen
class Function:
    """A function and how many lines of code it has."""

    name: str
    place: str
    size: int


@attrs.frozen
class Room:
    """One module: what kinds of lines it has, its comments that give a reason, its functions."""

    path: Path
    lines: Counter[str]
    comments: int
    functions: tuple[Function, ...]


@attrs.frozen
class Figure:
    """One figure; `most` is its bar, None if it is only shown."""

    what: str
    value: float
    note: str = ""
    most: float | None = None

    @property
    def met(self) -> bool:
        """Whether the bar holds."""
        return self.most is None or self.value <= self.most

    def __str__(self) -> str:
        """The figure as a line."""
        bar = "" if self.most is None else f"≤ {self.most:,g} {'met' if self.met else 'MISSED'}"
        number = f"{self.value:,.1f}" if isinstance(self.value, float) else f"{self.value:,}"
        return f"{self.what:<34}{number:>8}  {bar:<16}{self.note}".rstrip()


def read_room(path: Path) -> Room:
    """Count the lines and measure the functions of one file."""
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    comments = [
        token
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type == tokenize.COMMENT
    ]
    kinds = _kinds(text, tree, comments)
    functions = [
        Function(
            node.name,
            f"{path.name}:{node.lineno}",
            kinds[node.lineno - 1 : node.end_lineno].count("code"),
        )
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    reasons = sum(not token.string.startswith(DIRECTIVES) for token in comments)
    return Room(path, Counter(kinds), reasons, tuple(functions))


def _kinds(text: str, tree: ast.AST, comments: list[tokenize.TokenInfo]) -> list[str]:
    """The kind of each line."""
    kinds = ["code" if line.strip() else "blank" for line in text.splitlines()]
    for token in comments:
        if token.line.lstrip().startswith("#"):
            kinds[token.start[0] - 1] = "comment"
    for node in ast.walk(tree):
        match node:
            case ast.Import() | ast.ImportFrom():
                kind = "import"
            case ast.Expr(value=ast.Constant(value=str())):
                kind = "docstring"
            case _:
                continue
        first, last = node.lineno, node.end_lineno or node.lineno
        kinds[first - 1 : last] = [kind] * (last - first + 1)
    return kinds


def circles(package: str) -> set[frozenset[str]]:
    """The modules that import each other in a circle, imports under TYPE_CHECKING counted."""
    graph = grimp.build_graph(package, exclude_type_checking_imports=False, cache_dir=None)
    imports = {module: graph.find_upstream_modules(module) for module in graph.modules}
    groups = {
        frozenset({module, *(other for other in below if module in imports[other])})
        for module, below in imports.items()
    }
    return {group for group in groups if len(group) > 1}


def face(module: str) -> list[str]:
    """The names that a module gives, other than modules."""
    names = vars(importlib.import_module(module)).items()
    return [name for name, value in names if name[0] != "_" and not inspect.ismodule(value)]


def figures(root: Path, faces: tuple[str, ...]) -> Iterator[Figure]:
    """All figures of a package that can be imported, from its folder."""
    rooms = [read_room(path) for path in sorted(root.rglob("*.py"))]
    yield Figure("files", len(rooms))
    lines: Counter[str] = sum((room.lines for room in rooms), Counter())
    yield Figure("lines of Python", lines.total(), f"aim: {AIM:,}", MOST_LINES)
    for kind in KINDS:
        yield Figure(f"  {kind}", lines[kind], f"{lines[kind] / lines.total():.0%}")
    yield Figure("comments a file", sum(room.comments for room in rooms) / len(rooms))
    yield from _sizes(rooms, root)
    rings = circles(root.name)
    yield Figure("circles of modules", len(rings), _some(" ↔ ".join(sorted(r)) for r in rings), 0)
    for module in faces:
        yield Figure(f"names of {module}", len(face(module)), "", MOST_NAMES)
    yield _folders(rooms, root)


def _sizes(rooms: list[Room], root: Path) -> Iterator[Figure]:
    """How long files and functions are, and what functions are called."""
    longest = max(rooms, key=lambda room: room.lines.total())
    yield Figure("longest file", longest.lines.total(), f"{longest.path.relative_to(root)}")
    long = [str(r.path.relative_to(root)) for r in rooms if r.lines.total() > LONG_FILE]
    yield Figure(f"files over {LONG_FILE} lines", len(long), _some(long))
    functions = [function for room in rooms for function in room.functions]
    parts = quantiles((function.size for function in functions), n=100)
    yield Figure("functions", len(functions))
    yield Figure("lines of code of a function, p50", round(parts[49]))
    yield Figure("lines of code of a function, p95", round(parts[94]))
    most = max(functions, key=lambda function: function.size)
    yield Figure("  of the longest", most.size, f"{most.name}, {most.place}", LONGEST_FUNCTION)
    banned = [f"{one.name}, {one.place}" for one in functions if one.name.strip("_") in PARTICIPLES]
    yield Figure("functions named by a participle", len(banned), _some(banned))


def _folders(rooms: list[Room], root: Path) -> Figure:
    """The folder with most rooms; the note names each that wants another look."""
    folders = Counter(
        str(room.path.parent.relative_to(root))
        for room in rooms
        if room.path.stem not in ("__init__", "__main__")
    )
    many = [f"{name} {n}" for name, n in folders.most_common() if n > MANY_ROOMS]
    note = f"of {len(folders)} folders; over {MANY_ROOMS}: {_some(many) or 'none'}"
    return Figure("rooms of the fullest folder", max(folders.values()), note)


def _some(names: Iterator[str] | list[str], most: int = 5) -> str:
    """The first names, and how many more there are."""
    every = list(names)
    more = f" and {len(every) - most} more" if len(every) > most else ""
    return "; ".join(every[:most]) + more


def main() -> int:
    """Print every figure."""
    house = list(figures(SRC, FACES))
    print(*house, sep="\n")
    return int(not all(figure.met for figure in house))


if __name__ == "__main__":
    sys.exit(main())
