"""/cards/ : all one's cards in one table, searched, sorted, and acted on many at a time."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.assessment import reserving
from quizzes.cards import querying, undoing
from quizzes.cards.desk import Desk, sit_down
from quizzes.cards.querying import FLAGS, Fault, Query
from quizzes.content.models import Book, Chapter
from quizzes.people.models import User
from quizzes.web import browsing, bulk, wording


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def browser(request: HttpRequest) -> HttpResponse:
    """The cards that `?q=` finds; a post does something to those that are chosen."""
    at = now()
    learner = cast("User", request.user)
    desk = sit_down(learner, at, reserved=reserving.reserved(learner, at))
    return _act(request, desk) if request.method == "POST" else _show(request, desk)


def _show(request: HttpRequest, desk: Desk) -> HttpResponse:
    line = request.GET.get("q", "").replace("\0", "")
    sort = request.GET.get("sort", "place")
    sort = sort if browsing.is_sort(sort) else "place"
    asked = querying.parse(line)
    query = Query() if isinstance(asked, Fault) else asked
    page = browsing.page(desk, query, sort, request.GET.get("page"))
    books = [] if desk.learner.is_guest else list(Book.objects.owned_by(desk.learner))
    chapters = Chapter.objects.filter(book__in=books).select_related("book")
    context = {
        "line": line,
        "fault": browsing.told(asked) if isinstance(asked, Fault) else None,
        "page": page,
        "rows": browsing.rows(desk, page),
        "heads": browsing.heads(sort),
        "sort": sort,
        "sorts": browsing.sorts(),
        "help": browsing.HELP,
        "flags": [(name, wording.FLAGS[number]) for name, number in FLAGS.items()],
        "most": bulk.MOST_AT_ONCE,
        "books": books,
        "chapters": list(chapters.order_by("book__title", "book", "number")),
        "place": "cards",
    }
    return render(request, "quizzes/browser.html", context)


def _act(request: HttpRequest, desk: Desk) -> HttpResponse:
    is_undo = request.POST.get("act") == "undo"
    said = _undone(desk) if is_undo else bulk.act(request.POST, desk)
    messages.success(request, said)
    kept = {name: request.POST[name] for name in ("q", "sort") if request.POST.get(name)}
    return redirect(f"{reverse('browser')}?{urlencode(kept)}" if kept else "browser")


def _undone(desk: Desk) -> str:
    """Take the newest act back, whatever it was and to however many cards."""
    action = undoing.undo(desk.learner, desk.at)
    return _("Undid “%(act)s”.") % {"act": wording.act(action, has_four_ratings=True)}
