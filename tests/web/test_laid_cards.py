"""Cards of every kind: lists in no telling order on the front, the key on the back alone."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.cards import laying, planning
from quizzes.cards.models import StudyPlan
from quizzes.items.models import AcceptedAnswer, Item, Revision
from quizzes.people.models import User
from tests.bookshelf import make_book
from tests.examining import make_fact, make_item
from tests.web.test_review import text

pytestmark = pytest.mark.django_db

REVIEW = "/review/"


@pytest.fixture(autouse=True)
def _at_noon(time_machine, noon):
    time_machine.move_to(noon, tick=False)


@pytest.fixture
def study(client, noon):
    """The page of a card of one kind, for somebody with these wishes; and the card itself."""

    def begin(kind, **wishes):
        book = make_book()
        item = make_item(book, "asked", kind, is_card=True)
        learner = User.objects.create_user("olga")
        planning.start(learner, book, noon)
        StudyPlan.objects.update(**wishes)
        client.force_login(learner)
        return item

    return begin


def laid(page):
    """The lists on a page, each with its name."""
    found = re.findall(
        r'class="laid-name" id="laid-\d+">([^<]+)</p>\s*<ul[^>]*>(.*?)</ul>',
        page.content.decode(),
        re.DOTALL,
    )
    return {name: re.findall(r"<li>(.*?)</li>", texts) for name, texts in found}


def test_sides_to_match_stand_on_the_front(client, study):
    study("matching")

    lists = laid(client.get(REVIEW))

    assert list(lists) == ["What belongs to", "To be found among"]
    lefts, rights = lists.values()
    assert lefts == sorted(lefts)
    assert rights != sorted(rights)
    assert len(rights) > len(lefts)


def test_lines_to_order_stand_on_the_front_in_no_order(client, study):
    study("ordering")

    [lines] = laid(client.get(REVIEW)).values()

    assert lines != sorted(lines)
    assert len(lines) > 2


@pytest.mark.parametrize("slugs", [["oath"], ["oath", "plot"]])
def test_each_of_several_places_is_named_by_what_stands_there(client, study, slugs):
    book = study("matching").book
    facts = [make_fact(book, slug) for slug in slugs]
    item = make_item(book, "of-places", "matching", facts=facts, is_card=True)

    page = text(client.get(f"/cards/{item.uid}/"))

    assert page.count("Facts on these pages") == (len(slugs) == 1)
    assert all(slug in page for slug in slugs)


def test_a_gap_with_options_shows_them(client, study):
    study("cloze")

    lists = laid(client.get(REVIEW))

    assert list(lists) == ["Gap 4, one of"]
    assert len(lists["Gap 4, one of"]) == 4


def test_an_essay_shows_its_rubric_with_its_answer(client, study):
    item = study("essay")

    back = client.get(REVIEW, {"item": item.uid, "answer": 1}).content.decode()

    assert laid(client.get(REVIEW)) == {}
    assert "Criterion 1 of asked" in back
    assert "counts 2 times" in back


@pytest.mark.parametrize("kind", ["matching", "ordering", "cloze", "essay"])
def test_the_page_about_a_card_shows_its_lists(client, study, kind):
    item = study(kind)

    page = client.get(f"/cards/{item.uid}/")

    assert page.status_code == 200
    assert bool(laid(page)) == (kind != "essay")
    assert ("Criterion 0 of asked" in page.content.decode()) == (kind == "essay")


@pytest.mark.parametrize("kind", ["matching", "ordering", "cloze", "essay"])
def test_what_one_line_cannot_hold_is_recalled_and_rated(client, study, kind):
    study(kind, is_typing=True, has_options=True)

    page = client.get(REVIEW).content.decode()

    assert 'name="typed"' not in page
    assert "Show answer" in page


def test_a_single_gap_for_words_is_typed_and_one_for_a_number_is_not(client, study):
    item = study("cloze", is_typing=True)
    Revision.objects.update(stem="It was ___.")
    AcceptedAnswer.objects.exclude(part=0).delete()
    assert 'name="typed"' in client.get(REVIEW, {"item": item.uid}).content.decode()

    AcceptedAnswer.objects.update(number=8)
    assert 'name="typed"' not in client.get(REVIEW, {"item": item.uid}).content.decode()


def test_an_answer_whose_accents_matter_is_left_to_the_server(client, study):
    study("short_text", is_typing=True)
    assert '"accepted": ["feldman"]' in client.get(REVIEW).content.decode()

    Revision.objects.update(is_accent_exact=True)
    assert '"accepted": []' in client.get(REVIEW).content.decode()


def test_a_card_is_laid_out_alike_until_its_seed_changes(study):
    item = study("ordering")
    item = Item.objects.select_related("revision").get(pk=item.pk)

    shown = {laying.fronts([item], {item.pk: (seed,)})[item.pk] for seed in range(40)}

    assert laying.fronts([item], {item.pk: (7,)}) == laying.fronts([item], {item.pk: (7,)})
    assert len(shown) > 1


def test_lists_take_one_query_and_none_where_no_kind_has_any(book):
    items = [make_item(book, f"m{n}", "matching") for n in range(3)]
    plain = [make_item(book, "plain", "single")]

    with CaptureQueriesContext(connection) as captured:
        assert len(laying.fronts(items, {})) == 3
        assert laying.fronts(plain, {}) == {}
        assert laying.rubrics(plain) == {}
    assert len(captured) == 1
