"""What is typed in the editor is never lost: by no change of the kind, and by no refusal."""

import pytest
from django.urls import reverse

from quizzes.items import drafting
from quizzes.items.models import Item, Manuscript, Revision
from tests.examining import ALL_KINDS
from tests.web.editing import RIGHT, WRITTEN, WRONG, options, shown, typed, write
from tests.web.forms import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(book):
    return reverse("new-item", args=[book.slug])


@pytest.fixture
def turn(desk, address):
    """Sends a form with another kind chosen, as a page without script does; gives what it shows."""

    def turn(form, kind):
        page = desk.post(address, form | {"kind": [kind], "action": "kind"})
        assert page.status_code == 200
        return sent(page.content.decode())

    return turn


def rows(form):
    """What was typed of a question, without empty rows at the end of a list of them."""
    names = {name for one in WRITTEN.values() for name in one}
    found = {name: form.get(name, []) for name in names}
    return {name: values for name, values in found.items() if any(values)}


@pytest.mark.parametrize("kind", ["number", "cloze", "matching", "essay"])
def test_through_all_kinds_and_back_nothing_is_lost(desk, book, address, turn, kind):
    first = desk.post(address, typed(book, kind, action="preview") | {"is_shuffled": "on"})
    form = before = sent(first.content.decode())

    for other in [one for one in ALL_KINDS if one != kind]:
        form = turn(form, other)
    form = turn(form, kind)

    same = {name: form[name][: len(values)] for name, values in rows(before).items()}
    assert same == rows(before)
    assert form["is_shuffled"] == ["on"]


def test_what_a_kind_begins_with_gives_way_to_what_the_next_begins_with(desk, address, turn):
    form = sent(desk.get(address).content.decode())

    told = turn(form, "true_false")
    free = turn(turn(told, "classify"), "single")

    assert told["option-text"] == ["True", "False"]
    assert free["option-text"] == [""] * 4
    assert free["option-share"] == [RIGHT, WRONG, WRONG, WRONG]


def test_a_gap_that_is_written_again_has_its_answers_again(desk, book, address):
    form = typed(book, "cloze", action="preview")
    whole = sent(desk.post(address, form).content.decode())

    short = desk.post(address, whole | {"stem": "___ was shot.", "action": "gaps"})
    again = sent(short.content.decode()) | {"stem": form["stem"], "action": "gaps"}
    back = sent(desk.post(address, again).content.decode())

    assert len(short.context["desk"].gaps) == 1
    assert rows(back) == rows(whole)


def test_a_row_is_taken_out_of_the_gap_in_which_it_stands(desk, book, address):
    form = typed(book, "cloze", action="add:answer:0")
    added = sent(desk.post(address, form).content.decode())
    assert added["answer-said"] == ["Fel'dman", "", "35000", "early 1938"]

    fewer = desk.post(address, added | {"action": "remove:answer:1"})

    assert sent(fewer.content.decode())["answer-said"] == ["Fel'dman", "35000", "early 1938"]


def test_a_save_that_is_refused_keeps_what_was_typed(desk, book, address):
    name = "019cb000-0000-7000-8000-00000000000d"
    form = typed(book, manuscript=name) | options("Reyes", "Malloy", rights=())

    refused = desk.post(address, form)

    kept = Manuscript.objects.get(uid=name).typed
    assert refused.status_code == 422
    assert (kept["stem"], kept["option-text"]) == (["Which of single?"], ["Reyes", "Malloy"])


def test_a_refused_change_is_kept_until_it_is_saved(desk, book):
    item = write(desk, book)
    page = reverse("edit-item", args=[item.uid])
    form = shown(desk.get(page).context["form"]) | {"action": "save"}

    desk.post(page, form | {"option-share": [WRONG] * 4, "stem": "And now?"})
    assert Manuscript.objects.get(item=item).typed["stem"] == ["And now?"]

    desk.post(page, form | {"stem": "And now?"})
    assert not Manuscript.objects.exists()


def test_what_cannot_be_kept_stays_before_its_author(desk, book, address, company, noon):
    long = "x" * (drafting.LONGEST_MANUSCRIPT + 1)

    refused = desk.post(address, typed(book, stem=long))

    assert refused.status_code == 422
    assert long in refused.content.decode()
    assert not Manuscript.objects.exists()


