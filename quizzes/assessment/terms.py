"""Terms: how an attempt is sat, and what is shown of it when; its assignment's, or practice's."""

from dataclasses import dataclass

from quizzes.assessment.models import Assignment, Attempt

Moment = Assignment.Moment


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for one attempt. Each `…_from` is the first moment at which that is shown."""

    answer_from: Moment
    correctness_from: Moment
    score_from: Moment
    key_from: Moment
    explanation_from: Moment
    is_forward_only: bool = False
    tries: int = 1
    penalty_percent: int = 0

    @property
    def checks_each(self) -> bool:
        """Whether a question can be checked while the attempt is open."""
        return self.correctness_from == Moment.DURING


def of(attempt: Attempt) -> Terms:
    """The terms of an attempt: those of its assignment, or else practice's."""
    return of_assignment(attempt.assignment) if attempt.assignment else practice(attempt)


def of_assignment(assignment: Assignment) -> Terms:
    """What holds for every attempt at an assignment."""
    return Terms(
        answer_from=Moment(assignment.answer_from),
        correctness_from=Moment(assignment.correctness_from),
        score_from=Moment(assignment.score_from),
        key_from=Moment(assignment.key_from),
        explanation_from=Moment(assignment.explanation_from),
        is_forward_only=assignment.is_forward_only,
        tries=assignment.tries,
        penalty_percent=assignment.penalty_percent,
    )


PRACTICE_TRIES, PRACTICE_PENALTY = 2, 33


def practice(attempt: Attempt) -> Terms:
    """Everything is told after handing in, or of each question as soon as it is checked."""
    told = Moment.DURING if attempt.checks_each else Moment.HANDED_IN
    return Terms(
        answer_from=Moment.HANDED_IN,
        correctness_from=told,
        score_from=Moment.HANDED_IN,
        key_from=told,
        explanation_from=told,
        tries=PRACTICE_TRIES if attempt.checks_each else 1,
        penalty_percent=PRACTICE_PENALTY if attempt.checks_each else 0,
    )
