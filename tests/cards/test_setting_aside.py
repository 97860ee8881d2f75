"""Burying, suspending and flagging a card."""

from datetime import date, timedelta

import pytest

from quizzes.cards import setting_aside
from quizzes.cards.models import Action
from quizzes.cards.setting_aside import NoSuchFlag
from tests.cards.acting import GOOD, card_of, study

pytestmark = pytest.mark.django_db


def test_a_buried_card_returns_on_the_learners_next_day(learner, item, noon):
    two_at_night = noon + timedelta(hours=13)

    card = setting_aside.bury(learner, item, two_at_night)

    card.refresh_from_db()
    assert card.buried_until == date(2026, 3, 3)


def test_setting_aside_never_touches_memory_or_due_date(learner, item, plan, noon):
    before = study(learner, item, GOOD, at=noon)

    setting_aside.bury(learner, item, noon)
    setting_aside.suspend(learner, item, noon)
    setting_aside.take_up(learner, item, noon)
    setting_aside.flag(learner, item, 5, noon)

    after = card_of(learner, item)
    assert after.state == before.state
    assert (after.is_suspended, after.flag, after.version) == (False, 5, before.version + 4)


def test_an_act_that_changes_nothing_is_none(learner, item, noon):
    setting_aside.suspend(learner, item, noon)
    version = card_of(learner, item).version

    setting_aside.suspend(learner, item, noon)

    assert card_of(learner, item).version == version
    assert Action.objects.count() == 1


@pytest.mark.parametrize("color", [-1, 8])
def test_there_are_seven_flags(learner, item, noon, color):
    with pytest.raises(NoSuchFlag):
        setting_aside.flag(learner, item, color, noon)


def test_a_flag_can_be_taken_off(learner, item, noon):
    setting_aside.flag(learner, item, 7, noon)
    setting_aside.flag(learner, item, 0, noon)

    assert card_of(learner, item).flag == 0
