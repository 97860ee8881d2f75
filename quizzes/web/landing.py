"""/ : what this is, and a card to try."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.content.models import Book, Fact
from quizzes.items.models import Item
from quizzes.web import showing

FACTS_SHOWN = 3


@never_cache
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """What this is, with a card that works; whoever has an account goes on to Today."""
    if request.user.is_authenticated and not request.user.is_guest:
        return redirect("today")
    book = Book.objects.visible_to(None).first()
    facts = Fact.objects.current().filter(book=book, kind=Fact.Kind.ARGUMENT, is_core=True)
    context = {
        "book": book,
        "card_count": Item.objects.cards().filter(book=book).count(),
        "facts": facts.in_order()
        .select_related("book")
        .prefetch_related("citations")[:FACTS_SHOWN],
        "screen": showing.screen(request.user, now()),
        "is_answer_shown": "answer" in request.GET,
    }
    return render(request, "quizzes/landing.html", context)
