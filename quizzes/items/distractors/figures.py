"""Figures beside figures: of one kind, of one age, and in no common group."""

from collections.abc import Iterator

from quizzes.items.distractors.choosing import Candidate, nearness, reason
from quizzes.items.likeness import gist, says
from quizzes.items.normalizing import answer_key
from quizzes.items.phrasing import bare, capitalized
from quizzes.items.snapshots import BookFacts, FigureFact, RoleText

_SAYS_IT = 0.7
_TELLING = 2
_SCHOLARS = frozenset({"historian", "author"})


def telling_roles(figure: FigureFact) -> list[RoleText]:
    """Descriptions that say more than an occupation: “historian” tells nobody apart."""
    return [role for role in figure.roles if len(gist(role.text)) >= _TELLING]


def keep_company(figure: FigureFact, other: FigureFact) -> bool:
    """Whether two figures are one, or share a group, or one is the other's group."""
    together = (figure.groups | {figure.slug}) & (other.groups | {other.slug})
    names = {answer_key(name) for name in (figure.label, *figure.aliases)}
    return bool(together) or any(answer_key(n) in names for n in (other.label, *other.aliases))


def describes(figure: FigureFact, role: str) -> bool:
    """Whether a description fits a figure by anything that the book says of it."""
    told = " ".join((figure.label, figure.summary, *(one.text for one in figure.roles)))
    return says(told, role) >= _SAYS_IT


def _peers(facts: BookFacts, figure: FigureFact) -> Iterator[tuple[FigureFact, str]]:
    for other in facts.figures:
        is_of_a_kind = other.kind == figure.kind
        is_of_an_age = (other.part in _SCHOLARS) == (figure.part in _SCHOLARS)
        roles = telling_roles(other)
        if is_of_a_kind and is_of_an_age and roles and not keep_company(figure, other):
            yield other, bare(roles[0].text)


def other_figures(facts: BookFacts, figure: FigureFact, role: str) -> Iterator[Candidate]:
    """Figures of the same kind whom the description does not fit."""
    for other, theirs in _peers(facts, figure):
        if not describes(other, role):
            yield Candidate(
                text=other.label,
                why=reason(facts, figure, other, f"{other.label}: {theirs}"),
                fact=other.slug,
                tier=nearness(facts, figure, other),
            )


def other_roles(facts: BookFacts, figure: FigureFact, role: str) -> Iterator[Candidate]:
    """What the book says of other figures of the same kind, and not of this one."""
    for other, theirs in _peers(facts, figure):
        if not describes(figure, theirs) and not describes(other, role):
            yield Candidate(
                text=capitalized(theirs),
                why=reason(facts, figure, other, f"That describes {other.label}"),
                fact=other.slug,
                tier=nearness(facts, figure, other),
            )
