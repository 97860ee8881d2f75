"""Criticizing: what keeps a question from being asked, and what a careful reader would remark.

Pure. What blocks, blocks only that a question is made ready; a draft may be as unfinished as its
author likes. What is true by the book is judged by the rules of its pack's guards.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quizzes.items import composing, doubting
from quizzes.items.compositions import CHOICES, TYPED, Choice, Composition, Typed
from quizzes.items.distractors.choosing import is_lopsided
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.normalizing import answer_key
from quizzes.items.snapshots import BookFacts


class Fault(StrEnum):
    """What can be remarked on a question."""

    NO_STEM = "no-stem"
    NO_KEY = "no-key"
    TWO_KEYS = "two-keys"
    FEW_OPTIONS = "few-options"
    EQUAL_OPTIONS = "equal-options"
    NO_GAP = "no-gap"
    GAP_WITHOUT_KEY = "gap-without-key"
    UNREADABLE = "unreadable"
    SAME_ACCEPTED = "same-accepted"
    HALF_A_PAIR = "half-a-pair"
    FEW_PAIRS = "few-pairs"
    EQUAL_PAIRS = "equal-pairs"
    FEW_LINES = "few-lines"
    EQUAL_LINES = "equal-lines"
    NO_EXPLANATION = "no-explanation"
    NO_CRITERION = "no-criterion"
    LENGTH = "length"
    ALL_OF_THE_ABOVE = "all-of-the-above"
    ABSOLUTE = "absolute"
    NEGATED = "negated"
    ALSO_TRUE = "also-true"
    UNFRAMED = "unframed"
    NO_FACT = "no-fact"


_ADVICE = frozenset(
    {
        Fault.NO_EXPLANATION,
        Fault.NO_CRITERION,
        Fault.LENGTH,
        Fault.ALL_OF_THE_ABOVE,
        Fault.ABSOLUTE,
        Fault.NEGATED,
        Fault.ALSO_TRUE,
        Fault.UNFRAMED,
        Fault.NO_FACT,
    }
)


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to be said of a question; `said` is the text that it is about, if it is one's."""

    fault: Fault
    said: str = ""

    @property
    def blocks(self) -> bool:
        """Whether the question cannot be asked until this is mended."""
        return self.fault not in _ADVICE


