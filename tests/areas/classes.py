"""Classes: joining, rosters, announcements, notices."""

from datetime import timedelta
from typing import Any

from quizzes.people import announcing, notifying
from quizzes.people.models import Classroom, Enrollment, Invitation, Notice
from tests.areas.scene import Scene
from tests.asks import (
    ACCOUNT_HOLDERS,
    KEEPERS,
    LEARNERS,
    LET_IN,
    MINE,
    NONSENSE,
    NOT_NOW,
    NOT_THERE,
    ON,
    SIGN_IN,
    STAFF_GO_ON,
    STAFF_OF_CLASS,
    STAFF_TOLD_NO,
    STAFF_TYPED_WRONG,
    TYPED_WRONG,
    Ask,
    all_get,
    get,
    post,
)

ROOM, UNSEEN = {"uid": "{class}"}, "0" * 64
MEMBER = ROOM | {"number": "{member}"}
HEAD_ONLY = {"assistant": NOT_THERE}
"""What an assistant may not do does not exist for them."""
INVITED = "an-invitation-of-forty-three-letters-or-so-"
CODE = "ABCDEFGHJK"
DRAW = "01900000-0000-7000-8000-000000000001"
NAMED = {"name": "Ours", "time_zone": "UTC"}
GONE_ON = KEEPERS | dict.fromkeys(ACCOUNT_HOLDERS, ON)
WRONG = KEEPERS | dict.fromkeys(ACCOUNT_HOLDERS, TYPED_WRONG)
NOWHERE = KEEPERS | dict.fromkeys(ACCOUNT_HOLDERS, NOT_THERE)
INSIDERS = {"student": LET_IN, "classmate": LET_IN, "assistant": LET_IN, "instructor": LET_IN}

