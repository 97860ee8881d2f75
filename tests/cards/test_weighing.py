"""What a quiz's answers do to cards: the rules of evidence."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from quizzes.cards import replaying, undoing, weighing
from quizzes.cards.models import Card, DayTally, Review
from quizzes.cards.weighing import Evidence
from quizzes.content.models import Fact
from quizzes.items.models import Item, ItemFact
from tests.cards.acting import AGAIN, GOOD, card_of, make_items, rate, shown

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def evidence(item, *, is_right=False, is_typed=False):
    return Evidence(
        uid=uuid4(),
        item_id=item.pk,
        revision_id=item.revision_id,
        is_right=is_right,
        kind=Review.Evidence.TYPED if is_typed else Review.Evidence.CHOICE,
    )


def weigh(learner, at, *found):
    with transaction.atomic():
        return weighing.weigh(learner, list(found), at)


def right(item, **columns):
    return evidence(item, is_right=True, **columns)


@pytest.fixture
def question(book, items):
    """A question that is no card, on the facts of three items in this order: 4, 2, 0."""
    [asked] = make_items(book, 1, first=900, is_card=False)
    ItemFact.objects.bulk_create(
        ItemFact(item=asked, fact=items[n].subject, position=place)
        for place, n in enumerate((4, 2, 0))
    )
    for item in items:
        ItemFact.objects.create(item=item, fact=item.subject, position=0)
    return asked


def moved(learner):
    rows = Review.objects.filter(learner=learner, affects_schedule=True)
    return list(rows.order_by("pk").values_list("card__item__slug", flat=True))


def test_a_miss_on_a_new_card_is_due_in_ten_minutes(learner, plan, item, noon):
    weigh(learner, noon, evidence(item))

    card = card_of(learner, item)
    assert (card.phase, card.due_at) == ("learning", noon + timedelta(minutes=10))
    assert shown(learner, noon + timedelta(minutes=10))[0] == item.slug


def test_a_miss_on_a_known_card_is_a_lapse_due_today_and_tomorrow(learner, plan, item, noon):
    rate(learner, item, GOOD, noon - 9 * DAY)

    weigh(learner, noon, evidence(item))

    card = card_of(learner, item)
    assert (card.phase, card.lapses) == ("relearning", 1)
    rate(learner, item, GOOD, noon + timedelta(minutes=10))
    assert card_of(learner, item).due_day == (noon + DAY).date()


def test_what_is_missed_twice_a_day_counts_once(learner, plan, item, noon):
    weigh(learner, noon, evidence(item))
    weigh(learner, noon + timedelta(hours=1), evidence(item))

    assert Review.objects.count() == 2
    assert moved(learner) == [item.slug]
    assert card_of(learner, item).reps == 1


def test_the_worst_of_several_answers_of_one_quiz_counts(learner, plan, item, noon):
    weigh(learner, noon, right(item, is_typed=True), evidence(item), right(item))

    [counted] = Review.objects.filter(affects_schedule=True)
    assert counted.rating == AGAIN
    assert Review.objects.count() == 3


def test_a_right_choice_counts_for_a_new_card(learner, plan, item, noon):
    weigh(learner, noon, right(item))

    assert card_of(learner, item).phase == "review"


def test_a_lucky_choice_on_a_card_that_is_not_due_moves_nothing(learner, plan, item, noon):
    rate(learner, item, GOOD, noon - DAY)
    before = card_of(learner, item)

    weigh(learner, noon, right(item))

    after = card_of(learner, item)
    assert (after.state, after.version) == (before.state, before.version)
    [logged] = Review.objects.filter(source="quiz")
    assert (logged.affects_schedule, logged.evidence, logged.rating) == (False, "choice", GOOD)
    assert logged.stability_before == logged.stability_after == before.stability


def test_a_right_choice_counts_for_a_card_that_is_due(learner, plan, item, noon):
    rate(learner, item, GOOD, noon - 30 * DAY)

    weigh(learner, noon, right(item))

    assert card_of(learner, item).reps == 2


def test_a_right_typed_answer_counts_once_a_day_due_or_not(learner, plan, item, noon):
    rate(learner, item, GOOD, noon - DAY)

    for hours in (0, 1):
        weigh(learner, noon + timedelta(hours=hours), right(item, is_typed=True))

    assert card_of(learner, item).reps == 2


def test_a_right_answer_after_todays_review_moves_nothing_and_a_wrong_one_does(
    learner, plan, item, noon
):
    rate(learner, item, GOOD, noon)

    weigh(learner, noon + timedelta(hours=1), right(item, is_typed=True))
    assert card_of(learner, item).reps == 1
    weigh(learner, noon + timedelta(hours=2), evidence(item))
    assert card_of(learner, item).reps == 2


def test_a_question_moves_the_first_card_of_its_first_fact(learner, plan, items, question, noon):
    weigh(learner, noon, evidence(question))

    assert moved(learner) == [items[4].slug]


def test_its_other_facts_are_written_down_and_stay_new(learner, plan, items, question, noon):
    weigh(learner, noon, evidence(question))

    logged = Review.objects.filter(affects_schedule=False).values_list(
        "card__item__slug", flat=True
    )
    assert set(logged) == {items[2].slug, items[0].slug}
    assert set(Card.objects.filter(phase="new").values_list("version", flat=True)) == {0}
    rate(learner, items[0], GOOD, noon + timedelta(hours=1), version=0)  # a page that was open


def test_an_item_that_is_a_card_moves_its_own(learner, plan, book, items, noon):
    [twin] = make_items(book, 1, first=800)
    twin.subject = items[0].subject
    twin.save(update_fields=["subject"])
    for item in (items[0], twin):
        ItemFact.objects.create(item=item, fact=items[0].subject, position=0)

    weigh(learner, noon, evidence(twin))

    assert moved(learner) == [twin.slug]


def test_an_answer_that_bears_on_no_card_leaves_no_trace(learner, plan, book, noon):
    [asked] = make_items(book, 1, first=900, is_card=False)
    ItemFact.objects.create(item=asked, fact=asked.subject, position=0)

    assert weigh(learner, noon, evidence(asked)) == []
    assert not Card.objects.exists()


def test_the_wording_that_was_shown_is_in_the_log(learner, plan, items, question, noon):
    weigh(learner, noon, evidence(question))

    assert set(Review.objects.values_list("revision", flat=True)) == {question.revision_id}


def test_cards_and_tallies_are_what_the_log_says(learner, plan, items, question, noon):
    for n, item in enumerate(items):
        rate(learner, item, GOOD if n % 2 else AGAIN, noon - (n + 1) * DAY)
    weigh(
        learner, noon, evidence(question), *[evidence(item, is_right=n % 3 > 0, is_typed=n % 2 > 0)
                                             for n, item in enumerate(items)],
    )  # fmt: skip
    before = tallies(learner)
    derived = {review.pk: review.derived for review in Review.objects.all()}

    assert replaying.rebuild(learner) == 0
    assert tallies(learner) == before
    for card in Card.objects.all():
        log = list(Review.objects.filter(card=card).in_order())
        replaying.retell(log, plan.pace(None).weights)
        assert {review.pk: review.derived for review in log}.items() <= derived.items()


def tallies(learner):
    rows = DayTally.objects.filter(learner=learner).order_by(*DayTally.KEY)
    return list(rows.values_list(*DayTally.KEY, *DayTally.COLUMNS))


def test_a_quiz_changes_what_is_known_and_counts_as_no_review(learner, plan, items, question, noon):
    weigh(learner, noon, evidence(question))

    tally = DayTally.objects.get()
    assert (tally.reviews, tally.introduced, tally.learning_change) == (0, 1, 1)


def test_what_a_quiz_did_stays_counted_when_a_review_is_undone(learner, plan, item, noon):
    weigh(learner, noon, evidence(item))
    rate(learner, item, GOOD, noon + timedelta(minutes=10))

    undoing.undo(learner, noon + timedelta(minutes=11))

    tally = DayTally.objects.get()
    assert (tally.reviews, tally.learning_change, tally.known_change) == (0, 1, 0)


def test_an_answer_at_the_very_moment_of_a_review_takes_its_place_in_the_log(
    learner, plan, item, noon
):
    rate(learner, item, GOOD, noon)

    weigh(learner, noon, evidence(item))

    assert card_of(learner, item).reps == 2
    assert replaying.rebuild(learner) == 0


def test_undo_takes_back_ratings_and_no_quiz(learner, plan, item, noon):
    weigh(learner, noon, evidence(item))

    with pytest.raises(undoing.NothingToUndo):
        undoing.undo(learner, noon)


def test_weighing_takes_four_statements_whatever_the_number(learner, plan, items, question, noon):
    counts = []
    for number in (1, 12):
        with transaction.atomic():
            found = [evidence(question), *[evidence(item) for item in items[:number]]]
            with CaptureQueriesContext(connection) as captured:
                weighing.weigh(learner, found, noon)
            counts.append(len(captured))
            transaction.set_rollback(True)

    assert counts == [4, 4]


def test_a_fact_without_a_ready_card_moves_nothing(learner, plan, items, question, noon):
    Item.objects.filter(pk=items[4].pk).update(state=Item.State.RETIRED)

    weigh(learner, noon, evidence(question))

    assert moved(learner) == []
    assert Review.objects.count() == 2


def test_another_learners_cards_are_not_touched(learner, plan, items, noon, django_user_model):
    other = django_user_model.objects.create_user("vera")
    rate(other, items[0], GOOD, noon - DAY)
    before = card_of(other, items[0]).state

    weigh(learner, noon, evidence(items[0]))

    assert card_of(other, items[0]).state == before
    assert Fact.objects.count() == 12
