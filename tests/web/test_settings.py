from datetime import date

import pytest

from quizzes.cards import planning
from tests.bookshelf import make_study_book
from tests.web.test_review import text

pytestmark = pytest.mark.django_db

CHOICES = {
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
    assert reader.time_zone == "America/New_York"
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
    assert '<option value="dark" selected>' in said
    assert 'id="errors" autofocus' in said
    assert 'href="#id_time_zone"' in said
    assert 'aria-invalid="true"' in said
    reader.refresh_from_db()
    assert reader.theme == "auto"


def test_a_time_zone_in_use_stays_even_if_nobody_is_offered_it(signed_in, reader):
    reader.time_zone = "Etc/GMT+5"
    reader.save(update_fields=["time_zone"])

    assert '<option value="Etc/GMT+5" selected>' in signed_in.get("/settings/").content.decode()
    assert signed_in.post("/settings/", CHOICES | {"time_zone": "Etc/GMT+5"}).status_code == 302


def test_a_study_week_is_kept(signed_in, reader):
    days = {f"day_{n}": "n" for n in range(7)} | {"day_5": "l", "day_6": "o"}

    assert signed_in.post("/settings/week/", days)["Location"] == "/settings/"

    reader.refresh_from_db()
    assert reader.week == "nnnnnlo"
    page = signed_in.get("/settings/")
    assert "Your study week is saved." in text(page)
    assert page.content.decode().count(">Sunday</label>") == 1
    assert page.context["week"]["day_6"].value() == "o"


def test_a_week_of_something_else_is_refused(signed_in, reader):
    page = signed_in.post("/settings/week/", {"day_0": "holiday"})

    assert page.status_code == 422
    assert 'href="#id_day_0"' in page.content.decode()
    reader.refresh_from_db()
    assert reader.week == "nnnnnnn"


def test_days_off_are_added_shown_and_removed(signed_in, reader, at_noon):
    signed_in.post("/settings/days-off/", {"act": "add", "first": "2026-03-09", "last": ""})
    signed_in.post(
        "/settings/days-off/", {"act": "add", "first": "2026-04-01", "last": "2026-04-03"}
    )

    page = text(signed_in.get("/settings/"))
    assert "Monday 9 March 2026" in page
    assert "Wednesday 1 April until Friday 3 April 2026" in page

    signed_in.post(
        "/settings/days-off/", {"act": "remove", "first": "2026-04-01", "last": "2026-04-03"}
    )
    assert [day.day for day in reader.days_off.all()] == [date(2026, 3, 9)]


def test_days_off_that_end_before_they_begin_are_refused(signed_in, reader):
    days = {"act": "add", "first": "2026-04-03", "last": "2026-04-01"}

    assert signed_in.post("/settings/days-off/", days).status_code == 409
    assert not reader.days_off.exists()
