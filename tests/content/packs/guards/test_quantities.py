"""Numbers with their bound and the things they count."""

import pytest


@pytest.mark.parametrize(
    ("file", "old", "new", "rule", "says"),
    [
        (
            "quantities.yaml",
            "  value: 350\n  bound: about",
            "  bound: ▸about",
            "quantity",
            "needs a number",
        ),
        (
            "quantities.yaml",
            "  bound: several",
            "  value: ▸5\n  bound: several",
            "quantity",
            "do not ascend",
        ),
        (
            "quantities.yaml",
            "  bound: several\n  lower: 10",
            "  bound: ▸range",
            "quantity",
            "two ends",
        ),
        (
            "items.yaml",
            "text: about 350",
            "text: ▸'350'",
            "bound-missing",
            "without its bound",
        ),
        (
            "items.yaml",
            "text: about 350",
            "text: ▸three hundred and 350 vessels",
            "bound-missing",
            "without its bound",
        ),
        (
            "items.yaml",
            "About 350 vessels went down.",
            "▸About 350 lamps were dark.",
            "population",
            "350 stands beside what `lamps-dark` counts",
        ),
        (
            "figures.yaml",
            "Kept the lamp on the night of the storm.",
            "▸She put out 350 lamps.",
            "population",
            "stands beside",
        ),
    ],
)
def test_one_slip_is_told_where_it_stands(refuses, file, old, new, rule, says):
    refuses(file, old, new, rule, says)


def test_the_question_and_its_key_count_the_same(folder):
    folder.replace(
        "items.yaml", "How many vessels were sunk in the storm?", "How many lamps went out?"
    )
    place = folder.place_of("items.yaml", "about 350, fact")

    (problem,) = folder.problems()

    assert (problem.line, problem.column, problem.rule) == (*place, "population")


def test_a_shared_word_does_not_hide_that_others_were_counted(folder):
    folder.append(
        "quantities.yaml",
        "- {slug: boats-damaged, unit: the-storm, core: false, statement: Vessels damaged,"
        " bound: several, counts: vessels, population: vessels damaged,"
        " locators: [{source: lamp, pages: [2, 2], basis: stated}]}\n",
    )
    folder.replace("items.yaml", "About 350 vessels went down.", "About 350 vessels were damaged.")

    assert [(p.file, p.rule) for p in folder.problems()] == [("items.yaml", "population")]


def test_numbers_in_one_sentence_each_stand_beside_their_own(folder):
    folder.replace(
        "items.yaml",
        "About 350 vessels went down.",
        "About 350 vessels went down, and at least 1,200 lamps were put out.",
    )

    assert folder.problems() == []


def test_a_statement_that_is_true_shows_the_bound_in_its_stem(folder):
    folder.append(
        "items.yaml",
        "- {slug: c-lamps, unit: the-quarrel, tests: [lamps-dark], front: How many lamps?,"
        " back: 'Some 1,200 lamps'}\n",
    )

    assert [(p.rule, "lamps-dark" in p.message) for p in folder.problems()] == [
        ("bound-missing", True)
    ]


def test_a_typed_number_needs_no_bound(folder):
    folder.replace("items.yaml", "accepted: [1200]", "accepted: ['1,200']")

    assert folder.problems() == []
