"""Two-step sign-in and passkeys: what we add to allauth's own ways.

A code of an app or a recovery code is the second step after a password; a passkey is that too, and
opens an account alone. Guests have no account to guard. An account that a class has issued gets
neither before it is its student's own: the class could help with a lost password no more. With a
second step an address counts once it is confirmed alone, so that nobody locks its owner out.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.http.request import split_domain_port
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.people.models import User
from quizzes.web.owners import owner

type AnyView = Callable[..., HttpResponseBase]

BY_PASSKEY = "mfa_reauthenticate:webauthn"
WAYS = {
    "reauthenticate": gettext_lazy("Type the password"),
    "mfa_reauthenticate": gettext_lazy("Type a code of the app, or a recovery code"),
    BY_PASSKEY: gettext_lazy("Use a passkey"),
}
"""How somebody who is signed in shows that it is they still, by allauth's names."""

_NUMBERS = re.compile(r"[0-9.]+|\[.*\]")


@dataclass(frozen=True, slots=True)
class Passkey:
    """What its owner calls it, and when it was made and last used."""

    number: int
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Guard:
    """What an account asks for beside its password."""

    has_app: bool
    passkeys: list[Passkey]
    codes: int

    @property
    def is_up(self) -> bool:
        return self.has_app or bool(self.passkeys)


def guard(person: User) -> Guard:
    """How this account is guarded; one query."""
    found = list(Authenticator.objects.filter(user=person.pk).order_by("pk"))
    by_type = {one.type: one for one in found}
    codes = by_type.get(Authenticator.Type.RECOVERY_CODES)
    passkeys = [one for one in found if one.type == Authenticator.Type.WEBAUTHN]
    return Guard(
        has_app=Authenticator.Type.TOTP in by_type,
        passkeys=[Passkey(k.pk, str(k), k.created_at, k.last_used_at) for k in passkeys],
        codes=len(codes.wrap().get_unused_codes()) if codes else 0,
    )


def passkeys_work(request: HttpRequest) -> bool:
    """Whether browsers make passkeys at this address: a name, with HTTPS or of this machine."""
    domain, _port = split_domain_port(request.get_host())
    is_here = domain == "localhost" or domain.endswith(".localhost")
    return is_here or (request.is_secure() and not _NUMBERS.fullmatch(domain))


def needs_confirmed_address(person: User) -> bool:
    """Whether a guarded account has no confirmed address, where one could be confirmed."""
    return bool(settings.EMAIL_URL) and is_mfa_enabled(person) and not _is_confirmed(person)


def for_own_account(view: AnyView) -> AnyView:
    """Let in who may add a second step; others are told what comes first."""

    @login_required
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person = owner(request)
        if person.issued_by_id is not None:
            messages.info(request, _("Choose a password of your own first."))
            return redirect("account_change_password")
        if settings.EMAIL_URL and person.email and not _is_confirmed(person):
            messages.info(request, _("Confirm your e-mail address first."))
            return redirect("account_email")
        return view(request, *args, **kwargs)

    return answer


def where_passkeys_work(view: AnyView) -> AnyView:
    """Make no passkey at an address where none can be made; the page that opens says why."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not passkeys_work(request):
            return redirect("mfa_index")
        return view(request, *args, **kwargs)

    return answer


def _is_confirmed(person: User) -> bool:
    return bool(EmailAddress.objects.filter(user=person.pk, verified=True).exists())


class TwoStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Our words; and the page draws the code for the camera itself."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "That did not fit. A code of an app is good for 30 seconds, and once: try the next one."
        ),
        "cannot_generate_recovery_codes": gettext_lazy("Two-step sign-in is off."),
    }

    def build_totp_svg(self, url: str) -> str:
        return ""  # no page may show a picture that stands in its address

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)s") % {"number": count + 1}

    def _get_site_name(self) -> str:
        name: str = settings.SITE_NAME
        return name
