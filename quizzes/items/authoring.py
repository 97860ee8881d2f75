"""What a pack's author wrote out enters the bank: questions and cards, by slug.

The pack's guards have judged the words; here they become wordings. What a question leaves out
and its first fact tells (a name, a date, a number, a class) is taken from that fact. A question
that no mark could be given by is kept as a draft, and the report says why.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from quizzes.content.models import Book, Chapter, Section
from quizzes.content.packs.shapes import Card, Question
from quizzes.content.packs.shapes.parts import AgentShape
from quizzes.items import filling
from quizzes.items.banking import Report, bank
from quizzes.items.generating import PLACES_A_FACT
from quizzes.items.keyed import Keyed, NotMarkableError
from quizzes.items.keying import keyed
from quizzes.items.likeness import says
from quizzes.items.models import Item
from quizzes.items.snapshots import HolderFact
from quizzes.items.snapshotting import Snapshot, snapshot
from quizzes.items.wordings import Entry, Wording

FIRST_PLACE, LAST_PLACE = 20, PLACES_A_FACT - 1
"""Positions among a fact's items for authored ones: behind those of the recipes."""

_NAMES_IT = 0.5


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the pack's slugs and numbers name in the database."""

    seen: Snapshot
    order: dict[str, int]
    sections: dict[str, int]
    chapters: dict[int, int]


def load(book: Book, questions: Sequence[Question], cards: Sequence[Card], at: datetime) -> Report:
    """Bring the book's authored items up to date with its pack, in one transaction.

    Items that the pack no longer holds are retired. The same pack a second time writes nothing.
    """
    found = entries(book, [*questions, *cards])
    report = bank(book, Item.Origin.PACK, [entry for entry, _doubt in found], at)
    return replace(report, notes=tuple(f"{entry.slug}: {doubt}" for entry, doubt in found if doubt))


def entries(
    book: Book, items: Sequence[Question | Card], seen: Snapshot | None = None
) -> list[tuple[Entry, str]]:
    """What each item comes to on this book's facts, and why it cannot be marked, if so.

    `seen` are the facts as they are now, where they have been read already.
    """
    shelf = _shelf(book, seen or snapshot(book))
    places = _places(items, shelf)
    worded = [(item, *_worded(item, shelf)) for item in items]
    return [
        (_entry(item, wording, shelf, places[item.slug], is_draft=bool(doubt)), doubt)
        for item, wording, doubt in worded
    ]


def _shelf(book: Book, seen: Snapshot) -> Shelf:
    return Shelf(
        seen,
        {slug: place for place, slug in enumerate(seen.rows)},
        dict(Section.objects.filter(book=book).values_list("slug", "pk")),
        dict(Chapter.objects.filter(book=book).values_list("number", "pk")),
    )


def _places(items: Iterable[Question | Card], shelf: Shelf) -> dict[str, int]:
    """The position of each item: behind the generated ones of the first fact that it tests."""
    taken = Counter[str]()
    places = {}
    for item in items:
        fact = item.tests[0]
        turn = min(FIRST_PLACE + taken[fact], LAST_PLACE)
        places[item.slug] = shelf.order.get(fact, len(shelf.order)) * PLACES_A_FACT + turn
        taken[fact] += 1
    return places


def _worded(item: Question | Card, shelf: Shelf) -> tuple[Wording, str]:
    """The wording, and why it cannot be marked, if so."""
    if isinstance(item, Card):
        return Wording(kind="short_text", stem=item.front, answer=item.back, is_markdown=True), ""
    try:
        key, doubt = keyed(item, shelf.seen), ""
    except NotMarkableError as no:
        key, doubt = Keyed(answer=item.explanation), str(no)
    return _wording(item, key, _framed(item, shelf)), doubt


def _wording(item: Question, key: Keyed, stem: str) -> Wording:
    return Wording(
        kind=item.kind,
        stem=stem,
        stem_html=filling.opened(stem) if item.kind == "cloze" else "",
        answer=key.answer,
        answer_html=key.answer_html,
        rationale=item.explanation,
        hint=item.hint or "",
        is_shuffled=shuffled_by_kind(item.kind) if item.is_shuffled is None else item.is_shuffled,
        is_case_exact=item.is_case_exact,
        is_accent_exact=item.is_accent_exact,
        options=key.options,
        accepted=key.accepted,
        precedes=key.precedes,
        criteria=key.criteria,
        is_markdown=True,
    )


def shuffled_by_kind(kind: str) -> bool:
    """Whether a question of this kind shows its options in any order, unless it says otherwise."""
    return kind not in ("true_false", "classify")


def _framed(question: Question, shelf: Shelf) -> str:
    """The stem with whose view it asks for, where it does not say so itself."""
    if question.framing is None:
        return question.stem
    name = _agent(question.framing.according_to, shelf.seen)
    is_framed = "according to" in question.stem.lower() or says(question.stem, name) >= _NAMES_IT
    if is_framed:
        return question.stem
    clause = shelf.seen.facts.vocabulary.clause(question.stem)
    return f"According to {name}, {clause}" if clause else f"According to {name}: {question.stem}"


def _agent(agent: AgentShape, seen: Snapshot) -> str:
    """Somebody's name as it stands inside a sentence."""
    figure = seen.facts.figure.get(agent.slug or "")
    if figure is None:
        return agent.label or "the author"
    is_author = figure.part == "author"
    return seen.facts.spoken(HolderFact(name=figure.label, figure=figure.slug, is_author=is_author))


def _entry(
    item: Question | Card, wording: Wording, shelf: Shelf, position: int, *, is_draft: bool
) -> Entry:
    facts = [shelf.seen.rows[slug] for slug in dict.fromkeys(item.tests)]
    number = item.book_chapter.number if item.book_chapter else None
    is_card = item.is_card if isinstance(item, Question) else True
    return Entry(
        slug=item.slug,
        wording=wording,
        section=shelf.sections[item.unit],
        chapter=facts[0].chapter_id if number is None else shelf.chapters[number],
        position=position,
        facts=tuple(fact.pk for fact in facts),
        direction=item.direction if isinstance(item, Card) else Item.Direction.FORWARD.value,
        subject=facts[0].pk,
        state=Item.State.DRAFT.value if is_draft else item.state,
        is_card=is_card,
        is_question=isinstance(item, Question) and item.is_question,
        skill=item.skill,
        difficulty=item.difficulty,
        siblings=item.siblings or item.tests[0],
        tags=tuple(sorted(set(item.tags))) if isinstance(item, Question) else (),
        is_substantive=item.change == "substantive",
    )
