"""Recounting: whether a quiz's tallies are what its attempts come to; in a sound database they are.

Tallies are kept at hand-in, and in whole numbers: counted again they are the same to the last one.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import chain

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from quizzes.assessment import tallying, telling_apart
from quizzes.assessment.answering import CLOZE
from quizzes.assessment.models import Assignment, Attempt, ItemTally, OptionTally, Quiz
from quizzes.assessment.models.quizzes import QuizQuerySet
from quizzes.assessment.models.tallies import GIVEN
from quizzes.assessment.tallying import Tallied
from quizzes.items.models import AcceptedAnswer

type Key = tuple[str, ...]
"""Which row: its model, its sample, and the rest of its key."""
type Rows = dict[Key, Counter[str]]


def differing(quiz: Quiz) -> list[str]:
    """The rows of a quiz's tallies that differ from its attempts counted again, in words."""
    stands, told = _standing(quiz), _recounted(quiz)
    nothing = Counter[str]()
    found = []
    for key in sorted({*stands, *told}):
        is_now, should_be = stands.get(key, nothing), told.get(key, nothing)
        wrong = [name for name in {**is_now, **should_be} if is_now[name] != should_be[name]]
        if wrong:
            name = wrong[0]
            said = f"{' '.join(key)}: {name} is {is_now[name]}, told again {should_be[name]}"
            found.append(said)
    return found


@transaction.atomic
def rebuild(quiz: Quiz) -> int:
    """Make a quiz's tallies anew; how many rows were not as they are now."""
    found = len(differing(quiz))
    tallying.rebuild(quiz)
    return found


@transaction.atomic
def set_right(quiz: Quiz) -> None:
    """Write the rows of a quiz's tallies that differ from its attempts, and no other."""
    stands = [(list(quiz.item_tallies.all()), list(quiz.option_tallies.all()))]
    told: list[Tallied] = []
    for some in tallying.counted_of(quiz):
        told = [tallying.difference([], [*told, *some])]
    tallying.replace(stands, told)


def untallied() -> QuizQuerySet:
    """Quizzes that count attempts and have no tallies, as after their tables were made anew.

    Or, of an assignment, some question without what was put in its places, as after tables that
    knew nothing of it.
    """
    attempts = Attempt.objects.filter(quiz=OuterRef("pk"), is_tallied=True)
    tallies = ItemTally.objects.filter(quiz=OuterRef("pk"))
    is_missing = ~Exists(tallies) | Exists(_untold(tallies))
    return Quiz.objects.filter(Exists(attempts), is_missing).in_order()


def _untold(tallies: QuerySet[ItemTally]) -> QuerySet[ItemTally]:
    """Those of answers in places, given at an assignment, of which no place is tallied."""
    texts = AcceptedAnswer.objects.filter(revision=OuterRef("revision"))
    placed = Q(revision__kind__in=telling_apart.PLACED) | Q(Exists(texts), revision__kind=CLOZE)
    same = {name: OuterRef(name) for name in ("sample", "revision", "band")}
    told = OptionTally.objects.filter(position__gte=GIVEN, **same)
    given = Assignment.objects.filter(uid=OuterRef("sample"))
    return tallies.filter(placed, Exists(given), ~Exists(told), answered__gt=0)


def _standing(quiz: Quiz) -> Rows:
    found: Rows = {}
    _count(found, quiz.item_tallies.iterator())
    _count(found, quiz.option_tallies.iterator())
    return found


def _recounted(quiz: Quiz) -> Rows:
    found: Rows = {}
    for items, options in chain.from_iterable(tallying.counted_of(quiz)):
        _count(found, items)
        _count(found, options)
    return found


def _count(rows: Rows, tallies: Iterable[ItemTally] | Iterable[OptionTally]) -> None:
    for one in tallies:
        names = ("revision_id" if name == "revision" else name for name in one.KEY)
        key = (type(one).__name__, *(str(getattr(one, name)) for name in names))
        numbers = rows.setdefault(key, Counter())
        for name in one.COLUMNS:
            numbers[name] += getattr(one, name)
