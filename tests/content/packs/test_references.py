"""Slugs that are taken, unknown, of the wrong kind or lead in a ring."""

import pytest


@pytest.mark.parametrize(
    ("file", "old", "new", "rule", "says"),
    [
        (
            "pack.yaml",
            "chapter: 0, pages: [4, 9]",
            "chapter: ▸7, pages: [4, 9]",
            "reference",
            "no chapter 7",
        ),
        (
            "quizzes.yaml",
            "- slug: storm-quiz",
            "- {slug: first, title: One, blueprint: [{count: 1}]}\n- slug: ▸first",
            "reference",
            "`first` is taken",
        ),
        (
            "terms.yaml",
            "unit: the-storm",
            "unit: ▸the-calm",
            "reference",
            "`the-calm` is not among units",
        ),
        (
            "terms.yaml",
            "not_the_same_as: [blackout]",
            "not_the_same_as: [▸fog]",
            "reference",
            "not among terms",
        ),
        (
            "terms.yaml",
            "{source: lamp, pages: [8, 8]",
            "{source: ▸candle, pages: [8, 8]",
            "reference",
            "not among sources",
        ),
        (
            "events.yaml",
            "relative_to: {event: storm,",
            "relative_to: {event: ▸gale,",
            "reference",
            "not among events",
        ),
        (
            "events.yaml",
            "{number: 1, basis",
            "{number: ▸4, basis",
            "reference",
            "no chapter 4",
        ),
        (
            "events.yaml",
            "{agent: board,",
            "{agent: {group: ▸board},",
            "reference",
            "is of kind organization, not group",
        ),
        (
            "events.yaml",
            "before: [inquiry]",
            "before: [inquiry, ▸inquiry]",
            "reference",
            "stands here twice",
        ),
        (
            "events.yaml",
            "before: [inquiry]",
            "before: [▸storm]",
            "reference",
            "names itself",
        ),
        (
            "events.yaml",
            "places: [gull-point-cape]",
            "places: [▸storm]",
            "reference",
            "not among places",
        ),
        (
            "arguments.yaml",
            "[{agent: author}]",
            "[{agent: ▸authors}]",
            "reference",
            "not among figures",
        ),
        (
            "arguments.yaml",
            "lists no oil., facts: [storm]",
            "lists no oil., facts: [▸gale]",
            "reference",
            "not among the facts",
        ),
        (
            "arguments.yaml",
            "variants_of: sleeping-keeper",
            "variants_of: ▸storm",
            "reference",
            "not among arguments",
        ),
        (
            "relations.yaml",
            "type: precedes\n  to: closure",
            "type: precedes\n  to: ▸petition",
            "reference",
            "joins two facts",
        ),
        (
            "relations.yaml",
            "- from: strike\n  type: causes",
            "- ▸from: petition\n  type: precedes",
            "reference",
            "stands here twice",
        ),
        (
            "confusables.yaml",
            "[dark-hour, blackout]",
            "▸[blackout, blackout]",
            "reference",
            "two facts",
        ),
        (
            "items.yaml",
            "tests: [storm]\n  skill",
            "tests: [▸gale]\n  skill",
            "reference",
            "not among the facts",
        ),
        (
            "items.yaml",
            "{text: Sam Pike, fact: pike",
            "{text: Sam Pike, fact: ▸pyke",
            "reference",
            "not among the facts",
        ),
        (
            "items.yaml",
            "slug: q-boats",
            "slug: q-boats\n  adapted_from: ▸q-none",
            "reference",
            "`q-none` is not among the questions and cards",
        ),
        (
            "items.yaml",
            "slug: q-boats",
            "slug: q-boats\n  adapted_from: ▸gale--event-date",
            "reference",
            "not among what is made of the facts",
        ),
        (
            "items.yaml",
            "slug: q-boats",
            "slug: q-boats\n  adapted_from: ▸q-boats",
            "reference",
            "names itself",
        ),
        (
            "quizzes.yaml",
            "{chapter: 0, count",
            "{chapter: ▸5, count",
            "reference",
            "no chapter 5",
        ),
    ],
)
def test_one_slip_is_told_where_it_stands(refuses, file, old, new, rule, says):
    refuses(file, old, new, rule, says)


def test_a_question_is_adapted_from_another_or_from_what_is_made_of_a_fact(folder):
    folder.replace("items.yaml", "slug: q-boats", "slug: q-boats\n  adapted_from: q-cause")
    folder.replace(
        "items.yaml", "slug: q-strike", "slug: q-strike\n  adapted_from: storm--event-date"
    )

    assert folder.problems() == []


def test_questions_adapted_in_a_ring_are_refused(folder):
    folder.replace("items.yaml", "slug: q-boats", "slug: q-boats\n  adapted_from: q-cause")
    folder.replace("items.yaml", "- slug: q-cause", "- slug: q-cause\n  adapted_from: q-boats")

    assert [one.message for one in folder.problems()] in (
        ["`adapted_from` leads in a ring: q-boats → q-cause → q-boats"],
        ["`adapted_from` leads in a ring: q-cause → q-boats → q-cause"],
    )


def test_one_slug_names_one_fact(folder):
    place = folder.spoil("quantities.yaml", "slug: petitioners", "slug: ▸boats-sunk")

    told = [(p.line, p.column, p.message) for p in folder.problems()]

    assert told == [(*place, "The slug `boats-sunk` is taken")]


def test_a_fact_and_a_unit_may_share_a_slug(folder):
    folder.replace("quantities.yaml", "slug: petitioners", "slug: the-storm")

    assert folder.problems() == []


def test_one_number_names_one_chapter(folder):
    place = folder.spoil("pack.yaml", "{number: 1, slug", "{number: ▸0, slug")

    told = {(p.file, p.line, p.column, p.message) for p in folder.problems()}

    assert ("pack.yaml", *place, "The number 0 is taken") in told


def test_variants_of_one_another_are_a_ring(folder):
    folder.replace(
        "arguments.yaml",
        "kind: official_charge",
        "kind: official_charge\n  variants_of: salt-water",
    )

    (problem,) = folder.problems()

    assert (problem.file, problem.rule) == ("arguments.yaml", "reference")
    assert problem.message.startswith("`variants_of` leads in a ring: ")
    assert "salt-water → sleeping-keeper" in problem.message


def test_before_and_precedes_are_one_order_and_may_not_be_a_ring(folder):
    folder.append(
        "relations.yaml",
        "- {from: inquiry, type: precedes, to: storm,"
        " locators: [{source: lamp, pages: [1, 1], basis: stated}]}\n",
    )

    (ring,) = [p for p in folder.problems() if p.rule == "reference"]
    assert ring.file == "events.yaml"
    assert ring.message.startswith("`before` leads in a ring: ")


def test_every_ring_is_told(folder):
    for one, other in (("strike", "petition"), ("bribe", "closure")):
        for first, second in ((one, other), (other, one)):
            folder.append(
                "relations.yaml",
                f"- {{from: {first}, type: part_of, to: {second},"
                " locators: [{source: lamp, pages: [1, 1], basis: stated}]}\n",
            )

    assert [p.message.split(":")[0] for p in folder.problems()] == [
        "`part_of` leads in a ring",
        "`part_of` leads in a ring",
    ]
