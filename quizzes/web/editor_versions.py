"""/bank/items/<item>/adapt/, versions/, and what was left unfinished."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quizzes.assessment import using
from quizzes.cards import rewording
from quizzes.items import composing, contributing, drafting, revising
from quizzes.web import banks, editor_words, mending, proofing
from quizzes.web.owners import for_owners, owner


@for_owners
@require_POST
def adapt_item(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A copy of a question of a book, among one's own; it opens in the editor.

    Whoever comes from a regrade is led back there when it is saved.
    """
    item = banks.adaptable(request, uid, now())
    copy = contributing.adapt(item, owner(request), banks.shelf(item), now())
    messages.success(request, _("This copy is yours, and still a draft. The original stays."))
    back = mending.way_back(request)
    return redirect(reverse("edit-item", args=[copy.uid], query={"next": back} if back else None))


@for_owners
@require_safe
def item_version(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """One version of a question that one writes on: as it was shown, and how it differed."""
    item = banks.editable(request, uid)
    found = revising.versions(item)
    version = next((one for one in found if one.number == number), None)
    if version is None:
        raise Http404
    shown = proofing.asked(version.wording, composing.read(version.wording))
    context = {
        "item": item,
        "book": banks.shelf(item),
        "version": version,
        "versions": found,
        "differences": editor_words.changes(version),
        "question": shown,
        "use": using.use(item),
        "place": "classes",
    }
    return render(request, "quizzes/item_version.html", context)


@for_owners
@require_POST
def restore_item(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """Bring a version back, as a new one."""
    item = banks.editable(request, uid)
    is_new = rewording.restore(item, number, owner(request), now())
    told = _("Version %(number)s is brought back.") if is_new else _("It says that already.")
    messages.success(request, told % {"number": number} if is_new else told)
    return redirect("bank-item", uid)


@for_owners
@require_safe
def manuscripts(request: HttpRequest, book: str) -> HttpResponse:
    """The new questions on a book that one left unfinished."""
    about = banks.book(request, book)
    left = drafting.unfinished(owner(request), about)
    context = {"book": about, "unfinished": left, "place": "classes"}
    return render(request, "quizzes/manuscripts.html", context)


@for_owners
@require_POST
def discard_manuscript(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let go what was left unfinished."""
    left = owner(request).manuscripts.select_related("book", "item")
    found = get_object_or_404(left, uid=uid)
    drafting.discard(owner(request), uid)
    messages.success(request, _("It is discarded."))
    if found.item:
        return redirect("edit-item", found.item.uid)
    return redirect("new-item", found.book.slug)
