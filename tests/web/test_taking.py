"""The pages on which a quiz is taken: every kind of answer as a form, and what surrounds it."""

import re
from datetime import timedelta
from html import unescape

import pytest

from quizzes.assessment import sheets
from quizzes.assessment.models import Attempt, Served
from quizzes.items.models import Key, Revision
from quizzes.people import joining
from tests.bookshelf import make_study_book
from tests.examining import MACHINE_KINDS, begin, make_assignment, make_item, make_quiz, raw
from tests.web.test_quizzes import fields, stored, url
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def book(db):
    return make_study_book(3)


@pytest.fixture
def quiz(book):
    items = [make_item(book, f"ask-{kind}", kind) for kind in MACHINE_KINDS]
    return make_quiz(book, *items, is_shuffled=False)


@pytest.fixture
def student(client, reader):
    client.force_login(reader)
    return reader


@pytest.fixture
def attempt(student, quiz, noon):
    return begin(student, quiz, noon).attempt


@pytest.fixture
def give(attempt, noon, django_user_model):
    """Makes the attempt one at an assignment with these terms."""

    def give(**terms):
        teacher = django_user_model.objects.create_user("ida")
        classroom = joining.open_classroom(teacher, attempt.quiz.book, "Ours", noon)
        joining.enroll(classroom, attempt.learner, noon)
        given = make_assignment(classroom, attempt.quiz, noon, is_graded=False, **terms)
        Attempt.objects.filter(pk=attempt.pk).update(assignment=given)

    return give


def position_of(kind):
    return MACHINE_KINDS.index(kind) + 1


def page_of(client, attempt, kind):
    return client.get(url(attempt, f"?question={position_of(kind)}"))


def posted(kind, answer):
    """What a form sends for an answer, beside the fields that it hides."""
    name = f"answer_{position_of(kind)}"
    match answer:
        case {"chosen": chosen}:
            return {name: [str(place) for place in chosen]}
        case {"text": typed}:
            return {name: typed}
        case {"pairs": pairs}:
            return {f"{name}_{left}": "" if p is None else p for left, p in enumerate(pairs)}
        case {"gaps": gaps}:
            return {f"{name}_{gap}": said for gap, said in enumerate(gaps)}
        case {"order": order}:
            return {f"{name}_{place}": rank for rank, place in enumerate(order, start=1)}


def send(client, attempt, kind, answer, **more):
    """Post the page of a question with an answer in its fields."""
    address = url(attempt, f"?question={position_of(kind)}")
    return client.post(address, fields(client.get(address)) | posted(kind, answer) | more)


def selected(page):
    """The chosen option of every select on a page, in order."""
    shown = page.content.decode()
    return re.findall(r'<option value="([^"]*)" selected>', shown)


# Every kind


@pytest.mark.parametrize("is_right", [True, False])
@pytest.mark.parametrize("kind", MACHINE_KINDS)
def test_every_kind_is_answered_by_a_form_and_shown_again_as_it_was(
    client, attempt, kind, is_right
):
    answer = raw(sheets.of(attempt).by_position[position_of(kind)], is_right=is_right)

    assert send(client, attempt, kind, answer).status_code == 302

    assert stored(attempt) == {position_of(kind): answer}
    again = page_of(client, attempt, kind)
    sent = fields(again)
    if kind in {"matching", "ordering"}:
        places = [rank for rank in selected(again) if rank]
        wanted = answer.get("pairs") or range(1, 1 + len(answer["order"]))
        assert places == [str(place) for place in wanted]
    elif kind == "cloze":
        texts = [sent[f"answer_{position_of(kind)}_{n}"][0] for n in range(3)]
        assert [unescape(said) for said in texts] == answer["gaps"][:3]
        assert selected(again) == [str(answer["gaps"][3])]
    else:
        [said] = posted(kind, answer).values()
        typed = [unescape(one) for one in sent[f"answer_{position_of(kind)}"]]
        assert typed == (said if isinstance(said, list) else [said])


