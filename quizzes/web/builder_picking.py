"""/bank/quizzes/<quiz>/pick/ : questions of the bank, found and added to a quiz.

The list is the bank's own. What is ticked stays ticked over searches and pages: it stands in the
address, so that nothing of it hangs on JavaScript.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from quizzes.assessment import building
from quizzes.assessment.models import Quiz
from quizzes.items.models.items import ItemQuerySet
from quizzes.refusal import Refusal
from quizzes.web import answers, bank_facets, bank_rows, banks, refusing
from quizzes.web.bank_rows import Listed
from quizzes.web.builder import edit, worked_on
from quizzes.web.owners import for_owners, owner

LOOKS = ("find", "page", "open", "untick")
"""The acts that only show something else."""
CARRIED = ("q", "sort", "reason", *bank_facets.FAMILIES)
LONGEST = 200


class NoneTicked(Refusal):
    """What is added is ticked first."""


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def pick(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Questions that the quiz may ask, fifty a page; a post looks on, or adds what is ticked."""
    quiz = worked_on(request, uid)
    if request.method != "POST":
        return _page(request, quiz, request.GET, _named(request.GET.get("ticked", "")))
    act, _dash, what = request.POST.get("act", "add").partition("-")
    ticked = answers.uids(request.POST, "item", building.MOST_SLOTS + 1)
    if act in LOOKS:
        return redirect(_address(quiz, request.POST, ticked, act, what))
    if act != "add":
        raise BadRequest("“act” is nothing that can be done.")
    return refusing.answered(
        lambda: _add(request, quiz, ticked),
        lambda refusal: _page(request, quiz, request.POST, ticked, refusal),
    )


def _page(
    request: HttpRequest,
    quiz: Quiz,
    asked: QueryDict,
    ticked: Collection[UUID],
    refusal: Refusal | None = None,
) -> HttpResponse:
    at, has_bank = edit(request).at, banks.is_open(request, quiz.book.topic)
    bank = building.bank(quiz, owner(request), at)
    listed = _listed(request, quiz, bank, asked, at, has_bank=has_bank)
    context = {
        "quiz": quiz,
        "listed": listed,
        "has_bank": has_bank,
        "sorts": bank_facets.SORTS.items() if has_bank else (),
        "asked": set(quiz.slots.filter(item__isnull=False).values_list("item", flat=True)),
        "ticked": ticked,
        "elsewhere": _elsewhere(bank, ticked, listed),
        "refusal": refusal,
        "reason": asked.get("reason", ""),
        "has_opened": building.has_opened(quiz, at),
        "place": "classes",
    }
    return render(request, "quizzes/pick_questions.html", context)


def _listed(
    request: HttpRequest,
    quiz: Quiz,
    bank: ItemQuerySet,
    asked: QueryDict,
    at: datetime,
    *,
    has_bank: bool,
) -> Listed:
    """The bank's list of what may be picked, which is ready; without keys for readers."""
    shown = bank_rows.listed if has_bank else bank_rows.without_keys
    found = shown(bank, owner(request), quiz.book.topic, asked, at)
    return replace(found, facets=[facet for facet in found.facets if facet.name != "state"])


def _elsewhere(bank: ItemQuerySet, ticked: Collection[UUID], listed: Listed) -> ItemQuerySet:
    """What is ticked and stands on another page."""
    here = [row.item.pk for row in listed.rows]
    others = bank.filter(uid__in=ticked).exclude(pk__in=here).select_related("revision", "book")
    return others.order_by("section__position", "position", "pk")


def _add(request: HttpRequest, quiz: Quiz, ticked: Collection[UUID]) -> HttpResponse:
    if not ticked:
        raise NoneTicked(_("Tick a question first."))
    change = edit(request)
    found = building.bank(quiz, change.author, change.at).filter(uid__in=ticked)
    items = list(found.order_by("section__position", "position", "pk"))
    made = building.add(quiz, change, items)
    said = ngettext("%(n)s question added.", "%(n)s questions added.", len(made))
    messages.success(request, said % {"n": len(made)})
    return redirect("build-quiz", quiz.uid)


def _address(quiz: Quiz, post: QueryDict, ticked: Collection[UUID], act: str, what: str) -> str:
    """Where the same search stands with what is ticked now, on another page or with one open."""
    kept = QueryDict(mutable=True)
    for name in CARRIED:
        kept.setlist(name, [text[:LONGEST] for text in post.getlist(name) if text])
    pages = {"find": "", "page": what}
    parts = {
        "ticked": "" if act == "untick" else ".".join(sorted(uid.hex for uid in ticked)),
        "page": pages.get(act, post.get("page", "")),
        "open": what if act == "open" else "",
    }
    kept.update({name: text for name, text in parts.items() if text})
    place = f"item-{what}" if parts["open"] else "found"
    return f"{reverse('pick-questions', args=[quiz.uid])}?{kept.urlencode()}#{place}"


def _named(text: str) -> set[UUID]:
    """The questions that an address says are ticked; what is no name of one is none."""
    found = map(bank_rows.uid, text.split(".")[: building.MOST_SLOTS])
    return {uid for uid in found if uid is not None}
