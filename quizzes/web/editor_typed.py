"""What the editor's form holds before anything is typed: a new question, or one as it stands."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import QueryDict

from quizzes.content.models import Book, Fact
from quizzes.identifiers import uuid7
from quizzes.items.compositions import Composition
from quizzes.items.contributing import Filing
from quizzes.items.models import Item, Revision
from quizzes.web.editor_forms import QuestionForm
from quizzes.web.editor_moves import begin, write_rows
from quizzes.web.editor_rows import ROWS, posted

_CARRIED = ("kind", "chapter", "section", "skill", "difficulty", "tags")
"""What a new question takes over from the one before it."""
_SHUFFLED = {"true_false": "", "classify": ""}
_TEXTS = ("stem", "answer", "explanation", "hint")
_RULES = ("is_shuffled", "is_case_exact", "is_accent_exact")

KEPT = frozenset(QuestionForm.base_fields) | {
    "fact",
    "gap-kind",
    *(name for row in ROWS.values() for name in posted(row).values()),
}
"""Everything that is kept of a form that is not saved yet."""


def fresh(book: Book, asked: Mapping[str, str]) -> QueryDict:
    """A new question; what the address asks for begins it."""
    data = QueryDict(mutable=True)
    first = book.chapters.order_by("number").first()
    data.update(
        {
            "kind": Revision.Kind.SINGLE.value,
            "chapter": first.slug if first else "",
            "skill": Item.Skill.RECALL.value,
            "difficulty": "1",
            "state": Item.State.READY.value,
            "manuscript": str(uuid7()),
        }
    )
    for name in _CARRIED:
        if asked.get(name):
            data[name] = asked[name]
    if asked.get("fact"):
        data.setlist("fact", [asked["fact"]])
    data["is_shuffled"] = _SHUFFLED.get(str(data["kind"]), "on")
    begin(data)
    return data


def standing(item: Item, one: Composition, filed: Filing) -> QueryDict:
    """A question as it stands, with every row that it has."""
    data = QueryDict(mutable=True)
    slugs = _slugs([*filed.facts, *_named(one)])
    data["kind"], data["seen"] = one.kind, str(item.revision_id)
    for name in _TEXTS:
        data[name] = getattr(one, name)
    for name in _RULES:
        data[name] = "on" if getattr(one, name) else ""
    data.setlist("gap-kind", list(one.gaps))
    _write(data, one, slugs)
    data["chapter"] = filed.chapter.slug
    data["section"] = filed.section.slug if filed.section else ""
    data["skill"], data["difficulty"] = filed.skill, str(filed.difficulty)
    data["tags"], data["state"] = ", ".join(filed.tags), filed.state
    data.setlist("fact", [slugs[fact] for fact in filed.facts if fact in slugs])
    begin(data)
    return data


def restored(kept: Mapping[str, Sequence[str]]) -> QueryDict:
    """A form as it was left."""
    data = QueryDict(mutable=True)
    for name, values in kept.items():
        if name in KEPT:
            data.setlist(name, [str(value) for value in values])
    return data


def kept(data: QueryDict) -> dict[str, list[str]]:
    """What is kept of a form as it was typed."""
    return {name: data.getlist(name) for name in sorted(KEPT) if name in data}


def _named(one: Composition) -> Iterable[int]:
    named = [row.fact for row in one.choices]
    named += [row.fact for row in one.pairs]
    named += [row.fact for row in one.lines]
    return (fact for fact in named if fact is not None)


def _slugs(facts: Iterable[int]) -> dict[int, str]:
    return dict(Fact.objects.filter(pk__in=set(facts)).values_list("pk", "slug"))


def _write(data: QueryDict, one: Composition, slugs: Mapping[int, str]) -> None:
    """Each row of the question under the names that the form posts."""
    groups: dict[str, tuple[Any, ...]] = {
        "option": one.choices,
        "answer": one.typed,
        "pair": one.pairs,
        "spare": one.spares,
        "line": one.lines,
        "criterion": one.criteria,
    }
    for name, rows in groups.items():
        row = ROWS[name]
        shown = [{field: _said(one, field, slugs) for field in row.base_fields} for one in rows]
        write_rows(data, row, shown)


def _said(row: Any, field: str, slugs: Mapping[int, str]) -> str:
    """A value of a row as it is typed."""
    if field == "level":
        return "level" if row.is_level else ""
    value = getattr(row, field)
    if field == "fact":
        return slugs.get(value, "")
    if field == "tolerance":
        return f"{value.normalize():f}" if value else ""
    return str(value)
