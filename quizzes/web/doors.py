"""/classes/<class>/code/ : the way in, shown big in a lecture hall, changed, closed and opened."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.people import admitting
from quizzes.web import answers, rooms, teaching
from quizzes.web.class_forms import DoorForm
from quizzes.web.owners import owner


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The code and the address alone on the screen; a post opens, closes or changes it."""
    room = teaching.classroom(request, uid)
    if request.method != "POST":
        return render(request, "quizzes/join_code.html", rooms.door(request, room, now()))
    act = answers.choice(request.POST, "act", "open", "close", "rotate")
    person, at = owner(request), now()
    if act == "open":
        form = DoorForm.of(room, at, request.POST)
        if not form.is_valid():
            return rooms.settings_page(request, room, door=form)
        admitting.open_door(room, person, at, form.end)
        messages.success(request, _("The class can be joined by its code."))
    elif act == "close":
        admitting.close_door(room, person, at)
        messages.success(request, _("The code lets nobody in any more."))
    else:
        admitting.rotate(room, person, at)
        messages.success(request, _("The class has a new code; the old one lets nobody in."))
    return redirect("class-settings", uid)
