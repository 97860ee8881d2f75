"""Who may do what: for every route, what each member of the cast is answered.

A route that is not here fails `test_access.py`. The student owns a book "own" and studies it and
"lights"; the stranger, the classmate and everybody else must never see what is in it. Words in
braces stand for what the site of that test holds: a quiz, the student's open attempt at it, one
that is done, a quiz of the student's own book, and a class.
"""

from tests.areas import AREAS
from tests.asks import (
    ACCOUNT_HOLDERS,
    ACCOUNTS,
    CLASS_CLIENTS,
    CLASSMATES,
    CLIENTS,
    EVERYONE,
    KEEPER,
    KEEPERS,
    LEARNERS,
    LET_IN,
    MINE,
    MY_CLIENT,
    NOBODY,
    NONE_THERE,
    NONSENSE,
    NOT_NOW,
    NOT_THERE,
    ON,
    OWNER,
    SIGN_IN,
    STAFF_GO_ON,
    STAFF_OF_CLASS,
    STAFF_TOLD_NO,
    STAFF_TYPED_WRONG,
    STRANGERS,
    TYPED_WRONG,
    Ask,
    all_get,
    get,
    post,
)

SLIP = {"action": "save", "kind": "basic", "front": "a", "back": "b", "chapter": "{own chapter}"}
PASTE = {
    "text": "a - b",
    "separator": "dash",
    "order": "front",
    "kind": "basic",
    "chapter": "{own chapter}",
}
START = {"start": "019cb000-0000-7000-8000-000000000003"}
ANSWERED = {"question": "1", "sequence_1": "0", "answer_1": "0", "go": "check"}
RESPONSE = {"question": 1, "sequence": 0, "answer": {"chosen": [0]}}
FLAG = {"question": 1, "is_flagged": True}
RATING = {"uid": "019cb000-0000-7000-8000-000000000001", "rating": 1, "version": 0, "interval_1": 0}
REVIEW = {
    "uid": "019cb000-0000-7000-8000-000000000002",
    "rating": 1,
    "answered_at": "2026-03-02T12:00:00Z",
}
ACT = {
    "uid": "019cb000-0000-7000-8000-000000000004",
    "kind": "flag",
    "value": 1,
    "done_at": "2026-03-02T12:00:00Z",
}

TERMS = {
    "opens_at": "2026-03-02T07:00",
    "closes_at": "2026-03-09T18:00",
    "attempts_allowed": "2",
    "counting": "best",
    "is_graded": "on",
    "tries": "1",
    "penalty_percent": "0",
    "answer_from": "1",
    **dict.fromkeys(("correctness_from", "score_from", "key_from", "explanation_from"), "2"),
}
GO_ON = all_get(ON, anonymous=SIGN_IN)
NOT_ON = all_get(NOT_THERE, anonymous=SIGN_IN, guest=ON)
"""Of an account without two-step sign-in there is nothing to see."""
CLASSMATES_LET_IN = {"student": LET_IN, "classmate": LET_IN}
GIVEN = {"uid": "{class}", "assignment": "{given}"}

