"""The answers on a posted page of an attempt, whatever the kinds of its questions."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import BadRequest
from django.http import QueryDict

from quizzes.assessment.responding import Given
from quizzes.assessment.sheets import Question, Sheet
from quizzes.items.models import Revision
from quizzes.web import answers

Kind = Revision.Kind
_SURE = {"yes": True, "no": False}


def given(post: QueryDict, sheet: Sheet) -> list[Given]:
    """The answers on a posted page of an attempt, one for each question that it showed.

    A question that the attempt does not have, or a number that is none, is a `BadRequest`.
    """
    positions = answers.numbers(post, "question")
    if not set(positions) <= set(sheet.by_position):
        raise BadRequest("“question” is none of this attempt.")
    return [_given(post, sheet.by_position[position]) for position in dict.fromkeys(positions)]


def _given(post: QueryDict, question: Question) -> Given:
    position = question.position
    return Given(
        position,
        _raw(post, question),
        answers.key(post, f"sequence_{position}"),
        _SURE.get(post.get(f"sure_{position}", "")),
    )


def _raw(post: QueryDict, question: Question) -> dict[str, Any]:
    name, orders = f"answer_{question.position}", question.served.orders
    match question.kind:
        case Kind.MATCHING:
            lefts = range(len(orders[0]))
            return {"pairs": [answers.number(post, f"{name}_{left}") for left in lefts]}
        case Kind.ORDERING:
            return {"order": _ordered(post, question)}
        case Kind.CLOZE:
            return {"gaps": [_gap(post, f"{name}_{n}", order) for n, order in enumerate(orders)]}
        case Kind.SINGLE | Kind.SEVERAL | Kind.TRUE_FALSE | Kind.CLASSIFY:
            return {"chosen": answers.numbers(post, name)}
        case _:
            return {"text": _text(post, name)}


def _text(post: QueryDict, name: str) -> str:
    return post.get(name, "").replace("\r\n", "\n")


def _gap(post: QueryDict, name: str, order: Sequence[int]) -> str | int:
    if order and post.get(name):
        return answers.key(post, name)
    return _text(post, name)


def _ordered(post: QueryDict, question: Question) -> list[int]:
    """The rows as the page showed them, with those moved that were given another position.

    Nothing, while no row was given any. Rows that are given the same position stand together.
    """
    shown = answers.numbers(post, f"row_{question.position}")
    if sorted(shown) != list(range(len(question.served.order))):
        raise BadRequest("“row” is not each row once.")
    wanted = {place: answers.number(post, f"answer_{question.position}_{place}") for place in shown}
    if not any(wanted.values()):
        return []
    moved = [
        (rank, place)
        for place, rank in wanted.items()
        if rank and place != shown[min(rank, len(shown)) - 1]
    ]
    order = [place for place in shown if (wanted[place], place) not in moved]
    for rank, place in sorted(moved):
        order.insert(rank - 1, place)
    return order
