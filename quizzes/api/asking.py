"""What a request asks: its parameters, its body, and who sent it."""

from datetime import datetime
from typing import Any, cast

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from quizzes.api.fields import Strict, refuse
from quizzes.people.models import User

type Read = dict[str, Any]
"""What a shape has checked, by name."""

READ = ["GET", "HEAD"]
"""The methods of a view that only shows."""


class Nothing(Strict):
    """No parameters at all."""


def query(request: Request, shape: type[Strict] = Nothing) -> Read:
    """The parameters of the address; an unknown, repeated or empty one is refused by name."""
    for name, values in request.query_params.lists():
        if len(values) > 1:
            refuse(name, _("Give this once."), "repeated")
    return _read(shape(data=request.query_params.dict()))


def body(request: Request, shape: type[Strict] = Nothing) -> Read:
    """What was sent as JSON, and nothing in the address beside it."""
    query(request)
    return _read(shape(data=request.data))


def viewer(request: Request) -> User | None:
    """Whoever looks, if signed in."""
    return request.user if request.user.is_authenticated else None


def arrived(request: Request) -> datetime:
    """When a request arrived, by the server's clock: the moment at which it is judged."""
    return cast(datetime, request.arrived_at)  # type: ignore[attr-defined]  # by middleware


def learner(request: Request) -> User:
    """Whoever is signed in, where the view lets nobody else in.

    A device that says in `X-Learner` whose it is and means somebody else is refused (403): in one
    browser somebody else may have signed in since the page was opened.
    """
    user = cast(User, request.user)
    if request.headers.get("X-Learner", str(user.pk)) != str(user.pk):
        raise PermissionDenied(_("Somebody else has signed in here."))
    return user


def _read(shape: serializers.Serializer[Any]) -> Read:
    shape.is_valid(raise_exception=True)
    return dict(shape.validated_data)
