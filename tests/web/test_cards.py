import re
from datetime import timedelta

import pytest

from quizzes.assessment import releasing
from quizzes.assessment.terms import Moment
from quizzes.cards import planning, setting_aside, undoing
from quizzes.cards.models import Card, Review, StudyPlan
from quizzes.cards.scheduling import Rating
from quizzes.items.models import ErrorReport, Item, Key, Option
from quizzes.people import joining
from quizzes.people.models import User
from quizzes.web import wording
from tests.examining import begin, make_item, make_quiz
from tests.web.lessons import give, sit_through
from tests.web.studying import rate, study

pytestmark = pytest.mark.django_db

AGAIN, HARD, GOOD, EASY = Rating
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_noon(at_noon):
    return at_noon


def test_a_card_that_is_new_has_both_sides_and_no_history(told):
    words = told()

    assert "What does the book say of “Term 0”" in words
    assert "That is the answer to Term 0." in words
    assert "It has not been rated yet" in words
    assert "History" not in words


def test_what_is_remembered_is_told_in_plain_words(told, olga, item, noon):
    study(olga, item, GOOD, GOOD, GOOD, AGAIN, GOOD, until=noon)
    card = Card.objects.get()

    words = told()

    assert "Phase Review" in words
    assert f"Stability {wording.stability(card.stability or 0)} " in words
    assert "Chance of recall today 100%" in words
    assert f"Comes back {card.due_day:%-d} March 2026" in words
    assert "Reviews 5" in words
    assert "Times forgotten 1" in words


def test_in_a_step_of_minutes_the_time_is_told_on_the_learners_clock(told, olga, item, noon):
    rate(olga, item, AGAIN, noon)

    assert "Comes back 2 March 2026, 13:10" in told()


def test_the_history_tells_each_review_the_newest_first(told, olga, item, noon):
    rate(olga, item, GOOD, noon - 4 * DAY)
    typed = {"evidence": Review.Evidence.TYPED, "is_right": False, "is_overruled": True}
    second = rate(olga, item, GOOD, noon, answer={"text": "Tukhachevskii"}, **typed)

    words = told()

    rows = re.findall(r"(\d+ \w+ 2026, \d\d:\d\d) (\w+) (Flashcard, [\w-]+)", words)
    assert rows == [
        ("2 Mar 2026, 13:00", "Remembered", "Flashcard, typed"),
        ("26 Feb 2026, 13:00", "Remembered", "Flashcard, self-rated"),
    ]
    assert "Tukhachevskii wrong, counted as right by you" in words
    assert f"{round(100 * second.retrievability)}%" in words
    assert f"{second.stability_before:.1f} → {second.stability_after:.1f}" in words


def test_what_was_taken_back_stays_in_the_history_and_is_marked(told, olga, item, noon):
    rate(olga, item, AGAIN, noon - MINUTE)
    undoing.undo(olga, noon)

    words = told()

    assert "Forgot taken back" in words
    assert "It has not been rated yet" in words


def test_a_chosen_option_is_told_in_its_words(told, client, olga, book, noon):
    asked = make_item(book, "asked", "single", position=50)
    rate(olga, asked, GOOD, noon, answer={"chosen": [1]}, evidence=Review.Evidence.CHOICE)
    text = Option.objects.get(revision=asked.revision, position=1).text

    assert text in client.get(f"/cards/{asked.uid}/").content.decode()


def test_while_a_quiz_asks_for_it_no_answer_is_told(client, olga, book, noon):
    asked = make_item(book, "asked", "short_text", position=50)
    Key.objects.filter(revision=asked.revision).update(answer_html="The key.")
    rate(olga, asked, GOOD, noon, answer={"text": "My word."}, is_right=True)
    client.force_login(olga)
    address = f"/cards/{asked.uid}/"
    assert "The key." in client.get(address).content.decode()

    begin(olga, make_quiz(book, asked), noon)

    page = client.get(address).content.decode()
    assert "The key." not in page
    assert "My word." not in page
    assert "A quiz that you have begun asks for this." in page


@pytest.mark.parametrize(("is_graded", "days_told"), [(True, [9]), (False, [3, 9])])
def test_how_a_quiz_rated_a_card_is_told_when_the_quiz_tells_it(
    told, time_machine, olga, book, item, noon, is_graded, days_told
):
    rate(olga, item, GOOD, noon - 3 * DAY)
    room = joining.open_classroom(User.objects.create_user("ivo"), book, "History 214", noon)
    joining.enroll(room, olga, noon)
    terms = dict.fromkeys(("correctness_from", "key_from"), Moment.CLOSED)
    given = give(room, make_quiz(book, item), noon, is_graded=is_graded, **terms)
    sit_through(olga, given, noon, right=[])
    found = []
    for days in (0, 3, 9):
        time_machine.move_to(noon + days * DAY, tick=False)
        if days == 9 and is_graded:
            releasing.release(given, noon + days * DAY)
        words = told()
        found += [days] if "Forgot Quiz" in words else []
        assert "Remembered Flashcard" in words
        is_kept = not is_graded and days == 0
        assert ("An answer in a quiz bore on it" in words) == is_kept

    assert found == days_told


def act(client, item, **posted):
    return client.post(f"/cards/{item.uid}/", posted)


