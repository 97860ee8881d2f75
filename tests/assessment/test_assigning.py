"""Giving a quiz to a class, changing what was laid down, and taking it back."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError

from quizzes.assessment import assigning, counting, publishing, releasing, reserving, sheets
from quizzes.assessment.assigning import (
    AlreadyBegun,
    AlreadyReleased,
    CutsShort,
    NotForThisClass,
    Plan,
)
from quizzes.assessment.models import Assignment, Quiz, Reservation, Slot
from quizzes.assessment.publishing import NothingToAsk
from quizzes.assessment.releasing import Withdrawn
from quizzes.cards import planning, queueing
from quizzes.content.packs.shapes import Quiz as Blueprint
from quizzes.people import auditing
from quizzes.people.models import User
from tests.bookshelf import make_book
from tests.examining import make_assignment, make_item, make_quiz, sit, take

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def plan(noon):
    return Plan(noon, closes_at=noon + DAY, time_limit_minutes=60)


def test_what_is_not_said_is_safe(room, quiz, noon):
    given = assigning.assign(room, quiz, Plan(noon), noon)

    assert (given.is_graded, given.attempts_allowed, given.created_at) == (True, 1, noon)
    closed = Assignment.Moment.CLOSED
    assert {given.correctness_from, given.score_from, given.key_from} == {closed}
    assert given.explanation_from == closed


def test_nonsense_is_refused(room, quiz, noon):
    for wrong in (
        {"closes_at": noon - DAY},
        {"attempts_allowed": 0},
        {"tries": 0},
        {"penalty_percent": 101},
    ):
        with pytest.raises(ValidationError):
            assigning.assign(room, quiz, Plan(noon, **wrong), noon)


def test_a_class_is_given_its_own_book_and_what_everybody_may_read(room, quiz, lecturer, noon):
    own = make_book(slug="own")
    own.owner = lecturer
    own.save()
    private = make_quiz(own, make_item(own, "private"))
    draft = Quiz.objects.create(book=room.book, slug="draft", title="Draft", position=9)

    for other in (private, draft):
        with pytest.raises(NotForThisClass):
            assigning.assign(room, other, Plan(noon), noon)
    quiz.slots.all().delete()
    with pytest.raises(NothingToAsk):
        assigning.assign(room, quiz, Plan(noon), noon)
    assert not Assignment.objects.exists()


def test_whoever_sits_it_gets_the_time_that_is_added(learner, room, quiz, plan, noon, lecturer):
    given = assigning.assign(room, quiz, plan, noon)
    running = sit(learner, given, noon).attempt

    assigning.change(given, replace(plan, time_limit_minutes=90), noon, lecturer)

    assert sheets.of(running).attempt.deadline_at == noon + timedelta(minutes=90)


def test_nobody_who_sits_it_loses_time(learner, room, quiz, plan, noon, lecturer):
    given = assigning.assign(room, quiz, plan, noon)
    running = sit(learner, given, noon).attempt

    for shorter in ({"time_limit_minutes": 30}, {"closes_at": noon + HOUR / 2}):
        with pytest.raises(CutsShort):
            assigning.change(given, replace(plan, **shorter), noon, lecturer)
    assigning.change(given, replace(plan, closes_at=noon + 2 * HOUR), noon, lecturer)

    assert sheets.of(running).attempt.deadline_at == noon + HOUR
    assert Assignment.objects.get().time_limit_minutes == 60


def test_grading_and_tries_stay_once_somebody_has_begun(learner, room, quiz, plan, noon, lecturer):
    given = assigning.assign(room, quiz, plan, noon)
    assigning.change(given, replace(plan, tries=3), noon, lecturer)
    assigning.change(given, plan, noon, lecturer)
    sit(learner, given, noon)

    for other in (
        {"tries": 3},
        {"is_graded": False},
        {"correctness_from": Assignment.Moment.DURING},
    ):
        with pytest.raises(AlreadyBegun):
            assigning.change(given, replace(plan, **other), noon, lecturer)


def test_what_is_released_stays(room, quiz, plan, noon, lecturer):
    given = releasing.release(assigning.assign(room, quiz, plan, noon), noon + 2 * DAY)

    with pytest.raises(AlreadyReleased):
        assigning.change(given, plan, noon, lecturer)
    with pytest.raises(AlreadyReleased):
        assigning.withdraw(given, noon)


def test_what_is_withdrawn_neither_changes_nor_is_released(
    learner, room, quiz, plan, noon, lecturer
):
    given = assigning.assign(room, quiz, plan, noon)
    seen_before = Assignment.objects.get()
    assigning.withdraw(given, noon)

    for one in (given, seen_before):
        with pytest.raises(Withdrawn):
            assigning.change(one, plan, noon, lecturer)
        with pytest.raises(Withdrawn):
            releasing.release(one, noon + 2 * DAY)
    assert Assignment.objects.get().released_at is None


def test_what_was_released_meanwhile_is_not_withdrawn(room, quiz, plan, noon):
    given = assigning.assign(room, quiz, plan, noon)
    releasing.release(Assignment.objects.get(), noon + 2 * DAY)

    with pytest.raises(AlreadyReleased):
        assigning.withdraw(given, noon + 2 * DAY)


def test_what_becomes_graded_reserves_what_it_can_ask_by_then(
    learner, room, book, plan, noon, lecturer
):
    drawn = make_quiz(book, make_item(book, "first"))
    Slot.objects.create(quiz=drawn, position=5, kind="several")
    ungraded = replace(plan, is_graded=False)
    given = assigning.assign(room, drawn, ungraded, noon)
    make_item(book, "second", "several")

    assigning.change(given, plan, noon, lecturer)

    assert kept(given) == {"first", "second"}


def test_what_somebody_is_asked_is_kept_from_the_whole_class(learner, room, book, plan, noon):
    drawn = make_quiz(book, make_item(book, "first"))
    Slot.objects.create(quiz=drawn, position=5, kind="several")
    given = assigning.assign(room, drawn, plan, noon)
    make_item(book, "second", "several")
    assert kept(given) == {"first"}

    assert len(sit(learner, given, noon).questions) == 2

    assert kept(given) == {"first", "second"}


def test_a_class_of_the_past_keeps_nothing_back(learner, room, quiz, plan, noon):
    assigning.assign(room, quiz, plan, noon)
    assert reserving.reserved(learner, noon).exists()

    room.archived_at = noon
    room.save()

    assert not reserving.reserved(learner, noon).exists()


def test_what_is_withdrawn_is_handed_in_and_frees_its_questions(learner, room, quiz, plan, noon):
    given = assigning.assign(room, quiz, plan, noon)
    running = sit(learner, given, noon).attempt

    assigning.withdraw(given, noon)

    assert sheets.of(running).attempt.handed_in_at == noon
    assert not Assignment.objects.visible_to(learner).exists()
    assert not reserving.reserved(learner, noon).exists()


def test_reservations_follow_the_bank_and_keep_what_may_have_been_asked(room, book, noon):
    def blueprint(kind):
        shape = {"slug": "drawn", "title": "Drawn", "unit": "unit-0"}
        draws = [{"unit": "unit-0", "kind": kind, "count": 5}]
        return Blueprint.model_validate(shape | {"blueprint": draws})

    for kind in ("single", "several"):
        make_item(book, f"first-{kind}", kind)
    publishing.build(book, [blueprint("single")], noon)
    given = make_assignment(room, Quiz.objects.get(slug="drawn"), noon)
    assert kept(given) == {"first-single"}

    make_item(book, "second", "several")
    publishing.build(book, [blueprint("several")], noon)

    assert kept(given) == {"first-single", "first-several", "second"}


def kept(assignment):
    rows = Reservation.objects.filter(assignment=assignment)
    return set(rows.values_list("item__slug", flat=True))


def test_what_a_graded_assignment_asks_is_no_card_of_its_class_until_release(
    learner, lecturer, room, book, noon
):
    asked, _free = (make_item(book, slug, is_card=True) for slug in ("asked", "free"))
    outsider = User.objects.create_user("boris")
    due = make_quiz(book, asked, slug="before")
    for person in (learner, outsider, lecturer):
        planning.start(person, book, noon - 9 * DAY)
        take(person, due, noon - 9 * DAY, right=[])
    given = make_assignment(room, make_quiz(book, asked, slug="exam"), noon)

    assert cards_of(learner, noon - DAY) == {"asked", "free"}
    assert cards_of(learner, noon) == {"free"}
    assert cards_of(outsider, noon) == cards_of(lecturer, noon) == {"asked", "free"}
    late = releasing.release(given, noon + 8 * DAY).released_at
    assert cards_of(learner, late) == {"asked", "free"}


def cards_of(person, at):
    entries = queueing.queue(person, at, None, 20, reserving.reserved(person, at))
    return {entry.item.slug for entry in entries}


@pytest.mark.parametrize(("how", "score"), [("best", 9), ("last", 4), ("first", 2), ("mean", 5)])
def test_the_score_that_counts(how, score):
    assert counting.counted(list(map(Fraction, [2, 9, 4])), how) == score
    assert counting.counted([], how) is None
    assert how in Assignment.Counting.values


def test_what_is_given_and_changed_is_written_down(lecturer, room, quiz, plan, noon):
    given = assigning.assign(room, quiz, plan, noon, lecturer)
    line = auditing.in_class(room).get(act="give")
    assert (line.actor, line.about) == (lecturer, given.uid)
    assert line.text.endswith("given: opens 2 March, 12:00, due 3 March, 12:00.")

    later = replace(plan, closes_at=noon + 2 * DAY, is_graded=False, password="red")
    assigning.change(given, later, noon, lecturer)
    assigning.change(given, later, noon, lecturer)

    line = auditing.of(given.uid).get(act="change-terms")
    assert (line.actor, line.classroom) == (lecturer, room)
    assert "closes: 3 March, 12:00 → 4 March, 12:00; graded: yes → no" in line.text
    assert line.text.endswith("another password")
