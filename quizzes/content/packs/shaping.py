"""From plain values to shapes: each entry on its own, so that one bad entry hides no other."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from quizzes.content.packs.contents import Contents
from quizzes.content.packs.problems import Fault, Problem
from quizzes.content.packs.reading import Document
from quizzes.content.packs.shapes import FILES, MANIFEST, Entry, Manifest

REMEDIES = {
    "bool_type": "Write true or false",
    "date_type": "Write year-month-day, like 1937-06-30",
    "float_type": "Write a plain number",
    "int_type": "Write a whole number, without quotes or separators",
    "list_type": "Write a list",
    "model_type": "Write a mapping of keys to values",
    "string_pattern_mismatch": "Write a slug or code of this form, in small letters",
    "string_too_long": "Shorten it",
    "string_too_short": "Write something, or leave the key out",
    "string_type": "Write a text; put it in quotes when it looks like a number or a date",
    "too_short": "Add what is missing to the list",
    "too_long": "Shorten the list",
}
"""What to do, by pydantic's kind of error."""


def shape(
    documents: Mapping[str, Document], unread: Collection[str]
) -> tuple[Manifest | None, Contents, list[Problem]]:
    """The manifest and all entries of sound form, and a problem for each that is not.

    `unread` names the files that should be there and could not be read.
    """
    shaper = _Shaper(documents)
    shaper.gaps = {key for file in unread for key in FILES[file]}
    manifest = shaper.manifest()
    lists = defaultdict[str, list[Entry]](list)
    for file, document in documents.items():
        for key, model in FILES[file].items():
            lists[key] += shaper.entries(document, key, model)
    contents = Contents(
        **lists,  # type: ignore[arg-type]
        language=manifest.language if manifest else "",
        vocabulary=manifest.vocabulary if manifest else [],
        claimed={key: frozenset(slugs) for key, slugs in shaper.claimed.items()},
        gaps=frozenset(shaper.gaps),
        is_whole=not shaper.problems and not unread,
    )
    return manifest, contents, shaper.problems


class _Shaper:
    def __init__(self, documents: Mapping[str, Document]) -> None:
        self.documents = documents
        self.problems: list[Problem] = []
        self.claimed: dict[str, set[str]] = defaultdict(set)
        self.gaps: set[str] = set()

    def manifest(self) -> Manifest | None:
        for document in self.documents.values():
            if document.file != MANIFEST:
                self._refuse_unknown_keys(document)
        return self._manifest(self.documents[MANIFEST]) if MANIFEST in self.documents else None

    def _manifest(self, document: Document) -> Manifest | None:
        own = {key: value for key, value in document.data.items() if key not in FILES[MANIFEST]}
        try:
            return Manifest.model_validate(own)
        except ValidationError as error:
            self.problems += [_problem(document, (), slip) for slip in error.errors()]
            return None

    def entries(self, document: Document, key: str, model: type[Entry]) -> list[Entry]:
        raw = document.data.get(key) or []
        if not isinstance(raw, list):
            fault = Fault((document.file, key), "shape", f"`{key}` is no list", "Write a list")
            self.problems.append(document.problem(fault))
            self.gaps.add(key)
            return []
        return list(self._entries(document, key, model, raw))

    def _entries(
        self, document: Document, key: str, model: type[Entry], raw: list[Any]
    ) -> Iterator[Entry]:
        for index, values in enumerate(raw):
            if isinstance(values, dict) and isinstance(values.get("slug"), str):
                self.claimed[key].add(values["slug"])
            try:
                entry = model.model_validate(values)
            except ValidationError as error:
                self.problems += [
                    _problem(document, (key, index), slip)
                    for slip in error.errors(include_url=False)
                ]
            else:
                yield entry.standing_at((document.file, key, index))

    def _refuse_unknown_keys(self, document: Document) -> None:
        for key in document.data.keys() - FILES[document.file].keys():
            known = ", ".join(FILES[document.file])
            fault = Fault(
                (document.file, key), "shape", f"The key `{key}` is not known", f"Known: {known}"
            )
            self.problems.append(document.problem(fault, key=True))


def _problem(document: Document, base: tuple[str | int, ...], slip: ErrorDetails) -> Problem:
    kind, loc = slip["type"], slip["loc"]
    name = loc[-1] if loc else document.file
    message, remedy = slip["msg"], REMEDIES.get(kind, "Write what is asked for")
    if kind == "missing":
        message, remedy = f"The key `{name}` is missing", "Add it"
    elif kind == "extra_forbidden":
        message, remedy = f"The key `{name}` is not known", "Correct its spelling or remove it"
    elif kind in {"literal_error", "enum"}:
        message = f"`{slip['input']}` is not known for `{name}`"
        remedy = f"Write one of {slip['ctx']['expected']}"
    else:
        message = f"`{name}`: {message.removeprefix('Value error, ')}"
    fault = Fault((document.file, *base, *loc), "shape", message, remedy)
    return document.problem(fault, key=kind == "extra_forbidden")
