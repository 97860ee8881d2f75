"""Who people were: from the name to the description, and back."""

from collections.abc import Iterator

from quizzes.items.distractors.figures import (
    describes,
    names_it,
    other_figures,
    other_roles,
    surname,
    telling_roles,
)
from quizzes.items.drafts import Direction, Kind, texts, typed
from quizzes.items.normalizing import answer_key
from quizzes.items.phrasing import bare, capitalized, sentence
from quizzes.items.recipes.proposal import Proposal, about
from quizzes.items.snapshots import BookFacts, FigureFact, RoleText

RECIPE = "figure-role"

_KINDS = {"person": "person", "group": "group", "organization": "organization"}
_LIVED_THEN = frozenset({"actor", "contemporary_writer"})


def names(facts: BookFacts, figure: FigureFact) -> list[str]:
    """What may be typed for a figure: name, accepted aliases, and a surname nobody shares."""
    last = surname(figure)
    bearers = [one for one in facts.figures if answer_key(surname(one)) == answer_key(last)]
    own = [last] if last and len(bearers) == 1 else []
    return [figure.label, *figure.aliases, *own]


def _studied(facts: BookFacts) -> Iterator[FigureFact]:
    for figure in facts.figures:
        if figure.kind in _KINDS and figure.part != "author":
            yield figure


def _asked(figure: FigureFact) -> str:
    if figure.kind != "person":
        return f"How does the book describe this {_KINDS[figure.kind]}: {figure.label}?"
    if figure.part in _LIVED_THEN:
        return f"Who was {figure.label}?"
    return f"How does the book identify {figure.label}?"


def what_somebody_was(facts: BookFacts) -> Iterator[Proposal]:
    """Figure → role: the first of its descriptions that says something."""
    for figure in _studied(facts):
        roles = telling_roles(figure)
        if roles:
            answer = capitalized(bare(roles[0].text))
            draft = about(
                figure,
                RECIPE,
                Direction.FORWARD,
                stem=_asked(figure),
                answer=answer,
                rationale=sentence(figure.summary),
            )
            shown = answer_key(figure.label) in answer_key(answer)
            yield draft, () if shown else other_roles(facts, figure, answer)


def _fits_nobody_else(facts: BookFacts, figure: FigureFact, role: RoleText) -> bool:
    others = [one for one in facts.figures if one.kind == figure.kind and one.slug != figure.slug]
    return not any(describes(other, role.text) for other in others)


def _in_full(role: RoleText) -> str:
    return f"{bare(role.text)} ({role.when})" if role.when else bare(role.text)


def who_somebody_was(facts: BookFacts) -> Iterator[Proposal]:
    """Role → figure: only where the description fits nobody else of the book."""
    for figure in _studied(facts):
        roles = [
            one
            for one in telling_roles(figure)
            if not names_it(figure, one.text) and _fits_nobody_else(facts, figure, one)
        ]
        if roles:
            draft = about(
                figure,
                RECIPE,
                Direction.REVERSE,
                stem=f"Which {_KINDS[figure.kind]} does this describe: {_in_full(roles[0])}?",
                answer=figure.label,
                rationale=sentence(figure.summary),
            )
            answers = texts(names(facts, figure))
            candidates = other_figures(facts, figure, roles[0].text)
            yield typed(draft, Kind.SHORT_TEXT, answers), candidates
