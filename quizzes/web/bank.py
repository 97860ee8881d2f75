"""/bank/ : the books whose questions one works with, the questions of one, and acts on many."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.content.models import Book
from quizzes.items.models import Item
from quizzes.items.models.items import ItemQuerySet
from quizzes.people.models import Classroom
from quizzes.refusal import Refusal
from quizzes.web import answers, bank_acts, bank_facets, bank_rows, banks, refusing
from quizzes.web.owners import for_owners, owner


@for_owners
@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    """The books whose bank one may open: those that one teaches first."""
    user = owner(request)
    books = list(Book.objects.banked_for(user).order_by("title", "pk"))
    taught = set(Classroom.objects.taught_by(user).order_by().values_list("book", flat=True))
    kept = Item.objects.exclude(state=Item.State.RETIRED).order_by()
    pack = _counted(kept.filter(book__in=books), "book")
    own = _counted(kept.filter(book__about__in=books, book__owner=user), "book__about")
    rows = [
        {"book": book, "is_taught": book.pk in taught, "pack": pack[book.pk], "own": own[book.pk]}
        for book in sorted(books, key=lambda book: book.pk not in taught)
    ]
    return render(request, "quizzes/bank_books.html", {"rows": rows, "place": "classes"})


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def bank(request: HttpRequest, book: str) -> HttpResponse:
    """The questions that an address finds; a post does something to those that are chosen."""
    found, at = banks.book(request, book), now()
    if request.method != "POST":
        return _page(request, found, at)
    return refusing.answered(
        lambda: _act(request, found, at), lambda refusal: _page(request, found, at, refusal)
    )


def _page(
    request: HttpRequest, book: Book, at: datetime, refusal: Refusal | None = None
) -> HttpResponse:
    user = owner(request)
    listed = bank_rows.listed(banks.items(user, book, at), user, book, request.GET, at)
    quizzes = list(bank_acts.quizzes(user, book))
    context = {
        "book": book,
        "tab": "questions",
        "listed": listed,
        "kept": banks.kept(user, book, at),
        "sorts": bank_facets.SORTS.items(),
        "has_undo": bank_acts.has_undo(request, book),
        "quizzes": quizzes,
        "can_choose": bool(quizzes) or listed.has_own,
        "places": bank_acts.sections(book) if listed.has_own else (),
        "chapters": bank_acts.chapters(book) if listed.has_own else (),
        "refusal": refusal,
        "sent": request.POST,
        "ticked": answers.uids(request.POST, "item", bank_acts.MOST_AT_ONCE),
        "place": "classes",
    }
    return render(request, "quizzes/bank.html", context)


def _act(request: HttpRequest, book: Book, at: datetime) -> HttpResponse:
    if request.POST.get("act") == "undo":
        said = bank_acts.undo(request, book, at)
    elif request.POST.get("act") == "ask":
        said = bank_acts.ask(request, book, _ticked(request, book, at), at)
    else:
        said = bank_acts.act(request, book, _chosen(request, book, at), at)
    messages.success(request, said)
    kept = request.GET.urlencode()
    address = reverse("bank", args=[book.slug])
    return redirect(f"{address}?{kept}" if kept else address)


def _chosen(request: HttpRequest, book: Book, at: datetime) -> list[Item]:
    """The questions with a mark in their box, or all that the address finds."""
    if not request.POST.get("all"):
        return _ticked(request, book, at)
    items = banks.items(owner(request), book, at)
    found = bank_rows.find(items, owner(request), book, request.GET)
    return _whole(items.filter(pk__in=[entry.pk for entry in found.entries]))


def _ticked(request: HttpRequest, book: Book, at: datetime) -> list[Item]:
    uids: set[UUID] = answers.uids(request.POST, "item", bank_acts.MOST_AT_ONCE + 1)
    return _whole(banks.items(owner(request), book, at).filter(uid__in=uids))


def _whole(items: ItemQuerySet) -> list[Item]:
    """As the book has them, for whatever is done to them."""
    order = ("section__position", "position", "pk")
    return list(items.select_related("book", "section", "revision").order_by(*order))


def _counted(items: ItemQuerySet, by: str) -> Counter[int]:
    return Counter(dict(items.values_list(by).annotate(Count("pk"))))
