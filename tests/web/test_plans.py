"""The page of a plan."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.cards import planning
from quizzes.cards.models import StudyPlan
from tests.bookshelf import make_study_book
from tests.web.test_review import text
from tests.web.test_today import study

pytestmark = pytest.mark.django_db

CHOICES = {
    "new_a_day": "7",
    "order": "shuffled",
    "desired_retention": "0.85",
    "is_typing": "on",
    "has_options": "on",
    "has_four_ratings": "on",
    "learning_minutes": "5",
    "relearning_minutes": "20",
    "maximum_interval": "180",
}


@pytest.fixture
def signed_in(client, reader):
    client.force_login(reader)
    return client


@pytest.fixture
def plan(reader, noon):
    return planning.start(reader, make_study_book(3), noon)


def test_a_plan_is_changed(signed_in, plan):
    chosen = plan.chapters.get(slug="chapter-0")

    answer = signed_in.post("/plan/lights/", CHOICES | {"chapters": [chosen.pk]})

    assert answer["Location"] == "/plan/lights/"
    plan.refresh_from_db()
    assert (plan.new_a_day, plan.order, plan.desired_retention) == (7, "shuffled", 0.85)
    assert (plan.is_typing, plan.has_options, plan.has_four_ratings) == (True, True, True)
    assert (plan.learning_minutes, plan.relearning_minutes) == (5, 20)
    assert plan.maximum_interval == 180
    assert list(plan.chapters.all()) == [chosen]
    assert "Your plan is saved." in text(signed_in.get("/plan/lights/"))


def test_what_hard_means_is_told(signed_in, plan):
    assert "Hard means: I did recall it, with trouble." in text(signed_in.get("/plan/lights/"))


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("new_a_day", "900"),
        ("desired_retention", "0.99"),
        ("order", "backwards"),
        ("learning_minutes", "0"),
        ("relearning_minutes", "1440"),
        ("maximum_interval", "9999"),
        ("chapters", "999999"),
    ],
)
def test_a_plan_keeps_what_was_typed_when_something_is_wrong(signed_in, plan, field, typed):
    page = signed_in.post("/plan/lights/", CHOICES | {"chapters": []} | {field: typed})

    assert page.status_code == 422
    said = page.content.decode()
    assert f'href="#id_{field}"' in said
    assert 'name="maximum_interval" value=' in said
    assert StudyPlan.objects.get().new_a_day == 10


EXAM = {"act": "aim", "exam_on": "2026-03-12", "minutes_a_day": "15", "exam_target": "0.8"}


def test_an_exam_is_set_told_and_ended(signed_in, plan, at_noon):
    chapter = plan.chapters.get(slug="chapter-0")

    signed_in.post("/plan/lights/exam/", EXAM | {"exam_chapters": [chapter.pk]})

    plan.refresh_from_db()
    assert (plan.exam_on, plan.minutes_a_day, plan.exam_target) == (date(2026, 3, 12), 15, 0.8)
    assert list(plan.exam_chapters.all()) == [chapter]
    page = text(signed_in.get("/plan/lights/"))
    assert "On Thursday 12 March you would recall 0% if you did nothing more" in page
    assert "Days left 10 Cards not seen yet 3 Minutes left today 15" in page
    assert "Exam on The Strike of the Lights" in text(signed_in.get("/today/"))

    signed_in.post("/plan/lights/exam/", {"act": "end"})
    plan.refresh_from_db()
    assert plan.exam_on is None
    assert "Days left" not in text(signed_in.get("/plan/lights/"))


@pytest.mark.parametrize(
    ("field", "typed"),
    [("exam_on", "2026-03-02"), ("exam_on", ""), ("minutes_a_day", "0"), ("exam_target", "1.0")],
)
def test_an_exam_keeps_what_was_typed_when_something_is_wrong(
    signed_in, plan, at_noon, field, typed
):
    page = signed_in.post("/plan/lights/exam/", EXAM | {field: typed})

    assert page.status_code == 422
    assert f'href="#id_{field}"' in page.content.decode()
    assert StudyPlan.objects.get().exam_on is None


def test_too_few_minutes_are_told_with_what_would_do(signed_in, reader, noon, at_noon):
    planning.start(reader, make_study_book(60), noon)

    signed_in.post("/plan/lights/exam/", EXAM | {"exam_on": "2026-03-05", "minutes_a_day": "5"})

    page = text(signed_in.get("/today/"))
    assert "At 5 minutes a day you will not see 35 cards. 12 minutes would do." in page


def test_no_time_left_is_told(signed_in, reader, noon, at_noon):
    planning.start(reader, make_study_book(420), noon)

    signed_in.post("/plan/lights/exam/", EXAM | {"exam_on": "2026-03-03"})

    assert "There is no time left to see them all." in text(signed_in.get("/today/"))


def test_the_end_of_a_day_of_preparation_is_told(signed_in, reader, plan, noon, at_noon):
    signed_in.post("/plan/lights/exam/", EXAM | {"exam_target": "0.65"})
    for _ in range(3):
        study(reader, noon)

    page = text(signed_in.get("/plan/lights/"))
    assert "Done for today: 65% is to be expected on exam day, as you wished." in page


def test_other_numbers_are_tried_and_nothing_is_saved(signed_in, plan, at_noon):
    before = StudyPlan.objects.values().get()
    stands = signed_in.get("/plan/lights/").context["forecast"]

    page = signed_in.get("/plan/lights/?new_a_day=1&desired_retention=0.95")

    tried = page.context["forecast"]
    assert [day.new for day in tried.days[:3]] == [1, 1, 1]
    assert [day.new for day in stands.days[:3]] == [3, 0, 0]
    assert "Back to the plan’s numbers" in text(page)
    assert StudyPlan.objects.values().get() == before


def test_numbers_that_are_none_are_not_tried(signed_in, plan, at_noon):
    page = signed_in.get("/plan/lights/?new_a_day=many&desired_retention=2")

    assert page.status_code == 200
    assert page.context["tried"]["new_a_day"] == 10
    assert 'href="#if_new_a_day"' in page.content.decode()


def test_what_sureness_costs_is_told_for_each_choice(signed_in, plan, at_noon):
    page = signed_in.get("/plan/lights/")

    assert [cost.percent for cost in page.context["costs"]] == list(range(80, 96))
    assert "90% your plan" in text(page)


def test_no_id_is_on_the_page_twice(signed_in, plan, at_noon):
    signed_in.post("/plan/lights/exam/", EXAM)

    for address in ("/plan/lights/", "/settings/", "/today/"):
        ids = re.findall(r' id="([^"]+)"', signed_in.get(address).content.decode())
        assert len(ids) == len(set(ids)), address


@pytest.mark.parametrize("address", ["/plan/lights/", "/today/"])
@pytest.mark.parametrize("count", [3, 30])
def test_an_exam_takes_the_same_queries_for_any_number_of_cards(
    signed_in, reader, noon, at_noon, address, count
):
    plan = planning.start(reader, make_study_book(count), noon)
    planning.aim(plan, noon.date(), exam_on=noon.date() + timedelta(days=9))
    for _ in range(count // 3):
        study(reader, noon)

    with CaptureQueriesContext(connection) as captured:
        signed_in.get(address)

    assert len(captured) == {"/plan/lights/": 19, "/today/": 8}[address]
