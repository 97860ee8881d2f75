"""Suggesting: wrong answers that the book itself offers for a question, and why each is wrong.

Pure. `distractors` finds them: nothing that is true under the tested facts is among them.
"""

from collections.abc import Iterator, Sequence

from quizzes.content import dates
from quizzes.items.distractors import arguments, events, figures, quantities, terms
from quizzes.items.distractors.choosing import Candidate, best
from quizzes.items.normalizing import answer_key
from quizzes.items.snapshots import (
    ArgumentFact,
    BookFacts,
    EventFact,
    Fact,
    FigureFact,
    QuantityFact,
    TermFact,
)

MOST = 8


def suggest(
    facts: BookFacts, tested: Sequence[str], key: str, taken: Sequence[str] = (), seed: str = ""
) -> tuple[Candidate, ...]:
    """At most eight wrong answers beside a key, none of which is `taken` already.

    `tested` are slugs of facts, of which the first that offers any is asked. Without a key they
    are what usually stands beside such a fact.
    """
    known = {fact.slug: fact for fact in facts.all}
    for slug in tested:
        fact = known.get(slug)
        found = best(seed or slug, [key, *taken], _beside(facts, fact, key), MOST) if fact else ()
        if found:
            return found
    return ()


def _beside(facts: BookFacts, fact: Fact, key: str) -> Iterator[Candidate]:
    match fact:
        case FigureFact():
            yield from _figures(facts, fact, key)
        case EventFact():
            is_date = not key or dates.parse(key) is not None
            yield from (events.other_dates if is_date else events.other_events)(facts, fact)
        case TermFact():
            is_name = not key or answer_key(key) in _names(fact)
            yield from (terms.other_terms if is_name else terms.other_definitions)(facts, fact)
        case QuantityFact():
            yield from quantities.other_values(facts, fact)
        case ArgumentFact():
            yield from _views(facts, fact, key)


def _names(fact: TermFact | FigureFact) -> set[str]:
    return {answer_key(name) for name in (fact.label, *fact.aliases)}


def _figures(facts: BookFacts, figure: FigureFact, key: str) -> Iterator[Candidate]:
    """Other people where somebody is asked for, else what other people were."""
    roles = figures.telling_roles(figure)
    if not key or figures.names_it(figure, key):
        yield from figures.other_figures(facts, figure, roles[0].text if roles else figure.summary)
    else:
        yield from figures.other_roles(facts, figure, key)


def _views(facts: BookFacts, argument: ArgumentFact, key: str) -> Iterator[Candidate]:
    """Other holders where a holder is asked for, else what others held."""
    named = [one for one in argument.holders if one.figure in facts.figure]
    is_whose = any(figures.names_it(facts.figure[one.figure], key) for one in named)
    if not key or is_whose or not named:
        yield from arguments.other_holders(facts, argument)
    else:
        yield from arguments.other_arguments(facts, argument, named[0])
