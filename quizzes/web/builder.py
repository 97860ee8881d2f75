"""/bank/<book>/quizzes/ and /bank/quizzes/<quiz>/ : quizzes, and the places of one."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Count, Q, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from quizzes.assessment import building, checklist, founding, sharing, wishing, withholding
from quizzes.assessment.building import Edit, Rule, Settings
from quizzes.assessment.checklist import Place
from quizzes.assessment.models import Quiz
from quizzes.assessment.models.quizzes import QuizQuerySet
from quizzes.people import auditing
from quizzes.refusal import Refusal
from quizzes.web import answers, banks, refusing
from quizzes.web.answers import UNPROCESSABLE
from quizzes.web.builder_forms import BeginForm, DrawForm, LineForm, PlaceForm
from quizzes.web.owners import for_owners, owner

LINES_SHOWN = 20


def own_quiz(request: HttpRequest, uid: UUID) -> Quiz:
    """A quiz that is this person's, to publish, give and put away, else 404."""
    mine = Quiz.objects.owned_by(owner(request)).select_related("book__about")
    return get_object_or_404(mine, uid=uid)


def worked_on(request: HttpRequest, uid: UUID) -> Quiz:
    """A quiz that this person builds, or that classes were given which they teach, else 404.

    Refuses with `MayBeAsked` while they are to sit it themselves.
    """
    known = sharing.quizzes_opened(owner(request)).select_related("book__about", "book__owner")
    found: Quiz = get_object_or_404(known, uid=uid)
    withholding.ensure_told(found)
    return found


def is_own(request: HttpRequest, quiz: Quiz) -> bool:
    """Whether a quiz is this person's, who alone decides where it goes."""
    return quiz.book.owner_id == owner(request).pk


def kept(request: HttpRequest, places: Sequence[Place]) -> set[int]:
    """Which of the questions that a quiz asks by name are kept from this person; one query."""
    items = [one.item.pk for one in places if one.item]
    return withholding.among(owner(request), items, now())


