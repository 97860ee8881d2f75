"""A learner says what is wrong with an item."""

from datetime import timedelta

import pytest

from quizzes.items import reporting
from quizzes.items.models import ErrorReport
from quizzes.items.reporting import (
    MOST_OPEN_REPORTS,
    EmptyReport,
    GuestsReportNothing,
    ReportTooLong,
    TooManyReports,
)
from quizzes.people.models import User
from tests.bookshelf import make_study_book

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(db):
    return make_study_book(2).items.first()


@pytest.fixture
def learner(db):
    return User.objects.create_user("olga")


def test_a_report_is_of_the_wording_that_was_read(learner, item, noon):
    report = reporting.report(learner, item, "  The year is 1936.\r\nSee p. 12. ", noon)

    report.refresh_from_db()
    assert report.text == "The year is 1936.\nSee p. 12."
    assert (report.item, report.revision, report.learner) == (item, item.revision, learner)
    assert (report.created_at, report.resolved_at) == (noon, None)


@pytest.mark.parametrize(
    ("text", "refusal"), [("", EmptyReport), (" \n ", EmptyReport), ("x" * 2_001, ReportTooLong)]
)
def test_a_report_says_something_in_few_words(learner, item, noon, text, refusal):
    with pytest.raises(refusal):
        reporting.report(learner, item, text, noon)

    assert not ErrorReport.objects.exists()


def test_an_item_without_a_wording_cannot_be_wrong(learner, item, noon):
    item.revision = None
    item.save()

    with pytest.raises(EmptyReport):
        reporting.report(learner, item, "It is empty.", noon)


def test_the_same_word_is_one_report_until_somebody_has_seen_to_it(learner, item, noon):
    first = reporting.report(learner, item, "Wrong.", noon)
    again = reporting.report(learner, item, "Wrong. ", noon + timedelta(hours=1))
    other = reporting.report(learner, item, "Wrong year.", noon)
    assert (again, ErrorReport.objects.count()) == (first, 2)

    assert reporting.resolve([first, other], noon + timedelta(days=1)) == 2
    anew = reporting.report(learner, item, "Wrong.", noon + timedelta(days=2))

    assert anew != first
    assert ErrorReport.objects.filter(resolved_at=None).count() == 1


def test_two_learners_may_say_the_same(learner, item, noon):
    for one in (learner, User.objects.create_user("ida")):
        reporting.report(one, item, "Wrong.", noon)

    assert ErrorReport.objects.count() == 2


def test_what_is_resolved_stays_so(learner, item, noon):
    report = reporting.report(learner, item, "Wrong.", noon)
    reporting.resolve([report], noon)

    assert reporting.resolve([report], noon + timedelta(days=1)) == 0
    report.refresh_from_db()
    assert report.resolved_at == noon


def test_a_guest_reports_nothing(item, noon):
    guest = User.objects.create_user("guest-1", is_guest=True)

    with pytest.raises(GuestsReportNothing):
        reporting.report(guest, item, "Wrong.", noon)

    assert not ErrorReport.objects.exists()


def test_so_many_reports_of_a_learner_wait_and_no_more(learner, item, noon):
    reports = [reporting.report(learner, item, f"{n}", noon) for n in range(MOST_OPEN_REPORTS)]

    with pytest.raises(TooManyReports, match="50 reports"):
        reporting.report(learner, item, "One more.", noon)
    assert reporting.report(learner, item, "0", noon) == reports[0]
    assert reporting.report(User.objects.create_user("ivan"), item, "Mine.", noon).pk

    reporting.resolve(reports[:1], noon)
    assert reporting.report(learner, item, "One more.", noon).pk
