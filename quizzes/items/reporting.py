"""Reporting: a learner says what is wrong with an item, and somebody sees to it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from quizzes.items.models import ErrorReport, Item
from quizzes.people.models import User
from quizzes.refusal import Refusal

LONGEST_REPORT = 2_000


class EmptyReport(Refusal):
    """A report says something, of something that was asked."""


class ReportTooLong(Refusal):
    """A report has at most `LONGEST_REPORT` characters."""


@transaction.atomic
def report(learner: User, item: Item, text: str, at: datetime) -> ErrorReport:
    """Keep a learner's word that an item, as it is worded now, is wrong.

    The same word again, while nobody has seen to it, is the same report. Refuses with
    `EmptyReport` and `ReportTooLong`.
    """
    text = text.replace("\r\n", "\n").strip()
    asked = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    if not text or asked.revision_id is None:
        raise EmptyReport(_("Say what is wrong with this question."))
    if len(text) > LONGEST_REPORT:
        raise ReportTooLong(_("A report has at most 2,000 characters."))
    report, _is_new = ErrorReport.objects.get_or_create(
        learner=learner,
        item=asked,
        text=text,
        resolved_at=None,
        defaults={"revision_id": asked.revision_id, "created_at": at},
    )
    return report


def resolve(reports: Iterable[ErrorReport], at: datetime) -> int:
    """Note that somebody has seen to these reports; tells for how many that was new."""
    open_ones = ErrorReport.objects.filter(pk__in=[one.pk for one in reports], resolved_at=None)
    return open_ones.update(resolved_at=at)
