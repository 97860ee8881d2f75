"""Student numbers: each of one place in a class, found again by every list that bears it."""

from contextlib import suppress
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from quizzes.people import (
    auditing,
    enlisting,
    inviting,
    joining,
    numbering,
    placing,
    recognizing,
    rolls,
    transcribing,
)
from quizzes.people.models import Enrollment, Invitation, User
from quizzes.people.numbering import NumberTaken, OnlyStudentsAreNumbered
from quizzes.people.rolls import Fault, Line, Somebody

OLGA = Somebody("Olga Baer", frozenset({"olga@example.org"}), "A17", place=1)
VERA = Somebody("Vera Lem", frozenset({"vera@example.org"}), place=2)
INVITED = Somebody("Eva", frozenset({"eva@example.org"}), invitation=3)
GONE = Somebody("Mara", student_number="4", has_left=True)
TEACHER = Somebody("Anna Weiss")


@pytest.mark.parametrize(
    ("line", "found", "fault"),
    [
        ("Olga Baer;a17;", OLGA, Fault.KNOWN),
        ("Baer, Olga;A17;OLGA@example.org", OLGA, Fault.KNOWN),
        ("Boris;A17;", OLGA, Fault.OTHER_NAME),
        (";A17;boris@example.org", OLGA, Fault.OTHER_NAME),
        ("Olga Baer;18;", OLGA, Fault.OTHER_NUMBER),
        ("Olga;18;olga@example.org", OLGA, Fault.OTHER_NUMBER),
        ("olga baer;;", OLGA, Fault.NAMESAKE),
        ("Olga;;olga@example.org", OLGA, Fault.KNOWN),
        ("Olga Baer;18;another@example.org", None, None),
        ("vera lem;5;", VERA, None),
        ("V.;5;Vera@example.org", VERA, None),
        ("Eva;6;eva@example.org", INVITED, None),
        ("Mara;4;", GONE, Fault.LEFT),
        ("Mara;;", None, None),
        ("Anna Weiss;7;", TEACHER, Fault.NAMESAKE),
        ("Boris;8;", None, None),
    ],
)
def test_a_number_says_more_than_an_address_and_that_more_than_a_name(line, found, fault):
    lines = transcribing.lines(f"Name;Student number;E-mail\n{line}")

    [told] = recognizing.recognized(lines, [OLGA, VERA, INVITED, GONE, TEACHER])

    assert (told.found, told.fault) == (found, fault)


def test_of_two_who_bear_the_name_of_one_in_the_class_neither_gets_a_number_by_it():
    known = [Somebody("Anna Weiss", place=1), Somebody("Anna Weiss (3)", place=2)]
    roll = "Name;Student number\nAnna Weiss;17\nAnna Weiss;23\nAnna Weiss;3"

    told = recognizing.recognized(transcribing.lines(roll), known)

    assert [line.fault for line in told] == [Fault.NAMESAKE, Fault.NAMESAKE, None]
    assert [line.found for line in rolls.numbered(told)] == [known[1]]


@pytest.mark.parametrize("second", ["E. Gold;A2;eva@example.org", "Eva Gold;A2;gold@example.org"])
def test_of_two_lines_that_find_one_person_the_first_gives_the_number(second):
    eva = Somebody("Eva", frozenset({"eva@example.org", "gold@example.org"}), place=1)
    first = "Eva;A1;" if second.startswith("E. ") else "E. Gold;A1;eva@example.org"
    roll = f"Name;Student number;E-mail\n{first}\n{second}\nVera;A3;"

    told = recognizing.recognized(transcribing.lines(roll), [eva])

    assert [line.fault for line in told] == [None, Fault.SAME_PERSON, None]
    assert rolls.at_fault(told) == [told[1]]


@pytest.fixture
def enlist(company, classroom, noon):
    """What a list comes to, and what it does."""

    def enlisted(*people):
        roll = "\n".join(["Name;Student number;E-mail", *people])
        known = enlisting.known(classroom, noon)
        told = recognizing.recognized(transcribing.lines(roll), known)
        enlisting.enlist(classroom, company["instructor"], rolls.good(told), noon)
        return [line.fault for line in told]

    return enlisted


def numbers(classroom):
    rows = classroom.enrollments.exclude(student_number="").order_by("student_number")
    return {one.student_number: one.user.name for one in rows.select_related("user")}


def test_a_list_that_comes_again_finds_everybody_and_nobody_twice(enlist, classroom, noon):
    roll = ("Olga Baer;17;", "Vera Lem;18;vera@example.org")
    assert enlist("Olga Baer;;", "Vera Lem;;vera@example.org") == [None, None]
    before = (Enrollment.objects.count(), Invitation.objects.count())

    assert enlist(*roll) == [None, None]
    assert enlist(*roll) == [Fault.KNOWN, Fault.KNOWN]

    assert before == (Enrollment.objects.count(), Invitation.objects.count())
    assert numbers(classroom) == {"17": "Olga Baer"}
    assert Invitation.objects.get().student_number == "18"
    said = auditing.in_class(classroom).filter(act=numbering.ACT)
    assert [one.text for one in said] == ["2 student numbers are taken from a list."]


