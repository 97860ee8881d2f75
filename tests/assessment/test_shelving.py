"""What is done to many questions of one's own, and how it is taken back."""

from datetime import timedelta

import pytest

from quizzes.assessment import shelving
from quizzes.assessment.shelving import AskedNow, Step
from quizzes.items import filing
from quizzes.items.contributing import CannotBeReady
from quizzes.items.models import Item, OptionKey, Tag
from quizzes.people.models import Enrollment
from tests.banked import keep
from tests.bookshelf import make_book
from tests.examining import make_assignment, make_item, make_quiz

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(db):
    return make_book()


@pytest.fixture
def owner(company):
    return company["instructor"]


@pytest.fixture
def own(owner, book):
    return [keep(owner, book, f"own-{n}", state=("draft", "ready")[n % 2]) for n in range(3)]


def rows():
    """All that an act may change."""
    items = Item.objects.order_by("pk").values_list("pk", "state", "section", "chapter")
    return list(items), sorted(Tag.objects.values_list("item", "text"))


def pks(items):
    return tuple(item.pk for item in items)


@pytest.mark.parametrize("state", list(Item.State))
def test_what_is_put_in_a_state_goes_back_to_its_own(owner, own, noon, state):
    before = rows()

    back = shelving.carry_out(owner, [Step(shelving.STATE, state, pks(own))], noon)

    assert set(Item.objects.values_list("state", flat=True)) == {state}
    assert shelving.touched(back) == sum(item.state != state for item in own)
    again = shelving.carry_out(owner, back, noon)
    assert rows() == before
    shelving.carry_out(owner, again, noon)
    assert set(Item.objects.values_list("state", flat=True)) == {state}


def test_a_tag_goes_on_and_off_those_alone_that_changed(owner, own, noon):
    filing.tag(own[:1], ["exam"])
    before = rows()

    back = shelving.carry_out(owner, [Step(shelving.TAG, "exam", pks(own))], noon)
    assert Tag.objects.filter(text="exam").count() == 3
    shelving.carry_out(owner, back, noon)
    assert rows() == before

    back = shelving.carry_out(owner, [Step(shelving.UNTAG, "exam", pks(own))], noon)
    assert not Tag.objects.exists()
    shelving.carry_out(owner, back, noon)
    assert rows() == before


def test_a_section_takes_the_chapter_along_where_they_went_together(owner, own, book, noon):
    second = book.sections.get(position=1)
    Item.objects.filter(pk=own[0].pk).update(chapter=book.chapters.get(number=1))
    before, items = rows(), list(Item.objects.select_related("section").order_by("pk"))

    back = shelving.carry_out(owner, shelving.to_section(items, second), noon)

    assert {item.section for item in Item.objects.all()} == {second}
    assert {item.chapter for item in Item.objects.all()} == {second.chapter}
    shelving.carry_out(owner, back, noon)
    assert rows() == before


def test_a_chapter_without_sections_leaves_the_section(owner, own, book, noon):
    first = own[0].section
    bare = book.chapters.create(number=2, slug="bare", title="Bare")
    before = rows()

    back = shelving.carry_out(owner, shelving.to_chapter(own, bare), noon)

    assert {(one.section, one.chapter) for one in Item.objects.all()} == {(first, bare)}
    shelving.carry_out(owner, back, noon)
    assert rows() == before


def test_nothing_happens_to_what_is_not_ones_own(company, owner, book, noon):
    others = [make_item(book, "pack"), keep(company["colleague"], book, "theirs")]
    before = rows()
    acts = (
        Step(shelving.STATE, "retired", pks(others)),
        Step(shelving.TAG, "x", pks(others)),
        *shelving.to_section(others, book.sections.get(position=1)),
    )

    assert shelving.carry_out(owner, acts, noon) == []
    assert rows() == before


@pytest.mark.parametrize("state", ["retired", "draft"])
def test_what_a_class_may_still_sit_stays_in_its_quiz(owner, classroom, book, noon, state):
    asked, other = keep(owner, book, "asked"), keep(owner, book, "other")
    given = make_assignment(classroom, make_quiz(book, asked), noon)
    step, before = Step(shelving.STATE, state, pks([other, asked])), rows()

    with pytest.raises(AskedNow, match="A quiz: quiz”, which Ours may still sit"):
        shelving.carry_out(owner, [step], noon)
    assert rows() == before

    classroom.enrollments.filter(user=owner).update(role=Enrollment.Role.FORMER)
    with pytest.raises(AskedNow, match="which another class may still sit"):
        shelving.carry_out(owner, [step], noon)

    assert given.closes_at is not None
    shelving.carry_out(owner, [step], given.closes_at + timedelta(seconds=1))
    asked.refresh_from_db()
    assert asked.state == state


@pytest.mark.parametrize("fault", ["no words", "no key"])
def test_what_cannot_be_asked_is_not_ready(owner, own, noon, fault):
    if fault == "no words":
        Item.objects.filter(pk=own[0].pk).update(revision=None)
    else:
        OptionKey.objects.filter(option__revision=own[0].revision).update(fraction=0)

    assert shelving.to_ready(own[1:]) == [Step(shelving.STATE, "ready", pks(own[1:]))]
    with pytest.raises(CannotBeReady, match="own-0"):
        shelving.to_ready(own)
