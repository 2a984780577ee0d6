"""The page of a report in a real browser: wide, on a phone and printed, for eyes and for readers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from openakimat import kz
from openakimat.law.words import Words
from openakimat.register.figures import CUSTOMS, count_register
from openakimat.report.figures.page import make_report, report_page

sync_api = pytest.importorskip("playwright.sync_api", reason="no Playwright")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe")
KHROMTAU = Path(__file__).parents[2] / "examples" / "khromtau" / "register.csv"
FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-sync --no-first-run"

PHONE = 390

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if (found := shutil.which("chromium") or shutil.which("google-chrome")) is None:
        pytest.skip("no browser: Chromium is not installed")
    with sync_api.sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=found, args=FLAGS.split())


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    at = datetime.fromisoformat("2020-11-19T18:30+05:00")
    rows, _ = count_register(KHROMTAU, kz.office("khromtau"), at=at)
    return make_report(rows, at, CUSTOMS["only-counted"]["procedures"])


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_report_is_read_by_everybody_and_asks_nobody(
    browser: Any, told: dict[str, Any], language: str, tmp_path: Path
) -> None:
    file = tmp_path / "r.html"
    file.write_text(report_page(told, "R", Words(kz.law(), language)), "utf-8")
    page, asked, wrong = browser.new_page(), list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    for width, media in ((1280, "screen"), (PHONE, "screen"), (1100, "print")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media=media)
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert [] == [one["id"] for one in axe.Axe().run(page).response["violations"]]
        n_open = page.locator("details[open]").count()
        # On a phone all but the first are folded, and nothing is when it is printed.
        assert (1 if width == PHONE else page.locator("details").count()) == n_open > 0
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator("details[open]").count() == page.locator("details").count() > 5
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert [] == [one["id"] for one in axe.Axe().run(page).response["violations"]]
    assert [] == wrong
    assert {file.as_uri()} == {one for one in asked if not one.startswith("data:")}


@pytest.fixture
def page(browser: Any, told: dict[str, Any], tmp_path: Path) -> Any:
    file = tmp_path / "r.html"
    file.write_text(report_page(told, "R", Words(kz.law(), "en")), "utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    return page


def test_a_table_is_sorted_by_a_click_and_searched(page: Any, told: dict[str, Any]) -> None:
    months = page.locator("section", has_text="month of receipt")
    months.get_by_role("button", name="cases", exact=True).click()
    counts = [int(one) for one in months.locator("td:nth-child(2)").all_inner_texts()]
    assert sorted(one["n"] for one in told["parts"]["month"]) == counts
    months.get_by_role("searchbox").fill("2020-1")
    shown = [one for one in months.locator("tbody th").all() if one.is_visible()]
    assert ["2020-10", "2020-11"] == sorted(one.inner_text() for one in shown)


def test_a_folded_part_opens_where_the_contents_lead_to_it(page: Any) -> None:
    links = page.locator("nav a").all()
    assert len(links) == page.locator("details").count()
    page.locator("details", has=page.locator("#topic")).locator("summary").click()
    assert not page.locator("#topic").is_visible()
    page.get_by_role("link", name="topic").click()
    assert page.locator("#topic").is_visible()