PAGES = {
    "healthz": [get(EVERYONE)],
    "landing": [get(STRANGERS)],
    "today": [get(LEARNERS)],
    "progress": [get(LEARNERS)],
    "quizzes": [get(EVERYONE)],
    "quiz": [
        get(EVERYONE, uid="{quiz}"),
        get(OWNER, uid="{own quiz}"),
        post(all_get(ON, anonymous=SIGN_IN), START, uid="{quiz}"),
        post(all_get(NONSENSE, anonymous=SIGN_IN), {"start": "now"}, uid="{quiz}"),
        post(all_get(NOT_THERE, student=ON), START, uid="{own quiz}"),
    ],
    "attempt": [
        get(MINE, uid="{attempt}"),
        get(MINE | {"student": ON}, uid="{done}"),
        post(MINE | {"student": ON}, ANSWERED, uid="{attempt}"),
        post(MINE | {"student": NONSENSE}, {"question": "9"}, uid="{attempt}"),
        post(MINE | {"student": NOT_NOW}, ANSWERED, uid="{done}"),
    ],
    "check": [
        get(MINE, uid="{attempt}"),
        get(MINE | {"student": ON}, uid="{done}"),
        post(MINE | {"student": ON}, uid="{attempt}"),
    ],
    "result": [
        get(MINE, uid="{done}"),
        get(MINE, uid="{sat}"),
        get(MINE | {"student": ON}, uid="{attempt}"),
    ],
    "report-question": [
        get(MINE, uid="{done}", position="1"),
        get(MINE | {"student": NOT_THERE}, uid="{done}", position="9"),
        get(MINE | {"student": NOT_THERE}, uid="{sat}", position="1"),
        get(MINE | {"student": NOT_THERE}, uid="{attempt}", position="1"),
        post(MINE | {"student": ON}, {"text": "It is wrong."}, uid="{done}", position="1"),
        post(MINE | {"student": TYPED_WRONG}, {"text": " "}, uid="{done}", position="1"),
    ],
    "assignment": [
        get(CLASSMATES, uid="{given}"),
        post(CLASSMATES | {"student": ON, "classmate": ON}, START, uid="{given}"),
        post(
            CLASSMATES | {"student": NONSENSE, "classmate": NONSENSE},
            {"start": "now"},
            uid="{given}",
        ),
    ],
    "classes": [get(LEARNERS)],
    "classroom": [get(STAFF_OF_CLASS | CLASSMATES_LET_IN, uid="{class}")],
    "accommodation": [
        get(STAFF_OF_CLASS, uid="{class}", number="{place}"),
        post(
            STAFF_GO_ON,
            {"time_percent": "150", "extra_days": "0"},
            uid="{class}",
            number="{place}",
        ),
        post(STAFF_TYPED_WRONG, {"time_percent": "0"}, uid="{class}", number="{place}"),
    ],
    "give-offer": [get(STAFF_OF_CLASS, uid="{class}")],
    "give": [
        get(STAFF_OF_CLASS, uid="{class}", quiz="{class quiz}"),
        get(all_get(NOT_THERE, anonymous=SIGN_IN), uid="{class}", quiz="{own quiz}"),
        post(STAFF_GO_ON, TERMS, uid="{class}", quiz="{class quiz}"),
        post(STAFF_TYPED_WRONG, {"opens_at": "soon"}, uid="{class}", quiz="{class quiz}"),
    ],
    "class-assignment": [get(STAFF_OF_CLASS, **GIVEN)],
    "change-assignment": [
        get(STAFF_OF_CLASS, **GIVEN),
        post(STAFF_GO_ON, TERMS, **GIVEN),
        post(STAFF_TYPED_WRONG, {"opens_at": "soon"}, **GIVEN),
    ],
    "withdraw-assignment": [post(STAFF_GO_ON | {"assistant": NOT_THERE}, {}, **GIVEN)],
    "release-assignment": [post(STAFF_TOLD_NO, {}, **GIVEN)],
    "essays": [get(STAFF_OF_CLASS, **GIVEN)],
    "essay": [
        get(STAFF_OF_CLASS, **GIVEN, number="{essay}"),
        post(STAFF_TYPED_WRONG, {"comment": "So."}, **GIVEN, number="{essay}"),
    ],
    "preview": [get(STAFF_OF_CLASS, **GIVEN)],
    "print-sheet": [get(STAFF_OF_CLASS, **GIVEN, version="a")],
    "print-key": [get(STAFF_OF_CLASS, **GIVEN, version="a")],
    "settings": [
        get(LEARNERS),
        post(all_get(TYPED_WRONG, anonymous=SIGN_IN), {"time_zone": "Mars/Olympus"}),
    ],
    "memory": [get(LEARNERS)],
    "fit-weights": [post(all_get(NOT_NOW, anonymous=SIGN_IN))],
    "weights": [
        get(MINE, number="{weights}"),
        post(MINE | {"student": ON}, number="{weights}"),
    ],
    "published-weights": [get(LEARNERS), post(all_get(ON, anonymous=SIGN_IN))],
    "catch-up": [
        get(LEARNERS),
        post(all_get(NONSENSE, anonymous=SIGN_IN), {"act": "spread", "now": "1", "days": "1"}),
        post(
            all_get(NOT_NOW, anonymous=SIGN_IN),
            {"act": "undo", "batch": "019cb000-0000-7000-8000-000000000009"},
        ),
        post(
            all_get(ON, anonymous=SIGN_IN),
            {
                "act": "spread",
                "now": "1",
                "days": "1",
                "batch": "019cb000-0000-7000-8000-000000000009",
            },
        ),
    ],
    "exam": [
        post(MINE | {"student": TYPED_WRONG}, {"act": "aim", "exam_on": "soon"}, slug="lights"),
        post(MINE | {"student": ON}, {"act": "end"}, slug="own"),
        post(MINE | {"student": NONSENSE}, {"act": "perhaps"}, slug="own"),
    ],
    "week": [post(all_get(TYPED_WRONG, anonymous=SIGN_IN), {"day_0": "x"})],
    "days-off": [
        post(all_get(TYPED_WRONG, anonymous=SIGN_IN), {"act": "add", "first": "soon"}),
        post(all_get(NONSENSE, anonymous=SIGN_IN), {"act": "perhaps"}),
    ],
    "plan": [
        get(all_get(NOT_THERE, student=LET_IN, anonymous=SIGN_IN), slug="lights"),
        get(all_get(NOT_THERE, student=LET_IN, anonymous=SIGN_IN), slug="own"),
        post(
            all_get(NOT_THERE, student=TYPED_WRONG, anonymous=SIGN_IN),
            {"new_a_day": "many"},
            slug="own",
        ),
    ],
    "review": [
        get(EVERYONE),
        post(all_get(NOT_THERE, student=ON, anonymous=ON), RATING | {"item": "{lights}"}),
        post(all_get(NOT_THERE, student=ON), RATING | {"item": "{own}"}),
    ],
    "undo": [post(all_get(NOT_NOW, anonymous=SIGN_IN))],
    "review-ahead": [get(all_get(LET_IN, anonymous=NOBODY))],
    "keyboard": [
        get(LEARNERS),
        post(all_get(TYPED_WRONG, anonymous=SIGN_IN), {"undo": "?"}),
    ],
    "worker": [get(EVERYONE)],
    "manifest": [get(EVERYONE)],
    "offline": [get(EVERYONE)],
    "act": [
        post(
            all_get(NOT_THERE, student=ON, anonymous=SIGN_IN),
            {"act": "bury", "item": "{own}"},
        ),
    ],
    "card": [
        get(MINE, uid="{lights}"),
        get(MINE, uid="{own}"),
        post(MINE | {"student": ON}, {"act": "flag", "value": "3"}, uid="{own}"),
        post(MINE | {"student": NONSENSE}, {"act": "burn"}, uid="{own}"),
    ],
    "report": [
        get(MINE, uid="{lights}"),
        get(MINE, uid="{own}"),
        post(MINE | {"student": ON}, {"text": "The year is wrong."}, uid="{own}"),
        post(MINE | {"student": TYPED_WRONG}, {"text": " "}, uid="{own}"),
    ],
    "books": [get(EVERYONE)],
    "book": [get(EVERYONE, slug="lights"), get(OWNER, slug="own")],
    "study": [
        post(all_get(ON, anonymous=SIGN_IN), slug="lights"),
        post(all_get(NOT_THERE, student=ON, anonymous=SIGN_IN), slug="own"),
    ],
    "chapter": [
        get(EVERYONE, book="lights", slug="chapter-0"),
        get(OWNER, book="own", slug="own-chapter"),
        get(NONE_THERE, book="lights", slug="own-chapter"),
    ],
    "fact": [
        get(EVERYONE, book="lights", slug="term-0"),
        get(OWNER, book="own", slug="own-fact"),
        get(NONE_THERE, book="lights", slug="own-fact"),
    ],
    **{
        name: [get(EVERYONE, book="lights"), get(OWNER, book="own")]
        for name in ("people", "timeline", "arguments", "terms")
    },
    "own-books": [
        get(KEEPERS),
        post(all_get(TYPED_WRONG, anonymous=SIGN_IN, guest=ON), {"title": ""}),
        post(all_get(ON, anonymous=SIGN_IN), {"title": "Mine", "language": "en"}),
    ],
    "own-book": [
        get(KEEPER, uid="{own book}"),
        get(KEEPERS | dict.fromkeys(ACCOUNT_HOLDERS, NOT_THERE), uid="{lights book}"),
        post(KEEPER | {"student": ON}, {"title": "New", "language": "el"}, uid="{own book}"),
        post(KEEPER | {"student": TYPED_WRONG}, {"title": ""}, uid="{own book}"),
    ],
    "delete-book": [
        get(KEEPER, uid="{own book}"),
        post(KEEPER | {"student": ON}, uid="{own book}"),
    ],
    "add-chapter": [
        post(KEEPER | {"student": ON}, {"title": "New"}, uid="{own book}"),
        post(KEEPER | {"student": TYPED_WRONG}, {"title": ""}, uid="{own book}"),
    ],
    "own-chapter": [
        get(KEEPER, uid="{own book}", slug="own-chapter"),
        post(KEEPER | {"student": ON}, {"title": "New"}, uid="{own book}", slug="own-chapter"),
    ],
    "remove-chapter": [
        post(
            KEEPER | {"student": NOT_NOW},
            {"into": "own-chapter"},
            uid="{own book}",
            slug="own-chapter",
        ),
        post(KEEPER | {"student": NOT_THERE}, {"into": "x"}, uid="{own book}", slug="own-chapter"),
    ],
    "add-card": [
        get(KEEPER, uid="{own book}"),
        post(KEEPER | {"student": ON}, SLIP, uid="{own book}"),
        post(KEEPER | {"student": TYPED_WRONG}, SLIP | {"front": ""}, uid="{own book}"),
    ],
    "paste": [
        get(KEEPER, uid="{own book}"),
        post(KEEPER, PASTE, uid="{own book}"),
        post(KEEPER | {"student": TYPED_WRONG}, PASTE | {"text": ""}, uid="{own book}"),
    ],
    "browser": [
        get(LEARNERS),
        post(
            all_get(NOT_NOW, student=ON, anonymous=SIGN_IN),
            {"act": "bury", "item": "{own}"},
        ),
        post(all_get(NONSENSE, anonymous=SIGN_IN), {"act": "burn", "item": "{own}"}),
    ],
    "edit-card": [
        get(KEEPER, uid="{own}"),
        get(KEEPERS | dict.fromkeys(ACCOUNT_HOLDERS, NOT_THERE), uid="{lights}"),
        post(KEEPER | {"student": TYPED_WRONG}, SLIP | {"front": ""}, uid="{own}"),
        post(KEEPER | {"student": ON}, {"action": "delete"}, uid="{own}"),
    ],
    "copy-card": [
        get(KEEPERS, uid="{lights}"),
        get(KEEPER, uid="{own}"),
        post(
            KEEPERS | dict.fromkeys(ACCOUNT_HOLDERS, TYPED_WRONG) | {"student": ON},
            SLIP,
            uid="{lights}",
        ),
    ],
    "picture": [get(OWNER, uid="{own picture}"), get(EVERYONE, uid="{picture}")],
    "coverage": [
        get(all_get(NOT_THERE, staff=LET_IN, anonymous=SIGN_IN), book="lights"),
        get(MINE, book="own"),
        get(STAFF_OF_CLASS | {"staff": LET_IN, "colleague": LET_IN}, book="class-book"),
    ],
    "search": [get(EVERYONE)],
    "claim": [
        get(all_get(NOT_THERE, anonymous=SIGN_IN)),
        post(all_get(NOT_THERE, anonymous=SIGN_IN), {"answer": "yes"}),
    ],
}

