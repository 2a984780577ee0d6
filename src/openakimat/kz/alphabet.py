"""The order of names: the forty-two letters of Kazakh, among which the Russian ones stand in order."""

from unicodedata import normalize

LETTERS = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"

# The codes of capitals are free once a text is folded: its order is then that of plain text.
_RANKS = {ord(letter): 0x400 + rank for rank, letter in enumerate(LETTERS)}


def sort_key(text: str, /) -> tuple[str, str]:
    """By what names and offices are sorted, in whatever language they are.

    By code point І would stand first and Ә, Қ, Ө last; by the common Unicode order І after Г.

    >>> sorted(["Ілияс", "Яна", "Қайрат", "Әсел", "Кенже", "Ырыс", "Алма"], key=sort_key)
    ['Алма', 'Әсел', 'Кенже', 'Қайрат', 'Ырыс', 'Ілияс', 'Яна']
    """
    return normalize("NFC", text).casefold().translate(_RANKS), text
