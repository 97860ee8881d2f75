"""A learner changes cards of one's own: memory stays, undo gives back, tallies go along."""

from datetime import timedelta

import pytest

from quizzes.cards import editing, planning, replaying, shelving, undoing
from quizzes.cards.models import Action, Card, Review, StudyPlan
from quizzes.cards.shelving import OnlyChapter
from quizzes.content import keeping
from quizzes.content.keeping import ShelfIsFull
from quizzes.content.models import Book, Media
from quizzes.items import grouping
from quizzes.items.models import Item, Revision, Tag
from quizzes.people.models import User
from tests.cards.acting import GOOD, card_of, rate, shown, study
from tests.decks import (
    add,
    basic,
    both_ways,
    first_chapter,
    keep_picture,
    make_deck,
    typed,
    with_gaps,
)

DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def deck(learner, noon):
    return make_deck(learner, noon)


def ready(deck):
    return list(Item.objects.ready().filter(book=deck).in_order())


def fronts(deck):
    there = Item.objects.ready().filter(book=deck).in_order()
    return list(there.values_list("revision__stem", flat=True))


def is_sound(learner):
    return replaying.differences(learner) == []


def test_a_new_book_is_studied_with_its_chapter_and_every_later_one(learner, noon):
    deck = make_deck(learner, noon)
    [item] = add(learner, deck, noon, basic())

    later = shelving.add_chapter(learner, deck, "Verbs", noon)
    editing.add(learner, later, [basic("λέγω", "I say")], noon)

    assert set(StudyPlan.objects.get().chapters.all()) == set(deck.chapters.all())
    assert shown(learner, noon)[0] == item.slug
    assert len(shown(learner, noon)) == 2


def test_siblings_are_not_asked_on_one_day(learner, deck, noon):
    add(learner, deck, noon, both_ways())

    assert len(shown(learner, noon)) == 1


def test_an_edit_keeps_the_memory_and_the_due_day(learner, deck, noon):
    [item] = add(learner, deck, noon, basic())
    before = study(learner, item, GOOD, GOOD, at=noon - 9 * DAY)

    editing.edit(learner, item, basic(back="reason"), noon)

    after = card_of(learner, item)
    assert (after.state, after.due_day) == (before.state, before.due_day)
    action = Action.objects.get()
    assert action.kind == "edit"
    assert action.was["revision"] != action.left["revision"] == after.item.revision_id


def test_an_edit_that_changes_nothing_is_no_act(learner, deck, noon):
    [item] = add(learner, deck, noon, basic())

    editing.edit(learner, item, basic(), noon)

    assert not Action.objects.exists()


def test_a_change_of_meaning_brings_the_card_today_and_leaves_its_memory(learner, deck, noon):
    [item] = add(learner, deck, noon, basic())
    before = study(learner, item, GOOD, GOOD, at=noon - 2 * DAY)
    assert before.due_day > noon.date()

    editing.edit(learner, item, basic(back="reason"), noon, is_substantive=True)

    after = card_of(learner, item)
    assert (after.memory, after.due_day) == (before.memory, noon.date())
    assert is_sound(learner)

    undoing.undo(learner, noon)

    undone = card_of(learner, item)
    assert (undone.due_day, undone.item.revision.number) == (before.due_day, 1)


def test_undo_takes_the_whole_change_of_a_slip_back(learner, deck, noon):
    first, second = add(learner, deck, noon, with_gaps("{{Oslo}} in {{Norway}}"))
    there = grouping.read(first)

    editing.edit(learner, first, with_gaps("{{1:Oslo}}, {{a city}}"), noon)
    assert [item.pk for item in ready(deck)] != [first.pk, second.pk]
    undoing.undo(learner, noon)

    assert ready(deck) == [first, second]
    assert grouping.read(first) == there


def test_thirty_edits_are_undone_one_by_one(learner, deck, noon):
    [item] = add(learner, deck, noon, basic("0"))
    for n in range(1, 31):
        editing.edit(learner, item, basic(str(n)), noon + n * timedelta(seconds=1))

    for n in reversed(range(30)):
        undoing.undo(learner, noon + DAY)
        assert fronts(deck) == [str(n)]


KINDS = [
    basic(),
    both_ways(),
    typed("λόγος", "word", "speech"),
    with_gaps("{{1:Oslo}} in {{2:Norway}}"),
    with_gaps("Oslo in {{2:Norway}}, {{3:a country}}"),
]


@pytest.mark.parametrize("first", KINDS)
@pytest.mark.parametrize("second", KINDS)
def test_any_change_and_its_undo_lead_back(learner, deck, noon, first, second):
    [item, *_others] = add(learner, deck, noon, first)
    before = ready(deck)

    done = editing.edit(learner, item, second, noon)
    acts = Action.objects.count()
    assert (acts > 0) == (first != second)
    if acts:
        assert grouping.read(item) == second
        undoing.undo(learner, noon + DAY)

    assert (ready(deck), grouping.read(item)) == (before, first)
    assert len(done.reworded) + len(done.created) + len(done.retired) == acts


def test_a_deleted_card_is_asked_no_more_and_its_reviews_stay(learner, deck, noon):
    there, back = add(learner, deck, noon, both_ways())
    [other] = add(learner, deck, noon, basic("ἔργον", "work"))
    study(learner, there, GOOD, at=noon - DAY)

    assert editing.discard(learner, [back], noon) == 2

    assert ready(deck) == [other]
    assert shown(learner, noon + 400 * DAY) == [other.slug]
    assert Review.objects.filter(card__item=there).count() == 1
    assert is_sound(learner)

    undoing.undo(learner, noon)
    assert ready(deck) == [there, back, other]


