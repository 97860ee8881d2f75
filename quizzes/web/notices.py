"""/notices/ : what the site has told one, the unread first."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.people import notifying
from quizzes.people.models import Notice
from quizzes.web import answers
from quizzes.web.owners import owner

SHOWN = 50


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """Everything one was told; a post reads one notice, or all of them."""
    if request.method == "POST":
        return _read(request)
    found = Notice.objects.unread_first(owner(request))
    page = Paginator(found, SHOWN).get_page(request.GET.get("page"))
    return render(request, "quizzes/notices.html", {"page": page, "place": "notices"})


def _read(request: HttpRequest) -> HttpResponse:
    """Read it, and go to what it speaks of, or stay."""
    person, act = owner(request), answers.choice(request.POST, "act", "open", "read", "all")
    if act == "all":
        notifying.read(person, now())
        messages.success(request, _("All notices are read."))
        return redirect("notices")
    number = answers.number(request.POST, "notice") or 0
    notice = get_object_or_404(person.notices, pk=number)
    notifying.read(person, now(), notice)
    is_ours = url_has_allowed_host_and_scheme(notice.link, allowed_hosts=None)
    return redirect(notice.link if act == "open" and notice.link and is_ours else "notices")
