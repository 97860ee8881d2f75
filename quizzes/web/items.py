"""/bank/items/<item>/ : a question of the bank with its key, and its preview in a list."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from quizzes.web import answers, banks, item_pages, specimens
from quizzes.web.owners import for_owners, owner


@for_owners
@require_safe
def item(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How a question is asked, what is right, what it stands on, and what became of it."""
    at = now()
    found = banks.item(request, uid, at)
    context = {
        "found": item_pages.inspected(found, owner(request), at),
        "book": banks.shelf(found),
        "tab": "questions",
        "place": "classes",
    }
    return render(request, "quizzes/bank_item.html", context)


@for_owners
@require_safe
def preview(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same question and its key alone, to stand at the place of a list that `?place=` names."""
    at, place = now(), answers.number(request.GET, "place") or 1
    found = banks.item(request, uid, at)
    shown = specimens.specimens({place: found}, owner(request), at).get(place)
    return render(request, "quizzes/bank_preview.html", {"specimen": shown})
