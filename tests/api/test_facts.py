from datetime import date

import pytest

from quizzes.content.models import (
    Alias,
    Argument,
    Book,
    Citation,
    Confusable,
    Event,
    Evidence,
    Fact,
    Figure,
    Holder,
    Objection,
    Participant,
    Place,
    Quantity,
    Relation,
    Role,
    Term,
)
from tests.api.asking import address, cost, faults
from tests.bookshelf import make_book

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(db):
    """A book with nothing in it yet."""
    return make_book()


def state(book, kind, slug, number=0, **columns):
    section = book.sections.get(position=number)
    position = columns.pop("position", Fact.objects.count())
    return Fact.objects.create(
        book=book,
        kind=kind,
        slug=slug,
        label=columns.pop("label", slug.title()),
        section=section,
        chapter=columns.pop("chapter", section.chapter),
        position=position,
        **columns,
    )


def cite(fact, first, last=None, **part):
    return Citation.objects.create(
        fact=fact,
        position=0,
        source=fact.book.sources.get(),
        first_page=first,
        last_page=last or first,
        **part,
    )


def figure(book, slug):
    fact = state(book, Fact.Kind.FIGURE, slug)
    return Figure.objects.create(fact=fact, kind="person", part="actor", sort_name=slug)


def event(book, slug, **columns):
    return Event.objects.create(fact=state(book, Fact.Kind.EVENT, slug), **columns)


def argument(book, slug, **columns):
    columns = {"kind": "reported_view", "scope": "purge", "stance": "rejects"} | columns
    return Argument.objects.create(fact=state(book, Fact.Kind.ARGUMENT, slug), **columns)


def told(client, book, slug):
    answer = client.get(address("fact", book.slug, slug))
    assert answer.status_code == 200, answer.content
    return answer.json()


def slugs(client, book, **query):
    return [
        fact["slug"] for fact in client.get(address("facts", book.slug), query).json()["results"]
    ]


def test_facts_come_in_the_order_of_the_book(client, book):
    state(book, Fact.Kind.TERM, "third", number=1, position=0)
    state(book, Fact.Kind.TERM, "second", position=2)
    state(book, Fact.Kind.TERM, "first", position=1)

    assert slugs(client, book) == ["first", "second", "third"]


