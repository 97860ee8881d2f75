"""What the page of one card tells: both its sides, what is remembered of it, and its history."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from quizzes.assessment import disclosing, reserving
from quizzes.assessment.models import Served
from quizzes.cards import laying
from quizzes.cards.days import learner_day
from quizzes.cards.laying import Laid
from quizzes.cards.models import Card, Review, StudyPlan
from quizzes.cards.scheduling import retrievability
from quizzes.cards.standing import Standing, standings
from quizzes.items.models import Criterion, Item, Key, Option
from quizzes.people.models import User
from quizzes.web import reasoning, showing, sourcing, wording
from quizzes.web.sourcing import Source


@dataclass(frozen=True, slots=True)
class Look:
    """One review of the card, in words."""

    at: datetime
    rating: str
    how: str
    answer: str
    verdict: str
    predicted: int | None
    """The chance of recall that was foretold, in per cent."""
    comes_back: str
    stability_before: str
    stability_after: str
    is_taken_back: bool
    is_logged_only: bool
    """Whether it left memory as it was."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is remembered of a card that was rated."""

    phase: str
    stability: str
    percent: int
    due_at: datetime | None
    due_day: date | None
    reps: int
    lapses: int


@dataclass(frozen=True, slots=True)
class Inspected:
    """The whole page. No answer is told while a quiz asks for it."""

    item: Item
    card: Card
    key: Key | None
    lists: Sequence[Laid]
    rubric: Sequence[Criterion]
    is_asked_now: bool
    sources: list[Source]
    remembered: Remembered | None
    flag: str
    leech: str
    """That the card is missed again and again, where it is."""
    reasons: list[str]
    history: list[Look]


def inspectable_by(learner: User) -> QuerySet[Item]:
    """Items that a learner studies or has studied."""
    studied = showing.studied_by(learner).values("pk")
    mine = Card.objects.filter(learner=learner).values("item")
    worded = Item.objects.visible_to(learner).exclude(revision=None)
    return worded.filter(Q(pk__in=studied) | Q(pk__in=mine))


def inspected(learner: User, item: Item, at: datetime) -> Inspected:
    """All that is known of a learner's card; a fixed number of queries."""
    places = ("revision", "section", "chapter", "book", "subject__book")
    rows = Item.objects.filter(pk=item.pk).select_related(*places)
    [standing] = standings(learner, rows)
    card = standing.card or Card(learner=learner, item=standing.item)
    today = learner_day(at, learner.time_zone, learner.day_rollover_hour)
    plan = StudyPlan.objects.filter(learner=learner, book=item.book_id).first()
    log = _log(card)
    told = _told(learner, log, at)
    is_asked_now = bool(reserving.among(learner, [item.pk], at))
    return Inspected(
        item=standing.item,
        card=card,
        key=None if is_asked_now else Key.objects.filter(revision=item.revision_id).first(),
        lists=laying.fronts([standing.item], {item.pk: (learner.pk, item.pk)}).get(item.pk, ()),
        rubric=[] if is_asked_now else laying.rubrics([standing.item]).get(item.pk, []),
        is_asked_now=is_asked_now,
        sources=sourcing.grounds([item.pk])[item.pk].sources,
        remembered=_remembered(standing, today),
        flag=str(wording.FLAGS[card.flag]),
        leech=wording.missed(card.lapses) if card.is_leech else "",
        reasons=reasoning.reasons(standing, _standing(log), today, plan, told=told),
        history=_history(told, plan, tells_answers=not is_asked_now),
    )


def _log(card: Card) -> list[Review]:
    """Everything that was answered, in its order, what was taken back as well."""
    if card._state.adding:
        return []
    log = Review.objects.filter(card=card).select_related("taken_back").in_order()
    return list(log)


def _told(learner: User, log: Sequence[Review], at: datetime) -> list[Review]:
    """What may be told of a log: a quiz answer once its quiz tells everything about it.

    That is the moment from which the history of its fact has it. At most four queries, and none
    where no quiz bore on the card.
    """
    quizzed = [one for one in log if one.source == Review.Source.QUIZ]
    if not quizzed:
        return list(log)
    asked = Served.objects.filter(
        attempt__learner=learner,
        attempt__handed_in_at__in={one.answered_at for one in quizzed},
        revision__in={one.revision_id for one in quizzed},
    ).order_by("pk")
    places = list(asked.values_list("attempt__handed_in_at", "revision"))
    opened = disclosing.opened(learner, asked, at, len(places))
    kept = set(places) - {(one.attempt.handed_in_at, one.revision_id) for one in opened}
    return [one for one in log if one not in quizzed or _place(one) not in kept]


def _place(review: Review) -> tuple[datetime, int]:
    """What names a quiz answer in the log: the moment of handing in, and what was asked."""
    return review.answered_at, review.revision_id


def _standing(log: Sequence[Review]) -> list[Review]:
    return [one for one in log if not _back(one)]


def _back(review: Review) -> bool:
    return hasattr(review, "taken_back")


def _remembered(standing: Standing, today: date) -> Remembered | None:
    card, memory = standing.card, standing.state.memory
    if card is None or memory is None:
        return None
    elapsed = max(0, today.toordinal() - memory.last_day)
    chance = retrievability(elapsed, memory.stability, standing.pace.weights)
    return Remembered(
        phase=str(card.get_phase_display()),
        stability=wording.stability(memory.stability),
        percent=round(100 * chance),
        due_at=card.due_at,
        due_day=card.due_day,
        reps=card.reps,
        lapses=card.lapses,
    )


def _history(log: Sequence[Review], plan: StudyPlan | None, *, tells_answers: bool) -> list[Look]:
    """The newest first."""
    has_four = plan is not None and plan.has_four_ratings
    options = _options({review.revision_id for review in log if _chosen(review)})
    return [
        Look(
            at=review.answered_at,
            rating=wording.rating(review.rating, has_four_ratings=has_four),
            how=f"{review.get_source_display()}, {review.get_evidence_display()}",
            answer=_answer(review, options) if tells_answers else "",
            verdict=wording.verdict(review) if tells_answers else "",
            predicted=_percent(review.retrievability),
            comes_back=wording.interval(review.step_minutes, review.interval_days),
            stability_before=wording.figure(review.stability_before),
            stability_after=wording.figure(review.stability_after),
            is_taken_back=_back(review),
            is_logged_only=not review.affects_schedule,
        )
        for review in reversed(log)
    ]


def _percent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)


def _chosen(review: Review) -> list[int]:
    return list((review.answer or {}).get("chosen", ()))


def _answer(review: Review, options: Mapping[int, Sequence[str]]) -> str:
    """What was typed or chosen, in words."""
    texts = options.get(review.revision_id, ())
    chosen = [texts[place] for place in _chosen(review) if place < len(texts)]
    return "; ".join(chosen) or str((review.answer or {}).get("text", ""))


def _options(revisions: Collection[int]) -> dict[int, list[str]]:
    """The options of these wordings, in their own order."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Option.objects.filter(revision__in=revisions, part=0) if revisions else []
    for option in sorted(rows, key=lambda option: option.position):
        found[option.revision_id].append(option.text)
    return found
