"""The tree as these pages tell it: the reference, room by room, and what a link to code leads to."""  # noqa: INP001

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"

LINK = re.compile(r"\[`([^`\]]+)`\]\((?:\.\./)*(src/openakimat/[\w/.]+?)(?:#L(\d+))?\)")
"""A link to a file of the library, or to a line of it: what it names, the file, the line."""


# -- the tree ---------------------------------------------------------------------------


def list_rooms() -> list[Path]:
    """The rooms of the library in the order of the layers, the lowest first."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = config["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one.get("containers") == ["openakimat"])
    names = [name.strip() for layer in reversed(layers) for name in layer.split("|")]
    paths = [SOURCE / "openakimat" / name for name in names if not name.startswith("_")]
    return [path if path.is_dir() else path.with_suffix(".py") for path in paths]


def list_inside(room: Path) -> list[Path]:
    """The public modules and folders of a room, each after those it rests on."""
    inside = {
        name_of(path): path
        for path in (room.iterdir() if room.is_dir() else ())
        if path.name[0] not in "_." and (path.suffix == ".py" or (path / "__init__.py").is_file())
    }
    rests_on = {name: _imported_by(path) & set(inside) - {name} for name, path in inside.items()}
    return [inside[name] for name in _sort_by_rest(rests_on)]


def name_of(path: Path) -> str:
    """The dotted name of a module or folder: ``openakimat.judgement.judge``."""
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts)


@cache
def _imported_by(path: Path) -> set[str]:
    """The modules that a module, or any of a folder, imports from, and the folders they are in."""
    if path.is_dir():
        return set[str]().union(*map(_imported_by, path.rglob("*.py")))
    imported = [
        node.module.split(".")
        for node in ast.walk(_parse(path))
        if isinstance(node, ast.ImportFrom) and node.module
    ]
    return {".".join(parts[:n]) for parts in imported for n in range(1, len(parts) + 1)}


def _sort_by_rest(rests_on: dict[str, set[str]]) -> Iterator[str]:
    sorter = TopologicalSorter(rests_on)
    sorter.prepare()
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        yield from ready
        sorter.done(*ready)


@cache
def _parse(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def _describe(room: Path) -> str:
    """The first line of the docstring of a module or a folder."""
    text = ast.get_docstring(_parse(room / "__init__.py" if room.is_dir() else room)) or ""
    return text.partition("\n")[0]


# -- the reference ----------------------------------------------------------------------


def write_reference() -> dict[str, str]:
    """The page of every room, and of every folder in one, by its path."""
    written = {}
    for room in list_rooms():
        written[_page_of(room)] = _write_page(room)
        for folder in filter(Path.is_dir, list_inside(room)):
            written[f"{room.stem}/{folder.stem}.md"] = _write_page(folder)
    return written


def _page_of(room: Path) -> str:
    folders = any(map(Path.is_dir, list_inside(room)))
    return f"{room.stem}/index.md" if folders else f"{room.stem}.md"


def _write_page(room: Path) -> str:
    # a folder of one page is told by that page
    modules = [one for one in list_inside(room) if one.is_file()] or [room]
    lines = [f"# {room.stem}", *([_describe(room)] if room.is_dir() else [])]
    return "\n\n".join([*lines, *(f"::: {name_of(module)}" for module in modules)])


def write_table() -> str:
    """The table of all rooms, each with what it answers and a link to its page."""
    lines = ["| room | what it is |", "|---|---|"]
    lines += [f"| [`{one.stem}`]({_page_of(one)}) | {_describe(one)} |" for one in list_rooms()]
    return "\n".join(lines)


# -- links to code ----------------------------------------------------------------------


def list_definitions(file: Path) -> dict[int, str]:
    """What begins on which line of a file: functions, classes and values by their dotted names.

    Of TOML, the tables: ``limit.appeal.consideration``.
    """
    if file.suffix != ".py":
        lines = enumerate(file.read_text("utf-8").splitlines(), start=1)
        return {n: line.strip("[]").replace('"', "") for n, line in lines if line[:1] == "["}
    return {node.lineno: name for node, name in _walk(_parse(file))}


def _walk(node: ast.Module | ast.ClassDef, within: str = "") -> Iterator[tuple[ast.stmt, str]]:
    for one in node.body:
        if isinstance(one, ast.FunctionDef | ast.ClassDef):
            yield one, f"{within}{one.name}"
        elif isinstance(one, ast.Assign | ast.AnnAssign):
            target = one.target if isinstance(one, ast.AnnAssign) else one.targets[0]
            if isinstance(target, ast.Name):
                yield one, f"{within}{target.id}"
        if isinstance(one, ast.ClassDef):
            yield from _walk(one, f"{within}{one.name}.")


def link_reference(link: re.Match[str]) -> str:
    """A link to code as one to the reference: of what begins on that line, or what it is in."""
    text, file, line = link[1], ROOT / link[2], link[3]
    if file.suffix != ".py":
        return f"`{text}`"  # the reference holds no data
    # it has no anchor for what is private, nor for a value
    anchors = {
        name
        for node, name in _walk(_parse(file))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not any(part[0] == "_" for part in name.split("."))
    }
    name = list_definitions(file).get(int(line), "") if line else ""
    while name and name not in anchors:
        name = name.rpartition(".")[0]
    module = name_of(file.parent if file.stem == "__init__" else file)
    return f"[`{text}`][{module}{'.' if name else ''}{name}]"
