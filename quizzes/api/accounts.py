"""Who you are, and the token by which a program signs in for you.

The session of the pages signs in too; what is posted with it needs their CSRF token.
"""

from allauth.account.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.authtoken.models import Token
from rest_framework.decorators import api_view, permission_classes, throttle_scope
from rest_framework.exceptions import AuthenticationFailed, NotFound, Throttled
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from quizzes.api import asking, errors
from quizzes.api.fields import Strict, Text
from quizzes.people.models import User
from quizzes.refusal import Refusal


class SecondFactorNeeded(Refusal):
    """A password alone gives no token to an account with two-step sign-in."""


class Credentials(Strict):
    """What you sign in with on the pages."""

    login = Text(max_length=254, help_text="A username or an e-mail address.")
    password = Text(max_length=4096, trim_whitespace=False)
    code = Text(
        max_length=12,
        required=False,
        help_text="For an account with two-step sign-in: of its app, or a recovery code.",
    )


class TokenShape(serializers.Serializer[Token]):
    """Send it with each request, as `Authorization: Token …`. It is good until it is deleted."""

    token = serializers.CharField(source="key")


class Me(serializers.Serializer[User]):
    """You, as you are known here."""

    username = serializers.CharField()
    display_name = serializers.CharField()
    email = serializers.EmailField(help_text="May be empty.")
    is_guest = serializers.BooleanField(help_text="Without credentials, until an account is made.")
    time_zone = serializers.CharField()
    day_rollover_hour = serializers.IntegerField(help_text="The hour at which a study day starts.")


@extend_schema(
    operation_id="sign_in",
    request=Credentials,
    auth=[],
    responses={200: TokenShape, **errors.answers(400, 401, 409, 429)},
)
@api_view(["POST"])
@permission_classes([AllowAny])
@throttle_scope("sign-in")
@never_cache
def tokens(request: Request) -> Response:
    """Sign in: the same token each time, until it is deleted."""
    asked = asking.body(request, Credentials)
    user = _who(request, asked)
    if is_mfa_enabled(user):
        _take_second_step(user, asked.get("code", ""))
    token, _is_new = Token.objects.get_or_create(user=user)
    return Response(TokenShape(token).data)


@extend_schema(operation_id="sign_out", responses={204: None, **errors.answers(400, 401, 403, 404)})
@api_view(["DELETE"])
def current_token(request: Request) -> Response:
    """Sign out: the token of this request is good no longer, wherever it is used."""
    asking.query(request)
    if request.auth is None:
        raise NotFound
    request.auth.delete()
    return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema(operation_id="me", responses={200: Me, **errors.answers(400, 401)})
@api_view(asking.READ)
@never_cache
def me(request: Request) -> Response:
    """Who you are."""
    asking.query(request)
    return Response(Me(asking.learner(request)).data)


def _who(request: Request, asked: asking.Read) -> User:
    """Whose credentials these are, by the ways and within the limits of the sign-in page.

    A wrong password and an unknown name are the same 401.
    """
    page = request._request
    try:
        user: User | None = get_adapter(page).authenticate(
            page, username=asked["login"], password=asked["password"]
        )
    except ValidationError as error:  # too many failures, from here or with this name
        raise Throttled from error
    if user is None or not user.is_active:
        raise AuthenticationFailed(_("Name or password is wrong."))
    return user


def _take_second_step(user: User, code: str) -> None:
    """Let nobody by without a code that fits, within the limits of the sign-in page."""
    if not code:
        raise SecondFactorNeeded(_("This account asks for a code too: send it as “code”."))
    form = AuthenticateForm(data={"code": code}, user=user)
    if not form.is_valid():
        raise AuthenticationFailed(_("The code is wrong, or too many were tried."))
    form.authenticator.record_usage()
