"""Remapping: a person puts other keys in place of the usual ones, in studying and in quizzes."""

from collections import Counter
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from quizzes.people.models import Shortcut, User
from quizzes.refusal import Refusal

USUAL = {
    "rate-1": "1",
    "rate-2": "2",
    "rate-3": "3",
    "rate-4": "4",
    "undo": "u",
    "edit": "e",
    "bury": "b",
    "suspend": "s",
    "flag": "f",
    "info": "i",
    "note": "n",
    "more": "m",
    "next": "j",
    "previous": "k",
    "go-to": "g",
    "clock": "t",
}
"""The acts whose keys may be changed, with their usual keys."""


class UnfitKeys(Refusal):
    """A key that cannot stand for an act, or one that would stand for two."""


def shortcuts(person: User) -> dict[str, str]:
    """The keys that a person has chosen, by act; acts that are not named have their usual ones."""
    rows = Shortcut.objects.filter(user=person, act__in=USUAL).order_by("pk")
    return dict(rows.values_list("act", "key"))


def faults(keys: Mapping[str, str]) -> dict[str, str]:
    """Why these keys cannot stand for these acts, by act; an act without one keeps the usual."""
    chosen = USUAL | {act: key.lower() for act, key in keys.items() if key}
    times = Counter(chosen.values())
    unfit = {
        act: _("This key cannot stand for an act.")
        for act, key in chosen.items()
        if len(key) != 1 or not key.isprintable() or key in " ?"
    }
    return {
        act: _("This key would stand for two acts.")
        for act, key in chosen.items()
        if times[key] > 1
    } | unfit


@transaction.atomic
def remap(person: User, keys: Mapping[str, str]) -> None:
    """Let these keys stand for these acts; an act without one has its usual key.

    Refuses with `UnfitKeys`, and keeps what was chosen before.
    """
    for reason in faults(keys).values():
        raise UnfitKeys(reason)
    chosen = {act: key.lower() for act, key in keys.items() if key}
    Shortcut.objects.filter(user=person).delete()
    Shortcut.objects.bulk_create(
        Shortcut(user=person, act=act, key=key) for act, key in chosen.items() if key != USUAL[act]
    )
