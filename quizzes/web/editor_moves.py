"""What the buttons of the editor's form do to what was typed: rows come, go and change places.

Each is a value in and a value out, so that a page without JavaScript does the same by posting.
"""

from collections.abc import Iterator, Sequence

from django.http import QueryDict

from quizzes.items.compositions import CHOICES, GAP, TYPED
from quizzes.items.recipes.stances import CLASSES
from quizzes.web.editor_rows import MOST_GAPS, ROWS, AnswerRow, OptionRow, Row, posted

MOST_ROWS = 40
_BEGINNINGS = {"option": 4, "pair": 3, "line": 3, "criterion": 1, "answer": 1}
"""How many rows of a kind stand there at first."""

type Values = dict[str, str]


def read_rows(data: QueryDict, row: type[Row]) -> list[Values]:
    """The rows of a kind as they were typed, in the order of the page."""
    names = posted(row)
    columns = {field: data.getlist(name)[:MOST_ROWS] for field, name in names.items()}
    count = max(map(len, columns.values()), default=0)
    return [
        {field: values[n] if n < len(values) else "" for field, values in columns.items()}
        for n in range(count)
    ]


def write_rows(data: QueryDict, row: type[Row], rows: Sequence[Values]) -> None:
    """Put these rows in place of those that stand there."""
    for field, name in posted(row).items():
        data.setlist(name, [one.get(field, "") for one in rows[:MOST_ROWS]])


def act(data: QueryDict, action: str) -> None:
    """Do what a button says: “add:option:0”, “remove:line:2”, “up:pair:1”, “drop:fact:x”."""
    verb, _colon, rest = action.partition(":")
    name, _colon, told = rest.partition(":")
    if name == "fact":
        data.setlist("fact", list(_facts(data.getlist("fact"), verb, told)))
    elif name in ROWS and told.isascii() and told.isdecimal() and len(told) < 4:
        row = ROWS[name]
        rows = _moved(read_rows(data, row), verb, int(told), row)
        write_rows(data, row, rows)


def _facts(facts: Sequence[str], verb: str, slug: str) -> Iterator[str]:
    """The tested facts after one was picked, dropped, or moved to the front."""
    others = [one for one in facts if one != slug]
    if verb == "first":
        yield slug
    yield from facts if verb == "pick" and slug in facts else others
    if verb == "pick" and slug not in facts:
        yield slug


def _moved(rows: list[Values], verb: str, place: int, row: type[Row]) -> list[Values]:
    if verb == "add":
        return [*rows, {**row.begun, "gap": str(place)}]
    if place >= len(rows):
        return rows
    if verb == "remove":
        return [one for n, one in enumerate(rows) if n != place]
    other = _neighbor(rows, place, -1 if verb == "up" else 1)
    if verb in ("up", "down") and other is not None:
        rows[place], rows[other] = rows[other], rows[place]
    return rows


def _neighbor(rows: Sequence[Values], place: int, step: int) -> int | None:
    """The next row of the same gap in a direction."""
    gap = rows[place].get("gap") or "0"
    other = place + step
    while 0 <= other < len(rows):
        if (rows[other].get("gap") or "0") == gap:
            return other
        other += step
    return None


def insert(data: QueryDict, text: str, why: str, fact: str) -> None:
    """Put a suggested option into the first empty row, or behind all others."""
    rows = read_rows(data, OptionRow)
    option = {"text": text, "share": "0", "feedback": why, "fact": fact, "gap": "0"}
    empty = [n for n, one in enumerate(rows) if not one["text"].strip() and one["share"] == "0"]
    if empty:
        rows[empty[0]] = option
    else:
        rows.append(option)
    write_rows(data, OptionRow, rows)


def begin(data: QueryDict) -> None:
    """Let the rows that a kind needs stand there, empty ones where nothing was typed yet."""
    kind = data.get("kind", "")
    if kind in CHOICES:
        _begin_choices(data, kind)
    elif kind in TYPED:
        _begin(data, "answer")
    elif kind == "matching":
        _begin(data, "pair")
    elif kind == "ordering":
        _begin(data, "line")
    elif kind == "essay":
        _begin(data, "criterion")
    elif kind == "cloze":
        _begin_gaps(data)


def _begin(data: QueryDict, name: str) -> None:
    row = ROWS[name]
    rows = read_rows(data, row)
    missing = _BEGINNINGS[name] - len(rows)
    if not rows:
        write_rows(data, row, [{**row.begun} for _n in range(missing)])


def _begin_choices(data: QueryDict, kind: str) -> None:
    rows = read_rows(data, OptionRow)
    if any(one["text"].strip() for one in rows):
        return
    texts = {"true_false": ["True", "False"], "classify": list(CLASSES.values())}
    begun = [{**OptionRow.begun, "text": text} for text in texts.get(kind, [""] * 4)]
    if kind in ("single", "several", "true_false"):
        begun[0] |= {"share": AnswerRow.begun["share"]}
    write_rows(data, OptionRow, begun)


def _begin_gaps(data: QueryDict) -> None:
    """One answer or two options for each gap of the stem that has none."""
    count = min(data.get("stem", "").count(GAP), MOST_GAPS)
    kinds = [*data.getlist("gap-kind")[:count], *["text"] * count][:count]
    data.setlist("gap-kind", kinds)
    for gap, kind in enumerate(kinds):
        row, wanted = (OptionRow, 3) if kind == "choice" else (AnswerRow, 1)
        rows = read_rows(data, row)
        if not any((one["gap"] or "0") == str(gap) for one in rows):
            begun = [{**row.begun, "gap": str(gap)} for _n in range(wanted)]
            begun[0]["share"] = AnswerRow.begun["share"]
            write_rows(data, row, [*rows, *begun])
