"""Possessing: which rows of which tables are a person's, decided for every table there is.

What there is to decide on is found by looking: `paths` walks the foreign keys of every model of
every installed app towards people. `undecided` tells what nobody has decided on yet, and the
tests let it be nothing. What goes out to a person and what erasing does are read from the same
decisions.
"""

import json
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Q, QuerySet
from django_tasks_db.models import DBTaskResult

from quizzes.exchange.decisions import Possession, bank, books, outside, people, sitting, studying
from quizzes.people.models import User

DECISIONS: dict[str, Possession] = {
    one.model: one
    for room in (people, studying, sitting, books, bank, outside)
    for one in room.DECISIONS
}
"""In the order in which they go out."""

JOBS: dict[str, int | None] = {
    "discard_exports": None,
    "erase": 0,
    "finish_erasures": None,
    "fit_weights": 0,
    "forget_jobs": None,
    "forget_sign_ins": None,
    "hand_in_expired": None,
    "purge_guests": None,
    "purge_packs": None,
    "regrade": 1,
    "remind": None,
    "tell_openings": None,
    "send_letters": None,
    "tell_memories_again": 0,
    "weigh_released": None,
    "write_class_export": None,
    "write_export": None,
}
"""By task, which of its arguments is a person's primary key; none is of those that name nobody."""

_TASKS = "quizzes.jobs"


def tables() -> list[type[models.Model]]:
    """Every table of every installed app, those between many and many included."""
    found = apps.get_models(include_auto_created=True)
    return [one for one in found if not one._meta.proxy and one._meta.managed]


def decided(model: type[models.Model]) -> Possession:
    """What was decided on a table."""
    return DECISIONS[model._meta.label]


def model_of(possession: Possession) -> type[models.Model]:
    """The table that was decided on."""
    return apps.get_model(possession.model)


def exported() -> list[Possession]:
    """The decisions on tables whose rows go out to their person, in order."""
    return [one for one in DECISIONS.values() if one.is_exported]


def rows(possession: Possession, person: User) -> QuerySet[Any]:
    """A person's rows of a table, each once, whichever way leads to them; without an order."""
    theirs = Q()
    for way in possession.ways:
        theirs |= Q((way, person.pk))
    model = model_of(possession)
    found = model._base_manager.filter(theirs)
    if any(_is_many(model, way) for way in possession.ways):
        return model._base_manager.filter(pk__in=found.values("pk"))
    return found


def sessions(person: User) -> Iterator[Session]:
    """Where a person is signed in; found by opening every session that stands."""
    for session in Session.objects.order_by("pk").iterator():
        if session.get_decoded().get(SESSION_KEY) == str(person.pk):
            yield session


def jobs(person: User) -> QuerySet[DBTaskResult[Any, Any]]:
    """The jobs whose arguments name a person or their address, waiting, at work or done."""
    named = Q(args_kwargs__icontains=person.email) if person.email else Q(pk__in=[])
    for task, place in JOBS.items():
        if place is not None:
            argument = (f"args_kwargs__args__{place}", person.pk)
            named |= Q(("task_path", f"{_TASKS}.{task}"), argument)
    return DBTaskResult.objects.filter(named)


def jobs_over(words: Collection[str]) -> QuerySet[DBTaskResult[Any, Any]]:
    """The jobs that ended and in whose arguments, result or traceback one of these words stands."""
    found = Q(pk__in=[])
    for word in words:
        for spelled in {word, json.dumps(word)[1:-1]}:  # SQLite keeps JSON in ASCII
            for column in ("args_kwargs", "return_value", "traceback"):
                found |= Q((f"{column}__icontains", spelled))
    return DBTaskResult.objects.filter(found, finished_at__isnull=False)


@cache
def named_by(model: type[models.Model]) -> frozenset[str]:
    """The columns of a table that point straight at people."""
    return frozenset(
        one.name
        for one in model._meta.get_fields()
        if one.concrete and one.is_relation and one.related_model is User
    )


@cache
def reaches(model: type[models.Model]) -> frozenset[str]:
    """The columns of a table from which foreign keys lead on to people, however far."""
    near: set[type[models.Model]] = {User}
    while grown := {
        one for one in tables() if one not in near and near & {to for _name, to in _steps(one)}
    }:
        near |= grown
    return frozenset(name for name, to in _steps(model) if to in near)


def columns(model: type[models.Model]) -> frozenset[str]:
    """The names of a table's columns; what stands between many and many is a table of its own."""
    return frozenset(one.name for one in model._meta.concrete_fields)


def undecided() -> dict[str, set[str]]:
    """By table, what nobody has decided on: the whole of it (“*”), or columns."""
    found = {one._meta.label: _gaps(one) for one in tables()}
    return {label: gaps for label, gaps in found.items() if gaps}


def _gaps(model: type[models.Model]) -> set[str]:
    possession = DECISIONS.get(model._meta.label)
    if possession is None:
        return {"*"}
    own = {way for way in possession.ways if way in named_by(model)}
    decided_on = {*possession.columns, *possession.left_out, *possession.held}
    return set(named_by(model) - own - set(possession.names)) | (columns(model) - decided_on)


def _steps(model: type[models.Model]) -> list[tuple[str, type[models.Model]]]:
    return [(one.name, to) for one in model._meta.concrete_fields if (to := one.related_model)]


def _is_many(model: type[models.Model], way: str) -> bool:
    """Whether a way goes against a foreign key, so that it may lead to one row twice."""
    first = way.split("__", maxsplit=1)[0]
    return first != "pk" and not model._meta.get_field(first).concrete
