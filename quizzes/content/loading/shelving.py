"""The book itself, its chapters, sections and sources."""

from dataclasses import dataclass

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

from quizzes.content.loading.upserting import upsert
from quizzes.content.models import Book, Chapter, Section, Source
from quizzes.content.packs import Pack


@dataclass(frozen=True)
class Shelf:
    """The book and the primary keys of its parts, by the names that a pack calls them."""

    book: Book
    chapters: dict[int, int]
    sections: dict[str, int]
    sources: dict[str, int]


def shelve(pack: Pack, book: Book | None) -> Shelf:
    """Bring the book and its parts up to date.

    Parts that vanished from the pack are left: what was learned may hang on them.
    """
    book = _book(pack, book)
    chapters = _chapters(pack, book)
    return Shelf(book, chapters, _sections(pack, book, chapters), _sources(pack, book))


def _book(pack: Pack, book: Book | None) -> Book:
    said = pack.manifest
    book = book or Book(slug=said.book.slug)
    book.title, book.description = said.book.title, said.book.description
    book.language, book.licence = said.language, said.licence
    book.pack_version = said.version
    book.save()
    return book


def _chapters(pack: Pack, book: Book) -> dict[int, int]:
    wanted = {}
    for chapter in pack.contents.chapters:
        first, last = _pages(chapter.pages)
        wanted[chapter.number] = Chapter(
            book=book,
            number=chapter.number,
            slug=chapter.slug,
            title=chapter.title,
            first_page=first,
            last_page=last,
            outline=chapter.outline,
        )
    standing = {chapter.number: chapter for chapter in Chapter.objects.filter(book=book)}
    moved = [
        row.pk for number, row in standing.items() if row.slug != _slug(wanted.get(number), row)
    ]
    if moved:
        # Two chapters may swap their slugs: each first takes one that nobody wants.
        free = Concat(Value("moved-"), Cast(F("pk"), CharField()))
        Chapter.objects.filter(pk__in=moved).update(slug=free)
    upsert(wanted, standing, ["book", "number"])
    return {number: row.pk for number, row in wanted.items()}


def _slug(wanted: Chapter | None, standing: Chapter) -> str:
    return wanted.slug if wanted else standing.slug


def _sections(pack: Pack, book: Book, chapters: dict[int, int]) -> dict[str, int]:
    wanted = {}
    for position, unit in enumerate(pack.contents.units, start=1):
        first, last = _pages(unit.pages)
        wanted[unit.slug] = Section(
            book=book,
            chapter_id=chapters[unit.chapter],
            slug=unit.slug,
            title=unit.title,
            position=position,
            first_page=first,
            last_page=last,
        )
    standing = {section.slug: section for section in Section.objects.filter(book=book)}
    upsert(wanted, standing, ["book", "slug"])
    return {slug: row.pk for slug, row in wanted.items()}


def _sources(pack: Pack, book: Book) -> dict[str, int]:
    wanted = {
        source.slug: Source(book=book, slug=source.slug, title=source.title, edition=source.edition)
        for source in pack.contents.sources
    }
    standing = {source.slug: source for source in Source.objects.filter(book=book)}
    upsert(wanted, standing, ["book", "slug"])
    return {slug: row.pk for slug, row in wanted.items()}


def _pages(pages: list[int | str] | None) -> tuple[int | None, int | None]:
    """First and last page; front matter in Roman numerals has no place among these."""
    match pages:
        case [int(first), int(last)]:
            return first, last
        case [int(only)]:
            return only, only
    return None, None
