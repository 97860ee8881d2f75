"""Whose view it is, and that the author does not share it."""

import pytest


@pytest.mark.parametrize(
    ("file", "old", "new", "rule", "says"),
    [
        (
            "arguments.yaml",
            "stance: {value: rejects",
            "stance: {value: ▸accepts",
            "stance-contradicted",
            "An official charge that the author accepts",
        ),
        (
            "arguments.yaml",
            "holders: [{agent: author}]",
            "holders: ▸[{agent: reed}]",
            "stance-contradicted",
            "the author does not hold it",
        ),
        (
            "arguments.yaml",
            "holders: [{agent: {anonymous: some pilots, note: 12}, mode: suggests}]",
            "holders: ▸[]",
            "stance-contradicted",
            "Nobody holds this view",
        ),
        (
            "items.yaml",
            "front: What did the Harbor Board allege of the keeper?",
            "front: ▸Why did the lamp go dark?",
            "stance-unframed",
            "`sleeping-keeper` is told as a fact",
        ),
        (
            "items.yaml",
            "stem: Why did the lamp go dark?\n  framing: {according_to: author}",
            "stem: ▸Why did the lamp go dark?",
            "stance-unframed",
            "told as a fact",
        ),
        (
            "items.yaml",
            "and it was wrong.\n  framing: {according_to: author}",
            "and it was wrong.\n  framing: {according_to: ▸hale}",
            "holder",
            "the view of hale",
        ),
    ],
)
def test_one_slip_is_told_where_it_stands(refuses, file, old, new, rule, says):
    refuses(file, old, new, rule, says)


def test_an_established_fact_is_one_for_the_author_too(folder):
    folder.replace("arguments.yaml", "kind: reported_view", "kind: established_fact")
    place = folder.spoil("arguments.yaml", "{value: doubts}", "{value: ▸doubts}")

    (problem,) = folder.problems()

    assert (problem.line, problem.column, problem.rule) == (*place, "stance-contradicted")


def test_a_denied_claim_is_never_simply_true(folder):
    folder.replace("items.yaml", "and it was wrong.\n  framing: {according_to: author}", "truly.")

    (problem,) = folder.problems()

    assert problem.rule == "stance-unframed"
    assert problem.message.startswith("The key is True")


@pytest.mark.parametrize(
    "front",
    [
        "What did the board's harbor master, so-called, say of Ada Morn?",
        "What was Ada Morn supposed to have done?",
        "What did Tom Reed object to?",
        "Of what was Ada Morn accused?",
    ],
)
def test_a_view_may_be_told_with_its_holder_or_a_word_of_caution(folder, front):
    folder.replace("items.yaml", "What did the Harbor Board allege of the keeper?", front)

    assert folder.problems() == []


def test_an_alleged_event_is_not_told_as_one_that_happened(folder):
    card = (
        "- {slug: c-bribe, unit: the-quarrel, tests: [bribe],"
        " front: Who was bribed?, back: The keeper}\n"
    )
    folder.append("items.yaml", card)

    assert [p.rule for p in folder.problems()] == ["stance-unframed"]

    folder.replace("items.yaml", "Who was bribed?", "Who is alleged to have been bribed?")

    assert folder.problems() == []


def test_a_question_may_ask_whose_view_it_is(folder):
    folder.replace(
        "items.yaml",
        "stem: Why did the lamp go dark?\n  framing: {according_to: author}",
        "stem: Who explained the dark lamp by a lack of oil?",
    )

    assert folder.problems() == []


WHO_SAID_SALT = """
- slug: q-salt
  kind: short_text
  unit: the-quarrel
  tests: [salt-water]
  skill: attribute
  stem: Who suggested that spray reached the wick?
  accepted: [{who}]
  explanation: The book names nobody.
cards: []
"""


@pytest.mark.parametrize(("who", "rules"), [("some pilots", []), ("Tom Reed", ["anonymous"])])
def test_a_view_without_a_name_is_given_none(folder, who, rules):
    text = (folder.path / "items.yaml").read_text().partition("cards:")[0]
    (folder.path / "items.yaml").write_text(text + WHO_SAID_SALT.strip().replace("{who}", who))

    assert [p.rule for p in folder.problems()] == rules
