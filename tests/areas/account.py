"""One's own account."""

from typing import Any

from allauth.usersessions.models import UserSession

from tests.areas.scene import Scene
from tests.asks import (
    ACCOUNTS,
    MINE,
    NONSENSE,
    NOT_NOW,
    NOT_THERE,
    ON,
    SIGN_IN,
    TYPED_WRONG,
    Ask,
    all_get,
    get,
    post,
)

GO_ON = all_get(ON, anonymous=SIGN_IN)
TOLD_NO = all_get(NOT_NOW, anonymous=SIGN_IN, guest=ON)
WRONG = all_get(TYPED_WRONG, anonymous=SIGN_IN, guest=ON)
NONE = all_get(NOT_THERE, anonymous=SIGN_IN, guest=ON)
NO_WORD = all_get(NONSENSE, anonymous=SIGN_IN, guest=ON)
NO_LETTERS = dict.fromkeys(("reminds_of_cards", "reminds_of_closings", "reminds_of_results"), "")
LETTERS = NO_LETTERS | {"reminds_of_cards": "on", "reminder_hour": "17"}

PAGES: dict[str, list[Ask]] = {
    "account": [
        get(ACCOUNTS),
        post(GO_ON, {"display_name": "Somebody"}),
        post(WRONG, {"display_name": "S" * 81}),
    ],
    # First one shows that one is who one is.
    "sign-in-name": [get(GO_ON), post(GO_ON, {"username": "somebody"})],
    "sign-ins": [
        post(GO_ON, {"act": "others"}),
        post(GO_ON, {"act": "programs"}),
        post(MINE | {"student": ON, "guest": ON}, {"act": "one", "number": "{sign-in}"}),
        post(NONE, {"act": "one", "number": "0"}),
        post(NO_WORD, {"act": "all"}),
    ],
    "reminders": [
        post(GO_ON, NO_LETTERS | {"reminder_hour": "7"}),
        post(TOLD_NO, LETTERS),  # nobody of the cast has an address
        post(WRONG, {"reminder_hour": "24"}),
    ],
    "calendar-key": [
        post(GO_ON, {"act": "open"}),
        post(GO_ON, {"act": "close"}),
        post(NO_WORD, {"act": "keep"}),
    ],
}
SHOWS_KEYS: set[str] = set()


def marks(scene: Scene) -> dict[str, Any]:
    line = UserSession.objects.create(
        user=scene.company["student"],
        session_key="of-the-student",
        ip="192.0.2.7",
        user_agent="Firefox on Linux",
    )
    return {"{sign-in}": str(line.pk)}
