"""Quizzes through the API: begun, answered, handed in, and explained only then."""

from uuid import uuid4

import pytest
from django.utils.dateparse import parse_datetime

from quizzes.assessment import sheets
from quizzes.assessment.models import Attempt, Response
from tests.api.asking import address, cost, faults, post
from tests.examining import make_item, make_quiz, raw, take

pytestmark = pytest.mark.django_db
KINDS = ("single", "several", "short_text", "number", "date")


@pytest.fixture
def quiz(book):
    items = [make_item(book, f"ask-{kind}", kind) for kind in KINDS]
    return make_quiz(book, *items, section=book.sections.get(position=0), is_shuffled=False)


@pytest.fixture
def attempt(signed_in, quiz):
    answer = post(signed_in, "start-attempt", {"start": str(uuid4())}, quiz.uid)
    assert answer.status_code == 200
    return Attempt.objects.get(uid=answer.json()["uid"])


def respond(client, attempt, *responses):
    return post(client, "responses", {"responses": list(responses)}, attempt.uid)


def entry(question, answer, sequence=0):
    return {"question": question, "sequence": sequence, "answer": answer}


def test_quizzes_are_listed_for_everyone(client, quiz):
    answer = client.get(address("quizzes"), {"book": "lights"})

    [listed] = answer.json()["quizzes"]
    assert listed["uid"] == str(quiz.uid)
    assert (listed["section"], listed["chapter"], listed["questions"]) == ("unit-0", None, 5)
    assert (listed["attempts"], listed["best"], listed["open_attempt"]) == (0, None, None)
    assert client.get(address("quizzes"), {"book": "none"}).json() == {"quizzes": []}


def test_a_quiz_tells_how_it_went(signed_in, olga, quiz, noon):
    take(olga, quiz, noon, right=["ask-single"])
    take(olga, quiz, noon, right=["ask-single", "ask-date"])

    shown = signed_in.get(address("quiz", quiz.uid)).json()

    assert (shown["attempts"], shown["best"]) == (2, 0.4)


def test_the_same_start_is_the_same_attempt(signed_in, quiz):
    start = {"start": str(uuid4())}

    first, second = (post(signed_in, "start-attempt", start, quiz.uid) for _ in range(2))

    assert first.json() == second.json()
    assert parse_datetime(first.json()["started_at"])
    assert (first.json()["number"], first.json()["score"]) == (1, None)


def test_an_attempt_shows_its_questions_and_nothing_of_their_keys(signed_in, attempt):
    shown = signed_in.get(address("attempt", attempt.uid)).json()

    single = shown["questions"][0]
    assert set(single) == {
        *("question", "heading", "kind", "stem_html", "weight"),
        *("options", "lefts", "rights", "gaps"),
        *("answer", "sequence", "is_sure", "is_flagged"),
        *("is_settled", "tries_left", "hint_is_there", "hint"),
    }
    assert [option["place"] for option in single["options"]] == [0, 1, 2, 3]
    assert {option["text"] for option in single["options"]} == {
        f"Option {n} of ask-single" for n in range(4)
    }
    assert (single["answer"], single["sequence"]) == (None, 0)
    assert shown["questions"][2]["options"] == []


def test_answers_are_saved_and_found_again(signed_in, attempt):
    answer = respond(signed_in, attempt, entry(1, {"chosen": [2]}), entry(3, {"text": "Iakir"}))

    assert answer.json() == {
        "responses": [{"question": 1, "sequence": 1}, {"question": 3, "sequence": 1}],
        "seconds_left": None,
    }
    again = respond(signed_in, attempt, entry(1, {"chosen": [2]}))
    assert again.json()["responses"] == [{"question": 1, "sequence": 1}]
    shown = signed_in.get(address("attempt", attempt.uid)).json()["questions"]
    assert [one["answer"] for one in shown] == [
        {"chosen": [2]},
        None,
        {"text": "Iakir"},
        None,
        None,
    ]


def test_a_wrong_shape_is_named_by_its_place_and_nothing_is_saved(signed_in, attempt):
    answer = respond(
        signed_in, attempt, entry(3, {"text": "Iakir"}), entry(4, {"text": "many"}), entry(9, {})
    )

    assert answer.status_code == 400
    assert faults(answer) == [(1, "answer"), (2, "answer")]
    assert answer.json()["errors"][0]["message"] == "Write a number, such as 35,000."
    assert not Response.objects.exists()


def test_an_answer_that_follows_an_older_one_is_a_conflict(signed_in, attempt):
    respond(signed_in, attempt, entry(3, {"text": "Iakir"}))

    answer = respond(signed_in, attempt, entry(3, {"text": "Kork"}))

    assert (answer.status_code, answer.json()["code"]) == (409, "answered_elsewhere")
    assert "Iakir" in answer.json()["detail"]


def test_the_result_is_told_after_handing_in_and_not_before(signed_in, olga, attempt):
    before = signed_in.get(address("result", attempt.uid)).json()
    assert (before["moment"], before["told_from"]["key"]) == ("during", "handed_in")
    assert {one["answer_html"] for one in before["questions"]} == {None}
    for question in sheets.of(attempt).questions:
        is_right = question.kind != "date"
        respond(signed_in, attempt, entry(question.position, raw(question, is_right=is_right)))

    handed_in, again = (post(signed_in, "hand-in", {}, attempt.uid) for _ in range(2))
    result = signed_in.get(address("result", attempt.uid)).json()

    assert handed_in.json() == again.json() == result["attempt"]
    assert result["attempt"]["score"] == 0.8
    assert [one["fraction"] for one in result["questions"]] == [1, 1, 1, 1, 0]
    first = result["questions"][0]
    assert first["answer_html"] == "<p>The answer to ask-single.</p>"
    assert first["facts"][0]["citations"][0]["first_page"] == 5
    after = respond(signed_in, attempt, entry(5, {"text": "early 1938"}, 1))
    assert (after.status_code, after.json()["code"]) == (409, "already_handed_in")


def test_the_attempts_are_listed_newest_first(signed_in, olga, quiz, noon):
    take(olga, quiz, noon)
    take(olga, quiz, noon)

    listed = signed_in.get(address("attempts")).json()

    assert (listed["count"], [one["number"] for one in listed["results"]]) == (2, [2, 1])


def test_an_attempt_costs_the_same_whatever_its_length(signed_in, olga, book, noon):
    costs = []
    for count in (1, 20):
        items = [make_item(book, f"q{count}-{n}") for n in range(count)]
        attempt = take(olga, make_quiz(book, *items, slug=f"of-{count}"), noon, right=[])
        costs.append(
            [
                cost(signed_in, address("attempt", attempt.uid)),
                cost(signed_in, address("result", attempt.uid)),
            ]
        )

    assert costs[0] == costs[1]


def test_progress_is_told_whole(signed_in, olga, plan, quiz, noon):
    take(olga, quiz, noon, right=[])

    shown = signed_in.get(address("progress")).json()

    assert shown["cards"] == {"total": 12, "known": 0, "learning": 0, "new": 12}
    [chapter] = shown["chapters"]
    assert {kind["kind"]: kind["cards"]["total"] for kind in chapter["kinds"]} == {
        "argument": 1,
        "term": 11,
    }
    assert shown["days"] == [{"day": "2026-03-02", "reviews": 0, "recalled": 0, "quizzes": 1}]
    assert len(shown["coming"]) == 7
    [result] = shown["results"]
    assert (result["quiz"], result["score"], result["day"]) == (str(quiz.uid), 0, "2026-03-02")
