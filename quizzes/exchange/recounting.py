"""What a load changes, entry by entry: before and after as a pack writes them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from quizzes.content.loading import Fate
from quizzes.content.models import Book
from quizzes.content.packs import Pack, Problem
from quizzes.exchange.contributing import Own, Taken
from quizzes.exchange.packing import Brought, is_own
from quizzes.exchange.telling import Named, name, text
from quizzes.items.banking import Report

FACTS, QUESTIONS, QUIZZES = "facts", "questions", "quizzes"

type Texts = Mapping[str, str]
"""Entries by slug, as a pack writes them."""


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one entry; a side is empty where the entry is not there, or not known."""

    of: str
    fate: Fate
    slug: str
    name: str
    """The words of a question, the title of a quiz, the name of a fact."""
    before: str = ""
    after: str = ""
    is_substantive: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """The entries before and after, and what each is called."""

    old: Texts
    new: Texts
    names: Texts

    def change(self, of: str, fate: Fate, slug: str, *, is_substantive: bool = False) -> Change:
        """What becomes of one entry, with both sides; what is retired has none any more."""
        after = "" if fate is Fate.RETIRED else self.new.get(slug, "")
        name = self.names.get(slug, "")
        return Change(of, fate, slug, name, self.old.get(slug, ""), after, is_substantive)


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that a load does, or would do: nothing if there are problems.

    `generated` counts what becomes of the flashcards that are made from facts.
    """

    changes: tuple[Change, ...] = ()
    unchanged: Mapping[str, int] = field(default_factory=dict)
    generated: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    book: Book | None = field(default=None, compare=False)


def of_pack(brought: Brought, pack: Pack, before: Pack | None) -> Outcome:
    """What bringing in a whole pack changes, held against the one before it."""
    old, new = _texts(before), _texts(pack)
    names = _names(before) | _names(pack)
    sides = Sides(old, new, names)
    fates = brought.loaded.fates
    changes = [
        sides.change(FACTS, fate, slug)
        for slug, fate in fates.items()
        if fate is not Fate.UNCHANGED
    ]
    changes += _questions(brought.authored, sides)
    built = brought.built
    changes += _quizzes(built.created, built.written, built.retired, sides)
    return Outcome(
        tuple(sorted(changes, key=_order)),
        {
            FACTS: sum(fate is Fate.UNCHANGED for fate in fates.values())
            or (0 if fates else brought.loaded.current),
            QUESTIONS: _untouched(brought.authored),
            QUIZZES: built.total - len(built.written),
        },
        _counted(brought.generated),
        _notes(brought.notes, names),
        book=brought.loaded.book,
    )


def of_own(taken: Taken, new: Own, old: Texts, names: Texts, book: Book) -> Outcome:
    """What taking in somebody's own questions and quizzes changes; `names` are those of before."""
    entries: list[Named] = [*new.questions, *new.quizzes]
    texts = {one.slug: text(one) for one in entries}
    known = {**names, **{one.slug: name(one) for one in entries}}
    sides = Sides(old, texts, known)
    quizzes = taken.quizzes
    changes = [*_questions(taken.questions, sides)]
    changes += _quizzes(quizzes.created, quizzes.written, (), sides)
    return Outcome(
        tuple(sorted(changes, key=_order)),
        {
            QUESTIONS: _untouched(taken.questions),
            QUIZZES: quizzes.total - len(quizzes.written),
        },
        {},
        _notes((*new.notes, *taken.questions.notes, *quizzes.notes), known),
        book=book,
    )


def together(one: Outcome, other: Outcome) -> Outcome:
    """Two outcomes of one load as one."""
    counts = {
        of: one.unchanged.get(of, 0) + other.unchanged.get(of, 0)
        for of in (*one.unchanged, *other.unchanged)
    }
    changes = tuple(sorted((*one.changes, *other.changes), key=_order))
    return Outcome(changes, counts, one.generated, (*one.notes, *other.notes), book=one.book)


def _texts(pack: Pack | None) -> Texts:
    if pack is None:
        return {}
    contents = pack.contents
    entries: Iterable[Any] = (
        *contents.facts,
        *(one for one in contents.questions if not is_own(one)),
        *(one for one in contents.quizzes if not is_own(one)),
        *contents.cards,
    )
    return {entry.slug: text(entry) for entry in entries}


def _names(pack: Pack | None) -> dict[str, str]:
    if pack is None:
        return {}
    contents = pack.contents
    entries: list[Named] = [*contents.questions, *contents.cards, *contents.quizzes]
    facts = {fact.slug: fact.label for fact in contents.facts}
    return facts | {entry.slug: name(entry) for entry in entries}


def _notes(notes: Iterable[str], names: Texts) -> tuple[str, ...]:
    """Notes that begin with a slug begin with what it names instead."""
    parts = [note.partition(": ") for note in notes]
    return tuple(
        f"“{names[slug]}”{colon}{said}" if slug in names else f"{slug}{colon}{said}"
        for slug, colon, said in parts
    )


def _questions(report: Report, sides: Sides) -> Iterator[Change]:
    reworded = {*report.substantive, *report.cosmetic}
    fates = {
        Fate.NEW: report.created,
        Fate.RETURNED: report.returned,
        Fate.RETIRED: report.retired,
        Fate.CHANGED: [slug for slug in report.changed if slug not in report.returned],
    }
    for fate, slugs in fates.items():
        for slug in slugs:
            is_substantive = slug in report.substantive and slug in reworded
            yield sides.change(QUESTIONS, fate, slug, is_substantive=is_substantive)


def _quizzes(
    created: Iterable[str], written: Iterable[str], retired: Iterable[str], sides: Sides
) -> Iterator[Change]:
    for slug in written:
        yield sides.change(QUIZZES, Fate.NEW if slug in created else Fate.CHANGED, slug)
    for slug in retired:
        yield sides.change(QUIZZES, Fate.RETIRED, slug)


def _untouched(report: Report) -> int:
    return report.total - len({*report.created, *report.changed, *report.returned})


def _counted(report: Report) -> dict[str, int]:
    counts = {
        Fate.NEW.value: len(report.created),
        Fate.CHANGED.value: len(report.changed),
        Fate.RETIRED.value: len(report.retired),
        Fate.RETURNED.value: len(report.returned),
    }
    return {fate: count for fate, count in counts.items() if count}


def _order(change: Change) -> tuple[str, str, str]:
    return change.of, change.fate, change.slug
