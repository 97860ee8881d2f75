"""/bank/quizzes/<quiz>/… : its settings, the checklist, copies, giving it, and a look at it."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quizzes.assessment import assigning, building, checklist, founding, opening
from quizzes.assessment.models import Assignment, Quiz
from quizzes.items.fractions import FULL_FRACTION
from quizzes.jobs import heralding
from quizzes.people.models import Classroom, Enrollment
from quizzes.refusal import Refusal
from quizzes.web import giving, refusing, seeing_as
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.builder import edit, is_own, kept, own_quiz, worked_on
from quizzes.web.builder_forms import WHOLE, RoomsForm, SettingsForm
from quizzes.web.giving_forms import TermsForm
from quizzes.web.owners import for_owners, owner

USUAL_TIME = timedelta(days=7)


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What a quiz says of itself, and how it is meant to be taken."""
    quiz = worked_on(request, uid)
    form = SettingsForm(request.POST or None, initial=_columns(quiz))
    if request.method == "POST" and form.is_valid():
        return refusing.answered(
            lambda: _described(request, quiz, form),
            lambda refusal: _settings(request, quiz, form, refusal),
        )
    return _settings(request, quiz, form)


def _described(request: HttpRequest, quiz: Quiz, form: SettingsForm) -> HttpResponse:
    building.describe(quiz, edit(request), form.settings())
    messages.success(request, _("Saved."))
    return redirect("build-quiz", quiz.uid)


def _settings(
    request: HttpRequest, quiz: Quiz, form: SettingsForm, refusal: Refusal | None = None
) -> HttpResponse:
    context = {
        "refusal": refusal,
        "quiz": quiz,
        "form": form,
        "is_own": is_own(request, quiz),
        "has_opened": building.has_opened(quiz, now()),
        "is_given": quiz.assignments.exists(),
        "place": "classes",
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "quizzes/quiz_settings.html", context, status=status)


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The checklist; a post makes the quiz ready to be given."""
    quiz = own_quiz(request, uid)
    if request.method != "POST":
        return _checks(request, quiz)
    return refusing.answered(
        lambda: _published(request, quiz), lambda refusal: _checks(request, quiz, refusal)
    )


def _published(request: HttpRequest, quiz: Quiz) -> HttpResponse:
    building.publish(quiz, now())
    messages.success(request, _("It is published: it can be given to a class now."))
    return redirect("give-quiz", quiz.uid)


def _checks(request: HttpRequest, quiz: Quiz, refusal: Refusal | None = None) -> HttpResponse:
    places = checklist.places(quiz)
    points = checklist.points(quiz, places, kept(request, places))
    context = {
        "quiz": quiz,
        "refusal": refusal,
        "blocking": [one for one in points if one.blocks],
        "advice": [one for one in points if not one.blocks],
        "questions": sum(one.slot.count for one in places),
        "place": "classes",
    }
    return render(request, "quizzes/publish_quiz.html", context)


@for_owners
@require_POST
def duplicate(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A copy of a pack's quiz, or of one's own, to build on."""
    copied = Quiz.objects.copied_by(owner(request)).select_related("book__about")
    made = founding.duplicate(get_object_or_404(copied, uid=uid), owner(request))
    messages.success(request, _("The copy is yours to change."))
    return redirect("build-quiz", made.uid)


@for_owners
@require_POST
def retire(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give it to no class any more."""
    quiz = building.retire(own_quiz(request, uid), edit(request))
    messages.success(request, _("“%(quiz)s” is retired.") % {"quiz": quiz})
    return redirect("own-quizzes", quiz.book.topic.slug)


@for_owners
@require_POST
def discard(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Delete what no class was given."""
    quiz = own_quiz(request, uid)
    founding.discard(quiz)
    messages.success(request, _("“%(quiz)s” is deleted.") % {"quiz": quiz})
    return redirect("own-quizzes", quiz.book.topic.slug)


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Classes, dates and terms; a post gives it to each of the classes on its own clock."""
    quiz, at = own_quiz(request, uid), now()
    rooms = list(_rooms(request, quiz).filter(archived_at=None))
    ticked = _ticked(request, rooms)
    chosen = RoomsForm(request.POST or None, rooms=rooms, ticked=ticked)
    is_chosen = request.method == "POST" and chosen.is_valid()
    zone = _zone(request, chosen.chosen() if is_chosen else ticked or rooms)
    form = TermsForm(request.POST or None, zone=zone, initial=giving.usual(quiz, at))
    if is_chosen and form.is_valid():
        return _give(request, quiz, chosen.chosen())
    context = {
        "quiz": quiz,
        "rooms": rooms,
        "chosen": chosen,
        "form": form,
        "zone": zone,
        "is_ready": quiz.published_at is not None and quiz.retired_at is None,
        "place": "classes",
    }
    status = UNPROCESSABLE if form.errors or chosen.errors else 200
    return render(request, "quizzes/give_quiz.html", context, status=status)


def _ticked(request: HttpRequest, rooms: list[Classroom]) -> list[Classroom]:
    """The class that one came from to give it something, or the only one there is."""
    came_from = request.session.get(giving.CAME_FROM)
    return [one for one in rooms if str(one.uid) == came_from or len(rooms) == 1]


def _zone(request: HttpRequest, rooms: list[Classroom]) -> str:
    """On whose clock the dates are proposed: that of the first class."""
    return rooms[0].time_zone if rooms else owner(request).time_zone


def _give(request: HttpRequest, quiz: Quiz, rooms: list[Classroom]) -> HttpResponse:
    """The same hands of the clock in each class's zone."""
    forms = [(room, TermsForm(request.POST, zone=room.time_zone)) for room in rooms]
    plans = [(room, form.plan()) for room, form in forms if form.is_valid()]
    at = now()
    given = assigning.assign_each(quiz, plans, at, owner(request))
    for one in given:
        opening.tell(one, at, heralding.page(one))
    number = len(given)
    said = ngettext("It is given to %(n)s class.", "It is given to %(n)s classes.", number)
    messages.success(request, said % {"n": number})
    return redirect("classroom", rooms[0].uid) if number == 1 else redirect("classes")


@for_owners
@require_safe
def preview(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A sample as somebody would get it; nothing is saved of it."""
    quiz = worked_on(request, uid)
    given = Assignment(quiz=quiz, time_limit_minutes=quiz.time_limit_minutes, is_graded=False)
    rooms = _rooms(request, quiz).values("pk")
    students = Enrollment.objects.students().filter(classroom__in=rooms)
    context = seeing_as.context(request, given, students) | {"quiz": quiz, "place": "classes"}
    return render(request, "quizzes/preview.html", context)


def _rooms(request: HttpRequest, quiz: Quiz) -> QuerySet[Classroom]:
    """The classes that one teaches with the book that the quiz is on."""
    book = quiz.book.topic
    return Classroom.objects.taught_by(owner(request)).filter(book=book)


def _columns(quiz: Quiz) -> dict[str, object]:
    names = ("title", "description", "is_shuffled", "time_limit_minutes")
    share = quiz.pass_fraction
    percent = None if share is None else share * WHOLE // FULL_FRACTION
    return {name: getattr(quiz, name) for name in names} | {"pass_percent": percent}
