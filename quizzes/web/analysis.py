"""…/analysis/ : what the class's answers say about a quiz's questions, and the same across classes.

No name is on these pages: they tell of questions, not of people.
"""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.analytics import item_analysis
from quizzes.analytics.item_analysis import Analysis
from quizzes.analytics.psychometrics import FEWEST, Reliability
from quizzes.assessment import withholding
from quizzes.assessment.models import Quiz
from quizzes.exchange.formats import tables
from quizzes.web import analysis_rows, counsel, teaching
from quizzes.web.analysis_rows import Row
from quizzes.web.middleware import arrival
from quizzes.web.owners import owner


@never_cache
@login_required
@require_safe
def assignment(request: HttpRequest, uid: UUID, assignment: UUID) -> HttpResponse:
    """The questions of what a class was given, those that need attention first."""
    given = teaching.analyzed(request, uid, assignment)
    found = item_analysis.of_assignment(given, _kept(request, given))
    context = {"classroom": given.classroom, "assignment": given, "waiting": given.waiting}
    context |= _whole_quiz(given.quiz, found) | _questions(request, analysis_rows.rows(found))
    return render(request, "quizzes/analysis.html", context)


@never_cache
@login_required
@require_safe
def assignment_table(request: HttpRequest, uid: UUID, assignment: UUID) -> HttpResponse:
    """The same as CSV."""
    given = teaching.analyzed(request, uid, assignment)
    return _csv(given.quiz, item_analysis.of_assignment(given, _kept(request, given)))


@never_cache
@login_required
@require_safe
def quiz(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The questions of a quiz over all classes that one teaches and that were given it."""
    given = teaching.analyzed_everywhere(request, uid)
    found = item_analysis.across(given, _kept(request, given[0]))
    context = {"given": given, "waiting": sum(one.waiting for one in given)}
    context |= _whole_quiz(given[0].quiz, found)
    context |= _questions(request, analysis_rows.rows(found, given))
    return render(request, "quizzes/analysis.html", context)


@never_cache
@login_required
@require_safe
def quiz_table(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same as CSV."""
    given = teaching.analyzed_everywhere(request, uid)
    return _csv(given[0].quiz, item_analysis.across(given, _kept(request, given[0])))


def _kept(request: HttpRequest, given: Any) -> Collection[int]:
    """The items that are kept from the reader; a query only where there may be some."""
    return withholding.everything(owner(request), arrival(request)) if given.withholds else ()


def _questions(request: HttpRequest, rows: Sequence[Row]) -> dict[str, Any]:
    """All, and those `shown` with who chose what: what wants a look, unless all are wished."""
    shows_all = request.GET.get("choices") == "all"
    return {
        "rows": rows,
        "shown": rows if shows_all else [row for row in rows if row.advice],
        "shows_all": shows_all,
        "has_kept": any(row.asked.is_kept for row in rows),
    }


def _whole_quiz(quiz: Quiz, found: Analysis) -> dict[str, Any]:
    return {
        "place": "classes",
        "quiz": quiz,
        "found": found,
        "fewest": FEWEST,
        "needed": analysis_rows.needed(found.n),
        "whole": _whole(found.whole) if found.whole else None,
    }


def _whole(whole: Reliability) -> dict[str, Any]:
    """The figures of the quiz as they are written."""
    return {
        "mean": counsel.percent(whole.mean),
        "deviation": counsel.percent(whole.deviation),
        "alpha": counsel.coefficient(whole.alpha),
        "error": "–" if whole.error is None else f"± {counsel.percent(whole.error)}",
        "is_all_or_nothing": whole.is_all_or_nothing,
    }


def _csv(quiz: Quiz, found: Analysis) -> HttpResponse:
    written = tables.csv_bytes(analysis_rows.table(found), has_mark=True)
    name = f"{quiz.slug}-analysis.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(written, content_type="text/csv; charset=utf-8", headers=headers)