SIGN_IN_PAGES = {
    "account_login": [get(STRANGERS), post(STRANGERS)],
    "account_signup": [get(STRANGERS), post(STRANGERS)],
    "account_logout": [get(EVERYONE), post(all_get(ON))],
    "account_inactive": [get(EVERYONE)],
    "account_reauthenticate": [get(ACCOUNTS)],
    "account_email": [get(ACCOUNTS)],
    "account_email_verification_sent": [get(EVERYONE)],
    "account_change_password": [get(ACCOUNTS)],
    "account_set_password": [get(all_get(ON, anonymous=SIGN_IN))],
    "account_reset_password": [get(EVERYONE)],
    "account_confirm_login_code": [get(all_get(ON, anonymous=SIGN_IN))],
    "account_confirm_email": [get(all_get(NONSENSE), key="nonsense")],
    "account_reset_password_from_key": [get(EVERYONE, uidb36="1", key="nonsense")],
    "account_reset_password_from_key_done": [get(EVERYONE)],
    "account_reset_password_done": [get(EVERYONE)],
    "back-office-sign-in": [get(all_get(SIGN_IN))],
    "back-office-password": [get(all_get(ON))],
    "mfa_authenticate": [get(GO_ON), post(GO_ON, {"code": "123456"})],
    "mfa_index": [get(ACCOUNTS)],
    # Whoever changes how the account is guarded shows first that they are who they are.
    "mfa_reauthenticate": [get(GO_ON)],
    "mfa_reauthenticate_webauthn": [get(GO_ON)],
    "mfa_activate_totp": [get(GO_ON), post(GO_ON, {"code": "123456"})],
    "mfa_deactivate_totp": [get(NOT_ON), post(NOT_ON)],
    "mfa_view_recovery_codes": [get(NOT_ON)],
    "mfa_generate_recovery_codes": [get(GO_ON), post(GO_ON)],
    "mfa_download_recovery_codes": [get(NOT_ON)],
    "mfa_list_webauthn": [get(GO_ON)],
    "mfa_add_webauthn": [get(GO_ON), post(GO_ON, {"credential": "{}"})],
    "mfa_login_webauthn": [
        get(STRANGERS),  # what the device is to be asked
        post(all_get(ON, anonymous=SIGN_IN, guest=SIGN_IN), {"credential": "{}"}),
    ],
    "mfa_edit_webauthn": [get(GO_ON, pk="1"), post(GO_ON, {"name": "Mine"}, pk="1")],
    "mfa_remove_webauthn": [get(GO_ON, pk="1"), post(GO_ON, pk="1")],
}

