from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.content.packs.shapes import Card, Question
from quizzes.items import authoring
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import AcceptedAnswer, Item, Key, OptionKey, Revision


def question(slug, kind, **more):
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


def choices(*texts):
    return [
        {"text": text, "correct": not place, "why": None if not place else "No page says so."}
        for place, text in enumerate(texts)
    ]


def card(front="Who led?", back="**Malloy** did.", **more):
    known = {"slug": "c-lead", "unit": "walkout", "tests": ["malloy"], "front": front, "back": back}
    return Card.model_validate(known | more)


@pytest.fixture
def load(book, cast, storm, noon):
    return lambda questions=(), cards=(): authoring.load(book, questions, cards, noon)


@pytest.fixture
def item(book):
    return lambda slug: Item.objects.select_related("revision").get(book=book, slug=slug)


def keys(item):
    rows = OptionKey.objects.filter(option__revision=item.revision)
    return list(rows.order_by("option__part", "option__position"))


def accepted(item):
    return AcceptedAnswer.objects.filter(revision=item.revision).order_by("position")


def test_a_single_choice_keeps_its_reasons_apart_from_its_options(load, item):
    load([question("q-one", "single", options=choices("The Board", "The press", "The fog"))])

    one = item("q-one")
    assert [key.fraction for key in keys(one)] == [FULL_FRACTION, 0, 0]
    assert keys(one)[1].feedback == "No page says so."
    assert Key.objects.get(revision=one.revision).answer == "The Board"
    assert (one.origin, one.is_card, one.is_question) == (Item.Origin.PACK, False, True)
    assert not hasattr(one.revision.options.first(), "optionkey")


def test_several_right_options_share_the_mark(load, item):
    options = choices("A lamp", "A horn", "A flag")
    options[1]["correct"] = True

    load([question("q-several", "several", options=options)])
    assert [key.fraction for key in keys(item("q-several"))] == [
        FULL_FRACTION // 2,
        FULL_FRACTION // 2,
        0,
    ]


def test_true_and_false_stay_in_their_order(load, item):
    load([question("q-true", "true_false", options=choices("True", "False"))])

    assert not item("q-true").revision.is_shuffled


def test_what_the_author_leaves_out_is_taken_from_the_first_fact(load, item):
    load([question("q-who", "short_text"), question("q-when", "date", tests=["storm"])])

    assert [one.text for one in accepted(item("q-who"))] == ["Anna Malloy", "Malloy"]
    date = accepted(item("q-when")).get()
    assert (date.text, date.precision) == ("3 March 1911", "day")


def test_a_number_is_accepted_however_it_is_written(load, item):
    load([question("q-number", "number", accepted=["about 1,200"])])

    assert accepted(item("q-number")).get().number == Decimal(1200)


def test_order_and_matches_are_keys_of_options(load, item):
    pairs = [{"left": f"l{n}", "right": f"r{n}"} for n in range(3)]
    load([
        question("q-order", "ordering", order=["quist", "malloy", "dunn"]),
        question("q-match", "matching", pairs=pairs),
    ])  # fmt: skip

    assert [key.rank for key in keys(item("q-order"))] == [0, 1, 2]
    matching = keys(item("q-match"))
    assert [key.match for key in matching] == [0, 1, 2, None, None, None]
    assert [key.option.part for key in matching] == [0, 0, 0, 1, 1, 1]


def test_several_gaps_take_one_answer_each(load, item):
    load([question("q-gaps", "cloze", stem="___ met ___.", accepted=["Malloy", "Reyes"])])

    assert [(one.part, one.text) for one in accepted(item("q-gaps"))] == [
        (0, "Malloy"),
        (1, "Reyes"),
    ]


def test_what_cannot_be_marked_is_kept_as_a_draft_with_the_reason(load, item):
    report = load([question("q-odd", "number", accepted=["many"])])

    assert item("q-odd").state == Item.State.DRAFT
    assert report.notes == ("q-odd: “many” is no number",)


def test_a_question_says_whose_view_it_asks_for(load, item):
    framing = {"according_to": "quist"}
    load([question("q-view", "short_text", stem="Why did it end?", framing=framing)])

    assert item("q-view").revision.stem == "According to Ida Quist, why did it end?"


def test_a_stem_that_says_whose_view_it_is_is_left_alone(load, item):
    framing = {"according_to": "quist"}
    stem = "What ended it, as Quist saw it?"
    load([question("q-view", "short_text", stem=stem, framing=framing)])

    assert item("q-view").revision.stem == stem


def test_a_card_is_markdown_on_both_sides(load, item):
    load(cards=[card()])

    one = item("c-lead")
    assert (one.is_card, one.is_question) == (True, False)
    assert (
        Key.objects.get(revision=one.revision).answer_html == "<p><strong>Malloy</strong> did.</p>"
    )


def test_a_new_answer_is_substantive_and_a_new_spelling_cosmetic(load, item):
    load(cards=[card(back="Malloy")])

    assert load(cards=[card(back="Mállóy.")]).cosmetic == ("c-lead",)
    assert load(cards=[card(back="Quist")]).substantive == ("c-lead",)
    assert item("c-lead").revision.number == 3


def test_an_author_may_declare_a_change_of_substance(load):
    load(cards=[card(front="Who led the men?")])

    report = load(cards=[card(front="Who led the officers?", change="substantive")])
    assert report.substantive == ("c-lead",)


def test_items_are_retired_and_never_deleted(load, item):
    load(cards=[card()])

    assert load().retired == ("c-lead",)
    assert item("c-lead").state == Item.State.RETIRED
    assert Revision.objects.filter(item=item("c-lead")).count() == 1
    assert load(cards=[card()]).returned == ("c-lead",)


def test_the_same_pack_a_second_time_writes_nothing(load):
    pack = [question("q-match", "matching", pairs=[{"left": "a", "right": "b"}] * 1)]
    pack += [question("q-one", "single", options=choices("The Board", "The press", "The fog"))]
    pack += [question("q-when", "date", tests=["storm"]), question("q-n", "number", accepted=[8])]
    load(pack, [card()])

    with CaptureQueriesContext(connection) as captured:
        report = load(pack, [card()])
    verbs = {query["sql"].split()[0] for query in captured.captured_queries}
    assert not verbs & {"INSERT", "UPDATE", "DELETE"}
    assert not report.has_changed_wording
