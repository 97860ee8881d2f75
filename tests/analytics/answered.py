"""First attempts at questions whose answers are put in places, laid down as rows by chance.

What each raw answer means, and whether it is right, is written down here by hand.
"""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

from quizzes.assessment import tallying
from quizzes.assessment.models import Attempt, Response, Served
from quizzes.items.fractions import FULL_FRACTION
from quizzes.people.models import User
from tests.examining import MATCHES

KINDS = ("short_text", "number", "date", "matching", "ordering", "cloze")
TEXTS = {
    "short_text": {
        "Fel'dman": "feldman", "feldman": "feldman", "  FELDMAN": "feldman",
        "Iakir": "iakir", "iakir.": "iakir", "Kork": "kork", "The Kork": "kork",
        "Eideman": "eideman", "Putna": "putna", "Primakov": "primakov", "Uborevich": "uborevich",
    },
    "number": {
        "35,000": "35000", "about 35 000": "35000", "thirty-five thousand": "35000",
        "exactly 35,000": "exactly 35000", "36": "36", "36.0": "36", "some 36": "36",
        "over 36": "over 36", "-36": "-36", "1937": "1937",
    },
    "date": {
        "early 1938": "early 1938", "Early  1938": "early 1938", "1953": "1953",
        "in 1953": "1953", "June 11, 1937": "day", "11 June 1937": "day", "1937-06-11": "day",
    },
}  # fmt: skip
RIGHTS = {"feldman", "35000", "early 1938"}
SHOWN = {
    "matching": "0,1,2;0,1,2,3,4",
    "ordering": "0,1,2,3",
    "cloze": ";;;0,1,2,3",
}
MAY_STAND = ({1}, {0, 2}, {0, 2}, {3})
"""Which lines may stand at each place, from first to last."""


def draw(random, kind):
    """A raw answer to a question of a kind, or none."""
    if random.random() < 0.1:
        return None
    if kind in TEXTS:
        return {"text": _any(random, list(TEXTS[kind]))}
    match kind:
        case "matching":
            return {"pairs": [None if (n := int(random.integers(6))) == 5 else n for _ in range(3)]}
        case "ordering":
            return {"order": random.permutation(4).tolist()}
    texts = [_any(random, ["", *TEXTS[kind]]) for kind in ("short_text", "number", "date")]
    return {"gaps": [*texts, None if random.random() < 0.2 else int(random.integers(4))]}


def _any(random, those):
    """The first ones are the likelier."""
    return those[min(int(random.geometric(0.25)) - 1, len(those) - 1)]


def lay_down(random, given, people, at, drawn=draw):
    """First attempts at an assignment, with marks and scores by chance; what each answered."""
    revisions = [slot.item.revision for slot in given.quiz.slots.order_by("position")]
    users = User.objects.bulk_create(User(username=uuid4().hex) for _ in range(people))
    attempts = Attempt.objects.bulk_create(
        Attempt(
            start_uid=uuid4(), learner=user, quiz=given.quiz, assignment=given, number=1,
            started_at=at, handed_in_at=at, learner_day=at.date(), is_tallied=True,
            score=int(random.integers(FULL_FRACTION + 1)),
        )
        for user in users
    )  # fmt: skip
    raws = [[drawn(random, one.kind) for one in revisions] for _ in attempts]
    served = Served.objects.bulk_create(
        Served(
            attempt=attempt, position=n + 1, revision=revision,
            order_shown=SHOWN.get(revision.kind, ""),
            fraction=None if raw is None else int(random.integers(FULL_FRACTION + 1)),
        )
        for attempt, row in zip(attempts, raws, strict=True)
        for n, (revision, raw) in enumerate(zip(revisions, row, strict=True))
    )  # fmt: skip
    Response.objects.bulk_create(
        Response(served=one, sequence=1, answer=raw, saved_at=at + timedelta(seconds=one.position))
        for one, raw in zip(served, (raw for row in raws for raw in row), strict=True)
        if raw is not None
    )
    tallying.rebuild(given.quiz)
    return attempts, raws


def in_places(kind, raw):
    """What a raw answer puts in each place, as one reads it; nothing where a place is empty."""
    match kind:
        case "matching":
            return raw["pairs"]
        case "ordering":
            return raw["order"]
        case "cloze":
            return [
                TEXTS[one].get(said)
                for one, said in zip(("short_text", "number", "date"), raw["gaps"], strict=False)
            ]
    return [TEXTS[kind][raw["text"]]]


def is_answer(raw):
    """Whether anything was given at all."""
    return raw is not None and any(said not in (None, "") for said in next(iter(raw.values())))


def is_right(kind, part, said):
    """Whether what was put in a place is right."""
    match kind:
        case "matching":
            return said == MATCHES[part]
        case "ordering":
            return said in MAY_STAND[part]
    return said in RIGHTS


def counted(kind, raws, rows):
    """What those rows of a sample put in each place, and how many; left out is none."""
    given = [in_places(kind, raws[row]) for row in rows if is_answer(raws[row])]
    return [Counter(column) for column in zip(*given, strict=True)]
