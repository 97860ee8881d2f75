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
_GAP_BEGINNINGS = {"option": 3, "answer": 1}

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
        is_gapped = data.get("kind") == "cloze"
        rows = _moved(read_rows(data, row), verb, int(told), row, is_gapped=is_gapped)
        write_rows(data, row, rows)


def _facts(facts: Sequence[str], verb: str, slug: str) -> Iterator[str]:
    """The tested facts after one was picked, dropped, or moved to the front."""
    others = [one for one in facts if one != slug]
    if verb == "first":
        yield slug
    yield from facts if verb == "pick" and slug in facts else others
    if verb == "pick" and slug not in facts:
        yield slug


def _moved(
    rows: list[Values], verb: str, place: int, row: type[Row], *, is_gapped: bool
) -> list[Values]:
    if verb == "add":
        return [*rows, {**row.begun, "gap": str(place)}]
    if place >= len(rows):
        return rows
    if verb == "remove":
        return [one for n, one in enumerate(rows) if n != place]
    gaps = [gap_of(one) if is_gapped else 0 for one in rows]
    other = _neighbor(gaps, place, -1 if verb == "up" else 1)
    if verb in ("up", "down") and other is not None:
        rows[place], rows[other] = rows[other], rows[place]
    return rows


def _neighbor(gaps: Sequence[int], place: int, step: int) -> int | None:
    """The next row of the same gap in a direction."""
    other = place + step
    while 0 <= other < len(gaps):
        if gaps[other] == gaps[place]:
            return other
        other += step
    return None


def gap_of(one: Values) -> int:
    """The gap that a row fills, counted from 0."""
    typed = one.get("gap", "")
    return int(typed) if typed.isascii() and typed.isdecimal() else 0


def fills(one: Values, name: str, kinds: Sequence[str]) -> bool:
    """Whether an option or an answer stands in one of a text's gaps, filled in these ways."""
    gap = gap_of(one)
    return gap < len(kinds) and (kinds[gap] == "choice") == (name == OptionRow.name)


def gap_kinds(data: QueryDict) -> list[str]:
    """How each gap of a text is filled."""
    count = min(data.get("stem", "").count(GAP), MOST_GAPS) if data.get("kind") == "cloze" else 0
    return [*data.getlist("gap-kind")[:count], *["text"] * count][:count]


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
    """Options of the kind, unless somebody wrote some: those of another kind are nobody's work."""
    rows = read_rows(data, OptionRow)
    written, begun = _written(rows), _choices(kind)
    is_untouched = not written or any(written == _written(_choices(one)) for one in CHOICES)
    if not rows or (is_untouched and written != _written(begun)):
        write_rows(data, OptionRow, begun)


def _choices(kind: str) -> list[Values]:
    """The options with which a kind begins."""
    texts = {"true_false": ["True", "False"], "classify": list(CLASSES.values())}
    begun = [{**OptionRow.begun, "text": text} for text in texts.get(kind, [""] * 4)]
    if kind in ("single", "several", "true_false"):
        begun[0] |= {"share": AnswerRow.begun["share"]}
    return begun


def _written(rows: Sequence[Values]) -> list[tuple[str, str, str]]:
    said = [(one["text"].strip(), one["share"], one.get("feedback", "").strip()) for one in rows]
    return [one for one in said if one[0] or one[2]]


def _begin_gaps(data: QueryDict) -> None:
    """One answer or three options for each gap of the stem that has none, in the gaps' order.

    What fills no gap now comes last: it is not shown.
    """
    kinds = gap_kinds(data)
    data.setlist("gap-kind", [*kinds, *data.getlist("gap-kind")[len(kinds) : MOST_GAPS]])
    for row in (OptionRow, AnswerRow):
        rows = read_rows(data, row)
        rows += [one for gap in range(len(kinds)) for one in _begun_in(gap, kinds, row, rows)]
        rows.sort(key=lambda one: (not fills(one, row.name, kinds), gap_of(one)))
        write_rows(data, row, rows)


def _begun_in(
    gap: int, kinds: Sequence[str], row: type[Row], rows: Sequence[Values]
) -> list[Values]:
    """The rows with which a gap begins; none where some stand there, or where others fill it."""
    begun = {**row.begun, "gap": str(gap)}
    if not fills(begun, row.name, kinds) or any(gap_of(one) == gap for one in rows):
        return []
    wanted = _GAP_BEGINNINGS[row.name]
    return [begun | {"share": AnswerRow.begun["share"]}, *[begun] * (wanted - 1)]
