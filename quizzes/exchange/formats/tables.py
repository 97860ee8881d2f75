"""Tables as CSV and as XLSX: rows of texts and numbers in, bytes out, and back.

A spreadsheet takes a text that begins like a formula for one and works it out. Such a text is
written with an apostrophe before it, which the reader takes away again; numbers stay numbers.
The list of beginnings is OWASP's of CSV injection, with the full-width forms and NUL.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

type Cell = str | int | float | None
type Rows = Iterable[Sequence[Cell]]

GUARD = "'"
_FORMULA = re.compile(r"'*[=+\-@\t\r\n\0＝＋－＠]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n\0＝＋－＠]")
_BYTE_ORDER_MARK = "\ufeff"
_UNKNOWN = "\ufffd"
_WIDEST = 40


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula; `bare` gives it back."""
    return GUARD + text if _FORMULA.match(text) else text


def bare(text: str) -> str:
    """The text that was guarded; any other as it stands."""
    return text.removeprefix(GUARD) if _GUARDED.match(text) else text


def csv_bytes(rows: Rows, *, has_mark: bool = False) -> bytes:
    """The rows as CSV in UTF-8, by RFC 4180; nothing is an empty cell.

    With `has_mark` it begins with the byte order mark by which Excel knows UTF-8.
    """
    out = io.StringIO(newline="")
    csv.writer(out).writerows([_written(cell) for cell in row] for row in rows)
    return ((_BYTE_ORDER_MARK if has_mark else "") + out.getvalue()).encode()


def csv_rows(data: bytes) -> list[list[str]]:
    """The rows of a CSV file in UTF-8 with every guard taken off; numbers are texts."""
    text = data.decode("utf-8-sig")
    return [[bare(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]


def xlsx_bytes(rows: Rows, title: str, *, fixed_columns: int = 1) -> bytes:
    """The rows as one sheet of a workbook, with the first row as its head.

    A text is never a formula. A character that XML cannot hold becomes “�”.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_title(title))
    lines = [list(row) for row in rows]
    sheet.freeze_panes = f"{get_column_letter(fixed_columns + 1)}2"
    for place, width in enumerate(_widths(lines), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, line in enumerate(lines):
        sheet.append([_xlsx_cell(sheet, cell, is_head=not number) for cell in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx_rows(data: bytes) -> list[list[Cell]]:
    """The rows of a workbook's first sheet with every guard taken off; formulas are texts."""
    book = load_workbook(io.BytesIO(data), read_only=True)
    found = [
        [bare(cell) if isinstance(cell, str) else cell for cell in row]
        for row in book.worksheets[0].iter_rows(values_only=True)
    ]
    book.close()
    return found


def _written(cell: Cell) -> str | int | float:
    if isinstance(cell, str):
        return guarded(cell)
    return "" if cell is None else cell


def _xlsx_cell(sheet: object, cell: Cell, *, is_head: bool) -> object:
    is_text = isinstance(cell, str)
    value = ILLEGAL_CHARACTERS_RE.sub(_UNKNOWN, guarded(cell)) if isinstance(cell, str) else cell
    written = WriteOnlyCell(sheet, value=value)
    if is_text:
        written.data_type = "s"  # openpyxl would guess at what looks like an error or a formula
    if is_head:
        written.font = Font(bold=True)
    return written


def _widths(lines: Sequence[Sequence[Cell]]) -> list[int]:
    """Of each column: as wide as its longest cell, within reason."""
    columns = max((len(line) for line in lines), default=0)
    return [
        min(_WIDEST, 2 + max(len(str(line[place] or "")) for line in lines if place < len(line)))
        for place in range(columns)
    ]


def _sheet_title(title: str) -> str:
    """What Excel allows as the name of a sheet."""
    return re.sub(r"[\[\]:*?/\\\x00-\x1f']", " ", title).strip()[:31] or "Sheet"
