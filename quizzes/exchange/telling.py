"""Telling: somebody's own questions and quizzes as the entries of a pack, from their rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.text import Truncator
from pydantic import ValidationError

from quizzes.assessment.models import Quiz, Slot
from quizzes.content.models import Book
from quizzes.content.packs.shapes import Card, Entry, Question
from quizzes.content.packs.shapes import Quiz as Blueprint
from quizzes.exchange.formats import yamls
from quizzes.exchange.records.questions import Doubt, UnsayableError, Values, written
from quizzes.items import rendering, standing
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Item
from quizzes.items.standing import Standing

type Named = Question | Card | Blueprint
"""An entry of a pack that people know by its words."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a pack calls the parts of a book: by primary key, slugs and numbers."""

    facts: dict[int, str]
    fact_chapters: dict[int, int]
    sections: dict[int, str]
    chapters: dict[int, int]
    origins: dict[int, str]
    """What somebody's questions were adapted from; what no recipe makes any more is no part."""


def shelf(book: Book, own: Book | None = None) -> Shelf:
    """The names of a book's parts, and of what somebody's own questions on it were adapted from.

    Four queries, three where nobody's own are asked for.
    """
    facts = list(book.facts.values_list("pk", "slug", "chapter"))
    return Shelf(
        {pk: slug for pk, slug, _chapter in facts},
        {pk: chapter for pk, _slug, chapter in facts},
        dict(book.sections.values_list("pk", "slug")),
        dict(book.chapters.values_list("pk", "number")),
        _origins(book, own) if own else {},
    )


def _origins(book: Book, own: Book) -> dict[int, str]:
    origins = Item.objects.filter(adaptations__book=own, book__in=[book, own])
    is_made = Q(origin=Item.Origin.GENERATED, state=Item.State.RETIRED)
    return dict(origins.exclude(is_made).order_by().values_list("pk", "slug"))


def own_questions(book: Book) -> list[Standing]:
    """Somebody's own questions in a book of theirs, by section and slug."""
    found = [
        one
        for origin in (Item.Origin.AUTHORED, Item.Origin.IMPORTED)
        for one in standing.standing(book, origin).values()
        if one.item.is_question
    ]
    places = dict(book.topic.sections.values_list("pk", "position"))
    return sorted(found, key=lambda one: (places.get(one.item.section_id, 0), one.item.slug))


def entry(one: Standing, names: Shelf) -> Values:
    """A question as a pack writes it, its keys in one order; raises `UnsayableError`."""
    if one.wording is None:
        raise UnsayableError(Doubt.OTHER)
    item, values = one.item, written(one.wording, names.facts)
    first = names.fact_chapters.get(one.facts[0]) if one.facts else None
    said: Values = {"slug": item.slug, "kind": values.pop("kind")}
    said |= {"is_card": True} if item.is_card else {}
    said["unit"] = names.sections.get(item.section_id, "")
    if item.chapter_id != first:
        number = names.chapters.get(item.chapter_id, 0)
        said["book_chapter"] = {"number": number, "basis": "inferred"}
    said |= {"difficulty": item.difficulty} if item.difficulty != 1 else {}
    said |= {"skill": item.skill, "tests": [names.facts.get(pk, "") for pk in one.facts]}
    said |= values
    said |= {"tags": list(one.tags)} if one.tags else {}
    said |= {"state": item.state} if item.state != Item.State.READY else {}
    said |= {"siblings": item.siblings} if item.siblings else {}
    origin = names.origins.get(item.adapted_from_id or 0)
    return said | ({"adapted_from": origin} if origin else {})


def read_whole(quizzes: QuerySet[Quiz]) -> Iterable[Quiz]:
    """Quizzes with all that their blueprints name, in two queries."""
    named = ("item", "from_section", "from_chapter")
    slots = Slot.objects.order_by("position").select_related(*named)
    return quizzes.select_related("section", "chapter").prefetch_related(Prefetch("slots", slots))


def blueprint(quiz: Quiz) -> Values:
    """A quiz as a pack writes it, its keys in one order."""
    said: Values = {"slug": quiz.slug, "title": quiz.title.strip()}
    said |= {"description": quiz.description.strip()} if quiz.description.strip() else {}
    said |= {"unit": quiz.section.slug} if quiz.section else {}
    said |= {"chapter": quiz.chapter.number} if quiz.chapter else {}
    said["blueprint"] = [_draw(slot) for slot in quiz.slots.all()]
    said |= {"time_limit": quiz.time_limit_minutes} if quiz.time_limit_minutes else {}
    said["shuffle"] = quiz.is_shuffled
    if quiz.pass_fraction is not None:
        said["pass_mark"] = quiz.pass_fraction / FULL_FRACTION
    return said


def told(book: Book) -> dict[str, str]:
    """Somebody's own questions and quizzes by slug as a pack writes them, as far as it can."""
    names, found = shelf(book.topic, book), {}
    for one in own_questions(book):
        try:
            found[one.item.slug] = _said(Question, entry(one, names))
        except UnsayableError:
            found[one.item.slug] = one.wording.stem if one.wording else ""
    quizzes = read_whole(Quiz.objects.filter(book=book))
    return found | {quiz.slug: _said(Blueprint, blueprint(quiz)) for quiz in quizzes}


def called(book: Book) -> dict[str, str]:
    """What somebody's own questions and quizzes are called, by slug; two queries."""
    items = Item.objects.filter(book=book).select_related("revision")
    quizzes = Quiz.objects.filter(book=book)
    return {item.slug: item.short for item in items} | {one.slug: one.title for one in quizzes}


def name(entry: Named) -> str:
    """What an entry of a pack is called: the first words of a question, the title of a quiz."""
    if isinstance(entry, Blueprint):
        return entry.title
    stem = entry.stem if isinstance(entry, Question) else entry.front
    return Truncator(rendering.bare(rendering.markdown(stem))).chars(80)


def text(entry: Entry) -> str:
    """An entry as a pack writes it, without what goes without saying."""
    return yamls.dump(_plain(entry.model_dump(by_alias=True, exclude_defaults=True, mode="json")))


def _plain(value: Any) -> Any:
    """Whole numbers without a point."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _said(shape: type[Entry], values: Values) -> str:
    """The same in the order and with the keys of its shape, where it has one."""
    try:
        return text(shape.model_validate(values))
    except ValidationError:
        return yamls.dump(values)


def _draw(slot: Slot) -> Values:
    said = {
        "heading": slot.heading,
        "item": slot.item.slug if slot.item else "",
        "unit": slot.from_section.slug if slot.from_section else "",
        "chapter": slot.from_chapter.number if slot.from_chapter else None,
        "fact_kind": slot.fact_kind,
        "kind": slot.kind,
        "skill": slot.skill,
        "difficulty": slot.difficulty,
        "tag": slot.tag,
        "count": slot.count if slot.count != 1 else None,
        "weight": slot.weight if slot.weight != 1 else None,
    }
    return {name: value for name, value in said.items() if value not in ("", None)}
