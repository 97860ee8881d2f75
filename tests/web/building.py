"""The pages on which a quiz is built, and the order of its places."""

from quizzes.assessment.models import Quiz


def url(quiz: Quiz, tail: str = "") -> str:
    return f"/bank/quizzes/{quiz.uid}/{tail}"


def order(quiz: Quiz) -> list[int]:
    return list(quiz.slots.order_by("position").values_list("pk", flat=True))
