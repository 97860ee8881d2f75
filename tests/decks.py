"""A learner's own book with cards, made by the verbs that the pages use."""

from datetime import datetime
from io import BytesIO
from typing import Any

from PIL import Image

from quizzes.cards import editing, shelving
from quizzes.content import pictures, picturing
from quizzes.content.models import Book, Chapter, Media
from quizzes.items.models import Item
from quizzes.items.slips import Kind, Slip
from quizzes.people.models import User


def make_deck(owner: User, at: datetime, title: str = "Greek") -> Book:
    """A book of one's own with its first chapter, studied."""
    return shelving.begin(owner, title, at)


def first_chapter(book: Book) -> Chapter:
    return book.chapters.order_by("number")[0]


def basic(front: str = "λόγος", back: str = "word", **others: Any) -> Slip:
    return Slip(kind=Kind.BASIC, front=front, back=back, **others)


def both_ways(front: str = "λόγος", back: str = "word") -> Slip:
    return Slip(kind=Kind.REVERSED, front=front, back=back)


def typed(front: str = "Capital of Norway?", back: str = "Oslo", *accepted: str) -> Slip:
    return Slip(kind=Kind.TYPED, front=front, back=back, accepted=accepted)


def with_gaps(text: str = "{{Oslo}} lies in {{Norway::a country}}.", remark: str = "") -> Slip:
    return Slip(kind=Kind.CLOZE, front=text, remark=remark)


def add(
    owner: User, book: Book, at: datetime, *written: Slip, tags: tuple[str, ...] = ()
) -> list[Item]:
    """Cards in the book's first chapter."""
    return editing.add(owner, first_chapter(book), written, at, tags)


def drawn(
    written_as: str = "PNG", size: tuple[int, int] = (8, 6), color: str = "red", **options: Any
) -> bytes:
    """The file of a small picture."""
    out = BytesIO()
    mode = "P" if written_as == "GIF" else "RGB"
    Image.new(mode, size, color if mode == "RGB" else 1).save(out, written_as, **options)
    return out.getvalue()


def keep_picture(book: Book, alt_text: str = "a red field", color: str = "red") -> Media:
    return picturing.keep(book, pictures.read(drawn(color=color)), alt_text)
