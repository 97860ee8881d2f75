"""Item analysis of real samples, against an independent computation from the answers themselves."""

import numpy as np
import pytest
from django.db import connection

from quizzes.analytics import item_analysis
from quizzes.analytics.advising import Matter
from quizzes.assessment import sheets, tallying
from quizzes.assessment.models import Assignment, Regrade
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Item, Revision
from quizzes.people import joining
from quizzes.people.models import User
from tests.analytics import sampled
from tests.analytics.sampled import OMITTED
from tests.bookshelf import make_book
from tests.examining import make_assignment, make_item, make_quiz, sit_through
from tests.profiles import count

pytestmark = pytest.mark.django_db

KEY = 1
"""The place of the right option, where the key of the item matters."""


def near(value):
    return pytest.approx(value, abs=1e-9)


@pytest.fixture
def book(db):
    return make_book()


@pytest.fixture
def open_room(book, noon):
    def open_room(name="Ours"):
        return joining.open_classroom(User.objects.create_user(name), book, name, noon)

    return open_room


@pytest.fixture
def give(book, open_room, noon):
    """Gives a quiz of so many questions to a new class."""

    def give(questions, name="Ours"):
        items = [make_item(book, f"q{n}", position=n) for n in range(questions)]
        return make_assignment(open_room(name), make_quiz(book, *items), noon)

    return give


def lay_down(given, sample, noon):
    return sampled.lay_down(sample, given.quiz, noon, given)


def by_place(found):
    return sorted(found.questions, key=lambda one: one.wording.place)


def check(found, sample):
    """Every figure is numpy's."""
    n, upper = len(sample.chosen), in_upper_half(sample)
    for place, one in enumerate(by_place(found)):
        x, rest = sample.fractions[:, place], sample.rests[:, place]
        correlation = sampled.correlation(x, rest)
        assert (one.n, one.upper) == (n, upper.sum())
        assert one.facility == near(x.mean())
        assert one.facility_interval == near(sampled.wilson(x.mean(), n))
        assert one.discrimination == near(correlation)
        if correlation is not None:
            assert one.discrimination_interval == near(sampled.fisher(correlation, n))
        check_options(one, sample, place, upper)
    check_whole(found, sample)


def in_upper_half(sample):
    """Who is in the upper half, cut between twentieths so that the halves are most even."""
    bands = sample.scores * 20 // FULL_FRACTION
    cuts = sorted(set(bands.tolist()))[1:]
    if not cuts:
        return np.zeros(len(bands), dtype=bool)
    unevenness = [abs(int((bands >= cut).sum()) - int((bands < cut).sum())) for cut in cuts]
    best = max(cut for cut, one in zip(cuts, unevenness, strict=True) if one == min(unevenness))
    return bands >= best


def check_options(one, sample, place, upper):
    chosen = sample.chosen[:, place]
    for option in one.evidence.choices:
        took = chosen == option.position
        assert option.chosen == took.sum()
        assert (option.upper, option.lower) == ((took & upper).sum(), (took & ~upper).sum())
        if option.chosen:
            mean = option.rest / option.chosen / FULL_FRACTION
            assert mean == near(sample.rests[took, place].mean())
    assert one.evidence.omitted == (chosen == OMITTED).sum()
    assert one.upper_omitted == ((chosen == OMITTED) & upper).sum()


def check_whole(found, sample):
    alpha, top = sampled.alpha(sample.marks), sample.weights.sum()
    deviation = sample.totals.std(ddof=1) / top
    assert found.whole.n == len(sample.chosen)
    assert found.whole.mean == near(sample.totals.mean() / top)
    assert found.whole.deviation == near(deviation)
    assert found.whole.alpha == near(alpha)
    if alpha is not None:
        assert found.whole.error == near(deviation * np.sqrt(1 - alpha))


