"""The editor of questions."""

from typing import Any
from uuid import uuid4

from quizzes.content.models import Chapter, Section
from quizzes.items import contributing, drafting
from quizzes.items.compositions import Choice, Composition
from quizzes.items.contributing import Filing
from quizzes.items.fractions import FULL_FRACTION
from tests.areas.scene import Scene
from tests.asks import ACCOUNTS, KEEPER, LET_IN, NOT_THERE, ON, SIGN_IN, Ask, all_get, get, post

AUTHOR = all_get(NOT_THERE, anonymous=SIGN_IN, guest=ON, instructor=LET_IN)
"""A question that the instructor wrote is there for nobody else."""
AUTHOR_GOES_ON = AUTHOR | {"instructor": ON}
ACCOUNTS_GO_ON = ACCOUNTS | {member: ON for member, answer in ACCOUNTS.items() if answer == LET_IN}
TYPED = {
    "action": "save",
    "kind": "short_text",
    "stem": "Who?",
    "answer-said": "Feldman",
    "answer-share": str(FULL_FRACTION),
    "chapter": "{lights chapter}",
    "skill": "recall",
    "difficulty": "1",
    "state": "ready",
}

PAGES: dict[str, list[Ask]] = {
    "new-item": [
        get(ACCOUNTS, book="lights"),
        get(KEEPER, book="own"),
        get(all_get(NOT_THERE, anonymous=SIGN_IN, guest=ON), book="nowhere"),
        post(ACCOUNTS_GO_ON, TYPED, book="lights"),
    ],
    "manuscripts": [get(ACCOUNTS, book="lights"), get(KEEPER, book="own")],
    "discard-manuscript": [post(AUTHOR_GOES_ON, uid="{manuscript}")],
    "edit-item": [
        get(AUTHOR, uid="{written}"),
        post(AUTHOR_GOES_ON, TYPED | {"seen": "{written revision}"}, uid="{written}"),
    ],
    "adapt-item": [
        post(ACCOUNTS_GO_ON, uid="{lights}"),
        post(AUTHOR_GOES_ON, uid="{written}"),
    ],
    "item-version": [get(AUTHOR, uid="{written}", number="1")],
    "restore-item": [post(AUTHOR_GOES_ON, uid="{written}", number="1")],
}
SHOWS_KEYS: set[str] = {"edit-item", "item-version"}


def marks(scene: Scene) -> dict[str, Any]:
    author = scene.company["instructor"]
    assert author
    chapter = Chapter.objects.filter(book=scene.book).order_by("number")[0]
    section = Section.objects.filter(book=scene.book).order_by("pk")[0]
    right = Choice(text="Malloy", share=FULL_FRACTION)
    one = Composition(kind="single", stem="Who led it?", choices=(right, Choice(text="Reyes")))
    filed = Filing(chapter=chapter, section=section, state="ready")
    written = contributing.compose(scene.book, one, filed, author, scene.noon)
    return {
        "{written}": written,
        "{written revision}": str(written.revision_id),
        "{manuscript}": drafting.keep(author, scene.book, uuid4(), {"stem": ["Half"]}, scene.noon),
        "{lights chapter}": chapter.slug,
    }
