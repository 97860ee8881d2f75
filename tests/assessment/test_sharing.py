"""What those who teach a class work on together: from when, on what, who, and until when."""

from datetime import timedelta

import pytest
from django.db import connection

from quizzes.assessment import assigning, building, founding, publishing, sharing, withholding
from quizzes.assessment.assigning import Plan
from quizzes.assessment.building import Edit, Settings
from quizzes.assessment.models import Assignment, Slot
from quizzes.items.models import Item
from quizzes.people import auditing, joining, placing, running
from quizzes.people.models import Enrollment, User
from tests.banked import keep
from tests.examining import begin, make_item, sit_through

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
Role = Enrollment.Role


@pytest.fixture
def people(room, noon):
    """Who is beside the lecturer: two who teach the class, and three who do not."""
    people = {name: User.objects.create_user(name) for name in ("nadia", "piotr", "ivan", "tess")}
    for name, role in (("nadia", Role.INSTRUCTOR), ("piotr", Role.ASSISTANT)):
        joining.enroll(room, people[name], noon)
        room.enrollments.filter(user=people[name]).update(role=role)
    joining.enroll(room, people["ivan"], noon)
    joining.open_classroom(people["tess"], room.book, "Theirs", noon)
    return people


@pytest.fixture
def written(lecturer, book):
    """Three questions of the lecturer's: one is asked by name, one is drawn, one is neither."""
    asked = keep(lecturer, book, "asked")
    drawn = keep(lecturer, book, "drawn", difficulty=3)
    return asked, drawn, keep(lecturer, book, "unasked")


@pytest.fixture
def given(mine, edit, room, written, noon):
    """The lecturer's quiz, given to the class: a question by name, one of the pack, and a draw."""
    building.add(mine, edit, [written[0], make_item(room.book, "packed")])
    building.draw(mine, edit, [building.Rule(1, difficulty=3)])
    publishing.publish(mine, noon)
    return assigning.assign(room, mine, Plan(noon, closes_at=noon + DAY), noon)


def works_on(people, at):
    """Who works on a quiz that is not theirs, and who writes on a question that is not."""
    quizzes = {name for name, one in people.items() if sharing.quizzes(one).exists()}
    questions = {name for name, one in people.items() if sharing.questions(one, at).exists()}
    assert quizzes == questions
    return quizzes


def slugs(items):
    return set(items.values_list("slug", flat=True))


def test_who_teaches_the_class_works_on_what_it_was_given_and_nobody_else(
    mine, edit, written, people, room, noon
):
    building.add(mine, edit, written[:1])
    publishing.publish(mine, noon)
    assert works_on(people, noon) == set()

    given = assigning.assign(room, mine, Plan(noon + DAY), noon)

    assert works_on(people, noon) == {"nadia", "piotr"}
    assert sharing.quizzes_of_classes(people["nadia"]).get() == mine
    assert not sharing.quizzes_of_classes(edit.author).exists()
    assigning.withdraw(given, noon)
    assert works_on(people, noon) == set()


def test_only_what_is_asked_is_shared_and_nothing_of_the_pack(
    given, written, people, learner, book, noon
):
    teacher = people["piotr"]
    assert slugs(sharing.questions(teacher, noon)) == {"asked"}

    sit_through(learner, given, noon)

    assert slugs(sharing.questions(teacher, noon)) == {"asked", "drawn"}
    assert slugs(sharing.bank(teacher, book.pk)) == {"packed", "asked", "drawn"}
    assert slugs(sharing.workable(teacher)) == {"packed", "asked", "drawn"}
    assert slugs(sharing.bank(people["tess"], book.pk)) == {"packed"}
    assert not sharing.workable(people["ivan"]).exists()


def test_it_ends_with_the_place_and_begins_with_it(given, people, room, lecturer, noon):
    places = {one.user.username: one for one in room.enrollments.select_related("user")}

    placing.leave(places["piotr"], noon)
    assert works_on(people, noon) == {"nadia"}
    placing.change_role(places["nadia"], lecturer, Role.STUDENT, noon)
    assert works_on(people, noon) == set()
    placing.hand_over(places["vera"], places["ivan"], noon, stays=False)
    assert works_on(people, noon) == {"ivan"}


def test_it_ends_with_the_class(given, people, room, lecturer, noon):
    """Last year's assistant does not change what its author asks another class this year."""
    running.archive(room, lecturer, noon)

    assert works_on(people, noon) == set()
    assert slugs(sharing.workable(people["piotr"])) <= {"packed"}


def test_who_sat_it_in_a_class_of_the_past_works_on_it_again(given, people, room, noon):
    theirs = joining.open_classroom(people["tess"], room.book, "Last year", noon)
    joining.enroll(theirs, people["nadia"], noon)
    Assignment.objects.create(classroom=theirs, quiz=given.quiz, created_at=noon, opens_at=noon)
    assert "nadia" not in {name for name, one in people.items() if sharing.quizzes(one).exists()}

    running.archive(theirs, people["tess"], noon)

    assert sharing.quizzes(people["nadia"]).get() == given.quiz