def test_everything_that_can_be_done_is_a_form(told, client, olga, item):
    told()
    for posted in (
        {"act": "flag", "value": 6},
        {"act": "note", "text": "Compare p. 2."},
        {"act": "suspend"},
        {"act": "bury"},
    ):
        assert act(client, item, **posted)["Location"] == f"/cards/{item.uid}/"
    card = Card.objects.get()
    assert (card.flag, card.note, card.is_suspended) == (6, "Compare p. 2.", True)
    assert card.buried_until is not None

    words = told()
    assert "Flag Turquoise" in words
    assert "My note Compare p. 2." in words
    assert "It is set aside: it does not come until you take it up again." in words
    assert "You put it off: it does not come before 3 March 2026." in words

    act(client, item, act="take-up")
    assert not Card.objects.get().is_suspended


def test_seven_flags_have_words(told):
    words = told()

    for word in ("Red", "Orange", "Green", "Blue", "Pink", "Turquoise", "Purple"):
        assert word in words


@pytest.mark.parametrize(
    ("posted", "status"),
    [
        ({"act": "burn"}, 400),
        ({}, 400),
        ({"act": "flag", "value": "red"}, 400),
        ({"act": "flag", "value": "8"}, 409),
        ({"act": "note", "text": "\x00"}, 400),
        ({"act": "note", "text": "x" * 10_001}, 409),
    ],
)
def test_nonsense_does_nothing(told, client, item, posted, status):
    told()

    assert act(client, item, **posted).status_code == status
    assert not Card.objects.exists()


def test_a_leech_is_named_with_an_offer(told, olga, item, noon):
    study(olga, item, GOOD, GOOD, AGAIN, until=noon)
    assert "You have missed this" not in told()

    Card.objects.update(lapses=8)

    words = told()
    assert "You have missed this eight times." in words
    assert "Rewrite it, set it aside, or read the facts around it?" in words


def test_a_card_that_is_no_longer_in_a_plan_keeps_its_page(told, client, olga, item, book, noon):
    others = book.items.in_order()[1]
    rate(olga, item, GOOD, noon)
    StudyPlan.objects.get().chapters.clear()
    Item.objects.filter(pk=item.pk).update(state=Item.State.RETIRED)

    assert "Reviews 1" in told()
    assert client.get(f"/cards/{others.uid}/").status_code == 404


def test_memory_is_the_learners_own(told, client, olga, item, book, noon):
    rate(olga, item, AGAIN, noon)
    setting_aside.note(olga, item, "Mine alone.", noon)
    other = User.objects.create_user("ida")
    planning.start(other, book, noon)
    client.force_login(other)

    words = client.get(f"/cards/{item.uid}/").content.decode()

    assert "Mine alone." not in words
    assert "It has not been rated yet" in words


def test_the_page_costs_the_same_for_any_history(
    client, olga, item, noon, django_assert_num_queries
):
    client.force_login(olga)
    for count in (1, 40):
        study(olga, item, *[GOOD, AGAIN] * count, until=noon - DAY, gap=1)
        with django_assert_num_queries(10):
            client.get(f"/cards/{item.uid}/")


def test_a_report_is_written_and_seen_in_the_back_office(told, client, olga, item, admin_client):
    told()
    address = f"/cards/{item.uid}/report/"
    assert "What does the book say of “Term 0”" in client.get(address).content.decode()

    sent = client.post(address, {"text": "The page is wrong."}, follow=True)

    assert "Thank you. Your report is kept" in sent.content.decode()
    report = ErrorReport.objects.get()
    assert (report.item, report.learner, report.text) == (item, olga, "The page is wrong.")
    listed = "/admin/quizzes/errorreport/"
    assert "The page is wrong." in admin_client.get(listed).content.decode()

    action = {"action": "resolve", "_selected_action": [report.pk]}
    resolved = admin_client.post(listed, action, follow=True)
    assert "1 report is resolved." in resolved.content.decode()
    report.refresh_from_db()
    assert report.resolved_at is not None


def test_a_guest_who_has_something_to_report_is_asked_to_open_an_account(client, olga, item):
    User.objects.filter(pk=olga.pk).update(is_guest=True)
    client.force_login(olga)
    address = f"/cards/{item.uid}/report/"

    for answer in (client.get(address), client.post(address, {"text": "The page is wrong."})):
        assert answer["Location"] == "/accounts/signup/"
    assert not ErrorReport.objects.exists()


HALF = "multipart/form-data; boundary=x; charset=unicode_escape"


@pytest.mark.parametrize("part", ["", "report/"])
def test_no_form_can_spell_half_a_letter(told, client, olga, item, part):
    told()
    fields = {"act": "note", "text": "\\ud83d"}
    body = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )

    answer = client.post(f"/cards/{item.uid}/{part}", f"{body}--x--\r\n".encode(), HALF)

    assert answer.status_code == 400
    assert not Card.objects.exists()
    assert not ErrorReport.objects.exists()


@pytest.mark.parametrize("text", ["", "  ", "x" * 2_001, "a\x00b"])
def test_a_report_that_says_nothing_is_shown_again(told, client, item, text):
    told()

    answer = client.post(f"/cards/{item.uid}/report/", {"text": text})

    assert answer.status_code == 422
    assert not ErrorReport.objects.exists()
