"""Everything that is a person's goes out, in every form; nobody else's does, and no key."""

import json
from datetime import timedelta
from uuid import UUID, uuid4
from zipfile import ZipFile

import pytest
from django.db.models import CharField, JSONField, TextField, UUIDField

from quizzes import jobs
from quizzes.assessment.models import Attempt, Response, Served
from quizzes.cards.models import Card, Review
from quizzes.content.models import Book
from quizzes.exchange import bundling, handing_over, possessing, readable, tabulating
from quizzes.exchange.formats import tables
from quizzes.exchange.models import Export
from quizzes.exchange.readable import cards
from quizzes.items.models import AcceptedAnswer, Criterion, Key, OptionKey
from quizzes.people import guesting, joining
from quizzes.people.models import Classroom, User
from tests.bookshelf import make_study_book
from tests.cards.acting import GOOD, rate
from tests.examining import begin, make_quiz, sit
from tests.exchange.possessed import given, mark_otherwise, possess, sit_and_mark, small_book
from tests.exchange.sending import load_small_pack

pytestmark = pytest.mark.django_db

PLANTED_NOWHERE = {"time_zone", "order_shown", "password", "seed", "file"}
"""What pages read by a grammar of its own; the tests name those that matter by themselves."""


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def room(db, noon) -> Classroom:
    instructor = User.objects.create_user("instructor", display_name="Qinstructor")
    return joining.open_classroom(instructor, make_study_book(6), "Ours", noon)


@pytest.fixture
def olga(room, noon) -> User:
    """Somebody with a row of everything, but what only packs bring."""
    person = User.objects.create_user("olga", "olga@example.org", first_name="Olga")
    possess(person, room, small_book("hers"), noon)
    return person


def unpacked(person, at) -> dict[str, bytes]:
    export, _ = handing_over.ask(person, Export.Kind.PERSON, at)
    handing_over.write(export, bundling.everything(person, at), at)
    assert export.rows_written == export.rows_expected > 0
    with ZipFile(handing_over.path(export)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows_of(files, name):
    return json.loads(files.get(f"json/{name}.json", b"[]"))


def plant(person, tag):
    """A token in every text of one row of each table of theirs; by token, whether it goes out."""
    planted = {}
    for number, possession in enumerate(possessing.exported()):
        row = possessing.rows(possession, person).order_by("pk").first()
        if row is None:
            continue
        for place, field in enumerate(row._meta.concrete_fields):
            token = f"{tag}{number:02}{place:02}"
            if value := _planted(field, token):
                type(row)._base_manager.filter(pk=row.pk).update(**{field.name: value})
                sought = value.hex if isinstance(value, UUID) else token
                planted[sought] = field.name in possession.columns
    return planted


def _planted(field, token):
    if field.choices or field.primary_key or field.is_relation or field.name in PLANTED_NOWHERE:
        return None
    if isinstance(field, UUIDField):
        return uuid4()
    if isinstance(field, JSONField):
        return {"text": token}
    is_text = isinstance(field, CharField | TextField)
    return token if is_text and (field.max_length or 99) >= len(token) else None


def test_whatever_is_mine_goes_out_as_json_and_csv_and_nobody_elses(olga, room, noon):
    vera = User.objects.create_user("vera", "vera@example.org")
    Book.objects.filter(pk=load_small_pack().pk).update(owner=olga)
    instructor = User.objects.get(username="instructor")
    told = given(room, noon)
    possess(vera, room, small_book("veras"), noon)
    for person in (olga, vera):
        attempt = sit_and_mark(person, told, instructor, noon)
        mark_otherwise(attempt, instructor, noon)
    handing_over.ask(olga, Export.Kind.PERSON, noon)
    hers, mine = plant(vera, "V"), plant(olga, "O")
    assert sum(mine.values()) > 100
    _tell_keys_apart(room)

    files = unpacked(User.objects.get(pk=olga.pk), noon)

    machine = {name: data.decode() for name, data in files.items() if name[:4] in {"json", "csv/"}}
    for form in ("json", "csv"):
        whole = "".join(text for name, text in machine.items() if name.startswith(form))
        whole += whole.replace("-", "")  # identifiers are known by their digits
        found = {token for token in mine if token in whole}
        assert found == {token for token, goes_out in mine.items() if goes_out}, form
    everything = b"".join(files.values()).decode(errors="replace")
    assert [token for token in hers if token in everything] == []
    assert "Qkey" not in everything
    assert "Qinstructor" not in everything
    assert not {one.model for one in possessing.exported()} - _tables(files)


def _tell_keys_apart(room):
    """Planted in every key of the class's book, which is not the person's."""
    ours = {"revision__item__book": room.book}
    Key.objects.filter(**ours).update(
        answer="Qkey", answer_html="Qkey", rationale="Qkey", rationale_html="Qkey", hint="Qkey"
    )
    AcceptedAnswer.objects.filter(**ours).update(text="Qkey", feedback="Qkey")
    Criterion.objects.filter(**ours).update(text="Qkey")
    OptionKey.objects.filter(option__revision__item__book=room.book).update(feedback="Qkey")


def _tables(files):
    return {
        one.model
        for one in possessing.exported()
        if f"json/{tabulating.name_of(one)}.json" in files
    }


def test_json_csv_and_the_database_say_the_same(olga, room, noon):
    sit_and_mark(olga, given(room, noon), olga, noon)

    files = unpacked(olga, noon)

    for possession in possessing.exported():
        name, head = tabulating.name_of(possession), tabulating.heads(possession)
        stored = possessing.rows(possession, olga).order_by("pk")
        told = rows_of(files, name)
        assert len(told) == stored.count()
        if not told:
            continue
        first, row = stored.values(*possession.columns)[0], told[0]
        assert {k: str(v) for k, v in row.items() if k in ("id", "uid")} == {
            k: str(v) for k, v in first.items() if k in ("id", "uid")
        }
        [csv_head, *lines] = tables.csv_rows(files[f"csv/{name}.csv"])
        assert csv_head == head == list(row)
        assert lines == [[_as_text(value) for value in one.values()] for one in told]


def _as_text(value):
    if isinstance(value, bool | dict | list):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)


