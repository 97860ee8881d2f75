"""Suggesting: wrong answers that the book itself offers for a question, and why each is wrong.

Pure. `distractors` finds them: nothing that is true under the tested facts is among them.
"""

from collections.abc import Iterator, Sequence

from quizzes.content import dates
from quizzes.items.distractors import arguments, events, figures, quantities, terms
from quizzes.items.distractors.choosing import Candidate, best
from quizzes.items.likeness import says
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
_NAMES_IT = 0.7


def suggest(
    facts: BookFacts, tested: Sequence[str], key: str, taken: Sequence[str] = (), seed: str = ""
) -> tuple[Candidate, ...]:
    """At most eight wrong answers beside a key, none of which is `taken` already.

    `tested` are slugs of facts, of which the first that offers any is asked. Without a key they
    are what usually stands beside such a fact.
    """
    known = {fact.slug: fact for fact in facts.all}
    about = [known[slug] for slug in tested if slug in known]
    present = {slug for fact in about for slug in _present(facts, fact)}
    for fact in about:
        offered = (one for one in _beside(facts, fact, key) if one.fact not in present)
        if found := best(seed or fact.slug, [key, *taken], offered, MOST):
            return found
    return ()


def _present(facts: BookFacts, fact: Fact) -> Iterator[str]:
    """Who took part in an event, alone or in a group."""
    if isinstance(fact, EventFact):
        yield from (one.slug for one in facts.figures if fact.roles_of(one))


def _beside(facts: BookFacts, fact: Fact, key: str) -> Iterator[Candidate]:
    match fact:
        case FigureFact():
            yield from _figures(facts, fact, key)
        case EventFact():
            yield from _around(facts, fact, key)
        case TermFact():
            is_name = not key or answer_key(key) in _names(fact)
            yield from (terms.other_terms if is_name else terms.other_definitions)(facts, fact)
        case QuantityFact():
            yield from quantities.other_values(facts, fact)
        case ArgumentFact():
            yield from _views(facts, fact, key)


def _names(fact: TermFact | FigureFact) -> set[str]:
    return {answer_key(name) for name in (fact.label, *fact.aliases)}


def _around(facts: BookFacts, event: EventFact, key: str) -> Iterator[Candidate]:
    """What is of the key's own kind: dates, people, terms or events; nothing beside other words."""
    if not key or dates.parse(key) is not None:
        yield from events.other_dates(facts, event)
    elif whom := _called(key, facts.figures):
        yield from _figures(facts, whom, key)
    elif term := _called(key, facts.terms):
        yield from terms.other_terms(facts, term)
    elif _is_event(key, event, facts):
        yield from events.other_events(facts, event)
    elif somebody := next((one for one in facts.figures if figures.names_it(one, key)), None):
        yield from _figures(facts, somebody, key)


def _called[F: (TermFact, FigureFact)](text: str, among: Sequence[F]) -> F | None:
    """Whom or what a text is a name of."""
    return next((one for one in among if answer_key(text) in _names(one)), None)


def _is_event(text: str, event: EventFact, facts: BookFacts) -> bool:
    """Whether a text tells of this event, or is the name of another one."""
    names = {answer_key(one.label) for one in facts.events}
    return answer_key(text) in names or says(text, event.label) >= _NAMES_IT


def _figures(facts: BookFacts, figure: FigureFact, key: str) -> Iterator[Candidate]:
    """Other people where somebody is asked for, else what other people were."""
    roles = figures.telling_roles(figure)
    if not key or any(figures.names_it(one, key) for one in facts.figures):
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
