"""Roles, leaving and coming back: nothing is lost, and somebody always runs the class."""

import pytest

from quizzes.people import accommodating, auditing, inviting, placing, running
from quizzes.people.admitting import NoMorePeople
from quizzes.people.inviting import NotStanding, Offer
from quizzes.people.models import Classroom, Enrollment
from quizzes.people.placing import NoInstructor, NotTheirs

Role = Enrollment.Role


@pytest.fixture
def places(company, classroom):
    """Everybody's place in the class, by who they are."""
    return {place.user.username: place for place in classroom.enrollments.select_related("user")}


def role(place):
    return Enrollment.objects.get(pk=place.pk).role


def test_who_is_removed_keeps_the_row_and_loses_the_class(company, classroom, places, noon):
    place = places["student"]
    accommodating.accommodate(place, time_percent=150, extra_days=2, has_no_limit=True)

    placing.remove(place, company["instructor"], noon)

    stored = Enrollment.objects.get(pk=place.pk)
    assert (stored.role, stored.time_percent, stored.extra_days) == (Role.FORMER, 150, 2)
    assert not Classroom.objects.visible_to(company["student"]).exists()
    assert not Classroom.objects.studied_by(company["student"]).exists()


def test_who_was_removed_is_taken_back_with_what_they_had(company, places, noon):
    place = places["student"]
    accommodating.accommodate(place, time_percent=150, extra_days=0, has_no_limit=False)
    placing.remove(place, company["instructor"], noon)

    placing.take_back(place, company["instructor"], noon)

    assert (role(place), Enrollment.objects.get(pk=place.pk).time_percent) == (Role.STUDENT, 150)
    with pytest.raises(NotTheirs):
        placing.take_back(place, company["instructor"], noon)


def test_nobody_is_taken_back_into_a_class_of_the_past(company, classroom, places, noon):
    placing.remove(places["student"], company["instructor"], noon)
    running.archive(classroom, company["instructor"], noon)

    with pytest.raises(NoMorePeople):
        placing.take_back(places["student"], company["instructor"], noon)


def test_roles_are_changed_and_the_last_instructor_stays(company, places, noon):
    instructor, assistant = places["instructor"], places["assistant"]

    for refused in (
        lambda: placing.change_role(instructor, company["instructor"], Role.STUDENT, noon),
        lambda: placing.remove(instructor, company["instructor"], noon),
        lambda: placing.leave(instructor, noon),
    ):
        with pytest.raises(NoInstructor):
            refused()
        assert role(instructor) == Role.INSTRUCTOR

    placing.change_role(assistant, company["instructor"], Role.INSTRUCTOR, noon)
    placing.leave(instructor, noon)
    assert (role(instructor), role(assistant)) == (Role.FORMER, Role.INSTRUCTOR)


def test_a_role_is_for_those_in_the_class_and_leaving_is_no_role(company, places, noon):
    with pytest.raises(NotTheirs):
        placing.change_role(places["student"], company["instructor"], Role.FORMER, noon)
    placing.remove(places["student"], company["instructor"], noon)
    with pytest.raises(NotTheirs):
        placing.change_role(places["student"], company["instructor"], Role.ASSISTANT, noon)


@pytest.mark.parametrize(("stays", "becomes"), [(True, Role.ASSISTANT), (False, Role.FORMER)])
def test_a_class_is_handed_over(places, noon, stays, becomes):
    placing.hand_over(places["instructor"], places["assistant"], noon, stays=stays)

    assert (role(places["assistant"]), role(places["instructor"])) == (Role.INSTRUCTOR, becomes)


def test_only_an_instructor_hands_over_and_only_within_the_class(company, places, noon):
    elsewhere = Enrollment.objects.get(user=company["colleague"])

    for mine, to in (("assistant", places["student"]), ("instructor", elsewhere)):
        with pytest.raises(NotTheirs):
            placing.hand_over(places[mine], to, noon, stays=True)


def test_each_of_these_is_written_down(company, classroom, places, noon):
    placing.change_role(places["student"], company["instructor"], Role.ASSISTANT, noon)
    placing.remove(places["student"], company["instructor"], noon)
    placing.take_back(places["student"], company["instructor"], noon)
    placing.leave(places["student"], noon)
    placing.hand_over(places["instructor"], places["assistant"], noon, stays=True)
    running.archive(classroom, company["assistant"], noon)
    running.unarchive(classroom, company["assistant"], noon)

    acts = [line.act for line in auditing.in_class(classroom)]
    assert acts[::-1] == [
        "change-role",
        "remove",
        "take-back",
        "leave",
        "hand-over",
        "archive",
        "unarchive",
    ]


@pytest.mark.parametrize("how", ["hands over", "is removed"])
def test_who_runs_a_class_no_more_comes_back_by_no_invitation_of_their_own(
    company, classroom, places, noon, how
):
    instructor, heir = company["instructor"], places["assistant"]
    offers = [Offer("Me again", role=role) for role in (Role.INSTRUCTOR, Role.STUDENT)]
    back, student = inviting.invite(classroom, instructor, offers, noon)
    if how == "hands over":
        placing.hand_over(places["instructor"], heir, noon, stays=False)
    else:
        placing.change_role(heir, instructor, Role.INSTRUCTOR, noon)
        placing.remove(places["instructor"], heir.user, noon)

    with pytest.raises(NotStanding):
        inviting.accept(back, instructor, noon)

    assert inviting.accept(student, instructor, noon).role == Role.STUDENT
