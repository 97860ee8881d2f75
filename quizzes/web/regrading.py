"""/classes/<class>/assignments/<assignment>/regrades/ : a question is marked anew, and back."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from quizzes import jobs
from quizzes.assessment import informing, regrading, rehearsing, shifting, withholding
from quizzes.assessment.informing import Message
from quizzes.assessment.models import Assignment, Regrade, Served
from quizzes.assessment.shifting import Outcome
from quizzes.items.models import Key, Revision
from quizzes.people.models import Classroom, User
from quizzes.web import mending, outcomes, projecting, teaching
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.middleware import arrival
from quizzes.web.owners import owner
from quizzes.web.regrading_forms import RegradeForm, wished

AT_ONCE = 200
"""Fewer attempts are marked anew while one waits; more by the job worker."""


@never_cache
@login_required
@require_safe
def regrades(request: HttpRequest, uid: UUID, assignment: UUID) -> HttpResponse:
    """What was marked anew, and every question that may be."""
    room = teaching.classroom(request, uid)
    given = teaching.assignment(room, assignment)
    reader, at = owner(request), arrival(request)
    rows = given.regrades.select_related("revision", "author").annotate(count=Count("changes"))
    asked = Served.objects.filter(attempt__assignment=given).order_by().values("revision")
    questions = Revision.objects.filter(pk__in=asked).order_by("item__position", "pk")
    done = withholding.marked(rows, reader, at, "revision__item")
    context = _frame(room, given) | {
        "regrades": done.order_by("-created_at", "-pk"),
        "questions": withholding.marked(questions, reader, at, "item"),
        "to_sit": withholding.to_sit(reader, at),
    }
    return render(request, "quizzes/regrades.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, uid: UUID, assignment: UUID, revision: int) -> HttpResponse:
    """What each way of marking a question would change; a post writes one down, to be looked at."""
    room, person = teaching.classroom(request, uid), owner(request)
    given = teaching.assignment(room, assignment)
    asked = _asked(given, revision, person, arrival(request))
    regrading.ensure_may(given, asked)
    revisions = regrading.fitting(asked, person)
    rehearsal = rehearsing.rehearse(given, asked, revisions)
    answers = rehearsal.answers()
    form = RegradeForm(
        request.POST or None,
        initial=wished(asked, request.GET.getlist("credit"), answers),
        asked=asked,
        revisions=revisions,
        answers=answers,
    )
    if request.method == "POST" and form.is_valid():
        made = regrading.propose(given, asked, form.proposal(), person, arrival(request))
        return redirect("regrade", uid, assignment, made.uid)
    done = given.regrades.filter(revision=asked).select_related("revision", "key_revision")
    in_force = done.in_force().first()
    context = _frame(room, given) | {
        "asked": asked,
        "in_force": in_force,
        "key_in_force": outcomes.key_in_words(in_force) if in_force else "",
        "mending": mending.of(asked, person, revisions, arrival(request)),
        "key": Key.objects.filter(revision=asked).first(),
        "form": form,
        "ways": outcomes.ways(form, rehearsal, asked, answers),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "quizzes/new_regrade.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def regrade(request: HttpRequest, uid: UUID, assignment: UUID, regrade: UUID) -> HttpResponse:
    """Whose score one regrade changes, or changed; a post applies, undoes or forgets it."""
    room = teaching.classroom(request, uid)
    given = teaching.assignment(room, assignment)
    rows = given.regrades.select_related("revision", "key_revision", "author", "assignment")
    known: Any = withholding.marked(rows, owner(request), arrival(request), "revision__item")
    found = get_object_or_404(known, uid=regrade)
    withholding.ensure_told(found)
    found.assignment = given
    if request.method == "POST":
        return _act(request, found)
    outcome, names = _outcome(found), projecting.names(request, room)
    context = _frame(room, given) | {
        "regrade": found,
        "key": outcomes.key_in_words(found),
        "credits": outcomes.credited(found),
        "outcome": outcome,
        "rows": outcomes.rows(outcome, names),
        "has_several": _has_several(given, outcome),
        "hides_names": names.are_hidden,
        "work": outcomes.work(found) if jobs.is_regrading(found.pk) else None,
    }
    return render(request, "quizzes/regrade.html", context)


def _asked(given: Assignment, revision: int, person: User, at: datetime) -> Revision:
    """A question that an assignment asked, else 404; refuses with `MayBeAsked`."""
    served = Served.objects.filter(attempt__assignment=given).values("revision")
    rows = Revision.objects.filter(pk__in=served).select_related("item__book")
    found: Any = get_object_or_404(withholding.marked(rows, person, at, "item"), pk=revision)
    withholding.ensure_told(found)
    return cast("Revision", found)


def _act(request: HttpRequest, found: Regrade) -> HttpResponse:
    acts = {"apply": _apply, "undo": _undo, "discard": _discard}
    if request.POST.get("action") not in acts:
        raise BadRequest
    return acts[request.POST["action"]](request, found)


def _apply(request: HttpRequest, found: Regrade) -> HttpResponse:
    said = _("A question in “%(quiz)s” was regraded, and your score changed")
    return _work(request, found, regrading.apply, said, found.reason)


def _undo(request: HttpRequest, found: Regrade) -> HttpResponse:
    said = _("A change to the marks of “%(quiz)s” was taken back, and your score changed")
    return _work(request, found, regrading.undo, said)


def _work(
    request: HttpRequest,
    found: Regrade,
    act: Callable[..., Sequence[object]],
    said: str,
    why: str = "",
) -> HttpResponse:
    """At once, or by the job worker where there is much to do."""
    given, person, at = found.assignment, cast("User", request.user), arrival(request)
    link = reverse("assignment", args=[given.uid])
    message = Message(informing.text(said, given.quiz.title, why), link, why)
    asked = Served.objects.filter(attempt__assignment=given, revision=found.revision)
    if asked.count() < AT_ONCE:
        shifts = act(found, person, at, message)
        messages.success(request, outcomes.done(len(shifts)))
    else:
        name = act.__name__
        jobs.regrade.enqueue(found.pk, person.pk, name, at.isoformat(), *message)
        messages.success(request, _("The work has begun. This page tells how it stands."))
    return redirect("regrade", given.classroom.uid, given.uid, found.uid)


def _discard(request: HttpRequest, found: Regrade) -> HttpResponse:
    given = found.assignment
    regrading.discard(found)
    messages.success(request, _("Nothing was changed."))
    return redirect("regrades", given.classroom.uid, given.uid)


def _outcome(found: Regrade) -> Outcome:
    if found.applied_at:
        return shifting.applied(found)
    those = [found.key_revision] if found.key_revision else []
    rehearsal = rehearsing.rehearse(found.assignment, found.revision, those)
    return rehearsal.of(rehearsing.proposal(found))


def _has_several(given: Assignment, outcome: Outcome) -> bool:
    """Whether it must be told which attempt a score is of."""
    numbers = {shift.number for one in outcome.changes for shift in one.scores}
    return given.attempts_allowed != 1 or bool(numbers - {1})


def _frame(room: Classroom, given: Assignment) -> dict[str, object]:
    return {"classroom": room, "assignment": given, "quiz": given.quiz, "place": "classes"}
