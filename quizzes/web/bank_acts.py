"""What is done to many questions at once, and the word on it."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.assessment import building, shelving
from quizzes.assessment.building import Edit
from quizzes.assessment.models import Quiz
from quizzes.assessment.shelving import Step
from quizzes.content.models import Book
from quizzes.items import filing
from quizzes.items.models import Item
from quizzes.people.models import User
from quizzes.refusal import Refusal
from quizzes.web import answers, bank_facets
from quizzes.web.owners import owner

MOST_AT_ONCE = 5_000
_PLACE = re.compile(r"(section|chapter)-([0-9]{1,9})", re.ASCII)
UNDO = "bank-undo"
"""Where a session keeps the steps that take the newest act back."""

type Chosen = Sequence[Item]
type Verb = Callable[[QueryDict, Book, Chosen], list[Step]]


class NoneChosen(Refusal):
    """An act is for some questions of one's own, and says what is done to them."""


class TooManyChosen(Refusal):
    """One act is for at most `MOST_AT_ONCE` questions."""


class NothingToUndo(Refusal):
    """An act of this session can be taken back once."""


def act(request: HttpRequest, book: Book, items: Chosen, at: datetime) -> str:
    """Do what a form says to those of the items that are one's own; in words what was done.

    The session keeps what takes it back. Refuses with `NoneChosen`, `TooManyChosen`, and as
    `shelving` does.
    """
    name = answers.choice(request.POST, "act", *_ACTS)
    mine = [item for item in items if item.book.owner_id == owner(request).pk]
    if not items:
        raise NoneChosen(_("Choose the questions first: tick the box before each."))
    if not mine:
        raise NoneChosen(
            _("The book’s own questions stay as they are. Adapt one, and change what is yours.")
        )
    if len(mine) > MOST_AT_ONCE:
        raise TooManyChosen(
            _("At most %(most)s questions at once: choose fewer.") % {"most": f"{MOST_AT_ONCE:,}"}
        )
    steps = _ACTS[name](request.POST, book, mine)
    back = shelving.carry_out(owner(request), steps, at)
    request.session[UNDO] = {"book": book.pk, "steps": [_kept(step) for step in back]}
    return _said(name, shelving.touched(back))


def ask(request: HttpRequest, book: Book, items: Chosen, at: datetime) -> str:
    """Ask the chosen questions at the end of a quiz of one's own; in words what was done.

    Refuses with `NoneChosen`, and as `building.add` does.
    """
    uid = answers.uid(request.POST, "quiz")
    quiz = get_object_or_404(quizzes(owner(request), book).select_related("book__about"), uid=uid)
    if not items:
        raise NoneChosen(_("Choose the questions first: tick the box before each."))
    made = building.add(quiz, Edit(owner(request), at, answers.reason(request.POST)), items)
    said = ngettext(
        "%(n)s question is added to “%(quiz)s”.",
        "%(n)s questions are added to “%(quiz)s”.",
        len(made),
    )
    return said % {"n": len(made), "quiz": quiz.title}


def quizzes(user: User, book: Book) -> QuerySet[Quiz]:
    """The quizzes on a book that somebody builds and may still give."""
    here = Q(book=book) | Q(book__about=book)
    return Quiz.objects.owned_by(user).filter(here, retired_at=None).in_order()


def sections(book: Book) -> list[tuple[str, str]]:
    """Where questions can be moved, as `to` names it, in words; `chapters` are other places."""
    return [(f"section-{pk}", words) for pk, words in bank_facets.numbered(book)]


def chapters(book: Book) -> list[tuple[str, str]]:
    """The chapters of a book in the same way."""
    return [(f"chapter-{one.pk}", one.title) for one in book.chapters.order_by("number")]


def undo(request: HttpRequest, book: Book, at: datetime) -> str:
    """Take the newest act of this session back; refuses with `NothingToUndo`."""
    if not has_undo(request, book):
        raise NothingToUndo(_("There is nothing to take back."))
    kept: Any = request.session.pop(UNDO)
    steps = [Step(name, value, tuple(pks)) for name, value, pks in kept["steps"]]
    shelving.carry_out(owner(request), steps, at)
    count = shelving.touched(steps)
    said = ngettext(
        "%(count)d question is as it was.", "%(count)d questions are as they were.", count
    )
    return said % {"count": count}


def has_undo(request: HttpRequest, book: Book) -> bool:
    """Whether there is something to take back on this book."""
    kept = request.session.get(UNDO) or {}
    return kept.get("book") == book.pk and bool(kept["steps"])


def _kept(step: Step) -> list[Any]:
    return [step.act, step.value, list(step.items)]


def _pks(items: Chosen) -> tuple[int, ...]:
    return tuple(item.pk for item in items)


def _state(state: str) -> Verb:
    return lambda post, book, items: [Step(shelving.STATE, state, _pks(items))]


def _move(post: QueryDict, book: Book, items: Chosen) -> list[Step]:
    """To a section or a chapter of the book, as `section-3` and `chapter-3` say."""
    place = _PLACE.fullmatch(post.get("to", ""))
    if not place:
        raise BadRequest("“to” is no section and no chapter.")
    if place[1] == "section":
        return shelving.to_section(items, get_object_or_404(book.sections, pk=int(place[2])))
    return shelving.to_chapter(items, get_object_or_404(book.chapters, pk=int(place[2])))


def _tagging(what: str) -> Verb:
    def steps(post: QueryDict, book: Book, items: Chosen) -> list[Step]:
        words = filing.tags(answers.text(post, "tags"))
        fitting = [word for word in words if len(word) <= filing.LONGEST_TAG]
        if not fitting:
            raise NoneChosen(_("Write a tag first, of at most 60 characters."))
        return [Step(what, word, _pks(items)) for word in fitting[: filing.MOST_TAGS]]

    return steps


def _said(name: str, count: int) -> str:
    if not count:
        return _("They were so already.")
    return {
        "ready": ngettext("%(n)d question is ready.", "%(n)d questions are ready.", count),
        "draft": ngettext("%(n)d question is a draft.", "%(n)d questions are drafts.", count),
        "retire": ngettext("%(n)d question is retired.", "%(n)d questions are retired.", count),
        "move": ngettext("%(n)d question is moved.", "%(n)d questions are moved.", count),
        "tag": ngettext("%(n)d question is tagged.", "%(n)d questions are tagged.", count),
        "untag": ngettext("%(n)d question lost a tag.", "%(n)d questions lost a tag.", count),
    }[name] % {"n": count}


_ACTS: dict[str, Verb] = {
    "ready": lambda post, book, items: shelving.to_ready(items),
    "draft": _state(Item.State.DRAFT),
    "retire": _state(Item.State.RETIRED),
    "move": _move,
    "tag": _tagging(shelving.TAG),
    "untag": _tagging(shelving.UNTAG),
}
