"""Building a quiz of one's own: its places, its order, and what is guarded once it has opened."""

from datetime import timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from quizzes.assessment import (
    blueprints,
    building,
    drawing,
    founding,
    wishing,
)
from quizzes.assessment.building import (
    Edit,
    Look,
    NotInThisBank,
    Rule,
    Settings,
    TooMuch,
)
from quizzes.assessment.models import Quiz, Slot
from quizzes.assessment.wishing import NoSuchPlace
from quizzes.assessment.withholding import MayBeAsked
from quizzes.content.companions import companion
from quizzes.items.models import Item
from quizzes.people.models import User
from tests.bookshelf import make_book
from tests.examining import make_assignment, make_fact, make_item, make_quiz
from tests.racing import at_once

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


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


def test_a_wish_over_sections_is_spread_over_those_that_find_enough(mine, book, items):
    first, second = book.sections.order_by("position")
    Item.objects.filter(pk__in=[one.pk for one in items[:2]]).update(section=second)

    rules = wishing.rules(mine, blueprints.read("5 questions from sections 1-2, 1 question"))

    drawn = [(rule.from_section_id, rule.count) for rule in rules]
    assert drawn == [(first.pk, 3), (second.pk, 2), (None, 1)]
    assert [wishing.finds(mine, rule) for rule in rules] == [4, 2, 6]
    with pytest.raises(NoSuchPlace):
        wishing.rules(mine, blueprints.read("5 questions from sections 1-3"))


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
    with pytest.raises(MayBeAsked, match="You may be asked this yourself"):
        building.add(held, Edit(learner, noon), items[:2])
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
