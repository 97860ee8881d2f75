"""Whatever is sent, the answer is one of ours: never a 5xx, and never half a deed."""

import json
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.assessment.models import Response
from quizzes.cards import replaying
from quizzes.cards.models import Action, Review
from tests.api.asking import address
from tests.examining import begin, make_item, make_quiz

pytestmark = pytest.mark.django_db

# What a request changes is looked at in the test, so the fixtures need no reset in between.
once_set_up = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
FROM = st.integers(1, 0xFFFF).map(lambda n: f"2001:db8::{n:x}")  # or the limits would answer

TEXT = st.text(st.characters(exclude_categories=()))  # halves of letters too
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | TEXT
    | st.dates().map(str)
    | st.datetimes().map(lambda moment: f"{moment.isoformat()}Z")
    | st.uuids().map(str),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
ENTRY = st.fixed_dictionaries(
    {},
    optional={
        "uid": st.uuids().map(str) | JSON,
        "item": st.uuids().map(str) | JSON,
        "rating": st.integers(0, 5) | JSON,
        "answered_at": st.datetimes().map(lambda moment: f"{moment.isoformat()}Z") | JSON,
        "version": st.integers(-1, 2) | JSON,
        "interval": st.integers() | JSON,
        "duration_ms": st.integers() | JSON,
        "answer": st.fixed_dictionaries({"text": JSON}) | JSON,
    },
)

ACT = st.fixed_dictionaries(
    {},
    optional={
        "uid": st.uuids().map(str) | JSON,
        "item": st.uuids().map(str) | JSON,
        "kind": st.sampled_from([*Action.Kind, "burn"]).map(str) | JSON,
        "value": st.integers(-1, 8) | st.booleans() | JSON,
        "done_at": st.datetimes().map(lambda moment: f"{moment.isoformat()}Z") | JSON,
    },
)


@once_set_up
@given(body=JSON | st.fixed_dictionaries({"reviews": st.lists(ENTRY | JSON, max_size=3)}))
def test_no_batch_breaks_the_log(signed_in, body):
    answer = signed_in.post(address("reviews"), json.dumps(body), content_type="application/json")

    assert answer.status_code in {400, 404}
    assert {"detail", "code"} <= answer.json().keys()
    assert not Review.objects.exists()


@once_set_up
@given(body=JSON | st.fixed_dictionaries({"acts": st.lists(ACT | JSON, max_size=3)}))
def test_no_batch_of_acts_breaks_a_card(signed_in, body):
    answer = signed_in.post(address("acts"), json.dumps(body), content_type="application/json")

    assert answer.status_code in {400, 404}
    assert {"detail", "code"} <= answer.json().keys()
    assert not Action.objects.exists()


@once_set_up
@given(entry=ACT)
def test_no_act_on_a_card_that_is_there_breaks_it(signed_in, plan, book, entry):
    body = {"acts": [entry | {"item": str(book.items.first().uid)}]}
    answer = signed_in.post(address("acts"), json.dumps(body), content_type="application/json")

    assert answer.status_code in {200, 400}
    assert replaying.differences(plan.learner) == []


@once_set_up
@given(body=JSON | st.fixed_dictionaries({"uid": st.uuids().map(str) | JSON}))
def test_no_undo_breaks_anything(signed_in, body):
    answer = signed_in.post(address("undo"), json.dumps(body), content_type="application/json")

    assert answer.status_code in {400, 409}


@once_set_up
@given(
    body=JSON
    | st.fixed_dictionaries({"login": st.text(min_size=1), "password": st.text(min_size=1)}),
    place=FROM,
)
def test_no_credentials_break_the_door(client, body, place):
    sent = json.dumps(body)
    answer = client.post(
        address("tokens"), sent, content_type="application/json", REMOTE_ADDR=place
    )

    assert answer.status_code in {400, 401, 429}
    assert {"detail", "code"} <= answer.json().keys()


@once_set_up
@given(
    query=st.dictionaries(
        st.sampled_from(["page", "page_size", "kind", "chapter", "section"]), st.text()
    )
)
def test_no_query_breaks_a_list(signed_in, book, query):
    answer = signed_in.get(address("facts", book.slug), query)

    assert answer.status_code in {200, 400, 404}


@once_set_up
@given(query=st.dictionaries(st.sampled_from(["book", "limit"]), st.text()))
def test_no_query_breaks_the_queue(signed_in, plan, query):
    answer = signed_in.get(address("review-queue"), query)

    assert answer.status_code in {200, 400, 404}


@once_set_up
@given(
    slug=st.text(st.characters(exclude_characters="/", exclude_categories=["Cs"]), min_size=1),
    place=FROM,
)
def test_no_address_breaks_a_book(client, slug, place):
    answer = client.get(f"/api/v1/books/{quote(slug)}/", REMOTE_ADDR=place)

    assert answer.status_code in {400, 404, 429}


RESPONSE = st.fixed_dictionaries(
    {},
    optional={
        "question": st.integers(0, 3) | JSON,
        "sequence": st.integers(-1, 2) | JSON,
        "answer": st.fixed_dictionaries({"chosen": JSON}) | JSON,
    },
)


@pytest.fixture
def attempt(olga, book, noon):
    return begin(olga, make_quiz(book, make_item(book, "asked")), noon).attempt


@once_set_up
@given(body=JSON | st.fixed_dictionaries({"responses": st.lists(RESPONSE | JSON, max_size=3)}))
def test_no_nonsense_becomes_a_response(signed_in, attempt, body):
    address_of = address("responses", attempt.uid)
    answer = signed_in.post(address_of, json.dumps(body), content_type="application/json")

    assert answer.status_code in {200, 400, 409}
    for response in Response.objects.all():
        assert response.answer["chosen"] in ([], [0], [1], [2], [3])
