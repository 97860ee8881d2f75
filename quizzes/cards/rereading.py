"""Rereading: cards of many learners with their logs, locked for a verb that tells them again."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from quizzes.cards.models import Card, Review, StudyPlan, Weights
from quizzes.cards.standing import CurrentWeights, Standing, stand


def held(keys: Collection[int]) -> list[Card]:
    """Cards by their keys, locked in the order in which everyone who writes cards locks them."""
    cards = Card.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys)
    joined = cards.select_related("weights", "item__subject", "learner")
    return list(joined.order_by("learner", "item"))


def logs(cards: Collection[Card]) -> Mapping[int, list[Review]]:
    """All reviews of cards, also those taken back, in their order; one query."""
    rows = Review.objects.filter(card__in=cards).select_related("taken_back").in_order()
    found: dict[int, list[Review]] = defaultdict(list)
    for card, reviews in groupby(rows, key=attrgetter("card_id")):
        found[card] = list(reviews)
    return found


def places(cards: Sequence[Card]) -> list[Standing]:
    """Where the learners stand with these cards; three queries."""
    learners = {card.learner_id for card in cards}
    books = {card.item.book_id for card in cards}
    rows = StudyPlan.objects.filter(learner__in=learners, book__in=books)
    plans = {(one.learner_id, one.book_id): one for one in rows.prefetch_related("exam_chapters")}
    current: dict[int, CurrentWeights] = {
        row.learner_id: (row.pk, row.numbers)
        for row in Weights.objects.filter(learner__in=learners, is_current=True)
    }
    found = []
    for card in cards:
        plan = plans.get((card.learner_id, card.item.book_id))
        examined = {one.pk for one in plan.exam_chapters.all()} if plan else set()
        is_examined = not examined or card.item.chapter_id in examined
        weights = current.get(card.learner_id, (None, None))
        found.append(stand(card.learner, card.item, card, plan, weights, is_examined=is_examined))
    return found
