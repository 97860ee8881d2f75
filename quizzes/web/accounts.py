"""Opening an account and coming back to it: what we add to allauth's own ways."""

from collections.abc import Collection
from typing import Any

from allauth.account import forms
from allauth.account.adapter import DefaultAccountAdapter
from allauth.utils import get_request_param
from django import forms as django_forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from rest_framework.authtoken.models import Token

from quizzes.people import guesting, issuing
from quizzes.people.models import User
from quizzes.web import guests, joining


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

    def set_password(self, user: User, password: str) -> None:
        """A new password ends the old sessions; the token of programs goes with them.

        Whoever chooses it holds the account alone from then on.
        """
        super().set_password(user, password)
        issuing.take_over(user)
        forget_tokens([user.pk])

    def post_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse:
        return guests.ask_first(request, super().post_login(request, user, **how))


class SignInForm(forms.LoginForm):  # type: ignore[misc]
    """Name or address, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "login", _("Name or e-mail address"), autocomplete="username")
        _say(self, "password", _("Password"))


class SignUpForm(forms.SignupForm):  # type: ignore[misc]
    """A name or an address, or both: one of them is needed to come back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "username", _("Name to sign in with"))
        _say(self, "email", _("E-mail address"))
        _say(self, "password1", _("Password"))
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

    def save(self, request: HttpRequest) -> Any:
        added = super().save(request)
        issuing.take_over(self.user)
        return added


def forget_tokens(users: Collection[int]) -> None:
    """Let no program use these accounts any more until it signs in again."""
    Token.objects.filter(user__in=users).delete()


def _say(form: django_forms.Form, name: str, label: Any, **attributes: str) -> None:
    """Label a field; what a label says, a placeholder must not say again."""
    field = form.fields[name]
    field.label = label
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)
