"""Which questions an attempt asks: by rule, by chance that can be repeated, siblings apart."""

from collections import Counter
from uuid import UUID, uuid4

import pytest

from quizzes.assessment import drawing, sheets
from quizzes.assessment.models import Quiz, Slot
from quizzes.items.models import Item, Tag
from tests.examining import ALL_KINDS, begin, make_fact, make_item, make_quiz

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


def test_a_tag_is_a_rule_like_the_others(drawn_quiz, book):
    for n in (1, 5, 9):
        Tag.objects.create(item=book.items.get(slug=f"q{n}"), text="trial")
    Tag.objects.create(item=book.items.get(slug="q2"), text="war")
    drawn_quiz.slots.update(tag="trial")

    assert sorted(slugs(drawn_quiz, uuid4())) == ["q1", "q5", "q9"]
    drawn_quiz.slots.update(kind="number")
    assert slugs(drawn_quiz, uuid4()) == ["q9"]


def test_a_tag_is_looked_up_as_often_for_many_questions_as_for_few(
    drawn_quiz, book, django_assert_num_queries
):
    Tag.objects.bulk_create(Tag(item=item, text="trial") for item in book.items.all())
    drawn_quiz.slots.update(tag="trial", count=12)

    with django_assert_num_queries(4):
        assert len(slugs(drawn_quiz, uuid4())) == 12


def test_what_is_to_be_left_out_is_not_drawn_even_where_it_has_a_place_of_its_own(drawn_quiz, book):
    Slot.objects.create(quiz=drawn_quiz, position=1, item=book.items.get(slug="q3"))
    without = Item.objects.filter(slug__in=["q3", "q4"]).values("pk")

    for n in range(20):
        drawn = [one.item.slug for one in drawing.drawn(drawn_quiz, UUID(int=n), without=without)]
        assert len(drawn) == 4
        assert not {"q3", "q4"} & set(drawn)


def test_an_essay_is_asked_only_where_somebody_marks_it(book):
    quiz = make_quiz(book, *[make_item(book, kind, kind) for kind in ALL_KINDS])

    assert set(ALL_KINDS) - set(slugs(quiz, uuid4())) == {"essay"}
    with_essays = drawing.drawn(quiz, uuid4(), with_essays=True)
    assert {one.item.slug for one in with_essays} == set(ALL_KINDS)


@pytest.fixture
def parted_quiz(book):
    """Two questions under no heading, then “Dates” and “Claims” with three in two slots each."""
    quiz = make_quiz(book, *[make_item(book, f"first-{n}") for n in range(2)])
    for part, heading in enumerate(("Dates", "Claims")):
        for n in range(3):
            make_item(book, f"{heading}-{n}", difficulty=part + 2)
        for count in (2, 1):
            position = quiz.slots.count()
            quiz.slots.create(
                position=position,
                count=count,
                difficulty=part + 2,
                heading=heading if count == 2 else "",
            )
    return quiz


def test_questions_are_shuffled_within_the_part_that_a_heading_begins(parted_quiz):
    orders = set()
    for n in range(30):
        drawn = drawing.drawn(parted_quiz, UUID(int=n))
        parts = [one.item.slug.rpartition("-")[0] for one in drawn]
        assert parts == ["first"] * 2 + ["Dates"] * 3 + ["Claims"] * 3
        assert [one.heading for one in drawn] == ["", "", "Dates", "", "", "Claims", "", ""]
        orders.add(tuple(one.item.slug for one in drawn))

    assert len(orders) > 20


def test_a_part_without_a_question_has_no_heading(parted_quiz, book):
    book.items.filter(slug__startswith="Dates").update(state=Item.State.RETIRED)

    drawn = drawing.drawn(parted_quiz, uuid4())

    assert [one.heading for one in drawn] == ["", "", "Claims", "", ""]


def test_an_attempt_keeps_the_headings_and_every_order(parted_quiz, book, learner, noon):
    for kind in ("matching", "ordering", "cloze"):
        parted_quiz.slots.create(
            position=parted_quiz.slots.count(), item=make_item(book, kind, kind)
        )

    sheet = begin(learner, parted_quiz, noon)

    assert [one.served.heading for one in sheet.questions if one.served.heading] == [
        "Dates",
        "Claims",
    ]
    drawn = drawing.drawn(parted_quiz, sheet.attempt.seed)
    assert [one.served.orders for one in sheet.questions] == [one.orders for one in drawn]


def test_what_an_attempt_is_drawn_by_is_told_to_nobody(learner, quiz, noon):
    """Two attempts of one name draw alike only if they have the same secret."""
    sheet = begin(learner, quiz, noon)

    by_name = drawing.drawn(quiz, sheet.attempt.uid)

    shown = [one.served.order_shown for one in sheet.questions]
    assert [one.order_shown for one in by_name] != shown
    assert sheets.of(sheet.attempt).attempt.seed not in {sheet.attempt.uid, sheet.attempt.start_uid}
