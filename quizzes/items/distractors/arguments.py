"""Views beside views: none that comes near the other, none that the same people hold."""

from collections.abc import Iterator

from quizzes.items.distractors.choosing import (
    CONFUSED,
    FAR,
    NEAR,
    SAME_CHAPTER,
    Candidate,
    reason,
)
from quizzes.items.distractors.figures import AGES, names_it
from quizzes.items.likeness import gist, likeness
from quizzes.items.phrasing import bare, capitalized, joined, sentence
from quizzes.items.snapshots import ArgumentFact, BookFacts, HolderFact

NEAR_ENOUGH = 0.3
"""Likeness from which two statements may say the same."""

NOT_A_VIEW = frozenset({"established_fact", "open_question"})
"""Kinds of argument that nobody in particular holds."""

_DENIED = frozenset({"rejects", "doubts"})
_SHARED = frozenset({"asserts", "accepts"})


def _speak_alike(facts: BookFacts, argument: ArgumentFact, other: ArgumentFact) -> bool:
    one, two = argument.statement, other.statement
    shared = gist(one) & gist(two) & facts.telling_stems
    return bool(shared) or likeness(one, two) >= NEAR_ENOUGH


def _may_agree(facts: BookFacts, argument: ArgumentFact, other: ArgumentFact) -> bool:
    """Whether both are views of one matter and one age that the author denies: often one error."""
    are_denied = argument.stance in _DENIED and other.stance in _DENIED
    is_one_matter = argument.scope == other.scope
    return are_denied and is_one_matter and bool(_ages(facts, argument) & _ages(facts, other))


def near_arguments(facts: BookFacts, argument: ArgumentFact) -> set[str]:
    """Slugs of the arguments that may say nearly the same, this one among them.

    Near are those that are tied to it, that speak of the same matter, that are denied together
    with it, and that have a rival in common with it: they stand on the same side. A rival is
    never near.
    """
    near = {
        other.slug
        for other in facts.arguments
        if argument.may_be(other)
        or argument.rivals & other.rivals
        or _speak_alike(facts, argument, other)
        or _may_agree(facts, argument, other)
    }
    return near - argument.rivals


def company(facts: BookFacts, slugs: set[str]) -> set[str]:
    """The figures, their groups, and everybody in those groups."""
    known = [facts.figure[slug] for slug in slugs if slug in facts.figure]
    circle = slugs | {group for figure in known for group in figure.groups}
    return circle | {figure.slug for figure in facts.figures if figure.groups & circle}


def _holders(facts: BookFacts, slugs: set[str]) -> set[str]:
    """Everybody who may hold one of the arguments."""
    arguments = [facts.argument[slug] for slug in slugs if slug in facts.argument]
    return company(facts, {slug for one in arguments for slug in one.held_by})


def _ages(facts: BookFacts, argument: ArgumentFact) -> set[str]:
    """Whether its holders lived in the story or look back on it."""
    return {AGES.get(facts.figure[s].part, "") for s in argument.held_by if s in facts.figure}


def _closeness(facts: BookFacts, argument: ArgumentFact, other: ArgumentFact) -> int:
    if other.slug in argument.rivals or facts.tell(argument.slug, other.slug):
        return CONFUSED
    if not _ages(facts, argument) & _ages(facts, other):
        return FAR
    return NEAR if argument.scope == other.scope else SAME_CHAPTER


def other_holders(facts: BookFacts, argument: ArgumentFact) -> Iterator[Candidate]:
    """Named people who hold another view, and none that comes near this one.

    The author is one of them where the book rejects or doubts the view. Beside the author stands
    nobody with whom the author agrees on anything.
    """
    near = near_arguments(facts, argument)
    barred = _holders(facts, near)
    if any(holder.is_author for holder in argument.holders):
        barred |= _holders(facts, {one.slug for one in facts.arguments if one.stance in _SHARED})
    for other in facts.arguments:
        if other.slug in near or other.kind in NOT_A_VIEW:
            continue
        for holder in other.holders:
            if holder.figure not in barred and _may_be_asked(facts, argument, holder):
                name = capitalized(facts.spoken(holder))
                theirs = f"{name} held another view: {bare(other.statement)}"
                yield Candidate(
                    text=name,
                    why=reason(facts, argument, other, theirs),
                    fact=holder.figure,
                    tier=_closeness(facts, argument, other),
                )
    yield from _the_author(facts, argument)


def _may_be_asked(facts: BookFacts, argument: ArgumentFact, holder: HolderFact) -> bool:
    """Whether a holder is somebody whom the claim itself does not name."""
    figure = facts.figure.get(holder.figure)
    if figure is None or holder.is_anonymous or holder.is_author:
        return False
    return not names_it(figure, argument.statement)


def _the_author(facts: BookFacts, argument: ArgumentFact) -> Iterator[Candidate]:
    for figure in facts.figures:
        if figure.part == "author" and argument.stance in _DENIED:
            why = f"The author {argument.stance} this view."
            yield Candidate(text=capitalized(figure.label), why=why, fact=figure.slug)


def other_arguments(
    facts: BookFacts, argument: ArgumentFact, holder: HolderFact
) -> Iterator[Candidate]:
    """Views of other named people that this holder cannot well share."""
    near = near_arguments(facts, argument)
    circle = company(facts, {holder.figure})
    for other in facts.arguments:
        named = [
            facts.spoken(one) for one in other.holders if not one.is_anonymous and not one.is_author
        ]
        theirs = company(facts, set(other.held_by))
        is_apart = other.slug not in near and not circle & theirs
        if is_apart and named and other.kind not in NOT_A_VIEW:
            yield Candidate(
                text=sentence(other.statement),
                why=reason(facts, argument, other, f"That is the view of {joined(named)}"),
                fact=other.slug,
                tier=_closeness(facts, argument, other),
            )
