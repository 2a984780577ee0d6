"""What the build of these pages adds: the pages of the procedures, made of the law."""  # noqa: INP001

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from openakimat import kz
from openakimat.report.pages import pages


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add ``reference/procedures/`` to what is built; nothing is written beside the sources."""
    for path, text in pages(kz.law()).items():
        files.append(File.generated(config, f"reference/{path}", content=text))
    return files
