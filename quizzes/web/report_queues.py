"""What the queue of reports shows: each question once, with what was answered and what is said."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Max, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from quizzes.assessment.models import ItemTally, OptionTally
from quizzes.content.models import Book
from quizzes.items.models import ErrorReport, Item, Key, Option
from quizzes.items.models.reports import ErrorReportQuerySet
from quizzes.items.reporting import LONGEST_ANSWER
from quizzes.people.models import Classroom, User

A_PAGE = 20
FEWEST = 3
"""How many must have answered for their answers to be told: one alone would be somebody's."""


class AnswerForm(forms.Form):
    """What comes of some reports of one question."""

    item = forms.UUIDField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("What came of it"), choices=ErrorReport.Outcome, widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label=_("What those who reported it are told"),
        required=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose reports are looked at: a class's, or those of no class."""

    address: str
    classroom: Classroom | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """An option, and how many chose it in the class."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Reported:
    """A question with its reports, and how it was answered where that may be told."""

    item: Item
    key: Key | None
    reports: list[ErrorReport]
    answered: int
    given: list[Given]
    is_own: bool
    is_pack: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the questions that were reported, and how many reports are open."""

    page: Page[Any]
    questions: list[Reported]
    open_count: int


def banked(user: User, book: Book) -> QuerySet[Item, Any]:
    """The questions of a bank, for a condition of another query."""
    return Item.objects.banked(user, book.pk).order_by().values("pk")


def queue(
    rows: ErrorReportQuerySet, user: User, scope: Scope, number: str | None, *, is_open: bool
) -> Queue:
    """The open reports of these rows by question, or those that are answered, the newest first.

    A fixed number of queries.
    """
    wanted = rows.filter(resolved_at__isnull=is_open)
    newest = wanted.order_by().values("item").annotate(newest=Max("pk")).order_by("-newest")
    page = Paginator(newest, A_PAGE).get_page(number)
    pks = [one["item"] for one in page]
    related = ("revision", "section", "book")
    items = Item.objects.select_related(*related).in_bulk(pks)
    keys = Key.objects.in_bulk([one.revision_id for one in items.values() if one.revision_id])
    said = _said(wanted, pks)
    answered, given = _answers(items.values(), scope.classroom)
    questions = [
        Reported(
            item=items[pk],
            key=keys.get(items[pk].revision_id or 0),
            reports=said[pk],
            answered=answered.get(pk, 0),
            given=given[pk] if answered.get(pk, 0) >= FEWEST else [],
            is_own=items[pk].book.owner_id == user.pk,
            is_pack=items[pk].book.owner_id is None,
        )
        for pk in pks
    ]
    return Queue(page, questions, rows.open().count())


def _said(wanted: ErrorReportQuerySet, pks: Sequence[int]) -> Mapping[int, list[ErrorReport]]:
    found: dict[int, list[ErrorReport]] = defaultdict(list)
    rows = wanted.filter(item__in=pks).select_related("learner", "answered_by")
    for report in rows.order_by("-created_at", "-pk"):
        found[report.item_id].append(report)
    return found


def _answers(
    items: Collection[Item], room: Classroom | None
) -> tuple[Mapping[int, int], Mapping[int, list[Given]]]:
    """How many of a class answered the wording in force, and the options that they chose."""
    given: dict[int, list[Given]] = defaultdict(list)
    if room is None:
        return {}, given
    in_class = Q(
        revision__in=[item.revision_id for item in items],
        sample__in=room.assignments.values("uid"),
    )
    counted = ItemTally.objects.filter(in_class).order_by().values_list("revision__item")
    answered = dict(counted.annotate(Sum("answered")))
    chosen = OptionTally.objects.filter(in_class, part=0).order_by()
    counts = {
        (revision, position): count
        for revision, position, count in chosen.values_list("revision", "position").annotate(
            Sum("chosen")
        )
    }
    options = Option.objects.filter(revision__in={revision for revision, _place in counts}, part=0)
    for option in options.select_related("revision").order_by("position"):
        count = counts.get((option.revision_id, option.position), 0)
        given[option.revision.item_id].append(Given(option.text, count))
    return answered, given
