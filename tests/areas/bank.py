"""The item bank, and reports from students.

The colleague teaches another class of the book: they see the pack's questions and their own, and
none of the instructor's.
"""

from typing import Any

from quizzes.items import reporting
from tests.areas.scene import Scene
from tests.asks import (
    KEEPERS,
    LEARNERS,
    LET_IN,
    NONSENSE,
    NOT_NOW,
    NOT_THERE,
    ON,
    SIGN_IN,
    STAFF_GO_ON,
    STAFF_OF_CLASS,
    STAFF_TYPED_WRONG,
    Ask,
    all_get,
    get,
    post,
)
from tests.banked import keep
from tests.examining import make_item

TEACHERS = ("assistant", "instructor", "colleague", "staff")
NO_BANK = all_get(NOT_THERE, anonymous=SIGN_IN, guest=ON)
"""An account without a class to teach or a book to keep; guests are asked to open one."""


def teachers(answer: int | str, **others: int | str) -> dict[str, int | str]:
    """The same for all who teach the class's book; students and outsiders find nothing there."""
    return NO_BANK | dict.fromkeys(TEACHERS, answer) | others


BOOK = {"book": "class-book"}
OWNERS = NO_BANK | {"instructor": LET_IN}
KEEPER = NO_BANK | {"student": LET_IN}
OPEN_TO_STAFF = NO_BANK | {"staff": LET_IN}
READ = {"slug": "read", "title": "What is read"}
DRAFT = {"act": "draft"}
ANSWER = {"item": "{reported item}", "outcome": "fixed", "answer": "Thank you."}

PAGES: dict[str, list[Ask]] = {
    "banks": [get(KEEPERS)],
    "bank": [
        get(teachers(LET_IN), **BOOK),
        get(OPEN_TO_STAFF, book="lights"),
        get(KEEPER, book="own"),
        get(NO_BANK, book="{companion}"),
        post(teachers(NOT_NOW, instructor=ON), DRAFT | {"item": "{instructor item}"}, **BOOK),
        post(teachers(NOT_NOW), DRAFT | {"item": "{class item}"}, **BOOK),
        post(teachers(NOT_NOW), {"act": "undo"}, **BOOK),
        post(
            teachers(NOT_NOW, instructor=NONSENSE),
            {"act": "move", "item": "{instructor item}"},
            **BOOK,
        ),
        post(teachers(NONSENSE), {"act": "burn"}, **BOOK),
        post(teachers(NONSENSE), {"act": "ask"}, **BOOK),
        post(
            teachers(NOT_THERE, instructor=ON),
            {"act": "ask", "quiz": "{built}", "item": "{class item}"},
            **BOOK,
        ),
        post(KEEPER | {"student": ON}, {"act": "tag", "tags": "x", "item": "{own}"}, book="own"),
    ],
    "bank-item": [
        get(teachers(LET_IN), uid="{class item}"),
        get(OWNERS, uid="{instructor item}"),
        get(NO_BANK | {"colleague": LET_IN}, uid="{colleague item}"),
        get(KEEPER, uid="{own}"),
        get(OPEN_TO_STAFF, uid="{lights}"),
    ],
    "preview-item": [
        get(teachers(LET_IN), uid="{class item}"),
        get(OWNERS, uid="{instructor item}"),
        get(NO_BANK | {"colleague": LET_IN}, uid="{colleague item}"),
        get(KEEPER, uid="{own}"),
    ],
    "drop-item": [
        post(NO_BANK | {"instructor": NOT_NOW}, uid="{instructor item}"),
        post(NO_BANK, uid="{class item}"),
        post(NO_BANK | {"instructor": ON}, uid="{draft item}"),
    ],
    "bank-reports": [
        get(teachers(LET_IN), **BOOK),
        get(KEEPER, book="own"),
        post(teachers(NOT_NOW), ANSWER | {"report": "{report}"}, **BOOK),
    ],
    "reports": [get(LEARNERS)],
    "class-reports": [
        get(STAFF_OF_CLASS, uid="{class}"),
        post(STAFF_GO_ON, ANSWER | {"report": "{report}"}, uid="{class}"),
        post(STAFF_GO_ON | {"assistant": NOT_NOW, "instructor": NOT_NOW}, ANSWER, uid="{class}"),
        post(STAFF_TYPED_WRONG, ANSWER | {"outcome": "perhaps"}, uid="{class}"),
    ],
}
SHOWS_KEYS: set[str] = {"bank", "bank-item", "preview-item", "bank-reports", "class-reports"}


def marks(scene: Scene) -> dict[str, Any]:
    """A question of the class's book, and one that each of two instructors keeps on it."""
    company, book = scene.company, scene.classroom.book
    chapter, _is_new = book.chapters.get_or_create(number=0, defaults=READ)
    book.sections.get_or_create(position=0, defaults=READ | {"chapter": chapter})
    book.sources.get_or_create(slug="book", defaults={"title": "What is read"})
    shared = make_item(book, "class-item")
    facts = list(shared.facts.all())
    student = company["student"]
    assert student is not None
    report = reporting.report(student, shared, "Is it?", scene.noon, scene.classroom)
    return {
        "{class item}": shared,
        "{instructor item}": keep(company["instructor"], book, "instructor-item", facts=facts),
        "{colleague item}": keep(company["colleague"], book, "colleague-item", facts=facts),
        "{draft item}": keep(company["instructor"], book, "draft", facts=facts, state="draft"),
        "{companion}": book.companions.get(owner=company["instructor"]).slug,
        "{reported item}": shared,
        "{report}": str(report.pk),
    }
