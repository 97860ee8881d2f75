"""Form: unknown keys, missing ones, and values of the wrong kind."""

import pytest


@pytest.mark.parametrize(
    ("file", "old", "new", "rule", "says"),
    [
        (
            "figures.yaml",
            "sort_name: Reed, Tom",
            "sort_name: Reed\n  ▸nick: Tommy",
            "shape",
            "The key `nick` is not known",
        ),
        (
            "figures.yaml",
            "- slug: hale\n  unit: the-quarrel\n  name: Vera Hale\n",
            "- ▸slug: hale\n  unit: the-quarrel\n",
            "shape",
            "The key `name` is missing",
        ),
        (
            "pack.yaml",
            "version: 1\nschema",
            "version: ▸'1'\nschema",
            "shape",
            "integer",
        ),
        (
            "pack.yaml",
            "language: en",
            "language: en\n▸languages: [en]",
            "shape",
            "`languages` is not known",
        ),
        (
            "pack.yaml",
            "schema_version: 1",
            "schema_version: ▸2",
            "shape",
            "`2` is not known for `schema_version`",
        ),
        (
            "terms.yaml",
            "terms:",
            "▸term: 1\nterms:",
            "shape",
            "`term` is not known",
        ),
        (
            "events.yaml",
            "label: 11 June 1901,",
            "label: ▸1901,",
            "shape",
            "string",
        ),
        (
            "events.yaml",
            "not_after: 1901-06-11",
            "not_after: ▸1901-06-31",
            "shape",
            "date",
        ),
        (
            "events.yaml",
            "not_after: 1901-06-11",
            "not_after: ▸9999-06-11",
            "shape",
            "outside 100 to 9900",
        ),
        (
            "events.yaml",
            "{agent: morn, role",
            "{agent: ▸{note: 3}, role",
            "shape",
            "exactly one",
        ),
        (
            "events.yaml",
            "{agent: morn, role",
            "{agent: ▸{figure: morn, anonymous: x}, role",
            "shape",
            "exactly one",
        ),
        (
            "events.yaml",
            "slug: bribe",
            "slug: ▸The Bribe",
            "shape",
            "pattern",
        ),
        (
            "events.yaml",
            "offset: +1 week",
            "offset: ▸soon",
            "shape",
            "pattern",
        ),
        (
            "events.yaml",
            "status: alleged",
            "status: ▸rumored",
            "shape",
            "`rumored` is not known for `status`",
        ),
        (
            "quantities.yaml",
            "value: 350",
            "value: ▸350.5",
            "shape",
            "integer",
        ),
        (
            "quantities.yaml",
            "value: 350",
            "value: ▸-350",
            "shape",
            "greater than or equal to 0",
        ),
        (
            "terms.yaml",
            "term: blackout",
            "term: ▸''",
            "shape",
            "at least 1 character",
        ),
        (
            "terms.yaml",
            "term: blackout",
            'term: ▸"black\\0out"',
            "shape",
            "control character",
        ),
        (
            "items.yaml",
            "fact: sleeping-keeper, correct: false",
            "fact: sleeping-keeper, correct: ▸no",
            "shape",
            "boolean",
        ),
        (
            "items.yaml",
            "kind: ordering",
            "kind: ▸sorting",
            "shape",
            "`sorting` is not known for `kind`",
        ),
        (
            "quizzes.yaml",
            "pass_mark: 0.6",
            "pass_mark: ▸60.0",
            "shape",
            "less than or equal to 1",
        ),
    ],
)
def test_one_slip_is_told_where_it_stands(refuses, file, old, new, rule, says):
    refuses(file, old, new, rule, says)


def test_a_list_that_is_none_is_told_once(folder):
    (folder.path / "terms.yaml").write_text("terms: 5\n")

    assert [(p.file, p.line, p.column, p.message) for p in folder.problems()] == [
        ("terms.yaml", 1, 8, "`terms` is no list")
    ]


def test_mappings_that_are_none_are_told(folder):
    folder.append("terms.yaml", "- just a word\n")

    assert [p.rule for p in folder.problems()] == ["shape"]


def test_a_date_in_quotes_is_a_date(folder):
    folder.replace("events.yaml", "not_after: 1901-06-11", "not_after: '1901-06-11'")

    assert folder.problems() == []
