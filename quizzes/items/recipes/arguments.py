"""Who claims what, and what the author makes of it."""

from collections.abc import Iterator
from dataclasses import replace

from quizzes.items.distractors.arguments import NOT_A_VIEW, other_arguments, other_holders
from quizzes.items.distractors.choosing import Candidate
from quizzes.items.distractors.figures import names_it
from quizzes.items.drafts import Direction, Draft, Kind, texts, typed
from quizzes.items.phrasing import bare, capitalized, joined, sentence
from quizzes.items.recipes.figures import names
from quizzes.items.recipes.proposal import Proposal, about
from quizzes.items.snapshots import ArgumentFact, BookFacts, HolderFact

RECIPE = "argument-holder"
STANCE_RECIPE = "argument-stance"

_VERBS = {
    "asserts": "argued",
    "suggests": "suggested",
    "agrees": "agreed",
    "estimates": "estimated",
    "alleges": "alleged",
}
_BASE_VERBS = {"suggests": "suggest", "estimates": "estimate", "alleges": "allege"}
_SCOPES = {
    "purge": "the military purge",
    "terror": "the Great Terror",
    "mass_operations": "the mass operations",
    "historiography": "how this history has been written",
}
CLASSES = {
    "official_charge": "An official charge",
    "reported_view": "A view of others that the book reports",
    "author_claim": "The author’s own claim",
    "historiographic_judgment": "The author’s judgment on other works",
    "established_fact": "An established fact",
    "open_question": "An open question",
}
"""What a statement can be, by the kind of its argument."""

_STANCES = {
    "accepts": "The author accepts it",
    "qualifies": "The author accepts it only in part",
    "reports": "The author reports it and does not judge",
    "doubts": "The author doubts it",
    "rejects": "The author rejects it",
    "open": "The author leaves it open",
}
_CONTRASTS = {
    "accepts": ("doubts", "rejects", "open"),
    "qualifies": ("accepts", "rejects", "open"),
    "doubts": (),
    "rejects": ("accepts", "reports", "open"),
}
"""Stances far enough from each one that no reader could argue for them; doubt has too few."""


def _named(argument: ArgumentFact) -> bool:
    """Whether the book names everybody who holds it."""
    return bool(argument.holders) and not any(one.is_anonymous for one in argument.holders)


def _is_shared(argument: ArgumentFact) -> bool:
    """Whether the author holds it too, so that it may be told as true."""
    return argument.stance in ("asserts", "accepts") and argument.kind != "official_charge"


def _claim(facts: BookFacts, argument: ArgumentFact) -> str:
    """The statement after a question's verb: “that …”, or “this: …” where grammar is unsure."""
    clause = facts.vocabulary.clause(argument.statement)
    return f"that {clause}" if clause else f"this: {bare(argument.statement)}"


def _rationale(argument: ArgumentFact) -> str:
    granted = f"The author grants: {bare(argument.conceded)}." if argument.conceded else ""
    against = [f"Against it: {bare(one)}." for one in argument.objections[:2]]
    return " ".join(part for part in (granted, *against) if part)


def _verb(argument: ArgumentFact) -> str:
    modes = {holder.mode for holder in argument.holders}
    verb = _VERBS[modes.pop()] if len(modes) == 1 else "held"
    return verb.replace("argued", "argues") if argument.holders[0].is_author else verb


def _is_worth_asking(facts: BookFacts, argument: ArgumentFact) -> bool:
    """Whether “who?” has one telling answer.

    The author is one only against rivals: most of the book is the author's view.
    """
    if argument.kind in NOT_A_VIEW or not _named(argument):
        return False
    if any(holder.is_author for holder in argument.holders):
        return len(argument.holders) == 1 and bool(argument.rivals)
    figures = [facts.figure[one.figure] for one in argument.holders if one.figure in facts.figure]
    return not any(names_it(figure, argument.statement) for figure in figures)


def who_holds_it(facts: BookFacts) -> Iterator[Proposal]:
    """Argument → holder; a question only where the book names one holder."""
    for argument in facts.arguments:
        if not _is_worth_asking(facts, argument):
            continue
        who = "Who" if _is_shared(argument) else "According to the book, who"
        draft = about(
            argument,
            RECIPE,
            Direction.FORWARD,
            stem=f"{who} {_verb(argument)} {_claim(facts, argument)}?",
            answer=capitalized(joined([holder.name for holder in argument.holders])),
            rationale=_rationale(argument),
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


def _says_nothing_else(facts: BookFacts, argument: ArgumentFact, holder: HolderFact) -> bool:
    """Whether the holder has one view in this scope, so that “what?” has one answer."""
    others = [one for one in facts.arguments if one.scope == argument.scope and one != argument]
    return not any(holder.figure in one.held_by for one in others)


def what_somebody_holds(facts: BookFacts) -> Iterator[Proposal]:
    """Holder → argument, where the book gives the holder one view in that matter."""
    for argument in facts.arguments:
        if argument.kind in NOT_A_VIEW or not _named(argument) or len(argument.holders) > 1:
            continue
        holder = argument.holders[0]
        if holder.is_author or not _says_nothing_else(facts, argument, holder):
            continue
        verb = _BASE_VERBS.get(holder.mode, "argue")
        draft = about(
            argument,
            RECIPE,
            Direction.REVERSE,
            stem=f"What did {holder.name} {verb} about {_SCOPES[argument.scope]}?",
            answer=sentence(argument.statement),
            rationale=_rationale(argument),
            skill="attribute",
            difficulty=2,
        )
        draft = replace(draft, also_tests=(holder.figure,))
        yield draft, other_arguments(facts, argument, holder)


def _view(facts: BookFacts, argument: ArgumentFact) -> str:
    """The claim with whose claim it is, as the object of a sentence."""
    noun = "charge" if argument.kind == "official_charge" else "view"
    held = joined([holder.name for holder in argument.holders])
    whose = f"the {noun}, ascribed to {held}," if held else f"the official {noun}"
    clause = facts.vocabulary.clause(argument.statement)
    return f"{whose} that {clause}" if clause else f"{whose} {_claim(facts, argument)}"


def what_the_author_makes_of_it(facts: BookFacts) -> Iterator[Proposal]:
    """The author's stance on a claim of others; what is only reported is not asked."""
    for argument in facts.arguments:
        stance = "accepts" if argument.stance == "asserts" else argument.stance
        is_own = any(holder.is_author for holder in argument.holders)
        has_owner = argument.holders or argument.kind == "official_charge"
        if stance not in _CONTRASTS or argument.kind in NOT_A_VIEW or is_own or not has_owner:
            continue
        keyed = _STANCES[stance]
        granted = f": {bare(argument.conceded)}" if argument.conceded else ""
        draft = about(
            argument,
            STANCE_RECIPE,
            Direction.FORWARD,
            stem=f"What does the author make of {_view(facts, argument)}?",
            answer=f"{keyed}{granted if stance == 'qualifies' else ''}",
            rationale=_rationale(argument),
            skill="evaluate",
            difficulty=3,
        )
        yield replace(draft, keyed_text=keyed), _other_stances(argument, stance)


def _other_stances(argument: ArgumentFact, stance: str) -> Iterator[Candidate]:
    ground = argument.objections[0] if argument.objections else argument.conceded
    why = f"{_STANCES[stance]}: {bare(ground)}" if ground else _STANCES[stance]
    for other in _CONTRASTS[stance]:
        yield Candidate(text=_STANCES[other], why=sentence(why))
