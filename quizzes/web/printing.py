"""/classes/<class>/assignments/<assignment>/ preview/ and print/ : a sample, seen or printed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from string import ascii_uppercase
from typing import Any
from uuid import UUID, uuid5

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.assessment import grading, marking, sampling, sheets, withholding
from quizzes.assessment.models import Assignment
from quizzes.assessment.sheets import Question, Sheet
from quizzes.items.models import Key
from quizzes.people.models import User
from quizzes.web import seeing_as, teaching
from quizzes.web.filling import Filling, filling
from quizzes.web.middleware import arrival
from quizzes.web.owners import owner

VERSIONS = ("a", "b")


@dataclass(frozen=True, slots=True)
class Printed:
    """A question on paper: options are lettered, and what is written gets lines."""

    question: Question
    filling: Filling

    @property
    def lettered(self) -> list[tuple[str, str]]:
        """Its options with their letters, or the right sides that are to be matched."""
        choices = self.filling.choices
        if self.filling.pairs:
            choices = self.filling.pairs[0].choices
        return [(ascii_uppercase[one.place % 26], one.text) for one in choices]


@dataclass(frozen=True, slots=True)
class Keyed:
    """What is right of a printed question: letters where it has options, and words.

    Neither where it is kept from the reader.
    """

    position: int
    letters: str = ""
    key: Key | None = None
    is_kept: bool = False


@never_cache
@login_required
@require_safe
def preview(request: HttpRequest, uid: UUID, assignment: UUID) -> HttpResponse:
    """A sample as a student gets it, any or a certain one; nothing is saved of it."""
    given = teaching.assignment(teaching.classroom(request, uid), assignment)
    students = given.classroom.enrollments.students()
    context = _context(given) | seeing_as.context(request, given, students)
    return render(request, "quizzes/preview.html", context)


@never_cache
@login_required
@require_safe
def sheet(request: HttpRequest, uid: UUID, assignment: UUID, version: str) -> HttpResponse:
    """A version of the quiz to be printed: never a word of its key."""
    given = teaching.assignment(teaching.classroom(request, uid), assignment)
    found = _version(request, given, version)
    context = _context(given) | {
        "version": version,
        "versions": VERSIONS,
        "questions": _printed(found) if found else [],
        "points": found.points if found else 0,
    }
    return render(request, "quizzes/print_sheet.html", context)


@never_cache
@login_required
@require_safe
def key(request: HttpRequest, uid: UUID, assignment: UUID, version: str) -> HttpResponse:
    """The key of that version, on a sheet of its own."""
    given = teaching.assignment(teaching.classroom(request, uid), assignment)
    found = _version(request, given, version)
    context = _context(given) | {
        "version": version,
        "versions": VERSIONS,
        "keys": _keyed(found, owner(request), arrival(request)) if found else [],
    }
    return render(request, "quizzes/print_key.html", context)


def _context(given: Assignment) -> dict[str, object]:
    return {
        "classroom": given.classroom,
        "assignment": given,
        "quiz": given.quiz,
        "place": "classes",
    }


def _version(request: HttpRequest, given: Assignment, version: str) -> Sheet | None:
    """The sheet of a version: the same whenever it is printed, and its key with it."""
    if version not in VERSIONS:
        raise Http404
    seed = uuid5(given.uid, "print")
    return sampling.version(given, owner(request), seed, uuid5(seed, version))


def _printed(sheet: Sheet) -> list[Printed]:
    texts, gaps = sheets.options(sheet.questions), sheets.gap_kinds(sheet.questions)
    return [
        Printed(one, filling(one, {}, texts[revision], gaps.get(revision, ())))
        for one in sheet.questions
        for revision in [one.served.revision_id]
    ]


def _keyed(sheet: Sheet, reader: User, at: datetime) -> list[Keyed]:
    kinds = {one.served.revision_id: one.kind for one in sheet.questions}
    known = Key.objects.filter(revision__in=kinds)
    words = withholding.marked(known, reader, at, "revision__item").in_bulk()
    keys = marking.keys(kinds)
    return [
        _told(one, keys[one.served.revision_id], words[one.served.revision_id])
        for one in sheet.questions
    ]


def _told(one: Question, key: grading.Key, words: Any) -> Keyed:
    if words.is_kept:
        return Keyed(one.position, is_kept=True)
    return Keyed(one.position, _letters(key, one.served.orders), words)


def _letters(key: grading.Key, orders: tuple[tuple[int, ...], ...]) -> str:
    """The letters of the right options, or of each left side's match, as they are printed."""
    match key:
        case grading.Matching(matches):
            return ", ".join(_lettered(orders[1], matches[own]) for own in orders[0])
        case grading.Several(rights):
            right = set(rights)
        case grading.TrueFalse(place):
            right = {place}
        case grading.Single(fractions):
            right = {own for own, share in enumerate(fractions) if share == max(fractions)}
        case _:
            return ""
    return _lettered(orders[0], right)


def _lettered(order: tuple[int, ...], right: Collection[int]) -> str:
    return ", ".join(ascii_uppercase[n % 26] for n, own in enumerate(order) if own in right)
