"""Who typed, matched and ranked what, on the page of item analysis and as CSV."""

import re
from html import unescape

import numpy as np
import pytest
from django.db import connection
from django.urls import reverse
from django.utils.html import strip_tags

from quizzes.exchange.formats import tables
from tests.analytics import answered
from tests.examining import make_assignment, make_item, make_quiz
from tests.web.test_analysis import by_line, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon", "instructor")]


@pytest.fixture
def placed(room, noon):
    """Forty first attempts at questions of each kind whose answers are put in places."""
    items = [
        make_item(room.book, f"q-{kind}", kind, position=n) for n, kind in enumerate(answered.KINDS)
    ]
    given = make_assignment(room, make_quiz(room.book, *items, slug="places"), noon)
    _attempts, raws = answered.lay_down(np.random.default_rng(8), given, 40, noon)
    return given, raws


def table_of(page, title):
    """The rows of a table by their first cells, those of its question under this title."""
    tables_of = page.content.decode().split('<table class="choices">')[1:]
    [found] = [
        one.split("</table>")[0]
        for one in tables_of
        if f'<th scope="col" dir="auto">{title}</th>' in one
    ]
    rows = [re.sub(r"\s+", " ", strip_tags(row)).strip() for row in found.split("<tr")[2:]]
    return [row.split(">", 1)[-1].strip() for row in rows]


def test_what_was_put_in_places_is_told_as_options_are(client, placed):
    given, raws = placed
    page = client.get(page_of(given), {"choices": "all"})

    kork = sum(row[3] is not None and row[3]["pairs"][0] == 1 for row in raws)
    rows = table_of(page, "Left 0 of q-matching")
    assert rows[0].startswith("Right 2 of q-matching ✓ Key ")
    assert any(row.startswith(f"Right 1 of q-matching {kork} ") for row in rows)
    assert rows[-1].startswith("Left out ")
    assert table_of(page, "Place 2")[0].startswith("Line ")
    assert [row for row in table_of(page, "Gap 3") if row.startswith("early 1938 ✓ Key")]
    assert [row for row in table_of(page, "Gap 4") if row.startswith("Option 2 of q-cloze ✓ Key")]
    for title in ("Left 0 of q-matching", "Place 2", "Gap 1", "Gap 4"):
        counts = [re.findall(r" (\d+) \d+% \d+% \d+%$", row) for row in table_of(page, title)]
        assert sum(int(one) for [one] in counts) == 40
    most = [
        cell for cell in re.findall(r'<td dir="auto">([^<]*)</td>', by_line(page)) if "%" in cell
    ]
    assert [cell for cell in most if re.match(r"Left \d of q-matching – Right \d of q", cell)]
    assert [cell for cell in most if re.match(r"\d\. Line \d of q-ordering \(\d+%\)", cell)]


def test_the_table_tells_places_too(client, placed):
    given, raws = placed
    head, *rows = tables.csv_rows(client.get(page_of(given, table=True)).content)
    told = {row[0].split()[2].strip("?:"): row[-1] for row in rows}

    sent = sum(row[0] is not None and "akir" in row[0]["text"] for row in raws)
    assert re.search(rf"(^|; )Iakir: {sent}, ", told["q-short_text"], re.IGNORECASE)
    assert re.search(r"(^|; )Place 4: Line 3 of q-ordering \(key\): \d+, \d+%", told["q-ordering"])
    assert "; Left 1 of q-matching: Left out: " in told["q-matching"]
    assert head[-1] == "Choices, of the upper and of the lower half"


def test_a_wrong_text_leads_to_its_credit(client, placed):
    given, _raws = placed
    page = client.get(page_of(given), {"choices": "all"}).content.decode()
    links = re.findall(r'<a class="credit" href="([^"]+)"', page)

    asked = given.quiz.slots.get(item__slug="q-short_text").item.revision_id
    [link] = [unescape(one) for one in links if f"/{asked}/?credit=0%3AIakir" in one]
    form = client.get(link).content.decode()

    assert re.search(r'name="policy" value="credit" checked', form)
    assert set(re.findall(r'name="credit" value="([^"]+)" checked', form)) == {
        "0:Iakir",
        "0:iakir.",
    }
    assert 'class="credit"' not in client.get(
        reverse("quiz-analysis", args=[given.quiz.uid]), {"choices": "all"}
    ).content.decode()  # fmt: skip
    nothing = client.get(link.replace("Iakir", "Nobody")).content.decode()
    assert not re.search(r'name="(policy|credit)"[^>]* checked', nothing)


def test_a_number_in_a_gap_is_credited_however_it_was_spelled(client, placed):
    given, _raws = placed
    asked = given.quiz.slots.get(item__slug="q-cloze").item.revision_id
    link = reverse("new-regrade", args=[given.classroom.uid, given.uid, asked])

    form = client.get(link, {"credit": "1:36"}).content.decode()

    offered = re.findall(r'name="credit" value="1:([^"]+)"', form)
    spelled = {text for text in offered if answered.TEXTS["number"].get(text) == "36"}
    assert len(spelled) > 1
    assert set(re.findall(r'name="credit" value="1:([^"]+)" checked', form)) == spelled


def test_what_was_put_in_places_takes_one_query_more(client, placed, django_assert_num_queries):
    with django_assert_num_queries(7):
        client.get(page_of(placed[0]))


def test_who_hands_in_between_two_reads_takes_nothing_from_the_others(client, room, noon):
    item = make_item(room.book, "q-short", "short_text")
    given = make_assignment(room, make_quiz(room.book, item, slug="places"), noon)

    def hand_in(people=1):
        drawn = {"text": "Kork"}
        answered.lay_down(np.random.default_rng(1), given, people, noon, lambda *_: drawn)

    hand_in(12)
    with connection.execute_wrapper(answered.between_queries(hand_in, "itemtally", "optiontally")):
        page = client.get(page_of(given), {"choices": "all"})

    assert any(row.startswith("Kork Credit it 13 ") for row in table_of(page, "Answer"))
    assert "Other answers" not in page.content.decode()
