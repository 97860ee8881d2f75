"""Reviews put into the log where they belong, and taken out: the cards follow.

A review may arrive after others that were given later (a device was offline), many may arrive at
once, and one may be taken back. The log is in the order in which the answers were given, so each
card concerned is told again from its beginning.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from quizzes.cards import folding, replaying, tallying
from quizzes.cards.models import Action, Card, Review
from quizzes.cards.standing import Standing, standings
from quizzes.cards.states import UNSEEN, State
from quizzes.items.models import Item
from quizzes.people.models import User

type Settle = Callable[[Standing, Review, State], None]
"""Decides the interval of an arriving review from the state that it finds."""


def as_sent(standing: Standing, review: Review, state: State) -> None:
    """The interval was decided when the review was given: it stays."""


def weave(
    learner: User,
    arriving: Mapping[int, Collection[Review]],
    leaving: Collection[Review] = (),
    settle: Settle = as_sent,
) -> None:
    """Put reviews (by item) into the log, take others out, and save all that follows from it.

    The caller holds the cards (`Card.objects.held`) and has marked the leaving ones taken back.
    """
    places = standings(learner, Item.objects.filter(pk__in=arriving))
    cards = [place.card for place in places if place.card]
    logs, gone = _logs(cards), _by_card(leaving)
    moves = folding.acts_on(cards, [Action.Kind.MOVE])
    changed: list[Review] = []
    tally: tallying.Tally = Counter()
    for place, card in zip(places, cards, strict=True):
        stored, new = logs[card.pk], arriving[place.item.pk]
        tally.subtract(tallying.counted([*stored, *gone[card.pk]], place.item))
        changed += _tell(place, card, stored, new, settle)
        card.assume(folding.moved(card.state, moves.get(card.pk, ())))
        tally.update(tallying.counted([*stored, *new], place.item))
    Review.objects.bulk_create(sorted(_all(arriving), key=_moment))
    Review.objects.bulk_update(changed, Review.DERIVED)
    Card.objects.bulk_update(cards, [*Card.STATE, "weights", "version"])
    tallying.keep(learner, tally)


def _tell(
    place: Standing, card: Card, stored: list[Review], new: Collection[Review], settle: Settle
) -> list[Review]:
    """Tell one card again; gives the stored reviews whose derived columns came out otherwise."""
    before = {review.pk: review.derived for review in stored}
    state = UNSEEN
    for review in sorted([*stored, *new], key=_moment):
        if review._state.adding:
            review.card = card
            settle(place, review, state)
        state = replaying.tell(review, state, place.pace.weights)
    card.assume(state)
    card.weights_id = place.weights_id if state.reps else None
    card.version += 1
    return [review for review in stored if review.derived != before[review.pk]]


def _logs(cards: Iterable[Card]) -> dict[int, list[Review]]:
    return _by_card(Review.objects.standing().filter(card__in=cards).in_order())


def _by_card(reviews: Iterable[Review]) -> dict[int, list[Review]]:
    by_card: dict[int, list[Review]] = defaultdict(list)
    for review in reviews:
        by_card[review.card_id].append(review)
    return by_card


def _all(arriving: Mapping[int, Collection[Review]]) -> list[Review]:
    return [review for reviews in arriving.values() for review in reviews]


def _moment(review: Review) -> tuple[object, object]:
    return review.answered_at, review.uid
