"""Erasing: no table tells who it was, nobody else's row changes, the class keeps its marks."""

import json
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.serializers import serialize
from django.db import connection, transaction
from django.test import Client
from django_tasks_db.models import DBTaskResult

from quizzes import jobs
from quizzes.assessment import attempting, recounting, rectifying, sheets
from quizzes.assessment.models import (
    Assignment,
    Attempt,
    OptionTally,
    Override,
    Quiz,
    Response,
)
from quizzes.cards import replaying
from quizzes.cards.models import Card, Review
from quizzes.content.models import Book, Media
from quizzes.exchange import erasing, handing_over, hiding, possessing
from quizzes.exchange.erasing import LeadsAClass
from quizzes.exchange.handing_over import Chunk, Content, File
from quizzes.exchange.models import Export
from quizzes.items.models import Tag
from quizzes.people import auditing, guesting, joining, notifying, numbering, placing
from quizzes.people.models import AuditLine, Classroom, Enrollment, User
from tests.bookshelf import make_study_book
from tests.cards.acting import GOOD, rate
from tests.examining import answer, sit
from tests.exchange import possessed

pytestmark = pytest.mark.django_db

NAME, USERNAME, ADDRESS = "Olga Vetrova", "vetrova-o", "vetrova-o@example.org"
SECOND, NUMBER = "o.v@example.org", "k-00417-v"


class Cut(Exception):
    """The power fails."""


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"


@pytest.fixture
def room(db, noon) -> Classroom:
    instructor = User.objects.create_user("instructor")
    return joining.open_classroom(instructor, make_study_book(4), "History 214", noon)


@pytest.fixture
def olga(room, noon) -> User:
    """Somebody who has a row of everything, and whom others have named."""
    person = User.objects.create_user(USERNAME, ADDRESS, "ninety lamps", display_name=NAME)
    possessed.possess(person, room, possessed.small_book("hers"), noon)
    attempt = sat(person, room, noon)
    written_of(person, room, attempt, noon)
    handing_over.ask(person, Export.Kind.PERSON, noon)
    return person


@pytest.fixture
def vera(room, noon) -> User:
    person = User.objects.create_user("vera", "vera@example.org")
    possessed.possess(person, room, possessed.small_book("theirs"), noon)
    sat(person, room, noon)
    return person


def sat(person, room, noon) -> Attempt:
    """A sitting that was marked, marked by hand and regraded."""
    instructor = User.objects.get(username="instructor")
    given = Assignment.objects.filter(classroom=room).first() or possessed.given(room, noon)
    attempt = possessed.sit_and_mark(person, given, instructor, noon)
    possessed.mark_otherwise(attempt, instructor, noon)
    return attempt


def written_of(person, room, attempt, noon) -> None:
    """The name in the words of others, of the site, and in an essay of one's own."""
    instructor = User.objects.get(username="instructor")
    auditing.note(instructor, "remove", room.uid, f"{NAME} is taken back.", noon, room)
    notifying.tell([instructor.pk], f"{NAME} reported an error.", "/reports/", noon)
    room.announcements.create(
        author=instructor, title=f"For {NAME}", text="…", created_at=noon,
        edited_at=noon, edited_by=person,
    )  # fmt: skip
    Override.objects.filter(learner=person).update(reason=f"Agreed with {ADDRESS}.")
    jobs.send_letters.enqueue([[ADDRESS, "Come in", f"Dear {NAME}"]])
    EmailAddress.objects.create(user=person, email=SECOND)
    elsewhere = joining.open_classroom(User.objects.create_user("x"), room.book, "Other", noon)
    elsewhere.invitations.create(
        secret="s", name=NAME, email=ADDRESS, made_by=instructor, created_at=noon, expires_at=noon,
        student_number=NUMBER,
    )  # fmt: skip
    room.invitations.create(
        secret="again", student_number=NUMBER.upper(), created_at=noon, expires_at=noon
    )
    numbering.number(room.enrollments.get(user=person), instructor, NUMBER, noon)
    auditing.note(instructor, "change-quiz", room.uid, f"{NAME} asked for it.", noon)
    over = jobs.purge_packs.enqueue(noon.isoformat())
    DBTaskResult.objects.filter(pk=over.id).update(finished_at=noon, traceback=f"Key ({SECOND})")
    essay = Response.objects.filter(served__attempt=attempt, served__revision__kind="essay")
    essay.update(answer={"text": f"An essay by {NAME.upper()}, {USERNAME}"})


