"""What several gaps earn together."""

from hypothesis import assume, given
from hypothesis import strategies as st

from quizzes.assessment.answering import Chosen, Filled, Typed
from quizzes.assessment.grading import Cloze, Grade, Remark, Unmarkable, grade
from quizzes.items.fractions import FULL_FRACTION as FULL
from tests.assessment.grading.keys import DATE, NUMBER, SINGLE, TEXT, clozes, places, texts

RIGHT = ("Feldman", "35,000", "early 1938", 1)
FOUR = Cloze((TEXT, NUMBER, DATE, SINGLE))


@st.composite
def filled(draw):
    """A text with gaps that a machine can mark, and something of each gap's kind in each."""
    key = draw(clozes)
    assume(key.gaps and not any(isinstance(gap, Unmarkable) for gap in key.gaps))
    return key, tuple(_said(draw, gap) for gap in key.gaps)


def _said(draw, gap):
    if fractions := getattr(gap, "fractions", None):
        return draw(st.none() | places.filter(lambda place: 0 <= place < len(fractions)))
    return draw(st.none() | texts.filter(str.strip))


def alone(gap, said):
    if said is None:
        return Grade(0)
    return grade(gap, Chosen(frozenset({said})) if isinstance(said, int) else Typed(said))


def test_every_gap_earns_its_share_with_its_own_words():
    assert grade(FOUR, Filled(RIGHT)) == Grade(FULL)
    assert grade(FOUR, Filled(("Iakir", *RIGHT[1:]))) == Grade(7_500_000)
    assert grade(FOUR, Filled((None, "36", "1953", 0))) == Grade(0, ("No: a.",))
    assert grade(FOUR, Filled(("B. Feldman", None, None, 3))) == Grade(2_500_000, ("Half.",))


def test_of_one_gap_alone_it_is_told_why_it_is_not_right():
    assert grade(Cloze((DATE,)), Filled(("2 March 1938",))) == Grade(0, remark=Remark.TOO_EXACT)
    assert grade(FOUR, Filled((None, None, "2 March 1938", None))) == Grade(0)


@given(filled())
def test_a_text_earns_the_mean_of_its_gaps_each_graded_as_its_own_kind(found):
    key, said = found
    parts = [alone(*one).fraction for one in zip(key.gaps, said, strict=True)]
    assume(any(one is not None for one in said))

    whole = grade(key, Filled(said)).fraction

    assert whole == sum(parts) // len(parts)
    assert (whole == FULL) == all(part == FULL for part in parts)


@given(filled(), st.data())
def test_the_order_of_the_gaps_changes_nothing(found, data):
    key, said = found
    moved = data.draw(st.permutations(range(len(said))))

    other = grade(Cloze(tuple(key.gaps[n] for n in moved)), Filled(tuple(said[n] for n in moved)))

    assert other.fraction == grade(key, Filled(said)).fraction


@given(filled(), st.data())
def test_a_gap_filled_better_never_costs(found, data):
    key, said = found
    number = data.draw(st.sampled_from(range(len(said))))
    emptied = (*said[:number], None, *said[number + 1 :])

    better, worse = (grade(key, Filled(gaps)).fraction or 0 for gaps in (said, emptied))

    assert better >= worse
