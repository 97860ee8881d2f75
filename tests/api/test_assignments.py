"""Assignments through the API: sat against the clock, checked, and told as far as may be."""

from datetime import timedelta
from uuid import uuid4

import pytest

from quizzes.assessment import releasing, sheets
from quizzes.assessment.models import Attempt, Response
from quizzes.assessment.terms import Moment
from quizzes.items.models import Key
from quizzes.people import joining
from quizzes.people.models import User
from tests.api.asking import address, cost, post
from tests.examining import ALL_KINDS, answer, make_assignment, make_item, make_quiz, sit_through

pytestmark = pytest.mark.django_db
DURING = {"correctness_from": Moment.DURING, "key_from": Moment.DURING, "is_graded": False}


@pytest.fixture
def room(olga, book, noon):
    room = joining.open_classroom(User.objects.create_user("vera"), book, "Ours", noon)
    joining.enroll(room, olga, noon)
    room.enrollments.filter(user=olga).update(time_percent=150)
    return room


@pytest.fixture
def quiz(book):
    items = [make_item(book, f"of-{kind}", kind) for kind in ALL_KINDS]
    return make_quiz(book, *items, is_shuffled=False)


@pytest.fixture
def exam(room, quiz, noon):
    return make_assignment(room, quiz, noon, time_limit_minutes=20, password="Neva")


def begin(client, assignment, password="Neva"):
    body = {"start": str(uuid4()), "password": password}
    return post(client, "sit", body, assignment.uid)


def entry(question, text, sequence=0, **more):
    return {"question": question, "sequence": sequence, "answer": {"text": text}} | more


def test_assignments_are_listed_on_ones_own_terms(signed_in, exam, noon):
    [listed] = signed_in.get(address("assignments")).json()["assignments"]

    assert listed["uid"] == str(exam.uid)
    assert (listed["seconds_allowed"], listed["attempts_left"]) == (30 * 60, 1)
    assert (listed["state"], listed["has_password"], listed["is_graded"]) == ("ready", True, True)
    assert "Neva" not in str(listed)
    begin(signed_in, exam)
    [listed] = signed_in.get(address("assignments")).json()["assignments"]
    assert (listed["state"], listed["open_attempt"]) == ("sitting", str(Attempt.objects.get().uid))


def test_it_is_begun_with_its_password_and_tells_the_clock(signed_in, exam):
    refused = begin(signed_in, exam, "Volga")
    begun = begin(signed_in, exam)

    assert (refused.status_code, refused.json()["code"]) == (409, "wrong_password")
    assert (begun.json()["assignment"], begun.json()["seconds_left"]) == (str(exam.uid), 30 * 60)
    attempt = begun.json()["uid"]
    shown = signed_in.get(address("attempt", attempt)).json()
    assert shown["attempt"] == begun.json()
    assert shown["terms"]["checks_each"] is False
    [by_kind] = [{one["kind"]: one for one in shown["questions"]}]
    assert (len(by_kind["matching"]["lefts"]), len(by_kind["matching"]["rights"])) == (3, 5)
    kinds = [gap["kind"] for gap in by_kind["cloze"]["gaps"]]
    assert kinds == ["text", "number", "date", "choice"]
    assert len(by_kind["cloze"]["gaps"][3]["options"]) == 4
    assert len(by_kind["ordering"]["options"]) == 4


def test_after_the_grace_nothing_is_saved_and_the_attempt_is_handed_in(
    signed_in, exam, noon, time_machine
):
    attempt = begin(signed_in, exam).json()["uid"]
    end = noon + timedelta(minutes=30)
    text = ALL_KINDS.index("short_text") + 1

    for seconds, status in ((29, 200), (31, 409)):
        time_machine.move_to(end + timedelta(seconds=seconds), tick=False)
        said = {"responses": [entry(text, f"After {seconds}", sequence=int(seconds > 30))]}
        answered = post(signed_in, "responses", said, attempt)
        assert answered.status_code == status

    assert answered.json()["code"] == "time_is_up"
    shown = signed_in.get(address("attempt", attempt)).json()["attempt"]
    assert (shown["is_timed_out"], shown["seconds_left"], shown["score"]) == (True, 0, None)
    assert Response.objects.count() == 1


