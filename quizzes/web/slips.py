"""/classes/<class>/slips/ : slips to sign in with, all of them on one page to be printed.

Making a slip takes time, so that each post makes a round of them; the page comes back with those of
the rounds before, and posts the next by itself where script runs. It bears the draw from which the
passwords follow: sent again after a lost answer, a post makes the same slips. With every student
stands what was seen of the password, so that a page sent again much later undoes nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.identifiers import uuid7
from quizzes.people import issuing, rolls
from quizzes.people.issuing import Slip
from quizzes.people.models import Classroom, Enrollment, EnrollmentQuerySet, User
from quizzes.web import answers, teaching
from quizzes.web.owners import owner

MOST_ON_A_PAGE = rolls.MOST_LINES
_WANTED = re.compile(r"([0-9]{1,9}):([0-9a-f]{64})", re.ASCII)


class Wanted(NamedTuple):
    """A student as the page of slips sends them: the place, and what was seen of the password."""

    place: int
    seen: str

    def __str__(self) -> str:
        return f"{self.place}:{self.seen}"


@dataclass(frozen=True, slots=True)
class _Stack:
    """The slips of one page: whose they are in order, how many are made, how many fell out."""

    draw: UUID
    act: str
    places: Sequence[Wanted]
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


def wanted(place: Enrollment) -> Wanted:
    """A student whose slip is to be made, if the password is still the same by then."""
    return Wanted(place.pk, issuing.seen(place.user))


def _begun(act: str, places: EnrollmentQuerySet) -> _Stack:
    found = [wanted(place) for place in places[:MOST_ON_A_PAGE]]
    return _Stack(uuid7(), act, found, made=0, left_out=0)


def _stack(post: QueryDict) -> _Stack:
    """What the page says that was sent; anything but a whole one is a `BadRequest`."""
    act, draw = answers.choice(post, "act", "first", "anew", "one"), answers.uid(post, "draw")
    places = [_wanted(text) for text in post.getlist("student")[:MOST_ON_A_PAGE]]
    made, left_out = (answers.number(post, name) or 0 for name in ("made", "left_out"))
    most = answers.number(post, "round") or issuing.MOST_AT_ONCE
    return _Stack(draw, act, places, made, left_out, min(most, issuing.MOST_AT_ONCE))


def _wanted(text: str) -> Wanted:
    if not (found := _WANTED.fullmatch(text)):
        raise BadRequest("“student” is no student of a page of slips.")
    return Wanted(int(found[1]), found[2])


def _further(room: Classroom, person: User, stack: _Stack) -> tuple[_Stack, list[Slip]]:
    """The stack after one more round, and all of its slips that are made and still open."""
    end = stack.made + stack.round
    found = issuing.issuable(room).in_bulk([one.place for one in stack.places[:end]])
    before, due = (
        {found[one.place]: one.seen for one in part if one.place in found}
        for part in (stack.places[: stack.made], stack.places[stack.made : end])
    )
    standing = _standing(before)
    new = issuing.issue_seen(room, person, stack.draw, due, now(), spares_used=stack.act != "one")
    earlier = [issuing.slip(stack.draw, place) for place in standing]
    return _after(stack, [*standing, *_places(due, new)], end), [*earlier, *new]


def _standing(before: Mapping[Enrollment, str]) -> list[Enrollment]:
    """Those of earlier rounds who have the same password still."""
    return [place for place, saw in before.items() if saw == issuing.seen(place.user)]


def _places(due: Mapping[Enrollment, str], made: Sequence[Slip]) -> list[Enrollment]:
    users = {slip.user.pk for slip in made}
    return [place for place in due if place.user_id in users]


def _after(stack: _Stack, made: Sequence[Enrollment], end: int) -> _Stack:
    """What is left to be made, without those who fell out."""
    left_out = stack.left_out + len(stack.places[:end]) - len(made)
    places = [*map(wanted, made), *stack.places[end:]]
    return _Stack(stack.draw, stack.act, places, len(made), left_out)
