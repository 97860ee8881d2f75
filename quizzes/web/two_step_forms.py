"""What is typed, and what a device answers, on the way to a second step."""

import struct
from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.web.forms import say

LONGEST_NAME = 60
_OUT_OF_SHAPE = (
    *(ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError),
    struct.error,
)
"""What allauth and its library raise at an answer that no device gives."""


class CodeForm(base.AuthenticateForm):  # type: ignore[misc]
    """The second step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "code", _("Code"), maxlength="12")
        self.fields["code"].help_text = _("Of your app, or one of your recovery codes.")


class CodeAgainForm(base.ReauthenticateForm):  # type: ignore[misc]
    """A code once more, before a change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "code", _("Code"), maxlength="12")
        self.fields["code"].help_text = _("Of your app, or one of your recovery codes.")


class ActivateForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app, which shows that it has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "code", _("Code that the app shows"), inputmode="numeric")


class CredentialField(forms.JSONField):
    """What a device answers."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        return fitting(lambda: super(CredentialField, self).to_python(value))


def fitting[Read](read: Callable[[], Read]) -> Read:
    """What a device answers, read; an answer out of shape fits no better than another's passkey."""
    try:
        return read()
    except _OUT_OF_SHAPE as error:
        raise get_adapter().validation_error("incorrect_code") from error


class AddPasskeyForm(webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey, which can open the account alone."""

    credential = CredentialField()
    passwordless = forms.BooleanField(initial=True, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "name", _("Name of the passkey"), maxlength=str(LONGEST_NAME))
        self.fields["name"].help_text = _("Such as the device that keeps it.")

    def clean(self) -> dict[str, Any]:
        return fitting(super().clean)

    def clean_name(self) -> str:
        name: str = super().clean_name()
        return name[:LONGEST_NAME]


class RenamePasskeyForm(webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """What a passkey is called."""

    name = forms.CharField(label=_("Name of the passkey"), max_length=LONGEST_NAME)


class EnterForm(webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey in place of name and password."""

    credential = CredentialField()

    def clean_credential(self) -> Any:
        return fitting(super().clean_credential)


class SecondStepForm(webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey after a password."""

    credential = CredentialField()

    def clean_credential(self) -> Any:
        return fitting(super().clean_credential)


class PasskeyAgainForm(webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey once more, before a change."""

    credential = CredentialField()

    def clean_credential(self) -> Any:
        return fitting(super().clean_credential)
