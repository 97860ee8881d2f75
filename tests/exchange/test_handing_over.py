"""Handing over: one export at a time, whole or not there, kept a week."""

from datetime import timedelta
from zipfile import ZipFile

import pytest

from quizzes.exchange import handing_over
from quizzes.exchange.handing_over import Chunk, Content, File
from quizzes.exchange.models import Export
from quizzes.identifiers import uuid7
from quizzes.people.models import User

pytestmark = pytest.mark.django_db

PERSON = Export.Kind.PERSON
WEEK = timedelta(days=7)


@pytest.fixture
def olga(db, settings, tmp_path) -> User:
    settings.DATA_DIR = tmp_path
    return User.objects.create_user("olga")


def three_rows(*, dies_after=None):
    def chunks():
        for number in range(3):
            if number == dies_after:
                raise KeyboardInterrupt
            yield Chunk(f"row {number}\n".encode(), rows=1)

    return Content(3, iter([File("README.txt", [Chunk(b"Yours.")]), File("rows.txt", chunks())]))


def test_asking_twice_is_asking_once(olga, noon):
    first = handing_over.ask(olga, PERSON, noon)
    again = handing_over.ask(olga, PERSON, noon + timedelta(minutes=1))

    assert first.is_new
    assert not again.is_new
    assert again.export == first.export


def test_the_file_is_there_when_it_is_whole(olga, noon):
    export, _ = handing_over.ask(olga, PERSON, noon)

    handing_over.write(export, three_rows(), noon)

    with ZipFile(handing_over.path(export)) as archive:
        assert archive.testzip() is None
        assert archive.read("rows.txt") == b"row 0\nrow 1\nrow 2\n"
    stored = Export.objects.get()
    assert (stored.rows_written, stored.rows_expected, stored.percent) == (3, 3, 100)
    assert stored.size == handing_over.path(export).stat().st_size
    assert stored.expires_at == noon + WEEK


def test_killed_half_way_and_run_again_it_makes_the_same_file(olga, noon):
    export, _ = handing_over.ask(olga, PERSON, noon)
    with pytest.raises(KeyboardInterrupt):
        handing_over.write(export, three_rows(dies_after=2), noon)
    half = Export.objects.get()
    assert (half.rows_written, half.percent, half.finished_at) == (2, 66, None)
    assert not handing_over.path(export).exists()

    handing_over.write(half, three_rows(), noon)
    whole = handing_over.path(half).read_bytes()
    Export.objects.update(finished_at=None)
    handing_over.write(Export.objects.get(), three_rows(), noon)

    assert handing_over.path(half).read_bytes() == whole
    assert [one.name for one in handing_over.path(half).parent.iterdir()] == [f"{half.uid}.zip"]


def test_thrown_away_while_it_is_written_it_leaves_nothing(olga, noon):
    export, _ = handing_over.ask(olga, PERSON, noon)

    def chunks():
        yield Chunk(b"all that is hers", rows=1)
        assert handing_over.discard_all(olga) == 1

    with pytest.raises(handing_over.ThrownAway):
        handing_over.write(export, Content(2, iter([File("a.txt", chunks())])), noon)

    assert list(handing_over.path(export).parent.iterdir()) == []
    assert not Export.objects.exists()


def test_what_is_finished_is_not_written_again(olga, noon):
    export, _ = handing_over.ask(olga, PERSON, noon)
    handing_over.write(export, three_rows(), noon)

    handing_over.write(export, three_rows(dies_after=0), noon)

    assert Export.objects.get().percent == 100


def test_after_a_week_the_file_is_thrown_away(olga, noon):
    old, new = (
        handing_over.write(handing_over.ask(olga, PERSON, at).export, three_rows(), at)
        for at in (noon, noon + timedelta(days=1))
    )

    assert handing_over.discard_expired(noon + WEEK - timedelta(seconds=1)) == 0
    assert handing_over.discard_expired(noon + WEEK) == 1
    assert not handing_over.path(old).exists()
    assert handing_over.path(new).exists()
    assert Export.objects.get() == new


def test_the_newest_few_are_kept_and_what_was_given_up_goes(olga, noon):
    for hours in range(5):
        at = noon + timedelta(hours=hours)
        handing_over.write(handing_over.ask(olga, PERSON, at).export, three_rows(), at)
    stuck, _ = handing_over.ask(olga, PERSON, noon + timedelta(hours=5))
    later = noon + timedelta(hours=5) + handing_over.PATIENCE
    assert handing_over.is_given_up(stuck, later)

    asked = handing_over.ask(olga, PERSON, later)

    assert asked.is_new
    assert Export.objects.count() == handing_over.FEW
    assert not Export.objects.filter(pk=stuck.pk).exists()
    folder = handing_over.path(stuck).parent
    assert len(list(folder.iterdir())) == handing_over.FEW - 1


def test_all_of_somebodys_can_be_thrown_away_and_nobody_elses(olga, noon):
    vera = User.objects.create_user("vera")
    mine, hers = (
        handing_over.write(handing_over.ask(person, PERSON, noon).export, three_rows(), noon)
        for person in (olga, vera)
    )

    assert handing_over.discard_all(olga) == 1
    assert not handing_over.path(mine).exists()
    assert handing_over.path(hers).exists()


def test_a_file_without_a_row_goes_and_a_row_without_a_file_is_given_up(olga, noon):
    export, _ = handing_over.ask(olga, PERSON, noon)
    handing_over.write(export, three_rows(), noon)
    file = handing_over.path(export)
    left = [file.with_stem(str(uuid7())), file.with_stem(str(uuid7())).with_suffix(".part")]
    for one in left:
        one.touch()

    assert handing_over.discard_expired(noon) == 0
    assert list(file.parent.iterdir()) == [file]
    assert not handing_over.is_given_up(export, noon)

    file.unlink()
    assert handing_over.is_given_up(export, noon)
