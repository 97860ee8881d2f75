"""Every kind of question has a key that a mark could be given by."""

import pytest

QUESTION = """
- slug: q-new
  kind: KIND
  unit: the-storm
  tests: [storm, morn, boats-sunk]
  skill: recall
  stem: STEM
  KEY
  explanation: So the book tells it.
cards:
"""
PAIRS = """pairs:
  - {left: The keeper, right: Ada Morn}
  - {left: The pilot, right: Sam Pike}
  - {left: The historian, right: Tom Reed}
  """


@pytest.fixture
def ask(folder):
    """Adds a question; the place that `▸` marks in it."""

    def ask(kind, key, stem="What of the storm?"):
        text = QUESTION.strip().replace("KIND", kind).replace("STEM", stem).replace("KEY", key)
        if "▸" in text:
            return folder.spoil("items.yaml", "cards:\n", f"{text}\n")
        folder.replace("items.yaml", "cards:\n", f"{text}\n")
        return None

    return ask


def test_a_question_may_leave_the_whole_mark_to_its_first_fact(ask, folder):
    ask("short_text", "accepted: [{text: Morn, share: 0, feedback: she kept it}]")
    folder.replace("items.yaml", "tests: [storm, morn, boats-sunk]", "tests: [reed]")

    assert folder.problems() == []


@pytest.fixture
def refuses_key(ask, folder):
    """Assert that a question breaks one rule, at the marked place."""

    def refuses_key(kind, key, rule, says, **more):
        place = ask(kind, key, **more)
        told = [(p.file, (p.line, p.column), p.rule, p.message) for p in folder.problems()]
        assert told == [("items.yaml", place, rule, says)]
        assert all(problem.remedy for problem in folder.problems())

    return refuses_key


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("short_text", "accepted: [Ada Morn, {text: Morn, share: 0.5, feedback: which}]"),
        ("short_text", "accepted: [Ada Morn, {text: Tom Reed, share: 0, feedback: later}]"),
        ("short_text", "is_case_exact: true\n  accepted: [Morn, {text: morn, share: 0.9}]"),
        ("number", "accepted: [{number: 350, tolerance: 10.5, bound: about}, 0.5]"),
        ("number", "accepted: [{number: 350, text: about 350}]"),
        ("date", "accepted: [11 June 1901, {text: June 1901, share: 0.5}]"),
        ("matching", f"{PAIRS}distractors: [{{text: Vera Hale, why: she kept the archive}}]"),
        ("essay", "rubric: [{text: Names the night, weight: 2}, {text: Says why}]"),
    ],
)
def test_keys_of_every_kind_are_lawful(ask, folder, kind, key):
    ask(kind, key)

    assert folder.problems() == []


def test_a_cloze_has_gaps_of_several_kinds(ask, folder):
    gaps = """gaps:
  - {accepted: [Ada Morn, {text: Morn, share: 0.5}]}
  - {kind: number, accepted: [{number: 350, bound: about}]}
  - {kind: date, accepted: [11 June 1901]}
  - kind: choice
    options:
    - {text: the tower, correct: true}
    - {text: the port, correct: false, why: it was dark there}"""
    ask("cloze", gaps, stem="___ saw ___ boats on ___ from ___.")

    assert folder.problems() == []


@pytest.mark.parametrize(
    ("kind", "key", "says"),
    [
        (
            "short_text",
            "accepted: ▸[{text: Morn, share: 0.5}]",
            "No accepted answer earns the whole mark",
        ),
        ("short_text", "accepted: [Morn, ▸{share: 0.5}]", "An accepted answer without an answer"),
        ("short_text", "accepted: [Morn, ▸morn]", "“morn” is accepted already, as “Morn”"),
        ("number", "accepted: [{number: 350}, ▸350]", "“350” is accepted already, as “350”"),
        (
            "date",
            "accepted: [11 June 1901, ▸1901-06-11]",
            "“1901-06-11” is accepted already, as “11 June 1901”",
        ),
        (
            "number",
            "accepted: [{number: 350, text: ▸about 35}]",
            "“about 35” says another number than `number`",
        ),
        (
            "short_text",
            "accepted: [{text: Morn, tolerance: ▸2}]",
            "`tolerance` belongs to a number",
        ),
        (
            "short_text",
            "accepted: [Morn, ▸{text: Reed, share: 0}]",
            "An answer that earns nothing and about which nothing is said",
        ),
    ],
)
def test_a_typed_answer_earns_something_and_stands_once(refuses_key, kind, key, says):
    refuses_key(kind, key, "accepted", says)