def test_a_number_comes_with_its_invitation_unless_another_has_it(enlist, company, classroom, noon):
    enlist("S;7;s@example.org", "T;8;t@example.org")
    first, second = Invitation.objects.order_by("pk")
    numbering.number(
        classroom.enrollments.get(user=company["classmate"]), company["instructor"], "8", noon
    )

    places = [
        inviting.accept(one, company[name], noon)
        for one, name in ((first, "stranger"), (second, "student"))
    ]

    assert [place.student_number for place in places] == ["7", ""]


def test_no_two_of_a_class_have_one_number_and_another_class_may(company, classroom, noon):
    student, classmate = (
        classroom.enrollments.get(user=company[name]) for name in ("student", "classmate")
    )
    numbering.number(student, company["instructor"], "a17", noon)
    elsewhere = joining.open_classroom(company["stranger"], classroom.book, "Other", noon)
    other = joining.enroll(elsewhere, company["student"], noon)

    assert other.student_number == ""
    numbering.number(other, company["stranger"], "A17", noon)
    with pytest.raises(NumberTaken, match="has this number"):
        numbering.number(classmate, company["instructor"], "A17", noon)
    with pytest.raises(NumberTaken):
        enlisting.enlist(
            classroom, company["instructor"], [Line(1, "Boris", student_number="A17")], noon
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrollment.objects.filter(pk=classmate.pk).update(student_number="A17")
    with pytest.raises(OnlyStudentsAreNumbered):
        numbering.number(
            classroom.enrollments.get(role="assistant"), company["instructor"], "1", noon
        )


def test_a_number_stays_with_who_leaves_and_is_there_when_they_return(
    enlist, company, classroom, noon
):
    enlist("Olga Baer;17;")
    place, instructor = classroom.enrollments.get(student_number="17"), company["instructor"]
    placing.remove(place, instructor, noon)

    assert enlist("Olga Baer;17;") == [Fault.LEFT]
    with pytest.raises(NumberTaken, match="who left the class"):
        numbering.number(classroom.enrollments.get(user=company["student"]), instructor, "17", noon)
    placing.take_back(place, instructor, noon)

    assert enlist("Olga Baer;17;") == [Fault.KNOWN]
    assert numbers(classroom) == {"17": "Olga Baer"}


def test_an_invitation_that_a_list_numbers_while_it_is_accepted_brings_the_number(
    enlist, company, noon
):
    enlist("Vera Lem;;vera@example.org")
    opened = Invitation.objects.get()
    enlist("Vera Lem;18;vera@example.org")

    assert inviting.accept(opened, company["stranger"], noon).student_number == "18"


def test_who_closes_their_account_gets_no_number(company, classroom, noon):
    place = classroom.enrollments.get(user=company["student"])
    number = partial(numbering.number, place, company["instructor"], at=noon)
    number("17")
    User.objects.filter(pk=place.user_id).update(erasure_asked_at=noon)

    with pytest.raises(OnlyStudentsAreNumbered, match="closed their account"):
        number("18")
    assert number("").student_number == ""


def test_who_is_no_student_any_more_can_have_the_number_taken_away(company, classroom, noon):
    student, classmate = (
        classroom.enrollments.get(user=company[name]) for name in ("student", "classmate")
    )
    numbering.number(student, company["instructor"], "17", noon)
    placing.change_role(student, company["instructor"], Enrollment.Role.ASSISTANT, noon)

    with pytest.raises(OnlyStudentsAreNumbered):
        numbering.number(student, company["instructor"], "18", noon)
    numbering.number(student, company["instructor"], "", noon)
    numbering.number(classmate, company["instructor"], "17", noon)

    assert numbers(classroom) == {"17": "classmate"}


def test_letters_that_are_one_to_the_constraint_are_one_to_the_verb(company, classroom, noon):
    """PostgreSQL has K, the sign of kelvin, in small letters as k, and k in capitals as K."""
    kelvin, small = "\N{KELVIN SIGN}17", "k17"
    student, classmate = (
        classroom.enrollments.get(user=company[name]) for name in ("student", "classmate")
    )
    numbering.number(student, company["instructor"], kelvin, noon)

    with suppress(NumberTaken):
        numbering.number(classmate, company["instructor"], small, noon)

    assert numbering.holder(classroom, kelvin) == student
    kept = classroom.enrollments.exclude(student_number="").count()
    assert kept == (1 if numbering.holder(classroom, small) == student else 2)
