"""A number keeps its bound and the people it counts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

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

PLAIN = wording.stems(
    "from with were have that this than during their they " + " ".join(chain(*BOUND_WORDS.values()))
)
"""Longer words that count nobody."""

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
        if path in item.bare:
            continue
        shows = any(numeral.value in _numbers(quantity) for numeral in numerals(text))
        if shows and not has_bound(text, quantity.bound):
            words = ", ".join(f"“{word}”" for word in BOUND_WORDS[quantity.bound])
            message = f"The answer shows the number of `{quantity.slug}` without its bound"
            yield Fault(path, "bound-missing", message, f"Add one of {words}")


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
    counted = [_counted(quantity) for quantity in contents.quantities]
    for path, text in _statements(contents):
        for clause in _CLAUSES.split(text):
            yield from _beside(counted, path, clause)
    for item in asked(contents):
        if any(isinstance(fact, Quantity) for fact in item.facts):
            for path, text in item.keyed:
                yield from _beside(counted, path, f"{item.shown[1]} {text}")


@dataclass(frozen=True)
class _Counted:
    """The numbers of a quantity, the words for its population, and all words for what it counts."""

    slug: str
    numbers: frozenset[int]
    population: frozenset[str]
    all_words: frozenset[str]

    def is_mistaken_for(self, other: "_Counted", said: set[str]) -> bool:
        """Whether words are the other's population and none of them sets this one apart."""
        theirs, ours = other.population - self.all_words, self.population - other.all_words
        return bool(theirs & said) and not ours & said


def _counted(quantity: Quantity) -> _Counted:
    population = wording.stems(_ASIDES.sub("", quantity.population)) - PLAIN
    counts = wording.stems(_ASIDES.sub("", quantity.counts)) - PLAIN
    return _Counted(
        quantity.slug,
        frozenset(_numbers(quantity)),
        frozenset(population),
        frozenset(population | counts),
    )


def _statements(contents: Contents) -> Iterator[Said]:
    """Everything that the pack says in its own voice; wrong options are wrong on purpose."""
    for fact in contents.facts:
        yield from walking.texts(fact, fact.path, without=(Locator,))
    for question in contents.questions:
        yield (*question.path, "explanation"), question.explanation
    for item in asked(contents):
        yield item.shown
        yield from item.keyed


def _beside(counted: list[_Counted], path: Path, clause: str) -> Iterator[Fault]:
    said = wording.stems(clause)
    for number in sorted({n.value for n in numerals(clause) if n.value >= LARGE}):
        own = [one for one in counted if number in one.numbers]
        others = (
            other
            for other in counted
            if number not in other.numbers
            and own
            and all(one.is_mistaken_for(other, said) for one in own)
        )
        for other in islice(others, 1):
            message = f"{number:,} stands beside what `{other.slug}` counts"
            remedy = f"It counts what `{own[0].slug}` says: name that"
            yield Fault(path, "population", message, remedy)
