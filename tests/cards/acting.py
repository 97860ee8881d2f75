"""What happens in these tests: a book is made, a learner rates."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from quizzes.cards import queueing, reviewing
from quizzes.cards.models import Card
from quizzes.cards.scheduling import Rating
from quizzes.content.models import Book, Chapter, Fact, Section
from quizzes.items.models import Item, Revision

AGAIN, HARD, GOOD, EASY = Rating


def make_book(slug, **columns):
    """A book with an introduction and one chapter, each of one section."""
    book = Book.objects.create(slug=slug, title=slug, **columns)
    for number in range(2):
        chapter = Chapter.objects.create(
            book=book, number=number, slug=f"chapter-{number}", title=f"Chapter {number}"
        )
        Section.objects.create(
            book=book, chapter=chapter, slug=f"unit-{number}", title="Unit", position=number
        )
    return book


def make_items(book, count, *, number=0, to_a_fact=1, first=0, **columns):
    """Items of a chapter in the book's order; so many of them ask about the same fact."""
    section = book.sections.get(position=number)
    facts = Fact.objects.bulk_create(
        Fact(
            book=book,
            section=section,
            chapter=section.chapter,
            slug=f"fact-{number}-{first}-{n}",
            kind=Fact.Kind.TERM,
            label=f"Fact {n}",
            position=n,
        )
        for n in range(-(-count // to_a_fact))
    )
    items = Item.objects.bulk_create(
        Item(
            book=book,
            section=section,
            chapter=section.chapter,
            slug=f"item-{number}-{first + n}",
            position=1_000_000 * number + first + n,
            origin=Item.Origin.AUTHORED,
            subject=facts[n // to_a_fact],
            **columns,
        )
        for n in range(count)
    )
    word(items)
    return items


def word(items):
    revisions = Revision.objects.bulk_create(
        Revision(
            item=item,
            number=1,
            kind=Revision.Kind.SHORT_TEXT,
            stem="Who?",
            stem_html="<p>Who?</p>",
            created_at=datetime.fromisoformat("2026-01-01T00:00:00Z"),
        )
        for item in items
    )
    for item, revision in zip(items, revisions, strict=True):
        item.revision = revision
    Item.objects.bulk_update(items, ["revision"])


def rate(learner, item, rating, at, *, uid=None, version=None, **given):
    """Rate an item as a page does that shows it now; any part may be given otherwise."""
    if version is None:
        card = Card.objects.filter(learner=learner, item=item).first()
        version = card.version if card else 0
    return reviewing.review(
        learner, item, rating, at=at, uid=uid or uuid4(), version=version, **given
    )


def study(learner, item, *ratings, at, gap=timedelta(days=1)):
    """Several ratings of one item, one each `gap`; gives the card."""
    for n, rating in enumerate(ratings):
        rate(learner, item, rating, at + n * gap)
    return card_of(learner, item)


def due(learner, item, on, interval=9):
    """A card in review that falls due on a day."""
    return Card.objects.create(
        learner=learner, item=item, phase="review", stability=float(interval), difficulty=5.0,
        last_day=on - timedelta(days=interval), last_at=datetime(2026, 1, 1, tzinfo=UTC),
        due_day=on, interval_days=interval, reps=3, version=1,
    )  # fmt: skip


def card_of(learner, item):
    return Card.objects.get(learner=learner, item=item)


def slugs(entries):
    return [entry.item.slug for entry in entries]


def shown(learner, at, **scope):
    """The slugs of the queue."""
    return slugs(queueing.queue(learner, at, **scope))