def edit(request: HttpRequest) -> Edit:
    """Who changes something now, and the reason that the form names."""
    return Edit(owner(request), now(), answers.reason(request.POST))


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def own_quizzes(request: HttpRequest, book: str) -> HttpResponse:
    """One's own quizzes on a book, one's classes', and the pack's; a post begins another one."""
    found = banks.readable_book(request, book)
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = founding.begin(owner(request), found, Settings(form.cleaned_data["title"]))
        return redirect("build-quiz", made.uid)
    on_it = Q(book=found) | Q(book__about=found)
    mine = Quiz.objects.owned_by(owner(request)).filter(on_it)
    theirs = sharing.quizzes_of_classes(owner(request)).filter(on_it)
    pack = found.quizzes.published().in_order() if found.owner_id is None else Quiz.objects.none()
    context = {
        "book": found,
        "has_bank": banks.is_open(request, found),
        "form": form,
        "mine": _counted(mine),
        "theirs": _counted(theirs).select_related("book__owner"),
        "pack": pack,
        "place": "classes",
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "quizzes/own_quizzes.html", context, status=status)


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def build(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The outline of a quiz; a post changes one thing of it."""
    quiz = worked_on(request, uid)
    if request.method != "POST":
        return _page(request, quiz)
    act, _dash, place = request.POST.get("act", "").partition("-")
    if act not in ACTS or (place and not place.isdecimal()):
        raise BadRequest("“act” is nothing that can be done.")
    return refusing.answered(
        lambda: ACTS[act](request, quiz, int(place or 0)),
        lambda refusal: _refused(request, quiz, act, refusal),
    )


def _refused(request: HttpRequest, quiz: Quiz, act: str, refusal: Refusal) -> HttpResponse:
    """The outline with what was typed, and why a rule says no to it."""
    places = checklist.places(quiz)
    return _page(
        request,
        quiz,
        draw=DrawForm(request.POST, book=quiz.book.topic) if ACTS[act] is _draw else None,
        line=LineForm(request.POST) if act == "line" else None,
        places=places,
        forms=_place_forms(places, request.POST, is_own=is_own(request, quiz))
        if act == "save"
        else None,
        refusal=refusal,
    )


def _draw(request: HttpRequest, quiz: Quiz, _place: int) -> HttpResponse:
    """Draw what was chosen from lists, or tell how much of it there is."""
    _ensure_may_draw(request, quiz)
    form = DrawForm(request.POST, book=quiz.book.topic)
    if not form.is_valid():
        return _page(request, quiz, draw=form)
    rule, sections = form.rule(), form.chosen_sections()
    rules = wishing.over(quiz, rule, sections) if sections else [rule]
    if request.POST["act"] == "count":
        found = sum(wishing.finds(quiz, one) for one in _each(rule, sections))
        said = ngettext("That finds %(n)s question.", "That finds %(n)s questions.", found)
        return _page(request, quiz, draw=form, finds=said % {"n": found})
    building.draw(quiz, edit(request), rules)
    return _told(request, quiz, rules)


def _ensure_may_draw(request: HttpRequest, quiz: Quiz) -> None:
    """A draw finds all that the builder wrote on the book, which is told to nobody else: 404."""
    if not is_own(request, quiz):
        raise Http404


def _each(rule: Rule, sections: list[int]) -> list[Rule]:
    columns = {name: getattr(rule, name) for name in Rule.__slots__}
    return [Rule(**columns | {"from_section_id": pk}) for pk in sections] or [rule]


def _line(request: HttpRequest, quiz: Quiz, _place: int) -> HttpResponse:
    """Draw what was written in words."""
    _ensure_may_draw(request, quiz)
    form = LineForm(request.POST)
    if not form.is_valid():
        return _page(request, quiz, line=form)
    rules = wishing.rules(quiz, form.cleaned_data["line"])
    building.draw(quiz, edit(request), rules)
    return _told(request, quiz, rules)


def _told(request: HttpRequest, quiz: Quiz, rules: list[Rule]) -> HttpResponse:
    drawn, found = sum(one.count for one in rules), sum(wishing.finds(quiz, one) for one in rules)
    said = ngettext(
        "%(n)s question is drawn, of %(found)s that there are.",
        "%(n)s questions are drawn, of %(found)s that there are.",
        drawn,
    )
    messages.success(request, said % {"n": drawn, "found": found})
    return redirect("build-quiz", quiz.uid)


def _save(request: HttpRequest, quiz: Quiz, _place: int) -> HttpResponse:
    """Keep the weights, headings and numbers as they stand in the outline."""
    places = checklist.places(quiz)
    forms = _place_forms(places, request.POST, is_own=is_own(request, quiz))
    if not all(form.is_valid() for form in forms):
        return _page(request, quiz, places=places, forms=forms)
    looks = {place.slot.pk: form.look() for place, form in zip(places, forms, strict=True)}
    building.weigh(quiz, edit(request), looks)
    messages.success(request, _("Saved."))
    return redirect("build-quiz", quiz.uid)


def _up(request: HttpRequest, quiz: Quiz, place: int) -> HttpResponse:
    return _moved(request, quiz, place, -1)


def _down(request: HttpRequest, quiz: Quiz, place: int) -> HttpResponse:
    return _moved(request, quiz, place, 1)


def _moved(request: HttpRequest, quiz: Quiz, place: int, by: int) -> HttpResponse:
    slot = get_object_or_404(quiz.slots, pk=place)
    building.move(quiz, edit(request), slot.pk, slot.position + by)
    return redirect(f"{reverse('build-quiz', args=[quiz.uid])}#place-{slot.pk}")


def _remove(request: HttpRequest, quiz: Quiz, place: int) -> HttpResponse:
    building.remove(quiz, edit(request), place)
    messages.success(request, _("Removed. The question itself stays in the bank."))
    return redirect("build-quiz", quiz.uid)


def _arrange(request: HttpRequest, quiz: Quiz, place: int) -> HttpResponse:
    """Put the places in the order in which the page has them after a row was dragged."""
    order = [int(text) for text in request.POST.getlist("order") if text.isdecimal()]
    building.arrange(quiz, edit(request), order)
    return redirect(f"{reverse('build-quiz', args=[quiz.uid])}#place-{place}")


ACTS: dict[str, Callable[[HttpRequest, Quiz, int], HttpResponse]] = {
    "draw": _draw,
    "count": _draw,
    "line": _line,
    "save": _save,
    "up": _up,
    "down": _down,
    "remove": _remove,
    "arrange": _arrange,
}


def _page(
    request: HttpRequest,
    quiz: Quiz,
    *,
    draw: DrawForm | None = None,
    line: LineForm | None = None,
    places: list[Place] | None = None,
    forms: list[PlaceForm] | None = None,
    finds: str = "",
    refusal: Refusal | None = None,
) -> HttpResponse:
    found = checklist.places(quiz) if places is None else places
    is_builder = is_own(request, quiz)
    rows = forms if forms is not None else _place_forms(found, None, is_own=is_builder)
    points = checklist.points(quiz, found, kept(request, found))
    shown: list[Any] = [draw, line, *(forms or [])]
    context = {
        "quiz": quiz,
        "book": quiz.book.topic,
        "is_own": is_builder,
        "rows": list(zip(found, rows, strict=True)),
        "questions": sum(one.slot.count for one in found),
        "points": points,
        "is_blocked": checklist.blocks(points),
        "draw": draw or DrawForm(book=quiz.book.topic),
        "line": line or LineForm(),
        "finds": finds,
        "refusal": refusal,
        "refused": "line" if line else "draw" if draw else "outline",
        "reason": request.POST.get("reason", ""),
        "has_opened": building.has_opened(quiz, now()),
        "sitting": building.sitting(quiz),
        "lines": auditing.of(quiz.uid)[:LINES_SHOWN],
        "place": "classes",
    }
    status = UNPROCESSABLE if any(form and form.errors for form in shown) else 200
    return render(request, "quizzes/build_quiz.html", context, status=status)


def _place_forms(places: list[Place], data: Any, *, is_own: bool) -> list[PlaceForm]:
    return [
        PlaceForm(
            data,
            is_own=is_own,
            prefix=str(one.slot.pk),
            initial={
                "heading": one.slot.heading,
                "count": one.slot.count,
                "weight": one.slot.weight,
            },
        )
        for one in places
    ]


def _counted(quizzes: QuizQuerySet) -> QuizQuerySet:
    return quizzes.annotate(places=Count("slots"), questions=Sum("slots__count")).in_order()
