"""The pages on which a quiz is built, looked at, published, and given to classes."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.assessment import assigning, building, founding
from quizzes.assessment.building import Edit, Rule, Settings
from quizzes.assessment.models import Assignment, Attempt, Quiz, Slot
from quizzes.people import accommodating, auditing, joining
from quizzes.people.models import Classroom
from tests.bookshelf import make_study_book
from tests.examining import make_assignment, make_item, make_quiz
from tests.web.test_giving import TERMS
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
DAY = timedelta(days=1)


@pytest.fixture
def book(db):
    book = make_study_book(3)
    for n in range(3):
        make_item(book, f"ask-{n}", position=10 + n)
    return book


@pytest.fixture
def instructor(client, company):
    client.force_login(company["instructor"])
    return company["instructor"]


@pytest.fixture
def room(classroom, book):
    Classroom.objects.filter(pk=classroom.pk).update(book=book, time_zone="America/New_York")
    return Classroom.objects.get(pk=classroom.pk)


@pytest.fixture
def edit(instructor, noon):
    return Edit(instructor, noon)


@pytest.fixture
def quiz(instructor, book):
    return founding.begin(instructor, book, Settings("Week one"))


@pytest.fixture
def ready(quiz, edit, book, noon):
    building.add(quiz, edit, list(book.items.filter(slug__startswith="ask").in_order()))
    return building.publish(quiz, noon)


def url(quiz, tail=""):
    return f"/bank/quizzes/{quiz.uid}/{tail}"


def order(quiz):
    return list(quiz.slots.order_by("position").values_list("pk", flat=True))


def test_a_quiz_begins_with_its_title(client, instructor, book):
    answer = client.post("/bank/lights/quizzes/", {"title": "Week one"})

    quiz = Quiz.objects.owned_by(instructor).get()
    assert answer["Location"] == url(quiz)
    assert "It asks nothing yet." in text(client.get(url(quiz)))
    assert "Week one 0 questions · draft" in text(client.get("/bank/lights/quizzes/"))


def test_a_quiz_of_the_pack_is_copied_and_changed(client, instructor, book):
    pack = make_quiz(book, book.items.get(slug="ask-0"))
    assert "Copy and change : A quiz: quiz" in text(client.get("/bank/lights/quizzes/"))

    answer = client.post(url(pack, "duplicate/"))

    copy = Quiz.objects.owned_by(instructor).get()
    assert answer["Location"] == url(copy)
    assert copy.title == "Copy of A quiz: quiz"


def test_a_blueprint_in_words_becomes_draws(client, quiz):
    client.post(url(quiz), {"act": "line", "line": "2 terms, 1 argument from section 1"})

    drawn = list(quiz.slots.order_by("position").values_list("count", "fact_kind"))
    assert drawn == [(2, "term"), (1, "argument")]
    told = text(client.get(url(quiz)))
    assert "Draws 2 questions · Term · section 1, Introduction, first part finds 5" in told


def test_what_is_no_blueprint_is_told_from_where_on(client, quiz):
    answer = client.post(url(quiz), {"act": "line", "line": "2 terms, 3 dragons"})

    assert answer.status_code == 422
    assert "From “3 dragons” on this could not be read." in text(answer)
    assert not quiz.slots.exists()


def test_more_than_one_wish_may_be_for_is_told_as_that(client, quiz):
    answer = client.post(url(quiz), {"act": "line", "line": "2 terms, 200 dates"})

    assert answer.status_code == 422
    assert "“200 dates”: one wish is for 1 to 100 questions." in text(answer)
    assert 'value="2 terms, 200 dates"' in answer.content.decode()


def test_a_section_that_is_not_there_is_told_beside_the_line(client, quiz):
    answer = client.post(url(quiz), {"act": "line", "line": "2 terms from sections 1-9"})

    assert answer.status_code == 409
    assert "The book has no section 9. Its sections are 1–2." in text(answer)
    assert 'value="2 terms from sections 1-9"' in answer.content.decode()


def test_the_outline_has_plain_words_and_the_numbers_of_sections(client, quiz, edit, book):
    item = book.items.select_related("revision").get(slug="ask-1")
    item.revision.stem_html = "<p>What of <em>this</em>?</p>"
    item.revision.save(update_fields=["stem_html"])
    building.add(quiz, edit, [item])

    assert "What of this? single choice · section 1" in text(client.get(url(quiz)))


def test_a_draw_says_first_what_it_finds(client, quiz):
    asked = {"count": "2", "weight": "1", "fact_kind": "term"}

    told = text(client.post(url(quiz), asked | {"act": "count"}))
    assert "That finds 5 questions." in told
    assert not quiz.slots.exists()

    client.post(url(quiz), asked | {"act": "draw"})
    assert quiz.slots.get().count == 2


def test_places_move_by_buttons_by_dragging_and_are_removed(client, quiz, edit, book):
    first, second, third = building.add(quiz, edit, list(book.items.filter(slug__contains="ask")))

    client.post(url(quiz), {"act": f"up-{third.pk}"})
    assert order(quiz) == [first.pk, third.pk, second.pk]
    client.post(url(quiz), {"act": f"down-{first.pk}"})
    assert order(quiz) == [third.pk, first.pk, second.pk]
    answer = client.post(
        url(quiz), {"act": f"arrange-{second.pk}", "order": [second.pk, third.pk, first.pk]}
    )
    assert order(quiz) == [second.pk, third.pk, first.pk]
    assert answer["Location"].endswith(f"#place-{second.pk}")
    client.post(url(quiz), {"act": f"remove-{third.pk}"})
    assert order(quiz) == [second.pk, first.pk]


def test_weights_and_headings_are_saved_together(client, quiz, edit, book):
    [slot] = building.draw(quiz, edit, [Rule(1)])
    named = {f"{slot.pk}-weight": "3", f"{slot.pk}-count": "2", f"{slot.pk}-heading": "Part one"}

    assert client.post(url(quiz), {"act": "save"} | named).status_code == 302

    slot.refresh_from_db()
    assert (slot.weight, slot.count, slot.heading) == (3, 2, "Part one")
    wrong = client.post(url(quiz), {"act": "save"} | named | {f"{slot.pk}-weight": "0"})
    assert wrong.status_code == 422


def test_another_quiz_s_place_is_not_moved(client, quiz, edit, instructor, book):
    other = founding.begin(instructor, book, Settings("Other"))
    [slot] = building.draw(other, edit, [Rule(1)])

    assert client.post(url(quiz), {"act": f"up-{slot.pk}"}).status_code == 404
    client.post(url(quiz), {"act": f"remove-{slot.pk}"})

    assert order(other) == [slot.pk]


def test_settings_are_kept(client, quiz):
    posted = {"title": "Week 1", "time_limit_minutes": "20", "pass_percent": "60"}

    client.post(url(quiz, "settings/"), posted)

    quiz.refresh_from_db()
    assert (quiz.title, quiz.time_limit_minutes) == ("Week 1", 20)
    assert (quiz.pass_fraction, quiz.is_shuffled) == (6_000_000, False)
    assert client.get(url(quiz, "settings/")).context["form"]["pass_percent"].value() == 60


def test_what_to_know_before_is_read_before(client, ready, room, company, edit):
    said = "Bring **a pen**.\n\n<b hx-post='/'>No</b>"
    building.describe(ready, edit, Settings("Week one", description=said))
    client.post(url(ready, "give/"), TERMS | {"classes": str(room.uid)})
    given = Assignment.objects.get()
    looked = [client.get(url(ready, "preview/")), client.get(f"/quizzes/{ready.uid}/")]
    client.force_login(company["student"])
    looked.append(client.get(f"/assignments/{given.uid}/"))

    for page in looked:
        assert "Bring <strong>a pen</strong>." in page.content.decode()
        assert "<b hx-post" not in page.content.decode()


def test_the_checklist_blocks_or_advises(client, quiz, edit, book):
    assert "It asks nothing yet: add a question or a draw." in text(
        client.get(url(quiz, "publish/"))
    )
    early = client.post(url(quiz, "publish/"))
    assert early.status_code == 409
    assert "Something on the checklist stands in the way." in text(early)
    assert "It asks nothing yet: add a question or a draw." in text(early)

    building.draw(quiz, edit, [Rule(2)])

    assert client.post(url(quiz, "publish/"))["Location"] == url(quiz, "give/")
    quiz.refresh_from_db()
    assert quiz.published_at is not None


def test_it_is_given_to_several_classes_each_on_its_own_clock(
    client, ready, room, instructor, book, noon
):
    second = joining.open_classroom(instructor, book, "Second", noon)
    Classroom.objects.filter(pk=second.pk).update(time_zone="Europe/Berlin")
    late = {"late_days": "3", "late_percent": "10", "classes": [str(room.uid), str(second.uid)]}

    answer = client.post(url(ready, "give/"), TERMS | late, follow=True)

    assert "It is given to 2 classes." in text(answer)
    opened = {one.classroom.name: one.opens_at for one in Assignment.objects.all()}
    assert opened["Ours"].isoformat() == "2026-03-02T12:00:00+00:00"
    assert opened["Second"].isoformat() == "2026-03-02T06:00:00+00:00"
    assert set(Assignment.objects.values_list("late_days", "late_percent")) == {(3, 10)}


def test_the_class_that_one_came_from_is_ticked_and_its_clock_proposes_the_dates(
    client, ready, room, instructor, book, noon
):
    second = joining.open_classroom(instructor, book, "Second", noon, "Europe/Berlin")
    assert client.get(url(ready, "give/")).context["chosen"].initial["classes"] == []

    client.get(f"/classes/{second.uid}/assignments/new/")
    page = client.get(url(ready, "give/"))

    assert page.context["chosen"].initial["classes"] == [str(second.uid)]
    assert 'value="2026-03-02T13:00"' in page.content.decode()  # noon in UTC
    assert "those proposed are from Europe/Berlin" in text(page)
    client.post(url(ready, "give/"), TERMS | {"classes": str(second.uid)})
    assert Assignment.objects.get().classroom == second


def test_a_class_s_page_offers_what_was_built_on_its_book(client, ready, room, company, noon):
    """To its builder; to those who teach with them once they gave it, not when it is withdrawn."""
    offer = f"/classes/{room.uid}/assignments/new/"

    def offers(name):
        client.force_login(company[name])
        page = text(client.get(offer))
        return "Built by those who teach it Week one instructor" in page

    assert offers("instructor")
    assert not offers("assistant")
    assert client.post(f"{offer}{ready.uid}/", TERMS).status_code == 404

    given = make_assignment(room, ready, noon)
    assert offers("assistant")
    assert client.post(f"{offer}{ready.uid}/", TERMS).status_code == 302
    again = Assignment.objects.exclude(pk=given.pk).get()
    assert again.quiz == ready
    for one in (given, again):
        assigning.withdraw(one, noon)
    assert not offers("assistant")


def test_a_change_after_opening_asks_why_and_is_told_there(client, ready, room):
    client.post(url(ready, "give/"), TERMS | {"classes": str(room.uid)})
    [first, *_more] = order(ready)
    assert "A class has this quiz. Each change asks for a reason" in text(client.get(url(ready)))

    for tail, sent in (
        ("", {"act": f"down-{first}"}),
        ("", {"act": "line", "line": "1 term"}),
        ("settings/", {"title": "Another title"}),
    ):
        answer = client.post(url(ready, tail), sent)
        assert answer.status_code == 409
        assert "A class has this quiz: say why you change it." in text(answer)
        for kept in ("1 term", "Another title"):
            assert kept not in sent.values() or f'value="{kept}"' in answer.content.decode()
    client.post(url(ready), {"act": f"down-{first}", "reason": "Too hard first."})

    assert order(ready)[1] == first
    assert auditing.of(ready.uid).get().text == "Order changed. Too hard first."
    assert "Order changed. Too hard first." in text(client.get(url(ready)))


def test_what_was_never_given_is_deleted_and_what_was_is_retired(client, ready, room):
    client.post(url(ready, "give/"), TERMS | {"classes": str(room.uid)})
    assert client.post(url(ready, "delete/")).status_code == 409

    client.post(url(ready, "retire/"), {"reason": "Old."})

    ready.refresh_from_db()
    assert ready.retired_at is not None
    assert "It is not published yet." in text(client.get(url(ready, "give/")))


def test_it_is_seen_as_anybody_and_nothing_is_written(client, ready, room, company, edit, noon):
    building.describe(ready, edit, Settings("Week one", time_limit_minutes=20))
    place = room.enrollments.get(user=company["student"])
    accommodating.accommodate(place, time_percent=150, extra_days=0, has_no_limit=False)

    def seen(whom):
        return text(client.get(url(ready, "preview/"), {"as": whom}))

    assert "Any student: 20 minutes." in seen("")
    assert "A student with time ×2: 40 minutes" in seen("200")
    assert "no limit for you" in seen("none")
    told = seen(f"student-{place.pk}")
    assert "Student · Ours: 30 minutes" in told
    assert "This is a preview: nothing is saved, and nothing counts." in told
    assert told.count("What of ask-") == 3
    assert not Attempt.objects.exists()


def test_who_is_no_student_of_mine_is_nobody_to_see_it_as(client, ready, room, company):
    stranger = company["stranger"].enrollments.get()

    page = client.get(url(ready, "preview/"), {"as": f"student-{stranger.pk}"})

    assert page.context["chosen"].value == "100"


def test_pages_take_the_same_queries_whatever_the_number_of_places(
    client, quiz, edit, book, instructor
):
    counts: dict[str, list[int]] = {"": [], "pick/": [], "publish/": []}
    for number, more in pairwise((0, 1, 10, 60)):
        items = [make_item(book, f"more-{n}") for n in range(number, more)]
        building.add(quiz, edit, items)
        building.draw(quiz, edit, [Rule(1)])
        for tail, found in counts.items():
            with CaptureQueriesContext(connection) as captured:
                assert client.get(url(quiz, tail)).status_code == 200
            found.append(len(captured))
    assert Slot.objects.filter(quiz=quiz).count() == 63
    assert {tail: len(set(found)) for tail, found in counts.items()} == dict.fromkeys(counts, 1)
