"""Hiding: somebody's name and addresses, wherever others or the site have written them down.

Searched are the texts of what is theirs and stays, those of the classes that they are or were in,
and those of no class. A name is a whole word or several; one that is a single word may be a word of
the language (“may”, “rose”), so it is hidden as it is spelled and with large letters. An answer of
a few words is an answer and no name, even where the two are the same: in it addresses alone are
hidden.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, JSONField, OuterRef, Q, QuerySet
from django.utils.html import escape
from django.utils.translation import gettext as _

from quizzes.assessment import tallying
from quizzes.assessment.models import Attempt, OptionTally, Quiz
from quizzes.exchange import possessing
from quizzes.exchange.decisions import Possession
from quizzes.items.models import Revision
from quizzes.people.models import Enrollment, User

AROUND = {
    "quizzes.Announcement": "classroom",
    "quizzes.AuditLine": "classroom",
    "quizzes.ErrorReport": "classroom",
    "quizzes.Invitation": "classroom",
    "quizzes.Mark": "served__attempt__assignment__classroom",
    "quizzes.Notice": "user__enrollments__classroom",
    "quizzes.Override": "assignment__classroom",
    "quizzes.Regrade": "assignment__classroom",
}
"""The tables in which others may have written somebody's name, each with its way to a class."""

_ANSWERS = "quizzes.Response"
_ESSAY = Q(served__revision__kind=Revision.Kind.ESSAY)


@dataclass(frozen=True, slots=True)
class Names:
    """What somebody is called; addresses are told from names."""

    names: frozenset[str]
    addresses: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        return self.names | self.addresses


def names(person: User) -> Names:
    """Everything that this person is called, and their addresses; one query."""
    kept = possessing.rows(possessing.DECISIONS["account.EmailAddress"], person)
    full = person.get_full_name()
    called = {person.username, person.display_name, full, person.first_name, person.last_name}
    addresses = {person.email, *kept.values_list("email", flat=True)}
    return Names(
        frozenset(name for name in called if name.strip()),
        frozenset(address for address in addresses if address),
    )


def hide(person: User) -> int:
    """Put “a former member” in place of somebody's names and addresses; in how many rows.

    Where an address was the answer to a question, what tells of its answers is told again.
    """
    called = names(person)
    told = list(_told(person, called))
    count = sum(
        _hide(found, possession.texts, words)
        for possession in possessing.DECISIONS.values()
        if possession.texts and possession.model != "quizzes.User"
        for found, words in _searched(possession, person, called)
    )
    for quiz in told:
        tallying.rebuild(quiz)
    return count


def hidden(value: Any, words: Collection[str]) -> Any:
    """A text, or whatever holds texts, without these words."""
    if isinstance(value, str):
        return _pattern(words).sub(_("a former member"), value)
    if isinstance(value, dict):
        return {key: hidden(inner, words) for key, inner in value.items()}
    if isinstance(value, list):
        return [hidden(inner, words) for inner in value]
    return value


def _told(person: User, called: Names) -> QuerySet[Quiz]:
    """The quizzes whose tallies tell that somebody typed one of these addresses."""
    taken = Attempt.objects.filter(learner=person, is_tallied=True).values("quiz")
    holding = reduce(or_, (Q(said__icontains=one) for one in called.addresses), Q(pk__in=[]))
    tallies = OptionTally.objects.filter(holding, quiz=OuterRef("pk"))
    return Quiz.objects.filter(Exists(tallies), pk__in=taken).order_by("pk")


def _searched(
    possession: Possession, person: User, called: Names
) -> list[tuple[QuerySet[Any], Collection[str]]]:
    """The rows of a table that are searched, and what for."""
    model = possessing.model_of(possession)
    theirs = Q(pk__in=[])
    if possession.is_exported and not possession.goes:
        theirs = Q(pk__in=possessing.rows(possession, person).values("pk"))
    if possession.model == _ANSWERS:
        answers = model._base_manager.filter(theirs)
        return [(answers.filter(_ESSAY), called.all), (answers, called.addresses)]
    if way := AROUND.get(possession.model):
        rooms = Enrollment.objects.filter(user=person).values("classroom")
        theirs |= Q((f"{way}__in", rooms)) | Q((way, None))
    if possession.model == "quizzes.Invitation":  # of whichever class
        theirs |= reduce(or_, (Q(email__iexact=one) for one in called.addresses), Q(pk__in=[]))
    if possession.model == "admin.LogEntry":
        theirs = Q()  # about whatever bears the name
    return [(model._base_manager.filter(theirs), called.all)]


def _hide(found: QuerySet[Any], columns: Collection[str], words: Collection[str]) -> int:
    if not words:
        return 0
    rows = found.filter(_holding(found, columns, words)).order_by().distinct()
    return sum(_rewrite(row, columns, words) for row in rows.iterator(chunk_size=500))


def _holding(found: QuerySet[Any], columns: Collection[str], words: Collection[str]) -> Q:
    """Where one of the words may stand; JSON writes letters in its own way, so all of it may."""
    fields = [found.model._meta.get_field(column) for column in columns]
    if any(isinstance(field, JSONField) for field in fields):
        return Q()
    return reduce(
        or_, (Q((f"{column}__icontains", word)) for column in columns for word in words), Q()
    )


@transaction.atomic
def _rewrite(row: Any, columns: Collection[str], words: Collection[str]) -> bool:
    """Whether anything in the row was hidden; of two tags that say the same then, one goes."""
    values = {column: getattr(row, column) for column in columns}
    told = {column: hidden(value, words) for column, value in values.items()}
    changed = {column: value for column, value in told.items() if value != values[column]}
    if changed:
        same = type(row)._base_manager.filter(pk=row.pk)
        try:
            with transaction.atomic():
                same.update(**_fitting(row, changed))
        except IntegrityError:
            same.delete()
    return bool(changed)


def _fitting(row: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Values that are no longer than their columns."""
    return {
        column: value[: row._meta.get_field(column).max_length] if isinstance(value, str) else value
        for column, value in values.items()
    }


def _pattern(words: Collection[str]) -> re.Pattern[str]:
    """These words, the longest first, where no letter or digit stands beside them."""
    spelled = {*words, *map(escape, words)}
    longest_first = map(_in_any_case, sorted(spelled, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)")


def _in_any_case(word: str) -> str:
    if word.isalpha():
        return "|".join(map(re.escape, (word, word.title(), word.upper())))
    return f"(?i:{re.escape(word)})"
