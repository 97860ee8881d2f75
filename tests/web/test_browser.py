"""All one's cards in one table: what it says of each, how it is searched, what is done to many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.cards import planning, setting_aside
from quizzes.cards.models import Action, Card
from quizzes.items.models import Item
from quizzes.people.models import User
from quizzes.web import bulk, wording
from tests.bookshelf import make_study_book
from tests.cards.acting import AGAIN, GOOD, study
from tests.decks import add, basic, both_ways, first_chapter, make_deck, with_gaps
from tests.examining import begin, make_quiz
from tests.web.test_review import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(reader, at_noon):
    book = make_study_book(12)
    planning.start(reader, book, at_noon)
    return book


@pytest.fixture
def signed_in(client, reader, book):
    client.force_login(reader)
    return client


@pytest.fixture
def deck(reader, at_noon):
    return make_deck(reader, at_noon)


def items(book):
    return list(book.items.in_order())


def act(client, what, *chosen, **others):
    sent = {"act": what, "item": [item.uid for item in chosen], **others}
    return client.post("/cards/", sent)


def test_a_row_tells_all_that_one_asks_of_a_card(signed_in, reader, book, at_noon):
    first = items(book)[0]
    study(reader, first, GOOD, at=at_noon)
    setting_aside.flag(reader, first, 1, at_noon)

    page = text(signed_in.get("/cards/?q=flag:red"))

    assert "1 card" in page
    for said in ("Term 0", "That is the answer to Term 0.", "Introduction", "2 days", "100%"):
        assert said in page
    assert "Red" in page
    assert "review" in page
    assert f'href="/cards/{first.uid}/"' in signed_in.get("/cards/").content.decode()


def test_new_cards_and_ones_own_are_there(signed_in, reader, book, deck, at_noon):
    [own] = add(reader, deck, at_noon, basic("λόγος", "word"), tags=("nouns",))

    page = signed_in.get("/cards/").content.decode()

    assert "13 cards" in page
    assert "λόγος" in page
    assert f"/cards/{own.uid}/edit/" in page
    assert "nouns" in page


def test_the_answer_of_a_gap_does_not_stand_in_its_question(signed_in, reader, deck, at_noon):
    add(reader, deck, at_noon, with_gaps("{{Oslo}} in {{Norway::where?}}."))

    page = text(signed_in.get("/cards/?q=is:own"))

    assert "[…] in Norway." in page
    assert "Oslo in [where?]." in page


def test_a_fault_says_which_term_why_and_what_to_write(signed_in):
    page = text(signed_in.get("/cards/?q=term+flag:brown"))

    assert "“flag:brown” is not understood." in page
    assert "flag:red" in page
    assert "12 cards" in page
    assert 'value="term flag:brown"' in signed_in.get("/cards/?q=term+flag:brown").content.decode()


def test_nothing_found_leads_on(signed_in):
    assert "No card is like that." in text(signed_in.get("/cards/?q=xyzzy"))


def test_who_studies_nothing_is_led_to_a_book(client, reader):
    client.force_login(reader)

    assert "You are not studying a book yet." in text(client.get("/cards/"))


@pytest.mark.parametrize("sort", ["due", "-due", "recall", "-lapses", "nonsense", "--due"])
def test_it_is_sorted_and_says_so(signed_in, sort):
    page = signed_in.get(f"/cards/?sort={sort}")

    assert page.status_code == 200
    assert page.content.decode().count("aria-sort=") == 1


def test_what_an_open_quiz_asks_is_not_there_with_its_answer(signed_in, reader, book, at_noon):
    asked = items(book)[0]
    Item.objects.filter(pk=asked.pk).update(is_question=True)
    begin(reader, make_quiz(book, asked), at_noon)

    page = text(signed_in.get("/cards/"))

    assert "11 cards" in page
    assert "That is the answer to Term 0." not in page
    assert "No card is like that." in text(signed_in.get('/cards/?q="answer+to+term+0"'))
    assert signed_in.get(f"/cards/{asked.uid}/copy/").status_code == 404


def test_chosen_cards_are_set_aside_as_one_act_that_undo_takes_back(signed_in, reader, book):
    chosen = items(book)[:3]

    act(signed_in, "suspend", *chosen)

    assert Card.objects.filter(is_suspended=True).count() == 3
    assert Action.objects.values("batch").distinct().count() == 1
    signed_in.post("/review/undo/")
    assert not Card.objects.filter(is_suspended=True).exists()


def test_undo_stands_beside_the_table_and_leads_back_to_it(signed_in, book):
    act(signed_in, "flag", *items(book)[:3], flag="red")

    answer = act(signed_in, "undo", q="is:new", sort="due")

    assert answer["Location"] == "/cards/?q=is%3Anew&sort=due"
    assert not Card.objects.filter(flag__gt=0).exists()
    assert act(signed_in, "undo").status_code == 409


def test_all_that_was_found_can_be_chosen(signed_in, book):
    answer = act(signed_in, "bury", all="1", q="term-1 OR", sort="due")
    assert answer.status_code == 409

    act(signed_in, "flag", all="1", q='"term 1"', flag="blue")

    flagged = Card.objects.filter(flag=4).values_list("item__slug", flat=True)
    assert sorted(flagged) == ["item-10", "item-11"]


def test_each_act_does_what_it_says(signed_in, book, at_noon):
    one = items(book)[0]
    for what in ("suspend", "take-up", "bury"):
        act(signed_in, what, one)
    card = Card.objects.get()
    assert (card.is_suspended, card.buried_until) == (False, at_noon.date().replace(day=3))
    act(signed_in, "flag", one, flag="red")
    act(signed_in, "flag", one, flag="none")
    assert Card.objects.get().flag == 0


def test_own_cards_are_moved_tagged_and_deleted_with_their_siblings(
    signed_in, reader, book, deck, at_noon
):
    there, back = add(reader, deck, at_noon, both_ways())
    latin = make_deck(reader, at_noon, "Latin")
    pack_item = items(book)[0]

    act(signed_in, "move", there, pack_item, chapter=first_chapter(latin).pk)
    act(signed_in, "tag", there, tags="nouns, first")
    assert {item.book for item in Item.objects.filter(pk__in=[there.pk, back.pk])} == {latin}
    assert there.tags.count() == 2

    act(signed_in, "delete", back, pack_item)
    assert not Item.objects.ready().filter(book=latin).exists()
    pack_item.refresh_from_db()
    assert (pack_item.state, pack_item.book) == ("ready", book)


def test_how_long_a_memory_lasts_is_said_as_on_the_page_of_the_card(
    signed_in, reader, book, at_noon
):
    missed = study(reader, items(book)[0], AGAIN, at=at_noon)

    said = wording.stability(missed.stability or 0)

    assert "hours" in said
    assert said in text(signed_in.get("/cards/?q=is:learning"))
    assert said in text(signed_in.get(f"/cards/{missed.item.uid}/"))


@pytest.mark.parametrize("what", ["move", "tag", "delete"])
def test_cards_of_a_pack_are_refused(signed_in, book, deck, what):
    one = items(book)[0]

    answer = act(signed_in, what, one, chapter=first_chapter(deck).pk, tags="x")

    assert answer.status_code == 409
    assert not one.tags.exists()


def test_another_ones_cards_and_chapters_are_not_there(signed_in, at_noon, reader, deck):
    olga = User.objects.create_user("olga")
    theirs = make_deck(olga, at_noon)
    [secret] = add(olga, theirs, at_noon, basic("secret", "word"))
    [own] = add(reader, deck, at_noon, basic())

    assert act(signed_in, "suspend", secret).status_code == 409
    assert act(signed_in, "move", own, chapter=first_chapter(theirs).pk).status_code == 404
    assert (
        "secret"
        not in text(signed_in.get("/cards/?q=secret"))
        .replace("value", "")
        .split("No card is like that.")[1]
    )
    assert not Card.objects.filter(item=secret).exists()


def test_nothing_chosen_and_too_many_are_refused(signed_in, book, monkeypatch):
    assert act(signed_in, "suspend").status_code == 409
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 5)
    assert act(signed_in, "suspend", all="1").status_code == 409
    assert act(signed_in, "suspend", *items(book)[:5]).status_code == 302


@pytest.mark.parametrize(
    "sent",
    [
        {"act": "burn"},
        {"act": "suspend", "item": "x"},
        {"act": "flag", "flag": "brown"},
        {"act": "move", "chapter": "9" * 4_400},
        {"act": "move", "chapter": "٣"},
        {"act": "move"},
    ],
    ids=lambda sent: str(sent)[:40],
)
def test_nonsense_is_a_bad_request(signed_in, book, sent):
    assert signed_in.post("/cards/", {"item": items(book)[0].uid} | sent).status_code == 400


def test_a_full_page_is_light(signed_in, reader, deck, at_noon, weight):
    long = "a question that is asked at some length, number"
    add(reader, deck, at_noon, *[basic(f"{long} {n}?", f"answer {n}") for n in range(60)])

    assert weight("/cards/?q=question") < 15_000


def test_pages_are_of_fifty(signed_in, reader, deck, at_noon):
    add(reader, deck, at_noon, *[basic(f"front {n}") for n in range(60)])

    first, second = (signed_in.get(f"/cards/?q=front&page={n}").content.decode() for n in (1, 2))

    assert (first.count('name="item"'), second.count('name="item"')) == (50, 10)
    assert "?q=front&amp;page=2" in first


def test_as_many_queries_for_fifty_cards_as_for_one(signed_in, reader, deck, at_noon):
    def count(address):
        with CaptureQueriesContext(connection) as captured:
            assert signed_in.get(address).status_code == 200
        return len(captured)

    add(reader, deck, at_noon, basic("front"), tags=("x",))
    few = count("/cards/?q=front")
    items = add(reader, deck, at_noon, *[basic(f"front {n}") for n in range(60)], tags=("x",))
    for item in items[:5]:
        study(reader, item, GOOD, at=at_noon)

    assert count("/cards/?q=front") == few <= 9
