"""Books of one's own: made, renamed, filled with chapters, deleted; nobody else's to see."""

import pytest

from quizzes.cards.models import Card, Review, StudyPlan
from quizzes.content.models import Book
from quizzes.items.models import Item
from quizzes.people.models import User
from tests.bookshelf import make_study_book
from tests.cards.acting import GOOD, study
from tests.decks import add, basic, both_ways, make_deck
from tests.unsafe import PAYLOADS
from tests.web.test_review import text

pytestmark = pytest.mark.django_db

BOOK = {"title": "Greek verbs", "description": "For the exam.", "language": "el"}


@pytest.fixture
def signed_in(client, reader, at_noon):
    client.force_login(reader)
    return client


@pytest.fixture
def deck(reader, at_noon):
    return make_deck(reader, at_noon)


def own(deck, rest=""):
    return f"/own/{deck.uid}/{rest}"


def test_a_book_is_made_and_studied(signed_in, reader):
    answer = signed_in.post("/own/", BOOK)

    book = Book.objects.get()
    assert answer["Location"] == own(book)
    assert (book.owner, book.title, book.language) == (reader, "Greek verbs", "el")
    assert StudyPlan.objects.get(learner=reader).book == book
    assert "Greek verbs" in text(signed_in.get("/own/"))
    assert "Greek verbs" in text(signed_in.get("/books/"))


def test_a_refused_book_keeps_what_was_typed(signed_in):
    page = signed_in.post("/own/", BOOK | {"title": " "})

    assert page.status_code == 422
    assert "For the exam." in page.content.decode()
    assert 'href="#id_title"' in page.content.decode()
    assert not Book.objects.exists()


def test_whoever_wanted_to_copy_a_card_comes_back_to_it(signed_in):
    assert signed_in.post("/own/", BOOK | {"next": "/cards/"})["Location"] == "/cards/"
    away = signed_in.post("/own/", BOOK | {"next": "https://elsewhere.example/"})
    assert away["Location"].startswith("/own/")


def test_a_book_is_renamed_and_keeps_its_address(signed_in, deck):
    signed_in.post(own(deck), BOOK)

    deck.refresh_from_db()
    assert deck.title == "Greek verbs"
    assert "Greek verbs" in text(signed_in.get(own(deck)))


def test_chapters_are_added_renamed_and_removed(signed_in, reader, deck, at_noon):
    signed_in.post(own(deck, "chapters/"), {"title": "Verbs"})
    signed_in.post(own(deck, "chapters/verbs/"), {"title": "Strong verbs"})
    assert "Strong verbs" in text(signed_in.get(own(deck)))
    verbs = deck.chapters.get(slug="verbs")
    assert verbs in StudyPlan.objects.get().chapters.all()
    add(reader, deck, at_noon, basic())

    answer = signed_in.post(own(deck, "chapters/cards/remove/"), {"into": "verbs"})

    assert answer["Location"] == own(deck)
    assert list(deck.chapters.all()) == [verbs]
    assert Item.objects.get().chapter == verbs


def test_a_chapter_without_a_title_is_refused_beside_its_field(signed_in, deck):
    page = signed_in.post(own(deck, "chapters/"), {"title": ""})

    assert page.status_code == 422
    assert 'href="#chapter_title"' in page.content.decode()


def test_deleting_says_what_goes_and_then_it_goes(signed_in, reader, deck, at_noon):
    cards = add(reader, deck, at_noon, both_ways())
    study(reader, cards[0], GOOD, at=at_noon)

    page = text(signed_in.get(own(deck, "delete/")))
    assert "2 cards" in page
    assert "1 review" in page
    assert Book.objects.exists()

    assert signed_in.post(own(deck, "delete/"))["Location"] == "/own/"
    assert not Book.objects.exists()
    assert not Card.objects.exists()
    assert not Review.objects.exists()
    assert signed_in.get(own(deck)).status_code == 404


def test_a_book_of_cards_alone_opens_at_its_cards(signed_in, deck):
    assert signed_in.get(f"/books/{deck.slug}/")["Location"] == own(deck)
    assert signed_in.get(f"/books/{deck.slug}/chapters/cards/")["Location"] == own(deck)


def test_nobody_else_sees_it_staff_neither(client, deck, at_noon):
    deck.title = "What nobody knows"
    deck.save(update_fields=["title"])
    stranger = User.objects.create_user("olga", is_staff=True)
    client.force_login(stranger)

    for address in (own(deck), own(deck, "delete/"), f"/books/{deck.slug}/"):
        assert client.get(address).status_code == 404
    assert deck.title not in text(client.get("/own/"))
    assert deck.title not in text(client.get("/books/"))


def test_a_shelf_of_one_book_is_shown_to_those_who_may_keep_their_own(signed_in):
    make_study_book(1)

    page = text(signed_in.get("/books/"))

    assert "The Strike of the Lights" in page
    assert "Make a book of my own" in page


def test_a_book_takes_as_many_queries_with_one_card_as_with_many(
    signed_in, reader, deck, at_noon, django_assert_num_queries
):
    address = own(deck)
    add(reader, deck, at_noon, basic())
    with django_assert_num_queries(4):
        signed_in.get(address)
    add(reader, deck, at_noon, *[basic(str(n)) for n in range(20)])
    for title in ("a", "b", "c"):
        signed_in.post(own(deck, "chapters/"), {"title": title})

    with django_assert_num_queries(4):
        signed_in.get(address)


def test_titles_and_tags_are_words_wherever_they_stand(signed_in, reader, deck, at_noon):
    titles = [one for one in PAYLOADS if "<" in one and len(one) <= 200][:100]
    Book.objects.bulk_create(
        Book(slug=f"b-{n}", title=one, description=one, owner=reader)
        for n, one in enumerate(titles)
    )
    for book in Book.objects.exclude(pk=deck.pk):
        book.chapters.create(number=1, slug="c", title=book.title)
    add(reader, deck, at_noon, basic(), tags=tuple(one[:60] for one in titles[:20]))

    card = Item.objects.get()
    for address in ("/own/", "/books/", "/cards/", f"/cards/{card.uid}/edit/", own(deck)):
        page = signed_in.get(address).content.decode()
        assert [one for one in titles if one in page] == [], address
