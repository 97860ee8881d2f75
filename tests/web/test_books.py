import pytest

from quizzes.cards.models import StudyPlan
from quizzes.content.models import (
    Alias,
    Book,
    Chapter,
    Confusable,
    Event,
    Fact,
    Figure,
    Participant,
    Quantity,
    Relation,
    Role,
    Section,
)
from quizzes.web.reading import MOST_FACTS
from tests.bookshelf import make_study_book
from tests.web.test_review import text

pytestmark = pytest.mark.django_db

BOOK = "/books/lights/"
CHAPTER = "/books/lights/chapters/chapter-0/"
HEAVIEST = 15_000


@pytest.fixture
def book(db):
    return make_study_book(12)


def add_fact(book, kind, slug, label, **columns):
    section = book.sections.get(position=0)
    return Fact.objects.create(
        book=book,
        section=section,
        chapter=section.chapter,
        kind=kind,
        slug=slug,
        label=label,
        position=500,
        **columns,
    )


def test_a_shelf_of_one_book_opens_it(client, book):
    assert client.get("/books/")["Location"] == BOOK


def test_a_shelf_of_two_books_lists_them(client, book):
    Book.objects.create(slug="other", title="Another book")

    page = text(client.get("/books/"))

    assert "The Strike of the Lights" in page
    assert "Another book" in page


def test_a_book_lists_its_chapters_with_pages_and_cards(client, book):
    page = text(client.get(BOOK))

    assert "Introduction" in page
    assert "The walkout" in page
    assert "pp. 1–9" in page
    assert "12 cards" in page


def test_a_chapter_tells_its_facts_in_order_with_their_pages(client, book):
    page = text(client.get(CHAPTER))

    assert page.index("Term 0") < page.index("A forged letter") < page.index("Term 2")
    assert "Term 2, in a few words." in page
    assert "pp. 5–6" in page


def test_an_argument_is_laid_out_from_claim_to_stance(client, book):
    page = text(client.get(CHAPTER))

    parts = ("Claim", "The keepers struck", "Held by", "Ida Quist", "The author rejects it.")
    places = [page.index(part) for part in parts]
    assert places == sorted(places)
    assert "Granted all the same: Letters were forged in those days." in page


def test_a_long_chapter_is_read_a_few_sections_at_a_time(client, book):
    chapter = Chapter.objects.get(slug="chapter-0")
    later = Section.objects.create(
        book=book, chapter=chapter, slug="later", title="Introduction, second part", position=5
    )
    Fact.objects.bulk_create(
        Fact(
            book=book,
            chapter=chapter,
            section=later,
            kind="term",
            slug=f"later-{n}",
            label=f"Later {n}",
            position=n,
        )
        for n in range(MOST_FACTS)
    )

    first, second = client.get(CHAPTER), client.get(CHAPTER, {"section": "later"})

    assert "Term 0" in text(first)
    assert "Later 3" not in text(first)
    assert 'rel="next" href="?section=later"' in first.content.decode()
    assert "Later 3" in text(second)
    assert "Term 0" not in text(second)
    assert 'rel="prev" href="?section=unit-0"' in second.content.decode()


def test_a_section_that_is_not_there_is_no_page(client, book):
    assert client.get(CHAPTER, {"section": "nowhere"}).status_code == 404


def test_a_chapter_without_facts_says_so(client, book):
    page = text(client.get("/books/lights/chapters/chapter-1/"))

    assert "No facts of this chapter are in the pack yet." in page


def test_a_learner_sees_what_is_known_by_kind_of_fact(client, book, reader):
    client.force_login(reader)

    page = text(client.get(CHAPTER))

    assert "0 of 11 known, 11 new" in page
    assert "0 of 1 known, 1 new" in page


def test_studying_a_chapter_puts_it_into_the_plan(client, book, reader):
    client.force_login(reader)
    assert "Study this chapter" in text(client.get(CHAPTER))

    client.post(f"{BOOK}study/", {"chapter": "chapter-0"})

    plan = StudyPlan.objects.get(learner=reader)
    assert [chapter.slug for chapter in plan.chapters.all()] == ["chapter-0"]
    assert "Review what is due" in text(client.get(CHAPTER))


def test_studying_a_chapter_of_nowhere_is_no_page(client, book, reader):
    client.force_login(reader)

    assert client.post(f"{BOOK}study/", {"chapter": "nowhere"}).status_code == 404
    assert not StudyPlan.objects.exists()


def test_who_wants_to_study_signs_in_and_comes_back_to_the_book(client, book):
    assert client.post(f"{BOOK}study/")["Location"] == f"/accounts/login/?next={BOOK}"


