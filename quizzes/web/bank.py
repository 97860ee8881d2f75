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
from quizzes.web import answers, bank_acts, bank_facets, bank_rows, banks
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
    if request.method == "POST":
        return _act(request, found, at)
    listed = bank_rows.listed(
        banks.items(owner(request), found, at), owner(request), found, request.GET, at
    )
    context = {
        "book": found,
        "tab": "questions",
        "listed": listed,
        "sorts": bank_facets.SORTS.items(),
        "has_undo": bank_acts.has_undo(request, found),
        "most": bank_acts.MOST_AT_ONCE,
        "places": found.sections.order_by("position", "pk") if listed.has_own else (),
        "chapters": found.chapters.order_by("number") if listed.has_own else (),
        "place": "classes",
    }
    return render(request, "quizzes/bank.html", context)


def _act(request: HttpRequest, book: Book, at: datetime) -> HttpResponse:
    if request.POST.get("act") == "undo":
        said = bank_acts.undo(request, book, at)
    else:
        said = bank_acts.act(request, book, _chosen(request, book, at), at)
    messages.success(request, said)
    kept = request.GET.urlencode()
    address = reverse("bank", args=[book.slug])
    return redirect(f"{address}?{kept}" if kept else address)


def _chosen(request: HttpRequest, book: Book, at: datetime) -> list[Item]:
    """The questions with a mark in their box, or all that the address finds."""
    items = banks.items(owner(request), book, at)
    if request.POST.get("all"):
        found = bank_rows.find(items, owner(request), book, request.GET)
        items = items.filter(pk__in=[entry.pk for entry in found.entries])
    else:
        uids: set[UUID] = answers.uids(request.POST, "item", bank_acts.MOST_AT_ONCE + 1)
        items = items.filter(uid__in=uids)
    return list(items.select_related("book", "section").order_by("pk"))


def _counted(items: ItemQuerySet, by: str) -> Counter[int]:
    return Counter(dict(items.values_list(by).annotate(Count("pk"))))