_ALL_OF = re.compile(
    r"\b(?:all|none|both|neither|any)\b(?: of)?(?: the)? (?:above|below|these|others)\b",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(
    r"\b(?:always|never|all|none|only|every|everyone|nobody|entirely|completely|exclusively)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"(?<![*_\w])(?:not|except|never|incorrect|false)(?![*_\w])")
_FEWEST = {"single": 2, "several": 2, "true_false": 2, "classify": 2}
_FEWEST_PAIRS = _FEWEST_LINES = 2


def criticize(
    one: Composition, facts: BookFacts | None = None, tested: Sequence[str] = ()
) -> list[Remark]:
    """All remarks on a canonical question, those that block first; none on a good one.

    `tested` are the slugs of the facts that it tests; a book without facts has none to name.
    """
    found = [*_remarks(one)]
    if facts is not None and facts.all:
        found += [Remark(Fault.UNFRAMED, said) for said in doubting.unframed(one, facts, tested)]
        found += [Remark(Fault.ALSO_TRUE, said) for said in doubting.also_true(one, facts, tested)]
        found += [] if tested else [Remark(Fault.NO_FACT)]
    return sorted(dict.fromkeys(found), key=lambda remark: not remark.blocks)


def _remarks(one: Composition) -> Iterator[Remark]:
    if not one.stem:
        yield Remark(Fault.NO_STEM)
    if one.kind in CHOICES:
        yield from _chosen(one.kind, one.choices)
    elif one.kind in TYPED:
        yield from _typed(one.typed, one.typing(), Fault.NO_KEY)
    elif one.kind == "cloze":
        yield from _gaps(one)
    elif one.kind == "matching":
        yield from _paired(one)
    elif one.kind == "ordering":
        yield from _lined(one)
    elif not one.criteria:
        yield Remark(Fault.NO_CRITERION)
    yield from _worded(one)


def _chosen(kind: str, choices: Sequence[Choice]) -> Iterator[Remark]:
    rights = [one for one in choices if one.share > 0]
    whole = [one for one in rights if one.share == FULL_FRACTION]
    if not (rights if kind == "several" else whole):
        yield Remark(Fault.NO_KEY)
    if kind != "several" and len(whole) > 1:
        yield Remark(Fault.TWO_KEYS, ", ".join(f"“{one.text}”" for one in whole))
    if len(choices) < _FEWEST.get(kind, 2):
        yield Remark(Fault.FEW_OPTIONS)
    yield from _equal(Fault.EQUAL_OPTIONS, (one.text for one in choices))
    if kind == "single":
        yield from _lopsided(choices)
    for one in choices:
        if _ALL_OF.search(one.text):
            yield Remark(Fault.ALL_OF_THE_ABOVE, one.text)
        elif one.share <= 0 and kind != "true_false" and _ABSOLUTE.search(one.text):
            yield Remark(Fault.ABSOLUTE, one.text)


def _equal(fault: Fault, texts: Iterable[str]) -> Iterator[Remark]:
    """Texts that are one answer to a reader."""
    said = list(texts)
    counts = Counter(answer_key(text) or text for text in said)
    twice = dict.fromkeys(text for text in said if counts[answer_key(text) or text] > 1)
    yield from (Remark(fault, text) for text in list(twice)[-1:])


def _lopsided(choices: Sequence[Choice]) -> Iterator[Remark]:
    """A key that is far longer than every other option, or far shorter."""
    keys = [one.text for one in choices if one.share == FULL_FRACTION]
    others = [one.text for one in choices if one.share < FULL_FRACTION]
    if len(keys) == 1 and others and all(is_lopsided(keys[0], other) for other in others):
        lengths = [len(other) for other in others]
        if len(keys[0]) > max(lengths) or len(keys[0]) < min(lengths):
            yield Remark(Fault.LENGTH, keys[0])


def _typed(typed: Sequence[Typed], typing: str, missing: Fault, gap: str = "") -> Iterator[Remark]:
    if not any(one.share == FULL_FRACTION for one in typed):
        yield Remark(missing, gap)
    for one in typed:
        if composing.unreadable(one, typing):
            yield Remark(Fault.UNREADABLE, one.said)
    if typing == "text":
        yield from _equal(Fault.SAME_ACCEPTED, (one.said for one in typed))
    else:
        counts = Counter((one.said, one.bound) for one in typed)
        yield from (Remark(Fault.SAME_ACCEPTED, key[0]) for key, n in counts.items() if n > 1)


def _gaps(one: Composition) -> Iterator[Remark]:
    if not one.gap_count:
        yield Remark(Fault.NO_GAP)
    for gap in range(one.gap_count):
        number = str(gap + 1)
        if one.typing(gap) == "choice":
            choices = [choice for choice in one.choices if choice.gap == gap]
            for remark in _chosen("single", choices):
                is_missing = remark.fault is Fault.NO_KEY
                yield Remark(Fault.GAP_WITHOUT_KEY, number) if is_missing else remark
        else:
            typed = [answer for answer in one.typed if answer.gap == gap]
            yield from _typed(typed, one.typing(gap), Fault.GAP_WITHOUT_KEY, number)


def _paired(one: Composition) -> Iterator[Remark]:
    if len(one.pairs) < _FEWEST_PAIRS:
        yield Remark(Fault.FEW_PAIRS)
    yield from (Remark(Fault.HALF_A_PAIR, pair.left) for pair in one.pairs if not pair.right)
    yield from _equal(Fault.EQUAL_PAIRS, (pair.left for pair in one.pairs))
    rights = {answer_key(pair.right) for pair in one.pairs}
    for spare in one.spares:
        if answer_key(spare.text) in rights:
            yield Remark(Fault.EQUAL_PAIRS, spare.text)


def _lined(one: Composition) -> Iterator[Remark]:
    if sum(not line.is_level for line in one.lines) < _FEWEST_LINES:
        yield Remark(Fault.FEW_LINES)
    yield from _equal(Fault.EQUAL_LINES, (line.text for line in one.lines))


def _worded(one: Composition) -> Iterator[Remark]:
    if not one.explanation and one.kind != "essay":
        yield Remark(Fault.NO_EXPLANATION)
    if one.kind not in ("true_false", "essay") and (found := _NEGATED.search(one.stem)):
        yield Remark(Fault.NEGATED, found[0])
    if one.kind == "true_false" and (found := _ABSOLUTE.search(one.stem)):
        yield Remark(Fault.ABSOLUTE, found[0])
