"""The first book's pack, as it is shipped."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Count

from quizzes.content import loading, packs
from quizzes.content.models import Book, Fact
from quizzes.content.packs import Pack

SLUG = "red-army-introduction"


@pytest.fixture(scope="module")
def pack(root: Path) -> Pack:
    read, problems = packs.read(root / "fixtures" / SLUG)
    assert read is not None, "\n".join(map(str, problems))
    return read


def test_the_pack_has_no_problem_and_states_every_kind_of_fact(pack):
    kinds = {fact.KIND for fact in pack.contents.facts}

    assert kinds == {"figure", "place", "term", "event", "quantity", "argument"}
    assert len(pack.contents.facts) >= 300
    assert [chapter.number for chapter in pack.contents.chapters] == list(range(8))


def test_every_fact_is_cited(pack):
    assert all(fact.locators for fact in pack.contents.facts)


@pytest.mark.django_db
def test_the_pack_fills_every_section_of_the_introduction(pack, noon):
    loading.load(pack, noon)

    book = Book.objects.get(slug=SLUG)
    sections = book.sections.annotate(size=Count("facts")).values_list("size", flat=True)
    assert len(sections) == len(pack.contents.units)
    assert min(sections) > 0
    assert Fact.objects.filter(book=book).current().count() == len(pack.contents.facts)


@pytest.mark.django_db
def test_every_core_fact_is_asked_on_a_card_and_in_a_question(root):
    call_command("load_pack", root / "fixtures" / SLUG, verbosity=0)

    core = Fact.objects.filter(book__slug=SLUG, is_core=True).current()
    ready = {"tested_by__state": "ready"}
    without_card = core.exclude(pk__in=core.filter(**ready, tested_by__is_card=True))
    without_question = core.exclude(pk__in=core.filter(**ready, tested_by__is_question=True))

    assert list(without_card.values_list("slug", flat=True)) == []
    assert list(without_question.values_list("slug", flat=True)) == []
