"""Ways through a book: people, timeline, arguments, terms and the search."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.content.models import Alias, Argument, Event, Fact, Figure, Holder, Participant
from quizzes.people.models import User
from tests.banked import keep
from tests.bookshelf import make_study_book
from tests.cards.acting import GOOD, rate
from tests.examining import make_fact, make_item, make_quiz
from tests.web.test_review import text

pytestmark = pytest.mark.django_db
URL = "/books/lights/"


@pytest.fixture
def book(db):
    return make_study_book(3)


def fact(book, slug, kind, **columns):
    made = make_fact(book, slug)
    made.term.delete()
    made.kind = kind
    for name, value in columns.items():
        setattr(made, name, value)
    made.save()
    return Fact.objects.get(pk=made.pk)


def figure(book, slug, label, **columns):
    return Figure.objects.create(
        fact=fact(book, slug, Fact.Kind.FIGURE, label=label),
        **{"kind": "person", "part": "actor", "sort_name": label} | columns,
    )


def event(book, slug, label, day=None, status="occurred"):
    return Event.objects.create(
        fact=fact(book, slug, Fact.Kind.EVENT, label=label),
        status=status,
        when_label=str(day.year) if day else "",
        precision="year" if day else "",
        not_before=day,
        not_after=day and day.replace(month=12, day=31),
    )


def test_people_stand_by_their_part_and_groups_apart(client, book):
    figure(book, "iakir", "Iona Iakir", fate="was executed", fate_when="June 1937")
    figure(book, "keepers", "The keepers", kind="group")

    page = text(client.get(URL + "people/"))

    assert "Those who acted Iona Iakir" in page
    assert "was executed, June 1937" in page
    assert "Historians Ida Quist" in page
    assert "Groups The keepers" in page
    assert "Introduction, p. 5 0 cards · 0 questions" in page


def test_events_stand_by_year_and_what_is_only_claimed_says_so(client, book):
    event(book, "trial", "The trial", date(1937, 1, 1))
    event(book, "plot", "A plot", date(1936, 1, 1), status="alleged")
    event(book, "dream", "A dream")

    page = text(client.get(URL + "timeline/"))

    assert page.index("A plot alleged") < page.index("The trial") < page.index("Without a date")
    assert "1936 1936 A plot" in page


def test_the_timeline_of_one_figure_shows_what_that_figure_took_part_in(client, book):
    iakir = figure(book, "iakir", "Iona Iakir")
    trial = event(book, "trial", "The trial", date(1937, 1, 1))
    event(book, "birth", "The birth", date(1896, 1, 1))
    Participant.objects.create(event=trial, position=0, agent=iakir)

    chosen = text(client.get(URL + "timeline/?figure=iakir"))
    nobody = text(client.get(URL + "timeline/?figure=nobody"))

    assert "The trial" in chosen
    assert "The birth" not in chosen
    assert "The birth" in nobody


def test_arguments_stand_beside_each_other_by_whose_view_they_are(client, book):
    scope = Argument.Scope.PURGE

    def claim(slug, holder=None, label="", **columns):
        made = Argument.objects.create(
            fact=fact(book, slug, Fact.Kind.ARGUMENT),
            **{"statement": f"Says {slug}.", "scope": scope, "kind": "reported_view",
               "stance": "reports"} | columns,
        )  # fmt: skip
        if holder or label:
            Holder.objects.create(argument=made, position=0, figure=holder, label=label)

    claim("charged", label="the court", kind="official_charge")
    claim("seen", holder=figure(book, "duranty", "Duranty", part="contemporary_writer"))
    claim("unnamed", label="one historian")
    claim("own", holder=figure(book, "writer", "The writer", part="author"))
    claim("nobodys")
    claim("elsewhere", scope=Argument.Scope.TERROR)

    page = text(client.get(URL + "arguments/"))

    for title, slug in (
        ("Those involved", "charged"),
        ("Writers of the time", "seen"),
        ("This book", "own"),
    ):
        assert f"{title} Says {slug}." in page
    assert "Historians Says unnamed." in page
    assert page.index("Says unnamed.") < page.index("forged letter") < page.index("This book")
    assert page.index("Says own.") < page.index("Says nobodys.")
    assert "Says elsewhere." not in page
    assert "Says elsewhere." in text(client.get(URL + f"arguments/?about={Argument.Scope.TERROR}"))


def test_terms_stand_by_letter(client, book):
    page = text(client.get(URL + "terms/"))

    assert "T Term 0 What term 0 means." in page
    assert "1 card · 1 question" in page


@pytest.mark.parametrize("words", ["Yakir", "yakir iona", "IONA", "Fel’dman", "Feldman"])
def test_a_name_is_found_in_any_spelling_that_the_book_knows(client, book, words):
    for slug, label, alias in (
        ("iakir", "Iona Iakir", "Yakir"),
        ("feldman", "Boris Fel'dman", "Feldman"),
    ):
        Alias.objects.create(fact=figure(book, slug, label).fact, position=0, text=alias)

    page = text(client.get("/search/", {"q": words}))

    assert "1 fact mentions" in page


def test_names_come_before_what_is_only_said(client, book):
    Fact.objects.filter(slug="term-0").update(summary="Of letters that lie.")
    figure(book, "writer", "The liar")
    Fact.objects.filter(slug="writer").update(position=900)

    page = text(client.get("/search/", {"q": "li"}))

    assert page.index("The liar") < page.index("Term 0")


def test_nothing_found_says_what_to_try(client, book):
    assert "No fact mentions “Kirov murder”. Try a part of the name" in text(
        client.get("/search/", {"q": "Kirov murder"})
    )


@pytest.mark.parametrize("words", ["%", "_", "\0", "a" * 500, "<script>", "' OR 1=1 --"])
def test_odd_searches_are_answered(client, book, words):
    page = client.get("/search/", {"q": words})

    assert page.status_code == 200
    assert b"<script>alert" not in page.content


def test_nobody_finds_what_stands_in_somebody_elses_book(client, book):
    owner = User.objects.create_user("olga")
    book.owner = owner
    book.save(update_fields=["owner"])

    assert "No fact mentions" in text(client.get("/search/", {"q": "term"}))
    assert client.get(URL + "people/").status_code == 404
    client.force_login(owner)
    assert "mention “term”" in text(client.get("/search/", {"q": "term"}))


def test_a_fact_tells_its_reader_what_they_remember_of_it(client, book, noon, time_machine):
    time_machine.move_to(noon, tick=False)
    olga = User.objects.create_user("olga")
    rate(olga, book.items.get(slug="item-0"), GOOD, noon)

    assert "What you remember of it" not in text(client.get(URL + "facts/term-0/"))
    client.force_login(olga)
    page = text(client.get(URL + "facts/term-0/"))

    assert "What you remember of it" in page
    assert "100% today · next" in page


@pytest.mark.parametrize("tab", ["people", "timeline", "arguments", "terms"])
def test_each_way_takes_the_same_queries_however_long_the_book_is(client, book, tab):
    counts = []
    for n in range(3):
        figure(book, f"figure-{n}", f"Figure {n}")
        event(book, f"event-{n}", f"Event {n}", date(1930 + n, 1, 1))
        make_fact(book, f"word-{n}")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{URL}{tab}/")
        counts.append(len(captured))

    assert counts[0] == counts[2] <= 12


def test_a_fact_tells_how_it_is_asked(client, book):
    quiz = make_quiz(book, make_item(book, "asks", facts=[book.facts.get(slug="term-0")]),
                     section=book.sections.get(position=0))  # fmt: skip

    page = client.get(URL + "facts/term-0/")

    assert "How it is asked 1 card asks for this, and 2 quiz questions." in text(page)
    assert "What does the book say of “Term 0”, and on which pages?" in text(page)
    assert "What of asks?" not in text(page)  # a question of a quiz is met in the quiz
    assert f'href="/quizzes/{quiz.uid}/"' in page.content.decode()


def test_what_somebody_keeps_on_a_fact_is_nobody_elses_to_count(client, company, book):
    kept = make_fact(book, "kept")
    keep(company["instructor"], book, "own", facts=[kept])

    page = text(client.get(URL + "facts/kept/"))

    assert "0 cards ask for this, and 0 quiz questions." in page
    terms = text(client.get(URL + "terms/"))
    assert "0 cards · 0 questions on kept" in terms


def test_a_fact_that_no_question_asks_names_no_quiz(client, book):
    make_quiz(book, make_item(book, "asks"), section=book.sections.get(position=0))
    make_fact(book, "unasked")

    page = client.get(URL + "facts/unasked/")

    assert "Quizzes that may ask it" not in text(page)
