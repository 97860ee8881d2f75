"""What the recipes make of a small invented book about a strike of lighthouse keepers."""

from datetime import date

import pytest

from quizzes.items.drafts import Kind
from quizzes.items.recipes import Coverage, write
from quizzes.items.snapshots import (
    ArgumentFact,
    BookFacts,
    EventFact,
    FigureFact,
    HolderFact,
    QuantityFact,
    RoleText,
    TermFact,
    When,
)


def person(slug, name, role, **more):
    roles = (RoleText(text=role),) if role else ()
    return FigureFact(slug=slug, label=name, roles=roles, part="actor", **more)


def month(label, year, number, precision="month"):
    return When(
        label=label,
        precision=precision,
        not_before=date(year, number, 1),
        not_after=date(year, number, 28),
    )


def event(slug, title, when, **more):
    return EventFact(slug=slug, label=title, when=when, **more)


def view(slug, statement, *holders, **more):
    return ArgumentFact(slug=slug, label=statement, statement=statement, holders=holders, **more)


def held_by(slug, name, **more):
    return HolderFact(figure=slug, name=name, **more)


PEOPLE = (
    person("malloy", "Anna Malloy", "head of the Lights Board"),
    person("reyes", "Otto Reyes", "harbor master of Port Aldo"),
    person("quist", "Ida Quist", "editor of the Evening Lamp"),
    person("dunn", "Per Dunn", "minister for coasts and fisheries"),
    person("vane", "Elsa Vané", "inspector of signal stations", aliases=("E. Vane",)),
)
EVENTS = (
    event("walkout", "The walkout at Port Aldo", month("March 1911", 1911, 3)),
    event("inquiry", "The opening of the inquiry", month("July 1911", 1911, 7)),
    event("lockout", "The lockout at Cape Sorrow", month("November 1911", 1911, 11)),
    event("pardon", "The pardon of the keepers", month("May 1912", 1912, 5)),
)


@pytest.fixture
def drafts():
    """The items made of some facts, by slug."""

    def make(**facts):
        return {draft.slug: draft for draft in write(BookFacts(**facts), {})}

    return make


def wrong(draft):
    return {option.text for option in draft.options if not option.is_key}


def test_a_figure_is_asked_both_ways(drafts):
    made = drafts(figures=PEOPLE)

    there, back = made["malloy--figure-role"], made["malloy--figure-role--reverse"]
    assert there.stem == "Who was Anna Malloy?"
    assert there.answer == "Head of the Lights Board"
    assert back.stem == "Which person does this describe: head of the Lights Board?"
    assert back.answer == "Anna Malloy"
    assert there.kind == back.kind == Kind.SINGLE
    assert len(there.options) == len(back.options) == 4


def test_with_too_few_people_a_name_is_typed(drafts):
    back = drafts(figures=PEOPLE[-2:])["vane--figure-role--reverse"]

    assert back.kind == Kind.SHORT_TEXT
    assert [one.text for one in back.accepted] == ["Elsa Vané", "E. Vane", "Vané"]


def test_a_surname_that_two_people_bear_is_not_enough(drafts):
    twin = person("vane-2", "Karl Vane", "cook at the Evening Lamp")

    back = drafts(figures=(PEOPLE[-1], twin))["vane--figure-role--reverse"]
    assert [one.text for one in back.accepted] == ["Elsa Vané", "E. Vane"]


def test_nobody_is_asked_to_tell_apart_people_with_one_description(drafts):
    same = "keeper dismissed after the walkout"
    keepers = [person(f"keeper-{n}", f"Keeper {n}", same) for n in range(4)]

    made = drafts(figures=(*PEOPLE, *keepers))
    assert "keeper-1--figure-role--reverse" not in made
    there = made["keeper-1--figure-role"]
    assert there.answer == "Keeper dismissed after the walkout"
    assert not {one.fact for one in there.options} & {"keeper-0", "keeper-2", "keeper-3"}
    assert there.options


def test_members_of_one_group_never_stand_beside_each_other(drafts):
    one_boat = frozenset({"relief-boat"})
    crew = [
        person(f"crew-{job}", f"Crewman {number}", f"{job} of the relief boat", groups=one_boat)
        for number, job in enumerate(("pilot", "stoker", "purser", "surgeon"))
    ]

    made = drafts(figures=(*crew, PEOPLE[0], PEOPLE[1]))
    assert not made["crew-pilot--figure-role"].options


