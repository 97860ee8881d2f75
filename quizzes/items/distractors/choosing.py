"""Three distractors for a key, or none: never a bad one.

Pure. The choice depends on the item's slug and the facts alone, not on their order, and a
distractor that was chosen before stays as long as it is still among the candidates.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from quizzes.items.drafts import Choice, Draft, Kind
from quizzes.items.normalizing import answer_key
from quizzes.items.phrasing import sentence
from quizzes.items.snapshots import BookFacts, Fact

WANTED = 3
"""Distractors beside a key."""

_LOPSIDED = 2.2
_SHORT = 12

CONFUSED, NEAR, SAME_CHAPTER, FAR = range(4)
"""How eagerly a candidate is taken: mixed up with the key, its neighbor, or just of its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A wrong answer with the reason why it is wrong; the lower `tier`, the better.

    Two candidates of one `sense` say the same in other words: only one of them is taken.
    """

    text: str
    why: str
    fact: str = ""
    tier: int = FAR
    sense: str = ""


def seeded(*parts: str) -> bytes:
    """Chance that is the same on every run: a digest of some texts (BLAKE2b)."""
    return blake2b("\x1f".join(parts).encode(), digest_size=8).digest()


def nearness(facts: BookFacts, fact: Fact, other: Fact) -> int:
    """The tier of a candidate by where its fact stands, and whether the two are mixed up."""
    if facts.tell(fact.slug, other.slug):
        return CONFUSED
    if fact.section == other.section:
        return NEAR
    return SAME_CHAPTER if fact.chapter == other.chapter else FAR


def reason(facts: BookFacts, fact: Fact, other: Fact, why: str) -> str:
    """Why another fact's answer is wrong here, and what tells the two apart, if they are near."""
    tell = facts.tell(fact.slug, other.slug)
    return " ".join(sentence(part) for part in (why, tell) if part)


def is_lopsided(text: str, key: str) -> bool:
    """Whether one text is so much longer than the other that length gives the key away."""
    shorter, longer = sorted((len(text), len(key)))
    return longer > _LOPSIDED * max(shorter, _SHORT)


def choose(
    slug: str, key: str, candidates: Iterable[Candidate], previous: Sequence[str] = ()
) -> tuple[Candidate, ...]:
    """Three distractors for a key, or none at all; no two answers are equal."""
    chosen = best(slug, [key], candidates, WANTED, previous)
    return chosen if len(chosen) == WANTED else ()


def best(
    slug: str,
    taken: Sequence[str],
    candidates: Iterable[Candidate],
    most: int,
    previous: Sequence[str] = (),
) -> tuple[Candidate, ...]:
    """The best of the candidates beside the texts that are `taken`, of which the key is first."""
    kept = {answer_key(text) for text in previous}

    def rank(candidate: Candidate) -> tuple[bool, bool, bool, int, bytes, str]:
        return (
            answer_key(candidate.text) not in kept,
            candidate.tier != CONFUSED,
            is_lopsided(candidate.text, taken[0]),
            candidate.tier,
            seeded(slug, candidate.fact, answer_key(candidate.text)),
            candidate.text,
        )

    chosen: list[Candidate] = []
    said = {*map(answer_key, taken), ""}
    for candidate in sorted(candidates, key=rank):
        marks = {answer_key(candidate.text), candidate.sense or answer_key(candidate.text)}
        if not marks & said and len(chosen) < most:
            chosen.append(candidate)
            said |= marks
    return tuple(chosen)


def with_options(
    draft: Draft, candidates: Iterable[Candidate], previous: Sequence[str] = ()
) -> Draft:
    """The draft as a single choice where three distractors are found; else as it came."""
    key = draft.keyed_text or draft.answer
    chosen = choose(draft.slug, key, candidates, previous)
    if not chosen:
        return draft
    choices = [Choice(text=key, is_key=True, fact=draft.subject)]
    choices += [Choice(text=one.text, why=one.why, fact=one.fact) for one in chosen]
    choices.sort(key=lambda choice: seeded(draft.slug, "place", answer_key(choice.text)))
    return replace(draft, kind=Kind.SINGLE, options=tuple(choices), accepted=())
