"""Keys and answers of every kind, sound and unsound."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from quizzes.assessment.answering import Answer, Chosen, Filled, Matched, Ordered, Typed
from quizzes.assessment.grading import (
    AcceptedDate,
    AcceptedNumber,
    AcceptedText,
    Cloze,
    Date,
    Key,
    Matching,
    Number,
    Ordering,
    Remark,
    Several,
    ShortText,
    Single,
    TrueFalse,
    Unmarkable,
)
from quizzes.assessment.typed_numbers import Bound
from quizzes.content.dates import FuzzyDate, Part, Precision
from quizzes.items.fractions import FULL_FRACTION as FULL

EARLY_1938 = FuzzyDate(
    Precision.YEAR, date(1938, 1, 1), date(1938, 4, 30), Part.EARLY, "early 1938"
)
SINGLE = Single((0, FULL, 0, FULL // 2), ("No: a.", "", "No: c.", "Half."))
TEXT = ShortText((AcceptedText("Fel'dman"), AcceptedText("B. Fel'dman", FULL // 2)))
NUMBER = Number((AcceptedNumber(Decimal(35_000)), AcceptedNumber(Decimal(40_000), Decimal(500))))
DATE = Date((AcceptedDate(EARLY_1938),))

KEYS: dict[Key, Answer | None] = {
    SINGLE: Chosen(frozenset({1})),
    TrueFalse(1, ("", "")): Chosen(frozenset({1})),
    Several(frozenset({0, 2}), ("", "No: b.", "", "No: d.")): Chosen(frozenset({0, 2})),
    TEXT: Typed("feldman"),
    NUMBER: Typed("about 35,000"),
    DATE: Typed("early 1938"),
    Matching((frozenset({1}), frozenset({0, 2})), 3, ("", "No.")): Matched((1, 2)),
    Ordering(frozenset({(0, 2), (1, 2)}), ("", "", "")): Ordered((1, 0, 2)),
    Cloze((TEXT, NUMBER, DATE, SINGLE)): Filled(("Feldman", "35 thousand", "early 1938", 1)),
    Unmarkable(): None,
    Unmarkable(Remark.BY_A_PERSON): None,
}
"""A key of each kind with a right answer."""

worth = st.integers(-FULL, FULL) | st.sampled_from([0, FULL])
said = st.sampled_from(["", "No."])
places = st.integers(-1, 5)
known = st.sampled_from(["Kork", "kork", "Beneš", "35,000", "over 36", "1938"])
texts = known | st.text(max_size=30)


@st.composite
def singles(draw: st.DrawFn) -> Single:
    worths = draw(st.lists(worth, min_size=1, max_size=5))
    return Single(tuple(worths), tuple(draw(said) for _ in worths))


several = st.integers(1, 6).flatmap(
    lambda count: st.builds(
        Several,
        st.frozensets(st.integers(0, count - 1), min_size=1),
        st.tuples(*[said] * count),
    )
)
short_texts = st.builds(
    ShortText,
    st.lists(
        st.builds(AcceptedText, texts, worth, st.booleans(), st.booleans(), said), max_size=3
    ).map(tuple),
)
accepted_numbers = st.builds(
    AcceptedNumber,
    st.integers(-50, 50_000).map(Decimal),
    st.integers(0, 500).map(Decimal),
    st.sampled_from(Bound),
    worth,
    said,
)
numbers = st.builds(Number, st.lists(accepted_numbers, max_size=3).map(tuple))
dates = st.builds(Date, st.just((AcceptedDate(EARLY_1938),)) | st.just(()))


@st.composite
def matchings(draw: st.DrawFn) -> Matching:
    """As many as five left sides, each with a right side; some right sides go with none."""
    count = draw(st.integers(1, 6))
    matches = draw(
        st.lists(st.frozensets(st.integers(0, count - 1), min_size=1), min_size=1, max_size=5)
    )
    return Matching(tuple(matches), count, tuple(draw(said) for _ in matches))


@st.composite
def orderings(draw: st.DrawFn) -> Ordering:
    """Some pairs of a hidden order of two to six lines, so that there is no ring."""
    hidden = draw(st.permutations(range(draw(st.integers(2, 6)))))
    pairs = [(one, other) for n, one in enumerate(hidden) for other in hidden[n + 1 :]]
    before = draw(st.sets(st.sampled_from(pairs), min_size=1))
    return Ordering(frozenset(before), tuple(draw(said) for _ in hidden))


rings = st.builds(
    Ordering,
    st.frozensets(st.tuples(places, places), max_size=6),
    st.integers(0, 5).flatmap(lambda count: st.tuples(*[said] * count)),
)
"""Orders that may contradict themselves, or speak of lines that are not there."""
gaps = singles() | short_texts | numbers | dates | st.just(Unmarkable())
clozes = st.builds(Cloze, st.lists(gaps, max_size=4).map(tuple))
keys = st.one_of(
    *(st.sampled_from(list(KEYS)), singles(), several, short_texts, numbers, dates),
    *(matchings(), orderings(), rings, clozes),
)
answers = (
    st.none()
    | st.builds(Typed, texts)
    | st.builds(Chosen, st.frozensets(places, max_size=4))
    | st.builds(Matched, st.lists(st.none() | places, max_size=5).map(tuple))
    | st.builds(Ordered, st.lists(places, max_size=6).map(tuple))
    | st.builds(Ordered, st.integers(0, 6).flatmap(lambda n: st.permutations(range(n))).map(tuple))
    | st.builds(Filled, st.lists(st.none() | texts | places, max_size=4).map(tuple))
)
