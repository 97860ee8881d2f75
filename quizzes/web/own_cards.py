"""/own/…/cards/, /cards/…/edit/ : cards of one's own are written, changed and copied.

What is typed is never lost: a form that is refused, previewed or given a picture shows everything
again.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from quizzes.assessment import reserving
from quizzes.cards import editing
from quizzes.content.models import Book
from quizzes.items import copying, grouping
from quizzes.items.models import Item, Revision
from quizzes.items.slips import Kind, Slip
from quizzes.people.models import User
from quizzes.web.own_sheets import Sheet
from quizzes.web.owners import for_owners, owner, way_on

_WRITTEN = (Revision.Kind.SHORT_TEXT, Revision.Kind.CLOZE)


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def add_card(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A new card in a book of one's own; `?chapter=` and `?kind=` begin it."""
    book = get_object_or_404(Book.objects.owned_by(owner(request)), uid=uid)
    first = book.chapters.filter(slug=request.GET.get("chapter", "")).first()
    kind = request.GET.get("kind", "")
    begun = {
        "chapter": first or book.chapters.order_by("number").first(),
        "kind": kind if kind in set(Kind) else Kind.BASIC.value,
        "tags": request.GET.get("tags", ""),
    }
    sheet = Sheet(request, begun, book)
    if sheet.is_to_save:
        return _added(request, sheet, reverse("add-card", args=[uid]))
    return _page(request, sheet, {"book": book, "heading": _("Add a card")})


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def edit_card(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A card of one's own with its siblings; with `?part=form` the form alone."""
    mine = Item.objects.owned_by(owner(request)).cards().filter(revision__kind__in=_WRITTEN)
    item = get_object_or_404(mine.select_related("book", "chapter", "revision"), uid=uid)
    back = way_on(request, reverse("own-book", args=[item.book.uid]))
    if request.POST.get("action") == "delete":
        return _deleted(request, item, way_on(request, reverse("browser")))
    sheet = Sheet(request, _typed(grouping.read(item), item), item.book, item)
    if sheet.is_to_save:
        editing.edit(
            owner(request),
            item,
            sheet.form.slip,
            now(),
            is_substantive=sheet.form.cleaned_data["is_substantive"],
            tags=sheet.form.cleaned_data["tags"],
            chapter=sheet.form.cleaned_data["chapter"],
        )
        messages.success(request, _("The card is saved. Undo brings the old wording back."))
        return redirect(back)
    context = {"book": item.book, "item": item, "heading": _("Edit the card"), "back": back}
    return _page(request, sheet, context)


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def copy_card(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A copy of any card that one may see, into a book of one's own, to be changed at once."""
    item = get_object_or_404(_copyable(owner(request)), uid=uid)
    begun = _typed(copying.slip_of(item), None)
    sheet = Sheet(request, begun)
    if sheet.is_to_save:
        return _added(request, sheet, way_on(request, reverse("browser")))
    context = {"heading": _("Copy into my own book"), "source": item}
    return _page(request, sheet, context)


def _page(request: HttpRequest, sheet: Sheet, context: dict[str, Any]) -> HttpResponse:
    book = context.get("book")
    is_part = request.GET.get("part") == "form"
    template = "quizzes/edit.html#form" if is_part else "quizzes/edit.html"
    shown = {
        "form": sheet.form,
        "picture_form": sheet.picture_form if book else None,
        "faces": sheet.faces,
        "action": request.path,
        "next": way_on(request, ""),
        "has_books": book or Book.objects.owned_by(owner(request)).exists(),
        "place": "cards",
        **context,
    }
    return render(request, template, shown, status=sheet.status)


def _added(request: HttpRequest, sheet: Sheet, address: str) -> HttpResponse:
    """Put the card in, and come back with its chapter and kind for the next one."""
    typed = sheet.form.cleaned_data
    items = editing.add(
        owner(request), typed["chapter"], [sheet.form.slip], now(), tags=typed["tags"]
    )
    said = ngettext("%(count)d card is added.", "%(count)d cards are added.", len(items))
    messages.success(request, said % {"count": len(items)})
    begun = {
        "chapter": typed["chapter"].slug,
        "kind": typed["kind"],
        "tags": ", ".join(typed["tags"]),
    }
    is_next = address.startswith("/own/")
    return redirect(f"{address}?{urlencode(begun)}" if is_next else address)


def _deleted(request: HttpRequest, item: Item, address: str) -> HttpResponse:
    gone = editing.discard(owner(request), [item], now())
    said = ngettext(
        "%(count)d card is deleted. Undo brings it back.",
        "%(count)d cards are deleted. Undo brings them back.",
        gone,
    )
    messages.success(request, said % {"count": gone})
    return redirect(address)


def _typed(slip: Slip | None, item: Item | None) -> dict[str, Any]:
    """A slip as the form shows it."""
    if slip is None:
        return {"kind": Kind.BASIC.value}
    tags = item.tags.order_by("text").values_list("text", flat=True) if item else ()
    return {
        "kind": slip.kind.value,
        "front": slip.front,
        "back": slip.back,
        "accepted": "\n".join(slip.accepted),
        "remark": slip.remark,
        "tags": ", ".join(tags),
        "chapter": item.chapter_id if item else None,
    }


def _copyable(learner: User) -> Any:
    """Cards whose answers this learner may see now."""
    asked = reserving.reserved(learner, now())
    return Item.objects.visible_to(learner).cards().exclude(pk__in=asked)
