"""The study screen: the next card, its rating, and taking back what was done.

Without script each act is a form and answers with a redirect; with htmx the same act answers
with the next card alone.
"""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect, replace_url

from quizzes.cards import reviewing, setting_aside, undoing
from quizzes.people.models import User
from quizzes.web import answers, guests, showing, wording

_SET_ASIDE = {"bury": setting_aside.bury, "suspend": setting_aside.suspend}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    """The next card, or the one that `?item=` names; a post is its rating."""
    return _rate(request) if request.method == "POST" else _show(request)


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back the learner's newest act, and show its card again."""
    if not request.user.is_authenticated:
        return _sign_in(request)
    action = undoing.undo(request.user, now())
    item = action.card.item
    said = _("Undid “%(act)s”. It is back.") % {
        "act": wording.act(
            action, has_four_ratings=showing.has_four_ratings(request.user, item.book_id)
        )
    }
    return _go_on(request, request.user, said, item.uid)


@require_POST
def set_aside(request: HttpRequest) -> HttpResponse:
    """Keep a card away until tomorrow, or until it is wanted again."""
    act = answers.choice(request.POST, "act", *_SET_ASIDE)
    uid = answers.uid(request.POST, "item")
    if not request.user.is_authenticated:
        return _sign_in(request)
    item = get_object_or_404(showing.studied_by(request.user), uid=uid)
    _SET_ASIDE[act](request.user, item, now())
    said = _("Not today: it comes back tomorrow.") if act == "bury" else _("Set aside.")
    return _go_on(request, request.user, said)


def _show(request: HttpRequest) -> HttpResponse:
    wanted = answers.uid(request.GET, "item") if "item" in request.GET else None
    screen = showing.screen(request.user, now(), wanted)
    if wanted and not (screen.side and screen.side.entry.item.uid == wanted):
        return redirect("review")
    context = {"screen": screen, "is_answer_shown": "answer" in request.GET}
    return render(request, "quizzes/review.html", context)


def _rate(request: HttpRequest) -> HttpResponse:
    answer, at = answers.answer(request.POST), now()
    if answer.version and not request.user.is_authenticated:
        return _sign_in(request)  # the page was made for somebody who has signed out since
    item = get_object_or_404(showing.studied_by(request.user), uid=answer.item)
    with guests.learner(request, item, at) as learner:
        review = reviewing.review(
            learner,
            item,
            answer.rating,
            at=at,
            uid=answer.uid,
            version=answer.version,
            interval=answer.interval,
            duration_ms=answer.duration_ms,
        )
    said = _("Saved. It comes back in %(interval)s.") % {
        "interval": wording.interval(review.step_minutes, review.interval_days)
    }
    return _go_on(request, learner, said)


def _go_on(
    request: HttpRequest, learner: User, said: str, wanted: UUID | None = None
) -> HttpResponse:
    """The next card, with a word on what was just done."""
    address = reverse("review")
    if not request.htmx:  # type: ignore[attr-defined]  # set by its middleware
        messages.success(request, said)
        return redirect(f"{address}?item={wanted}" if wanted else address)
    context = {"screen": showing.screen(learner, now(), wanted), "said": said}
    return replace_url(render(request, "quizzes/review.html#card", context), address)


def _sign_in(request: HttpRequest) -> HttpResponse:
    answer = redirect_to_login(reverse("review"))
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(answer["Location"])
    return answer
