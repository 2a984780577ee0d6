"""Links of the pages to code lead to the lines where what they name begins.

Write the numbers anew with `uv run python -m tests.test_house_page`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from docs.rooms import LINK, ROOT, link_reference, list_definitions

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def links() -> Iterator[tuple[Path, re.Match[str]]]:
    """Every link to code, and the page it stands on."""
    for page in PAGES:
        for link in LINK.finditer(page.read_text("utf-8")):
            yield page, link


def lines_of(link: re.Match[str]) -> list[int]:
    """The lines of the file on which what a link names begins."""
    name = link[1]
    begins = list_definitions(ROOT / link[2]).items()
    whole = [n for n, of in begins if of == name]
    return whole or [n for n, of in begins if of.endswith(f".{name}")]


def test_every_link_to_code_leads_to_a_file_from_where_it_stands() -> None:
    lost = [
        f"{page.name}: {link[0]}"
        for page, link in links()
        if not (page.parent / link[0].partition("](")[2].rstrip(")").partition("#")[0]).is_file()
    ]
    assert [] == lost


def test_the_line_of_a_link_is_where_what_it_names_begins() -> None:
    """Lines move with every change, and are written anew by a command."""
    wrong = [
        f"{page.name}: {link[1]} begins on line {lines_of(link)} of {link[2]}, not on {link[3]}"
        for page, link in links()
        if link[3] and int(link[3]) not in lines_of(link)
    ]
    assert [] == wrong, "\n".join(wrong)


def test_on_the_site_a_link_to_code_leads_to_the_reference_and_one_to_data_nowhere() -> None:
    of = dict.fromkeys(("code", "private", "value", "data"), "")
    of["code"] = "[`judge`](../../src/openakimat/judgement/judge.py#L{})"
    of["private"] = "[`Inquiry._judged`](../../src/openakimat/desk/inquiry.py#L{})"
    of["value"] = "[`READERS`](../../src/openakimat/register/entries/cells.py#L{})"
    of["data"] = "[`limit.appeal.consideration`](../../src/openakimat/kz/appeal/law.toml#L{})"
    led = {}
    for kind, text in of.items():
        link = LINK.search(text.format(1))
        assert link
        led[kind] = LINK.sub(link_reference, text.format(lines_of(link)[0]))
    assert led == {
        "code": "[`judge`][openakimat.judgement.judge.judge]",
        "private": "[`Inquiry._judged`][openakimat.desk.inquiry.Inquiry]",
        "value": "[`READERS`][openakimat.register.entries.cells]",
        "data": "`limit.appeal.consideration`",
    }


def mend(link: re.Match[str]) -> str:
    """A link with the line where what it names begins; as it was, if none or several do."""
    lines = lines_of(link)
    if not link[3] or len(lines) != 1:
        return link[0]
    return link[0].replace(f"#L{link[3]})", f"#L{lines[0]})")


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(LINK.sub(mend, page.read_text("utf-8")), "utf-8")
