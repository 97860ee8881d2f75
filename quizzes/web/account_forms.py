"""The shape of what is typed on the account's pages."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from quizzes.people.models import User
from quizzes.web.forms import HOURS


class ShownNameForm(forms.ModelForm[User]):
    """What classmates and instructors read."""

    class Meta:
        model = User
        fields = ("display_name",)
        labels = {"display_name": _("Name shown to others")}
        help_texts = {"display_name": _("Left empty, it is the name that you sign in with.")}


class SignInNameForm(forms.Form):
    """Another name to sign in with."""

    username = forms.CharField(
        label=_("Name to sign in with"),
        min_length=settings.ACCOUNT_USERNAME_MIN_LENGTH,
        max_length=User._meta.get_field("username").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        help_text=_("Letters, digits and . + - _"),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.initial["username"] = person.username

    def clean_username(self) -> str:
        """As at sign-up; one's own name in other letters is free."""
        name = self.cleaned_data["username"]
        is_own = name.casefold() == self.person.username.casefold()
        cleaned: str = get_adapter().clean_username(name, shallow=is_own)
        return cleaned


class RemindersForm(forms.ModelForm[User]):
    """Of what a letter reminds, and when it comes."""

    reminder_hour = forms.TypedChoiceField(
        label=_("At the hour, in your time zone"), choices=HOURS, coerce=int
    )

    class Meta:
        model = User
        fields = ("reminds_of_cards", "reminds_of_closings", "reminds_of_results", "reminder_hour")
        labels = {
            "reminds_of_cards": _("Cards that are due, once a study day"),
            "reminds_of_closings": _("Quizzes that close within a day"),
            "reminds_of_results": _("Results that are released"),
        }
