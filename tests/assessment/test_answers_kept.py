"""What was typed, as its tally keeps it: in one spelling, and told apart by few signs."""

import numpy as np
import pytest

from quizzes.assessment.models import OptionTally
from quizzes.assessment.models.tallies import ALL_BANDS, GIVEN
from quizzes.people import joining
from quizzes.people.models import User
from tests.analytics import answered
from tests.bookshelf import make_book
from tests.examining import make_assignment, make_item, make_quiz

pytestmark = pytest.mark.django_db


@pytest.fixture
def give(noon):
    """Gives a quiz that asks a question of each kind."""
    book = make_book()
    room = joining.open_classroom(User.objects.create_user("vera"), book, "Ours", noon)

    def give(*kinds):
        items = [make_item(book, kind, kind, position=n) for n, kind in enumerate(kinds)]
        return make_assignment(room, make_quiz(book, *items), noon)

    return give


def test_a_spelling_is_that_of_whoever_typed_it_first(give, noon):
    given = give("short_text")
    said = iter([" the  Kork ", "kork"])
    answered.lay_down(np.random.default_rng(1), given, 2, noon, lambda *_: {"text": next(said)})

    kept = OptionTally.objects.get(band=ALL_BANDS, position=GIVEN)

    assert (kept.answer, kept.said, kept.chosen) == ("kork", "the Kork", 2)


LONG = "ﷺ" * 300
"""The longest that may be typed; each of its letters is told apart by eighteen others."""


def test_the_longest_answer_is_told_apart_by_few_signs(give, noon):
    given = give("short_text", "cloze")
    answered.lay_down(
        np.random.default_rng(1), given, 10, noon,
        lambda _, kind: {"text": LONG} if kind == "short_text" else {"gaps": [LONG] * 3 + [0]},
    )  # fmt: skip

    kept = OptionTally.objects.filter(position=GIVEN, band=ALL_BANDS)

    assert {(len(one.answer), one.said, one.chosen) for one in kept} == {(40, LONG, 10)}


def test_of_texts_alone_all_bands_are_counted_too(give, noon):
    given = give("matching", "ordering", "number")
    answered.lay_down(np.random.default_rng(1), given, 12, noon)

    kept = OptionTally.objects.filter(band=ALL_BANDS)

    assert set(kept.values_list("revision__kind", flat=True)) == {"number"}
