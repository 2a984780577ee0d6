"""What a file is, told from what it holds: the letters of its name may be wrong."""

import gzip
import io
import re
import zipfile
import zlib
from typing import BinaryIO

from openakimat.errors import Fault, Malformed
from openakimat.register.faults import register_fault
from openakimat.register.files.encoding import decode_sample

MAX_WHOLE = 2**28
"""What has to be held whole is no bigger: 256 MiB."""

SAMPLE = 2**20

_MAGIC = {
    "is-pdf": (b"%PDF",),
    "is-parquet": (b"PAR1",),
    "is-database": (b"SQLite format 3",),
    "is-document": (b"{\\rtf",),
    "is-image": (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"),
    "is-archive": (b"Rar!", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd"),
}
"""How files that are no registers begin, and what is told of them."""

_IN_ARCHIVE = (
    ("xl/workbook", "xlsx"),
    ("word/", "is-document"),
    ("ppt/", "is-document"),
    ("Index/Document.iwa", "is-document"),
)

_JSON = re.compile(r"[\[{]\s*(?:[\[{\"\]}]|$)")
_PAGES = ("<!doctype html", "<html", "<table", "<head", "<body", "<meta")


class Peeked(io.BufferedIOBase):
    """A stream of which the beginning has been seen, and is read all the same.

    Of it `n_read` bytes were read, and those `allowed` may be before whoever reads allows more.
    """

    def __init__(self, stream: BinaryIO | io.BufferedIOBase) -> None:
        self._stream = stream
        self.sample = stream.read(SAMPLE)
        self._left = memoryview(self.sample)
        self.n_read = 0
        self.allowed = float("inf")

    def readable(self) -> bool:
        """It is."""
        return True

    def read1(self, size: int | None = -1, /) -> bytes:
        """Some bytes, as many as are wanted at most."""
        size = 2**16 if size is None or size < 0 else size
        if self._left:
            got, self._left = bytes(self._left[:size]), self._left[size:]
        else:
            got = self._stream.read(size)
        self.n_read += len(got)
        if self.n_read > self.allowed:
            raise Malformed("register", [too_big()])
        return got

    def read(self, size: int | None = -1, /) -> bytes:
        """As many bytes as are wanted; all, where no number is told."""
        if size is not None and size >= 0:
            return self.read1(size)
        return b"".join(iter(self.read1, b""))

    def read_whole(self) -> bytes:
        """All of it, where it is small enough to be held."""
        self.allowed = MAX_WHOLE
        return self.read()


def too_big() -> Fault:
    """The fault of a file that would have to be held whole, or of a part of it without end."""
    return register_fault("", "too-big", f"{MAX_WHOLE // 2**20}")


def unpack(stream: BinaryIO) -> Peeked:
    """A stream, unpacked if it is packed by gzip; its beginning seen."""
    peeked = Peeked(stream)
    if peeked.sample[:2] == b"\x1f\x8b":
        # what is read here is a file of anybody's: its errors are told by whoever reads the rows
        peeked = Peeked(gzip.GzipFile(fileobj=peeked))
        if peeked.sample[:2] == b"\x1f\x8b":
            raise Malformed("register", [register_fault("", "is-archive")])
    return peeked


UNPACKING = (EOFError, zlib.error, zipfile.BadZipFile)
"""What reading a broken file may raise."""


def find_kind(file: Peeked) -> str:
    """What a file is: xlsx, xls, ods, xes, ocel, json or csv.

    Raises `Malformed` if it is of no kind that holds a register; told for what it is, and what to do.
    """
    sample = file.sample
    if sample[:4] == b"PK\x03\x04":
        kind = _kind_in_archive(sample)
    elif sample[:4] == b"\xd0\xcf\x11\xe0":
        kind = "xls"
    elif sample[:4] == b"RIFF" and sample[8:12] == b"WEBP":
        kind = "is-image"
    else:
        kind = next((kind for kind, magic in _MAGIC.items() if sample.startswith(magic)), "")
    kind = kind or _kind_of_text(sample)
    if kind.startswith("is-"):
        raise Malformed("register", [register_fault("", kind)])
    return kind


def _kind_in_archive(sample: bytes) -> str:
    if b"mimetypeapplication/vnd.oasis.opendocument" in sample[:200]:
        return "ods" if b"opendocument.spreadsheet" in sample[:200] else "is-document"
    # The names of the first files stand in the sample, those of all in the list at the end.
    return next((kind for name, kind in _IN_ARCHIVE if name.encode() in sample), "zip")


def _kind_of_text(sample: bytes) -> str:
    text = decode_sample(sample)
    if text is None:
        return "is-binary"
    begins = text.lstrip("\ufeff \t\r\n")[:4096].lower()
    if begins.startswith("<"):
        if any(page in begins for page in _PAGES):
            return "is-page"
        kind = "ocel" if "<object-types" in text else "xes"
        return kind if "<log" in text else "is-page"
    # A name of a column may begin with a bracket too.
    return "json" if _JSON.match(begins) else "csv"