def test_a_description_that_fits_another_person_as_well_is_no_distractor(drafts):
    other = person("other", "Lena Ost", "head of the Lights Board during the inquiry")

    made = drafts(figures=(*PEOPLE, other))
    assert "malloy--figure-role--reverse" not in made
    assert "Head of the Lights Board" not in wrong(made["other--figure-role"])


def test_a_description_with_the_name_in_it_does_not_ask_for_the_name(drafts):
    made = drafts(figures=(person("malloy", "Anna Malloy", "leader of the Malloy faction"),))

    assert set(made) == {"malloy--figure-role"}
    assert not made["malloy--figure-role"].is_question


def test_an_event_is_dated_as_finely_as_the_book_dates_it(drafts):
    made = drafts(events=EVENTS)["walkout--event-date"]

    assert made.stem == "When does the book place this: The walkout at Port Aldo?"
    assert made.answer == "March 1911"
    assert wrong(made) == {"July 1911", "November 1911", "May 1912"}


def test_a_date_stands_only_beside_dates_as_fine_that_it_does_not_overlap(drafts):
    day = event("day", "The sinking", When(
        label="3 March 1911", precision="day",
        not_before=date(1911, 3, 3), not_after=date(1911, 3, 3),
    ))  # fmt: skip
    spring = event("spring", "The storms", When(
        label="spring 1911", precision="season",
        not_before=date(1911, 3, 1), not_after=date(1911, 5, 31),
    ))  # fmt: skip

    made = drafts(events=(*EVENTS, day, spring))
    assert made["day--event-date"].kind == Kind.DATE
    assert not {"3 March 1911", "Spring 1911"} & wrong(made["walkout--event-date"])


def test_a_date_told_by_another_event_stands_beside_other_distances(drafts):
    when = When(label="two weeks after the walkout", precision="relative")

    made = drafts(events=(*EVENTS, event("answer", "The ministry's answer", when)))
    assert wrong(made["answer--event-date"]) == {
        "Two days after the walkout",
        "Two months after the walkout",
        "Two years after the walkout",
    }
    vague = When(label="soon after the walkout", precision="relative")
    made = drafts(events=(*EVENTS, event("answer", "The ministry's answer", vague)))
    assert not made["answer--event-date"].is_question


def test_a_date_leads_back_to_its_event_only_where_it_can_mean_no_other(drafts):
    twin = event("twin", "The second walkout", month("March 1911", 1911, 3))

    alone, crowded = drafts(events=EVENTS), drafts(events=(*EVENTS, twin))
    assert alone["walkout--event-date--reverse"].answer == "The walkout at Port Aldo"
    assert "walkout--event-date--reverse" not in crowded
    assert "pardon--event-date--reverse" in crowded


def test_a_range_that_begins_in_the_month_could_be_meant_too(drafts):
    strike = event("strike", "The strike", When(
        label="March to December 1911", precision="range",
        not_before=date(1911, 3, 1), not_after=date(1911, 12, 31),
    ))  # fmt: skip

    made = drafts(events=(*EVENTS, strike))
    assert "walkout--event-date--reverse" not in made
    assert "inquiry--event-date--reverse" in made


def test_what_is_only_alleged_says_so(drafts):
    made = drafts(events=(event("plot", "The plot", EVENTS[0].when, status="alleged"),))

    assert made["plot--event-date"].stem == "When is this alleged to have happened: The plot?"
    assert "plot--event-date--reverse" not in made


def test_what_is_not_core_is_not_asked(drafts):
    assert not drafts(
        figures=(person("cook", "Ib Holm", "cook of the relief boat", is_core=False),)
    )


def test_what_is_tied_to_a_fact_never_stands_beside_it(drafts):
    lamp = TermFact(slug="lamp", label="lamp", definition="vessel of burning oil")
    kin = frozenset({"lamp"})
    words = ("lens", "horn", "flag")
    terms = [
        TermFact(slug=word, label=word, definition=f"{word} of the {place}", kin=kin)
        for word, place in zip(words, ("tower", "harbor", "boat"), strict=True)
    ]

    made = drafts(terms=(lamp, *terms))
    assert not made["lamp--term-definition"].options