def test_the_manuscript_that_is_open_is_not_offered(desk, book, address):
    names = [f"019cb000-0000-7000-8000-00000000000{n}" for n in "ef"]
    for name in names:
        desk.post(f"{address}?part=rail", typed(book, manuscript=name, stem=name))

    def offered(**asked):
        return [str(one.uid) for one in desk.get(address, asked).context["unfinished"]]

    assert set(offered()) == set(names)
    assert offered(manuscript=names[0]) == [names[1]]
    assert offered(kind="single", chapter="chapter-0") == []


def test_what_is_too_long_is_named_with_its_limit(desk, book, address):
    form = typed(book) | {"option-text": ["Reyes", "x" * 5_000]}

    page = desk.post(address, form).content.decode()

    assert "Option 2, text: at most 2,000 characters, and there are 5,000." in page


def test_a_slip_in_a_gap_is_named_by_its_gap(desk, book, address):
    form = typed(book, "cloze") | {"answer-tolerance": ["", "much", ""]}

    page = desk.post(address, form).content.decode()

    assert "Gap 2, Answer 1, may be missed by: Enter a number." in page


def test_two_right_options_are_named_where_one_can_be_chosen(desk, book, address):
    form = typed(book) | options("Reyes", "Malloy", "Quist", rights=(0, 2))

    page = desk.post(address, form).content.decode()

    assert "these are correct: “Reyes”, “Quist”. Mend that, or keep it as a draft." in page


def test_what_is_typed_is_kept_and_found_again_until_it_is_saved(desk, book):
    address = reverse("new-item", args=[book.slug])
    fresh = shown(desk.get(address).context["form"])
    form = fresh | typed(book) | {"manuscript": fresh["manuscript"], "stem": "Half a"}

    desk.post(f"{address}?part=rail", form)
    desk.post(f"{address}?part=rail", form | {"stem": "Half a question"})

    [left] = Manuscript.objects.all()
    page = desk.get(address).content.decode()
    assert "Half a question" in page
    reopened = desk.get(address, {"manuscript": str(left.uid)})
    assert reopened.context["form"].data["stem"] == "Half a question"

    desk.post(address, shown(reopened.context["form"]) | {"action": "save"})
    assert not Manuscript.objects.exists()
    assert Revision.objects.filter(stem="Half a question").exists()


def test_a_question_that_is_sent_twice_is_there_once_and_no_longer_unfinished(desk, book):
    address = reverse("new-item", args=[book.slug])
    form = typed(book, manuscript="019cb000-0000-7000-8000-00000000000b")

    desk.post(address, form)
    desk.post(address, form)
    desk.post(f"{address}?part=rail", form)

    assert Item.objects.filter(book__about=book).count() == 1
    assert not Manuscript.objects.exists()


def test_a_refused_form_loses_nothing_and_is_still_kept(desk, book):
    address = reverse("new-item", args=[book.slug])
    form = typed(book, "date") | {"answer-said": ["one fine day"]}

    refused = desk.post(address, form)

    assert refused.status_code == 422
    assert "one fine day" in refused.content.decode()


def test_discarding_lets_a_manuscript_go(desk, book):
    address = reverse("new-item", args=[book.slug])
    fresh = shown(desk.get(address).context["form"])
    desk.post(f"{address}?part=rail", fresh)
    left = Manuscript.objects.get()

    desk.post(reverse("discard-manuscript", args=[left.uid]))

    assert not Manuscript.objects.exists()


def test_a_manuscript_takes_nobody_elses_name(desk, client, book, company):
    address = f"{reverse('new-item', args=[book.slug])}?part=rail"
    form = typed(book, manuscript="019cb000-0000-7000-8000-00000000000a")
    desk.post(address, form | {"stem": "Mine"})
    client.force_login(company["staff"])

    client.post(address, form | {"stem": "Theirs"})

    stems = {one.author.username: one.typed["stem"] for one in Manuscript.objects.all()}
    assert len(stems) == 2
    assert set(map(tuple, stems.values())) == {("Mine",), ("Theirs",)}
