"""A class's data are asked for, made by a job, and fetched by whoever asked while they teach it."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django_tasks_db.models import DBTaskResult

from quizzes.exchange.models import Export
from quizzes.people.models import AuditLine, Classroom
from tests.bookshelf import make_study_book
from tests.examining import make_item, make_quiz
from tests.web.lessons import give, sit_through
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def room(classroom, company, client, noon, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    book = make_study_book(1)
    sit_through(
        company["student"], give(classroom, make_quiz(book, make_item(book, "q")), noon), noon
    )
    client.force_login(company["assistant"])
    return classroom


def work():
    """What the worker does."""
    for job in DBTaskResult.objects.all():
        job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])


def asked(client, room, **wish):
    """Ask for a file; gives the address of the page that tells how far it is."""
    return client.post(f"/classes/{room.uid}/data/", wish)["Location"]


def test_a_file_is_asked_for_made_and_fetched(client, room, company):
    first = asked(client, room)
    again = asked(client, room, names="yes")

    assert first == again
    assert "0% written" in text(client.get(f"/classes/{room.uid}/data/"))
    work()
    page = text(client.get(first))
    assert "Your download is ready" in page
    answer = client.get(f"{first}file/")
    with ZipFile(BytesIO(b"".join(answer))) as archive:
        assert sorted(archive.namelist()) == [
            "assignments.csv", "attempts.csv", "days.csv", "outcomes.csv", "statements.jsonl",
            "students.csv",
        ]  # fmt: skip
        told = [json.loads(line) for line in archive.read("statements.jsonl").splitlines()]
    assert [one["verb"]["display"]["en"] for one in told] == [
        "initialized",
        "completed",
        "answered",
    ]
    assert {one["actor"]["account"]["homePage"] for one in told} == {"http://testserver/"}
    assert {"name"} & {key for one in told for key in one["actor"]} == set()
    export = Export.objects.get()
    assert export.rows_written == export.rows_expected > 0
    line = AuditLine.objects.get(act="class-data")
    assert (line.text, line.actor) == (
        "The class’s data are taken away without names.", company["assistant"],
    )  # fmt: skip


def test_it_is_fetched_by_whoever_asked_while_they_teach_the_class(client, room, company):
    where = asked(client, room, names="yes")
    work()
    for member in ("instructor", "colleague", "student"):
        client.force_login(company[member])
        assert client.get(f"{where}file/").status_code == client.get(where).status_code == 404
    client.force_login(company["assistant"])
    assert b"".join(client.get(f"{where}file/")).startswith(b"PK")

    room.enrollments.filter(user=company["assistant"]).update(role="former")

    assert client.get(f"{where}file/").status_code == client.get(where).status_code == 404
    assert "Ours" not in text(client.get("/settings/data/"))


def test_nothing_is_written_for_somebody_who_has_left_meanwhile(client, room, company):
    asked(client, room)
    room.enrollments.filter(user=company["assistant"]).update(role="former")

    work()

    assert Export.objects.get().finished_at is None


def test_a_past_class_can_be_taken_away_too(client, room, noon):
    Classroom.objects.filter(pk=room.pk).update(archived_at=noon)

    where = asked(client, room)
    work()

    assert "Your download is ready" in text(client.get(where))
