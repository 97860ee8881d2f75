"""Wording → YAML → wording: whatever can be said in a pack is said so that it is read the same."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from quizzes.content.models import Fact
from quizzes.content.packs.reading import read
from quizzes.content.packs.shapes import Question
from quizzes.exchange.formats import yamls
from quizzes.exchange.records.questions import (
    Doubt,
    UnsayableError,
    comparable,
    written,
)
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.keying import keyed
from quizzes.items.phrasing import capitalized
from quizzes.items.snapshots import BookFacts
from quizzes.items.snapshotting import Snapshot
from quizzes.items.wordings import (
    AnswerWording,
    CriterionWording,
    OptionWording,
    Wording,
)

SLUGS = {1: "one", 2: "two", 3: "three", 4: "four"}
SEEN = Snapshot(
    BookFacts(), {slug: Fact(pk=pk, slug=slug, label=f"The {slug}") for pk, slug in SLUGS.items()}
)
LINE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(
    lambda text: text.strip() == text and text != ""
)
PROSE = (
    st.lists(LINE, min_size=1, max_size=3).map("\n\n".join).filter(lambda t: "](media:" not in t)
)
WHY = st.one_of(st.just(""), LINE)
FACT = st.sampled_from([None, *SLUGS])
NUMBER = st.decimals(-(10**9), 10**9, places=3, allow_nan=False)
SHARE = st.sampled_from([FULL_FRACTION, 5_000_000, 3_333_333, 0])

CHOICES = st.lists(st.tuples(LINE, WHY, FACT), min_size=2, max_size=5)
TEXTS = st.lists(st.tuples(LINE, SHARE, WHY), min_size=1, max_size=4)


def options(told, rights, part=0):
    worth = FULL_FRACTION // max(1, rights)
    return tuple(
        OptionWording(text=t, feedback=w, fact=f, part=part, fraction=worth if n < rights else 0)
        for n, (t, w, f) in enumerate(told)
    )


def texts(told, part=0):
    """Typed answers; the first earns the whole mark."""
    return tuple(
        AnswerWording(text=t, part=part, fraction=FULL_FRACTION if n == 0 else s, feedback=w)
        for n, (t, s, w) in enumerate(told)
    )


@st.composite
def numbers(draw, part=0):
    value = draw(NUMBER)
    bound = draw(st.sampled_from(["", "about", "at_least"]))
    tolerance = draw(st.sampled_from([Decimal(0), Decimal("0.25"), Decimal(10)]))
    return AnswerWording(
        text=f"{bound} {value}".strip(), number=value, bound=bound, tolerance=tolerance, part=part
    )


@st.composite
def dates(draw, part=0):
    day = draw(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
    return AnswerWording(
        text=day.isoformat(), precision="day", not_before=day, not_after=day, part=part
    )


@st.composite
def chosen(draw):
    kind = draw(st.sampled_from(["single", "several", "true_false", "classify"]))
    told = draw(CHOICES)
    found = options(told, draw(st.integers(1, len(told))) if kind == "several" else 1)
    return {"kind": kind, "options": tuple(draw(st.permutations(found)))}


@st.composite
def typed(draw):
    kind = draw(st.sampled_from(["short_text", "number", "date"]))
    accepted = {
        "short_text": texts(draw(TEXTS)),
        "number": (draw(numbers()),),
        "date": (draw(dates()),),
    }[kind]
    return {"kind": kind, "accepted": accepted}


@st.composite
def matching(draw):
    lefts = draw(st.lists(st.tuples(LINE, WHY, FACT), min_size=1, max_size=4))
    rights = draw(st.lists(st.tuples(LINE, WHY), min_size=len(lefts), max_size=6))
    places = draw(st.permutations(range(len(rights))))
    return {
        "kind": "matching",
        "options": (
            *(
                OptionWording(text=t, feedback=w, fact=f, match=place)
                for (t, w, f), place in zip(lefts, places, strict=False)
            ),
            *(
                OptionWording(text=t, part=1, feedback=w if n not in places[: len(lefts)] else "")
                for n, (t, w) in enumerate(rights)
            ),
        ),
    }


@st.composite
def ordering(draw):
    order = draw(st.permutations(sorted(SLUGS)))
    levels = draw(st.lists(st.booleans(), min_size=len(order), max_size=len(order)))
    ranks, found = -1, []
    for place, (fact, is_level) in enumerate(zip(order, levels, strict=True)):
        ranks += not (is_level and place)
        found.append(OptionWording(text=f"The {SLUGS[fact]}", rank=ranks, fact=fact))
    return {"kind": "ordering", "options": tuple(found)}


@st.composite
def cloze(draw):
    gaps = draw(
        st.lists(st.sampled_from(["text", "number", "date", "choice"]), min_size=1, max_size=4)
    )
    found, accepted = [], []
    for part, kind in enumerate(gaps):
        if kind == "choice":
            found += options(draw(CHOICES), 1, part)
        else:
            made = {
                "text": lambda p: texts(draw(TEXTS), p),
                "number": lambda p: (draw(numbers(p)),),
            }
            accepted += made.get(kind, lambda p: (draw(dates(p)),))(part)
    return {
        "kind": "cloze",
        "options": tuple(found),
        "accepted": tuple(accepted),
        "stem": " and ".join(["___"] * len(gaps)),
    }


@st.composite
def essay(draw):
    lines = st.tuples(LINE, st.integers(1, 100))
    return {
        "kind": "essay",
        "answer": draw(PROSE),
        "criteria": tuple(
            CriterionWording(text=t, weight=w)
            for t, w in draw(st.lists(lines, min_size=1, max_size=4))
        ),
    }


@st.composite
def wordings(draw):
    key = draw(st.one_of(chosen(), typed(), matching(), ordering(), cloze(), essay()))
    common = {
        "stem": draw(PROSE),
        "answer": "",
        "rationale": draw(PROSE),
        "hint": draw(WHY),
        "is_shuffled": draw(st.booleans()),
        "is_case_exact": draw(st.booleans()),
    }
    return Wording(**{**common, **key})


def again(wording, folder):
    """The wording that a pack's reader makes of what is written."""
    values = {"slug": "q", "unit": "u", "skill": "recall", "tests": ["one"]}
    path = folder / "own-questions.yaml"
    path.write_text(yamls.dump({"questions": [values | written(wording, SLUGS)]}))
    document, problems = read(path)
    assert document is not None, problems
    question = Question.model_validate(document.data["questions"][0])
    key = keyed(question, SEEN)
    is_shuffled = question.kind not in ("true_false", "classify")
    return Wording(
        kind=question.kind,
        stem=question.stem,
        answer=key.answer,
        rationale=question.explanation,
        hint=question.hint or "",
        is_shuffled=is_shuffled if question.is_shuffled is None else question.is_shuffled,
        is_case_exact=question.is_case_exact,
        is_accent_exact=question.is_accent_exact,
        options=key.options,
        accepted=key.accepted,
        precedes=key.precedes,
        criteria=key.criteria,
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("packs")


@given(wordings())
def test_what_is_written_is_read_as_the_same_question(place, wording):
    assert comparable(again(wording, place)) == comparable(wording)


@given(wordings())
def test_what_was_read_is_written_with_the_same_bytes(place, wording):
    once = again(wording, place)

    assert written(once, SLUGS) == written(wording, SLUGS)


@given(st.lists(PROSE))
def test_every_text_comes_back_from_yaml(place, said):
    (place / "pack.yaml").write_text(yamls.dump({"said": said}))

    document, problems = read(place / "pack.yaml")

    assert document is not None, problems
    assert document.data == {"said": said}
    assert YAML(typ="safe").load(yamls.dump({"said": said})) == {"said": said}


@pytest.mark.parametrize(
    ("wording", "doubt"),
    [
        (
            Wording(
                kind="single",
                stem="?",
                answer="a",
                options=(
                    OptionWording(text="a", fraction=FULL_FRACTION),
                    OptionWording(text="b", fraction=1),
                ),
            ),
            Doubt.SHARE,
        ),
        (
            Wording(
                kind="ordering", stem="?", answer="", options=(OptionWording(text="a", rank=0),)
            ),
            Doubt.ORDER,
        ),
        (
            Wording(
                kind="ordering",
                stem="?",
                answer="",
                options=(OptionWording(text="a", rank=0, fact=1, feedback="No."),),
            ),
            Doubt.FEEDBACK,
        ),
        (
            Wording(
                kind="cloze",
                stem="___",
                answer="",
                accepted=(AnswerWording(text="a"), AnswerWording(text="1", number=Decimal(1))),
            ),
            Doubt.GAP,
        ),
        (Wording(kind="essay", stem="![x](media:1)", answer=""), Doubt.PICTURE),
    ],
)
def test_what_a_pack_has_no_words_for_is_not_written(wording, doubt):
    with pytest.raises(UnsayableError) as error:
        written(wording, SLUGS)
    assert error.value.doubt == doubt


def test_another_answer_is_another_question():
    one = Wording(
        kind="single",
        stem="?",
        answer="a",
        options=(OptionWording(text="a", fraction=FULL_FRACTION), OptionWording(text="b")),
    )
    other = replace(one, options=tuple(reversed(one.options)))

    assert comparable(one) != comparable(other)
    assert comparable(one) == comparable(replace(one, answer=capitalized("a said in words")))
