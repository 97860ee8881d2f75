"""The way into a class: its code, from when to when it lets people in, and invitations."""

from datetime import timedelta
from math import log2

import pytest

from quizzes.people import accommodating, admitting, inviting, joining, placing, running
from quizzes.people.admitting import ALPHABET, NoMorePeople
from quizzes.people.inviting import NotStanding, Offer, OnlyInstructorsInviteStaff
from quizzes.people.joining import GuestsStayOutside
from quizzes.people.models import AuditLine, Classroom, Enrollment

DAY = timedelta(days=1)
Role = Enrollment.Role


@pytest.fixture
def opened(company, classroom, noon):
    """The class, whose code lets people in."""
    return admitting.open_door(classroom, company["instructor"], noon)


@pytest.fixture
def place(company, classroom):
    return classroom.enrollments.get(user=company["student"])


def test_a_code_is_of_31_symbols_that_do_not_look_alike():
    codes = {admitting.draw_code() for _one in range(500)}

    assert len(codes) == 500
    assert len(set(ALPHABET)) == 31
    assert not set("ILO01") & set(ALPHABET)
    assert all(len(code) >= 10 and set(code) <= set(ALPHABET) for code in codes)
    assert 10 * log2(31) > 49


def test_a_code_is_typed_as_it_is_read(opened):
    code = opened.join_code

    assert admitting.grouped(code).replace("-", "") == code
    assert admitting.normalized(f" {admitting.grouped(code).lower()} ") == code


def test_an_account_joins_a_new_class_by_its_code(company, classroom, noon):
    room = joining.open_classroom(company["staff"], classroom.book, "New", noon)

    place = joining.join(room, room.join_code or "", company["stranger"], noon)

    assert (place.role, place.classroom) == (Role.STUDENT, room)


def test_a_guest_joins_no_class(company, opened, noon):
    with pytest.raises(GuestsStayOutside):
        joining.join(opened, opened.join_code, company["guest"], noon)


@pytest.mark.parametrize("how", ["closed", "expired", "rotated", "archived", "wrong"])
def test_a_code_that_lets_nobody_in_refuses(company, opened, noon, how):
    instructor, code = company["instructor"], opened.join_code
    match how:
        case "closed":
            admitting.close_door(opened, instructor, noon)
        case "expired":
            admitting.open_door(opened, instructor, noon - 2 * DAY, until=noon)
        case "rotated":
            admitting.rotate(opened, instructor, noon)
        case "archived":
            running.archive(opened, instructor, noon)
        case _:
            code = "2222222222"

    assert not Classroom.objects.joinable(noon).filter(join_code=code).exists()
    with pytest.raises(NoMorePeople):
        joining.join(opened, code, company["stranger"], noon)
    assert not opened.enrollments.filter(user=company["stranger"]).exists()


def test_a_closed_class_is_opened_again_with_its_code(company, opened, noon):
    code = opened.join_code
    admitting.close_door(opened, company["instructor"], noon)

    admitting.open_door(opened, company["instructor"], noon, until=noon + DAY)

    assert Classroom.objects.joinable(noon + DAY / 2).get(join_code=code) == opened
    assert not Classroom.objects.joinable(noon + DAY).filter(join_code=code).exists()


def test_joining_again_brings_back_all_that_was_kept(company, opened, place, noon):
    accommodating.accommodate(place, time_percent=150, extra_days=2, has_no_limit=False)
    placing.remove(place, company["instructor"], noon)

    again = joining.join(opened, opened.join_code, company["student"], noon)

    assert (again.pk, again.role, again.time_percent) == (place.pk, Role.STUDENT, 150)


def test_who_teaches_a_class_is_no_student_by_its_code(company, opened, noon):
    assert joining.join(opened, opened.join_code, company["assistant"], noon).role == Role.ASSISTANT


def test_an_invitation_is_taken_up_once(company, classroom, noon):
    offers = [Offer("Olga", role=Role.ASSISTANT)]
    [invitation] = inviting.invite(classroom, company["instructor"], offers, noon)

    assert len(invitation.secret) == 43
    assert inviting.accept(invitation, company["stranger"], noon).role == Role.ASSISTANT
    with pytest.raises(NotStanding):
        inviting.accept(invitation, company["staff"], noon)


def test_the_name_on_an_invitation_is_for_whoever_has_none(company, classroom, noon):
    offers = [Offer("Anna Müller"), Offer("Vera Lem"), Offer()]
    first, second, bare = inviting.invite(classroom, company["instructor"], offers, noon)
    company["staff"].display_name = "Ines"

    for invitation, who in ((first, "stranger"), (second, "staff"), (bare, "colleague")):
        inviting.accept(invitation, company[who], noon)

    names = {place.user.username: place.user.name for place in classroom.enrollments.by_name()}
    assert names["stranger"] == "Anna Müller"
    assert names["colleague"] == "colleague"
    assert company["staff"].name == "Ines"


@pytest.mark.parametrize("how", ["withdrawn", "late", "archived"])
def test_an_invitation_that_does_not_stand_leads_nowhere(company, classroom, noon, how):
    [invitation] = inviting.invite(classroom, company["instructor"], [Offer()], noon)
    at = noon
    if how == "withdrawn":
        inviting.withdraw(invitation, company["assistant"], noon)
    elif how == "late":
        at = noon + 14 * DAY
    else:
        running.archive(classroom, company["instructor"], noon)

    with pytest.raises(NotStanding):
        inviting.accept(invitation, company["stranger"], at)


def test_an_invitation_makes_a_student_an_assistant_and_nobody_less(company, classroom, noon):
    offers = [Offer(role=Role.ASSISTANT), Offer()]
    more, less = inviting.invite(classroom, company["instructor"], offers, noon)

    assert inviting.accept(more, company["student"], noon).role == Role.ASSISTANT
    assert inviting.accept(less, company["instructor"], noon).role == Role.INSTRUCTOR


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.INSTRUCTOR, Role.FORMER])
def test_an_assistant_invites_students_alone(company, classroom, noon, role):
    inviting.invite(classroom, company["assistant"], [Offer()], noon)

    with pytest.raises(OnlyInstructorsInviteStaff):
        inviting.invite(classroom, company["assistant"], [Offer(role=role)], noon)


def test_what_is_done_to_the_way_in_is_written_down(company, opened, noon):
    admitting.rotate(opened, company["assistant"], noon)
    admitting.close_door(opened, company["instructor"], noon)

    lines = AuditLine.objects.filter(classroom=opened, act="join-code")
    assert list(lines.order_by("pk").values_list("actor__username", flat=True)) == [
        "instructor",
        "assistant",
        "instructor",
    ]
