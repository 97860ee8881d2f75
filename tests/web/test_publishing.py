"""A quiz that was built is looked at, published, given to classes, and changed there."""

from datetime import timedelta

import pytest

from quizzes.assessment import assigning, building
from quizzes.assessment.building import Rule, Settings
from quizzes.assessment.models import Assignment, Attempt
from quizzes.people import accommodating, auditing, joining
from quizzes.people.models import Classroom
from tests.examining import make_assignment
from tests.web.building import order, url
from tests.web.test_giving import TERMS
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon", "asks")]
DAY = timedelta(days=1)


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