@pytest.mark.parametrize("seed", range(50))
def test_it_equals_an_independent_computation(give, noon, seed):
    random = np.random.default_rng(seed)
    questions = int(random.integers(2, 9))
    sample = sampled.draw(
        random,
        people=int(random.integers(10, 45)),
        questions=questions,
        omitted=float(random.choice([0, 0.1, 0.5])),
        partial=bool(seed % 3),
    )
    given = give(questions)
    lay_down(given, sample, noon)

    check(item_analysis.of_assignment(given), sample)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_kept_at_hand_in_equals_it_too(give, noon, seed):
    random = np.random.default_rng(seed)
    given = give(4)
    rights = random.random((12, 4)) < 0.6
    for n, right in enumerate(rights):
        student = User.objects.create_user(f"student-{n}")
        joining.enroll(given.classroom, student, noon)
        sit_through(student, given, noon, [f"q{place}" for place in np.flatnonzero(right)])
    earns = np.array([[0, FULL_FRACTION, 0, 0]] * 4)
    chosen = [
        [one.answer.positions for one in tally_order(attempt)] for attempt in given.attempts.all()
    ]
    places = np.array([[next(iter(place)) for place in row] for row in chosen])
    sample = sampled.Sample(places, earns, np.ones(4, dtype=np.int64))

    check(item_analysis.of_assignment(given), sample)


def tally_order(attempt):
    """The questions of an attempt as the quiz goes, with their answers."""
    questions = sheets.of(attempt).questions
    return sorted(questions, key=lambda one: one.served.revision.item_id)


def test_classes_are_analyzed_together_and_beside_each_other(give, open_room, noon):
    first = give(3)
    second = make_assignment(open_room("Theirs"), first.quiz, noon)
    samples = [
        sampled.draw(np.random.default_rng(seed), people=people, questions=3, partial=False)
        for seed, people in ((1, 25), (2, 8))
    ]
    for given, sample in zip((first, second), samples, strict=True):
        lay_down(given, sample, noon)
    together = sampled.Sample(
        np.vstack([samples[0].chosen, samples[1].chosen]), samples[0].earns, samples[0].weights
    )
    # The second class chose by another key: what it earned is what its own sample says.
    second_earned = samples[1].fractions

    found = item_analysis.across([first, second])

    one = by_place(found)[0]
    x = np.concatenate([samples[0].fractions[:, 0], second_earned[:, 0]])
    assert one.n == len(together.chosen) == 33
    assert one.facility == near(x.mean())
    scores = np.concatenate([sample.scores for sample in samples])
    assert found.cut_percent is not None
    upper = int((scores * 100 >= found.cut_percent * FULL_FRACTION).sum())
    assert (one.upper, found.upper) == (upper, upper)
    sums = one.by_sample
    assert {uid: each.n for uid, each in sums.items()} == {first.uid: 25, second.uid: 8}
    assert sums[second.uid].x == samples[1].units[:, 0].sum()


def test_where_draws_differ_the_questions_are_told_and_the_quiz_is_not(give, noon):
    given = give(4)
    sample = sampled.draw(np.random.default_rng(1), people=30, questions=4)
    for attempt in lay_down(given, sample, noon):
        attempt.served.get(position=1 + attempt.pk % 2).delete()
    tallying.rebuild(given.quiz)

    found = item_analysis.of_assignment(given)

    assert (found.is_alike, found.whole) == (False, None)
    assert [one.n for one in by_place(found)] == [15, 15, 30, 30]


def test_of_nine_nothing_is_said(give, noon):
    given = give(3)
    lay_down(given, sampled.draw(np.random.default_rng(1), people=9, questions=3), noon)

    found = item_analysis.of_assignment(given)

    assert found.whole is None
    assert [(one.is_silent, one.advice) for one in found.questions] == [(True, ())] * 3


def test_of_nobody_there_is_nothing_to_say(give):
    found = item_analysis.of_assignment(give(3))

    assert (found.questions, found.n, found.whole) == ((), 0, None)


