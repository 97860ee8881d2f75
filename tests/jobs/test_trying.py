"""Jobs that raise, jobs whose worker is silent, and jobs that come back by themselves."""

from datetime import timedelta
from functools import partial

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult, get_date_max

from quizzes import jobs
from quizzes.jobs import leasing, recurring, trying
from quizzes.jobs.models import Periodic, Worker
from quizzes.jobs.recurring import Recurring
from quizzes.management import worker
from quizzes.people.models import AuditLine
from tests.jobs import chores
from tests.racing import at_once

A_SECOND, A_MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def run(job, at, name="first"):
    """Take a job that is ready and run it, as a worker of this name; whether it can be taken."""
    row = DBTaskResult.objects.get(pk=job.id)
    if row.status != "READY" or at < row.run_after < get_date_max():
        return False
    row.claim(name)
    try:
        trying.succeed(row, worker.call(row), at)
    except Exception as error:  # noqa: BLE001
        trying.fail(row, error, at)
    return True


def take(job, name):
    """The row of a job that a worker is at."""
    row = DBTaskResult.objects.get(pk=job.id)
    row.claim(name)
    return row


@pytest.mark.django_db
def test_what_raises_is_tried_again_after_each_back_off_and_then_stays_failed(noon):
    job, at = chores.stumble.enqueue(), noon

    for wait in trying.BACK_OFF:
        assert run(job, at)
        assert not run(job, at + wait - A_SECOND)
        at += wait
    assert run(job, at)

    row = DBTaskResult.objects.get(pk=job.id)
    assert [wait // A_MINUTE for wait in trying.BACK_OFF] == [1, 5, 25]
    assert (row.status, row.finished_at, len(row.worker_ids)) == ("FAILED", at, trying.TRIES)
    assert row.traceback.splitlines()[-1] == "OSError: stumbled"


@pytest.mark.django_db
def test_a_refusal_is_an_answer(noon):
    job, at = chores.say_no.enqueue(), noon

    assert run(job, at)

    assert DBTaskResult.objects.get(pk=job.id).status == "FAILED"


@pytest.mark.django_db
def test_who_runs_the_site_may_have_it_tried_again(company, noon):
    job, at = chores.say_no.enqueue(), noon
    run(job, at)
    row = DBTaskResult.objects.get(pk=job.id)

    trying.try_again(row, company["staff"], at)

    line = AuditLine.objects.get(about=row.pk)
    assert (line.actor, line.text) == (
        company["staff"],
        "Tried again: tests.jobs.chores.say_no.",
    )
    with pytest.raises(trying.NotFailed):
        trying.try_again(row, company["staff"], at)
    assert run(job, at)


@pytest.mark.django_db
def test_only_a_silent_workers_jobs_are_given_back(noon):
    leasing.sign_on("silent", noon)
    leasing.sign_on("busy", noon)
    jobs_of = {
        name: take(chores.mark.enqueue("now"), name) for name in ("silent", "busy", "unknown")
    }
    later = noon + leasing.LEASE + A_SECOND
    assert leasing.beat("busy", noon + A_MINUTE)

    assert leasing.reap(noon + leasing.LEASE) == 1  # of whom nobody knows
    assert leasing.reap(later) == 1
    assert leasing.reap(later) == 0

    assert not leasing.beat("silent", later)  # and so it ends
    assert [worker.name for worker in Worker.objects.all()] == ["busy"]
    for row in jobs_of.values():
        row.refresh_from_db()
    assert jobs_of["busy"].status == "RUNNING"
    assert jobs_of["silent"].status == jobs_of["unknown"].status == "READY"
    assert jobs_of["silent"].run_after == later + trying.BACK_OFF[0]


@pytest.mark.django_db
def test_a_worker_that_lost_its_job_decides_nothing_about_it(noon):
    leasing.sign_on("silent", noon)
    job = chores.mark.enqueue("now")
    theirs = take(job, "silent")
    leasing.reap(noon + 2 * A_MINUTE)
    ours = take(job, "other")

    assert not trying.succeed(theirs, 1, noon)
    assert not trying.fail(theirs, OSError(), noon)
    trying.interrupt(theirs, noon)
    assert DBTaskResult.objects.get(pk=job.id).status == "RUNNING"
    assert trying.succeed(ours, 2, noon)
    assert DBTaskResult.objects.get(pk=job.id).return_value == 2


@pytest.mark.django_db
def test_a_job_that_kills_every_worker_is_not_tried_for_ever(noon):
    job = chores.mark.enqueue("now")
    for number in range(trying.TRIES):
        take(job, f"worker-{number}")
        assert leasing.reap(noon) == 1

    row = DBTaskResult.objects.get(pk=job.id)
    assert row.status == "FAILED"
    assert "The worker ended during this job." in row.traceback


@pytest.mark.django_db(transaction=True)
def test_a_turn_comes_once_however_many_workers_look(noon):
    often = (Recurring(chores.mark, timedelta(minutes=5), "Mark"),)
    for at, enqueued in ((noon, 1), (noon + A_MINUTE, 1), (noon + 5 * A_MINUTE, 2)):
        at_once([partial(recurring.tick, at, often)] * 4)
        assert DBTaskResult.objects.count() == enqueued
        DBTaskResult.objects.update(status="SUCCESSFUL")

    assert recurring.tick(noon + timedelta(days=2, minutes=1), often) == 1  # all missed turns
    row = Periodic.objects.get()
    assert row.due_at == noon + timedelta(days=2, minutes=5)
    assert recurring.tick(row.due_at, often) == 0  # the last still waits


@pytest.mark.django_db
def test_every_turn_can_be_run(noon):
    assert recurring.tick(noon) == len(recurring.RECURRING)

    for one in recurring.RECURRING:
        assert one.task.func(noon.isoformat()) == 0


@pytest.mark.django_db
def test_letters_leave_no_address_behind(noon):
    at = noon
    letters = [[f"{name}@example.org", "Subject", "Text"] for name in ("anna", "boris")]
    run(jobs.send_letters.enqueue(letters), at)

    each = list(DBTaskResult.objects.all())
    assert len(each) == 2
    for row in each:
        run(row, at)

    assert {letter.to[0] for letter in mail.outbox} == {"anna@example.org", "boris@example.org"}
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db
def test_rows_of_old_jobs_go(noon):
    at = noon
    run(chores.mark.enqueue("now"), at)
    run(chores.say_no.enqueue(), at)
    waiting = chores.mark.enqueue("now")

    kept = [
        (trying.forget(at + days), DBTaskResult.objects.count())
        for days in (trying.KEPT, trying.KEPT + A_SECOND, trying.KEPT_FAILED + A_SECOND)
    ]

    assert kept == [(0, 3), (1, 2), (1, 1)]
    assert DBTaskResult.objects.get().pk == DBTaskResult.objects.get(pk=waiting.id).pk
