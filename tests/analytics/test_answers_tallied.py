"""Who typed, matched and ranked what, against what raw answers come to when told by hand."""

import itertools

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.analytics import item_analysis
from quizzes.analytics.advising import Matter
from quizzes.assessment import regrading, tallying
from quizzes.assessment.grading import Credit
from quizzes.assessment.models import OptionTally
from quizzes.assessment.models.tallies import ALL_BANDS
from quizzes.assessment.regrading import Proposal
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import AcceptedAnswer, Revision
from quizzes.people import joining
from quizzes.people.models import User
from tests.analytics import answered
from tests.analytics.answered import KINDS, TEXTS
from tests.bookshelf import make_book
from tests.examining import make_assignment, make_item, make_quiz, sit_through
from tests.profiles import count

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(db, noon):
    book = make_book()
    return joining.open_classroom(User.objects.create_user("vera"), book, "Ours", noon)


@pytest.fixture
def give(room, noon):
    """Gives a quiz that asks a question of each kind."""

    def give(*kinds):
        items = [make_item(room.book, kind, kind, position=n) for n, kind in enumerate(kinds)]
        return make_assignment(room, make_quiz(room.book, *items), noon)

    return give


@pytest.mark.parametrize("seed", range(count(2, 50)))
def test_it_equals_what_raw_answers_come_to(give, noon, seed):
    random = np.random.default_rng(seed)
    given = give(*KINDS)
    attempts, raws = answered.lay_down(random, given, int(random.integers(10, 80)), noon)

    answered.check(item_analysis.of_assignment(given), attempts, raws)


def test_the_rests_of_those_who_gave_an_answer_are_theirs(give, noon):
    given = give(*KINDS)
    attempts, raws = answered.lay_down(np.random.default_rng(9), given, 30, noon)
    marks = np.array(
        [[one.fraction or 0 for one in attempt.served.order_by("position")] for attempt in attempts]
    )

    [wrong] = [
        one
        for one in answered.by_kind(item_analysis.of_assignment(given))[
            "short_text"
        ].evidence.choices
        if TEXTS["short_text"][one.text] == "iakir"
    ]

    who = [n for n, row in enumerate(raws) if row[0] and "akir" in row[0]["text"]]
    assert wrong.rest == marks[who, 1:].sum()


def test_classes_are_told_together(give, room, noon):
    first = give(*KINDS)
    evening = joining.open_classroom(User.objects.create_user("x"), room.book, "Evening", noon)
    second = make_assignment(evening, first.quiz, noon)
    random = np.random.default_rng(4)
    samples = [answered.lay_down(random, given, 25, noon) for given in (first, second)]

    found = item_analysis.across([first, second])

    attempts, raws = ([*one, *other] for one, other in zip(*samples, strict=True))
    answered.check(found, attempts, raws)


def all_said(text):
    return lambda random, kind: {"text": text}


def test_where_nobody_is_right_the_key_is_told(give, noon):
    given = give("short_text", "number")
    drawn = {"short_text": "Iakir", "number": "36"}
    answered.lay_down(
        np.random.default_rng(1), given, 12, noon, lambda _random, kind: {"text": drawn[kind]}
    )

    found = answered.by_kind(item_analysis.of_assignment(given))

    told = [(one.text, one.is_key, one.chosen) for one in found["short_text"].evidence.choices]
    assert told == [("Fel'dman", True, 0), ("Iakir", False, 12)]
    assert [one.text for one in found["number"].evidence.choices] == ["about 35,000", "36"]


def test_of_nine_nothing_is_told_and_nothing_asked_for(give, noon, django_assert_num_queries):
    given = give("short_text")
    answered.lay_down(np.random.default_rng(1), given, 9, noon)

    with django_assert_num_queries(3):
        found = item_analysis.of_assignment(given)

    assert [list(one.evidence.choices) for one in found.questions] == [[]]


def test_where_all_gaps_are_chosen_for_nothing_more_is_asked_for(
    give, noon, django_assert_num_queries
):
    given = give("cloze")
    drawn = {"gaps": ["Iakir", "36", "1953", 0]}
    answered.lay_down(np.random.default_rng(1), given, 12, noon, lambda *_: drawn)
    with django_assert_num_queries(4):
        item_analysis.of_assignment(given)
    Revision.objects.update(stem_html="<p>It was ___.</p>")

    with django_assert_num_queries(3):
        item_analysis.of_assignment(given)


def test_the_key_is_suspected_where_those_who_know_type_something_else(give, noon):
    """Of 40, the better half types what the key does not accept."""
    given = give("short_text", "number", "date")
    attempts, _raws = answered.lay_down(
        np.random.default_rng(1), given, 40, noon, all_said("Iakir")
    )
    for n, attempt in enumerate(attempts):
        is_good = n % 2 == 0
        attempt.served.filter(position=1).update(fraction=0 if is_good else FULL_FRACTION)
        attempt.served.exclude(position=1).update(fraction=FULL_FRACTION - n if is_good else n)
        said = "Iakir" if is_good else "Fel'dman"
        attempt.served.get(position=1).responses.update(answer={"text": said})
    tallying.rebuild(given.quiz)

    [advice, *_more] = answered.by_kind(item_analysis.of_assignment(given))["short_text"].advice

    assert advice.matter == Matter.KEY
    assert advice.choice is not None
    assert (advice.choice.text, advice.choice.chosen) == ("Iakir", 20)


