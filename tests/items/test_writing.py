"""Slips of one's own become items, and a change of a slip changes all of its items."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.cards import shelving
from quizzes.content.models import Book
from quizzes.items import filing, grouping, writing
from quizzes.items.filing import BookIsFull
from quizzes.items.models import AcceptedAnswer, Item, Key, Revision
from quizzes.items.writing import CannotBeAsked
from quizzes.people.models import User
from tests.decks import basic, both_ways, first_chapter, keep_picture, typed, with_gaps

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return User.objects.create_user("vera")


@pytest.fixture
def deck(owner, noon):
    return shelving.begin(owner, "Greek", noon)


@pytest.fixture
def write(deck, owner, noon):
    """Writes slips into the book's first chapter."""
    return lambda *written: writing.write(first_chapter(deck), written, owner, noon)


def shown(item):
    """The two sides of an item, as a card shows them."""
    item.refresh_from_db()
    return item.revision.stem_html, Key.objects.get(revision=item.revision).answer_html


def spellings(item):
    accepted = AcceptedAnswer.objects.filter(revision=item.revision).order_by("part", "position")
    return list(accepted.values_list("part", "text"))


def ready(item):
    return list(grouping.group_of(item).ready().in_order())


def test_a_basic_card_is_one_item_that_no_quiz_asks(write, owner):
    [item] = write(basic("The **Lamp**?", "a *paper*"))

    assert shown(item) == ("<p>The <strong>Lamp</strong>?</p>", "<p>a <em>paper</em></p>")
    assert (item.is_card, item.is_question, item.origin) == (True, False, "authored")
    assert (item.revision.stem, item.revision.author, item.owner) == ("The **Lamp**?", owner, owner)
    assert spellings(item) == []


def test_a_reversed_card_is_two_items_of_one_group(write):
    there, back = write(both_ways("λόγος", "word"))

    assert (there.direction, back.direction) == ("forward", "reverse")
    assert there.siblings == back.siblings != ""
    assert shown(there) == shown(back)[::-1]
    assert there.slug == f"{there.siblings}--forward"
    assert back.slug == f"{there.siblings}--reverse"


def test_a_typed_card_accepts_its_back_and_every_other_spelling(write):
    [item] = write(typed("Who?", "**Fel’dman**", "Feldman, B.", "feldman"))

    assert spellings(item) == [(0, "Fel’dman"), (0, "Feldman, B.")]


def test_each_gap_is_an_item_that_shows_the_others(write):
    first, second = write(with_gaps("{{Oslo}} in *{{Norway::a country}}*"))

    assert shown(first)[0] == "<p><strong>[…]</strong> in <em>Norway</em></p>"
    assert shown(second)[0] == "<p>Oslo in <em><strong>[a country]</strong></em></p>"
    assert shown(second)[1] == "<p>Oslo in <em><strong>Norway</strong></em></p>"
    assert [item.direction for item in (first, second)] == ["cloze", "cloze"]
    assert [item.revision.kind for item in (first, second)] == ["cloze", "cloze"]
    assert spellings(second) == [(0, "Norway")]


def test_gaps_of_one_number_are_asked_together(write):
    [item] = write(with_gaps("{{1:Kork}} and {{1:Eideman}} fell."))

    assert shown(item)[0] == "<p><strong>[…]</strong> and <strong>[…]</strong> fell.</p>"
    assert spellings(item) == [(0, "Kork; Eideman")]


def test_a_hint_is_text_whatever_it_says(write):
    [item] = write(with_gaps('{{Oslo::<img src=x onerror="alert(1)">}}'))

    assert "<img" not in shown(item)[0]
    assert "&lt;img" in shown(item)[0]


@pytest.mark.parametrize(
    "slip",
    [
        basic(),
        basic(remark="From the *Lamp*."),
        both_ways(),
        typed("Who?", "Fel’dman", "Feldman, B."),
        with_gaps("{{1:Oslo}} in {{2:Norway::a country}}", remark="North."),
    ],
    ids=lambda slip: slip.kind,
)
def test_what_was_written_is_read_back(write, slip):
    items = write(slip)

    assert all(grouping.read(item) == slip for item in items)


