"""Names come from the pack alone."""

import pytest


@pytest.mark.parametrize(
    ("words", "strange"),
    [
        ("She kept the lamp that Drake had built.", ["Drake"]),
        ("Francis Drake had built it.", ["Drake"]),
        ("BBC reporters came later.", ["BBC"]),
        ("Kept it on the first Monday in June.", []),
        ("The Gull's lamp, or Morn's.", []),
        ("It burned. Then she slept.", []),
        ("She said: “No oil!” and left.", []),
        ("A Harbor Board of Pikes and Reeds.", []),
    ],
)
def test_a_name_that_no_fact_gives_is_told(folder, words, strange):
    folder.replace(
        "figures.yaml",
        "summary: Kept the lamp on the night of the storm.",
        f"summary: >-\n    {words}",
    )

    told = folder.problems()

    assert [p.message for p in told] == [f"“{w}” is part of no name in this pack" for w in strange]
    assert {p.rule for p in told} <= {"vocabulary"}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("pack.yaml", "licence: MIT", "licence: MIT\nvocabulary: [Drake]"),
        ("terms.yaml", "pages: [8, 8], basis", "pages: [8, 8], anchors: [Drake], basis"),
        ("figures.yaml", "{text: Āda Morna, scheme", "{text: Āda Drake, scheme"),
    ],
)
def test_a_name_that_is_declared_may_be_used(folder, file, old, new):
    folder.replace("figures.yaml", "the night of the storm.", "the night that Drake came.")
    assert [p.rule for p in folder.problems()] == ["vocabulary"]

    folder.replace(file, old, new)

    assert folder.problems() == []
