"""What a posted form says about a card or a quiz: its shape is checked here, and nothing else."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import QueryDict

from quizzes.assessment.answering import LONGEST_TEXT, UNSTORABLE
from quizzes.assessment.checking import Raw
from quizzes.cards.scheduling import Rating

UNPROCESSABLE = 422
"""The status of a page that shows a form again, with what is wrong in it."""

_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Answer:
    """One rating as the study screen posts it.

    `interval` is the days that the pressed button promised (0 for a step of minutes); without
    script no `duration_ms` was measured. `raw` is what was typed or chosen before.
    """

    item: UUID
    uid: UUID
    rating: Rating
    version: int
    interval: int
    duration_ms: int | None
    raw: Raw | None
    is_overruled: bool


def answer(post: QueryDict) -> Answer:
    """The rating in a posted form; anything but a whole one is a `BadRequest`."""
    rating = _rating(post)
    return Answer(
        item=uid(post, "item"),
        uid=uid(post, "uid"),
        rating=rating,
        version=_number(post, "version"),
        interval=_number(post, f"interval_{rating.value}"),
        duration_ms=_number(post, "duration_ms") if post.get("duration_ms") else None,
        raw=raw(post),
        is_overruled="overrule" in post,
    )


def raw(post: QueryDict) -> Raw | None:
    """What was typed or chosen at a flashcard; none if the card asks for neither."""
    if "typed" in post:
        return {"text": UNSTORABLE.sub("", post.get("typed", "")[:LONGEST_TEXT])}
    if "chosen" in post:
        return {"chosen": sorted({_digits(text, "chosen") for text in post.getlist("chosen")})}
    return None


def uid(post: QueryDict, name: str) -> UUID:
    """An identifier in a form or an address; anything else is a `BadRequest`."""
    return _uid(post.get(name, ""), name)


def uids(post: QueryDict, name: str, most: int) -> set[UUID]:
    """The first so many identifiers of one name in a form; anything else is a `BadRequest`."""
    return {_uid(text, name) for text in post.getlist(name)[:most]}


def choice(post: QueryDict, name: str, *choices: str) -> str:
    """One of a few words; any other is a `BadRequest`."""
    word = post.get(name, "")
    if word not in choices:
        raise BadRequest(f"“{name}” is none of {', '.join(choices)}.")
    return word


def text(post: QueryDict, name: str) -> str:
    """A text of any length that a database can hold; anything else is a `BadRequest`."""
    if UNSTORABLE.search(said := post.get(name, "")):
        raise BadRequest(f"“{name}” is no text.")
    return said


def reason(post: QueryDict) -> str:
    """Why something is changed, as far as the form says it: the first 200 letters."""
    return post.get("reason", "")[:200].strip()


def key(post: QueryDict, name: str) -> int:
    """The key of a row that a form chose; anything but a whole number is a `BadRequest`."""
    return _number(post, name)


def flag(post: QueryDict) -> int:
    """The number of a flag; rules about it are the verb's."""
    return _number(post, "value")


def number(post: QueryDict, name: str) -> int | None:
    """A whole number in a form, or none where nothing is said; anything else is a `BadRequest`."""
    return _number(post, name) if post.get(name) else None


def numbers(post: QueryDict, name: str) -> list[int]:
    """All whole numbers of one name in a form, in its order; anything else is a `BadRequest`."""
    return [_digits(text, name) for text in post.getlist(name)]


def _rating(post: QueryDict) -> Rating:
    try:
        return Rating(_number(post, "rating"))
    except ValueError as error:
        raise BadRequest("“rating” is none of 1 to 4.") from error


def _uid(text: str, name: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise BadRequest(f"“{name}” is no identifier.") from error


def _number(post: QueryDict, name: str) -> int:
    return _digits(post.get(name, ""), name)


def _digits(text: str, name: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise BadRequest(f"“{name}” is no whole number.")
    return int(text)
