"""A mark that counts is told at the moments at which its attempts' scores are, and never before."""

from datetime import timedelta

import pytest

from quizzes.assessment import disclosing, releasing, sheets
from quizzes.assessment.terms import Moment
from quizzes.people.models import Notice
from tests.examining import make_assignment, make_quiz, sit, sit_through

pytestmark = pytest.mark.django_db
WEEK, DAY = timedelta(days=7), timedelta(days=1)


@pytest.fixture
def give(room, quiz, noon):
    """Gives the class the quiz, with its scores told from a moment on."""
    return lambda score_from, **terms: make_assignment(
        room, quiz, noon, score_from=score_from, **{"attempts_allowed": 2} | terms
    )


def is_told(given, learner, at):
    return given.pk in disclosing.marks(learner, [given], at)


GRADED = {Moment.DURING: (1, 1, 1), Moment.HANDED_IN: (1, 1, 1)} | {
    Moment.CLOSED: (0, 0, 1),
    Moment.NEVER: (0, 0, 0),
}
"""Whether it is told once handed in, once closed, and once released."""
UNGRADED = GRADED | {Moment.CLOSED: (0, 1, 1)}


@pytest.mark.parametrize("score_from", list(Moment))
@pytest.mark.parametrize("is_graded", [True, False])
def test_a_mark_is_told_exactly_when_the_score_of_its_attempt_is(
    give, learner, noon, score_from, is_graded
):
    given = give(score_from, is_graded=is_graded)
    attempt = sit_through(learner, given, noon)
    told: list[bool] = []
    for at in (noon + DAY, noon + WEEK + DAY, noon + WEEK + 2 * DAY):
        if is_graded and len(told) == 2:
            releasing.release(given, at)
        score = disclosing.told(sheets.of(attempt), at).attempt.score
        given.refresh_from_db()
        told.append(is_told(given, learner, at))
        assert told[-1] == score

    assert told == list(map(bool, (GRADED if is_graded else UNGRADED)[score_from]))


def test_no_mark_is_told_while_an_attempt_asks_what_its_score_would_tell(give, learner, noon):
    given = give(Moment.HANDED_IN, is_graded=False)
    sit_through(learner, given, noon)
    assert is_told(given, learner, noon + DAY)

    sit(learner, given, noon + DAY)

    assert not is_told(given, learner, noon + DAY)


def test_no_mark_is_told_while_another_quiz_keeps_a_question_of_it(
    give, room, book, items, learner, noon
):
    given = give(Moment.HANDED_IN, is_graded=False)
    sit_through(learner, given, noon)

    make_assignment(room, make_quiz(book, items[0], slug="exam"), noon + DAY)

    assert is_told(given, learner, noon)
    assert not is_told(given, learner, noon + DAY)


@pytest.mark.parametrize(
    ("is_graded", "score_from", "days", "stays"),
    [
        (True, Moment.CLOSED, -1, True),
        (True, Moment.CLOSED, 8, True),
        (False, Moment.CLOSED, 8, True),
        (False, Moment.CLOSED, 6, False),
        (False, Moment.CLOSED, -1, False),
        (False, Moment.HANDED_IN, 6, True),
        (False, Moment.HANDED_IN, -1, False),
    ],
    ids=[
        *("released", "released before", "closed before", "closed as the exam was open"),
        *("sat as the exam was open", "told before", "told as the exam was open"),
    ],
)
def test_a_mark_that_was_told_stays_told_when_another_quiz_asks_the_same(
    give, room, book, items, learner, noon, is_graded, score_from, days, stays
):
    given = give(score_from, is_graded=is_graded)
    make_assignment(room, make_quiz(book, items[0], slug="exam"), noon + days * DAY)
    attempt = sit_through(learner, given, noon)
    at = noon + 9 * DAY
    if is_graded:
        releasing.release(given, at)
        given.refresh_from_db()

    assert is_told(given, learner, at) == stays
    assert disclosing.told(sheets.of(attempt), at).attempt.score == stays


def test_a_release_gives_each_student_a_notice_once_and_is_written_down(
    give, room, learner, lecturer, noon
):
    given = give(Moment.CLOSED)
    sit_through(learner, given, noon)

    for _again in range(2):
        releasing.release(given, noon + WEEK + DAY, lecturer, "/marks/")

    notice = Notice.objects.get()
    assert (notice.user, notice.link) == (learner, "/marks/")
    assert notice.text == "The results of “A quiz: quiz” are released."
    assert [line.act for line in room.audit_lines.all()] == ["release"]
