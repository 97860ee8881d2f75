"""A plan on the way to an exam, days off, and a backlog: with script and without, for every eye."""

from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from quizzes.cards.models import Card
from quizzes.items.models import Item
from quizzes.people.models import User
from tests.cards.acting import due
from tests.journeys.conftest import Visitor, Visits
from tests.journeys.test_every_page import look


@pytest.fixture
def learner(visitor: Visitor, student: User) -> Visitor:
    visitor.come_as(student)
    return visitor


def test_an_exam_is_set_followed_and_given_up(learner: Visitor, student: User):
    page = learner.page
    day = now().date() + timedelta(days=9)

    learner.go("/plan/lights/")
    page.get_by_label("Day of the exam").fill(day.isoformat())
    page.get_by_label("Minutes a day", exact=True).fill("1")
    page.get_by_role("group", name="Chapters that it covers").get_by_label("Introduction").check()
    learner.press("Save the exam")
    expect(page.get_by_text("Your exam is saved.")).to_be_visible()
    expect(page.get_by_text("would recall 0% if you did nothing more")).to_be_visible()

    learner.go("/today/")
    expect(page.get_by_role("heading", name="Exam on The Strike of the Lights")).to_be_visible()
    expect(page.get_by_role("heading", name="Two cards are ready.")).to_be_visible()
    learner.press("Change the exam")
    learner.press("There is no exam")
    expect(page.get_by_text("There is no exam any more.")).to_be_visible()


def test_other_numbers_are_tried(learner: Visitor):
    learner.go("/plan/lights/")
    tried = learner.page.get_by_role("region", name="What if")
    tried.get_by_label("New cards a day").fill("2")
    learner.press("Show the days ahead")

    expect(learner.page.get_by_role("link", name="Back to the plan’s numbers")).to_be_visible()
    expect(tried.get_by_label("New cards a day")).to_have_value("2")
    study = learner.page.get_by_role("region", name="What is studied, and how")
    expect(study.get_by_label("New cards a day")).to_have_value("10")


def test_days_off_are_entered_and_removed(learner: Visitor):
    learner.go("/settings/")
    learner.page.get_by_label("From").fill("2031-05-01")
    learner.page.get_by_label("Until, this day included").fill("2031-05-04")
    learner.press("Add days off")
    expect(learner.page.get_by_text("Thursday 1 May until Sunday 4 May 2031")).to_be_visible()

    learner.press("Remove")
    expect(learner.page.get_by_text("Thursday 1 May until Sunday 4 May 2031")).to_have_count(0)


def backlog(student: User) -> None:
    for item in Item.objects.all():
        due(student, item, now().date() - timedelta(days=20))


def test_a_backlog_is_looked_at_spread_and_taken_back(learner: Visitor, student: User):
    backlog(student)
    before = list(Card.objects.order_by("pk").values_list("due_day"))
    learner.go("/today/catch-up/")
    learner.page.get_by_label("Cards today").fill("4")
    learner.page.get_by_label("Days for the rest").fill("2")
    learner.press("Show these numbers")
    learner.press("Spread them so")
    expect(learner.page.get_by_text("8 cards were moved.")).to_be_visible()

    learner.press("Undo: all due as before")
    expect(learner.page.get_by_text("All cards are due again when they were.")).to_be_visible()
    assert list(Card.objects.order_by("pk").values_list("due_day")) == before


def test_the_pages_of_an_exam_and_of_a_backlog_are_readable(visit: Visits, student: User):
    backlog(student)
    visitor = visit()
    visitor.come_as(student)
    visitor.go("/today/catch-up/?now=4&days=2")
    look(visitor.page)
    visitor.press("Spread them so")
    expect(visitor.page.get_by_text("were moved")).to_be_visible()
    look(visitor.page)

    plan = student.plans.get()
    plan.exam_on, plan.minutes_a_day = now().date() + timedelta(days=2), 1
    plan.save()
    for address in ("/today/", "/plan/lights/"):
        visitor.go(address)
        expect(visitor.page.get_by_text("if you did nothing more")).to_be_visible()
        look(visitor.page)
