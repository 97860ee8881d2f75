"""Building quizzes and giving them."""

from datetime import timedelta
from typing import Any

from quizzes.assessment import assigning_cards, building, founding, publishing
from quizzes.assessment.building import Edit, Rule, Settings
from quizzes.content.models import Book, Chapter, Section
from quizzes.items.models import Item, Revision
from tests.areas.scene import Scene
from tests.areas.shared import TOGETHER, TOGETHER_GO_ON, WHY
from tests.asks import (
    KEEPER,
    KEEPERS,
    LET_IN,
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
from tests.bookshelf import LONG_AGO

BUILDER = all_get(NOT_THERE, anonymous=SIGN_IN, guest=ON, instructor=LET_IN)
"""The instructor's own quiz, which no class was given: nobody else sees it."""
GOES_ON = BUILDER | {"instructor": ON}
COPIED = all_get(ON, anonymous=SIGN_IN)
BUILT, DRAFT = {"uid": "{built}"}, {"uid": "{draft quiz}"}
SHARED, THEIRS = {"uid": "{instructor's quiz}"}, {"uid": "{assistant's quiz}"}
"""What the class was given of either: both work on it, and each decides over their own."""
HOLDER = BUILDER | {"instructor": NOT_THERE, "assistant": LET_IN}
OURS = {"uid": "{class}", "assignment": "{given}"}
CARDS = {"uid": "{class}", "cards": "{class cards}"}
TERMS = {
    "opens_at": "2026-03-02T07:00",
    "closes_at": "2026-03-09T18:00",
    "attempts_allowed": "2",
    "counting": "best",
    "tries": "1",
    "penalty_percent": "0",
    "late_days": "3",
    "late_percent": "10",
    **dict.fromkeys(
        ("answer_from", "correctness_from", "score_from", "key_from", "explanation_from"), "2"
    ),
}

PAGES: dict[str, list[Ask]] = {
    "own-quizzes": [
        get(KEEPERS, book="lights"),
        get(KEEPER, book="own"),
        get(all_get(NOT_THERE, anonymous=SIGN_IN, guest=ON), book="{companion}"),
        post(COPIED, {"title": "New"}, book="lights"),
        post(all_get(TYPED_WRONG, anonymous=SIGN_IN, guest=ON), {"title": ""}, book="lights"),
    ],
    "build-quiz": [
        get(BUILDER, **BUILT),
        get(all_get(NOT_THERE, anonymous=SIGN_IN, guest=ON), uid="{quiz}"),
        post(GOES_ON, {"act": "up-{built slot}"}, **BUILT),
        post(GOES_ON, {"act": "remove-{built slot}"}, **BUILT),
        post(GOES_ON, {"act": "arrange", "order": "{built slot}"}, **BUILT),
        post(GOES_ON, {"act": "line", "line": "1 question"}, **BUILT),
        post(GOES_ON, {"act": "draw", "count": "1", "weight": "1"}, **BUILT),
        post(BUILDER, {"act": "count", "count": "1", "weight": "1"}, **BUILT),
        post(BUILDER | {"instructor": TYPED_WRONG}, {"act": "line", "line": "dragons"}, **BUILT),
        post(BUILDER | {"instructor": TYPED_WRONG}, {"act": "save"}, **BUILT),
        post(BUILDER | {"instructor": NONSENSE}, {"act": "burn"}, **BUILT),
        get(TOGETHER, **SHARED),
        get(TOGETHER, **THEIRS),
        post(GOES_ON, WHY | {"act": "line", "line": "1 question"}, **SHARED),
        post(BUILDER, WHY | {"act": "count", "count": "1", "weight": "1"}, **SHARED),
        post(TOGETHER_GO_ON, WHY | {"act": "up-{assistant's slot}"}, **THEIRS),
        post(
            TOGETHER | {"instructor": NOT_NOW, "assistant": NOT_NOW},
            {"act": "up-{instructor's slot}"},
            **SHARED,
        ),
    ],
    "pick-questions": [
        get(BUILDER, **BUILT),
        post(GOES_ON, {"act": "find", "q": "why"}, **BUILT),
        post(BUILDER | {"instructor": NOT_NOW}, {}, **BUILT),
        post(BUILDER | {"instructor": NONSENSE}, {"item": "x"}, **BUILT),
        get(TOGETHER, **SHARED),
        get(TOGETHER, **THEIRS),
        post(TOGETHER_GO_ON, WHY | {"item": "{class item}"}, **SHARED),
    ],
    "quiz-settings": [
        get(BUILDER, **BUILT),
        post(GOES_ON, {"title": "Other"}, **BUILT),
        post(BUILDER | {"instructor": TYPED_WRONG}, {"title": ""}, **BUILT),
        get(TOGETHER, **SHARED),
        post(TOGETHER_GO_ON, WHY | {"title": "Other"}, **SHARED),
        post(TOGETHER_GO_ON, WHY | {"title": "Other"}, **THEIRS),
    ],
    "publish-quiz": [
        get(BUILDER, **BUILT),
        post(GOES_ON, {}, **BUILT),
        post(BUILDER | {"instructor": NOT_NOW}, {}, **DRAFT),
        get(BUILDER, **SHARED),
        post(GOES_ON, {}, **SHARED),
        post(HOLDER | {"assistant": ON}, {}, **THEIRS),
    ],
    "give-quiz": [
        get(BUILDER, **BUILT),
        post(GOES_ON, TERMS | {"classes": "{class}"}, **BUILT),
        post(BUILDER | {"instructor": TYPED_WRONG}, TERMS, **BUILT),
        get(BUILDER, **SHARED),
        get(HOLDER, **THEIRS),
    ],
    "preview-quiz": [get(BUILDER, **BUILT), get(TOGETHER, **SHARED), get(TOGETHER, **THEIRS)],
    "duplicate-quiz": [
        post(COPIED, {}, uid="{quiz}"),
        post(GOES_ON, {}, **BUILT),
        post(GOES_ON, {}, **SHARED),
    ],
    "retire-quiz": [
        post(GOES_ON, {}, **BUILT),
        post(GOES_ON, WHY, **SHARED),
        post(HOLDER | {"assistant": ON}, WHY, **THEIRS),
    ],
    "delete-quiz": [
        post(GOES_ON, {}, **DRAFT),
        post(BUILDER | {"instructor": NOT_NOW}, {}, **SHARED),
    ],
    "extensions": [get(STAFF_OF_CLASS, **OURS)],
    "extend": [
        get(STAFF_OF_CLASS, **OURS, number="{place}"),
        post(STAFF_GO_ON, {"closes_at": "2026-03-20T18:00"}, **OURS, number="{place}"),
        post(STAFF_TOLD_NO, {"closes_at": "2026-03-02T18:00"}, **OURS, number="{place}"),
        post(STAFF_TYPED_WRONG, {"attempts_allowed": "0"}, **OURS, number="{place}"),
    ],
    "class-cards": [get(STAFF_OF_CLASS, uid="{class}")],
    "assign-cards": [
        get(STAFF_OF_CLASS, uid="{class}"),
        post(
            STAFF_GO_ON,
            {"chapter": "{second chapter}", "opens_at": "2026-03-02T07:00"},
            uid="{class}",
        ),
        post(STAFF_TYPED_WRONG, {"chapter": "{own chapter}"}, uid="{class}"),
    ],
    "card-assignment": [get(STAFF_OF_CLASS, **CARDS)],
    "withdraw-cards": [post(STAFF_GO_ON, {}, **CARDS)],
}
SHOWS_KEYS: set[str] = {"pick-questions"}


def marks(scene: Scene) -> dict[str, Any]:
    """A quiz that the instructor built and published, an empty one, and cards of a chapter."""
    instructor, book = scene.company["instructor"], scene.classroom.book
    assert instructor is not None
    first, second = (
        Chapter.objects.create(book=book, number=n, slug=f"builder-{n}", title=f"Chapter {n}")
        for n in (70, 71)
    )
    built = founding.begin(instructor, book, Settings("Built"))
    edit = Edit(instructor, scene.noon)
    questions = [_question(built.book, first, n) for n in range(3)]
    [slot, *_more] = building.add(built, edit, questions[:2])
    building.draw(built, edit, [Rule(1)])
    publishing.publish(built, scene.noon)
    due_at = scene.noon + timedelta(days=7)
    return {
        "{built}": built,
        "{built slot}": slot.pk,
        "{draft quiz}": founding.begin(instructor, book, Settings("Empty")),
        "{companion}": built.book.slug,
        "{second chapter}": second.pk,
        "{class cards}": assigning_cards.assign(
            scene.classroom, first, scene.noon, opens_at=scene.noon, due_at=due_at
        ),
    }


def _question(companion: Book, chapter: Chapter, number: int) -> Item:
    """A question of one's own, without a key."""
    section, _is_new = Section.objects.get_or_create(
        book=chapter.book, slug="builder-unit", chapter=chapter, title="Unit", position=70
    )
    item = Item.objects.create(
        book=companion,
        section=section,
        chapter=chapter,
        slug=f"builder-{number}",
        position=number,
        origin="authored",
        is_card=False,
    )
    item.revision = Revision.objects.create(
        item=item, number=1, kind="essay", stem="Why?", stem_html="<p>Why?</p>", created_at=LONG_AGO
    )
    item.save(update_fields=["revision"])
    return item
