"""A card that is missed again and again is named one, at the eighth miss and every fourth since."""

from datetime import timedelta

import pytest

from tests.cards.acting import AGAIN, GOOD, card_of, rate, study

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def test_a_card_is_a_leech_while_it_is_relearned_at_eight_misses_and_every_four_since(
    learner, item, plan, noon
):
    study(learner, item, GOOD, at=noon)
    seen = []
    for n in range(1, 18):
        for rating in (AGAIN, GOOD):
            rate(learner, item, rating, noon + 3 * n * DAY + rating * timedelta(minutes=1))
            card = card_of(learner, item)
            seen += [(card.lapses, rating)] if card.is_leech else []

    assert seen == [(8, AGAIN), (12, AGAIN), (16, AGAIN)]


def test_a_miss_of_what_was_never_learned_is_none(learner, item, plan, noon):
    card = study(learner, item, *[AGAIN] * 9, at=noon)

    assert (card.lapses, card.is_leech) == (0, False)