def test_two_wordings_of_one_question_are_told_apart(give, noon):
    given = give(3)
    sample = sampled.draw(np.random.default_rng(1), people=20, questions=3, partial=False)
    attempts = lay_down(given, sample, noon)
    item = Item.objects.get(slug="q0")
    newer = Revision.objects.create(
        item=item, number=2, kind="single", stem="Newer?", change="cosmetic", created_at=noon
    )
    for attempt in attempts[10:]:
        attempt.served.filter(position=1).update(revision=newer)
    tallying.rebuild(given.quiz)

    found = item_analysis.of_assignment(given)

    told = [(one.wording.number, one.n, one.is_one_of_several) for one in by_place(found)]
    assert told == [(1, 10, True), (2, 10, True), (1, 20, False), (1, 20, False)]


def test_a_dropped_question_is_told_and_bears_not_on_the_quiz(give, noon):
    given = give(4)
    sample = sampled.draw(np.random.default_rng(3), people=30, questions=4, partial=False)
    attempts = lay_down(given, sample, noon)
    for attempt in attempts:
        attempt.served.filter(position=1).update(is_dropped=True)
    tallying.rebuild(given.quiz)
    Regrade.objects.create(
        assignment=given,
        revision=Revision.objects.get(item__slug="q0"),
        policy="drop",
        reason="No answer is right.",
        created_at=noon,
        applied_at=noon,
    )

    found = item_analysis.of_assignment(given)

    assert by_place(found)[0].wording.policy == "drop"
    assert found.whole is not None
    assert found.whole.alpha == near(sampled.alpha(sample.marks[:, 1:]))
    assert found.whole.mean == near(sample.marks[:, 1:].mean())


@pytest.mark.parametrize("people", [1, 10, 100])
def test_however_many_attempts_there_were_it_takes_three_queries(
    give, noon, people, django_assert_num_queries
):
    given = give(3)
    lay_down(given, sampled.draw(np.random.default_rng(1), people=people, questions=3), noon)

    with django_assert_num_queries(3):
        item_analysis.of_assignment(given)
    with django_assert_num_queries(4):
        item_analysis.across([given])


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's query plan")
def test_of_attempts_those_alone_are_read_that_wait(give):
    plan = item_analysis.with_waiting(Assignment.objects.filter(pk=give(1).pk)).explain()

    read = [line for line in plan.splitlines() if "quizzes_attempt" in line or "U0" in line]
    assert read
    assert all("attempt_that_waits" in line for line in read)


def test_a_planted_wrong_key_comes_first(book, open_room, noon, tell_tried):
    """Among 20 good questions, in a class of 40: in 95 of 100 classes at least."""
    items = [make_item(book, f"q{n}", position=n) for n in range(21)]
    room, classes, found = open_room(), count(10, 100), 0
    for seed in range(classes):
        quiz = make_quiz(book, *items, slug=f"quiz-{seed}")
        given = make_assignment(room, quiz, noon)
        random = np.random.default_rng(seed)
        sample = sampled.draw(random, people=40, questions=21, partial=False, key=KEY, omitted=0.05)
        lay_down(given, sampled.with_wrong_key(sample, seed % 21), noon)
        first = item_analysis.of_assignment(given).questions[0]
        found += (first.wording.place, first.advice[0].matter) == (seed % 21, Matter.KEY)

    tell_tried(found)
    assert found >= 0.95 * classes


def test_it_says_which_option_those_chose_who_know(give, noon):
    given = give(8)
    random = np.random.default_rng(2)
    sample = sampled.draw(random, people=100, questions=8, partial=False, key=KEY)
    lay_down(given, sampled.with_wrong_key(sample, 4), noon)

    first = item_analysis.of_assignment(given).questions[0]

    assert (first.wording.place, first.advice[0].matter) == (4, Matter.KEY)
    assert first.advice[0].choice is not None
    assert first.advice[0].choice.text == f"Option {KEY + 1} of q4"
