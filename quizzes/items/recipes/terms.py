"""What words mean: from the term to its definition, and back."""

from collections.abc import Iterator

from quizzes.items.distractors.terms import other_definitions, other_terms
from quizzes.items.drafts import Direction, Kind, texts, typed
from quizzes.items.likeness import gist
from quizzes.items.phrasing import bare, capitalized, sentence
from quizzes.items.recipes.proposal import Proposal, about
from quizzes.items.snapshots import BookFacts

RECIPE = "term-definition"


def _gives_away(definition: str, *names: str) -> bool:
    """Whether a definition contains a telling word of a name."""
    return any(gist(name) & gist(definition) for name in names)


def what_it_means(facts: BookFacts) -> Iterator[Proposal]:
    """Term → definition; a card only where the definition repeats the term."""
    for term in facts.terms:
        draft = about(
            term,
            RECIPE,
            Direction.FORWARD,
            stem=f"What does the book mean by “{term.label}”?",
            answer=sentence(term.definition),
            rationale=sentence(term.summary),
        )
        yield (
            draft,
            () if _gives_away(term.definition, term.label) else other_definitions(facts, term),
        )


def what_it_is_called(facts: BookFacts) -> Iterator[Proposal]:
    """Definition → term, where the definition does not give the term away."""
    for term in facts.terms:
        if not _gives_away(term.definition, term.label, *term.aliases):
            draft = about(
                term,
                RECIPE,
                Direction.REVERSE,
                stem=f"Which term has this meaning: {bare(term.definition)}?",
                answer=capitalized(term.label),
                rationale=sentence(term.summary),
                difficulty=2,
            )
            answers = texts([term.label, *term.aliases])
            yield typed(draft, Kind.SHORT_TEXT, answers), other_terms(facts, term)
