"""Only what the source lets us order is asked to be ordered."""

import pytest

ORDER = """
- slug: q-more
  kind: ordering
  unit: the-quarrel
  tests: [strike, TESTS]
  skill: order
  stem: Put these, some of them alleged, in order.
  order: [ORDER]
  explanation: So the book tells it.
cards:
"""

BEFORE = (
    "- {from: strike, type: precedes, to: petition,"
    " locators: [{source: lamp, pages: [6, 6], basis: stated}]}\n"
)


def ask(folder, order: str) -> tuple[int, int]:
    tests = (
        order.translate(str.maketrans("", "", "▸[]"))
        .replace("strike, ", "")
        .replace(", strike", "")
    )
    text = ORDER.strip().replace("TESTS", tests).replace("ORDER", order)
    place: tuple[int, int] = folder.spoil("items.yaml", "cards:\n", f"{text}\n")
    return place


@pytest.mark.parametrize(
    ("order", "says"),
    [
        ("strike, closure, ▸inquiry", "`inquiry` comes before `strike`"),
        ("strike, closure, ▸petition", "`petition` comes before `closure`"),
        ("inquiry, strike, ▸petition", "Nothing tells whether `strike` came before `petition`"),
        ("inquiry, strike, ▸bribe", "Nothing tells whether `strike` came before `bribe`"),
        ("inquiry, strike, ▸reed", "`reed` is no event"),
    ],
)
def test_an_order_that_the_source_does_not_give_is_told(folder, order, says):
    place = ask(folder, order)

    told = folder.problems()

    assert (*place, "order", says) in {(p.line, p.column, p.rule, p.message) for p in told}


def test_what_is_ordered_is_tested(refuses):
    old, new = "tests: [storm, inquiry, petition, closure]", "tests: [storm, inquiry, closure]"
    tail = "\n  skill: order\n  stem: Put these in order.\n  order: [storm, inquiry, "
    says = "`petition` is ordered and not tested"

    refuses("items.yaml", f"{old}{tail}pet", f"{new}{tail}▸pet", "order", says)


def test_events_that_say_they_come_before_do_so_by_their_dates(folder):
    place = folder.spoil("events.yaml", "title: The closing", "before: [▸strike]\n  title: The end")

    told = {(p.file, p.line, p.column, p.message) for p in folder.problems()}

    assert ("events.yaml", *place, "By its dates `strike` comes first") in told


def test_a_page_may_order_what_the_dates_do_not(folder):
    ask(folder, "inquiry, strike, ▸petition")
    folder.append("relations.yaml", BEFORE)

    assert folder.problems() == []


def test_a_page_may_order_two_events_by_way_of_a_third(folder):
    """The inquiry came before the petition by their dates, and the petition before the bribe."""
    ask(folder, "inquiry, strike, ▸bribe")
    folder.append("relations.yaml", BEFORE)
    folder.replace("events.yaml", "title: The petition", "before: [bribe]\n  title: The petition")

    assert folder.problems() == []


def test_what_the_book_does_not_order_may_share_a_place(folder):
    ask(folder, "inquiry, ▸[strike, petition], closure")

    assert folder.problems() == []


@pytest.mark.parametrize(
    ("order", "says"),
    [
        ("storm, ▸[inquiry, petition], closure", "The book orders all that stands at this place"),
        ("inquiry, [petition, closure, ▸strike]", "`strike` comes before `closure`"),
        ("[inquiry, closure], ▸petition", "`petition` comes before `closure`"),
    ],
)
def test_what_shares_a_place_is_in_no_known_order_throughout(folder, order, says):
    place = ask(folder, order)

    told = folder.problems()

    assert (*place, "order", says) in {(p.line, p.column, p.rule, p.message) for p in told}


def test_an_order_orders_something(refuses):
    old = "tests: [storm, inquiry, petition, closure]\n  skill: order\n  stem: Put these in order."
    new = "tests: [bribe, strike, petition]\n  skill: order\n  stem: Put what is alleged in order."
    order = "\n  order: [storm, inquiry, petition, closure]"

    refuses(
        "items.yaml",
        f"{old}{order}",
        f"{new}\n  order: ▸[[bribe, strike, petition]]",
        "order",
        "Nothing in it is in any order",
    )