def test_facts_can_be_chosen_by_kind_chapter_and_section(client, book):
    state(book, Fact.Kind.TERM, "word")
    state(book, Fact.Kind.PLACE, "port")
    state(book, Fact.Kind.TERM, "elsewhere", number=1)
    state(book, Fact.Kind.TERM, "told-early", chapter=book.chapters.get(number=1))

    assert slugs(client, book, kind="place") == ["port"]
    assert slugs(client, book, chapter="chapter-1") == ["told-early", "elsewhere"]
    assert slugs(client, book, section="unit-1") == ["elsewhere"]
    assert slugs(client, book, section="unit-0", kind="term") == ["word", "told-early"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "thesis"),
        ("kind", ""),
        ("chapter", "no-such-chapter"),
        ("section", "no-such-section"),
        ("section", "unit\x00"),
        ("chapter", "x" * 81),
        ("sort", "label"),
        ("page", "zero"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused_by_name(client, book, name, value):
    answer = client.get(address("facts", book.slug), {name: value})

    assert answer.status_code == 400
    assert faults(answer) == [(None, name)]


def test_what_the_book_no_longer_states_is_not_there(client, book, noon):
    state(book, Fact.Kind.TERM, "gone", retired_at=noon)

    assert slugs(client, book) == []
    assert client.get(address("fact", book.slug, "gone")).status_code == 404


def test_a_fact_of_another_book_is_not_in_this_one(client, book):
    other = make_book("other")
    state(other, Fact.Kind.TERM, "word")

    assert client.get(address("fact", book.slug, "word")).status_code == 404


def test_the_facts_of_a_personal_book_are_there_for_its_owner_alone(client, olga):
    mine = make_book("mine")
    Book.objects.filter(pk=mine.pk).update(owner=olga)
    state(mine, Fact.Kind.TERM, "word")
    addresses = [address("facts", "mine"), address("fact", "mine", "word")]

    assert [client.get(one).status_code for one in addresses] == [404, 404]
    client.force_login(olga)
    assert [client.get(one).status_code for one in addresses] == [200, 200]


def test_a_term_tells_its_definition_names_and_pages(client, book):
    word = state(book, Fact.Kind.TERM, "word", summary="In short.")
    Term.objects.create(fact=word, definition="What it means.")
    Alias.objects.create(fact=word, position=0, text="Wort", scheme="source")
    cite(word, 5, 6)

    found = told(client, book, "word")

    assert found["term"] == {"definition": "What it means."}
    assert found["aliases"] == [{"text": "Wort", "scheme": "source"}]
    [citation] = found["citations"]
    assert (citation["first_page"], citation["last_page"]) == (5, 6)
    assert citation["work"] == book.title
    assert [found[kind] for kind in ("figure", "event", "argument", "quantity", "place")] == [
        None
    ] * 5


def test_a_figure_tells_its_roles_each_with_its_pages(client, book):
    reyes = figure(book, "reyes")
    role = Role.objects.create(figure=reyes, position=0, text="Harbor master", when_label="1911")
    cite(reyes.fact, 3)
    cite(reyes.fact, 4, role=role)

    found = told(client, book, "reyes")

    [told_role] = found["figure"]["roles"]
    assert (told_role["text"], told_role["when"]["words"]) == ("Harbor master", "1911")
    assert [page["first_page"] for page in told_role["citations"]] == [4]
    assert [page["first_page"] for page in found["citations"]] == [3]


def test_an_event_tells_when_where_and_who(client, book):
    storm = event(book, "storm")
    walkout = event(
        book,
        "walkout",
        when_label="early March 1911",
        precision="month",
        part="early",
        not_before=date(1911, 3, 1),
        not_after=date(1911, 3, 10),
        anchor=storm,
        offset="P2D",
    )
    walkout.places.add(Place.objects.create(fact=state(book, Fact.Kind.PLACE, "port")))
    Participant.objects.create(event=walkout, position=0, agent=figure(book, "reyes"), role="host")
    Participant.objects.create(event=walkout, position=1, label="forty keepers")

    found = told(client, book, "walkout")["event"]

    assert found["when"]["not_before"] == "1911-03-01"
    assert (found["when"]["anchor"], found["when"]["offset"]) == ("storm", "P2D")
    assert found["places"] == [{"slug": "port", "name": "Port"}]
    assert found["participants"] == [
        {"who": {"fact": "reyes", "name": "Reyes"}, "role": "host"},
        {"who": {"fact": None, "name": "forty keepers"}, "role": ""},
    ]


def test_an_argument_tells_whose_it_is_on_what_ground_and_what_stands_against_it(client, book):
    letter = event(book, "letter").fact
    forged = argument(book, "forged", statement="It was forged.", conceded="Some letters were.")
    Holder.objects.create(argument=forged, position=0, figure=figure(book, "quist"), mode="alleges")
    Holder.objects.create(argument=forged, position=1, label="two clerks")
    ground = Evidence.objects.create(argument=forged, position=0, text="The ink was new.")
    ground.facts.add(letter)
    against = Objection.objects.create(
        argument=forged, position=0, text="So was all ink.", raised_by_label="the author"
    )
    cite(forged.fact, 1)
    cite(forged.fact, 2, evidence=ground)
    cite(forged.fact, 3, objection=against)

    found = told(client, book, "forged")

    view = found["argument"]
    assert (view["stance"], view["conceded"]) == ("rejects", "Some letters were.")
    assert [(one["who"]["name"], one["mode"]) for one in view["holders"]] == [
        ("Quist", "alleges"),
        ("two clerks", "asserts"),
    ]
    [told_ground] = view["evidence"]
    assert told_ground["facts"] == [{"slug": "letter", "kind": "event", "label": "Letter"}]
    assert [page["first_page"] for page in told_ground["citations"]] == [2]
    [told_against] = view["objections"]
    assert told_against["raised_by"] == {"fact": None, "name": "the author"}
    assert [page["first_page"] for page in told_against["citations"]] == [3]
    assert [page["first_page"] for page in found["citations"]] == [1]


def test_a_quantity_tells_its_bound_and_whose_estimate_it_is(client, book):
    Quantity.objects.create(
        fact=state(book, Fact.Kind.QUANTITY, "keepers"),
        statement="More than forty keepers walked out.",
        bound="more_than",
        value=40,
        unit="keepers",
        population="of the coast",
        when_label="March 1911",
        estimated_by=figure(book, "quist"),
        event=event(book, "walkout"),
    )

    found = told(client, book, "keepers")["quantity"]

    assert (found["bound"], found["value"], found["lower"]) == ("more_than", 40, None)
    assert found["estimated_by"] == {"fact": "quist", "name": "Quist"}
    assert (found["event"], found["when"]["words"]) == ("walkout", "March 1911")


def test_a_fact_tells_what_bears_on_it_and_what_it_is_mixed_up_with(client, book):
    here, there = figure(book, "here").fact, figure(book, "there").fact
    Relation.objects.create(from_fact=here, type="rival_of", to_fact=there, asserted_by=None)
    Confusable.objects.create(first=there, second=here, tell="One is tall.")

    found, other = told(client, book, "here"), told(client, book, "there")

    [relation], [back] = found["relations"], other["relations_to"]
    assert (relation["fact"]["slug"], back["fact"]["slug"]) == ("there", "here")
    assert relation["asserted_by"] is None
    assert found["confusables"] == []
    assert found["confusables_from"][0]["tell"] == other["confusables"][0]["tell"] == "One is tall."


def test_a_list_of_facts_costs_the_same_for_one_ten_and_a_hundred(client, book):
    def costs(first, last):
        for n in range(first, last):
            state(book, Fact.Kind.TERM, f"word-{n}")
        return cost(client, address("facts", book.slug), page_size=200)

    assert costs(0, 1) == costs(1, 10) == costs(10, 100)


def test_an_argument_costs_the_same_with_one_holder_and_with_a_hundred(client, book):
    forged, quist = argument(book, "forged"), figure(book, "quist")

    def costs(first, last):
        for n in range(first, last):
            Holder.objects.create(argument=forged, position=n, figure=quist)
            ground = Evidence.objects.create(argument=forged, position=n, text="Ink")
            against = Objection.objects.create(argument=forged, position=n, text="Ink")
            ground.facts.add(quist.fact)
            against.facts.add(quist.fact)
            cite(forged.fact, 1, evidence=ground)
            cite(forged.fact, 1, objection=against)
        return cost(client, address("fact", book.slug, "forged"))

    assert costs(0, 1) == costs(1, 10) == costs(10, 100)
