"""The people of a class: lists, slips, invitations by mail, and who is looked for."""

import re
from html import unescape

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes import jobs
from quizzes.people import enlisting
from quizzes.people.models import Enrollment, Invitation, User
from quizzes.people.models.classrooms import listed
from quizzes.people.rolls import Fault, Line
from quizzes.web import class_forms, rosters
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

ROLL = "Name;E-mail\nOlga Baer;\nVera Lem;vera@example.org\nAnna;anna@nowhere\n"


@pytest.fixture
def page(client, company, classroom):
    client.force_login(company["instructor"])
    return lambda part="": f"/classes/{classroom.uid}/{part}"


def seen(answer):
    """What the preview asks to be sent back."""
    found = re.search(r'name="seen" value="([0-9a-f]+)"', answer.text)
    assert found
    return found[1]


def add(client, page, roll):
    """Both steps: looked at, and added."""
    preview = client.post(page("roster/"), {"text": roll})
    return client.post(page("roster/"), {"text": roll, "seen": seen(preview)})


def sent_back(answer):
    """What a browser sends of the box in a preview: each line end as two letters."""
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", answer.text, re.DOTALL)
    assert found
    return re.sub(r"\r\n?|\n", "\r\n", unescape(found[1]))


def test_a_list_is_looked_at_before_anything_is_written(client, page, classroom):
    before = (User.objects.count(), Enrollment.objects.count(), Invitation.objects.count())

    told = text(client.post(page("roster/"), {"text": ROLL}))

    assert "2 students, 1 by invitation" in told
    assert "Line 4: This is no e-mail address." in told
    assert before == (User.objects.count(), Enrollment.objects.count(), Invitation.objects.count())


def test_what_was_looked_at_is_added_and_letters_go_out(client, page, classroom, monkeypatch):
    letters: list[list[list[str]]] = []
    monkeypatch.setattr(type(jobs.send_letters), "enqueue", lambda task, sent: letters.append(sent))

    answer = add(client, page, ROLL)

    assert answer["Location"] == page("slips/")
    place = classroom.enrollments.get(user__display_name="Olga Baer")
    assert place.user.issued_by == classroom
    assert jobs.send_letters.func(letters[0]) == 1
    [letter] = mail.outbox
    assert letter.to == ["vera@example.org"]
    assert Invitation.objects.get().secret in letter.body


def test_another_text_than_the_one_looked_at_is_looked_at_first(client, page):
    preview = client.post(page("roster/"), {"text": ROLL})
    other = client.post(page("roster/"), {"text": "Somebody else", "seen": seen(preview)})

    assert other.status_code == 200
    assert not User.objects.filter(display_name="Somebody else").exists()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_that_was_looked_at_is_added_at_the_first_press(
    client, page, classroom, end, encoding
):
    roll = "Name\nZoë Łęcka\n".replace("Łęcka", "Löw" if encoding == "cp1252" else "Łęcka")
    sheet = SimpleUploadedFile("class.csv", roll.replace("\n", end).encode(encoding))

    preview = client.post(page("roster/"), {"file": sheet})
    added = client.post(page("roster/"), {"text": sent_back(preview), "seen": seen(preview)})

    assert ("read as Windows-1252" in text(preview)) == (encoding == "cp1252")
    assert added["Location"] == page("slips/")
    assert classroom.enrollments.filter(user__display_name=roll.split("\n")[1]).exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"PK\x03\x04", "a workbook"), (b"\x89PNG\0", "no text"), (b"x" * 200_001, "larger")],
)
def test_a_file_that_is_none_is_told(client, page, content, said):
    answer = client.post(page("roster/"), {"file": SimpleUploadedFile("class.csv", content)})

    assert answer.status_code == 422
    assert said in text(answer)


def test_two_of_one_name_come_in_by_their_numbers_and_nobody_comes_twice(client, page, classroom):
    roll = "Name;Student number\nAnna Weiss;17\nAnna Weiss;23\n"
    assert "Anna Weiss (23)" in text(client.post(page("roster/"), {"text": roll}))

    add(client, page, roll)
    again = text(client.post(page("roster/"), {"text": roll}))

    assert classroom.enrollments.filter(user__display_name__startswith="Anna Weiss (").count() == 2
    assert "In the class or invited already" in again
    assert "2 lines name people who are in the class or invited already." in again
    assert "No line is somebody new." in again


def test_a_list_that_comes_again_gives_numbers_to_whom_it_finds_and_tells_what_conflicts(
    client, page, classroom, company
):
    add(client, page, "Name;Student number\nOlga Baer;\nVera Lem;=4+1\n")
    roll = "Name;Student number\nOlga Baer;0017\nMara;=4+1\n"

    told = text(client.post(page("roster/"), {"text": roll}))
    assert "0 students" in told
    assert "Olga Baer gets the student number" in told
    assert "Line 3: Student number: in the class it is that of Vera Lem." in told
    assert "Keep 1 student number" in told
    assert add(client, page, roll)["Location"] == page("people/")

    place = classroom.enrollments.get(student_number="0017")
    assert place.user.name == "Olga Baer"
    assert not User.objects.filter(display_name="Mara").exists()
    assert "Olga Baer 0017" in text(client.get(page("people/?q=001")))
    assert "Student number 0017." in text(client.get(page(f"progress/{place.pk}/")))
    hidden = text(client.get(page(f"progress/{place.pk}/?names=off")))
    assert "0017" not in hidden
    client.force_login(company["student"])
    assert "0017" not in client.get(page()).text


