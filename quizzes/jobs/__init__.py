"""Slow work, one task each, calling one verb; delivery enqueues it and says when it is."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction
from django.tasks import Task, TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from quizzes.assessment import expiring, regrading, releasing
from quizzes.assessment.informing import Message
from quizzes.assessment.models import Assignment, Regrade
from quizzes.cards import optimizing, retelling
from quizzes.exchange import bundling, chronicling, erasing, handing_over, storing
from quizzes.exchange.chronicling import Wish
from quizzes.exchange.handing_over import ThrownAway
from quizzes.exchange.models import Export
from quizzes.jobs import heralding, posting, reminding, trying
from quizzes.people import guesting, signing_out
from quizzes.people.models import User


@task
def purge_guests(at: str) -> int:
    """Forget the guests who were idle at a moment (ISO 8601); tells how many."""
    return guesting.purge(datetime.fromisoformat(at))


@task
def forget_sign_ins(at: str) -> int:
    """Forget what was kept of sign-ins over at a moment (ISO 8601); tells how many."""
    return signing_out.forget(datetime.fromisoformat(at))


@task
def purge_packs(at: str) -> int:
    """Forget the packs that nobody loaded until a moment (ISO 8601); tells how many."""
    return storing.purge(datetime.fromisoformat(at))


@task
def remind(at: str) -> int:
    """Enqueue the letters that people wished for by a moment (ISO 8601); tells how many."""
    return reminding.remind(datetime.fromisoformat(at), post=send_letters.enqueue)


@task
def tell_openings(at: str) -> int:
    """Tell classes of what has opened by a moment (ISO 8601); tells how many notices."""
    return heralding.herald(datetime.fromisoformat(at))


@task
def hand_in_expired(at: str) -> int:
    """Hand in what has run out at a moment (ISO 8601); tells how many attempts."""
    return expiring.sweep(datetime.fromisoformat(at))


@task
def forget_jobs(at: str) -> int:
    """Delete the rows of jobs that ended long before a moment (ISO 8601); tells how many."""
    return trying.forget(datetime.fromisoformat(at))


@task
def fit_weights(learner: int, at: str) -> int:
    """Fit a learner's weights at a moment (ISO 8601); gives the set by its key, not adopted."""
    person = User.objects.get(pk=learner)
    return optimizing.fit(person, datetime.fromisoformat(at)).pk


@task
def tell_memories_again(learner: int, at: str, *, moves: bool) -> int:
    """Let a learner's memories follow the weights in force; tells how many cards that were."""
    person = User.objects.get(pk=learner)
    return retelling.tell_again(person, datetime.fromisoformat(at), moves=moves)


@task
def weigh_released(assignment: int, at: str) -> int:
    """Let what release left over bear on cards at a moment (ISO 8601); how many are left still."""
    return releasing.weigh(Assignment.objects.get(pk=assignment), datetime.fromisoformat(at))


@task
def regrade(regrade: int, by: int, act: str, at: str, text: str, link: str, why: str = "") -> int:
    """Apply or undo a regrade of many attempts at a moment (ISO 8601); how many scores changed."""
    found = Regrade.objects.select_related("assignment", "revision", "key_revision").get(pk=regrade)
    person, message = User.objects.get(pk=by), Message(text, link, why)
    is_undo = act == regrading.undo.__name__
    if found.undone_at if is_undo else found.applied_at:
        return 0  # an earlier run did it, and was ended before that was written down
    verb = regrading.undo if is_undo else regrading.apply
    portions = regrading.work_out(found)
    return len(verb(found, person, datetime.fromisoformat(at), message, portions))


def is_regrading(pk: int) -> bool:
    """Whether a regrade waits for the worker, or is being worked on; one query."""
    return pk in _unfinished(regrade)


@task
def send_letters(letters: list[list[str]]) -> int:
    """Send each letter: to whom, its subject, its text; tells how many were sent.

    A fourth part is the address at which whoever gets it can have no more of its kind.
    Of many, each becomes a job of its own: one that cannot be sent keeps no other from being sent,
    nor lets it be sent twice.
    """
    if len(letters) == 1:
        return posting.post(*letters[0])
    with transaction.atomic():
        for letter in letters:
            send_letters.enqueue([letter])
    return 0


@task
def erase(learner: int, at: str) -> None:
    """Erase somebody who asked for it at a moment (ISO 8601), or what a killed job has left."""
    erasing.erase(User.objects.get(pk=learner), datetime.fromisoformat(at))


@task
def finish_erasures(at: str) -> int:
    """See that whoever asked to be erased is, one job for each; how many had none."""
    waiting = _unfinished(erase)
    left = [one.pk for one in erasing.unfinished() if one.pk not in waiting]
    for person in left:
        erase.enqueue(person, at)
    return len(left)


@task
def write_export(export: int, at: str) -> int:
    """Write what somebody asked to take away at a moment (ISO 8601); how many bytes.

    Killed and run again, it makes the same file. One that was thrown away meanwhile is no loss.
    """
    found = Export.objects.select_related("owner").filter(pk=export).first()
    if found is None:
        return 0
    moment = datetime.fromisoformat(at)
    with suppress(ThrownAway):
        return handing_over.write(found, bundling.everything(found.owner, moment), moment).size
    return 0


@task
def write_class_export(export: int, at: str, home: str, *, has_names: bool) -> int:
    """Write a class's data of the site at an address, as they were asked for; how many bytes.

    What holds for `write_export` holds here.
    """
    found = Export.objects.select_related("owner", "classroom__book").filter(pk=export).first()
    if found is None:
        return 0
    with suppress(ThrownAway):
        return chronicling.write(found, Wish(home, has_names), datetime.fromisoformat(at)).size
    return 0


@task
def discard_exports(at: str) -> int:
    """Throw away the exports that were kept long enough at a moment (ISO 8601); how many."""
    return handing_over.discard_expired(datetime.fromisoformat(at))


def _unfinished(of: Task[..., Any]) -> set[Any]:
    """The first arguments of the jobs of a task that wait or are being worked on; one query."""
    statuses = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    rows = DBTaskResult.objects.filter(task_path=of.module_path, status__in=statuses)
    return {found["args"][0] for found in rows.values_list("args_kwargs", flat=True)}
