"""Whose key may mark a question anew: its own, one of a copy, and no other."""

import re

import pytest

from quizzes.assessment import regrading as domain
from quizzes.assessment.regrading import Proposal
from quizzes.items.models import Item
from tests.assessment.regraded import WHOLE
from tests.examining import make_assignment, make_item, make_quiz, sit_through
from tests.web.editing import shown
from tests.web.marking_anew import REASON, propose, scores, url
from tests.web.test_review import text

pytestmark = pytest.mark.django_db


def pack(course):
    """The question as the book's own, which its pack brings."""
    asked = course.revisions["single"]
    Item.objects.filter(pk=asked.item_id).update(owner=None)
    return asked


def test_a_question_of_the_book_is_marked_by_the_key_of_a_copy(client, course):
    asked, before = pack(course), scores()
    address = url(course, "new", asked.pk)
    assert "the book’s own question, and nobody changes its key there" in text(client.get(address))

    adapted = client.post(f"/bank/items/{asked.item.uid}/adapt/?next={address}")
    editing = client.get(adapted["Location"])
    form = shown(editing.context["form"]) | {"action": "save", "change": "substantive"}
    form["option-share"] = ["0", "0", str(WHOLE), "0"]
    back = client.post(adapted["Location"], form)

    assert back["Location"] == address
    page = client.get(address)
    assert re.search(r"An adapted copy: Option 2 of single +2 of 3 scores change", text(page))
    assert "Edit your copy of it" in text(page)
    key = asked.item.adaptations.get().revision
    _done, written = propose(client, course, "key", key=str(key.pk), never_lowers="")
    assert "An adapted copy: Option 2 of single" in text(client.get(written))
    client.post(written, {"action": "apply"})
    assert scores() == [8_000_000, 8_000_000, 6_000_000]
    client.post(written, {"action": "undo"})
    assert scores() == before


def test_nobody_else_s_copy_and_none_with_other_options_lends_its_key(client, course, company):
    pack(course)
    theirs = course.lend(by=company["colleague"])
    other = course.lend()
    other.options.filter(position=3).update(text="Another option")

    page = text(client.get(url(course, "new", course.revisions["single"].pk)))
    proposals = [Proposal("key", REASON, key_revision=one) for one in (theirs, other)]

    assert "Use another key" not in page
    for proposal in proposals:
        with pytest.raises(domain.DoesNotFit):
            domain.propose(
                course.given, course.revisions["single"], proposal, course.lecturer, course.at
            )


@pytest.mark.parametrize("kind", ["matching", "ordering"])
def test_where_the_order_of_options_is_the_key_no_other_is_promised(client, course, kind):
    item = make_item(course.book, kind, kind)
    given = make_assignment(course.room, make_quiz(course.book, item, slug=kind), course.at)
    sit_through(course.students[0], given, course.tick())

    page = text(
        client.get(
            f"/classes/{course.room.uid}/assignments/{given.uid}/regrades/new/{item.revision_id}/"
        )
    )

    assert "The order of its options is its key" in page
    assert "Adapt it" not in page


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/classes/", "/today/", "javascript:x"]
)
def test_from_the_editor_nobody_is_led_anywhere_else(client, course, elsewhere):
    asked = pack(course)

    adapted = client.post(f"/bank/items/{asked.item.uid}/adapt/?next={elsewhere}")

    copy = asked.item.adaptations.get()
    assert adapted["Location"] == f"/bank/items/{copy.uid}/edit/"
    form = shown(client.get(adapted["Location"]).context["form"]) | {"action": "save"}
    saved = client.post(f"{adapted['Location']}?next={elsewhere}", form)
    assert saved["Location"] == f"/bank/items/{copy.uid}/"
