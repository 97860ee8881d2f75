"""The study screen: the next card, its rating, and taking back what was done.

Without script each act is a form and answers with a redirect. With script the page keeps the next
cards (`ahead`), rates without waiting, and hands in over the API what was given.
"""

import json
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quizzes.assessment import checking
from quizzes.cards import reviewing, setting_aside, undoing
from quizzes.people import remapping
from quizzes.people.models import User
from quizzes.web import answers, guests, showing, wording
from quizzes.web.showing import Screen

_ACTS = ("bury", "suspend", "flag")
UNAUTHORIZED = 401


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    """The next card, or the one that `?item=` names; a post is its rating."""
    return _rate(request) if request.method == "POST" else _show(request)


@never_cache
@require_safe
def ahead(request: HttpRequest) -> JsonResponse:
    """The next cards as the page shows them, for a device to keep; `?item=` comes first."""
    wanted = answers.uid(request.GET, "item") if "item" in request.GET else None
    if not isinstance(request.user, User) or not is_meant(request):
        return JsonResponse({}, status=UNAUTHORIZED)
    return JsonResponse(_kept(request, request.user, wanted))


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back the learner's newest act, and show its card again."""
    if not isinstance(request.user, User):
        return redirect_to_login(reverse("review"))
    if not is_meant(request):
        return JsonResponse({}, status=UNAUTHORIZED)
    action = undoing.undo(request.user, now())
    item = action.card.item
    said = _("Undid “%(act)s”. It is back.") % {
        "act": wording.act(
            action, has_four_ratings=showing.has_four_ratings(request.user, item.book_id)
        )
    }
    if request.accepts("text/html"):
        return _go_on(request, said, item.uid)
    uid = action.review.uid if action.review else action.uid
    told = {"said": said, "undone": item.uid, "uid": uid}
    return JsonResponse(told | _kept(request, request.user, item.uid))


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Keep a card away until tomorrow or until it is wanted again, or give it a flag."""
    kind = answers.choice(request.POST, "act", *_ACTS)
    uid = answers.uid(request.POST, "item")
    color = answers.flag(request.POST) if kind == "flag" else 0
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("review"))
    item, at = get_object_or_404(showing.studied_by(request.user), uid=uid), now()
    if kind == "flag":
        setting_aside.flag(request.user, item, color, at)
        return _go_on(request, _("Saved."), item.uid)
    if kind == "bury":
        setting_aside.bury(request.user, item, at)
        return _go_on(request, _("Not today: it comes back tomorrow."))
    setting_aside.suspend(request.user, item, at)
    return _go_on(request, _("Set aside."))


def is_meant(request: HttpRequest) -> bool:
    """Whether a page of this learner asks, and not one from before somebody else signed in."""
    return request.headers.get("X-Learner", str(request.user.pk)) == str(request.user.pk)


def tools(user: User | AnonymousUser) -> dict[str, object]:
    """What the study screen has besides cards: the words of flags, and the learner's own keys."""
    return {
        "flags": wording.FLAGS,
        "shortcuts": json.dumps(remapping.shortcuts(user)) if user.is_authenticated else "{}",
    }


def _show(request: HttpRequest) -> HttpResponse:
    wanted = answers.uid(request.GET, "item") if "item" in request.GET else None
    screen = showing.screen(request.user, now(), wanted, answers.raw(request.GET))
    if wanted and not (screen.side and screen.side.entry.item.uid == wanted):
        return redirect("review")
    context = {"screen": screen, "is_answer_shown": "answer" in request.GET}
    return render(request, "quizzes/review.html", context | tools(request.user))


def _rate(request: HttpRequest) -> HttpResponse:
    answer, at = answers.answer(request.POST), now()
    if answer.version and not request.user.is_authenticated:
        return redirect_to_login(reverse("review"))  # whoever it was made for has signed out
    items = showing.studied_by(request.user).select_related("revision")
    item = get_object_or_404(items, uid=answer.item)
    [is_right] = checking.checked(_learner(request), [(item, answer.raw)], at)
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
            evidence=checking.evidence(answer.raw),
            answer=answer.raw,
            is_right=is_right,
            is_overruled=answer.is_overruled,
        )
    said = _("Saved. It comes back in %(interval)s.") % {
        "interval": wording.interval(review.step_minutes, review.interval_days)
    }
    return _go_on(request, said)


def _learner(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _go_on(request: HttpRequest, said: str, wanted: UUID | None = None) -> HttpResponse:
    """On to the next card, with a word on what was just done."""
    messages.success(request, said)
    address = reverse("review")
    return redirect(f"{address}?item={wanted}" if wanted else address)


def _kept(request: HttpRequest, learner: User, wanted: UUID | None) -> dict[str, object]:
    """What a device keeps: each card as the page shows it, or the end of the day's work."""
    cards = showing.ahead(learner, now(), wanted)
    counts = cards.progress.left
    return {
        "cards": [
            side.known | {"html": _card(request, Screen(cards.progress, side))}
            for side in cards.sides
        ],
        "counts": {"new": counts.new, "learning": counts.learning, "review": counts.review},
        "done": cards.progress.done,
        "recalled": cards.progress.recalled,
        "holds_until": cards.holds_until,
        "pause": _card(request, Screen(cards.progress, pause=cards.pause)) if cards.pause else "",
    }


def _card(request: HttpRequest, screen: Screen) -> str:
    return render_to_string("quizzes/review.html#card", {"screen": screen}, request)
