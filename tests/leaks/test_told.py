"""What a learner is told of an attempt, and when: the policy, stated once more by hand."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest

from quizzes.assessment import disclosing, sheets, timing
from quizzes.assessment.models import Assignment, Attempt, Reservation, Served
from tests.bookshelf import make_book
from tests.examining import begin, make_item, make_quiz, take

FACTS = ("answer", "correctness", "score", "key", "explanation")
DURING, HANDED_IN, CLOSED, NEVER = Assignment.Moment
YES, NO = True, False

# Of a question: whether a fact is told whose first moment is during, after handing in, after
# closing, never. A graded assignment closes when its results are released.
TABLE = {
    "open": (NO, NO, NO, NO),
    "settled": (YES, NO, NO, NO),
    "handed in": (YES, YES, NO, NO),
    "closed, graded": (YES, YES, NO, NO),
    "closed, not graded": (YES, YES, YES, NO),
    "never closing, not graded": (YES, YES, NO, NO),
    "released": (YES, YES, YES, NO),
}
OVER = [state for state in TABLE if state not in {"open", "settled"}]
PRACTICE = {
    # state: what is told, without and with checks during the attempt
    "open": ({"answer"}, {"answer"}),
    "settled": ({"answer"}, {"answer", "correctness", "key", "explanation"}),
    "handed in": (set(FACTS), set(FACTS)),
}


@pytest.fixture
def student(company, classroom):
    return company["student"]


@pytest.fixture
def quiz(db):
    book = make_book()
    return make_quiz(book, make_item(book, "first"), make_item(book, "second"))


@pytest.fixture
def assignment(classroom, quiz, noon):
    """A graded quiz that has opened and closes in a week."""
    return assign(classroom, quiz, noon)


def assign(classroom, quiz, at):
    return Assignment.objects.create(
        classroom=classroom,
        quiz=quiz,
        created_at=at,
        opens_at=at,
        closes_at=at + timedelta(days=7),
    )


def in_state(state, student, assignment, at):
    """A sheet of the assignment in a state, and a moment at which it is in it."""
    quiz = assignment.quiz
    is_over = state in OVER
    attempt = take(student, quiz, at) if is_over else begin(student, quiz, at).attempt
    Attempt.objects.filter(pk=attempt.pk).update(assignment=assignment)
    if state == "settled":
        Served.objects.filter(attempt=attempt, position=1).update(is_settled=True)
    later = at + timedelta(hours=1)
    if state.startswith("closed"):
        later = assignment.closes_at + timing.GRACE + timedelta(seconds=1)
    changed: dict[str, dict[str, Any]] = {
        "closed, not graded": {"is_graded": False},
        "never closing, not graded": {"is_graded": False, "closes_at": None},
        "released": {"released_at": later},
    }
    Assignment.objects.filter(pk=assignment.pk).update(**changed.get(state, {"is_graded": True}))
    return sheets.find(student, attempt.uid), later


def reserve(sheet, classroom, at):
    """Another graded assignment of the class may serve the first question."""
    other = assign(classroom, sheet.attempt.quiz, at)
    item = sheet.by_position[1].served.revision.item
    Reservation.objects.create(assignment=other, item=item)


def told_by_moment(sheet, at):
    """For each fact, what is told of the first question by each first moment of that fact alone."""
    terms = sheet.attempt.assignment
    for fact in FACTS:
        found = []
        for first in Assignment.Moment:
            for other in FACTS:
                setattr(terms, f"{other}_from", first if other == fact else NEVER)
            found.append(getattr(disclosing.told(sheet, at).questions[1], fact))
        yield fact, tuple(found)


@pytest.mark.parametrize("state", TABLE)
def test_a_fact_is_told_from_its_moment_on(state, student, assignment, noon):
    sheet, at = in_state(state, student, assignment, noon)

    told = dict(told_by_moment(sheet, at))

    is_open = state not in OVER  # while it is open, nobody is kept from the own answers
    own = (YES, YES, YES, YES) if is_open else TABLE[state]
    assert told == dict.fromkeys(FACTS, TABLE[state]) | {"answer": own}


@pytest.mark.parametrize("state", TABLE)
def test_of_what_is_reserved_elsewhere_the_own_answer_alone_is_told(
    state, student, assignment, classroom, noon
):
    sheet, at = in_state(state, student, assignment, noon)
    reserve(sheet, classroom, noon)

    told = dict(told_by_moment(sheet, at))

    is_open = state not in OVER
    own = (YES, YES, YES, YES) if is_open else TABLE[state]
    assert told == dict.fromkeys(FACTS, (NO, NO, NO, NO)) | {"answer": own}


STAYS = {"released": {"before", "after"}, "closed, not graded": {"after"}}
"""Where a score stays told, reserved before or after it was handed in what it is part of."""


@pytest.mark.parametrize("reserved", ["before", "after"])
@pytest.mark.parametrize("state", OVER)
def test_a_score_waits_for_what_is_reserved_unless_it_was_told_for_good(
    state, reserved, student, assignment, classroom, noon
):
    sheet, at = in_state(state, student, assignment, noon)
    sheet.attempt.assignment.score_from = DURING
    before = disclosing.told(sheet, at)
    reserve(sheet, classroom, noon if reserved == "before" else noon + timedelta(minutes=1))

    after = disclosing.told(sheet, at)

    assert before.attempt.score
    assert after.attempt.score == (reserved in STAYS.get(state, ()))
    assert after.questions[2] == before.questions[2]
    listed = disclosing.scores(student, [sheet.attempt], at)
    assert bool(listed) == after.attempt.score
    assert not disclosing.scored(student, [sheet.attempt], at)


def test_a_released_score_stays_told_while_its_question_is_practiced(
    student, assignment, quiz, noon
):
    sheet, at = in_state("released", student, assignment, noon)
    begin(student, quiz, at)

    told = disclosing.told(sheet, at)

    assert told.attempt.score
    assert not told.questions[1].correctness


def test_an_assignment_keeps_nothing_from_its_own_attempts_beyond_its_terms(
    student, assignment, noon
):
    sheet, at = in_state("handed in", student, assignment, noon)
    item = sheet.by_position[1].served.revision.item
    Reservation.objects.create(assignment=assignment, item=item)
    sheet.attempt.assignment.key_from = HANDED_IN

    assert disclosing.told(sheet, at).questions[1].key


def test_an_open_second_attempt_keeps_what_the_first_one_told(student, assignment, noon):
    sheet, at = in_state("handed in", student, assignment, noon)
    sheet.attempt.assignment.key_from = HANDED_IN
    assert disclosing.told(sheet, at).questions[1].key

    second = begin(student, assignment.quiz, at).attempt
    Attempt.objects.filter(pk=second.pk).update(assignment=assignment, number=2)

    assert not disclosing.told(sheet, at).questions[1].key


@pytest.mark.parametrize("state", PRACTICE)
@pytest.mark.parametrize("checks_each", [False, True])
def test_practice_tells_all_after_handing_in_and_where_it_checks_also_before(
    state, checks_each, student, quiz, noon
):
    attempt = (
        take(student, quiz, noon) if state == "handed in" else begin(student, quiz, noon).attempt
    )
    Attempt.objects.filter(pk=attempt.pk).update(checks_each=checks_each)
    if state == "settled":
        Served.objects.filter(attempt=attempt, position=1).update(is_settled=True)
    sheet = sheets.of(Attempt.objects.get(pk=attempt.pk))

    told = asdict(disclosing.told(sheet, noon).questions[1])

    assert {fact for fact in FACTS if told[fact]} == PRACTICE[state][checks_each]


@pytest.mark.parametrize("state", ["open", "settled"])
def test_no_question_that_is_open_is_told_beside_one_that_is_settled(
    state, student, assignment, noon
):
    sheet, at = in_state(state, student, assignment, noon)
    for fact in FACTS:
        setattr(sheet.attempt.assignment, f"{fact}_from", DURING)

    told = asdict(disclosing.told(sheet, at).questions[2])

    assert told == dict.fromkeys(FACTS, False) | {"answer": True}