def test_a_pack_items_card_cannot_be_deleted_or_moved(learner, deck, items, noon):
    assert editing.discard(learner, items[:2], noon) == 0
    assert editing.move(learner, items[:2], first_chapter(deck), noon) == 0

    assert Item.objects.ready().filter(pk__in=[item.pk for item in items]).count() == len(items)


def test_moved_cards_take_their_siblings_and_what_was_counted_with_them(learner, deck, noon):
    verbs = shelving.add_chapter(learner, deck, "Verbs", noon)
    there, back = add(learner, deck, noon, both_ways())
    study(learner, there, GOOD, GOOD, at=noon - 9 * DAY)

    assert editing.move(learner, [there], verbs, noon) == 2

    there.refresh_from_db()
    back.refresh_from_db()
    assert (there.chapter, back.chapter) == (verbs, verbs)
    assert there.section == verbs.sections.get()
    assert is_sound(learner)


def test_a_card_goes_to_another_book_with_its_picture(learner, deck, noon, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    media = keep_picture(deck)
    [item] = add(learner, deck, noon, basic(f"![](media:{media.uid})"))
    latin = make_deck(learner, noon, "Latin")

    editing.move(learner, [item], first_chapter(latin), noon)
    deck.delete()

    copy = latin.media.get()
    assert fronts(latin) == [f"![](media:{copy.uid})"]
    shown_now = Item.objects.get(book=latin).revision
    assert shown_now
    assert f'src="/media/{copy.uid}/"' in shown_now.stem_html


def test_a_picture_that_one_may_not_see_cannot_be_had_by_its_name(
    learner, deck, noon, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    theirs = keep_picture(make_deck(User.objects.create_user("vera"), noon))
    pack = keep_picture(Book.objects.create(slug="pack", title="A pack"))

    [item] = add(learner, deck, noon, basic(f"![x](media:{theirs.uid}) ![y](media:{pack.uid})"))
    latin = make_deck(learner, noon, "Latin")
    editing.move(learner, [item], first_chapter(latin), noon)

    kept = Media.objects.filter(book__owner=learner)
    assert set(kept.values_list("book", "uid")) == {
        (deck.pk, kept.get(book=deck).uid),
        (latin.pk, kept.get(book=latin).uid),
    }
    assert pack.uid not in kept.values_list("uid", flat=True)
    [revision] = Revision.objects.filter(item=item).order_by("-number")[:1]
    assert "[blocked picture: x]" in revision.stem_html
    assert str(kept.get(book=latin).uid) in revision.stem_html
    assert str(theirs.uid) not in revision.stem_html


def test_a_chapter_goes_when_its_cards_have_another_one(learner, deck, noon):
    verbs = shelving.add_chapter(learner, deck, "Verbs", noon)
    cards = editing.add(learner, verbs, [basic(str(n)) for n in range(3)], noon)
    study(learner, cards[0], GOOD, at=noon - DAY)
    editing.discard(learner, cards[2:], noon)

    with pytest.raises(OnlyChapter):
        shelving.remove_chapter(learner, verbs, verbs, noon)
    assert shelving.remove_chapter(learner, verbs, first_chapter(deck), noon) == 2

    assert [chapter.title for chapter in deck.chapters.all()] == ["Cards"]
    assert deck.items.count() == 3
    assert is_sound(learner)


def test_tags_are_those_of_the_whole_slip(learner, deck, noon):
    there, back = add(learner, deck, noon, both_ways(), tags=("nouns", "first"))

    editing.edit(learner, there, both_ways(), noon, tags=["nouns", "old"])

    for item in (there, back):
        assert sorted(tag.text for tag in item.tags.all()) == ["nouns", "old"]
    assert Tag.objects.count() == 4


def test_a_shelf_and_a_book_are_bounded(learner, deck, noon, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_BOOKS", 1)
    monkeypatch.setattr(keeping, "MOST_CHAPTERS", 1)

    with pytest.raises(ShelfIsFull):
        make_deck(learner, noon)
    with pytest.raises(ShelfIsFull):
        shelving.add_chapter(learner, deck, "More", noon)


def test_chapters_of_one_name_are_two(learner, deck, noon):
    first, second = (shelving.add_chapter(learner, deck, "Глаголы", noon) for _ in range(2))

    assert (first.title, first.number + 1) == (second.title, second.number)
    assert first.slug != second.slug


def test_an_edit_of_a_card_that_nobody_rated_is_undone_too(learner, deck, noon):
    [item] = add(learner, deck, noon, basic())

    editing.edit(learner, item, basic("ἔργον", "work"), noon)
    rate(learner, item, GOOD, noon + DAY)
    undoing.undo(learner, noon + DAY)
    undoing.undo(learner, noon + DAY)

    assert fronts(deck) == ["λόγος"]
    assert Card.objects.get().phase == Card.Phase.NEW


def test_a_plan_of_other_chapters_leaves_the_deck_out(learner, deck, noon):
    add(learner, deck, noon, basic())

    planning.change(StudyPlan.objects.get(), [])

    assert shown(learner, noon) == []
