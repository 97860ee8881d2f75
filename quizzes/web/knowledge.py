"""/progress/map/ : what is known by chapter and kind, down to one fact and its history."""

from datetime import date
from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.analytics import fact_history, fading, knowing, surveying
from quizzes.analytics.fading import Order
from quizzes.cards.days import learner_day
from quizzes.content.models import Fact
from quizzes.people.models import User
from quizzes.web import charts, fact_lines, knowledge_rows, knowledge_words
from quizzes.web.knowledge_forms import MapForm
from quizzes.web.knowledge_rows import Address

A_PAGE = 50
AT_EITHER_END = 10
"""So many facts that fade soonest, and so many that were never seen, stand below the map."""


@never_cache
@login_required
@require_safe
def knowledge_map(request: HttpRequest) -> HttpResponse:
    """Chapter by kind, or section by kind of one chapter, now and on a day."""
    learner, today = _learner(request)
    form = MapForm(request.GET, today)
    asked = surveying.survey(learner, today, form.part, form.day)
    found = knowing.sections(asked) if asked.part.chapter else knowing.chapters(asked)
    chart = knowledge_rows.chart(found, asked)
    if file := charts.csv(request, [chart]):
        return file
    address = Address(asked.part, form.day)
    context = {
        "asked": asked,
        "form": form,
        "found": found,
        "grid": knowledge_rows.grid(found, asked, address),
        "ends": fading.ends(asked, AT_EITHER_END),
        "address": address,
        "chart": chart,
        "summary": knowledge_words.summary(found.whole, asked),
        "place": "progress",
    }
    return render(request, "quizzes/knowledge_map.html", context)


@never_cache
@login_required
@require_safe
def facts(request: HttpRequest) -> HttpResponse:
    """The facts of a part of the map, one by one."""
    learner, today = _learner(request)
    form = MapForm(request.GET, today)
    asked, order = surveying.survey(learner, today, form.part, form.day), form.listed
    places = range(fading.count(asked, order))
    page = Paginator(places, A_PAGE).get_page(request.GET.get("page"))
    rows = fading.page(asked, order, page.start_index() - 1, page.end_index()) if places else []
    address = Address(asked.part, form.day)
    context = {
        "asked": asked,
        "form": form,
        "rows": rows,
        "page": page,
        "count": len(places),
        "order": order,
        "orders": [(one, label, address.facts(order=one)) for one, label in _ORDERS.items()],
        "address": address,
        "heading": knowledge_words.heading(asked),
        "place": "progress",
    }
    return render(request, "quizzes/knowledge_facts.html", context)


@never_cache
@login_required
@require_safe
def history(request: HttpRequest, book: str, slug: str) -> HttpResponse:
    """Everything that one did with a fact, on one line."""
    learner, today = _learner(request)
    readable = Fact.objects.visible_to(learner).select_related("book", "section", "chapter")
    fact = get_object_or_404(readable, book__slug=book, slug=slug)
    found = fact_history.of_fact(fact, learner, today, now())
    chart = fact_lines.chart(found)
    if file := charts.csv(request, [chart]):
        return file
    context = {
        "fact": fact,
        "found": found,
        "chart": chart,
        "cards": fact_lines.cards(found, today),
        "attempts": list({look.attempt: None for look in found.looks if look.attempt}),
        "place": "progress",
    }
    return render(request, "quizzes/fact_history.html", context)


_ORDERS = {
    Order.BOOK: knowledge_words.IN_ORDER,
    Order.FADING: knowledge_words.FADING,
    Order.UNSEEN: knowledge_words.UNSEEN,
}


def _learner(request: HttpRequest) -> tuple[User, date]:
    learner = cast("User", request.user)
    return learner, learner_day(now(), learner.time_zone, learner.day_rollover_hour)
