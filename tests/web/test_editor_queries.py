"""The editor asks the database as often for a long question as for a short one."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.bookshelf import make_study_book
from tests.web.editing import options, typed, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def book():
    return make_study_book(12)


def cost(ask):
    with CaptureQueriesContext(connection) as queries:
        assert ask().status_code == 200
    return len(queries)


@pytest.mark.parametrize("part", ["", "?part=form", "?part=rail"])
def test_ten_facts_and_forty_options_cost_what_one_and_two_do(desk, book, part):
    facts = list(book.facts.order_by("pk").values_list("slug", flat=True)[:10])
    address = reverse("new-item", args=[book.slug]) + part
    name = "019cb000-0000-7000-8000-00000000000c"
    short = typed(book, action="preview", fact=facts[:1], manuscript=name)
    long = short | options(*(f"Option {n}" for n in range(40))) | {"fact": facts}
    desk.post(address, short)

    few = cost(lambda: desk.post(address, short))

    assert cost(lambda: desk.post(address, long)) == few


def test_opening_a_long_question_costs_what_opening_a_short_one_does(desk, book):
    facts = list(book.facts.order_by("pk").values_list("slug", flat=True)[:10])
    short = write(desk, book, fact=facts[:1])
    many: dict[str, Any] = options(*(f"Option {n}" for n in range(30)))
    long = write(desk, book, "single", fact=facts, **many)
    first, other = (reverse("edit-item", args=[item.uid]) for item in (short, long))
    desk.get(first)

    few = cost(lambda: desk.get(first))

    assert cost(lambda: desk.get(other)) == few
