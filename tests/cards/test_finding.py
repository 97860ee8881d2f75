"""The cards of all plans, found by each term; what a term leaves out, its opposite finds."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.cards import editing, finding, planning, querying, setting_aside, shelving
from quizzes.cards.desk import sit_down
from quizzes.cards.models import Card
from quizzes.cards.querying import FLAGS, KINDS, NUMBERS, STATES, Query
from quizzes.items.models import Item, Key
from quizzes.web import browsing
from tests.cards.acting import AGAIN, GOOD, make_book, make_items, study
from tests.decks import add, basic, make_deck, with_gaps

DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def find(learner, noon):
    """The slugs of the cards that a line finds, in the book's order."""

    def find(line, **reserved):
        query = querying.parse(line)
        assert isinstance(query, Query), query
        found = finding.found(sit_down(learner, noon, **reserved), query)
        return sorted(found.values_list("slug", flat=True))

    return find


@pytest.fixture
def cards(learner, plan, items, noon):
    """Cards in every state: of twelve items the first five were rated, some were set aside."""
    study(learner, items[0], GOOD, GOOD, GOOD, at=noon - 40 * DAY, gap=9 * DAY)
    study(learner, items[1], GOOD, at=noon - DAY)
    study(learner, items[2], AGAIN, at=noon)
    study(learner, items[3], *[GOOD, AGAIN] * 9, at=noon - 90 * DAY, gap=5 * DAY)
    study(learner, items[4], GOOD, at=noon)
    setting_aside.suspend(learner, items[4], noon)
    setting_aside.bury(learner, items[5], noon)
    setting_aside.flag(learner, items[6], FLAGS["red"], noon)
    setting_aside.flag(learner, items[1], FLAGS["blue"], noon)
    return items


def slugs(items, *numbers):
    return sorted(items[n].slug for n in numbers)


def test_every_card_of_the_plans_is_there_new_ones_too(find, cards):
    assert find("") == slugs(cards, *range(12))


def test_each_state_is_found(find, cards):
    assert find("is:new") == slugs(cards, *range(5, 12))
    assert find("is:learning") == slugs(cards, 2, 3)
    assert find("is:review") == slugs(cards, 0, 1, 4)
    assert find("is:suspended") == slugs(cards, 4)
    assert find("is:buried") == slugs(cards, 5)
    assert find("is:leech") == slugs(cards, 3)
    assert find("is:own") == []


def test_numbers_are_compared(find, cards):
    assert find("lapses>3") == slugs(cards, 3)
    assert find("lapses=0") == slugs(cards, 0, 1, 2, *range(4, 12))
    assert find("reps>=3") == slugs(cards, 0, 3)
    known = Card.objects.get(item=cards[0]).stability or 0
    assert find(f"stability>{known - 0.1:.3f}") == slugs(cards, 0)
    assert find(f"stability={known:.0f}") == slugs(cards, 0)
    assert find("stability<1000") == slugs(cards, *range(5))


def test_due_days_are_found(find, cards, noon):
    Card.objects.filter(item=cards[0]).update(due_day=noon.date() - DAY)
    Card.objects.filter(item=cards[1]).update(due_day=noon.date())
    Card.objects.filter(item=cards[4]).update(due_day=noon.date() + 3 * DAY)

    assert find("due:late") == slugs(cards, 0)
    assert find("due:today is:review") == slugs(cards, 0, 1)
    assert find("due:2 is:review") == slugs(cards, 0, 1)
    assert find("due:3 is:review") == slugs(cards, 0, 1, 4)
    assert slugs(cards, 2)[0] in find("due:today")  # it comes back in ten minutes
    assert find("is:due is:review") == slugs(cards, 0, 1)


def test_flags_are_found(find, cards):
    assert find("flag:red") == slugs(cards, 6)
    assert find("flag:4") == slugs(cards, 1)
    assert find("flag:any") == slugs(cards, 1, 6)
    assert find("-flag:any") == find("flag:none")


def test_places_are_found_by_a_part_of_their_title(find, cards, learner, noon):
    other = make_book("lights")
    late = make_items(other, 2, number=1, first=50)
    planning.start(learner, other, noon)

    assert find("book:light") == slugs(late, 0, 1)
    assert find('chapter:"chapter 1"') == slugs(late, 0, 1)
    assert find("chapter:chapter-1 -book:lights") == []


def test_words_are_looked_for_in_question_and_answer(find, learner, noon):
    deck = make_deck(learner, noon)
    add(learner, deck, noon, basic("The Лампа", "a Daily paper"), basic("Oslo", "city"))

    assert len(find("лампа daily")) == 1
    assert len(find('"daily paper"')) == 1
    assert find('"paper daily"') == []
    assert len(find("-лампа")) == 1


