"""A number keeps its bound and the people it counts."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import reduce

from quizzes.content.packs import walking, wording
from quizzes.content.packs.contents import Contents
from quizzes.content.packs.guards.asking import Asked, Said, asked
from quizzes.content.packs.numerals import numerals
from quizzes.content.packs.problems import Fault
from quizzes.content.packs.shapes import Locator, Quantity, Question
from quizzes.content.packs.shapes.parts import Path

BOUND_WORDS = {
    "about": ("about", "approximately", "around", "roughly", "some", "or so", "circa"),
    "more_than": ("over", "more than", "above", "upward of", "upwards of", "exceeded"),
    "at_least": ("at least", "at the very least", "or more", "no fewer than", "not fewer than"),
    "less_than": ("under", "less than", "fewer than", "below", "up to"),
    "nearly": ("nearly", "almost", "close to", "just under", "not quite"),
    "several": ("several", "tens", "dozens", "hundreds", "thousands", "a few", "some", "many"),
    "range": ("to", "between", "or", "from"),
}
"""The words that say a bound; a key that shows the number shows one of them."""

LARGE = 100
"""Below it a number is said of too many things to tell whom it counts."""

_CLAUSES = re.compile(
    r"[;:!?()—–]|,(?!\d)|\.(?!\d)|\b(?:and|but|while|whereas|not|nor|against)\b", re.IGNORECASE
)
_ASIDES = re.compile(r"\([^)]*\)|\bnot \w+", re.IGNORECASE)


def value_faults(contents: Contents) -> Iterator[Fault]:
    """Quantities without the number that their bound speaks of, or with bounds upside down."""
    for quantity in contents.quantities:
        yield from _value(quantity)


def _value(quantity: Quantity) -> Iterator[Fault]:
    low, value, high = quantity.lower, quantity.value, quantity.upper
    if quantity.bound == "range" and (low is None or high is None):
        yield _fault(quantity, "bound", "A range has two ends", "Add `lower` and `upper`")
    if quantity.bound not in {"range", "several"} and value is None:
        message = f"The bound {quantity.bound} needs a number"
        yield _fault(quantity, "bound", message, "Add `value`")
    known = [number for number in (low, value, high) if number is not None]
    if known != sorted(known):
        message = "Lower, value and upper do not ascend"
        yield _fault(quantity, "value", message, "Correct the numbers")


def _fault(quantity: Quantity, step: str, message: str, remedy: str) -> Fault:
    return Fault((*quantity.path, step), "quantity", message, remedy)


def bound_faults(contents: Contents) -> Iterator[Fault]:
    """Right answers that show a number without "about", "over" or whatever its bound is."""
    for item in asked(contents):
        for fact in item.facts:
            if isinstance(fact, Quantity) and fact.bound in BOUND_WORDS:
                yield from _unbound(item, fact)


def _unbound(item: Asked, quantity: Quantity) -> Iterator[Fault]:
    if isinstance(item.item, Question) and item.item.kind == "number":
        return
    for path, text in _keys(item):
        shows = any(numeral.value in _numbers(quantity) for numeral in numerals(text))
        if shows and not has_bound(text, quantity.bound):
            words = ", ".join(f"“{word}”" for word in BOUND_WORDS[quantity.bound])
            message = f"The answer shows the number of `{quantity.slug}` without its bound"
            yield Fault(path, "bound", message, f"Add one of {words}")


def _keys(item: Asked) -> list[Said]:
    """What the learner is told is right: of a true/false question that is true, the stem."""
    if isinstance(item.item, Question) and item.item.kind == "true_false":
        is_true = any(wording.normalized(text) == "true" for _, text in item.keyed)
        return [item.shown] if is_true else []
    return item.keyed


def has_bound(text: str, bound: str) -> bool:
    """Whether a text says a bound in one of its words."""
    return any(wording.says(text, word) for word in BOUND_WORDS.get(bound, ()))


def _numbers(quantity: Quantity) -> set[int]:
    known = (quantity.lower, quantity.value, quantity.upper)
    return {number for number in known if number is not None}


def population_faults(contents: Contents) -> Iterator[Fault]:
    """Numbers that stand beside a population that another number counts."""
    counted = _counted(contents.quantities)
    for path, text in _statements(contents):
        for clause in _CLAUSES.split(text):
            yield from _beside(counted, path, clause)
    for item in asked(contents):
        if any(isinstance(fact, Quantity) for fact in item.facts):
            for path, text in item.keyed:
                yield from _beside(counted, path, f"{item.shown[1]} {text}")


def _counted(quantities: list[Quantity]) -> dict[int, dict[str, set[str]]]:
    """For each number, the quantities that have it with the words for what they count."""
    counted: dict[int, dict[str, set[str]]] = defaultdict(dict)
    for quantity in quantities:
        said = wording.stems(_ASIDES.sub("", f"{quantity.counts} {quantity.population}"))
        for number in _numbers(quantity):
            counted[number][quantity.slug] = said
    return counted


def _statements(contents: Contents) -> Iterator[Said]:
    """Everything that the pack says in its own voice; wrong options are wrong on purpose."""
    for fact in contents.facts:
        yield from walking.texts(fact, fact.path, without=(Locator,))
    for question in contents.questions:
        yield (*question.path, "explanation"), question.explanation
    for item in asked(contents):
        yield item.shown
        yield from item.keyed


def _beside(counted: dict[int, dict[str, set[str]]], path: Path, clause: str) -> Iterator[Fault]:
    said = wording.stems(clause)
    for number in {n.value for n in numerals(clause) if n.value >= LARGE and n.value in counted}:
        own = reduce(set.union, counted[number].values())
        others = {
            slug: (words - own) & said
            for value, by_slug in counted.items()
            if value != number
            for slug, words in by_slug.items()
        }
        strange = sorted(slug for slug, words in others.items() if words)
        if strange and not own & said:
            message = f"{number:,} stands beside what `{strange[0]}` counts"
            remedy = f"It counts what `{next(iter(counted[number]))}` says: name that"
            yield Fault(path, "population", message, remedy)
