"""What each handed-in attempt adds to its quiz's tallies: counted once, the same when recounted."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import batched, chain
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import transaction

from quizzes.assessment import sheets, telling_apart
from quizzes.assessment.answering import Chosen, Filled
from quizzes.assessment.models import Attempt, ItemTally, OptionTally, Quiz, Served
from quizzes.assessment.models.tallies import ALL_BANDS, BANDS, GIVEN, LEFT_OUT, wide
from quizzes.assessment.sheets import Question, Sheet
from quizzes.items.fractions import FULL_FRACTION, nearest

LONGEST_SECONDS = 600
"""Of a question whose time is counted: who went for a walk says nothing of it."""


type Tallied = tuple[Sequence[ItemTally], Sequence[OptionTally]]
"""What one attempt adds, question by question, and option by option or answer by answer."""

_ROWS_A_STATEMENT = 1_000
"""A statement of SQLite has room for 32,766 values."""
_ATTEMPTS_READ = 200
_ATTNAMES = {"revision": "revision_id"}


class Marked(NamedTuple):
    """A question with its fraction, with the marks of the others (the rest), and its time.

    The seconds are those since the answer that was saved before it: about what it took; none for
    a question that was not answered, or left lying.
    """

    question: Question
    fraction: int
    rest: int
    seconds: int | None


def score(questions: Iterable[Question]) -> int:
    """The weighted mean fraction in units of 10⁻⁷, never below 0; of no question it is 0.

    What a regrade dropped counts for nothing.
    """
    counted = [one.served for one in questions if not one.served.is_dropped]
    return mean([(served.weight, served.fraction or 0) for served in counted])


def mean(weighted: Sequence[tuple[int, int]]) -> int:
    """The mean of fractions, each with its weight before it, to the nearest unit; never below 0."""
    total = sum(weight for weight, _fraction in weighted)
    earned = sum(weight * fraction for weight, fraction in weighted)
    return nearest(Fraction(earned, total)) if total else 0


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
    _add(*difference([], [tallied(sheet)]))


def replace(taken: Iterable[Tallied], kept: Iterable[Tallied]) -> None:
    """Take out what attempts of one sample added, and add what they come to instead.

    In a few statements, whatever the number of attempts; rows of nobody go.
    """
    items, options = difference(taken, kept)
    _add(items, options)
    samples = {*(one.sample for one in items), *(one.sample for one in options)}
    ItemTally.objects.filter(sample__in=samples, attempts=0).delete()
    OptionTally.objects.filter(sample__in=samples, chosen=0).delete()


def difference(taken: Iterable[Tallied], kept: Iterable[Tallied]) -> Tallied:
    """What to add to the tallies so that these attempts are out and those are in."""
    taken, kept = list(taken), list(kept)
    items = _difference(ItemTally, [one for one, _ in taken], [one for one, _ in kept])
    return items, _difference(OptionTally, [one for _, one in taken], [one for _, one in kept])


def counted(sheet: Sheet) -> list[Tallied]:
    """What an attempt comes to, as it stands: nothing, or one."""
    return [tallied(sheet)] if sheet.attempt.is_tallied else []


@transaction.atomic
def rebuild(quiz: Quiz) -> None:
    """Make a quiz's tallies anew from the attempts that count; in a sound database none differs."""
    ItemTally.objects.filter(quiz=quiz).delete()
    OptionTally.objects.filter(quiz=quiz).delete()
    for some in counted_of(quiz):
        replace([], some)


def counted_of(quiz: Quiz) -> Iterator[list[Tallied]]:
    """What the attempts that count come to now, some of them at a time."""
    attempts = Attempt.objects.filter(quiz=quiz, is_tallied=True).order_by("pk")
    for some in batched(attempts.values_list("pk", flat=True), _ATTEMPTS_READ):
        rows = Served.objects.filter(attempt__in=some).order_by("attempt", "position")
        yield [tallied(sheet) for sheet in sheets.each(rows)]


def tallied(sheet: Sheet) -> Tallied:
    """What an attempt that counts comes to, as it stands.

    What was put in places is told of assignments alone: of practice nobody is shown it.
    """
    attempt = sheet.attempt
    sample = {
        "quiz": attempt.quiz,
        "sample": attempt.assignment.uid if attempt.assignment else attempt.quiz.uid,
    }
    band = (attempt.score or 0) * BANDS // FULL_FRACTION
    marked = _marked(sheet)
    options = [
        OptionTally(**sample, **row)
        for one in marked
        for row in chain(_chosen(one, band), _given(one, band) if attempt.assignment else ())
    ]
    return [ItemTally(**sample, band=band, **_item(one)) for one in marked], options


