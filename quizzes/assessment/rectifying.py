"""Rectifying: marks and scores that are not what raw answers and the regrades in force make them.

In a sound database there are none: every mark that stands came from `remarking`, which is asked
again here. Tallies follow from scores, so they are recounted afterwards (`recounting`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import batched

from django.db import transaction

from quizzes.assessment import marking_anew, overruling, remarking, sheets, tallying
from quizzes.assessment.models import Attempt, Quiz, Served
from quizzes.assessment.sheets import Sheet

_ROUNDED_DOWN = 1
"""A score that was kept before scores went to the nearest unit may be one unit less: no fault."""


@dataclass(slots=True)
class _Found:
    """What differs in some attempts, in words; the rows are as they must be, and not saved."""

    said: list[str] = field(default_factory=list)
    marks: list[Served] = field(default_factory=list)
    scored: list[Attempt] = field(default_factory=list)


def recount(attempt: Attempt) -> list[str]:
    """What of an attempt is not as its raw answers and the regrades in force make it.

    In a sound database nothing; nothing is changed.
    """
    return _compared([sheets.of(attempt)]).said


def recount_all(quiz: Quiz) -> Iterator[str]:
    """The same of all attempts at a quiz, some of them at a time: six queries for each 200."""
    for some in _parts(quiz):
        yield from _compared(_read(some)).said


@transaction.atomic
def set_right(quiz: Quiz) -> int:
    """Let every mark and score of a quiz be what it must be; tells how many were not.

    Nothing else is written.
    """
    count = 0
    for some in _parts(quiz):
        list(Attempt.objects.select_for_update(no_key=True).filter(pk__in=some).order_by("pk"))
        found = _compared(_read(some))
        remarking.save(found.marks)
        Attempt.objects.bulk_update(found.scored, ["score"])
        count += len(found.said)
    return count


def _parts(quiz: Quiz) -> Iterator[tuple[int, ...]]:
    attempts = Attempt.objects.filter(quiz=quiz).order_by("pk").values_list("pk", flat=True)
    return batched(attempts, marking_anew.ATTEMPTS_AT_ONCE)


def _read(attempts: Sequence[int]) -> list[Sheet]:
    rows = Served.objects.filter(attempt__in=attempts)
    return sheets.each(rows.order_by("attempt", "position"))


def _compared(read: Sequence[Sheet]) -> _Found:
    rulings = overruling.over([one for sheet in read for one in sheet.questions])
    found = _Found()
    for sheet, stand in zip(read, remarking.standings(read, rulings), strict=True):
        attempt, name = sheet.attempt, f"attempt {sheet.attempt.uid}"
        stood = {one.served.pk: _mark(one.served) for one in sheet.questions}
        for one in remarking.put(sheet, stand):
            told = f"{stood[one.pk]}, told again {_mark(one)}"
            found.said.append(f"{name}: question {one.position} has {told}")
            found.marks.append(one)
        kept, score = attempt.score, tallying.score(sheet.questions)
        if kept is not None and not 0 <= score - kept <= _ROUNDED_DOWN:
            found.said.append(f"{name}: score is {attempt.score}, told again {score}")
            attempt.score = score
            found.scored.append(attempt)
    return found


def _mark(served: Served) -> str:
    return f"{served.fraction} (dropped)" if served.is_dropped else f"{served.fraction}"
