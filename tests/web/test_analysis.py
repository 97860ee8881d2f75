"""What the class's answers say about a quiz's questions, on a page, across classes, and as CSV."""

import re
from datetime import timedelta

import numpy as np
import pytest
from django.urls import reverse

from quizzes.assessment import regrading, tallying
from quizzes.assessment.grading import Credit
from quizzes.assessment.models import Attempt
from quizzes.assessment.regrading import Proposal
from quizzes.assessment.withholding import WHY
from quizzes.exchange.formats import tables
from quizzes.people.models import Classroom, Enrollment, User
from tests.analytics import sampled
from tests.assessment.regraded import rekeyed
from tests.enrolling import examine
from tests.examining import make_assignment, make_item, make_quiz, sit_through
from tests.web.test_review import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

KEY = 1


@pytest.fixture
def give(room, noon):
    """Gives the class a quiz of so many questions."""

    def give(questions=4):
        items = [make_item(room.book, f"q{n}", position=n) for n in range(questions)]
        return make_assignment(room, make_quiz(room.book, *items), noon)

    return give


def lay_down(given, at, people=40, wrong=None, seed=2):
    questions = given.quiz.slots.count()
    random = np.random.default_rng(seed)
    sample = sampled.draw(random, people=people, questions=questions, partial=False, key=KEY)
    if wrong is not None:
        sample = sampled.with_wrong_key(sample, wrong)
    sampled.lay_down(sample, given.quiz, at, given)
    return sample


def page_of(given, table=False):
    name = "item-analysis-table" if table else "item-analysis"
    return reverse(name, args=[given.classroom.uid, given.uid])


def titles(page):
    return re.findall(r"<h2 id=\"t\d+\">\d+\. What of (q\d+)\?", page.content.decode())


def test_what_needs_attention_comes_first_with_advice_in_words(client, instructor, give, noon):
    given = give(8)
    lay_down(given, noon, people=100, wrong=5)

    page = client.get(page_of(given))

    assert titles(page)[0] == "q5"
    assert "▲ Check the key: the best students chose “Option 2 of q5”." in text(page)


def test_choices_are_shown_of_what_needs_attention_and_of_all_where_wished(
    client, instructor, give, noon
):
    given = give(8)
    lay_down(given, noon, people=100, wrong=5)

    page, whole = client.get(page_of(given)), client.get(page_of(given), {"choices": "all"})

    flagged = titles(page)
    assert 0 < len(flagged) < 8
    assert titles(whole)[: len(flagged)] == flagged
    assert len(titles(whole)) == 8
    hrefs = re.findall(r'href="(\?choices=all)?#q\d+"', by_line(page))
    assert [bool(href) for href in hrefs] == [False] * len(flagged) + [True] * (8 - len(flagged))


def test_options_are_told_with_the_key_in_words(client, instructor, give, noon):
    given = give()
    sample = lay_down(given, noon)

    page = text(client.get(page_of(given), {"choices": "all"}))

    count = int((sample.chosen[:, 0] == KEY).sum())
    percent = round(100 * count / 40)
    assert re.search(rf"Option 1 of q0 ✓ Key {count} {percent}% \d+% \d+%", page)
    assert re.search(r"Left out \d+ \d+%", page)


def regrade(given, by, slug, policy, at, **rest):
    """A question of the quiz is marked otherwise from now on."""
    asked = given.quiz.slots.get(item__slug=slug).item.revision
    if policy == "key":
        rest["key_revision"] = rekeyed(asked, KEY + 1, at)
    proposal = Proposal(policy, "It was wrong.", **rest)
    regrading.apply(regrading.propose(given, asked, proposal, by, at), by, at)


