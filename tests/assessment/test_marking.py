"""Right and wrong answers to every kind of question, from what is sent to the fraction."""

from decimal import Decimal

import pytest

from quizzes.assessment import marking, responding, sheets
from quizzes.assessment.grading import Grade, Number, Remark, Unmarkable
from quizzes.assessment.responding import Given
from quizzes.assessment.typed_numbers import Bound
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import AcceptedAnswer, Option, OptionKey, Precedence, Revision
from tests.examining import MACHINE_KINDS, MATCHES, RANKS, begin, make_item, make_quiz, raw

pytestmark = pytest.mark.django_db


def asked(book, learner, noon, *items):
    return begin(learner, make_quiz(book, *items), noon).questions


def key_of(item):
    [key] = marking.keys({item.revision.pk: item.revision.kind}).values()
    return key


def mark(question, sent):
    [grade] = marking.graded([(question, question.read(sent))])
    return grade


@pytest.mark.parametrize("kind", MACHINE_KINDS)
def test_a_right_answer_earns_the_whole_mark_and_a_wrong_one_nothing(book, learner, noon, kind):
    [question] = asked(book, learner, noon, make_item(book, kind, kind))

    assert mark(question, raw(question, is_right=True)).fraction == FULL_FRACTION
    assert mark(question, raw(question, is_right=False)).fraction == 0


def test_the_words_of_the_key_come_with_the_mark(book, learner, noon):
    items = [make_item(book, kind, kind) for kind in ("matching", "ordering", "cloze")]
    matching, ordering, cloze = sorted(
        asked(book, learner, noon, *items),
        key=lambda one: ("matching", "ordering", "cloze").index(one.kind),
    )
    pairs = raw(matching, is_right=True)["pairs"]

    assert mark(matching, {"pairs": [*pairs[:2], pairs[0]]}) == Grade(
        6_666_666, ("What left 2 of matching goes with.",)
    )
    assert mark(ordering, raw(ordering, is_right=False)).feedback == (
        "Where line 0 of ordering stands.",
        "Where line 2 of ordering stands.",
        "Where line 3 of ordering stands.",
    )
    assert mark(cloze, raw(cloze, is_right=False)).feedback == ("Why 0 is wrong for cloze.",)


def test_why_a_right_side_goes_with_nothing_is_told_where_it_was_chosen(book, learner, noon):
    item = make_item(book, "matching", "matching")
    OptionKey.objects.filter(option__part=1, option__position=1).update(feedback="It came later.")
    [question] = asked(book, learner, noon, item)

    assert mark(question, raw(question, is_right=False)).feedback[-1] == "It came later."
    assert mark(question, raw(question, is_right=True)).feedback == ()


def test_an_essay_is_no_matter_for_a_machine(book):
    item = make_item(book, "essay", "essay")

    assert key_of(item) == Unmarkable(Remark.BY_A_PERSON)


def test_equal_ranks_go_in_either_order_and_pairs_that_are_laid_down_win(book, learner, noon):
    item = make_item(book, "lines", "ordering")
    [question] = asked(book, learner, noon, item)
    shown = question.served.order

    def fraction(*owns):
        return mark(question, {"order": [shown.index(own) for own in owns]}).fraction

    assert RANKS == (1, 0, 1, 2)
    assert fraction(1, 0, 2, 3) == fraction(1, 2, 0, 3) == FULL_FRACTION
    assert fraction(0, 1, 2, 3) < FULL_FRACTION

    Precedence.objects.create(revision_id=item.revision_id or 0, earlier=3, later=0)
    assert fraction(3, 0, 1, 2) == fraction(1, 3, 2, 0) == FULL_FRACTION
    assert fraction(1, 0, 2, 3) == 0


def test_right_sides_that_read_the_same_are_the_same(book, learner, noon):
    item = make_item(book, "sides", "matching")
    twin = Option.objects.filter(revision=item.revision, part=1, position=1)
    twin.update(text="The right 2 of Sides!")
    [question] = asked(book, learner, noon, item)

    said = [question.served.orders[1].index(own) for own in (1, 0, 4)]

    assert MATCHES == (2, 0, 4)
    assert mark(question, {"pairs": said}).fraction == FULL_FRACTION