def test_who_came_since_a_list_was_looked_at_is_looked_at_before_they_get_a_number(
    client, page, classroom
):
    roll = "Name;Student number\nOlga Baer;0017\n"
    looked_at = seen(client.post(page("roster/"), {"text": roll}))
    add(client, page, "Olga Baer")

    again = client.post(page("roster/"), {"text": roll, "seen": looked_at})

    assert "Olga Baer gets the student number" in text(again)
    assert not classroom.enrollments.filter(student_number="0017").exists()
    client.post(page("roster/"), {"text": roll, "seen": seen(again)})
    assert classroom.enrollments.get(student_number="0017").user.name == "Olga Baer"


def test_the_page_tells_why_a_line_becomes_nobody_whatever_the_reason():
    assert set(rosters.FAULTS) == set(Fault)


def test_a_number_is_changed_on_the_page_of_its_student(client, page, classroom, company):
    add(client, page, "Name;Student number\nOlga Baer;17\nVera Lem;a4\n")
    olga, vera = (classroom.enrollments.get(student_number=one) for one in ("17", "a4"))
    url = page(f"people/{olga.pk}/number/")

    for typed, said in (("A4", "Vera Lem has this number."), ("1" * 33, "at most 32 characters")):
        taken = client.post(url, {"student_number": typed})
        assert taken.status_code == 422
        assert said in text(taken)
        assert f'value="{typed}"' in taken.text
    assert client.post(url, {"student_number": " 0018 "})["Location"] == page(f"people/{olga.pk}/")
    client.post(page(f"people/{vera.pk}/number/"), {"student_number": ""})

    numbers = classroom.enrollments.exclude(student_number="").values_list("student_number")
    assert list(numbers) == [("0018",)]
    log = text(client.get(page("audit/")))
    assert "The student number of Olga Baer is changed." in log
    assert "0018" not in log
    teacher = classroom.enrollments.get(user=company["assistant"])
    none = client.post(page(f"people/{teacher.pk}/number/"), {"student_number": "5"})
    assert none.status_code == 409
    assert "number/" not in client.get(page(f"people/{teacher.pk}/")).text
    olga.role = Enrollment.Role.ASSISTANT
    olga.save(update_fields=["role"])
    assert f'action="{url}"' in client.get(page(f"people/{olga.pk}/")).text
    assert client.post(url, {"student_number": ""})["Location"] == page(f"people/{olga.pk}/")


def test_an_invitation_stands_on_the_page_until_it_is_withdrawn(client, page, classroom):
    client.post(page("invitations/"), {"name": "Olga", "role": "assistant"})
    invitation = Invitation.objects.get()
    assert (
        f"http://testserver/invitations/{invitation.secret}/"
        in client.get(page("invitations/")).text
    )

    client.post(page(f"invitations/{invitation.pk}/withdraw/"))

    assert invitation.secret not in client.get(page("invitations/")).text
    again = client.post(page(f"invitations/{invitation.pk}/withdraw/"))
    assert again.status_code == 409


def test_people_are_found_by_name_and_by_what_they_are(client, page, company, classroom, noon):
    lines = [Line(n, f"Student {n:03}") for n in range(60)]
    enlisting.enlist(classroom, company["instructor"], lines, noon)

    assert "64 people" in text(client.get(page("people/")))
    assert "Student 055" in text(client.get(page("people/?q=055")))
    assert "Student 000" not in text(client.get(page("people/?q=055")))
    assert "1 of 2" in text(client.get(page("people/?show=students")))
    assert "2 people" in text(client.get(page("people/?show=staff")))
    number = classroom.enrollments.get(user__display_name="Student 055").pk
    client.post(page(f"people/{number}/remove/"))
    assert "Student 055" in text(client.get(page("people/?show=former")))
    client.post(page(f"people/{number}/return/"))
    assert "Nobody has left the class." in text(client.get(page("people/?show=former")))


@pytest.mark.parametrize("part", ["people/", "invitations/", "slips/", "audit/", "announcements/"])
def test_a_page_takes_as_many_queries_for_a_hundred_as_for_one(
    client, page, company, classroom, noon, part
):
    counts = []
    for size in (1, 10, 100):
        lines = [Line(n, f"{size} {n}") for n in range(size)]
        lines += [Line(n, "", f"{size}.{n}@example.org") for n in range(size)]
        enlisting.enlist(classroom, company["instructor"], lines, noon)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page(part)).status_code == 200
        counts.append(len(captured))

    assert counts == [counts[0]] * 3
    assert counts[0] <= 9


def test_people_stand_in_one_order_wherever_they_are_listed(company, classroom, noon):
    names = ["Anna", "boris", "Student 2", "Student 10"]
    classroom.enrollments.students().delete()
    for number, name in enumerate([names[3], names[0], names[2], names[1]]):
        user = User.objects.create_user(f"s{number}", display_name=name)
        classroom.enrollments.create(user=user, joined_at=noon)

    heirs = class_forms.heirs(classroom, company["instructor"]).filter(role="student")

    assert [one.user.name for one in heirs] == names
    assert [one.user.name for one in classroom.enrollments.students().by_name()] == names
    assert sorted([names[3], *names[:3]], key=listed) == names


def test_a_class_is_handed_over_and_left(client, page, company, classroom):
    to = classroom.enrollments.get(user=company["assistant"])

    client.post(page("hand-over/"), {"to": to.pk, "stays": "no"})

    assert Enrollment.objects.get(pk=to.pk).role == "instructor"
    assert client.get(page()).status_code == 404
    client.force_login(company["student"])
    client.post(page("leave/"))
    assert client.get(page()).status_code == 404
