"""/quizzes/ : what can be taken, and the page from which a quiz begins."""

from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.analytics import results, sittings
from quizzes.assessment import attempting
from quizzes.assessment.models import Quiz
from quizzes.identifiers import uuid7
from quizzes.items import rendering
from quizzes.web import answers, briefings, readers


@never_cache
@require_safe
def quizzes(request: HttpRequest) -> HttpResponse:
    """Every quiz of the books that one may read, with how it went."""
    reader, at = readers.reader(request), now()
    given = sittings.of_learner(reader) if reader else []
    context = {
        "offers": results.offered(reader, now()),
        "given": [briefings.briefing(one, reader, at) for one in given if reader],
        "place": "quizzes",
    }
    return render(request, "quizzes/quizzes.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What a quiz asks for and how it went so far; a post begins it, or goes on with it."""
    reader = readers.reader(request)
    shelf = Quiz.objects.visible_to(reader).select_related("book", "section", "chapter")
    found = get_object_or_404(shelf, uid=uid)
    if request.method == "POST":
        return _start(request, found)
    offer, history = results.of_quiz(found, reader, now())
    context = {
        "quiz": found,
        "offer": offer,
        "history": history,
        "described": rendering.markdown(found.description),
        "start": uuid7(),
        "place": "quizzes",
    }
    return render(request, "quizzes/quiz.html", context)


def _start(request: HttpRequest, quiz: Quiz) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    attempt = attempting.start(
        request.user,
        quiz,
        now(),
        answers.uid(request.POST, "start"),
        checks_each="checks_each" in request.POST,
        asks_confidence="asks_confidence" in request.POST,
    )
    return redirect("attempt", attempt.uid)
