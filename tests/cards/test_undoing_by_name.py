"""Undo of one act by its uid, of an edit, and of a long way back."""

from datetime import timedelta
from uuid import uuid4

import pytest

from quizzes.cards import moving, replaying, setting_aside, undoing
from quizzes.cards.models import Action, Card
from quizzes.cards.reviewing import Given, review_batch
from quizzes.cards.undoing import NoSuchAct, NothingToUndo
from quizzes.items.models import Revision
from tests.cards.acting import AGAIN, GOOD, card_of, rate, study

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def wordings(learner, item, noon):
    """The wording of an item of the learner's own, and two that came after it."""
    item.book.owner = learner
    item.book.save()
    rest = [
        Revision.objects.create(
            item=item, number=n, kind="short_text", stem="?", stem_html="?", created_at=noon
        )
        for n in (2, 3)
    ]
    return [item.revision, *rest]


def edit(learner, item, before, after, at, **columns):
    """What an edit leaves behind."""
    item.revision = after
    item.save(update_fields=["revision"])
    [card] = Card.objects.held(learner, [item.pk])
    return Action.objects.create(
        learner=learner,
        card=card,
        kind=Action.Kind.EDIT,
        before={"revision": before.pk},
        after={"revision": after.pk},
        done_at=at,
        uid=uuid4(),
        **columns,
    )


def wording(item):
    item.refresh_from_db()
    return item.revision


def test_a_review_is_taken_back_by_its_uid_though_others_came_after_it(learner, items, plan, noon):
    meant = rate(learner, items[0], AGAIN, noon)
    rate(learner, items[0], GOOD, noon + DAY)
    rate(learner, items[1], GOOD, noon + 2 * DAY)

    action = undoing.undo(learner, noon + 3 * DAY, uid=meant.uid)

    assert action.review == meant
    assert card_of(learner, items[0]).reps == 1
    assert replaying.differences(learner) == []


def test_an_act_is_taken_back_by_its_uid_though_others_came_after_it(learner, item, noon):
    uid = uuid4()
    setting_aside.flag(learner, item, 2, noon, uid=uid)
    setting_aside.note(learner, item, "Later.", noon + MINUTE)

    undoing.undo(learner, noon + 2 * MINUTE, uid=uid)

    card = card_of(learner, item)
    assert (card.flag, card.note) == (0, "Later.")


def test_taking_back_what_a_later_act_covers_changes_nothing_that_is_seen(learner, item, noon):
    uid = uuid4()
    setting_aside.flag(learner, item, 2, noon, uid=uid)
    setting_aside.flag(learner, item, 5, noon + MINUTE)

    undoing.undo(learner, noon + 2 * MINUTE, uid=uid)
    assert card_of(learner, item).flag == 5

    undoing.undo(learner, noon + 3 * MINUTE)
    assert card_of(learner, item).flag == 0


def test_a_device_may_send_an_undo_twice(learner, items, plan, noon):
    rated, flagged = rate(learner, items[0], GOOD, noon).uid, uuid4()
    setting_aside.flag(learner, items[1], 2, noon, uid=flagged)

    for uid in (rated, flagged):
        first = undoing.undo(learner, noon + MINUTE, uid=uid)
        again = undoing.undo(learner, noon + DAY, uid=uid)
        assert (again.pk, again.taken_back_at) == (first.pk, noon + MINUTE)

    assert Action.objects.count() == 2


def test_a_review_that_was_taken_back_stays_so_when_a_device_sends_it_again(
    learner, item, plan, noon
):
    uid = rate(learner, item, GOOD, noon).uid
    undoing.undo(learner, noon + MINUTE, uid=uid)

    review_batch(learner, [Given(item, GOOD, uid, noon)], noon + DAY)

    assert card_of(learner, item).reps == 0


def test_a_uid_that_names_nothing_of_the_learners_is_refused(
    learner, item, plan, noon, django_user_model
):
    uid = rate(learner, item, GOOD, noon).uid
    other = django_user_model.objects.create_user("other")

    for one, named in ((learner, uuid4()), (other, uid)):
        with pytest.raises(NoSuchAct):
            undoing.undo(one, noon + MINUTE, uid=named)
    assert card_of(learner, item).reps == 1


def test_an_act_of_a_batch_is_taken_back_with_the_batch(learner, items, plan, noon):
    setting_aside.suspend_many(learner, items[:3], noon)
    named = Action.objects.order_by("pk")[1]
    Action.objects.filter(pk=named.pk).update(uid=uuid4())
    named.refresh_from_db()

    undoing.undo(learner, noon + MINUTE, uid=named.uid)

    assert not Card.objects.filter(is_suspended=True).exists()


def test_undo_goes_back_forty_steps_one_by_one(learner, items, plan, noon):
    seen = []
    for n in range(10):
        at = noon + n * DAY
        for verb in (
            lambda at=at: rate(learner, items[0], GOOD, at),
            lambda at=at, n=n: setting_aside.flag(learner, items[0], n % 7 + 1, at + MINUTE),
            lambda at=at, n=n: setting_aside.note(learner, items[0], f"{n}", at + 2 * MINUTE),
            lambda at=at: setting_aside.bury(learner, items[0], at + 3 * MINUTE),
        ):
            seen.append(replaying.held(card_of(learner, items[0])) if n else None)
            verb()

    for before in reversed(seen):
        undoing.undo(learner, noon + 20 * DAY)
        assert before is None or replaying.held(card_of(learner, items[0])) == before

    with pytest.raises(NothingToUndo):
        undoing.undo(learner, noon + 21 * DAY)


def test_an_edit_is_taken_back(learner, item, wordings, noon):
    edit(learner, item, wordings[0], wordings[1], noon)

    action = undoing.undo(learner, noon + MINUTE)

    assert (action.kind, wording(item)) == ("edit", wordings[0])


def test_edits_are_taken_back_in_any_order(learner, item, wordings, noon):
    first = edit(learner, item, wordings[0], wordings[1], noon)
    edit(learner, item, wordings[1], wordings[2], noon + MINUTE)

    undoing.undo(learner, noon + DAY, uid=first.uid)
    assert wording(item) == wordings[2]

    undoing.undo(learner, noon + DAY)
    assert wording(item) == wordings[0]


def test_a_wording_that_came_from_elsewhere_since_stays(learner, item, wordings, noon):
    edit(learner, item, wordings[0], wordings[1], noon)
    item.revision = wordings[2]
    item.save()

    undoing.undo(learner, noon + MINUTE)

    assert wording(item) == wordings[2]


def test_an_edit_of_a_book_that_is_the_learners_no_more_stays(learner, item, wordings, noon):
    edit(learner, item, wordings[0], wordings[1], noon)
    item.book.owner = None
    item.book.save()

    undoing.undo(learner, noon + MINUTE)

    assert wording(item) == wordings[1]


def test_an_edit_and_the_moves_of_its_batch_are_taken_back_together(
    learner, item, plan, wordings, noon
):
    card, batch = study(learner, item, GOOD, at=noon), uuid4()
    moving.move(learner, {card.pk: (noon + DAY).date()}, noon + MINUTE, batch=batch)
    edit(learner, item, wordings[0], wordings[1], noon + MINUTE, batch=batch)

    undoing.undo(learner, noon + DAY)

    assert wording(item) == wordings[0]
    assert card_of(learner, item).state == card.state
