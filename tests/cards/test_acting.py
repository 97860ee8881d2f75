"""Acts are a log: whatever comes late, twice or out of order, the newest that stands counts."""

from datetime import date, timedelta
from itertools import permutations
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.cards import acting, replaying, setting_aside, undoing
from quizzes.cards.acting import Act
from quizzes.cards.folding import Jsonable
from quizzes.cards.models import Action, Card
from quizzes.cards.setting_aside import NoteTooLong
from tests.cards.acting import GOOD, card_of, make_items, study

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)

pytestmark = pytest.mark.django_db


def columns(learner, item):
    card = card_of(learner, item)
    return card.flag, card.note, card.is_suspended, card.buried_until


def test_acts_end_in_the_same_card_in_whatever_order_they_arrive(learner, items, noon):
    done: list[tuple[str, Jsonable, int]] = [
        ("flag", 3, 1),
        ("flag", 0, 4),
        ("flag", 3, 5),
        ("note", "To be checked.", 2),
        ("suspend", True, 3),
    ]
    ends = set()
    for n, order in enumerate(permutations(done)):
        item = items[0]
        Action.objects.all().delete()
        Card.objects.all().delete()
        for kind, value, minute in order:
            when = noon - DAY + minute * MINUTE
            one = Act(item, Action.Kind(kind), value, UUID(int=minute), when)
            acting.act(learner, [one], noon + n * MINUTE)
        ends.add(columns(learner, item))

    assert ends == {(3, "To be checked.", True, None)}


def test_the_same_act_again_is_the_same_row(learner, item, noon):
    uid = uuid4()

    for minutes in range(3):
        setting_aside.flag(learner, item, 4, noon + minutes * MINUTE, uid=uid)

    action = Action.objects.get()
    assert (action.uid, action.done_at) == (uid, noon)
    assert card_of(learner, item).version == 1


def test_an_act_that_was_taken_back_is_not_done_by_being_sent_again(learner, item, noon):
    uid = uuid4()
    setting_aside.suspend(learner, item, noon, uid=uid)
    undoing.undo(learner, noon + MINUTE)

    card = setting_aside.suspend(learner, item, noon + 2 * MINUTE, uid=uid)

    assert not card.is_suspended
    assert not card_of(learner, item).is_suspended


def test_the_same_act_twice_in_one_batch_is_one_row(learner, item, noon):
    one = Act(item, Action.Kind.FLAG, 2, uuid4(), noon)

    done = acting.act(learner, [one, one], noon)

    assert [d.is_new for d in done] == [True, False]
    assert Action.objects.count() == 1


def test_what_a_device_did_is_kept_even_where_nothing_changes_by_it(learner, item, noon):
    """Or else what another device did before it would win over it, when it comes in later."""
    setting_aside.flag(learner, item, 3, noon - 3 * MINUTE, uid=uuid4())
    setting_aside.flag(learner, item, 3, noon, uid=uuid4(), done_at=noon - MINUTE)

    setting_aside.flag(learner, item, 5, noon, uid=uuid4(), done_at=noon - 2 * MINUTE)

    assert card_of(learner, item).flag == 3


def test_a_clock_that_is_ahead_counts_as_now(learner, item, noon):
    setting_aside.flag(learner, item, 3, noon, uid=uuid4(), done_at=noon + 2 * DAY)
    setting_aside.flag(learner, item, 4, noon + MINUTE)

    assert card_of(learner, item).flag == 4
    assert set(Action.objects.values_list("done_at", flat=True)) == {noon, noon + MINUTE}


def test_a_card_is_buried_until_the_day_after_it_was_buried(learner, item, noon):
    card = setting_aside.bury(learner, item, noon, uid=uuid4(), done_at=noon - 2 * DAY)

    assert card.buried_until == (noon - DAY).date()


def test_the_uid_of_another_learner_is_free(learner, item, noon, django_user_model):
    other, uid = django_user_model.objects.create_user("other"), uuid4()

    for one in (learner, other):
        setting_aside.flag(one, item, 2, noon, uid=uid)

    assert Action.objects.filter(uid=uid).count() == 2


def test_a_note_is_kept_without_the_blanks_around_it(learner, item, noon):
    setting_aside.note(learner, item, "  First line\r\nsecond\n\n", noon)

    assert card_of(learner, item).note == "First line\nsecond"


