"""How sure somebody is, the way forward, flags, and two windows that do not overwrite."""

import pytest

from quizzes.assessment import attempting, flagging, onward, responding, sheets
from quizzes.assessment.models import Response, Served
from quizzes.assessment.responding import (
    AlreadyHandedIn,
    AnsweredElsewhere,
    Given,
    GoneBy,
    TooManyAnswers,
    WrongShape,
)
from tests.examining import begin, make_assignment, make_item, make_quiz, sit

pytestmark = pytest.mark.django_db
SURE, UNSURE = True, False


@pytest.fixture
def short(book):
    items = [make_item(book, f"t{n}", "short_text") for n in range(3)]
    return make_quiz(book, *items, slug="short", is_shuffled=False)


@pytest.fixture
def asking(learner, short, noon):
    return begin(learner, short, noon, asks_confidence=True)


def save(sheet, text, sequence, at, is_sure=None, position=1):
    now = sheets.of(sheet.attempt)
    return responding.save(now, [Given(position, {"text": text}, sequence, is_sure)], at)


def newest(sheet):
    question = sheets.of(sheet.attempt).by_position[1]
    return question.raw, question.sequence, question.is_sure


def test_an_answer_keeps_how_sure_its_learner_is(asking, noon):
    save(asking, "Iakir", 0, noon, SURE)
    save(asking, "Iakir", 1, noon, UNSURE)
    save(asking, "Iakir", 2, noon, UNSURE)
    save(asking, "Iakir", 2, noon)

    assert newest(asking) == ({"text": "Iakir"}, 2, UNSURE)
    assert Response.objects.count() == 2


def test_an_answer_that_is_taken_back_is_neither_sure_nor_not(asking, noon):
    save(asking, "Iakir", 0, noon, SURE)
    save(asking, " ", 1, noon, SURE)
    save(asking, "", 2, noon, UNSURE)

    assert newest(asking) == ({"text": " "}, 2, None)


def test_where_it_is_not_asked_nothing_is_kept_of_it(learner, short, noon):
    sheet = begin(learner, short, noon)
    save(sheet, "Iakir", 0, noon, SURE)
    save(sheet, "Iakir", 1, noon, UNSURE)

    assert newest(sheet) == ({"text": "Iakir"}, 1, None)


def test_another_sureness_from_an_old_window_is_a_conflict(asking, noon):
    save(asking, "Iakir", 0, noon, SURE)
    save(asking, "Kork", 1, noon, SURE)

    with pytest.raises(AnsweredElsewhere):
        save(asking, "Iakir", 1, noon, UNSURE)
    save(asking, "Iakir", 1, noon, SURE)  # as it was shown there: it says nothing new

    assert newest(asking) == ({"text": "Kork"}, 2, SURE)


def test_a_conflict_tells_both_answers_to_each_question(asking, noon):
    for position in (1, 2):
        save(asking, "Iakir", 0, noon, position=position)
    here = [Given(position, {"text": "Kork"}, 0) for position in (1, 2, 3)]

    with pytest.raises(AnsweredElsewhere) as refused:
        responding.save(sheets.of(asking.attempt), here, noon)

    assert refused.value.both == {1: ({"text": "Iakir"}, 1), 2: ({"text": "Iakir"}, 1)}
    for words in refused.value.says.values():
        assert "Iakir" in words
        assert "Kork" in words


def test_two_windows_that_answer_from_one_sheet_cannot_overwrite_each_other(asking, noon):
    first, second = sheets.of(asking.attempt), sheets.of(asking.attempt)
    responding.save(first, [Given(1, {"text": "Iakir"}, 0)], noon)

    with pytest.raises(AnsweredElsewhere) as refused:
        responding.save(second, [Given(1, {"text": "Kork"}, 0)], noon)

    assert refused.value.both == {1: ({"text": "Iakir"}, 1)}
    assert newest(asking)[0] == {"text": "Iakir"}


@pytest.fixture
def forward(learner, room, short, noon):
    return sit(learner, make_assignment(room, short, noon, is_forward_only=True), noon)


def test_there_is_no_way_back_where_it_only_goes_on(forward, noon):
    save(forward, "Iakir", 0, noon)
    stale = sheets.of(forward.attempt)

    onward.reach(forward, 2)

    for sheet in (stale, sheets.of(forward.attempt)):  # read before it went on, and after
        with pytest.raises(GoneBy):
            responding.save(sheet, [Given(1, {"text": "Kork"}, 1)], noon)
    save(forward, "Iakir", 1, noon)  # the page sends what stands: nothing changes
    save(forward, "Kork", 0, noon, position=2)
    assert newest(forward)[0] == {"text": "Iakir"}


def test_no_more_answers_are_taken_than_can_be_numbered(asking, noon):
    sheet = asking
    served = sheet.questions[0].served
    Response.objects.create(served=served, sequence=32_767, answer={"text": "Iakir"}, saved_at=noon)
    now = sheets.of(sheet.attempt)

    with pytest.raises(TooManyAnswers):
        responding.save(now, [Given(1, {"text": "Kork"}, 32_767)], noon)
    assert sheets.of(sheet.attempt).by_position[1].raw == {"text": "Iakir"}


def test_it_never_goes_back(forward):
    onward.reach(forward, 3)

    assert onward.reach(sheets.of(forward.attempt), 2).reached == 3
    with pytest.raises(WrongShape):
        onward.reach(forward, 4)


def test_where_all_ways_are_open_nothing_is_left_behind(asking, noon):
    assert onward.reach(asking, 3).reached == 1
    save(asking, "Iakir", 0, noon)


def test_a_question_is_flagged_to_come_back_to_until_it_is_handed_in(asking, noon):
    for is_flagged in (True, True, False, True):
        question = flagging.flag(asking, 2, is_flagged)
        assert question.served.is_flagged == is_flagged
    assert [one.position for one in Served.objects.filter(is_flagged=True)] == [2]
    with pytest.raises(WrongShape):
        flagging.flag(asking, 9, is_flagged=True)

    attempting.hand_in(sheets.of(asking.attempt), noon)

    with pytest.raises(AlreadyHandedIn):
        flagging.flag(sheets.of(asking.attempt), 1, is_flagged=True)
