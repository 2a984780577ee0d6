"""In which encoding a file is written, told from its beginning.

A mark tells it, or that it is valid UTF-8, which no text of another encoding is by chance. What
else stands here is told from which bytes are letters: in cp1251 nearly all are above 0xC0, in
cp866 below 0xB0 or above 0xE0. Kazakh letters are not in cp1251: what looks like it is read as
KZ-1048, which has them and is otherwise the same for Russian and Kazakh.
"""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_ASCII = bytes(range(0x80))

_KAZAKH = bytes.fromhex("8d8e9d9ea1a2a3a5aaafb2b3b4babcbdbebf")
"""Letters of KZ-1048 that stand below 0xC0."""

_LETTERS = {
    "kz1048": bytes(range(0xC0, 0x100)) + _KAZAKH + b"\xa8\xb8",
    "cp866": bytes(range(0x80, 0xB0)) + bytes(range(0xE0, 0xF2)),
}

_SURE = 0.9
_APART = 0.15
_SOME = 0.1


def find_encoding(sample: bytes) -> tuple[str, bool]:
    """The encoding that a text begins in, and whether it is sure.

    >>> find_encoding("Дата поступления".encode("cp1251"))
    ('kz1048', True)
    >>> find_encoding("Дата поступления".encode("cp866"))
    ('cp866', True)
    >>> find_encoding("Түскен күні".encode())
    ('utf-8-sig', True)
    """
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name, True
    if wide := _find_wide(sample):
        return wide, True
    try:
        # The sample may end within a letter.
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        high = sample.translate(None, _ASCII)
        shares = {
            name: 1 - len(high.translate(None, letters)) / len(high)
            for name, letters in _LETTERS.items()
        }
        worse, best = sorted(shares, key=lambda name: shares[name])
        return best, shares[best] > _SURE and shares[best] - shares[worse] > _APART
    return "utf-8-sig", True


def _find_wide(sample: bytes) -> str:
    """UTF-16 without its mark: every second byte is that of the alphabet, 0 or 4."""
    for name, of in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        other = sample[0::2] if name == "utf-16-le" else sample[1::2]
        n_latin, n_cyrillic = of.count(0), of.count(4)
        if n_latin and n_latin + n_cyrillic > _SURE * len(of) and other.count(0) < _SOME * len(of):
            return name
    return ""


def decode_sample(sample: bytes, /) -> str | None:
    """The beginning of a text; None where it is no text."""
    encoding, _ = find_encoding(sample)
    text = sample.decode(encoding, "replace")
    n_unread = text.count("\0") + text.count("\ufffd")
    return None if n_unread > _SOME * len(text) else text


def same_encoding(encoding: str) -> str:
    """An encoding under its own name; UTF-8 with or without its mark, which may stand there."""
    name = codecs.lookup(encoding).name
    return "utf-8-sig" if name == "utf-8" else name
