"""/progress/quizzes/ : how quizzes went, what changed between attempts, and how sure one was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.analytics import quiz_history
from quizzes.analytics.quiz_history import Change, Shift, Sitting
from quizzes.items import rendering
from quizzes.items.models import Revision
from quizzes.people.models import User
from quizzes.web import charts, quiz_charts, wording
from quizzes.web.middleware import arrival

CHANGES_SHOWN = 6
QUESTIONS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Questions:
    """Some of the questions that came out otherwise, and how many more there are."""

    shown: Sequence[str]
    more: int

    @property
    def count(self) -> int:
        return len(self.shown) + self.more


@dataclass(frozen=True, slots=True)
class Told:
    """What changed from one attempt at a quiz to the next, in words."""

    before: Sitting
    after: Sitting
    better: Sequence[tuple[str, Shift]]
    weaker: Sequence[tuple[str, Shift]]
    gained: Questions
    lost: Questions


@never_cache
@login_required
@require_safe
def progress_quizzes(request: HttpRequest) -> HttpResponse:
    """Results over time, attempts beside each other, and confidence; what is told by now."""
    history = quiz_history.of_learner(cast("User", request.user), arrival(request))
    changes = history.changes()
    shown = [
        quiz_charts.scores(history),
        quiz_charts.sureness(history.by_sureness()),
        quiz_charts.changed(changes),
    ]
    if file := charts.csv(request, shown):
        return file
    context = {
        "charts": shown[:2],
        "changed": shown[2],
        "changes": _told(changes[:CHANGES_SHOWN]),
        "place": "progress",
    }
    return render(request, "quizzes/progress_quizzes.html", context)


def _told(changes: Sequence[Change]) -> list[Told]:
    """At most one query, for the wording of all questions."""
    asked = {one for change in changes for one in (*change.gained, *change.lost)}
    rows = Revision.objects.filter(pk__in=asked).values_list("pk", "stem_html") if asked else ()
    stems = {pk: rendering.bare(html) for pk, html in rows}
    return [_change(one, stems) for one in changes]


def _change(change: Change, stems: Mapping[int, str]) -> Told:
    shifts = [(str(wording.KINDS[one.name]), one) for one in change.kinds]
    shifts += [(one.name, one) for one in change.sections]
    return Told(
        before=change.before,
        after=change.after,
        better=[(name, one) for name, one in shifts if one.is_better],
        weaker=[(name, one) for name, one in shifts if not one.is_better],
        gained=_questions(change.gained, stems),
        lost=_questions(change.lost, stems),
    )


def _questions(revisions: Sequence[int], stems: Mapping[int, str]) -> Questions:
    shown = [stems[one] for one in revisions[:QUESTIONS_SHOWN]]
    return Questions(shown, len(revisions) - len(shown))