def test_a_figure_tells_its_roles_names_and_where_it_comes_up(client, book):
    figure = Figure.objects.get(fact__slug="quist")
    Role.objects.create(figure=figure, position=0, text="keeper of the north light")
    Alias.objects.create(fact=figure.fact, position=0, text="Ида Квист", scheme="russian")
    Figure.objects.filter(pk=figure.pk).update(fate="drowned", fate_when="1907")
    walkout = Event.objects.create(
        fact=add_fact(book, "event", "walkout", "Walkout of the keepers"), when_label="May 1907"
    )
    Participant.objects.create(event=walkout, position=0, agent=figure, role="leader")

    page = text(client.get("/books/lights/facts/quist/"))

    assert "keeper of the north light" in page
    assert "drowned, 1907" in page
    assert "Ида Квист" in page
    assert "A forged letter" in page
    assert "Walkout of the keepers" in page


def test_an_event_tells_when_and_who_and_that_it_is_only_alleged(client, book):
    walkout = Event.objects.create(
        fact=add_fact(book, "event", "walkout", "Walkout of the keepers"),
        when_label="early May 1907",
        date_basis="inferred",
        status=Event.Status.ALLEGED,
    )
    Participant.objects.create(event=walkout, position=0, label="one keeper", role="witness")

    page = text(client.get("/books/lights/facts/walkout/"))

    assert "early May 1907 (worked out from the text)" in page
    assert "Alleged" in page
    assert "one keeper, witness" in page


def test_a_quantity_tells_its_bound_and_what_it_counts(client, book):
    Quantity.objects.create(
        fact=add_fact(book, "quantity", "keepers", "Keepers on strike"),
        statement="Keepers on strike",
        value=35_000,
        bound="about",
        unit="keepers",
        population="those of the whole coast",
    )

    page = text(client.get("/books/lights/facts/keepers/"))

    assert "About 35,000 keepers" in page
    assert "those of the whole coast" in page


def test_ties_are_read_from_either_end(client, book):
    term, other = (Fact.objects.get(slug=slug) for slug in ("term-0", "term-2"))
    Relation.objects.create(from_fact=term, type="supports", to_fact=other)
    Confusable.objects.create(first=term, second=other, tell="One is the other's mirror.")

    here, there = (text(client.get(f"/books/lights/facts/{f.slug}/")) for f in (term, other))

    assert "Supports Term 2" in here
    assert "Is supported by Term 0" in there
    assert "Term 2 : One is the other&#x27;s mirror." in here
    assert "Term 0 : One is the other&#x27;s mirror." in there


def test_a_fact_tells_how_often_it_is_asked(client, book):
    page = text(client.get("/books/lights/facts/term-0/"))

    assert "1 card asks for this, and 1 quiz question." in page


def test_a_retired_fact_is_still_there_for_those_who_studied_it(client, book, noon):
    Fact.objects.filter(slug="term-0").update(retired_at=noon)

    assert "Term 0" not in text(client.get(CHAPTER))
    assert "The pack no longer states this" in text(client.get("/books/lights/facts/term-0/"))


@pytest.mark.parametrize(
    "address", [BOOK, CHAPTER, "/books/lights/facts/forged-letter/", "/books/lights/facts/quist/"]
)
def test_a_page_takes_the_same_queries_for_few_facts_and_many(queries_at, address):
    assert queries_at(address, 2) == queries_at(address, 10) == queries_at(address, 100)


def test_a_fact_takes_the_same_queries_with_few_ties_and_many(queries_at):
    def tie(count):
        def prepare(book):
            fact = book.facts.get(slug="forged-letter")
            terms = list(book.facts.filter(kind="term")[:count])
            Relation.objects.bulk_create(
                Relation(from_fact=fact, type="supports", to_fact=term) for term in terms
            )
            Confusable.objects.bulk_create(
                Confusable(first=fact, second=term, tell="One is a letter.") for term in terms
            )
            for position, term in enumerate(terms):
                ground = fact.argument.evidence.create(position=position, text="A keeper said so.")
                ground.facts.add(term)

        return queries_at("/books/lights/facts/forged-letter/", 101, prepare)

    assert tie(1) == tie(10) == tie(100)


@pytest.mark.parametrize("address", [BOOK, CHAPTER, "/books/lights/facts/forged-letter/"])
def test_a_page_is_light_however_long_the_book_is(weight, address):
    make_study_book(200)

    assert weight(address) <= HEAVIEST
