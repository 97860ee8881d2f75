"""Who claims what: from the claim to whoever holds it, and back."""

from collections.abc import Iterator
from dataclasses import replace

from quizzes.items.distractors.arguments import NOT_A_VIEW, other_arguments, other_holders
from quizzes.items.distractors.figures import names_it
from quizzes.items.drafts import Direction, Draft, Kind, texts, typed
from quizzes.items.phrasing import capitalized, joined, sentence
from quizzes.items.recipes.claims import (
    claim,
    has_named_holders,
    is_the_authors,
    rationale,
)
from quizzes.items.recipes.figures import names
from quizzes.items.recipes.proposal import Proposal, about
from quizzes.items.snapshots import ArgumentFact, BookFacts, HolderFact

RECIPE = "argument-holder"

_ASKED = {
    "suggests": "who suggested",
    "estimates": "who estimated",
    "alleges": "who alleged",
}


def _whose(argument: ArgumentFact, told: str) -> str:
    """The question as it is held: as a view, a suggestion or an allegation; by whom, it hides."""
    modes = {holder.mode for holder in argument.holders}
    asked = _ASKED.get(modes.pop()) if len(modes) == 1 else None
    if asked:
        return f"{asked} {told}"
    return f"whose view is it {told}" if told.startswith("that") else f"whose view is {told}"


def _is_worth_asking(facts: BookFacts, argument: ArgumentFact) -> bool:
    """Whether “who?” has one telling answer.

    The author is one only against rivals: most of the book is the author's view.
    """
    if argument.kind in NOT_A_VIEW or not has_named_holders(argument):
        return False
    if is_the_authors(argument):
        return len(argument.holders) == 1 and bool(argument.rivals)
    figures = [facts.figure[one.figure] for one in argument.holders if one.figure in facts.figure]
    return not any(names_it(figure, argument.statement) for figure in figures)


def who_holds_it(facts: BookFacts) -> Iterator[Proposal]:
    """Argument → holder; a question only where the book names one holder."""
    for argument in facts.arguments:
        if not _is_worth_asking(facts, argument):
            continue
        draft = about(
            argument,
            RECIPE,
            Direction.FORWARD,
            stem=f"According to the book, {_whose(argument, claim(facts, argument))}?",
            answer=capitalized(joined([facts.spoken(holder) for holder in argument.holders])),
            rationale=rationale(argument),
            skill="attribute",
            difficulty=2,
        )
        draft = replace(draft, also_tests=tuple(holder.figure for holder in argument.holders))
        yield _typed(facts, draft, argument)


def _typed(facts: BookFacts, draft: Draft, argument: ArgumentFact) -> Proposal:
    figure = facts.figure.get(argument.holders[0].figure)
    if figure is None or len(argument.holders) > 1:
        return draft, ()
    answers = texts(names(facts, figure))
    return typed(draft, Kind.SHORT_TEXT, answers), other_holders(facts, argument)


def _is_all_that(holder: HolderFact, facts: BookFacts, argument: ArgumentFact) -> bool:
    """Whether the book gives the holder this one view, so that “which?” has one answer."""
    return not any(
        holder.figure in other.held_by
        for other in facts.arguments
        if other.slug != argument.slug and not argument.may_be(other)
    )


def what_somebody_holds(facts: BookFacts) -> Iterator[Proposal]:
    """Holder → argument, where the book ascribes one view to the holder."""
    for argument in facts.arguments:
        if argument.kind in NOT_A_VIEW or not has_named_holders(argument):
            continue
        holder = argument.holders[0]
        is_one = len(argument.holders) == 1 and not holder.is_author
        if is_one and _is_all_that(holder, facts, argument):
            draft = about(
                argument,
                RECIPE,
                Direction.REVERSE,
                stem=f"Which view does the book ascribe to {facts.spoken(holder)}?",
                answer=sentence(argument.statement),
                rationale=rationale(argument),
                skill="attribute",
                difficulty=2,
            )
            draft = replace(draft, also_tests=(holder.figure,))
            yield draft, other_arguments(facts, argument, holder)