PAGES: dict[str, list[Ask]] = {
    "open-class": [
        get(KEEPERS),
        post(GONE_ON, {"name": "New", "book": "{class book}", "time_zone": "UTC"}),
        post(WRONG, {"name": "", "book": "{class book}", "time_zone": "UTC"}),
    ],
    "class-people": [get(STAFF_OF_CLASS, **ROOM)],
    "class-member": [
        get(STAFF_OF_CLASS, **MEMBER),
        get(all_get(NOT_THERE, anonymous=SIGN_IN), **ROOM, number="{foreign member}"),
    ],
    "change-role": [
        post(STAFF_GO_ON | HEAD_ONLY, {"role": "assistant"}, **MEMBER),
        post(STAFF_TYPED_WRONG | HEAD_ONLY, {"role": "former"}, **MEMBER),
        post(
            all_get(NOT_THERE, anonymous=SIGN_IN),
            {"role": "assistant"},
            **ROOM,
            number="{foreign member}",
        ),
    ],
    "number-member": [
        post(STAFF_GO_ON, {"student_number": "0017"}, **MEMBER),
        post(STAFF_TYPED_WRONG, {"student_number": "1" * 33}, **MEMBER),
        post(
            all_get(NOT_THERE, anonymous=SIGN_IN),
            {"student_number": "0017"},
            **ROOM,
            number="{foreign member}",
        ),
    ],
    "remove-member": [
        post(STAFF_GO_ON | HEAD_ONLY, {}, **MEMBER),
        post(all_get(NOT_THERE, anonymous=SIGN_IN), {}, **ROOM, number="{foreign member}"),
    ],
    "take-back": [
        post(STAFF_GO_ON | HEAD_ONLY, {}, **ROOM, number="{former}"),
        post(STAFF_OF_CLASS | HEAD_ONLY | {"instructor": NOT_NOW}, {}, **MEMBER),
    ],
    "roster": [
        get(STAFF_OF_CLASS, **ROOM),
        post(STAFF_OF_CLASS, {"text": "Olga Baer"}, **ROOM),
        post(STAFF_TYPED_WRONG, {"text": " "}, **ROOM),
    ],
    "slips": [
        get(STAFF_OF_CLASS, **ROOM),
        post(STAFF_OF_CLASS, {"draw": DRAW, "act": "first"}, **ROOM),
        post(
            STAFF_OF_CLASS, {"draw": DRAW, "act": "anew", "student": f"{{member}}:{UNSEEN}"}, **ROOM
        ),
        post(
            STAFF_OF_CLASS,
            {"draw": DRAW, "act": "one", "student": f"{{foreign member}}:{UNSEEN}"},
            **ROOM,
        ),
        post(STAFF_OF_CLASS | {"assistant": NONSENSE, "instructor": NONSENSE}, {}, **ROOM),
    ],
    "invitations": [
        get(STAFF_OF_CLASS, **ROOM),
        post(STAFF_GO_ON, {"name": "Olga", "email": "", "role": "student"}, **ROOM),
        post(
            STAFF_GO_ON | {"assistant": TYPED_WRONG},
            {"name": "Olga", "email": "", "role": "assistant"},
            **ROOM,
        ),
    ],
    "withdraw-invitation": [
        post(STAFF_GO_ON, {}, **ROOM, number="{invitation}"),
        post(all_get(NOT_THERE, anonymous=SIGN_IN), {}, **ROOM, number="{foreign invitation}"),
    ],
    "announcements": [
        get(STAFF_OF_CLASS, **ROOM),
        post(STAFF_GO_ON, {"title": "Monday", "text": "Bring *maps*."}, **ROOM),
        post(STAFF_TYPED_WRONG, {"title": "", "text": ""}, **ROOM),
    ],
    "edit-announcement": [
        get(STAFF_OF_CLASS, **ROOM, announcement="{announcement}"),
        post(
            STAFF_GO_ON,
            {"title": "Today", "text": "*So.*", "seen": "{seen}"},
            **ROOM,
            announcement="{announcement}",
        ),
        post(
            STAFF_TOLD_NO,
            {"title": "Today", "text": "Or so.", "seen": UNSEEN},
            **ROOM,
            announcement="{announcement}",
        ),
        post(STAFF_TYPED_WRONG, {"title": ""}, **ROOM, announcement="{announcement}"),
        get(
            all_get(NOT_THERE, anonymous=SIGN_IN),
            **ROOM,
            announcement="{foreign announcement}",
        ),
    ],
    "withdraw-announcement": [
        post(STAFF_GO_ON, {}, **ROOM, announcement="{announcement}"),
        post(
            all_get(NOT_THERE, anonymous=SIGN_IN),
            {},
            **ROOM,
            announcement="{foreign announcement}",
        ),
    ],
    "class-settings": [
        get(STAFF_OF_CLASS, **ROOM),
        post(STAFF_GO_ON, NAMED, **ROOM),
        post(STAFF_TYPED_WRONG, NAMED | {"time_zone": "Mars/Olympus"}, **ROOM),
    ],
    "join-code": [
        get(STAFF_OF_CLASS, **ROOM),
        post(STAFF_GO_ON, {"act": "rotate"}, **ROOM),
        post(STAFF_TYPED_WRONG, {"act": "open", "until": "soon"}, **ROOM),
        post(
            STAFF_OF_CLASS | {"assistant": NONSENSE, "instructor": NONSENSE},
            {"act": "burn"},
            **ROOM,
        ),
    ],
    "archive-class": [post(STAFF_GO_ON | HEAD_ONLY, {"act": "archive"}, **ROOM)],
    "copy-class": [
        get(STAFF_OF_CLASS | HEAD_ONLY, **ROOM),
        post(STAFF_GO_ON | HEAD_ONLY, {"name": "Next", "days": "364"}, **ROOM),
        post(STAFF_TYPED_WRONG | HEAD_ONLY, {"name": "Next", "days": "0"}, **ROOM),
    ],
    "hand-over": [
        get(STAFF_OF_CLASS | HEAD_ONLY, **ROOM),
        post(STAFF_GO_ON | HEAD_ONLY, {"to": "{assistant place}", "stays": "yes"}, **ROOM),
        post(STAFF_TYPED_WRONG | HEAD_ONLY, {"to": "{foreign member}", "stays": "yes"}, **ROOM),
    ],
    "leave-class": [
        get(all_get(NOT_THERE, anonymous=SIGN_IN) | INSIDERS, **ROOM),
        post(
            all_get(NOT_THERE, anonymous=SIGN_IN)
            | dict.fromkeys(INSIDERS, ON)
            | {"instructor": NOT_NOW},
            {},
            **ROOM,
        ),
    ],
    "class-audit": [get(STAFF_OF_CLASS, **ROOM)],
    "join": [get(KEEPERS), post(GONE_ON, {"code": CODE}), post(WRONG, {"code": "short"})],
    "join-class": [
        get(KEEPERS | dict.fromkeys(("student", "classmate", "instructor"), ON), code="{code}"),
        get(NOWHERE, code=CODE),
        post(GONE_ON, {}, code="{code}"),
        post(NOWHERE, {}, code=CODE),
    ],
    "invitation": [
        get(KEEPERS | {"instructor": ON, "assistant": ON}, secret=INVITED),
        get(NOWHERE, secret="of-nobody"),
        post(GONE_ON, {}, secret=INVITED),
    ],
    "notices": [
        get(LEARNERS),
        post(all_get(ON, anonymous=SIGN_IN), {"act": "all"}),
        post(MINE | {"student": ON}, {"act": "read", "notice": "{notice}"}),
        post(all_get(NONSENSE, anonymous=SIGN_IN), {"act": "burn"}),
    ],
}
SHOWS_KEYS: set[str] = set()


def marks(scene: Scene) -> dict[str, Any]:
    room, at, student = scene.classroom, scene.noon, scene.company["student"]
    other = Classroom.objects.get(name="Theirs")
    instructor, staff = scene.company["instructor"], scene.company["staff"]
    assert student
    assert instructor
    assert staff
    Classroom.objects.filter(pk=room.pk).update(join_code="K7QF2MZT9W")
    former = Enrollment.objects.create(classroom=room, user=staff, role="former", joined_at=at)
    notifying.tell([student.pk], "Something", "/today/", at)
    announced = announcing.announce(room, instructor, "Today", "*So.*", at)
    return {
        "{class book}": str(room.book_id),
        "{code}": "K7QF2MZT9W",
        "{member}": str(room.enrollments.get(user=student).pk),
        "{former}": str(former.pk),
        "{assistant place}": str(room.enrollments.get(role="assistant").pk),
        "{foreign member}": str(other.enrollments.get(role="student").pk),
        "{invitation}": str(_invite(room, INVITED, "assistant", scene).pk),
        "{foreign invitation}": str(_invite(other, "elsewhere", "student", scene).pk),
        "{announcement}": announced,
        "{seen}": announcing.digest(announced),
        "{foreign announcement}": announcing.announce(other, instructor, "Today", "*So.*", at),
        "{notice}": str(Notice.objects.filter(user=student).latest("pk").pk),
    }


def _invite(room: Classroom, secret: str, role: str, scene: Scene) -> Invitation:
    return Invitation.objects.create(
        classroom=room,
        secret=secret,
        role=role,
        created_at=scene.noon,
        expires_at=scene.noon + timedelta(days=14),
    )
