"""A small invented book as rows, with everything that a page can show of a card."""

from collections.abc import Sequence
from datetime import UTC, datetime

from quizzes.content.models import (
    Argument,
    Book,
    Chapter,
    Citation,
    Fact,
    Figure,
    Holder,
    Section,
    Source,
    Term,
)
from quizzes.items.models import Item, ItemFact, Key, Revision

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
PAGES = (5, 6)


def make_book(slug: str = "lights", title: str = "The Strike of the Lights") -> Book:
    """A book without an item: an introduction of one section, and a chapter of one."""
    book = Book.objects.create(slug=slug, title=title)
    Source.objects.create(book=book, slug="book", title=title)
    for number, name in enumerate(("Introduction", "The walkout")):
        chapter = Chapter.objects.create(
            book=book,
            number=number,
            slug=f"chapter-{number}",
            title=name,
            first_page=1,
            last_page=9,
        )
        Section.objects.create(
            book=book,
            chapter=chapter,
            slug=f"unit-{number}",
            title=f"{name}, first part",
            position=number,
            first_page=1,
            last_page=9,
        )
    return book


def make_study_book(count: int = 12) -> Book:
    """A book with so many cards: each on a term of its own, the second on an argument."""
    book = make_book()
    facts = [_argument(book, n) if n == 1 else _term(book, n) for n in range(count)]
    items = Item.objects.bulk_create(_item(fact, n) for n, fact in enumerate(facts))
    ItemFact.objects.bulk_create(
        ItemFact(item=item, fact=fact, position=0) for item, fact in zip(items, facts, strict=True)
    )
    _word(items, facts)
    return book


def _fact(book: Book, kind: str, label: str, slug: str, position: int) -> Fact:
    section = book.sections.get(position=0)
    fact = Fact.objects.create(
        book=book,
        section=section,
        chapter=section.chapter,
        kind=kind,
        label=label,
        slug=slug,
        summary=f"{label}, in a few words.",
        position=position,
    )
    first, last = PAGES
    Citation.objects.create(
        fact=fact, position=0, source=book.sources.get(), first_page=first, last_page=last
    )
    return fact


def _term(book: Book, n: int) -> Fact:
    fact = _fact(book, Fact.Kind.TERM, f"Term {n}", f"term-{n}", n)
    Term.objects.create(fact=fact, definition=f"What term {n} means.")
    return fact


def _argument(book: Book, n: int) -> Fact:
    writer = _fact(book, Fact.Kind.FIGURE, "Ida Quist", "quist", 1_000 + n)
    figure = Figure.objects.create(fact=writer, kind="person", part="historian", sort_name="Quist")
    fact = _fact(book, Fact.Kind.ARGUMENT, "A forged letter", "forged-letter", n)
    argument = Argument.objects.create(
        fact=fact,
        statement="The keepers struck because of a forged letter.",
        scope=Argument.Scope.choices[0][0],
        kind=Argument.Kind.REPORTED_VIEW,
        stance=Argument.Stance.REJECTS,
        conceded="Letters were forged in those days.",
    )
    Holder.objects.create(argument=argument, position=0, figure=figure)
    return fact


def _item(fact: Fact, n: int) -> Item:
    return Item(
        book=fact.book,
        section=fact.section,
        chapter=fact.chapter,
        slug=f"item-{n}",
        position=n,
        origin=Item.Origin.AUTHORED,
        subject=fact,
    )


def _word(items: Sequence[Item], facts: Sequence[Fact]) -> None:
    """A wording and a key for each item."""
    for item, fact in zip(items, facts, strict=True):
        stem = f"What does the book say of “{fact.label}”, and on which pages?"
        item.revision = Revision.objects.create(
            item=item,
            number=1,
            kind=Revision.Kind.SHORT_TEXT,
            stem=stem,
            stem_html=f"<p>{stem}</p>",
            created_at=LONG_AGO,
        )
        answer, reason = f"That is the answer to {fact.label}.", "The keepers said so themselves."
        Key.objects.create(
            revision=item.revision,
            answer=answer,
            answer_html=f"<p>{answer}</p>",
            rationale=reason,
            rationale_html=f"<p>{reason}</p>",
        )
    Item.objects.bulk_update(items, ["revision"])
