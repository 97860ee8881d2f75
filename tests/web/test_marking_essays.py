"""Essays are marked without names, one after the other, and told with their rubric."""

from datetime import timedelta

import pytest

from quizzes.assessment import attempting, responding, sheets
from quizzes.assessment.models import Assignment, Mark, Served
from quizzes.assessment.responding import Given
from quizzes.assessment.withholding import WHY
from quizzes.items.models import Criterion
from quizzes.people.models import Classroom
from tests.bookshelf import make_study_book
from tests.enrolling import examine
from tests.examining import make_item, make_quiz, sit
from tests.web.lessons import DAY, give, sit_through
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def given(company, classroom, noon):
    book = make_study_book(3)
    Classroom.objects.filter(pk=classroom.pk).update(book=book)
    quiz = make_quiz(book, make_item(book, "essay", "essay"), make_item(book, "choice"))
    return give(Classroom.objects.get(pk=classroom.pk), quiz, noon)


@pytest.fixture
def instructor(client, company):
    client.force_login(company["instructor"])
    return company["instructor"]


@pytest.fixture
def answers(company, given, noon):
    """Two students have written an essay."""
    for name in ("student", "classmate"):
        sit_through(company[name], given, noon)
    essays = Served.objects.filter(revision__kind="essay")
    return list(essays.order_by("attempt__seed"))


def url(given, *parts):
    room = given.classroom.uid
    return "/".join(["/classes", str(room), "assignments", str(given.uid), *map(str, parts), ""])


def lines():
    return Criterion.objects.order_by("position").values_list("text", flat=True)


def levels(level):
    positions = Criterion.objects.values_list("position", flat=True)
    return {f"criterion_{position}": str(level) for position in positions}


def test_answers_are_listed_without_names(client, company, instructor, given, answers):
    page = text(client.get(url(given, "essays")))

    assert "Answer 1 to “What of essay?” To mark Answer 2" in page
    assert "student" not in page
    assert "classmate" not in page
    told = text(client.get(url(given)))
    assert "2 to mark" in told
    assert "An essay that is not marked yet earns nothing so far" in told


def test_a_marker_who_may_be_asked_it_leaves_an_essay_to_others(
    client, instructor, given, answers, noon
):
    """Its rubric is its key."""
    asked = given.quiz.slots.get(item__slug="essay").item
    examine(instructor, make_quiz(given.quiz.book, asked, slug="exam"), noon)

    page, paper = client.get(url(given, "essays")), client.get(url(given, "essays", answers[0].pk))

    said = f"{WHY} You sit, or are to sit: “A quiz: exam” in Elsewhere."
    assert f"What of essay? {said} Until then its answers are marked by others" in text(page)
    assert "Mark the" not in text(page)
    assert f"/essays/{answers[0].pk}/" not in page.content.decode()
    assert paper.status_code == 409
    assert "Criterion" not in text(paper)


def test_a_queue_is_of_one_question_and_begins_with_what_is_left(
    client, instructor, given, answers
):
    first, second = (url(given, "essays", one.pk) for one in answers)
    client.post(first, levels(2) | {"comment": ""})

    own = client.get(url(given, "essays") + f"?question={answers[0].revision_id}")
    other = client.get(url(given, "essays") + "?question=0")

    assert "Mark the 1 that is left" in text(own)
    assert f'<a class="button primary" href="{second}">' in own.content.decode()
    assert "No essay was handed in yet." in text(other)
    assert client.get(url(given, "essays") + "?question=x").status_code == 400


def test_an_answer_is_read_with_its_rubric_and_no_name(client, instructor, given, answers):
    page = text(client.get(url(given, "essays", answers[0].pk)))

    assert "What of essay?" in page
    assert "The plot was made up." in page
    assert "The answer to essay." in page
    assert lines()[0] in page
    assert "Answer 1 of 2. 2 answers have no mark yet." in page
    assert "classmate" not in page
    assert "Counts 1 of 3. not (0%) partly (16.7%) fully (33.3%)" in page
    assert "Counts 2 of 3. not (0%) partly (33.3%) fully (66.7%)" in page


def test_a_mark_leads_to_the_next_answer_and_then_to_the_list(client, instructor, given, answers):
    first, second = (url(given, "essays", one.pk) for one in answers)

    onward = client.post(first, levels(2) | {"comment": "Well seen."})
    end = client.post(second, levels(0) | {"comment": ""})

    assert onward["Location"] == second
    assert end["Location"] == url(given, "essays")
    assert [mark.fraction for mark in Mark.objects.order_by("pk")] == [10_000_000, 0]
    told = text(client.get(url(given)))
    assert "All marked" in told
    assert "not marked yet" not in told


def test_one_goes_on_without_a_mark_and_back(client, instructor, given, answers):
    first, second = (url(given, "essays", one.pk) for one in answers)

    skipped = client.get(first).content.decode()
    assert f'rel="next" href="{second}">Skip' in skipped
    assert 'rel="prev"' not in skipped
    assert f'rel="prev" href="{first}"' in client.get(second).content.decode()


