import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quizzes.cards import planning, queueing
from quizzes.cards.models import Card, Review, StudyPlan
from quizzes.content.models import Book
from quizzes.people.models import User
from tests.bookshelf import make_study_book

pytestmark = pytest.mark.django_db

REVIEW = "/review/"
ACT = "/review/act/"
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture(autouse=True)
def _at_noon(time_machine, noon):
    time_machine.move_to(noon, tick=False)


@pytest.fixture
def book(db):
    return make_study_book(12)


@pytest.fixture
def student(book, noon):
    student = User.objects.create_user("olga", time_zone="Europe/Berlin")
    planning.start(student, book, noon)
    return student


@pytest.fixture
def signed_in(client, student):
    client.force_login(student)
    return client


def form(page):
    """What the rating form would post but for the button, as a browser reads it from the page."""
    _, _, rest = page.content.decode().partition('id="rating"')
    fields, _, _ = rest.partition("<fieldset")
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', fields))


def rate(client, rating=3, page=None, **changes):
    posted = form(page or client.get(REVIEW)) | {"rating": rating} | changes
    return client.post(REVIEW, posted)


def text(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_the_question_comes_before_its_answer(signed_in):
    page = signed_in.get(REVIEW)

    assert "What does the book say of “Term 0”" in text(page)
    assert re.search(r'id="answer"[^>]* hidden', page.content.decode())
    assert re.search(r'id="rating"[^>]* hidden', page.content.decode())


def test_without_script_the_answer_is_an_address(signed_in):
    question = signed_in.get(REVIEW)
    answer = signed_in.get(REVIEW, {"item": form(question)["item"], "answer": 1})

    assert not re.search(r'id="answer"[^>]* hidden', answer.content.decode())
    assert not re.search(r'id="rating"[^>]* hidden', answer.content.decode())
    assert re.search(r'id="show-answer"[^>]* hidden', answer.content.decode())
    assert {k: v for k, v in form(answer).items() if k not in {"uid", "csrfmiddlewaretoken"}} == {
        k: v for k, v in form(question).items() if k not in {"uid", "csrfmiddlewaretoken"}
    }


def test_an_answer_tells_its_pages_and_where_the_facts_are(signed_in, book):
    page = signed_in.get(REVIEW)

    assert "Introduction, pp. 5–6" in text(page)
    assert reverse("fact", args=[book.slug, "term-0"]) in page.content.decode()


def test_an_argument_tells_whose_view_it_is_and_what_the_author_makes_of_it(signed_in):
    rate(signed_in)

    page = text(signed_in.get(REVIEW))
    assert "A forged letter" in page
    assert "Ida Quist" in page
    assert "The author rejects it." in page
    assert "Granted all the same: Letters were forged in those days." in page


def test_two_buttons_unless_the_plan_has_four(signed_in, student):
    two = re.findall(r'name="rating" value="(\d)"', signed_in.get(REVIEW).content.decode())
    StudyPlan.objects.filter(learner=student).update(has_four_ratings=True)
    four = re.findall(r'name="rating" value="(\d)"', signed_in.get(REVIEW).content.decode())

    assert (two, four) == (["1", "3"], ["1", "2", "3", "4"])


@pytest.mark.parametrize("rating", [1, 3])
def test_the_interval_on_the_button_is_the_one_that_is_stored(signed_in, student, noon, rating):
    [entry] = queueing.queue(student, noon, limit=1)
    page = signed_in.get(REVIEW)
    rate(signed_in, rating, page)

    review = Review.objects.get()
    _, _, button = page.content.decode().partition(f'name="rating" value="{rating}"')
    shown = re.findall(r'rating-interval">([^<]+)<', button)[0]
    assert review.interval_days == int(form(page)[f"interval_{rating}"])
    assert shown == (f"{review.interval_days} days" if rating == 3 else "10 min")
    assert entry.item.revision_id == review.revision_id


def test_a_rating_goes_on_to_the_next_card(signed_in):
    answer = rate(signed_in)
    page = signed_in.get(answer["Location"])

    assert (answer.status_code, answer["Location"]) == (302, REVIEW)
    assert "Saved. It comes back in" in text(page)
    assert "A forged letter" in text(page)


def test_a_missed_card_is_learning_and_comes_back(signed_in, time_machine, noon):
    rate(signed_in, 1)
    assert "11 new" not in text(signed_in.get(REVIEW))
    assert "1 learning" in text(signed_in.get(REVIEW))

    time_machine.move_to(noon + timedelta(minutes=11), tick=False)
    assert "Term 0" in text(signed_in.get(REVIEW))


def test_ten_sendings_of_one_review_are_one_row(signed_in):
    page = signed_in.get(REVIEW)

    answers = {rate(signed_in, page=page).status_code for _ in range(10)}

    assert answers == {302}
    assert Review.objects.count() == 1


def test_a_card_that_was_answered_meanwhile_is_refused_calmly(signed_in):
    here, there = signed_in.get(REVIEW), signed_in.get(REVIEW)
    rate(signed_in, page=here)

    answer = rate(signed_in, page=there)

    assert answer.status_code == 409
    assert "already answered" in text(answer)
    assert Review.objects.count() == 1


@pytest.mark.parametrize(
    "nonsense",
    [
        {"rating": "5"},
        {"rating": "good"},
        {"rating": ""},
        {"item": "no-uid"},
        {"uid": ""},
        {"version": "-1"},
        {"interval_3": "٣"},
        {"interval_3": "9" * 40},
        {"duration_ms": "soon"},
    ],
)
def test_nonsense_is_a_bad_request(signed_in, nonsense):
    assert rate(signed_in, **nonsense).status_code == 400
    assert not Review.objects.exists()


def test_an_interval_that_was_never_offered_is_refused(signed_in):
    assert rate(signed_in, interval_3="300").status_code == 409
    assert not Card.objects.exists()


def test_an_item_outside_the_plans_does_not_exist(signed_in, student):
    owner = User.objects.create_user("nina")
    theirs = Book.objects.get()
    posted = form(signed_in.get(REVIEW))
    Book.objects.update(owner=owner)
    assert rate_posted(signed_in, posted).status_code == 404

    Book.objects.filter(pk=theirs.pk).update(owner=None)
    StudyPlan.objects.get(learner=student).chapters.clear()
    assert rate_posted(signed_in, posted).status_code == 404
    assert rate_posted(signed_in, posted | {"item": str(uuid4())}).status_code == 404


def rate_posted(client, posted):
    return client.post(REVIEW, posted | {"rating": 3})


def test_undo_brings_the_card_back(signed_in):
    first = form(signed_in.get(REVIEW))["item"]
    rate(signed_in)

    answer = signed_in.post("/review/undo/")
    page = signed_in.get(answer["Location"])

    assert "Undid “Remembered”. It is back." in text(page)
    assert form(page)["item"] == first
    assert "12 new" not in text(page)
    assert "10 new" in text(page)


def test_undo_with_nothing_to_undo_says_so(signed_in):
    answer = signed_in.post("/review/undo/")

    assert answer.status_code == 409
    assert "nothing to undo" in text(answer)


@pytest.mark.parametrize("act", ["bury", "suspend"])
def test_a_card_set_aside_gives_way_to_the_next_and_undo_brings_it_back(signed_in, act):
    item = form(signed_in.get(REVIEW))["item"]

    gone = signed_in.get(signed_in.post(ACT, {"act": act, "item": item})["Location"])
    back = signed_in.get(signed_in.post("/review/undo/")["Location"])

    assert form(gone)["item"] != item
    assert form(back)["item"] == item


def test_a_flag_is_shown_in_color_and_in_words(signed_in):
    item = form(signed_in.get(REVIEW))["item"]

    page = signed_in.get(signed_in.post(ACT, {"act": "flag", "item": item, "value": 3})["Location"])

    assert form(page)["item"] == item
    assert re.search(r'class="flag flag-3"[^>]*>Green<', page.content.decode())


def test_acts_are_three_and_flags_are_seven(signed_in):
    item = form(signed_in.get(REVIEW))["item"]

    assert signed_in.post(ACT, {"act": "burn", "item": item}).status_code == 400
    assert signed_in.post(ACT, {"act": "bury", "item": ""}).status_code == 400
    assert signed_in.post(ACT, {"act": "flag", "item": item, "value": "x"}).status_code == 400
    assert signed_in.post(ACT, {"act": "flag", "item": item, "value": "8"}).status_code == 409


def test_an_address_of_a_card_that_is_not_due_leads_to_the_next(signed_in):
    answered = form(signed_in.get(REVIEW))["item"]
    rate(signed_in)

    answer = signed_in.get(REVIEW, {"item": answered, "answer": 1})

    assert (answer.status_code, answer["Location"]) == (302, REVIEW)
    assert signed_in.get(REVIEW, {"item": "nonsense"}).status_code == 400


def test_after_the_last_card_the_page_says_until_when(signed_in):
    for _ in range(10):
        rate(signed_in)

    page = text(signed_in.get(REVIEW))
    assert "Done until 04:00." in page
    assert "10 reviews today, 10 recalled." in page


def test_a_learning_card_is_worth_waiting_for(signed_in, student, time_machine, noon):
    StudyPlan.objects.update(new_a_day=1, learning_minutes=45)
    rate(signed_in, 1)

    page = text(signed_in.get(REVIEW))
    assert "Done until 13:45." in page  # noon in UTC is 13:00 for her
    assert "1 card is still being learned." in page


def test_somebody_without_a_plan_is_shown_the_way_to_a_book(client, book):
    client.force_login(User.objects.create_user("nina"))

    assert "No book is being studied yet." in text(client.get(REVIEW))


def test_single_keys_can_be_off(signed_in, student):
    assert "data-single-keys-off" not in signed_in.get(REVIEW).content.decode()
    User.objects.filter(pk=student.pk).update(has_single_keys=False)
    assert "data-single-keys-off" in signed_in.get(REVIEW).content.decode()


def test_answering_costs_seven_queries_three_of_them_writes(signed_in):
    rate(signed_in)  # the day's first tally is there
    posted = form(signed_in.get(REVIEW)) | {"rating": 3}

    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = signed_in.post(REVIEW, posted)

    told = [q["sql"] for q in queries if not q["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE"))]
    told = [sql for sql in told if not sql.startswith(("COMMIT", "ROLLBACK"))]
    writes = [sql for sql in told if not sql.startswith("SELECT")]
    begun = [q["sql"] for q in queries if q["sql"].startswith("BEGIN")]
    assert answer.status_code == 302
    assert len(told) <= 7, "\n".join(told)
    assert len(writes) == 3, "\n".join(writes)
    assert len(begun) <= 1


@pytest.mark.parametrize("count", [1, 10, 100])
def test_the_screen_costs_the_same_however_much_there_is(
    client, django_assert_max_num_queries, noon, count
):
    book = make_study_book(count + 1)
    student = User.objects.create_user("olga")
    planning.start(student, book, noon)
    client.force_login(student)

    with django_assert_max_num_queries(18):
        client.get(REVIEW)
