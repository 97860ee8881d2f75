"""What was typed: a text, a number or a date against those that are accepted."""

from collections.abc import Callable, Iterable

from quizzes.assessment import typed_dates, typed_numbers
from quizzes.assessment.grading.grades import WRONG, Grade, Remark
from quizzes.assessment.grading.keys import (
    Accepted,
    AcceptedDate,
    AcceptedNumber,
    AcceptedText,
    Date,
    Number,
    ShortText,
)
from quizzes.assessment.typed_numbers import Bound
from quizzes.content.dates import FuzzyDate, finer, within
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.normalizing import answer_key


def typed(key: ShortText | Number | Date, text: str) -> Grade:
    """The grade of a text; of several accepted answers that it meets the best counts."""
    match key:
        case ShortText(accepted):
            return _best(accepted, lambda one: _is_text(one, text)) or WRONG
        case Number(accepted):
            return _number(accepted, text)
        case Date(accepted):
            return _date(accepted, text)


def _best[A: Accepted](accepted: Iterable[A], is_it: Callable[[A], bool]) -> Grade | None:
    fitting = [one for one in accepted if is_it(one)]
    if not fitting:
        return None
    best = max(fitting, key=lambda one: one.fraction)
    fraction = min(max(0, best.fraction), FULL_FRACTION)
    return Grade(fraction, (best.feedback,) if best.feedback else ())


def _is_text(one: AcceptedText, text: str) -> bool:
    """Apostrophes, punctuation and the article never matter; capitals and accents where told."""
    rules = {"keeps_capitals": one.is_case_exact, "keeps_accents": one.is_accent_exact}
    said = answer_key(text, **rules)
    return said != "" and said == answer_key(one.text, **rules)


def _number(accepted: tuple[AcceptedNumber, ...], text: str) -> Grade:
    """The number alone is right; a word beside it (“about”, “over”) must agree with the book's.

    Source: the pack's grading rules, “accept the value with or without its qualifier”; so a
    qualifier is never needed, and one that says something else is not the book's.
    """
    said = typed_numbers.read(text)
    if said is None:
        return Grade(0, remark=Remark.NOT_UNDERSTOOD)
    met = [one for one in accepted if abs(said.value - one.value) <= one.tolerance]
    if right := _best(met, lambda one: typed_numbers.agrees(said.bound, one.bound)):
        return right
    if not met:
        return WRONG
    is_exact = said.bound is Bound.EXACTLY
    return Grade(0, remark=Remark.TOO_EXACT if is_exact else Remark.WRONG_BOUND)


def _date(accepted: tuple[AcceptedDate, ...], text: str) -> Grade:
    """As exact as the source and no more: a finer date claims what the source does not say."""
    said = typed_dates.read(text)
    if right := _best(accepted, lambda one: _is_date(one.when, said, text)):
        return right
    if said is None:
        return Grade(0, remark=Remark.NOT_UNDERSTOOD)
    if any(finer(said, one.when) for one in accepted):
        return Grade(0, remark=Remark.TOO_EXACT)
    if any(within(one.when, said) for one in accepted):
        return Grade(0, remark=Remark.NOT_EXACT_ENOUGH)
    return WRONG


def _is_date(when: FuzzyDate, said: FuzzyDate | None, text: str) -> bool:
    """The same days, however they are spelled, or the source's own words."""
    is_same = said is not None and said.bounds is not None and said.bounds == when.bounds
    return is_same or (answer_key(text) != "" and answer_key(text) == answer_key(when.label))
