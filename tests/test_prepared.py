"""Queries whose SQL is made once find what the ORM finds, whatever they are told."""

import gc
import weakref
from collections.abc import Collection
from datetime import timedelta
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.test.utils import CaptureQueriesContext

from quizzes.cards.models import DayTally
from quizzes.people import joining
from quizzes.people.models import Classroom, Enrollment
from quizzes.prepared import counted, prepared
from tests.bookshelf import make_book
from tests.enrolling import enroll

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(django_user_model, noon):
    owner = django_user_model.objects.create_user("ivo")
    return joining.open_classroom(owner, make_book(), "History 214", noon)


@pytest.fixture
def people(room, noon):
    return [enroll(room, name, noon) for name in ("anna", "boris", "vera")]


def of_people(classroom, people):
    places = Enrollment.objects.filter(classroom=classroom, user__in=people)
    return places.select_related("user").order_by("pk")


def test_the_rows_are_those_that_the_queryset_finds(room, people):
    find = prepared(of_people)
    wanted: Collection[int]
    for wanted in ([people[0].pk], [people[2].pk], [one.pk for one in people], set(), (0, 1)):
        assert find(room.pk, wanted) == list(of_people(room.pk, wanted))
    assert find(0, [people[0].pk]) == []


def test_what_was_joined_is_read_with_them(room, people, django_assert_num_queries):
    find = prepared(of_people)
    with django_assert_num_queries(1):
        assert [one.user for one in find(room.pk, {one.pk for one in people})] == people


def test_the_sql_is_made_once_for_each_length_and_each_name(room, people):
    made: list[tuple[int, int | None]] = []

    @prepared
    def find(classroom, people, *, last=None):
        made.append((len(made), last))
        return of_people(classroom, people)[:last]

    pks = [one.pk for one in people]
    for first, second in ((0, 1), (1, 2), (2, 0)):
        found = [one.user.pk for one in find(room.pk, [pks[first], pks[second]])]
        assert found == sorted([pks[first], pks[second]])
    assert made == [(0, None)]
    assert [one.user.pk for one in find(room.pk, pks)] == pks
    assert [one.user.pk for one in find(room.pk, pks, last=1)] == pks[:1]
    assert [one.user.pk for one in find(room.pk, pks[::-1], last=1)] == pks[:1]
    assert made == [(0, None), (1, None), (2, 1)]


def test_keys_and_days_are_written_as_their_columns_have_them(room, people, noon):
    @prepared
    def by_key(uid, at):
        return Classroom.objects.filter(uid=uid, created_at__lte=at)

    assert by_key(room.uid, room.created_at) == [room]
    assert by_key(room.uid, room.created_at - timedelta(microseconds=1)) == []
    assert by_key(uuid4(), room.created_at) == []

    @prepared
    def days(learners, since):
        rows = DayTally.objects.filter(learner__in=learners).order_by("learner").values("learner")
        return rows.annotate(n=Sum("reviews", filter=Q(day__gt=since)))

    chapter, day = room.book.chapters.first(), noon.date()
    for n, one in enumerate(people, start=1):
        DayTally.objects.create(learner=one, chapter=chapter, day=day, reviews=n)
    assert [row["n"] for row in days([one.pk for one in people], day)] == [None] * 3
    before = day - timedelta(days=1)
    assert [row["n"] for row in days([one.pk for one in people], before)] == [1, 2, 3]


def test_a_list_of_nothing_empties_only_what_it_bounds(room, people):
    @prepared
    def marked(classroom, marked):
        theirs = Enrollment.objects.filter(pk=OuterRef("pk"), user__in=marked)
        rows = Enrollment.objects.filter(classroom=classroom).students().order_by("pk")
        return rows.annotate(is_marked=Exists(theirs)).values_list("user", "is_marked")

    pks = [one.pk for one in people]
    assert marked(room.pk, []) == [(pk, False) for pk in pks]
    assert marked(room.pk, pks[:1]) == [(pk, pk == pks[0]) for pk in pks]


def test_a_value_may_be_told_in_several_places(room, people):
    @prepared
    def counted(classroom):
        rows = Enrollment.objects.filter(
            Q(classroom=classroom) | Q(user__enrollments__classroom=classroom)
        )
        return rows.order_by().values("role").annotate(n=Count("pk")).values_list("role", "n")

    assert dict(counted(room.pk))[Enrollment.Role.STUDENT] == 3
    assert counted(0) == []


def test_it_asks_the_database_each_time(room, people):
    find = prepared(of_people)
    assert len(find(room.pk, [people[0].pk])) == 1
    Enrollment.objects.filter(user=people[0]).delete()
    with CaptureQueriesContext(connection) as asked:
        assert find(room.pk, [people[0].pk]) == []
    assert len(asked) == 1


@pytest.mark.parametrize("told", [None, [None]])
def test_none_is_refused(room, told):
    find = prepared(of_people)
    with pytest.raises(TypeError, match="isnull"):
        find(room.pk, told) if told else find(told, [1])


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL is told the value as it is")
def test_a_lookup_that_writes_its_value_into_the_sql_is_refused(room, people):
    @prepared
    def named(name):
        return Enrollment.objects.filter(user__username__iexact=name)

    with pytest.raises(TypeError, match="iexact"):
        named("ANNA")


def test_what_is_kept_holds_no_connection_of_a_thread_that_ended(room, people):
    find = prepared(of_people)
    seen: list[weakref.ref[Any]] = []

    def ask():
        seen.append(weakref.ref(connections["default"]))
        find(0, [1])
        connections["default"].close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    gc.collect()

    assert [one() for one in seen] == [None]
    assert len(find(room.pk, [people[0].pk])) == 1


def test_a_count_is_a_row_also_of_nothing(room, people):
    count = prepared(lambda classroom: counted(Enrollment.objects.filter(classroom=classroom)))
    assert (count(room.pk), count(0)) == ([4], [0])
