"""The weights of memories are fitted to what their learners reviewed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from quizzes.cards import optimizing, proving, retelling, training
from quizzes.cards.models import Weights
from quizzes.cards.optimizing import TooFewReviews
from quizzes.people.models import User


class Command(BaseCommand):
    """Fit, and on demand adopt; due days never move here."""

    help = (
        "Fit the weights of the memory model to a learner's reviews, or with --all to those of "
        "every learner who has twice as many as at the last fit. Kept, and used only with --adopt."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("username", nargs="?")
        who.add_argument("--all", action="store_true", help="everyone for whom it is time")
        parser.add_argument(
            "--adopt", action="store_true", help="use sets that foretell later reviews better"
        )

    def handle(self, *, username: str | None, adopt: bool, **options: Any) -> None:
        if training.trainer() is None:
            self.stdout.write(
                f"fsrs-rs-python is not installed ({training.HOW_TO_INSTALL}): "
                "three numbers are fitted, not all 21."
            )
        learners = [_learner(username)] if username else _those_whose_time_it_is()
        for learner in learners:
            self.fit(learner, adopt=adopt)
        self.stdout.write(f"{len(learners)} {'learner' if len(learners) == 1 else 'learners'}.")

    def fit(self, learner: User, *, adopt: bool) -> None:
        """Fit one learner's weights and say what came of it."""
        try:
            weights = optimizing.fit(learner, now())
        except TooFewReviews as refusal:
            self.stdout.write(f"{learner.username}: {refusal.message}")
            return
        self.stdout.write(f"{learner.username}: {_told(weights)}")
        if adopt and optimizing.is_better(weights) and not weights.is_current:
            optimizing.adopt(learner, weights, now())
            retelling.tell_again(learner, now())
            self.stdout.write(f"{learner.username}: in use from now on; due days stay.")


def _learner(username: str) -> User:
    learner = User.objects.filter(username=username).first()
    if learner is None:
        raise CommandError(f"There is no account “{username}”.")
    return learner


def _those_whose_time_it_is() -> list[User]:
    """Learners with reviews enough for a first fit, or twice as many as at the last."""
    studying = User.objects.filter(is_active=True, is_guest=False, cards__reps__gt=1)
    return [one for one in studying.distinct().order_by("pk") if optimizing.is_time(one)]


def _told(weights: Weights) -> str:
    basis = f"{weights.review_count} reviews, {weights.get_method_display()}"
    if weights.loss_before is None or weights.loss_after is None:
        return f"{basis}; the later ones can't tell yet whether it is better."
    verdict = "better" if optimizing.is_better(weights) else f"not better by {proving.GATE}"
    return (
        f"{basis}; log loss of later reviews {weights.loss_before:.4f} → "
        f"{weights.loss_after:.4f}: {verdict}."
    )
