"""What the build of these pages adds: the reference, room by room, the pages of the procedures, every word."""  # noqa: INP001

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from rooms import LINK, link_reference, write_reference, write_table

from openakimat import kz
from openakimat.report.pages import pages
from openakimat.report.wordlist import word_page

ROOMS = "<!-- rooms -->"
"""The line of a page that the table of all rooms takes the place of."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the rooms in the navigation, under what is said there of the reference."""
    reference = next(part["Reference"] for part in config.nav or () if "Reference" in part)
    for path in write_reference():
        room, *inside = path.removesuffix(".md").split("/")
        if not inside:
            reference.append({room: f"reference/{path}"})
        elif inside == ["index"]:
            reference.append({room: [f"reference/{path}"]})
        else:
            reference[-1][room].append({inside[0]: f"reference/{path}"})
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the reference to what is built; nothing is written beside the sources."""
    generated = write_reference() | pages(kz.law()) | {"words.md": word_page(kz.law())}
    for path, text in generated.items():
        files.append(File.generated(config, f"reference/{path}", content=text))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - mkdocs gives them all
    """List the rooms where a page asks for it, and lead its links to code to the reference."""
    if ROOMS in markdown:
        markdown = markdown.replace(ROOMS, write_table())
    return LINK.sub(link_reference, markdown)
