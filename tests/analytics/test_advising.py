"""Advice: what is said of a question, of which figures, and what comes first."""

import pytest

from quizzes.analytics.advising import Choice, Evidence, Matter, advise
from quizzes.analytics.psychometrics import Sums
from quizzes.items.fractions import FULL_FRACTION

N = 40


def answers(right, *, tells=True, n=N):
    """So many right of n; the rights have the higher rests, or everybody's go up and down."""
    units = [FULL_FRACTION] * right + [0] * (n - right)
    rests = [100 if one else 50 for one in units] if tells else [50, 100] * (n // 2)
    rests[0] += 1
    return Sums(
        n=n,
        x=sum(units),
        xx=sum(one * one for one in units),
        r=sum(rests),
        rr=sum(one * one for one in rests),
        xr=sum(x * r for x, r in zip(units, rests, strict=True)),
    )


def option(position, chosen, mean, *, is_key=False):
    return Choice(0, position, f"Option {position}", is_key, chosen, 0, chosen * mean)


def matters(**told):
    return [one.matter for one in advise(Evidence(**told))]


def test_of_a_good_question_nothing_is_said():
    options = [
        option(0, 24, 100, is_key=True),
        *(option(n, chosen, 50) for n, chosen in ((1, 6), (2, 5), (3, 5))),
    ]

    assert matters(sums=answers(24), choices=options) == []


def test_the_best_students_chose_another_option():
    sums = answers(12, tells=False)
    options = [option(0, 12, 60, is_key=True), option(1, 20, 85), option(2, 8, 72)]

    [first, *_rest] = advise(Evidence(sums=sums, choices=options))

    assert (first.matter, first.choice) == (Matter.KEY, options[1])


def test_a_wrong_key_makes_a_question_hard_and_that_is_not_said():
    options = [option(0, 4, 50, is_key=True), option(1, 28, 85), option(2, 8, 60)]

    found = matters(sums=answers(4, tells=False), choices=options)

    assert Matter.KEY in found
    assert Matter.HARD not in found


def test_an_option_that_two_chose_says_nothing_of_the_key():
    options = [option(0, 24, 70, is_key=True), option(1, 2, 100), option(2, 14, 70)]

    assert Matter.KEY not in matters(sums=answers(24, tells=False), choices=options)


@pytest.mark.parametrize(
    ("is_keyed", "credited", "is_blamed"), [(True, 2, True), (True, 1, False), (False, 2, False)]
)
def test_a_regrade_says_which_key_is_to_blame_and_whether_any_is(is_keyed, credited, is_blamed):
    sums = answers(12, tells=False)
    options = [option(0, 12, 60, is_key=True), option(1, 20, 85), option(2, 8, 72)]
    options[credited] = options[credited]._replace(is_credited=True)

    found = matters(sums=sums, choices=options, is_regraded=True, is_keyed=is_keyed)

    assert (Matter.KEY in found) == is_blamed


def test_those_who_are_right_do_worse_on_the_rest():
    right = answers(20)
    turned = Sums(right.n, right.x, right.xx, right.r, right.rr, FULL_FRACTION * right.r - right.xr)

    assert matters(sums=turned) == [Matter.MISFIT]


def test_it_does_not_tell_apart_those_who_know():
    assert matters(sums=answers(20, tells=False)) == [Matter.WEAK]


@pytest.mark.parametrize(("right", "found"), [(37, []), (38, [Matter.EASY]), (39, [Matter.EASY])])
def test_too_easy_is_from_95_of_100(right, found):
    assert matters(sums=answers(right)) == found


@pytest.mark.parametrize(("right", "found"), [(10, [Matter.HARD]), (11, [])])
def test_hard_is_up_to_one_in_four(right, found):
    assert matters(sums=answers(right)) == found


@pytest.mark.parametrize(("omitted", "found"), [(8, [Matter.OMITTED]), (7, [])])
def test_many_left_it_out_is_from_one_in_five(omitted, found):
    assert matters(sums=answers(24), omitted=omitted) == found


def test_nobody_chose_an_option_though_many_were_wrong():
    options = [option(0, 24, 100, is_key=True), option(1, 16, 50), option(2, 0, 0)]

    [said] = advise(Evidence(sums=answers(24), choices=options))

    assert (said.matter, said.choice) == (Matter.UNUSED, options[2])


def test_nobody_chose_an_option_of_which_few_were_wrong():
    options = [option(0, 36, 100, is_key=True), option(1, 4, 50), option(2, 0, 0)]

    assert matters(sums=answers(36), choices=options) == []


@pytest.mark.parametrize(
    ("seconds", "usual", "found"),
    [(120, 60, [Matter.SLOW]), (119, 60, []), (59, 10, []), (None, None, [])],
)
def test_it_takes_long(seconds, usual, found):
    assert matters(sums=answers(24), seconds=seconds, usual_seconds=usual) == found


def test_of_nine_nothing_is_said_whatever_they_are():
    assert matters(sums=Sums(n=9, r=450, rr=22_500), omitted=9, seconds=500, usual_seconds=10) == []


def test_the_most_urgent_comes_first():
    options = [option(0, 12, 60, is_key=True), option(1, 20, 85), option(2, 0, 0)]

    found = matters(
        sums=answers(8, tells=False), omitted=8, choices=options, seconds=300, usual_seconds=60
    )

    assert found == sorted(found)
    assert found[0] == Matter.KEY
