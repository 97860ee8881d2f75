"""A pack held against what is loaded: learners hang on it, so no meaning changes in silence."""

from collections.abc import Iterator, Mapping
from typing import Any

from quizzes.content.models import Book, Fact
from quizzes.content.packs import Pack, shapes
from quizzes.content.packs.problems import Fault, Problem
from quizzes.content.packs.shapes import MANIFEST


def problems(
    pack: Pack,
    book: Book | None,
    standing: Mapping[str, Fact],
    *,
    is_draft: bool = False,
    is_own: bool = False,
) -> list[Problem]:
    """What is wrong with a pack only because of what is loaded.

    Always: the slug of a learner's own book, unless the pack `is_own` there, and a fact that became
    one of another kind. Unless it is a draft or the same pack: a version that did not move, and
    answers that changed without saying so.
    """
    if book is None:
        return []
    faults = [*([] if is_own else _owned(book)), *_kinds(pack, standing)]
    if not is_draft and not book.pack_hash.startswith(pack.fingerprint):
        faults += [*_version(pack, book), *_answers(pack, standing)]
    return sorted(pack.problem(fault) for fault in faults)


def _owned(book: Book) -> Iterator[Fault]:
    if book.owner_id is not None:
        message = f"`{book.slug}` is a book of a user's own"
        yield Fault((MANIFEST, "book", "slug"), "slug", message, "Choose another slug")


def _kinds(pack: Pack, standing: Mapping[str, Fact]) -> Iterator[Fault]:
    for fact in pack.contents.facts:
        row = standing.get(fact.slug)
        if row is not None and row.kind != fact.KIND:
            message = f"`{fact.slug}` was of kind {row.kind}, and is of kind {fact.KIND} now"
            yield Fault((*fact.path, "slug"), "slug", message, "Choose another slug")


def _version(pack: Pack, book: Book) -> Iterator[Fault]:
    if pack.manifest.version <= book.pack_version:
        message = f"The pack differs from the loaded one, which is version {book.pack_version} too"
        if pack.manifest.version < book.pack_version:
            message = f"Version {book.pack_version} is loaded already"
        remedy = f"Make it version {book.pack_version + 1}"
        yield Fault((MANIFEST, "version"), "version", message, remedy)


def _answers(pack: Pack, standing: Mapping[str, Fact]) -> Iterator[Fault]:
    for fact in pack.contents.facts:
        row = standing.get(fact.slug)
        if row is None or row.kind != fact.KIND:
            continue
        if _has_other_key(fact, row) and fact.change != "substantive":
            message = f"The answer to `{fact.slug}` is another than the loaded one"
            remedy = "Add `change: substantive`, or restore it"
            yield Fault(fact.path, "changed-key", message, remedy)
        elif fact.label != row.label and fact.change is None:
            message = f"`{fact.slug}` has another name than the loaded one"
            remedy = "Add `change: cosmetic`, or substantive where it means another thing"
            yield Fault(fact.path, "changed-key", message, remedy)


def _has_other_key(fact: shapes.Fact, row: Fact) -> bool:
    detail: Any = getattr(row, fact.KIND)
    return any(getattr(detail, column) != value for column, value in _key(fact).items())


def _key(fact: shapes.Fact) -> dict[str, object]:
    """The columns that answers are made of."""
    match fact:
        case shapes.Event(when=when, status=status):
            part = when.part.value if when.part else ""
            bounds = {"not_before": when.not_before, "not_after": when.not_after}
            return {"precision": when.precision.value, "part": part, "status": status, **bounds}
        case shapes.Quantity():
            columns = ("value", "bound", "lower", "upper")
            return {column: getattr(fact, column) for column in columns}
        case shapes.Argument():
            return {"kind": fact.kind, "stance": fact.stance.value}
    return {}