def test_the_key_in_force_is_ticked_and_advice_goes_by_it(client, instructor, give, noon):
    given = give(8)
    lay_down(given, noon, people=100, wrong=5)
    for table in (False, True):
        page = client.get(page_of(given, table=table), {"choices": "all"})
        assert "Check the key" in page.content.decode()
    wrong = "Option 2 of q5"
    assert f'<td dir="auto">{wrong} (' in by_line(client.get(page_of(given)))
    at = noon + timedelta(hours=2)

    regrade(given, instructor, "q5", "key", at)
    regrade(given, instructor, "q0", "credit", at, credits=[Credit(0, 3)])

    page = client.get(page_of(given), {"choices": "all"})
    found = text(page)
    assert f"{wrong} ✓ Key" in found
    assert "Option 1 of q5 ✓ Key" not in found
    assert "Regraded: what is ticked is the key that it is marked by now." in found
    assert "Check the key" not in found
    assert f'<td dir="auto">{wrong} (' not in by_line(page)
    assert re.search(r"Option 1 of q0 ✓ Key .* Option 3 of q0 ✓ Credited", found)
    assert '<td dir="auto">Option 3 of q0 (' not in by_line(page)
    table = client.get(page_of(given, table=True)).content.decode()
    assert f"{wrong} (key)" in table
    assert "Option 3 of q0 (credited)" in table
    assert "Check the key" not in table
    assert f"{wrong} ✓ Key" in text(
        client.get(reverse("quiz-analysis", args=[given.quiz.uid]), {"choices": "all"})
    )


def test_the_quiz_as_a_whole(client, instructor, give, noon):
    given = give(6)
    sample = lay_down(given, noon)

    page = text(client.get(page_of(given)))

    alpha = sampled.alpha(sample.marks)
    assert alpha is not None
    assert f"Mean {round(100 * sample.marks.mean())}%" in page
    assert f"Reliability (KR-20) {alpha:.2f}" in page
    assert re.search(r"The upper half scored \d+% or more: \d+ attempts, and \d+ in the", page)


def test_of_seven_it_says_what_is_needed_and_nothing_else(client, instructor, give, noon):
    given = give()
    lay_down(given, noon, people=7)

    page = text(client.get(page_of(given)))

    assert "7 first attempts. 7 of 10 answers needed." in page
    assert "The quiz as a whole" not in page
    assert "Check the key" not in page
    assert "Who chose what" not in page


def test_where_draws_differ_it_says_why_there_is_no_reliability(client, instructor, give, noon):
    given = give()
    lay_down(given, noon)
    for attempt in Attempt.objects.all():
        attempt.served.get(position=1 + attempt.pk % 2).delete()
    tallying.rebuild(given.quiz)

    assert "Not everybody was asked the same questions" in text(client.get(page_of(given)))


def test_before_anybody_handed_in(client, instructor, give):
    assert "Nobody has handed it in yet." in text(client.get(page_of(give())))


def test_attempts_whose_essays_wait_are_counted_and_lead_to_the_essays(
    client, company, instructor, give, room, noon
):
    given = give()
    assert "marked" not in lede(client.get(page_of(given)))
    essay = make_item(room.book, "why", "essay")
    given = make_assignment(room, make_quiz(room.book, essay, slug="essay"), noon)
    for name in ("student", "classmate"):
        sit_through(company[name], given, noon)

    page = client.get(page_of(given))

    assert "0 first attempts." in lede(page)
    assert "2 attempts wait for their essays to be marked." in lede(page)
    assert reverse("essays", args=[room.uid, given.uid]) in page.content.decode()
    assert "Nobody has handed it in yet." not in text(page)
    across = client.get(reverse("quiz-analysis", args=[given.quiz.uid]))
    assert "Ours · 2 to mark" in text(across)


def lede(page):
    return text(page).split("Item analysis")[-1][:200]


def test_no_name_is_on_the_pages(client, instructor, give, noon):
    given = give()
    lay_down(given, noon)
    User.objects.filter(attempts__isnull=False).update(display_name="Canary")

    for address in (page_of(given), reverse("quiz-analysis", args=[given.quiz.uid])):
        assert b"Canary" not in client.get(address).content


def test_the_table_says_what_the_page_says(client, instructor, give, noon):
    given = give(8)
    lay_down(given, noon, wrong=5)
    page = client.get(page_of(given), {"choices": "all"})

    found = client.get(page_of(given, table=True))
    head, *rows = tables.csv_rows(found.content)

    assert found.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert [row[0] for row in rows] == [f"What of {slug}?" for slug in titles(page)]
    at = {name: head.index(name) for name in ("Correct", "Discrimination", "Advice")}
    cells = re.findall(
        r'<td class="number">(.+?)</td>\s*<td class="number">(.+?)</td>', by_line(page)
    )
    assert cells
    for row, (correct, discrimination) in zip(rows, cells, strict=False):
        assert f"{round(100 * float(row[at['Correct']]))}%" == correct
        assert f"{float(row[at['Discrimination']]):.2f}".replace("-", "−") == discrimination
    assert rows[0][at["Advice"]].startswith("Check the key")


