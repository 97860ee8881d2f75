"""/bank/items/<item>/ : a question with its key, its preview in a list, and the end of a draft."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quizzes.assessment import discarding
from quizzes.items.models import Item
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
@require_POST
def drop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Throw a draft of one's own away that nobody was ever asked."""
    mine = Item.objects.owned_by(owner(request)).filter(is_question=True)
    found = get_object_or_404(mine.select_related("book__about"), uid=uid)
    discarding.discard_draft(found)
    messages.success(request, _("The draft is thrown away."))
    return redirect("bank", banks.shelf(found).slug)


@for_owners
@require_safe
def preview(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same question and its key alone, to stand at the place of a list that `?place=` names."""
    at, place = now(), answers.number(request.GET, "place") or 1
    found = banks.item(request, uid, at)
    shown = specimens.specimens({place: found}, owner(request), at).get(place)
    return render(request, "quizzes/bank_preview.html", {"specimen": shown})
