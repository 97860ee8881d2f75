"""The state of the site, as its staff reads it."""

from datetime import timedelta

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from quizzes import jobs
from quizzes.jobs import leasing, recurring, trying
from quizzes.people.models import AuditLine
from tests.bookshelf import make_book
from tests.web.test_review import text

pytestmark = pytest.mark.django_db

AN_HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _at_noon(time_machine, noon):
    time_machine.move_to(noon, tick=False)


@pytest.fixture
def staff(client, company, settings, tmp_path):
    """A staff member's browser, on a site with a book, a worker and a backup."""
    settings.BACKUP_DIR = tmp_path
    client.force_login(company["staff"])
    return client


@pytest.fixture
def sound(noon, tmp_path):
    """Everything that makes all well."""
    make_book()
    leasing.sign_on("host-1-abc", noon)
    (tmp_path / f"reading-room-{noon:%Y%m%dT%H%M%SZ}.zip").write_bytes(b"all of it")


def fail(noon, reason="OSError: the mail server said 535"):
    job = jobs.send_letters.enqueue([["vera@example.org", "Subject", "Text"]])
    row = DBTaskResult.objects.get(pk=job.id)
    row.status, row.finished_at, row.traceback = "FAILED", noon, f"Traceback\n{reason}\n"
    row.worker_ids = ["a", "b", "c", "d"]
    row.save()
    return row


def test_a_sound_site_says_so_at_the_top(staff, sound, noon):
    recurring.tick(noon)

    said = text(staff.get("/status/"))

    assert "All is well" in said
    assert "host-1-abc" in said
    assert "run out of time hand_in_expired 2 Mar, 12:00 2 Mar, 12:05" in said
    assert "2 Mar 2026, 12:00, 9 bytes" in said
    assert "no server is set" in said


def test_what_is_amiss_stands_at_the_top_in_words(staff, noon, time_machine):
    leasing.sign_on("host-1-abc", noon)
    fail(noon)
    jobs.purge_packs.enqueue(noon.isoformat())
    time_machine.move_to(noon + AN_HOUR, tick=False)

    said = text(staff.get("/status/"))

    assert "4 things need attending to" in said
    for trouble in (
        "No book is loaded: run manage.py load_pack.",
        "No worker is alive: letters, exports and regrades wait.",
        "1 job failed.",
        "There is no backup.",
    ):
        assert trouble in said
    assert "silent last sign of life 2 Mar, 12:00:00" in said


def test_a_failed_job_shows_why_and_can_be_tried_again(staff, sound, company, noon):
    row = fail(noon)

    said = text(staff.get("/status/"))
    assert "send_letters 2 Mar 2026, 12:00, after 4 tries" in said
    assert "OSError: the mail server said 535" in said
    assert "vera@example.org" not in said
    answer = staff.post(f"/status/jobs/{row.pk}/", {"act": "retry"}, follow=True)

    assert "The job is tried again" in text(answer)
    assert "All is well" in text(answer)
    row.refresh_from_db()
    assert (row.status, row.run_after, row.worker_ids) == ("READY", noon, [])
    assert AuditLine.objects.get(about=row.pk).actor == company["staff"]
    for act in ("retry", "dismiss"):
        assert staff.post(f"/status/jobs/{row.pk}/", {"act": act}).status_code == 409


def test_a_failed_job_can_be_dismissed(staff, sound, company, noon):
    row = fail(noon)

    answer = staff.post(f"/status/jobs/{row.pk}/", {"act": "dismiss"}, follow=True)

    assert "All is well" in text(answer)
    assert not DBTaskResult.objects.exists()
    assert AuditLine.objects.get(about=row.pk).text == "Dismissed: quizzes.jobs.send_letters."


def test_an_old_backup_and_a_waiting_job_want_attention(staff, sound, noon, time_machine):
    jobs.purge_packs.enqueue(noon.isoformat())
    later = noon + timedelta(days=2)
    time_machine.move_to(later, tick=False)
    DBTaskResult.objects.update(enqueued_at=noon)
    leasing.beat("host-1-abc", later)

    said = text(staff.get("/status/"))

    assert "1 job has waited for more than ten minutes." in said
    assert "The last backup is more than a day and a half old." in said


def test_any_number_of_jobs_costs_the_same_queries(staff, sound, noon, django_assert_num_queries):
    recurring.tick(noon)
    for _number in range(30):
        fail(noon)
    of_size = connection.vendor == "postgresql"  # SQLite's file tells its size itself
    with django_assert_num_queries(14 + of_size):
        said = text(staff.get("/status/"))

    assert "30 jobs failed." in said
    assert "The newest 20 are shown." in said
    assert said.count("Try again") == 20
    assert trying.TRIES == 4
