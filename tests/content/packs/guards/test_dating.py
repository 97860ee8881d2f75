"""Bounds by the house rule, and no answer finer than its fact."""

import pytest


@pytest.mark.parametrize(
    ("file", "old", "new", "rule", "says"),
    [
        (
            "events.yaml",
            "not_before: 1902-06-01, not_after: 1902-08-31",
            "not_before: ▸1902-06-01, not_after: 1902-08-30",
            "date-bounds",
            "not the bounds",
        ),
        (
            "events.yaml",
            "part: early, not_before: 1903-01-01",
            "part: late, not_before: ▸1903-01-01",
            "date-bounds",
            "not the bounds",
        ),
        (
            "events.yaml",
            "    not_before: 1901-06-12\n    not_after: 1901-06-20",
            "    not_before: 1901-06-22\n    not_after: ▸1901-06-20",
            "date-bounds",
            "ends before it begins",
        ),
        (
            "events.yaml",
            "{label: before the storm, precision: era}",
            "▸{label: before the storm, precision: year}",
            "date-bounds",
            "both bounds",
        ),
        (
            "events.yaml",
            "{label: before the storm, precision: era}",
            "▸{label: before the storm, precision: era, relative_to: {event: storm}}",
            "date-bounds",
            "go together",
        ),
        (
            "events.yaml",
            "    precision: relative",
            "    precision: relative\n    part: ▸mid",
            "date-bounds",
            "no meaning",
        ),
        (
            "events.yaml",
            "precision: day",
            "precision: day, part: ▸mid",
            "date-bounds",
            "no thirds",
        ),
        (
            "events.yaml",
            "label: summer 1902",
            "label: ▸July 1902",
            "precision",
            "July 1902, finer",
        ),
        (
            "items.yaml",
            "accepted: [summer 1902]",
            "accepted: [▸July 1902]",
            "precision",
            "July 1902, finer",
        ),
        (
            "items.yaml",
            "accepted: [summer 1902]",
            "accepted: [▸12 July 1902]",
            "precision",
            "12 July 1902, finer",
        ),
        (
            "items.yaml",
            "accepted: [summer 1902]",
            "accepted: [▸that summer]",
            "precision",
            "cannot be read",
        ),
    ],
)
def test_one_slip_is_told_where_it_stands(refuses, file, old, new, rule, says):
    refuses(file, old, new, rule, says)


@pytest.mark.parametrize("answer", ["summer 1902", "1902", "the summer of 1902"])
def test_an_answer_may_be_as_fine_as_the_fact_or_coarser(folder, answer):
    folder.replace("items.yaml", "accepted: [summer 1902]", f"accepted: ['{answer}']")

    assert folder.problems() == []


def test_an_answer_is_a_date_of_what_is_asked(folder):
    place = folder.spoil("items.yaml", "accepted: [summer 1902]", "accepted: [▸summer 1903]")

    (problem,) = folder.problems()

    assert (problem.line, problem.column, problem.rule) == (*place, "precision")
    assert problem.message == "summer 1903 is no date of a fact it tests"


def test_a_card_says_no_more_than_its_fact(folder):
    folder.append(
        "items.yaml",
        "- {slug: c-strike, unit: the-quarrel, tests: [strike],"
        " front: When was the strike?, back: It began in July 1902.}\n",
    )

    assert [p.rule for p in folder.problems()] == ["precision"]


def test_a_finer_date_that_the_fact_itself_tells_may_be_answered(folder):
    folder.replace(
        "events.yaml",
        "  title: The pilots' strike\n",
        "  title: The pilots' strike\n  summary: It began in July 1902.\n",
    )
    folder.replace("items.yaml", "accepted: [summer 1902]", "accepted: [July 1902]")

    assert folder.problems() == []


def test_a_range_may_name_its_ends(folder):
    folder.replace(
        "events.yaml",
        "{label: August 1902, precision: month, not_before: 1902-08-01, not_after: 1902-08-31}",
        "{label: from August 1902 to early 1903, precision: range,"
        " not_before: 1902-08-01, not_after: 1902-12-31}",
    )

    assert folder.problems() == []


def test_words_are_not_judged_in_a_language_that_the_guards_cannot_read(folder):
    folder.replace("pack.yaml", "language: en", "language: de")
    folder.replace("items.yaml", "accepted: [summer 1902]", "accepted: [July 1902]")

    assert folder.problems() == []
