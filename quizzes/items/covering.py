"""Covering: the author's map of a book: which facts are asked, and where the pages say nothing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from quizzes.content.models import Book, Citation, Fact, Section
from quizzes.items.models import Item
from quizzes.people.models import User


@dataclass(frozen=True, slots=True)
class Covered:
    """A fact with the number of cards and of questions that ask for it.

    They are the book's; `own` are the questions that the map's reader keeps on it.
    """

    fact: Fact
    cards: int
    questions: int
    own: int = 0

    @property
    def is_bare(self) -> bool:
        return not (self.cards or self.questions or self.own)


@dataclass(frozen=True, slots=True)
class Asked:
    """Of some facts, how many there are, and how many the book, its reader and nobody asks for."""

    facts: int
    book: int
    own: int
    nobody: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A section with its facts, and how many there are of each kind."""

    section: Section
    facts: list[Covered]

    @property
    def kinds(self) -> Counter[str]:
        return Counter(one.fact.kind for one in self.facts)

    def asked(self, kind: str) -> Asked:
        """Its facts of one kind, by who asks for them."""
        return _asked(one for one in self.facts if one.fact.kind == kind)

    @property
    def cards(self) -> int:
        return sum(one.cards for one in self.facts)

    @property
    def questions(self) -> int:
        return sum(one.questions for one in self.facts)

    @property
    def own(self) -> int:
        return sum(one.own for one in self.facts)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole map: section by section, and the pages on which no fact stands."""

    passages: list[Passage]
    silent_pages: list[int]

    @property
    def facts(self) -> list[Covered]:
        return [one for passage in self.passages for one in passage.facts]

    @property
    def bare(self) -> list[Covered]:
        """Facts that neither a card nor a question asks for."""
        return [one for one in self.facts if one.is_bare]

    @property
    def bare_core(self) -> list[Covered]:
        """Those of them that a pack calls core, and promises to ask."""
        return [one for one in self.bare if one.fact.is_core]

    @property
    def unasked(self) -> list[Covered]:
        """The same, those first that are core."""
        return sorted(self.bare, key=lambda one: not one.fact.is_core)

    @property
    def kinds(self) -> Counter[str]:
        return Counter(one.fact.kind for one in self.facts)

    def asked(self, kind: str) -> Asked:
        """All facts of one kind, by who asks for them."""
        return _asked(one for one in self.facts if one.fact.kind == kind)


def cover(book: Book, reader: User | None = None) -> Coverage:
    """The map of a book as it is loaded, with what a reader keeps on it; three queries.

    What others keep on it is not counted.
    """
    ready = Q(item_facts__item__state=Item.State.READY)
    is_own = ready & Q(
        item_facts__item__book__about=book, item_facts__item__book__owner=reader and reader.pk
    )
    is_card, is_question = (
        ready & Q(item_facts__item__book=book, **{f"item_facts__item__{use}": True})
        for use in ("is_card", "is_question")
    )
    facts = (
        Fact.objects.current()
        .filter(book=book)
        .annotate(
            cards=Count("item_facts", filter=is_card),
            questions=Count("item_facts", filter=is_question),
            own=Count("item_facts", filter=is_own),
        )
    )
    passages = {section.pk: Passage(section, []) for section in book.sections.order_by("position")}
    found_facts: Any = facts.in_order()
    for fact in found_facts:
        fact.section = passages[fact.section_id].section
        passages[fact.section_id].facts.append(Covered(fact, fact.cards, fact.questions, fact.own))
    found = list(passages.values())
    return Coverage(found, _silent(book, [passage.section for passage in found]))


def _asked(facts: Iterable[Covered]) -> Asked:
    found = list(facts)
    return Asked(
        facts=len(found),
        book=sum(bool(one.cards or one.questions) for one in found),
        own=sum(bool(one.own) for one in found),
        nobody=sum(one.is_bare for one in found),
    )


def _silent(book: Book, sections: Iterable[Section]) -> list[int]:
    """The pages of the sections that no fact cites."""
    spans = [(one.first_page, one.last_page or one.first_page) for one in sections]
    wanted = {page for first, last in spans if first and last for page in range(first, last + 1)}
    cited = Citation.objects.filter(
        fact__book=book, fact__retired_at=None, numbering=Citation.Numbering.ARABIC
    )
    for first, last in cited.values_list("first_page", "last_page").distinct():
        if first and last:
            wanted -= set(range(first, last + 1))
    return sorted(wanted)
