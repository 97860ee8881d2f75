"""How a policy is written: who asks for what, and the answer that each member of the cast gets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.cast import MEMBERS

ACCOUNT_HOLDERS = MEMBERS[2:]

SIGN_IN = "sign in"
"""A redirect to the sign-in page; the API's 401 is just that."""
LET_IN = 200
ON = 302
"""A redirect to anywhere else."""
NONSENSE, NOBODY, NOT_THERE, NOT_NOW, TYPED_WRONG = 400, 401, 404, 409, 422

type Answer = int | str


@dataclass(frozen=True)
class Ask:
    """One way to use a route, and the answer that each member gets."""

    method: str
    answers: Mapping[str, Answer]
    args: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)


def all_get(answer: Answer, **others: Answer) -> dict[str, Answer]:
    """The same for everyone but those who are named."""
    return dict.fromkeys(MEMBERS, answer) | others


def get(answers: Mapping[str, Answer], **args: str) -> Ask:
    return Ask("GET", answers, args)


def post(answers: Mapping[str, Answer], body: Mapping[str, Any] | None = None, **args: str) -> Ask:
    return Ask("POST", answers, args, body or {})


EVERYONE = all_get(LET_IN)
LEARNERS = all_get(LET_IN, anonymous=SIGN_IN)
CLIENTS = all_get(LET_IN, anonymous=NOBODY)
OWNER = all_get(NOT_THERE, student=LET_IN)
STRANGERS = all_get(ON, anonymous=LET_IN, guest=LET_IN)
ACCOUNTS = all_get(LET_IN, anonymous=SIGN_IN, guest=ON)
NONE_THERE = all_get(NOT_THERE)

MINE = all_get(NOT_THERE, student=LET_IN, anonymous=SIGN_IN)
CLASS_CLIENTS = all_get(NOT_THERE, assistant=LET_IN, instructor=LET_IN, anonymous=NOBODY)
MY_CLIENT = all_get(NOT_THERE, student=LET_IN, anonymous=NOBODY)
KEEPER = MINE | {"guest": ON}
"""Pages of the student's own book, where a guest is asked to open an account."""
KEEPERS = all_get(LET_IN, anonymous=SIGN_IN, guest=ON)
COPIERS = KEEPERS | dict.fromkeys(ACCOUNT_HOLDERS, TYPED_WRONG) | {"student": ON}
"""Copying goes into the student's book, which is nobody else's to choose."""
STAFF_OF_CLASS = all_get(NOT_THERE, assistant=LET_IN, instructor=LET_IN, anonymous=SIGN_IN)
STAFF_GO_ON = STAFF_OF_CLASS | {"assistant": ON, "instructor": ON}
STAFF_TOLD_NO = STAFF_OF_CLASS | {"assistant": NOT_NOW, "instructor": NOT_NOW}
STAFF_TYPED_WRONG = STAFF_OF_CLASS | {"assistant": TYPED_WRONG, "instructor": TYPED_WRONG}
CLASSMATES = all_get(NOT_THERE, student=LET_IN, classmate=LET_IN, anonymous=SIGN_IN)
