"""The nouns of the book, split by what they describe.

`books` is the shelf (books, chapters, sections, sources, media), `facts` is what is stated
and where, `details` is what each kind of fact adds,
`copies` the packs as they came.
"""

from quizzes.content.models.books import Book, Chapter, Media, Section, Source
from quizzes.content.models.copies import PackCopy, PackFile
from quizzes.content.models.details import (
    Argument,
    Event,
    Evidence,
    Figure,
    Holder,
    Objection,
    Participant,
    Place,
    Quantity,
    Role,
    Term,
)
from quizzes.content.models.facts import Alias, Citation, Confusable, Fact, Relation

__all__ = [
    "Alias",
    "Argument",
    "Book",
    "Chapter",
    "Citation",
    "Confusable",
    "Event",
    "Evidence",
    "Fact",
    "Figure",
    "Holder",
    "Media",
    "Objection",
    "PackCopy",
    "PackFile",
    "Participant",
    "Place",
    "Quantity",
    "Relation",
    "Role",
    "Section",
    "Source",
    "Term",
]
