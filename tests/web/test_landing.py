import pytest

from quizzes.cards.models import Review
from quizzes.content.models import Book
from tests.bookshelf import make_study_book
from tests.web.test_review import form, rate, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def test_a_visitor_may_try_ten_cards_or_sign_in(client):
    make_study_book(12)

    page = text(client.get("/"))

    assert "Learn the argument, not only the dates." in page
    assert "Try ten cards, no account" in page
    assert "12 cards, each with its pages." in page


def test_the_card_on_the_page_is_a_real_one(client):
    make_study_book(12)
    page = client.get("/")
    _, _, rest = page.content.decode().partition('class="trial-answer"')
    posted = form(type(page)(b'id="rating"' + rest.encode()))

    answer = client.post("/review/", posted | {"rating": 3})

    assert answer.status_code == 302
    assert str(Review.objects.get().uid) == posted["uid"]


def test_arguments_are_shown_with_their_holder_the_authors_stance_and_pages(client):
    make_study_book(12)

    page = text(client.get("/"))

    assert "The keepers struck because of a forged letter." in page
    assert "Ida Quist" in page
    assert "The author rejects it." in page
    assert "Introduction, pp. 5–6" in page


def test_a_guest_reads_how_many_reviews_are_kept(client):
    make_study_book(12)
    for _ in range(3):
        rate(client)

    page = text(client.get("/"))

    assert "3 reviews kept for 30 days." in page
    assert "Keep them: create an account" in page
    assert "Go on with the cards" in page


def test_who_has_an_account_goes_on_to_today(client, reader):
    client.force_login(reader)

    assert client.get("/")["Location"] == "/today/"


def test_without_a_book_the_page_still_stands(client):
    assert not Book.objects.exists()

    assert client.get("/").status_code == 200


def test_the_page_takes_the_same_queries_for_a_small_book_and_a_large_one(queries_at):
    assert queries_at("/", 2) == queries_at("/", 10) == queries_at("/", 100)
