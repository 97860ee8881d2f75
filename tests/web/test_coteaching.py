"""The pages of who teaches a class with somebody: what it was given is opened and mended."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.assessment import building, founding
from quizzes.assessment.building import Edit, Settings
from quizzes.assessment.withholding import WHY
from quizzes.items import contributing, reporting
from quizzes.items.compositions import Choice, Composition
from quizzes.items.contributing import Filing
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Item
from quizzes.people import joining, running
from quizzes.people.models import Classroom
from tests.bookshelf import make_study_book
from tests.examining import make_assignment, sit_through
from tests.web.editing import options, typed
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def book(classroom):
    book = make_study_book(3)
    Classroom.objects.update(book=book)
    return book


@pytest.fixture
def author(company):
    company["instructor"].display_name = "Vera Lind"
    company["instructor"].save()
    return company["instructor"]


@pytest.fixture
def item(author, book, noon):
    """A question of the instructor's, whose key is wrong."""
    choices = (Choice(text="Malloy"), Choice(text="Reyes", share=FULL_FRACTION))
    asked = Composition(kind="single", stem="Who led it?", choices=choices)
    filed = Filing(chapter=book.chapters.first(), state="ready")
    return contributing.compose(book, asked, filed, author, noon)


@pytest.fixture
def given(author, classroom, book, item, noon):
    quiz = founding.begin(author, book, Settings("Week one"))
    building.add(quiz, Edit(author, noon), [item])
    building.publish(quiz, noon)
    return make_assignment(Classroom.objects.get(pk=classroom.pk), quiz, noon)


@pytest.fixture
def page(client, company, given):
    """The words of a page as the assistant has it."""
    client.force_login(company["assistant"])
    return lambda address: text(client.get(address))


def mend(client, item, **others):
    """Post the question with the right key."""
    found = Item.objects.get(pk=item.pk)
    said = options("Malloy", "Reyes", rights=(0,)) | others
    sent = typed(found.book.topic, stem="Who led it?", seen=str(found.revision_id), **said)
    return client.post(f"/bank/items/{item.uid}/edit/", sent)


def test_a_wrong_key_is_mended_by_who_teaches_with_its_author(client, page, company, item, author):
    assert "Written by Vera Lind, and asked in a class that you teach" in page(
        f"/bank/items/{item.uid}/"
    )

    answer = mend(client, item, reason="Malloy led it.")

    assert answer.status_code == 302
    told = page(f"/bank/items/{item.uid}/")
    assert "Version 2 in force" in told
    assert "assistant · substantive Malloy led it." in told
    assert "100% Malloy" in told
    found = Item.objects.get(pk=item.pk)
    assert (found.owner, found.book.owner) == (author, author)


def test_whether_it_may_be_asked_stays_with_its_author(client, page, item):
    assert "Whoever wrote it decides whether it may be asked." in page(
        f"/bank/items/{item.uid}/edit/"
    )

    mend(client, item, state="draft")

    assert Item.objects.get(pk=item.pk).state == "ready"


def test_a_version_of_theirs_is_what_a_regrade_goes_by(client, page, company, given, item, noon):
    sit_through(company["student"], given, noon)
    asked = given.attempts.get().served.get().revision
    regrade = f"/classes/{given.classroom.uid}/assignments/{given.uid}/regrades/new/{asked.pk}/"
    assert "Edit the question to set its key right first" in page(regrade)

    mend(client, item)

    assert "Use another key" in page(regrade)


def test_a_report_leads_to_the_question(page, company, given, item, noon):
    reporting.report(company["student"], item, "It was Malloy.", noon, given.classroom)

    assert "Edit the question In the bank" in page(f"/classes/{given.classroom.uid}/reports/")


def test_what_a_colleague_wrote_is_not_copied(page, client, company, item):
    assert "Adapt it for yourself" not in page(f"/bank/items/{item.uid}/")

    assert client.post(f"/bank/items/{item.uid}/adapt/").status_code == 404
    assert not Item.objects.owned_by(company["assistant"]).exists()


