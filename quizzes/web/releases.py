"""Why results cannot be released yet, as the verb would say it."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.assessment import timing
from quizzes.web import clocks


def obstacles(
    last: datetime | None, unmarked: int, at: datetime, zones: tuple[str, str]
) -> list[str]:
    """What stands in the way of releasing what closes for the last of its class then."""
    found = []
    if last is None:
        found.append(_("It has no closing yet: set one, and results are released after it."))
    elif last + timing.GRACE >= at:
        closes = clocks.moment(last, *zones)
        found.append(_("Somebody may still sit it: it closes on %(closes)s.") % {"closes": closes})
    if unmarked:
        found.append(
            ngettext(
                "%(n)s answer is to be marked first.",
                "%(n)s answers are to be marked first.",
                unmarked,
            )
            % {"n": unmarked}
        )
    return found
