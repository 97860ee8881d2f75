"""/settings/memory/ : what the site believes of a learner's memory, and the weights behind it."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quizzes import jobs
from quizzes.analytics import calibrating
from quizzes.cards import fitting, optimizing, respacing, retelling, training
from quizzes.cards.models import Weights
from quizzes.people.models import User


@never_cache
@login_required
@require_safe
def memory(request: HttpRequest) -> HttpResponse:
    """How right the model was, a fit to ask for, and every set of weights there is."""
    learner = cast("User", request.user)
    kept = Weights.objects.filter(learner=learner).order_by("-fitted_at", "-pk")
    rows = [(weights, optimizing.is_better(weights)) for weights in kept]
    count = optimizing.evaluable(learner)
    current = next((weights for weights, _better in rows if weights.is_current), None)
    context = {
        "calibration": calibrating.of_learner(learner),
        "rows": rows,
        "newest": rows[0] if rows else None,
        "current": current,
        "progress": retelling.progress(learner, current),
        "count": count,
        "fewest": fitting.FEWEST,
        "is_limited": count > fitting.MANY and training.trainer() is None,
    }
    return render(request, "quizzes/memory.html", context)


@login_required
@require_POST
def fit(request: HttpRequest) -> HttpResponse:
    """Have the weights fitted; the job worker does it in a moment."""
    learner = cast("User", request.user)
    optimizing.check_enough(learner)
    jobs.fit_weights.enqueue(learner.pk, now().isoformat())
    messages.success(request, _("Your reviews are being looked at. Open this page again shortly."))
    return redirect("memory")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def weights(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """What a set would change, and putting it to use; without a number the published weights."""
    learner = cast("User", request.user)
    mine = Weights.objects.filter(learner=learner)
    found = None if number is None else get_object_or_404(mine, pk=number)
    if request.method == "POST":
        optimizing.adopt(learner, found, now())
        moves = "moves" in request.POST
        jobs.tell_memories_again.enqueue(learner.pk, now().isoformat(), moves=moves)
        messages.success(request, _("These weights are in use from now on."))
        return redirect("memory")
    current = optimizing.in_force(learner)
    progress = retelling.progress(learner, current)
    context = {
        "weights": found,
        "progress": progress,
        "is_in_use": current == found and progress.is_done,
        "may_be_used": found is None or optimizing.may_be_adopted(found),
        "preview": optimizing.preview(learner, found, now()),
        "spread_days": respacing.SPREAD_DAYS,
        "within_days": respacing.WITHIN_DAYS,
    }
    return render(request, "quizzes/weights.html", context)
