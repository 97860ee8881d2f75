"""/progress/memory/ : how much is recalled of what was foretold, and which cards are hardest."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.analytics import answer_habits, calibrating, hardest, retention
from quizzes.cards.days import learner_day
from quizzes.cards.models import Card
from quizzes.items import rendering
from quizzes.items.models import Item
from quizzes.people.models import User
from quizzes.web import charts, memory_charts
from quizzes.web.charts import Chart


@dataclass(frozen=True, slots=True)
class Hard:
    """A card that is forgotten often, as a row says it."""

    item: Item
    question: str
    place: str
    lapses: int
    reviews: int
    recall: int | None
    is_leech: bool
    is_own: bool


@never_cache
@login_required
@require_safe
def progress_memory(request: HttpRequest) -> HttpResponse:
    """Retention, calibration, habits of answering, and the hardest cards with what to do."""
    learner, at = cast("User", request.user), now()
    today = learner_day(at, learner.time_zone, learner.day_rollover_hour)
    held = retention.of_learner(learner, today)
    shown = memory_charts.all_of(
        held, calibrating.of_learner(learner), answer_habits.of_learner(learner)
    )
    hard = [_hard(card, learner, today) for card in hardest.of_learner(learner, at)]
    if file := charts.csv(request, [*shown, _table(hard)]):
        return file
    context = {
        "charts": shown,
        "lately": held.lately,
        "days_lately": retention.DAYS_LATELY,
        "hardest": hard,
        "place": "progress",
    }
    return render(request, "quizzes/progress_memory.html", context)


def _hard(card: Card, learner: User, today: date) -> Hard:
    item, chance = card.item, card.recall(today)
    return Hard(
        item=item,
        question=rendering.bare(item.revision.stem_html) if item.revision else "",
        place=f"{item.book.title} › {item.chapter.title}",
        lapses=card.lapses,
        reviews=card.reps,
        recall=None if chance is None else round(100 * chance),
        is_leech=card.lapses >= Card.LEECH_AT,
        is_own=item.book.owner_id == learner.pk,
    )


def _table(hard: list[Hard]) -> Chart:
    """The hardest cards for a file; on the page they have their own list."""
    return Chart(
        slug="hardest",
        title=_("Hardest cards"),
        summary="",
        head=[_("Question"), _("Where"), _("Forgotten"), _("Reviews"), _("Recall today, %")],
        rows=[[one.question, one.place, one.lapses, one.reviews, one.recall] for one in hard],
    )
