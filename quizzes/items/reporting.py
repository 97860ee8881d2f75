"""Reporting: a learner says what is wrong with an item, and somebody sees to it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from quizzes.items import rendering
from quizzes.items.models import ErrorReport, Item, Revision
from quizzes.people import auditing, notifying
from quizzes.people.models import Classroom, Enrollment, User
from quizzes.refusal import Refusal

Outcome = ErrorReport.Outcome
ACT = "answer-reports"

LONGEST_REPORT = LONGEST_ANSWER = 2_000
_LONGEST_STEM = 80
MOST_OPEN_REPORTS = 50


class GuestsReportNothing(Refusal):
    """A report waits for somebody to see to it, and a guest leaves nobody to ask."""


class TooManyReports(Refusal):
    """A learner has at most `MOST_OPEN_REPORTS` that nobody has seen to."""


class EmptyReport(Refusal):
    """A report says something, of something that was asked."""


class ReportTooLong(Refusal):
    """A report has at most `LONGEST_REPORT` characters."""


class NothingToAnswer(Refusal):
    """There is a report to answer, and nobody has answered it meanwhile."""


class EmptyAnswer(Refusal):
    """Whoever is told that a question stays as it is must be told why, and not at any length."""


@transaction.atomic
def report(
    learner: User,
    item: Item,
    text: str,
    at: datetime,
    classroom: Classroom | None = None,
    revision: Revision | None = None,
) -> ErrorReport:
    """Keep a learner's word that an item is wrong, as it is worded now or in the revision named.

    Those who teach the classroom answer it; without one the item's owner does. The same word
    again, while nobody has seen to it, is the same report. Refuses with `GuestsReportNothing`,
    `EmptyReport`, `ReportTooLong` and `TooManyReports`.
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
        learner=learner,
        item=asked,
        text=text,
        revision_id=revision.pk if revision else asked.revision_id,
        created_at=at,
        classroom=classroom,
    )


def class_of(learner: User, item: Item) -> Classroom | None:
    """The class whose staff answer what a learner reports outside an assignment.

    It is the one on the item's book that they joined last, and still are a student of.
    """
    places = Enrollment.objects.filter(user=learner, role=Enrollment.Role.STUDENT)
    current = places.filter(classroom__book=item.book_id, classroom__archived_at=None)
    newest = current.select_related("classroom").order_by("-joined_at", "-pk").first()
    return newest.classroom if newest else None


@transaction.atomic
def answer(
    reports: Iterable[ErrorReport], by: User, outcome: Outcome, text: str, link: str, at: datetime
) -> int:
    """Answer reports of one item: each learner is told what came of it, and a line says who did.

    `link` is where a learner finds their reports. Those that somebody answered meanwhile keep that
    answer; tells how many there were. Refuses with `EmptyAnswer` and `NothingToAnswer`.
    """
    text = text.replace("\r\n", "\n").strip()
    _ensure_says_enough(outcome, text)
    wanted = ErrorReport.objects.open().filter(pk__in=[one.pk for one in reports])
    held = wanted.select_for_update(of=("self",), no_key=True)
    found = list(held.select_related("item__revision", "classroom").order_by("pk"))
    if not found:
        raise NothingToAnswer(_("Choose at least one report that nobody has answered yet."))
    wanted.filter(pk__in=[one.pk for one in found]).update(
        resolved_at=at, outcome=outcome, answer=text, answered_by=by
    )
    said = _("Your report on “%(question)s” is answered: %(outcome)s.") % {
        "question": _stem(found[0].item),
        "outcome": outcome.label,
    }
    notifying.tell([one.learner_id for one in found], str(said), link, at)
    _note(found, by, outcome, text, at)
    return len(found)


def _ensure_says_enough(outcome: Outcome, text: str) -> None:
    if outcome == Outcome.RIGHT and not text:
        raise EmptyAnswer(_("Say why the question is right as it stands."))
    if len(text) > LONGEST_ANSWER:
        raise EmptyAnswer(_("An answer has at most 2,000 characters."))


def _stem(item: Item) -> str:
    words = rendering.bare(item.revision.stem_html) if item.revision else item.slug
    return words if len(words) <= _LONGEST_STEM else words[: _LONGEST_STEM - 1].rstrip() + "…"


def _note(answered: list[ErrorReport], by: User, outcome: Outcome, text: str, at: datetime) -> None:
    """A line for each class that these came from."""
    rooms = {one.classroom_id: one.classroom for one in answered}
    for key, room in rooms.items():
        count = sum(one.classroom_id == key for one in answered)
        said = ngettext(
            "%(count)d report answered: %(outcome)s. %(text)s",
            "%(count)d reports answered: %(outcome)s. %(text)s",
            count,
        ) % {"count": count, "outcome": outcome.label, "text": text}
        auditing.note(by, ACT, answered[0].item.uid, said.strip(), at, room)


def resolve(reports: Iterable[ErrorReport], at: datetime) -> int:
    """Note that somebody has seen to these reports; tells for how many that was new."""
    open_ones = ErrorReport.objects.filter(pk__in=[one.pk for one in reports], resolved_at=None)
    return open_ones.update(resolved_at=at)
