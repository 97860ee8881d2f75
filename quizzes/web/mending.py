"""Mending: from a regrade to the editor and back, and from the editor to what was asked before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpRequest
from django.urls import is_valid_path

from quizzes.assessment import sharing, using
from quizzes.assessment.models import Assignment
from quizzes.assessment.using import Asked
from quizzes.items.models import Item, Revision
from quizzes.items.revising import Version
from quizzes.people.models import User
from quizzes.web import banks

ORDERED = {Revision.Kind.MATCHING, Revision.Kind.ORDERING}
"""Where the key is the order of the options: with another key they are others."""


@dataclass(frozen=True, slots=True)
class Mending:
    """How another key of a question comes about, for whoever looks at it."""

    has_no_other: bool
    """No other key can mark what was asked: a person does, or its options are the key."""
    is_editable: bool
    is_of_book: bool
    """A book's own question, which nobody changes."""
    copies: Sequence[Item]
    """One's own adapted copies of it."""
    may_adapt: bool
    has_changed: bool
    """It says by now what does not fit what was asked, so that no copy of it would."""


def of(asked: Revision, user: User, fitting: Sequence[Revision], at: datetime) -> Mending:
    """What can be done about the key of a question that was asked; three queries.

    `fitting` are the wordings whose keys may mark it.
    """
    item = asked.item
    known = banks.told(Item.objects.workable_by(user), user, at).filter(pk=item.pk)
    return Mending(
        has_no_other=asked.kind in ORDERED or asked.kind == Revision.Kind.ESSAY,
        is_editable=sharing.questions(user, at).filter(pk=item.pk).exists(),
        is_of_book=item.book.owner_id is None,
        copies=list(Item.objects.owned_by(user).filter(adapted_from=item).order_by("pk")),
        may_adapt=known.exists(),
        has_changed=item.revision_id not in {asked.pk, *(one.pk for one in fitting)},
    )


def way_back(request: HttpRequest, otherwise: str = "") -> str:
    """The page of a regrade that `next` names, or another one: nothing else is led to."""
    wanted = request.GET.get("next", "")
    match = is_valid_path(wanted)
    return wanted if match and match.url_name == "new-regrade" else otherwise


def asked_before(item: Item, user: User, versions: Sequence[Version]) -> list[Asked]:
    """Where one's classes were asked a version that was changed in substance, or in its key, since.

    One query.
    """
    changed = set(_changed(versions))
    asked = using.asked_before(item, Assignment.objects.taught_by(user))
    return [one for one in asked if one.version in changed]


def _changed(versions: Sequence[Version]) -> list[int]:
    """The numbers of those that the one in force differs from by more than how it is put."""
    now = next((one for one in versions if one.is_in_force), None)
    if now is None:
        return []
    since = [one.number for one in versions if one.change == Revision.Change.SUBSTANTIVE]
    return [
        one.number
        for one in versions
        if one.wording != now.wording
        and (any(one.number < n <= now.number for n in since) or _key(one) != _key(now))
    ]


def _key(version: Version) -> tuple[object, ...]:
    """What decides a mark, without what is said of it and how options are put."""
    said = version.wording
    rights = [(one.part, one.fraction, one.rank, one.match) for one in said.options]
    return said.precedes, rights, [replace(one, feedback="") for one in said.accepted]