def test_a_definition_that_names_the_term_is_no_distractor(drafts):
    meanings = {
        "lamp": "vessel of burning oil",
        "horn": "warning blown in fog",
        "flag": "colored cloth on a mast",
        "tide": "rise of the sea at noon",
        "lens": "ground glass around a lamp",
    }
    terms = [TermFact(slug=word, label=word, definition=told) for word, told in meanings.items()]

    made = drafts(terms=terms)
    assert "Ground glass around a lamp." not in wrong(made["lamp--term-definition"])
    assert "Lamp" not in wrong(made["lens--term-definition--reverse"])
    assert made["lamp--term-definition"].options


VIEWS = (
    view("wages", "The keepers struck for wages", held_by("malloy", "Anna Malloy"),
         stance="rejects", objections=("wages had just been raised",)),
    view("fog", "Fog had made the rosters unbearable", held_by("reyes", "Otto Reyes")),
    view("press", "Newspapers talked the men into it", held_by("quist", "Ida Quist")),
    view("rivalry", "A quarrel between two inspectors spread", held_by("dunn", "Per Dunn")),
)  # fmt: skip


def test_a_view_is_asked_with_its_holder(drafts):
    made = drafts(figures=PEOPLE, arguments=VIEWS)

    holder = made["wages--argument-holder"]
    assert holder.stem == (
        "According to the book, whose view is it that the keepers struck for wages?"
    )
    assert holder.answer == "Anna Malloy"
    assert wrong(holder) == {"Otto Reyes", "Ida Quist", "Per Dunn"}
    assert holder.tests == ("wages", "malloy")


def test_the_authors_stance_is_asked_with_the_holder_named(drafts):
    stance = drafts(figures=PEOPLE, arguments=VIEWS)["wages--argument-stance"]

    assert "ascribed to Anna Malloy" in stance.stem
    assert stance.answer == "The author rejects it"
    assert all("wages had just been raised" in one.why for one in stance.options if not one.is_key)


def test_a_view_that_is_only_reported_has_no_stance_to_ask(drafts):
    assert "fog--argument-stance" not in drafts(figures=PEOPLE, arguments=VIEWS)


def test_nobody_unnamed_is_a_key(drafts):
    unnamed = HolderFact(name="one historian", is_anonymous=True)
    made = drafts(arguments=(view("storm", "The storm did it", unnamed, stance="doubts"),))

    assert set(made) == {"storm--argument-stance", "storm--argument-kind"}
    assert "one historian" in made["storm--argument-stance"].stem
    assert not any("historian" in one.text for draft in made.values() for one in draft.options)


def test_a_claim_that_nothing_else_asks_of_is_asked_for_its_kind(drafts):
    author = held_by("author", "the author", is_author=True)
    claim = view("plan", "Nobody had planned it", author, kind="author_claim", stance="asserts")

    kind = drafts(figures=PEOPLE, arguments=(claim,))["plan--argument-kind"]
    assert kind.answer == "The author's own claim"
    assert kind.is_card
    assert len(kind.options) == 4


def test_what_speaks_for_and_against_a_claim_is_asked_on_cards_alone(drafts):
    author = held_by("author", "the author", is_author=True)
    claim = view("plan", "Nobody had planned it", author, kind="author_claim", stance="asserts",
                 evidence=("letters show surprise",))  # fmt: skip

    made = drafts(figures=PEOPLE, arguments=(claim, *VIEWS))
    ground, objection = made["plan--argument-ground"], made["wages--argument-objection"]
    assert ground.answer == "Letters show surprise."
    assert objection.answer == "Wages had just been raised."
    assert not ground.is_question
    assert not objection.is_question
    assert not made["plan--argument-kind"].is_card


def test_no_fallback_doubles_what_an_author_asks_by_hand():
    author = held_by("author", "the author", is_author=True)
    claim = view("plan", "Nobody had planned it", author, kind="author_claim", stance="asserts",
                 evidence=("letters show surprise",))  # fmt: skip
    facts = BookFacts(arguments=(claim,))
    known = frozenset({"plan"})

    asked = write(facts, {}, Coverage(asked=known))
    assert [draft.slug for draft in asked] == ["plan--argument-ground"]
    assert not write(facts, {}, Coverage(carded=known, asked=known))


