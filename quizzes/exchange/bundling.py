"""Bundling: everything that is a person's, as the files of one archive.

Data for machines stands in `json` and `csv`, the same to be read by people in the pages beside
`index.html`, the pictures of one's own books in `pictures`. What is left out, and why, is said in
`README.txt`.
"""

from collections.abc import Iterator
from datetime import datetime

from quizzes.content.models import Media
from quizzes.exchange import readable, tabulating
from quizzes.exchange.handing_over import Chunk, Content, File
from quizzes.exchange.picturing import name_of
from quizzes.exchange.tabulating import Reader
from quizzes.people.models import User

_PIECE = 1 << 16


def everything(person: User, at: datetime) -> Content:
    """All that is a person's and may be told at a moment; it is read as it is written."""
    return Content(
        rows=tabulating.count(person) + readable.count(person),
        files=_files(Reader(person, at)),
    )


def _files(reader: Reader) -> Iterator[File]:
    yield from readable.files(reader)
    yield from tabulating.files(reader)
    for picture in Media.objects.filter(book__owner=reader.person).order_by("pk"):
        yield File(f"pictures/{name_of(picture)}", _bytes(picture))


def _bytes(picture: Media) -> Iterator[Chunk]:
    with picture.file.open("rb") as file:
        yield from map(Chunk, iter(lambda: file.read(_PIECE), b""))
