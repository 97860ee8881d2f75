"""Questions of every kind are written in the form, changed, and taken by students."""

import pytest
from django.urls import reverse

from quizzes.assessment import marking
from quizzes.content.models import Book
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Item
from tests.examining import (
    ALL_KINDS,
    begin,
    make_item,
    make_quiz,
)
from tests.web.editing import WRITTEN, newest, options, shown, typed, write

pytestmark = pytest.mark.django_db

RIGHT_ANSWERS = {
    "short_text": {"text": "feldmann"},
    "number": {"text": "about 35,400"},
    "date": {"text": "early 1938"},
    "essay": {"text": "I was there."},
}
RIGHT_PLACES = {"single": {1}, "several": {0, 2}, "true_false": {1}, "classify": {1}}


def right_answer(question):
    kind, orders = question.kind, question.served.orders
    if kind in RIGHT_ANSWERS:
        return RIGHT_ANSWERS[kind]
    if kind in RIGHT_PLACES:
        return {"chosen": [n for n, own in enumerate(orders[0]) if own in RIGHT_PLACES[kind]]}
    if kind == "matching":
        return {"pairs": [orders[1].index(own) for own in orders[0]]}
    if kind == "ordering":
        return {"order": [orders[0].index(own) for own in (0, 2, 1, 3)]}
    gaps = ["Fel'dman", "35,000", "early 1938"]
    return {"gaps": [*gaps, orders[3].index(2)]}


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_a_question_of_each_kind_is_written_taken_and_graded_right(desk, book, company, noon, kind):
    item = write(desk, book, kind)

    sheet = begin(company["student"], make_quiz(book, item), noon) if kind != "essay" else None
    assert (item.state, item.origin, item.is_question, item.is_card) == (
        "ready",
        "authored",
        True,
        False,
    )
    assert (item.book.about, item.book.owner) == (book, company["instructor"])
    if sheet is None:
        assert newest(item).kind == "essay"
        return
    [question] = sheet.questions
    answer = question.read(right_answer(question))
    [grade] = marking.graded([(question, answer)])
    assert grade.fraction == FULL_FRACTION


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_a_form_that_is_saved_as_it_was_opened_writes_nothing(desk, book, kind):
    facts = [fact.slug for fact in book.facts.order_by("-pk")[:2]]
    item = write(desk, book, kind, fact=facts)
    before = Item.objects.filter(pk=item.pk).values().get()
    address = reverse("edit-item", args=[item.uid])

    opened = desk.get(address)
    answer = desk.post(address, shown(opened.context["form"]) | {"action": "save"})

    assert answer.status_code == 302
    assert Item.objects.filter(pk=item.pk).values().get() == before
    assert item.revisions.count() == 1
    assert sorted(item.tags.values_list("text", flat=True)) == ["exam", "strike"]
    tested = item.item_facts.order_by("position").values_list("fact__slug", flat=True)
    assert list(tested) == facts


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_any_question_is_adapted_and_opens_as_it_stands(desk, book, company, kind):
    source = make_item(book, f"source-{kind}", kind)

    answer = desk.post(reverse("adapt-item", args=[source.uid]))

    copy = Item.objects.get(adapted_from=source)
    assert answer["Location"] == reverse("edit-item", args=[copy.uid])
    assert (copy.state, copy.owner, copy.book.about) == ("draft", company["instructor"], book)
    assert (newest(copy).kind, newest(copy).stem) == (kind, newest(source).stem)
    again = desk.post(reverse("adapt-item", args=[source.uid]))
    assert again["Location"] == answer["Location"], "the same untouched draft"
    opened = desk.get(answer["Location"])
    desk.post(answer["Location"], shown(opened.context["form"]) | {"action": "save"})
    assert copy.revisions.count() == 1


def test_a_draft_that_was_worked_on_gives_way_to_another(desk, book):
    source = make_item(book, "source")
    first = desk.post(reverse("adapt-item", args=[source.uid]))["Location"]
    form = shown(desk.get(first).context["form"]) | {"action": "save", "tags": "mine"}
    desk.post(first, form)

    second = desk.post(reverse("adapt-item", args=[source.uid]))["Location"]

    assert second != first
    assert Item.objects.filter(adapted_from=source).count() == 2


def test_a_changed_key_is_proposed_as_substantive_and_a_comma_as_cosmetic(desk, book):
    item = write(desk, book)
    address = reverse("edit-item", args=[item.uid])
    form = shown(desk.get(address).context["form"]) | {"action": "save"}

    desk.post(address, form | {"stem": "Which, of these?", "reason": "A comma."})
    assert (newest(item).change, newest(item).reason) == ("cosmetic", "A comma.")

    form["seen"] = str(newest(item).pk)
    desk.post(address, form | options("Reyes", "Malloy", "Quist", "Dunn"))
    assert (newest(item).number, newest(item).change) == (3, "substantive")