def _add(items: Sequence[ItemTally], options: Sequence[OptionTally]) -> None:
    """All items before all options, each by their keys: so nobody waits for who waits for them."""
    for some in batched(items, _ROWS_A_STATEMENT):
        ItemTally.objects.add(some)
    for others in batched(options, _ROWS_A_STATEMENT):
        OptionTally.objects.add(others)


def _difference[T: (ItemTally, OptionTally)](
    model: type[T], taken: Iterable[Sequence[T]], kept: Iterable[Sequence[T]]
) -> list[T]:
    """What to add to the rows that stand, by their keys; those without a difference are out."""
    sums: dict[tuple[Any, ...], T] = {}
    numbers: Counter[tuple[tuple[Any, ...], str]] = Counter()
    for sign, those in ((-1, taken), (1, kept)):
        for row in chain.from_iterable(those):
            key = tuple(getattr(row, _ATTNAMES.get(name, name)) for name in model.KEY)
            sums.setdefault(key, row)
            for column in model.COLUMNS:
                numbers[key, column] += sign * getattr(row, column)
    found = []
    for key, row in sorted(sums.items(), key=itemgetter(0)):
        columns = {column: numbers[key, column] for column in model.COLUMNS}
        if any(columns.values()):
            for column, number in columns.items():
                setattr(row, column, number)
            found.append(row)
    return found


def _marked(sheet: Sheet) -> list[Marked]:
    """Each question beside the marks of the others."""
    marks = [one.served.weight * (one.served.fraction or 0) for one in sheet.questions]
    dropped = [one.served.is_dropped for one in sheet.questions]
    whole = sum(mark for mark, is_out in zip(marks, dropped, strict=True) if not is_out)
    seconds = _seconds(sheet)
    return [
        Marked(
            one,
            one.served.fraction or 0,
            whole if is_out else whole - mark,
            seconds.get(one.position),
        )
        for one, mark, is_out in zip(sheet.questions, marks, dropped, strict=True)
    ]


def _seconds(sheet: Sheet) -> dict[int, int]:
    """About how long each answered question took, by its position."""
    saved = sorted((one.saved_at, one.position) for one in sheet.questions if one.saved_at)
    found, before = {}, sheet.attempt.started_at
    for saved_at, position in saved:
        passed = int((saved_at - before).total_seconds())
        if 0 < passed <= LONGEST_SECONDS:
            found[position] = passed
        before = saved_at
    return found


def _item(one: Marked) -> dict[str, Any]:
    return {
        "revision_id": one.question.served.revision_id,
        "weight": one.question.served.weight,
        "attempts": 1,
        "answered": int(one.question.is_answered),
        "fraction_sum": one.fraction,
        **wide("fraction_squares", one.fraction * one.fraction),
        "rest_sum": one.rest,
        **wide("rest_squares", one.rest * one.rest),
        **wide("products", one.fraction * one.rest),
        "timed": int(one.seconds is not None),
        "seconds": one.seconds or 0,
    }


def _chosen(one: Marked, band: int) -> Iterator[dict[str, Any]]:
    """The options that were chosen, by part and place."""
    match one.question.answer:
        case Chosen(positions):
            places = [(0, place) for place in sorted(positions)]
        case Filled(gaps):
            places = [(part, gap) for part, gap in enumerate(gaps) if isinstance(gap, int)]
        case _:
            places = []
    for part, position in places:
        yield {
            "revision_id": one.question.served.revision_id,
            "part": part,
            "position": position,
            "band": band,
            "chosen": 1,
            "rest_sum": one.rest,
        }


def _given(one: Marked, band: int) -> Iterator[dict[str, Any]]:
    """What was put in each place, in its band; a text in all of them too."""
    for placed in telling_apart.placed(one.question):
        row = {
            "revision_id": one.question.served.revision_id,
            "part": placed.part,
            "position": GIVEN if placed.answer else LEFT_OUT,
            "answer": placed.answer,
            "chosen": 1,
            "rest_sum": one.rest,
        }
        yield row | {"band": band}
        if placed.said:
            yield row | {"band": ALL_BANDS, "said": placed.said}
