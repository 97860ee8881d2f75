"""What each handed-in attempt adds to its quiz's tallies: counted once, the same when recounted."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db import transaction
from django.db.models import Model

from quizzes.assessment import sheets
from quizzes.assessment.answering import Chosen
from quizzes.assessment.models import ItemTally, OptionTally, Quiz, Served
from quizzes.assessment.sheets import Question, Sheet
from quizzes.items.fractions import FULL_FRACTION


class Marked(NamedTuple):
    """A question with its fraction, and with the score of the others: the rest."""

    question: Question
    fraction: int
    rest: int


def score(questions: Iterable[Question]) -> int:
    """The weighted mean fraction in units of 10⁻⁷, never below 0; of no question it is 0."""
    weighted = [(one.served.weight, one.served.fraction or 0) for one in questions]
    total = sum(weight for weight, _fraction in weighted)
    earned = sum(weight * fraction for weight, fraction in weighted)
    return max(0, earned // total) if total else 0


def unmarked(sheet: Sheet) -> list[Question]:
    """The answers that wait for a person to mark them; till then they earn nothing."""
    return [one for one in sheet.questions if one.is_answered and one.served.fraction is None]


def is_counted(sheet: Sheet) -> bool:
    """Whether an attempt goes into the tallies of its quiz.

    That is the first at an assignment, or the first of practice, of somebody with an account, once
    all of it is marked.
    """
    is_first = sheet.attempt.number == 1 and not sheet.attempt.learner.is_guest
    return is_first and not unmarked(sheet)


def keep(sheet: Sheet) -> None:
    """Add an attempt that counts to its quiz's tallies, in two statements."""
    _add(*_tallies(sheet))


def take_back(sheet: Sheet) -> None:
    """Take an attempt out again, as it was added: in two statements, before its marks change."""
    items, options = _tallies(sheet)
    _negate(items, ItemTally.COLUMNS)
    _negate(options, OptionTally.COLUMNS)
    _add(items, options)


@transaction.atomic
def rebuild(quiz: Quiz) -> None:
    """Make a quiz's tallies anew from the attempts that count; in a sound database none differs."""
    ItemTally.objects.filter(quiz=quiz).delete()
    OptionTally.objects.filter(quiz=quiz).delete()
    rows = Served.objects.filter(attempt__quiz=quiz, attempt__is_tallied=True)
    for sheet in sheets.each(rows.order_by("attempt", "position")):
        keep(sheet)


def _tallies(sheet: Sheet) -> tuple[list[ItemTally], list[OptionTally]]:
    quiz, marked = sheet.attempt.quiz, _marked(sheet)
    options = [tally for one in marked for tally in _option_tallies(quiz, one)]
    return [_item_tally(quiz, one) for one in marked], options


def _add(items: list[ItemTally], options: list[OptionTally]) -> None:
    ItemTally.objects.add(items)
    OptionTally.objects.add(options)


def _negate(tallies: Iterable[Model], columns: Iterable[str]) -> None:
    for tally in tallies:
        for name in columns:
            setattr(tally, name, -getattr(tally, name))


def _marked(sheet: Sheet) -> list[Marked]:
    """Each question beside the score of the others."""
    others = {one.position: [o for o in sheet.questions if o is not one] for one in sheet.questions}
    return [
        Marked(one, one.served.fraction or 0, score(others[one.position]))
        for one in sheet.questions
    ]


def _item_tally(quiz: Quiz, one: Marked) -> ItemTally:
    return ItemTally(
        quiz=quiz,
        revision_id=one.question.served.revision_id,
        attempts=1,
        answered=int(one.question.is_answered),
        fraction_sum=one.fraction,
        fraction_squares=one.fraction * one.fraction // FULL_FRACTION,
        rest_sum=one.rest,
        rest_squares=one.rest * one.rest // FULL_FRACTION,
        product_sum=one.fraction * one.rest // FULL_FRACTION,
    )


def _option_tallies(quiz: Quiz, one: Marked) -> Iterator[OptionTally]:
    answer = one.question.answer
    for position in sorted(answer.positions) if isinstance(answer, Chosen) else ():
        yield OptionTally(
            quiz=quiz,
            revision_id=one.question.served.revision_id,
            position=position,
            chosen=1,
            rest_sum=one.rest,
        )