@pytest.mark.parametrize("kind", ["matching", "ordering", "cloze"])
def test_a_form_that_was_left_untouched_answers_nothing(client, attempt, kind):
    blank = {"pairs": [None] * 3} if kind == "matching" else {}

    send(client, attempt, kind, blank or {"gaps": []})

    assert stored(attempt) == {}


@pytest.mark.parametrize(
    ("positions", "order"),
    [
        (["1", "", "", ""], [0, 1, 2, 3]),
        (["", "", "", "1"], [3, 0, 1, 2]),
        (["4", "", "", ""], [1, 2, 3, 0]),
        (["2", "1", "", ""], [1, 0, 2, 3]),
        (["4", "3", "2", "1"], [3, 2, 1, 0]),
        (["1", "1", "1", "1"], [1, 2, 3, 0]),
        (["9", "", "", ""], [1, 2, 3, 0]),
    ],
)
def test_rows_go_where_they_are_sent_and_the_others_keep_their_order(
    client, attempt, positions, order
):
    number = position_of("ordering")
    address = url(attempt, f"?question={number}")
    sent = {f"answer_{number}_{place}": rank for place, rank in enumerate(positions)}

    client.post(address, fields(client.get(address)) | sent)

    found = stored(attempt)[number]["order"]
    assert sorted(found) == [0, 1, 2, 3]
    if positions != ["1", "1", "1", "1"]:
        assert found == order


def test_rows_that_were_put_in_order_are_moved_from_where_they_stand(client, attempt):
    send(client, attempt, "ordering", {"order": [2, 0, 3, 1]})
    number = position_of("ordering")
    page = page_of(client, attempt, "ordering")
    assert fields(page)[f"row_{number}"] == ["2", "0", "3", "1"]
    ranks = {f"answer_{number}_{place}": n for n, place in enumerate([2, 0, 3, 1], start=1)}

    moved = ranks | {f"answer_{number}_1": "1"}
    client.post(url(attempt, f"?question={number}"), fields(page) | moved)

    assert stored(attempt)[number] == {"order": [1, 2, 0, 3]}


@pytest.mark.parametrize("rows", [["0", "1", "2"], ["0", "0", "1", "2"], ["0", "1", "2", "x"], []])
def test_rows_that_are_not_the_questions_are_refused(client, attempt, rows):
    number = position_of("ordering")
    sent = {"question": number, f"sequence_{number}": 0, f"row_{number}": rows}

    assert client.post(url(attempt), sent).status_code == 400


def test_gaps_stand_in_the_sentence_and_are_counted(client, attempt):
    page = page_of(client, attempt, "cloze").content.decode()

    assert "___" not in page.partition('id="quiz-words"')[0]
    assert re.search(r"Of ask-cloze: <input[^>]*aria-label=\"gap 1 of 4\"", page)
    assert 'aria-label="gap 2 of 4, a number"' in page
    assert 'aria-label="gap 3 of 4, a date"' in page
    assert re.search(r"<select[^>]*aria-label=\"gap 4 of 4\"", page)


@pytest.mark.parametrize(
    ("stem_html", "shown"),
    [
        ('<p><a href="https://e.example/___">x</a> ___ ___ ___ ___</p>', 4),
        ("<p>Only one ___</p>", 4),
        ("<p>___ ___ ___ ___ and ___ more</p>", 4),
    ],
)
def test_every_gap_can_be_filled_whatever_its_sentence_says(client, attempt, stem_html, shown):
    Revision.objects.filter(kind="cloze").update(stem_html=stem_html)

    page = page_of(client, attempt, "cloze").content.decode()

    assert len(re.findall(r'aria-label="gap \d of 4', page)) == shown
    assert ('href="https://e.example/___"' in page) == ("href" in stem_html)
    assert ("___ more" in page) == ("more" in stem_html)


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({}, "Capitals, accents and apostrophes do not matter."),
        ({"is_case_exact": True}, "Capitals matter here; accents do not."),
        ({"is_accent_exact": True}, "Accents matter here; capitals do not."),
        ({"is_case_exact": True, "is_accent_exact": True}, "Capitals and accents matter here."),
    ],
)
def test_a_line_says_by_which_rule_it_is_read(client, attempt, columns, rule):
    Revision.objects.filter(kind="short_text").update(**columns)

    assert rule in text(page_of(client, attempt, "short_text"))


