from hypothesis import given
from hypothesis import strategies as st

from quizzes.items.distractors.choosing import CONFUSED, FAR, Candidate, choose
from quizzes.items.normalizing import answer_key


def candidate(text, tier=FAR):
    return Candidate(text=text, why=f"{text} is wrong.", tier=tier)


def texts(chosen):
    return [one.text for one in chosen]


FOUR = [candidate(text) for text in ("North light", "South light", "East light", "West light")]

candidates = st.lists(
    st.builds(candidate, st.text(max_size=12), st.integers(CONFUSED, FAR)), max_size=8
)


def test_two_good_distractors_are_none():
    assert choose("slug", "Upper light", FOUR[:2]) == ()


def test_what_learners_mix_up_with_the_key_comes_first():
    confused = candidate("Lower light", CONFUSED)

    assert choose("slug", "Upper light", [*FOUR, confused])[0] == confused


def test_an_answer_far_longer_than_the_key_is_the_last_choice():
    long = candidate("The light that stood on the rock north of the harbor until the storm")

    assert long not in choose("slug", "Upper light", [long, *FOUR])


def test_what_was_chosen_before_stays():
    before = texts(choose("slug", "Upper light", FOUR))
    more = [*FOUR, *(candidate(f"Light {letter}") for letter in "abcdefgh")]

    assert set(texts(choose("slug", "Upper light", more, before))) == set(before)


def test_what_may_no_longer_stand_is_replaced_alone():
    before = texts(choose("slug", "Upper light", FOUR))
    rest = [one for one in FOUR if one.text != before[0]]

    assert set(before[1:]) < set(texts(choose("slug", "Upper light", rest, before)))


@given(st.text(max_size=12), candidates)
def test_no_two_options_are_the_same_answer(key, found):
    chosen = choose("slug", key, found)

    marks = {answer_key(key), *(answer_key(one.text) for one in chosen)}
    assert len(chosen) in (0, 3)
    assert len(marks) == len(chosen) + 1


@given(candidates.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_choice_does_not_depend_on_the_order_of_the_facts(orders):
    one, other = orders

    assert texts(choose("slug", "Upper", one)) == texts(choose("slug", "Upper", other))