API = {
    "api:schema": [get(EVERYONE)],
    "api:docs": [get(EVERYONE)],
    "api:tokens": [post(all_get(NOBODY), {"login": "student", "password": "a guess"})],
    "api:current-token": [Ask("DELETE", all_get(NOT_THERE, anonymous=NOBODY))],
    "api:me": [get(CLIENTS)],
    "api:books": [get(EVERYONE)],
    "api:book": [get(EVERYONE, book="lights"), get(OWNER, book="own")],
    "api:facts": [get(EVERYONE, book="lights"), get(OWNER, book="own")],
    "api:fact": [
        get(EVERYONE, book="lights", fact="term-0"),
        get(OWNER, book="own", fact="own-fact"),
        get(NONE_THERE, book="lights", fact="own-fact"),
    ],
    "api:quizzes": [get(EVERYONE)],
    "api:quiz": [get(EVERYONE, quiz="{quiz}"), get(OWNER, quiz="{own quiz}")],
    "api:start-attempt": [
        post(CLIENTS, START, quiz="{quiz}"),
        post(MY_CLIENT, START, quiz="{own quiz}"),
    ],
    "api:assignments": [get(CLIENTS)],
    "api:sit": [
        post(MY_CLIENT | {"classmate": LET_IN}, START, assignment="{assignment}"),
        post(all_get(NONSENSE, anonymous=NOBODY), assignment="{assignment}"),
    ],
    "api:attempts": [get(CLIENTS)],
    "api:attempt": [get(MY_CLIENT, attempt="{attempt}"), get(MY_CLIENT, attempt="{done}")],
    "api:responses": [
        post(MY_CLIENT, {"responses": [RESPONSE]}, attempt="{attempt}"),
        post(MY_CLIENT | {"student": NOT_NOW}, {"responses": [RESPONSE]}, attempt="{done}"),
    ],
    "api:flags": [
        post(MY_CLIENT, FLAG, attempt="{attempt}"),
        post(MY_CLIENT | {"student": NOT_NOW}, FLAG, attempt="{done}"),
    ],
    "api:check": [
        post(MY_CLIENT | {"student": NOT_NOW}, {"question": 1}, attempt="{attempt}"),
        post(MY_CLIENT | {"student": NOT_NOW}, {"question": 1}, attempt="{done}"),
    ],
    "api:hint": [
        post(MY_CLIENT | {"student": NOT_NOW}, {"question": 1}, attempt="{attempt}"),
        post(MY_CLIENT | {"student": NOT_NOW}, {"question": 1}, attempt="{done}"),
    ],
    "api:hand-in": [post(MY_CLIENT, attempt="{attempt}"), post(MY_CLIENT, attempt="{done}")],
    "api:result": [
        get(MY_CLIENT, attempt="{done}"),
        get(MY_CLIENT, attempt="{attempt}"),
    ],
    "api:progress": [get(CLIENTS)],
    "api:classes": [get(CLIENTS)],
    "api:class-students": [get(CLASS_CLIENTS, classroom="{class}")],
    "api:class-assignments": [get(CLASS_CLIENTS, classroom="{class}")],
    "api:class-gradebook": [get(CLASS_CLIENTS, classroom="{class}")],
    "api:review-queue": [get(CLIENTS)],
    "api:review-counts": [get(CLIENTS)],
    "api:undo": [
        post(all_get(NOT_NOW, anonymous=NOBODY)),
        post(all_get(NOT_NOW, anonymous=NOBODY), {"uid": ACT["uid"]}),
    ],
    "api:review-check": [
        post(CLIENTS, {"item": "{lights}", "answer": {"text": "so"}}),
        post(MY_CLIENT, {"item": "{own}", "answer": {"text": "so"}}),
    ],
    "api:acts": [
        post(CLIENTS, {"acts": [ACT | {"item": "{lights}"}]}),
        post(MY_CLIENT, {"acts": [ACT | {"item": "{own}"}]}),
    ],
    "api:reviews": [
        post(CLIENTS, {"reviews": [REVIEW | {"item": "{lights}"}]}),
        post(
            all_get(NOT_THERE, student=LET_IN, anonymous=NOBODY),
            {"reviews": [REVIEW | {"item": "{own}"}]},
        ),
    ],
}

POLICIES: dict[str, list[Ask]] = {**PAGES, **SIGN_IN_PAGES, **API, **AREAS}
