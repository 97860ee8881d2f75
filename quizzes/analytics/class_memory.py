"""What a class remembers: the share of the book's facts that it can recall on a day.

A fact is recalled with the mean chance of a student's cards on it, and a card that was never rated
with none: the share of a part of the book is the mean over its facts and the students. How weak a
fact is, is told of the cards alone that students have met: what nobody taught is not forgotten.
Nobody's own figures leave this module.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from quizzes.analytics import calibrating
from quizzes.analytics.calibrating import Calibration
from quizzes.analytics.class_progress import enrolled
from quizzes.cards.models import Card, Review
from quizzes.cards.predicting import Prediction
from quizzes.cards.scheduling import DEFAULT_WEIGHTS, Rating, retrievability
from quizzes.content.models import Fact
from quizzes.items.models import Item

if TYPE_CHECKING:
    from quizzes.people.models import Classroom

CARDS_READ = 40_000
"""Of a class that has rated more cards every so many-th student is read."""
STUDENTS_READ = 200
"""Of a larger class the reviews of every so many-th student are read."""
REVIEWS_READ = 5_000
CALIBRATED_DAYS = 60
WEAKEST = 12


@dataclass(frozen=True, slots=True)
class FactRecall:
    """One fact: how many of the students have met it, and what of their cards is recalled then."""

    fact: Fact
    met: int
    share: float

    @property
    def percent(self) -> int:
        return round(100 * self.share)


@dataclass(frozen=True, slots=True)
class Part:
    """The facts of one section and kind: how many, and the share recalled now and on the day."""

    count: int
    now: float
    then: float

    @property
    def percents(self) -> tuple[int, int]:
        return round(100 * self.now), round(100 * self.then)


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section with its parts, in the order of the kinds; None where it has no such fact."""

    title: str
    whole: Part
    parts: list[Part | None]


@dataclass(frozen=True, slots=True)
class ClassForecast:
    """What a class recalls now and on a day, and of which facts the least.

    `told_from` of `students` students were read, of whom `met` have met any card. `kinds` heads the
    parts of every row.
    """

    day: date
    students: int
    told_from: int
    met: int
    whole: Part
    kinds: list[str]
    sections: list[SectionRow]
    weakest: list[FactRecall]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How forecasts turned out, by the reviews of `told_from` of a class's students."""

    calibration: Calibration
    students: int
    told_from: int

    @property
    def is_of_newest(self) -> bool:
        """Whether there were more reviews than are read."""
        return self.calibration.count >= REVIEWS_READ


@dataclass(slots=True)
class _Recall:
    """A fact that so many cards ask for; the chances are summed over those that students met."""

    cards: int
    now: float = 0.0
    then: float = 0.0
    rated: int = 0
    met: set[int] = field(default_factory=set)


def forecast(classroom: Classroom, today: date, day: date) -> ClassForecast | None:
    """The class's memory of its book on a day, if nobody reviewed until then; at most five queries.

    None of a class without students, or of a book without facts to recall.
    """
    everyone = _students(classroom)
    facts = _facts(classroom)
    if not everyone or not facts:
        return None
    recalls = {fact: _Recall(count) for fact, count in _cards_by_fact(classroom).items()}
    students = everyone[:: _step(_rated(everyone, recalls).count(), CARDS_READ)]
    _recall(recalls, students, today, day)
    told = [(fact, recalls[fact.pk]) for fact in facts]
    kinds = sorted({fact.kind for fact in facts}, key=list(Fact.Kind.values).index)
    return ClassForecast(
        day=day,
        students=len(everyone),
        told_from=len(students),
        met=len(set().union(*(one.met for one in recalls.values()))),
        whole=_part(list(recalls.values()), len(students)),
        kinds=[str(Fact.Kind(kind).label) for kind in kinds],
        sections=list(_sections(told, kinds, len(students))),
        weakest=_weakest(told, len(students)),
    )


