"""English for stems and answers: names in a row, numbers with their bound, statements as clauses.

Pure. Recipes speak English; a book in another language needs a phrasing of its own.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SENTENCE_END = re.compile(r"[.!?:;]\s+|\n+")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_OPENERS = frozenset(
    "a after all although an any as at because before both by during each even every few for from"
    " had he his if in instead it its many most much neither no none not nothing of on once one"
    " only our several she since some such that the their there these they this those though to"
    " under until what when where whether while why with within without".split()
)
_BOUNDS = {
    "exact": "{}",
    "about": "about {}",
    "more_than": "more than {}",
    "at_least": "at least {}",
    "less_than": "fewer than {}",
    "nearly": "nearly {}",
}
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


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Which words a book writes small, and which it capitalizes inside a sentence."""

    small: frozenset[str]
    proper: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Vocabulary":
        """The vocabulary of some texts: each sentence's first word proves nothing."""
        inner = [
            word for text in texts for part in _SENTENCE_END.split(text) for word in words(part)[1:]
        ]
        return cls(
            small=frozenset(word for word in inner if word[0].islower()),
            proper=frozenset(word for word in inner if word[0].isupper()),
        )

    def clause(self, statement: str) -> str:
        """The statement as it stands after “that”; empty where its first word could be a name.

        A first word is written small when the book writes it so elsewhere and the next word is
        no name (“Red Army” keeps its capital because of “Army”).
        """
        text = bare(statement)
        first, second = [*words(text)[:2], "", ""][:2]
        if first.lower() in _OPENERS:
            return text[:1].lower() + text[1:]
        if first in self.proper or second[:1].isupper() or not text.startswith(first):
            return text
        return text[:1].lower() + text[1:] if first.lower() in self.small else ""
