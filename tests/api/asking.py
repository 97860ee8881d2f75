"""How the tests ask the API, and what they read off a refusal."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse


def address(name, *args):
    return reverse(f"api:{name}", args=args)


def post(client, name, body, *args, **headers):
    return client.post(address(name, *args), body, content_type="application/json", **headers)


def faults(answer):
    """Index and field of each error."""
    return [(error["index"], error["field"]) for error in answer.json()["errors"]]


def cost(client, url, **query):
    """How many queries an answer takes, without those that only count strangers' requests."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url, query).status_code == 200
    return len([query for query in queries if "studyapp_cache" not in query["sql"]])
