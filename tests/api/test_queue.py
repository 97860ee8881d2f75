import pytest

from quizzes.cards import planning
from quizzes.cards.models import Card
from quizzes.content.models import Book
from quizzes.items.models import AcceptedAnswer, Item, Key, Option, OptionKey
from quizzes.people import guesting
from tests.api.asking import address, cost, faults
from tests.bookshelf import make_study_book
from tests.examining import make_item

pytestmark = pytest.mark.django_db

QUEUE, COUNTS = "review-queue", "review-counts"


def cards(client, **query):
    return client.get(address(QUEUE), query).json()["cards"]


def test_the_queue_shows_new_cards_in_the_order_of_the_book(signed_in, plan):
    found = cards(signed_in, limit=3)

    items = Item.objects.in_order()[:3]
    assert [card["item"] for card in found] == [str(item.uid) for item in items]
    assert {(card["phase"], card["version"]) for card in found} == {("new", 0)}


def test_a_flashcard_carries_its_answer_and_its_pages(signed_in, plan, book):
    [card] = cards(signed_in, limit=1)

    key = Key.objects.get(revision=book.items.get(position=0).revision)
    assert (card["answer_html"], card["rationale_html"]) == (key.answer_html, key.rationale_html)
    assert (card["book"], card["chapter"], card["section"]) == (book.slug, "chapter-0", "unit-0")
    [fact] = card["facts"]
    assert [(page["first_page"], page["last_page"]) for page in fact["citations"]] == [(5, 6)]
    assert fact["argument"] is None


def test_a_card_on_an_argument_says_whose_view_it_is_and_what_the_author_makes_of_it(
    signed_in, plan
):
    view = cards(signed_in, limit=2)[1]["facts"][0]["argument"]

    assert [holder["who"]["name"] for holder in view["holders"]] == ["Ida Quist"]
    assert (view["stance"], view["conceded"]) == ("rejects", "Letters were forged in those days.")


def test_each_rating_says_what_it_would_do(signed_in, plan):
    offers = cards(signed_in, limit=1)[0]["offers"]

    assert [offer["rating"] for offer in offers] == [1, 2, 3, 4]
    assert [offer["minutes"] for offer in offers] == [10, 15, 0, 0]
    assert [offer["days"] > 0 for offer in offers] == [False, False, True, True]


def test_a_key_that_decides_a_mark_is_not_in_the_queue(signed_in, plan, book):
    """A flashcard's answer is shown; what a quiz marks by is not, even for the same item."""
    for item in book.items.select_related("revision"):
        option = Option.objects.create(revision=item.revision, position=0, text="right-option")
        OptionKey.objects.create(option=option, fraction=10_000_000, feedback="feedback-canary")
        AcceptedAnswer.objects.create(revision=item.revision, position=0, text="accepted-canary")
        Key.objects.filter(revision=item.revision).update(hint="hint-canary")

    answer = signed_in.get(address(QUEUE)).content.decode()

    assert len(signed_in.get(address(QUEUE)).json()["cards"]) == 10
    assert "canary" not in answer
    assert "right-option" not in answer


def test_the_queue_of_one_book_leaves_the_others_out(signed_in, plan, olga, noon):
    other = Book.objects.create(slug="other", title="Other")
    planning.start(olga, other, noon)

    assert len(cards(signed_in)) == len(cards(signed_in, book="lights")) == 10
    assert cards(signed_in, book="other") == []


def test_the_queue_belongs_to_whoever_asks(client, plan, noon):
    guest = guesting.begin(noon)
    client.force_login(guest)

    assert cards(client) == []
    assert client.get(address(COUNTS)).json() == {"new": 0, "learning": 0, "review": 0}


def test_looking_writes_nothing(signed_in, plan):
    signed_in.get(address(QUEUE))
    signed_in.get(address(COUNTS))

    assert not Card.objects.exists()


def test_counts_say_what_today_still_has(signed_in, plan):
    assert signed_in.get(address(COUNTS)).json() == {"new": 10, "learning": 0, "review": 0}


def test_who_has_done_everything_learns_until_when(signed_in, plan, noon):
    planning.change(plan, new_a_day=0)

    answer = signed_in.get(address(QUEUE)).json()

    assert answer == {"cards": [], "done_until": "2026-03-03T04:00:00Z"}


def test_nobody_has_no_queue(client):
    for name in (QUEUE, COUNTS):
        answer = client.get(address(name))
        assert answer.status_code == 401
        assert answer.json()["code"] == "not_authenticated"


def test_a_personal_book_of_somebody_else_is_no_book(signed_in, plan, noon):
    theirs = guesting.begin(noon)
    Book.objects.create(slug="theirs", title="Theirs", owner=theirs)

    for name in (QUEUE, COUNTS):
        assert signed_in.get(address(name), {"book": "theirs"}).status_code == 404
        assert signed_in.get(address(name), {"book": "no-such-book"}).status_code == 404


@pytest.mark.parametrize("limit", ["0", "101", "-1", "ten", "", "1e1"])
def test_a_limit_out_of_bounds_is_refused_by_name(signed_in, limit):
    answer = signed_in.get(address(QUEUE), {"limit": limit})

    assert answer.status_code == 400
    assert faults(answer) == [(None, "limit")]


def test_what_is_personal_is_kept_by_no_cache(signed_in, plan):
    for name in (QUEUE, COUNTS, "me"):
        assert "no-store" in signed_in.get(address(name))["Cache-Control"]


def test_the_queue_costs_the_same_for_one_card_ten_and_a_hundred(signed_in, olga, noon):
    plan = planning.start(olga, make_study_book(100), noon)
    planning.change(plan, new_a_day=200)

    costs = {cost(signed_in, address(QUEUE), limit=limit) for limit in (2, 10, 100)}

    assert len(cards(signed_in, limit=100)) == 100
    assert len(costs) == 1


def test_counting_costs_the_same_for_one_card_ten_and_a_hundred(signed_in, olga, noon):
    plan = planning.start(olga, make_study_book(100), noon)

    def costs(new_a_day):
        planning.change(plan, new_a_day=new_a_day)
        return cost(signed_in, address(COUNTS))

    assert costs(1) == costs(10) == costs(100)


def test_lists_and_rubrics_come_with_the_cards_that_have_them(signed_in, plan, book):
    match = make_item(book, "sides", "matching", is_card=True)
    essay = make_item(book, "essay", "essay", is_card=True)

    found = {card["item"]: card for card in cards(signed_in, limit=100)}

    sides, written = found[str(match.uid)], found[str(essay.uid)]
    assert [one["part"] for one in sides["lists"]] == [0, 1]
    assert sides["lists"][1]["texts"] != sorted(sides["lists"][1]["texts"])
    assert (sides["rubric"], written["lists"]) == ([], [])
    assert [line["weight"] for line in written["rubric"]] == [1, 2]
