from itertools import pairwise

import pytest
from django.http import Http404
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from quizzes.exchange.formats.tables import csv_rows
from quizzes.web import charts
from quizzes.web.charts import Bars, Chart, Curve, Lines, Series
from quizzes.web.plotting import ABOVE, HEIGHT

MONTHS = ("Sep", "Oct", "Nov")
numbers = st.floats(0, 10**6, allow_nan=False)
maybe_numbers = st.lists(st.none() | numbers, min_size=1, max_size=40)


def chart(picture=None, rows=(("Sep", 12), ("Oct", 1_250), ("Nov", None)), **changed):
    told = {
        "slug": "reviews",
        "title": "Reviews by month",
        "summary": "1,262 reviews in three months.",
        "head": ("Month", "Reviews"),
        "rows": rows,
        "picture": picture or Bars(MONTHS, [Series("Reviews", (12, 1_250, None))]),
    }
    return Chart(**(told | changed))


def drawn(chart, rf):
    return render_to_string("quizzes/chart.html", {"chart": chart}, rf.get("/progress/?days=30"))


def test_a_chart_is_drawn_said_and_laid_out_as_a_table(rf):
    page = drawn(chart(), rf)

    assert page.count("1,262 reviews in three months.") == 2  # on the page and in the drawing
    assert page.count('<rect class="chart-series-1"') == 2
    assert '<th scope="row">Oct</th><td class="number">1,250</td>' in page
    assert '<th scope="row">Nov</th><td class="number">–</td>' in page
    assert "?days=30&amp;csv=reviews" in page
    assert "style=" not in page


def test_the_file_has_the_rows_of_the_table(rf):
    answer = charts.csv(rf.get("/", {"csv": "reviews"}), [chart(slug="other"), chart()])

    assert answer is not None
    assert answer["Content-Disposition"] == 'attachment; filename="reviews.csv"'
    assert csv_rows(answer.content) == [
        ["Month", "Reviews"], ["Sep", "12"], ["Oct", "1250"], ["Nov", ""],
    ]  # fmt: skip


def test_no_file_is_made_unasked_and_none_of_a_chart_that_is_not_there(rf):
    assert charts.csv(rf.get("/"), [chart()]) is None
    with pytest.raises(Http404):
        charts.csv(rf.get("/", {"csv": "hats"}), [chart()])


def test_without_rows_there_are_only_words(rf):
    page = drawn(chart(rows=(), summary="Nothing was reviewed yet."), rf)

    assert "Nothing was reviewed yet." in page
    assert "<svg" not in page
    assert "csv=" not in page


def test_series_are_told_apart_by_a_key_and_by_more_than_color(rf):
    two = [Series("Recalled", (1, 2, 3)), Series("Foretold", (3, 2, 1))]

    bars, lines = drawn(chart(Bars(MONTHS, two)), rf), drawn(chart(Lines(MONTHS, two)), rf)

    assert bars.count('fill="url(#reviews-2)"') == 1 + 3  # in the key, and on each bar
    assert lines.count('class="chart-mark-1"') == lines.count('class="chart-mark-2"') == 1 + 3
    for page in (bars, lines):
        assert "Recalled</li>" in page
        assert "Foretold</li>" in page


@given(maybe_numbers)
def test_a_bar_is_as_tall_as_its_value(values):
    drawing = Bars([str(n) for n in range(len(values))], [Series("x", values)]).drawing()

    known = [value for value in values if value is not None]
    tall = [float(bar.height) for bar in drawing.bars]
    assert len(tall) == len(known)
    assert all(0 <= height <= HEIGHT for height in tall)
    most = max(range(len(known)), key=known.__getitem__, default=None)
    if most is not None and known[most] > 0.001:
        for height, value in zip(tall, known, strict=True):
            assert height == pytest.approx(tall[most] * value / known[most], abs=0.02)


@given(maybe_numbers)
def test_a_line_breaks_where_a_number_is_missing(values):
    drawing = Lines([str(n) for n in range(len(values))], [Series("x", values)]).drawing()

    assert len(drawing.segments) == sum(None not in pair for pair in pairwise(values))
    assert len(drawing.marks) == len(values) - values.count(None)
    assert all(ABOVE <= float(mark.y) <= ABOVE + HEIGHT for mark in drawing.marks)


@given(maybe_numbers)
def test_no_more_labels_and_rules_than_there_is_room_for(values):
    drawing = Bars([str(n) for n in range(len(values))], [Series("x", values)]).drawing()

    assert 1 <= len(drawing.labels) <= 7
    assert drawing.labels[0].text == "0"
    assert 2 <= len(drawing.rules) <= 6


def test_a_curve_shows_where_both_numbers_are_equal():
    drawing = Curve("Recalled", [(90, 80), (50, 50)], "As foretold").drawing()

    assert drawing.key == [(1, "Recalled"), (0, "As foretold")]
    assert [one.series for one in drawing.segments] == [0, 1]
    middle, low = drawing.marks
    assert float(middle.y) == ABOVE + HEIGHT / 2
    assert float(low.y) < float(middle.y)
