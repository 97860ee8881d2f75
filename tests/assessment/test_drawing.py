"""Which questions an attempt asks: by rule, by chance that can be repeated, siblings apart."""

from collections import Counter
from uuid import UUID, uuid4

import pytest

from quizzes.assessment import drawing
from quizzes.assessment.models import Quiz, Slot
from tests.examining import make_fact, make_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn_quiz(book):
    """A quiz that draws four of twelve."""
    for n in range(12):
        make_item(book, f"q{n}", "single" if n < 8 else "number", skill="recall", difficulty=1)
    quiz = Quiz.objects.create(book=book, slug="drawn", title="Drawn", position=0)
    Slot.objects.create(quiz=quiz, position=0, count=4, from_section=book.sections.get(position=0))
    return quiz


def slugs(quiz, seed):
    return [one.item.slug for one in drawing.drawn(quiz, seed)]


def test_the_same_seed_draws_the_same_and_another_draws_others(drawn_quiz):
    seeds = [uuid4() for _ in range(20)]

    assert slugs(drawn_quiz, seeds[0]) == slugs(drawn_quiz, seeds[0])
    assert len({tuple(slugs(drawn_quiz, seed)) for seed in seeds}) > 10


def test_every_question_is_drawn_about_as_often_as_any_other(drawn_quiz):
    counts = Counter(slug for n in range(300) for slug in slugs(drawn_quiz, UUID(int=n)))

    assert sum(counts.values()) == 1200
    assert all(60 < counts[f"q{n}"] < 145 for n in range(12))  # 100 expected, sd below 8.2


def test_each_option_stands_in_each_place_about_as_often(drawn_quiz):
    first = Counter(
        one.orders[0][0]
        for n in range(300)
        for one in drawing.drawn(drawn_quiz, UUID(int=n))
        if one.orders[0]
    )

    assert set(first) == {0, 1, 2, 3}
    assert min(first.values()) > 0.7 * max(first.values())


def test_a_rule_is_kept(drawn_quiz):
    drawn_quiz.slots.update(kind="number")

    assert {slug for n in range(20) for slug in slugs(drawn_quiz, UUID(int=n))} == {
        f"q{n}" for n in range(8, 12)
    }


def test_two_slots_never_ask_the_same(drawn_quiz, book):
    Slot.objects.create(quiz=drawn_quiz, position=1, count=8)

    assert sorted(slugs(drawn_quiz, uuid4())) == sorted(f"q{n}" for n in range(12))


def test_a_fixed_slot_has_its_item_whatever_is_drawn_before_it(drawn_quiz, book):
    item = book.items.get(slug="q3")
    Slot.objects.create(quiz=drawn_quiz, position=1, item=item, weight=5)

    for n in range(20):
        drawn = drawing.drawn(drawn_quiz, UUID(int=n))
        assert [one.weight for one in drawn if one.item == item] == [5]
        assert len(drawn) == 5


def test_siblings_come_together_only_where_there_is_nothing_else(book):
    fact = make_fact(book, "shared")
    for n in range(3):
        make_item(book, f"twin-{n}", facts=[fact])
    make_item(book, "other")
    quiz = Quiz.objects.create(book=book, slug="drawn", title="Drawn", position=0)
    slot = Slot.objects.create(quiz=quiz, position=0, count=2)

    assert all("other" in slugs(quiz, UUID(int=n)) for n in range(20))
    slot.count = 4
    slot.save(update_fields=["count"])
    assert len(slugs(quiz, uuid4())) == 4


def test_a_quiz_that_is_not_shuffled_keeps_its_slots_order(quiz):
    quiz.is_shuffled = False

    assert slugs(quiz, uuid4()) == [
        "single",
        "several",
        "true_false",
        "short_text",
        "number",
        "date",
    ]


def test_options_that_are_not_to_be_shuffled_keep_their_places(quiz):
    for slot in quiz.slots.select_related("item__revision"):
        slot.item.revision.is_shuffled = False
        slot.item.revision.save(update_fields=["is_shuffled"])

    orders = {one.orders for n in range(9) for one in drawing.drawn(quiz, UUID(int=n))}

    assert orders == {((),), ((0, 1),), ((0, 1, 2, 3),)}
