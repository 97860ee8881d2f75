"""The page of today reads each table once: eight queries, however much there is of everything."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.cards import planning
from quizzes.cards.models import StudyPlan
from quizzes.people.models import User
from tests.bookshelf import make_study_book
from tests.cards.acting import GOOD, rate
from tests.full_day import make_full_day
from tests.growing import grow, grow_log
from tests.profiles import count
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

MOST_QUERIES = 8
MANY_CARDS, MANY_REVIEWS = count((10_000, 10_000), (100_000, 1_000_000))
TRANSACTION = re.compile(r"SAVEPOINT|BEGIN|COMMIT|ROLLBACK")


@pytest.fixture
def day(client, noon):
    day = make_full_day(noon)
    client.force_login(day.learner)
    return day


@pytest.fixture
def visit(client):
    """What an address takes, the session and the user with it, and what it says."""

    def visit(address):
        with CaptureQueriesContext(connection) as captured:
            page = client.get(address)
        assert page.status_code == 200
        asked = [one["sql"] for one in captured if not TRANSACTION.match(one["sql"])]
        return asked, text(page)

    return visit


def test_the_fullest_page_takes_eight_queries(day, visit):
    asked, page = visit("/today/")

    for part in (
        "Exam on The Strike of the Lights",
        "cards are waiting",
        "Cards your class gives you",
        "All notices, more than 5 of them unread",
        "For your class",
        "Quizzes for you",
        "Your week",
        "Your study days",
    ):
        assert part in page
    assert len(asked) <= MOST_QUERIES


def test_a_hundred_thousand_cards_and_a_million_reviews_ask_nothing_more(day, visit, noon):
    few, _page = visit("/today/")
    for book in (day.usual, day.examined):
        card = day.learner.cards.filter(item__book=book, phase="review").first()
        half = MANY_CARDS // 2
        grow(card, noon.date(), *((1, half) if book == day.usual else (half + 1, MANY_CARDS)))
    [tally, *_others] = day.learner.day_tallies.order_by("day", "pk")
    grow_log(card.reviews.first(), tally, MANY_REVIEWS)

    many, page = visit("/today/")

    assert len(many) == len(few) <= MOST_QUERIES
    assert day.learner.cards.count() > MANY_CARDS
    assert day.learner.reviews.count() > MANY_REVIEWS
    assert "Your week" in page


def test_before_a_plan_and_after_all_is_done_it_takes_no_more(client, visit, noon, time_machine):
    nobody = User.objects.create_user("new")
    client.force_login(nobody)
    asked, page = visit("/today/")
    assert len(asked) <= MOST_QUERIES
    assert "No book is in your plan yet." in page

    book = make_study_book(3)
    plan = planning.start(nobody, book, noon)
    for item in book.items.all():
        rate(nobody, item, GOOD, noon)
    for moment in (noon, noon + timedelta(days=200)):
        time_machine.move_to(moment, tick=False)
        client.force_login(nobody)
        asked, page = visit("/today/")
        assert len(asked) <= MOST_QUERIES
    assert plan.book.title not in page
    assert "nothing has been lost by that" in page


def test_what_a_class_gave_is_taken_up_once(client, visit, noon):
    """The first visit after the opening writes the chapter into the plan; it may ask more."""
    day = make_full_day(noon)
    client.force_login(day.learner)
    StudyPlan.objects.filter(learner=day.learner).delete()

    visit("/today/")
    asked, page = visit("/today/")

    assert len(asked) <= MOST_QUERIES
    assert "0 of 12 cards met" not in page
    assert day.learner.plans.get().chapters.count() == 2
