"""/settings/data/ : asking for everything, watching it being made, and fetching it."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from quizzes import jobs
from quizzes.exchange import handing_over
from quizzes.exchange.models import Export
from quizzes.people import guesting
from quizzes.people.models import User


@pytest.fixture
def olga(db, client, settings, tmp_path, time_machine, noon) -> User:
    settings.DATA_DIR = tmp_path
    time_machine.move_to(noon, tick=False)
    person = User.objects.create_user("olga", display_name="Olga Petrovna")
    client.force_login(person)
    return person


def ask(client):
    return client.post(reverse("my-data"), follow=True)


def work():
    """What the worker does with the jobs that wait."""
    for job in DBTaskResult.objects.all():
        jobs.write_export.func(*job.args_kwargs["args"])


def test_one_click_makes_a_job_and_leads_to_how_far_it_is(client, olga):
    page = ask(client)

    export = Export.objects.get()
    assert page.redirect_chain == [(reverse("my-export", args=[export.uid]), 302)]
    assert "It waits for its turn." in page.content.decode()
    assert DBTaskResult.objects.get().args_kwargs["args"][0] == export.pk


def test_asking_again_leads_to_what_is_being_made(client, olga):
    first, again = ask(client), ask(client)

    assert first.redirect_chain == again.redirect_chain
    assert DBTaskResult.objects.count() == Export.objects.count() == 1


def test_the_page_tells_how_many_rows_are_written(client, olga):
    ask(client)
    Export.objects.update(rows_written=300, rows_expected=1_200)

    page = client.get(reverse("my-export", args=[Export.objects.get().uid])).content.decode()

    assert 'value="25"' in page
    assert "300 of 1200 rows written." in page
    assert "25% written" in client.get(reverse("my-data")).content.decode()


def test_the_finished_file_is_fetched_and_holds_what_is_mine(client, olga):
    ask(client)
    work()
    uid = Export.objects.get().uid

    page = client.get(reverse("my-export", args=[uid])).content.decode()
    answer = client.get(reverse("my-export-file", args=[uid]))

    assert reverse("my-export-file", args=[uid]) in page
    assert answer["Content-Disposition"] == (
        'attachment; filename="reading-room-person-2026-03-02.zip"'
    )
    assert "no-store" in answer["Cache-Control"]
    with ZipFile(BytesIO(b"".join(answer))) as archive:
        assert b"Olga Petrovna" in archive.read("index.html")


def test_after_a_week_there_is_no_file(client, olga, time_machine, noon):
    ask(client)
    work()
    address = reverse("my-export-file", args=[Export.objects.get().uid])
    time_machine.move_to(noon + handing_over.KEPT_FOR, tick=False)

    assert client.get(address).status_code == 404
    assert jobs.discard_exports.func((noon + handing_over.KEPT_FOR).isoformat()) == 1
    assert not Export.objects.exists()


def test_a_file_that_was_lost_is_not_there(client, olga):
    ask(client)
    work()
    export = Export.objects.get()
    handing_over.path(export).unlink()

    assert client.get(reverse("my-export-file", args=[export.uid])).status_code == 404
    assert "Ask once more" in client.get(reverse("my-export", args=[export.uid])).content.decode()
    assert "not kept any more" in client.get(reverse("my-data")).content.decode()


def test_what_nobody_makes_any_more_can_be_asked_for_anew(client, olga, time_machine, noon):
    ask(client)
    stuck = Export.objects.get()
    time_machine.move_to(noon + handing_over.PATIENCE + timedelta(minutes=1), tick=False)

    page = client.get(reverse("my-export", args=[stuck.uid])).content.decode()
    ask(client)

    assert "Ask once more" in page
    assert 'data-refresh="done"' in page
    assert Export.objects.get().uid != stuck.uid


def test_the_account_leads_there_and_a_guests_settings(client, olga, noon):
    assert reverse("my-data") in client.get(reverse("account")).content.decode()
    client.force_login(guesting.begin(noon))
    assert reverse("my-data") in client.get(reverse("settings")).content.decode()


def test_the_pages_cost_the_same_however_many_there_are(
    client, olga, noon, django_assert_num_queries
):
    for hours in range(3):
        at = noon - timedelta(hours=hours)
        Export.objects.create(owner=olga, kind="person", asked_at=at, expires_at=at)
    with django_assert_num_queries(3):
        client.get(reverse("my-data"))
