"""/books/ : reading what a book says, chapter by chapter and fact by fact."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quizzes.analytics import memory, progress, results
from quizzes.cards import planning
from quizzes.cards.days import learner_day
from quizzes.cards.models import StudyPlan
from quizzes.content.models import Book, Chapter, Fact
from quizzes.people.models import User
from quizzes.web import readers, reading, relating

BOOKS_SHOWN = 100


@require_safe
def books(request: HttpRequest) -> HttpResponse:
    """The shelf; a shelf of one book opens it for those who cannot keep books of their own."""
    reader = readers.reader(request)
    found = list(Book.objects.visible_to(reader)[:BOOKS_SHOWN])
    if len(found) == 1 and (reader is None or reader.is_guest):
        return redirect("book", found[0].slug)
    own = [book for book in found if book.owner_id]
    packs = [book for book in found if not book.owner_id]
    context = {"books": packs, "own": own, "place": "books"}
    return render(request, "quizzes/books.html", context)


@require_safe
def book(request: HttpRequest, slug: str) -> HttpResponse:
    """A book's chapters, with what each holds and, for a learner, what is known of it."""
    reader = readers.reader(request)
    found = get_object_or_404(Book.objects.visible_to(reader), slug=slug)
    if _is_deck(found):
        return redirect("own-book", found.uid)
    context = {
        "book": found,
        "chapters": progress.of_book(found, reader),
        "is_studied": StudyPlan.objects.filter(learner=reader, book=found).exists(),
        "place": "books",
    }
    return render(request, "quizzes/book.html", context)


@require_safe
def chapter(request: HttpRequest, book: str, slug: str) -> HttpResponse:
    """A chapter's facts, section by section; `?section=` opens it at one of them."""
    reader = readers.reader(request)
    found = get_object_or_404(
        Chapter.objects.filter(book__in=Book.objects.visible_to(reader)).select_related("book"),
        book__slug=book,
        slug=slug,
    )
    if _is_deck(found.book):
        return redirect("own-book", found.book.uid)
    leaf = reading.leaf(found, request.GET.get("section", ""))
    if leaf is None:
        raise Http404
    context = {
        "book": found.book,
        "chapter": found,
        "leaf": leaf,
        "kinds": progress.of_chapter(found, reader) if reader else [],
        "offers": results.on_chapter(found, reader, now()),
        "is_studied": StudyPlan.objects.filter(learner=reader, chapters=found).exists(),
        "place": "books",
    }
    return render(request, "quizzes/chapter.html", context)


@require_safe
def fact(request: HttpRequest, book: str, slug: str) -> HttpResponse:
    """Everything the book says about one fact, with its pages."""
    reader = readers.reader(request)
    facts = relating.with_everything(Fact.objects.visible_to(reader))
    found = get_object_or_404(facts, book__slug=book, slug=slug)
    asked = relating.asked(found)
    context = {
        "book": found.book,
        "fact": found,
        "ties": relating.ties(found),
        "confusables": relating.confusables(found),
        "mentions": relating.mentions(found, request.GET.get("page")),
        "asked": asked,
        "fronts": relating.fronts(found),
        "offers": results.on_fact(found, reader, now()) if asked["questions"] else [],
        "remembered": memory.of_fact(found, reader, _today(reader)) if reader else [],
        "place": "books",
    }
    return render(request, "quizzes/fact.html", context)


@require_POST
def study(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin to study a book, or a chapter more of it."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("book", args=[slug]))
    found = get_object_or_404(Book.objects.visible_to(request.user), slug=slug)
    wanted = request.POST.get("chapter")
    chapters = [get_object_or_404(found.chapters, slug=wanted)] if wanted else None
    planning.start(request.user, found, now(), chapters)
    messages.success(request, _("It is in your plan: its cards come with the others."))
    return redirect("today")


def _is_deck(book: Book) -> bool:
    """Whether a book is its owner's own and holds cards alone: then there is nothing to read."""
    return book.owner_id is not None and not book.facts.exists()


def _today(learner: User) -> date:
    return learner_day(now(), learner.time_zone, learner.day_rollover_hour)
