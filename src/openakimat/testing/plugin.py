"""A plugin of pytest that plays files `*.case.toml`: one test for each case in them.

Load it with ``pytest_plugins = ["openakimat.testing.plugin"]`` in the topmost ``conftest.py``, or
with ``-p``. Whose law is played, a host says by the hook `pytest_openakimat_office` in a
``conftest.py``, for the files beside it and below; without one it is the law of the country that
the library ships.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import pytest

from openakimat.desk import Desk
from openakimat.errors import Malformed
from openakimat.law.office import Office
from openakimat.testing.cases import read_case, tables
from openakimat.testing.playing import Unmet, play

# By name, and not until a case is played: this room imports no country and no adapter.
_OFFICES, _USUAL, _STORE = "openakimat.kz:office", "khromtau", "openakimat.adapters.memory"


class Hooks:
    """What a host may tell of its law in Python."""

    @pytest.hookspec(firstresult=True)
    def pytest_openakimat_office(
        self, id: str, readings: Mapping[str, str], wording: str | None
    ) -> Office | None:
        """The office of an id, empty where a case names none; None leaves it to the next hook."""


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Let hosts give offices."""
    pluginmanager.add_hookspecs(Hooks)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the language be chosen."""
    group = parser.getgroup("openakimat")
    group.addoption("--law-language", default="en", help="language in which cases of law fail")


@pytest.hookimpl(trylast=True)
def pytest_openakimat_office(id: str, readings: Mapping[str, str], wording: str | None) -> Any:
    """An office of the country that the library ships: a sample, or one in a file."""
    of = Path(id) if id.endswith(".toml") else id or _USUAL
    return resolve_name(_OFFICES)(of, readings=readings, wording=wording)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect files of cases."""
    if file_path.name.endswith(".case.toml"):
        return CaseFile.from_parent(parent, path=file_path)
    return None


class CaseFile(pytest.File):
    """A file of cases."""

    def collect(self) -> Iterator[CaseItem]:
        """A test for each case."""
        try:
            told = tables(self.path.read_text("utf-8"))
        except Malformed as wrong:
            raise self.CollectError(str(wrong)) from wrong
        for n, table in enumerate(told):
            name = f"case[{n}]"
            item: CaseItem = CaseItem.from_parent(self, name=str(table.get("name", name)))
            item.table, item.where = table, name
            yield item


class CaseItem(pytest.Item):
    """A case as a test."""

    table: Mapping[str, Any]
    where: str

    def runtest(self) -> None:
        """Play it on a store of its own."""
        told, office = dict(self.table), self.table.get("office")
        if isinstance(office, str) and office.endswith(".toml"):
            told["office"] = str(self.path.parent / office)  # beside the file that names it
        case = read_case(told, self.ihook.pytest_openakimat_office, path=self.where)
        store = resolve_name(_STORE)
        desk = Desk(case.office, journal=store.Journal(), numbers=store.Numbers())
        play(case, desk, language=str(self.config.getoption("--law-language")))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """A sentence for a jurist, under the name of the case and where the law says so."""
        wrong = excinfo.value
        if not isinstance(wrong, Unmet | Malformed):
            return super().repr_failure(excinfo, style)
        lines = map(str, wrong.faults) if isinstance(wrong, Malformed) else [str(wrong)]
        return "\n".join((f"{self.name} [{self.table.get('source', '')}]", *lines))

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where it stands, and what it is called."""
        return self.path, None, self.name