def test_a_note_may_look_like_a_day(learner, item, noon):
    setting_aside.note(learner, item, "1937-06-11", noon)

    assert card_of(learner, item).note == "1937-06-11"
    assert replaying.differences(learner) == []


def test_a_note_has_an_end(learner, item, noon):
    with pytest.raises(NoteTooLong):
        setting_aside.note(learner, item, "x" * 10_001, noon)

    assert not Card.objects.exists()


def test_acts_never_touch_memory_nor_each_others_columns(learner, item, plan, noon):
    before = study(learner, item, GOOD, at=noon)
    setting_aside.flag(learner, item, 2, noon)
    setting_aside.suspend(learner, item, noon)
    setting_aside.note(learner, item, "A note.", noon)

    undoing.undo(learner, noon + MINUTE)

    assert columns(learner, item) == (2, "", True, None)
    assert card_of(learner, item).state == before.state


MANY = [
    (setting_aside.bury_many, (), "buried_until"),
    (setting_aside.suspend_many, (), "is_suspended"),
    (setting_aside.flag_many, (6,), "flag"),
]


@pytest.mark.parametrize(("verb", "arguments", "column"), MANY)
def test_many_cards_at_once_are_one_act_to_undo(learner, items, noon, verb, arguments, column):
    setting_aside.suspend(learner, items[0], noon - MINUTE)

    changed = verb(learner, items, *arguments, noon)

    assert changed == (11 if column == "is_suspended" else 12)
    assert len({getattr(card, column) for card in Card.objects.all()}) == 1
    undoing.undo(learner, noon + MINUTE)
    blank = getattr(Card(), column)
    assert {getattr(card, column) for card in Card.objects.exclude(item=items[0])} == {blank}
    assert card_of(learner, items[0]).is_suspended


def test_many_cards_can_be_taken_up_again(learner, items, noon):
    setting_aside.suspend_many(learner, items[:5], noon)

    assert setting_aside.take_up_many(learner, items, noon + MINUTE) == 5
    assert not Card.objects.filter(is_suspended=True).exists()


def test_many_items_named_twice_are_acted_upon_once(learner, items, noon):
    assert setting_aside.flag_many(learner, [*items, *items], 2, noon) == 12


@pytest.mark.parametrize("count", [1, 12, 2_000])
def test_many_cost_the_same_as_one(learner, book, noon, count):
    items = make_items(book, count, number=1)

    with CaptureQueriesContext(connection) as done:
        assert setting_aside.flag_many(learner, items, 2, noon) == count
    with CaptureQueriesContext(connection) as undone:
        undoing.undo(learner, noon + MINUTE)

    told = [[q for q in one if "SAVEPOINT" not in q["sql"]] for one in (done, undone)]
    assert [len(one) for one in told] == [5, 9]


def test_acts_of_a_database_in_use_leave_what_its_cards_hold(learner, items, noon):
    """They were written without a uid, each with what stood before it, and undone newest first."""
    rows = [
        ("flag", 0, 2, False),
        ("flag", 2, 5, False),
        ("flag", 5, 1, True),
        ("is_suspended", False, True, False),
        ("is_suspended", True, False, False),
        ("is_suspended", False, True, True),
        ("buried_until", None, "2026-03-03", False),
        ("buried_until", "2026-03-03", "2026-03-05", True),
    ]
    kinds = {"flag": "flag", "is_suspended": "suspend", "buried_until": "bury"}
    [card] = Card.objects.held(learner, [items[0].pk])
    for n, (column, before, after, is_undone) in enumerate(rows):
        Action.objects.create(
            learner=learner,
            card=card,
            kind=kinds[column],
            before={column: before},
            after={column: after},
            done_at=noon + n // 2 * MINUTE,
            taken_back_at=noon + DAY if is_undone else None,
        )
    Card.objects.filter(pk=card.pk).update(flag=5, buried_until=date(2026, 3, 3))

    assert replaying.differences(learner) == []
    setting_aside.flag(learner, items[0], 7, noon + 2 * DAY)
    for _ in range(3):
        undoing.undo(learner, noon + 3 * DAY)
    assert columns(learner, items[0]) == (5, "", True, None)
    assert replaying.differences(learner) == []
