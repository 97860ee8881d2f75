"""Founding: a quiz of one's own begins, empty or as a copy; what nobody was given is deleted."""

from dataclasses import asdict
from uuid import uuid4

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from quizzes.assessment.building import Settings
from quizzes.assessment.models import Quiz, Slot
from quizzes.content.companions import companion
from quizzes.content.models import Book
from quizzes.people.models import User
from quizzes.refusal import Refusal


class WasGiven(Refusal):
    """Somebody's work hangs on the quiz: it is retired, not deleted."""


@transaction.atomic
def begin(owner: User, about: Book, settings: Settings) -> Quiz:
    """An empty quiz on a book, kept where its owner keeps questions on it; nobody sees it yet."""
    book = companion(owner, about)
    return _new(book, Quiz(**asdict(settings)))


@transaction.atomic
def duplicate(quiz: Quiz, owner: User) -> Quiz:
    """A copy that its owner builds on, place by place; a pack's quiz stays what it was."""
    book = companion(owner, quiz.book.topic)
    title = _("Copy of %(title)s") % {"title": quiz.title}
    columns = ("description", "is_shuffled", "time_limit_minutes", "pass_fraction")
    kept = {name: getattr(quiz, name) for name in columns}
    copy = _new(book, Quiz(title=title[:200], **kept))
    slots = list(quiz.slots.order_by("position"))
    for slot in slots:
        slot.pk, slot._state.adding, slot.quiz = None, True, copy
    Slot.objects.bulk_create(slots)
    return copy


@transaction.atomic
def discard(quiz: Quiz) -> None:
    """Delete a quiz that no class was given and nobody began; refuses with `WasGiven`."""
    held = Quiz.objects.select_for_update(of=("self",), no_key=False).get(pk=quiz.pk)
    if held.assignments.exists() or held.attempts.exists():
        raise WasGiven(_("This quiz was given to a class, or begun: retire it instead."))
    held.delete()


def _new(book: Book, quiz: Quiz) -> Quiz:
    last = Quiz.objects.filter(book=book).aggregate(last=Max("position"))["last"]
    quiz.book, quiz.slug = book, f"quiz-{uuid4().hex[:8]}"
    quiz.position = 0 if last is None else last + 1
    quiz.full_clean(exclude=["book"])
    quiz.save(force_insert=True)
    return quiz
