"""Where a learner stands with an item: all that rating it needs, read in one query."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from quizzes.cards.models import Card, StudyPlan, Weights
from quizzes.cards.scheduling import Rating
from quizzes.cards.spacing import Ahead, Offer, Pace, draw, offers
from quizzes.cards.states import UNSEEN, State
from quizzes.items.models import Item
from quizzes.people.models import User

type CurrentWeights = tuple[int | None, list[float] | None]
"""The learner's weights in force, by key and numbers; none are the defaults."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A learner before an item: the card (none while it is new) and how it is to be spaced."""

    learner: User
    item: Item
    card: Card | None
    pace: Pace
    weights_id: int | None

    @property
    def version(self) -> int:
        """What an answer must name, so that nothing answered in between is overwritten."""
        return self.card.version if self.card else 0

    @property
    def state(self) -> State:
        return self.card.state if self.card else UNSEEN

    def offers(
        self, day: date, state: State | None = None, ahead: Ahead | None = None
    ) -> dict[Rating, Offer]:
        """What each rating would do on a learner's day, from this state or the present one.

        Of the days `ahead` no more than the learner's usual week is known unless told.
        """
        state = state or self.state
        return offers(
            state.memory,
            state.phase,
            state.interval_days,
            day.toordinal(),
            self.pace,
            draw=draw(self.learner.pk, self.item.pk, state.reps),
            ahead=ahead or Ahead(week=self.learner.week),
        )


def standings(learner: User, items: QuerySet[Item]) -> list[Standing]:
    """Where a learner stands with each of these items."""
    current = Weights.objects.filter(learner=learner, is_current=True)
    examined = StudyPlan.exam_chapters.through.objects.filter(studyplan=OuterRef("plan"))
    found = items.annotate(
        mine=FilteredRelation("cards", condition=Q(cards__learner=learner)),
        plan=FilteredRelation("book__plans", condition=Q(book__plans__learner=learner)),
        current_weights=Subquery(current.values("pk")),
        current_numbers=Subquery(current.values("numbers")),
        is_examined=Exists(examined.filter(chapter=OuterRef("chapter"))) | ~Exists(examined),
    ).select_related("subject", "mine__weights", "plan")  # type: ignore[misc]  # both are above
    return [
        stand(
            learner,
            item,
            card=getattr(item, "mine", None),  # a relation that finds no row sets nothing
            plan=getattr(item, "plan", None),
            current=(item.current_weights, item.current_numbers),
            is_examined=item.is_examined,
        )
        for item in found
    ]


def stand(
    learner: User,
    item: Item,
    card: Card | None,
    plan: StudyPlan | None,
    current: CurrentWeights,
    *,
    is_examined: bool = False,
) -> Standing:
    """One standing, from rows already read.

    A card that has been rated keeps the weights its memory was made with, and a new one takes
    the learner's `current` ones: mixed in one log, they would not give the same state again.
    """
    if card and card.reps:
        current = (card.weights_id, card.weights.numbers if card.weights else None)
    weights_id, numbers = current
    pace = (plan or StudyPlan()).pace(numbers, is_examined=is_examined)
    return Standing(learner, item, card, pace, weights_id)
