"""The first account of a new site: nobody is there yet who could make it."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils.timezone import now

from quizzes.people import appointing
from quizzes.people.models import User
from quizzes.refusal import Refusal


class Command(BaseCommand):
    """Make it, or find it there; run again, it changes no password."""

    help = "Make an account that may use the back office and open classes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="to sign in with")
        parser.add_argument("--email", default="", help="for a forgotten password, and for letters")
        parser.add_argument(
            "--link", action="store_true", help="print a link that sets a password, once"
        )

    def handle(self, *, name: str, email: str, link: bool, **options: Any) -> None:
        try:
            person, is_new = appointing.appoint(name, now(), email)
        except (Refusal, ValidationError) as error:
            raise CommandError(" ".join(getattr(error, "messages", [str(error)]))) from error
        self.stdout.write(f"{name} may use the back office and open classes.")
        if link or not person.has_usable_password():
            self.let_in(person, by_link=link or not sys.stdin.isatty())
        elif not is_new:
            self.stdout.write("The account was there; its password stays.")

    def let_in(self, person: User, *, by_link: bool) -> None:
        """Have a password typed, or print the way to one."""
        if by_link:
            self.stdout.write(
                f"A password is set, once and within three days, at\n{way_in(person)}"
            )
            return
        password = typed_password(person)
        person.set_password(password)
        person.save(update_fields=["password"])
        self.stdout.write(f"Sign in at {settings.ADDRESS}{reverse('account_login')}")


def way_in(person: User) -> str:
    """A link to a page that sets the password; good until one is set."""
    key = default_token_generator.make_token(person)
    names = {"uidb36": user_pk_to_url_str(person), "key": key}
    return settings.ADDRESS + reverse("account_reset_password_from_key", kwargs=names)


def typed_password(person: User) -> str:
    """What is typed twice alike; refused where it is too weak."""
    password = getpass("Password: ")
    if password != getpass("Once more: "):
        raise CommandError("That was not the same twice. The account is there; run this again.")
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise CommandError(" ".join(weak.messages)) from weak
    return password
