"""/settings/data/ : everything that is mine, asked for, made meanwhile, and fetched."""

from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from quizzes import jobs
from quizzes.exchange import handing_over
from quizzes.exchange.models import Export
from quizzes.people.models import User


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def data(request: HttpRequest) -> HttpResponse:
    """What can be taken away, and what was asked for; a post asks, once for as long as it takes."""
    person, at = cast("User", request.user), now()
    if request.method == "POST":
        with transaction.atomic():
            asked = handing_over.ask(person, Export.Kind.PERSON, at)
            if asked.is_new:
                jobs.write_export.enqueue(asked.export.pk, at.isoformat())
        return redirect("my-export", asked.export.uid)
    exports = Export.objects.visible_to(person).select_related("classroom")
    context = {
        "exports": [(one, handing_over.is_given_up(one, at)) for one in exports],
        "days": handing_over.KEPT_FOR.days,
        "place": "settings",
    }
    return render(request, "quizzes/my_data.html", context)


@never_cache
@login_required
@require_safe
def export(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far an export is, and when it is done the way to its file."""
    person = cast("User", request.user)
    found = get_object_or_404(
        Export.objects.visible_to(person).select_related("classroom"), uid=uid
    )
    context = {
        "export": found,
        "is_given_up": handing_over.is_given_up(found, now()),
        "place": "settings",
    }
    return render(request, "quizzes/my_export.html", context)


@never_cache
@login_required
@require_safe
def file(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The finished file, for its owner alone, as long as it is kept."""
    mine = Export.objects.visible_to(cast("User", request.user)).fetchable(now())
    found = get_object_or_404(mine, uid=uid)
    path = handing_over.path(found)
    if not path.is_file():
        raise Http404
    name = f"reading-room-{found.kind}-{found.asked_at:%Y-%m-%d}.zip"
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type="application/zip"
    )
