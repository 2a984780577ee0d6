"""A plugin of pytest that plays files `*.case.toml`: one test for each case in them.

Load it with ``pytest_plugins = ["openakimat.testing.plugin"]`` in the topmost ``conftest.py``, or
with ``-p``. Whose law is played, a host says by options of its ini file, or by a hook of a
``conftest.py``, which holds for the files beside it:

* `openakimat_offices`: what makes an office of its id, ``readings=`` and ``wording=``;
* `openakimat_office`: the id of the office of a case that names none;
* `openakimat_store`: where ``Journal()`` and ``Numbers()`` are;
* `pytest_openakimat_office`: the hook.
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

_OPTIONS = {
    "openakimat_offices": ("openakimat.kz:office", "makes an office of its id"),
    "openakimat_office": ("khromtau", "the office of a case that names none"),
    "openakimat_store": ("openakimat.adapters.memory", "where Journal() and Numbers() are"),
}
# By name, and not until a case is played: this room imports no country and no adapter.


class Hooks:
    """What a host may tell of its law in Python."""

    @pytest.hookspec(firstresult=True)
    def pytest_openakimat_office(
        self, config: pytest.Config, id: str, readings: Mapping[str, str], wording: str | None
    ) -> Office | None:
        """The office of an id, empty where a case names none; None leaves it to the options."""


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Let hosts give offices."""
    pluginmanager.add_hookspecs(Hooks)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("openakimat")
    group.addoption("--law-language", default="en", help="language in which cases of law fail")
    for name, (default, told) in _OPTIONS.items():
        parser.addini(name, told, default=default)


@pytest.hookimpl(trylast=True)
def pytest_openakimat_office(
    config: pytest.Config, id: str, readings: Mapping[str, str], wording: str | None
) -> Office:
    """The office that the options name."""
    make = resolve_name(config.getini("openakimat_offices"))
    office: Office = make(
        id or config.getini("openakimat_office"), readings=readings, wording=wording
    )
    return office


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

        def office_of(id: str, /, *, readings: Mapping[str, str], wording: str | None) -> Office:
            hook = self.ihook.pytest_openakimat_office
            office: Office = hook(config=self.config, id=id, readings=readings, wording=wording)
            return office

        case = read_case(self.table, office_of, path=self.where)
        store = resolve_name(self.config.getini("openakimat_store"))
        desk = Desk(case.office, journal=store.Journal(), numbers=store.Numbers())
        play(case, desk, language=self.config.getoption("--law-language"))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """A sentence for a jurist, under the name of the case and where the law says so."""
        if not isinstance(excinfo.value, Unmet | Malformed):
            return super().repr_failure(excinfo, style)
        source = self.table.get("source", "")
        return f"{self.name} [{source}]\n{excinfo.value}"

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where it stands, and what it is called."""
        return self.path, None, self.name
