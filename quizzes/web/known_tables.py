"""What is known by chapter and kind of fact, as a file: a line for each cell of the table."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from quizzes.analytics.progress import Known
from quizzes.web import wording
from quizzes.web.charts import Chart


def known(rows: Iterable[tuple[str, Mapping[str, Known]]]) -> Chart:
    """Chapters with their cards by kind; sums are left to whoever reads it."""
    return Chart(
        slug="kinds",
        title=_("By chapter and kind"),
        summary="",
        head=[_("Chapter"), _("Kind"), _("Cards"), _("Known"), _("In learning"), _("New")],
        rows=[
            [title, str(wording.KINDS[kind]), one.total, one.known, one.learning, one.new]
            for title, kinds in rows
            for kind, one in kinds.items()
        ],
    )
