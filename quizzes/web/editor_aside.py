"""What was typed of a question that its kind has no field for: it goes along unseen.

Another kind finds it again, and so does the first one when its author comes back to it.
"""

from collections.abc import Iterator

from django.http import QueryDict

from quizzes.items.compositions import CHOICES, TYPED
from quizzes.web.editor_moves import fills, gap_kinds, read_rows
from quizzes.web.editor_rows import ROWS, posted

type Posted = tuple[str, str]
"""A field's name, and what it posts."""

_ROWS = {
    "matching": ("pair", "spare"),
    "ordering": ("line",),
    "essay": ("criterion",),
    "cloze": ("option", "answer"),
    **dict.fromkeys(CHOICES, ("option",)),
    **dict.fromkeys(TYPED, ("answer",)),
}
"""The rows that a kind shows."""

_FIELDS = {
    "answer": ("essay",),
    "is_shuffled": CHOICES,
    "is_case_exact": ("short_text", "cloze"),
    "is_accent_exact": ("short_text", "cloze"),
}
"""The fields that only some kinds show."""


def unseen(data: QueryDict) -> list[Posted]:
    """What the page of this kind posts back without showing it, behind all that it shows."""
    kind = data.get("kind", "")
    fields = (name for name, kinds in _FIELDS.items() if kind not in kinds and data.get(name))
    alone = ((name, str(data[name])) for name in fields)
    return [*alone, *_gap_kinds(data), *_rows(data, kind)]


def is_seen(kind: str, name: str) -> bool:
    """Whether a kind shows rows of this name."""
    return name in _ROWS.get(kind, ())


def _gap_kinds(data: QueryDict) -> Iterator[Posted]:
    """How gaps are filled that the text does not show now."""
    yield from (("gap-kind", one) for one in data.getlist("gap-kind")[len(gap_kinds(data)) :])


def _rows(data: QueryDict, kind: str) -> Iterator[Posted]:
    kinds = gap_kinds(data)
    for name, row in ROWS.items():
        for one in read_rows(data, row):
            if not is_seen(kind, name) or (kind == "cloze" and not fills(one, name, kinds)):
                yield from ((posted(row)[field], value) for field, value in one.items())