def test_two_markers_begin_with_different_answers(client, company, given, answers):
    begun = []
    for name in ("assistant", "instructor"):
        client.force_login(company[name])
        begun.append(client.get(url(given, "essays")).content.decode())

    for page, one in zip(begun, answers, strict=True):
        assert f'primary" href="{url(given, "essays", one.pk)}">Mark the 2' in page


def test_what_a_mark_comes_to_is_told_once_it_is_saved(client, instructor, given, answers):
    one = url(given, "essays", answers[0].pk)
    sent = client.post(one, levels(1) | {"comment": "Whose plot?"}, follow=True)

    assert "The mark is saved: 50%, 0.5 of 1." in text(sent)
    told = text(client.get(one))
    assert "The mark that stands 50%, 0.5 of 1 instructor, 2 Mar 2026, 12:00 UTC" in told
    assert "Whose plot?" in told


def test_a_mark_that_one_has_not_seen_is_not_replaced_and_nothing_typed_is_lost(
    client, company, instructor, given, answers
):
    one = url(given, "essays", answers[0].pk)
    client.force_login(company["assistant"])
    client.post(one, levels(0) | {"comment": "No.", "after": "0"})
    client.force_login(company["instructor"])

    late = client.post(one, levels(2) | {"comment": "Well seen.", "after": "0"})

    page = text(late)
    assert late.status_code == 422
    assert "assistant has marked this since you opened it" in page
    assert "The mark that stands 0%, 0 of 1 assistant" in page
    assert "Well seen.</textarea>" in late.content.decode()
    assert late.content.decode().count("checked") == 2
    [seen] = Mark.objects.all()
    assert f'name="after" value="{seen.pk}"' in late.content.decode()
    client.post(one, levels(2) | {"comment": "Well seen.", "after": str(seen.pk)})
    assert [mark.fraction for mark in Mark.objects.order_by("pk")] == [0, 10_000_000]


def test_without_every_level_nothing_is_marked(client, instructor, given, answers):
    answer = client.post(url(given, "essays", answers[0].pk), {"comment": "Hm."})

    assert answer.status_code == 422
    assert not Mark.objects.exists()


def test_without_a_rubric_a_share_is_given(client, instructor, given, answers):
    Criterion.objects.all().delete()
    where = url(given, "essays", answers[0].pk)

    assert client.post(where, {"percent": "101", "comment": ""}).status_code == 422
    client.post(where, {"percent": "75", "comment": ""})

    assert Mark.objects.get().fraction == 7_500_000
    assert 'value="75"' in client.get(where).content.decode()


def test_results_wait_for_the_marks(client, instructor, given, answers, noon, time_machine):
    time_machine.move_to(noon + 2 * DAY, tick=False)

    assert "2 answers are to be marked first." in text(client.get(url(given)))
    assert client.post(url(given, "release")).status_code == 409
    for one in answers:
        client.post(url(given, "essays", one.pk), levels(1) | {"comment": ""})
    assert client.post(url(given, "release")).status_code == 302


def test_the_student_is_told_levels_comment_and_model_answer_once_released(
    client, company, instructor, given, answers, noon
):
    [mine] = [one for one in answers if one.attempt.learner == company["student"]]
    client.post(url(given, "essays", mine.pk), levels(1) | {"comment": "Whose plot?"})
    client.force_login(company["student"])
    result = f"/attempts/{mine.attempt.uid}/result/"
    assert "Whose plot?" not in text(client.get(result))

    Assignment.objects.update(released_at=noon + timedelta(seconds=-1))
    told = text(client.get(result))

    assert "Partly right: The plot was made up." in told
    assert f"{lines()[0]} partly" in told
    assert "Comment: Whose plot?" in told
    assert "Model answer: The answer to essay." in told
    assert "1.5 of 2" in told


def test_an_essay_that_nobody_marked_is_said_to_be_so(
    client, company, instructor, given, answers, noon
):
    client.force_login(answers[0].attempt.learner)
    Assignment.objects.update(released_at=noon)

    told = text(client.get(f"/attempts/{answers[0].attempt.uid}/result/"))

    assert "1 essay is not marked yet." in told
    assert "A person marks this; it is not marked yet." in told


def test_what_is_no_essay_of_this_assignment_is_not_there(client, instructor, given, answers):
    [other, _another] = Served.objects.exclude(revision__kind="essay")

    assert client.get(url(given, "essays", other.pk)).status_code == 404


def test_an_essay_that_was_taken_back_is_none(client, instructor, given, company, noon):
    sheet = sit(company["student"], given, noon)
    [essay] = [one for one in sheet.questions if one.kind == "essay"]
    responding.save(sheet, [Given(essay.position, {"text": "So."}, 0)], noon)
    responding.save(sheets.of(sheet.attempt), [Given(essay.position, {"text": " "}, 1)], noon)
    attempting.hand_in(sheets.of(sheet.attempt), noon)

    assert "No essay was handed in yet." in text(client.get(url(given, "essays")))
