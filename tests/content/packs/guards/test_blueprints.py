"""A quiz names questions that can be asked, and draws by what some question has."""

import pytest

OLD = "[{unit: the-storm, skill: recall, count: 3}"


def test_a_quiz_may_name_questions_draw_by_tag_and_have_parts(folder):
    folder.replace("items.yaml", "  accepted: [1200]\n", "  accepted: [1200]\n  tags: [numbers]\n")
    parts = "{heading: Numbers, tag: numbers, weight: 2}, {heading: Rest, item: q-boats}"
    folder.replace("quizzes.yaml", OLD, f"[{parts}")

    assert folder.problems() == []


@pytest.mark.parametrize(
    ("draws", "says"),
    [
        ("{tag: ▸numbers}", "No question has the tag “numbers”"),
        ("{item: q-boats, kind: ▸single}", "A question that is named is not drawn by `kind`"),
        ("{item: q-boats, count: ▸2}", "A question that is named is not drawn by `count`"),
        ("{item: q-boats}, {item: ▸q-boats}", "`q-boats` is asked already"),
    ],
)
def test_a_draw_that_can_ask_nothing_is_told(refuses, draws, says):
    refuses("quizzes.yaml", OLD, f"[{draws}", "blueprint", says)


def test_only_questions_that_are_ready_are_named(folder):
    folder.replace("items.yaml", "- slug: q-boats\n", "- slug: q-boats\n  state: draft\n")
    place = folder.spoil("quizzes.yaml", OLD, "[{item: ▸q-boats}")

    assert [(p.line, p.column, p.message) for p in folder.problems()] == [
        (*place, "`q-boats` is no question that a quiz may ask")
    ]


def test_a_question_that_is_named_exists(refuses):
    says = "`q-none` is not among questions"

    refuses("quizzes.yaml", OLD, "[{item: ▸q-none}", "reference", says)
