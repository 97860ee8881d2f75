"""The order in which options are shown says nothing of the key: each order is equally likely."""

from collections import Counter
from uuid import UUID

import pytest

from quizzes.assessment import shuffling
from quizzes.assessment.models import Attempt
from tests.bookshelf import make_book
from tests.examining import MATCHES, RIGHTS, begin, make_item, make_quiz

SERVED = 20_000
ITEMS = 40
SEEDS = [UUID(int=number) for number in range(SERVED // ITEMS)]
"""The same in every run, so that chance never makes the test fall."""

CRITICAL = {2: 10.83, 3: 13.82, 4: 16.27, 5: 18.47, 16: 37.70}
"""Chi-squared for so many equal cells that chance exceeds one time in a thousand (one less
degree of freedom than cells). Source: any table, such as NIST's handbook, 1.3.6.7.4."""

FIRST_LINE = 1
"""The line of an ordering question that comes first."""


def chi_squared(cells: Counter[int], places: int) -> float:
    expected = cells.total() / places
    return sum((cells[place] - expected) ** 2 / expected for place in range(places))


def shown(book, kind):
    """The orders of all parts of so many served questions of a kind."""
    items = [make_item(book, f"{kind.replace('_', '-')}-{n}", kind) for n in range(ITEMS)]
    for seed in SEEDS:
        yield from shuffling.orders(items, seed).values()


@pytest.fixture
def book(db):
    return make_book()


@pytest.mark.parametrize("kind", ["single", "several", "classify", "true_false"])
def test_the_key_stands_in_each_place_equally_often(kind, book):
    found = {right: Counter[int]() for right in RIGHTS[kind]}

    for [order] in shown(book, kind):
        for right, cells in found.items():
            cells[order.index(right)] += 1

    places = 2 if kind == "true_false" else 4
    for cells in found.values():
        assert cells.total() == SERVED
        assert chi_squared(cells, places) < CRITICAL[places]


def test_the_right_side_of_a_pair_stands_in_each_place_equally_often(book):
    found = [Counter[int]() for _match in MATCHES]

    for _lefts, rights in shown(book, "matching"):
        for cells, match in zip(found, MATCHES, strict=True):
            cells[rights.index(match)] += 1

    for cells in found:
        assert cells.total() == SERVED
        assert chi_squared(cells, 5) < CRITICAL[5]


def test_the_first_line_of_an_ordering_is_shown_in_each_place_equally_often(book):
    cells = Counter[int]()

    for [order] in shown(book, "ordering"):
        cells[order.index(FIRST_LINE)] += 1

    assert cells.total() == SERVED
    assert chi_squared(cells, 4) < CRITICAL[4]


def test_the_right_option_of_a_gap_stands_in_each_place_equally_often(book):
    cells = Counter(gaps[3].index(2) for gaps in shown(book, "cloze"))

    assert cells.total() == SERVED
    assert chi_squared(cells, 4) < CRITICAL[4]


def test_two_questions_of_an_attempt_are_not_shuffled_alike(book):
    """Else one key that is told would tell another."""
    items = [make_item(book, f"pair-{n}", "single") for n in range(2)]
    both = Counter[int]()

    for number in range(2_000):
        [first], [second] = shuffling.orders(items, UUID(int=number)).values()
        both[4 * first.index(1) + second.index(1)] += 1

    assert chi_squared(both, 16) < CRITICAL[16]


def test_an_attempts_address_does_not_tell_its_orders(book, company, noon):
    quiz = make_quiz(book, *(make_item(book, f"q-{n}", "single") for n in range(20)))
    attempt = begin(company["student"], quiz, noon).attempt
    items = [one.revision.item for one in attempt.served.select_related("revision__item")]
    orders = [one.orders for one in attempt.served.order_by("position")]

    by_address = shuffling.orders(items, attempt.uid)
    again = shuffling.orders(items, Attempt.objects.get(pk=attempt.pk).seed)

    assert attempt.seed not in {attempt.uid, attempt.start_uid}
    assert attempt.seed.version == 4
    assert list(again.values()) == orders
    assert list(by_address.values()) != orders
