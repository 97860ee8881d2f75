"""Naming: what people sign in by, and how they change it."""

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from quizzes.people.models import User
from quizzes.refusal import Refusal


class NameTaken(Refusal):
    """Somebody else signs in by this name, in whatever case they write it."""


class LooksLikeAddress(Refusal):
    """Whoever types it would be taken for the owner of an e-mail address."""


def bearers(name: str) -> QuerySet[User]:
    """Who signs in by this name, in upper or lower case, whatever the alphabet."""
    # SQLite knows the cases of ASCII alone.
    spelled = {name, name.lower(), name.upper(), name.title(), name.casefold()}
    return User.objects.filter(Q(username__iexact=name) | Q(username__in=spelled)).order_by("pk")


def looks_like_address(name: str) -> bool:
    """Whether the sign-in page would read it as an e-mail address."""
    return "@" in name


@transaction.atomic
def rename(person: User, name: str) -> User:
    """Let a person sign in by another name; whoever is signed in stays so.

    Refuses with `NameTaken` and `LooksLikeAddress`.
    """
    if looks_like_address(name):
        raise LooksLikeAddress(_("A name with @ would be taken for an e-mail address."))
    taken = NameTaken(_("Somebody else signs in by that name."))
    if bearers(name).exclude(pk=person.pk).exists():
        raise taken
    person.username = name
    try:
        with transaction.atomic():
            person.save(update_fields=["username"])
    except IntegrityError as error:  # of two at once, the other was first
        raise taken from error
    return person
