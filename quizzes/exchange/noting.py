"""Noting down how items and quizzes stand, so that they can be put back as they stood.

Wordings need no note: their revisions stay. A note says which one was in force.
"""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from quizzes.assessment import reserving
from quizzes.assessment.models import Quiz, Slot
from quizzes.content.models import Book, PackCopy
from quizzes.items import standing
from quizzes.items.banking import bank
from quizzes.items.models import Item, ItemFact, Revision, Tag
from quizzes.items.wordings import Entry, Wording
from quizzes.people.models import User
from quizzes.refusal import Refusal

NOTE = "noted.json"
"""The name under which a note is kept beside a pack's files."""

_ITEM = ("position", "direction", "state", "is_card", "is_question", "skill", "difficulty")
_QUIZ = (
    *("title", "description", "section_id", "chapter_id", "position", "is_shuffled"),
    *("time_limit_minutes", "pass_fraction"),
)
_SLOT = (
    *("position", "item_id", "count", "weight", "from_section_id", "from_chapter_id", "kind"),
    *("fact_kind", "skill", "difficulty", "tag", "heading"),
)

type Note = dict[str, Any]


class GivenSince(Refusal):
    """A quiz that came in was given to a class since."""


def note(book: Book, slugs: Collection[str], quizzes: Collection[str], coming: Note) -> str:
    """How these items and quizzes stand now, and what is about to come in."""
    items = Item.objects.filter(book=book, slug__in=slugs).select_related("revision")
    standing_quizzes = Quiz.objects.filter(book=book, slug__in=quizzes).order_by("pk")
    told = {
        "items": [_item(one) for one in items.order_by("pk")],
        "quizzes": [_quiz(one) for one in standing_quizzes],
        "brought": coming,
    }
    return json.dumps(told)


def brought(copy: PackCopy | None) -> set[str]:
    """The slugs of the questions that a pack brought."""
    noted = copy.files.filter(name=NOTE).first() if copy else None
    return set(json.loads(noted.text)["brought"]["items"]) if noted else set()


def _item(item: Item) -> Note:
    facts = ItemFact.objects.filter(item=item).order_by("position")
    return {
        "slug": item.slug,
        "origin": item.origin,
        "section": item.section_id,
        "chapter": item.chapter_id,
        "subject": item.subject_id,
        "siblings": item.siblings,
        "number": item.revision.number if item.revision else 0,
        "facts": list(facts.values_list("fact", flat=True)),
        "adapted_from": item.adapted_from_id,
        "tags": sorted(Tag.objects.filter(item=item).values_list("text", flat=True)),
        **{name: getattr(item, name) for name in _ITEM},
    }


def _quiz(quiz: Quiz) -> Note:
    return {
        "slug": quiz.slug,
        "is_retired": quiz.retired_at is not None,
        "columns": {name: getattr(quiz, name) for name in _QUIZ},
        "slots": list(quiz.slots.order_by("position").values(*_SLOT)),
    }


def put_back(book: Book, text: str, copy: PackCopy, at: datetime) -> list[str]:
    """Let items and quizzes stand as they stood before a load; what was brought since is retired.

    Questions that were edited after it stay as they are: their slugs. Refuses with `GivenSince`.
    Nothing is deleted, and old wordings come back as new revisions.
    """
    noted = json.loads(text)
    edited = _edited(book, noted, copy)
    _put_items_back(book, noted, edited, copy.by, at)
    _put_quizzes_back(book, noted, at)
    return sorted(edited)


def _edited(book: Book, noted: Note, copy: PackCopy) -> set[str]:
    """The questions that have a wording of after the load, which no pack brought or took back."""
    slugs = {*noted["brought"]["items"], *(one["slug"] for one in noted["items"])}
    copies = PackCopy.objects.filter(book=book).values_list("loaded_at", "taken_back_at")
    by_packs = {moment for moments in copies for moment in moments if moment}
    later = Revision.objects.filter(item__book=book, created_at__gt=copy.loaded_at)
    later = later.exclude(created_at__in=by_packs)
    return slugs & set(later.order_by().values_list("item__slug", flat=True))


def _put_items_back(
    book: Book, noted: Note, edited: set[str], author: User | None, at: datetime
) -> None:
    before = {one["slug"]: one for one in noted["items"]}
    came = set(noted["brought"]["items"]) - before.keys() - edited
    Item.objects.filter(book=book, slug__in=came).update(state=Item.State.RETIRED)
    before = {slug: one for slug, one in before.items() if slug not in edited}
    wordings = _wordings(book, before)
    for origin in (Item.Origin.AUTHORED, Item.Origin.IMPORTED):
        entries = [
            _entry(one, wordings[slug])
            for slug, one in before.items()
            if one["origin"] == origin and slug in wordings
        ]
        bank(book, origin, entries, at, author=author, is_whole=False)
    _put_origins_back(book, before)


def _put_origins_back(book: Book, before: Mapping[str, Note]) -> None:
    """What each was adapted from; notes did not always say it."""
    noted = {slug: one["adapted_from"] for slug, one in before.items() if "adapted_from" in one}
    items = list(Item.objects.filter(book=book, slug__in=noted).order_by("pk"))
    there = Item.objects.in_bulk([pk for pk in noted.values() if pk])
    for item in items:
        item.adapted_from = there.get(noted[item.slug])
    Item.objects.bulk_update(items, ["adapted_from"], batch_size=500)


def _wordings(book: Book, before: Mapping[str, Note]) -> dict[str, Wording]:
    """The wording that was in force of each item, by slug."""
    numbers = {slug: one["number"] for slug, one in before.items()}
    rows = Revision.objects.filter(item__book=book, item__slug__in=numbers).order_by()
    slugs = {
        pk: slug
        for pk, slug, number in rows.values_list("pk", "item__slug", "number")
        if number == numbers[slug]
    }
    found = standing.frozen(Revision.objects.filter(pk__in=slugs).order_by().values("pk"))
    return {slugs[revision.pk]: wording for revision, wording in found}


def _entry(one: Note, wording: Wording) -> Entry:
    names = ("slug", "section", "chapter", "subject", "siblings", *_ITEM)
    return Entry(
        wording=wording,
        facts=tuple(one["facts"]),
        tags=tuple(one["tags"]),
        **{name: one[name] for name in names},
    )


def _put_quizzes_back(book: Book, noted: Note, at: datetime) -> None:
    before = {one["slug"]: one for one in noted["quizzes"]}
    came = Quiz.objects.filter(book=book, slug__in=noted["brought"]["quizzes"])
    came = came.exclude(slug__in=before)
    if given := came.filter(assignments__isnull=False).first():
        raise GivenSince(
            _("“%(title)s” was given to a class since. Withdraw it there first.")
            % {"title": given.title}
        )
    came.update(retired_at=at)
    for quiz in Quiz.objects.filter(book=book, slug__in=before, assignments=None):
        _put_quiz_back(quiz, before[quiz.slug], at)
    reserving.renew(Quiz.objects.filter(book=book))


def _put_quiz_back(quiz: Quiz, one: Note, at: datetime) -> None:
    retired_at = (quiz.retired_at or at) if one["is_retired"] else None
    Quiz.objects.filter(pk=quiz.pk).update(**one["columns"], retired_at=retired_at)
    if list(quiz.slots.order_by("position").values(*_SLOT)) != one["slots"]:
        quiz.slots.all().delete()
        Slot.objects.bulk_create(Slot(quiz=quiz, **slot) for slot in one["slots"])
