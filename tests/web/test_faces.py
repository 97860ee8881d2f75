"""Faces of a card: recalled, typed or chosen, without script."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.cards import planning
from quizzes.cards.models import Review, StudyPlan
from quizzes.items.models import AcceptedAnswer, Item
from quizzes.people.models import User
from quizzes.web import differing
from tests.bookshelf import make_book
from tests.examining import make_item

pytestmark = pytest.mark.django_db

REVIEW = "/review/"


@pytest.fixture(autouse=True)
def _at_noon(time_machine, noon):
    time_machine.move_to(noon, tick=False)


@pytest.fixture
def study(client, noon):
    """Somebody who studies one card of a kind, with these wishes for the plan."""

    def begin(kind, **wishes):
        book = make_book()
        make_item(book, "asked", kind, is_card=True)
        learner = User.objects.create_user("olga", time_zone="Europe/Berlin")
        planning.start(learner, book, noon)
        StudyPlan.objects.update(**wishes)
        client.force_login(learner)
        return client

    return begin


def form(page):
    _, _, rest = page.content.decode().partition('id="rating"')
    fields, _, _ = rest.partition("<fieldset")
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', fields))


def names(page):
    """The buttons that are offered, by rating."""
    found = re.findall(
        r'name="rating" value="(\d)".*?rating-name">([^<]+)<', page.content.decode(), re.DOTALL
    )
    return {int(rating): name for rating, name in found}


def shown(page):
    """The verdicts that the page tells."""
    lines = re.findall(r'data-verdict="(\w+)" (hidden)?', page.content.decode())
    return [word for word, hidden in lines if not hidden]


def answer(client, **given):
    item = Item.objects.get(slug="asked")
    return client.get(REVIEW, {"item": item.uid, "answer": 1, **given})


def rate(client, page, rating):
    return client.post(REVIEW, form(page) | {"rating": rating})


@pytest.mark.parametrize(
    ("kind", "wishes"),
    [
        ("short_text", {}),
        ("single", {}),
        ("single", {"is_typing": True}),
        ("short_text", {"has_options": True}),
    ],
)
def test_a_card_is_recalled_unless_the_plan_wishes_and_the_card_allows(study, kind, wishes):
    page = study(kind, **wishes).get(REVIEW).content.decode()

    assert 'name="typed"' not in page
    assert 'name="chosen"' not in page


def test_a_typed_answer_that_is_right_is_remembered(study):
    client = study("short_text", is_typing=True)
    assert 'name="typed"' in client.get(REVIEW).content.decode()

    page = answer(client, typed="FELDMAN")

    assert shown(page) == ["right"]
    assert names(page) == {1: "Forgot", 3: "Remembered"}
    rate(client, page, 3)
    review = Review.objects.get()
    assert (review.rating, review.is_right, review.evidence) == (3, True, "typed")
    assert review.answer == {"text": "FELDMAN"}


def test_a_typed_answer_that_is_wrong_shows_its_difference_and_may_be_overruled(study):
    client = study("short_text", is_typing=True)

    page = answer(client, typed="The answer to asket.")

    assert shown(page) == ["wrong"]
    assert "<del>t</del><ins>d</ins>" in page.content.decode()
    assert names(page) == {1: "Forgot", 3: "It was right"}
    rate(client, page, 3)
    review = Review.objects.get()
    assert (review.rating, review.is_right, review.is_overruled) == (3, False, True)


def test_a_typed_answer_that_is_wrong_is_forgotten_in_any_case(study):
    client = study("short_text", is_typing=True)
    page = answer(client, typed="Iakir")

    posted = form(page) | {"rating": 3}
    del posted["overrule"]
    client.post(REVIEW, posted)

    review = Review.objects.get()
    assert (review.rating, review.step_minutes, review.is_overruled) == (1, 10, False)


def test_options_are_chosen_where_the_plan_wishes(study):
    client = study("single", has_options=True)
    page = client.get(REVIEW).content.decode()
    assert sorted(re.findall(r'name="chosen" value="(\d)"', page)) == ["0", "1", "2", "3"]

    right = answer(client, chosen=1)
    assert shown(right) == ["right"]
    assert names(right) == {1: "I guessed", 3: "Remembered"}
    wrong = answer(client, chosen=2)
    assert shown(wrong) == ["wrong"]
    assert names(wrong) == {1: "Forgot"}
    rate(client, wrong, 3)
    review = Review.objects.get()
    assert (review.rating, review.is_right, review.evidence) == (1, False, "choice")
    assert review.answer == {"chosen": [2]}


def test_several_options_are_right_together(study):
    client = study("several", has_options=True)

    assert shown(answer(client, chosen=[0, 2])) == ["right"]
    assert shown(answer(client, chosen=[0])) == ["wrong"]


def test_options_keep_their_order_until_the_card_is_rated(study):
    client = study("single", has_options=True)

    pages = [client.get(REVIEW).content.decode() for _ in range(3)]
    orders = {tuple(re.findall(r'name="chosen" value="(\d)"', page)) for page in pages}

    assert len(orders) == 1


@pytest.mark.parametrize(
    ("kind", "keys"),
    [("short_text", ["feldman"]), ("number", ["about 35 000", "35000"]), ("date", ["early 1938"])],
)
def test_a_page_knows_what_is_surely_right(study, kind, keys):
    page = study(kind, is_typing=True).get("/review/ahead/").json()

    assert page["cards"][0]["accepted"] == keys


def test_an_answer_whose_capitals_matter_is_checked_by_the_server_alone(study):
    client = study("short_text", is_typing=True)
    AcceptedAnswer.objects.update(case_rule=AcceptedAnswer.CaseRule.EXACT)

    assert client.get("/review/ahead/").json()["cards"][0]["accepted"] == []
    assert shown(answer(client, typed="fel'dman")) == ["wrong"]
    assert shown(answer(client, typed="Fel'dman")) == ["right"]


@given(st.text(max_size=20), st.text(max_size=20))
def test_the_pieces_of_a_difference_give_both_texts(typed, wanted):
    pieces = differing.pieces(typed, wanted)

    assert "".join(piece.text for piece in pieces if piece.kind != "missing") == typed
    if any(piece.kind != "same" for piece in pieces):
        assert "".join(piece.text for piece in pieces if piece.kind != "extra") == wanted