def outcome(classroom: Classroom, at: datetime) -> Outcome | None:
    """How often the class recalled what was foretold lately; none without a review that tells.

    The newest reviews of its students on its book are read; two queries.
    """
    everyone = _students(classroom)
    students = everyone[:: _step(len(everyone), STUDENTS_READ)]
    log = Review.objects.standing().filter(
        learner__in=students,
        card__item__book=classroom.book_id,
        received_at__gte=at - timedelta(days=CALIBRATED_DAYS),
        affects_schedule=True,
        elapsed_days__gt=0,
        retrievability__isnull=False,
    )
    rows = log.order_by("-received_at", "-pk").values_list(
        "learner_day", "elapsed_days", "retrievability", "rating"
    )
    found = [
        Prediction(day.toordinal(), elapsed or 0, chance or 0.0, rating > Rating.AGAIN)
        for day, elapsed, chance, rating in rows[:REVIEWS_READ]
    ]
    if not found:
        return None
    return Outcome(calibrating.calibration(found), len(everyone), len(students))


def _students(classroom: Classroom) -> list[int]:
    return list(enrolled(classroom).order_by("pk").values_list("user", flat=True))


def _step(count: int, most: int) -> int:
    """Every how many-th is read, so that at most so many are."""
    return max(1, -(-count // most))


def _facts(classroom: Classroom) -> list[Fact]:
    """The facts of the book that some card asks for, in its order."""
    asked = Item.objects.cards().filter(book=classroom.book_id, subject__isnull=False)
    facts = Fact.objects.filter(book=classroom.book_id, pk__in=asked.order_by().values("subject"))
    return list(facts.select_related("section", "book").order_by("section__position", "pk"))


def _cards_by_fact(classroom: Classroom) -> Mapping[int, int]:
    """How many cards ask for each fact."""
    items = Item.objects.cards().filter(book=classroom.book_id, subject__isnull=False)
    return Counter(items.order_by().values_list("subject", flat=True))


def _recall(
    recalls: Mapping[int, _Recall], students: Sequence[int], today: date, day: date
) -> None:
    """Add what these students recall of each fact; one query."""
    columns = ("learner", "item__subject", "stability", "last_day", "weights__numbers")
    rows: Any = _rated(students, recalls).order_by().values(*columns)
    for row in rows.iterator(chunk_size=5_000):
        fact = recalls[row["item__subject"]]
        fact.now += _chance(row, today)
        fact.then += _chance(row, day)
        fact.rated += 1
        fact.met.add(row["learner"])


def _rated(students: Sequence[int], facts: Collection[int]) -> QuerySet[Card]:
    """The rated cards of these students on these facts."""
    rows = Card.objects.filter(learner__in=students, stability__isnull=False)
    return rows.filter(item__subject__in=facts, item__state=Item.State.READY, item__is_card=True)


def _chance(row: Mapping[str, Any], day: date) -> float:
    elapsed = max(0, (day - row["last_day"]).days)
    return retrievability(elapsed, row["stability"], row["weights__numbers"] or DEFAULT_WEIGHTS)


def _part(recalls: Sequence[_Recall], students: int) -> Part:
    chances = len(recalls) * students
    return Part(
        count=len(recalls),
        now=sum(one.now / one.cards for one in recalls) / chances,
        then=sum(one.then / one.cards for one in recalls) / chances,
    )


def _sections(
    told: Iterable[tuple[Fact, _Recall]], kinds: Sequence[str], students: int
) -> Iterator[SectionRow]:
    by_section = defaultdict[str, list[tuple[Fact, _Recall]]](list)
    for fact, recall in told:
        by_section[fact.section.title].append((fact, recall))
    for title, rows in by_section.items():
        of_kinds = [[recall for fact, recall in rows if fact.kind == kind] for kind in kinds]
        yield SectionRow(
            title=title,
            whole=_part([recall for _fact, recall in rows], students),
            parts=[_part(recalls, students) if recalls else None for recalls in of_kinds],
        )


def _weakest(told: Iterable[tuple[Fact, _Recall]], students: int) -> list[FactRecall]:
    """Of the facts that at least half of them have met those of which the least is recalled."""
    met = [
        FactRecall(fact, len(recall.met), recall.then / recall.rated)
        for fact, recall in told
        if recall.rated and 2 * len(recall.met) >= students
    ]
    return sorted(met, key=lambda one: (one.share, one.fact.pk))[:WEAKEST]
