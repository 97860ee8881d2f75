"""A book of one's own goes with everything in it, and nothing of any other book does."""

from datetime import timedelta

import pytest
from django.apps import apps

from quizzes.assessment import building, discarding, founding, recounting
from quizzes.assessment.building import Edit, Settings
from quizzes.assessment.discarding import Contents, IsReadByAClass
from quizzes.assessment.models import Attempt, OptionTally, Quiz
from quizzes.cards import editing, replaying, setting_aside
from quizzes.cards.models import Action, Card, DayTally, Review, StudyPlan
from quizzes.content import companions
from quizzes.content.models import Book
from quizzes.exchange import erasing
from quizzes.items.models import Item
from quizzes.people import joining
from quizzes.people.models import Classroom, User
from tests.assessment.regraded import Course
from tests.banked import keep
from tests.bookshelf import make_book
from tests.cards.acting import GOOD, study
from tests.decks import add, basic, both_ways, keep_picture, make_deck
from tests.examining import make_assignment, make_item, make_quiz, sit_through, take

DAY = timedelta(days=1)


@pytest.fixture
def owner(db):
    return User.objects.create_user("vera")


@pytest.fixture
def fill(owner, noon, settings, tmp_path):
    """A book with a picture, and cards that were studied, edited, flagged and deleted."""
    settings.MEDIA_ROOT = tmp_path

    def fill(title):
        deck = make_deck(owner, noon, title)
        keep_picture(deck)
        cards = add(owner, deck, noon, both_ways(), basic("a", "b"), tags=("x",))
        study(owner, cards[0], GOOD, GOOD, at=noon - 5 * DAY)
        editing.edit(owner, cards[2], basic("a", "c"), noon)
        setting_aside.flag(owner, cards[2], 3, noon)
        editing.discard(owner, cards[2:], noon)
        return deck

    return fill


def rows():
    """Every row of the study service, by its model."""
    return {
        model.__name__: sorted(map(repr, model._default_manager.values_list()))
        for model in apps.get_app_config("quizzes").get_models()
    }


def test_what_goes_is_counted(fill):
    assert discarding.contents(fill("Greek")) == Contents(cards=2, reviews=2, pictures=1, quizzes=0)


def test_all_goes_and_other_books_are_as_if_it_had_never_been(fill, owner, noon):
    latin = fill("Latin")
    before = rows()
    greek = fill("Greek")
    greek.items.update(is_question=True)
    quiz = make_quiz(greek, greek.items.ready().in_order()[0], slug="mine")
    take(owner, quiz, noon, right=[])

    discarding.discard(greek)

    assert rows() == before
    assert replaying.differences(owner) == []
    for model in (Card, Review, Action, DayTally, StudyPlan, Item):
        assert model.objects.exists()
    assert list(Book.objects.all()) == [latin]


def test_a_person_goes_with_books_of_ones_own_and_nobody_else_does(
    fill, owner, noon, tmp_path, django_capture_on_commit_callbacks
):
    nina = User.objects.create_user("nina")
    add(nina, make_deck(nina, noon), noon, basic())
    before = rows() | {"User": [repr(User.objects.filter(pk=nina.pk).values_list()[0])]}
    fill("Greek")
    fill("Latin")

    with django_capture_on_commit_callbacks(execute=True):
        discarding.discard_people([owner])

    assert rows() == before
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_what_a_person_typed_goes_from_what_tells_of_many(owner, noon):
    room = joining.open_classroom(owner, make_book(), "Ours", noon)
    quiz = make_quiz(room.book, make_item(room.book, "who", "short_text"))
    exam = make_assignment(room, quiz, noon)
    for name, right in (("nina", []), ("olga", ["who"])):
        student = User.objects.create_user(name)
        joining.enroll(room, student, noon)
        sit_through(student, exam, noon, right)
    said = OptionTally.objects.filter(said__gt="")
    assert said.count() == 2

    discarding.discard_people([User.objects.get(username="nina")])

    assert [one.chosen for one in said] == [1]
    assert recounting.differing(quiz) == []


def test_a_book_that_a_class_reads_stays(fill, noon):
    deck = fill("Greek")
    Classroom.objects.create(book=deck, name="Ours", created_at=noon)
    before = rows()

    with pytest.raises(IsReadByAClass):
        discarding.discard(deck)

    assert rows() == before


def test_a_companion_whose_quiz_was_given_to_a_class_stays_with_the_attempts(db):
    course = Course(students=1)
    own = companions.companion(course.lecturer, course.book)
    Quiz.objects.update(book=own)
    course.hand_in(course.students[0], {"single": {1}})

    with pytest.raises(IsReadByAClass):
        discarding.discard(own)
    with pytest.raises(IsReadByAClass):
        discarding.discard_people([course.lecturer])

    assert Attempt.objects.count() == 1
    assert User.objects.filter(pk=course.lecturer.pk).exists()


@pytest.mark.django_db
def test_a_book_whose_key_marks_a_class_stays_even_when_its_owner_goes():
    course = Course(students=1)
    course.hand_in(course.students[0], {"single": {2}})
    key = course.lend("single", right=2)
    course.regrade("single", "key", key_revision=key)

    with pytest.raises(IsReadByAClass):
        discarding.discard(key.item.book)

    assert erasing.going(course.lecturer).books_kept == [key.item.book]


@pytest.mark.parametrize("is_taken_out", [False, True])
def test_who_put_a_question_into_anothers_quiz_is_erased_and_the_question_stays(
    owner, noon, is_taken_out
):
    """Also one that was taken out again, after it had been asked."""
    book, nadia, olga = make_book(), *map(User.objects.create_user, ("nadia", "olga"))
    quiz = founding.begin(owner, book, Settings("Week one"))
    hers, other = keep(nadia, book, "hers"), keep(nadia, book, "other")
    slots = building.add(quiz, Edit(nadia, noon), [hers])
    if is_taken_out:
        building.add(quiz, Edit(owner, noon), [make_item(book, "packed")])
        room = joining.open_classroom(owner, book, "Ours", noon)
        joining.enroll(room, olga, noon)
        sit_through(olga, make_assignment(room, building.publish(quiz, noon), noon), noon)
        building.remove(quiz, Edit(owner, noon, "Too easy."), slots[0].pk)

    assert erasing.going(nadia).books_kept == [hers.book]
    with pytest.raises(IsReadByAClass):
        discarding.discard(hers.book)
    erasing.ask(nadia, noon)
    erasing.erase(User.objects.get(pk=nadia.pk), noon)

    assert User.objects.get(pk=nadia.pk).erased_at == noon
    assert set(Item.objects.filter(pk__in=[hers.pk, other.pk])) == {hers, other}
