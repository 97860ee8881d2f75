"""What is whose: every table and column has a decision, and the decisions fit the tables."""

import inspect

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.tasks import Task

from quizzes import jobs
from quizzes.exchange import possessing
from quizzes.exchange.decisions import Act
from quizzes.people.models import User

TABLES = possessing.tables()


def test_every_table_and_column_of_every_app_has_a_decision():
    assert possessing.undecided() == {}


def test_no_decision_is_about_what_is_not_there():
    there = {model._meta.label for model in TABLES}
    stale = {
        label: extra
        for label, one in possessing.DECISIONS.items()
        if label in there
        and (extra := _mentioned(one) - possessing.columns(possessing.model_of(one)))
    }

    assert set(possessing.DECISIONS) - there == set()
    assert stale == {}


def _mentioned(one):
    named = {*one.columns, *one.left_out, *one.held, *one.untold, *one.names, *one.texts}
    return named | set(one.fate.columns)


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.label)
def test_a_column_goes_out_or_is_left_out_and_never_both(model):
    one = possessing.decided(model)

    assert not set(one.columns) & set(one.left_out)
    assert one.is_exported == bool(one.columns) == (not one.held)
    assert all((one.says, one.fate.why, *one.left_out.values()))
    assert all(named.why and named.fate.why for named in one.names.values())
    assert bool(one.fate.columns) == (one.fate.act is Act.BLANK)


@pytest.mark.parametrize("one", possessing.exported(), ids=lambda one: one.model)
def test_every_way_leads_to_a_person(one):
    for way in one.ways:
        assert _end(possessing.model_of(one), way) is User


def _end(model, way):
    for step in way.split("__"):
        if step != "pk":
            model = model._meta.get_field(step).related_model
    return model


def test_a_table_from_which_keys_lead_to_people_is_found_however_far_they_lead():
    reached = {model._meta.label for model in TABLES if possessing.reaches(model)}

    assert {"quizzes.Response", "quizzes.OptionKey", "account.EmailConfirmation"} <= reached
    assert not {"auth.Group", "quizzes.Periodic"} & reached


def test_what_nobody_decided_on_is_told(monkeypatch):
    reviews = possessing.DECISIONS["quizzes.Review"]
    monkeypatch.delitem(possessing.DECISIONS, "quizzes.Notice")
    monkeypatch.setitem(
        possessing.DECISIONS, "quizzes.Review", _without(reviews, "answer", "is_right")
    )

    assert possessing.undecided() == {
        "quizzes.Notice": {"*"},
        "quizzes.Review": {"answer", "is_right"},
    }


def _without(one, *columns):
    values = {name: getattr(one, name) for name in one.__dataclass_fields__}
    return type(one)(**values | {"columns": tuple(c for c in one.columns if c not in columns)})


def test_of_every_task_it_is_known_whom_it_names():
    tasks = {name: one for name, one in vars(jobs).items() if isinstance(one, Task)}

    assert set(tasks) - set(possessing.JOBS) == set()
    for name, place in possessing.JOBS.items():
        if name in tasks and place is not None:
            arguments = list(inspect.signature(tasks[name].func).parameters)
            assert arguments[place] in {"learner", "by"}


def test_sessions_and_jobs_of_a_person_are_found(db):
    olga, vera = (User.objects.create_user(name, f"{name}@example.org") for name in ("o", "v"))
    for person in (olga, vera):
        session = SessionStore()
        session["_auth_user_id"] = str(person.pk)
        session.save()
        jobs.fit_weights.enqueue(person.pk, "2026-03-02T12:00:00+00:00")
        jobs.send_letters.enqueue([[person.email, "Come in", "A link."]])
    jobs.weigh_released.enqueue(olga.pk, "2026-03-02T12:00:00+00:00")

    [signed_in] = possessing.sessions(olga)
    found = list(possessing.jobs(olga).order_by("enqueued_at"))

    assert signed_in.get_decoded()["_auth_user_id"] == str(olga.pk)
    assert [job.task_path for job in found] == [
        "quizzes.jobs.fit_weights",
        "quizzes.jobs.send_letters",
    ]
    assert str(vera.email) not in str([job.args_kwargs for job in found])
