"""Answers in words, and what is wrong with them."""

import pytest

from quizzes.assessment import responding, sheets, telling
from quizzes.assessment.answering import Chosen, Fault, Filled, Matched, Ordered, Typed
from quizzes.assessment.responding import AnsweredElsewhere, Given
from tests.examining import MACHINE_KINDS, begin, make_item, make_quiz, raw

LINES = (("Kirov is shot", "The trial", "The war"),)
SIDES = (("Beneš", "Heydrich"), ("intermediary", "forger", "agent"))
GAPS = ((), ("four", "eight"))


@pytest.mark.parametrize(
    ("answer", "options", "words"),
    [
        (None, LINES, ""),
        (Typed("One.\nTwo."), ((),), "One.\nTwo."),
        (Chosen(frozenset({2, 0})), LINES, "Kirov is shot; The war"),
        (Matched((0, 2)), SIDES, "Beneš: intermediary; Heydrich: agent"),
        (Matched((None, 1)), SIDES, "Beneš: —; Heydrich: forger"),
        (Ordered((1, 0, 2)), LINES, "1. The trial; 2. Kirov is shot; 3. The war"),
        (Filled(("1937", 1)), GAPS, "1937; eight"),
        (Filled((None, 0)), GAPS, "—; four"),
    ],
)
def test_an_answer_is_told_in_words(answer, options, words):
    assert telling.words(answer, options) == words


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_is_told_with_nothing_left_to_fill_in(fault):
    assert telling.reason(fault).endswith(".")
    assert "%" not in telling.reason(fault)


def test_the_limit_of_an_essay_is_told():
    assert telling.reason(Fault.ESSAY_TOO_LONG) == "Write at most 10,000 letters."


@pytest.mark.parametrize("kind", MACHINE_KINDS)
def test_of_two_answers_to_a_question_both_are_told(book, learner, noon, kind):
    sheet = begin(learner, make_quiz(book, make_item(book, "asked", kind)), noon)
    [question] = sheet.questions
    there, here = (raw(question, is_right=is_right) for is_right in (True, False))
    responding.save(sheet, [Given(1, there, 0)], noon)

    now = sheets.of(sheet.attempt)
    with pytest.raises(AnsweredElsewhere) as refused:
        responding.save(now, [Given(1, here, 0)], noon)

    options = sheets.options([question])[question.served.revision_id]
    for one in (there, here):
        assert f"“{telling.words(question.read(one), options)}”" in str(refused.value)
