"""/ : what this is, and a card to try."""

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.analytics import progress
from quizzes.content.models import Argument, Book, Fact
from quizzes.items.models import Item
from quizzes.web import reading, showing

STANCES = (Argument.Stance.REJECTS, Argument.Stance.QUALIFIES, Argument.Stance.ASSERTS)
"""What the author makes of the arguments that are shown: one of each, so that they differ."""


@never_cache
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """What this is, with a card that works; whoever has an account goes on to Today."""
    if request.user.is_authenticated and not request.user.is_guest:
        return redirect("today")
    book = Book.objects.filter(owner=None).order_by("pk").first()
    context = {
        "book": book,
        "card_count": Item.objects.cards().filter(book=book).count(),
        "facts": _arguments(book) if book else [],
        "kept": progress.reviews_kept(request.user) if request.user.is_authenticated else 0,
        "screen": showing.screen(request.user, now()),
    }
    return render(request, "quizzes/landing.html", context)


def _arguments(book: Book) -> QuerySet[Fact]:
    """The first core argument of each stance, with its holders and pages."""
    first = Window(RowNumber(), partition_by="argument__stance", order_by=["position", "pk"])
    arguments = Fact.objects.current().filter(
        book=book, is_core=True, argument__stance__in=STANCES, argument__statement__gt=""
    )
    return (
        arguments.annotate(rank=first)
        .filter(rank=1)
        .select_related("book", "section__chapter", "argument")
        .prefetch_related(*reading.argument_parts())
        .order_by(F("argument__stance").desc())
    )
