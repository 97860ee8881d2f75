"""What a rule refuses is said where it was asked, beside what was typed or ticked there."""

from collections.abc import Callable

from django.http import HttpResponse

from quizzes.refusal import Refusal

CONFLICT = 409


def answered(
    act: Callable[[], HttpResponse], refused: Callable[[Refusal], HttpResponse]
) -> HttpResponse:
    """What an act answers; where a rule refuses it, the page that says so instead.

    The page keeps what was sent, and has the status `CONFLICT`.
    """
    try:
        return act()
    except Refusal as refusal:
        answer = refused(refusal)
        answer.status_code = CONFLICT
        return answer
