"""No question asks to tell apart what the pack itself cannot."""

WHO = """
- slug: q-who
  kind: single
  unit: the-quarrel
  tests: [pike]
  skill: recall
  stem: Who was a pilot in the strike?
  options:
  - {text: Sam Pike, fact: pike, correct: true}
  - {text: ▸Ned Cole, correct: false, why: not he}
  - {text: Vera Hale, correct: false, why: she was no pilot}
  explanation: Sam Pike was.
cards:
"""


def test_twins_are_not_asked_to_be_told_apart(folder):
    place = folder.spoil("items.yaml", "cards:\n", WHO.strip() + "\n")

    (problem,) = folder.problems()

    assert (problem.line, problem.column, problem.rule) == (*place, "discriminability")
    assert problem.message == "Nothing in the pack tells “Ned Cole” from Sam Pike"


def test_what_is_known_of_one_tells_them_apart(folder):
    folder.spoil("items.yaml", "cards:\n", WHO.strip() + "\n")
    folder.replace(
        "figures.yaml", "sort_name: Cole, Ned", "sort_name: Cole, Ned\n  fate: {text: Drowned}"
    )

    assert folder.problems() == []


def test_another_part_in_an_event_tells_them_apart(folder):
    folder.spoil("items.yaml", "cards:\n", WHO.strip() + "\n")
    folder.replace("events.yaml", "{agent: cole, role: speaker}", "{agent: cole, role: cook}")

    assert folder.problems() == []