def test_a_change_is_a_new_revision_and_the_same_again_is_none(write, owner, noon):
    there, back = write(both_ways("λόγος", "word"))

    done = writing.rewrite(there, both_ways("λόγος", "reason"), owner, noon)
    again = writing.rewrite(there, both_ways("λόγος", "reason"), owner, noon)

    assert {item.pk for item, _before, _after in done.reworded} == {there.pk, back.pk}
    assert again.reworded == []
    assert Revision.objects.filter(item=there).count() == 2
    newest = Revision.objects.get(item=there, number=2)
    assert (newest.change, newest.stem) == ("cosmetic", "λόγος")
    assert shown(back)[0] == "<p>reason</p>"


def test_a_declared_change_of_meaning_is_substantive(write, owner, noon):
    [item] = write(basic())

    writing.rewrite(item, basic(back="reason"), owner, noon, is_substantive=True)

    assert Revision.objects.get(item=item, number=2).change == "substantive"


def test_a_gap_that_vanishes_is_retired_and_one_that_returns_is_the_same_item(write, owner, noon):
    first, second = write(with_gaps("{{Oslo}} in {{Norway}}"))

    writing.rewrite(first, with_gaps("{{1:Oslo}} in Norway"), owner, noon)
    assert ready(first) == [first]

    done = writing.rewrite(first, with_gaps("{{1:Oslo}} in {{Norway}}"), owner, noon)
    assert done.returned == [second]
    assert ready(first) == [first, second]


def test_a_new_gap_is_a_new_item_wherever_it_stands(write, owner, noon):
    first, second = write(with_gaps("{{Oslo}} in {{Norway}}"))

    writing.rewrite(first, with_gaps("{{Now}} {{1:Oslo}} in {{2:Norway}}"), owner, noon)

    third = ready(first)[2]
    assert third not in (first, second)
    assert Key.objects.get(revision=third.revision).answer == "Now"
    assert grouping.read(first).front == "{{3:Now}} {{1:Oslo}} in {{2:Norway}}"


def test_another_kind_takes_the_other_ways_of_asking(write, owner, noon):
    there, back = write(both_ways())

    writing.rewrite(there, basic(), owner, noon)
    assert ready(there) == [there]
    writing.rewrite(there, with_gaps("{{λόγος}}"), owner, noon)
    assert [item.direction for item in ready(there)] == ["cloze"]
    writing.rewrite(there, both_ways(), owner, noon)
    assert ready(there) == [there, back]


@pytest.mark.parametrize("slip", [basic(front=" "), basic(back=""), with_gaps("none")])
def test_a_slip_that_cannot_be_asked_is_refused(write, slip, owner, noon):
    [item] = write(basic())

    with pytest.raises(CannotBeAsked):
        write(slip)
    with pytest.raises(CannotBeAsked):
        writing.rewrite(item, slip, owner, noon)

    assert Item.objects.get() == item
    assert Revision.objects.count() == 1


def test_only_the_books_own_pictures_are_shown(write, deck, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    ours = keep_picture(deck)
    theirs = keep_picture(Book.objects.create(slug="other", title="Other"))

    [item] = write(basic(f"![](media:{ours.uid}) ![x](media:{theirs.uid})"))

    assert shown(item)[0] == (
        f'<p><img src="/media/{ours.uid}/" alt="a red field"> [blocked picture: x]</p>'
    )


def test_many_slips_take_as_many_queries_as_one(write):
    def count(number):
        with CaptureQueriesContext(connection) as captured:
            write(*[typed(f"{number}-{n}", f"b{n}") for n in range(number)])
        return len(captured)

    assert count(1) == count(120)


def test_a_book_holds_a_bounded_number_of_cards_however_they_come(
    write, owner, deck, noon, monkeypatch
):
    [item, _other] = write(with_gaps("{{Oslo}} in {{Norway}}"))
    full = shelving.begin(owner, "Latin", noon)
    [elsewhere] = writing.write(first_chapter(full), [basic()], owner, noon)
    monkeypatch.setattr(filing, "MOST_CARDS", 2)

    with pytest.raises(BookIsFull):
        write(basic())
    with pytest.raises(BookIsFull):
        writing.rewrite(item, with_gaps("{{Oslo}} {{in}} {{Norway}}"), owner, noon)
    with pytest.raises(BookIsFull):
        filing.move([elsewhere], first_chapter(deck))

    assert deck.items.count() == 2
    writing.rewrite(item, with_gaps("{{1:Oslo}} in {{2:Norge}}"), owner, noon)
    filing.move([item], first_chapter(deck))