@pytest.mark.parametrize("column", ["is_case_exact", "is_accent_exact"])
def test_a_revision_says_whether_capitals_and_accents_matter(book, learner, noon, column):
    item = make_item(book, "name", "short_text")
    AcceptedAnswer.objects.update(text="Beneš")
    [question] = asked(book, learner, noon, item)
    lax = {"is_case_exact": "beneš", "is_accent_exact": "Benes"}[column]

    assert mark(question, {"text": lax}).fraction == FULL_FRACTION
    Revision.objects.update(**{column: True})
    assert mark(question, {"text": lax}).fraction == 0
    assert mark(question, {"text": "Beneš"}).fraction == FULL_FRACTION


@pytest.mark.parametrize(
    ("bound", "text", "meant"),
    [
        ("over", "", Bound.OVER),
        ("at most", "", Bound.AT_MOST),
        ("at_least", "", Bound.AT_LEAST),
        ("", "Over 35,000", Bound.OVER),
        ("", "about 35,000", Bound.ABOUT),
        ("", "35,000", Bound.EXACTLY),
        ("", "", Bound.EXACTLY),
    ],
)
def test_a_number_has_the_bound_that_is_laid_down_or_the_one_of_its_words(book, bound, text, meant):
    item = make_item(book, "count", "number")
    AcceptedAnswer.objects.update(bound=bound, text=text, tolerance=Decimal(5))

    key = key_of(item)

    assert isinstance(key, Number)
    assert [one.bound for one in key.accepted] == [meant]


@pytest.mark.parametrize("kind", ["single", "several", "matching", "ordering", "cloze"])
def test_a_question_whose_key_tells_nothing_is_not_marked_wrong(book, learner, noon, kind):
    item = make_item(book, kind, kind)
    [question] = asked(book, learner, noon, item)
    OptionKey.objects.update(fraction=0, match=None, rank=None)

    assert mark(question, raw(question, is_right=True)).fraction is None


def test_as_many_keys_as_there_are_take_three_queries(
    book, learner, noon, django_assert_num_queries
):
    items = [make_item(book, f"{kind}-{n}", kind) for kind in MACHINE_KINDS for n in range(3)]
    questions = asked(book, learner, noon, *items)

    with django_assert_num_queries(3):
        marking.graded([(one, one.read(raw(one, is_right=True))) for one in questions])


def test_a_page_knows_how_each_gap_is_filled_and_no_key(
    book, learner, noon, django_assert_num_queries
):
    items = [make_item(book, f"{kind}-{n}", kind) for kind in ("cloze", "single") for n in range(2)]
    questions = asked(book, learner, noon, *items)

    with django_assert_num_queries(1):
        kinds = sheets.gap_kinds(questions)

    clozes = {one.served.revision_id for one in questions if one.kind == "cloze"}
    assert kinds == dict.fromkeys(clozes, ("text", "number", "date", "choice"))


def test_the_options_of_all_parts_come_in_one_query(book, learner, noon, django_assert_num_queries):
    items = [make_item(book, kind, kind) for kind in (*MACHINE_KINDS, "cloze")[:-1]]
    questions = asked(book, learner, noon, *items)

    with django_assert_num_queries(1):
        options = sheets.options(questions)

    parts = {one.kind: options[one.served.revision_id] for one in questions}
    assert [len(part) for part in parts["matching"]] == [3, 5]
    assert [len(part) for part in parts["cloze"]] == [0, 0, 0, 4]
    assert parts["ordering"] == (tuple(f"Line {n} of ordering" for n in range(4)),)
    assert parts["number"] == ((),)


def test_a_wrong_gap_is_saved_like_any_other_answer(book, learner, noon):
    """What cannot be read as a number is no fault of the form in a gap, but wrong."""
    item = make_item(book, "gaps", "cloze")
    [question] = asked(book, learner, noon, item)
    sheet = begin(learner, question.served.attempt.quiz, noon)
    sent = {"gaps": ["Feldman", "a lot", "someday", None]}

    responding.save(sheet, [Given(1, sent, 0)], noon)

    assert sheets.of(sheet.attempt).questions[0].served.fraction == FULL_FRACTION // 4
