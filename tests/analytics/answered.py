"""First attempts at questions whose answers are put in places, laid down as rows by chance.

What each raw answer means, and whether it is right, is written down here by hand.
"""

from collections import Counter
from datetime import timedelta
from itertools import groupby
from types import SimpleNamespace
from uuid import uuid4

import numpy as np

from quizzes.analytics import answers_tallied
from quizzes.assessment import tallying
from quizzes.assessment.models import Attempt, Response, Served
from quizzes.items.fractions import FULL_FRACTION
from quizzes.people.models import User
from tests.analytics.test_item_analysis import in_upper_half
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


def between_queries(act, *tables):
    """A wrapper of statements: somebody acts before the last of some that name these tables."""
    left = list(tables)

    def execute(execute, sql, params, many, context):
        if left and left[0] in sql:
            left.pop(0)
            if not left:
                act()
        return execute(sql, params, many, context)

    return execute


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


def by_kind(found):
    return {one.wording.kind: one for one in found.questions}


def by_place(asked):
    """What is told of a question, place by place; of a cloze the gaps that are typed in."""
    choices = [one for one in asked.evidence.choices if one.part in asked.left_out]
    return {part: list(those) for part, those in groupby(choices, key=lambda one: one.part)}


def meaning(kind, part, choice):
    """A choice as it is meant in what was written down by hand."""
    if kind in {"matching", "ordering"}:
        return int(choice.text.split()[1])
    texts = TEXTS[kind if kind != "cloze" else KINDS[part]]
    return next((one for said, one in texts.items() if said.split() == choice.text.split()), "0")


def check(found, attempts, raws):
    """Each place has the numbers that raw answers come to: the right ones, the most wrong ones."""
    scores = np.array([one.score for one in attempts])
    upper = np.flatnonzero(in_upper_half(SimpleNamespace(scores=scores))).tolist()
    for n, kind in enumerate(KINDS):
        asked, column = by_kind(found)[kind], [row[n] for row in raws]
        of_all = counted(kind, column, range(len(raws)))
        of_upper = counted(kind, column, upper)
        assert len(of_all) == len(asked.left_out)
        for part, choices in by_place(asked).items():
            told = {meaning(kind, part, one): one for one in choices}
            assert len(told) == len(choices)
            for said, one in told.items():
                assert (one.chosen, one.upper) == (of_all[part][said], of_upper[part][said])
                assert one.is_key == is_right(kind, part, said)
            empty = asked.left_out[part]
            assert (empty.chosen, empty.upper) == (of_all[part][None], of_upper[part][None])
            check_which(kind, part, of_all[part], told)


def check_which(kind, part, counts, told):
    """All right ones that were given, and of the wrong ones the most frequent."""
    given = {said: n for said, n in counts.items() if said is not None}
    rights = {said for said in given if is_right(kind, part, said)}
    wrong = sorted((n for said, n in given.items() if said not in rights), reverse=True)
    assert rights <= set(told)
    assert (
        sorted((one.chosen for one in told.values() if not one.is_key), reverse=True)
        == wrong[: answers_tallied.MOST_WRONG]
    )
