"""What the page of the memory says is what the log says."""

import re
from datetime import timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.cards import planning, reviewing, setting_aside, undoing
from quizzes.cards.models import Card, Review
from quizzes.cards.reviewing import Given
from quizzes.cards.scheduling import Rating
from quizzes.exchange.formats.tables import csv_rows
from quizzes.items.models import Item
from tests.bookshelf import make_study_book
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

PAGE = "/progress/memory/"
CHARTS = ("months", "maturity", "calibration", "hours", "seconds")
BERLIN = ZoneInfo("Europe/Berlin")
RECALLED = "SUM(CASE WHEN r.rating > 1 THEN 1 ELSE 0 END)"
STANDING = """
    FROM quizzes_review r
    LEFT JOIN quizzes_action a ON a.review_id = r.id
    WHERE r.learner_id = %s AND a.id IS NULL
"""
TELLING = f"{STANDING} AND r.affects_schedule AND r.elapsed_days > 0"


@pytest.fixture
def student(client, reader, noon):
    planning.start(reader, make_study_book(8), noon)
    client.force_login(reader)
    return reader


def study(learner, noon, *, answers=300, days=200, seed=1):
    """Answers at any hour of the last days, with and without a measured time; one is taken back."""
    random, items = Random(seed), list(learner.plans.get().book.items.in_order())
    given = []
    for number in range(answers):
        at = noon - timedelta(minutes=random.randrange(1, days * 1_440))
        rating = random.choice([Rating.AGAIN, Rating.GOOD, Rating.GOOD, Rating.EASY])
        taken = random.choice([None, 1_500, 4_000, 9_000, 30_000, 60_000])
        uid = UUID(int=seed * 10**6 + number)
        given.append(Given(random.choice(items), rating, uid, at, duration_ms=taken))
    reviewing.review_batch(learner, given, noon)
    undoing.undo(learner, noon)


def forget(learner, item, times, noon):
    """A card as if it had been forgotten so many times."""
    [review] = reviewing.review_batch(
        learner, [Given(item, Rating.GOOD, UUID(int=times + 7), noon)], noon
    )
    Card.objects.filter(pk=review.card_id).update(lapses=times)


def numbers(sql, learner):
    with connection.cursor() as cursor:
        cursor.execute(sql, [learner.pk])
        return tuple(map(int, cursor.fetchone()))


def file(client, slug):
    """The rows of a chart's file, without its head."""
    return csv_rows(client.get(f"{PAGE}?csv={slug}").content)[1:]


def column(rows, place):
    return [int(row[place]) for row in rows]


def test_what_the_charts_show_is_what_the_log_says(client, student, noon):
    study(student, noon)
    told = {slug: file(client, slug) for slug in CHARTS}

    whole = numbers(
        f"SELECT COUNT(*), {RECALLED}, "
        f"SUM(CASE WHEN r.stability_before < 21 THEN 1 ELSE 0 END) {TELLING}",
        student,
    )
    timed = numbers(
        f"SELECT COUNT(*), {RECALLED}, "
        f"SUM(CASE WHEN r.duration_ms >= 40000 THEN 1 ELSE 0 END) {STANDING} AND r.duration_ms > 0",
        student,
    )
    log = Review.objects.standing().filter(learner=student)
    hours = [one.answered_at.astimezone(BERLIN).hour for one in log]
    assert tuple(sum(column(told["months"], n)) for n in (1, 2, 5)) == whole
    assert tuple(sum(column(told["maturity"], n)) for n in (1, 2)) == whole[:2]
    assert column(told["maturity"], 1) == [whole[2], whole[0] - whole[2]]
    assert sum(column(told["calibration"], 1)) == whole[0]
    assert column(told["hours"], 1) == [hours.count(hour) for hour in range(24)]
    assert tuple(sum(column(told["seconds"], n)) for n in (1, 2)) == timed[:2]
    assert column(told["seconds"], 1)[-1] == timed[2]


def shown(cell):
    """A cell of the table or of the file, as a number where it is one."""
    bare = cell.replace(",", "")
    return float(bare) if re.fullmatch(r"[\d.]+", bare) else bare.strip("–")


def table_of(page, slug):
    figure = re.search(rf'aria-labelledby="{slug}-title">(.*?)</figure>', page.text, re.DOTALL)
    rows = re.findall(r'<tr>(<th scope="row".*?)</tr>', figure[1]) if figure else []
    return [[shown(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


def test_drawing_table_and_file_show_the_same(client, student, noon):
    study(student, noon)

    page = client.get(PAGE)

    pictures = {chart.slug: chart.picture for chart in page.context["charts"]}
    files = {slug: file(client, slug) for slug in CHARTS}
    for slug in CHARTS:
        assert table_of(page, slug) == [[shown(cell) for cell in row] for row in files[slug]] != []
    month, foretold = (one.values for one in pictures["months"].series)
    assert ["" if one is None else one for one in month] == [
        shown(row[3]) for row in files["months"]
    ]
    assert ["" if one is None else one for one in foretold] == [
        shown(row[4]) for row in files["months"]
    ]
    assert list(pictures["hours"].series[0].values) == column(files["hours"], 1)
    assert list(pictures["seconds"].series[0].values) == column(files["seconds"], 1)
    points = [(shown(row[2]), shown(row[3])) for row in files["calibration"]]
    assert pictures["calibration"].points == points


def test_a_beginner_is_told_what_it_takes(client, student):
    page = text(client.get(PAGE))

    assert "Nothing was reviewed again on a later day in the last 30 days." in page
    assert "Nothing to compare yet" in page
    assert "No card was forgotten yet" in page
    assert client.get(f"{PAGE}?csv=months").content.count(b"\n") == 1  # the head
    assert client.get(f"{PAGE}?csv=hats").status_code == 404


def test_the_hardest_cards_come_with_what_to_do_about_them(client, student, noon):
    first, second, third, fourth = Item.objects.in_order()[:4]
    for item, times in ((first, 2), (second, 9), (third, 12), (fourth, 3)):
        forget(student, item, times, noon)
    setting_aside.suspend(student, third, noon)
    Item.objects.filter(pk=fourth.pk).update(state=Item.State.RETIRED)

    page = client.get(PAGE)

    assert [one.item for one in page.context["hardest"]] == [second, first]
    assert text(page).count("keeps failing") == 1
    for address in ("", "copy/", "report/"):
        assert f'href="/cards/{second.uid}/{address}"' in page.text
    client.post(f"/cards/{second.uid}/", {"act": "suspend"})
    assert [one.item for one in client.get(PAGE).context["hardest"]] == [first]
    assert [row[2] for row in file(client, "hardest")] == ["2"]


def test_a_long_log_costs_no_more(client, student, noon, weight):
    counts = []
    for seed, answers in ((1, 20), (2, 400)):
        study(student, noon, answers=answers, seed=seed, days=700)
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        counts.append(len(captured))
    for n, item in enumerate(Item.objects.all()):
        Card.objects.filter(item=item).update(lapses=20 - n)

    assert counts[0] == counts[1] <= 8
    assert weight(PAGE) < 15_000
