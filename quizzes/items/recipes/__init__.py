"""Recipes: how each kind of fact becomes items.

Pure: snapshots in, drafts out, the same drafts for the same facts in any order. A recipe is one
function in `RECIPES`. It yields a draft that works as a flashcard, with the candidates for its
wrong options; `write` gives it options where three good ones are found.

Every recipe keeps the same guards. A view that the author does not share is asked with its
holder; what is only alleged says so in the stem; no answer is finer than the book's date, and
no number stands without its bound and what it counts; nobody unnamed is a key; nothing is asked
that the facts cannot tell apart; no stem gives its answer away.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from quizzes.items.distractors.choosing import with_options
from quizzes.items.drafts import Direction, Draft
from quizzes.items.recipes import arguments, events, figures, grounds, quantities, stances, terms
from quizzes.items.recipes.proposal import Recipe
from quizzes.items.snapshots import BookFacts

RECIPES: tuple[Recipe, ...] = (
    figures.what_somebody_was,
    figures.who_somebody_was,
    events.when_it_was,
    events.what_was_then,
    terms.what_it_means,
    terms.what_it_is_called,
    quantities.how_many,
    arguments.what_somebody_holds,
    arguments.who_holds_it,
    stances.what_the_author_makes_of_it,
    grounds.what_stands_against_it,
)

FALLBACKS: tuple[Recipe, ...] = (grounds.what_it_rests_on, stances.what_kind_it_is)
"""Tried in turn for facts that still lack a card or a question."""

ORDER: tuple[tuple[str, Direction], ...] = (
    (figures.RECIPE, Direction.FORWARD),
    (figures.RECIPE, Direction.REVERSE),
    (events.RECIPE, Direction.FORWARD),
    (events.RECIPE, Direction.REVERSE),
    (terms.RECIPE, Direction.FORWARD),
    (terms.RECIPE, Direction.REVERSE),
    (quantities.RECIPE, Direction.FORWARD),
    (arguments.RECIPE, Direction.REVERSE),
    (arguments.RECIPE, Direction.FORWARD),
    (stances.RECIPE, Direction.FORWARD),
    (grounds.GROUND_RECIPE, Direction.FORWARD),
    (grounds.OBJECTION_RECIPE, Direction.FORWARD),
    (stances.KIND_RECIPE, Direction.FORWARD),
)
"""In which order the items about one fact are learned."""

type Previous = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Slugs of the facts that have a card, and of those that have a question."""

    carded: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()

    def lacks(self, draft: Draft) -> bool:
        """Whether the draft would give its fact a card or a question that it does not have."""
        lacks_card = draft.is_card and draft.subject not in self.carded
        return lacks_card or (draft.is_question and draft.subject not in self.asked)

    def __or__(self, other: "Coverage") -> "Coverage":
        return Coverage(self.carded | other.carded, self.asked | other.asked)


NOTHING = Coverage()


def write(facts: BookFacts, previous: Previous, elsewhere: Coverage = NOTHING) -> tuple[Draft, ...]:
    """All items that the recipes make of a book's core facts, by slug.

    `previous` gives, by item slug, the wrong options in force, so that they stay where they may;
    `elsewhere` says which facts have items by other hands, so that no fallback doubles them.
    """
    drafts = list(_written(RECIPES, facts, previous))
    for fallback in FALLBACKS:
        known = elsewhere | _coverage(drafts)
        drafts += [
            replace(draft, is_card=draft.subject not in known.carded)
            for draft in _written((fallback,), facts, previous)
            if known.lacks(draft)
        ]
    return tuple(sorted(drafts, key=lambda draft: draft.slug))


def _coverage(drafts: Sequence[Draft]) -> Coverage:
    return Coverage(
        carded=frozenset(draft.subject for draft in drafts if draft.is_card),
        asked=frozenset(draft.subject for draft in drafts if draft.is_question),
    )


def _written(recipes: Sequence[Recipe], facts: BookFacts, previous: Previous) -> Iterator[Draft]:
    core = {fact.slug for fact in facts.all if fact.is_core}
    for recipe in recipes:
        for draft, candidates in recipe(facts):
            if draft.subject in core:
                yield with_options(draft, candidates, previous.get(draft.slug, ()))
