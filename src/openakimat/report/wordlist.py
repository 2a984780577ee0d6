"""Every word of a law in its languages side by side, for whoever reads them over."""

from collections.abc import Iterator, Mapping

from openakimat.law.law import Label, Law

_ABOUT = """\
Whatever a citizen or an official is shown, by kind and stored name. *Not seen* names the languages \
whose words were not seen in a source: they are ours, and wait for a reader. *Source* is where the \
law has the words, or the term that a sentence is made of. They stand in `law.toml` of the country \
and of each procedure, phrases in `phrases.toml`: see [words of your own](../how-to/words.md).

| kind | words | not seen in a source |
|---|---|---|
"""


def word_page(law: Law, /) -> str:
    """All labels of a law, the titles of its disputed readings and the phrases of deadlines.

    >>> from openakimat import kz
    >>> page = word_page(kz.law())
    >>> [line for line in page.splitlines() if line.startswith("| `withdraw` ")][0]
    '| `withdraw` | кері қайтарып алу | отзыв | withdraw |  | APPC 64 |'
    """
    kinds: dict[str, dict[str, Label]] = {}
    for kind, key, label in _every_word(law):
        kinds.setdefault(kind, {})[key] = label
    counts = "".join(_count(kind, labels, law) for kind, labels in kinds.items())
    tables = (f"## {kind}\n\n{_table(labels, law)}" for kind, labels in kinds.items())
    return "\n".join(("---\nhide:\n  - toc\n---\n\n# Every word\n", _ABOUT + counts, *tables))


def _every_word(law: Law) -> Iterator[tuple[str, str, Label]]:
    yield from ((kind, key, label) for (kind, key), label in law.labels.items())
    for name, reading in law.readings.items():
        yield "reading", name, Label(reading.title)
        for choice in reading.choices.values():
            yield "reading", f"{name}={choice.name}", Label(choice.title, source=choice.source)
    for key in dict.fromkeys(key for of in law.tongues.values() for key in of.phrases):
        phrases = {code: language.phrases.get(key, "") for code, language in law.tongues.items()}
        yield "deadline", key, Label(phrases)


def _count(kind: str, labels: Mapping[str, Label], law: Law) -> str:
    unseen = {code: sum(code in one.unsure for one in labels.values()) for code in law.tongues}
    told = ", ".join(f"{code} {n}" for code, n in unseen.items() if n)
    return f"| [{kind}](#{kind}) | {len(labels)} | {told} |\n"


def _table(labels: Mapping[str, Label], law: Law) -> str:
    lines = [f"| key | {' | '.join(law.tongues)} | not seen | source |"]
    lines.append("|---" * (len(law.tongues) + 3) + "|")
    for key, label in labels.items():
        words = " | ".join(label.words.get(code, "").replace("|", "\\|") for code in law.tongues)
        lines.append(f"| `{key}` | {words} | {', '.join(sorted(label.unsure))} | {label.source} |")
    return "\n".join(lines) + "\n"
