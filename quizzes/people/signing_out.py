"""Signing out from elsewhere: sign-ins are ended, and what was kept of them goes.

The rows are those of the libraries that sign people in; this layer knows them by name alone.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet


@transaction.atomic
def sign_out(people: Collection[int], but: str = "") -> None:
    """End every sign-in of these people, of browsers and of programs; `but` one session, if named.

    What was kept of where they had signed in from goes with them.
    """
    end(_sign_ins().filter(user__in=people).exclude(session_key=but))
    end_programs(people)


@transaction.atomic
def end(sign_ins: QuerySet[Any]) -> None:
    """End these sign-ins of browsers; each is asked to sign in again when it comes next."""
    keys = list(sign_ins.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    sign_ins.filter(session_key__in=keys).delete()


@transaction.atomic
def end_programs(people: Collection[int]) -> None:
    """Let no program use these accounts any more until it signs in again."""
    _rows("authtoken.Token").filter(user__in=people).delete()


@transaction.atomic
def forget(at: datetime) -> int:
    """Delete sessions that ran out, and what was kept of sign-ins that are over; how many those."""
    Session.objects.filter(expire_date__lte=at).delete()
    gone, _by_model = over(_sign_ins()).delete()
    return gone


def over(sign_ins: QuerySet[Any]) -> QuerySet[Any]:
    """Those whose session is there no more."""
    return sign_ins.filter(~Exists(_sessions()))


def standing(sign_ins: QuerySet[Any], at: datetime) -> QuerySet[Any]:
    """Those whose session is good still, the newest first."""
    alive = sign_ins.filter(Exists(_sessions().filter(expire_date__gt=at)))
    return alive.order_by("-created_at", "-pk")


def _sessions() -> QuerySet[Session]:
    return Session.objects.filter(session_key=OuterRef("session_key"))


def _sign_ins() -> QuerySet[Any]:
    return _rows("usersessions.UserSession")


def _rows(label: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = apps.get_model(label)._default_manager.all()
    return rows
