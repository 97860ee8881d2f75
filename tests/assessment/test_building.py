"""Building a quiz of one's own: its places, its order, and what is guarded once it has opened."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from quizzes.assessment import (
    assigning,
    building,
    checklist,
    drawing,
    founding,
    publishing,
    releasing,
)
from quizzes.assessment.assigning import NotForThisClass, Plan
from quizzes.assessment.building import (
    Edit,
    Look,
    NeedsReason,
    NotInThisBank,
    NotReady,
    Rule,
    Settings,
    TooMuch,
)
from quizzes.assessment.founding import WasGiven
from quizzes.assessment.models import Quiz, Reservation, Slot
from quizzes.assessment.publishing import NothingToAsk
from quizzes.content.companions import companion
from quizzes.items.models import Item, Key
from quizzes.people import auditing, joining
from quizzes.people.models import User
from tests.bookshelf import make_book
from tests.examining import make_assignment, make_fact, make_item, make_quiz, sit, sit_through, take
from tests.racing import at_once

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def edit(lecturer, noon):
    return Edit(lecturer, noon)


@pytest.fixture
def mine(lecturer, book):
    """An empty quiz of the lecturer's on the book of the class."""
    return founding.begin(lecturer, book, Settings("Week one"))


@pytest.fixture
def given_quiz(mine, edit, items, room, noon):
    """The same with three questions, published and open to the class."""
    building.add(mine, edit, items[:3])
    publishing.publish(mine, noon)
    assigning.assign(room, mine, Plan(noon, closes_at=noon + DAY), noon)
    return mine


def slugs(quiz):
    return list(quiz.slots.order_by("position").values_list("item__slug", flat=True))


def positions(quiz):
    return list(quiz.slots.order_by("position").values_list("position", flat=True))


def own_item(owner, book, slug, **columns):
    item = make_item(book, slug, **columns)
    Item.objects.filter(pk=item.pk).update(book=companion(owner, book), subject=None)
    return Item.objects.get(pk=item.pk)


def test_a_quiz_begins_empty_where_its_owner_keeps_questions(mine, lecturer, learner, book):
    assert mine.book == companion(lecturer, book)
    assert mine.published_at is None
    assert not Quiz.objects.visible_to(learner).exists()
    assert list(Quiz.objects.owned_by(lecturer)) == [mine]


def test_questions_are_added_once_and_in_order(mine, edit, items):
    building.add(mine, edit, [items[2], items[0], items[2]])
    building.add(mine, edit, [items[0], items[1]])

    assert slugs(mine) == ["true_false", "single", "several"]


def test_own_questions_and_the_pack_s_are_one_bank(mine, edit, lecturer, book, items):
    own = own_item(lecturer, book, "own")
    stranger = own_item(User.objects.create_user("boris"), book, "theirs")

    building.add(mine, edit, [own, items[0]])

    assert slugs(mine) == ["own", "single"]
    with pytest.raises(NotInThisBank):
        building.add(mine, edit, [stranger])


@pytest.mark.parametrize("state", ["draft", "retired"])
def test_what_is_not_ready_is_not_asked(mine, edit, items, state):
    Item.objects.filter(pk=items[0].pk).update(state=state)

    with pytest.raises(NotInThisBank):
        building.add(mine, edit, [items[0]])


def test_a_draw_finds_the_pack_s_and_one_s_own_of_the_same_section(
    mine, edit, lecturer, book, items, noon
):
    section = items[0].section
    own_item(lecturer, book, "own")
    own_item(User.objects.create_user("boris"), book, "theirs")
    building.draw(mine, edit, [Rule(1, from_section_id=section.pk, kind="single")])

    found = drawing.bank(mine.slots.all())

    assert set(found.values_list("slug", flat=True)) == {"single", "own"}
    assert len(drawing.drawn(mine, mine.uid)) == 1


def test_a_pack_s_quiz_draws_from_the_pack_alone(lecturer, book, items, quiz):
    own_item(lecturer, book, "own")
    Slot.objects.create(quiz=quiz, position=99, kind="single")

    assert "own" not in set(drawing.bank(quiz.slots.all()).values_list("slug", flat=True))


