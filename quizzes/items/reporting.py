"""Reporting: a learner says what is wrong with an item, and somebody sees to it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from quizzes.items.models import ErrorReport, Item
from quizzes.people.models import User
from quizzes.refusal import Refusal

LONGEST_REPORT = 2_000
MOST_OPEN_REPORTS = 50


class GuestsReportNothing(Refusal):
    """A report waits for somebody to see to it, and a guest leaves nobody to ask."""


class TooManyReports(Refusal):
    """A learner has at most `MOST_OPEN_REPORTS` that nobody has seen to."""


class EmptyReport(Refusal):
    """A report says something, of something that was asked."""


class ReportTooLong(Refusal):
    """A report has at most `LONGEST_REPORT` characters."""


@transaction.atomic
def report(learner: User, item: Item, text: str, at: datetime) -> ErrorReport:
    """Keep a learner's word that an item, as it is worded now, is wrong.

    The same word again, while nobody has seen to it, is the same report. Refuses with
    `GuestsReportNothing`, `EmptyReport`, `ReportTooLong` and `TooManyReports`.
    """
    if learner.is_guest:
        raise GuestsReportNothing(_("Create an account to report what is wrong."))
    text = text.replace("\r\n", "\n").strip()
    User.objects.select_for_update(no_key=True).get(pk=learner.pk)  # two at once are two reports
    asked = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    if not text or asked.revision_id is None:
        raise EmptyReport(_("Say what is wrong with this question."))
    if len(text) > LONGEST_REPORT:
        raise ReportTooLong(_("A report has at most 2,000 characters."))
    unseen = ErrorReport.objects.filter(learner=learner, resolved_at=None)
    if same := unseen.filter(item=asked, text=text).first():
        return same
    if unseen.count() >= MOST_OPEN_REPORTS:
        raise TooManyReports(
            _("%(most)s reports of yours wait to be seen to. Please wait until some are.")
            % {"most": MOST_OPEN_REPORTS}
        )
    return ErrorReport.objects.create(
        learner=learner, item=asked, text=text, revision_id=asked.revision_id, created_at=at
    )


def resolve(reports: Iterable[ErrorReport], at: datetime) -> int:
    """Note that somebody has seen to these reports; tells for how many that was new."""
    open_ones = ErrorReport.objects.filter(pk__in=[one.pk for one in reports], resolved_at=None)
    return open_ones.update(resolved_at=at)
