"""`manage.py load_pack`: all or nothing, and every problem on a line of its own."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from quizzes.content.models import Book, Term
from quizzes.items.models import Item, Revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(folder):
    def load(*options: str) -> str:
        out = StringIO()
        call_command("load_pack", folder.path, *options, stdout=out)
        return out.getvalue()

    return load


@pytest.fixture
def refused(folder):
    def refused(*options: str) -> list[str]:
        err = StringIO()
        with pytest.raises(CommandError) as error:
            call_command("load_pack", folder.path, *options, stderr=err)
        assert error.value.returncode == 1
        return err.getvalue().splitlines()

    return refused


def test_a_pack_is_loaded_with_its_items(load):
    said = load()

    assert said.startswith("gull-point: 22 facts, 2 sections (22 new); items: ")
    assert Item.objects.filter(origin="generated").exists()
    assert Item.objects.filter(origin="pack", slug="c-storm", is_card=True).exists()
    assert Item.objects.filter(origin="pack").count() == 13


def test_a_second_load_changes_nothing_and_says_so(load, folder, django_assert_num_queries):
    load()
    revisions = list(Revision.objects.order_by("pk").values())

    with django_assert_num_queries(4):
        said = load()

    assert said == "gull-point: Nothing changed: 22 facts, 2 sections.\n"
    assert list(Revision.objects.order_by("pk").values()) == revisions


def test_a_faulty_pack_loads_nothing_and_tells_every_problem(folder, refused):
    folder.replace("events.yaml", "status: alleged", "status: rumored")
    line, column = folder.place_of("events.yaml", "rumored")
    folder.replace("terms.yaml", "pages: [8, 8]", "pages: [8, 80]")

    told = refused()

    assert len(told) == 2
    assert told[0].startswith(f"events.yaml:{line}:{column} shape: `rumored` is not known")
    assert told[1].startswith("terms.yaml:")
    assert told[1].endswith("pages: `lamp` has no page 80. Cite pages 1 to 9 and vii.")
    assert not Book.objects.exists()


def test_a_pack_is_checked_without_being_loaded(load):
    assert load("--check") == "No problems: 22 facts.\n"
    assert not Book.objects.exists()


def test_a_pack_that_contradicts_what_is_loaded_is_refused(folder, load, refused):
    load()
    folder.replace("terms.yaml", "The later order to put out", "The order to put out")

    told = refused()

    assert [line.partition(": ")[0] for line in told] == ["pack.yaml:3:10 version"]
    assert Term.objects.get(fact__slug="blackout").definition.startswith("The later order")


def test_a_draft_is_loaded_over_its_own_version(folder, load):
    load()
    folder.replace("terms.yaml", "The later order to put out", "The order to put out")

    said = load("--draft")

    assert "(1 changed)" in said
    assert Term.objects.get(fact__slug="blackout").definition.startswith("The order")
