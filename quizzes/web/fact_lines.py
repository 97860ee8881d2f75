"""What the page of a fact's history shows: its line of time, its rows, and the cards on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quizzes.analytics.fact_history import History, Look, Point
from quizzes.cards.models import Card
from quizzes.items.fractions import FULL_FRACTION
from quizzes.web import wording
from quizzes.web.charts import Chart, Lifeline
from quizzes.web.knowledge_words import percent
from quizzes.web.lifelines import AHEAD, PAST

REMEMBERED, FORGOT, RIGHT, NOT_RIGHT = 4, 5, 6, 7
"""The shapes of marks: full or hollow, round for reviews, pointed for quizzes."""

NAMES = {
    PAST: gettext_lazy("Expected recall"),
    AHEAD: gettext_lazy("If you do not review"),
    REMEMBERED: gettext_lazy("Review: remembered"),
    FORGOT: gettext_lazy("Review: forgotten"),
    RIGHT: gettext_lazy("Quiz: right"),
    NOT_RIGHT: gettext_lazy("Quiz: not right"),
}


@dataclass(frozen=True, slots=True)
class CardNow:
    """A card on the fact, and the chance of recalling it today in per cent."""

    card: Card
    percent: int


def cards(found: History, today: date) -> list[CardNow]:
    """The rated cards, in the book's order."""
    return [CardNow(card, percent(card.recall(today) or 0)) for card in found.cards]


def chart(found: History) -> Chart:
    """The line with its marks; each row is a review or a quiz answer, the earliest first."""
    return Chart(
        slug="history",
        title=_("Your history of it"),
        summary=_summary(found),
        head=[_("Day"), _("What"), _("Question or quiz"), _("Outcome"), _("Foretold, %")],
        rows=[_row(look) for look in found.looks],
        picture=Lifeline(
            names={number: str(name) for number, name in NAMES.items()},
            past=[(point.day, 100 * point.chance) for point in found.past],
            ahead=[(point.day, 100 * point.chance) for point in found.ahead],
            marks=[(_shape(look), look.day, _height(look, found.past)) for look in found.looks],
        ),
    )


def _summary(found: History) -> str:
    reviews = [look for look in found.looks if look.attempt is None]
    quizzes = [look for look in found.looks if look.attempt]
    said = [
        ngettext("%(n)s review", "%(n)s reviews", len(reviews)) % {"n": len(reviews)},
        ngettext("%(n)s quiz answer", "%(n)s quiz answers", len(quizzes)) % {"n": len(quizzes)},
    ]
    right = sum(look.is_right for look in found.looks)
    return _("%(reviews)s and %(quizzes)s; %(right)s of %(all)s remembered or right.") % {
        "reviews": said[0],
        "quizzes": said[1],
        "right": right,
        "all": len(found.looks),
    }


def _row(look: Look) -> list[str | int | float | None]:
    return [
        look.day.isoformat(),
        _("Quiz") if look.attempt else _("Review"),
        _name(look),
        _outcome(look),
        None if look.foretold is None else round(100 * look.foretold, 1),
    ]


def _name(look: Look) -> str:
    if look.attempt:
        return look.attempt.quiz.title
    revision = look.card.item.revision if look.card else None
    return revision.stem if revision else ""


def _outcome(look: Look) -> str:
    if look.attempt is None:
        return wording.rating(look.rating, has_four_ratings=False)
    if look.fraction is None:
        return _("No mark")
    if look.fraction == FULL_FRACTION:
        return _("Right")
    return _("Partly right") if look.fraction > 0 else _("Not right")


def _shape(look: Look) -> int:
    if look.attempt:
        return RIGHT if look.is_right else NOT_RIGHT
    return REMEMBERED if look.is_right else FORGOT


def _height(look: Look, past: Sequence[Point]) -> float:
    """Where the line stood when it happened; its base, where there was no line yet."""
    before = [point for point in past if point.day <= look.day]
    if not before:
        return 0.0
    [*_earlier, last] = before
    same_day = next((point for point in before if point.day == look.day), last)
    return 100 * same_day.chance
