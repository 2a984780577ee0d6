"""A plugin of pytest that plays files `*.case.toml`: one test for each case in them.

With ``--law-coverage`` it tells at the end what of the charts no test touched (see `coverage`).

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
from openakimat.judgement.onlookers import ONLOOKERS
from openakimat.law.office import Office
from openakimat.testing.cases import read_case, tables
from openakimat.testing.coverage import Coverage, Told, merge, percent
from openakimat.testing.playing import Unmet, play
from openakimat.testing.situations import OFFICES, STORE

_TOLD = "openakimat_law_coverage"
"""Under which a worker hands on what it touched."""

_USUAL = "khromtau"


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
    group.addoption(
        "--law-coverage", nargs="?", const="", metavar="PROCEDURE,…",
        help="tell what of charts no test touched: of these, or of all that tests put to use",
    )  # fmt: skip
    group.addoption(
        "--law-coverage-fail-under", type=float, default=0, metavar="PERCENT",
        help="fail where fewer of a hundred lines of the charts were touched",
    )  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """Look on, where that is asked."""
    if (asked := config.getoption("--law-coverage")) is not None:
        report = _Report(config, tuple(filter(None, asked.split(","))))
        config.pluginmanager.register(report)
        ONLOOKERS.append(report.coverage)
        config.add_cleanup(lambda: ONLOOKERS.remove(report.coverage))


class _Report:
    """What tests touched of charts, in this process and in those of pytest-xdist."""

    def __init__(self, config: pytest.Config, procedures: tuple[str, ...]) -> None:
        self.config, self.procedures = config, procedures
        self.coverage, self.told = Coverage(procedures), Told()

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Add what a worker touched; one that crashed told nothing."""
        merge(self.told, getattr(node, "workeroutput", {}).get(_TOLD, {}))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand on what a worker touched, or hold all of it against the least that is asked."""
        merge(self.told, self.coverage.tell(str(self.config.getoption("--law-language"))))
        if (output := getattr(self.config, "workeroutput", None)) is not None:
            output[_TOLD] = self.told
        elif percent(self.told) < self._least and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @property
    def _least(self) -> float:
        return float(str(self.config.getoption("--law-coverage-fail-under")))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """A line for each chart, and one for each line of it that no test touched."""
        write = terminalreporter.write_line
        terminalreporter.section("coverage of law")
        for name, lines in sorted(self.told.items()):
            untouched = [text for text, touched in lines.items() if not touched]
            write(f"{name}: {len(lines) - len(untouched)}/{len(lines)}")
            for text in untouched:
                write(f"  {text}")
        of = {name.partition("/")[0] for name in self.told}
        used = ", ".join(sorted(of)) or "nothing"
        for name in self.procedures:
            if name not in of:
                write(f"{name}: no test put anything to it; put to use: {used}")
        least = f" < {self._least:.0f} %" if percent(self.told) < self._least else ""
        write(f"{percent(self.told):.0f} %{least}")


@pytest.hookimpl(trylast=True)
def pytest_openakimat_office(id: str, readings: Mapping[str, str], wording: str | None) -> Any:
    """An office of the country that the library ships: a sample, or one in a file."""
    of = Path(id) if id.endswith(".toml") else id or _USUAL
    return resolve_name(OFFICES)(of, readings=readings, wording=wording)


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
        desk = Desk(case.office, resolve_name(STORE)())
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
