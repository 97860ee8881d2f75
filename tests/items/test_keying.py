"""The keys of authored questions, kind by kind, as rows."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.content.models import Fact, Quantity, Relation
from quizzes.content.packs.shapes import Question
from quizzes.items import authoring
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import (
    AcceptedAnswer,
    Criterion,
    Item,
    Key,
    Option,
    OptionKey,
    Precedence,
    Revision,
)

pytestmark = pytest.mark.django_db
PAIRS = [{"left": f"l{n}", "right": f"r{n}", "why": f"l{n} is not so"} for n in range(3)]
GAPS = [
    {"accepted": ["Malloy", {"text": "Anna", "share": 0.5, "feedback": "which of them"}]},
    {"kind": "number", "accepted": [1200]},
    {"kind": "date", "accepted": ["3 March 1911"]},
    {
        "kind": "choice",
        "options": [
            {"text": "the port", "correct": False, "why": "that was later"},
            {"text": "the tower", "correct": True},
        ],
    },
]

TURNED = {
    "kind": "choice",
    "options": [
        {"text": "the tower", "correct": True},
        {"text": "the port", "correct": False, "why": "that was later"},
    ],
}
"""The last gap with its options in another order."""


def question(kind, slug="q", **more):
    known = {
        "slug": slug,
        "kind": kind,
        "unit": "walkout",
        "skill": "recall",
        "tests": ["malloy"],
        "stem": f"What of {slug}?",
        "explanation": "Page 3 tells it.",
    }
    return Question.model_validate(known | more)


def every_kind():
    """A question of each kind whose key has parts of its own."""
    rubric = [{"text": "Names the storm", "weight": 2}, {"text": "Says why"}]
    return [
        question("cloze", "q-cloze", stem="___, ___, ___, ___.", gaps=GAPS, tests=["lamps"]),
        question("matching", "q-match", pairs=PAIRS, distractors=[{"text": "r9", "why": "no"}]),
        question("essay", "q-essay", rubric=rubric, model_answer="It stormed.", hint="Wind."),
        question(
            "short_text",
            "q-text",
            accepted=["Malloy", {"text": "malloy", "share": 0.9}],
            is_case_exact=True,
            tags=["people", "board"],
        ),
        question("ordering", "q-order", order=["storm", ["walkout", "hearing"], "verdict"]),
        question("ordering", "q-partial", order=[["storm", "walkout", "hearing"]]),
    ]


@pytest.fixture
def load(book, cast, storm, state, noon):
    state["event"]("walkout", "The walkout", "May 1911", date(1911, 5, 1), 10)
    state["event"]("hearing", "The hearing", "May 1911", date(1911, 5, 1), 11)
    state["event"]("verdict", "The verdict", "June 1911", date(1911, 6, 1), 12)
    lamps = state["fact"]("lamps", Fact.Kind.QUANTITY, "Lamps put out", 13)
    known = {"statement": "Lamps put out", "unit": "lamps", "population": "put out"}
    Quantity.objects.create(fact=lamps, value=1200, bound="more_than", **known)
    return lambda *questions: authoring.load(book, questions, (), noon)


@pytest.fixture
def item(book):
    return lambda slug="q": Item.objects.select_related("revision").get(book=book, slug=slug)


def key(item):
    return Key.objects.get(revision=item.revision)


def accepted(item):
    rows = AcceptedAnswer.objects.filter(revision=item.revision)
    return list(rows.order_by("part", "position"))


def pairs(item):
    rows = Precedence.objects.filter(revision=item.revision)
    return set(rows.values_list("earlier", "later"))


def test_each_gap_of_a_cloze_has_a_part_of_its_own(load, item):
    load(*every_kind())

    one = item("q-cloze")
    assert [(row.part, row.text, row.fraction) for row in accepted(one)] == [
        (0, "Malloy", FULL_FRACTION),
        (0, "Anna", FULL_FRACTION // 2),
        (1, "more than 1,200", FULL_FRACTION),
        (2, "3 March 1911", FULL_FRACTION),
    ]
    options = OptionKey.objects.filter(option__revision=one.revision).order_by("option__position")
    assert [(row.option.part, row.option.position, row.fraction) for row in options] == [
        (3, 0, 0),
        (3, 1, FULL_FRACTION),
    ]
    assert key(one).answer == "Malloy; more than 1,200; 3 March 1911; the tower"
    assert "<strong>the tower</strong>." in key(one).answer_html


def test_a_gap_stays_a_gap_beside_any_mark(load, item):
    load(question("cloze", stem="(___) *and* (___)", gaps=[{"accepted": ["a*b"]}, GAPS[0]]))

    assert item().revision.stem_html == "<p>(___) <em>and</em> (___)</p>"
    assert key(item()).answer_html == (
        "<p>(<strong>a*b</strong>) <em>and</em> (<strong>Malloy</strong>)</p>"
    )


def test_a_number_keeps_the_bound_that_the_book_gives_it(load, item):
    load(question("number", tests=["lamps"], accepted=[{"number": 1200, "tolerance": 0.5}, 8]))

    first, second = accepted(item())
    assert (first.number, first.tolerance, first.bound) == (1200, Decimal("0.5"), "more_than")
    assert (second.number, second.bound) == (8, "")
    assert key(item()).answer == "More than 1,200"


def test_a_number_that_is_left_to_the_fact_has_its_bound_too(load, item):
    load(question("number", tests=["lamps"]))

    assert [(row.number, row.bound) for row in accepted(item())] == [(1200, "more_than")]


def test_an_answer_may_earn_a_share_and_be_remarked_upon(load, item):
    variant = {"text": "Quist", "share": 0, "feedback": "she only wrote about it"}
    load(question("short_text", accepted=[variant, "Malloy"], is_accent_exact=True))

    first, second = accepted(item())
    assert (first.fraction, first.feedback) == (0, "She only wrote about it.")
    assert (second.fraction, second.feedback) == (FULL_FRACTION, "")
    assert key(item()).answer == "Malloy"
    assert (item().revision.is_case_exact, item().revision.is_accent_exact) == (False, True)


def test_what_belongs_to_nothing_stands_behind_the_right_sides(load, item):
    load(*every_kind())

    rows = OptionKey.objects.filter(option__revision=item("q-match").revision)
    found = [
        (row.option.part, row.option.text, row.match, row.feedback)
        for row in rows.order_by("option__part", "option__position")
    ]
    assert found[:2] == [(0, "l0", 0, "L0 is not so."), (0, "l1", 1, "L1 is not so.")]
    assert found[3:] == [
        (1, "r0", None, ""),
        (1, "r1", None, ""),
        (1, "r2", None, ""),
        (1, "r9", None, "No."),
    ]
    assert "<li><strong>l0</strong> – r0</li>" in key(item("q-match")).answer_html


def test_what_shares_a_place_has_one_rank(load, item):
    load(*every_kind())

    one = item("q-order")
    ranks = OptionKey.objects.filter(option__revision=one.revision).order_by("option__position")
    assert [row.rank for row in ranks] == [0, 1, 1, 2]
    assert pairs(one) == set()
    assert key(one).answer == (
        "The great storm → The walkout and The hearing, in either order → The verdict"
    )


def test_what_dates_order_within_a_place_is_written_out(load, item):
    load(*every_kind())

    assert pairs(item("q-partial")) == {(0, 1), (0, 2)}
    assert "in any order that has The great storm before" in key(item("q-partial")).answer


def test_what_a_page_orders_counts_like_a_date(load, item, book):
    walkout, hearing = (book.facts.get(slug=slug) for slug in ("walkout", "hearing"))
    Relation.objects.create(from_fact=hearing, to_fact=walkout, type=Relation.Type.PRECEDES)

    load(question("ordering", order=[["storm", "hearing", "walkout"], "verdict"]))

    known = {(0, 1), (0, 2), (1, 2)}
    assert pairs(item()) == known | {(place, 3) for place in range(3)}


def test_an_essay_has_its_rubric_and_its_model_answer(load, item):
    load(*every_kind())

    one = item("q-essay")
    rows = Criterion.objects.filter(revision=one.revision).order_by("position")
    assert [(row.text, row.weight) for row in rows] == [("Names the storm", 2), ("Says why", 1)]
    assert (key(one).answer, key(one).hint) == ("It stormed.", "Wind.")
    assert not Option.objects.filter(revision=one.revision).exists()


def test_tags_follow_the_pack(load, item):
    load(*every_kind())
    assert set(item("q-text").tags.values_list("text", flat=True)) == {"people", "board"}

    load(question("short_text", "q-text", tags=["board", "names"]))
    assert set(item("q-text").tags.values_list("text", flat=True)) == {"board", "names"}


def test_every_kind_loads_a_second_time_with_nothing_written(load):
    load(*every_kind())

    with CaptureQueriesContext(connection) as captured:
        report = load(*every_kind())
    verbs = {query["sql"].split()[0] for query in captured.captured_queries}
    assert not verbs & {"INSERT", "UPDATE", "DELETE"}
    assert not report.has_changed_wording
    assert report.notes == ()


@pytest.mark.parametrize(
    ("kind", "before", "after", "change"),
    [
        ("short_text", {"accepted": ["Malloy"]}, {"hint": "She led."}, "cosmetic"),
        ("short_text", {"accepted": ["Malloy"]}, {"accepted": ["Malloy", "Anna"]}, "cosmetic"),
        ("short_text", {"accepted": ["Malloy"]}, {"is_case_exact": True}, "cosmetic"),
        ("short_text", {"accepted": ["Malloy"]}, {"accepted": ["Quist"]}, "substantive"),
        ("number", {"accepted": [8]}, {"accepted": [{"number": 8, "tolerance": 1}]}, "cosmetic"),
        (
            "number",
            {"accepted": [8]},
            {"accepted": [{"number": 8, "bound": "about"}]},
            "substantive",
        ),
        ("matching", {"pairs": PAIRS}, {"distractors": [{"text": "r9", "why": "no"}]}, "cosmetic"),
        (
            "ordering",
            {"order": ["storm", ["walkout", "hearing"]]},
            {"order": [["storm", "walkout", "hearing"]]},
            "substantive",
        ),
        (
            "essay",
            {"rubric": [{"text": "Says why"}]},
            {"rubric": [{"text": "Says why", "weight": 3}], "model_answer": "It stormed."},
            "cosmetic",
        ),
        (
            "essay",
            {"rubric": [{"text": "Says why"}]},
            {"rubric": [{"text": "Says when"}]},
            "substantive",
        ),
        (
            "cloze",
            {"stem": "By ___.", "gaps": [GAPS[3]]},
            {"gaps": [TURNED]},
            "cosmetic",
        ),
    ],
)
def test_a_changed_key_is_a_new_revision(load, item, kind, before, after, change):
    load(question(kind, **before))

    load(question(kind, **before | after))

    assert Revision.objects.filter(item=item()).count() == 2
    assert item().revision.change == change


def test_a_slip_may_be_remarked_upon_beside_what_the_fact_answers(load, item):
    load(question("short_text", accepted=[{"text": "Ida Quist", "share": 0, "feedback": "no"}]))

    assert [(row.text, row.fraction) for row in accepted(item())] == [
        ("Anna Malloy", FULL_FRACTION),
        ("Malloy", FULL_FRACTION),
        ("Ida Quist", 0),
    ]
