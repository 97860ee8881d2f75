"""The author's map: what is asked, what is not, and where the pages say nothing."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from quizzes.content.models import Book, Citation
from quizzes.items import covering
from quizzes.items.models import Item
from tests.banked import keep
from tests.bookshelf import make_study_book
from tests.examining import make_fact, make_item

SMALL_PACK = Path(__file__).parent.parent / "content" / "small_pack"


@pytest.mark.django_db
def test_every_fact_is_counted_with_its_cards_and_questions(django_assert_num_queries):
    book = make_study_book(2)
    bare = make_fact(book, "bare", position=9)
    make_item(book, "twice", facts=[book.facts.get(slug="term-0"), bare], is_question=True)
    Item.objects.filter(slug="item-1").update(state="retired")

    with django_assert_num_queries(3):
        found = covering.cover(book)

    counted = {one.fact.slug: (one.cards, one.questions) for one in found.facts}
    assert counted["term-0"] == (1, 2)
    assert counted["bare"] == (0, 1)
    assert {one.fact.slug for one in found.bare} == {"forged-letter", "quist"}
    assert found.passages[0].kinds == {"term": 2, "argument": 1, "figure": 1}


@pytest.mark.django_db
def test_what_its_reader_keeps_on_it_is_counted_and_what_others_keep_is_not(company):
    book = make_study_book(1)
    mine, theirs, bare = (make_fact(book, slug, position=9) for slug in ("mine", "theirs", "bare"))
    mine.is_core = False
    mine.save()
    keep(company["instructor"], book, "own", facts=[mine, book.facts.get(slug="term-0")])
    keep(company["colleague"], book, "other", facts=[theirs])
    keep(company["instructor"], book, "draft", facts=[bare], state="draft")

    found = covering.cover(book, company["instructor"])

    counted = {one.fact.slug: (one.questions, one.own) for one in found.facts}
    assert counted == {"term-0": (1, 1), "mine": (0, 1), "theirs": (0, 0), "bare": (0, 0)}
    assert found.asked("term") == covering.Asked(facts=4, book=1, own=2, nobody=2)
    assert [one.fact.slug for one in found.unasked] == ["theirs", "bare"]
    assert [one.fact.slug for one in covering.cover(book).unasked] == ["theirs", "bare", "mine"]


@pytest.mark.django_db
def test_pages_that_no_fact_cites_are_told():
    book = make_study_book(1)
    Citation.objects.update(first_page=2, last_page=4)

    assert covering.cover(book).silent_pages == [1, 5, 6, 7, 8, 9]


@pytest.mark.django_db
def test_the_report_tells_the_map_and_changes_nothing():
    said = StringIO()

    call_command("pack_report", SMALL_PACK, stdout=said)

    lines = said.getvalue().splitlines()
    assert lines[0] == "section\tfigure\tevent\targument\tterm\tquantity\tplace\tcards\tquestions"
    assert any(line.startswith("storm\tevent\t") for line in lines)
    assert lines[-2].startswith("Facts that nothing asks for: ")
    assert lines[-1].startswith("Pages without a fact: ")
    assert not Book.objects.exists()


def test_a_schema_is_printed_and_all_are_written(tmp_path):
    said = StringIO()
    call_command("pack_schema", "events.yaml", stdout=said)
    call_command("pack_schema", "--into", tmp_path / "schemas", stdout=StringIO())

    assert said.getvalue() == (tmp_path / "schemas" / "events.schema.json").read_text()
    assert '"precision"' in said.getvalue()
    assert len(list((tmp_path / "schemas").iterdir())) == 14
    with pytest.raises(CommandError, match="Name one of"):
        call_command("pack_schema", "nothing.yaml", stdout=StringIO())
