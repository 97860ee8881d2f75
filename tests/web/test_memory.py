"""The page of one's memory: how right the model was, fitting it, using a set and leaving it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from quizzes.cards import optimizing, planning
from quizzes.cards.models import Card, Weights
from quizzes.cards.scheduling import DEFAULT_WEIGHTS
from tests.cards.acting import GOOD, make_book, make_items, rate
from tests.cards.remembering import FORGETFUL, keep, student_log
from tests.web.test_review import text

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PAGE = "/settings/memory/"


@pytest.fixture
def student(client, reader):
    client.force_login(reader)
    return reader


@pytest.fixture
def now(student, noon, time_machine, settings):
    """After two months of a student of poor memory; jobs are done at once."""
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
    begun = noon - 100 * DAY
    items = make_items(make_book("atlas"), 60)
    planning.start(student, items[0].book, begun)
    now = keep(student, items, student_log("fsrs", 1, weights=FORGETFUL)[1], begun)
    time_machine.move_to(now, tick=False)
    return now


def a_set(student, now, **columns):
    values = {"numbers": list(DEFAULT_WEIGHTS), "loss_before": 0.4, "loss_after": 0.35}
    return Weights.objects.create(
        learner=student, review_count=99, fitted_at=now, **(values | columns)
    )


def stabilities(student):
    cards = Card.objects.filter(learner=student).order_by("pk")
    return list(cards.values_list("stability", flat=True))


def test_the_settings_lead_to_it(client, student):
    assert f'href="{PAGE}"' in client.get("/settings/").content.decode()


def test_a_beginner_is_told_what_it_takes(client, student):
    page = text(client.get(PAGE))

    assert "it takes cards that you have reviewed again on a later day" in page
    assert "A fit takes 64 reviews on later days; so far there are 0." in page
    assert "In use are the published weights" in page
    assert "Fit to my reviews" not in page


def test_what_was_foretold_is_compared_with_what_was_recalled(client, student, noon):
    [item, *_] = make_items(make_book("atlas"), 3)
    rate(student, item, GOOD, noon)
    rate(student, item, GOOD, noon + 2 * DAY)

    page = client.get(PAGE)

    assert "1 review on a later day: the model gave it 91%, and 100% was recalled." in text(page)
    assert "90–95% 1 91% 100%" in text(page)
    assert page.content.decode().count('class="chart-bar"') == 1


def test_a_fit_is_offered_and_what_it_would_change_is_shown(client, student, now):
    answer = client.post(f"{PAGE}fit/")

    assert answer["Location"] == PAGE
    fitted = Weights.objects.get(learner=student)
    page = client.get(PAGE)
    assert "A new set is ready." in text(page)
    assert f'href="{PAGE}{fitted.pk}/"' in page.content.decode()
    shown = text(client.get(f"{PAGE}{fitted.pk}/"))
    seen = optimizing.preview(student, fitted, now)
    assert f"Cards due today {seen.now.due} {seen.then.due}" in shown
    assert "Keep the present ones" in shown
    assert not Weights.objects.filter(is_current=True).exists()


def test_a_set_is_used_and_left_again(client, student, now):
    before = stabilities(student)
    fitted = optimizing.fit(student, now)

    client.post(f"{PAGE}{fitted.pk}/")

    assert stabilities(student) != before
    assert "being told again" not in text(client.get(PAGE))
    assert not Card.objects.filter(moved_to__isnull=False).exists()
    page = text(client.get(PAGE))
    assert "In use is a set that was fitted on" in page
    assert "Go back to these" in page

    client.post(f"{PAGE}published/")

    assert stabilities(student) == before
    assert f"Go back to this one : {now:%-d %B %Y}" in text(client.get(PAGE))


def test_due_days_move_where_that_is_asked_for(client, student, now):
    fitted = optimizing.fit(student, now)

    client.post(f"{PAGE}{fitted.pk}/", {"moves": "on"})

    assert Card.objects.filter(learner=student, moved_to__isnull=False).exists()


def test_a_request_puts_a_set_in_force_and_leaves_the_memories_to_the_worker(
    client, student, now, settings
):
    fitted = optimizing.fit(student, now)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    before, cards = stabilities(student), Card.objects.filter(reps__gt=0).count()

    client.post(f"{PAGE}{fitted.pk}/")

    assert optimizing.in_force(student) == fitted
    assert stabilities(student) == before
    page = client.get(PAGE)
    assert f"so far those of 0 of {cards} cards" in text(page)
    assert f'action="{PAGE}{fitted.pk}/"' in page.content.decode()

    [job] = DBTaskResult.objects.all()
    job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])

    assert stabilities(student) != before
    assert "being told again" not in text(client.get(PAGE))


def test_a_request_costs_no_more_for_many_cards(client, student, now, settings):
    fitted = optimizing.fit(student, now)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    with CaptureQueriesContext(connection) as captured:
        client.post(f"{PAGE}{fitted.pk}/")

    assert not [one for one in captured if "quizzes_review" in one["sql"]]
    assert not [one for one in captured if "quizzes_card" in one["sql"]]


def test_of_a_long_log_a_part_is_looked_at_and_the_page_says_so(
    client,
    student,
    now,
):
    fitted = optimizing.fit(student, now)
    cards = Card.objects.filter(reps__gt=0).count()
    whole = optimizing.preview(student, fitted, now)
    assert "One card in" not in text(client.get(f"{PAGE}{fitted.pk}/"))
    Card.objects.filter(learner=student).update(reps=F("reps") * 20)

    part = optimizing.preview(student, fitted, now)

    assert part.every > whole.every == 1
    assert abs(part.card_count - cards) < part.every
    shown = text(client.get(f"{PAGE}{fitted.pk}/"))
    assert f"Your log is long: one card in {part.every} was looked at" in shown
    assert f"The memories of {cards} cards are told again" in shown


def test_a_set_that_is_no_better_is_not_offered(client, student, now):
    worse = a_set(student, now, loss_after=0.41)

    assert "foretold your latest reviews no better" in text(client.get(PAGE))
    assert "No better, not used" in text(client.get(PAGE))
    assert "Use these" not in text(client.get(f"{PAGE}{worse.pk}/"))
    assert client.post(f"{PAGE}{worse.pk}/").status_code == 409


def test_a_fit_to_too_few_reviews_is_refused(client, student):
    answer = client.post(f"{PAGE}fit/")

    assert answer.status_code == 409
    assert "it takes 64" in text(answer)


def test_the_pages_take_as_many_queries_for_many_sets(
    client, student, now, django_assert_num_queries
):
    first = a_set(student, now)
    with django_assert_num_queries(6):
        client.get(PAGE)
    with django_assert_num_queries(11):
        client.get(f"{PAGE}{first.pk}/")

    for _ in range(5):
        a_set(student, now)

    with django_assert_num_queries(6):
        client.get(PAGE)
    with django_assert_num_queries(11):
        client.get(f"{PAGE}{first.pk}/")