def test_who_was_overtaken_is_told_before_theirs_wins(desk, book):
    item = write(desk, book)
    address = reverse("edit-item", args=[item.uid])
    form = shown(desk.get(address).context["form"]) | {"action": "save"}
    desk.post(address, form | {"stem": "From the other tab?"})

    refused = desk.post(address, form | {"stem": "From this tab?"})
    again = desk.post(address, shown(refused.context["form"]) | {"action": "save"})

    assert (refused.status_code, again.status_code) == (422, 302)
    assert newest(item).stem == "From this tab?"


def test_running_attempts_keep_their_version_and_the_page_says_so(desk, book, company, noon):
    item = write(desk, book)
    begin(company["student"], make_quiz(book, item), noon)
    address = reverse("edit-item", args=[item.uid])

    page = desk.get(address).content.decode()

    assert "Used in 1 quiz." in page
    assert "1 attempt is running and keeps version 1." in page


def test_a_question_without_a_key_is_kept_as_a_draft_alone(desk, book):
    address = reverse("new-item", args=[book.slug])
    form = typed(book) | options("Reyes", "Malloy", rights=())

    refused = desk.post(address, form)
    kept = desk.post(address, form | {"state": "draft"})

    assert (refused.status_code, kept.status_code) == (422, 302)
    assert "Nothing is wholly right yet" in refused.content.decode()
    assert Item.objects.get(origin="authored", book__about=book).state == "draft"


def test_buttons_add_remove_and_move_rows_without_saving(desk, book):
    address = reverse("new-item", args=[book.slug])

    def texts(action):
        answer = desk.post(address, typed(book, action=action))
        return [row.typed["text"] for row in answer.context["desk"].rows["option"]]

    assert texts("add:option:0") == ["Reyes", "Malloy", "Quist", "Dunn", ""]
    assert texts("remove:option:1") == ["Reyes", "Quist", "Dunn"]
    assert texts("up:option:1") == ["Malloy", "Reyes", "Quist", "Dunn"]
    assert texts("down:option:1") == ["Reyes", "Quist", "Malloy", "Dunn"]
    assert texts("up:option:0") == ["Reyes", "Malloy", "Quist", "Dunn"]
    assert not Book.objects.filter(about=book).exists()


def test_facts_are_searched_and_picked_in_order(desk, book):
    address = reverse("new-item", args=[book.slug])
    facts = list(book.facts.order_by("pk")[:2])

    found = desk.post(address, typed(book, action="find") | {"fact-query": facts[0].label})
    picked = desk.post(
        address, typed(book, action=f"pick:fact:{facts[1].slug}", fact=facts[0].slug)
    )
    first = desk.post(
        address,
        typed(book, action=f"first:fact:{facts[1].slug}", fact=[one.slug for one in facts]),
    )

    assert facts[0].label in found.content.decode()
    assert picked.context["desk"].facts == facts
    assert first.context["desk"].facts == facts[::-1]


def test_the_preview_is_what_an_attempt_shows(desk, book, company, noon, client):
    address = f"{reverse('new-item', args=[book.slug])}?part=rail"

    rail = desk.post(address, typed(book, "short_text", look=["dark", "time", "phone"]))

    page = rail.content.decode()
    assert '<div class="stem" id="stem-1"><p>Which of short_text?</p></div>' in page
    assert "Capitals, accents and apostrophes do not matter." in page
    assert 'data-theme="dark"' in page
    assert "×1.5" in page
    assert "<html" not in page


def test_versions_are_shown_and_brought_back(desk, book):
    item = write(desk, book)
    address = reverse("edit-item", args=[item.uid])
    form = shown(desk.get(address).context["form"]) | {"action": "save"}
    desk.post(address, form | {"stem": "Which of none?"})

    page = desk.get(reverse("item-version", args=[item.uid, 2])).content.decode()
    desk.post(reverse("restore-item", args=[item.uid, 1]))

    assert "<ins>none</ins>" in page
    assert "<del>single</del>" in page
    assert (newest(item).number, newest(item).stem) == (3, "Which of single?")
    assert desk.get(reverse("item-version", args=[item.uid, 9])).status_code == 404


def test_every_kind_can_be_begun(desk, book):
    for kind in WRITTEN:
        page = desk.get(reverse("new-item", args=[book.slug]), {"kind": kind})
        assert page.status_code == 200
