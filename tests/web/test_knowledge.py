"""The pages of the knowledge map: what is read, what the file holds, and where the ways lead."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from quizzes.analytics import knowing, surveying
from quizzes.analytics.surveying import Part
from quizzes.assessment.terms import Moment
from quizzes.cards import planning
from quizzes.cards.models import StudyPlan
from quizzes.content.models import Fact
from quizzes.exchange.formats.tables import csv_rows
from quizzes.people.models import Classroom
from tests.bookshelf import make_study_book
from tests.cards.acting import AGAIN, GOOD, make_items, rate
from tests.examining import make_assignment, make_item, make_quiz, sit_through, take
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

MAP = "/progress/map/"
DAY = timedelta(days=1)


@pytest.fixture
def book(db):
    book = make_study_book(6)
    make_items(book, 3, number=1, to_a_fact=3)
    return book


@pytest.fixture
def student(client, reader, book, noon):
    """Studies the book; of six terms and arguments of the first chapter two are met."""
    planning.start(reader, book, noon)
    rate(reader, book.items.get(slug="item-0"), GOOD, noon - 4 * DAY)
    rate(reader, book.items.get(slug="item-2"), AGAIN, noon - 20 * DAY)
    client.force_login(reader)
    return reader


def test_the_map_shows_chapters_by_kinds_now_and_on_a_day(client, student, book, noon):
    page = client.get(MAP, {"on": "2026-03-22"})

    shown = text(page)
    whole = knowing.chapters(
        surveying.survey(student, noon.date(), Part(), noon.date() + 20 * DAY)
    ).whole
    assert whole.of_all
    now, later = (round(100 * share) for share in whole.of_all)
    assert "Of 7 facts you have met 2." in shown
    assert f"You can expect to recall {now}% of all today and {later}% on 22 March 2026" in shown
    assert "Chapter All Arguments Terms" in shown
    assert "2 of 6 met" in shown
    assert "0 of 1 met" in shown
    assert now > later > 0


def test_the_file_holds_what_the_page_shows(client, student, book):
    page = client.get(MAP)
    [head, *rows] = csv_rows(client.get(MAP, {"csv": "map"}).content)

    assert head[:5] == ["Chapter", "Kind", "Facts", "Met", "Never seen"]
    assert [row[:5] for row in rows] == [
        ["Introduction", "Arguments", "1", "0", "1"],
        ["Introduction", "Terms", "5", "2", "3"],
        ["Introduction", "All", "6", "2", "4"],
        ["The walkout", "Terms", "1", "0", "1"],
        ["The walkout", "All", "1", "0", "1"],
        ["Everything", "Arguments", "1", "0", "1"],
        ["Everything", "Terms", "6", "2", "4"],
        ["Everything", "All", "7", "2", "5"],
    ]
    assert rows[0][5:] == ["0.0", "0.0", "", ""]
    for row in rows:
        now, later = (round(float(share)) for share in row[5:7])
        assert f"{now}% → {later}%" in text(page)
        for cell in row:
            assert f">{escape(cell or '–').removesuffix('.0')}<" in page.content.decode()


def test_ways_lead_from_a_chapter_to_its_sections_and_from_a_cell_to_its_facts(client, student):
    page = client.get(MAP, {"on": "2026-04-22"}).content.decode()
    [chapter, *_] = re.findall(r'href="([^"]*/map/\?[^"]*chapter-0[^"]*)"', page)
    [*_, terms] = re.findall(r'href="([^"]*/facts/\?[^"]*chapter-0[^"]*kind=term[^"]*)"', page)

    sections = client.get(chapter.replace("&amp;", "&"))
    facts = client.get(terms.replace("&amp;", "&"))

    assert "Introduction, first part" in text(sections)
    assert "2 of 6 met" in text(sections)
    assert 'value="2026-04-22"' in sections.content.decode()
    assert "Terms in Introduction" in text(facts)
    assert "5 facts." in text(facts)
    assert text(facts).count("never seen") == 3
    assert "/progress/map/facts/lights/term-0/" in facts.content.decode()


def test_facts_are_listed_as_they_fade_or_as_far_as_they_were_never_seen(client, student):
    def labels(**asked):
        page = client.get(f"{MAP}facts/", asked).content.decode()
        return re.findall(r'class="ledger-title" href="[^"]*/([\w-]+)/"', page)

    assert labels() == ["term-0", "forged-letter", "term-2", "term-3", "term-4", "term-5",
                        "fact-1-0-0"]  # fmt: skip
    assert labels(order="fading") == ["term-2", "term-0"]
    assert labels(order="unseen", kind="argument") == ["forged-letter"]
    assert labels(section="unit-1") == ["fact-1-0-0"]


def test_fifty_facts_are_on_a_page(client, student, book):
    make_items(book, 60, first=100)

    page = client.get(f"{MAP}facts/", {"kind": "term", "page": "2"})

    assert "66 facts." in text(page)
    assert page.content.decode().count('class="ledger-title"') == 16


@pytest.mark.parametrize("on", ["soon", "2026-03-01", "2026-02-30", "\0", "99999-01-01"])
def test_a_day_that_is_none_is_answered_kindly(client, student, on):
    page = client.get(MAP, {"on": on, "kind": "x\0", "section": "a b", "order": "?", "book": "\0"})

    assert page.status_code == 200
    assert "Here it is 1 April 2026." in text(page)
    assert "Of 7 facts" in text(page)


def test_the_last_day_of_the_calendar_and_today_are_days(client, student):
    assert "on 31 December 9999" in text(client.get(MAP, {"on": "9999-12-31"}))
    assert "on 2 March" in text(client.get(MAP, {"on": "2026-03-02"}))


def test_the_exam_gives_the_day(client, student):
    StudyPlan.objects.update(exam_on="2026-05-04")

    assert "That is the day of your next exam." in text(client.get(MAP))
    assert "on 4 May 2026" in text(client.get(MAP))


def test_without_a_plan_or_a_fact_the_way_on_is_told(client, reader, book):
    client.force_login(reader)

    assert "Choose a book" in text(client.get(MAP))
    assert "This part is not in your plans." in text(client.get(MAP, {"book": "lights"}))
    assert "There is no such fact in your plans." in text(client.get(f"{MAP}facts/"))


def test_the_history_has_reviews_and_quiz_answers_on_one_line(client, student, book, noon):
    fact = Fact.objects.get(slug="term-0")
    quiz = make_quiz(book, make_item(book, "asked", "short_text", facts=[fact]))
    attempt = take(student, quiz, noon - DAY)
    address = f"{MAP}facts/lights/term-0/"

    page = client.get(address)
    [_head, *rows] = csv_rows(client.get(address, {"csv": "history"}).content)

    assert f'href="/attempts/{attempt.uid}/result/"' in page.content.decode()
    assert "1 review and 1 quiz answer; 2 of 2 remembered or right." in text(page)
    assert [row[:4:3] for row in rows] == [["2026-02-26", "Remembered"], ["2026-03-01", "Right"]]
    assert page.content.decode().count("chart-mark-1") == 2 + 2  # in the key and in the drawing
    card = book.items.get(slug="item-0")
    for other in ("/books/lights/facts/term-0/", f"/cards/{card.uid}/"):
        assert f'href="{address}"' in client.get(other).content.decode()


def test_what_was_not_told_yet_is_not_in_the_history(client, student, book, noon):
    fact = Fact.objects.get(slug="term-3")
    quiz = make_quiz(book, make_item(book, "asked", facts=[fact]))
    room = Classroom.objects.create(book=book, name="Ours", created_at=noon)
    room.enrollments.create(user=student, role="student", joined_at=noon)
    terms = dict.fromkeys(("correctness_from", "key_from"), Moment.CLOSED)
    given = make_assignment(room, quiz, noon - DAY, is_graded=False, **terms)
    sit_through(student, given, noon - DAY)

    page = client.get(f"{MAP}facts/lights/term-3/")

    assert "No review and no quiz answer yet." in text(page)
    assert quiz.title not in text(page)


@pytest.mark.parametrize(
    "address",
    [
        *(MAP, f"{MAP}?chapter=chapter-0", f"{MAP}facts/", f"{MAP}facts/?order=fading"),
        f"{MAP}facts/lights/term-0/",
    ],
)
def test_each_page_takes_at_most_eight_queries_and_as_many_for_much(
    client, student, book, noon, address
):
    counts = []
    for count in (0, 120):
        items = make_items(book, count, first=500, to_a_fact=2)
        for n, item in enumerate(items[:40]):
            rate(student, item, GOOD, noon - (n + 1) * DAY)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counts.append(len(captured))

    assert counts[0] == counts[1] <= 8
