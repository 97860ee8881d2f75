"""The knowledge map is what counting by hand gives, on random memories, and costs no more."""

from collections import defaultdict
from datetime import timedelta
from random import Random
from statistics import mean

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.analytics import fading, knowing, surveying
from quizzes.analytics.fading import Order
from quizzes.analytics.surveying import Part
from quizzes.cards import planning
from quizzes.cards.models import Card, StudyPlan, Weights
from quizzes.cards.scheduling import DEFAULT_WEIGHTS
from quizzes.content.models import Fact
from quizzes.items.models import Item
from quizzes.people.models import User
from tests.bookshelf import LONG_AGO, make_book
from tests.cards.acting import make_items

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
KINDS = (Fact.Kind.TERM, Fact.Kind.EVENT, Fact.Kind.FIGURE)


@pytest.fixture
def book(db):
    """Two chapters with three cards on each of their facts, of three kinds."""
    book = make_book()
    for number in range(2):
        make_items(book, 18, number=number, to_a_fact=3)
    for n, fact in enumerate(Fact.objects.order_by("pk")):
        fact.kind = KINDS[n % 3]
        fact.save(update_fields=["kind"])
    return book


@pytest.fixture
def learner(book, noon):
    learner = User.objects.create_user("vera")
    planning.start(learner, book, noon)
    return learner


@pytest.fixture
def today(noon):
    return noon.date()


def remember(learner, items, today, seed=1, share=0.6):
    """About so many of the cards were rated, with one of two sets of weights."""
    random = Random(seed)
    own = Weights.objects.create(
        learner=learner,
        numbers=[*DEFAULT_WEIGHTS[:20], 0.4],
        review_count=9,
        fitted_at=LONG_AGO,
    )
    Card.objects.bulk_create(
        Card(
            learner=learner,
            item=item,
            phase=Card.Phase.REVIEW,
            stability=random.uniform(0.1, 90),
            difficulty=5,
            last_day=today - random.randrange(60) * DAY,
            due_day=today,
            weights=random.choice([None, own]),
        )
        for item in items
        if random.random() < share
    )


def recounted(learner, book, days):
    """By fact, one card after the other: chapter, kind, cards, and the chances on each day."""
    found = {}
    for fact in Fact.objects.filter(book=book):
        items = Item.objects.cards().filter(subject=fact)
        cards = Card.objects.filter(learner=learner, item__in=items).select_related("weights")
        chances = [[card.recall(day) for card in cards if card.stability] for day in days]
        found[fact] = (items.count(), chances)
    return found


def of_all(found):
    return [mean(sum(row[day]) / cards for cards, row in found) for day in range(2)]


def of_met(found):
    return [mean(mean(row[day]) for _cards, row in found if row[day]) for day in range(2)]


def close(numbers):
    return pytest.approx(numbers, abs=1e-9)


def test_every_cell_and_every_sum_is_what_counting_by_hand_gives(learner, book, today):
    remember(learner, Item.objects.all(), today)
    asked = surveying.survey(learner, today, Part(), today + 40 * DAY)
    counted = recounted(learner, book, (today, asked.day))
    by_cell = defaultdict(list)
    for fact, row in counted.items():
        by_cell[fact.chapter_id, fact.kind].append(row)

    found = knowing.chapters(asked)

    cells = {(row.place.pk, kind): cell for row in found.rows for kind, cell in row.kinds.items()}
    assert cells.keys() == by_cell.keys()
    for key, cell in cells.items():
        assert (cell.facts, cell.met) == (
            len(by_cell[key]),
            sum(bool(row[0]) for _cards, row in by_cell[key]),
        )
        assert cell.of_all == close(of_all(by_cell[key]))
        assert cell.of_met == close(of_met(by_cell[key]))
    assert found.whole.of_all == close(of_all(counted.values()))
    assert found.whole.of_met == close(of_met(counted.values()))
    assert knowing.sections(asked).whole.of_all == close(found.whole.of_all)


