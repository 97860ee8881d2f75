"""The editor of questions."""

from typing import Any
from uuid import uuid4

from quizzes.content.models import Chapter, Section
from quizzes.items import contributing, drafting
from quizzes.items.compositions import Choice, Composition
from quizzes.items.contributing import Filing
from quizzes.items.fractions import FULL_FRACTION
from tests.areas.bank import BOOK, KEEPER, NO_BANK, OPEN_TO_STAFF, OWNERS, teachers
from tests.areas.scene import Scene
from tests.areas.shared import TOGETHER, TOGETHER_GO_ON
from tests.asks import LET_IN, ON, Ask, get, post

AUTHOR_GOES_ON = NO_BANK | {"instructor": ON}
"""A question that the instructor wrote, and no class is asked, is there for nobody else."""
TYPED = {
    "action": "save",
    "kind": "short_text",
    "stem": "Who?",
    "answer-said": "Feldman",
    "answer-share": str(FULL_FRACTION),
    "chapter": "{class chapter}",
    "skill": "recall",
    "difficulty": "1",
    "state": "ready",
}

PAGES: dict[str, list[Ask]] = {
    "new-item": [
        get(teachers(LET_IN), **BOOK),
        get(OPEN_TO_STAFF, book="lights"),
        get(KEEPER, book="own"),
        get(NO_BANK, book="nowhere"),
        post(teachers(ON), TYPED, **BOOK),
    ],
    "manuscripts": [get(teachers(LET_IN), **BOOK), get(KEEPER, book="own")],
    "discard-manuscript": [post(AUTHOR_GOES_ON, uid="{manuscript}")],
    "edit-item": [
        get(OWNERS, uid="{written}"),
        post(AUTHOR_GOES_ON, TYPED | {"seen": "{written revision}"}, uid="{written}"),
        get(TOGETHER, uid="{instructor's item}"),
        get(TOGETHER, uid="{assistant's item}"),
        post(
            TOGETHER_GO_ON,
            TYPED | {"seen": "{instructor's revision}"},
            uid="{instructor's item}",
        ),
        post(
            TOGETHER_GO_ON,
            TYPED | {"seen": "{assistant's revision}"},
            uid="{assistant's item}",
        ),
    ],
    "adapt-item": [
        post(teachers(ON), uid="{class item}"),
        post(NO_BANK | {"staff": ON}, uid="{lights}"),
        post(AUTHOR_GOES_ON, uid="{written}"),
        post(NO_BANK | {"instructor": ON}, uid="{instructor's item}"),
    ],
    "item-version": [
        get(OWNERS, uid="{written}", number="1"),
        get(TOGETHER, uid="{instructor's item}", number="1"),
        get(TOGETHER, uid="{assistant's item}", number="1"),
    ],
    "restore-item": [
        post(AUTHOR_GOES_ON, uid="{written}", number="1"),
        post(TOGETHER_GO_ON, uid="{instructor's item}", number="1"),
        post(TOGETHER_GO_ON, uid="{assistant's item}", number="1"),
    ],
}
SHOWS_KEYS: set[str] = {"edit-item", "item-version"}


def marks(scene: Scene) -> dict[str, Any]:
    author = scene.company["instructor"]
    assert author is not None
    book = scene.classroom.book
    chapter = Chapter.objects.filter(book=book).order_by("number")[0]
    section = Section.objects.filter(book=book).order_by("pk")[0]
    right = Choice(text="Malloy", share=FULL_FRACTION)
    one = Composition(kind="single", stem="Who led it?", choices=(right, Choice(text="Reyes")))
    filed = Filing(chapter=chapter, section=section, state="ready")
    written = contributing.compose(book, one, filed, author, scene.noon)
    return {
        "{written}": written,
        "{written revision}": str(written.revision_id),
        "{manuscript}": drafting.keep(author, book, uuid4(), {"stem": ["Half"]}, scene.noon),
        "{class chapter}": chapter.slug,
    }
