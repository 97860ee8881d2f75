"""Every core fact is asked, by a recipe or by an authored item."""


def test_what_no_recipe_asks_needs_a_card_and_a_question(folder):
    folder.replace("events.yaml", "  core: false\n", "")

    told = {(p.file, p.rule, p.message) for p in folder.problems()}

    assert told == {
        ("events.yaml", "coverage", "No card asks for the core fact `bribe`"),
        ("events.yaml", "coverage", "No question asks for the core fact `bribe`"),
    }


def test_an_item_that_is_both_covers_both(folder):
    folder.replace("events.yaml", "  core: false\n", "")
    folder.replace(
        "items.yaml",
        "  is_card: true\n  unit: the-quarrel\n  tests: [lamps-dark]\n",
        "  is_card: true\n  framing: {according_to: author}\n  unit: the-quarrel\n"
        "  tests: [lamps-dark, bribe]\n",
    )

    assert folder.problems() == []


def test_a_draft_covers_nothing(folder):
    folder.replace("events.yaml", "  core: false\n", "")
    folder.replace(
        "items.yaml",
        "  is_card: true\n  unit: the-quarrel\n  tests: [lamps-dark]\n",
        "  is_card: true\n  state: draft\n  framing: {according_to: author}\n  unit: the-quarrel\n"
        "  tests: [lamps-dark, bribe]\n",
    )

    assert [p.rule for p in folder.problems()] == ["coverage", "coverage"]


def test_a_figure_of_whom_nothing_is_told_needs_items_or_is_no_core_fact(folder):
    folder.replace("figures.yaml", "  roles: [{text: owner of the tower}]\n", "")
    assert [p.rule for p in folder.problems()] == ["coverage", "coverage"]

    folder.replace(
        "figures.yaml", "  kind: organization\n", "  kind: organization\n  core: false\n"
    )

    assert folder.problems() == []
