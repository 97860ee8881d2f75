"""Terms beside terms: of another name and another meaning."""

from collections.abc import Iterator

from quizzes.items.distractors.arguments import NEAR_ENOUGH
from quizzes.items.distractors.choosing import Candidate, nearness, reason
from quizzes.items.likeness import likeness
from quizzes.items.normalizing import answer_key
from quizzes.items.phrasing import capitalized, sentence
from quizzes.items.snapshots import BookFacts, TermFact


def _unlike(facts: BookFacts, term: TermFact) -> Iterator[TermFact]:
    names = {answer_key(name) for name in (term.label, *term.aliases)}
    for other in facts.terms:
        theirs = {answer_key(name) for name in (other.label, *other.aliases)}
        is_alike = likeness(term.definition, other.definition) >= NEAR_ENOUGH
        if not (term.may_be(other) or names & theirs or is_alike):
            yield other


def _names_it(term: TermFact, text: str) -> bool:
    """Whether a text contains the term."""
    told = f" {answer_key(text)} "
    return any(f" {answer_key(name)} " in told for name in (term.label, *term.aliases))


def other_terms(facts: BookFacts, term: TermFact) -> Iterator[Candidate]:
    """Terms with another meaning, and not named in this one's definition."""
    for other in _unlike(facts, term):
        if not _names_it(other, term.definition):
            name = capitalized(other.label)
            yield Candidate(
                text=name,
                why=reason(facts, term, other, f"{name}: {other.definition}"),
                fact=other.slug,
                tier=nearness(facts, term, other),
            )


def other_definitions(facts: BookFacts, term: TermFact) -> Iterator[Candidate]:
    """What other terms mean, where this term is not named in it."""
    for other in _unlike(facts, term):
        if not _names_it(term, other.definition):
            yield Candidate(
                text=sentence(other.definition),
                why=reason(facts, term, other, f"That is the meaning of “{other.label}”"),
                fact=other.slug,
                tier=nearness(facts, term, other),
            )
