"""/classes/<class>/slips/ : slips to sign in with, all of them on one page to be printed.

Making a slip takes time, so that each post makes a round of them; the page comes back with those of
the rounds before, and posts the next by itself where script runs. It bears the draw from which the
passwords follow: sent again after a lost answer, a post makes the same slips.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.identifiers import uuid7
from quizzes.people import issuing, rolls
from quizzes.people.issuing import Slip
from quizzes.people.models import Classroom, Enrollment, User
from quizzes.web import answers, teaching
from quizzes.web.owners import owner

MOST_ON_A_PAGE = rolls.MOST_LINES


@dataclass(frozen=True, slots=True)
class _Stack:
    """The slips of one page: whose they are in order, how many are made, how many fell out."""

    draw: UUID
    act: str
    places: Sequence[int]
    made: int
    left_out: int
    round: int = issuing.MOST_AT_ONCE

    @property
    def rest(self) -> int:
        return len(self.places) - self.made


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def slips(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who has no slip yet, and whose is unused; a post makes slips and shows them."""
    room = teaching.classroom(request, uid)
    context: dict[str, Any] = {"classroom": room, "place": "classes"}
    if request.method == "POST":
        stack, made = _further(room, owner(request), _stack(request.POST))
        context |= {"stack": stack, "slips": made, "host": request.get_host()}
        context["next"] = min(stack.rest, issuing.MOST_AT_ONCE)
    else:
        places = {"first": issuing.without_slip(room), "anew": issuing.unused(room)}
        context |= {"stacks": [_begun(act, found) for act, found in places.items()]}
    return render(request, "quizzes/slips.html", context)


def _begun(act: str, places: Any) -> _Stack:
    found = places.values_list("pk", flat=True)[:MOST_ON_A_PAGE]
    return _Stack(uuid7(), act, list(found), made=0, left_out=0)


def _stack(post: QueryDict) -> _Stack:
    """What the page says that was sent; anything but a whole one is a `BadRequest`."""
    act, draw = answers.choice(post, "act", "first", "anew"), answers.uid(post, "draw")
    places = answers.numbers(post, "student")[:MOST_ON_A_PAGE]
    made, left_out = (answers.number(post, name) or 0 for name in ("made", "left_out"))
    most = answers.number(post, "round") or issuing.MOST_AT_ONCE
    return _Stack(draw, act, places, made, left_out, min(most, issuing.MOST_AT_ONCE))


def _further(room: Classroom, person: User, stack: _Stack) -> tuple[_Stack, list[Slip]]:
    """The stack after one more round, and all of its slips that are made."""
    end = stack.made + stack.round
    found = {one.pk: one for one in issuing.issuable(room).filter(pk__in=stack.places[:end])}
    before, due = (
        [found[number] for number in numbers if number in found]
        for numbers in (stack.places[: stack.made], stack.places[stack.made : end])
    )
    make = issuing.issue_first if stack.act == "first" else issuing.issue
    new = make(room, person, stack.draw, due, now())
    earlier = [issuing.slip(stack.draw, place.user) for place in before]
    return _after(stack, [*before, *_places(due, new)], end), [*earlier, *new]


def _places(due: Sequence[Enrollment], made: Sequence[Slip]) -> list[Enrollment]:
    users = {slip.user.pk for slip in made}
    return [place for place in due if place.user_id in users]


def _after(stack: _Stack, made: Sequence[Enrollment], end: int) -> _Stack:
    """What is left to be made, without those who fell out."""
    left_out = stack.left_out + len(stack.places[:end]) - len(made)
    places = [*(place.pk for place in made), *stack.places[end:]]
    return _Stack(stack.draw, stack.act, places, len(made), left_out)