def test_the_page_of_a_class_of_the_past_leads_nobody_to_its_quiz(page, author, given, noon):
    running.archive(given.classroom, author, noon)
    where = f"/classes/{given.classroom.uid}/assignments/{given.uid}/"

    assert "Change its questions" not in page(where)


def test_the_quiz_is_opened_from_the_class_and_its_home_stays_its_builders(page, client, given):
    room, quiz = given.classroom.uid, given.quiz.uid
    assert "Change its questions" in page(f"/classes/{room}/assignments/{given.uid}/")

    outline, settings = page(f"/bank/quizzes/{quiz}/"), page(f"/bank/quizzes/{quiz}/settings/")

    assert "Built by Vera Lind, and given to a class that you teach." in outline
    assert "Give it to classes" not in outline
    assert "Title" in settings
    assert "Retire it" not in settings
    assert "Of your classes, built by others Week one 1 question · Vera Lind" in page(
        "/bank/lights/quizzes/"
    )


def test_nobody_draws_from_the_bank_of_another(page, client, given, author, book):
    """A draw would find, count and ask what its builder has shown to nobody."""
    quiz = f"/bank/quizzes/{given.quiz.uid}/"
    outline = page(quiz)
    assert "Pick questions from the bank" in outline
    assert "Add a draw" not in outline
    assert "blueprint" not in outline

    for act in ({"act": "draw", "count": "1"}, {"act": "count", "count": "1"}, {"act": "line"}):
        answer = client.post(quiz, act | {"line": "1 single", "reason": "A draw."})
        assert answer.status_code == 404

    assert given.quiz.slots.count() == 1


def test_what_a_draw_asks_stays_as_its_builder_said(page, client, author, given, book, noon):
    quiz, change = given.quiz, Edit(author, noon, "A draw.")
    [draw] = building.draw(quiz, change, [building.Rule(1)])
    [fixed] = quiz.slots.exclude(pk=draw.pk)
    looks = {f"{fixed.pk}-count": 1, f"{fixed.pk}-weight": 2, f"{draw.pk}-weight": 2}

    outline = client.get(f"/bank/quizzes/{quiz.uid}/").content.decode()
    more = {"act": "save", "reason": "It weighs more.", f"{draw.pk}-count": 3}
    answer = client.post(f"/bank/quizzes/{quiz.uid}/", looks | more)

    assert re.search(rf'name="{draw.pk}-count"[^>]* disabled', outline)
    assert answer.status_code == 302
    draw.refresh_from_db()
    assert (draw.count, draw.weight) == (1, 2)


def test_who_is_to_sit_it_elsewhere_reads_why_it_is_closed(page, company, given, item, noon):
    theirs = Classroom.objects.get(name="Theirs")
    joining.enroll(theirs, company["assistant"], noon)
    exam = theirs.assignments.create(quiz=given.quiz, created_at=noon, opens_at=noon)
    exam.reservations.create(item=item)

    for address in (f"/bank/quizzes/{given.quiz.uid}/", f"/bank/items/{item.uid}/edit/"):
        assert str(WHY) in page(address)
    assert "Change its questions" not in page(
        f"/classes/{given.classroom.uid}/assignments/{given.uid}/"
    )


def test_the_bank_tells_and_finds_what_is_of_ones_classes(client, page, given, item):
    page("/bank/lights/?whose=classes")  # before the queries are counted
    with CaptureQueriesContext(connection) as one:
        found = page("/bank/lights/?whose=classes")

    assert "1 question " in found
    assert "by Vera Lind" in found
    assert "of your classes, by others 1" in found
    given.quiz.slots.create(item=_copy(item), position=9)
    with CaptureQueriesContext(connection) as two:
        assert "2 questions" in page("/bank/lights/?whose=classes")
    assert len(one) == len(two)


def _copy(item):
    """Another question of the same author's."""
    typed_as = contributing.composition(item)
    assert typed_as
    filed = contributing.filing_of(item)
    at = item.revision.created_at
    return contributing.compose(item.book.topic, typed_as, filed, item.owner, at)
