"""/own/ : the books that one keeps, with their chapters."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from quizzes.assessment import discarding
from quizzes.cards import shelving
from quizzes.content import keeping
from quizzes.content.models import Book, Chapter
from quizzes.items.models import Item
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.own_forms import BookForm, ChapterForm
from quizzes.web.owners import for_owners, owner, way_on

_CARDS = Count("items", filter=Q(items__state=Item.State.READY, items__is_card=True))


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def own_books(request: HttpRequest) -> HttpResponse:
    """The books that one keeps; a post makes another one."""
    form = BookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        book = shelving.begin(owner(request), at=now(), **form.cleaned_data)
        messages.success(request, _("The book is made, and in your plan. Add its first cards."))
        return redirect(way_on(request, reverse("own-book", args=[book.uid])))
    mine = Book.objects.owned_by(owner(request)).annotate(card_count=_CARDS)
    context = {"form": form, "books": mine, "next": way_on(request, ""), "place": "books"}
    return render(request, "quizzes/own_books.html", context, status=_status(form))


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def own_book(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A book's chapters, and what can be done with it; a post renames it."""
    found = _book(request, uid)
    kept = {"title": found.title, "description": found.description, "language": found.language}
    form = BookForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        keeping.rename(found, **form.cleaned_data)
        messages.success(request, _("The book is saved."))
        return redirect("own-book", uid)
    context = {
        "book": found,
        "form": form,
        "chapter_form": ChapterForm(auto_id="chapter_%s"),
        "chapters": _chapters(found),
        "place": "books",
    }
    return render(request, "quizzes/own_book.html", context, status=_status(form))


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def delete_book(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What goes with a book, and the button by which it goes."""
    found = _book(request, uid)
    if request.method == "POST":
        discarding.discard(found)
        messages.success(request, _("“%(title)s” is deleted.") % {"title": found.title})
        return redirect("own-books")
    context = {"book": found, "contents": discarding.contents(found), "place": "books"}
    return render(request, "quizzes/own_delete.html", context)


@for_owners
@require_POST
def add_chapter(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A further chapter."""
    found = _book(request, uid)
    form = ChapterForm(request.POST, auto_id="chapter_%s")
    if form.is_valid():
        shelving.add_chapter(owner(request), found, form.cleaned_data["title"], now())
        messages.success(request, _("The chapter is added, and in your plan."))
        return redirect("own-book", uid)
    kept = {"title": found.title, "description": found.description, "language": found.language}
    context = {
        "book": found,
        "form": BookForm(initial=kept),
        "chapter_form": form,
        "chapters": _chapters(found),
        "place": "books",
    }
    return render(request, "quizzes/own_book.html", context, status=UNPROCESSABLE)


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def own_chapter(request: HttpRequest, uid: UUID, slug: str) -> HttpResponse:
    """A chapter's title; a post saves it."""
    chapter = _chapter(request, uid, slug)
    form = ChapterForm(request.POST or None, initial={"title": chapter.title})
    if request.method == "POST" and form.is_valid():
        keeping.rename_chapter(chapter, form.cleaned_data["title"])
        messages.success(request, _("The chapter is saved."))
        return redirect("own-book", uid)
    others = chapter.book.chapters.exclude(pk=chapter.pk).order_by("number")
    context = {
        "book": chapter.book,
        "chapter": chapter,
        "form": form,
        "others": others,
        "place": "books",
    }
    return render(request, "quizzes/own_chapter.html", context, status=_status(form))


@for_owners
@require_POST
def remove_chapter(request: HttpRequest, uid: UUID, slug: str) -> HttpResponse:
    """Take a chapter away; its cards go to the one that is named."""
    chapter = _chapter(request, uid, slug)
    into = get_object_or_404(chapter.book.chapters, slug=request.POST.get("into", ""))
    moved = shelving.remove_chapter(owner(request), chapter, into, now())
    said = ngettext(
        "The chapter is gone; its %(count)d card is in “%(title)s” now.",
        "The chapter is gone; its %(count)d cards are in “%(title)s” now.",
        moved,
    )
    messages.success(request, said % {"count": moved, "title": into.title})
    return redirect("own-book", uid)


def _book(request: HttpRequest, uid: UUID) -> Book:
    return get_object_or_404(Book.objects.owned_by(owner(request)), uid=uid)


def _chapter(request: HttpRequest, uid: UUID, slug: str) -> Chapter:
    return get_object_or_404(
        Chapter.objects.select_related("book"), book=_book(request, uid), slug=slug
    )


def _chapters(book: Book) -> QuerySet[Chapter]:
    return book.chapters.annotate(card_count=_CARDS).order_by("number")


def _status(form: BookForm | ChapterForm) -> int:
    return UNPROCESSABLE if form.errors else 200