def test_results_that_are_not_released_stay_here_and_raw_answers_do_not(olga, room, noon):
    graded = given(room, noon, "graded", is_graded=True, score_from=2, correctness_from=2)
    attempt = sit_and_mark(olga, graded, User.objects.get(username="instructor"), noon)
    mark_otherwise(attempt, olga, noon)

    files = unpacked(olga, noon)

    [told] = rows_of(files, "attempt")
    assert (told["uid"], told["score"]) == (str(attempt.uid), None)
    assert {one["fraction"] for one in rows_of(files, "served")} == {None}
    assert len(rows_of(files, "response")) == 2
    for name in ("mark", "criterion-mark", "override", "regrade-change"):
        assert rows_of(files, name) == []
    page = files["attempts-0001.html"].decode()
    assert "the score is not told" in page
    assert "Half of it." not in page


def test_what_a_quiz_asks_just_now_is_told_by_no_old_answer(olga, room, noon):
    item = room.book.items.get(slug="item-0")
    assert rows_of(unpacked(olga, noon), "review")[0]["answer"] == {"text": "said"}
    item.is_question = True
    item.save(update_fields=["is_question"])
    begin(olga, make_quiz(room.book, item, slug="asks"), noon)

    files = unpacked(olga, noon + timedelta(minutes=1))

    assert [one["answer"] for one in rows_of(files, "review")] == [None, None]
    assert '<td dir="auto">said' not in files["cards-0001.html"].decode()


def test_questions_of_an_open_attempt_are_not_told_before_their_page_shows_them(olga, room, noon):
    assignment = given(room, noon, is_forward_only=True)
    sit(olga, assignment, noon)

    files = unpacked(olga, noon)

    assert {one["revision.stem"] for one in rows_of(files, "served")} == {None}
    assert "told-essay" not in b"".join(files.values()).decode(errors="replace")


def test_the_pages_show_it_to_people_and_ask_nothing_of_the_network(olga, room, noon):
    sit_and_mark(olga, given(room, noon), olga, noon)
    Response.objects.filter(served__revision__kind="essay").update(answer={"text": "<b>I & you"})

    files = unpacked(olga, noon)
    pages = {name: data.decode() for name, data in files.items() if name.endswith(".html")}

    assert {"index.html", "cards-0001.html", "attempts-0001.html", "told.html"} <= set(pages)
    assert "olga@example.org" in pages["index.html"]
    assert "My note." in pages["cards-0001.html"]
    assert "flashcard, typed" in pages["cards-0001.html"]
    assert "&lt;b&gt;I &amp; you" in pages["attempts-0001.html"]
    assert "Half of it." in pages["attempts-0001.html"]
    assert "A quiz opens." in pages["told.html"]
    assert any("The book hers" in page for name, page in pages.items() if name.startswith("books"))
    assert not [name for name, page in pages.items() if "//" in page or "<script" in page]
    [picture] = [name for name in files if name.startswith("pictures/")]
    assert files[picture].startswith(b"\x89PNG")
    linked = {name for name in files if f'href="{name}"' in pages["index.html"]}
    assert set(pages) - {"index.html"} <= linked


def test_the_readme_names_each_table_and_what_is_left_out(olga, noon):
    readme = unpacked(olga, noon)["README.txt"].decode()

    for possession in possessing.exported():
        assert f"\n{tabulating.name_of(possession)}: {possession.says}" in readme
        for column in possession.left_out:
            assert f"without {column}:" in readme


def test_a_log_of_many_portions_is_whole(olga, room, noon, monkeypatch):
    monkeypatch.setattr(tabulating, "PORTION", 3)
    monkeypatch.setattr(cards, "CARDS", 1)
    item = room.book.items.get(slug="item-2")
    for days in range(10):
        rate(olga, item, GOOD, noon + timedelta(days=days))

    files = unpacked(olga, noon + timedelta(days=20))

    assert len(rows_of(files, "review")) == Review.objects.filter(learner=olga).count() == 12
    assert [name for name in sorted(files) if name.startswith("cards-")] == [
        f"cards-{number:04}.html" for number in range(1, Card.objects.count() + 1)
    ]
    assert readable.count(olga) == sum(
        (
            Card.objects.count(),
            Review.objects.count(),
            Served.objects.count(),
            Book.objects.get(owner=olga).items.count(),
        )
    )


def test_the_job_killed_and_run_again_makes_the_same_file(olga, noon):
    export, _ = handing_over.ask(olga, Export.Kind.PERSON, noon)
    at = noon.isoformat()
    jobs.write_export.func(export.pk, at)
    once = handing_over.path(export).read_bytes()
    Export.objects.update(finished_at=None, rows_written=7)

    jobs.write_export.func(export.pk, at)

    assert handing_over.path(export).read_bytes() == once
    Export.objects.all().delete()
    assert jobs.write_export.func(export.pk, at) == 0


def test_a_guest_takes_away_what_a_guest_has(room, noon):
    guest = guesting.begin(noon)
    rate(guest, room.book.items.get(slug="item-0"), GOOD, noon)

    files = unpacked(guest, noon)

    assert len(rows_of(files, "review")) == 1
    assert guest.username not in files["index.html"].decode()
    assert not Attempt.objects.exists()
