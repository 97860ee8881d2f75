"""What is told as one answer is marked as one, by whichever key."""

from decimal import Decimal
from itertools import combinations

import pytest

from quizzes.assessment import grading, telling_apart, typed_dates
from quizzes.assessment.answering import Typed
from quizzes.assessment.typed_numbers import Bound
from quizzes.items.models import Revision

TEXTS = {
    "short_text": ["Fel’dman", "feldman", "FELDMAN.", "the Feldman", "Feldmann", "a", "?", "Ö"],
    "number": [
        "36", "36.0", "about 36", "some 36", "exactly 36", "over 36", "more than 36", "36 or more",
        "under 36", "nearly 36", "-36", "−36", "thirty-six", "0", "-0", "none", "no idea", "36 37",
    ],
    "date": [
        "1937", "in 1937", "c. 1937", "11 June 1937", "1937-06-11", "June 11, 1937", "June 1937",
        "early 1937", "the 1930s", "1937-38", "1937 to 1938", "soon after 1937",
    ],
}  # fmt: skip


def keys(kind):
    match kind:
        case "short_text":
            return [grading.ShortText((grading.AcceptedText(text),)) for text in TEXTS[kind]]
        case "number":
            return [
                grading.Number((grading.AcceptedNumber(Decimal(value), bound=bound),))
                for value in (36, -36, 0)
                for bound in Bound
            ]
    dates = [when for text in TEXTS[kind] if (when := typed_dates.read(text))]
    return [grading.Date((grading.AcceptedDate(when),)) for when in dates]


@pytest.mark.parametrize("kind", TEXTS)
def test_what_is_told_as_one_is_marked_as_one(kind):
    told = {text: telling_apart.same(kind, text, Revision()) for text in TEXTS[kind]}

    def marks(text):
        return [grading.grade(key, Typed(text)).fraction for key in keys(kind)]

    alike = [pair for pair in combinations(told, 2) if told[pair[0]] == told[pair[1]]]
    assert alike
    assert all(marks(one) == marks(other) for one, other in alike)
    assert all(told.values())


def test_capitals_and_accents_tell_apart_where_they_count():
    strict = Revision(is_case_exact=True, is_accent_exact=True)

    told = [telling_apart.same("short_text", text, strict) for text in ("Beneš", "beneš", "Benes")]

    assert len(set(told)) == 3
