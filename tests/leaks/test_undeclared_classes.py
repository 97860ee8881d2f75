"""What a page of a class does not ask for is not set, however it is named."""

import json

from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from quizzes.people.models import (
    Announcement,
    AuditLine,
    Classroom,
    Enrollment,
    Invitation,
    Notice,
    User,
)
from tests.areas.classes import PAGES

MODELS = (User, Classroom, Enrollment, Invitation, Announcement, Notice, AuditLine)
DRAWN = {"id", "uid", "about", "secret", "join_code", "password", "username", "user_id"}
DRAWN |= {"classroom_id", "issued_by_id", "link"}
"""What is drawn or counted anew each time that something is made."""
VALUES = {"role": "instructor", "is_staff": "on", "is_superuser": "on", "time_percent": "900"}
ASKERS = ("student", "stranger", "instructor")


def rows():
    return {
        model.__name__: sorted(
            json.dumps({k: v for k, v in row.items() if k not in DRAWN}, default=str)
            for row in model._default_manager.values()
        )
        for model in MODELS
    }


def undeclared(body):
    """Every column of these tables under its own name, and in three ways to nest it."""
    fields = [field for model in MODELS for field in model._meta.concrete_fields]
    columns = {name for field in fields for name in (field.attname, field.name)}
    for column in sorted(columns - set(body)):
        value = VALUES.get(column, "2099-01-01T00:00" if column.endswith("_at") else "1")
        for name in (column, f"form[{column}]", f"form.{column}", f"user__{column}"):
            yield name, value


def after(site, member, name, ask, extra):
    """The rows after this was asked, and the status of the answer."""
    body = json.dumps(dict(ask.body))
    for word, uid in site.items():
        body = body.replace(word, uid)
    url = reverse(name, kwargs={part: site.get(word, word) for part, word in ask.args.items()})
    client = Client()
    client.force_login(member)
    with transaction.atomic():
        cache.clear()
        answer = client.post(url, json.loads(body) | extra)
        found = rows()
        transaction.set_rollback(True)
    return found, answer.status_code


def test_nothing_of_a_class_is_set_that_is_not_declared(site, company, tell_tried):
    tried, written = 0, 0
    User.objects.update(last_login=None)
    before = rows()

    for name, ways in PAGES.items():
        for ask in (one for one in ways if one.method == "POST"):
            extra = dict(undeclared({*ask.body, "notice", "student"}))
            for asker in ASKERS:
                meant, status = after(site, company[asker], name, ask, {})
                found, answered = after(site, company[asker], name, ask, extra)
                assert (found, answered) == (meant, status), f"{name} by {asker}"
                tried += len(extra)
                written += found != before

    assert written > 20
    tell_tried(tried)
