"""Accommodations: more time for a student, never less, and for students alone."""

import pytest

from quizzes.people import accommodating, auditing
from quizzes.people.accommodating import OnlyStudentsAreAccommodated, OutOfBounds
from quizzes.people.models import Enrollment


@pytest.fixture
def place(company, classroom):
    return classroom.enrollments.get(user=company["student"])


def test_a_student_keeps_what_is_given(place):
    accommodating.accommodate(place, time_percent=150, extra_days=2, has_no_limit=False)

    stored = Enrollment.objects.get(pk=place.pk)
    assert (stored.time_percent, stored.extra_days, stored.has_no_limit) == (150, 2, False)


@pytest.mark.parametrize(("percent", "days"), [(99, 0), (1_001, 0), (100, -1), (100, 366)])
def test_time_is_never_taken_nor_given_without_end(place, percent, days):
    with pytest.raises(OutOfBounds):
        accommodating.accommodate(place, time_percent=percent, extra_days=days, has_no_limit=False)

    assert Enrollment.objects.get(pk=place.pk).time_percent == 100


def test_who_granted_it_is_written_down_and_the_student_is_told_once(
    company, classroom, place, noon
):
    for _twice in range(2):
        accommodating.grant(
            place, company["assistant"], noon, time_percent=150, extra_days=2, has_no_limit=False
        )

    assert Enrollment.objects.get(pk=place.pk).time_percent == 150
    assert [line.actor for line in auditing.in_class(classroom)] == [company["assistant"]] * 2
    [told] = company["student"].notices.values_list("text", flat=True)
    assert told.startswith("Ours: your extra time is changed.")


@pytest.mark.parametrize("name", ["instructor", "assistant"])
def test_who_teaches_gets_no_more_time(company, classroom, name):
    place = classroom.enrollments.get(user=company[name])

    with pytest.raises(OnlyStudentsAreAccommodated):
        accommodating.accommodate(place, time_percent=150, extra_days=0, has_no_limit=False)
