"""Who teaches one class and may be asked the same in another is told no key by any page of theirs.

Not in words, nor by what would be otherwise if another answer were right. Marks are told, and so
they stay as they are when the keys are turned.
"""

from datetime import timedelta
from uuid import uuid4

import pytest

from quizzes.assessment import withholding
from quizzes.assessment.models import Assignment, Attempt, Quiz, Regrade, Reservation, Served
from quizzes.items import reporting
from quizzes.items.models import ErrorReport, Item
from quizzes.people import joining
from quizzes.people.models import AuditLine, Classroom
from quizzes.web.teaching_urls import teaching_urls
from tests import profiles
from tests.leaks import planting, walking
from tests.leaks.test_interference import CHANCE, differing
from tests.leaks.walking import Share, Walker

ROUTES = {str(one.name) for one in teaching_urls}
ALL = Share(0, near=1, own=1, odd=0)
TELLING = {
    *("print-key", "essay", "new-regrade", "regrade", "regrades", "paper", "class-reports"),
    *("bank", "bank-item", "preview-item", "edit-item", "class-audit", "gradebook-cell"),
}
"""Some routes that tell what is right to who teaches, as long as nothing is kept from them."""
BY_LETTERS = {"print-key", "item-analysis", "regrade", "regrades", "paper", "class-reports"}
"""Some that could tell it in other words than those of the key."""
RANDOM = {"preview", "preview-quiz", "gradebook-xlsx"}
"""What is drawn anew whenever it is looked at, or says when that was: no two looks are the same."""


@pytest.fixture
def teacher(site, company):
    """Keys, and what somebody wrote of them, are planted; not the teacher's own questions."""
    for item in others(company["instructor"]):
        planting.plant(item)
    for regrade in Regrade.objects.select_related("revision__item"):
        said = planting.token(regrade.revision.item, "reason")
        Regrade.objects.filter(pk=regrade.pk).update(reason=said)
        AuditLine.objects.filter(act__in=withholding.REGRADES).update(text=said)
    for report in ErrorReport.objects.select_related("item"):
        said = planting.token(report.item, "report")
        ErrorReport.objects.filter(pk=report.pk).update(text=said, answer=said)
        AuditLine.objects.filter(act=reporting.ACT, about=report.item.uid).update(text=said)
    return company["instructor"]


def others(teacher):
    return Item.objects.filter(revision__isnull=False).exclude(book__owner=teacher)


def keep_everything(teacher, noon):
    """All of it may be asked the teacher by an exam to come, of the class where they study."""
    theirs = Classroom.objects.get(name="Theirs")
    joining.enroll(theirs, teacher, noon)
    quiz, opens_at = Quiz.objects.published()[0], noon + timedelta(hours=1)
    exam = Assignment.objects.create(
        classroom=theirs, quiz=quiz, created_at=noon, opens_at=opens_at
    )
    Reservation.objects.bulk_create(
        Reservation(assignment=exam, item=item) for item in others(teacher)
    )


def sit_everything(teacher, noon):
    """All of it is asked the teacher by practice that they have begun."""
    attempt = Attempt.objects.create(
        start_uid=uuid4(),
        learner=teacher,
        quiz=Quiz.objects.published()[0],
        number=9,
        started_at=noon,
    )
    Served.objects.bulk_create(
        Served(attempt=attempt, position=number, revision=item.revision)
        for number, item in enumerate(others(teacher), start=1)
    )


def walk(teacher, site, routes):
    """What travels for each way to open these pages, without chance."""
    walker = Walker(teacher)
    for step in walking.steps(site, ALL):
        if step.route in routes and step.form == "html" and step.method == "GET":
            yield step, CHANCE.sub(b"?", planting.travels(walker.go(step))), 0


def telling(walked):
    return {step.route for step, travelled, _queries in walked if planting.told(travelled)}


def test_no_page_of_a_teacher_tells_the_key_of_what_they_may_be_asked(
    teacher, site, noon, tell_tried
):
    assert telling(walk(teacher, site, TELLING)) == TELLING
    keep_everything(teacher, noon)

    before = list(walk(teacher, site, ROUTES))
    again = profiles.count(BY_LETTERS, ROUTES) - RANDOM
    for item in others(teacher):
        planting.turn_key(item)
    after = list(walk(teacher, site, again))

    assert telling(before) == set()
    same = [one for one in before if one[0].route in again]
    assert list(differing(same, after)) == []
    said = [one for _step, one, _queries in before if str(withholding.WHY).encode() in one]
    assert len(said) > len(TELLING)
    tell_tried(len(before) + len(after))


def test_no_page_of_a_teacher_tells_the_key_of_what_they_are_asked_just_now(
    teacher, site, noon, tell_tried
):
    sit_everything(teacher, noon)

    walked = list(walk(teacher, site, profiles.count(TELLING, ROUTES)))

    assert telling(walked) == set()
    assert {step.route for step, *_rest in walked} >= TELLING
    tell_tried(len(walked))
