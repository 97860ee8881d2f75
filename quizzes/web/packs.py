"""/bank/<book>/packs/ : packs go out of a book and come in, shown before anything is written."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from quizzes.content.models import Book, PackCopy
from quizzes.exchange import exporting, storing, undoing, uploading
from quizzes.exchange.exporting import Export
from quizzes.exchange.formats.zips import MOST_SENT
from quizzes.exchange.uploading import Aim
from quizzes.refusal import Refusal
from quizzes.web import banks, pack_words, refusing
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.owners import for_owners, owner


class UploadForm(forms.Form):
    """A pack's folder in a zip."""

    archive = forms.FileField(
        label=gettext_lazy("The pack’s folder, as a zip"),
        help_text=gettext_lazy("At most 20 MB. Nothing is written before you have seen it."),
        widget=forms.ClearableFileInput({"accept": ".zip,application/zip"}),
    )
    is_site = forms.BooleanField(
        label=gettext_lazy("Load it as a book of the site, for everybody"), required=False
    )

    def __init__(self, *args: Any, is_staff: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_staff:
            del self.fields["is_site"]

    def clean_archive(self) -> Any:
        archive = self.cleaned_data["archive"]
        if archive.size > MOST_SENT:
            raise forms.ValidationError(_("The archive is larger than 20 MB."))
        return archive


@for_owners
@require_safe
def packs(request: HttpRequest, book: str) -> HttpResponse:
    """What came in, what is to be looked at, and the way out."""
    return _packs(request, banks.readable_book(request, book), _form(request))


@for_owners
@require_POST
def upload(request: HttpRequest, book: str) -> HttpResponse:
    """Keep a pack that is sent, and show what it would do."""
    form = _form(request)
    found = banks.readable_book(request, book)
    if not form.is_valid():
        return _packs(request, found, form)
    return refusing.answered(
        lambda: _received(request, book, form),
        lambda refusal: _unfit(request, found, form, refusal),
    )


def _unfit(request: HttpRequest, book: Book, form: UploadForm, refusal: Refusal) -> HttpResponse:
    """The page with the reason beside the file that was chosen."""
    form.add_error("archive", str(refusal.message))
    return _packs(request, book, form)


def _received(request: HttpRequest, book: str, form: UploadForm) -> HttpResponse:
    archive = form.cleaned_data["archive"]
    copy = uploading.receive(archive.read(), archive.name or "", owner(request), now())
    shown = redirect("pack-preview", book, copy.uid)
    if form.cleaned_data.get("is_site"):
        shown["Location"] += "?is_site=on"
    return shown


@for_owners
@require_safe
def preview(request: HttpRequest, book: str, uid: UUID) -> HttpResponse:
    """What loading a pack would do, or the problems that stand against it."""
    found, copy = banks.readable_book(request, book), _copy(request, uid)
    if copy.loaded_at is not None:
        return redirect("packs", book)
    is_site = owner(request).is_staff and "is_site" in request.GET
    outcome = uploading.preview(copy, owner(request), now(), is_site=is_site)
    target = uploading.target(copy, owner(request), is_site=is_site)
    context = {
        "book": found,
        "copy": copy,
        "is_site": is_site,
        "target": target,
        "is_own_book": target.aim is Aim.OWN_BOOK,
        "is_own_questions": target.aim is Aim.OWN_QUESTIONS,
        "kept_days": storing.KEPT_DAYS,
        "place": "classes",
        **pack_words.told(outcome, copy),
    }
    return render(request, "quizzes/pack_preview.html", context)


@for_owners
@require_POST
def load(request: HttpRequest, book: str, uid: UUID) -> HttpResponse:
    """Load a pack that was looked at."""
    found, copy = banks.readable_book(request, book), _copy(request, uid)
    return _answered(request, found, lambda: _loaded(request, found, copy))


def _loaded(request: HttpRequest, book: Book, copy: PackCopy) -> HttpResponse:
    is_site = owner(request).is_staff and "is_site" in request.POST
    outcome = uploading.load(copy, owner(request), now(), is_site=is_site)
    messages.success(request, _("The pack is loaded. You can undo that for 30 days."))
    into = outcome.book
    return redirect("packs", into.topic.slug if into else book.slug)


@for_owners
@require_POST
def undo(request: HttpRequest, book: str, uid: UUID) -> HttpResponse:
    """Take a load back."""
    found, copy = banks.readable_book(request, book), _copy(request, uid)
    return _answered(request, found, lambda: _undone(request, found, copy))


def _undone(request: HttpRequest, book: Book, copy: PackCopy) -> HttpResponse:
    kept = undoing.undo(copy, now())
    messages.success(request, _("It is undone: what came in is retired, what was before is back."))
    if kept:
        said = ngettext(
            "%(n)s question was edited since, and stays as it is.",
            "%(n)s questions were edited since, and stay as they are.",
            len(kept),
        )
        messages.info(request, said % {"n": len(kept)})
    return redirect("packs", book.slug)


@for_owners
@require_safe
def export(request: HttpRequest, book: str) -> HttpResponse:
    """What would go out of a book, and what stays here and why."""
    found, export = _export(request, book)
    names = pack_words.names(found, owner(request))
    context = {
        "book": found,
        "export": export,
        "left_out": [pack_words.left_out(one, names) for one in export.left_out] if export else [],
        "place": "classes",
    }
    return render(request, "quizzes/export_pack.html", context)


@for_owners
@require_safe
def download(request: HttpRequest, book: str) -> HttpResponse:
    """The pack's folder with one's own questions and quizzes, as a zip."""
    _found, export = _export(request, book)
    if export is None:
        raise Http404
    answer = HttpResponse(export.archive, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{export.folder}.zip"'
    return answer


def _export(request: HttpRequest, book: str) -> tuple[Book, Export | None]:
    found = banks.readable_book(request, book)
    export = exporting.export(found, owner(request))
    if export:
        exporting.ensure_told(found, owner(request), now())
    return found, export


def _answered(request: HttpRequest, book: Book, act: Callable[[], HttpResponse]) -> HttpResponse:
    """What an act answers; where it is refused, the page of packs with the reason."""
    form = UploadForm(is_staff=owner(request).is_staff)
    return refusing.answered(act, lambda refusal: _packs(request, book, form, refusal))


def _packs(
    request: HttpRequest, book: Book, form: UploadForm, refusal: Refusal | None = None
) -> HttpResponse:
    at = now()
    copies = [(copy, undoing.can_be_undone(copy, at)) for copy in _copies(request, book)]
    context = {
        "book": book,
        "has_bank": banks.is_open(request, book),
        "form": form,
        "refusal": refusal,
        "copies": copies,
        "place": "classes",
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "quizzes/packs.html", context, status=status)


def _form(request: HttpRequest) -> UploadForm:
    is_sent = request.method == "POST"
    return UploadForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        is_staff=owner(request).is_staff,
    )


def _copy(request: HttpRequest, uid: UUID) -> PackCopy:
    """A pack that this person sent, else 404."""
    return get_object_or_404(PackCopy.objects.filter(by=owner(request)), uid=uid)


def _copies(request: HttpRequest, book: Book) -> QuerySet[PackCopy]:
    """What this person loaded into the book or their questions on it, and what waits."""
    here = Q(book=book) | Q(book__about=book) | Q(book=None)
    found = PackCopy.objects.filter(here, by=owner(request)).select_related("book")
    return found.order_by("-created_at", "-pk")[:50]
