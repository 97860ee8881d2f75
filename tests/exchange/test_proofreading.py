"""What no constraint can say is found, named, and left to a person."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from quizzes.assessment.models import Attempt, Response, Served
from quizzes.cards.models import Action, Review
from quizzes.content import pictures, picturing
from quizzes.content.models import Chapter, Fact, Media, Section, Term
from quizzes.exchange import proofreading, verifying
from quizzes.items.models import Item, Revision
from quizzes.people.models import User
from tests.assessment.regraded import Course
from tests.bookshelf import make_book
from tests.cards.acting import GOOD, rate
from tests.decks import drawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings, tmp_path, noon):
    """A class that handed in, a student who rated a card, a picture, and another book."""
    settings.MEDIA_ROOT = tmp_path
    course = Course(students=1)
    [student] = course.students
    course.hand_in(student, {"single": {1}, "short_text": "Iakir"})
    rate(student, course.items[0], GOOD, noon)
    make_book("other")
    picturing.keep(course.book, pictures.read(drawn("PNG")), "A square.")
    return course


def foreign(model):
    return model.objects.filter(book__slug="other").order_by("pk")[0]


def renumber(site):
    Served.objects.filter(position=1).update(position=9)


def answer_again(site):
    Response.objects.filter(pk=Response.objects.earliest("pk").pk).update(sequence=3)


FLAWS = {
    "a fact without the details": lambda site: Term.objects.earliest("pk").delete(),
    "a fact with the details of another": lambda site: Fact.objects.update(kind="event"),
    "a fact of a section or": lambda site: Fact.objects.update(chapter=foreign(Chapter)),
    "a section of a chapter": lambda site: Section.objects.update(chapter=foreign(Chapter)),
    "a question of a section": lambda site: Item.objects.update(section=foreign(Section)),
    "a question with the wording": lambda site: Item.objects.filter(slug="single").update(
        revision=site.rekey(kind="several", right=0)
    ),
    "a quiz on a section": lambda site: site.book.quizzes.update(section=foreign(Section)),
    "an attempt whose questions": renumber,
    "a question whose answers": answer_again,
    "a review of somebody": lambda site: Review.objects.update(learner=site.lecturer),
    "is not on the disk": lambda site: Path(Media.objects.get().file.path).unlink(),
    "is not what was stored": lambda site: Path(Media.objects.get().file.path).write_bytes(b"x"),
}


@pytest.mark.parametrize("said", FLAWS)
def test_a_flaw_is_named_and_stays_until_a_person_decides(site, said, capsys):
    assert list(proofreading.flaws()) == []
    FLAWS[said](site)

    assert any(said in one for one in proofreading.flaws())
    with pytest.raises(CommandError, match="left to you"):
        call_command("verify", repair=True)
    assert said in capsys.readouterr().out


def test_a_log_that_makes_no_sense_is_named(site, noon):
    learner = User.objects.get(cards__isnull=False)
    Review.objects.update(time_zone="Nowhere", learner_day="0001-01-01", rating=1)
    Action.objects.create(
        learner=learner, card=learner.cards.get(), kind="flag", after={}, done_at=noon
    )

    [finding] = verifying.learner(learner, repair=True)

    assert "cannot be told again: KeyError" in finding.said
    assert not finding.is_repaired
    assert Attempt.objects.get().score is not None
    assert Revision.objects.exists()
