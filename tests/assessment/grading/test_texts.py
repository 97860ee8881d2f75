"""What short texts earn: what must be as it is written, and what may differ."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizzes.assessment.answering import Typed
from quizzes.assessment.grading import AcceptedText, Grade, ShortText, grade
from quizzes.items.fractions import FULL_FRACTION as FULL
from quizzes.items.normalizing import answer_key

TEXT = ShortText((AcceptedText("Fel'dman"), AcceptedText("B. Fel'dman", FULL // 2)))


@pytest.mark.parametrize(
    "text", ["Fel'dman", "Fel’dman", "feldman", "FELDMAN", " Feldman. ", "the Feldman", "Féldman"]
)
def test_accents_apostrophes_capitals_and_the_article_are_forgiven(text):
    assert grade(TEXT, Typed(text)) == Grade(FULL)


def test_a_lesser_accepted_answer_earns_less():
    assert grade(TEXT, Typed("B Feldman")).fraction == FULL // 2


def test_where_capitals_matter_they_matter():
    key = ShortText((AcceptedText("NKVD", is_case_exact=True),))

    assert grade(key, Typed(" the NKVD. ")).fraction == FULL
    assert grade(key, Typed("ＮＫＶＤ")).fraction == FULL
    assert grade(key, Typed("nkvd")).fraction == 0


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("Beneš", True),
        ("Bene\u0073\u030c", True),
        ("BENEŠ", True),
        ("Benes", False),
        ("Benéš", False),
    ],
)
def test_where_accents_matter_they_matter_however_they_are_typed(text, is_right):
    key = ShortText((AcceptedText("Beneš", is_accent_exact=True),))

    assert grade(key, Typed(text)).fraction == (FULL if is_right else 0)


@given(st.text(min_size=1, max_size=20), st.booleans(), st.booleans())
def test_what_is_typed_as_it_is_accepted_is_right_under_every_rule(text, is_case, is_accent):
    assume(answer_key(text))

    key = ShortText((AcceptedText(text, is_case_exact=is_case, is_accent_exact=is_accent),))

    assert grade(key, Typed(text)).fraction == FULL


@given(
    st.sampled_from(["Beneš", "BENEŠ", "Benes", "beneš", "benés", "BENES"]),
    st.sampled_from(["Beneš", "Benes", "benes"]),
)
def test_a_stricter_rule_never_lets_more_pass(text, accepted):
    def is_right(**rules):
        return grade(ShortText((AcceptedText(accepted, **rules),)), Typed(text)).fraction == FULL

    assert (
        is_right()
        >= is_right(is_case_exact=True)
        >= is_right(is_case_exact=True, is_accent_exact=True)
    )
    assert is_right() >= is_right(is_accent_exact=True)


@given(st.text(min_size=1, max_size=30), st.sampled_from([str.upper, str.lower, str.swapcase]))
def test_an_accepted_text_is_right_in_other_capitals_and_spaces(text, recase):
    recased = f"  {recase(text)} "
    assume(answer_key(text) and answer_key(recased) == answer_key(text))
    assume(len(recased) <= 300)

    assert grade(ShortText((AcceptedText(text),)), Typed(recased)).fraction == FULL


@given(
    st.text("abcehilnorstuz", min_size=1, max_size=20),
    st.lists(st.sampled_from(["\u0301", "\u030c", "\u0308", "'", "’", "ʹ"]), max_size=5),
    st.data(),
)
def test_marks_and_apostrophes_anywhere_change_nothing(text, marks, data):
    marked = text
    for mark in marks:
        place = data.draw(st.integers(1, len(marked)))
        marked = marked[:place] + mark + marked[place:]

    assert grade(ShortText((AcceptedText(text),)), Typed(marked)).fraction == FULL
    assert grade(ShortText((AcceptedText(marked),)), Typed(text)).fraction == FULL


@given(st.text(max_size=30), st.text(max_size=30))
def test_another_text_is_never_accepted(text, accepted):
    assume(answer_key(text) != answer_key(accepted) or not answer_key(text))

    assert grade(ShortText((AcceptedText(accepted),)), Typed(text)).fraction == 0
