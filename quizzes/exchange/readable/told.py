"""What somebody was told, and what they told others."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from quizzes.exchange.readable.pages import Page, moment, page
from quizzes.exchange.tabulating import Reader
from quizzes.items.models import ErrorReport
from quizzes.people.models import Announcement, Notice


def pages(reader: Reader) -> Iterator[Page]:
    """One page: notices, announcements of one's own, reports of errors with their answers."""
    zone, person = reader.person.time_zone, reader.person
    notices = Notice.objects.filter(user=person).order_by("pk")
    announced = Announcement.objects.filter(author=person).select_related("classroom")
    reports = ErrorReport.objects.sent_by(person).select_related("revision")
    context = {
        "notices": [(moment(one.created_at, zone), one.text) for one in notices],
        "announcements": [(moment(one.created_at, zone), one) for one in announced.order_by("pk")],
        "reports": [(moment(one.created_at, zone), one) for one in reports],
    }
    if any(context.values()):
        yield page("told.html", _("What you were told, and told others"), context)
