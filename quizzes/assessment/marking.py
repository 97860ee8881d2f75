"""Marking: keys are read here, and `grading` does the arithmetic with them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from quizzes.assessment import grading, overruling, typed_numbers
from quizzes.assessment.answering import CHOICE_KINDS, TYPED_KINDS, Answer
from quizzes.assessment.grading import GapKey, Grade, Key, Remark
from quizzes.assessment.overruling import Rulings
from quizzes.assessment.sheets import Question
from quizzes.assessment.typed_numbers import Bound
from quizzes.content.dates import FuzzyDate, Precision
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import AcceptedAnswer, OptionKey, Precedence, Revision
from quizzes.items.normalizing import answer_key

Kind = Revision.Kind

WITH_OPTIONS = CHOICE_KINDS | {Kind.MATCHING, Kind.ORDERING, Kind.CLOZE}
WITH_TEXTS = TYPED_KINDS | {Kind.CLOZE}

type Options = Mapping[int, Sequence[OptionKey]]
"""The keys of a question's options by their part, in their own order."""
type Texts = Mapping[int, Sequence[AcceptedAnswer]]
"""What is accepted in each part of a question."""


class Verdict(StrEnum):
    """What an answer is, in a word; what tries and hints cost is its fraction's affair."""

    RIGHT = "right"
    PARTLY = "partly"
    NOT = "not"
    UNMARKED = "unmarked"


def verdict(question: Question, grade: Grade) -> Verdict:
    """The verdict on the answer that got this grade; a person's mark stands where there is none."""
    stored = question.served.fraction
    if stored is None and question.is_answered:
        return Verdict.UNMARKED
    fraction = (stored if grade.fraction is None else grade.fraction) or 0
    if fraction == FULL_FRACTION:
        return Verdict.RIGHT
    return Verdict.PARTLY if fraction > 0 else Verdict.NOT


def graded(
    answers: Sequence[tuple[Question, Answer | None]], rulings: Rulings | None = None
) -> list[Grade]:
    """The grade of each answer, none standing for no answer, as the regrades in force have it.

    At most four queries, and one fewer where nothing was assigned or the `rulings` are known.
    """
    if rulings is None:
        rulings = overruling.over([question for question, _answer in answers])
    asked = {one.served.revision_id: one.kind for one, _answer in answers}
    found = keys(asked | overruling.key_kinds(rulings, asked))
    return [
        overruling.overruled(
            grading.grade(found[question.served.revision_id], answer),
            overruling.of(rulings, question),
            found,
            question,
            answer,
        )
        for question, answer in answers
    ]


def keys(asked: Mapping[int, str]) -> dict[int, Key]:
    """The keys of these revisions, each named with its kind; at most three queries."""
    options = _options([pk for pk, kind in asked.items() if kind in WITH_OPTIONS])
    texts = _texts([pk for pk, kind in asked.items() if kind in WITH_TEXTS])
    pairs = _pairs([pk for pk, kind in asked.items() if kind == Kind.ORDERING])
    return {
        pk: key(kind, options.get(pk, {}), texts.get(pk, {}), pairs.get(pk, frozenset()))
        for pk, kind in asked.items()
    }


def _options(revisions: Collection[int]) -> dict[int, Options]:
    found: dict[int, dict[int, list[OptionKey]]] = defaultdict(lambda: defaultdict(list))
    rows = OptionKey.objects.filter(option__revision__in=revisions).select_related("option")
    for row in rows.order_by("option__part", "option__position"):
        found[row.option.revision_id][row.option.part].append(row)
    return {**found}


def _texts(revisions: Collection[int]) -> dict[int, Texts]:
    found: dict[int, dict[int, list[AcceptedAnswer]]] = defaultdict(lambda: defaultdict(list))
    rows = AcceptedAnswer.objects.filter(revision__in=revisions).select_related("revision")
    for row in rows.order_by("part", "position"):
        found[row.revision_id][row.part].append(row)
    return {**found}


def _pairs(revisions: Collection[int]) -> dict[int, frozenset[tuple[int, int]]]:
    found: dict[int, set[tuple[int, int]]] = defaultdict(set)
    rows = Precedence.objects.filter(revision__in=revisions)
    for revision, earlier, later in rows.values_list("revision", "earlier", "later"):
        found[revision].add((earlier, later))
    return {revision: frozenset(pairs) for revision, pairs in found.items()}


