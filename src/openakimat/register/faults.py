"""What may be wrong with a file or a mapping, in the words that the country has for it."""

from openakimat.errors import Fault
from openakimat.kz.data import read


def register_fault(path: str, code: str, /, *values: object) -> Fault:
    """A fault of a code that the labels of the law have words for.

    >>> str(register_fault("Срок", "column-twice"))
    'Срок: the column stands twice'
    """
    texts = tuple(map(str, values))
    english: str = read("law.toml")["label"]["fault"][code]["en"]
    return Fault(path, english.format(*texts), code, texts)
