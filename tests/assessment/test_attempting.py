"""Starting, answering and handing in, each of which may come more than once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.assessment import attempting, publishing, responding, sheets, tallying
from quizzes.assessment.attempting import AnswersChanged, NotOpen
from quizzes.assessment.models import Attempt, ItemTally, OptionTally, Response, Served
from quizzes.assessment.publishing import NothingToAsk
from quizzes.assessment.responding import AlreadyHandedIn, AnsweredElsewhere, Given, WrongShape
from quizzes.cards.models import Card, Review
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Item
from quizzes.people import guesting
from tests.examining import MACHINE_KINDS, answer, begin, make_item, make_quiz, raw, take

pytestmark = pytest.mark.django_db


def statements(captured):
    control = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return [one for one in captured if not one["sql"].startswith(control)]


def of_kind(sheet, kind):
    return next(one for one in sheet.questions if one.kind == kind)


def test_an_attempt_serves_every_question_once_with_its_options(learner, quiz, noon):
    sheet = begin(learner, quiz, noon)

    assert sorted(one.kind for one in sheet.questions) == sorted(
        ("single", "several", "true_false", "short_text", "number", "date")
    )
    assert [one.position for one in sheet.questions] == [1, 2, 3, 4, 5, 6]
    assert sorted(of_kind(sheet, "single").served.order) == [0, 1, 2, 3]
    assert of_kind(sheet, "date").served.order == ()


def test_the_same_start_is_the_same_attempt_even_after_it_was_handed_in(learner, quiz, noon):
    uid = uuid4()
    first = attempting.start(learner, quiz, noon, uid)
    attempting.hand_in(sheets.of(first), noon)

    again = attempting.start(learner, quiz, noon, uid)

    assert again == first
    assert Attempt.objects.count() == 1


def test_another_start_goes_on_with_the_open_attempt(learner, quiz, noon):
    first = attempting.start(learner, quiz, noon, uuid4())

    assert attempting.start(learner, quiz, noon + timedelta(days=9), uuid4()) == first


def test_after_handing_in_the_next_attempt_has_the_next_number(learner, quiz, noon):
    take(learner, quiz, noon)

    assert begin(learner, quiz, noon).attempt.number == 2


def test_whoever_takes_a_quiz_studies_its_chapters(learner, quiz, book, noon):
    begin(learner, quiz, noon)

    [plan] = learner.plans.all()
    assert plan.book == book
    assert [chapter.number for chapter in plan.chapters.all()] == [0]


def test_a_quiz_that_is_not_published_or_retired_cannot_be_started(learner, quiz, noon):
    for column in ("published_at", "retired_at"):
        quiz.published_at, quiz.retired_at = noon, None
        setattr(quiz, column, None if column == "published_at" else noon)
        with pytest.raises(NotOpen):
            attempting.start(learner, quiz, noon, uuid4())


def test_a_quiz_whose_questions_were_all_retired_asks_nothing(learner, quiz, noon):
    Item.objects.update(state=Item.State.RETIRED)

    with pytest.raises(NothingToAsk):
        attempting.start(learner, quiz, noon, uuid4())
    assert not Attempt.objects.exists()


def test_every_save_is_kept_and_the_newest_counts(learner, quiz, noon):
    sheet = begin(learner, quiz, noon)
    single = of_kind(sheet, "single")

    for number, place in enumerate((0, 3, 1)):
        saved = responding.save(
            sheets.of(sheet.attempt), [Given(single.position, {"chosen": [place]}, number)], noon
        )
        assert saved == {single.position: number + 1}

    kept = Response.objects.filter(served=single.served).order_by("sequence")
    assert [one.answer for one in kept] == [{"chosen": [0]}, {"chosen": [3]}, {"chosen": [1]}]
    now = sheets.of(sheet.attempt).by_position[single.position]
    assert (now.raw, now.sequence) == ({"chosen": [1]}, 3)


def test_the_same_answer_again_is_no_new_response(learner, quiz, noon):
    sheet = answer(begin(learner, quiz, noon), noon)
    stale = begin(learner, quiz, noon)

    for one in (sheet, stale):
        answer(one, noon)

    assert Response.objects.count() == len(sheet.questions)


def test_an_answer_that_does_not_follow_the_newest_is_refused_with_both(learner, quiz, noon):
    sheet = begin(learner, quiz, noon)
    text = of_kind(sheet, "short_text")
    responding.save(sheet, [Given(text.position, {"text": "Iakir"}, 0)], noon)

    for stale in (sheet, sheets.of(sheet.attempt)):  # read before the other answer, and after it
        with pytest.raises(AnsweredElsewhere) as refused:
            responding.save(stale, [Given(text.position, {"text": "Uborevich"}, 0)], noon)
    assert "Iakir" in str(refused.value)
    assert "Uborevich" in str(refused.value)
    assert sheets.of(sheet.attempt).by_position[text.position].raw == {"text": "Iakir"}


def test_an_answer_that_its_window_was_shown_and_left_alone_is_no_conflict(learner, quiz, noon):
    sheet = begin(learner, quiz, noon)
    single, text = of_kind(sheet, "single"), of_kind(sheet, "short_text")
    responding.save(sheet, [Given(single.position, {"chosen": [0]}, 0)], noon)
    responding.save(sheets.of(sheet.attempt), [Given(single.position, {"chosen": [2]}, 1)], noon)

    for stale in (
        [Given(single.position, {"chosen": []}, 0)],  # a window that was opened before any answer
        [Given(single.position, {"chosen": [0]}, 1), Given(text.position, {"text": "Kork"}, 0)],
    ):
        responding.save(sheets.of(sheet.attempt), stale, noon)

    now = sheets.of(sheet.attempt).by_position
    assert now[single.position].raw == {"chosen": [2]}
    assert now[text.position].raw == {"text": "Kork"}


def test_a_start_of_another_quiz_is_refused(learner, quiz, book, noon):
    other = make_quiz(book, make_item(book, "other"), slug="other")
    uid = uuid4()
    attempting.start(learner, quiz, noon, uid)

    with pytest.raises(NotOpen):
        attempting.start(learner, other, noon, uid)


def test_what_is_left_without_an_answer_was_not_known_unless_nothing_was_answered(
    learner, book, noon
):
    quiz = make_quiz(book, *[make_item(book, f"c{n}", is_card=True) for n in range(2)], slug="two")
    attempting.hand_in(begin(learner, quiz, noon), noon)
    assert not Review.objects.exists()

    sheet = begin(learner, quiz, noon)
    responding.save(sheet, [Given(1, raw(sheet.questions[0], is_right=True), 0)], noon)
    attempting.hand_in(sheets.of(sheet.attempt), noon)
    left = Review.objects.get(evidence=Review.Evidence.NONE)
    assert (left.rating, left.affects_schedule) == (1, True)


@pytest.mark.parametrize(
    ("kind", "nonsense", "reason"),
    [
        ("single", {"chosen": [4]}, "There is no such option."),
        ("single", {"chosen": [0, 1]}, "Choose one option."),
        ("single", {"text": "Option 1"}, "This is no answer to this question."),
        ("several", {"chosen": [1, 1]}, "An option is chosen twice."),
        ("short_text", {"text": "a" * 301}, "Write at most 300 letters."),
        ("number", {"text": "many"}, "Write a number, such as 35,000."),
        ("number", {"text": "3 or 4"}, "Write one number only."),
        ("date", {"text": "in summer"}, "Write a date with its year"),
    ],
)
def test_a_wrong_shape_is_refused_with_its_reason_and_the_earlier_answer_kept(
    learner, quiz, noon, kind, nonsense, reason
):
    sheet = answer(begin(learner, quiz, noon), noon)
    question = of_kind(sheet, kind)

    with pytest.raises(WrongShape) as refused:
        responding.save(sheet, [Given(question.position, nonsense, question.sequence)], noon)

    assert reason in str(refused.value)
    kept = sheets.of(sheet.attempt).by_position[question.position]
    assert (kept.raw, kept.sequence) == (question.raw, 1)


def test_a_question_that_was_not_served_is_refused(learner, quiz, noon):
    sheet = begin(learner, quiz, noon)

    with pytest.raises(WrongShape):
        responding.save(sheet, [Given(7, {"text": "?"}, 0)], noon)


def test_two_answers_to_one_question_at_once_are_refused(learner, quiz, noon):
    sheet = begin(learner, quiz, noon)
    text = of_kind(sheet, "short_text").position

    with pytest.raises(WrongShape):
        responding.save(sheet, [Given(text, {"text": name}, 0) for name in ("A", "B")], noon)


def test_of_several_answers_all_are_saved_or_none(learner, quiz, noon):
    sheet = begin(learner, quiz, noon)
    number, text = of_kind(sheet, "number"), of_kind(sheet, "short_text")

    with pytest.raises(WrongShape):
        responding.save(
            sheet,
            [Given(text.position, {"text": "Iakir"}, 0), Given(number.position, {"text": "x"}, 0)],
            noon,
        )

    assert not Response.objects.exists()


def test_an_answer_can_be_taken_back(learner, quiz, noon):
    sheet = answer(begin(learner, quiz, noon), noon)
    several = of_kind(sheet, "several")

    responding.save(sheet, [Given(several.position, {"chosen": []}, 1)], noon)

    now = sheets.of(sheet.attempt)
    assert now.unanswered == [now.by_position[several.position]]
    assert now.by_position[several.position].served.fraction is None


def test_everything_right_is_the_whole_score(learner, quiz, noon):
    attempt = take(learner, quiz, noon)

    assert attempt.score == FULL_FRACTION
    assert set(Served.objects.values_list("fraction", flat=True)) == {FULL_FRACTION}


def test_the_score_is_the_weighted_mean_and_what_is_not_answered_earns_nothing(learner, book, noon):
    quiz = make_quiz(book, make_item(book, "light"), make_item(book, "heavy"), slug="weighted")
    quiz.slots.filter(item__slug="heavy").update(weight=3)
    sheet = begin(learner, quiz, noon)
    heavy = next(one for one in sheet.questions if one.served.weight == 3)
    responding.save(sheet, [Given(heavy.position, raw(heavy, is_right=True), 0)], noon)

    attempt = attempting.hand_in(sheets.of(sheet.attempt), noon)

    assert attempt.score == FULL_FRACTION * 3 // 4


def test_handing_in_twice_yields_one_result(learner, quiz, noon):
    stale = answer(begin(learner, quiz, noon), noon, right=["single"])
    first = attempting.hand_in(sheets.of(stale.attempt), noon)

    for sheet in (stale, sheets.of(first)):
        again = attempting.hand_in(sheet, noon + timedelta(hours=1))
        assert (again.handed_in_at, again.score) == (noon, first.score)

    assert ItemTally.objects.filter(attempts=1).count() == 6
    assert Review.objects.filter(rating=1).count() == Card.objects.count()


def test_after_handing_in_no_answer_changes(learner, quiz, noon):
    stale = answer(begin(learner, quiz, noon), noon)
    attempting.hand_in(stale, noon)

    for sheet in (begin_again(stale), sheets.of(stale.attempt)):
        single = of_kind(sheet, "single")
        wrong = Given(single.position, raw(single, is_right=False), single.sequence)
        with pytest.raises(AlreadyHandedIn):
            responding.save(sheet, [wrong], noon)


def begin_again(stale):
    """The sheet as a window shows it that was opened before handing in."""
    sheet = sheets.of(stale.attempt)
    sheet.attempt.handed_in_at = None
    return sheet


def test_an_answer_saved_since_the_check_is_not_handed_in_unseen(learner, quiz, noon):
    checked = answer(begin(learner, quiz, noon), noon)
    single = of_kind(checked, "single")
    responding.save(
        sheets.of(checked.attempt),
        [Given(single.position, raw(single, is_right=False), single.sequence)],
        noon,
    )

    with pytest.raises(AnswersChanged):
        attempting.hand_in(checked, noon)

    assert not Attempt.objects.handed_in().exists()
    assert not Review.objects.exists()


def test_the_learners_day_of_handing_in_is_kept(learner, quiz, noon):
    late = noon.replace(hour=2)  # 3 o'clock in Berlin: still the day before

    assert str(take(learner, quiz, late).learner_day) == "2026-03-01"


@pytest.mark.parametrize("count", [1, 5, 40])
def test_handing_in_takes_few_statements_whatever_the_number_of_questions(
    learner, book, noon, count
):
    kinds = MACHINE_KINDS
    items = [make_item(book, f"q{n}", kinds[n % 10], is_card=n % 2 == 0) for n in range(count)]
    sheet = answer(begin(learner, make_quiz(book, *items), noon), noon, right=["q1", "q2"])

    with CaptureQueriesContext(connection) as captured:
        found = sheets.find(learner, sheet.attempt.uid)
        assert found is not None
        attempting.hand_in(found, noon)

    assert len(statements(captured)) <= 8  # with the session and the user, 10


def test_saving_an_answer_takes_few_statements(learner, quiz, noon):
    sheet = begin(learner, quiz, noon)
    single = of_kind(sheet, "single")

    with CaptureQueriesContext(connection) as captured:
        found = sheets.find(learner, sheet.attempt.uid)
        assert found is not None
        responding.save(found, [Given(single.position, raw(single, is_right=True), 0)], noon)

    assert len(statements(captured)) <= 5  # with the session and the user, 7


def test_tallies_count_first_attempts_and_a_recount_gives_the_same(learner, quiz, noon):
    take(learner, quiz, noon, right=["single", "number"])
    take(learner, quiz, noon + timedelta(hours=1))
    kept = tallies(quiz)

    tallying.rebuild(quiz)

    assert tallies(quiz) == kept
    single = ItemTally.objects.get(revision__item__slug="single")
    assert (single.attempts, single.answered, single.fraction_sum) == (1, 1, FULL_FRACTION)
    assert single.rest_sum == FULL_FRACTION  # the number, of the five others
    options = OptionTally.objects.filter(revision__item__slug="several")
    assert sum(options.values_list("chosen", flat=True)) == 1


def tallies(quiz):
    return [
        sorted(model.objects.filter(quiz=quiz).values_list(*model.KEY, *model.COLUMNS))
        for model in (ItemTally, OptionTally)
    ]


def test_a_guest_takes_quizzes_and_is_counted_in_no_tally(quiz, noon):
    guest = guesting.begin(noon)

    assert take(guest, quiz, noon).score == FULL_FRACTION
    assert not ItemTally.objects.exists()


def test_a_guest_who_takes_quizzes_is_not_idle(quiz, noon):
    guest = guesting.begin(noon - timedelta(days=40))
    begin(guest, quiz, noon - timedelta(days=1))

    assert guest not in guesting.idle(noon)


def test_a_sheet_is_found_by_its_learner_alone(learner, quiz, noon, django_user_model):
    uid = begin(learner, quiz, noon).attempt.uid
    other = django_user_model.objects.create_user("vera")

    assert sheets.find(learner, uid) is not None
    assert sheets.find(other, uid) is None
    assert sheets.find(learner, uuid4()) is None


def test_an_unpublished_quiz_needs_a_question(book, noon):
    quiz = book.quizzes.create(slug="empty", title="Empty", position=0)

    with pytest.raises(NothingToAsk):
        publishing.publish(quiz, noon)
    quiz.refresh_from_db()
    assert quiz.published_at is None
