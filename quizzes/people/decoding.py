"""Decoding: the text of a file, whatever program has written it.

Programs that write no UTF-8 write the old code page of their country, and nothing in a file tells
which: it is taken for that of Western Europe, and whoever sent it is told.
"""

import codecs
import re
from dataclasses import dataclass

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # XLSX and ODS are zips; XLS is OLE
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class NoText(ValueError):
    """Not a file of text."""


class IsWorkbook(NoText):
    """A file of a spreadsheet program, which keeps its cells in another way."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a file says, and whether its letters are a guess."""

    text: str
    is_guess: bool = False


def decode(content: bytes) -> Decoded:
    """UTF-8, UTF-16 where a mark says so, else Windows-1252, which Latin-1 is a part of.

    Raises `IsWorkbook` and `NoText`.
    """
    if content.startswith(_WORKBOOKS):
        raise IsWorkbook
    try:
        decoded = _decoded(content)
    except UnicodeDecodeError as error:
        raise NoText from error
    if _NO_TEXT.search(decoded.text):
        raise NoText
    return decoded


def _decoded(content: bytes) -> Decoded:
    if content.startswith(_UTF_16):
        return Decoded(content.decode("utf-16"))
    try:
        return Decoded(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Decoded(content.decode("cp1252"), is_guess=True)