def test_a_bare_denial_is_no_objection_to_ask_for(drafts):
    denied = view("ghost", "A ghost put the lamps out", held_by("quist", "Ida Quist"),
                  stance="rejects", objections=("it was wrong",))  # fmt: skip

    assert "ghost--argument-objection" not in drafts(figures=PEOPLE, arguments=(denied,))


def test_beside_the_author_stands_nobody_the_author_agrees_with(drafts):
    author = held_by("author", "the author", is_author=True)
    rivals = frozenset({"wages"})
    claim = view("plan", "Nobody had planned it", author, stance="asserts", rivals=rivals)
    agreed = view("lamps", "Cheaper lamps hid the danger", held_by("vane", "Elsa Vane"),
                  stance="accepts")  # fmt: skip

    people = (*PEOPLE, FigureFact(slug="author", label="The author", part="author"))
    enough = drafts(figures=people, arguments=(claim, agreed, *VIEWS[:3]))["plan--argument-holder"]
    too_few = drafts(figures=people, arguments=(claim, agreed, *VIEWS[:2]))["plan--argument-holder"]
    assert enough.answer == "The author"
    assert wrong(enough) == {"Anna Malloy", "Otto Reyes", "Ida Quist"}
    assert not too_few.options


def test_who_is_named_in_the_claim_does_not_stand_beside_its_holder(drafts):
    claim = view("blame", "Dunn wanted cheaper lamps", held_by("vane", "Elsa Vané"))

    made = drafts(figures=PEOPLE, arguments=(claim, *VIEWS))["blame--argument-holder"]
    assert wrong(made) == {"Anna Malloy", "Otto Reyes", "Ida Quist"}


def test_views_of_one_time_that_the_author_denies_do_not_stand_beside_each_other(drafts):
    second = view("gulls", "Gulls had broken the lamps", held_by("vane", "Elsa Vané"),
                  stance="doubts")  # fmt: skip

    made = drafts(figures=PEOPLE, arguments=(*VIEWS, second))
    assert "Elsa Vané" not in wrong(made["wages--argument-holder"])
    assert "Elsa Vané" in {option.text for draft in made.values() for option in draft.options}


def test_who_shares_a_view_is_no_distractor(drafts):
    agrees = view("wages-too", "Low wages drove the keepers to strike", held_by("dunn", "Per Dunn"))

    holder = drafts(figures=PEOPLE, arguments=(*VIEWS, agrees))["wages--argument-holder"]
    assert holder.kind == Kind.SHORT_TEXT


def test_what_somebody_holds_is_asked_only_where_it_is_one_view(drafts):
    second = view("second", "Lamps were never the issue", held_by("malloy", "Anna Malloy"))

    one = drafts(figures=PEOPLE, arguments=VIEWS)
    two = drafts(figures=PEOPLE, arguments=(*VIEWS, second))
    back = one["wages--argument-holder--reverse"]
    assert back.stem == "Which view does the book ascribe to Anna Malloy?"
    assert "wages--argument-holder--reverse" not in two


def test_a_definition_that_repeats_its_term_is_a_card_in_one_direction(drafts):
    terms = (
        TermFact(slug="relief", label="relief boat", definition="a boat that brings a new crew"),
        TermFact(slug="watch", label="dog watch", definition="the two short turns of the evening"),
    )

    made = drafts(terms=terms)
    assert "relief--term-definition--reverse" not in made
    assert not made["relief--term-definition"].is_question
    assert made["watch--term-definition--reverse"].accepted[0].text == "dog watch"


def test_a_number_is_asked_with_what_it_counts_and_answered_with_its_bound(drafts):
    quantity = QuantityFact(
        slug="keepers",
        label="Keepers who walked out",
        statement="Keepers who walked out",
        value=1200,
        bound="at_least",
        unit="keepers",
        population="the northern stations",
        period="March 1911",
    )

    made = drafts(quantities=(quantity,))["keepers--quantity-value"]
    assert "the northern stations" in made.stem
    assert made.answer == "At least 1,200 keepers"
    assert made.kind == Kind.NUMBER
    assert made.accepted[0].number == 1200
