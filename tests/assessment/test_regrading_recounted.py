"""After any regrades, totals are what raw answers come to, and what was told; undone, as ever."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from quizzes.assessment import (
    rectifying,
    regrading,
    rehearsing,
    releasing,
    shifting,
    tallying,
)
from quizzes.assessment.models import Attempt, ItemTally, OptionTally
from quizzes.cards import replaying, reviewing
from quizzes.cards.models import Card, Review
from quizzes.cards.scheduling import Rating
from quizzes.identifiers import uuid7
from tests import profiles
from tests.assessment.regraded import (
    KINDS,
    WHOLE,
    Course,
    expected,
    option,
    rows,
    stored,
    text,
)

pytestmark = pytest.mark.django_db

EXAMPLES = profiles.count(gate=4, trust=1_000)
thorough = settings(
    max_examples=EXAMPLES,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    deadline=None,
)

places = st.sets(st.integers(0, 3), max_size=4)
sheets_of_answers = st.fixed_dictionaries(
    {
        "single": st.sets(st.integers(0, 3), max_size=1),
        "several": places,
        "short_text": st.sampled_from(["", "Fel'dman", "Iakir", "Kork"]),
        "essay": st.sampled_from(["", "Because."]),
    }
)
essay_marks = st.sampled_from([None, 0, WHOLE // 3, WHOLE])
policies = st.tuples(
    st.sampled_from(KINDS),
    st.sampled_from(["key", "lent key", "credit", "everyone", "drop"]),
    st.booleans(),
    st.integers(0, 3),
)
ways = st.sampled_from(["graded", "released", "ungraded"])


def plan(course, kind, policy, never_lowers, place):
    """A lawful regrade that is most like what was drawn."""
    if kind == "essay" and policy in {"key", "lent key", "credit"}:
        policy = "everyone"
    rest = {"never_lowers": never_lowers}
    if policy in {"key", "lent key"}:
        find = course.rekey if policy == "key" else course.lend
        policy, rest["key_revision"] = "key", find(kind, place)
    if policy == "credit":
        words = text(["Iakir", "Kork", "Fel'dman", "Iakir"][place])
        rest["credits"] = [words if kind == "short_text" else option(place)]
    return course.propose(kind, policy, **rest)


def begin(way, answers):
    """A class of three: two have handed in, and the last still sits."""
    course = Course(is_graded=way != "ungraded")
    done = len(answers) if way == "released" else 2
    for student, (said, essay) in zip(course.students[:done], answers[:done], strict=True):
        course.hand_in(student, said, essay if way != "released" else essay or 0)
    if way == "released":
        course.tick(days=30)
        releasing.release(course.given, course.at)
        course.given.refresh_from_db()
    else:
        course.answer(course.students[-1], answers[-1][0])
    return course


def review(course, student, item, rating):
    """A card is rated as it stands."""
    card = Card.objects.filter(learner=student, item=item).first()
    reviewing.review(
        student,
        item,
        rating,
        at=course.tick(days=1),
        uid=uuid7(),
        version=card.version if card else 0,
    )


def rehearsed(regrade):
    """What a regrade would change, as its page tells before it is applied."""
    others = [regrade.key_revision] if regrade.key_revision else []
    tried = rehearsing.rehearse(regrade.assignment, regrade.revision, others)
    return tried.of(rehearsing.proposal(regrade))


def assert_all_is_as_recounted(course):
    for attempt in Attempt.objects.filter(assignment=course.given):
        assert stored(attempt) == expected(attempt)
        assert rectifying.recount(attempt) == []
    for student in course.students:
        assert replaying.differences(student) == []
    kept = tallies()
    tallying.rebuild(course.quiz)
    assert tallies() == kept


def tallies():
    return [
        sorted(model.objects.values_list(*model.KEY, *model.COLUMNS))
        for model in (ItemTally, OptionTally)
    ]


@thorough
@given(
    way=ways,
    answers=st.lists(st.tuples(sheets_of_answers, essay_marks), min_size=3, max_size=3),
    regrades=st.lists(policies, min_size=1, max_size=4),
    data=st.data(),
)
def test_totals_are_what_raw_answers_come_to(way, answers, regrades, data):
    with transaction.atomic():
        course, applied = begin(way, answers), []
        for one in regrades:
            regrade = plan(course, *one)
            told = rehearsed(regrade)
            regrading.apply(regrade, course.lecturer, course.tick())
            applied.append(regrade)
            assert_all_is_as_recounted(course)
            regrade.refresh_from_db()
            assert shifting.applied(regrade) == told
            if data.draw(st.booleans()):
                course.undo(applied.pop(data.draw(st.integers(0, len(applied) - 1))))
                assert_all_is_as_recounted(course)
        if way != "released":
            course.hand_in(course.students[-1], answers[-1][0], answers[-1][1])
            assert_all_is_as_recounted(course)
        transaction.set_rollback(True)


def test_who_hands_in_later_is_given_what_everyone_was_whichever_question_it_is():
    course = Course(students=1, is_graded=False)
    course.answer(course.students[0], {"short_text": "Iakir"})
    for kind in KINDS:
        course.regrade(kind, "everyone")

    attempt = course.hand_in(course.students[0], {"short_text": "Iakir"})

    assert stored(attempt)[2] == WHOLE
    assert_all_is_as_recounted(course)


@thorough
@given(
    way=ways,
    answers=st.lists(st.tuples(sheets_of_answers, essay_marks), min_size=3, max_size=3),
    before=st.lists(policies, max_size=1),
    regrades=st.lists(policies, min_size=1, max_size=3),
    order=st.randoms(use_true_random=False),
)
def test_what_is_undone_leaves_no_trace(way, answers, before, regrades, order):
    with transaction.atomic():
        course = begin(way, answers)
        for one in before:
            regrading.apply(plan(course, *one), course.lecturer, course.tick())
        planned = [plan(course, *one) for one in regrades]
        stood = rows()

        for regrade in planned:
            regrading.apply(regrade, course.lecturer, course.tick())
        order.shuffle(planned)
        for regrade in planned:
            course.undo(regrade)

        assert rows() == stood
        transaction.set_rollback(True)


@thorough
@given(
    answers=st.lists(st.tuples(sheets_of_answers, essay_marks), min_size=3, max_size=3),
    regrades=st.lists(policies, min_size=1, max_size=2),
    ratings=st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from(Rating)), max_size=4
    ),
)
def test_cards_that_were_studied_meanwhile_are_as_if_nothing_was_regraded(
    answers, regrades, ratings
):
    """The log is what the quiz showed and what the learners did since; cards are its replay."""
    with transaction.atomic():
        course = begin("ungraded", answers)
        shown = quiz_reviews()
        planned = [plan(course, *one) for one in regrades]

        for regrade in planned:
            regrading.apply(regrade, course.lecturer, course.tick())
        for student, item, rating in ratings:
            review(course, course.students[student], course.items[item], rating)
        done = list(own_reviews())
        for regrade in planned:
            course.undo(regrade)

        assert quiz_reviews() == shown
        assert list(own_reviews()) == done
        for student in course.students:
            assert replaying.differences(student) == []
        transaction.set_rollback(True)


RAW = [
    *("uid", "card_id", "rating", "answered_at", "received_at", "learner_day", "source"),
    *("evidence", "interval_days", "step_minutes", "affects_schedule", "taken_back"),
]


def quiz_reviews():
    found = Review.objects.filter(source=Review.Source.QUIZ)
    return sorted(map(repr, found.values_list(*RAW)))


def own_reviews():
    return Review.objects.filter(source=Review.Source.FLASHCARD).order_by("pk").values_list(*RAW)
