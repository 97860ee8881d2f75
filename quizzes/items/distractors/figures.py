"""Figures beside figures: of one kind, of one age, and in no common group."""

import re
from collections.abc import Iterator

from quizzes.items.distractors.choosing import Candidate, nearness, reason
from quizzes.items.likeness import gist, says
from quizzes.items.normalizing import answer_key
from quizzes.items.phrasing import bare, capitalized
from quizzes.items.snapshots import BookFacts, FigureFact, RoleText

_CLAUSE = re.compile(r"[,;.:]\s+")
_SAYS_IT = 0.7
_TELLING = 2
AGES = {"actor": "then", "contemporary_writer": "then", "historian": "since", "author": "since"}
"""Whether a figure lived in the story or looks back on it, by its part."""


def telling_roles(figure: FigureFact) -> list[RoleText]:
    """Descriptions that say more than an occupation: “historian” tells nobody apart."""
    return [role for role in figure.roles if len(gist(role.text)) >= _TELLING]


def surname(figure: FigureFact) -> str:
    """A person's last name, as the sort name or the full name has it; empty for others."""
    if figure.kind != "person":
        return ""
    if "," in figure.sort_name:
        return figure.sort_name.split(",")[0]
    return figure.label.split()[-1]


def names_it(figure: FigureFact, text: str) -> bool:
    """Whether a text contains a name of the figure, so that it gives the figure away."""
    told = f" {answer_key(text)} "
    known = [answer_key(name) for name in (figure.label, surname(figure), *figure.aliases)]
    return any(f" {name} " in told for name in known if name)


def keep_company(figure: FigureFact, other: FigureFact) -> bool:
    """Whether two figures are one, or share a group, or one is the other's group."""
    if figure.may_be(other):
        return True
    together = (figure.groups | {figure.slug}) & (other.groups | {other.slug})
    names = {answer_key(name) for name in (figure.label, *figure.aliases)}
    return bool(together) or any(answer_key(n) in names for n in (other.label, *other.aliases))


def describes(figure: FigureFact, role: str) -> bool:
    """Whether a description fits a figure by some role or clause that the book has on it."""
    clauses = [clause for clause in _CLAUSE.split(figure.summary) if clause]
    told = [*(one.text for one in figure.roles), *clauses]
    return any(says(text, role) >= _SAYS_IT for text in told)


def _peers(facts: BookFacts, figure: FigureFact) -> Iterator[tuple[FigureFact, str]]:
    for other in facts.figures:
        is_of_a_kind = other.kind == figure.kind
        is_of_an_age = AGES.get(other.part) == AGES.get(figure.part)
        roles = telling_roles(other)
        if is_of_a_kind and is_of_an_age and roles and not keep_company(figure, other):
            yield other, bare(roles[0].text)


def other_figures(facts: BookFacts, figure: FigureFact, role: str) -> Iterator[Candidate]:
    """Figures of the same kind whom the description does not fit."""
    for other, theirs in _peers(facts, figure):
        if not describes(other, role) and not names_it(other, role):
            yield Candidate(
                text=other.label,
                why=reason(facts, figure, other, f"{other.label}: {theirs}"),
                fact=other.slug,
                tier=nearness(facts, figure, other),
            )


def other_roles(facts: BookFacts, figure: FigureFact, role: str) -> Iterator[Candidate]:
    """What the book says of other figures of the same kind, and not of this one."""
    for other, theirs in _peers(facts, figure):
        is_true_too = describes(figure, theirs) or describes(other, role)
        if not is_true_too and not names_it(figure, theirs):
            yield Candidate(
                text=capitalized(theirs),
                why=reason(facts, figure, other, f"That describes {other.label}"),
                fact=other.slug,
                tier=nearness(facts, figure, other),
            )
