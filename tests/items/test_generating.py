from datetime import timedelta

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.items import generating
from quizzes.items.models import AcceptedAnswer, Item, Key, Option, OptionKey, Revision

COUNTED = (Item, Revision, Option, OptionKey, Key, AcceptedAnswer)


def counts():
    return [model.objects.count() for model in COUNTED]


def wrong_options(item):
    rows = OptionKey.objects.filter(option__revision=item.revision, fraction=0)
    return set(rows.values_list("option__text", flat=True))


@pytest.fixture
def item(book):
    return lambda slug: Item.objects.select_related("revision").get(book=book, slug=slug)


def test_facts_become_items_that_are_card_and_question(book, cast, storm, noon, item):
    report = generating.generate(book, noon)

    there = item("malloy--figure-role")
    key = Key.objects.get(revision=there.revision)
    assert set(report.created) == set(book.items.values_list("slug", flat=True))
    assert there.is_card
    assert there.is_question
    assert there.state == Item.State.READY
    assert there.revision.kind == Revision.Kind.SINGLE
    assert there.revision.stem_html == "<p>Who was Anna Malloy?</p>"
    assert key.answer_html == "<p>Head of the Lights Board</p>"
    assert there.revision.options.count() == 4
    assert list(there.facts.values_list("slug", flat=True)) == ["malloy"]


def test_a_date_that_stands_alone_is_typed_as_finely_as_the_book_has_it(book, storm, noon, item):
    generating.generate(book, noon)

    accepted = AcceptedAnswer.objects.get(revision=item("storm--event-date").revision)
    assert accepted.text == "3 March 1911"
    assert accepted.precision == "day"
    assert accepted.not_before == accepted.not_after == storm.event.not_before


def test_the_same_facts_a_second_time_write_nothing(book, cast, storm, noon):
    generating.generate(book, noon)
    before = counts()

    with CaptureQueriesContext(connection) as captured:
        report = generating.generate(book, noon + timedelta(days=1))
    verbs = {query["sql"].split()[0] for query in captured.captured_queries}
    assert not verbs & {"INSERT", "UPDATE", "DELETE"}
    assert counts() == before
    assert not report.has_changed_wording


def test_a_changed_key_is_a_substantive_revision(book, cast, state, noon, item):
    generating.generate(book, noon)
    first = item("malloy--figure-role").revision
    state["figure"]("malloy", "Anna Malloy", "founder of the keepers' union")

    report = generating.generate(book, noon + timedelta(days=1))
    now = item("malloy--figure-role").revision
    assert "malloy--figure-role" in report.substantive
    assert (now.number, now.change) == (2, Revision.Change.SUBSTANTIVE)
    assert now.created_at == noon + timedelta(days=1)
    first.refresh_from_db()
    assert Key.objects.get(revision=first).answer == "Head of the Lights Board"


def test_a_respelled_key_is_a_cosmetic_revision(book, cast, state, noon, item):
    generating.generate(book, noon)
    state["figure"]("vane", "Elsa Vané", "inspector of signal stations", position=4)

    report = generating.generate(book, noon)
    back = item("vane--figure-role--reverse").revision
    assert "vane--figure-role--reverse" in report.cosmetic
    assert (back.number, back.change) == (2, Revision.Change.COSMETIC)


def test_distractors_stay_when_better_ones_come(book, cast, state, noon, item):
    generating.generate(book, noon)
    before = wrong_options(item("malloy--figure-role"))
    for number, port in enumerate(("Lund", "Varde", "Skagen", "Ribe")):
        state["figure"](f"pilot-{number}", f"Pilot {port}", f"pilot at {port} sound", 9)

    report = generating.generate(book, noon)
    assert wrong_options(item("malloy--figure-role")) == before
    assert "malloy--figure-role" not in report.cosmetic + report.substantive


def test_a_fact_that_vanishes_retires_its_items_and_brings_them_back(book, cast, storm, noon, item):
    generating.generate(book, noon)
    revision = item("storm--event-date").revision

    storm.retired_at = noon
    storm.save(update_fields=["retired_at"])
    gone = generating.generate(book, noon)
    assert set(gone.retired) == {"storm--event-date", "storm--event-date--reverse"}
    assert item("storm--event-date").state == Item.State.RETIRED

    storm.retired_at = None
    storm.save(update_fields=["retired_at"])
    back = generating.generate(book, noon)
    assert set(back.returned) == set(gone.retired)
    assert item("storm--event-date").state == Item.State.READY
    assert item("storm--event-date").revision == revision


def test_a_book_in_another_language_gets_no_english_items(book, cast, noon):
    book.language = "da"
    book.save(update_fields=["language"])

    assert generating.generate(book, noon).total == 0


def test_nothing_leads_from_an_item_to_its_key(book, cast, noon):
    generating.generate(book, noon)

    revision = Revision.objects.first()
    assert not any(hasattr(revision, name) for name in ("key", "acceptedanswer_set", "optionkey"))
    for lookup in ("key", "revision__key", "revision__options__optionkey"):
        with pytest.raises(FieldError):
            Item.objects.filter(**{f"{lookup}__isnull": False})


def test_the_number_of_queries_does_not_grow_with_the_facts(book, cast, state, noon):
    def queries(at):
        with CaptureQueriesContext(connection) as captured:
            generating.generate(book, at)
        return len(captured)

    def more(first, last):
        for number in range(first, last):
            state["term"](f"term-{number}", f"word{number}", f"meaning {number} alone")

    generating.generate(book, noon)
    more(0, 5)
    few = queries(noon)
    more(5, 50)
    assert queries(noon) == few
