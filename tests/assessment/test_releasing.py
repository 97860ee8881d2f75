"""Release: results are told, and what they show goes to the cards, at the time of handing in."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.assessment import (
    assigning,
    attempting,
    disclosing,
    expiring,
    judging,
    releasing,
    sheets,
    tallying,
)
from quizzes.assessment.judging import MarkedMeanwhile, NotARubric, NothingToMark
from quizzes.assessment.models import ItemTally, Mark, OptionTally
from quizzes.assessment.releasing import NotGraded, StillOpen
from quizzes.cards import replaying, reviewing
from quizzes.cards.models import Card, Review
from quizzes.cards.reviewing import Given
from quizzes.cards.scheduling import Rating
from quizzes.identifiers import uuid7
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Criterion, OptionKey
from quizzes.people import joining
from quizzes.people.models import AuditLine, Enrollment, Notice
from tests.examining import (
    ALL_KINDS,
    answer,
    make_assignment,
    make_item,
    make_quiz,
    sit,
    sit_through,
)

pytestmark = pytest.mark.django_db
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@pytest.fixture
def cards(book):
    return [make_item(book, f"c{n}", is_card=True) for n in range(3)]


@pytest.fixture
def exam(room, book, cards, noon):
    return make_assignment(room, make_quiz(book, *cards, slug="exam"), noon)


def test_a_graded_attempt_bears_on_cards_only_when_it_is_released(learner, exam, noon):
    attempt = sit_through(learner, exam, noon, right=["c0"])
    assert not Review.objects.exists()

    releasing.release(exam, noon + WEEK + DAY)

    reviews = Review.objects.filter(learner=learner)
    assert sorted(reviews.values_list("rating", flat=True)) == [1, 1, 3]
    assert {one.answered_at for one in reviews} == {noon}
    assert {one.received_at for one in reviews} == {noon + WEEK + DAY}
    told = disclosing.told(sheets.of(attempt), noon + WEEK + DAY)
    assert told.attempt.score
    assert replaying.rebuild(learner) == 0


def test_released_again_nothing_is_weighed_twice(learner, exam, noon):
    sit_through(learner, exam, noon, right=[])
    first = releasing.release(exam, noon + WEEK + DAY).released_at

    again = releasing.release(exam, noon + WEEK + 2 * DAY)

    assert again.released_at == first
    assert Review.objects.count() == 3


def test_a_card_that_was_answered_meanwhile_is_told_in_the_order_of_its_answers(
    learner, exam, cards, noon
):
    sit_through(learner, exam, noon, right=[])
    given = Given(cards[0], Rating.GOOD, uuid7(), noon + DAY)
    reviewing.review_batch(learner, [given], noon + DAY)

    releasing.release(exam, noon + WEEK + DAY)

    log = Review.objects.filter(card__item=cards[0]).order_by("answered_at")
    assert list(log.values_list("rating", flat=True)) == [1, 3]
    assert replaying.rebuild(learner) == 0


def test_who_is_gone_stops_nobody(learner, room, exam, noon, django_user_model):
    other = django_user_model.objects.create_user("boris")
    joining.enroll(room, other, noon)
    for one in (other, learner):
        sit_through(one, exam, noon, right=[])
    other.delete()

    releasing.release(exam, noon + WEEK + DAY)

    assert Review.objects.filter(learner=learner).count() == 3


def test_what_a_run_that_broke_off_left_is_weighed_by_the_next(learner, exam, noon):
    sit_through(learner, exam, noon, right=[])
    exam.released_at = noon + WEEK + DAY
    exam.save()

    assert releasing.weigh(exam, noon + WEEK + 2 * DAY) == 0

    assert Review.objects.count() == 3


def test_it_is_not_released_while_somebody_may_still_sit_it(learner, room, exam, allow, noon):
    with pytest.raises(StillOpen):
        releasing.release(exam, noon + WEEK)
    allow(extra_days=2)
    with pytest.raises(StillOpen):
        releasing.release(exam, noon + WEEK + DAY)
    assert exam.released_at is None

    releasing.release(exam, noon + WEEK + 3 * DAY)


def test_what_stays_open_or_is_not_graded_is_not_released(room, book, cards, noon):
    quiz = make_quiz(book, *cards, slug="other")
    with pytest.raises(StillOpen):
        releasing.release(make_assignment(room, quiz, noon, closes_at=None), noon + WEEK)
    with pytest.raises(NotGraded):
        releasing.release(make_assignment(room, quiz, noon, is_graded=False), noon + WEEK + DAY)


def test_an_attempt_that_ran_out_is_written_down_and_moves_nothing(learner, room, book, noon):
    item = make_item(book, "late", is_card=True)
    terms = {"time_limit_minutes": 5, "is_graded": False}
    homework = make_assignment(room, make_quiz(book, item, slug="late"), noon, **terms)
    sheet = answer(sit(learner, homework, noon), noon, right=[])

    attempting.hand_in(sheet, noon + DAY)

    assert not Review.objects.filter(affects_schedule=True).exists()
    assert Review.objects.count() == 1
    assert set(Card.objects.values_list("phase", flat=True)) == {Card.Phase.NEW}


@pytest.fixture
def essay(learner, room, book, noon):
    """An essay and a question, both answered and handed in."""
    items = [make_item(book, "essay", "essay"), make_item(book, "single")]
    exam = make_assignment(room, make_quiz(book, *items, slug="essay"), noon)
    sheet = sheets.of(sit_through(learner, exam, noon, right=["single"]))
    return next(one.served for one in sheet.questions if one.kind == "essay")


def test_an_essay_waits_for_its_mark(essay, noon):
    exam = essay.attempt.assignment

    assert releasing.not_marked(exam) == 1
    assert essay.attempt.score == FULL_FRACTION // 2
    assert not essay.attempt.is_tallied
    with pytest.raises(StillOpen):
        releasing.release(exam, noon + WEEK + DAY)


def test_a_question_that_nobody_can_mark_holds_no_results_back(learner, room, book, noon):
    broken, other = make_item(book, "broken", "matching"), make_item(book, "sound")
    exam = make_assignment(room, make_quiz(book, broken, other, slug="broken"), noon)
    OptionKey.objects.filter(option__revision=broken.revision).update(match=None)
    sit_through(learner, exam, noon)

    assert releasing.release(exam, noon + WEEK + DAY).released_at


def test_a_mark_moves_the_score_and_the_tallies_and_the_newest_counts(essay, lecturer, noon):
    first, second = Criterion.objects.order_by("position")
    judging.judge(essay, lecturer, {first.pk: 2, second.pk: 1}, None, "Why?", noon)
    attempt = sheets.of(essay.attempt).attempt
    assert attempt.score == (FULL_FRACTION + FULL_FRACTION * 2 // 3) // 2
    assert attempt.is_tallied

    judging.judge(essay, lecturer, None, FULL_FRACTION // 4, "Read again.", noon + DAY)

    attempt = sheets.of(essay.attempt).attempt
    assert attempt.score == FULL_FRACTION * 5 // 8
    assert list(Mark.objects.order_by("pk").values_list("comment", flat=True)) == [
        "Why?",
        "Read again.",
    ]
    kept = tallies()
    tallying.rebuild(attempt.quiz)
    assert tallies() == kept
    assert ItemTally.objects.get(revision=essay.revision).fraction_sum == FULL_FRACTION // 4
    releasing.release(essay.attempt.assignment, noon + WEEK + DAY)
    assert essay.attempt.assignment.released_at


def test_a_mark_writes_tallies_as_a_hand_in_does_items_first_and_each_once(essay, lecturer, noon):
    """Else two who write the same rows would wait for each other."""
    judging.judge(essay, lecturer, None, FULL_FRACTION, "", noon)

    with CaptureQueriesContext(connection) as captured:
        judging.judge(essay, lecturer, None, 0, "", noon)

    into = [re.match(r"INSERT INTO (\w+tally) ", one["sql"]) for one in captured]
    assert [one[1] for one in into if one] == ["quizzes_itemtally", "quizzes_optiontally"]


def test_a_mark_that_was_told_is_replaced_aloud(essay, learner, lecturer, noon):
    """While it is not told it is nobody's business; as is what stays as it was."""
    exam, later = essay.attempt.assignment, noon + WEEK + 2 * DAY

    def mark(fraction, comment=""):
        judging.judge(essay, lecturer, None, fraction, comment, later, link="/result/")
        return [line.text for line in AuditLine.objects.filter(act="judge").order_by("pk")]

    mark(0)
    assert mark(FULL_FRACTION // 2) == []
    releasing.release(exam, noon + WEEK + DAY)
    assert mark(FULL_FRACTION // 2) == []

    [line] = mark(FULL_FRACTION * 3 // 4)
    assert line == "Marked an essay again: 75%, before 50%."
    [told] = Notice.objects.filter(user=learner, link="/result/")
    assert told.text == f"Your essay in “{exam.quiz.title}” was marked again: 75%, before 50%."

    Enrollment.objects.filter(user=learner).update(role=Enrollment.Role.FORMER)
    assert len(mark(FULL_FRACTION * 3 // 4, "Read it again.")) == 2
    assert Notice.objects.filter(link="/result/").count() == 1


def test_no_mark_takes_the_place_of_one_that_its_marker_has_not_seen(essay, lecturer, noon):
    first = judging.judge(essay, lecturer, None, FULL_FRACTION, "", noon, after=0)

    with pytest.raises(MarkedMeanwhile):
        judging.judge(essay, lecturer, None, 0, "", noon, after=0)

    judging.judge(essay, lecturer, None, 0, "", noon, after=first.pk)
    assert Mark.objects.count() == 2


@pytest.mark.parametrize("end", ["handed in", "run out", "withdrawn"])
def test_a_recount_gives_the_same_however_it_ended(learner, lecturer, room, book, noon, end):
    items = [make_item(book, f"all-{kind}", kind) for kind in ALL_KINDS]
    terms = {"time_limit_minutes": 20}
    exam = make_assignment(room, make_quiz(book, *items, slug="all"), noon, **terms)
    sheet = answer(sit(learner, exam, noon), noon, right=["all-single", "all-cloze"])
    if end == "handed in":
        attempting.hand_in(sheet, noon)
    elif end == "run out":
        expiring.sweep(noon + DAY)
    else:
        assigning.withdraw(exam, noon)
    essay = next(one.served for one in sheet.questions if one.kind == "essay")

    for fraction in (FULL_FRACTION // 3, FULL_FRACTION, 0):
        judging.judge(essay, lecturer, None, fraction, "", noon)

    kept = tallies()
    assert ItemTally.objects.count() == len(ALL_KINDS)
    tallying.rebuild(exam.quiz)
    assert tallies() == kept


def tallies():
    return [
        sorted(model.objects.values_list(*model.KEY, *model.COLUMNS))
        for model in (ItemTally, OptionTally)
    ]


def test_only_an_essay_that_was_handed_in_is_marked_and_by_its_whole_rubric(
    essay, learner, lecturer, room, noon
):
    with pytest.raises(NotARubric):
        judging.judge(essay, lecturer, {0: 2}, None, "", noon)
    with pytest.raises(NotARubric):
        judging.judge(essay, lecturer, None, None, "", noon)
    other = next(one for one in sheets.of(essay.attempt).questions if one.kind != "essay")
    again = sit(learner, make_assignment(room, essay.attempt.quiz, noon), noon)
    unanswered = next(one for one in again.questions if one.kind == "essay")
    for served in (other.served, unanswered.served):
        with pytest.raises(NothingToMark):
            judging.judge(served, lecturer, None, FULL_FRACTION, "", noon)
    assert not Mark.objects.exists()