def test_what_is_right_is_what_the_key_in_force_and_credits_say(give, room, noon):
    given = give("short_text")
    answered.lay_down(np.random.default_rng(5), given, 40, noon)
    asked, vera = Revision.objects.get(), User.objects.get(username="vera")
    newer = Revision.objects.create(
        item=asked.item, number=2, kind="short_text", stem="Who?", stem_html="Who?", created_at=noon
    )
    AcceptedAnswer.objects.create(revision=newer, position=0, text="Kork")

    def rights(policy, **rest):
        proposal = Proposal(policy, "It was wrong.", **rest)
        made = regrading.propose(given, asked, proposal, vera, noon)
        regrading.apply(made, vera, noon)
        [one] = item_analysis.of_assignment(given).questions
        regrading.undo(made, vera, noon)
        return {
            TEXTS["short_text"][choice.text]: choice.is_credited
            for choice in one.evidence.choices
            if choice.is_right
        }

    assert rights("credit", credits=[Credit(0, "IAKIR")]) == {"feldman": False, "iakir": True}
    assert rights("key", key_revision=newer) == {"kork": False}
    assert rights("everyone") == {"feldman": False}


def test_a_regrade_moves_them_and_undone_leaves_no_trace(give, room, noon):
    given, vera = give(*KINDS), User.objects.get(username="vera")
    for n in range(3):
        student = User.objects.create_user(f"student-{n}")
        joining.enroll(room, student, noon)
        sit_through(student, given, noon, KINDS[: 2 * n])
    stood, asked = tallies(), Revision.objects.get(kind="short_text")

    made = regrading.propose(given, asked, Proposal("everyone", "It was unfair."), vera, noon)
    regrading.apply(made, vera, noon)
    moved = tallies()
    tallying.rebuild(given.quiz)

    assert tallies() == moved != stood
    regrading.undo(made, vera, noon)
    assert tallies() == stood


def tallies():
    columns = (*OptionTally.KEY, "said", *OptionTally.COLUMNS)
    return sorted(OptionTally.objects.values_list(*columns))


def test_texts_beyond_number_are_not_read(give, noon):
    """Many others gave an answer that nobody else gave: each row of theirs stays unread."""
    given = give("short_text")
    asked = Revision.objects.get()
    answered.lay_down(np.random.default_rng(5), given, 12, noon)
    read = {12: rows_read(given)}
    said = (f"guess {n}" for n in itertools.count())
    for n in (200, 400):
        answered.lay_down(np.random.default_rng(n), given, n, noon, lambda *_: {"text": next(said)})
        read[n] = rows_read(given)

    [one] = item_analysis.of_assignment(given).questions

    assert OptionTally.objects.filter(revision=asked, band=ALL_BANDS).count() > 600
    assert read[400] <= read[200] <= read[12]
    assert one.n - sum(each.chosen for each in one.evidence.choices) > 590


def rows_read(given):
    """How many rows the query of answers gives."""
    with CaptureQueriesContext(connection) as captured:
        item_analysis.of_assignment(given)
    with connection.cursor() as cursor:
        cursor.execute(captured[-1]["sql"])
        return len(cursor.fetchall())


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's query plan")
def test_answers_are_found_by_indexes(give, noon):
    given = give(*KINDS)
    answered.lay_down(np.random.default_rng(1), given, 12, noon)
    asked = []

    def explain(execute, sql, params, many, context):
        if "UNION" in sql:
            asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        item_analysis.of_assignment(given)

    [(sql, params)] = asked
    with connection.cursor() as cursor:
        plan = cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params).fetchall()
    read = [line for *_numbers, line in plan if "optiontally" in line or "U0" in line]
    assert len(read) >= 4
    assert sum("frequent_answer" in line for line in read) == 1
    assert all("SCAN" not in line for *_numbers, line in plan)
    assert all("(sample=? AND revision_id=? AND position=?" in line for line in read)


@pytest.mark.parametrize("sizes", [(20, 12), (12, 20)])
def test_of_several_spellings_that_of_most_is_told(give, room, noon, sizes):
    first = give("short_text")
    evening = joining.open_classroom(User.objects.create_user("x"), room.book, "Evening", noon)
    both = [first, make_assignment(evening, first.quiz, noon)]
    for given, people in zip(both, sizes, strict=True):
        said = {"text": "Kork" if people == 20 else "KORK"}
        answered.lay_down(np.random.default_rng(1), given, people, noon, lambda *_, one=said: one)

    [one] = item_analysis.across(both).questions

    assert [(each.text, each.chosen) for each in one.evidence.choices if each.chosen] == [
        ("Kork", 32)
    ]
