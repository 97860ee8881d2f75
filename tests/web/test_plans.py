"""The page of a plan."""

import pytest

from quizzes.cards import planning
from quizzes.cards.models import StudyPlan
from tests.bookshelf import make_study_book
from tests.web.test_review import text

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