def test_every_fact_is_listed_with_the_mean_of_its_rated_cards(learner, book, today):
    remember(learner, Item.objects.all(), today, share=0.4)
    asked = surveying.survey(learner, today, Part(), today + 40 * DAY)
    counted = recounted(learner, book, (today, asked.day))
    met = {fact: mean(row[1]) for fact, (_cards, row) in counted.items() if row[0]}

    rows = fading.page(asked, Order.BOOK, 0, 50)
    weakest = fading.page(asked, Order.FADING, 0, 50)
    unseen = fading.page(asked, Order.UNSEEN, 0, 50)

    assert [one.fact for one in rows] == list(Fact.objects.in_order())
    assert {one.fact: one.later for one in rows if one.rated} == close(met)
    assert [one.fact for one in weakest] == sorted(met, key=met.__getitem__)
    assert [one.later for one in weakest] == close(sorted(met.values()))
    assert {one.fact for one in unseen} == counted.keys() - met.keys()
    assert {one.now for one in unseen} == {None}
    assert 0 < len(unseen) < len(rows) == 12
    assert [fading.count(asked, order) for order in Order] == [12, len(met), len(unseen)]
    ends = fading.ends(asked, 3)
    assert (ends.fading, ends.unseen) == (weakest[:3], [one.fact for one in unseen[:3]])


def test_it_is_narrowed_to_a_book_a_chapter_a_section_and_a_kind(learner, book, today):
    remember(learner, Item.objects.all(), today)

    def facts(**part):
        asked = surveying.survey(learner, today, Part(**part))
        found = knowing.sections(asked).whole.facts
        assert found == knowing.chapters(asked).whole.facts == fading.count(asked, Order.BOOK)
        return found

    assert facts() == facts(book="lights") == 12
    assert facts(chapter="chapter-1") == facts(section="unit-1") == 6
    assert facts(kind="term") == 4
    assert facts(chapter="chapter-1", section="unit-1", kind="event") == 2
    assert facts(book="other") == facts(chapter="x") == facts(section="x") == facts(kind="x") == 0


def test_only_what_is_studied_and_asked_by_a_card_counts(learner, book, today):
    StudyPlan.objects.get().chapters.remove(book.chapters.get(number=1))
    Item.objects.filter(subject__slug="fact-0-0-0").update(state=Item.State.RETIRED)
    Item.objects.filter(subject__slug="fact-0-0-1").update(is_card=False)
    stranger = User.objects.create_user("olga")
    remember(stranger, Item.objects.all(), today)
    own = make_book(slug="own")
    Item.objects.filter(subject__slug="fact-0-0-2").update(book=own)

    whole = knowing.chapters(surveying.survey(learner, today, Part())).whole

    assert (whole.facts, whole.met, whole.of_all, whole.of_met) == (3, 0, (0, 0), None)


def test_the_day_is_that_of_the_next_exam_or_in_thirty_days(learner, book, today):
    def asked(**part):
        return surveying.survey(learner, today, Part(**part))

    assert (asked().day, asked().exam_on) == (today + 30 * DAY, None)
    StudyPlan.objects.update(exam_on=today)
    assert asked().exam_on is None
    StudyPlan.objects.update(exam_on=today + 9 * DAY)
    assert asked().day == asked().exam_on == today + 9 * DAY
    assert asked(book="other").exam_on is None
    assert surveying.survey(learner, today, Part(), today + DAY).day == today + DAY


def test_it_costs_as_many_queries_for_many(learner, book, today):
    counts = []
    for share in (0.1, 1):
        Card.objects.all().delete()
        remember(learner, Item.objects.all(), today, share=share)
        with CaptureQueriesContext(connection) as captured:
            asked = surveying.survey(learner, today, Part())
            knowing.sections(asked)
            fading.ends(asked, 5)
        counts.append(len(captured))

    assert counts == [6, 6]
