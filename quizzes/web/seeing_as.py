"""Seeing a quiz as somebody: a student with what they are granted, or an accommodation."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from quizzes.assessment import reserving, sampling, timing, withholding
from quizzes.assessment.models import Assignment, Extension
from quizzes.identifiers import uuid7
from quizzes.items import rendering
from quizzes.people.models import Enrollment
from quizzes.people.models.classrooms import BY_NAME
from quizzes.web import asking, clocks, projecting
from quizzes.web.middleware import arrival
from quizzes.web.owners import owner

PERCENTS = (100, 125, 150, 200)
NO_LIMIT = "none"


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to look at it, as the list offers it."""

    value: str
    label: str
    place: Enrollment


def context(
    request: HttpRequest, given: Assignment, students: QuerySet[Enrollment]
) -> dict[str, object]:
    """What the preview shows to whom was chosen; no row is written, and nothing counts.

    Where names are hidden no student is offered: more time and an own closing are theirs to tell.
    """
    hides_names = projecting.hides_names(request)
    choices = [*_accommodations(), *([] if hides_names else _students(students))]
    wanted = request.GET.get("as", "")
    chosen = next((one for one in choices if one.value == wanted), choices[0])
    person, at = owner(request), arrival(request)
    sheet = sampling.sample(given, person, uuid7(), reserving.reserved(person, at))
    return {
        "page": asking.page(sheet, list(sheet.by_position), at) if sheet else None,
        "is_kept": sheet is None and bool(withholding.everything(person, at)),
        "described": rendering.markdown(given.quiz.description),
        "choices": choices,
        "chosen": chosen,
        "hides_names": hides_names,
        "allowed": clocks.allowed(given, chosen.place),
        "closes": _closes(given, chosen.place),
        "is_narrow": request.GET.get("look") == "phone",
    }


def _accommodations() -> list[Choice]:
    found = [
        Choice(str(percent), _named(percent), Enrollment(time_percent=percent))
        for percent in PERCENTS
    ]
    return [*found, Choice(NO_LIMIT, _("without a time limit"), Enrollment(has_no_limit=True))]


def _named(percent: int) -> str:
    if percent == clocks.WHOLE:
        return _("any student")
    return _("a student with time ×%(factor)s") % {
        "factor": clocks.factor(Enrollment(time_percent=percent))
    }


def _students(places: QuerySet[Enrollment]) -> list[Choice]:
    parts = ("user", "classroom")
    return [
        Choice(f"student-{one.pk}", f"{one.user.name} · {one.classroom.name}", one)
        for one in places.select_related(*parts).order_by("classroom__name", *BY_NAME)
    ]


def _closes(given: Assignment, place: Enrollment) -> str:
    """When it closes for them, on the class's clock; nothing for a quiz that is not given."""
    if given._state.adding:
        return ""
    own = Extension.objects.filter(assignment=given, learner=place.user_id or 0).first()
    closes_at = timing.closing(given, place, own)
    return clocks.moment(closes_at, given.classroom.time_zone) if closes_at else ""
