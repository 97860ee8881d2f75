"""Why a card comes back when it does, in plain sentences."""

from collections.abc import Collection, Iterator, Sequence
from copy import copy
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.cards import replaying
from quizzes.cards.models import Card, Review, StudyPlan
from quizzes.cards.scheduling import Rating, interval
from quizzes.cards.spacing import Offer, Phase
from quizzes.cards.standing import Standing
from quizzes.cards.states import State
from quizzes.web import wording

_NOT_YET = gettext_lazy("It has not been rated yet: it comes in the order of the book.")
_BY_A_QUIZ = gettext_lazy(
    "An answer in a quiz bore on it: why it comes then is said once the quiz tells its answers."
)


def reasons(
    standing: Standing,
    log: Sequence[Review],
    today: date,
    plan: StudyPlan | None,
    *,
    told: Collection[Review],
) -> list[str]:
    """The reasons for the date on which a card is due, from its reviews that stand, in order.

    Where the last of those that moved it is none of the `told`, it is not explained.
    """
    card, moving = standing.card, [review for review in log if review.affects_schedule]
    if not moving:
        found = [str(_NOT_YET)]
    elif moving[-1] in told:
        found = list(_of_the_answer(standing, moving))
    else:
        found = [str(_BY_A_QUIZ)]
    found += _of_the_learner(card, today) if card else []
    if plan and plan.exam_on and plan.exam_on >= today and moving:
        found.append(
            _("You have an exam on %(day)s: what gains most for that day may come before its date.")
            % {"day": _day(plan.exam_on)}
        )
    return found


def _of_the_answer(standing: Standing, moving: Sequence[Review]) -> Iterator[str]:
    """What the last answer made of it."""
    last, pace = moving[-1], standing.pace
    before = replaying.retell([copy(review) for review in moving[:-1]], pace.weights)
    offer = standing.offers(last.learner_day, before)[Rating(last.rating)]
    if not last.interval_days:
        yield _("After your last answer it is in a step of minutes: it comes back in %(step)s.") % {
            "step": wording.interval(last.step_minutes, 0)
        }
        return
    yield _("You want to remember %(share)s in 100 cards when they come up.") % {
        "share": round(100 * pace.desired_retention)
    }
    if before.phase is Phase.RELEARNING:
        yield _("It was forgotten, then remembered: so it comes once more on the next study day.")
    else:
        yield from _of_memory(standing, before, offer)
    yield _of_the_window(last, offer)


def _of_memory(standing: Standing, before: State, offer: Offer) -> Iterator[str]:
    """The interval that memory alone gives."""
    stability, pace = offer.memory.stability, standing.pace
    days = interval(stability, pace.desired_retention, pace.weights)
    yield _(
        "By your last answer its stability is %(stability)s: after so long 90 in 100 such cards "
        "are still remembered. For the share that you want that makes %(days).1f days, unrounded."
    ) % {"stability": wording.stability(stability), "days": days}
    if days > pace.maximum_interval:
        yield _("Your longest interval cuts that to %(days)s.") % {
            "days": wording.interval(0, pace.maximum_interval)
        }
    elif offer.window.earliest == before.interval_days + 1 > days:
        yield _("An interval that grows is at least a day longer than the one before.")


def _of_the_window(last: Review, offer: Offer) -> str:
    """Which day was taken of those that were lawful."""
    window, days = offer.window, last.interval_days
    if days not in window:
        return _("It was given %(days)s; as your plan is now, that answer would give %(now)s.") % {
            "days": wording.interval(0, days),
            "now": wording.interval(0, offer.days),
        }
    if not window.days_to_choose:
        return _("That is too short to be spread: %(days)s.") % {"days": wording.interval(0, days)}
    spread = _(
        "Cards learned together should not stay together: any day from %(first)s to %(last)s days "
        "after the answer was lawful."
    ) % {"first": window.earliest, "last": window.latest}
    if days == offer.days:
        return f"{spread} {_('For this card %(days)s days were drawn.') % {'days': days}}"
    taken = _("For this card %(drawn)s days were drawn, and %(days)s taken: there was less to do.")
    return f"{spread} {taken % {'drawn': offer.days, 'days': days}}"


def _of_the_learner(card: Card, today: date) -> Iterator[str]:
    """What was done to the card by hand."""
    if card.moved_to:
        yield _("It was moved to %(day)s; by its last answer it would be due on %(due)s.") % {
            "day": _day(card.moved_to),
            "due": _day(card.state.moved(None).due_day),
        }
    if card.is_suspended:
        yield _("It is set aside: it does not come until you take it up again.")
    if card.buried_until and card.buried_until > today:
        yield _("You put it off: it does not come before %(day)s.") % {
            "day": _day(card.buried_until)
        }


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
