"""A question that is written is judged as the export will judge it."""

import pytest

from quizzes.content import keeping
from quizzes.exchange import exporting, telling
from quizzes.items import composing, contributing, criticizing
from quizzes.items.compositions import Choice, Composition, Line, Pair, Typed, canonical
from quizzes.items.contributing import Filing
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Item
from quizzes.items.snapshotting import snapshot
from quizzes.items.wordings import CriterionWording
from tests.exchange.writing import write

pytestmark = pytest.mark.django_db


def objection(book, item):
    """What the book's pack has against a question before it goes out."""
    [one] = [one for one in telling.own_questions(item.book) if one.item.pk == item.pk]
    found = exporting.objections(book, one, snapshot(book))
    return (found.doubt, found.reasons) if found else None


def choosing(*feedbacks, why="So."):
    """A question with a right option, and one wrong one for each feedback."""
    right = Choice(text="Morn", share=FULL_FRACTION)
    wrong = [Choice(text=f"Not {n}", feedback=said) for n, said in enumerate(feedbacks)]
    return Composition(kind="single", stem="Who?", choices=(right, *wrong), explanation=why)


REFUSED = (
    choosing("No.", "No.", why=""),
    choosing("No.", ""),
    choosing("No."),
    Composition(
        kind="matching",
        stem="Who was what?",
        pairs=(Pair(left="Morn", right="keeper"), Pair(left="Pike", right="pilot")),
        explanation="So.",
    ),
    Composition(
        kind="ordering",
        stem="In which order?",
        lines=tuple(Line(text=f"Line {n}") for n in range(3)),
        explanation="So.",
    ),
    Composition(kind="essay", stem="Why?", criteria=(CriterionWording(text="Names it"),)),
    Composition(
        kind="short_text",
        stem="Who?",
        typed=(Typed(said="Napoleon"),),
        explanation="It was Napoleon.",
    ),
    Composition(kind="date", stem="When?", typed=(Typed(said="3 July 1902"),), explanation="So."),
)
"""Questions that can be asked, and that no pack of the lamp takes."""


def test_what_would_be_left_out_is_told_before(lamp, own, author, noon):
    for n, one in enumerate(REFUSED):
        assert not any(remark.blocks for remark in criticizing.criticize(canonical(one)))
        write(own, f"q-bad-{n}", noon, author, wording=composing.wording(one), tests=["strike"])

    exported = exporting.export(lamp, author)
    assert exported
    left = {one.row: (one.doubt, one.reasons) for one in exported.left_out}

    assert {item.slug for item in left} == {f"q-bad-{n}" for n in range(len(REFUSED))}
    for item in Item.objects.filter(book=own):
        assert objection(lamp, item) == left.get(item)


def test_a_book_that_came_with_no_pack_objects_to_nothing(author):
    book = keeping.begin(author, "Mine")
    filed = Filing(chapter=book.chapters.all()[0])
    one = contributing.unsaved(composing.wording(choosing()), filed)

    assert exporting.objections(book, one, snapshot(book)) is None
