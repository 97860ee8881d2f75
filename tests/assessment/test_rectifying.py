"""What `verify` holds a kept score against."""

import pytest

from quizzes.assessment import rectifying
from quizzes.assessment.models import Attempt
from tests.bookshelf import make_book
from tests.examining import make_item, make_quiz, take

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("off", "faults"), [(0, 0), (-1, 0), (-2, 1), (1, 1)])
def test_a_score_that_was_once_rounded_down_is_no_fault(learner, noon, off, faults):
    book = make_book()
    quiz = make_quiz(book, *(make_item(book, name, position=n) for n, name in enumerate("abc")))
    attempt = take(learner, quiz, noon, right=["a", "b"])
    assert attempt.score == 6_666_667
    Attempt.objects.filter(pk=attempt.pk).update(score=attempt.score + off)

    assert len(list(rectifying.recount_all(quiz))) == faults
    assert rectifying.set_right(quiz) == faults
