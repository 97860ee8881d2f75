"""What those who teach a class work on together: a quiz of each, given to the class.

The routes are other areas'; here is what they speak of, and who is let in.
"""

from datetime import timedelta
from typing import Any

from quizzes.assessment import building, founding, publishing
from quizzes.assessment.building import Edit, Settings
from quizzes.content.models import Chapter, Section
from quizzes.items import contributing
from quizzes.items.compositions import Choice, Composition
from quizzes.items.contributing import Filing
from quizzes.items.fractions import FULL_FRACTION
from quizzes.people.models import User
from tests.areas.scene import Scene
from tests.asks import LET_IN, NOT_THERE, ON, SIGN_IN, Ask, all_get
from tests.examining import make_assignment

TOGETHER = all_get(NOT_THERE, anonymous=SIGN_IN, guest=ON, instructor=LET_IN, assistant=LET_IN)
TOGETHER_GO_ON = TOGETHER | {"instructor": ON, "assistant": ON}
WHY = {"reason": "A name was misspelled."}

PAGES: dict[str, list[Ask]] = {}
SHOWS_KEYS: set[str] = set()


def marks(scene: Scene) -> dict[str, Any]:
    """A quiz and its question of the instructor's, and of the assistant's; the class has both."""
    chapter = Chapter.objects.create(book=scene.classroom.book, number=90, slug="s", title="Shared")
    Section.objects.create(
        book=chapter.book, slug="shared-unit", chapter=chapter, title="Unit", position=90
    )
    found: dict[str, Any] = {}
    for name in ("instructor", "assistant"):
        author = scene.company[name]
        assert author is not None
        found |= _shared(scene, author, chapter, name)
    return found


def _shared(scene: Scene, author: User, chapter: Chapter, name: str) -> dict[str, Any]:
    right = Choice(text="Malloy", share=FULL_FRACTION)
    asked = Composition(kind="single", stem="Who?", choices=(right, Choice(text="Reyes")))
    filed = Filing(chapter=chapter, state="ready")
    item = contributing.compose(chapter.book, asked, filed, author, scene.noon)
    quiz = founding.begin(author, chapter.book, Settings(f"By the {name}"))
    [slot] = building.add(quiz, Edit(author, scene.noon), [item])
    publishing.publish(quiz, scene.noon)
    given = make_assignment(scene.classroom, quiz, scene.noon - timedelta(hours=1))
    return {
        f"{{{name}'s given}}": given,
        f"{{{name}'s quiz}}": quiz,
        f"{{{name}'s slot}}": slot.pk,
        f"{{{name}'s item}}": item,
        f"{{{name}'s revision}}": str(item.revision_id),
    }
