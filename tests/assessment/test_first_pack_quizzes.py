"""The quizzes that come with the first pack."""

from io import StringIO

import pytest
from django.core.management import call_command

from quizzes.assessment import drawing, marking
from quizzes.assessment.models import Quiz
from quizzes.content.models import Book
from quizzes.identifiers import uuid7
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import AcceptedAnswer, OptionKey
from tests.examining import begin


@pytest.fixture
def book(db, root):
    said = StringIO()
    folder = root / "fixtures" / "red-army-introduction"
    call_command("load_pack", folder, "--draft", stdout=said, stderr=said)
    assert " wants " not in said.getvalue()  # every draw finds what it asks for
    return Book.objects.get(slug="red-army-introduction")


def test_there_is_a_quiz_for_each_section_and_each_chapter_that_has_facts(book, learner):
    quizzes = Quiz.objects.visible_to(learner)
    sections = book.sections.filter(facts__isnull=False, facts__retired_at=None).distinct()
    chapters = book.chapters.filter(facts__isnull=False, facts__retired_at=None).distinct()

    assert set(quizzes.exclude(section=None).values_list("section", flat=True)) == set(
        sections.values_list("pk", flat=True)
    )
    assert set(quizzes.exclude(chapter=None).values_list("chapter", flat=True)) == set(
        chapters.values_list("pk", flat=True)
    )


def test_every_quiz_asks_as_many_questions_as_it_says_each_once(book):
    for quiz in Quiz.objects.all():
        drawn = [one.item for one in drawing.drawn(quiz, uuid7(), with_essays=True)]

        assert len(drawn) == sum(quiz.slots.values_list("count", flat=True))
        assert len(set(drawn)) == len(drawn)


def test_every_question_of_the_pack_can_be_answered_rightly(book, learner, noon):
    """The keyed answer, given as a learner would give it, earns the whole mark."""
    quiz = Quiz.objects.create(book=book, slug="all", title="All", position=99, published_at=noon)
    quiz.slots.create(position=0, count=1_000)
    sheet = begin(learner, quiz, noon)
    assert len(sheet.questions) > 400

    for question in sheet.questions:
        [grade] = marking.graded([(question, question.read(keyed(question)))])
        assert grade.fraction == FULL_FRACTION, question.served.revision.stem


def keyed(question):
    revision, orders = question.served.revision_id, question.served.orders
    rows = OptionKey.objects.filter(option__revision=revision).order_by("option__position")
    keys = {(key.option.part, key.option.position): key for key in rows.select_related("option")}
    match question.kind:
        case "matching":
            return {"pairs": [orders[1].index(keys[0, left].match) for left in orders[0]]}
        case "ordering":
            ranked = sorted(orders[0], key=lambda own: (keys[0, own].rank or 0, own))
            return {"order": [orders[0].index(own) for own in ranked]}
        case "cloze":
            return {"gaps": [gap(revision, keys, part, order) for part, order in enumerate(orders)]}
    if not orders[0]:
        return {"text": typed(revision, 0)}
    return {"chosen": [n for n, own in enumerate(orders[0]) if keys[0, own].fraction > 0]}


def gap(revision, keys, part, order):
    rights = [n for n, own in enumerate(order) if keys[part, own].fraction == FULL_FRACTION]
    return rights[0] if order else typed(revision, part)


def typed(revision, part):
    return AcceptedAnswer.objects.filter(revision=revision, part=part).earliest("position").text
