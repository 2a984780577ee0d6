"""The pages of every procedure: its chart and its tables in each language, and an index."""

from collections.abc import Mapping
from pathlib import Path

from openakimat.chart.table import Table
from openakimat.errors import Fault, Malformed, reason_of
from openakimat.law.law import Law
from openakimat.law.words import Words
from openakimat.report.draw import draw, title

FOLDER = "procedures"
"""Where the pages stand, and nothing else does."""

_WIDE = "---\nhide:\n  - navigation\n  - toc\n---\n\n"


def pages(law: Law, /) -> dict[str, str]:
    """Every page and chart of a law, by its path: the same law always gives the same text.

    ``procedures/<code>-<wording>.md`` and ``.svg`` are in English, ``.ru.md`` and ``.kk.md``
    in the other languages; ``procedures/index.md`` lists them.

    >>> from openakimat import kz
    >>> sorted(pages(kz.law()))[:3]
    ['procedures/appeal-appc-2021.kk.md', 'procedures/appeal-appc-2021.kk.svg', 'procedures/appeal-appc-2021.md']
    """
    texts = {}
    tables = [edition.value for dated in law.procedures.values() for edition in dated]
    for language in law.tongues:
        words = Words(law, language)
        texts[_path("index", "md", language)] = _index(law, words)
        for table in tables:
            name = f"{table.procedure}-{table.law}"
            texts[_path(name, "md", language)] = _page(table, name, words)
            picture = draw(table, "svg", law=law, language=language)
            texts[_path(name, "svg", language)] = picture + "\n"
    return texts


def _file(name: str, form: str, language: str) -> str:
    return f"{name}.{form}" if language == "en" else f"{name}.{language}.{form}"


def _path(name: str, form: str, language: str) -> str:
    return f"{FOLDER}/{_file(name, form, language)}"


def _languages(name: str, words: Words) -> str:
    """Links to the same page in every language, each called as its own speakers call it."""
    tongues = {
        language: Words(words.law, language)("language", language) for language in words.law.tongues
    }
    return " · ".join(
        tongue if language == words.language else f"[{tongue}]({_file(name, 'md', language)})"
        for language, tongue in tongues.items()
    )


def _page(table: Table, name: str, words: Words) -> str:
    heading, picture = title(table, words), _file(name, "svg", words.language)
    mermaid = draw(table, "mermaid", law=words.law, language=words.language)
    fence = "\n".join(f"    {line}" for line in ("```mermaid", *mermaid.splitlines(), "```"))
    back = f"[{words('heading', 'procedures')}]({_file('index', 'md', words.language)})"
    return _WIDE + "\n\n".join((
        f"# {heading}",
        f"{back} · {_languages(name, words)}",
        f"[![{heading}]({picture})]({picture})",
        f'??? note "Mermaid"\n\n{fence}',
        draw(table, "md", law=words.law, language=words.language),
        words("heading", "generated") + "\n",
    ))  # fmt: skip


def _index(law: Law, words: Words) -> str:
    lines = [f"# {words('heading', 'procedures')}", "", _languages("index", words), ""]
    for code, dated in law.procedures.items():
        lines += [f"## {words.heading('procedure', code)} `{code}`", ""]
        lines += [
            f"* [{words('wording', edition.law)}]({_file(f'{code}-{edition.law}', 'md', words.language)}), "
            f"{words('column', 'since')} {edition.since}"
            for edition in dated
        ]
        lines.append("")
    return "\n".join((*lines, words("heading", "generated"), ""))


def write(folder: Path, told: Mapping[str, str], /) -> None:
    """Write the pages into a folder; nothing else in it is touched.

    Raises `Malformed` if the folder is not there, or cannot be written.
    """
    if not folder.is_dir():
        raise Malformed("pages", [Fault(str(folder), "no such folder")])
    try:
        (folder / FOLDER).mkdir(exist_ok=True)
        for name, text in told.items():
            (folder / name).write_bytes(text.encode())
    except OSError as wrong:
        raise Malformed("pages", [Fault(str(folder), reason_of(wrong))]) from wrong
