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
from quizzes.items.likeness import likeness
from quizzes.items.phrasing import bare, capitalized, joined, sentence
from quizzes.items.snapshots import ArgumentFact, BookFacts, HolderFact

NEAR_ENOUGH = 0.3
"""Likeness from which two statements may say the same."""

NOT_A_VIEW = frozenset({"established_fact", "open_question"})
"""Kinds of argument that nobody in particular holds."""

_DENIED = frozenset({"rejects", "doubts"})


def near_arguments(facts: BookFacts, argument: ArgumentFact) -> set[str]:
    """Slugs of the arguments that say nearly the same, this one among them."""
    near = {argument.slug} | argument.kin
    for other in facts.arguments:
        told = likeness(argument.statement, other.statement) >= NEAR_ENOUGH
        if told or argument.slug in other.kin:
            near.add(other.slug)
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


def _closeness(facts: BookFacts, argument: ArgumentFact, other: ArgumentFact) -> int:
    if other.slug in argument.rivals or facts.tell(argument.slug, other.slug):
        return CONFUSED
    if argument.scope != other.scope:
        return FAR
    return NEAR if argument.section == other.section else SAME_CHAPTER


def _may_stand_in(argument: ArgumentFact, holder: HolderFact, barred: set[str]) -> bool:
    if holder.is_anonymous or not holder.figure or holder.figure in barred:
        return False
    return not holder.is_author or argument.stance in _DENIED


def other_holders(facts: BookFacts, argument: ArgumentFact) -> Iterator[Candidate]:
    """Named people who hold another view, and none that comes near this one."""
    near = near_arguments(facts, argument)
    barred = _holders(facts, near)
    for other in facts.arguments:
        if other.slug in near or other.kind in NOT_A_VIEW:
            continue
        for holder in other.holders:
            if _may_stand_in(argument, holder, barred):
                name = capitalized(holder.name)
                theirs = f"{name} held another view: {bare(other.statement)}"
                yield Candidate(
                    text=name,
                    why=reason(facts, argument, other, theirs),
                    fact=holder.figure,
                    tier=_closeness(facts, argument, other),
                )


def other_arguments(
    facts: BookFacts, argument: ArgumentFact, holder: HolderFact
) -> Iterator[Candidate]:
    """Views of other named people that this holder cannot well share."""
    near = near_arguments(facts, argument)
    circle = company(facts, {holder.figure})
    for other in facts.arguments:
        named = [one.name for one in other.holders if not one.is_anonymous and not one.is_author]
        theirs = company(facts, set(other.held_by))
        is_apart = other.slug not in near and not circle & theirs
        if is_apart and named and other.kind not in NOT_A_VIEW:
            yield Candidate(
                text=sentence(other.statement),
                why=reason(facts, argument, other, f"That is the view of {joined(named)}"),
                fact=other.slug,
                tier=_closeness(facts, argument, other),
            )
