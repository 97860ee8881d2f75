"""What an answer in a quiz is worth as evidence of what is known."""

import pytest

from quizzes.assessment import attempting, responding, sheets
from quizzes.assessment.models import Served
from quizzes.assessment.responding import Given
from quizzes.cards.models import Review
from quizzes.items.models import AcceptedAnswer, Option, OptionKey, Revision
from tests.examining import answer, begin, make_item, make_quiz, take

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "evidence"),
    [
        *((kind, Review.Evidence.CHOICE) for kind in ("single", "several", "true_false")),
        *((kind, Review.Evidence.TYPED) for kind in ("short_text", "number", "date")),
        *((kind, Review.Evidence.TYPED) for kind in ("matching", "ordering", "cloze")),
    ],
)
@pytest.mark.parametrize("is_right", [True, False])
def test_what_is_hit_upon_by_chance_is_lesser_evidence(
    learner, book, noon, kind, evidence, is_right
):
    quiz = make_quiz(book, make_item(book, kind, kind, is_card=True))

    take(learner, quiz, noon, right=None if is_right else [])

    review = Review.objects.get()
    assert (review.evidence, review.rating) == (evidence, 3 if is_right else 1)


def test_gaps_that_are_all_chosen_are_evidence_of_a_choice(learner, book, noon):
    item = make_item(book, "gaps", "cloze", is_card=True)
    Option.objects.filter(revision=item.revision).update(part=0)
    AcceptedAnswer.objects.all().delete()
    Revision.objects.update(stem="Shot were ___ men.")
    sheet = begin(learner, make_quiz(book, item), noon)
    place = sheet.questions[0].served.order.index(2)
    responding.save(sheet, [Given(1, {"gaps": [place]}, 0)], noon)

    attempting.hand_in(sheets.of(sheet.attempt), noon)

    review = Review.objects.get()
    assert (review.evidence, review.rating) == (Review.Evidence.CHOICE, 3)


def test_what_no_machine_can_mark_is_no_evidence(learner, book, noon):
    essay, place, broken, other = (
        make_item(book, f"{kind}-{n}", kind, is_card=True)
        for n, kind in enumerate(("essay", "single", "matching", "single"))
    )
    quiz = make_quiz(book, place, broken, other, is_shuffled=False)
    sheet = begin(learner, quiz, noon)
    Served.objects.filter(position=1).update(revision=essay.revision, order_shown="")
    OptionKey.objects.filter(option__revision=broken.revision).update(match=None)

    answer(sheets.of(sheet.attempt), noon)
    attempting.hand_in(sheets.of(sheet.attempt), noon)

    assert [review.card.item for review in Review.objects.all()] == [other]
