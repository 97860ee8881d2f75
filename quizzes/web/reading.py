"""What a chapter's pages show: a few sections at a time, each with its facts in order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from quizzes.content.models import (
    Chapter,
    Citation,
    Evidence,
    Fact,
    Holder,
    Objection,
    Section,
)

MOST_FACTS = 60
"""How many facts a leaf holds, unless a single section has more."""

PAGES = Citation.objects.order_by("position", "pk")
OWN_PAGES = PAGES.filter(role=None, evidence=None, objection=None, relation=None, confusable=None)


@dataclass(frozen=True, slots=True)
class Passage:
    """A section of a chapter as its contents list it, with the facts that stand in it."""

    section: Section
    fact_count: int
    facts: list[Fact] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Leaf:
    """What one page of a chapter shows: some of its passages, and what is before and after."""

    contents: list[Passage]
    shown: list[Passage]
    before: Passage | None
    after: Passage | None


def leaf(chapter: Chapter, section: str = "") -> Leaf | None:
    """The leaf of a chapter with a section on it, or the first; none if there is no such section.

    The number of queries does not grow with the facts.
    """
    contents = _contents(chapter)
    bundles = list(_bundles(contents))
    number = _place(bundles, section)
    if number is None:
        return None
    shown = bundles[number] if bundles else []
    facts: dict[int, list[Fact]] = {passage.section.pk: passage.facts for passage in shown}
    for fact in _facts(chapter, facts):
        facts[fact.section_id].append(fact)
    return Leaf(
        contents=contents,
        shown=shown,
        before=bundles[number - 1][0] if number else None,
        after=bundles[number + 1][0] if number + 1 < len(bundles) else None,
    )


def argument_parts(*beside: str) -> list[Prefetch[str, QuerySet[Any, Any], str]]:
    """Who holds an argument, on what ground, and what is against it; `beside` loads more."""
    holders = Holder.objects.select_related("figure__fact")
    grounds = Evidence.objects.prefetch_related(Prefetch("citations", PAGES), *beside)
    objections = Objection.objects.select_related("raised_by__fact").prefetch_related(
        Prefetch("citations", PAGES), *beside
    )
    return [
        Prefetch("argument__holders", holders.order_by("position", "pk")),
        Prefetch("argument__evidence", grounds.order_by("position", "pk")),
        Prefetch("argument__objections", objections.order_by("position", "pk")),
    ]


def _contents(chapter: Chapter) -> list[Passage]:
    """The sections that hold facts of a chapter, which may lie in another one's pages."""
    found = Section.objects.filter(facts__chapter=chapter, facts__retired_at=None)
    counted = found.annotate(fact_count=Count("facts")).order_by("position", "pk")
    return [Passage(section, section.fact_count) for section in counted]


def _bundles(passages: Iterable[Passage]) -> Iterator[list[Passage]]:
    """Passages gathered, in order, into leaves of at most `MOST_FACTS` facts."""
    bundle: list[Passage] = []
    for passage in passages:
        if bundle and sum(one.fact_count for one in bundle) + passage.fact_count > MOST_FACTS:
            yield bundle
            bundle = []
        bundle.append(passage)
    if bundle:
        yield bundle


def _place(bundles: Sequence[Sequence[Passage]], section: str) -> int | None:
    if not section:
        return 0
    slugs = [[passage.section.slug for passage in bundle] for bundle in bundles]
    return next((number for number, held in enumerate(slugs) if section in held), None)


def _facts(chapter: Chapter, section_ids: Iterable[int]) -> QuerySet[Fact]:
    facts = Fact.objects.current().filter(chapter=chapter, section__in=section_ids)
    pages = Prefetch("citations", OWN_PAGES)
    return facts.with_details().prefetch_related(pages, *argument_parts()).in_order()
