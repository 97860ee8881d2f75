"""The pages of quizzes: what can be taken, answering with and without a slip, and the result."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.assessment import sheets
from quizzes.assessment.models import Attempt, Quiz, Response
from quizzes.cards import planning
from quizzes.cards.models import Card
from tests.bookshelf import make_study_book
from tests.examining import answer, begin, make_item, make_quiz, raw, take
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
KINDS = ("single", "several", "short_text", "number", "date")


@pytest.fixture
def book(db):
    return make_study_book(3)


@pytest.fixture
def quiz(book):
    items = [make_item(book, f"ask-{kind}", kind) for kind in KINDS]
    return make_quiz(book, *items, section=book.sections.get(position=0), is_shuffled=False)


@pytest.fixture
def student(client, reader):
    client.force_login(reader)
    return reader


@pytest.fixture
def attempt(student, quiz, noon):
    return begin(student, quiz, noon).attempt


def url(attempt, tail=""):
    return f"/attempts/{attempt.uid}/{tail}"


def fields(page):
    """What the form of a page would send as it stands, with script or without."""
    _before, _id, form = page.content.decode().partition('id="answers"')
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form.partition("</form>")[0]):
        parts = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if parts["type"] in {"radio", "checkbox"} and " checked" not in tag:
            continue
        sent.setdefault(parts["name"], []).append(parts.get("value", ""))
    return sent


def stored(attempt):
    return {one.position: one.raw for one in sheets.of(attempt).questions if one.raw}


# What can be taken


def test_the_list_tells_how_each_quiz_went(client, student, quiz, book, noon):
    make_quiz(book, make_item(book, "left"), slug="left-open", position=1)
    make_quiz(book, make_item(book, "never"), slug="never-taken", position=2)
    take(student, quiz, noon, right=["ask-single", "ask-date"])
    begin(student, book.quizzes.get(slug="left-open"), noon)

    page = text(client.get("/quizzes/"))

    assert "A quiz: quiz 5 questions Best 40% · taken once" in page
    assert "A quiz: left-open 1 question Go on" in page
    assert "A quiz: never-taken 1 question Not taken yet" in page


def test_a_score_says_the_same_on_every_page(client, student, book, noon):
    names = ("one", "two", "three")
    found = make_quiz(book, *(make_item(book, name) for name in names), slug="thirds")
    take(student, found, noon, right=["one"])
    attempt = take(student, found, noon, right=["one", "two"])

    pages = ("/quizzes/", f"/quizzes/{found.uid}/", url(attempt, "result/"), "/progress/quizzes/")
    said = {where: text(client.get(where)) for where in pages}

    assert [where for where, page in said.items() if "66.7%" not in page] == []


def test_a_visitor_sees_the_quizzes_and_signs_in_to_begin(client, quiz):
    assert "A quiz: quiz" in text(client.get("/quizzes/"))
    assert "Sign in and begin" in text(client.get(f"/quizzes/{quiz.uid}/"))

    answer = client.post(f"/quizzes/{quiz.uid}/", {"start": str(uuid4())})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")
    assert not Attempt.objects.exists()


def test_without_a_quiz_the_list_says_so(client, book):
    assert "There are no quizzes yet" in text(client.get("/quizzes/"))


def test_the_page_before_a_quiz_says_what_is_to_come(client, student, quiz):
    quiz.time_limit_minutes = 20
    quiz.save(update_fields=["time_limit_minutes"])

    page = text(client.get(f"/quizzes/{quiz.uid}/"))

    assert "5 questions on the section “Introduction, first part” (pp. 1–9)." in page
    assert "It is meant to take 20 minutes; no clock runs." in page
    assert "What you missed comes back as cards" in page
    assert "Begin" in page


def test_beginning_twice_opens_one_attempt(client, student, quiz):
    page = client.get(f"/quizzes/{quiz.uid}/").content.decode()
    [start] = re.findall(r'name="start" value="([^"]*)"', page)

    first, second = (client.post(f"/quizzes/{quiz.uid}/", {"start": start}) for _ in range(2))

    assert first["Location"] == second["Location"] == url(Attempt.objects.get())


def test_earlier_attempts_are_listed_with_their_results(client, student, quiz, noon):
    take(student, quiz, noon, right=["ask-single"])
    take(student, quiz, noon + timedelta(hours=1))

    page = text(client.get(f"/quizzes/{quiz.uid}/"))

    assert "Attempt 2 100% 2 Mar 2026 Attempt 1 20%" in page


def test_today_offers_what_is_open_and_then_what_is_new(client, student, quiz, book, noon):
    planning.start(student, book, noon)
    for n in range(5):
        make_quiz(book, make_item(book, f"more-{n}"), slug=f"more-{n}", position=n + 1)
    begin(student, book.quizzes.get(slug="more-4"), noon)
    take(student, quiz, noon)

    page = text(client.get("/today/"))

    offered = re.findall(r"A quiz: (\S+)", page.partition("Your week")[0])
    assert list(dict.fromkeys(offered)) == ["more-4", "more-0", "more-1", "more-2"]


# Answering


def test_each_question_has_a_page_with_the_way_to_the_others(client, attempt):
    page = client.get(url(attempt))

    shown = text(page)
    assert "Question 1 of 5" in shown
    assert "What of ask-single?" in shown
    assert "ask-several" not in shown
    assert "Next" in shown
    assert 'data-act="previous"' not in page.content.decode()
    assert "Choose all that are right." in text(client.get(url(attempt, "?question=2")))


def test_the_page_opens_at_the_first_question_without_an_answer(client, attempt):
    client.post(url(attempt), {"question": "1", "sequence_1": "0", "answer_1": "2", "go": "2"})

    assert "Question 2 of 5" in text(client.get(url(attempt)))


@pytest.mark.parametrize(
    "nonsense",
    ["?question=0", "?question=99", "?question=x", "?view=none", f"?question={'9' * 5000}"],
)
def test_an_address_that_names_no_question_opens_the_first(client, attempt, nonsense):
    assert "Question 1 of 5" in text(client.get(url(attempt, nonsense)))


@pytest.mark.parametrize(
    ("go", "there"),
    [
        ("4", "?question=4"),
        ("all", "?view=all"),
        ("check", "check/?from=3"),
        ("stay", "?question=3"),
        ("", "?question=3"),
        ("elsewhere", "?question=3"),
    ],
)
def test_a_button_saves_and_goes_on(client, attempt, go, there):
    answer = client.post(
        url(attempt, "?question=3"),
        {"question": "3", "sequence_3": "0", "answer_3": " Iakir ", "go": go},
    )

    assert answer["Location"] == url(attempt, there)
    assert stored(attempt) == {3: {"text": " Iakir "}}


def test_all_questions_on_one_page_are_saved_together(client, attempt, student):
    page = client.get(url(attempt, "?view=all"))
    sent = fields(page) | {
        "answer_1": "1",
        "answer_2": ["0", "3"],
        "answer_3": "Iakir",
        "answer_4": "about 35,000",
        "go": "check",
    }

    assert client.post(url(attempt, "?view=all"), sent)["Location"] == url(attempt, "check/")

    assert stored(attempt) == {
        1: {"chosen": [1]},
        2: {"chosen": [0, 3]},
        3: {"text": "Iakir"},
        4: {"text": "about 35,000"},
    }
    again = fields(client.get(url(attempt, "?view=all")))
    assert again["answer_2"] == ["0", "3"]
    assert again["sequence_2"] == ["1"]
    client.post(url(attempt, "?view=all"), again)
    assert Response.objects.count() == 4


def test_what_cannot_be_saved_is_shown_again_as_it_was_typed(client, attempt):
    sent = fields(client.get(url(attempt, "?view=all"))) | {
        "answer_3": "Kork",
        "answer_4": "a great many",
        "answer_5": "that summer",
    }

    page = client.post(url(attempt, "?view=all"), sent | {"go": "check"})

    assert page.status_code == 422
    shown = page.content.decode()
    assert 'value="a great many"' in shown
    assert 'value="that summer"' in shown
    assert "Write a number, such as 35,000." in text(page)
    assert "Write a date with its year" in text(page)
    assert 'aria-invalid="true"' in shown
    assert stored(attempt) == {3: {"text": "Kork"}}
    assert fields(page)["sequence_3"] == ["1"]
    assert client.post(url(attempt, "?view=all"), fields(page)).status_code == 422  # not a conflict


def test_another_windows_answer_is_not_overwritten_unseen_and_the_rest_is_saved(client, attempt):
    stale = fields(client.get(url(attempt, "?view=all")))
    client.post(url(attempt, "?question=3"), {"question": "3", "sequence_3": "0", "answer_3": "A"})

    told = client.post(url(attempt, "?view=all"), stale | {"answer_3": "B", "answer_4": "7"})

    assert told.status_code == 422
    said = "Question 3 was answered elsewhere meanwhile: “A” is saved, and here you gave “B”"
    assert said in text(told)
    assert fields(told)["answer_3"] == ["B"]
    assert stored(attempt) == {3: {"text": "A"}, 4: {"text": "7"}}
    client.post(url(attempt, "?view=all"), fields(told))  # both were seen: this one is meant
    assert stored(attempt)[3] == {"text": "B"}


@pytest.mark.parametrize(
    "nonsense",
    [
        {"question": "9"},
        {"question": "x"},
        {"question": "1"},
        {"question": "1", "sequence_1": "-1"},
        {"question": "1", "sequence_1": "0", "answer_1": "first"},
    ],
)
def test_a_form_that_is_not_ours_is_refused(client, attempt, nonsense):
    assert client.post(url(attempt), nonsense).status_code == 400
    assert stored(attempt) == {}


def test_every_answer_is_found_again_on_another_device(client, attempt, student, django_user_model):
    client.post(url(attempt), {"question": "1", "sequence_1": "0", "answer_1": "2"})
    other = type(client)()
    other.force_login(student)

    assert fields(other.get(url(attempt, "?question=1")))["answer_1"] == ["2"]
    assert "Go on where you were" in text(other.get(f"/quizzes/{attempt.quiz.uid}/"))


def test_nobody_elses_attempt_is_there(client, attempt, django_user_model):
    client.force_login(django_user_model.objects.create_user("stranger"))

    for tail in ("", "check/", "result/"):
        assert client.get(url(attempt, tail)).status_code == 404
    assert client.post(url(attempt, "check/")).status_code == 404


# Handing in


def test_the_check_tells_what_has_no_answer(client, attempt):
    client.post(url(attempt), {"question": "1", "sequence_1": "0", "answer_1": "2"})

    page = text(client.get(url(attempt, "check/")))

    assert "4 unanswered, 0 flagged." in page
    assert "1. What of ask-single? Answered" in page
    assert "2. What of ask-several? Not answered" in page


def test_handing_in_twice_leads_to_one_result(client, attempt):
    first, second = (client.post(url(attempt, "check/")) for _ in range(2))

    assert first["Location"] == second["Location"] == url(attempt, "result/")
    assert Attempt.objects.handed_in().count() == 1


def test_handing_in_nothing_moves_nothing_and_says_so(client, attempt):
    client.post(url(attempt, "check/"))

    assert "Nothing was answered, so no card was moved." in text(
        client.get(url(attempt, "result/"))
    )
    assert not Card.objects.exists()


def test_after_handing_in_every_page_leads_to_the_result_and_none_before(client, attempt):
    assert client.get(url(attempt, "result/"))["Location"] == url(attempt)
    client.post(url(attempt, "check/"))

    for tail in ("", "check/"):
        assert client.get(url(attempt, tail))["Location"] == url(attempt, "result/")
    late = client.post(url(attempt), {"question": "1", "sequence_1": "0", "answer_1": "2"})
    assert late.status_code == 409
    assert "This quiz was handed in." in text(late)


def test_the_result_explains_each_answer(client, student, quiz, noon):
    attempt = take(student, quiz, noon, right=["ask-single", "ask-number"])

    page = text(client.get(url(attempt, "result/")))

    assert "Two of five" in page
    assert "Missed: three on terms." in page
    assert "What you missed is due as cards: in ten minutes, then tomorrow." in page
    assert "Right: Option 1 of ask-single" in page
    assert re.search(r"Not yet: Option [13] of ask-several", page)
    assert re.search(r"Why [13] is wrong for ask-several\.", page)
    assert "Answer: The answer to ask-several." in page
    assert "Because the book says so of ask-date." in page
    assert "Introduction, p. 5 · ask-date-fact" in page


def test_the_result_tells_whose_view_an_argument_is(client, student, book, noon):
    item = make_item(book, "about", facts=[book.facts.get(slug="forged-letter")])
    attempt = take(student, make_quiz(book, item), noon)

    page = text(client.get(url(attempt, "result/")))

    assert "One of one" in page
    assert "Whose view: Ida Quist The author rejects it." in page
    assert "Arguments are firm. Nothing was missed." in page


@pytest.mark.parametrize(
    ("given", "remark"),
    [
        ("11 February 1938", "The book says only “The answer to ask-date.”."),
        ("1938", "The book is more exact: “The answer to ask-date.”."),
        ("before 1938 or so", "This could not be understood."),
    ],
)
def test_a_date_that_is_not_quite_the_books_is_told_why(client, attempt, given, remark):
    client.post(url(attempt), {"question": "5", "sequence_5": "0", "answer_5": given})
    client.post(url(attempt, "check/"))

    assert remark in text(client.get(url(attempt, "result/")))


def test_a_part_of_the_mark_is_told_in_figures(client, attempt, student):
    several = sheets.of(attempt).by_position[2]
    [first, *_] = raw(several, is_right=True)["chosen"]
    client.post(url(attempt), {"question": "2", "sequence_2": "0", "answer_2": str(first)})
    client.post(url(attempt, "check/"))

    page = text(client.get(url(attempt, "result/")))

    assert "0.5 of 5" in page
    assert "Partly right:" in page


def test_what_was_missed_is_due_as_cards_once(client, student, book, noon, time_machine):
    items = [make_item(book, f"card-{n}", is_card=True) for n in range(3)]
    quiz = make_quiz(book, *items)
    attempt = take(student, quiz, noon, right=["card-0"])
    client.post(url(attempt, "check/"))
    take(student, quiz, noon, right=["card-0"])

    missed = Card.objects.in_steps(student).values_list("item__slug", flat=True)
    assert set(missed) == {"card-1", "card-2"}
    assert "due as cards: in ten minutes" in text(client.get(url(attempt, "result/")))
    assert Card.objects.filter(reps__gt=1).count() == 0
    time_machine.move_to(noon + timedelta(minutes=11), tick=False)
    assert re.search(r"What of card-[12]\?", text(client.get("/review/")))
    time_machine.move_to(noon + timedelta(days=9), tick=False)
    assert "What you missed came back as cards." in text(client.get(url(attempt, "result/")))


def test_a_quiz_that_is_retired_meanwhile_can_be_finished(client, attempt, quiz, noon):
    quiz.retired_at = noon
    quiz.save(update_fields=["retired_at"])

    assert f'href="{url(attempt)}"' in client.get("/quizzes/").content.decode()
    client.post(url(attempt, "check/"))
    assert "Take it again" not in text(client.get(url(attempt, "result/")))
    assert "A quiz: quiz" not in text(client.get("/quizzes/"))


def test_a_retired_quiz_is_offered_nowhere_but_where_it_belongs(client, attempt, quiz, book, noon):
    Quiz.objects.filter(pk=quiz.pk).update(retired_at=noon, section=None, chapter=None)
    fact = book.facts.first()

    for page in (f"chapters/{fact.chapter.slug}/", f"facts/{fact.slug}/"):
        response = client.get(f"/books/{book.slug}/{page}")

        assert response.status_code == 200
        assert str(quiz.uid) not in response.content.decode()
        assert str(attempt.uid) not in response.content.decode()


def test_a_question_that_is_being_asked_is_no_card_meanwhile(client, student, book, noon):
    book.items.all().update(state="retired")
    item = make_item(book, "both", is_card=True)
    planning.start(student, book, noon)
    assert "What of both?" in text(client.get("/review/"))

    sheet = begin(student, make_quiz(book, item), noon)
    assert "What of both?" not in text(client.get("/review/"))

    answer(sheet, noon)
    client.post(url(sheet.attempt, "check/"))
    assert "What of both?" not in text(client.get("/review/"))  # known since just now


def test_the_pass_mark_is_told_where_there_is_one(client, student, quiz, noon):
    quiz.pass_fraction = 6_000_000
    quiz.save(update_fields=["pass_fraction"])

    for right, told in (([], "not reached yet"), (None, "The pass mark is reached.")):
        attempt = take(student, quiz, noon, right)
        assert told in text(client.get(url(attempt, "result/")))


# What it costs


@pytest.mark.parametrize(
    ("tail", "most"), [("", 5), ("?view=all", 5), ("check/", 3), ("result/", 15)]
)
def test_a_page_takes_the_same_queries_whatever_the_number_of_questions(
    client, student, book, noon, tail, most
):
    counts = []
    for number in (5, 15):
        items = [make_item(book, f"n{number}-{n}", KINDS[n % 5]) for n in range(number)]
        quiz = make_quiz(book, *items, slug=f"of-{number}", is_shuffled=False)
        attempt = begin(student, quiz, noon).attempt
        if tail == "result/":
            client.post(url(attempt, "check/"))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url(attempt, tail)).status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1] <= most


@pytest.mark.parametrize("number", [1, 25])
def test_handing_in_takes_ten_queries_session_and_user_included(
    client, student, book, noon, number
):
    items = [make_item(book, f"n{n}", KINDS[n % 5], is_card=n % 2 == 0) for n in range(number)]
    sheet = answer(begin(student, make_quiz(book, *items), noon), noon, right=["n0", "n3"])

    with CaptureQueriesContext(connection) as captured:
        client.post(url(sheet.attempt, "check/"))

    control = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    assert len([one for one in captured if not one["sql"].startswith(control)]) <= 10


def test_pages_are_light(client, attempt, weight):
    for tail in ("", "?view=all", "check/"):
        assert weight(url(attempt, tail)) < 15_000
