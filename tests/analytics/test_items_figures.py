"""How an item did wherever it was asked, as the item bank shows it."""

import numpy as np
import pytest

from quizzes.analytics import item_analysis
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Revision
from tests.analytics import sampled
from tests.bookshelf import make_book
from tests.examining import make_item, make_quiz

pytestmark = pytest.mark.django_db


def near(value):
    return pytest.approx(value, abs=1e-9)


@pytest.fixture
def items(db):
    book = make_book()
    return [make_item(book, f"q{n}", position=n) for n in range(4)]


@pytest.fixture
def quiz(items):
    return make_quiz(items[0].book, *items)


def lay_down(quiz, noon, people, seed=1):
    sample = sampled.draw(np.random.default_rng(seed), people=people, questions=4)
    sampled.lay_down(sample, quiz, noon)
    return sample


def test_facility_and_discrimination_of_the_first_attempts(items, quiz, noon):
    sample = lay_down(quiz, noon, 40)

    found = item_analysis.of_items([item.pk for item in items])

    for n, item in enumerate(items):
        figures = found[item.pk]
        x, rest = sample.fractions[:, n], sample.rests[:, n]
        assert figures.n == 40
        assert figures.facility == near(x.mean())
        assert figures.discrimination == near(sampled.correlation(x, rest))


def test_nothing_is_said_of_fewer_than_ten_answers(items, quiz, noon):
    lay_down(quiz, noon, 9)

    figures = item_analysis.of_items([items[0].pk])[items[0].pk]

    assert (figures.n, figures.facility, figures.discrimination) == (9, None, None)


def test_an_item_that_was_never_asked_is_not_there(items):
    assert item_analysis.of_items([items[0].pk]) == {}


def test_samples_of_different_quizzes_are_pooled(items, quiz, noon):
    other = make_quiz(items[0].book, *items[::-1], slug="other")
    first = lay_down(quiz, noon, 30, seed=1)
    second = lay_down(other, noon, 20, seed=2)

    figures = item_analysis.of_items([items[0].pk])[items[0].pk]

    a, b = first.fractions[:, 0], second.fractions[:, 3]
    r = [np.corrcoef(*pair)[0, 1] for pair in ((a, first.rests[:, 0]), (b, second.rests[:, 3]))]
    assert figures.n == 50
    assert figures.facility == near(np.concatenate([a, b]).mean())
    assert figures.discrimination == near(np.tanh(np.average(np.arctanh(r), weights=[27, 17])))


def test_a_change_of_substance_begins_anew_and_a_cosmetic_one_does_not(items, quiz, noon):
    lay_down(quiz, noon, 12)
    cosmetic, substantive = items[0], items[1]
    for item, change in ((cosmetic, "cosmetic"), (substantive, "substantive")):
        Revision.objects.create(
            item=item, number=2, kind="single", stem="New?", change=change, created_at=noon
        )

    found = item_analysis.of_items([cosmetic.pk, substantive.pk])

    assert found[cosmetic.pk].n == 12
    assert substantive.pk not in found


def test_however_many_items_it_is_one_query(items, quiz, noon, django_assert_num_queries):
    lay_down(quiz, noon, 12)

    for pks in ([items[0].pk], [item.pk for item in items]):
        with django_assert_num_queries(1):
            item_analysis.of_items(pks)


def test_of_right_and_wrong_the_facility_is_the_share_who_were_right(items, quiz, noon):
    chosen = np.array([[1, 1, 1, 1]] * 6 + [[0, 1, 1, 0]] * 4)
    earns = np.zeros((4, 4), dtype=np.int64)
    earns[:, 1] = FULL_FRACTION
    sampled.lay_down(sampled.Sample(chosen, earns, np.ones(4, dtype=np.int64)), quiz, noon)

    assert item_analysis.of_items([items[0].pk])[items[0].pk].facility == near(0.6)
