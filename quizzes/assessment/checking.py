"""Checking: whether an answer that was typed or chosen at a flashcard is the right one.

A quiz marks shares; a flashcard knows only yes and no, and nothing at all where no machine can
tell. What cannot be understood is no fault of the form: it is not the answer.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from quizzes.assessment import grading, marking, reserving
from quizzes.assessment.answering import LONGEST_TEXT, UNSTORABLE, Answer, Chosen, Filled, Typed
from quizzes.cards.models import Review
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Item
from quizzes.people.models import User

type Raw = Mapping[str, Any]
"""`{"text": "…"}` for what was typed, `{"chosen": [2]}` for options by their own places."""

MOST_OPTIONS = 100


def is_answer(raw: object) -> bool:
    """Whether something has the shape of an answer to a flashcard."""
    if not isinstance(raw, Mapping) or len(raw) != 1:
        return False
    text, chosen = raw.get("text"), raw.get("chosen")
    if isinstance(text, str):
        return len(text) <= LONGEST_TEXT and not UNSTORABLE.search(text)
    return (
        isinstance(chosen, list)
        and len(chosen) <= MOST_OPTIONS
        and all(type(place) is int and 0 <= place < MOST_OPTIONS for place in chosen)
    )


def evidence(raw: Raw | None) -> Review.Evidence:
    """What an answer to a flashcard is worth as evidence; without one it is rated alone."""
    if raw is None:
        return Review.Evidence.SELF
    return Review.Evidence.TYPED if "text" in raw else Review.Evidence.CHOICE


def checked(
    learner: User | None, answers: Sequence[tuple[Item, Raw | None]], at: datetime
) -> list[bool | None]:
    """Whether each answer is wholly right; None where there is none or no machine may tell.

    Nothing is told of an item that is reserved for a quiz of the learner. The items carry their
    revisions. At most four queries, and none where nothing was typed or chosen.
    """
    given = [item for item, raw in answers if raw is not None and item.revision]
    secret = reserving.among(learner, [item.pk for item in given], at) if learner else set()
    asked = {i.revision.pk: i.revision.kind for i in given if i.revision and i.pk not in secret}
    keys = marking.keys(asked) if asked else {}
    return [
        None if raw is None else _is_right(keys.get(item.revision_id or 0), raw)
        for item, raw in answers
    ]


def _is_right(key: grading.Key | None, raw: Raw) -> bool | None:
    if key is None or _is_open(key):
        return None
    fraction = grading.grade(key, _answer(key, raw)).fraction
    return None if fraction is None else fraction >= FULL_FRACTION


def _answer(key: grading.Key, raw: Raw) -> Answer:
    """What is typed fills the one gap of a text; where there are more, no machine can tell."""
    if "chosen" in raw:
        return Chosen(frozenset(raw["chosen"]))
    if isinstance(key, grading.Cloze):
        return Filled((raw["text"] if raw["text"].strip() else None,))
    return Typed(raw["text"])


def _is_open(key: grading.Key) -> bool:
    """Whether nothing is laid down that an answer could be compared with."""
    return isinstance(key, grading.ShortText | grading.Number | grading.Date) and not key.accepted
