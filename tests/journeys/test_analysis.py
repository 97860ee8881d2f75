"""Item analysis in a browser: with figures, readable by all, and on paper."""

from datetime import timedelta

import numpy as np
import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from quizzes.assessment.models import Assignment
from quizzes.content.models import Book
from quizzes.people import joining
from quizzes.people.models import User
from tests.analytics import sampled
from tests.examining import make_assignment, make_item, make_quiz
from tests.journeys.conftest import Visits
from tests.journeys.test_every_page import look


@pytest.fixture
def given(book: Book, instructor: User) -> Assignment:
    """A quiz whose fourth question has a wrong key, and which forty people handed in."""
    items = [make_item(book, f"q{n}", position=90 + n) for n in range(8)]
    room = joining.open_classroom(instructor, book, "Ours", now())
    given = make_assignment(room, make_quiz(book, *items), now() - timedelta(days=1))
    random = np.random.default_rng(2)
    sample = sampled.draw(random, people=100, questions=8, partial=False, key=1)
    sampled.lay_down(sampled.with_wrong_key(sample, 4), given.quiz, now(), given)
    return given


@pytest.fixture
def instructor(db: None) -> User:
    return User.objects.create_user("vera")


def test_the_page_of_a_class_and_that_across_classes(
    visit: Visits, given: Assignment, instructor: User
):
    visitor = visit()
    visitor.come_as(instructor)
    visitor.go(f"/classes/{given.classroom.uid}/assignments/{given.uid}/")
    visitor.press("Item analysis")
    page = visitor.page
    expect(page.get_by_role("row").nth(1)).to_contain_text("Check the key")
    look(page)

    visitor.press("Across my classes")
    expect(page.get_by_role("heading", name="Item analysis")).to_be_visible()
    look(page)
