"""A quiz of one's own and its classes: given, guarded once it has opened, and checked before."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from quizzes.assessment import (
    assigning,
    building,
    checklist,
    founding,
    publishing,
    releasing,
)
from quizzes.assessment.assigning import NotForThisClass, Plan
from quizzes.assessment.building import (
    Edit,
    Look,
    NeedsReason,
    NotReady,
    Rule,
    Settings,
)
from quizzes.assessment.founding import WasGiven
from quizzes.assessment.models import Quiz, Reservation
from quizzes.assessment.publishing import NothingToAsk
from quizzes.content.companions import companion
from quizzes.items.models import Item, Key
from quizzes.people import auditing, joining
from quizzes.people.models import User
from tests.bookshelf import make_book
from tests.examining import make_fact, make_item, sit, sit_through, take

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def given_quiz(mine, edit, items, room, noon):
    """The same with three questions, published and open to the class."""
    building.add(mine, edit, items[:3])
    publishing.publish(mine, noon)
    assigning.assign(room, mine, Plan(noon, closes_at=noon + DAY), noon)
    return mine


def slugs(quiz):
    return list(quiz.slots.order_by("position").values_list("item__slug", flat=True))


def test_before_it_opens_a_change_needs_no_reason(mine, edit, items, room, noon):
    building.add(mine, edit, items[:1])
    publishing.publish(mine, noon)
    assigning.assign(room, mine, Plan(noon + DAY, closes_at=noon + 2 * DAY), noon)

    building.add(mine, edit, items[1:2])

    assert not auditing.of(mine.uid).exists()


def test_once_it_has_opened_each_change_says_why(given_quiz, edit, lecturer, items, noon):
    slot, _second, third = given_quiz.slots.order_by("position")
    acts: list[Callable[..., Any]] = [
        partial(building.add, items=items[3:4]),
        partial(building.draw, rules=[Rule(1)]),
        partial(building.remove, slot=slot.pk),
        partial(building.move, slot=slot.pk, to=1),
        partial(building.arrange, order=[]),
        partial(building.weigh, looks={third.pk: Look(weight=2)}),
        partial(building.describe, settings=Settings("Other")),
        partial(building.retire),
    ]
    for act in acts:
        with pytest.raises(NeedsReason):
            act(given_quiz, edit)
        act(given_quiz, Edit(lecturer, noon, "A misprint."))

    lines = list(auditing.of(given_quiz.uid))
    assert len(lines) == len(acts)
    assert {(line.act, line.actor) for line in lines} == {("change-quiz", lecturer)}
    assert all(line.text.endswith("A misprint.") for line in lines)


def test_who_sits_it_keeps_what_was_served(given_quiz, learner, lecturer, items, noon):
    sheet = sit(learner, given_quiz.assignments.get(), noon)
    before = set(sheet.attempt.served.values_list("revision", flat=True))

    building.add(given_quiz, Edit(lecturer, noon, "More."), items[3:])

    assert building.sitting(given_quiz) == 1
    assert set(sheet.attempt.served.values_list("revision", flat=True)) == before


def test_what_it_can_ask_now_is_reserved_now(given_quiz, lecturer, items, noon):
    building.add(given_quiz, Edit(lecturer, noon, "More."), items[3:4])

    assert Reservation.objects.filter(item=items[3]).exists()


def test_what_a_class_has_asks_something(given_quiz, lecturer, noon):
    why = Edit(lecturer, noon, "Away.")
    first, second, third = given_quiz.slots.order_by("position")
    building.remove(given_quiz, why, first.pk)
    building.remove(given_quiz, why, second.pk)

    with pytest.raises(NothingToAsk):
        building.remove(given_quiz, why, third.pk)
    assert given_quiz.slots.count() == 1


def test_only_what_was_never_given_is_deleted(mine, given_quiz, lecturer, book, noon):
    other = founding.begin(lecturer, book, Settings("Never given"))

    founding.discard(other)

    with pytest.raises(WasGiven):
        founding.discard(given_quiz)
    assert list(Quiz.objects.owned_by(lecturer)) == [mine]


def test_a_copy_is_another_quiz_with_the_same_places(quiz, lecturer, edit, book, items):
    copy = founding.duplicate(quiz, lecturer)

    assert copy.book == companion(lecturer, book)
    assert (slugs(copy), copy.published_at) == (slugs(quiz), None)
    building.remove(copy, edit, copy.slots.get(position=0).pk)
    assert len(slugs(quiz)) == len(items)


def test_it_is_given_to_a_class_that_its_owner_teaches(given_quiz, learner, room, book, noon):
    other = joining.open_classroom(User.objects.create_user("boris"), book, "Theirs", noon)

    with pytest.raises(NotForThisClass):
        assigning.assign(other, given_quiz, Plan(noon), noon)
    assert list(Quiz.objects.for_class(room)) == [given_quiz]
    assert not Quiz.objects.for_class(other).exists()
    given = given_quiz.assignments.get()
    assert sit_through(learner, given, noon).score == 10_000_000
    assert learner.plans.get().book == book


def test_several_classes_get_it_or_none(mine, edit, items, room, lecturer, book, noon):
    building.add(mine, edit, items[:1])
    publishing.publish(mine, noon)
    second = joining.open_classroom(lecturer, book, "Second", noon)
    foreign = joining.open_classroom(User.objects.create_user("boris"), book, "Third", noon)

    with pytest.raises(NotForThisClass):
        assigning.assign_each(mine, [(one, Plan(noon)) for one in (room, foreign)], noon)
    assert not mine.assignments.exists()
    assert assigning.assign_each(mine, [(one, Plan(noon)) for one in (room, second)], noon) == 2


def test_its_class_s_results_are_released_as_any(given_quiz, learner, noon):
    given = given_quiz.assignments.get()
    sit_through(learner, given, noon, right=[])

    assert releasing.release(given, noon + 2 * DAY).released_at


def said(quiz, *, blocks):
    found = checklist.points(quiz, checklist.places(quiz))
    return " ".join(point.text for point in found if point.blocks == blocks)


def test_what_blocks_publishing(mine, edit, items):
    assert "asks nothing yet" in said(mine, blocks=True)
    building.add(mine, edit, items[:1])
    assert said(mine, blocks=True) == ""

    building.draw(mine, edit, [Rule(9, kind="several")])
    assert "Place 2 draws 9 and finds 1." in said(mine, blocks=True)
    Item.objects.filter(pk=items[0].pk).update(state="retired")
    assert "Place 1 asks a question that is a draft or retired." in said(mine, blocks=True)


def test_what_is_blocked_is_not_published(mine, edit, items, noon):
    with pytest.raises(NotReady):
        building.publish(mine, noon)

    building.add(mine, edit, items[:1])

    assert building.publish(mine, noon).published_at == noon


def test_draws_that_share_their_questions_are_told(mine, edit, items):
    building.draw(mine, edit, [Rule(1, kind="several"), Rule(1, kind="several")])

    assert "2 are wanted and 1 found in all" in said(mine, blocks=True)


def test_what_is_worth_a_second_look(mine, edit, book, items):
    fact = make_fact(book, "shared")
    twins = [make_item(book, "twin-0", facts=[fact]), make_item(book, "twin-1", facts=[fact])]
    building.add(mine, edit, [*twins, make_item(book, "essay", "essay")])
    timed = building.describe(mine, edit, Settings("Week one", time_limit_minutes=600))
    Key.objects.filter(revision=twins[1].revision).update(rationale="")

    told = said(timed, blocks=False)

    assert "Places 1 and 2 ask about the same: shared." in told
    assert "Place 3 is an essay: a person marks it." in told
    assert "Place 2 has no explanation." in told
    assert "Place 1 has no explanation." not in told
    assert "12000 seconds a question" in told


def test_practice_of_a_book_of_one_s_own(lecturer, noon):
    own = make_book(slug="own")
    type(own).objects.filter(pk=own.pk).update(owner=lecturer)
    own.refresh_from_db()
    item = make_item(own, "mine")
    quiz = founding.begin(lecturer, own, Settings("Mine"))
    building.add(quiz, Edit(lecturer, noon), [item])
    publishing.publish(quiz, noon)

    assert quiz.book == own
    assert take(lecturer, quiz, noon).score == 10_000_000
