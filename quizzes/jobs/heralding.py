"""Heralding: what has opened to a class is told to its students, with the page it leads to."""

from datetime import datetime

from django.urls import reverse

from quizzes.assessment import opening
from quizzes.assessment.models import Assignment
from quizzes.assessment.opening import Given


def herald(at: datetime) -> int:
    """Tell of all that has opened by a moment and was not told; how many notices."""
    return sum(opening.tell(one, at, page(one)) for one in list(opening.waiting(at)))


def page(given: Given) -> str:
    """Where a student finds what the class was given: a quiz, or the class with its cards."""
    if isinstance(given, Assignment):
        return reverse("assignment", args=[given.uid])
    return reverse("classroom", args=[given.classroom.uid])
