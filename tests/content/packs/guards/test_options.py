"""Wrong options are wrong, differ, and say why."""

import pytest


@pytest.mark.parametrize(
    ("file", "old", "new", "rule", "says"),
    [
        (
            "items.yaml",
            "{text: about 35,",
            "{text: ▸'About  350!',",
            "distractor",
            "says the same as “about 350”",
        ),
        (
            "items.yaml",
            "- {text: Sam Pike, fact: pike, correct: false, why: he was a pilot}",
            "- ▸{text: Sam Pike, fact: pike, correct: false}",
            "why",
            "does not say why",
        ),
        (
            "items.yaml",
            "{text: about 35, correct",
            "{text: ▸'350', correct",
            "distractor",
            "without its bound",
        ),
    ],
)
def test_one_slip_is_told_where_it_stands(refuses, file, old, new, rule, says):
    refuses(file, old, new, rule, says)


def test_what_is_mixed_up_is_told_apart(folder):
    folder.replace("items.yaml", "; the dark hour was an accident", "")
    place = folder.place_of("items.yaml", "{text: the blackout")

    (problem,) = folder.problems()

    assert (problem.line, problem.column, problem.rule) == (*place, "tell")
    assert problem.message == "The explanation does not tell `dark-hour` from `blackout`"
    assert "the dark hour was an accident" in problem.remedy

    folder.replace("items.yaml", "The term is the author's.", "The dark hour was an accident.")

    assert folder.problems() == []


WHEN = """
- slug: q-when
  kind: single
  unit: the-quarrel
  tests: [strike]
  skill: recall
  stem: When did the pilots strike?
  options:
  - {text: summer 1902, correct: true}
  - {text: ▸OTHER, correct: false, why: not then}
  - {text: early 1903, correct: false, why: not then}
  explanation: The book says only the season.
cards:
"""


@pytest.mark.parametrize(
    ("other", "rules"),
    [("spring 1902", []), ("July 1902", ["distractor"]), ("'1902'", ["distractor"])],
)
def test_a_wrong_date_does_not_overlap_with_the_right_one(folder, other, rules):
    place = folder.spoil("items.yaml", "cards:\n", WHEN.strip().replace("OTHER", other) + "\n")

    told = [(p.line, p.column, p.rule) for p in folder.problems()]

    assert told == [(*place, rule) for rule in rules]


WHO = """
- slug: q-who
  kind: single
  unit: the-quarrel
  tests: [strike]
  skill: recall
  stem: Who spoke at the strike?
  options:
  - {text: Sam Pike, fact: pike, correct: true}
  - {text: ▸OTHER, correct: false, why: not there}
  - {text: Vera Hale, correct: false, why: not there}
  explanation: Two pilots did.
cards:
"""


def test_a_wrong_option_is_not_true_of_the_same_fact(folder):
    folder.replace(
        "figures.yaml", "sort_name: Cole, Ned", "sort_name: Cole, Ned\n  fate: {text: Drowned}"
    )
    place = folder.spoil("items.yaml", "cards:\n", WHO.strip().replace("OTHER", "Ned Cole") + "\n")

    (problem,) = folder.problems()

    assert (problem.line, problem.column, problem.rule) == (*place, "distractor")
    assert problem.message == "“Ned Cole” is true too: `strike` has both as speaker"


def test_a_wrong_option_may_have_another_part_in_the_same_fact(folder):
    folder.replace("events.yaml", "{agent: cole, role: speaker}", "{agent: cole, role: cook}")
    folder.spoil("items.yaml", "cards:\n", WHO.strip().replace("OTHER", "Ned Cole") + "\n")

    assert folder.problems() == []


def test_a_true_false_question_needs_no_why(folder):
    assert "{text: 'False', correct: false}" in (folder.path / "items.yaml").read_text()
    assert folder.problems() == []


def test_a_retired_item_is_no_longer_judged(folder):
    folder.replace("items.yaml", ", why: he was a pilot", "")
    assert folder.problems() != []

    folder.replace("items.yaml", "slug: q-keeper", "slug: q-keeper\n  state: retired")

    assert folder.problems() == []