# What surrounds them


def test_the_parts_of_a_quiz_have_their_headings(client, attempt):
    Served.objects.filter(position__in=[1, 4]).update(heading="A part")
    Served.objects.filter(position=4).update(heading="Another part")

    assert "A quiz: quiz · A part" in text(client.get(url(attempt, "?question=3")))
    assert "A quiz: quiz · Another part" in text(client.get(url(attempt, "?question=6")))
    assert text(client.get(url(attempt, "?view=all"))).count("Another part") == 2


def test_a_question_is_flagged_and_told_so_wherever_it_is_named(client, attempt):
    here = url(attempt, "?question=2")
    sent = fields(client.get(here))

    assert client.post(here, sent | {"flag": "2"})["Location"] == here

    assert 'aria-label="Question 2, not answered, flagged"' in client.get(here).content.decode()
    assert "10 unanswered, 1 flagged." in text(client.get(url(attempt, "check/")))
    client.post(here, sent | {"unflag": "2"})
    assert "10 unanswered, 0 flagged." in text(client.get(url(attempt, "check/")))


def test_how_sure_one_is_is_asked_where_the_attempt_asks_it(client, attempt):
    assert "How sure are you?" not in text(client.get(url(attempt, "?question=1")))
    Attempt.objects.update(asks_confidence=True)

    assert "How sure are you?" in text(client.get(url(attempt, "?question=1")))
    send(client, attempt, "single", {"chosen": [1]}, sure_1="no")

    assert sheets.of(attempt).by_position[1].is_sure is False
    assert "no" in fields(client.get(url(attempt, "?question=1")))["sure_1"]


def test_two_answers_to_one_question_are_both_shown_and_either_is_kept(client, attempt):
    here = url(attempt, "?question=1")
    stale = fields(client.get(here))
    send(client, attempt, "single", {"chosen": [1]})

    told = client.post(here, stale | {"answer_1": "2"})

    assert told.status_code == 422
    assert "Keep mine" in text(told)
    assert stored(attempt) == {1: {"chosen": [1]}}
    client.post(here, fields(told) | {"answer_1": "2", "go": "stay"})
    assert stored(attempt) == {1: {"chosen": [2]}}


def test_the_check_leads_back_to_the_question_one_came_from(client, attempt):
    answer = send(client, attempt, "date", {"text": "1938"}, go="check")

    assert answer["Location"] == url(attempt, f"check/?from={position_of('date')}")
    assert "Back to question 7" in text(client.get(answer["Location"]))
    assert "Back to the questions" in text(client.get(url(attempt, "check/?from=x")))


# Where there is no way back


def test_where_there_is_no_way_back_only_the_question_that_is_reached_is_shown(
    client, attempt, give
):
    give(is_forward_only=True)

    page = client.get(url(attempt, "?question=5"))
    assert "Question 1 of 10" in text(page)
    assert "there is no way back" in text(page)
    assert "All on one page" not in text(page)
    send(client, attempt, "single", {"chosen": [1]}, go="2")

    page = client.get(url(attempt, "?question=1"))
    assert "Question 2 of 10" in text(page)
    assert 'data-act="previous"' not in page.content.decode()
    check = client.get(url(attempt, "check/")).content.decode()
    assert check.count(f'href="{url(attempt)}?question=') == 1
    assert "3. not reached yet" in text(client.get(url(attempt, "check/")))
    assert "ask-true_false" not in check


# Time


