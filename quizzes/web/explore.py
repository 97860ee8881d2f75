"""/books/<book>/people/ and its neighbors, /search/ : the same facts, found in other ways."""

from collections.abc import Mapping, Sequence
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from quizzes.content.models import Book, Fact
from quizzes.items import covering
from quizzes.items.covering import Passage
from quizzes.people.models import User
from quizzes.web import exploring, readers


@require_safe
def people(request: HttpRequest, book: str) -> HttpResponse:
    """Whom the book names, and what became of them."""
    found = _book(request, book)
    return _page(request, found, "people", {"groups": exploring.people(found)})


@require_safe
def timeline(request: HttpRequest, book: str) -> HttpResponse:
    """What happened when; `?figure=` shows what one figure took part in."""
    found = _book(request, book)
    figures = list(exploring.participants(found))
    chosen = request.GET.get("figure", "")
    if chosen not in {figure.slug for figure in figures}:
        chosen = ""
    years = exploring.timeline(found, chosen)
    return _page(request, found, "timeline", {"years": years, "figures": figures, "chosen": chosen})


@require_safe
def arguments(request: HttpRequest, book: str) -> HttpResponse:
    """Who claims what on a question, side by side; `?about=` names the question."""
    found = _book(request, book)
    scopes = [scope for scope, _question in exploring.QUESTIONS]
    about = request.GET.get("about", "")
    about = about if about in scopes else scopes[0]
    context = {
        "questions": exploring.QUESTIONS,
        "about": about,
        "readings": exploring.arguments(found, about),
    }
    return _page(request, found, "arguments", context)


@require_safe
def terms(request: HttpRequest, book: str) -> HttpResponse:
    """The words that the book explains."""
    found = _book(request, book)
    return _page(request, found, "terms", {"letters": exploring.terms(found)})


@login_required
@require_safe
def coverage(request: HttpRequest, book: str) -> HttpResponse:
    """The author's map, for those who teach the book: what is asked, and what is not.

    The facts of one section are listed, the one that `?section=` names.
    """
    reader = cast("User", request.user)
    found = get_object_or_404(Book.objects.banked_for(reader), slug=book)
    kinds = Fact.Kind.choices
    shown = covering.cover(found, reader)
    rows = [
        (passage, [passage.asked(kind) for kind, _label in kinds]) for passage in shown.passages
    ]
    context = {
        "coverage": shown,
        "rows": rows,
        "open": _open(shown.passages, request.GET.get("section", "")),
        "kinds": [label for _kind, label in kinds],
        "totals": [shown.asked(kind) for kind, _label in kinds],
        "is_own": found.owner_id == reader.pk,
        "place": "classes",
    }
    return _page(request, found, "coverage", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Facts of all books that one may read, by the words of `?q=`."""
    text = request.GET.get("q", "").replace("\0", "").strip()[: exploring.LONGEST_SEARCH]
    facts = exploring.search(readers.reader(request), text)
    context = {"text": text, "facts": facts, "place": "search"}
    return render(request, "quizzes/search.html", context)


def _book(request: HttpRequest, slug: str) -> Book:
    return get_object_or_404(Book.objects.visible_to(readers.reader(request)), slug=slug)


def _open(passages: Sequence[Passage], slug: str) -> Passage | None:
    """The section of this name, else the first."""
    named = (passage for passage in passages if passage.section.slug == slug)
    return next(named, passages[0] if passages else None)


def _page(
    request: HttpRequest, book: Book, tab: str, context: Mapping[str, object]
) -> HttpResponse:
    shown = {"book": book, "tab": tab, "place": "books", **context}
    return render(request, f"quizzes/{tab}.html", shown)
