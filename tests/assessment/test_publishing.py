"""A pack's blueprints become quizzes; a quiz with nothing to ask stays shut."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.assessment import publishing
from quizzes.assessment.models import Quiz, Slot
from quizzes.assessment.publishing import NothingToAsk
from quizzes.content.packs.shapes import Quiz as Blueprint
from quizzes.items.models import Item
from tests.examining import make_item, make_quiz, take

pytestmark = pytest.mark.django_db


def blueprint(slug="quiz-unit", *, draws=({"unit": "unit-0", "count": 2},), **parts):
    shape = {"slug": slug, "title": "A quiz", "unit": "unit-0", "blueprint": list(draws)}
    return Blueprint.model_validate(shape | parts)


@pytest.fixture
def bank(book, items):
    return book


def test_a_blueprint_becomes_a_published_quiz_with_its_draws(bank, noon):
    report = publishing.build(
        bank,
        [
            blueprint(
                draws=[
                    {"unit": "unit-0", "kind": "single", "count": 1},
                    {"chapter": 0, "skill": "recall", "difficulty": 1, "count": 3},
                ],
                time_limit=20,
                pass_mark=0.6,
                shuffle=False,
            )
        ],
        noon,
    )

    quiz = Quiz.objects.visible_to(None).get()
    assert quiz.section == bank.sections.get(slug="unit-0")
    assert (quiz.chapter, quiz.published_at) == (None, noon)
    assert (quiz.time_limit_minutes, quiz.pass_fraction, quiz.is_shuffled) == (20, 6_000_000, False)
    first, second = quiz.slots.order_by("position")
    assert (str(first.from_section), first.kind, first.count) == (str(quiz.section), "single", 1)
    assert (str(second.from_chapter), second.skill, second.difficulty) == (
        "Introduction",
        "recall",
        1,
    )
    assert (report.total, report.written, report.notes) == (1, ("quiz-unit",), ())


def test_the_same_blueprints_a_second_time_write_nothing(bank, noon):
    publishing.build(bank, [blueprint()], noon)
    slots = list(Slot.objects.values_list("pk", flat=True))

    with CaptureQueriesContext(connection) as captured:
        report = publishing.build(bank, [blueprint()], noon + timedelta(days=1))

    assert report.written == report.retired == ()
    assert [one["sql"] for one in captured if one["sql"].startswith(("INSERT", "DELETE"))] == []
    assert list(Slot.objects.values_list("pk", flat=True)) == slots


def test_a_changed_blueprint_changes_the_quiz_and_no_attempt(bank, learner, noon):
    publishing.build(bank, [blueprint()], noon)
    attempt = take(learner, Quiz.objects.get(), noon)

    publishing.build(bank, [blueprint(draws=[{"unit": "unit-0", "count": 4}])], noon)

    assert Quiz.objects.get().slots.get().count == 4
    assert attempt.served.count() == 2


def test_a_quiz_that_vanished_is_retired_and_comes_back(bank, learner, noon):
    publishing.build(bank, [blueprint()], noon)
    attempt = take(learner, Quiz.objects.get(), noon)

    report = publishing.build(bank, [], noon)
    assert report.retired == ("quiz-unit",)
    assert not Quiz.objects.visible_to(learner).exists()
    assert attempt.served.count() == 2

    publishing.build(bank, [blueprint()], noon)
    assert Quiz.objects.visible_to(learner).get() == attempt.quiz


def test_a_draw_that_finds_too_little_is_told_and_asks_what_there_is(bank, learner, noon):
    report = publishing.build(
        bank, [blueprint(draws=[{"unit": "unit-0", "kind": "single", "count": 3}])], noon
    )

    assert report.notes == ("quiz-unit: draw 1 wants 3 and finds 1",)
    assert take(learner, Quiz.objects.get(), noon).served.count() == 1


def test_a_quiz_that_finds_nothing_stays_unpublished_until_it_does(bank, noon):
    nothing = blueprint(draws=[{"unit": "unit-0", "difficulty": 3, "count": 1}])

    publishing.build(bank, [nothing], noon)
    assert not Quiz.objects.visible_to(None).exists()

    make_item(bank, "hard", difficulty=3)
    publishing.build(bank, [nothing], noon)
    assert Quiz.objects.visible_to(None).exists()


def test_the_quiz_of_a_pack_needs_what_a_machine_marks(book, noon):
    make_item(book, "by-hand", "essay")

    publishing.build(book, [blueprint()], noon)
    assert not Quiz.objects.visible_to(None).exists()

    make_item(book, "by-machine", "matching")
    publishing.build(book, [blueprint()], noon)
    assert Quiz.objects.visible_to(None).exists()


def test_a_quiz_of_essays_can_be_published_for_a_class_to_sit(book):
    quiz = make_quiz(book, make_item(book, "by-hand", "essay"))

    assert Quiz.objects.published().get() == quiz


def test_publishing_again_changes_nothing(quiz, noon):
    before = quiz.published_at

    assert publishing.publish(quiz, noon).published_at == before


@pytest.mark.parametrize("state", [Item.State.DRAFT, Item.State.RETIRED])
def test_a_quiz_of_drafts_and_retired_items_cannot_be_published(quiz, state, noon):
    Item.objects.update(state=state)

    with pytest.raises(NothingToAsk):
        publishing.publish(quiz, noon)


def test_a_quiz_of_somebodys_own_book_is_seen_by_them_alone(quiz, book, learner):
    book.owner = learner
    book.save(update_fields=["owner"])

    assert Quiz.objects.visible_to(learner).exists()
    assert not Quiz.objects.visible_to(None).exists()


def test_a_blueprint_names_questions_draws_by_tag_and_has_parts(bank, noon):
    item = Item.objects.filter(book=bank).earliest("pk")
    draws = [
        {"heading": "At first", "item": item.slug, "weight": 3},
        {"heading": "And then", "tag": "dates", "count": 2},
    ]
    publishing.build(bank, [blueprint(draws=draws)], noon)

    first, second = Quiz.objects.get(slug="quiz-unit").slots.order_by("position")
    assert (first.item, first.weight, first.heading) == (item, 3, "At first")
    assert (second.item, second.tag, second.count, second.heading) == (None, "dates", 2, "And then")
    assert publishing.build(bank, [blueprint(draws=draws)], noon).written == ()


def test_an_essay_beside_other_questions_is_no_draw_that_finds_nothing(bank, noon):
    essay = make_item(bank, "by-hand", "essay")
    draws = [{"unit": "unit-0", "count": 1}, {"item": essay.slug}]

    report = publishing.build(bank, [blueprint(draws=draws)], noon)

    assert report.notes == ()
    assert Quiz.objects.visible_to(None).get().published_at == noon
