"""What no test touched of the charts is told, in whatever process tests run; and costs nothing else."""

from __future__ import annotations

import pytest

from openakimat.judgement.onlookers import ONLOOKERS

TESTS = """
from datetime import datetime

import pytest

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory

AT = datetime.fromisoformat("2026-03-18T10:00+05:00")


def opened():
    desk = oa.Desk(kz.office("khromtau"), memory.Store())
    return desk, desk.open(kz.Simplified, at=AT, by=oa.Applicant("A"))


def test_it_is_registered():
    desk, case = opened()
    desk.perform(case.id, kz.appeal.Register(), by=oa.Official("r", {kz.REGISTRAR}), at=AT)


def test_nobody_else_withdraws():
    desk, case = opened()
    with pytest.raises(oa.Refusal):
        desk.perform(case.id, kz.simplified.Withdraw(), by=oa.Applicant("B"), at=AT)


def test_time_runs_out():
    desk, case = opened()
    desk.lapse(case.id, at=datetime.fromisoformat("2026-06-18T10:00+05:00"))
"""

REGISTERED = "no test goes this way: register: received → registered"
WITHDRAWN = "no test goes this way: withdraw: received → withdrawn"
NOT_THEIRS = "no test is refused for this: withdraw: "
LATE = "(simplified.registration)"


@pytest.fixture
def host(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makepyfile(TESTS)
    return pytester


def told(host: pytest.Pytester, *asked: str, n: int = 0) -> tuple[int, str]:
    run = host.runpytest_subprocess("-p", "openakimat.testing.plugin", "-n", str(n), *asked)
    run.assert_outcomes(passed=3)
    return run.ret, run.stdout.str()


@pytest.mark.parametrize("n", [0, pytest.param(2, marks=pytest.mark.thorough)])
def test_what_is_touched_is_not_told_and_what_is_not_is(host: pytest.Pytester, n: int) -> None:
    ret, text = told(host, "--law-coverage=", n=n)
    assert ret == 0
    assert "simplified/appc-2026: " in text
    for touched in (REGISTERED, NOT_THEIRS, LATE):
        assert touched not in text
    assert f"{WITHDRAWN} [APPC 87(2), 64(9)]" in text
    assert "no test lets it run out: " in text


@pytest.mark.thorough
def test_it_is_told_in_the_language_asked(host: pytest.Pytester) -> None:
    _, text = told(host, "--law-coverage=simplified", "--law-language=ru")
    assert "ни один тест не идёт этим путём: " in text


@pytest.mark.thorough
def test_a_procedure_that_no_test_used_is_told_with_those_that_were(host: pytest.Pytester) -> None:
    _, text = told(host, "--law-coverage=simplfied,appeal")
    assert "simplfied: no test put anything to it; put to use: " in text
    assert "appeal: no test put anything to it" in text
    assert "0 %" in text


@pytest.mark.thorough
def test_too_little_fails(host: pytest.Pytester) -> None:
    least = "--law-coverage-fail-under=90"
    ret, text = told(host, "--law-coverage=", least, n=2)
    assert (ret, "% < 90 %" in text) == (1, True)
    ret, _ = told(host, "--law-coverage=", "--law-coverage-fail-under=1")
    assert ret == 0


@pytest.mark.thorough
def test_nobody_looks_on_unless_it_is_asked(host: pytest.Pytester) -> None:
    _, text = told(host)
    assert "coverage of law" not in text
    assert ONLOOKERS == []
