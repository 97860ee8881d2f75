"""/classes/<class>/data/ : what a class has done, asked for as a file by those who teach it."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes import jobs
from quizzes.exchange import chronicling, handing_over
from quizzes.exchange.chronicling import Wish
from quizzes.exchange.models import Export
from quizzes.people.models import User
from quizzes.web import teaching


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def data(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What is in the file, and what was asked for; a post asks for one, of a past class too."""
    room, person, at = teaching.taught(request, uid), cast("User", request.user), now()
    if room is None:
        raise Http404
    if request.method == "POST":
        wish = Wish(request.build_absolute_uri("/"), has_names="names" in request.POST)
        with transaction.atomic():
            asked = chronicling.ask(person, room, wish, at)
            if asked.is_new:
                arguments = (asked.export.pk, at.isoformat(), wish.home)
                jobs.write_class_export.enqueue(*arguments, has_names=wish.has_names)
        if not asked.is_new:
            messages.info(request, _("A file that you asked for before is still being made."))
        return redirect("my-export", asked.export.uid)
    mine = Export.objects.visible_to(person).filter(classroom=room)
    context = {
        "classroom": room,
        "exports": [(one, handing_over.is_given_up(one, at)) for one in mine],
        "days": handing_over.KEPT_FOR.days,
        "part": "data",
        "place": "classes",
    }
    return render(request, "quizzes/class_data.html", context)
