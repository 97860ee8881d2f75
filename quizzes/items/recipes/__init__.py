"""Recipes: how each kind of fact becomes items.

Pure: snapshots in, drafts out, the same drafts for the same facts in any order. A recipe is one
function in `RECIPES`. It yields a draft that works as a flashcard, with the candidates for its
wrong options; `write` gives it options where three good ones are found.

Every recipe keeps the same guards. A view that the author does not share is asked with its
holder; what is only alleged says so in the stem; no answer is finer than the book's date, and
no number stands without its bound and what it counts; nobody unnamed is a key; nothing is asked
that the facts cannot tell apart; no stem gives its answer away.
"""

from collections.abc import Mapping, Sequence

from quizzes.items.distractors.choosing import with_options
from quizzes.items.drafts import Direction, Draft
from quizzes.items.recipes import arguments, events, figures, quantities, terms
from quizzes.items.recipes.proposal import Recipe
from quizzes.items.snapshots import BookFacts

RECIPES: tuple[Recipe, ...] = (
    figures.what_somebody_was,
    figures.who_somebody_was,
    events.when_it_was,
    events.what_was_then,
    arguments.who_holds_it,
    arguments.what_somebody_holds,
    arguments.what_the_author_makes_of_it,
    terms.what_it_means,
    terms.what_it_is_called,
    quantities.how_many,
)

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
    (arguments.STANCE_RECIPE, Direction.FORWARD),
)
"""In which order the items about one fact are learned."""


def write(facts: BookFacts, previous: Mapping[str, Sequence[str]]) -> tuple[Draft, ...]:
    """All items that the recipes make of a book's core facts, by slug.

    `previous` gives, by item slug, the wrong options in force, so that they stay where they may.
    """
    core = {fact.slug for fact in facts.all if fact.is_core}
    drafts = [
        with_options(draft, candidates, previous.get(draft.slug, ()))
        for recipe in RECIPES
        for draft, candidates in recipe(facts)
        if draft.subject in core
    ]
    return tuple(sorted(drafts, key=lambda draft: draft.slug))