def key(kind: str, options: Options, texts: Texts, pairs: frozenset[tuple[int, int]]) -> Key:
    """The key that these rows make for a question of a kind."""
    first = options.get(0, ())
    match kind:
        case Kind.MATCHING:
            return _matching(first, options.get(1, ()))
        case Kind.ORDERING:
            return grading.Ordering(pairs or _by_rank(first), _feedback(first))
        case Kind.CLOZE:
            parts = range(1 + max([*options, *texts], default=0))
            return grading.Cloze(tuple(_gap(options.get(n, ()), texts.get(n, ())) for n in parts))
        case Kind.ESSAY:
            return grading.Unmarkable(Remark.BY_A_PERSON)
        case _ if kind in TYPED_KINDS:
            return _typed(kind, [row for part in texts.values() for row in part])
        case _ if kind in CHOICE_KINDS:
            return _choice(kind, first)
    return grading.Unmarkable()


def _feedback(options: Sequence[OptionKey]) -> tuple[str, ...]:
    return tuple(option.feedback for option in options)


def _choice(kind: str, options: Sequence[OptionKey]) -> Key:
    fractions, feedback = tuple(option.fraction for option in options), _feedback(options)
    rights = [place for place, fraction in enumerate(fractions) if fraction > 0]
    if not rights:
        return grading.Unmarkable()
    if kind == Kind.SEVERAL:
        return grading.Several(frozenset(rights), feedback)
    if kind == Kind.TRUE_FALSE:
        return grading.TrueFalse(rights[0], feedback)
    return grading.Single(fractions, feedback)


def _matching(lefts: Sequence[OptionKey], rights: Sequence[OptionKey]) -> Key:
    """Right sides that read the same are the same."""
    said = [answer_key(right.option.text) for right in rights]
    matches = tuple(
        frozenset(place for place, text in enumerate(said) if text == said[left.match])
        for left in lefts
        if left.match is not None and left.match < len(said)
    )
    if not matches or len(matches) < len(lefts):
        return grading.Unmarkable()
    return grading.Matching(matches, len(said), _feedback(lefts), _feedback(rights))


def _by_rank(lines: Sequence[OptionKey]) -> frozenset[tuple[int, int]]:
    """Every line comes before those of a higher rank."""
    ranks = [(place, line.rank) for place, line in enumerate(lines) if line.rank is not None]
    return frozenset((one, other) for one, low in ranks for other, high in ranks if low < high)


def _gap(options: Sequence[OptionKey], texts: Sequence[AcceptedAnswer]) -> GapKey:
    if options:
        fractions = tuple(option.fraction for option in options)
        is_markable = any(fraction > 0 for fraction in fractions)
        single = grading.Single(fractions, _feedback(options))
        return single if is_markable else grading.Unmarkable()
    return _typed(kind_of(texts[0]), texts) if texts else grading.Unmarkable()


def kind_of(row: AcceptedAnswer) -> str:
    """What a gap takes, by the first answer that it accepts."""
    if row.number is not None:
        return Kind.NUMBER
    return Kind.DATE if row.precision else Kind.SHORT_TEXT


def _typed(
    kind: str, accepted: Sequence[AcceptedAnswer]
) -> grading.ShortText | grading.Number | grading.Date:
    match kind:
        case Kind.NUMBER:
            return grading.Number(tuple(_numbers(accepted)))
        case Kind.DATE:
            return grading.Date(tuple(_date(row) for row in accepted if row.precision))
        case _:
            return grading.ShortText(tuple(map(_text, accepted)))


def _numbers(rows: Iterable[AcceptedAnswer]) -> Iterator[grading.AcceptedNumber]:
    for row in rows:
        if row.number is not None:
            yield grading.AcceptedNumber(
                row.number, row.tolerance, _bound(row), row.fraction, row.feedback
            )


def _bound(row: AcceptedAnswer) -> Bound:
    """The bound that is laid down, or else the one that the book's own words have."""
    said = typed_numbers.read(row.text)
    return typed_numbers.named(row.bound) or (said.bound if said else None) or Bound.EXACTLY


def _date(row: AcceptedAnswer) -> grading.AcceptedDate:
    when = FuzzyDate(Precision(row.precision), row.not_before, row.not_after, None, row.text)
    return grading.AcceptedDate(when, row.fraction, row.feedback)


def _text(row: AcceptedAnswer) -> grading.AcceptedText:
    is_exact = row.case_rule == AcceptedAnswer.CaseRule.EXACT
    return grading.AcceptedText(
        row.text,
        row.fraction,
        is_case_exact=is_exact or row.revision.is_case_exact,
        is_accent_exact=row.revision.is_accent_exact,
        feedback=row.feedback,
    )
