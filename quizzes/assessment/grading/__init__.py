"""Grading: a key and an answer make a fraction of the mark, and what is to be said of it.

Pure, and total: whatever a key and an answer are, there is a grade. Fractions are whole numbers
of 10⁻⁷ of the mark, from nothing to the whole of it, and only a right answer earns the whole. A
grade without a fraction says that a machine cannot mark this, which is something else than wrong.
The sources of the rules are beside them, in the module of each way of answering.
"""

from quizzes.assessment.answering import (
    Answer,
    Chosen,
    Filled,
    Matched,
    Ordered,
    Typed,
    is_blank,
)
from quizzes.assessment.grading.choosing import chosen
from quizzes.assessment.grading.crediting import Credit, credited
from quizzes.assessment.grading.grades import GIVEN, UNGRADABLE, WRONG, Grade, Remark
from quizzes.assessment.grading.keys import (
    AcceptedDate,
    AcceptedNumber,
    AcceptedText,
    Cloze,
    Date,
    GapKey,
    Key,
    Matching,
    Number,
    Ordering,
    Several,
    ShortText,
    Single,
    TrueFalse,
    Unmarkable,
)
from quizzes.assessment.grading.placing import matched, ordered
from quizzes.assessment.grading.typing import typed

__all__ = [
    "GIVEN",
    "UNGRADABLE",
    "WRONG",
    "AcceptedDate",
    "AcceptedNumber",
    "AcceptedText",
    "Cloze",
    "Credit",
    "Date",
    "GapKey",
    "Grade",
    "Key",
    "Matching",
    "Number",
    "Ordering",
    "Remark",
    "Several",
    "ShortText",
    "Single",
    "TrueFalse",
    "Unmarkable",
    "credited",
    "grade",
]


def grade(key: Key, answer: Answer | None) -> Grade:
    """The grade of an answer; none, or a blank one, earns nothing."""
    if answer is None or is_blank(answer):
        return Grade(0, remark=Remark.NOT_ANSWERED)
    match key, answer:
        case Unmarkable(remark), _:
            return Grade(None, remark=remark)
        case ((Single() | TrueFalse() | Several()), Chosen(positions)):
            return chosen(key, positions)
        case ((ShortText() | Number() | Date()), Typed(text)):
            return typed(key, text)
        case Matching(), Matched(rights):
            return matched(key, rights)
        case Ordering(), Ordered(places):
            return ordered(key, places)
        case Cloze(keys), Filled(gaps) if len(keys) == len(gaps):
            return _mean([grade(one, _gap(said)) for one, said in zip(keys, gaps, strict=True)])
    return UNGRADABLE


def _gap(said: str | int | None) -> Answer | None:
    if said is None:
        return None
    return Chosen(frozenset({said})) if isinstance(said, int) else Typed(said)


def _mean(gaps: list[Grade]) -> Grade:
    """Every gap counts the same; of one gap alone its remark is told."""
    fractions = [one.fraction for one in gaps if one.fraction is not None]
    if len(fractions) < len(gaps):
        return UNGRADABLE
    feedback = tuple(said for one in gaps for said in one.feedback)
    return Grade(sum(fractions) // len(gaps), feedback, gaps[0].remark if len(gaps) == 1 else None)