def by_line(page):
    """The first table of the page, where each question is a line."""
    return page.content.decode().split('id="questions"')[1].split("</table>")[0]


def test_a_formula_in_a_question_is_none_in_the_table(client, instructor, give, noon):
    given = give()
    lay_down(given, noon)
    given.quiz.slots.get(position=0).item.revision.__class__.objects.update(stem_html="<p>=1+1</p>")

    assert b"'=1+1" in client.get(page_of(given, table=True)).content


def test_across_the_classes_that_one_teaches(client, company, instructor, give, room, noon):
    given = give()
    other = Classroom.objects.create(book=room.book, name="Evening", created_at=noon)
    Enrollment.objects.create(classroom=other, user=instructor, role="instructor", joined_at=noon)
    evening = make_assignment(other, given.quiz, noon + timedelta(hours=1))
    theirs = Classroom.objects.get(name="Theirs")
    Classroom.objects.filter(pk=theirs.pk).update(book=room.book)
    hidden = make_assignment(Classroom.objects.get(pk=theirs.pk), given.quiz, noon)
    lay_down(given, noon, people=30)
    lay_down(evening, noon, people=7, seed=3)
    lay_down(hidden, noon, people=20, seed=4)

    page = text(client.get(reverse("quiz-analysis", args=[given.quiz.uid])))

    assert "37 first attempts." in page
    assert "Evening 7 of 10 answers needed – 7" in page
    assert re.search(r"Ours \d+% [−\d.]+ 30", page)
    assert "Theirs" not in page


def test_a_quiz_that_no_class_of_ones_own_was_given_is_not_there(client, instructor, room):
    quiz = make_quiz(room.book, make_item(room.book, "q"))

    assert client.get(reverse("quiz-analysis", args=[quiz.uid])).status_code == 404


@pytest.mark.parametrize("people", [1, 10, 100])
def test_however_many_attempts_there_were_it_takes_six_queries(
    client, instructor, give, noon, people, django_assert_num_queries
):
    given = give()
    lay_down(given, noon, people=people)

    with django_assert_num_queries(6):
        client.get(page_of(given))
    with django_assert_num_queries(7):
        client.get(reverse("quiz-analysis", args=[given.quiz.uid]))


def test_of_what_the_reader_may_be_asked_elsewhere_it_says_nothing(
    client, instructor, give, noon, django_assert_num_queries
):
    """Neither the key nor what betrays it: who chose what, how many were right, and the advice."""
    given = give(8)
    lay_down(given, noon, people=100, wrong=5)
    kept = given.quiz.slots.get(item__slug="q5").item
    exam = examine(instructor, make_quiz(given.quiz.book, kept, slug="exam"), noon)
    across = reverse("quiz-analysis", args=[given.quiz.uid])

    with django_assert_num_queries(7):
        page = client.get(page_of(given), {"choices": "all"})
    whole = text(client.get(across, {"choices": "all"}))
    table = {row[0]: row for row in tables.csv_rows(client.get(page_of(given, table=True)).content)}

    assert titles(page)[-1] == "q5"
    last = text(page).split("What of q5?")[-1].split("What the figures mean")[0]
    assert last.split() == str(WHY).split()
    for told in (text(page), whole, " ".join(table["What of q5?"])):
        assert "Option 1 of q5" not in told
        assert "Option 2 of q5" not in told
        assert str(WHY) in told
    assert [cell for cell in table["What of q5?"][3:] if cell] == [str(WHY)]
    assert "Option 1 of q0 ✓ Key" in text(page)
    exam.released_at = noon
    exam.save()
    assert titles(client.get(page_of(given)))[0] == "q5"


def test_a_page_of_twenty_questions_weighs_little(client, instructor, give, noon, weight):
    given = give(20)
    lay_down(given, noon)

    assert weight(page_of(given)) <= 15_000
