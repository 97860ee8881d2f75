"""/books/ : reading what a book says, chapter by chapter and fact by fact."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quizzes.cards import planning
from quizzes.cards.models import StudyPlan
from quizzes.content.models import (
    Book,
    Chapter,
    Citation,
    Confusable,
    Evidence,
    Fact,
    Holder,
    Objection,
    Participant,
    Relation,
    Role,
)
from quizzes.items.models import Item
from quizzes.people.models import User

PAGES = Citation.objects.select_related("source").order_by("position", "pk")
OWN_PAGES = PAGES.filter(
    role=None, evidence=None, objection=None, relation=None, confusable=None, aspect=""
)
ARGUMENT_PARTS = (
    Prefetch(
        "argument__holders",
        Holder.objects.select_related("figure__fact__book").order_by("position", "pk"),
    ),
    Prefetch(
        "argument__evidence",
        Evidence.objects.order_by("position", "pk").prefetch_related(Prefetch("citations", PAGES)),
    ),
    Prefetch(
        "argument__objections",
        Objection.objects.select_related("raised_by__fact")
        .order_by("position", "pk")
        .prefetch_related(Prefetch("citations", PAGES)),
    ),
)


def _reader(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


@require_safe
def books(request: HttpRequest) -> HttpResponse:
    """The shelf; a shelf of one book opens it."""
    found = list(Book.objects.visible_to(_reader(request))[:100])
    if len(found) == 1:
        return redirect("book", found[0].slug)
    return render(request, "quizzes/books.html", {"place": "books", "books": found})


@require_safe
def book(request: HttpRequest, slug: str) -> HttpResponse:
    """A book's chapters, with what each holds."""
    found = get_object_or_404(Book.objects.visible_to(_reader(request)), slug=slug)
    chapters = found.chapters.annotate(
        fact_count=Count("facts", filter=Q(facts__retired_at=None)),
    ).order_by("number")
    context = {
        "place": "books",
        "book": found,
        "chapters": chapters,
        "is_studied": _is_studied(request, found),
    }
    return render(request, "quizzes/book.html", context)


@require_safe
def chapter(request: HttpRequest, book: str, slug: str) -> HttpResponse:
    """A chapter's facts, section by section, in the order in which the book tells them."""
    found = get_object_or_404(
        Chapter.objects.filter(book__in=Book.objects.visible_to(_reader(request))).select_related(
            "book"
        ),
        book__slug=book,
        slug=slug,
    )
    facts = (
        Fact.objects.current()
        .filter(chapter=found)
        .with_details()
        .prefetch_related(Prefetch("citations", OWN_PAGES), *ARGUMENT_PARTS)
        .in_order()
    )
    context = {
        "place": "books",
        "book": found.book,
        "chapter": found,
        "facts": facts,
        "is_studied": _is_studied(request, found.book, found),
    }
    return render(request, "quizzes/chapter.html", context)


@require_safe
def fact(request: HttpRequest, book: str, slug: str) -> HttpResponse:
    """Everything the book says about one fact, with its pages."""
    found = get_object_or_404(
        Fact.objects.visible_to(_reader(request))
        .with_details()
        .select_related(
            "book", "section__chapter", "event__anchor__fact", "quantity__estimated_by__fact"
        )
        .prefetch_related(
            "aliases",
            Prefetch("citations", OWN_PAGES),
            Prefetch(
                "figure__roles",
                Role.objects.order_by("position", "pk").prefetch_related(
                    Prefetch("citations", PAGES)
                ),
            ),
            Prefetch(
                "event__participants",
                Participant.objects.select_related("agent__fact__book").order_by("position", "pk"),
            ),
            "event__places__fact__book",
            *ARGUMENT_PARTS,
            Prefetch(
                "relations",
                Relation.objects.select_related("to_fact__book", "asserted_by__fact").order_by(
                    "position", "pk"
                ),
            ),
            Prefetch(
                "relations_to",
                Relation.objects.select_related("from_fact__book", "asserted_by__fact").order_by(
                    "position", "pk"
                ),
            ),
            Prefetch("confusables", Confusable.objects.select_related("second__book")),
            Prefetch("confusables_second", Confusable.objects.select_related("first__book")),
        ),
        book__slug=book,
        slug=slug,
    )
    context = {
        "place": "books",
        "book": found.book,
        "fact": found,
        "question_count": Item.objects.ready().filter(item_facts__fact=found).count(),
    }
    return render(request, "quizzes/fact.html", context)


@login_required
@require_POST
def study(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin to study a book, or a chapter of it more."""
    learner = cast("User", request.user)
    found = get_object_or_404(Book.objects.visible_to(learner), slug=slug)
    chosen = list(found.chapters.filter(slug=request.POST.get("chapter", ""))) or None
    planning.start(learner, found, now(), chosen)
    messages.success(request, _("It is in your plan: its cards will come with the others."))
    return redirect("today")


def _is_studied(request: HttpRequest, book: Book, chapter: Chapter | None = None) -> bool:
    plans = StudyPlan.objects.filter(learner=_reader(request), book=book)
    return (plans.filter(chapters=chapter) if chapter else plans).exists()
