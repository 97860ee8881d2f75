"""/classes/<class>/announcements/ : what the class is told."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from quizzes.people import announcing
from quizzes.people.models import Classroom
from quizzes.web import teaching
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.class_forms import AnnounceForm
from quizzes.web.owners import owner
from quizzes.web.telling import told

SHOWN = 20


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def announcements(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What was announced, the newest first; a post announces something more."""
    room = teaching.classroom(request, uid)
    form = AnnounceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        link = reverse("classroom", args=[uid])
        announcing.announce(room, owner(request), **form.cleaned_data, at=now(), link=link)
        messages.success(request, _("It is announced; every student has a notice."))
        return redirect("announcements", uid)
    return _page(request, room, form)


@never_cache
@login_required
@require_POST
def withdraw(request: HttpRequest, uid: UUID, announcement: UUID) -> HttpResponse:
    """Take an announcement off the class's page."""
    room = teaching.classroom(request, uid)
    announcing.withdraw(teaching.announcement(room, announcement), owner(request), now())
    messages.success(request, _("The announcement is withdrawn."))
    return redirect("announcements", uid)


def _page(request: HttpRequest, room: Classroom, form: AnnounceForm) -> HttpResponse:
    page = Paginator(room.announcements.standing(), SHOWN).get_page(request.GET.get("page"))
    context = {
        "classroom": room,
        "form": form,
        "page": page,
        "announcements": told(page, owner(request)),
        "place": "classes",
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "quizzes/announcements.html", context, status=status)
