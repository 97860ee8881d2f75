import re

import pytest
from django.core.management import call_command
from django.urls import URLPattern, reverse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from quizzes.api import urls
from quizzes.people import joining
from tests.api.asking import address
from tests.examining import make_assignment, make_item, make_quiz, take

UNSAFE = {"post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def schema():
    return SchemaGenerator().get_schema(request=None, public=True)


def routes():
    return [route for route in urls.urlpatterns if str(route.pattern).startswith("v1/")]


def path_of(route: URLPattern) -> str:
    return "/api/" + re.sub(r"<\w+:(\w+)>", r"{\1}", str(route.pattern))


def operations(schema):
    return [
        (path, method, operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]


def test_the_schema_is_made_without_a_warning_and_is_valid(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema"))


def test_the_schema_is_openapi_3_1(schema):
    assert schema["openapi"] == "3.1.0"
    validate_schema(schema)


def test_the_schema_names_exactly_the_routes_and_their_methods(schema):
    told = {path: set(methods) for path, methods in schema["paths"].items()}
    real = {
        path_of(route): set(route.callback.cls.http_method_names) - {"options", "head"}
        for route in routes()
    }

    assert told == real


def test_every_operation_says_what_it_is_for_and_how_it_refuses(schema):
    for path, method, operation in operations(schema):
        answers = set(operation["responses"])
        assert operation["summary"].endswith("."), path
        assert "400" in answers, (path, method)
        assert answers & {"200", "204"}, (path, method)
        if {} not in operation.get("security", [{}]):
            assert "401" in answers, (path, method)
        if method in UNSAFE and operation.get("security"):
            assert "403" in answers, (path, method)


def test_no_shape_that_is_read_is_also_shown(schema):
    def named(part):
        return set(re.findall(r"#/components/schemas/(\w+)", str(part)))

    taken, shown = set[str](), set[str]()
    for _path, _method, operation in operations(schema):
        taken |= named(operation.get("requestBody", {}))
        shown |= named(operation["responses"])
    assert taken
    assert not taken & shown


@pytest.mark.django_db
@pytest.mark.parametrize("route", [route.name for route in routes()])
def test_an_unknown_parameter_is_refused_everywhere(signed_in, olga, book, route, schema, noon):
    quiz = make_quiz(book, make_item(book, "asked"))
    attempt = take(olga, quiz, noon)
    room = joining.open_classroom(olga, book, "Ours", noon)
    given = make_assignment(room, quiz, noon)
    parts = {"book": book.slug, "fact": "term-0", "quiz": quiz.uid, "attempt": attempt.uid}
    parts |= {"assignment": given.uid, "classroom": room.uid}
    wanted = {name: parts[name] for name in arguments(route)}
    url = reverse(f"api:{route}", kwargs=wanted)
    [method, *_] = (m for path, m, _o in operations(schema) if path == template(route))

    answer = signed_in.generic(
        method.upper(), f"{url}?surprise=1", "{}", content_type="application/json"
    )

    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == ["surprise"]


def arguments(name):
    return re.findall(r"{(\w+)}", template(name))


def template(name):
    return next(path_of(route) for route in routes() if route.name == name)


@pytest.mark.django_db
def test_the_schema_is_served_to_everyone(client):
    answer = client.get(address("schema"), HTTP_ACCEPT="application/vnd.oai.openapi+json")

    assert answer.status_code == 200
    assert answer.json()["info"]["title"] == "Reading Room"
    assert "Authorization" in answer.json()["info"]["description"]


@pytest.mark.django_db
def test_the_page_of_the_schema_loosens_the_policy_for_icons_alone(client):
    page = client.get(address("docs"))
    strict = client.get(reverse("healthz"))

    assert page.status_code == 200
    policy, usual = (
        dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
        for answer in (page, strict)
    )
    assert policy.pop("img-src") == "'self' data:"
    assert {name: usual[name] for name in policy} == policy


@pytest.mark.django_db
def test_the_page_of_the_schema_takes_its_parts_from_here(client):
    page = client.get(address("docs")).content.decode()

    assert re.findall(r'(?:src|href)="(?!/)', page) == []
    script = client.get(address("docs") + "?script=")
    assert script["Content-Type"] == "application/javascript"
