"""Checking a question during an attempt: tries, hints, and what they cost."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.assessment import attempting, deducting, responding, settling, sheets
from quizzes.assessment.models import ItemTally, Served
from quizzes.assessment.responding import AlreadyHandedIn, Given, GoneBy, Settled, TimeIsUp
from quizzes.assessment.settling import NoHint, NotChecked
from quizzes.assessment.terms import Moment
from quizzes.cards.models import Review
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Key
from tests.examining import begin, make_assignment, make_item, make_quiz, sit

pytestmark = pytest.mark.django_db
DURING = {
    "correctness_from": Moment.DURING,
    "tries": 3,
    "penalty_percent": 20,
    "is_graded": False,
}


@pytest.fixture
def quiz(book):
    items = [make_item(book, f"q{n}", "short_text", is_card=True) for n in range(2)]
    return make_quiz(book, *items, slug="tried", is_shuffled=False)


@pytest.fixture
def sheet(learner, room, quiz, noon):
    return sit(learner, make_assignment(room, quiz, noon, **DURING), noon)


def give(sheet, text, at, position=1):
    now = sheets.of(sheet.attempt)
    given = Given(position, {"text": text}, now.by_position[position].sequence)
    responding.save(now, [given], at)
    return sheets.of(sheet.attempt)


def tried(sheet, text, at):
    return settling.check(give(sheet, text, at), 1, at)


def test_what_is_right_is_settled_and_whole(sheet, noon):
    question = tried(sheet, "Fel'dman", noon)

    assert (question.served.is_settled, question.served.tries) == (True, 1)
    assert question.served.fraction == FULL_FRACTION
    with pytest.raises(Settled):
        give(sheet, "Iakir", noon)


def test_each_wrong_try_costs_and_the_last_settles(sheet, noon):
    left = [settling.tries_left(tried(sheet, name, noon)) for name in ("Iakir", "Kork")]
    assert left == [2, 1]

    question = tried(sheet, "Fel'dman", noon)

    assert question.served.is_settled
    assert question.served.fraction == FULL_FRACTION * 6 // 10


def test_out_of_tries_it_is_settled_though_it_is_wrong(sheet, noon):
    for name in ("Iakir", "Kork", "Eideman"):
        question = tried(sheet, name, noon)

    assert (question.served.is_settled, question.served.fraction) == (True, 0)
    assert settling.tries_left(question) == 0


def test_the_same_answer_checked_twice_is_one_try(sheet, noon):
    now = give(sheet, "Iakir", noon)

    for _click in range(3):
        question = settling.check(now, 1, noon)

    assert question.served.tries == 1


def test_an_answer_that_was_not_checked_counts_when_it_is_handed_in(sheet, noon):
    tried(sheet, "Iakir", noon)
    give(sheet, "Fel'dman", noon)

    attempting.hand_in(sheets.of(sheet.attempt), noon)

    assert Served.objects.get(position=1).fraction == FULL_FRACTION * 8 // 10


def test_a_hint_costs_what_a_wrong_try_costs_and_once(sheet, noon):
    Key.objects.update(hint="Corps commander.")
    give(sheet, "Fel'dman", noon)

    said = {settling.hint(sheet, 1, noon) for _ in range(2)}

    assert said == {"Corps commander."}
    assert settling.has_hint(sheets.of(sheet.attempt)) == {1, 2}
    assert tried(sheet, "Fel'dman", noon).served.fraction == FULL_FRACTION * 8 // 10
    assert settling.hint(sheet, 1, noon) == "Corps commander."


def test_there_is_no_hint_where_there_is_none_or_tries_are_not_given(
    sheet, learner, room, book, noon
):
    with pytest.raises(NoHint):
        settling.hint(sheet, 1, noon)

    Key.objects.update(hint="Corps commander.")
    single = make_quiz(book, make_item(book, "single-try"), slug="one-try")
    once = sit(learner, make_assignment(room, single, noon, **DURING | {"tries": 1}), noon)
    with pytest.raises(NoHint):
        settling.hint(once, 1, noon)


def test_nothing_is_checked_where_all_is_told_at_the_end(learner, room, book, noon):
    exam, practice = (make_quiz(book, make_item(book, slug), slug=slug) for slug in ("e", "p"))
    for sheet in (
        sit(learner, make_assignment(room, exam, noon), noon),
        begin(learner, practice, noon),
    ):
        for verb in (settling.check, settling.hint):
            with pytest.raises(NotChecked):
                verb(sheet, 1, noon)


def test_practice_checks_each_question_for_whoever_wishes_it(learner, quiz, noon):
    sheet = begin(learner, quiz, noon, checks_each=True)

    wrong = tried(sheet, "Iakir", noon)
    right = tried(sheet, "Fel'dman", noon)

    assert (wrong.served.is_settled, right.served.is_settled) == (False, True)
    assert right.served.fraction == FULL_FRACTION * 67 // 100


def test_what_is_not_answered_and_what_a_person_marks_is_not_checked(learner, room, book, noon):
    quiz = make_quiz(book, make_item(book, "essay", "essay"), slug="essay")
    sheet = sit(learner, make_assignment(room, quiz, noon, **DURING), noon)

    with pytest.raises(NotChecked):
        settling.check(sheet, 1, noon)
    with pytest.raises(NotChecked):
        settling.check(give(sheet, "It was made up.", noon), 1, noon)


def test_what_a_graded_quiz_asks_too_is_not_checked_elsewhere(learner, room, sheet, quiz, noon):
    make_assignment(room, quiz, noon)
    Key.objects.update(hint="Corps commander.")

    for verb in (settling.check, settling.hint):
        with pytest.raises(NotChecked):
            verb(give(sheet, "Fel'dman", noon), 1, noon)


def test_after_the_end_nothing_is_checked(learner, room, quiz, noon):
    terms = DURING | {"time_limit_minutes": 5}
    sheet = sit(learner, make_assignment(room, quiz, noon, **terms), noon)
    late = noon + timedelta(minutes=6)

    with pytest.raises(TimeIsUp):
        settling.check(sheet, 1, late)
    attempting.hand_in(sheet, noon)
    for stale in (sheet, sheets.of(sheet.attempt)):
        with pytest.raises(AlreadyHandedIn):
            settling.check(stale, 1, noon)


def test_what_lies_behind_is_not_checked(learner, room, quiz, noon):
    given_on = make_assignment(room, quiz, noon, is_forward_only=True, **DURING)
    sheet = give(sit(learner, given_on, noon), "Iakir", noon)
    sheet.attempt.reached = 2

    with pytest.raises(GoneBy):
        settling.check(sheet, 1, noon)


def test_what_was_right_only_at_a_further_try_is_no_memory(sheet, noon):
    tried(sheet, "Iakir", noon)
    tried(sheet, "Fel'dman", noon)
    attempting.hand_in(give(sheet, "Fel'dman", noon, position=2), noon)

    ratings = Review.objects.filter(affects_schedule=True).order_by("card__item__slug")
    assert list(ratings.values_list("rating", flat=True)) == [1, 3]


def test_what_was_right_after_a_wrong_try_is_no_memory_though_it_was_not_checked_again(
    learner, room, quiz, noon
):
    terms = DURING | {"penalty_percent": 0}
    sheet = sit(learner, make_assignment(room, quiz, noon, **terms), noon)
    tried(sheet, "Iakir", noon)

    attempting.hand_in(give(sheet, "Fel'dman", noon), noon)

    assert Served.objects.get(position=1).fraction == FULL_FRACTION
    assert set(Review.objects.values_list("rating", flat=True)) == {1}


def test_penalties_go_into_scores_and_tallies_alike(sheet, noon):
    tried(sheet, "Iakir", noon)
    tried(sheet, "Fel'dman", noon)

    attempt = attempting.hand_in(sheets.of(sheet.attempt), noon)

    assert attempt.score == FULL_FRACTION * 4 // 10
    sums = ItemTally.objects.order_by("-fraction_sum").values_list("fraction_sum", flat=True)
    assert list(sums) == [FULL_FRACTION * 8 // 10, 0]


@given(
    st.integers(-FULL_FRACTION, FULL_FRACTION),
    st.integers(0, 100),
    st.integers(0, 50),
    st.booleans(),
)
def test_a_penalty_takes_nothing_below_nothing_and_adds_nothing(fraction, percent, wrong, hinted):
    left = deducting.left(fraction, percent, wrong, is_hinted=hinted)

    assert min(fraction, 0) <= left <= fraction
    assert left >= deducting.left(fraction, percent, wrong + 1, is_hinted=hinted)
    if wrong == 0 and not hinted:
        assert left == fraction
