"""Statements as the Experience API (xAPI 1.0.3) has them: who did what, to what, with what result.

Plain values in, dicts and lines of JSON out. Everything that has a uid here is named by it there
(`urn:uuid:…`), and a statement's own id is worked out from uids, so that the same row gives the
same statement whenever it goes out. Verbs and activity types are ADL's; what they do not know
stands in extensions and categories under `OWN`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

NAMESPACE = UUID("6f1d3c62-8f0b-5c4e-9a55-0f6b8f3a2d71")
"""Under which the ids of all statements are worked out; never to be changed."""
OWN = "tag:reading-room,2026:"
_ADL = "http://adlnet.gov/expapi/"

type Statement = dict[str, Any]


class Verb(StrEnum):
    """What was done, as ADL names it."""

    INITIALIZED = "initialized"
    ANSWERED = "answered"
    COMPLETED = "completed"


class Type(StrEnum):
    """What it was done to, as ADL names it."""

    ASSESSMENT = "assessment"
    QUESTION = "question"
    COURSE = "course"


class Category(StrEnum):
    """Where a question was answered."""

    QUIZ = "quiz"
    FLASHCARD = "flashcard"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody of a site (its address) by an account that stands for them; a name if it is told."""

    home: str
    account: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something by its uid, with a title in a language."""

    uid: UUID
    type: Type
    title: str
    language: str


@dataclass(frozen=True, slots=True)
class Result:
    """How it went: shares between -1 and 1, time in milliseconds; None of what is not known."""

    scaled: float | None = None
    is_success: bool | None = None
    duration_ms: int | None = None
    more: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """Where it was done; `within` are the class and the assignment, `part_of` the quiz."""

    within: Sequence[Thing]
    part_of: Thing | None = None
    sitting: UUID | None = None
    revision: int | None = None
    category: Category | None = None


def statement(
    row: Sequence[object],
    actor: Actor,
    verb: Verb,
    thing: Thing,
    context: Context,
    at: datetime,
    result: Result | None = None,
) -> Statement:
    """One statement; `row` names the row that it tells of, for its id."""
    told: Statement = {
        "id": str(uuid5(NAMESPACE, "/".join(map(str, (*row, verb))))),
        "actor": _actor(actor),
        "verb": {"id": f"{_ADL}verbs/{verb}", "display": {"en": str(verb)}},
        "object": _activity(thing),
        "context": _context(context, thing.language),
        "timestamp": moment(at),
    }
    if result is not None:
        told["result"] = _result(result)
    return told


def line(statement: Statement) -> bytes:
    """A statement on a line of its own."""
    return json.dumps(statement, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def moment(at: datetime) -> str:
    """“2026-03-02T12:00:00.000Z”."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _actor(actor: Actor) -> dict[str, Any]:
    account = {"homePage": actor.home, "name": actor.account}
    told: dict[str, Any] = {"objectType": "Agent", "account": account}
    return told | ({"name": actor.name} if actor.name else {})


def _activity(thing: Thing) -> dict[str, Any]:
    definition = {
        "type": f"{_ADL}activities/{thing.type}",
        "name": {thing.language or "und": thing.title},
    }
    return {"objectType": "Activity", "id": thing.uid.urn, "definition": definition}


def _context(context: Context, language: str) -> dict[str, Any]:
    activities: dict[str, Any] = {"grouping": [_activity(one) for one in context.within]}
    if context.part_of is not None:
        activities["parent"] = [_activity(context.part_of)]
    if context.category is not None:
        activities["category"] = [
            {"objectType": "Activity", "id": f"{OWN}category/{context.category}"}
        ]
    told: dict[str, Any] = {
        "platform": "Reading Room",
        "language": language or "und",
        "contextActivities": activities,
    }
    if context.sitting is not None:
        told["registration"] = str(context.sitting)
    if context.revision is not None:
        told["revision"] = str(context.revision)
    return told


def _result(result: Result) -> dict[str, Any]:
    told: dict[str, Any] = {"completion": True}
    if result.scaled is not None:
        told["score"] = {"scaled": max(-1.0, min(1.0, result.scaled))}
    if result.is_success is not None:
        told["success"] = result.is_success
    if result.duration_ms is not None:
        told["duration"] = _duration(result.duration_ms)
    if result.more:
        told["extensions"] = {f"{OWN}{name}": value for name, value in result.more.items()}
    return told


def _duration(milliseconds: int) -> str:
    """ISO 8601 in seconds, no finer than a hundredth."""
    return f"PT{milliseconds / 1000:.2f}".rstrip("0").rstrip(".") + "S"
