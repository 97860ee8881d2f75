import pytest

from quizzes.content.models import Book, Chapter, Section
from quizzes.people.models import User
from tests.api.asking import address, cost, faults

pytestmark = pytest.mark.django_db


def shelve(count):
    Book.objects.bulk_create(Book(slug=f"book-{n:03}", title=f"Book {n:03}") for n in range(count))


def test_everybody_may_list_the_pack_books(client, book):
    answer = client.get(address("books"))

    assert answer.status_code == 200
    [result] = answer.json()["results"]
    assert result["slug"] == book.slug
    assert result["is_personal"] is False


def test_a_book_tells_its_chapters_and_sections_in_order(client, book):
    chapter = book.chapters.get(number=1)
    Section.objects.create(book=book, chapter=chapter, slug="last", title="Last", position=9)

    found = client.get(address("book", book.slug)).json()

    assert [chapter["number"] for chapter in found["chapters"]] == [0, 1]
    assert [part["slug"] for part in found["chapters"][1]["sections"]] == ["unit-1", "last"]


def test_a_personal_book_is_there_for_its_owner_alone(client, olga):
    Book.objects.create(slug="mine", title="My deck", owner=olga)
    stranger = User.objects.create_user("stranger")

    client.force_login(olga)
    mine = client.get(address("book", "mine"))
    client.force_login(stranger)
    theirs = client.get(address("book", "mine"))
    unknown = client.get(address("book", "no-such-book"))

    assert mine.status_code == 200
    assert (theirs.status_code, unknown.status_code) == (404, 404)
    assert theirs.json() == unknown.json()
    assert client.get(address("books")).json()["count"] == 0


def test_pages_say_their_size_and_lead_to_each_other(client):
    shelve(5)

    first = client.get(address("books"), {"page_size": 2}).json()
    second = client.get(first["next"]).json()
    last = client.get(second["next"]).json()

    slugs = [book["slug"] for page in (first, second, last) for book in page["results"]]
    assert slugs == [f"book-{n:03}" for n in range(5)]
    assert (last["count"], last["page"], last["page_size"], last["next"]) == (5, 3, 2, None)
    assert client.get(second["previous"]).json() == first


def test_a_page_is_never_larger_than_two_hundred(client):
    shelve(201)

    page = client.get(address("books"), {"page_size": 100_000}).json()

    assert page["page_size"] == len(page["results"]) == 200


@pytest.mark.parametrize(
    "nonsense", ["0", "-1", "1.0", "two", "", " 1", "１", "null", "1_0", "9" * 30]
)
@pytest.mark.parametrize("name", ["page", "page_size"])
def test_a_page_that_is_no_positive_number_is_refused_by_name(client, name, nonsense):
    answer = client.get(address("books"), {name: nonsense})

    assert answer.status_code == 400
    assert faults(answer) == [(None, name)]


def test_past_the_last_page_there_is_nothing(client):
    shelve(2)

    assert client.get(address("books"), {"page": 2}).status_code == 404


def test_an_empty_list_has_a_first_page(client):
    assert client.get(address("books")).json()["results"] == []


def test_a_parameter_given_twice_is_refused(client):
    answer = client.get(address("books") + "?page=1&page=2")

    assert answer.status_code == 400
    assert faults(answer) == [(None, "page")]


def test_a_list_of_books_costs_the_same_for_one_ten_and_a_hundred(client):
    def costs(count):
        shelve(count)
        spent = cost(client, address("books"), page_size=200)
        Book.objects.filter(slug__startswith="book-").delete()
        return spent

    assert costs(1) == costs(10) == costs(100)


def test_a_book_costs_the_same_with_one_chapter_and_with_a_hundred(client, book):
    def costs(first, last):
        chapters = Chapter.objects.bulk_create(
            Chapter(book=book, number=n, slug=f"more-{n}", title="More") for n in range(first, last)
        )
        Section.objects.bulk_create(
            Section(book=book, chapter=chapter, slug=f"in-{chapter.slug}", title="Part", position=1)
            for chapter in chapters
        )
        return cost(client, address("book", book.slug))

    assert costs(2, 3) == costs(3, 12) == costs(12, 102)
