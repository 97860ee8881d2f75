"""Blueprints as people write them: “4 dates, 3 arguments from sections 2-6”. Pure.

Each wish is a number and what it is of; “from …” says where the wishes before it draw from that
do not say so themselves. What no “from” follows draws from the whole book.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

MOST_AT_ONCE = 100

FACT_KINDS = {
    "event": "date dates event events",
    "argument": "argument arguments claim claims thesis theses",
    "figure": "figure figures person persons people",
    "quantity": "quantity quantities number numbers",
    "term": "term terms word words",
    "place": "place places",
}
KINDS = {
    "essay": "essay essays",
    "matching": "matching matchings",
    "ordering": "ordering orderings",
    "true_false": "true/false",
    "cloze": "cloze clozes gap gaps",
}
ANYTHING = {"question", "questions"}

_WISH = re.compile(r"(?P<count>\d{1,9})\s*(?P<word>[a-z/]+)")
_PLACE = re.compile(
    r"(?P<what>sections?|chapters?)\s*(?P<first>\d{1,4})(?:\s*(?:-|–|to)\s*(?P<last>\d{1,4}))?"
)
_LINK = re.compile(r"\s*(?:,|;|\+|and\b)*\s*")


class UnreadableError(ValueError):
    """Not a blueprint; `rest` is from where on it could not be read."""

    def __init__(self, rest: str) -> None:
        super().__init__(rest)
        self.rest = rest


class OutOfBoundsError(UnreadableError):
    """A wish for none, or for more than `MOST_AT_ONCE`; `rest` is that wish."""


@dataclass(frozen=True, slots=True)
class Wish:
    """So many questions on a kind of fact, or of a kind, out of a range of places; 0 is all.

    Places are sections as the book counts them from 1, or chapters by their numbers.
    """

    count: int
    fact_kind: str = ""
    kind: str = ""
    place: str = ""
    first: int = 0
    last: int = 0


def read(text: str) -> list[Wish]:
    """The wishes of a line, in order; raises `UnreadableError`. There is at least one."""
    wishes: list[Wish] = []
    without = 0
    rest = text.strip().casefold()
    while rest:
        if rest.startswith("from "):
            if without == len(wishes):
                raise UnreadableError(rest)
            (place, first, last), rest = _place(rest.removeprefix("from ").lstrip(), rest)
            wishes[without:] = [
                replace(one, place=place, first=first, last=last) for one in wishes[without:]
            ]
            without = len(wishes)
        else:
            wish, rest = _wish(rest)
            wishes.append(wish)
    if not wishes:
        raise UnreadableError(text)
    return wishes


def write(wishes: Sequence[Wish]) -> str:
    """The line that reads as these wishes; those without a place come last."""
    return ", ".join(map(_written, wishes))


def spread(count: int, finds: Sequence[int]) -> list[int]:
    """How many of `count` each place gives that finds so many: evenly, the first ones first.

    What they do not find together the first place is asked for all the same, so that it shows.
    """
    given = [0] * len(finds)
    left = count
    while left and (open_ := [n for n, found in enumerate(finds) if given[n] < found]):
        for n in open_[:left]:
            given[n] += 1
        left -= min(left, len(open_))
    return [one + (left if n == 0 else 0) for n, one in enumerate(given)]


def _wish(text: str) -> tuple[Wish, str]:
    found = _WISH.match(text)
    if found is None:
        raise UnreadableError(text)
    word = found["word"]
    wish = Wish(int(found["count"]), _named(FACT_KINDS, word), _named(KINDS, word))
    if word not in ANYTHING and not (wish.fact_kind or wish.kind):
        raise UnreadableError(text)
    if not 1 <= wish.count <= MOST_AT_ONCE:
        raise OutOfBoundsError(found[0])
    return wish, _after(text, found.end())


def _place(text: str, whole: str) -> tuple[tuple[str, int, int], str]:
    found = _PLACE.match(text)
    if found is None:
        raise UnreadableError(whole)
    first, last = int(found["first"]), int(found["last"] or found["first"])
    if last < first:
        raise UnreadableError(whole)
    return (found["what"].removesuffix("s"), first, last), _after(text, found.end())


def _after(text: str, end: int) -> str:
    link = _LINK.match(text, end)
    return text[link.end() if link else end :]


def _named(words: dict[str, str], word: str) -> str:
    return next((kind for kind, said in words.items() if word in said.split()), "")


def _written(wish: Wish) -> str:
    words = FACT_KINDS.get(wish.fact_kind) or KINDS.get(wish.kind) or "questions"
    said = f"{wish.count} {words.split()[-1]}"
    return f"{said} from {wish.place}s {wish.first}-{wish.last}" if wish.place else said
