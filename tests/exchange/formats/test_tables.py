"""Tables go out so that no cell is a formula, and come back as they were."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from quizzes.exchange.formats import tables

BEGINNINGS = "=+-@\t\r\n\0＝＋－＠"
TEXTS = st.one_of(
    st.text(max_size=30),
    st.builds(
        "{}{}{}".format,
        st.text("'", max_size=3),
        st.sampled_from(BEGINNINGS),
        st.text(max_size=20),
    ),
)
CELLS = st.one_of(TEXTS, st.integers(0, 100), st.none())


def cells_of(data):
    """Every cell that a spreadsheet program would read."""
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    return [cell for row in sheet.iter_rows() for cell in row]


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_every_text_comes_back_from_csv_and_none_begins_like_a_formula(texts):
    data = tables.csv_bytes([["head"], *([text] for text in texts)])

    assert tables.csv_rows(data)[1:] == [[text] if text else [""] for text in texts]
    for text in texts:
        assert tables.guarded(text)[:1] not in set(BEGINNINGS)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=4))
def test_no_cell_of_a_workbook_is_a_formula_and_numbers_are_numbers(rows):
    data = tables.xlsx_bytes(rows, "Marks")

    found = cells_of(data)
    assert {cell.data_type for cell in found} <= {"s", "n", "inlineStr"}
    numbers = [cell for row in rows for cell in row if isinstance(cell, int)]
    assert sorted(cell.value for cell in found if isinstance(cell.value, int)) == sorted(numbers)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "'=1", "#N/A", "1"]
)
def test_a_text_of_a_workbook_is_read_back_as_the_same_text(text):
    data = tables.xlsx_bytes([["head"], [text]], "Marks")

    assert tables.xlsx_rows(data)[1] == [text]


def test_a_number_is_a_number_and_nothing_is_empty():
    data = tables.csv_bytes([["Vera", 83, None, "-3"]])

    assert data == b"Vera,83,,'-3\r\n"


def test_a_byte_order_mark_is_written_when_asked_for_and_read_over():
    data = tables.csv_bytes([["Ольга", 1]], has_mark=True)

    assert data.startswith(b"\xef\xbb\xbf")
    assert tables.csv_rows(data) == [["Ольга", "1"]]


def test_a_sheet_has_a_name_that_excel_allows_and_its_head_stays_in_sight():
    data = tables.xlsx_bytes([["Name", "Quiz"], ["Vera", 83]], "Marks: [a/b]?" + "x" * 40)

    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    assert len(sheet.title) <= 31
    assert sheet.freeze_panes == "B2"
    assert sheet["A1"].font.bold
