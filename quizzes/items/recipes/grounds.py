"""On what a claim rests, and what is held against it.

Cards only: what supports one claim may well support another, so no wrong option would be safe.
"""

from collections.abc import Iterator

from quizzes.items.drafts import Direction
from quizzes.items.likeness import gist, likeness
from quizzes.items.recipes.claims import listed, view
from quizzes.items.recipes.proposal import Proposal, about
from quizzes.items.snapshots import BookFacts

GROUND_RECIPE = "argument-ground"
OBJECTION_RECIPE = "argument-objection"

_MOST = _TELLING = 3
_SAYS_THE_SAME = 0.5


def what_it_rests_on(facts: BookFacts) -> Iterator[Proposal]:
    """Argument → the ground that the book gives for it, unless it only says the same again."""
    for argument in facts.arguments:
        grounds = tuple(
            ground
            for ground in argument.evidence
            if likeness(ground, argument.statement) < _SAYS_THE_SAME
        )
        if 0 < len(grounds) <= _MOST:
            draft = about(
                argument,
                GROUND_RECIPE,
                Direction.FORWARD,
                stem=f"According to the book, what speaks for {view(facts, argument)}?",
                answer=listed(grounds),
                rationale="",
                skill="explain",
                difficulty=2,
            )
            yield draft, ()


def what_stands_against_it(facts: BookFacts) -> Iterator[Proposal]:
    """Argument → what is held against it, unless that is a bare denial."""
    for argument in facts.arguments:
        says_why = len(gist(listed(argument.objections))) >= _TELLING
        if len(argument.objections) <= _MOST and says_why:
            draft = about(
                argument,
                OBJECTION_RECIPE,
                Direction.FORWARD,
                stem=f"According to the book, what speaks against {view(facts, argument)}?",
                answer=listed(argument.objections),
                rationale="",
                skill="explain",
                difficulty=3,
            )
            yield draft, ()
