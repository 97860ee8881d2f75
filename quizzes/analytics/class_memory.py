"""What a class remembers: the share of the book's facts that it can recall on a day.

A fact that a student has met is recalled with the mean chance of that student's cards on it, and
a card that was never rated with none. The share of a part of the book is the mean over its facts
and the students. Nobody's own figures leave this module.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

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
"""A larger class is told from every so many-th of its students."""
REVIEWS_READ = 5_000
CALIBRATED_DAYS = 60
WEAKEST = 12


@dataclass(frozen=True, slots=True)
class FactRecall:
    """One fact: how many of the students have met it, and the share who recall it on the day."""

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

    `told_from` of `students` students were read. `kinds` heads the parts of every row.
    """

    day: date
    students: int
    told_from: int
    whole: Part
    kinds: list[str]
    sections: list[SectionRow]
    weakest: list[FactRecall]


@dataclass(frozen=True, slots=True)
class _Recall:
    """The sums over students of one fact's chances now and on the day, and who has met it."""

    now: float
    then: float
    met: int


def forecast(classroom: Classroom, today: date, day: date) -> ClassForecast | None:
    """The class's memory of its book on a day, if nobody reviewed until then; at most four queries.

    None of a class without students, or of a book without facts to recall.
    """
    everyone = list(enrolled(classroom).order_by("pk").values_list("user", flat=True))
    facts = _facts(classroom)
    if not everyone or not facts:
        return None
    cards = _cards_by_fact(classroom)
    step = max(1, -(-len(everyone) * sum(cards.values()) // CARDS_READ))
    students = everyone[::step]
    recalls = _recalls(students, cards, today, day)
    told = [(fact, recalls.get(fact.pk, _Recall(0, 0, 0))) for fact in facts]
    kinds = sorted({fact.kind for fact in facts}, key=list(Fact.Kind.values).index)
    return ClassForecast(
        day=day,
        students=len(everyone),
        told_from=len(students),
        whole=_part([recall for _fact, recall in told], len(students)),
        kinds=[str(Fact.Kind(kind).label) for kind in kinds],
        sections=list(_sections(told, kinds, len(students))),
        weakest=_weakest(told, len(students)),
    )


def calibration(classroom: Classroom, at: datetime) -> Calibration | None:
    """How often the class recalled what was foretold lately; none without a review that tells.

    The newest reviews of its students on its book are read, those of one part of the students
    where the class is large; two queries.
    """
    students = list(enrolled(classroom).order_by("pk").values_list("user", flat=True))
    log = Review.objects.standing().filter(
        learner__in=students[:: max(1, len(students) // 100)],
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
    return calibrating.calibration(found) if found else None


def _facts(classroom: Classroom) -> list[Fact]:
    """The facts of the book that some card asks for, in its order."""
    asked = Item.objects.cards().filter(book=classroom.book_id, subject__isnull=False)
    facts = Fact.objects.filter(book=classroom.book_id, pk__in=asked.order_by().values("subject"))
    return list(facts.select_related("section", "book").order_by("section__position", "pk"))


def _cards_by_fact(classroom: Classroom) -> Mapping[int, int]:
    """How many cards ask for each fact."""
    items = Item.objects.cards().filter(book=classroom.book_id, subject__isnull=False)
    return Counter(items.order_by().values_list("subject", flat=True))


def _recalls(
    students: Sequence[int], cards: Mapping[int, int], today: date, day: date
) -> dict[int, _Recall]:
    """What these students recall of each fact; one query."""
    now, then = defaultdict[int, float](float), defaultdict[int, float](float)
    met = defaultdict[int, set[int]](set)
    for row in _rated(students, cards):
        fact, learner = row["item__subject"], row["learner"]
        now[fact] += _chance(row, today) / cards[fact]
        then[fact] += _chance(row, day) / cards[fact]
        met[fact].add(learner)
    return {fact: _Recall(now[fact], then[fact], len(met[fact])) for fact in met}


def _rated(students: Sequence[int], cards: Mapping[int, int]) -> Any:
    """The rated cards of these students on these facts, row by row."""
    rows = Card.objects.filter(learner__in=students, stability__isnull=False)
    rows = rows.filter(item__subject__in=cards, item__state=Item.State.READY, item__is_card=True)
    columns = ("learner", "item__subject", "stability", "last_day", "weights__numbers")
    return rows.order_by().values(*columns).iterator(chunk_size=5_000)


def _chance(row: Mapping[str, Any], day: date) -> float:
    elapsed = max(0, (day - row["last_day"]).days)
    return retrievability(elapsed, row["stability"], row["weights__numbers"] or DEFAULT_WEIGHTS)


def _part(recalls: Sequence[_Recall], students: int) -> Part:
    chances = len(recalls) * students
    return Part(
        count=len(recalls),
        now=sum(one.now for one in recalls) / chances,
        then=sum(one.then for one in recalls) / chances,
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
    """Of the facts that at least half of them have met those that the fewest will recall."""
    met = [
        FactRecall(fact, recall.met, recall.then / recall.met)
        for fact, recall in told
        if recall.met and 2 * recall.met >= students
    ]
    return sorted(met, key=lambda one: (one.share, one.fact.pk))[:WEAKEST]
