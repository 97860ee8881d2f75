"""Each kind of question has the parts that it is asked and marked by."""

import pytest


@pytest.mark.parametrize(
    ("file", "old", "new", "rule", "says"),
    [
        (
            "items.yaml",
            "  options:\n  - {text: about 350, fact: boats-sunk, correct: true}",
            "  options:\n  ▸- {text: about 350, fact: boats-sunk, correct: false, why: no}",
            "form",
            "0 options are correct",
        ),
        (
            "items.yaml",
            "  options:\n  - {text: 'True', correct: true}",
            "  options:\n  ▸- {text: Perhaps, correct: true}",
            "form",
            "not True and False",
        ),
        (
            "items.yaml",
            "- slug: q-class\n  kind: classify\n  unit: the-quarrel\n  tests: [sleeping-keeper]",
            "- ▸slug: q-class\n  kind: classify\n  unit: the-quarrel\n  tests: [strike]",
            "form",
            "Nothing tells the right class",
        ),
        (
            "items.yaml",
            "stem: The ___ is",
            "stem: ▸The one is",
            "form",
            "shows no gap",
        ),
        (
            "items.yaml",
            "accepted: [1200]",
            "accepted: [▸many]",
            "form",
            "“many” is no number",
        ),
        (
            "items.yaml",
            "  pairs:\n  - {left: Ada Morn, right: keeper",
            "  pairs:\n  ▸- {left: tom  reed, right: keeper",
            "form",
            "Two pairs say the same on the left",
        ),
        (
            "items.yaml",
            "is_card: true",
            "is_question: ▸false",
            "form",
            "Neither a card nor a question",
        ),
        (
            "items.yaml",
            "kind: date\n",
            "kind: date\n  order: ▸[storm]\n",
            "form",
            "has no `order`",
        ),
        (
            "items.yaml",
            "  order: [storm, inquiry, petition, closure]",
            "  order: ▸[storm, inquiry]",
            "form",
            "Fewer than three things",
        ),
    ],
)
def test_one_slip_is_told_where_it_stands(refuses, file, old, new, rule, says):
    refuses(file, old, new, rule, says)


def test_a_typed_question_takes_its_answer_from_the_fact(folder):
    folder.replace("items.yaml", "  accepted: [summer 1902]\n", "")

    assert folder.problems() == []


def test_a_typed_question_without_any_answer_is_told(folder):
    folder.replace("items.yaml", "  accepted: [dark hour]\n", "")

    assert [p.message for p in folder.problems()] == ["The stem shows 1 gap, and 0 with a key"]

    folder.replace("items.yaml", "kind: cloze", "kind: date")
    assert [p.message for p in folder.problems()] == [
        "No accepted answer is given, and the first tested fact gives none"
    ]


def test_several_may_be_right_and_one_must_be(folder):
    folder.replace(
        "items.yaml", "- slug: q-boats\n  kind: single", "- slug: q-boats\n  kind: several"
    )
    assert folder.problems() == []

    folder.replace(
        "items.yaml",
        "fact: boats-sunk, correct: true}",
        "fact: boats-sunk, correct: false, why: no}",
    )
    assert [p.message for p in folder.problems()] == ["No option is correct"]


def test_a_choice_has_at_least_two_wrong_options(folder):
    folder.replace(
        "items.yaml",
        "  - {text: A boat hit the tower, correct: false, why: nobody says so}\n",
        "",
    )

    assert [p.message for p in folder.problems()] == ["Fewer than two options are wrong"]


def test_a_matching_question_has_at_least_three_pairs(folder):
    folder.replace(
        "items.yaml",
        "  - {left: Vera Hale, right: archivist of the port, fact: hale}\n",
        "",
    )

    assert [p.message for p in folder.problems()] == ["Fewer than three pairs"]