def test_what_was_answered_elsewhere_is_told_with_both_versions(signed_in, room, book, noon):
    quiz = make_quiz(book, make_item(book, "t", "short_text"), slug="short")
    sure = make_assignment(room, quiz, noon, asks_confidence=True)
    attempt = begin(signed_in, sure).json()["uid"]
    here = {"responses": [entry(1, "Iakir", is_sure=True)]}
    assert post(signed_in, "responses", here, attempt).json()["seconds_left"] is not None

    conflict = post(signed_in, "responses", {"responses": [entry(1, "Kork")]}, attempt)

    assert (conflict.status_code, conflict.json()["code"]) == (409, "answered_elsewhere")
    [told] = conflict.json()["conflicts"]
    assert (told["question"], told["sequence"], told["answer"]) == (1, 1, {"text": "Iakir"})
    assert "Kork" in told["says"]
    [shown] = signed_in.get(address("attempt", attempt)).json()["questions"]
    assert (shown["answer"], shown["is_sure"]) == ({"text": "Iakir"}, True)


def test_questions_are_flagged_checked_and_hinted_at(signed_in, room, book, noon):
    quiz = make_quiz(book, make_item(book, "t", "short_text"), slug="short")
    Key.objects.update(hint="Corps commander.")
    terms = {"tries": 2, "penalty_percent": 10, "score_from": Moment.DURING}
    attempt = begin(signed_in, make_assignment(room, quiz, noon, **DURING, **terms)).json()["uid"]
    flag = {"question": 1, "is_flagged": True}
    assert post(signed_in, "flags", flag, attempt).json() == flag
    post(signed_in, "responses", {"responses": [entry(1, "Iakir")]}, attempt)

    wrong = post(signed_in, "check", {"question": 1}, attempt).json()
    hint = post(signed_in, "hint", {"question": 1}, attempt).json()
    post(signed_in, "responses", {"responses": [entry(1, "Fel'dman", 1)]}, attempt)
    right = post(signed_in, "check", {"question": 1}, attempt).json()

    assert (wrong["is_settled"], wrong["tries_left"], wrong["answer_html"]) == (False, 1, None)
    assert (wrong["hint_is_there"], hint) == (True, {"hint": "Corps commander."})
    assert (right["is_settled"], right["correctness"], right["fraction"]) == (True, "right", 0.8)
    assert right["answer_html"] == "<p>The answer to t.</p>"
    assert right["rationale_html"] is None
    [shown] = signed_in.get(address("attempt", attempt)).json()["questions"]
    assert (shown["is_flagged"], shown["is_settled"], shown["tries_left"]) == (True, True, 0)


def test_a_graded_result_is_told_when_it_is_released(signed_in, olga, room, book, noon):
    quiz = make_quiz(book, make_item(book, "s"), slug="released")
    exam = make_assignment(room, quiz, noon)
    attempt = sit_through(olga, exam, noon)
    before = signed_in.get(address("result", attempt.uid)).json()
    listed = signed_in.get(address("attempts")).json()["results"]

    exam.closes_at = noon - timedelta(hours=1)
    exam.opens_at = noon - timedelta(hours=2)
    exam.save()
    releasing.release(exam, noon)
    after = signed_in.get(address("result", attempt.uid)).json()

    assert (before["moment"], before["told_from"]["score"]) == ("handed_in", "closed")
    assert (before["attempt"]["score"], listed[0]["score"]) == (None, None)
    [hidden], [told] = before["questions"], after["questions"]
    assert hidden["answer"] == told["answer"] is not None
    for name in ("correctness", "fraction", "answer_html", "rationale_html", "feedback", "facts"):
        assert hidden[name] is None
        assert told[name] is not None
    assert (after["moment"], after["attempt"]["score"]) == ("closed", 1)


def test_a_sitting_costs_the_same_whatever_its_length(signed_in, olga, room, book, noon):
    costs = []
    for count in (1, 20):
        items = [make_item(book, f"q{count}-{n}") for n in range(count)]
        given = make_assignment(room, make_quiz(book, *items, slug=f"of-{count}"), noon)
        attempt = begin(signed_in, given).json()["uid"]
        answer(sheets.of(Attempt.objects.get(uid=attempt)), noon)
        costs.append(cost(signed_in, address("attempt", attempt)))
        costs.append(cost(signed_in, address("result", attempt)))

    assert costs[:2] == costs[2:]
