"""Cards of one's own on their pages: nothing typed is lost, and what is refused says why."""

from io import BytesIO

import pytest

from quizzes.cards import planning
from quizzes.cards.models import Action, StudyPlan
from quizzes.content.models import Media
from quizzes.items import grouping
from quizzes.items.models import Item, Revision
from quizzes.items.slips import Kind
from quizzes.people import guesting
from quizzes.people.models import User
from tests.bookshelf import make_study_book
from tests.decks import add, basic, both_ways, drawn, first_chapter, make_deck, typed, with_gaps

pytestmark = pytest.mark.django_db


@pytest.fixture
def deck(reader, at_noon, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_deck(reader, at_noon)


@pytest.fixture
def signed_in(client, reader, deck):
    client.force_login(reader)
    return client


@pytest.fixture
def slip(deck):
    """A card as the form posts it."""
    chapter = first_chapter(deck).pk
    return {"kind": "basic", "front": "λόγος", "back": "word", "chapter": chapter}


@pytest.fixture
def item(reader, deck, at_noon):
    return add(reader, deck, at_noon, basic(), tags=("nouns",))[0]


def edit(item):
    return f"/cards/{item.uid}/edit/"


def seen(item):
    item.refresh_from_db()
    return {"seen": item.revision_id}


def new(deck):
    return f"/own/{deck.uid}/cards/"


@pytest.mark.parametrize(
    ("typed_in", "count"),
    [
        ({}, 1),
        ({"kind": "reversed"}, 2),
        ({"kind": "typed", "accepted": "logos\n\n speech "}, 1),
        ({"kind": "cloze", "front": "{{1:a}} {{b}} {{1:c}}", "back": ""}, 2),
    ],
)
def test_a_card_of_each_kind_is_added(signed_in, deck, slip, typed_in, count):
    answer = signed_in.post(new(deck), slip | typed_in | {"tags": "Nouns, #first, nouns"})

    assert answer["Location"].startswith(new(deck))
    items = Item.objects.in_order()
    assert items.count() == count
    kind = Kind((slip | typed_in)["kind"])
    assert all(grouping.read(item).kind is kind for item in items)
    tags = items[0].tags.order_by("text").values_list("text", flat=True)
    assert list(tags) == ["Nouns", "first"]


def test_the_next_card_begins_where_the_last_one_was_put(signed_in, deck, slip):
    address = signed_in.post(new(deck), slip | {"kind": "reversed", "tags": "a, b"})["Location"]

    page = signed_in.get(address).content.decode()

    assert 'value="reversed" required id="id_kind_1" checked' in page or (
        'value="reversed"' in page and "checked" in page
    )
    assert 'value="a, b"' in page
    assert "2 cards are added." in page


@pytest.mark.parametrize(
    ("fault", "field", "said"),
    [
        ({"front": " "}, "front", "Write something here."),
        ({"back": ""}, "back", "Write something here."),
        ({"kind": "cloze", "front": "no gap"}, "front", "Mark at least one gap"),
        ({"kind": "cloze", "front": "{{a"}, "front", "is not closed"),
        ({"kind": "cloze", "front": "{{}}"}, "front", "A gap is empty"),
        ({"kind": "typed", "accepted": "x" * 301}, "accepted", "This is too long."),
        ({"tags": "x" * 61}, "tags", "At most 30 tags"),
        ({"kind": "verse"}, "kind", "Select a valid choice"),
        ({"chapter": "0"}, "chapter", "Select a valid choice"),
    ],
)
def test_a_refused_card_shows_everything_again_with_field_and_reason(
    signed_in, deck, slip, fault, field, said
):
    sent = slip | {"remark": "remembered words", "tags": "kept"} | fault

    page = signed_in.post(new(deck), sent)

    assert page.status_code == 422
    shown = page.content.decode()
    assert said in shown
    assert f'href="#id_{field}' in shown
    assert "remembered words" in shown
    assert not Item.objects.exists()


def test_a_new_card_is_for_the_book_whose_page_it_is(signed_in, reader, deck, slip, at_noon):
    latin = make_deck(reader, at_noon, "Latin")

    page = signed_in.post(new(deck), slip | {"chapter": first_chapter(latin).pk})

    assert page.status_code == 422
    assert not Item.objects.exists()


def test_a_preview_shows_each_way_of_asking_and_adds_nothing(signed_in, deck, slip):
    page = signed_in.post(
        new(deck),
        slip | {"kind": "cloze", "front": "**{{Oslo}}** in {{Norway}}", "action": "preview"},
    )

    assert page.status_code == 200
    assert page.content.decode().count('class="sheet face"') == 2
    assert "<strong>[…]</strong> in {{" not in page.content.decode()
    assert "**{{Oslo}}**" in page.content.decode()
    assert not Item.objects.exists()


def test_a_picture_is_kept_and_named_in_the_text(signed_in, deck, slip, client):
    sent = slip | {
        "action": "picture",
        "picture-picture": uploaded(drawn("JPEG")),
        "picture-alt": "a [red] field",
        "picture-side": "back",
    }

    page = signed_in.post(new(deck), sent)

    media = Media.objects.get()
    assert f"word\n\n![a (red) field](media:{media.uid})" in page.content.decode()
    assert not Item.objects.exists()


def test_a_card_is_saved_with_the_picture_that_came_with_it(signed_in, deck, slip):
    signed_in.post(new(deck), slip | {"picture-picture": uploaded(drawn())})

    media = Media.objects.get()
    revision = Revision.objects.get()
    assert f'<img src="/media/{media.uid}/"' in revision.stem_html
    picture = signed_in.get(f"/media/{media.uid}/")
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")


def test_what_is_no_picture_is_refused_beside_its_field_and_the_text_stays(signed_in, deck, slip):
    page = signed_in.post(new(deck), slip | {"picture-picture": uploaded(b"<svg/>")})

    assert page.status_code == 422
    assert "This is no picture that can be kept" in page.content.decode()
    assert "λόγος" in page.content.decode()
    assert not Item.objects.exists()


def test_the_picture_stays_when_the_text_is_refused(signed_in, deck, slip):
    page = signed_in.post(new(deck), slip | {"back": "", "picture-picture": uploaded(drawn())})

    assert page.status_code == 422
    assert f"media:{Media.objects.get().uid}" in page.content.decode()


def uploaded(content):
    file = BytesIO(content)
    file.name = "picture.png"
    return file


def test_the_form_shows_what_the_card_says(signed_in, reader, deck, at_noon):
    [item] = add(reader, deck, at_noon, typed("Who?", "Fel’dman", "Feldman, B."), tags=("men",))

    page = signed_in.get(edit(item)).content.decode()

    for said in ("Who?", "Fel’dman", "Feldman, B.", 'value="men"'):
        assert said in page


def test_an_edit_is_saved_with_tags_and_chapter(signed_in, reader, deck, item, slip):
    signed_in.post(f"/own/{deck.uid}/chapters/", {"title": "Verbs"})
    verbs = deck.chapters.get(slug="verbs")
    sent = slip | {"back": "reason", "tags": "nouns, old", "chapter": verbs.pk} | seen(item)

    answer = signed_in.post(f"{edit(item)}?next=/today/", sent)

    assert answer["Location"] == "/today/"
    item.refresh_from_db()
    assert (grouping.read(item).back, item.chapter) == ("reason", verbs)
    assert sorted(tag.text for tag in item.tags.all()) == ["nouns", "old"]
    assert Action.objects.get().kind == "edit"


def test_a_stale_form_is_told_and_the_second_save_wins(signed_in, item, slip):
    old = seen(item)
    signed_in.post(edit(item), slip | {"back": "first"} | old)

    page = signed_in.post(edit(item), slip | {"back": "second"} | old)

    assert page.status_code == 422
    assert "changed elsewhere" in page.content.decode()
    assert "second" in page.content.decode()
    assert grouping.read(Item.objects.get()).back == "first"
    assert f'name="seen" value="{seen(item)["seen"]}"' in page.content.decode()
    signed_in.post(edit(item), slip | {"back": "second"} | seen(item))
    assert grouping.read(Item.objects.get()).back == "second"


def test_undo_on_the_study_screen_takes_an_edit_back(signed_in, item, slip):
    signed_in.post(edit(item), slip | {"back": "reason"} | seen(item))

    signed_in.post("/review/undo/")

    assert grouping.read(Item.objects.get()).back == "word"


def test_a_card_is_deleted_with_its_siblings(signed_in, reader, deck, at_noon):
    there, back = add(reader, deck, at_noon, both_ways())

    assert signed_in.post(edit(back), {"action": "delete"})["Location"] == "/cards/"

    assert not Item.objects.ready().exists()
    assert signed_in.get(edit(there)).status_code == 404


def test_the_form_can_be_had_alone(signed_in, item):
    part = signed_in.get(f"{edit(item)}?part=form").content.decode()

    assert "<html" not in part
    assert f'action="{edit(item)}"' in part


def test_a_way_on_to_another_site_is_not_taken(signed_in, item, slip):
    answer = signed_in.post(edit(item), slip | {"next": "https://elsewhere.example/"} | seen(item))

    assert answer["Location"].startswith("/own/")


def test_a_pack_item_is_copied_to_be_changed(signed_in, deck, slip):
    item = make_study_book(1).items.get()
    address = f"/cards/{item.uid}/copy/"

    page = signed_in.get(address).content.decode()
    assert "What does the book say of “Term 0”" in page
    assert "That is the answer to Term 0." in page
    signed_in.post(address, slip | {"front": "What of it?"})

    copy = Item.objects.get(book=deck)
    assert grouping.read(copy).front == "What of it?"
    assert Item.objects.get(pk=item.pk).revision_id == item.revision_id


def test_a_facts_page_and_a_cards_page_lead_to_a_copy(signed_in, reader, at_noon):
    book = make_study_book(1)
    planning.start(reader, book, at_noon)
    item = book.items.get()
    address = f"/cards/{item.uid}/copy/"

    for page in ("/books/lights/facts/term-0/", f"/cards/{item.uid}/", "/cards/"):
        assert address in signed_in.get(page).content.decode()


def test_who_keeps_no_book_is_led_to_make_one(client, at_noon):
    client.force_login(User.objects.create_user("olga"))
    item = make_study_book(1).items.get()

    page = client.get(f"/cards/{item.uid}/copy/").content.decode()

    assert f"/own/?next=/cards/{item.uid}/copy/" in page


def test_a_guest_is_asked_to_open_an_account(client, at_noon):
    client.force_login(guesting.begin(at_noon), backend="django.contrib.auth.backends.ModelBackend")
    item = make_study_book(1).items.get()

    for address in ("/own/", f"/cards/{item.uid}/copy/", f"/cards/{item.uid}/edit/"):
        assert client.get(address)["Location"] == "/accounts/signup/"


def test_a_change_of_kind_keeps_the_form_of_the_card(signed_in, item, slip):
    signed_in.post(
        edit(item), slip | {"kind": "cloze", "front": "{{λόγος}} is a word"} | seen(item)
    )

    [cloze] = Item.objects.ready()
    assert grouping.read(cloze) == with_gaps("{{1:λόγος}} is a word")


@pytest.mark.parametrize(
    ("slip", "wishes", "is_typed"),
    [
        (basic(), {"is_typing": True}, False),
        (typed(), {}, True),
        (with_gaps("{{Oslo}}"), {}, False),
        (with_gaps("{{Oslo}}"), {"is_typing": True}, True),
    ],
    ids=["basic", "typed", "gap", "gap, where typing is wished"],
)
def test_the_study_screen_asks_for_what_the_card_is_meant_to(
    signed_in, reader, deck, at_noon, slip, wishes, is_typed
):
    add(reader, deck, at_noon, slip)
    StudyPlan.objects.update(**{"is_typing": False} | wishes)

    page = signed_in.get("/review/").content.decode()

    assert ('name="typed" form="show-answer"' in page) == is_typed
