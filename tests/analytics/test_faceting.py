"""Things told apart by families of values: what is found, and what stands beside each value."""

from collections import Counter
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from quizzes.analytics import faceting

FAMILIES = ("color", "size", "word")
VALUES = st.sampled_from("abc")


@dataclass(frozen=True)
class Thing:
    values: dict[str, tuple[str, ...]]


things = st.lists(
    st.fixed_dictionaries(
        {name: st.lists(VALUES, unique=True).map(tuple) for name in FAMILIES}
    ).map(Thing),
    max_size=20,
)
choices = st.dictionaries(st.sampled_from(FAMILIES), st.lists(VALUES))


def lets_through(thing, chosen, without=""):
    return all(
        set(values) & set(thing.values[name])
        for name, values in chosen.items()
        if values and name != without
    )


@given(things, choices)
def test_values_are_alternatives_and_families_are_conditions(things, chosen):
    found, _counts = faceting.sort_out(things, FAMILIES, chosen)

    assert found == [one for one in things if lets_through(one, chosen)]


@given(things, choices)
def test_a_value_tells_how_many_it_would_leave_alone_in_its_family(things, chosen):
    _found, counts = faceting.sort_out(things, FAMILIES, chosen)

    for family in FAMILIES:
        left = [one for one in things if lets_through(one, chosen, without=family)]
        assert counts[family] == Counter(v for one in left for v in one.values[family])
