"""Pages that the source has, or another work that is named."""

import pytest


@pytest.mark.parametrize(
    ("file", "old", "new", "rule", "says"),
    [
        (
            "terms.yaml",
            "pages: [8, 8]",
            "pages: ▸[8, 18]",
            "pages",
            "`lamp` has no page 18",
        ),
        (
            "terms.yaml",
            "pages: [8, 8]",
            "pages: ▸[8, 7]",
            "pages",
            "8, 7 run backward",
        ),
        (
            "terms.yaml",
            "pages: [8, 8]",
            "pages: ▸[ix, ix]",
            "pages",
            "`lamp` has no page ix",
        ),
        (
            "terms.yaml",
            "{source: lamp, pages: [8, 8], basis",
            "▸{source: lamp, basis",
            "pages",
            "Source or pages are missing",
        ),
        (
            "terms.yaml",
            "pages: [8, 8], basis",
            "pages: [8, 8], reference: ▸Almanac, basis",
            "pages",
            "beside pages",
        ),
        (
            "terms.yaml",
            "pages: [8, 8], basis: stated",
            "pages: ▸[8, 8], reference: Almanac, basis: external",
            "external-source",
            "cites no page",
        ),
        (
            "terms.yaml",
            "{source: lamp, pages: [8, 8], basis: stated",
            "▸{basis: external",
            "external-source",
            "not named",
        ),
        (
            "arguments.yaml",
            "worked two nights., locators: [{source: lamp, pages: [7, 7]",
            "worked two nights., locators: [{source: lamp, pages: ▸[70, 70]",
            "pages",
            "no page 70",
        ),
        (
            "pack.yaml",
            "pages: [1, 4]",
            "pages: ▸[4, 1]",
            "pages",
            "run backward",
        ),
    ],
)
def test_one_slip_is_told_where_it_stands(refuses, file, old, new, rule, says):
    refuses(file, old, new, rule, says)


def test_two_numberings_do_not_mix(folder):
    folder.replace("terms.yaml", "pages: [8, 8]", "pages: [vii, 8]")

    assert [(p.rule, p.message) for p in folder.problems()] == [
        ("pages", "The pages vii, 8 run backward or mix two numberings")
    ]


def test_another_work_is_cited_by_its_reference_alone(folder):
    folder.replace(
        "terms.yaml",
        "{source: lamp, pages: [8, 8], basis: stated",
        "{reference: The Pilot's Almanac, basis: external",
    )

    assert folder.problems() == []
