"""Typed and chosen answers in a browser: checked at once, by the server, or by nobody."""

import pytest
from playwright.sync_api import Page, expect

from quizzes.cards import planning
from quizzes.cards.models import Review, StudyPlan
from quizzes.content.models import Book
from quizzes.items.models import Item
from quizzes.items.normalizing import answer_key
from quizzes.people.models import User
from tests.bookshelf import make_book
from tests.examining import make_item
from tests.journeys.conftest import PASSWORD, Visitor

WORDS = [
    "Fel'dman", "FELDMAN", "Fel’dman", "Beneš", "BENES", "the Red Army", "The  Red-Army!", "a b",
    "an", "the", "about 35,000", "11 June 1937", "1937–38", "“Quoted”", "Тухачевский", "Straße",
    "naïve café", "É", "ﬁne", "２０１７", "A", "", "   ", "_under_score_", "x² + y²", "Ærø",
    "O'Brien-Smith, Jr.", "Dvořák\u0301", "e\u0301t\u00e9", "half-\u00adlife", "Ⅻ", "İzmir",
]  # fmt: skip


@pytest.fixture
def book(transactional_db) -> Book:
    return make_book()


@pytest.fixture
def study(visit, book: Book, noon):
    """A student at one card of a kind, whose plan has every face."""

    def begin(kind: str, **options: bool) -> Visitor:
        make_item(book, "asked", kind, is_card=True)
        student = User.objects.create_user("nina", password=PASSWORD)
        planning.start(student, book, noon)
        StudyPlan.objects.update(is_typing=True, has_options=True)
        visitor = visit(**options)
        visitor.come_as(student)
        visitor.go("/review/")
        expect(visitor.page.locator("#kept-state")).to_contain_text("Cards kept")
        return visitor

    return begin


def verdict(page: Page, word: str) -> None:
    expect(page.locator(f"[data-verdict={word}]")).to_be_visible()
    expect(page.locator("[data-verdict]:visible")).to_have_count(1)


def rated(page: Page) -> Review:
    expect(page.locator("#rating")).to_have_count(0)
    expect(page.locator("#kept-state")).not_to_contain_text("Waiting")
    return Review.objects.get()


def test_what_the_page_calls_the_same_the_server_calls_the_same(study):
    page = study("short_text").page

    keys = page.evaluate(
        "async (words) => (await import('answers')).answerKey && "
        "words.map((await import('answers')).answerKey)",
        WORDS,
    )

    told = dict(zip(WORDS, keys, strict=True))
    assert {word: key for word, key in told.items() if key != answer_key(word)} == {}


def test_the_pieces_of_a_difference_give_both_texts(study):
    page = study("short_text").page
    for typed, wanted in (("11 Jume 1937", "11 June 1937"), ("", "x"), ("x", ""), ("ab", "ba")):
        pieces = page.evaluate(
            "async ([typed, wanted]) => (await import('answers')).pieces(typed, wanted)",
            [typed, wanted],
        )
        assert "".join(p["text"] for p in pieces if p["kind"] != "missing") == typed
        assert "".join(p["text"] for p in pieces if p["kind"] != "extra") == wanted


def test_a_typed_answer_by_keyboard_alone(study):
    page = study("short_text").page
    expect(page.locator("#typed")).to_be_focused()
    page.keyboard.type("feldman 3")  # a digit in a field is no rating
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    verdict(page, "right")
    page.keyboard.press("Enter")

    review = rated(page)
    assert (review.rating, review.is_right, review.answer) == (3, True, {"text": "feldman "})


def test_a_wrong_typed_answer_is_forgotten_by_enter(study):
    page = study("short_text").page
    page.keyboard.type("Iakir")
    page.keyboard.press("Enter")
    verdict(page, "wrong")
    expect(page.locator("#difference")).to_contain_text("Iakir")
    expect(page.get_by_role("button", name="It was right")).to_be_visible()
    page.keyboard.press("Enter")

    # It comes back within the minutes that are learned ahead, its field empty again.
    expect(page.locator("#typed")).to_have_value("")
    expect(page.locator("#kept-state")).not_to_contain_text("Waiting")
    review = Review.objects.get()
    assert (review.rating, review.is_right, review.is_overruled) == (1, False, False)


def test_a_wrong_typed_answer_can_be_overruled(study):
    page = study("short_text").page
    page.keyboard.type("Feldmann")
    page.keyboard.press("Enter")
    verdict(page, "wrong")
    page.get_by_role("button", name="It was right").click()

    review = rated(page)
    assert (review.rating, review.is_right, review.is_overruled) == (3, False, True)


def test_another_spelling_of_a_number_is_known_to_the_server(study):
    page = study("number").page
    page.keyboard.type("thirty-five thousand")
    page.keyboard.press("Enter")

    verdict(page, "right")


def test_without_a_connection_the_learner_compares(study):
    visitor = study("number")
    page = visitor.page
    page.context.set_offline(True)
    page.keyboard.type("thirty-five thousand")
    page.keyboard.press("Enter")
    verdict(page, "open")
    page.get_by_role("button", name="Remembered").click()
    page.context.set_offline(False)

    review = rated(page)
    assert (review.rating, review.is_right, review.is_overruled) == (3, True, False)
    visitor.said.clear()


def test_an_option_is_taken_by_its_number_and_checked_at_once(study):
    page = study("single").page
    places = [int(one.get_attribute("value") or 0) for one in page.locator(".pick input").all()]
    page.keyboard.press(str(places.index(1) + 1))
    verdict(page, "right")
    expect(page.get_by_role("button", name="I guessed")).to_be_visible()
    page.keyboard.press("Space")

    review = rated(page)
    assert (review.rating, review.is_right, review.answer) == (3, True, {"chosen": [1]})


def test_several_options_are_checked_when_all_are_taken(study):
    page = study("several").page
    for place in (0, 2):
        page.locator(f".pick input[value='{place}']").check()
    page.get_by_role("button", name="Check").click()
    verdict(page, "right")
    page.keyboard.press("3")

    assert rated(page).answer == {"chosen": [0, 2]}


def test_a_wrong_option_can_only_be_forgotten(study):
    page = study("single").page
    page.locator(".pick input[value='3']").check()
    verdict(page, "wrong")
    expect(page.locator("#rating button:visible")).to_have_count(1)
    page.keyboard.press("3")
    expect(page.locator("#answer")).to_be_visible()
    page.keyboard.press("1")
    expect(page.locator("#answer")).to_be_hidden()
    expect(page.locator("#kept-state")).not_to_contain_text("Waiting")

    assert Review.objects.get().rating == 1


@pytest.mark.parametrize("kind", ["short_text", "single", "several"])
def test_without_script_the_faces_are_forms(visit, book, noon, kind):
    make_item(book, "asked", kind, is_card=True)
    student = User.objects.create_user("nina", password=PASSWORD)
    planning.start(student, book, noon)
    StudyPlan.objects.update(is_typing=True, has_options=True)
    visitor = visit(java_script_enabled=False)
    visitor.come_as(student)
    visitor.go("/review/")
    page = visitor.page
    if kind == "short_text":
        page.get_by_label("Your answer").fill("Feldman")
    else:
        page.locator(".pick input[value='1']").check()
    page.get_by_role("button", name="Check").click()
    verdict(page, "wrong" if kind == "several" else "right")
    page.locator("#rating button").last.click()

    review = Review.objects.get()
    assert review.rating == (1 if kind == "several" else 3)
    assert Item.objects.get().uid == review.card.item.uid
