"""Doubting: where a question and the facts that it tests do not go together.

Pure. A wrong option that is true by the book, and a claim told as a fact that its author does not
make one. Names, dates, numbers and frames are judged by the rules that packs are held to.
"""

from collections.abc import Iterator, Sequence

from quizzes.content import dates
from quizzes.content.packs.guards import stances
from quizzes.content.packs.guards.options import same_answer
from quizzes.items.compositions import Composition
from quizzes.items.distractors import arguments, figures
from quizzes.items.likeness import gist, says
from quizzes.items.normalizing import answer_key
from quizzes.items.snapshots import (
    ArgumentFact,
    BookFacts,
    EventFact,
    Fact,
    FigureFact,
    TermFact,
)

_SAYS_IT = 0.7
_TELLING = 2


def also_true(one: Composition, facts: BookFacts, tested: Sequence[str]) -> Iterator[str]:
    """The wrong options that the book's facts make right answers too."""
    if one.kind not in ("single", "several"):
        return
    about = [fact for fact in facts.all if fact.slug in tested]
    rights = [choice.text for choice in one.choices if choice.share > 0]
    for choice in one.choices:
        if choice.share <= 0 and _is_true(one.stem, choice.text, rights, facts, about):
            yield choice.text


def _is_true(
    stem: str, wrong: str, rights: Sequence[str], facts: BookFacts, about: Sequence[Fact]
) -> bool:
    if any(same_answer(right, wrong) or _one_name(right, wrong, facts) for right in rights):
        return True
    figure, event = _figure(wrong, facts), _event(wrong, facts)
    whom = [one for right in rights if (one := _figure(right, facts))]
    if figure is not None and whom:
        is_told = _holds(figure, facts, about) or _is_described(figure, stem)
        return is_told or any(_stood_beside(figure, one, about) for one in whom)
    is_which = event is not None and any(_event(right, facts) for right in rights)
    return event is not None and is_which and _is_then(event, stem)


def _names(fact: Fact) -> set[str]:
    aliases = fact.aliases if isinstance(fact, (FigureFact, TermFact)) else ()
    return {answer_key(name) for name in (fact.label, *aliases)}


def _one_name(right: str, wrong: str, facts: BookFacts) -> bool:
    """Whether both are names of one figure or one term."""
    pair = {answer_key(right), answer_key(wrong)}
    return any(pair <= _names(fact) for fact in (*facts.figures, *facts.terms))


def _figure(text: str, facts: BookFacts) -> FigureFact | None:
    said = answer_key(text)
    return next((figure for figure in facts.figures if said in _names(figure)), None)


def _event(text: str, facts: BookFacts) -> EventFact | None:
    said = answer_key(text)
    return next((event for event in facts.events if said in _names(event)), None)


def _holds(figure: FigureFact, facts: BookFacts, about: Sequence[Fact]) -> bool:
    """Whether somebody holds a tested view too, alone or in a group."""
    views = [fact for fact in about if isinstance(fact, ArgumentFact)]
    return any(figure.slug in arguments.company(facts, set(one.held_by)) for one in views)


def _stood_beside(figure: FigureFact, right: FigureFact, about: Sequence[Fact]) -> bool:
    """Whether both took part in a tested event as the same.

    A question that tests the right figure, too, may ask for what is its own alone.
    """
    if right in about:
        return False
    events = [fact for fact in about if isinstance(fact, EventFact)]
    return any(_as_what(figure, one) & _as_what(right, one) for one in events)


def _as_what(figure: FigureFact, event: EventFact) -> set[frozenset[str]]:
    return {gist(role) for role in event.roles_of(figure)}


def _is_described(figure: FigureFact, stem: str) -> bool:
    """Whether a role that the book gives somebody stands in the stem."""
    roles = figures.telling_roles(figure)
    return any(len(gist(r.text)) >= _TELLING and says(stem, r.text) >= _SAYS_IT for r in roles)


def _is_then(event: EventFact, stem: str) -> bool:
    """Whether an event may fall on the day that the stem names."""
    named = list(dates.mentions(stem))
    is_dated = event.when.not_before is not None
    return is_dated and any(dates.overlap(when, event.when.fuzzy) for when in named)


def unframed(one: Composition, facts: BookFacts, tested: Sequence[str]) -> Iterator[str]:
    """The tested claims that are told as facts, which the book does not make them."""
    is_whose = stances.ASKS_WHOSE.search(one.stem) and any(
        _figure(choice.text, facts) for choice in one.choices
    )
    if one.kind in ("classify", "essay") or is_whose or stances.MARKERS.search(one.stem):
        return
    for fact in facts.all:
        if fact.slug in tested and not _is_shared(fact) and not _is_named(fact, facts, one.stem):
            yield fact.label


def _is_shared(fact: Fact) -> bool:
    match fact:
        case ArgumentFact():
            return fact.stance in stances.SHARED and fact.kind != "official_charge"
        case EventFact():
            return fact.status not in {"alleged", "claimed"}
    return True


def _is_named(fact: Fact, facts: BookFacts, stem: str) -> bool:
    """Whether the stem names somebody who holds the view."""
    if not isinstance(fact, ArgumentFact):
        return False
    holders = [facts.figure[slug] for slug in fact.held_by if slug in facts.figure]
    return any(figures.names_it(figure, stem) for figure in holders) or any(
        answer_key(holder.name) in answer_key(stem) for holder in fact.holders if holder.name
    )
