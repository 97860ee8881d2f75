import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from quizzes.content.models import Book

pytestmark = pytest.mark.django_db


def test_the_site_is_ready_once_a_pack_book_is_loaded(client: Client):
    empty = client.get("/healthz")
    Book.objects.create(slug="a-pack", title="A pack")
    loaded = client.get("/healthz")

    assert (empty.status_code, empty.content) == (
        503,
        b"No book is loaded: run manage.py load_pack.",
    )
    assert (loaded.status_code, loaded.content) == (200, b"ok")


def test_a_personal_book_does_not_make_the_site_ready(client: Client, django_user_model):
    owner = django_user_model.objects.create_user("reader")
    Book.objects.create(slug="mine", title="Mine", owner=owner)

    assert client.get("/healthz").status_code == 503


def test_a_migration_that_was_not_applied_is_named(client: Client):
    Book.objects.create(slug="a-pack", title="A pack")
    MigrationRecorder.Migration.objects.filter(app="quizzes").delete()

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert b"manage.py migrate" in answer.content


def test_nobody_keeps_an_old_answer(client: Client):
    assert "no-store" in client.get("/healthz")["Cache-Control"]


def test_a_database_that_does_not_answer_is_named(client: Client, monkeypatch):
    def gone(*args: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", gone)
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (503, b"The database does not answer.")
