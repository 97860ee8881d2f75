"""The result of an attempt: only what may be told, when it may be told."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.assessment import attempting, responding, settling, sheets
from quizzes.assessment.models import Assignment, Response, Served
from quizzes.assessment.responding import Given
from quizzes.assessment.terms import Moment
from quizzes.items.models import ErrorReport
from tests.bookshelf import make_study_book
from tests.examining import ALL_KINDS, begin, make_item, make_quiz, take
from tests.web.lessons import give, sit_through
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
KINDS = ("single", "several", "short_text", "number", "date")
SECRETS = ("The answer to", "Because the book says", "is wrong for", "✓", "✕", "Right:", "fact")


@pytest.fixture
def book(db):
    return make_study_book(3)


@pytest.fixture
def quiz(book):
    items = [make_item(book, f"ask-{kind}", kind) for kind in KINDS]
    return make_quiz(book, *items, is_shuffled=False)


@pytest.fixture
def student(client, company, classroom):
    client.force_login(company["student"])
    return company["student"]


def url(attempt, tail="result/"):
    return f"/attempts/{attempt.uid}/{tail}"


def page(client, attempt):
    return text(client.get(url(attempt)))


def test_before_release_nothing_but_the_own_answers_is_told(client, student, classroom, quiz, noon):
    attempt = sit_through(student, give(classroom, quiz, noon), noon, right=["ask-single"])

    told = page(client, attempt)

    assert "Your answer: Option 1 of ask-single" in told
    assert (
        "Not told yet Once your instructor releases the results: which answers are right, "
        "your score, the right answers and the explanations." in told
    )
    assert [secret for secret in SECRETS if secret in told] == []
    assert "No flashcard moves before the results are released." in told
    assert "one of five" not in told.lower()


def test_after_release_everything_is_told(client, student, classroom, quiz, noon):
    attempt = sit_through(student, give(classroom, quiz, noon), noon, right=["ask-single"])
    Assignment.objects.update(released_at=noon)

    told = page(client, attempt)

    assert "One of five" in told
    assert "Incorrect:" in told
    assert "Not yet:" not in told
    assert "Answer: The answer to ask-several." in told
    assert "Because the book says so of ask-date." in told
    assert "Not told yet" not in told
    assert "Terms 1 of 5 · weak" in told
    assert "Introduction, first part 1 of 5 · weak" in told
    assert "Review my mistakes" in told


def test_what_was_released_stays_told_while_another_quiz_asks_a_question_of_it(
    client, student, classroom, quiz, book, noon
):
    given = give(classroom, quiz, noon)
    attempt = sit_through(student, given, noon, right=["ask-date"])
    Assignment.objects.update(released_at=noon)
    give(classroom, make_quiz(book, book.items.get(slug="ask-single"), slug="exam"), noon)

    result, marks, progress = (
        text(client.get(where))
        for where in (url(attempt), f"/classes/{classroom.uid}/marks/", "/progress/quizzes/")
    )

    assert "One of five" in result
    assert "Right: Option 1 of ask-single" not in result
    assert "Right:" in result.split("Question 2")[1]
    assert (
        "Of the questions that a quiz given to you asks now, once it no longer does: which answers "
        "are right, the right answers and the explanations." in result
    )
    assert "20% is the mean of your released marks" in marks
    assert "1 result: 20% on average" in progress


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("correctness_from", "Right: Option 1 of ask-single"),
        ("score_from", "One of five"),
        ("key_from", "Answer: The answer to ask-several."),
        ("explanation_from", "Because the book says so of ask-date."),
    ],
)
def test_each_part_is_told_by_its_own_term(client, student, classroom, quiz, noon, part, said):
    given = give(classroom, quiz, noon)
    attempt = sit_through(student, given, noon, right=["ask-single"])
    assert said not in page(client, attempt)

    Assignment.objects.update(**{part: Moment.HANDED_IN})
    assert said in page(client, attempt)


def test_what_is_never_told_is_said_to_be_so(client, student, classroom, quiz, noon):
    given = give(classroom, quiz, noon, key_from=Moment.NEVER)
    attempt = sit_through(student, given, noon, right=[])
    Assignment.objects.update(released_at=noon)

    told = page(client, attempt)

    assert "Not at all: the right answers." in told
    assert "The answer to" not in told


def test_the_own_answer_is_told_by_its_own_term_too(client, student, classroom, quiz, noon):
    given = give(classroom, quiz, noon, answer_from=Moment.CLOSED)
    attempt = sit_through(student, given, noon, right=[])
    assert "Your answer: not shown" in page(client, attempt)
    assert "Option" not in page(client, attempt)

    Assignment.objects.update(released_at=noon)

    assert re.search(r"Incorrect: Option \d of ask-single", page(client, attempt))


def test_points_are_part_of_the_score(client, student, classroom, quiz, noon):
    given = give(classroom, quiz, noon, correctness_from=Moment.HANDED_IN)
    attempt = sit_through(student, given, noon, right=["ask-single"])
    assert "Question 1 ·" not in page(client, attempt)

    Assignment.objects.update(released_at=noon)

    assert "Question 1 · 1 of 1" in page(client, attempt)


def test_what_is_right_is_called_so_whatever_its_tries_cost(client, student, quiz, noon):
    sheet = begin(student, quiz, noon, checks_each=True)
    for number, name in enumerate(("Iakir", "Fel'dman")):
        responding.save(sheets.of(sheet.attempt), [Given(3, {"text": name}, number)], noon)
        settling.check(sheets.of(sheet.attempt), 3, noon)
    attempt = attempting.hand_in(sheets.of(sheet.attempt), noon)

    told = page(client, attempt)
    [third] = client.get(f"/api/v1/attempts/{attempt.uid}/result/").json()["questions"][2:3]

    assert "Question 3 · 0.67 of 1" in told
    assert "Right: Fel&#x27;dman" in told or "Right: Fel'dman" in told
    assert "1 try that was not right. Each cost 33% of the mark." in told
    assert (third["correctness"], third["fraction"]) == ("right", 0.67)


def test_an_answer_of_every_kind_is_shown_in_words(client, student, classroom, book, noon):
    items = [make_item(book, f"all-{kind}", kind) for kind in ALL_KINDS]
    given = give(classroom, make_quiz(book, *items, slug="all"), noon)
    attempt = sit_through(student, given, noon, right=[])

    told = page(client, attempt)

    assert told.count("Your answer:") == len(ALL_KINDS)
    assert "no answer" not in told
    assert "I was not there." in told


def test_practice_says_not_yet_and_what_tries_and_hints_cost(client, student, quiz, noon):
    attempt = take(student, quiz, noon, right=["ask-single"])
    type(attempt).objects.update(checks_each=True)
    Served.objects.filter(attempt=attempt, position=2).update(tries=2, is_hinted=True)

    told = page(client, attempt)

    assert "Not yet:" in told
    assert "Incorrect:" not in told
    assert "2 tries that were not right. The hint was used. Each cost 33% of the mark." in told


def test_what_was_right_at_the_second_try_is_right_whatever_the_first_one_cost(
    client, student, quiz, noon
):
    attempt = take(student, quiz, noon, right=["ask-single"])
    type(attempt).objects.update(checks_each=True)
    first = Served.objects.filter(attempt=attempt, revision__item__slug="ask-single")
    first.update(tries=2, checked_sequence=1, fraction=6_700_000)

    told = page(client, attempt)

    assert told.count("Right:") == 1
    assert "1 try that was not right." in told
    assert "Partly right:" not in told


def test_how_sure_one_was_is_held_against_what_was_right(client, student, quiz, noon):
    attempt = take(student, quiz, noon, right=["ask-single", "ask-date"])
    assert "How sure you were" not in page(client, attempt)
    type(attempt).objects.update(asks_confidence=True)
    Response.objects.filter(served__position__lte=3).update(is_sure=True)
    Response.objects.filter(served__position__gt=3).update(is_sure=False)

    told = page(client, attempt)

    assert "Sure 1 2 1 of 3" in told
    assert "Not sure 1 1 1 of 2" in told


def test_attempts_are_compared_by_kind(client, student, quiz, noon):
    take(student, quiz, noon, right=[])
    second = take(student, quiz, noon + timedelta(hours=1), right=["ask-single"])

    told = page(client, second)

    assert "Attempt Day Score Terms 1 2 Mar 2026 0% 0 of 5 2 this one 2 Mar 2026 20% 1 of 5" in told


def test_attempts_that_are_not_released_are_compared_without_scores(
    client, student, classroom, quiz, noon
):
    given = give(classroom, quiz, noon, attempts_allowed=2)
    sit_through(student, given, noon, right=[])
    second = sit_through(student, given, noon + timedelta(minutes=15), right=["ask-single"])

    told = page(client, second)

    assert "Attempt Day Score 1 2 Mar 2026 not told 2 this one 2 Mar 2026 not told" in told


def test_an_error_is_reported_once_the_answer_is_told(client, student, classroom, quiz, noon):
    attempt = sit_through(student, give(classroom, quiz, noon), noon)
    where = url(attempt, "questions/1/report/")
    assert where not in client.get(url(attempt)).content.decode()
    assert client.get(where).status_code == 404

    Assignment.objects.update(released_at=noon)
    assert where in client.get(url(attempt)).content.decode()
    assert "What of ask-single?" in text(client.get(where))
    answer = client.post(where, {"text": "Two options are right."})

    assert answer["Location"] == url(attempt)
    report = ErrorReport.objects.get()
    assert (report.item.slug, report.text) == ("ask-single", "Two options are right.")


@pytest.mark.parametrize("position", [0, 6, 99])
def test_a_question_that_was_not_asked_cannot_be_reported(client, student, quiz, noon, position):
    attempt = take(student, quiz, noon)

    assert client.get(url(attempt, f"questions/{position}/report/")).status_code == 404


def test_the_result_takes_the_same_queries_whatever_its_length(
    client, student, classroom, book, noon
):
    counts = []
    for number in (11, 22):
        items = [make_item(book, f"n{number}-{n}", ALL_KINDS[n % 11]) for n in range(number)]
        quiz = make_quiz(book, *items, slug=f"of-{number}")
        given = give(classroom, quiz, noon, attempts_allowed=3)
        sit_through(student, given, noon)
        attempt = sit_through(student, given, noon + timedelta(minutes=20))
        Assignment.objects.update(released_at=noon)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url(attempt)).status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1] <= 22


def test_a_guest_of_practice_is_not_offered_to_report(client, student, quiz, noon):
    attempt = take(student, quiz, noon)
    student.is_guest = True
    student.save(update_fields=["is_guest"])

    assert not re.search(r"questions/\d+/report/", client.get(url(attempt)).content.decode())
    answer = client.get(url(attempt, "questions/1/report/"))
    assert answer["Location"] == "/accounts/signup/"
