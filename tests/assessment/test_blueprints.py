"""Blueprints in words, and how a draw is spread over several places."""

import pytest
from hypothesis import given, strategies

from quizzes.assessment import blueprints
from quizzes.assessment.blueprints import FACT_KINDS, KINDS, OutOfBoundsError, UnreadableError, Wish


def test_one_from_holds_for_all_before_it():
    assert blueprints.read("4 dates, 3 arguments from sections 2-6") == [
        Wish(4, "event", place="section", first=2, last=6),
        Wish(3, "argument", place="section", first=2, last=6),
    ]


def test_each_may_have_its_own_place_and_none_is_the_whole_book():
    assert blueprints.read("1 essay from chapter 3; 4 Dates from section 1 and 2 questions") == [
        Wish(1, kind="essay", place="chapter", first=3, last=3),
        Wish(4, "event", place="section", first=1, last=1),
        Wish(2),
    ]


@pytest.mark.parametrize(
    "text",
    [
        *("", "dates", "4", "0 dates", "4 dates from", "from section 2", "4 dates from sections"),
        *("4 dates from sections 6-2", "4 dragons", "101 dates", "-4 dates", "4 dates 3"),
        *("4 dates from section 1 from section 2", "4 dates from verses 1-2"),
    ],
)
def test_what_is_no_blueprint(text):
    with pytest.raises(UnreadableError):
        blueprints.read(text)


@pytest.mark.parametrize(
    ("line", "wish"), [("0 dates", "0 dates"), ("1 term, 101 dates", "101 dates")]
)
def test_a_wish_for_none_or_too_many_is_told_from_what_cannot_be_read(line, wish):
    with pytest.raises(OutOfBoundsError) as told:
        blueprints.read(line)

    assert told.value.rest == wish


@strategies.composite
def wishes(draw):
    kind = draw(strategies.sampled_from([("", ""), *((k, "") for k in FACT_KINDS)]))
    if kind == ("", ""):
        kind = ("", draw(strategies.sampled_from(["", *KINDS])))
    first = draw(strategies.integers(0, 50))
    place = draw(strategies.sampled_from(["section", "chapter"]))
    last = draw(strategies.integers(first, 60))
    fact_kind, question_kind = kind
    count = draw(strategies.integers(1, 100))
    return Wish(count, fact_kind, question_kind, place, first, last)


@given(strategies.lists(wishes(), min_size=1, max_size=5), strategies.booleans())
def test_what_is_written_is_read(some, is_open):
    told = [*some, Wish(3, "event")] if is_open else some

    assert blueprints.read(blueprints.write(told)) == told


@given(strategies.text(alphabet="0123456789 ,-;adefmnorstiquch/", max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        found = blueprints.read(text)
    except UnreadableError:
        return
    assert found
    assert all(1 <= wish.count <= blueprints.MOST_AT_ONCE for wish in found)


COUNTS = strategies.integers(0, 60)


@given(COUNTS, strategies.lists(strategies.integers(0, 30), min_size=1, max_size=9))
def test_a_draw_is_spread_evenly_as_far_as_places_find_enough(count, finds):
    shares = blueprints.spread(count, finds)

    assert sum(shares) == count
    if sum(finds) >= count:
        assert all(share <= found for share, found in zip(shares, finds, strict=True))
        able = [share for share, found in zip(shares, finds, strict=True) if share < found]
        assert all(max(shares) - share <= 1 for share in able)