@pytest.mark.parametrize("written", ["введение", "Введение", "ВВЕДЕНИЕ"])
def test_names_and_tags_are_found_whatever_their_capitals(find, learner, noon, written):
    deck = make_deck(learner, noon, "Введение в язык")
    chapter = shelving.add_chapter(learner, deck, "Введение", noon)
    [item] = editing.add(learner, chapter, [basic()], noon, tags=["Введение"])

    for line in (f"book:{written}", f"chapter:{written}", f"tag:{written}"):
        assert find(line) == [item.slug]


def test_tags_kinds_and_what_was_added_are_found(find, cards, learner, noon):
    deck = make_deck(learner, noon)
    [old] = add(learner, deck, noon - 7 * DAY, basic("a"), tags=("Verbs",))
    [new] = add(learner, deck, noon - 6 * DAY, with_gaps("{{b}}"))

    assert find("tag:verbs") == [old.slug]
    assert find("kind:cloze") == [new.slug]
    assert find("kind:term") == slugs(cards, *range(12))
    assert find("added:7") == [new.slug]
    assert find("added:8 is:own") == sorted([old.slug, new.slug])


LINES = [
    *(f"is:{state}" for state in STATES),
    *(f"kind:{kind}" for kind in KINDS),
    *(f"{name}{operator}{n}" for name in NUMBERS for operator in ("<", ">=", "=") for n in (0, 2)),
    *("flag:red", "flag:any", "flag:none", "due:today", "due:late", "due:90", "added:7"),
    *("chapter:0", "book:red", "tag:verbs", "who", '"who?"'),
]


@pytest.mark.parametrize("line", LINES)
def test_a_term_and_its_opposite_part_the_cards(find, cards, learner, noon, line):
    deck = make_deck(learner, noon)
    add(learner, deck, noon, basic("who", "a"), with_gaps("{{b}}"), tags=("verbs",))

    yes, no = find(line), find(f"-{line}")

    assert sorted(yes + no) == find("")


def test_what_is_not_studied_is_not_found(find, cards, learner, plan, noon):
    strangers = make_book("strange")
    make_items(strangers, 1, first=70)
    [gone] = add(learner, make_deck(learner, noon), noon, basic())
    editing.discard(learner, [gone], noon)
    empty = shelving.begin(learner, "Empty", noon)

    assert find("") == slugs(cards, *range(12))
    planning.change(plan, [plan.book.chapters.get(number=1)])
    assert find("") == []
    assert empty.items.count() == 0


def test_what_is_reserved_is_not_found_even_by_its_answer(find, cards):
    Key.objects.create(revision_id=cards[0].revision_id, answer="secret", answer_html="")

    assert find("secret") == slugs(cards, 0)
    assert find("secret", reserved=(cards[0].pk,)) == []


@pytest.mark.parametrize("sort", browsing.COLUMNS)
def test_each_sort_keeps_every_card_once_and_turns_around(cards, learner, noon, sort):
    desk = sit_down(learner, noon)
    every = finding.everything(desk)

    up, down = (
        [item.pk for item in finding.in_order(every, desk, sort, is_descending=way)]
        for way in (False, True)
    )

    assert sorted(up) == sorted(down) == sorted(item.pk for item in cards)


def test_sorts_go_by_what_they_say(cards, learner, noon):
    desk = sit_down(learner, noon)

    def first(sort, *, is_descending=False):
        order = finding.in_order(finding.everything(desk), desk, sort, is_descending=is_descending)
        return order[0].slug

    assert first("lapses", is_descending=True) == cards[3].slug
    assert first("flag", is_descending=True) == cards[1].slug
    assert first("stability", is_descending=True) == cards[0].slug
    assert first("place") == cards[0].slug


def test_recall_is_sorted_as_it_is_told(cards, learner, noon):
    desk = sit_down(learner, noon)
    cards_of: Any = finding.everything(desk)  # with `mine`, which its type does not tell
    rated = cards_of.exclude(mine__last_day=None)
    found: Any = finding.in_order(rated, desk, "recall", is_descending=False)
    rows = found.values_list("mine__last_day", "mine__stability")
    ratios = [(desk.today - last_day).days / stability for last_day, stability in rows]

    assert len(ratios) == 5
    assert ratios == sorted(ratios, reverse=True)


def test_one_query_finds_whatever_is_asked(cards, learner, noon):
    desk = sit_down(learner, noon)
    query = querying.parse("who -is:new lapses<9 tag:x book:red")
    assert isinstance(query, Query)

    with CaptureQueriesContext(connection) as captured:
        list(finding.found(desk, query))

    assert len(captured) == 1
    assert Item.objects.count() == 12
