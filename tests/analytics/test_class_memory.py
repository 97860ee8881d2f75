"""What a class recalls on a day, worked out by hand from its cards."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.analytics import class_memory
from quizzes.cards import planning
from quizzes.cards.models import Card
from quizzes.people import joining
from quizzes.people.models import User
from tests.bookshelf import make_study_book
from tests.cards.acting import AGAIN, GOOD, rate
from tests.enrolling import enroll

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def book(db):
    return make_study_book(4)


@pytest.fixture
def classroom(book, noon):
    return joining.open_classroom(User.objects.create_user("ivo"), book, "History 214", noon)


def told(classroom, noon, days=30):
    forecast = class_memory.forecast(classroom, noon.date(), noon.date() + days * DAY)
    assert forecast
    return forecast


def test_the_share_is_the_mean_chance_over_facts_and_students(classroom, book, noon):
    vera, _olga = enroll(classroom, "vera", noon), enroll(classroom, "olga", noon)
    rate(vera, book.items.get(slug="item-0"), GOOD, noon)

    forecast = told(classroom, noon)

    chance = Card.objects.get().recall(noon.date() + 30 * DAY)
    assert chance
    assert forecast.whole.count == 4
    assert forecast.whole.then == pytest.approx(chance / (4 * 2))
    assert forecast.whole.now == pytest.approx(1 / (4 * 2))
    assert [row.title for row in forecast.sections] == ["Introduction, first part"]
    assert forecast.kinds == ["Argument", "Term"]
    argument, term = forecast.sections[0].parts
    assert (argument.count, argument.then, term.count) == (1, 0, 3)
    assert term.then == pytest.approx(chance / (3 * 2))


def test_the_weakest_facts_are_those_that_most_have_met_and_fewest_recall(classroom, book, noon):
    vera, olga = enroll(classroom, "vera", noon), enroll(classroom, "olga", noon)
    strong, weak, rare = (book.items.get(slug=f"item-{n}") for n in (0, 2, 3))
    for learner in (vera, olga):
        rate(learner, strong, GOOD, noon)
        rate(learner, weak, AGAIN, noon)
    enroll(classroom, "nina", noon)
    rate(vera, rare, AGAIN, noon)

    weakest = told(classroom, noon).weakest

    assert [one.fact for one in weakest] == [weak.subject, strong.subject]
    assert [one.met for one in weakest] == [2, 2]
    assert weakest[0].share < weakest[1].share < 1


def test_a_fact_is_as_weak_as_the_cards_on_it_that_students_have_met(classroom, book, noon):
    vera, olga = enroll(classroom, "vera", noon), enroll(classroom, "olga", noon)
    met, other = (book.items.get(slug=f"item-{n}") for n in (0, 2))
    book.items.filter(pk=other.pk).update(subject=met.subject)
    rate(vera, met, GOOD, noon)
    rate(olga, met, AGAIN, noon)

    [weakest] = told(classroom, noon).weakest

    chances = [card.recall(noon.date() + 30 * DAY) or 0.0 for card in Card.objects.all()]
    assert weakest.share == pytest.approx(sum(chances) / 2)


def test_where_half_of_the_class_met_no_fact_it_is_told_how_many_met_any(classroom, book, noon):
    students = [enroll(classroom, f"student-{number}", noon) for number in range(3)]
    rate(students[0], book.items.get(slug="item-0"), GOOD, noon)

    forecast = told(classroom, noon)

    assert forecast.weakest == []
    assert (forecast.met, forecast.told_from) == (1, 3)


def test_a_class_that_rated_many_cards_is_told_from_every_so_many_th_student(
    classroom, book, noon, monkeypatch
):
    students = [enroll(classroom, f"student-{number}", noon) for number in range(6)]
    monkeypatch.setattr(class_memory, "CARDS_READ", 2)

    for rated, told_from in ((0, 6), (2, 6), (3, 3)):
        for one in students[:rated]:
            rate(one, book.items.get(slug="item-0"), GOOD, noon)
        forecast = told(classroom, noon)
        assert (forecast.students, forecast.told_from) == (6, told_from)


def test_without_students_or_facts_there_is_nothing_to_tell(classroom, book, noon):
    assert class_memory.forecast(classroom, noon.date(), noon.date()) is None

    enroll(classroom, "vera", noon)
    book.items.update(is_card=False)
    assert class_memory.forecast(classroom, noon.date(), noon.date()) is None


def test_it_costs_as_many_queries_for_many(classroom, book, noon):
    counts = []
    for name in ("vera", "olga", "nina"):
        rate(enroll(classroom, name, noon), book.items.get(slug="item-0"), GOOD, noon)
        with CaptureQueriesContext(connection) as captured:
            told(classroom, noon)
        counts.append(len(captured))

    assert counts[0] == counts[2] <= 5


def test_a_forecast_is_held_against_what_the_class_recalled(classroom, book, noon):
    vera = enroll(classroom, "vera", noon)
    stranger = User.objects.create_user("stranger")
    assert class_memory.outcome(classroom, noon) is None
    for learner, second in ((vera, GOOD), (stranger, AGAIN)):
        planning.start(learner, book, noon - 20 * DAY)
        rate(learner, book.items.get(slug="item-0"), GOOD, noon - 10 * DAY)
        rate(learner, book.items.get(slug="item-0"), second, noon)

    found = class_memory.outcome(classroom, noon)

    assert found
    assert (found.calibration.count, found.calibration.recalled) == (1, 100)
    assert (found.students, found.told_from, found.is_of_newest) == (1, 1, False)


def test_the_reviews_of_a_large_class_are_those_of_every_so_many_th_student(
    classroom, book, noon, monkeypatch
):
    for number in range(3):
        learner = enroll(classroom, f"student-{number}", noon)
        rate(learner, book.items.get(slug="item-0"), GOOD, noon - 10 * DAY)
        rate(learner, book.items.get(slug="item-0"), GOOD, noon)
    monkeypatch.setattr(class_memory, "STUDENTS_READ", 2)
    monkeypatch.setattr(class_memory, "REVIEWS_READ", 2)

    found = class_memory.outcome(classroom, noon)

    assert found
    assert (found.calibration.count, found.students, found.told_from) == (2, 3, 2)
    assert found.is_of_newest
