"""/progress/ : what is known, which days were studied, what is to come, how quizzes went."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.analytics.overview import overview
from quizzes.analytics.progress import ChapterMastery
from quizzes.content.models import Fact
from quizzes.people.models import User
from quizzes.web import charts, day_charts, known_tables, wording

COLUMNS = (
    Fact.Kind.FIGURE,
    Fact.Kind.EVENT,
    Fact.Kind.ARGUMENT,
    Fact.Kind.TERM,
    Fact.Kind.QUANTITY,
)
"""The kinds of fact that always have a column; others have one where there are cards of them."""

RESULTS_SHOWN = 20


@never_cache
@login_required
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """Everything that one has learned, in one page."""
    learner = cast("User", request.user)
    seen = overview(learner, now())
    days, weeks = day_charts.days(seen.calendar), day_charts.weeks(seen.calendar)
    coming = day_charts.coming(seen.coming)
    known = known_tables.known((one.title, one.kinds) for one in seen.chapters)
    if file := charts.csv(request, [days, weeks, coming, known]):
        return file
    kinds = [kind for kind in wording.KINDS if kind in COLUMNS or _occurs(kind, seen.chapters)]
    context = {
        "rows": [(one, [one.kinds.get(kind) for kind in kinds]) for one in seen.chapters],
        "kinds": [wording.KINDS[kind] for kind in kinds],
        "cards": seen.cards,
        "calendar": seen.calendar,
        "study_days": days,
        "study_weeks": weeks,
        "coming": seen.coming,
        "results": seen.results[:RESULTS_SHOWN],
        "place": "progress",
    }
    return render(request, "quizzes/progress.html", context)


def _occurs(kind: str, chapters: list[ChapterMastery]) -> bool:
    return any(kind in chapter.kinds for chapter in chapters)