def test_nobody_gives_for_a_colleague_what_they_never_gave(mine, edit, room, written, people, noon):
    """Else to give it would be the way to its questions and their keys."""
    building.add(mine, edit, written[:1])
    publishing.publish(mine, noon)

    with pytest.raises(assigning.NotForThisClass):
        assigning.assign(room, mine, Plan(noon), noon, people["nadia"])

    first = assigning.assign(room, mine, Plan(noon), noon, edit.author)
    assigning.assign(room, mine, Plan(noon), noon, people["nadia"])
    for one in room.assignments.all():
        assigning.withdraw(one, noon)
    with pytest.raises(assigning.NotForThisClass):
        assigning.assign(room, first.quiz, Plan(noon), noon, people["nadia"])


def test_why_a_quiz_changed_is_told_to_those_who_teach_with_its_author(
    given, people, room, lecturer, noon
):
    second = joining.open_classroom(lecturer, room.book, "Second", noon)
    assigning.assign(second, given.quiz, Plan(noon), noon)
    assigning.assign(room, given.quiz, Plan(noon + DAY), noon)

    building.arrange(given.quiz, Edit(people["nadia"], noon, "Olga knew it."), [])

    lines = (auditing.of(given.quiz.uid), auditing.in_class(room), auditing.in_class(second))
    said = [[line.text for line in some.filter(act="change-quiz")] for some in lines]
    whole = ["Order changed. Olga knew it."]
    assert said == [whole, whole, ["Order changed."]]


def test_an_author_keeps_what_they_wrote_wherever_they_go(given, room, people, lecturer, noon):
    places = {one.user.username: one for one in room.enrollments.select_related("user")}

    placing.leave(places["vera"], noon)

    assert slugs(sharing.questions(lecturer, noon)) == {"asked", "drawn", "unasked"}
    assert sharing.quizzes(lecturer).get() == given.quiz


@pytest.mark.parametrize("opens_in", [timedelta(), DAY], ids=["open", "to come"])
def test_who_sits_it_elsewhere_works_on_none_of_it_meanwhile(given, people, room, noon, opens_in):
    theirs = joining.open_classroom(people["tess"], room.book, "Nadia studies here", noon)
    joining.enroll(theirs, people["nadia"], noon)
    Assignment.objects.create(
        classroom=theirs, quiz=given.quiz, created_at=noon, opens_at=noon + opens_in, is_graded=True
    ).reservations.create(item=given.quiz.slots.first().item)

    assert works_on(people, noon) == {"piotr", "tess"}
    kept = withholding.kept(people["nadia"], noon)
    assert slugs(sharing.workable(people["nadia"]).filter(kept)) == {"asked"}
    assert sharing.quizzes_opened(people["nadia"]).get().is_kept
    assert not sharing.quizzes_opened(people["piotr"]).get().is_kept


def test_nothing_that_one_wrote_is_kept_from_oneself(given, people, lecturer, noon):
    begin(lecturer, given.quiz, noon)
    theirs = joining.open_classroom(people["tess"], given.classroom.book, "Vera studies here", noon)
    joining.enroll(theirs, lecturer, noon)
    exam = Assignment.objects.create(
        classroom=theirs, quiz=given.quiz, created_at=noon, opens_at=noon + DAY, is_graded=True
    )
    for slot in given.quiz.slots.exclude(item=None):
        exam.reservations.create(item=slot.item)

    assert slugs(Item.objects.filter(withholding.kept(lecturer, noon))) == {"packed"}


def test_what_one_works_on_goes_nowhere_else(given, written, people, room, noon):
    """Only one's own questions are picked, so that nobody passes on what was shared with them."""
    own = founding.begin(people["nadia"], room.book, Settings("Mine"))
    with pytest.raises(building.NotInThisBank):
        building.add(own, Edit(people["nadia"], noon), written[:1])
    theirs = Edit(people["nadia"], noon, "A draw.")
    with pytest.raises(building.NotInThisBank):
        building.draw(given.quiz, theirs, [building.Rule(1)])
    hers = keep(people["nadia"], room.book, "hers")

    building.add(given.quiz, Edit(people["nadia"], noon, "One more."), [hers])

    assert "hers" in slugs(sharing.questions(people["piotr"], noon))


@pytest.mark.parametrize("count", [1, 3])
def test_how_many_a_draw_asks_is_its_owners_to_say(given, edit, people, noon, count):
    """More of it, or less and then more, would be asked and so shared of what nobody was shown."""
    place = given.quiz.slots.get(item=None)
    given.quiz.slots.filter(pk=place.pk).update(count=2)
    theirs = Edit(people["nadia"], noon, "Another number.")

    with pytest.raises(building.NotInThisBank):
        building.weigh(given.quiz, theirs, {place.pk: building.Look(count=count)})

    assert building.weigh(given.quiz, theirs, {place.pk: building.Look(weight=3, count=2)}) == 1
    own = Edit(edit.author, noon, "Another number.")
    assert building.weigh(given.quiz, own, {place.pk: building.Look(count=count)}) == 1


def test_a_number_that_its_owner_changed_meanwhile_is_not_changed_back(given, people, noon):
    place = given.quiz.slots.get(item=None)

    def waits_while_the_owner_is_first(execute, sql, params, many, context):
        if 'FROM "quizzes_quiz"' in sql:
            Slot.objects.filter(pk=place.pk).update(count=4)
        return execute(sql, params, many, context)

    theirs = Edit(people["nadia"], noon, "A heading.")
    look = building.Look(count=1, heading="Part two")
    with (
        connection.execute_wrapper(waits_while_the_owner_is_first),
        pytest.raises(building.NotInThisBank),
    ):
        building.weigh(given.quiz, theirs, {place.pk: look})
