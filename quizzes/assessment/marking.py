"""Marking: keys are read here, and `grading` does the arithmetic with them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from quizzes.assessment import grading
from quizzes.assessment.answering import CHOICE_KINDS, TYPED_KINDS, Answer
from quizzes.assessment.grading import Grade, Key
from quizzes.assessment.sheets import Question
from quizzes.content.dates import FuzzyDate, Precision
from quizzes.items.models import AcceptedAnswer, OptionKey, Revision


def graded(answers: Sequence[tuple[Question, Answer | None]]) -> list[Grade]:
    """The grade of each answer, none standing for no answer; at most two queries."""
    found = keys({one.served.revision_id: one.kind for one, _answer in answers})
    return [
        grading.grade(found[question.served.revision_id], answer) for question, answer in answers
    ]


def keys(asked: Mapping[int, str]) -> dict[int, Key]:
    """The keys of these revisions, each named with its kind; at most two queries."""
    unmarkable = dict.fromkeys(asked, grading.Unmarkable())
    return {**unmarkable, **_choice_keys(asked), **_typed_keys(asked)}


def _choice_keys(asked: Mapping[int, str]) -> dict[int, Key]:
    kinds = {revision: kind for revision, kind in asked.items() if kind in CHOICE_KINDS}
    options: dict[int, list[OptionKey]] = {revision: [] for revision in kinds}
    if not kinds:
        return {}
    rows = OptionKey.objects.filter(option__revision__in=kinds, option__part=0)
    for row in rows.select_related("option").order_by("option__position"):
        options[row.option.revision_id].append(row)
    return {revision: _choice_key(kinds[revision], rows) for revision, rows in options.items()}


def _choice_key(kind: str, options: Sequence[OptionKey]) -> Key:
    fractions = tuple(option.fraction for option in options)
    feedback = tuple(option.feedback for option in options)
    rights = [place for place, fraction in enumerate(fractions) if fraction > 0]
    if kind == Revision.Kind.SEVERAL:
        return grading.Several(frozenset(rights), feedback)
    if not rights:
        return grading.Unmarkable()
    if kind == Revision.Kind.TRUE_FALSE:
        return grading.TrueFalse(rights[0], feedback)
    return grading.Single(fractions, feedback)


def _typed_keys(asked: Mapping[int, str]) -> dict[int, Key]:
    kinds = {revision: kind for revision, kind in asked.items() if kind in TYPED_KINDS}
    if not kinds:
        return {}
    accepted: dict[int, list[AcceptedAnswer]] = defaultdict(list)
    for row in AcceptedAnswer.objects.filter(revision__in=kinds).order_by("position"):
        accepted[row.revision_id].append(row)
    return {revision: _typed_key(kind, accepted[revision]) for revision, kind in kinds.items()}


def _typed_key(kind: str, accepted: Sequence[AcceptedAnswer]) -> Key:
    match kind:
        case Revision.Kind.NUMBER:
            return grading.Number(tuple(_numbers(accepted)))
        case Revision.Kind.DATE:
            return grading.Date(tuple(map(_date, accepted)))
        case _:
            return grading.ShortText(tuple(map(_text, accepted)))


def _numbers(rows: Iterable[AcceptedAnswer]) -> Iterator[grading.AcceptedNumber]:
    for row in rows:
        if row.number is not None:
            yield grading.AcceptedNumber(row.number, row.tolerance, row.fraction, row.feedback)


def _date(row: AcceptedAnswer) -> grading.AcceptedDate:
    when = FuzzyDate(Precision(row.precision), row.not_before, row.not_after, None, row.text)
    return grading.AcceptedDate(when, row.fraction, row.feedback)


def _text(row: AcceptedAnswer) -> grading.AcceptedText:
    is_case_exact = row.case_rule == AcceptedAnswer.CaseRule.EXACT
    return grading.AcceptedText(row.text, row.fraction, is_case_exact, row.feedback)
