"""English for stems and answers: names in a row, numbers with their bound, statements as clauses.

Pure. Recipes speak English; a book in another language needs a phrasing of its own.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

_SENTENCE_END = re.compile(r"[.!?:;]\s+|\n+")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_OPENERS = frozenset(
    "a after all although an any are as at because before both by can could did do does during"
    " each even every few for from given had he his how however if in instead is it its little"
    " many most much neither no nobody none not nothing numerous of on once one only our several"
    " she should since some such that the their there these they this those though to under until"
    " was were what whatever when where whether which while who whoever whom whose why will with"
    " within without would".split()
)
_BOUNDS = {
    "exact": "{}",
    "about": "about {}",
    "more_than": "more than {}",
    "at_least": "at least {}",
    "less_than": "fewer than {}",
    "nearly": "nearly {}",
}
QUALIFIERS = frozenset(_BOUNDS) - {"exact"}
"""The bounds that a number is said with."""

_LIKE = 6
_MILLION = 1_000_000


def words(text: str) -> list[str]:
    """The words of a text, without numbers and punctuation."""
    return _WORD.findall(text)


def capitalized(text: str) -> str:
    """The text with a capital at its beginning; the rest is left alone."""
    return text[:1].upper() + text[1:]


def bare(text: str) -> str:
    """A statement without its full stop, to stand inside another sentence."""
    return text.strip().removesuffix(".")


def sentence(text: str) -> str:
    """The text as a sentence: a capital, and a stop unless it ends in one."""
    stripped = capitalized(text.strip())
    return stripped if stripped.endswith((".", "!", "?", "…")) or not stripped else f"{stripped}."


def joined(names: Sequence[str]) -> str:
    """Names as English lists them: “A”, “A and B”, “A, B, and C”."""
    if len(names) < 3:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"


def together(names: Sequence[str], ordered: Sequence[tuple[str, str]] = ()) -> str:
    """What shares a place in an order, and which of it comes before which all the same."""
    if len(names) < 2:
        return "".join(names)
    free = "in either order" if len(names) == 2 else "in any order"
    rule = joined([f"{first} before {second}" for first, second in ordered])
    return f"{joined(names)}, {free}{f' that has {rule}' if rule else ''}"


def numeral(value: int) -> str:
    """A number as it is read: 35,000; whole millions in words, 2 million."""
    if value and value % _MILLION == 0:
        return f"{value // _MILLION} million"
    return f"{value:,}"


def bounded(bound: str, value: int | None, lower: int | None, upper: int | None) -> str:
    """The number with its bound word, never without it: “about 35,000”.

    Empty where the book gives no number that could be asked for.
    """
    if bound in ("range", "several"):
        known = lower is not None and upper is not None
        return f"{numeral(lower or 0)} to {numeral(upper or 0)}" if known else ""
    return "" if value is None else _BOUNDS[bound].format(numeral(value))


@lru_cache(maxsize=1024)
def _tellings(text: str, name: str) -> tuple[int, int]:
    """How often a text has a name after “the”, and how often at all."""
    told = re.findall(rf"\b(the )?{re.escape(name)}\b", text, re.IGNORECASE)
    return sum(bool(article) for article in told), len(told)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How a book writes its words: which small, which with a capital, which names with “the”."""

    small: frozenset[str]
    proper: frozenset[str]
    beginnings: frozenset[str]
    text: str

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Vocabulary":
        """The vocabulary of some texts: each sentence's first word proves nothing."""
        known = list(texts)
        sentences = [part for text in known for part in _SENTENCE_END.split(text)]
        inner = [word for part in sentences for word in words(part)[1:]]
        small = frozenset(word for word in inner if word[0].islower())
        return cls(
            small=small,
            proper=frozenset(word for word in inner if word[0].isupper()),
            beginnings=frozenset(word[:_LIKE] for word in small if len(word) >= _LIKE),
            text="\n".join(known),
        )

    def clause(self, statement: str) -> str:
        """The statement as it stands after “that”; empty where its first word could be a name.

        A first word is written small when the book writes it so elsewhere and the next word is
        no name (“Red Army” keeps its capital because of “Army”); a word that begins like a small
        one is small too (“animosities” tells of “animosity”).
        """
        text = bare(statement)
        first, second = [*words(text)[:2], "", ""][:2]
        if first.lower() in _OPENERS:
            return text[:1].lower() + text[1:]
        if first in self.proper or second[:1].isupper() or not text.startswith(first):
            return text
        is_small = first.lower() in self.small or first.lower()[:_LIKE] in self.beginnings
        return text[:1].lower() + text[1:] if is_small else ""

    def spoken(self, name: str, *, is_institution: bool) -> str:
        """A group's or an organization's name as it stands inside a sentence.

        It gets “the” where the book says so more often than not; of names that its texts never
        mention, institutions do.
        """
        with_article, told = _tellings(self.text, name)
        small = self.clause(name) or name
        if words(small)[0] == "the":
            return small
        has_article = with_article * 2 >= told if told else is_institution
        return f"the {small}" if has_article else small
