"""What choices earn."""

from hypothesis import assume, given
from hypothesis import strategies as st

from quizzes.assessment.answering import Chosen
from quizzes.assessment.grading import Grade, Several, Single, TrueFalse, grade
from quizzes.items.fractions import FULL_FRACTION as FULL
from tests.assessment.grading.keys import several, singles

SINGLE = Single((0, FULL, 0, FULL // 2), ("No: a.", "", "No: c.", "Half."))
SEVERAL = Several(frozenset({0, 2}), ("", "No: b.", "", "No: d."))


def chosen(*places):
    return Chosen(frozenset(places))


def test_an_option_earns_what_its_key_says_with_the_authors_words():
    assert grade(SINGLE, chosen(0)) == Grade(0, ("No: a.",))
    assert grade(SINGLE, chosen(1)) == Grade(FULL)
    assert grade(SINGLE, chosen(3)) == Grade(FULL // 2, ("Half.",))


def test_true_or_false_is_all_or_nothing():
    key = TrueFalse(0, ("", "It is true."))

    assert grade(key, chosen(0)) == Grade(FULL)
    assert grade(key, chosen(1)) == Grade(0, ("It is true.",))


@given(several)
def test_the_right_set_earns_the_whole_mark_and_no_other_set_does(key):
    everything = frozenset(range(len(key.feedback)))

    assert grade(key, Chosen(key.rights)).fraction == FULL
    for place in everything:
        other = key.rights ^ {place}
        assert (grade(key, Chosen(other)).fraction or 0) < FULL


@given(several)
def test_choosing_everything_earns_nothing_where_something_is_wrong(key):
    everything = frozenset(range(len(key.feedback)))
    assume(key.rights != everything)

    assert grade(key, Chosen(everything)).fraction == 0


@given(several, st.data())
def test_a_right_option_more_never_costs_and_a_wrong_one_never_pays(key, data):
    places = st.sampled_from(range(len(key.feedback)))
    start = data.draw(st.frozensets(places))
    place = data.draw(places)
    before = grade(key, Chosen(start - {place})).fraction or 0
    after = grade(key, Chosen(start | {place})).fraction or 0

    assert after >= before if place in key.rights else after <= before


@given(several, st.data())
def test_the_order_of_the_options_does_not_change_the_mark(key, data):
    places = range(len(key.feedback))
    moved = data.draw(st.permutations(places))
    said = data.draw(st.frozensets(st.sampled_from(places)))
    other = Several(frozenset(moved[place] for place in key.rights), key.feedback)

    found = grade(other, Chosen(frozenset(moved[place] for place in said)))

    assert found.fraction == grade(key, Chosen(said)).fraction


def test_each_wrong_option_costs_what_a_share_of_the_wrong_ones_costs():
    key = Several(frozenset({0, 1, 2}), ("",) * 5)

    assert grade(key, chosen(0)).fraction == 3_333_333
    assert grade(key, chosen(0, 1, 3)).fraction == 1_666_666
    assert grade(key, chosen(0, 3)).fraction == 0


def test_of_several_each_wrong_one_is_told():
    assert grade(SEVERAL, chosen(0, 1, 3)).feedback == ("No: b.", "No: d.")


@given(singles(), st.data())
def test_of_one_option_the_whole_mark_is_its_own_and_all_of_them_earn_nothing(key, data):
    places = range(len(key.fractions))
    place = data.draw(st.sampled_from(places))

    assert (grade(key, chosen(place)).fraction == FULL) == (key.fractions[place] == FULL)
    assert len(places) == 1 or not grade(key, Chosen(frozenset(places))).fraction


@given(singles(), st.data())
def test_moving_the_options_moves_what_they_earn(key, data):
    places = range(len(key.fractions))
    moved = data.draw(st.permutations(places))
    other = Single(
        tuple(key.fractions[moved.index(place)] for place in places),
        tuple(key.feedback[moved.index(place)] for place in places),
    )

    for place in places:
        assert grade(other, chosen(moved[place])) == grade(key, chosen(place))


def test_an_option_never_takes_from_other_questions():
    assert grade(Single((FULL, -FULL), ("", "")), chosen(1)) == Grade(0)
