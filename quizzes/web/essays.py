"""/classes/<class>/assignments/<assignment>/essays/ : answers are marked, names hidden."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.analytics import essay_queues, rosters
from quizzes.analytics.rosters import Essay
from quizzes.assessment import judging, withholding
from quizzes.assessment.models import Assignment, Mark
from quizzes.items.fractions import percent
from quizzes.items.models import Criterion, Key
from quizzes.web import answers, teaching, wording
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.marking_forms import MarkForm
from quizzes.web.middleware import arrival
from quizzes.web.owners import owner


@never_cache
@login_required
@require_safe
def essays(request: HttpRequest, uid: UUID, assignment: UUID) -> HttpResponse:
    """Every essay question of an assignment with its answers, or the one that is asked for."""
    given = teaching.assignment(teaching.classroom(request, uid), assignment)
    asked, marker = answers.number(request.GET, "question"), owner(request)
    handed_in = rosters.essays(given, marker, arrival(request))
    shown = [one for one in handed_in if asked in {None, one.revision.pk}]
    context = _frame(given) | {
        "queue": essay_queues.queue(_told(shown), given.classroom, marker),
        "kept": {one.revision.pk: one.revision for one in shown if one.is_kept}.values(),
        "is_part": asked is not None,
        "to_sit": withholding.to_sit(marker, arrival(request)),
    }
    return render(request, "quizzes/essays.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def essay(request: HttpRequest, uid: UUID, assignment: UUID, number: int) -> HttpResponse:
    """One answer with its rubric; a post marks it and goes to the next one without a mark."""
    given = teaching.assignment(teaching.classroom(request, uid), assignment)
    handed_in = rosters.essays(given, owner(request), arrival(request))
    found = next((one for one in handed_in if one.served.pk == number), None)
    if found is None:
        raise Http404
    withholding.ensure_told(found)
    queue = essay_queues.queue(_told(handed_in), given.classroom, owner(request))
    criteria = Criterion.objects.filter(revision=found.revision).order_by("position")
    mark = found.served.marks.select_related("marker").prefetch_related("criteria").last()
    form = MarkForm(request.POST or None, criteria=list(criteria), mark=mark)
    if request.method == "POST" and form.is_valid():
        _save(request, found, form)
        return redirect(_onward(given, queue.after(found)))
    same = queue.beside(found)
    context = _frame(given) | {
        "essay": found,
        "key": Key.objects.filter(revision=found.revision).first(),
        "mark": mark,
        "worth": _worth(found, mark) if mark else "",
        "number": same.index(found) + 1,
        "of": len(same),
        "left": queue.left,
        "previous": queue.before(found),
        "next": queue.after(found),
        "form": form,
        "zone": owner(request).time_zone,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "quizzes/essay.html", context, status=status)


def _told(essays: Sequence[Essay]) -> list[Essay]:
    """Those that are not kept from the marker."""
    return [one for one in essays if not one.is_kept]


def _save(request: HttpRequest, found: Essay, form: MarkForm) -> None:
    mark = judging.judge(
        found.served,
        owner(request),
        form.levels(),
        form.fraction(),
        form.cleaned_data["comment"],
        arrival(request),
        after=form.after,
        link=reverse("result", args=[found.served.attempt.uid]),
    )
    messages.success(request, _("The mark is saved: %(mark)s.") % {"mark": _worth(found, mark)})


def _worth(found: Essay, mark: Mark) -> str:
    """What a mark comes to: “75%, 1.5 of 2”."""
    weight = found.served.weight
    points = wording.marks(mark.fraction * weight)
    names = {"percent": percent(mark.fraction), "points": points, "weight": weight}
    return _("%(percent)s%%, %(points)s of %(weight)s") % names


def _onward(given: Assignment, following: Essay | None) -> str:
    place = [given.classroom.uid, given.uid]
    if following is None:
        return reverse("essays", args=place)
    return reverse("essay", args=[*place, following.served.pk])


def _frame(given: Assignment) -> dict[str, object]:
    return {
        "classroom": given.classroom,
        "assignment": given,
        "quiz": given.quiz,
        "place": "classes",
    }
