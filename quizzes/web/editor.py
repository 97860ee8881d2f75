"""/bank/<book>/new/, /bank/items/<item>/edit/ : questions are written and changed.

What is typed is never lost: every post shows it again and keeps it as a manuscript until it is
saved, with what the kind of question has no field for. Every button of the form is a post, so that
the page does all it can without JavaScript; with it the same posts change parts of the page, and
`?part=rail` keeps what is typed while somebody writes.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from quizzes.assessment import using
from quizzes.cards import rewording
from quizzes.content.models import Book
from quizzes.items import contributing, drafting
from quizzes.items.models import Item, Manuscript, Revision
from quizzes.web import banks, editor_moves, editor_typed, mending
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.editor_desk import Desk
from quizzes.web.owners import for_owners, owner

SAVES = ("save", "save-next")


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def new_item(request: HttpRequest, book: str) -> HttpResponse:
    """A new question on a book; `?kind=`, `?fact=` and others begin it."""
    about = banks.book(request, book)
    left = drafting.unfinished(owner(request), about)
    begun = _reopened(request, left) or editor_typed.fresh(about, request.GET.dict())
    desk = _desk(request, begun, about, None)
    if _is_saving(request) and desk.check():
        author, name = owner(request), desk.manuscript
        item = contributing.compose(about, desk.composition, desk.filing, author, now(), name)
        drafting.done(owner(request), desk.manuscript, None)
        messages.success(request, _("The question is saved."))
        return redirect(_onward(request, desk, item))
    # Who has just saved one and writes the next one knows what they left.
    others = [] if request.GET.get("kind") else _others(request, left)
    return _answer(request, desk, {"heading": _("New question"), "unfinished": others})


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def edit_item(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A question of one's own or of one's classes, to be changed as a new version of it."""
    item = banks.editable(request, uid)
    about = banks.shelf(item)
    left = drafting.unfinished(owner(request), about, item)
    begun = _reopened(request, left) or _standing(item)
    desk = _desk(request, begun, about, item)
    if _is_saving(request) and desk.check():
        _save(request, item, desk)
        return redirect(_onward(request, desk, item))
    context = {
        "heading": _("Edit the question"),
        "item": item,
        "use": using.use(item),
        "unfinished": _others(request, left),
    }
    return _answer(request, desk, context)


def _standing(item: Item) -> QueryDict:
    typed = contributing.composition(item)
    if typed is None:
        raise Http404
    return editor_typed.standing(item, typed, contributing.filing_of(item))


def _reopened(request: HttpRequest, left: QuerySet[Manuscript]) -> QueryDict | None:
    """The manuscript that the address names, as it was left."""
    named = request.GET.get("manuscript", "")
    found = next((one for one in left if str(one.uid) == named), None)
    return editor_typed.restored(found.typed) if found else None


def _others(request: HttpRequest, left: QuerySet[Manuscript]) -> list[Manuscript]:
    """What was left beside the manuscript that is open."""
    named = request.GET.get("manuscript", "")
    return [one for one in left if str(one.uid) != named]


def _is_saving(request: HttpRequest) -> bool:
    """Whether a whole page is sent to be saved; what asks for a part of it never saves."""
    is_sent = request.method == "POST" and not request.GET.get("part")
    return is_sent and request.POST.get("action") in SAVES


def _desk(request: HttpRequest, begun: QueryDict, about: Book, item: Item | None) -> Desk:
    """What stands on the desk, after whatever the pressed button does."""
    if request.method != "POST":
        opened = Desk(begun, about, owner(request), item)
        opened.form.fields["stem"].widget.attrs["autofocus"] = True
        return opened
    data = request.POST.copy()
    action = data.get("action", "")
    if action.startswith("insert:"):
        _insert(Desk(data.copy(), about, owner(request), item), data, action[len("insert:") :])
    editor_moves.act(data, action)
    editor_moves.begin(data)
    return Desk(data, about, owner(request), item)


def _insert(desk: Desk, data: QueryDict, text: str) -> None:
    """Put in the suggestion that reads so, with why it is wrong."""
    for one in desk.suggestions:
        if one.text == text:
            editor_moves.insert(data, one.text, one.why, one.fact)


def _save(request: HttpRequest, item: Item, desk: Desk) -> None:
    said = desk.form.cleaned_data
    change = Revision.Change(said["change"] or desk.proposed or Revision.Change.COSMETIC)
    is_new = rewording.amend(
        item, desk.composition, desk.filing, owner(request), now(), change, said["reason"]
    )
    drafting.done(owner(request), desk.manuscript, item)
    told = _("Saved as version %(number)s.") if is_new else _("Saved: the wording is as it was.")
    number = item.revision.number if item.revision else 0
    messages.success(request, told % {"number": number} if is_new else told)


def _onward(request: HttpRequest, desk: Desk, item: Item) -> str:
    """The next new question, filed as this one is, or where one came from, or what was saved."""
    if request.POST.get("action") != "save-next":
        return mending.way_back(request, reverse("bank-item", args=[item.uid]))
    carried = {name: desk.data.get(name, "") for name in ("kind", "chapter", "section", "tags")}
    address = reverse("new-item", args=[desk.book.slug])
    return f"{address}?{urlencode({name: text for name, text in carried.items() if text})}"


def _answer(request: HttpRequest, desk: Desk, context: dict[str, Any]) -> HttpResponse:
    """The page, or the part of it that was asked for.

    Whatever was posted is kept, but for the form alone: its rail is asked for at once.
    """
    part = request.GET.get("part", "")
    is_refused = _is_saving(request) and bool(desk.form.errors)
    shown = {
        "desk": desk,
        "form": desk.form,
        "book": desk.book,
        "kept": _kept(request, desk) if request.method == "POST" and part != "form" else None,
        "is_checked": _is_saving(request),
        "place": "classes",
        **context,
    }
    if request.method == "POST":
        shown["unfinished"] = []
    template = f"quizzes/editor.html#{part}" if part in ("form", "rail") else "quizzes/editor.html"
    return render(request, template, shown, status=UNPROCESSABLE if is_refused else 200)


def _kept(request: HttpRequest, desk: Desk) -> Manuscript | None:
    """The manuscript that now holds what is typed; none of a whole page for which is no room.

    There what was typed is still before its author, which a refusal would take from them.
    """
    uid = desk.manuscript or (desk.item.uid if desk.item else None)
    if uid is None:
        return None
    author, typed = owner(request), editor_typed.kept(desk.data)
    is_whole = not request.GET.get("part")
    if is_whole and not drafting.has_room(author, uid, typed, desk.item):
        return None
    return drafting.keep(author, desk.book, uid, typed, now(), desk.item)
