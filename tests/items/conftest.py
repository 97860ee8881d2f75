"""An invented book about a strike of lighthouse keepers, as rows."""

from datetime import date

import pytest

from quizzes.content.models import Book, Chapter, Event, Fact, Figure, Role, Section, Term


@pytest.fixture
def book(db):
    book = Book.objects.create(slug="strike", title="The Strike of the Lights")
    chapter = Chapter.objects.create(book=book, number=1, slug="strike", title="The strike")
    Section.objects.create(book=book, chapter=chapter, slug="walkout", title="Out", position=1)
    return book


@pytest.fixture
def state(book):
    """States a fact of the book; a fact of a known slug is stated anew."""

    def fact(slug, kind, label, position):
        row, _ = Fact.objects.update_or_create(
            book=book,
            slug=slug,
            defaults={
                "kind": kind,
                "label": label,
                "section": book.sections.get(),
                "chapter": book.chapters.get(),
                "position": position,
            },
        )
        return row

    def figure(slug, name, role, position=0):
        row = fact(slug, Fact.Kind.FIGURE, name, position)
        Figure.objects.update_or_create(
            fact=row, defaults={"kind": "person", "part": "actor", "sort_name": name}
        )
        Role.objects.update_or_create(figure_id=row.pk, position=0, defaults={"text": role})
        return row

    def event(slug, title, label, day, position=0):
        row = fact(slug, Fact.Kind.EVENT, title, position)
        known = {"when_label": label, "precision": "day", "date_basis": "stated"}
        known |= {"not_before": day, "not_after": day, "status": "occurred"}
        Event.objects.update_or_create(fact=row, defaults=known)
        return row

    def term(slug, word, definition, position=0):
        row = fact(slug, Fact.Kind.TERM, word, position)
        Term.objects.update_or_create(fact=row, defaults={"definition": definition})
        return row

    return {"figure": figure, "event": event, "term": term, "fact": fact}


@pytest.fixture
def cast(state):
    """Five people, enough for a choice of four."""
    people = {
        "malloy": ("Anna Malloy", "head of the Lights Board"),
        "reyes": ("Otto Reyes", "harbor master of Port Aldo"),
        "quist": ("Ida Quist", "editor of the Evening Lamp"),
        "dunn": ("Per Dunn", "minister for coasts and fisheries"),
        "vane": ("Elsa Vane", "inspector of signal stations"),
    }
    for position, (slug, (name, role)) in enumerate(people.items()):
        state["figure"](slug, name, role, position)
    return people


@pytest.fixture
def storm(state):
    """A dated event."""
    return state["event"]("storm", "The great storm", "3 March 1911", date(1911, 3, 3), 9)
