import pytest

from quizzes.cards import planning
from quizzes.cards.models import StudyPlan
from tests.bookshelf import make_study_book
from tests.web.test_review import text

pytestmark = pytest.mark.django_db

CHOICES = {
    "display_name": "Vera P.",
    "time_zone": "America/New_York",
    "day_rollover_hour": "3",
    "theme": "dark",
}


@pytest.fixture
def signed_in(client, reader):
    client.force_login(reader)
    return client


@pytest.fixture
def plan(reader, noon):
    return planning.start(reader, make_study_book(3), noon)


def test_choices_are_kept(signed_in, reader):
    assert signed_in.post("/settings/", CHOICES)["Location"] == "/settings/"

    reader.refresh_from_db()
    assert (reader.display_name, reader.time_zone) == ("Vera P.", "America/New_York")
    assert (reader.day_rollover_hour, reader.theme) == (3, "dark")
    assert not reader.has_single_keys
    assert "Your settings are saved." in text(signed_in.get("/settings/"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_chosen_colors_are_those_of_every_page(signed_in, reader, theme):
    assert "data-theme" not in signed_in.get("/settings/").content.decode()

    signed_in.post("/settings/", CHOICES | {"theme": theme})

    for address in ("/settings/", "/today/", "/no-such-page/"):
        assert f'data-theme="{theme}"' in signed_in.get(address).content.decode()


def test_what_was_typed_stays_when_something_is_wrong(signed_in, reader):
    page = signed_in.post("/settings/", CHOICES | {"time_zone": "Mars/Olympus"})

    assert page.status_code == 422
    said = page.content.decode()
    assert 'value="Vera P."' in said
    assert 'id="errors" autofocus' in said
    assert 'href="#id_time_zone"' in said
    assert 'aria-invalid="true"' in said
    reader.refresh_from_db()
    assert reader.display_name == ""


def test_a_time_zone_in_use_stays_even_if_nobody_is_offered_it(signed_in, reader):
    reader.time_zone = "Etc/GMT+5"
    reader.save(update_fields=["time_zone"])

    assert '<option value="Etc/GMT+5" selected>' in signed_in.get("/settings/").content.decode()
    assert signed_in.post("/settings/", CHOICES | {"time_zone": "Etc/GMT+5"}).status_code == 302


def test_a_plan_is_changed(signed_in, plan):
    chosen = plan.chapters.get(slug="chapter-0")

    signed_in.post(
        "/plan/lights/",
        {
            "new_a_day": "7",
            "desired_retention": "0.85",
            "has_four_ratings": "on",
            "chapters": [chosen.pk],
        },
    )

    plan.refresh_from_db()
    assert (plan.new_a_day, plan.desired_retention, plan.has_four_ratings) == (7, 0.85, True)
    assert list(plan.chapters.all()) == [chosen]


def test_a_plan_keeps_what_was_typed_when_something_is_wrong(signed_in, plan):
    page = signed_in.post("/plan/lights/", {"new_a_day": "900", "desired_retention": "0.9"})

    assert page.status_code == 422
    said = page.content.decode()
    assert 'value="900"' in said
    assert 'href="#id_new_a_day"' in said
    assert 'href="#id_chapters"' in said
    assert StudyPlan.objects.get().new_a_day == 10


def test_a_chapter_of_another_book_is_no_choice(signed_in, plan):
    page = signed_in.post(
        "/plan/lights/", {"new_a_day": "5", "desired_retention": "0.9", "chapters": ["999999"]}
    )

    assert page.status_code == 422
