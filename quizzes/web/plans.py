"""/plan/<book>/ : what is studied of a book, how much a day, and how well."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.cards import planning
from quizzes.cards.models import StudyPlan
from quizzes.people.models import User
from quizzes.web.forms import PlanForm

UNPROCESSABLE = 422


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """New cards a day, retention, ratings and chapters of one book."""
    mine = StudyPlan.objects.filter(learner=cast("User", request.user)).select_related("book")
    found = get_object_or_404(mine, book__slug=slug)
    form = PlanForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        changes = dict(form.cleaned_data)
        planning.change(found, changes.pop("chapters"), **changes)
        messages.success(request, _("Your plan is saved."))
        return redirect("plan", slug)
    context = {"form": form, "plan": found}
    status = UNPROCESSABLE if form.errors else None
    return render(request, "quizzes/plan.html", context, status=status)