def traces() -> list[tuple[str, str]]:
    """Every table in which the name or the address stands, whatever column it is in."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                told = json.dumps(row, default=str, ensure_ascii=False).casefold()
                found += [
                    (table, word)
                    for word in (NAME, USERNAME, SECOND, NUMBER)
                    if word.casefold() in told
                ]
    return found


def rows_of(person) -> str:
    """All rows that lead to somebody, as text."""
    every = [possessing.rows(one, person).order_by("pk") for one in possessing.exported()]
    return "\n".join(serialize("json", rows) for rows in every)


def differences() -> set[str]:
    """What `verify` finds in quizzes; no learner has any."""
    assert not [found for one in User.objects.all() for found in replaying.differences(one)]
    quizzes = Quiz.objects.all()
    return {str(found) for one in quizzes for found in recounting.differing(one)} | {
        str(found) for one in quizzes for found in rectifying.recount_all(one)
    }


def erase(person, at):
    erasing.ask(person, at)
    person.refresh_from_db()
    erasing.erase(person, at)


def test_no_table_no_file_and_no_log_tells_who_it_was(
    olga, vera, room, noon, caplog, settings, django_capture_on_commit_callbacks
):
    assert len({table for table, _word in traces()}) > 10
    pictures, hers, odd = Media.objects.filter(book__owner=olga), rows_of(vera), differences()
    assert pictures.exists()
    export = Export.objects.get(owner=olga)
    handing_over.write(export, Content(0, iter([File(f"{NAME}.txt", [Chunk(b"x")])])), noon)
    instructor = User.objects.get(username="instructor")
    of_the_class = handing_over.ask(instructor, Export.Kind.CLASSROOM, noon, room).export
    handing_over.write(of_the_class, Content(0, iter([File("names.csv", [Chunk(b"x")])])), noon)
    waiting = handing_over.ask(instructor, Export.Kind.PERSON, noon).export

    with django_capture_on_commit_callbacks(execute=True):
        erase(olga, noon)

    assert traces() == []
    assert not pictures.exists()
    assert rows_of(vera) == hers
    assert NAME not in caplog.text
    assert USERNAME not in caplog.text
    assert not list(Path(settings.DATA_DIR).glob("exports/*"))
    assert list(Export.objects.all()) == [waiting]
    assert (
        differences() <= odd
    )  # rows that were made by hand here are odd before, and no more after


def test_the_class_keeps_its_marks_under_a_name_that_tells_nobody(olga, room, noon):
    [attempt] = Attempt.objects.filter(learner=olga, assignment__isnull=False)
    before = (attempt.score, attempt.is_tallied, attempt.served.count())

    erase(olga, noon)

    olga.refresh_from_db()
    attempt.refresh_from_db()
    assert (attempt.score, attempt.is_tallied, attempt.served.count()) == before
    assert olga.display_name.startswith("Former member ")
    assert (olga.email, olga.is_active, olga.has_usable_password()) == ("", False, False)
    place = Enrollment.objects.get(user=olga, classroom=room)
    assert (place.role, place.time_percent) == (Enrollment.Role.FORMER, 100)
    assert room.announcements.get(edited_by=olga).author.username == "instructor"
    assert not Card.objects.filter(learner=olga).exists()
    assert not Review.objects.filter(learner=olga).exists()
    assert not Book.objects.filter(owner=olga).exists()
    assert olga.erased_at == noon


@pytest.mark.parametrize("statement", [1, 20, 60, 120, 180])
def test_cut_off_anywhere_and_run_again_it_comes_to_the_same(olga, noon, statement):
    erasing.ask(olga, noon)
    left = iter(range(statement))

    def cut(execute, *rest):
        if next(left, None) is None:
            raise Cut
        return execute(*rest)

    with pytest.raises(Cut), connection.execute_wrapper(cut), transaction.atomic():
        erasing.erase(User.objects.get(pk=olga.pk), noon)
    erasing.erase(User.objects.get(pk=olga.pk), noon)

    assert traces() == []
    assert not erasing.unfinished().exists()


def test_what_is_said_to_go_and_to_stay_is_so(olga, room, noon):
    told = erasing.going(olga)

    assert (told.cards, told.reviews, told.attempts_kept) == (
        Card.objects.filter(learner=olga).count(),
        Review.objects.filter(learner=olga).count(),
        Attempt.objects.filter(learner=olga).count(),
    )
    assert [book.slug for book in told.books] == ["hers"]
    assert told.classes == [room]
    assert not told.led_alone


def test_a_class_with_students_is_not_left_alone(olga, room, noon):
    instructor = User.objects.get(username="instructor")
    assert erasing.going(instructor).led_alone == [room]

    with pytest.raises(LeadsAClass):
        erasing.ask(instructor, noon)

    room.archived_at = noon
    room.save()
    erase(instructor, noon)
    assert not room.enrollments.instructors().exists()


def test_a_book_that_a_class_studies_stays_with_the_class(olga, noon):
    book = Book.objects.get(slug="hers")
    teacher = User.objects.create_user("teacher")
    theirs = joining.open_classroom(teacher, book, "Another", noon)
    Book.objects.filter(pk=book.pk).update(description=f"By {NAME}.")
    item = book.items.earliest("pk")
    Tag.objects.bulk_create(Tag(item=item, text=text) for text in (NAME, USERNAME))

    erase(olga, noon)

    assert theirs.book.items.exists()
    [picture] = Media.objects.filter(book=book)
    assert Path(picture.file.path).exists()
    assert item.tags.filter(text="a former member").count() == 1
    assert Book.objects.get(slug="hers").description == "By a former member."
    assert traces() == []


def test_a_guest_goes_altogether(room, noon):
    guest = guesting.begin(noon)
    rate(guest, room.book.items.first(), GOOD, noon)

    export = handing_over.ask(guest, Export.Kind.PERSON, noon).export
    handing_over.write(export, Content(0, iter([])), noon)
    erasing.ask(guest, noon)

    assert not handing_over.path(export).exists()
    assert not User.objects.filter(pk=guest.pk).exists()
    assert not Review.objects.exists()


def test_only_whole_names_are_hidden_and_an_answer_is_no_name(room, noon):
    may = User.objects.create_user("stalin", display_name="May")
    joining.enroll(room, may, noon)
    given = possessed.given(room, noon)
    attempt = answer(sit(may, given, noon), noon).attempt
    typed = Response.objects.filter(served__attempt=attempt, served__revision__kind="short_text")
    typed.update(answer={"text": "Stalin"})
    other = joining.open_classroom(User.objects.create_user("x"), room.book, "Other", noon)
    for place in (room, other):
        auditing.note(may, "note", place.uid, "May was told, and may MAY. Maybe.", noon, place)
    AuditLine.objects.filter(classroom=other).update(actor=None)

    erasing.ask(may, noon)
    hiding.hide(may)

    told = AuditLine.objects.filter(act="note").order_by("pk")
    assert [line.text for line in told] == [
        "a former member was told, and may a former member. Maybe.",
        "May was told, and may MAY. Maybe.",
    ]
    assert set(typed.values_list("answer__text", flat=True)) == {"Stalin"}


def test_an_address_that_was_an_answer_is_hidden_where_answers_are_told(room, noon):
    may = User.objects.create_user("may", ADDRESS)
    joining.enroll(room, may, noon)
    given = possessed.given(room, noon, is_graded=False)
    sheet = answer(sit(may, given, noon), noon)
    typed = Response.objects.filter(served__attempt=sheet.attempt)
    typed.filter(served__revision__kind="short_text").update(answer={"text": f"ask {ADDRESS}"})
    typed.filter(served__revision__kind="essay").delete()
    attempting.hand_in(sheets.of(sheet.attempt), noon)
    told = OptionTally.objects.filter(said__contains="ask")
    assert told.exists()

    erasing.ask(may, noon)
    erasing.erase(may, noon)

    assert {one.said for one in told} == {"ask a former member"}
    assert recounting.differing(given.quiz) == []


def test_nobody_takes_back_who_is_erased(olga, room, noon):
    erasing.ask(olga, noon)
    place = Enrollment.objects.get(user=olga, classroom=room)

    with pytest.raises(placing.NotTheirs):
        placing.take_back(place, User.objects.get(username="instructor"), noon)


def test_whom_no_job_erases_gets_one(olga, vera, noon):
    erasing.ask(olga, noon)
    erasing.ask(vera, noon)
    jobs.erase.enqueue(vera.pk, noon.isoformat())

    assert jobs.finish_erasures.func(noon.isoformat()) == 1
    assert jobs.finish_erasures.func(noon.isoformat()) == 0
    waiting = DBTaskResult.objects.filter(task_path=jobs.erase.module_path)
    assert {one.args_kwargs["args"][0] for one in waiting} == {olga.pk, vera.pk}


def test_every_browser_and_program_is_out_at_once(olga, noon):
    Authenticator.objects.all().delete()  # asked again for the password alone
    here, there = Client(), Client()
    for client in (here, there):
        client.force_login(olga)
    assert there.get("/today/").status_code == 200

    page = here.get("/settings/erase/")
    assert "Former member" in page.content.decode()
    answered = here.post("/settings/erase/", {"is_meant": "on"})
    assert answered["Location"].startswith("/accounts/reauthenticate/")
    here.post("/accounts/reauthenticate/", {"password": "ninety lamps"})
    assert here.post("/settings/erase/", {"is_meant": ""}).status_code == 422
    here.post("/settings/erase/", {"is_meant": "on"})

    for client in (here, there):
        assert client.get("/today/").status_code == 302
    signed_in = Client().post(
        "/accounts/login/", {"login": USERNAME, "password": "ninety lamps"}, follow=True
    )
    assert not signed_in.context["user"].is_authenticated
    assert possessing.jobs(olga).filter(task_path="quizzes.jobs.erase").count() == 1
