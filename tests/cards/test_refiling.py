"""Cards of one's own go to another book, with their pictures, their history and all their slip."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.cards import editing, replaying, undoing
from quizzes.content import picturing
from quizzes.content.picturing import TooManyPictures
from quizzes.items import grouping
from quizzes.items.models import Item, Key, Revision
from tests.cards.acting import GOOD, card_of, study
from tests.decks import add, basic, both_ways, first_chapter, keep_picture, make_deck, with_gaps

pytestmark = pytest.mark.django_db


@pytest.fixture
def greek(learner, noon, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_deck(learner, noon, "Greek")


@pytest.fixture
def latin(learner, noon):
    return make_deck(learner, noon, "Latin")


def pictured(deck, color="red"):
    """Markdown of a picture that the deck keeps."""
    return f"![{color}](media:{keep_picture(deck, color=color).uid})"


def moving(learner, cards, deck, noon):
    """How many queries a move takes."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert editing.move(learner, cards, first_chapter(deck), noon) == len(cards)
    return len(queries)


def test_many_cards_with_pictures_take_no_more_queries_than_two(learner, greek, latin, noon):
    def write(count):
        shown = [pictured(greek, f"#0000{number:02}") for number in range(10, 10 + count)]
        return add(learner, greek, noon, *[both_ways(one, f"{one} again") for one in shown])

    few, many = write(1), write(20)

    assert moving(learner, few, latin, noon) == moving(learner, many, latin, noon) <= 40
    assert latin.media.count() == 20


def test_undo_of_words_and_book_changed_at_once_gives_the_old_words(learner, greek, latin, noon):
    [item] = add(learner, greek, noon, basic(pictured(greek), "word"))

    editing.edit(
        learner, item, basic(f"{pictured(greek)} new", "word"), noon, chapter=first_chapter(latin)
    )
    here = pictured(latin)
    assert grouping.read(Item.objects.get()).front == f"{here} new"
    undoing.undo(learner, noon)

    item = Item.objects.get()
    assert (item.book, grouping.read(item).front) == (latin, here)
    revision = Revision.objects.get(item=item, number=2)
    assert f'src="/media/{latin.media.get().uid}/"' in revision.stem_html


def test_what_a_slip_no_longer_asks_goes_along_and_comes_back(learner, greek, latin, noon):
    text = f"{{{{Oslo}}}} in {{{{Norway}}}} {pictured(greek)}"
    oslo, norway = add(learner, greek, noon, with_gaps(text))
    study(learner, norway, GOOD, at=noon)
    editing.edit(learner, oslo, with_gaps(text.replace("{{Norway}}", "Norway")), noon)

    assert editing.move(learner, [oslo], first_chapter(latin), noon) == 1
    assert not greek.items.exists()
    greek.delete()
    oslo.refresh_from_db()
    again = f"{{{{1:Oslo}}}} in {{{{2:Norway}}}} {pictured(latin)}"
    editing.edit(learner, oslo, with_gaps(again), noon)

    assert list(latin.items.ready().in_order()) == [oslo, norway]
    assert card_of(learner, norway).reps == 1
    assert replaying.differences(learner) == []


@pytest.mark.parametrize(
    "slip",
    [basic("a {}", "b"), both_ways("a", "b {}"), with_gaps("{{{{1:a {}}}}} {{{{2:b}}}}")],
    ids=lambda slip: slip.kind,
)
def test_each_kind_of_card_shows_its_picture_in_the_other_book(learner, greek, latin, noon, slip):
    shown = pictured(greek)
    front, back = slip.front.format(shown), slip.back.format(shown)
    cards = add(learner, greek, noon, type(slip)(kind=slip.kind, front=front, back=back))

    editing.move(learner, cards[-1:], first_chapter(latin), noon)

    here = latin.media.get().uid
    for key in Key.objects.filter(revision__in=latin.items.values("revision")):
        markup = key.revision.stem_html + key.answer_html
        assert f'src="/media/{here}/"' in markup
        assert "blocked" not in markup
    assert len(cards) == latin.items.count() == Revision.objects.filter(number=2).count()
    assert grouping.read(latin.items.in_order()[0]).front == front.replace(shown, pictured(latin))


def test_a_book_that_is_full_of_pictures_takes_no_cards_with_more(
    learner, greek, latin, noon, monkeypatch
):
    monkeypatch.setattr(picturing, "MOST_PICTURES", 1)
    [item] = add(learner, greek, noon, basic(pictured(greek)))
    pictured(latin, "blue")

    with pytest.raises(TooManyPictures):
        editing.move(learner, [item], first_chapter(latin), noon)

    item.refresh_from_db()
    assert item.book == greek
