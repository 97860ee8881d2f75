"""What the author makes of a claim, and what kind of statement it is."""

from collections.abc import Iterator
from dataclasses import replace

from quizzes.items.distractors.arguments import NOT_A_VIEW
from quizzes.items.distractors.choosing import Candidate
from quizzes.items.drafts import Direction
from quizzes.items.phrasing import bare, sentence
from quizzes.items.recipes.claims import is_the_authors, rationale, view
from quizzes.items.recipes.proposal import Proposal, about
from quizzes.items.snapshots import ArgumentFact, BookFacts

RECIPE = "argument-stance"
KIND_RECIPE = "argument-kind"

_STANCES = {
    "accepts": "The author accepts it",
    "qualifies": "The author accepts it only in part",
    "reports": "The author reports it and does not judge",
    "doubts": "The author doubts it",
    "rejects": "The author rejects it",
    "open": "The author leaves it open",
}
_OTHER_STANCES = {
    "accepts": ("doubts", "rejects", "open"),
    "qualifies": ("accepts", "rejects", "open"),
    "doubts": (),
    "rejects": ("accepts", "reports", "open"),
}
"""Stances far enough from each one that no reader could argue for them; doubt has too few."""

CLASSES = {
    "official_charge": "An official charge",
    "reported_view": "A view of others that the book reports",
    "author_claim": "The author's own claim",
    "historiographic_judgment": "The author's judgment on other works",
    "established_fact": "An established fact",
    "open_question": "An open question",
}
"""What a statement can be, by the kind of its argument."""

_OTHER_CLASSES = {
    "official_charge": ("author_claim", "established_fact", "open_question"),
    "reported_view": ("official_charge", "author_claim", "established_fact"),
    "author_claim": ("official_charge", "reported_view", "open_question"),
    "historiographic_judgment": ("official_charge", "reported_view", "open_question"),
    "established_fact": ("official_charge", "reported_view", "open_question"),
    "open_question": ("official_charge", "author_claim", "established_fact"),
}
"""Classes far enough from each one: a claim of the author's is never set against a fact."""


def what_the_author_makes_of_it(facts: BookFacts) -> Iterator[Proposal]:
    """The author's stance on a claim of others; what is only reported is not asked."""
    for argument in facts.arguments:
        stance = "accepts" if argument.stance == "asserts" else argument.stance
        has_owner = argument.holders or argument.kind == "official_charge"
        is_of_others = has_owner and not is_the_authors(argument)
        if stance not in _OTHER_STANCES or argument.kind in NOT_A_VIEW or not is_of_others:
            continue
        keyed = _STANCES[stance]
        granted = f": {bare(argument.conceded)}" if argument.conceded else ""
        draft = about(
            argument,
            RECIPE,
            Direction.FORWARD,
            stem=f"What does the author make of {view(facts, argument)}?",
            answer=f"{keyed}{granted if stance == 'qualifies' else ''}",
            rationale=rationale(argument),
            skill="evaluate",
            difficulty=3,
        )
        yield replace(draft, keyed_text=keyed), _other_stances(argument, stance)


def _other_stances(argument: ArgumentFact, stance: str) -> Iterator[Candidate]:
    ground = argument.objections[0] if argument.objections else argument.conceded
    why = f"{_STANCES[stance]}: {bare(ground)}" if ground else _STANCES[stance]
    for other in _OTHER_STANCES[stance]:
        yield Candidate(text=_STANCES[other], why=sentence(why))


def what_kind_it_is(facts: BookFacts) -> Iterator[Proposal]:
    """Whether a statement is a charge, a view of others, the author's own, a fact or open."""
    for argument in facts.arguments:
        answer, told = CLASSES[argument.kind], bare(argument.statement)
        draft = about(
            argument,
            KIND_RECIPE,
            Direction.FORWARD,
            stem=f"According to the book, what kind of statement is this: {told}?",
            answer=answer,
            rationale=rationale(argument),
            skill="distinguish",
            difficulty=2,
        )
        others = _OTHER_CLASSES[argument.kind]
        yield draft, [Candidate(text=CLASSES[one], why=f"{answer}.") for one in others]