def test_the_time_until_which_one_may_answer_is_told(client, attempt, give, noon):
    give(time_limit_minutes=20)
    Attempt.objects.update(deadline_at=noon + timedelta(minutes=30))
    attempt.learner.enrollments.update(time_percent=150)

    page = client.get(url(attempt))

    assert "You may answer until 13:30:00." in text(page)
    assert "Includes your extra time (×1.5)." in text(page)
    assert 'data-ms-left="1800000"' in page.content.decode()
    assert "You may answer until 13:30:00." in text(client.get(url(attempt, "check/")))


def test_without_a_clock_none_is_shown(client, attempt):
    assert "data-clock" not in client.get(url(attempt)).content.decode()


def test_when_time_is_up_the_answers_are_handed_in(client, attempt, noon, time_machine):
    send(client, attempt, "single", {"chosen": [1]})
    Attempt.objects.update(deadline_at=noon + timedelta(minutes=5))

    time_machine.move_to(noon + timedelta(minutes=5, seconds=2), tick=False)
    page = client.post(url(attempt, "check/"), follow=True)

    assert "Time is up. Your answers were handed in at 13:05:02." in text(page)


def test_who_comes_back_after_the_time_finds_the_result(client, attempt, noon, time_machine):
    send(client, attempt, "single", {"chosen": [1]})
    Attempt.objects.update(deadline_at=noon + timedelta(minutes=5))

    time_machine.move_to(noon + timedelta(hours=1), tick=False)
    page = client.get(url(attempt), follow=True)

    assert page.redirect_chain[-1][0] == url(attempt, "result/")
    assert "Time is up. Your answers were handed in at 13:05:00." in text(page)


# Checking each question


@pytest.fixture
def checked(attempt):
    Attempt.objects.filter(pk=attempt.pk).update(checks_each=True)
    Key.objects.update(hint="Think of the oath.")
    return attempt


def test_a_right_answer_that_is_checked_is_explained_and_closed(client, checked):
    right = raw(sheets.of(checked).by_position[1], is_right=True)

    answer = send(client, checked, "single", right, check="1")
    page = client.get(answer["Location"])

    assert "Right: Option 1 of ask-single" in text(page)
    assert "Because the book says so of ask-single." in text(page)
    assert re.search(r'<fieldset class="widget"[^>]* disabled', page.content.decode())
    assert "question" not in fields(page)


def test_a_wrong_answer_leaves_a_try_and_tells_nothing_else(client, checked):
    wrong = raw(sheets.of(checked).by_position[1], is_right=False)

    page = text(client.get(send(client, checked, "single", wrong, check="1")["Location"]))

    assert "Not yet. You have 1 try left." in page
    assert page.count("1 try left") == 1
    assert "Because the book says so" not in page
    assert "Why" not in page


def test_a_hint_says_its_cost_first_and_comes_when_it_is_asked_for(client, checked):
    page = text(client.get(url(checked, "?question=1")))
    assert "Hint: costs 33% of the mark" in page
    assert "Think of the oath." not in page

    answer = send(client, checked, "single", {"chosen": []}, hint="1")

    assert "Hint: Think of the oath." in text(client.get(answer["Location"]))
    assert "Think of the oath." not in text(client.get(url(checked, "?question=2")))


def test_what_has_no_answer_is_not_checked(client, checked):
    page = send(client, checked, "single", {"chosen": []}, check="1")

    assert page.status_code == 422
    assert "Answer the question before you check it." in text(page)
    assert Served.objects.get(attempt=checked, position=1).tries == 0


def test_nothing_of_a_key_stands_on_a_page_before_its_time(client, checked):
    for tail in ("?view=all", "check/", *(f"?question={n}" for n in range(1, 11))):
        page = client.get(url(checked, tail)).content.decode()

        assert "The answer to" not in page
        assert "Because the book says so" not in page
        assert "Think of the oath" not in page


# What it costs


@pytest.mark.parametrize("tail", ["?view=all", "?question=10", "check/"])
def test_pages_with_every_kind_are_light(client, checked, weight, tail):
    assert weight(url(checked, tail)) < 15_000
