"""What a client may not set is not set, however it is named: attempts take what they declare."""

import json
from itertools import chain

import pytest
from django.db import transaction

from quizzes.assessment.models import Assignment, Attempt, Mark, Response, Served
from tests.leaks import walking
from tests.leaks.stages import STAGES
from tests.leaks.walking import Share, Walker

MODELS = (Attempt, Served, Response, Assignment, Mark)
WRITES = {
    "attempt",
    "attempt-seen",
    "check",
    "quiz",
    "assignment",
    "api:start-attempt",
    "api:sit",
    "api:responses",
    "api:flags",
    "api:check",
    "api:hint",
    "api:hand-in",
}
VALUES = {"score": 10_000_000, "fraction": 10_000_000, "learner": 1, "sequence": 7}
OWN = Share(0, near=1, own=0, odd=0)
CHOSEN_BY_CHANCE = {"id", "uid", "seed", "order_shown", "attempt_id", "served_id", "revision_id"}


def undeclared(declared):
    """Every column of these tables under its own name, and in three ways to nest it."""
    columns = {field.attname for model in MODELS for field in model._meta.concrete_fields}
    columns |= {field.name for model in MODELS for field in model._meta.concrete_fields}
    for column in sorted(columns - set(declared)):
        value = VALUES.get(column, "2099-01-01T00:00:00Z" if column.endswith("_at") else 1)
        yield from ((column, value), (f"attempt[{column}]", value), (f"attempt.{column}", value))
        yield f"attempt__{column}", value


def rows():
    """All rows of these tables, without what is drawn anew each time."""
    return {
        model.__name__: sorted(
            json.dumps({k: v for k, v in row.items() if k not in CHOSEN_BY_CHANCE}, default=str)
            for row in model._default_manager.values()
        )
        for model in MODELS
    }


def after(walker, step, extra):
    """The rows after a step that sends something more, and the status of its answer."""
    with transaction.atomic():
        walker.client.cookies.load(walker.cookies)
        body = step.body
        if extra and step.content_type == walking.JSON:
            body = json.dumps(json.loads(body or b"{}") | extra).encode()
        elif extra:
            more = "&".join(f"{name}={value}" for name, value in extra.items())
            body = b"&".join(part for part in (body, more.encode()) if part)
        answer = walker.client.generic(step.method, step.url, body, step.content_type)
        found = rows()
        transaction.set_rollback(True)
    return found, answer.status_code


@pytest.mark.parametrize("name", ["checked", "practicing, checked"])
def test_nothing_is_set_that_is_not_declared(name, site, company, ground, tell_tried):
    words = site | STAGES[name](ground).words
    walker, before, tried = Walker(company["student"]), rows(), 0

    for step in walking.steps(words, OWN):
        if step.method != "POST" or step.route not in WRITES or step.form != "html":
            continue
        meant, _status = after(walker, step, {})
        extras = dict(undeclared({"attempt", "sequence", "answer", "question", "position"}))
        found, status = after(walker, step, extras)
        assert found in (before, meant), f"{step}: {status}"
        tried += len(extras)

    assert tried > 500
    tell_tried(tried)


def test_an_extra_field_of_a_single_answer_is_refused(site, company, ground):
    words = site | STAGES["practicing"](ground).words
    walker, before = Walker(company["student"]), rows()
    url = f"/api/v1/attempts/{words['{attempt}']}/responses/"
    answer = {"question": 4, "sequence": 1, "answer": {"text": "Iakir"}}

    for name in ("fraction", "is_settled", "tries", "saved_at", "served", "weight"):
        body = json.dumps({"responses": [answer | {name: 1}]})
        sent = walker.client.post(url, body, walking.JSON)
        assert sent.status_code == 400, name

    assert rows() == before
    assert list(chain.from_iterable(before.values())) != []
