"""Where the book says what an item asks for, and whose view it is."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.urls import reverse

from quizzes.content.models import Citation, Fact, Holder
from quizzes.items.models import ItemFact
from quizzes.web import wording


@dataclass(frozen=True, slots=True)
class Source:
    """Where the book says it: the place in words, and the page of the fact."""

    place: str
    pages: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class View:
    """Whose view an argument is (nobody named: the book's own), and what the author makes of it."""

    holders: list[str]
    stance: str
    conceded: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What an item stands on: the facts that it tests, in order."""

    sources: list[Source] = field(default_factory=list)
    views: list[View] = field(default_factory=list)


def grounds(items: Collection[int]) -> dict[int, Ground]:
    """What each of these items stands on; as many queries for a hundred as for one."""
    found: dict[int, Ground] = defaultdict(Ground)
    pages = Citation.objects.filter(evidence=None, objection=None, relation=None, confusable=None)
    views = Holder.objects.select_related("figure__fact")
    rows = ItemFact.objects.filter(item__in=items).select_related(
        "fact__book", "fact__section__chapter", "fact__argument"
    )
    for row in rows.order_by("position", "fact").prefetch_related(
        Prefetch("fact__citations", pages.order_by("position", "pk")),
        Prefetch("fact__argument__holders", views.order_by("position", "pk")),
    ):
        found[row.item_id].sources.append(_source(row.fact))
        if row.fact.kind == Fact.Kind.ARGUMENT:
            found[row.item_id].views.append(_view(row.fact))
    return found


def _source(fact: Fact) -> Source:
    return Source(
        place=fact.section.chapter.title,
        pages=wording.pages(fact.citations.all()),
        label=fact.label,
        url=reverse("fact", args=[fact.book.slug, fact.slug]),
    )


def _view(fact: Fact) -> View:
    argument = fact.argument
    return View(
        holders=[str(holder) for holder in argument.holders.all()],
        stance=argument.get_stance_display(),
        conceded=argument.conceded,
    )
