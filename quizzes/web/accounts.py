"""Opening an account and coming back to it: what we add to allauth's own ways."""

from typing import Any

from allauth.account import forms
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.utils import get_request_param
from django import forms as django_forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from quizzes.people import guesting, issuing, naming, signing_out
from quizzes.people.models import User
from quizzes.web import guests, joining, sessions, two_step
from quizzes.web.forms import say


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Sign-up keeps a guest's row and all that hangs on it; sign-in asks what to do with it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Open to all, to nobody, or to whoever comes by an invitation or a class's code."""
        if settings.REGISTRATION == "invited":
            return joining.lets_in(request, get_request_param(request, "next", ""))
        return bool(settings.REGISTRATION == "open")

    def new_user(self, request: HttpRequest) -> User:
        return guests.of(request) or User(
            time_zone=guesting.known_time_zone(request.COOKIES.get("time_zone", ""))
        )

    def save_user(
        self, request: HttpRequest, user: User, form: django_forms.Form, commit: bool = True
    ) -> User:
        user.is_guest = False
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def login(self, request: HttpRequest, user: User) -> None:
        guest = guests.of(request)
        super().login(request, user)
        if guest and guest.pk != user.pk:
            guests.leave_claim(request, guest.pk, user)

    def clean_username(self, username: str, shallow: bool = False) -> str:
        if naming.looks_like_address(username):
            raise ValidationError(_("A name has no @: it would be taken for an e-mail address."))
        if not shallow and naming.bearers(username).exists():
            raise self.validation_error("username_taken")
        cleaned: str = super().clean_username(username, shallow=True)
        return cleaned

    def set_password(self, user: User, password: str) -> None:
        """A new password ends all other sign-ins, of browsers and of programs.

        Whoever chooses it holds the account alone from then on.
        """
        super().set_password(user, password)
        issuing.take_over(user)
        is_mine = context.request.user.pk == user.pk
        here = context.request.session.session_key if is_mine else ""
        signing_out.sign_out([user.pk], but=here or "")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Where to go after a new password, which has given this session a new key."""
        sessions.note(request, now())
        return reverse("account")

    def post_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse:
        sessions.note(request, now())
        return guests.ask_first(request, super().post_login(request, user, **how))

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, str]]:
        """The ways to show who one is, in our words; none that does not work at this address."""
        ways = super().get_reauthentication_methods(user)
        works = two_step.passkeys_work(context.request)
        return [
            way | {"description": two_step.WAYS[way["id"]]}
            for way in ways
            if works or way["id"] != two_step.BY_PASSKEY
        ]

    def logout(self, request: HttpRequest) -> None:
        sessions.forget(request)
        super().logout(request)


class SignInForm(forms.LoginForm):  # type: ignore[misc]
    """Name or address, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "login", _("Name or e-mail address"), autocomplete="username")
        say(self, "password", _("Password"))


class SignUpForm(forms.SignupForm):  # type: ignore[misc]
    """A name or an address, or both: one of them is needed to come back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "username", _("Name to sign in with"))
        say(self, "email", _("E-mail address"))
        say(self, "password1", _("Password"))
        self.fields["email"].help_text = _("Optional. A forgotten password needs it.")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        asked = {"username", "email"}
        if not asked & self.errors.keys() and not any(cleaned.get(name) for name in asked):
            self.add_error(
                "username", _("Give a name or an e-mail address: you sign in with either.")
            )
        return cleaned


class AddEmailForm(forms.AddEmailForm):  # type: ignore[misc]
    """An e-mail address; with one, an account that a class has issued is its student's alone."""

    def clean_email(self) -> str:
        email: str = super().clean_email()
        if two_step.needs_confirmed_address(self.user):
            raise ValidationError(
                _("Turn two-step sign-in off, add the address, confirm it, and turn it on again.")
            )
        return email

    def save(self, request: HttpRequest) -> Any:
        added = super().save(request)
        issuing.take_over(self.user)
        return added


class PasswordAgainForm(forms.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before a change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "password", _("Password"))
