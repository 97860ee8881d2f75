"""Words for what the pages count: intervals, pages of the book, ratings."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.cards.models import Action
from quizzes.cards.scheduling import Rating
from quizzes.content.models import Citation

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def interval(minutes: int, days: int) -> str:
    """A step or an interval as a button says it: “10 min”, “8 days”."""
    if days:
        return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
    return _("%(minutes)d min") % {"minutes": minutes}


def rating(value: int, *, has_four_ratings: bool) -> str:
    """What the button of a rating is called, with two buttons or with four."""
    good = _("Good") if has_four_ratings else _("Remembered")
    return {
        Rating.AGAIN: _("Forgot"),
        Rating.HARD: _("Hard"),
        Rating.GOOD: good,
        Rating.EASY: _("Easy"),
    }[Rating(value)]


def act(action: Action, *, has_four_ratings: bool) -> str:
    """What an act that was taken back is called on the page."""
    if action.review:
        return rating(action.review.rating, has_four_ratings=has_four_ratings)
    return {
        Action.Kind.BURY: _("Not today"),
        Action.Kind.SUSPEND: _("Set aside"),
    }.get(Action.Kind(action.kind), action.get_kind_display())


def pages(citations: Iterable[Citation]) -> str:
    """The pages that citations name, each once and in their order: “pp. 5–6, 12”; else nothing."""
    ranges = {_range(c): c for c in citations if c.first_page}
    if not ranges:
        return ""
    is_one = len(ranges) == 1 and all(c.first_page == c.last_page for c in ranges.values())
    label = _("p. %(pages)s") if is_one else _("pp. %(pages)s")
    return label % {"pages": ", ".join(ranges)}


def _range(citation: Citation) -> str:
    ends = [citation.first_page or 0, citation.last_page or 0]
    if citation.numbering == Citation.Numbering.ROMAN:
        return "–".join(dict.fromkeys(map(_roman, ends)))
    return "–".join(dict.fromkeys(map(str, ends)))


def _roman(number: int) -> str:
    """A page of the front matter, in small Roman numerals."""
    letters = ""
    for value, letter in _ROMAN:
        times, number = divmod(number, value)
        letters += letter * times
    return letters