def test_a_draw_by_the_kind_of_the_fact_that_is_asked_first(mine, edit, book, items):
    event, other = make_fact(book, "event"), make_fact(book, "term")
    type(event).objects.filter(pk=event.pk).update(kind="event")
    make_item(book, "on-event", facts=[event, other])
    make_item(book, "on-term", facts=[other, event])
    building.draw(mine, edit, [Rule(3, fact_kind="event")])

    [drawn] = drawing.drawn(mine, mine.uid)

    assert drawn.item.slug == "on-event"


def test_a_draw_keeps_to_its_book(mine, edit):
    foreign = make_book(slug="foreign").sections.get(position=0)

    with pytest.raises(NotInThisBank):
        building.draw(mine, edit, [Rule(1, from_section_id=foreign.pk)])


def test_a_quiz_has_so_many_places(mine, edit):
    with pytest.raises(TooMuch):
        building.draw(mine, edit, [Rule(1)] * (building.MOST_SLOTS + 1))
    assert not mine.slots.exists()


def test_what_an_exam_may_ask_the_builder_is_not_theirs_to_pick(book, items, noon, learner, room):
    held = founding.begin(learner, book, Settings("Mine"))
    make_assignment(room, make_quiz(book, items[0], slug="exam"), noon)

    assert items[0] not in building.bank(held, learner, noon)
    with pytest.raises(NotInThisBank):
        building.add(held, Edit(learner, noon), [items[0]])
    building.add(held, Edit(learner, noon), [items[1]])


@pytest.mark.django_db(transaction=True)
def test_many_windows_ask_a_question_once_and_leave_no_gap(mine, edit, items):
    acts = [partial(building.add, mine, edit, items[: 1 + n % 3]) for n in range(8)]

    at_once(acts)
    [first, *_more] = mine.slots.order_by("position")
    moves = [partial(building.move, mine, edit, first.pk, n) for n in range(4)]
    at_once([*moves, partial(building.remove, mine, edit, first.pk)] * 2)

    assert sorted(slugs(mine)) == ["several", "true_false"]
    assert positions(mine) == [0, 1]


def test_removing_and_moving_leave_no_gap(mine, edit, items):
    first, second, third = building.add(mine, edit, items[:3])

    building.move(mine, edit, third.pk, 0)
    assert slugs(mine) == ["true_false", "single", "several"]
    building.remove(mine, edit, first.pk)
    building.remove(mine, edit, first.pk)

    assert slugs(mine) == ["true_false", "several"]
    assert positions(mine) == [0, 1]
    building.arrange(mine, edit, [second.pk, 0])
    assert slugs(mine) == ["several", "true_false"]


MOVES = strategies.lists(
    strategies.tuples(strategies.integers(0, 5), strategies.integers(-2, 8)), max_size=8
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=30,
)
@given(MOVES)
def test_moves_are_those_of_a_list(mine, edit, items, moves):
    mine.slots.all().delete()
    slots = building.add(mine, edit, items)
    expected = [slot.pk for slot in slots]

    for which, to in moves:
        pk = slots[which].pk
        building.move(mine, edit, pk, to)
        expected.remove(pk)
        expected.insert(min(max(to, 0), len(expected)), pk)

    assert list(mine.slots.order_by("position").values_list("pk", flat=True)) == expected
    assert positions(mine) == list(range(len(items)))


def test_weight_heading_and_number(mine, edit, items):
    [fixed] = building.add(mine, edit, items[:1])
    [drawn] = building.draw(mine, edit, [Rule(2)])

    look = Look(weight=3, count=4, heading="Part one")
    assert building.weigh(mine, edit, {fixed.pk: look, drawn.pk: look}) == 2
    assert building.weigh(mine, edit, {drawn.pk: look, 0: look}) == 0

    told = list(mine.slots.order_by("position").values_list("weight", "count", "heading"))
    assert told == [(3, 1, "Part one"), (3, 4, "Part one")]


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

    assert "2 questions are about the same: shared." in told
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
