"""Workers as they are: processes of their own, which die in the middle of a job."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, transaction
from django.utils.timezone import now
from django_tasks_db.models import DBTaskResult

from quizzes.jobs import leasing
from quizzes.jobs.models import Periodic, Worker
from tests.jobs import chores

pytestmark = pytest.mark.django_db(transaction=True)

type Process = subprocess.Popen[bytes]


@pytest.fixture
def work(root) -> Iterator[Callable[[], Process]]:
    """Start a worker on the tests' database, with a short lease; none outlives the test."""
    started: list[Process] = []
    name = str(connection.settings_dict["NAME"])

    def work() -> Process:
        command = [sys.executable, "tests/jobs/manage_on.py", name, "work", "--lease", "2"]
        started.append(subprocess.Popen(command, cwd=root))
        return started[-1]

    yield work
    for process in started:
        process.kill()
        process.wait()


def until(is_so: Callable[[], object]) -> None:
    deadline = time.monotonic() + 40
    while not is_so():
        assert time.monotonic() < deadline, "It never came to be."
        time.sleep(0.05)


def stop(worker: Process) -> None:
    """Stop it while we write, so that it is not stopped while it does, and holds up nobody."""
    with transaction.atomic():
        worker.send_signal(signal.SIGSTOP)
        time.sleep(0.2)


def test_another_finishes_what_a_killed_worker_began(work, tmp_path):
    begun, go = tmp_path / "begun", tmp_path / "go"
    job = chores.linger.enqueue(str(begun), str(go))
    first = work()
    until(begun.exists)
    second = work()
    until(lambda: Worker.objects.count() == 2)

    first.kill()
    row = DBTaskResult.objects.get(pk=job.id)
    killed = row.worker_ids
    until(lambda: DBTaskResult.objects.get(pk=job.id).status == "READY")
    row.refresh_from_db()
    assert row.run_after > now()
    go.touch()
    DBTaskResult.objects.update(run_after=now())  # its minute is over
    until(lambda: DBTaskResult.objects.get(pk=job.id).status == "SUCCESSFUL")

    row.refresh_from_db()
    [alive] = Worker.objects.values_list("name", flat=True)
    assert (row.return_value, row.worker_ids) == (1, [*killed, alive])
    assert begun.read_text() == "began\n" * 2
    assert set(Periodic.objects.values_list("name", flat=True)) >= {"hand_in_expired"}
    assert DBTaskResult.objects.filter(task_path="quizzes.jobs.hand_in_expired").count() == 1
    second.send_signal(signal.SIGTERM)
    assert second.wait(timeout=20) == 0
    assert not Worker.objects.exists()


def test_a_worker_that_was_taken_for_dead_ends_when_it_wakes(work, tmp_path):
    begun = tmp_path / "begun"
    job = chores.linger.enqueue(str(begun), str(tmp_path / "never"))
    worker = work()
    until(begun.exists)

    stop(worker)
    assert leasing.reap(now() + leasing.LEASE) == 1
    worker.send_signal(signal.SIGCONT)

    assert worker.wait(timeout=20) == 1
    assert DBTaskResult.objects.get(pk=job.id).status == "READY"


def test_a_worker_that_must_end_gives_its_job_back_at_once(work, tmp_path):
    begun = tmp_path / "begun"
    job = chores.linger.enqueue(str(begun), str(tmp_path / "never"))
    worker = work()
    until(begun.exists)

    worker.send_signal(signal.SIGTERM)  # it would end after the job
    time.sleep(0.3)
    assert worker.poll() is None
    worker.send_signal(signal.SIGTERM)

    assert worker.wait(timeout=20) == 1
    row = DBTaskResult.objects.get(pk=job.id)
    assert (row.status, row.worker_ids) == ("READY", [])
    assert row.run_after <= now()
    assert not Worker.objects.exists()