@pytest.mark.parametrize(
    ("stem", "key", "says"),
    [
        (
            "The ___ and the ___.",
            "gaps: ▸[{accepted: [lamp]}]",
            "The stem shows 2 gaps, and 1 with a key",
        ),
        ("The ___.", "gaps: [▸{accepted: []}]", "Nothing is right in this gap"),
        (
            "The ___.",
            "gaps: [{kind: choice, accepted: ▸[lamp], options: OPTIONS}]",
            "A gap of kind choice has no `accepted`",
        ),
        (
            "The ___.",
            "gaps: [{kind: choice, options: ▸[{text: lamp, correct: true}]}]",
            "A gap with one option gives no choice",
        ),
        (
            "The ___.",
            "accepted: ▸[lamp]\n  gaps: [{accepted: [lamp]}]",
            "Both `gaps` and `accepted` say what fills the gaps",
        ),
    ],
)
def test_every_gap_has_a_key_of_its_kind(refuses_key, stem, key, says):
    options = "[{text: lamp, correct: true}, {text: horn, correct: false, why: no}]"

    refuses_key("cloze", key.replace("OPTIONS", options), "gap", says, stem=stem)


def test_a_gap_is_three_underscores(refuses_key):
    says = "A gap is three underscores: ___"

    refuses_key("cloze", "accepted: [lamp]", "gap", says, stem="▸The _____.")


@pytest.mark.parametrize(
    ("key", "rule", "says"),
    [
        (
            "distractors: [{text: ▸tom reed, why: no}]",
            "distractor",
            "“tom reed” stands on the right already",
        ),
        (
            "distractors: [▸{text: Vera Hale}]",
            "why",
            "The distractor “Vera Hale” does not say why",
        ),
    ],
)
def test_an_extra_right_side_belongs_to_nothing(refuses_key, key, rule, says):
    refuses_key("matching", PAIRS + key, rule, says)


def test_an_essay_has_a_rubric(ask, folder):
    ask("essay", "model_answer: For want of oil.")

    assert [(p.rule, p.message) for p in folder.problems()] == [
        ("rubric", "Nothing says what earns the mark")
    ]


def test_each_criterion_stands_once(refuses_key):
    key = "rubric: [{text: Says why}, {text: ▸says why!}]"

    refuses_key("essay", key, "rubric", "“says why!” is looked for already")


@pytest.mark.parametrize(
    ("kind", "key", "part"),
    [
        ("short_text", "rubric: ▸[{text: Says why}]", "rubric"),
        ("short_text", "model_answer: ▸For want of oil", "model_answer"),
        ("short_text", "gaps: ▸[{accepted: [lamp]}]", "gaps"),
        ("short_text", "distractors: ▸[{text: Vera Hale, why: no}]", "distractors"),
        ("number", "is_case_exact: ▸true", "is_case_exact"),
    ],
)
def test_no_question_has_the_parts_of_another_kind(refuses_key, kind, key, part):
    says = f"A question of kind {kind} has no `{part}`"

    refuses_key(kind, f"accepted: [350]\n  {key}", "form", says)


@pytest.mark.parametrize(
    ("kind", "key", "says"),
    [
        (
            "short_text",
            "accepted: [Ada Morn]\n  hint: ▸Think of ada Morn, then",
            "The hint says the answer “Ada Morn”",
        ),
        ("number", "accepted: [350]\n  hint: ▸From 350 on", "The hint says the answer “350”"),
        ("matching", f"{PAIRS}hint: ▸Sam Pike was at sea", "The hint says the answer “Sam Pike”"),
    ],
)
def test_a_hint_does_not_say_the_answer(refuses_key, kind, key, says):
    refuses_key(kind, key, "hint", says)


def test_a_hint_does_not_say_the_name_that_is_asked_for(folder):
    folder.replace("items.yaml", "kind: cloze", "hint: At the dark hour\n  kind: short_text")
    folder.replace("items.yaml", "  accepted: [dark hour]\n", "")

    assert [(p.rule, p.message) for p in folder.problems()] == [
        ("hint", "The hint says the answer “dark hour”")
    ]


def test_a_gap_that_gives_options_says_why_each_is_wrong(refuses_key):
    key = """gaps:
  - kind: choice
    options:
    - {text: lamp, correct: true}
    - ▸{text: horn, correct: false}"""

    says = "The wrong option “horn” does not say why"
    refuses_key("cloze", key, "why", says, stem="The ___.")
