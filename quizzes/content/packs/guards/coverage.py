"""Every core fact is asked: by a recipe where its kind has one, else by an authored item."""

from collections.abc import Iterator

from quizzes.content.dates import Precision
from quizzes.content.packs.contents import Contents
from quizzes.content.packs.problems import Fault
from quizzes.content.packs.shapes import Event, Fact, Figure, Place, Question

RULE = "coverage"


def faults(contents: Contents) -> Iterator[Fault]:
    """Core facts that no recipe can ask and that no authored card or question tests."""
    if not contents.is_whole:
        return
    carded, asked = _tested(contents)
    for fact in contents.facts:
        if not fact.core or is_asked_by_recipe(fact):
            continue
        if fact.slug not in carded:
            message = f"No card asks for the core fact `{fact.slug}`"
            yield Fault(fact.path, RULE, message, "Write a card, or set `core: false`")
        if fact.slug not in asked:
            message = f"No question asks for the core fact `{fact.slug}`"
            yield Fault(fact.path, RULE, message, "Write a question, or set `core: false`")


def is_asked_by_recipe(fact: Fact) -> bool:
    """Whether what the fact states is enough for a recipe to make an item of it."""
    match fact:
        case Figure():
            return bool(fact.roles)
        case Event():
            return fact.when.precision is not Precision.ERA
        case Place():
            return False
    return True


def _tested(contents: Contents) -> tuple[set[str], set[str]]:
    carded = {slug for card in contents.cards if card.state == "ready" for slug in card.tests}
    asked: set[str] = set()
    for question in contents.questions:
        carded |= _uses(question, is_wanted=question.is_card)
        asked |= _uses(question, is_wanted=question.is_question)
    return carded, asked


def _uses(question: Question, *, is_wanted: bool) -> set[str]:
    return set(question.tests) if is_wanted and question.state == "ready" else set()
