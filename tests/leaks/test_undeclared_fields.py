"""No way to write takes a field that it does not declare, whatever the field is called.

Each is asked twice as a policy has it: as it is, and with every column of every table beside it.
The rows are the same afterwards. Declared is what the policy sends and what the page's own form
has.
"""

import json
import re
from zlib import crc32

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import reverse

from quizzes.web.editor_forms import QuestionForm
from tests import profiles
from tests.cast import MEMBERS
from tests.leaks.walking import JSON, Walker
from tests.test_access import OURS

DONE = {200, 201, 204, 302}
REFUSED = {400, 404, 409, 422}
BY_CHANCE = {
    *("uid", "seed", "order_shown", "secret", "slug", "siblings", "password", "join_code"),
    *("calendar_key", "about", "batch", "link"),
}
NOT_FIELDS = {"csrfmiddlewaretoken", "next", "action", "act", "go", "name"}
DECLARED = {
    "edit-item": set(QuestionForm.base_fields),
    "new-item": set(QuestionForm.base_fields),
    "review": {"typed", "chosen", "duration_ms"},
    "study": {"chapter"},
}
"""What pages take of some questions and cards, though not of the one that is shown here."""
MODELS = [model for model in apps.get_app_config("quizzes").get_models() if model._meta.managed]
COLUMNS = sorted(
    {name for model in MODELS for field in model._meta.concrete_fields
     for name in (field.name, field.attname)} - NOT_FIELDS
)  # fmt: skip
VALUES = {
    "role": "instructor",
    "state": "retired",
    "kind": "essay",
    "email": "taken@example.org",
    "username": "taken",
}


PARTS = 6
"""Each is tried on one site: it takes longer to make than to ask."""
EVERY = profiles.count(gate=6, trust=1)
"""So many ways to write share one that is tried: `make trust` tries all."""


def writes():
    """Ways to write that policies have and somebody is let in by, and the first who is."""
    for name, ways in OURS.items():
        for number, ask in enumerate(ways):
            members = [one for one in reversed(MEMBERS) if ask.answers[one] in DONE]
            is_tried = crc32(f"{name}-{number}".encode()) % EVERY == 0
            if ask.method != "GET" and members and is_tried:
                yield name, ask, members[0]


def filled(value, site):
    """A body or an argument with the uids that its words stand for."""
    said = json.dumps(value)
    for word, uid in site.items():
        said = said.replace(word, uid)
    return json.loads(said)


def rows():
    """All rows of all tables, without what is drawn anew each time."""
    return {
        model.__name__: sorted(
            json.dumps({k: v for k, v in row.items() if k not in BY_CHANCE}, default=str)
            for row in model._default_manager.values()
        )
        for model in MODELS
    }


def forms(walker, url):
    """The names of the fields that the page of this address has."""
    with transaction.atomic():
        page = walker.client.get(url)
        transaction.set_rollback(True)
    said = page.content.decode() if page.status_code == 200 and not page.streaming else ""
    return set(re.findall(r'name="([^"]+)"', said))


def extras(declared):
    """Every column that is not declared, by its own name and nested in two ways."""
    names = [column for column in COLUMNS if column not in declared]
    return {
        told: VALUES.get(name, "2099-01-01T00:00:00Z" if name.endswith("_at") else "1")
        for name in names
        for told in (name, f"item[{name}]", f"user.{name}")
    }


def after(walker, url, ask, body, *, is_api):
    """The status of the answer and the rows after it, and all is as before again."""
    walker.client.cookies.load(walker.cookies)
    with transaction.atomic():
        if is_api:
            sent = walker.client.generic(ask.method, url, json.dumps(body), content_type=JSON)
        else:
            sent = walker.client.post(url, body)
        found = rows()
        transaction.set_rollback(True)
    return sent.status_code, found


@pytest.fixture(autouse=True)
def _any_number_of_fields(settings):
    """Else a form is refused for having too many, before anybody looks at them."""
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = None


@pytest.mark.parametrize("part", range(PARTS))
def test_a_field_that_is_not_declared_changes_nothing(part, site, company, tell_tried):
    tried = 0
    for name, ask, member in list(writes())[part::PARTS]:
        is_api = name.startswith("api:")
        url = reverse(name, kwargs=filled(dict(ask.args), site))
        body = filled(dict(ask.body), site)
        walker = Walker(company[member])
        more = extras(set(body) | forms(walker, url) | DECLARED.get(name, set()))

        meant, as_meant = after(walker, url, ask, body, is_api=is_api)
        found, as_found = after(walker, url, ask, body | more, is_api=is_api)

        assert found in {meant, *REFUSED}, (name, ask)
        changed = [table for table in as_meant if as_meant[table] != as_found[table]]
        assert found != meant or changed == [], (name, ask, changed)
        tried += len(more)
    tell_tried(tried)
