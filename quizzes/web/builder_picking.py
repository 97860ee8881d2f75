"""/bank/quizzes/<quiz>/pick/ : questions of the bank, found and added to a quiz."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from quizzes.assessment import building
from quizzes.assessment.models import Quiz
from quizzes.content.models import Book, Section
from quizzes.items.models import Revision
from quizzes.items.models.items import ItemQuerySet
from quizzes.web import answers
from quizzes.web.builder import edit, worked_on
from quizzes.web.builder_forms import ANY, FACT_KINDS
from quizzes.web.owners import for_owners, owner

SHOWN = 50


class FindForm(forms.Form):
    """By what questions are found; all of it may be left open."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    section = forms.ModelChoiceField(
        label=_("Section"), queryset=Section.objects.none(), required=False, empty_label=_("any")
    )
    about = forms.ChoiceField(label=_("About"), choices=FACT_KINDS, required=False)
    kind = forms.ChoiceField(
        label=_("Answered by"), choices=[ANY, *Revision.Kind.choices], required=False
    )
    tag = forms.CharField(label=_("Tag"), required=False, max_length=60)

    def __init__(self, *args: Any, book: Book, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section: Any = self.fields["section"]
        section.queryset = book.sections.order_by("position", "pk")
        section.label_from_instance = lambda one: one.title


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def pick(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Questions that the quiz may ask, fifty a page; a post adds those that are ticked."""
    quiz = worked_on(request, uid)
    book = quiz.book.topic
    if request.method == "POST":
        return _add(request, quiz)
    form, at = FindForm(request.GET, book=book), edit(request).at
    found = _found(form, building.bank(quiz, owner(request), at))
    page = Paginator(found, SHOWN).get_page(request.GET.get("page"))
    asked = set(quiz.slots.filter(item__isnull=False).values_list("item", flat=True))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "quiz": quiz,
        "form": form,
        "page": page,
        "asked": asked,
        "kept": kept.urlencode(),
        "has_opened": building.has_opened(quiz, at),
        "place": "classes",
    }
    return render(request, "quizzes/pick_questions.html", context)


def _add(request: HttpRequest, quiz: Quiz) -> HttpResponse:
    wanted, change = answers.uids(request.POST, "item", SHOWN), edit(request)
    found = building.bank(quiz, change.author, change.at).filter(uid__in=wanted)
    items = list(found.order_by("section__position", "position", "pk"))
    made = building.add(quiz, change, items)
    said = ngettext("%(n)s question added.", "%(n)s questions added.", len(made))
    messages.success(request, said % {"n": len(made)})
    return redirect("build-quiz", quiz.uid)


def _found(form: FindForm, items: ItemQuerySet) -> ItemQuerySet:
    wanted = form.cleaned_data if form.is_valid() else {}
    conditions = {
        "revision__stem__icontains": wanted.get("q"),
        "section": wanted.get("section"),
        "revision__kind": wanted.get("kind"),
        "tags__text": wanted.get("tag"),
    }
    found = items.filter(**{name: said for name, said in conditions.items() if said})
    if about := wanted.get("about"):
        found = found.filter(item_facts__position=0, item_facts__fact__kind=about)
    parts = ("revision", "section", "book")
    return found.select_related(*parts).order_by("section__position", "position", "pk")
