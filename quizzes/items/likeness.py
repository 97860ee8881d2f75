"""How much two texts say the same: the guard against distractors that are true as well.

Pure and cautious: it compares the stems of the words that carry meaning, so it sees that two
statements are near, never that they are equal. Where it is in doubt, a distractor is dropped.
"""

from functools import cache

from quizzes.items.normalizing import answer_key

_EMPTY = frozenset(
    "a about after all also an and any are as at be because been before but by can could did do"
    " does for from had has have he her him his how if in into is it its more most no not of on"
    " one only or other out over s she so some such than that the their them then there these"
    " they this those to under up was were what when where which while who whom whose why will"
    " with would".split()
)
_ENDINGS = ("ations", "ation", "ings", "ing", "ers", "er", "ies", "ed", "es", "ly", "s")
_SHORTEST_STEM = 4
_STEM_LENGTH = 6


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)][:_STEM_LENGTH]
    return word[:_STEM_LENGTH]


@cache
def gist(text: str) -> frozenset[str]:
    """The stems of the words that carry a text's meaning."""
    return frozenset(_stem(word) for word in answer_key(text).split() if word not in _EMPTY)


def likeness(one: str, other: str) -> float:
    """Share of common stems among all stems of two texts, 0 to 1 (Jaccard's index)."""
    first, second = gist(one), gist(other)
    union = first | second
    return len(first & second) / len(union) if union else 1.0


def says(text: str, claim: str) -> float:
    """Share of a claim's stems that a text contains, 0 to 1; 1 for a claim without any."""
    stems = gist(claim)
    return len(stems & gist(text)) / len(stems) if stems else 1.0
