"""/reports/, /classes/<class>/reports/, /bank/<book>/reports/ : reports, and their answers."""

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.analytics import report_queues
from quizzes.assessment import withholding
from quizzes.items import reporting
from quizzes.items.models import ErrorReport, Item
from quizzes.items.models.reports import ErrorReportQuerySet
from quizzes.items.reporting import LONGEST_ANSWER
from quizzes.people.models import Classroom, User
from quizzes.web import answers, banks, projecting, teaching
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.owners import for_owners, owner

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose reports are looked at: a class's, or those of no class."""

    address: str
    classroom: Classroom | None = None


class AnswerForm(forms.Form):
    """What comes of some reports of one question."""

    item = forms.UUIDField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("What came of it"), choices=ErrorReport.Outcome, widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label=_("What those who reported it are told"),
        required=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@never_cache
@login_required
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """One's own reports, and what came of each."""
    mine = ErrorReport.objects.sent_by(cast("User", request.user))
    rows = mine.select_related("revision", "classroom")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "quizzes/reports.html", {"page": page, "place": "classes"})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def class_reports(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What students of a class report, by question; a post answers some of it."""
    room = teaching.classroom(request, uid)
    rows = ErrorReport.objects.filter(classroom=room)
    here = reverse("class-reports", args=[uid])
    hides_names = projecting.hides_names(request)
    context = {"classroom": room, "tab": "reports", "hides_names": hides_names}
    return _queue(request, rows, Scope(here, room), context)


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def bank_reports(request: HttpRequest, book: str) -> HttpResponse:
    """What is reported outside classes on questions of one's own; for staff, on a pack's."""
    found, user = banks.book(request, book), owner(request)
    outside = ErrorReport.objects.outside_classes(user)
    banked = Item.objects.banked(user, found.pk).order_by().values("pk")
    rows = outside.filter(item__in=banked)
    here = reverse("bank-reports", args=[book])
    return _queue(request, rows, Scope(here), {"book": found, "tab": "reports"})


def _queue(
    request: HttpRequest, rows: ErrorReportQuerySet, scope: Scope, context: dict[str, object]
) -> HttpResponse:
    """Open reports first, or with `?show=answered` those that are answered."""
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _answer(request, rows, scope, form)
    is_open = request.GET.get("show") != "answered"
    queue = report_queues.queue(
        rows, owner(request), scope.classroom, request.GET.get("page"), now(), is_open=is_open
    )
    shown = {
        "queue": queue,
        "form": form,
        "typed": form.cleaned_data.get("item") if form.errors else None,
        "outcomes": ErrorReport.Outcome.choices,
        "to_sit": withholding.to_sit(owner(request), now()),
        "scope": scope,
        "is_open": is_open,
        "place": "classes",
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "quizzes/report_queue.html", context | shown, status=status)


def _answer(
    request: HttpRequest, rows: ErrorReportQuerySet, scope: Scope, form: AnswerForm
) -> HttpResponse:
    said = form.cleaned_data
    chosen = rows.filter(pk__in=answers.numbers(request.POST, "report"), item__uid=said["item"])
    withholding.ensure_all_told(chosen, owner(request), now(), "item")
    outcome = ErrorReport.Outcome(said["outcome"])
    count = reporting.answer(
        chosen, owner(request), outcome, said["answer"], reverse("reports"), now()
    )
    word = ngettext("%(count)d report is answered.", "%(count)d reports are answered.", count)
    messages.success(request, word % {"count": count})
    return redirect(scope.address)
