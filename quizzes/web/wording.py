"""Words for what the pages count: intervals, pages of the book, ratings."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quizzes.assessment.grading import Remark
from quizzes.cards.models import Action, Review
from quizzes.cards.scheduling import Rating
from quizzes.content.models import Citation, Fact
from quizzes.items.fractions import FULL_FRACTION

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)

_MONTH, _YEAR = 30.4, 365.25
_SOME_MONTHS, _SOME_YEARS = 61, 730

_SMALL = (
    "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
).split()

KINDS: dict[str, str | Promise] = {
    Fact.Kind.FIGURE: gettext_lazy("Figures"),
    Fact.Kind.EVENT: gettext_lazy("Dates"),
    Fact.Kind.ARGUMENT: gettext_lazy("Arguments"),
    Fact.Kind.TERM: gettext_lazy("Terms"),
    Fact.Kind.QUANTITY: gettext_lazy("Quantities"),
    Fact.Kind.PLACE: gettext_lazy("Places"),
    "": gettext_lazy("Other facts"),
}
"""What is asked for, by the kind of fact, as the head of a column says it."""


FLAGS = (
    *(gettext_lazy("No flag"), gettext_lazy("Red"), gettext_lazy("Orange"), gettext_lazy("Green")),
    *(gettext_lazy("Blue"), gettext_lazy("Pink"), gettext_lazy("Turquoise")),
    gettext_lazy("Purple"),
)
"""What the flags 0 to 7 are called."""


def in_words(count: int) -> str:
    """A number as a sentence begins with it: “Eighteen”; above twenty in figures."""
    return _SMALL[count].capitalize() if count < len(_SMALL) else f"{count:,}"


def marks(units: int) -> str:
    """A mark in units of 10⁻⁷ as people write it: “6”, “6.5”, “0.67”."""
    return f"{units / FULL_FRACTION:.2f}".rstrip("0").rstrip(".")


def score(earned: int, points: int) -> str:
    """A result in words: “Six of eight”; with parts of a point in figures."""
    whole, rest = divmod(earned, FULL_FRACTION)
    if rest or points >= len(_SMALL):
        return _("%(earned)s of %(points)s") % {"earned": marks(earned), "points": points}
    return _("%(earned)s of %(points)s") % {
        "earned": in_words(whole) if whole else _("None"),
        "points": in_words(points).lower(),
    }


def remark(found: Remark, answer: str) -> str:
    """What a grade says beside its mark, with the answer that was wanted."""
    return {
        Remark.NOT_ANSWERED: _("There is no answer."),
        Remark.TOO_EXACT: _("The book says only “%(answer)s”."),
        Remark.NOT_EXACT_ENOUGH: _("The book is more exact: “%(answer)s”."),
        Remark.NOT_UNDERSTOOD: _("This could not be understood."),
        Remark.WRONG_BOUND: _("The number is right; the book says “%(answer)s”."),
        Remark.BY_A_PERSON: _("An instructor marks this."),
    }[found] % {"answer": answer}


def diagnosis(firm: Sequence[str], missed: Mapping[str, int]) -> str:
    """Which kinds of fact are firm, and how many questions of which kinds were missed."""
    said = []
    if firm:
        kinds = _listed([str(KINDS[kind]).lower() for kind in firm]).capitalize()
        said.append(_("%(kinds)s are firm.") % {"kinds": kinds})
    if any(missed.values()):
        parts = [
            _("%(number)s on %(kind)s")
            % {"number": in_words(number).lower(), "kind": str(KINDS[kind]).lower()}
            for kind, number in missed.items()
            if number
        ]
        said.append(_("Missed: %(parts)s.") % {"parts": _listed(parts)})
    return " ".join(said)


def _listed(words: Sequence[str]) -> str:
    """“a”, “a and b”, “a, b and c”."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def interval(minutes: int, days: int) -> str:
    """A step or an interval as a button says it: “10 min”, “8 days”."""
    if days:
        return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
    return _("%(minutes)d min") % {"minutes": minutes}


def figure(days: float | None) -> str:
    """A stability in a table, in days: “0.4”, “12.3”; else a dash."""
    return "–" if days is None else f"{days:,.1f}"


def stability(days: float) -> str:
    """How long a memory lasts, as one would say it: “7 hours”, “12 days”, “5 months”."""
    if days < 1:
        hours = max(1, round(24 * days))
        return ngettext("%(hours)d hour", "%(hours)d hours", hours) % {"hours": hours}
    if days < _SOME_MONTHS:
        return interval(0, round(days))
    if days < _SOME_YEARS:
        months = round(days / _MONTH)
        return ngettext("%(months)d month", "%(months)d months", months) % {"months": months}
    years = round(days / _YEAR)
    return ngettext("%(years)d year", "%(years)d years", years) % {"years": years}


def missed(times: int) -> str:
    """That a card was missed again and again."""
    return _("You have missed this %(times)s times.") % {"times": in_words(times).lower()}


def verdict(review: Review) -> str:
    """What a machine found of an answer, and whether the learner said otherwise."""
    if review.is_right is None:
        return ""
    if review.is_right:
        return _("right")
    return _("wrong, counted as right by you") if review.is_overruled else _("wrong")


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
