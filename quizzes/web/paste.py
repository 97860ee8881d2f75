"""/own/…/paste/ : a list becomes cards, after one has seen which lines do."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from quizzes.cards import editing
from quizzes.content.models import Book, Chapter
from quizzes.items import grouping, pasting
from quizzes.items.pasting import Fault, Line, Separator
from quizzes.items.slips import Kind, Slip
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.own_forms import KINDS
from quizzes.web.owners import for_owners, owner

LINES_SHOWN = 200
"""How many lines a preview lists; the count of all stands above them."""

SEPARATORS = [
    (Separator.DASH.value, gettext_lazy("a dash between spaces:  term - definition")),
    (Separator.TAB.value, gettext_lazy("a tab, as from a spreadsheet")),
    (Separator.SEMICOLON.value, gettext_lazy("a semicolon ;")),
    (Separator.COLON.value, gettext_lazy("a colon :")),
    (Separator.BAR.value, gettext_lazy("a bar |")),
    (Separator.OWN.value, gettext_lazy("another one:")),
]
ORDERS = [
    ("front", gettext_lazy("front, then back")),
    ("back", gettext_lazy("back, then front")),
]
FAULTS: dict[Fault, str | Promise] = {
    Fault.NO_SEPARATOR: gettext_lazy("Nothing parts it into two sides."),
    Fault.NO_FRONT: gettext_lazy("The front is empty."),
    Fault.NO_BACK: gettext_lazy("The back is empty."),
    Fault.LONG: gettext_lazy("The line is too long."),
    Fault.TWICE: gettext_lazy("The same front stands in a line above."),
    Fault.KNOWN: gettext_lazy("The book has a card with this front."),
}


class PasteForm(forms.Form):
    """A list of cards, and how its lines are to be read."""

    text = forms.CharField(
        label=gettext_lazy("One card a line"),
        max_length=pasting.MOST_LINES * 400,
        widget=forms.Textarea({"rows": 12, "dir": "auto"}),
        strip=False,
    )
    separator = forms.ChoiceField(
        label=gettext_lazy("The sides are parted by"),
        choices=SEPARATORS,
        initial=Separator.DASH.value,
    )
    own = forms.CharField(
        label=gettext_lazy("The other separator"),
        max_length=pasting.LONGEST_OWN,
        required=False,
        strip=False,
    )
    order = forms.ChoiceField(label=gettext_lazy("A line holds"), choices=ORDERS, initial="front")
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[choice for choice in KINDS if choice[0] != Kind.CLOZE],
        initial=Kind.BASIC.value,
    )
    chapter = forms.ModelChoiceField(label=gettext_lazy("Chapter"), queryset=Chapter.objects.none())

    def __init__(self, *args: Any, book: Book, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chapters = book.chapters.order_by("number")
        field = cast("forms.ModelChoiceField[Chapter]", self.fields["chapter"])
        field.queryset = chapters
        self.initial.setdefault("chapter", chapters.first())

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if sum(bool(line.strip()) for line in text.splitlines()) > pasting.MOST_LINES:
            raise forms.ValidationError(
                _("At most %(most)s lines at once."), params={"most": f"{pasting.MOST_LINES:,}"}
            )
        if not text.strip():
            raise forms.ValidationError(_("Write or paste at least one line."))
        return text

    def clean(self) -> None:
        is_own = self.cleaned_data.get("separator") == Separator.OWN
        if is_own and not self.cleaned_data.get("own"):
            self.add_error("own", _("Write the separator."))

    def lines(self, known: set[str]) -> list[Line]:
        """The lines as they are read."""
        typed = self.cleaned_data
        return pasting.lines(
            typed["text"],
            Separator(typed["separator"]),
            typed["own"],
            known,
            is_back_first=typed["order"] == "back",
        )


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The box for a list, what its lines would come to, and at last the cards."""
    book = get_object_or_404(Book.objects.owned_by(owner(request)), uid=uid)
    form = PasteForm(request.POST or None, book=book)
    if not form.is_valid():
        return _page(request, book, form, {}, UNPROCESSABLE if form.errors else 200)
    lines = form.lines(grouping.fronts(book))
    digest = _digest(form.cleaned_data)
    if request.POST.get("seen") != digest:
        return _page(request, book, form, _told(lines) | {"seen": digest})
    added = pasting.new(lines)
    slips = [
        Slip(kind=Kind(form.cleaned_data["kind"]), front=line.front, back=line.back)
        for line in added
    ]
    editing.add(owner(request), form.cleaned_data["chapter"], slips, now())
    messages.success(request, _said(len(added)))
    return _after(request, book, form, pasting.at_fault(lines))


def _after(request: HttpRequest, book: Book, form: PasteForm, left: list[Line]) -> HttpResponse:
    """On to the book; but lines at fault stay in the box, alone, to be put right."""
    if not left:
        return redirect("own-book", book.uid)
    typed = request.POST.copy()
    typed["text"] = "\n".join(line.text for line in left)
    again = PasteForm(typed, book=book)
    if not again.is_valid():
        return redirect("own-book", book.uid)
    lines = again.lines(grouping.fronts(book))
    return _page(request, book, again, _told(lines) | {"seen": _digest(again.cleaned_data)})


def _page(
    request: HttpRequest,
    book: Book,
    form: PasteForm,
    told: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    context = {"book": book, "form": form, "most": pasting.MOST_LINES, "place": "cards", **told}
    return render(request, "quizzes/paste.html", context, status=status)


def _told(lines: list[Line]) -> dict[str, Any]:
    """What the lines come to, for the page."""
    faults = pasting.at_fault(lines)
    return {
        "new": pasting.new(lines),
        "known": [line for line in lines if line.fault in (Fault.KNOWN, Fault.TWICE)],
        "faults": faults,
        "told": [(line, FAULTS[line.fault]) for line in faults[:LINES_SHOWN] if line.fault],
        "lines": [(line, FAULTS[line.fault] if line.fault else "") for line in lines[:LINES_SHOWN]],
        "unshown": max(0, len(lines) - LINES_SHOWN),
    }


def _digest(typed: Mapping[str, Any]) -> str:
    """What was previewed: with another text, or read in another way, it is previewed again."""
    read = [typed[name] for name in ("text", "separator", "own", "order", "kind")]
    chosen = "\0".join([*read, str(typed["chapter"].pk)])
    return blake2b(chosen.encode(), digest_size=16).hexdigest()


def _said(count: int) -> str:
    return ngettext("%(count)d card is added.", "%(count)d cards are added.", count) % {
        "count": count
    }
